# SPDX-License-Identifier: Apache-2.0
"""Evaluation: every question of datasets asked of a memory system, and scored."""

from __future__ import annotations

import json
import os
import tempfile
from typing import TYPE_CHECKING, Any, Protocol, Union

from synthv1 import _native, _options, _progress, _runs
from synthv1._agents import AgentCalls, is_agent, is_factory
from synthv1._clients import asyncio_run, check_client, refuse_loop, use_of
from synthv1.errors import UsageError
from synthv1.statistics import Data, paths_of, records_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Unpack

    from synthv1.options import EvaluateOptions


class Agent(Protocol):
    """A memory system: three methods, coroutines or plain functions. What they name beyond the first they are given."""

    @property
    def reset(self) -> Callable[..., Any]:
        """``reset(task_id, language)``: forgets everything, another record begins."""

    @property
    def add(self) -> Callable[..., Any]:
        """``add(chunk, index, date, task_id)``: reads the next session, a Chunk. They come in order, each once."""

    @property
    def ask(self) -> Callable[..., Any]:
        """``ask(question, form, position, date, qid, task_id)``: the answer to a question about what was read so far.

        As text, or as a dict with "answer" and, if it likes, "usage" and "retrieved" (docs/formats/agent.md). ``form`` is
        the kind of answer that is due, "money", "count", "scene", "date" or "month"; ``date`` is that of the last chunk.
        """


AgentOrName = Union[str, Agent, "Callable[[], Agent]"]


class Evaluation(dict[str, Any]):
    """The summary of a run as OUT.summary.json holds it (docs/formats/results.md); as text, the command's table."""

    def __init__(self, results: dict[str, Any], out: str, numbers: dict[str, Any]) -> None:
        super().__init__(results)
        self.text = str(numbers.pop("text"))
        """The table."""
        self.out = out
        """The file with a row a question."""
        self.numbers = numbers
        """What it took: calls, prompt_tokens, completion_tokens, failures, cost, kept_rows, remarks."""

    def __str__(self) -> str:
        return self.text


async def evaluate_async(
    data: Data, agent: AgentOrName = "full", *, client: Any = None, **options: Unpack[EvaluateOptions]
) -> Evaluation:
    """Asks every question of the data of a memory system and scores the answers; rows go to ``out`` as they come.

    Args:
        data: A file or several, an EvalDataset or a part of one, or records.
        agent: A name (``synthv1 evaluate --help`` lists them; "process:CMD" and "http:URL" are others from outside),
            an object with ``reset``, ``add`` and ``ask`` (Agent), which holds one record at a time, or what makes such
            an object when it is called, for records side by side.
        client: Who answers for the model, as for ``async_main``.
        **options: Those of ``synthv1 evaluate``, by the same names: ``k=5``, ``sample="stratified:200"``.

    Raises as ``async_main``, and is cancelled as it is. What an agent raises is the fault of that question; TypeError and
    its like end the run. The same call goes on: what has a row is not asked again.
    """
    from synthv1._calls import ClientCalls

    use = use_of(client)
    own = None if isinstance(agent, str) else agent

    def answerers(run: _native.Run) -> _runs.Answerers:
        if own is not None:
            return {"agent": AgentCalls(own, run)}
        return {} if use.native else {"call": ClientCalls(client, run)}

    with _Files(data) as paths:
        start = _starter(paths, agent, client, options)
        run, numbers = await _runs.run_on_loop(start, answerers, _runs.display_for(options))
    return Evaluation(numbers.pop("results"), run.out, numbers)


def evaluate(
    data: Data, agent: AgentOrName = "full", *, client: Any = None, **options: Unpack[EvaluateOptions]
) -> Evaluation:
    """As ``evaluate_async``, blocking. Where an event loop runs, an agent or client in Python is a UsageError."""
    if not isinstance(agent, str) or not use_of(client).native:
        refuse_loop("evaluate", "evaluate_async(data, agent, ...)")
        result: Evaluation = asyncio_run(evaluate_async(data, agent, client=client, **options))
        return result
    with _Files(data) as paths:
        start = _starter(paths, agent, client, options)
        run, numbers = _runs.run_blocking(start, _runs.display_for(options))
    return Evaluation(numbers.pop("results"), run.out, numbers)


class _Files:
    """The data as files: its own, or one that is there for as long as this is open."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> list[str]:
        paths = paths_of(self._data)
        if paths is not None:
            return paths
        self._folder = tempfile.TemporaryDirectory(prefix="synthv1-")
        path = os.path.join(self._folder.name, "records.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            for record in records_of(self._data):
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        return [path]

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()


def _starter(paths: list[str], agent: AgentOrName, client: Any, options: Any) -> _runs.Start:
    use = use_of(client)
    check_client(client, use, options)
    if options.get("out") == "-":
        raise UsageError("out='-': name a file that ends in .jsonl")
    if not isinstance(agent, str) and not is_agent(agent):
        raise UsageError(f"an agent has reset, add and ask, which {type(agent).__name__} has not")
    if not isinstance(agent, str) and client is not None:
        raise UsageError("an agent in Python asks its own model: leave the client out")
    given = {name: value for name, value in options.items() if value is not None}
    name = agent if isinstance(agent, str) else f"python:{_name(agent)}"
    arguments = _options.arguments_of("evaluate", use.options | given)
    files = [os.path.join(".", path) if path.startswith("-") and path != "-" else path for path in paths]

    def start(deliver: _runs.Deliver, display: _progress.Display | None) -> _native.Run | _runs.Failure:
        return _native.start_evaluate(
            [*files, *arguments, f"--agent={name}"],
            deliver,
            headers=use.headers,
            agent="" if isinstance(agent, str) else "many" if is_factory(agent) else "one",
            through_client=not use.native,
            panel=display is not None,
            terminal=_runs.draws_on_terminal(options, display),
        )

    return start


def _name(agent: object) -> str:
    named = agent if hasattr(agent, "__qualname__") else type(agent)
    return f"{named.__module__}.{getattr(named, '__qualname__', 'agent')}"

# SPDX-License-Identifier: Apache-2.0
"""Generation: ``generate`` and its asynchronous twin. Both are the command's own run, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Union

from synthv1 import _native, _options, _progress, _runs
from synthv1._clients import ClientUse, asyncio_run, check_client, refuse_loop, use_of
from synthv1.errors import UsageError

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from synthv1.options import GenerateOptions

Record = dict[str, Any]
Generated = Union[Record, list[Record]]


async def async_main(client: Any = None, *, load: bool = True, **options: Unpack[GenerateOptions]) -> Any:
    """Generates a dataset, writes it to ``out`` and returns what it holds.

    Args:
        client: Who answers for the model. A plain ``openai.AsyncOpenAI`` is driven natively, with its base_url, key,
            headers and timeout. Any other object with ``chat.completions.create`` (a subclass, one with an
            http_client of its own, a test double) is called through itself, on the running loop. None: the endpoint
            of ``base_url``, or no model at all with ``model="builtin"``.
        load: Read the records back. False returns the run's summary instead, for what does not fit into memory.
        **options: Those of the command, by the same names, as Python values: ``num_sessions=10``,
            ``start_date=date(2024, 1, 1)``, ``no_diversify=True``. None is an option not given.

    Returns:
        The record as a dict (docs/formats/dataset.md), a list of them where ``num_records`` is more than one; with
        ``load=False`` a dict of numbers: records, bytes, seed, calls, accepted, cost and more.

    Raises:
        UsageError: An option is wrong; nothing was done.
        EndpointError: The endpoint or the model failed.
        BudgetError: A budget was reached.
        DiskError: The file or the journal could not be written.

    The event loop is never blocked. Cancelling the task drains the run: calls in flight are waited for, at most
    ``drain_timeout`` seconds; cancelling it once more ends it at once. Replies that were paid for are in
    ``OUT.journal``, and the same call goes on from there.
    """
    import asyncio

    from synthv1._calls import ClientCalls

    use = use_of(client)

    def answerers(run: _native.Run) -> _runs.Answerers:
        return {} if use.native else {"call": ClientCalls(client, run)}

    start = _starter(client, use, options)
    run, summary = await _runs.run_on_loop(start, answerers, _runs.display_for(options))
    if not load:
        return summary
    return _as_asked(await asyncio.to_thread(_read_back, run.out), options)


def generate(client: Any = None, *, load: bool = True, **options: Unpack[GenerateOptions]) -> Any:
    """As ``async_main``, blocking.

    A client that is called through itself needs an event loop: where one is running already (in a notebook, in a
    coroutine) this raises UsageError, and ``await async_main(...)`` is what to write. KeyboardInterrupt drains the
    run, a second one ends it at once.
    """
    use = use_of(client)
    if not use.native:
        refuse_loop("generate", "async_main(client, ...)")
        return asyncio_run(async_main(client, load=load, **options))
    run, summary = _runs.run_blocking(_starter(client, use, options), _runs.display_for(options))
    return _as_asked(_read_back(run.out), options) if load else summary


def _starter(client: Any, use: ClientUse, options: Any) -> _runs.Start:
    """What begins the run. Raises UsageError for what only Python can get wrong."""
    check_client(client, use, options)
    if client is not None and options.get("model") == "builtin":
        raise UsageError("model='builtin' is the embedded writer, which asks no client: leave one of them out")
    if options.get("out") == "-":
        raise UsageError("out='-': name a file that ends in .json or .jsonl")
    given = {name: value for name, value in options.items() if value is not None}
    arguments = _options.arguments_of("generate", use.options | given)

    def start(deliver: _runs.Deliver, display: _progress.Display | None) -> _native.Run | _runs.Failure:
        return _native.start_generate(
            arguments,
            deliver,
            headers=use.headers,
            through_client=not use.native,
            panel=display is not None,
            terminal=_runs.draws_on_terminal(options, display),
        )

    return start


def _read_back(out: str) -> list[Record]:
    from synthv1.dataset import EvalDataset

    return [record.raw for record in EvalDataset(out)]


def _as_asked(records: list[Record], options: Any) -> Generated:
    return records if int(options.get("num_records") or 1) > 1 else records[0]

# SPDX-License-Identifier: Apache-2.0
"""Memory systems in Python, as the native evaluation meets them: messages as JSON in, replies as JSON out."""

from __future__ import annotations

import inspect
import json
from typing import Any

from synthv1 import _native
from synthv1._calls import Calls, accepted_by, words_of
from synthv1.records import Chunk

_METHODS = ("reset", "add", "ask")


def is_agent(agent: object) -> bool:
    """Whether this is a memory system, or what makes one."""
    return all(callable(getattr(agent, name, None)) for name in _METHODS) or callable(agent)


def is_factory(agent: object) -> bool:
    """Whether this makes a memory system for each record, by being called."""
    return isinstance(agent, type) or not all(hasattr(agent, name) for name in _METHODS)


class AgentCalls(Calls):
    """Messages to the memories of one agent."""

    def __init__(self, agent: Any, run: _native.Run) -> None:
        super().__init__(run)
        self._agent = agent
        self._memories: dict[int, Any] = {}

    async def make(self, text: str) -> bytes:
        """The reply to a message."""
        number, _, rest = text.partition("\n")
        message = json.loads(rest)
        memory = self._memory(int(number))
        if message["op"] == "reset":
            await _call(memory.reset, (), task_id=message["task_id"], language=message["language"])
            return b"{}"
        if message["op"] == "add":
            chunk = Chunk.of(message["chunk"], message["index"])
            more = {name: message[name] for name in ("index", "date", "task_id")}
            await _call(memory.add, (chunk,), **more)
            return b"{}"
        more = {name: message[name] for name in ("form", "position", "date", "qid", "task_id")}
        answer = await _call(memory.ask, (message["question"],), **more)
        reply = answer if isinstance(answer, dict) else {"answer": answer}
        if not isinstance(reply.get("answer"), str):
            raise TypeError(f"ask() returned {type(reply.get('answer')).__name__}, not the text of an answer")
        return json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace")

    def report(self, call: int, error: Exception) -> None:
        """As the fault of what was asked; the run goes on."""
        self.run.answer(call, 200, [], json.dumps({"error": words_of(error)}).encode())

    def fault(self, bug: Exception) -> str:
        """Names what failed."""
        return f"the agent failed: {words_of(bug)}"

    def forget(self, number: int) -> None:
        """Lets go of the memory of a record that is done."""
        self._memories.pop(number, None)

    def _memory(self, number: int) -> Any:
        if number not in self._memories:
            self._memories[number] = self._agent() if is_factory(self._agent) else self._agent
        return self._memories[number]


async def _call(method: Any, arguments: tuple[Any, ...], **more: Any) -> Any:
    """Calls a method, with those of the named arguments that it takes."""
    accepts = accepted_by(method)
    given = {name: value for name, value in more.items() if accepts is None or name in accepts}
    result = method(*arguments, **given)
    return await result if inspect.isawaitable(result) else result

# SPDX-License-Identifier: Apache-2.0
"""Calls that Python makes for the native driver: a request as JSON in, a response as HTTP would bring it out."""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
import sys
from collections.abc import Callable
from typing import Any

from synthv1 import _native

# Faults of the caller's own code: asking again would meet them again.
_BUGS = (TypeError, AttributeError, NameError, NotImplementedError, AssertionError, ImportError)

Headers = list[tuple[str, str]]


class Calls:
    """What a run asks of Python, in flight. Lives on the caller's event loop; nothing here is of another thread."""

    def __init__(self, run: _native.Run) -> None:
        self.run = run
        self.last_error: Exception | None = None
        self.bug: Exception | None = None
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def begin(self, call: int, text: str) -> None:
        """Starts a call; its outcome goes to the run."""
        task = asyncio.get_running_loop().create_task(self._answer(call, text))
        self._tasks[call] = task
        task.add_done_callback(lambda _: self._tasks.pop(call, None))

    def cancel(self, call: int) -> None:
        """Gives a call up that the run no longer waits for."""
        task = self._tasks.get(call)
        if task is not None:
            task.cancel()

    def forget(self, number: int) -> None:
        """Lets go of what was kept for something that is done."""

    async def finish(self) -> None:
        """Gives all calls up and waits until none is left."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _answer(self, call: int, text: str) -> None:
        try:
            self.run.answer(call, 200, [], await self.make(text))
        except asyncio.CancelledError:
            self.run.fail_call(call, "cancelled", "the call was cancelled")
            raise
        except Exception as error:
            self.last_error = error
            if isinstance(error, _BUGS):
                self._end_by(call, error)
            else:
                self.report(call, error)

    def _end_by(self, call: int, bug: Exception) -> None:
        self.bug = self.bug or bug
        self.run.fail_call(call, "cancelled", words_of(bug))
        self.run.stop()

    async def make(self, text: str) -> bytes:
        """The answer to a call."""
        raise NotImplementedError

    def report(self, call: int, error: Exception) -> None:
        """Tells the run of a call that failed."""
        raise NotImplementedError

    def fault(self, bug: Exception) -> str:
        """What to say of the bug that ended the run."""
        raise NotImplementedError


class ClientCalls(Calls):
    """Calls of a model, made by the caller's client."""

    def __init__(self, client: Any, run: _native.Run) -> None:
        super().__init__(run)
        self._create = _creator_of(client)

    async def make(self, text: str) -> bytes:
        """The body of the completion."""
        return _body_of(await self._create(json.loads(text)))

    def report(self, call: int, error: Exception) -> None:
        """As the response that it stands for, or as what failed below HTTP."""
        status = getattr(error, "status_code", None)
        if isinstance(status, int) and 300 <= status < 600:
            self.run.answer(call, status, _headers_of(error), _error_body(error))
        elif _is_timeout(error):
            self.run.fail_call(call, "timeout", words_of(error))
        elif _is_named(error, "APIConnectionError") or isinstance(error, OSError):
            self.run.fail_call(call, "connect", words_of(error.__cause__ or error))
        else:
            said = {"error": {"message": words_of(error), "type": type(error).__name__}}
            self.run.answer(call, 500, [], json.dumps(said).encode())

    def fault(self, bug: Exception) -> str:
        """Names the method that failed."""
        return f"the client's chat.completions.create failed: {words_of(bug)}"


def _creator_of(client: Any) -> Callable[[dict[str, Any]], Any]:
    """A coroutine function that passes a request to the client, of its parameters those that it takes."""
    create = client.chat.completions.create
    accepts = accepted_by(create)
    openai = sys.modules.get("openai")
    blocks = openai is not None and isinstance(client, openai.OpenAI)

    async def call(request: dict[str, Any]) -> Any:
        given = {name: value for name, value in request.items() if accepts is None or name in accepts}
        if blocks:
            return await asyncio.to_thread(functools.partial(create, **given))
        reply = create(**given)
        return await reply if inspect.isawaitable(reply) else reply

    return call


def accepted_by(function: Any) -> set[str] | None:
    """The names that a function takes by keyword; None where it takes any."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return None
    return {parameter.name for parameter in parameters if parameter.kind is not parameter.POSITIONAL_ONLY}


def _body_of(reply: Any) -> bytes:
    """A completion as the JSON that a server would have sent."""
    if isinstance(reply, dict):
        return json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace")
    dump = getattr(reply, "model_dump_json", None)
    text = dump() if callable(dump) else None
    if not isinstance(text, str):
        text = json.dumps(_completion(reply), ensure_ascii=False)
    return text.encode("utf-8", "replace")


def _completion(reply: Any) -> dict[str, Any]:
    """The parts of a completion that are read, of an object that only looks like one."""
    usage = getattr(reply, "usage", None)
    return {
        "model": _of_type(str, getattr(reply, "model", None)),
        "choices": [
            {
                "index": index,
                "finish_reason": _of_type(str, getattr(choice, "finish_reason", None)),
                "message": {
                    "content": _of_type(str, choice.message.content),
                    "refusal": _of_type(str, getattr(choice.message, "refusal", None)),
                },
            }
            for index, choice in enumerate(reply.choices)
        ],
        "usage": {
            name: _of_type(int, getattr(usage, name, None)) for name in ("prompt_tokens", "completion_tokens")
        },
    }


def _of_type(kind: type, value: Any) -> Any:
    return value if isinstance(value, kind) else None


def _headers_of(error: Any) -> Headers:
    headers: Any = getattr(getattr(error, "response", None), "headers", None)
    items = headers.items() if hasattr(headers, "items") else ()
    return [(str(name), str(value)) for name, value in items]


def _error_body(error: Any) -> bytes:
    """What the server said, or else what the exception says of it."""
    try:
        text = error.response.text
    except Exception:
        text = None
    if not isinstance(text, str) or not text:
        body = getattr(error, "body", None)
        said = body if isinstance(body, dict) else {"message": words_of(error)}
        text = json.dumps({"error": said}, default=str)
    return text.encode("utf-8", "replace")


def _is_named(error: BaseException, name: str) -> bool:
    return any(cls.__name__ == name for cls in type(error).__mro__)


def _is_timeout(error: BaseException) -> bool:
    return isinstance(error, (TimeoutError, asyncio.TimeoutError)) or _is_named(error, "APITimeoutError")


def words_of(error: BaseException) -> str:
    """An exception as a line."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__

# SPDX-License-Identifier: Apache-2.0
"""What a client of the caller's is: one to drive natively, or one whose every call goes through itself."""

from __future__ import annotations

import sys
from collections.abc import Coroutine, Mapping
from typing import Any, NamedTuple

from synthv1.errors import UsageError

# Set by the openai package on every request: they name a program that this is not, or stand for what we send anyway.
_NOT_COPIED = ("x-stainless-", "user-agent", "accept", "content-type", "authorization")
_NO_TIMEOUT = 10_000_000.0  # seconds


class ClientUse(NamedTuple):
    """How a run reaches its model."""

    native: bool
    options: dict[str, Any] = {}  # that the client stands for
    headers: list[tuple[str, str]] = []


def use_of(client: object) -> ClientUse:
    """How to use `client`: natively where it is a plain one of the openai package, else through itself."""
    if client is None:
        return ClientUse(native=True)
    if _is_plain(client):
        return ClientUse(native=True, options=_endpoint(client) | _timeouts(client), headers=_headers(client))
    return ClientUse(native=False, options=_name_of(client))


def check_client(client: object, use: ClientUse, options: Mapping[str, Any]) -> None:
    """Raises UsageError where options say what the client says already, or it can be asked nothing."""
    if client is None:
        return
    if not use.native and not hasattr(getattr(client, "chat", None), "completions"):
        raise UsageError(f"a client has chat.completions.create, which {type(client).__name__} has not")
    for name in ("base_url", "api_key", "api_key_file"):
        if options.get(name) is not None:
            raise UsageError(f"{name} is given beside a client, which brings its own: give one of them")


def refuse_loop(called: str, instead: str) -> None:
    """Raises UsageError where an event loop runs in this thread."""
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise UsageError(f"{called}() cannot wait for Python while an event loop is running: write 'await {instead}'")


def asyncio_run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Runs a coroutine in a loop of its own."""
    import asyncio

    return asyncio.run(coroutine)


def _is_plain(client: Any) -> bool:
    """Whether nobody can have changed how this client sends a request: its class, its HTTP client, its methods."""
    openai = sys.modules.get("openai")
    if openai is None or type(client) not in (openai.AsyncOpenAI, openai.OpenAI):
        return False
    http = getattr(client, "_client", None)
    if type(http).__name__ not in ("AsyncHttpxClientWrapper", "SyncHttpxClientWrapper"):
        return False
    hooks = getattr(http, "event_hooks", {})
    if any(hooks.values()) or getattr(client, "default_query", None):
        return False
    return not _is_patched(client) and _auth_is_its_key(client)


def _is_patched(client: Any) -> bool:
    own = vars(client)
    if any(callable(getattr(type(client), name, None)) for name in own):
        return True
    chat = own.get("chat")  # made and kept when it is first used
    if chat is None:
        return False
    completions = vars(chat).get("completions")
    if type(chat).__module__.partition(".")[0] != "openai":
        return True
    return completions is not None and (
        type(completions).__module__.partition(".")[0] != "openai" or "create" in vars(completions)
    )


def _auth_is_its_key(client: Any) -> bool:
    key = getattr(client, "api_key", None)
    if not isinstance(key, str) or not key:
        return False
    return bool(dict(client.auth_headers) == {"Authorization": f"Bearer {key}"})


def _endpoint(client: Any) -> dict[str, Any]:
    return {"base_url": str(client.base_url).rstrip("/"), "api_key": client.api_key}


def _timeouts(client: Any) -> dict[str, Any]:
    """Its limits in seconds: to connect, and of silence. The library has none for a whole call."""
    timeout = client.timeout
    connect = getattr(timeout, "connect", timeout)
    read = getattr(timeout, "read", timeout)
    seconds = {
        "connect_timeout": _NO_TIMEOUT if connect is None else float(connect),
        "idle_timeout": _NO_TIMEOUT if read is None else float(read),
    }
    return seconds | {"timeout": max(600.0, seconds["idle_timeout"])}


def _headers(client: Any) -> list[tuple[str, str]]:
    own = {name.lower() for name in getattr(client, "_custom_headers", {})}
    headers: Mapping[str, object] = client.default_headers
    return [
        (name, value)
        for name, value in headers.items()
        if isinstance(value, str) and (name.lower() in own or not name.lower().startswith(_NOT_COPIED))
    ]


def _name_of(client: Any) -> dict[str, Any]:
    """What the journal and messages call it, and its key, which no message may show."""
    url = getattr(client, "base_url", None)
    cls = type(client)
    options: dict[str, Any] = {"base_url": f"python:{cls.__module__}.{cls.__qualname__}"}
    if url is not None and str(url).startswith(("http://", "https://")):
        options["base_url"] = str(url).rstrip("/")
    key = getattr(client, "api_key", None)
    if isinstance(key, str) and key.isascii() and key.isprintable() and key and " " not in key:
        options["api_key"] = key
    return options

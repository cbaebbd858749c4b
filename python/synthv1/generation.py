# SPDX-License-Identifier: Apache-2.0
"""Generation: ``generate`` and its asynchronous twin. Both are the command's own run, in this process."""

from __future__ import annotations

import atexit
import os
from collections import deque
from typing import TYPE_CHECKING, Any, Union

from synthv1 import _native, _options, _progress
from synthv1._clients import use_of
from synthv1.errors import Error, UsageError, error_of

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from synthv1.options import GenerateOptions

Record = dict[str, Any]
Generated = Union[Record, list[Record]]

_POLL = 0.1  # seconds between two looks at a blocking run
_under_way: set[_native.Run] = set()


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
    import contextvars

    from synthv1._calls import ClientCalls

    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    ended = loop.create_future()
    calls: ClientCalls | None = None
    early: list[_native.Event] = []  # what comes before there is a run to tell
    begun = False
    display = _display(options)

    def hear(events: list[_native.Event]) -> None:
        if not begun:
            early.extend(events)
            return
        for name, call, text in events:
            if name == "call" and calls is not None:
                calls.begin(call, text)
            elif name == "cancel" and calls is not None:
                calls.cancel(call)
            elif name == "ended":
                if not ended.done():
                    ended.set_result(None)
            else:
                _show(display, name, text)

    def deliver(events: list[_native.Event]) -> None:
        try:
            loop.call_soon_threadsafe(hear, events, context=context)
        except RuntimeError:  # the loop is closed: nobody waits any more
            run.stop()

    run = _start(client, options, deliver, display)
    if not use_of(client).native:
        calls = ClientCalls(client, run)
    begun = True
    hear(early)
    try:
        await _until_ended(run, ended)
    finally:
        if calls is not None:
            await calls.finish()
        if display is not None:
            display.clear()
    summary = _summary_of(run, calls)
    if not load:
        return summary
    return _as_asked(await asyncio.to_thread(_read_back, run.out), options)


async def _until_ended(run: _native.Run, ended: Any) -> None:
    """Waits for the end of a run; a cancellation drains it, a second one stops it, and then it is passed on."""
    import asyncio

    cancelled: asyncio.CancelledError | None = None
    while not ended.done():
        try:
            await asyncio.shield(ended)
        except asyncio.CancelledError as error:
            if cancelled is None:
                run.drain()
            else:
                run.stop()
            cancelled = error
    _let_go(run)
    if cancelled is not None:
        raise cancelled


def generate(client: Any = None, *, load: bool = True, **options: Unpack[GenerateOptions]) -> Any:
    """As ``async_main``, blocking.

    A client that is called through itself needs an event loop: where one is running already (in a notebook, in a
    coroutine) this raises UsageError, and ``await async_main(...)`` is what to write. KeyboardInterrupt drains the
    run, a second one ends it at once.
    """
    if not use_of(client).native:
        return _generate_by_loop(client, load, options)
    display = _display(options)
    events: deque[_native.Event] = deque()
    run = _start(client, options, events.extend, display)
    try:
        _wait(run, events, display)
    finally:
        if display is not None:
            display.clear()
    summary = _summary_of(run, None)
    return _as_asked(_read_back(run.out), options) if load else summary


def _generate_by_loop(client: Any, load: bool, options: Any) -> Any:
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(async_main(client, load=load, **options))
    raise UsageError(
        "generate() cannot call this client while an event loop is running: write 'await async_main(client, ...)'"
    )


def _wait(run: _native.Run, events: deque[_native.Event], display: _progress.Display | None) -> None:
    interrupted: KeyboardInterrupt | None = None
    while True:
        try:
            over = run.wait(_POLL)
            while events:
                name, _, text = events.popleft()
                _show(display, name, text)
            if over:
                break
        except KeyboardInterrupt as interrupt:
            if interrupted is None:
                run.drain()
            else:
                run.stop()
            interrupted = interrupt
    _let_go(run)
    if interrupted is not None:
        raise interrupted


def _display(options: Any) -> _progress.Display | None:
    if options.get("quiet") or not _progress.in_notebook():
        return None
    return _progress.NotebookDisplay()


def _show(display: _progress.Display | None, name: str, text: str) -> None:
    if name == "panel" and display is not None:
        display.show(text)
    elif name == "note":
        import logging

        logging.getLogger("synthv1").info("%s", text)


def _start(client: Any, options: Any, deliver: Any, display: _progress.Display | None) -> _native.Run:
    use = use_of(client)
    for name in ("base_url", "api_key", "api_key_file"):
        if use.options and options.get(name) is not None:
            raise UsageError(f"{name} is given beside a client, which brings its own: give one of them")
    if client is not None and options.get("model") == "builtin":
        raise UsageError("model='builtin' is the embedded writer, which asks no client: leave one of them out")
    given = {name: value for name, value in options.items() if value is not None}
    out = os.fspath(given.get("out", "")) if isinstance(given.get("out", ""), (str, os.PathLike)) else ""
    if out == "-":
        raise UsageError("out='-': name a file that ends in .json or .jsonl")
    quiet = bool(given.get("quiet"))
    started = _native.start(
        _options.arguments_of(use.options | given),
        deliver,
        headers=use.headers,
        through_client=not use.native,
        panel=display is not None,
        terminal=not quiet and display is None and _progress.on_terminal(),
    )
    if isinstance(started, tuple):
        raise error_of(started)
    _keep(started)
    return started


def _keep(run: _native.Run) -> None:
    """Ends the run with the interpreter at the latest: its thread may not outlive that."""
    if not _under_way:
        atexit.register(_stop_all)
    _under_way.add(run)


def _let_go(run: _native.Run) -> None:
    run.finish()
    _under_way.discard(run)
    if not _under_way:
        atexit.unregister(_stop_all)


def _stop_all() -> None:
    for run in _under_way:
        run.stop()
    for run in _under_way:
        run.finish()


def _summary_of(run: _native.Run, calls: Any) -> dict[str, Any]:
    """The numbers of a run that has ended. Raises what ended it."""
    outcome = run.outcome()
    if isinstance(outcome, dict):
        return outcome
    error: Error = error_of(outcome)
    if calls is not None and calls.bug is not None:
        bug = calls.bug
        error = error_of(("endpoint", f"the client's chat.completions.create failed: {type(bug).__name__}: {bug}"))
        raise error from bug
    raise error from (calls.last_error if calls is not None else None)


def _read_back(out: str) -> list[Record]:
    from synthv1.dataset import EvalDataset

    return [record.raw for record in EvalDataset(out)]


def _as_asked(records: list[Record], options: Any) -> Generated:
    return records if int(options.get("num_records") or 1) > 1 else records[0]

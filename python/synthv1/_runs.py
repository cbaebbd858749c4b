# SPDX-License-Identifier: Apache-2.0
"""Runs under way: heard on the caller's event loop, or waited for; ended with the interpreter at the latest."""

from __future__ import annotations

import atexit
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Union

from synthv1 import _native, _progress
from synthv1.errors import error_of

if TYPE_CHECKING:
    import asyncio

    from synthv1._calls import Calls

Event = tuple[str, int, str]  # its name, the number of a call where it is about one, a text
Failure = tuple[str, str]  # kind and message
Deliver = Callable[[list[Event]], None]
Start = Callable[[Deliver, Union[_progress.Display, None]], Union[_native.Run, Failure]]
Answerers = Mapping[str, "Calls"]

_POLL = 0.1  # seconds between two looks at a blocking run
_under_way: set[_native.Run] = set()


def display_for(options: Mapping[str, Any]) -> _progress.Display | None:
    """Where a run shows its panel, but for the terminal."""
    if options.get("quiet") or not _progress.in_notebook():
        return None
    return _progress.NotebookDisplay()


def draws_on_terminal(options: Mapping[str, Any], display: _progress.Display | None) -> bool:
    """Whether the run draws its panel natively."""
    return not options.get("quiet") and display is None and _progress.on_terminal()


async def run_on_loop(
    start: Start, answerers: Callable[[_native.Run], Answerers], display: _progress.Display | None
) -> tuple[_native.Run, dict[str, Any]]:
    """Runs to the end without blocking the loop; the run and its numbers.

    ``answerers`` makes what answers the run's calls, by the name of the event. Raises what ended the run.
    """
    import asyncio
    import contextvars

    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    ended = loop.create_future()
    early: list[Event] = []  # what comes before there is anybody to answer
    calls: Answerers | None = None

    def hear(events: list[Event]) -> None:
        if calls is None:
            early.extend(events)
            return
        for name, number, text in events:
            if name == "ended" and not ended.done():
                ended.set_result(None)
            elif not _told(calls, name, number, text):
                _show(display, name, text)

    def deliver(events: list[Event]) -> None:
        try:
            loop.call_soon_threadsafe(hear, events, context=context)
        except RuntimeError:  # the loop is closed: nobody waits any more
            run.stop()

    run = _begun(start(deliver, display))
    calls = answerers(run)
    hear(early)
    try:
        await _until_ended(run, ended)
    finally:
        for answerer in calls.values():
            await answerer.finish()
        if display is not None:
            display.clear()
    return run, _summary_of(run, list(calls.values()))


def run_blocking(start: Start, display: _progress.Display | None) -> tuple[_native.Run, dict[str, Any]]:
    """Runs to the end, with nothing in Python to call."""
    events: deque[Event] = deque()
    run = _begun(start(events.extend, display))
    try:
        _wait(run, events, display)
    finally:
        if display is not None:
            display.clear()
    return run, _summary_of(run, [])


def _told(calls: Answerers, name: str, number: int, text: str) -> bool:
    """Whether the event was about a call."""
    if name in calls:
        calls[name].begin(number, text)
    elif name == "cancel":
        for answerer in calls.values():
            answerer.cancel(number)
    elif name == "forget":
        for answerer in calls.values():
            answerer.forget(number)
    else:
        return False
    return True


async def _until_ended(run: _native.Run, ended: asyncio.Future[None]) -> None:
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


def _wait(run: _native.Run, events: deque[Event], display: _progress.Display | None) -> None:
    """The same for a thread that may wait, with KeyboardInterrupt for a cancellation."""
    interrupted: KeyboardInterrupt | None = None
    over = False
    while not over:
        try:
            over = run.wait(_POLL)
            while events:
                name, _, text = events.popleft()
                _show(display, name, text)
        except KeyboardInterrupt as interrupt:
            if interrupted is None:
                run.drain()
            else:
                run.stop()
            interrupted = interrupt
    _let_go(run)
    if interrupted is not None:
        raise interrupted


def _show(display: _progress.Display | None, name: str, text: str) -> None:
    if name == "panel" and display is not None:
        display.show(text)
    elif name == "note":
        import logging

        logging.getLogger("synthv1").info("%s", text)


def _summary_of(run: _native.Run, calls: list[Calls]) -> dict[str, Any]:
    """The numbers of a run that has ended. Raises what ended it."""
    outcome = run.outcome()
    if isinstance(outcome, dict):
        return outcome
    for answerer in calls:
        if answerer.bug is not None:
            raise error_of(("endpoint", answerer.fault(answerer.bug))) from answerer.bug
    causes = [answerer.last_error for answerer in calls if answerer.last_error is not None]
    raise error_of(outcome) from (causes[0] if causes else None)


def _begun(started: _native.Run | Failure) -> _native.Run:
    if isinstance(started, tuple):
        raise error_of(started)
    if not _under_way:
        atexit.register(_stop_all)
    _under_way.add(started)
    return started


def _let_go(run: _native.Run) -> None:
    run.finish()
    _under_way.discard(run)
    if not _under_way:
        atexit.unregister(_stop_all)


def _stop_all() -> None:
    """No thread of a run may outlive the interpreter."""
    for run in _under_way:
        run.stop()
    for run in _under_way:
        run.finish()

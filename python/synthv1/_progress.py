# SPDX-License-Identifier: Apache-2.0
"""Where a run shows how it goes: the terminal, drawn natively, or the cell of a notebook."""

from __future__ import annotations

import sys
from typing import Any, Protocol


class Display(Protocol):
    """Something that shows a text in place of the one before."""

    def show(self, text: str) -> None:
        """Shows `text`."""

    def clear(self) -> None:
        """Takes it away."""


class NotebookDisplay:
    """The panel as plain text below the cell that runs."""

    def __init__(self) -> None:
        self._handle: Any = None

    def show(self, text: str) -> None:
        """Shows `text` below the cell."""
        from IPython.display import display  # type: ignore[import-not-found,unused-ignore]

        bundle = {"text/plain": text}
        if self._handle is None:
            self._handle = display(bundle, raw=True, display_id=True)  # type: ignore[no-untyped-call,unused-ignore]
        else:
            self._handle.update(bundle, raw=True)

    def clear(self) -> None:
        """Leaves an empty line where the panel was."""
        if self._handle is not None:
            self._handle.update({"text/plain": ""}, raw=True)


def in_notebook() -> bool:
    """Whether this runs in a cell of a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and type(shell).__name__ == "ZMQInteractiveShell"


def on_terminal() -> bool:
    """Whether standard error is a terminal, and still the one that the process began with."""
    try:
        return sys.stderr is not None and sys.stderr.fileno() == 2 and sys.stderr.isatty()
    except (AttributeError, OSError, ValueError):
        return False

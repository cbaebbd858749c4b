# SPDX-License-Identifier: Apache-2.0
"""Options as Python values, turned into the command's arguments: one set of names, checks and messages."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Mapping
from typing import Any

from synthv1 import _native
from synthv1.errors import UsageError

_FLAGS = frozenset({"no_diversify", "fast", "fresh", "quiet", "same_endpoint", "strict"})
_COMMAND_ONLY = frozenset({"preview"})


@functools.cache
def names(verb: str = "generate") -> tuple[str, ...]:
    """The options that "generate" or "evaluate" takes, without dashes."""
    return tuple(name for name in _native.option_names(verb) if name not in _COMMAND_ONLY)


def _check_name(verb: str, name: str) -> None:
    known = list(names(verb))
    if name in known:
        return
    near = _native.nearest(name, known)
    cure = f"did you mean '{near}'?" if near else f"they are {', '.join(known)}"
    raise UsageError(f"there is no option '{name}'; {cure}")


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        raise UsageError(f"{name}={value}: it takes a value, not a switch")
    if "datetime" in sys.modules and (text := _time_text(value)):  # else it can be no date
        return text
    if isinstance(value, float):
        return f"{value:.12f}".rstrip("0").rstrip(".")
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    return str(value)


def _time_text(value: object) -> str:
    import datetime

    if isinstance(value, datetime.timedelta):
        return str(value.total_seconds())
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else ""


def arguments_of(verb: str, options: Mapping[str, Any]) -> list[str]:
    """The arguments of the command that say these options; None is an option not given.

    Raises UsageError for an option that there is not, with the nearest one.
    """
    arguments = []
    for name, value in options.items():
        _check_name(verb, name)
        if value is None:
            continue
        if name in _FLAGS:
            if not isinstance(value, bool):
                raise UsageError(f"{name}={value!r}: it is True or False")
            if value:
                arguments.append(f"--{name}")
        else:
            arguments.append(f"--{name}={_text(name, value)}")
    return arguments

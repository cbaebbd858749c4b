# SPDX-License-Identifier: Apache-2.0
"""What synthv1 raises. Messages are the command's own: one line that names the thing and the cure."""

from __future__ import annotations


class Error(Exception):
    """Anything that ended a call of synthv1.

    ``exit_code`` is what the command would have ended with.
    """

    exit_code = 2


class DataError(Error):
    """Data was found faulty."""

    exit_code = 1


class UsageError(Error, ValueError):
    """Wrong options, or an input that cannot be read. Nothing was done."""

    exit_code = 2


class EndpointError(Error):
    """The endpoint or the model failed. What was paid for is kept: the same call goes on from there."""

    exit_code = 3


class BudgetError(Error):
    """A budget was reached. The same call with a larger one goes on."""

    exit_code = 4


class DiskError(Error, OSError):
    """Reading or writing a file failed."""

    exit_code = 5


class Stopped(Error):
    """The run was stopped. The same call goes on."""

    exit_code = 130


_BY_KIND: dict[str, type[Error]] = {
    "faulty": DataError,
    "usage": UsageError,
    "endpoint": EndpointError,
    "budget": BudgetError,
    "disk": DiskError,
    "stopped": Stopped,
}


def error_of(failure: tuple[str, str]) -> Error:
    """The exception of a failure that the native module returned: its kind and its message."""
    kind, message = failure
    return _BY_KIND[kind](message)

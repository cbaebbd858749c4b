"""The native half. What fails returns (kind, message); errors.error_of makes the exception."""

from collections.abc import Callable
from typing import Any, TypeAlias

_Failure: TypeAlias = tuple[str, str]
_Event: TypeAlias = tuple[str, int, str]

__version__: str
SCORER_VERSION: str

class Run:
    """One generation or evaluation, on a thread of its own."""

    @property
    def out(self) -> str: ...
    @property
    def model(self) -> str: ...
    def drain(self) -> None: ...
    def stop(self) -> None: ...
    def wait(self, seconds: float) -> bool: ...
    def finish(self) -> None: ...
    def answer(self, call: int, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...
    def fail_call(self, call: int, fault: str, message: str) -> None: ...
    def outcome(self) -> dict[str, Any] | _Failure: ...

def option_names(verb: str) -> list[str]: ...
def nearest(word: str, names: list[str]) -> str | None: ...
def start_generate(
    arguments: list[str],
    deliver: Callable[[list[_Event]], None],
    *,
    headers: list[tuple[str, str]],
    through_client: bool,
    panel: bool,
    terminal: bool,
) -> Run | _Failure: ...
def start_evaluate(
    arguments: list[str],
    deliver: Callable[[list[_Event]], None],
    *,
    headers: list[tuple[str, str]],
    agent: str,
    through_client: bool,
    panel: bool,
    terminal: bool,
) -> Run | _Failure: ...
def parse(text: bytes) -> Any:
    """The JSON text as Python objects; a tuple is a Failure."""

def parse_file(path: str) -> Any:
    """The same of the whole of a file."""

def find_lines(path: str) -> bytes | _Failure:
    """Where lines that are not blank begin and how long they are: pairs of unsigned 64-bit integers."""

def validate(path: str, catalog: str, faults_per_kind: int) -> Any:
    """(records, number of faults, rows of faults, notes), or a Failure."""

def score(
    raw: bytes,
    status: str,
    answer: str,
    category: str,
    form: str,
    tolerance_minor: int,
    tolerance_permille: int,
    european: bool,
    catalog: str,
) -> Any:
    """(status, correct, tolerant, f1, reason, region, extracted, value), or a Failure."""

def reward(solution: bytes, ground_truth: str) -> float: ...
def stats(paths: list[str], catalog: str) -> Any:
    """(object, text), or a Failure."""

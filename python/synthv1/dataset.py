# SPDX-License-Identifier: Apache-2.0
"""Loading: a dataset file of any layout as a sequence of records."""

from __future__ import annotations

import hashlib
import os
import weakref
from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Union, overload

from synthv1 import _native
from synthv1.errors import UsageError, error_of
from synthv1.records import Question, Record

if TYPE_CHECKING:
    import pandas

_FIELDS = ("task_id", "questions", "chunks", "metadata")
Table = Literal["questions", "transactions", "chunks", "records"]


class Fault(NamedTuple):
    """One thing that is wrong with a record."""

    record: int
    """Index of the record in its file."""
    task_id: str
    kind: str
    """One of the kinds that ``synthv1 validate`` counts."""
    field: str
    """Such as "questions[4].answer"; empty for the whole record."""
    reason: str
    text: str
    """All of it as the line that the command prints."""


class Validation(NamedTuple):
    """What ``validate`` found in a file."""

    records: int
    num_faults: int
    """Those that ``faults`` leaves out included."""
    faults: list[Fault]
    notes: list[str]
    """What the records say was left imperfect, and what could not be checked."""

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return self.num_faults == 0


class EvalDataset(Sequence[Record]):
    """The records of a dataset file: one object, an array, or a record a line.

    A file with a record a line is not loaded but indexed: a record is read when it is asked for and not kept, so the
    file may be larger than memory. The other layouts are read whole. A slice is a dataset too, of the same file.

    Raises UsageError where the file cannot be read, is not JSON or holds no record; of a line that is no record, when
    it is asked for. DataError, when something is asked of a record that it does not hold.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._source = _open_source(os.fspath(path))
        self._indexes: Sequence[int] = range(len(self._source))

    @property
    def path(self) -> str:
        """The file."""
        return self._source.path

    @property
    def is_whole(self) -> bool:
        """Whether this is all of the file, not a part."""
        return self._indexes == range(len(self._source))

    def __len__(self) -> int:
        return len(self._indexes)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> EvalDataset: ...
    def __getitem__(self, index: int | slice) -> Record | EvalDataset:
        if isinstance(index, slice):
            return self._part(self._indexes[index])
        return Record(self._source.read(self._indexes[index]))

    def __iter__(self) -> Iterator[Record]:
        read = self._source.read
        return (Record(read(index)) for index in self._indexes)

    def questions_at(self, position: int) -> Iterator[tuple[Record, Question]]:
        """The questions that are asked after chunk ``position`` of their record, with it. -1 is the last chunk."""
        for record in self:
            for question in record.questions_at(position):
                yield record, question

    def train_test_split(self, test_share: float = 0.2, seed: int = 0) -> tuple[EvalDataset, EvalDataset]:
        """Two datasets that share no record: the rest, and the nearest whole number to ``test_share`` of them.

        The same seed and number of records always give the same split, in any version. Records keep their order.
        Each part has at least one record where there are two.
        """
        if not 0 < test_share < 1:
            raise UsageError(f"test_share={test_share}: write a share between 0 and 1")
        drawn = sorted(self._indexes, key=lambda index: hashlib.sha256(f"{seed}/{index}".encode()).digest())
        size = min(max(round(len(drawn) * test_share), 1), len(drawn) - 1) if len(drawn) > 1 else 0
        test = set(drawn[:size])
        return (
            self._part([index for index in self._indexes if index not in test]),
            self._part([index for index in self._indexes if index in test]),
        )

    def validate(self, catalog: str | os.PathLike[str] | None = None, faults_per_kind: int = 20) -> Validation:
        """Holds every record of the whole file against the rules, as ``synthv1 validate`` does: answers in SQL.

        Args:
            catalog: TOML laid over the default catalogue, for records that name none.
            faults_per_kind: Of each kind, so many are told; all are counted.
        """
        found = _native.validate(self.path, os.fspath(catalog) if catalog else "", faults_per_kind)
        if len(found) == 2:
            raise error_of(found)
        records, num_faults, faults, notes = found
        return Validation(records, num_faults, [Fault(*fault) for fault in faults], notes)

    def to_pandas(self, table: Table = "questions") -> pandas.DataFrame:
        """A row for each question, transaction, chunk or record. Needs pandas.

        Amounts are floats in yuan there, dates are timestamps, and ``record`` is the index of the record.
        """
        try:
            import pandas
        except ImportError:
            raise UsageError("to_pandas() needs pandas: pip install pandas") from None
        make = _ROWS.get(table)
        if make is None:
            raise UsageError(f"there is no table '{table}'; they are {', '.join(_ROWS)}")
        frame = pandas.DataFrame([row for index, record in enumerate(self) for row in make(index, record)])
        if "date" in frame.columns:
            frame["date"] = pandas.to_datetime(frame["date"])
        return frame

    def __repr__(self) -> str:
        return f"EvalDataset({self.path!r}, {len(self)} records)"

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.path, list(self._indexes))

    def _part(self, indexes: Sequence[int]) -> EvalDataset:
        part = EvalDataset.__new__(EvalDataset)
        part._source = self._source
        part._indexes = indexes
        return part


def _again(path: str, indexes: list[int]) -> EvalDataset:
    return EvalDataset(path)._part(indexes)


class _Document:
    """A file that is one JSON text, in memory."""

    def __init__(self, path: str) -> None:
        value = _native.parse_file(path)
        if isinstance(value, tuple):
            raise error_of((value[0], value[1] if path in value[1] else f"{path}: {value[1]}"))
        self.path = path
        self._records: list[Any] = value if isinstance(value, list) else [value]

    def __len__(self) -> int:
        return len(self._records)

    def read(self, index: int) -> dict[str, Any]:
        return _record(self._records[index], lambda: f"{self.path}: record {index}")


class _Lines:
    """A file with a record a line, on disk. Any number of threads and forked processes may read."""

    def __init__(self, path: str, places: array[int]) -> None:
        self.path = path
        self._places = places
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        weakref.finalize(self, os.close, self._file)

    def __len__(self) -> int:
        return len(self._places) // 2

    def read(self, index: int) -> dict[str, Any]:
        begin, size = self._places[2 * index], self._places[2 * index + 1]
        value = _native.parse(os.pread(self._file, size, begin))
        if isinstance(value, tuple):
            raise UsageError(f"{self._place(index)}: {value[1].replace('line 1, ', '')}")
        return _record(value, lambda: self._place(index))

    def _place(self, index: int) -> str:
        with open(self.path, "rb") as file:
            line = file.read(self._places[2 * index]).count(b"\n") + 1
        return f"{self.path}, line {line}"


_Source = Union[_Document, _Lines]


def _open_source(path: str) -> _Source:
    found = _native.find_lines(path)
    if isinstance(found, tuple):
        raise error_of(found)
    places = array("Q")
    places.frombytes(found)
    if not places:
        raise UsageError(f"{path}: no record in it: the file is empty")
    if len(places) == 2 or not _begins_with_record(path, places):
        source: _Source = _Document(path)
    else:
        source = _Lines(path, places)
    if len(source) == 0:
        raise UsageError(f"{path}: no record in it: the array is empty")
    source.read(0)
    return source


def _begins_with_record(path: str, places: array[int]) -> bool:
    with open(path, "rb") as file:
        file.seek(places[0])
        first = file.read(1)
        if first != b"{":
            return False
        return not isinstance(_native.parse(first + file.read(places[1] - 1)), tuple)


def _record(value: Any, place: Any) -> dict[str, Any]:
    if isinstance(value, dict) and all(name in value for name in _FIELDS):
        return value
    raise UsageError(f"{place()}: no record: no object with {', '.join(_FIELDS[:-1])} and {_FIELDS[-1]}")


def _question_rows(index: int, record: Record) -> Iterator[dict[str, Any]]:
    for question in record.questions:
        raw = {name: question.raw.get(name) for name in ("qid", "query", "answer", "position", "category")}
        yield {"record": index, "task_id": record.task_id, **raw, "distance": record.distance(question)}


def _transaction_rows(index: int, record: Record) -> Iterator[dict[str, Any]]:
    names = ("date", "scene", "subscene", "amount", "description", "session_index", "turn")
    for transaction in record.transactions:
        yield {"record": index, "task_id": record.task_id} | {name: transaction.raw.get(name) for name in names}


def _chunk_rows(index: int, record: Record) -> Iterator[dict[str, Any]]:
    for chunk in record.chunks:
        facts = {"session_index": chunk.session_index, "date": chunk.date, "turns": chunk.count("\n") + 1, "text": str(chunk)}
        yield {"record": index, "task_id": record.task_id, **facts}


def _record_rows(index: int, record: Record) -> Iterator[dict[str, Any]]:
    names = ("num_sessions", "num_turns", "num_transactions", "total_amount", "language", "seed", "model", "version")
    counts = {name: record.metadata.get(name) for name in names}
    yield {"record": index, "task_id": record.task_id, "num_questions": len(record.questions), **counts}


_ROWS = {
    "questions": _question_rows,
    "transactions": _transaction_rows,
    "chunks": _chunk_rows,
    "records": _record_rows,
}

# SPDX-License-Identifier: Apache-2.0
"""What a dataset file holds, as typed objects: views of its JSON, which stays at hand as ``raw``."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any, NamedTuple

from synthv1.errors import DataError

_LINE = re.compile(r'\[(\d{4}-\d{2}-\d{2})\] (User|Assistant) said, "(.*)"', re.DOTALL)
_ZERO = ("0.00", "0")


class Turn(NamedTuple):
    """One message of a session."""

    role: str
    """"user" or "assistant"."""
    content: str
    """What is said, on one line."""


class Chunk(str):
    """One session as text: a ``str``, its turns joined by newlines, that also knows what it is."""

    __slots__ = ("session_index",)

    session_index: int
    """From 0, in its record."""

    @classmethod
    def of(cls, text: str, session_index: int) -> Chunk:
        """The chunk with that text and index."""
        chunk = cls(text)
        chunk.session_index = session_index
        return chunk

    @property
    def date(self) -> datetime.date:
        """The day of the session. DataError where the text does not begin with one."""
        try:
            return datetime.date.fromisoformat(self[1:11])
        except ValueError:
            raise DataError(f"chunk {self.session_index} does not begin with a date: {self[:40]!r}") from None

    @property
    def turns(self) -> list[Turn]:
        """Its messages in order. DataError where a line is none."""
        turns = []
        for line in self.split("\n"):
            found = _LINE.fullmatch(line)
            if found is None:
                raise DataError(f"chunk {self.session_index} has a line that is no turn: {line[:60]!r}")
            turns.append(Turn(found[2].lower(), found[3]))
        return turns


class _View:
    """Something that a JSON object holds."""

    __slots__ = ("raw",)

    raw: dict[str, Any]
    """The object as the file holds it, further fields included."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, _View) and self.raw == other.raw

    __hash__ = None  # type: ignore[assignment]

    def _field(self, name: str) -> Any:
        try:
            return self.raw[name]
        except KeyError:
            raise DataError(f"a {type(self).__name__.lower()} without '{name}'") from None


class Transaction(_View):
    """One purchase, as a user told it."""

    __slots__ = ()

    @property
    def date(self) -> datetime.date:
        """Its session's day."""
        return datetime.date.fromisoformat(self._field("date"))

    @property
    def scene(self) -> str:
        """The scene's English identifier."""
        return str(self._field("scene"))

    @property
    def subscene(self) -> str:
        """The subscene's English identifier."""
        return str(self._field("subscene"))

    @property
    def amount(self) -> Decimal:
        """In yuan, exact, positive, at most two decimals."""
        return _money(self._field("amount"))

    @property
    def description(self) -> str:
        """What it was for, in a few words."""
        return str(self._field("description"))

    @property
    def session_index(self) -> int:
        """The chunk that it was told in, from 0."""
        return int(self._field("session_index"))

    @property
    def turn(self) -> int | None:
        """The line of that chunk, from 0, that first states the amount; None where the file does not say."""
        return self.raw.get("turn")

    def __repr__(self) -> str:
        return f"Transaction({self.raw.get('date')}, {self.raw.get('scene')}, {self.raw.get('amount')})"


class Question(_View):
    """One question with its one right answer."""

    __slots__ = ()

    @property
    def qid(self) -> str:
        """Its identifier, distinct in a file of synthv1."""
        return str(self._field("qid"))

    @property
    def query(self) -> str:
        """The question as it is asked."""
        return str(self._field("query"))

    @property
    def answer(self) -> str:
        """The answer as text: an amount with two decimals, a scene, a date, a month or a count."""
        return str(self._field("answer"))

    @property
    def position(self) -> int:
        """The index of the chunk after which it is asked: only chunks 0 to ``position`` count."""
        return int(self._field("position"))

    @property
    def category(self) -> str:
        """The name of its type."""
        return str(self._field("category"))

    @property
    def template(self) -> str:
        """The question in plain words; ``query`` where that is the template."""
        return str(self.raw.get("template", self.query))

    @property
    def spec(self) -> dict[str, Any] | None:
        """What is asked, exactly (docs/formats/dataset.md); None where the file does not say."""
        return self.raw.get("spec")

    @property
    def evidence(self) -> list[int]:
        """Indexes into the record's transactions of all that the answer rests on, ascending."""
        return list(self.raw.get("evidence") or ())

    def __repr__(self) -> str:
        return f"Question({self.raw.get('query')!r}, answer={self.raw.get('answer')!r})"


class Record(_View):
    """One user's conversations, the transactions in them, and questions about those."""

    __slots__ = ("_chunks", "_questions", "_transactions")

    def __init__(self, raw: dict[str, Any]) -> None:
        super().__init__(raw)
        self._questions: list[Question] | None = None
        self._chunks: list[Chunk] | None = None
        self._transactions: list[Transaction] | None = None

    @property
    def task_id(self) -> str:
        """Its identifier, distinct in a file of synthv1."""
        return str(self._field("task_id"))

    @property
    def metadata(self) -> dict[str, Any]:
        """Counts, transactions and where the record comes from (docs/formats/dataset.md)."""
        value: dict[str, Any] = self._field("metadata")
        return value

    @property
    def questions(self) -> list[Question]:
        """Its questions, in the file's order."""
        if self._questions is None:
            self._questions = [Question(raw) for raw in self._field("questions")]
        return self._questions

    @property
    def chunks(self) -> list[Chunk]:
        """Its sessions, in order of their days."""
        if self._chunks is None:
            self._chunks = [Chunk.of(text, index) for index, text in enumerate(self._field("chunks"))]
        return self._chunks

    @property
    def transactions(self) -> list[Transaction]:
        """Its transactions, in the order told; none where the file does not hold them."""
        if self._transactions is None:
            self._transactions = [Transaction(raw) for raw in self.metadata.get("transaction_events", ())]
        return self._transactions

    @property
    def total_amount(self) -> Decimal:
        """The sum of all amounts, in yuan, as the metadata say it."""
        return _money(self.metadata["total_amount"])

    @property
    def positions(self) -> list[int]:
        """The chunks after which something is asked, ascending, each once."""
        return sorted({question.position for question in self.questions})

    def questions_at(self, position: int) -> list[Question]:
        """The questions that are asked after chunk ``position``, from 0; from the end where it is negative."""
        wanted = position if position >= 0 else position + len(self._field("chunks"))
        return [question for question in self.questions if question.position == wanted]

    def evidence_of(self, question: Question) -> list[Transaction]:
        """The transactions that the answer of a question of this record rests on."""
        return [self.transactions[index] for index in question.evidence]

    def distance(self, question: Question) -> int | None:
        """How many sessions before it is asked the last evidence lies; None for an answer of zero."""
        evidence = self.evidence_of(question)
        if not evidence or question.answer in _ZERO:
            return None
        return question.position - max(transaction.session_index for transaction in evidence)

    def __repr__(self) -> str:
        chunks, questions = self.raw.get("chunks", ()), self.raw.get("questions", ())
        return f"Record({self.raw.get('task_id')!r}, {len(chunks)} chunks, {len(questions)} questions)"


def _money(value: object) -> Decimal:
    # A float's shortest form is what the file says: amounts have at most two decimals.
    return Decimal(str(value))

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime
import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import synthv1
from synthv1 import EvalDataset


@pytest.fixture
def lines() -> Path:
    synthv1.generate(model="builtin", seed=2, fast=True, num_records=10, out="ten.jsonl", load=False)
    return Path("ten.jsonl")


def by_hand() -> dict[str, Any]:
    def spent(day: str, amount: float, session: int) -> dict[str, Any]:
        pair = {"scene": "Dining", "subscene": "Coffee"}
        return {"date": day, **pair, "amount": amount, "description": "latte", "session_index": session}

    def asked(number: int, answer: str, position: int, evidence: list[int]) -> dict[str, Any]:
        fixed = {"qid": f"q{number}", "query": "How much so far?", "category": "total_amount"}
        return {**fixed, "answer": answer, "position": position, "evidence": evidence}

    return {
        "task_id": "by_hand",
        "questions": [asked(0, "4.10", 0, [0]), asked(1, "9.10", 2, [0, 1]), asked(2, "0.00", 2, [])],
        "chunks": [f'[2024-01-0{day}] User said, "a "b" c"\n[2024-01-0{day}] Assistant said, "ok"' for day in (1, 2, 3)],
        "metadata": {"total_amount": 9.1, "transaction_events": [spent("2024-01-01", 4.1, 0), spent("2024-01-02", 5, 1)]},
    }


def test_every_layout_holds_the_same_records(lines: Path) -> None:
    records = [json.loads(line) for line in lines.read_text().splitlines()]
    Path("array.json").write_text(json.dumps(records, indent=1))
    Path("one.json").write_text(json.dumps(records[3], indent=1, ensure_ascii=False))
    Path("short.json").write_text(json.dumps(records[3]))
    Path("gaps.jsonl").write_text("\n" + "\r\n \n".join(map(json.dumps, records)))
    for path in ("ten.jsonl", "array.json", "gaps.jsonl"):
        assert [record.raw for record in EvalDataset(path)] == records
    for path in ("one.json", "short.json"):
        assert [record.raw for record in EvalDataset(path)] == [records[3]]


def test_a_record_is_typed() -> None:
    Path("hand.json").write_text(json.dumps(by_hand()))
    (record,) = EvalDataset("hand.json")
    first, second, zero = record.questions
    assert (first.qid, first.answer, first.position, first.category) == ("q0", "4.10", 0, "total_amount")
    assert first.template == first.query
    assert first.spec is None
    assert record.positions == [0, 2]
    assert record.questions_at(2) == record.questions_at(-1) == [second, zero]
    assert [transaction.amount for transaction in record.evidence_of(second)] == [Decimal("4.1"), Decimal(5)]
    assert (record.distance(first), record.distance(second), record.distance(zero)) == (0, 1, None)
    assert record.total_amount == Decimal("9.1")
    assert record.transactions[1].date == datetime.date(2024, 1, 2)
    assert record.transactions[1].turn is None
    chunk = record.chunks[1]
    assert isinstance(chunk, str)
    assert chunk == by_hand()["chunks"][1]
    assert (chunk.session_index, chunk.date) == (1, datetime.date(2024, 1, 2))
    assert chunk.turns == [("user", 'a "b" c'), ("assistant", "ok")]


def test_what_a_record_does_not_hold_is_named() -> None:
    raw = by_hand()
    del raw["questions"][0]["answer"]
    raw["chunks"][0] = "no turn"
    Path("hand.json").write_text(json.dumps(raw))
    (record,) = EvalDataset("hand.json")
    with pytest.raises(synthv1.DataError, match="a question without 'answer'"):
        _ = record.questions[0].answer
    with pytest.raises(synthv1.DataError, match="no turn"):
        _ = record.chunks[0].turns
    with pytest.raises(synthv1.DataError, match="does not begin with a date"):
        _ = record.chunks[0].date


def test_records_are_read_when_they_are_asked_for(lines: Path) -> None:
    dataset = EvalDataset(lines)
    text = lines.read_bytes()
    at = text.index(b"\n", text.index(b"\n") + 1) + 1
    with lines.open("r+b") as file:
        file.seek(at)
        file.write(b"x")
    assert len(dataset) == 10
    assert dataset[1].task_id
    with pytest.raises(synthv1.UsageError, match=r"ten\.jsonl, line 3: column 1: unexpected 'x'"):
        _ = dataset[2]


def test_indexes_and_slices(lines: Path) -> None:
    dataset = EvalDataset(lines)
    ids = [record.task_id for record in dataset]
    assert dataset[-1].task_id == ids[9]
    assert [record.task_id for record in dataset[2:8:2]] == ids[2:8:2]
    assert [record.task_id for record in dataset[::-1][:3]] == ids[:6:-1]
    assert dataset[2:8][1].task_id == ids[3]
    with pytest.raises(IndexError):
        _ = dataset[10]
    assert [record.task_id for record in pickle.loads(pickle.dumps(dataset[4:6]))] == ids[4:6]


def test_a_split_shares_no_record_and_depends_on_the_seed_alone(lines: Path) -> None:
    dataset = EvalDataset(lines)
    train, test = dataset.train_test_split(0.3, seed=1)
    ids = [[record.task_id for record in part] for part in (train, test)]
    assert (len(train), len(test)) == (7, 3)
    assert sorted(ids[0] + ids[1]) == sorted(record.task_id for record in dataset)
    again = [[record.task_id for record in part] for part in EvalDataset(lines).train_test_split(0.3, seed=1)]
    assert again == ids
    others = {tuple(record.task_id for record in dataset.train_test_split(0.3, seed=seed)[1]) for seed in range(8)}
    assert len(others) > 1
    assert list(test._indexes) == [0, 1, 3]  # in every version
    with pytest.raises(synthv1.UsageError, match="between 0 and 1"):
        dataset.train_test_split(1)


def test_questions_of_all_records_at_a_position(lines: Path) -> None:
    found = list(EvalDataset(lines).questions_at(2))
    assert len(found) == 100
    assert not list(EvalDataset(lines).questions_at(0))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no record in it"),
        ("[]", "no record in it"),
        ('{"a": 1}', "no record: no object with task_id"),
        ('{"a": 1}\n{"a": 2}\n', "line 1: no record"),
        ("[1]", "record 0: no record"),
        ('{"a": \n x}', "line 2, column 2"),
    ],
)
def test_files_that_are_no_dataset(text: str, message: str) -> None:
    Path("bad.json").write_text(text)
    with pytest.raises(synthv1.UsageError, match=f"bad.json.*{message}"):
        EvalDataset("bad.json")


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(synthv1.UsageError, match="nowhere.jsonl"):
        EvalDataset("nowhere.jsonl")


def test_validation_finds_what_is_wrong(lines: Path) -> None:
    assert EvalDataset(lines).validate().good
    raw = json.loads(lines.read_text().splitlines()[0])
    raw["questions"][4]["answer"] = "1.23"
    Path("wrong.json").write_text(json.dumps(raw, ensure_ascii=False))
    found = EvalDataset("wrong.json").validate()
    assert (found.good, found.records, found.num_faults) == (False, 1, 1)
    assert (found.faults[0].kind, found.faults[0].field) == ("answer", "questions[4].answer")
    assert found.faults[0].text.startswith("wrong.json: record 0 (")


def test_tables(lines: Path) -> None:
    dataset = EvalDataset(lines)
    questions = dataset.to_pandas()
    assert len(questions) == 100
    assert set(questions.columns) >= {"record", "task_id", "qid", "query", "answer", "position", "category", "distance"}
    transactions = dataset[:2].to_pandas("transactions")
    total = sum(record.total_amount for record in dataset[:2])
    assert round(transactions["amount"].sum(), 2) == float(total)
    assert len(dataset.to_pandas("chunks")) == 30
    assert list(dataset.to_pandas("records")["num_sessions"]) == [3] * 10
    with pytest.raises(synthv1.UsageError, match="there is no table"):
        dataset.to_pandas("answers")  # type: ignore[arg-type]

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import asyncio
import json
import subprocess
from pathlib import Path
from typing import Any

import openai
import pytest

import synthv1
from synthv1 import Chunk, EvalDataset, _options, evaluate, evaluate_async
from synthv1.options import EvaluateOptions

from .conftest import SYNTHV1


@pytest.fixture
def data() -> EvalDataset:
    synthv1.generate(model="builtin", seed=2, fast=True, num_records=4, out="four.jsonl", load=False)
    return EvalDataset("four.jsonl")


class Knowing:
    """A memory system that has the key, and keeps account of what it is told."""

    made: list[Knowing] = []

    def __init__(self) -> None:
        self.chunks: list[Chunk] = []
        self.task_ids: list[str] = []
        Knowing.made.append(self)

    async def reset(self, task_id: str) -> None:
        self.task_ids.append(task_id)
        self.chunks = []

    async def add(self, chunk: Chunk) -> None:
        assert chunk.session_index == len(self.chunks)
        self.chunks.append(chunk)

    async def ask(self, question: str, position: int, qid: str) -> str:
        assert len(self.chunks) == position + 1
        return self.answers()[qid]

    @staticmethod
    def answers() -> dict[str, str]:
        return {question.qid: question.answer for record in EvalDataset("four.jsonl") for question in record.questions}


@pytest.fixture(autouse=True)
def nobody_made() -> None:
    Knowing.made = []


def rows(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text().splitlines()]


def test_the_numbers_are_those_of_the_command(data: EvalDataset) -> None:
    for agent in ("key", "zero"):
        found = evaluate(data, agent, out=f"{agent}.python.jsonl")
        command = [str(SYNTHV1), "evaluate", data.path, "--agent", agent, "--out", f"{agent}.command.jsonl"]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        assert found == json.loads(Path(f"{agent}.command.summary.json").read_text())
        assert Path(f"{agent}.python.jsonl").read_bytes() == Path(f"{agent}.command.jsonl").read_bytes()
        assert str(found).strip()


def test_an_object_holds_one_record_at_a_time(data: EvalDataset) -> None:
    agent = Knowing()
    asyncio.run(evaluate_async(data, agent, out="r.jsonl"))
    assert [row["correct"] for row in rows("r.jsonl")] == [True] * 40
    assert sorted(agent.task_ids) == sorted(record.task_id for record in data)
    assert Knowing.made == [agent]


def test_a_factory_makes_an_agent_for_each_record(data: EvalDataset) -> None:
    asyncio.run(evaluate_async(data, Knowing, out="r.jsonl"))
    assert [row["correct"] for row in rows("r.jsonl")] == [True] * 40
    assert sorted(agent.task_ids for agent in Knowing.made) == sorted([record.task_id] for record in data)


def test_records_in_memory_are_data_too(data: EvalDataset) -> None:
    evaluate(data[:2], "key", out="r.jsonl")
    assert len(rows("r.jsonl")) == 20
    evaluate(data[0].raw, "key", out="one.jsonl")
    assert len(rows("one.jsonl")) == 10


def test_what_an_agent_raises_is_the_fault_of_that_question(data: EvalDataset) -> None:
    class Forgetful(Knowing):
        async def ask(self, question: str, position: int, qid: str) -> str:
            if qid.endswith("_3"):
                raise RuntimeError("lost it")
            return await super().ask(question, position, qid)

    asyncio.run(evaluate_async(data, Forgetful(), out="r.jsonl"))
    assert [row["status"] for row in rows("r.jsonl")] == (["ok"] * 3 + ["error"] + ["ok"] * 6) * 4


def test_a_bug_in_an_agent_ends_the_run_and_the_same_call_goes_on(data: EvalDataset) -> None:
    class Broken(Knowing):
        asked = 0

        async def ask(self, question: str, position: int, qid: str) -> str:
            Broken.asked += 1
            if Broken.asked == 15:
                raise AttributeError("no such thing")
            return await super().ask(question, position, qid)

    with pytest.raises(synthv1.EndpointError, match="the agent failed: AttributeError: no such thing") as raised:
        asyncio.run(evaluate_async(data, Broken(), out="r.jsonl"))
    assert isinstance(raised.value.__cause__, AttributeError)
    found = asyncio.run(evaluate_async(data, Broken(), out="r.jsonl"))
    assert found.numbers["kept_rows"] > 0
    assert Broken.asked < 60
    assert [row["correct"] for row in rows("r.jsonl")] == [True] * 40


def test_an_agent_of_plain_functions_inside_generate(data: EvalDataset) -> None:
    class Plain:
        def reset(self) -> None: ...
        def add(self, chunk: str) -> None: ...
        def ask(self, question: str) -> dict[str, Any]:
            return {"answer": "0.00", "usage": {"prompt_tokens": 3, "completion_tokens": 2}}

    evaluate(data, Plain(), out="plain.jsonl")
    evaluate(data, "zero", out="zero.jsonl")
    right = [[row["correct"] for row in rows(f"{name}.jsonl")] for name in ("plain", "zero")]
    assert right[0] == right[1]

    async def inside() -> None:
        with pytest.raises(synthv1.UsageError, match="await evaluate_async"):
            evaluate(data, Plain(), out="r.jsonl")

    asyncio.run(inside())


def test_a_client_of_python_is_asked(data: EvalDataset) -> None:
    class Client:
        def __init__(self) -> None:
            self.chat = self
            self.completions = self
            self.calls = 0

        async def create(self, **request: Any) -> Any:
            self.calls += 1
            return {"choices": [{"message": {"content": "0.00"}, "finish_reason": "stop"}]}

    client = Client()
    found = asyncio.run(evaluate_async(data, "none", client=client, out="none.jsonl", model="m"))
    assert client.calls == found.numbers["calls"] == 40
    evaluate(data, "zero", out="zero.jsonl")
    right = [[row["correct"] for row in rows(f"{name}.jsonl")] for name in ("none", "zero")]
    assert right[0] == right[1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"agent": "ful"}, "there is no agent 'ful'; did you mean full"),
        ({"agent": "key", "out": "x.txt"}, "--out=x.txt"),
        ({"agent": "key", "sampel": "stratified:3"}, "did you mean 'sample'"),
        ({"agent": 3}, "an agent has reset, add and ask, which int has not"),
        ({"agent": "full", "client": 3}, "a client has chat.completions.create, which int has not"),
        ({"agent": Knowing, "client": openai.AsyncOpenAI(api_key="k")}, "leave the client out"),
    ],
)
def test_wrong_options(data: EvalDataset, options: Any, message: str) -> None:
    with pytest.raises(synthv1.UsageError, match=message):
        asyncio.run(evaluate_async(data, **options))


def test_the_typed_options_are_those_of_the_command() -> None:
    assert set(EvaluateOptions.__annotations__) == set(_options.names("evaluate")) - {"agent"}

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import synthv1
from synthv1 import _options
from synthv1.options import GenerateOptions

from .conftest import SYNTHV1, Start

SMALL: dict[str, Any] = {"model": "builtin", "seed": 1, "num_sessions": 6, "num_questions": 12}


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SYNTHV1, *arguments], capture_output=True, text=True, timeout=120)


def test_the_command_and_python_write_the_same_bytes() -> None:
    done = command("--model=builtin", "--seed=1", "--num_sessions=6", "--num_questions=12", "--out=command.json")
    assert done.returncode == 0, done.stderr
    synthv1.generate(**SMALL, out="python.json")
    assert Path("python.json").read_bytes() == Path("command.json").read_bytes()


def test_the_record_comes_back_and_is_in_the_file() -> None:
    record = synthv1.generate(**SMALL, out="one.json")
    assert record == json.loads(Path("one.json").read_text())
    assert len(record["chunks"]) == 6


def test_several_records_come_back_as_a_list() -> None:
    records = synthv1.generate(model="builtin", seed=1, fast=True, num_records=3, out="three.jsonl")
    lines = Path("three.jsonl").read_text().splitlines()
    assert records == [json.loads(line) for line in lines]


def test_without_loading_the_summary_comes_back() -> None:
    summary = synthv1.generate(**SMALL, out="one.json", load=False)
    assert summary["records"] == 1
    assert summary["seed"] == 1
    assert summary["bytes"] == Path("one.json").stat().st_size


def test_options_take_python_values(tmp_path: Path) -> None:
    record = synthv1.generate(
        model="builtin",
        fast=True,
        num_questions=4,
        start_date=datetime.date(2025, 3, 1),
        end_date="2025-03-09",
        zero_answers=0.0,
        language="zh",
        catalog=None,
        no_diversify=False,
        out=tmp_path / "x.json",
    )
    assert len(record["questions"]) == 4
    assert record["metadata"]["language"] == "zh"
    assert record["metadata"]["date_range"]["start"] >= "2025-03-01"
    assert record["metadata"]["date_range"]["end"] <= "2025-03-09"


@pytest.mark.parametrize(
    ("options", "arguments"),
    [
        ({"num_sessions": 0}, ["--num_sessions=0"]),
        ({"num_sessions": 400}, ["--num_sessions=400"]),
        ({"max_time": datetime.timedelta(seconds=-1)}, ["--max_time=-1.0"]),
        ({"language": "fr"}, ["--language=fr"]),
        ({"out": "x.txt"}, ["--out=x.txt"]),
        ({"base_url": "ftp://x", "model": "m"}, ["--base_url=ftp://x"]),
        ({"max_cost": 1.5}, ["--max_cost=1.5"]),
    ],
)
def test_wrong_options_are_the_commands_errors(options: dict[str, Any], arguments: list[str]) -> None:
    with pytest.raises(synthv1.UsageError) as raised:
        synthv1.generate(**({"model": "builtin"} | options))
    assert isinstance(raised.value, ValueError)
    assert raised.value.exit_code == 2
    done = command(f"--model={options.get('model', 'builtin')}", *arguments)
    assert done.returncode == 2
    assert done.stderr == f"synthv1: {raised.value}\n"


def test_an_unknown_option_names_the_nearest() -> None:
    options: Any = {"num_session": 3}
    with pytest.raises(synthv1.UsageError, match="there is no option 'num_session'; did you mean 'num_sessions'"):
        synthv1.generate(**options)


def test_the_typed_options_are_those_of_the_command() -> None:
    assert set(GenerateOptions.__annotations__) == set(_options.names())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"fast": 1}, "it is True or False"),
        ({"num_sessions": True}, "it takes a value"),
        ({"out": "-"}, "name a file"),
    ],
)
def test_values_that_python_alone_can_get_wrong(options: Any, message: str) -> None:
    with pytest.raises(synthv1.UsageError, match=message):
        synthv1.generate(**SMALL | options)


def test_a_file_that_cannot_be_written_is_named() -> None:
    with pytest.raises(synthv1.UsageError, match="missing/x.json"):
        synthv1.generate(**SMALL, out="missing/x.json")


def test_variables_of_the_environment_are_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYNTHV1_NUM_SESSIONS", "2")
    record = synthv1.generate(model="builtin", fast=True, out="x.json")
    assert len(record["chunks"]) == 2


def test_an_endpoint_is_asked_without_a_client(endpoint: str) -> None:
    summary = synthv1.generate(base_url=endpoint, fast=True, seed=4, out="x.json", load=False)
    assert summary["accepted"] == 4  # three sessions, one batch of questions


def test_a_budget_ends_the_run_and_the_same_call_goes_on(endpoint: str) -> None:
    options: dict[str, Any] = {"base_url": endpoint, "fast": True, "seed": 4, "out": "x.json", "llm_concurrency": 1}
    with pytest.raises(synthv1.BudgetError) as raised:
        synthv1.generate(**options, max_requests=2)
    assert raised.value.exit_code == 4
    assert synthv1.generate(**options, load=False)["kept_replies"] == 2


def test_an_interrupt_ends_a_blocking_run(start_endpoint: Start) -> None:
    url = start_endpoint(0, "hold=1000")
    code = f"import synthv1; print('begin', flush=True); synthv1.generate(base_url={url!r}, drain_timeout=0.1)"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    while not Path("processed_synth.json.journal").exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in errors


def test_the_command_is_beside_the_interpreter() -> None:
    assert command("--version").stdout == f"synthv1 {synthv1.__version__}\n"

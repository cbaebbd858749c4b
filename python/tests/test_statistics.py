# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import synthv1
from synthv1 import EvalDataset, generate_stats

from .conftest import SYNTHV1


def test_the_numbers_are_those_of_the_command() -> None:
    records: Any = synthv1.generate(model="builtin", seed=2, fast=True, num_records=5, out="five.jsonl")
    done = subprocess.run([SYNTHV1, "stats", "--json", "five.jsonl"], capture_output=True, text=True, timeout=60)
    wanted = json.loads(done.stdout)
    dataset = EvalDataset("five.jsonl")
    for data in ("five.jsonl", Path("five.jsonl"), ["five.jsonl"], dataset, records, dataset[0:5], list(dataset)):
        assert generate_stats(data) == wanted
    assert generate_stats(dataset[:2]) == generate_stats(records[:2])
    assert generate_stats(records[0]) == generate_stats(dataset[0]) != wanted
    assert "sessions" in str(generate_stats(dataset))


def test_what_is_no_data() -> None:
    with pytest.raises(synthv1.UsageError, match="nowhere.jsonl"):
        generate_stats("nowhere.jsonl")
    with pytest.raises(synthv1.UsageError, match="a record is a Record or a dict, not int"):
        generate_stats([1])

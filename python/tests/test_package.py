# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import subprocess
import sys

import synthv1

HEAVY = ("typing", "dataclasses", "inspect", "datetime", "asyncio", "openai", "pandas", "IPython", "json", "logging", "decimal", "hashlib", "tempfile")


def modules_after(code: str) -> set[str]:
    code += "\nimport sys\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return set(done.stdout.split())


def test_the_import_is_light() -> None:
    loaded = modules_after("import synthv1")
    assert "synthv1" in loaded
    assert not loaded & set(HEAVY)
    assert "synthv1._native" not in loaded


def test_the_call_of_the_document_loads_nothing_heavy_first() -> None:
    assert not modules_after("from synthv1 import async_main") & {"asyncio", "dataclasses", "inspect", "openai"}


def test_everything_that_is_promised_is_there() -> None:
    for name in synthv1.__all__:
        assert getattr(synthv1, name) is not None
        assert name in dir(synthv1)


def test_nothing_is_left_behind_at_the_end() -> None:
    code = "import synthv1; synthv1.generate(model='builtin', fast=True, out='x.json')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_run_that_nobody_waits_for_ends_with_the_interpreter() -> None:
    code = """
import asyncio, synthv1
async def begin():
    asyncio.get_running_loop().create_task(synthv1.async_main(model="builtin", num_records=100000, out="x.jsonl"))
    await asyncio.sleep(0.2)
loop = asyncio.new_event_loop()
loop.run_until_complete(begin())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    assert "leaked" not in done.stderr

# SPDX-License-Identifier: Apache-2.0
"""The Python package, run by a Python that has it: the time of its import, the speed of EvalDataset, and how long the
loop of a caller waits while a dataset is made."""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time

from measure import spread

RUNS = 7


def import_times(code: str) -> list[float]:
    """Milliseconds of `code` in fresh interpreters."""
    timed = f"import time; t = time.perf_counter(); {code}; print((time.perf_counter() - t) * 1e3)"
    command = [sys.executable, "-c", timed]
    return [float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(RUNS)]


def load(path: str) -> float:
    """MB/s of making every object of the file."""
    from synthv1 import EvalDataset

    start = time.perf_counter()
    count = sum(len(record.questions) + len(record.chunks) + len(record.transactions) for record in EvalDataset(path))
    assert count > 0
    return os.path.getsize(path) / 1e6 / (time.perf_counter() - start)


async def longest_wait(path: str) -> float:
    """Milliseconds that a sleep of one takes at most beyond it, while a dataset is made and read back."""
    from synthv1 import async_main

    task = asyncio.create_task(async_main(model="builtin", seed=1, num_records=50, out=path))
    worst = 0.0
    while not task.done():
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        worst = max(worst, time.perf_counter() - start - 0.001)
    await task
    return worst * 1e3


def main() -> None:
    from synthv1 import generate

    print("import synthv1:", spread(import_times("import synthv1"), "ms"))
    print("from synthv1 import async_main:", spread(import_times("from synthv1 import async_main"), "ms"))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data.jsonl")
        generate(model="builtin", seed=1, num_records=400, out=path, load=False)
        print("EvalDataset, all objects:", spread([load(path) for _ in range(RUNS)], "MB/s", 0))
        waits = [asyncio.run(longest_wait(os.path.join(folder, "loop.jsonl"))) for _ in range(3)]
        print(f"longest wait of the caller's loop: {statistics.median(waits):.1f} ms")


main()

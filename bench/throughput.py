#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Many records by the embedded writer: throughput.py BINARY.

Bounds: 150 MB/s on one core (the final sync apart); on two cores 0.9 of what two copies, each pinned to a core, write
together in the same run; 64 MB resident for 10,000 records.
"""

import concurrent.futures
import os
import statistics
import sys
import tempfile

from measure import run, spread, written

RECORDS = 1000
BINARY = sys.argv[1]


def write(folder: str, name: str, cores: set[int], threads: int, records: int = RECORDS, seed: int = 1):
    path = f"{folder}/{name}.jsonl"
    result = run([BINARY, "--model", "builtin", "--seed", str(seed), "--num_records", str(records), "--threads",
                  str(threads), "--out", path], cores)
    os.unlink(path)
    return result


def speed(result) -> float:
    megabytes, seconds, _ = written(result)
    return megabytes / seconds


with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
    first, *others = sorted(os.sched_getaffinity(0))
    singles = [write(folder, "one", {first}, 1) for _ in range(5)]
    print("one core:  ", spread([speed(r) for r in singles], "MB/s", 0), " sync",
          spread([written(r)[2] for r in singles], "s", 2), " (bound: 150 MB/s)")
    if others:
        both, pair = {first, others[0]}, [first, others[0]]
        shares = []
        with concurrent.futures.ThreadPoolExecutor() as pool:
            for _ in range(5):
                together = speed(write(folder, "two", both, 2))
                jobs = [pool.submit(write, folder, f"copy{core}", {core}, 1) for core in pair]
                copies = sum(speed(job.result()) for job in jobs)
                shares.append((together, copies))
        print("two cores: ", spread([a for a, _ in shares], "MB/s", 0), " two copies",
              spread([b for _, b in shares], "MB/s", 0), f" share {statistics.median(a / b for a, b in shares):.2f}",
              " (bound: 0.90)")
    many = write(folder, "many", set(os.sched_getaffinity(0)), 0, 10_000)
    print(f"10,000 records: {many.rss_mb:.0f} MB resident, {written(many)[0]:.0f} MB written  (bound: 64 MB)")

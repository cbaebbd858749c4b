#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`evaluate` against an endpoint that answers after 200 ms: evaluate.py BINARY ENDPOINT.

Bounds, at 1,024 in flight: with the agent `none`, and with `full` on records of about 2 KB, wall within 5 % of calls x 0.2 s /
1,024, 100 us of CPU a question and 100 MB resident beyond the data. Reported beside it: `full` on default records, whose
questions share the text of their record. ENDPOINT shares the machine.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile

from measure import run, run_new

BINARY, ENDPOINT = sys.argv[1:3]
DELAY = 0.2
CONCURRENCY = 1024
SMALL = ["--num_sessions", "2", "--min_turns", "8", "--max_turns", "12", "--num_questions", "20"]


def make_data(path: str, records: int, options: list[str]) -> None:
    run([BINARY, "--model", "builtin", "--seed", "1", "--num_records", str(records), *options, "--out", path])


def measure(name: str, url: str, data: str, agent: str, runs: int) -> None:
    command = [BINARY, "evaluate", data, "--agent", agent, "--base_url", url, "--model", "test-model",
               "--llm_concurrency", str(CONCURRENCY)]
    results = [run_new(command, os.path.join(os.path.dirname(data), "r.jsonl")) for _ in range(runs)]
    calls = int(re.search(r"(\d+) calls", results[0].stderr).group(1))
    wall = statistics.median(r.wall for r in results)
    cpu = statistics.median(r.cpu for r in results) / calls * 1e6
    print(f"{name}: {calls} questions, {os.path.getsize(data) / 1e6:.1f} MB of data: wall {wall:.2f} s, "
          f"{wall / (calls * DELAY / CONCURRENCY):.3f} of ideal; {cpu:.0f} us of CPU a question; "
          f"{max(r.rss_mb for r in results):.0f} MB")


with tempfile.TemporaryDirectory() as folder:
    small, default = os.path.join(folder, "small.jsonl"), os.path.join(folder, "default.jsonl")
    make_data(small, 2560, SMALL)  # 51,200 questions
    make_data(default, 50, [])
    endpoint = subprocess.Popen([ENDPOINT, str(int(DELAY * 1000))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    url = endpoint.stdout.readline().strip()
    measure("none", url, small, "none", 3)
    measure("full, records of 2 KB", url, small, "full", 3)
    measure("full, default records", url, default, "full", 1)
    endpoint.stdin.close()

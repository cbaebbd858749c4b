#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The driver against an endpoint that answers after 200 ms: driver.py BINARY ENDPOINT.

Bounds, for sessions of 6 to 10 turns: wall within 5 % of calls x 0.2 s / llm_concurrency at 8, 256 and 1,024; 100 us of CPU
a session and 100 MB resident at 1,024 in flight. Longer sessions are reported beside it. ENDPOINT shares the machine.
"""

import re
import statistics
import subprocess
import sys
import tempfile

from measure import run_new

BINARY, ENDPOINT = sys.argv[1:3]
DELAY = 0.2
SESSIONS = 50  # in a record


def measure(url: str, folder: str, concurrency: int, calls: int, turns: tuple[int, int], runs: int = 5) -> None:
    command = [BINARY, "--base_url", url, "--model", "test-model", "--seed", "1", "--llm_concurrency", str(concurrency),
               "--num_sessions", str(SESSIONS), "--num_records", str(calls // SESSIONS), "--num_questions", "10",
               "--no_diversify", "--min_turns", str(turns[0]), "--max_turns", str(turns[1]), "--max_scenes", "3"]
    results = [run_new(command, f"{folder}/x.jsonl") for _ in range(runs)]
    made = int(re.search(r"(\d+) calls", results[0].stderr).group(1))
    ideal = made * DELAY / concurrency
    wall = statistics.median(r.wall for r in results)
    cpu = statistics.median(r.cpu for r in results) / made * 1e6
    print(f"{concurrency:5} in flight, {made:6} calls, {turns[0]} to {turns[1]} turns: wall {wall:6.2f} s, "
          f"{wall / ideal:.3f} of ideal; {cpu:4.0f} us of CPU a session; {max(r.rss_mb for r in results):3.0f} MB")


with tempfile.TemporaryDirectory() as folder:
    endpoint = subprocess.Popen([ENDPOINT, str(int(DELAY * 1000))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    url = endpoint.stdout.readline().strip()
    for concurrency, calls in ((8, 200), (256, 6400), (1024, 51200)):
        measure(url, folder, concurrency, calls, (6, 10))
    measure(url, folder, 1024, 51200, (20, 50), runs=1)
    endpoint.stdin.close()

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Admission against endpoints that refuse or queue: admission.py BINARY ENDPOINT.

Calls of 200 ms. Bound: with one call in ten refused at random (429, Retry-After: 1) and 64 in flight, 4,000 calls take
at most 1.5 times as long as without. Reported beside it: --llm_concurrency auto against an endpoint without a limit,
one that refuses what is beyond 100 in flight, and one that works on 100 and lets the others wait, each against
the time of 100 calls in flight without a pause.
"""

import re
import subprocess
import sys
import tempfile

from measure import run_new, spread

BINARY, ENDPOINT = sys.argv[1:3]
DELAY = 0.2
SESSIONS = 50  # in a record


def measure(folder: str, concurrency: str, calls: int, *faults: str, runs: int = 3) -> tuple[list[float], str]:
    """Seconds of each run, and what the last said of its calls."""
    times = []
    for _ in range(runs):
        endpoint = subprocess.Popen([ENDPOINT, str(int(DELAY * 1000)), *faults], stdin=subprocess.PIPE,
                                    stdout=subprocess.PIPE, text=True)
        url = endpoint.stdout.readline().strip()
        result = run_new([BINARY, "--base_url", url, "--model", "test-model", "--seed", "1", "--llm_concurrency", concurrency,
                          "--num_sessions", str(SESSIONS), "--num_records", str(calls // SESSIONS), "--num_questions", "10",
                          "--no_diversify", "--min_turns", "6", "--max_turns", "10", "--max_scenes", "3"],
                         f"{folder}/x.jsonl")
        endpoint.stdin.close()
        endpoint.wait()
        times.append(result.wall)
    return times, " ".join(re.findall(r"[^\n]*calls[^\n]*", result.stderr))


def ratio(times: list[float], ideal: float) -> str:
    return spread([time / ideal for time in times], "", 2)


with tempfile.TemporaryDirectory() as folder:
    calm, _ = measure(folder, "64", 4000)
    flaky, said = measure(folder, "64", 4000, "refuse=10")
    print(f"64 in flight, 4000 calls: {spread(calm, 's', 2)}; one in ten refused: {spread(flaky, 's', 2)}, "
          f"{sorted(flaky)[len(flaky) // 2] / sorted(calm)[len(calm) // 2]:.2f} times (bound: 1.50)")
    print("  ", said)
    for name, calls, faults in (("100 and no more", 10_000, ["most=100"]), ("100 slots", 10_000, ["slots=100"]),
                                ("100 slots, one in ten refused", 10_000, ["slots=100", "refuse=10"])):
        times, said = measure(folder, "auto", calls, *faults, runs=1)
        print(f"auto, {name}: {ratio(times, calls * DELAY / 100)} of ideal")
        print("  ", said)
    times, said = measure(folder, "auto", 25_600, runs=1)
    print(f"auto, no limit: {times[0]:.2f} s for 25,600 calls (1,024 in flight from the start: "
          f"{25_600 * DELAY / 1024:.2f} s)")

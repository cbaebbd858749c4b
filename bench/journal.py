#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The journal of a model's run: journal.py BINARY ENDPOINT [PART...], of cost, kill, memory, resume.

Bounds: at 1,024 in flight, 200 ms and sessions of 30 turns, at most 35 us more CPU a session than without a journal, and
wall within 5 % of ideal; a run of 2,000 calls killed half-way asks again for nothing that was committed; 1,000,000
planned sessions take no more memory than 50,000, with a straggler or without; with 100,000 accepted replies in the
journal, at most 2 s to the first new call. ENDPOINT shares the machine.
"""

import contextlib
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

from measure import run, spread

BINARY, ENDPOINT, *PARTS = sys.argv[1:]
SESSIONS = 50  # in a record


@contextlib.contextmanager
def endpoint(*arguments: str):
    process = subprocess.Popen([ENDPOINT, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process.stdout.readline().strip()
    process.stdin.close()
    process.wait()


def command(url: str, calls: int, concurrency: int, turns: int, out: str, *more: str) -> list[str]:
    return [BINARY, "--base_url", url, "--model", "test-model", "--seed", "1", "--llm_concurrency", str(concurrency),
            "--num_sessions", str(SESSIONS), "--num_records", str(calls // SESSIONS), "--num_questions", "10",
            "--no_diversify", "--min_turns", str(turns), "--max_turns", str(turns), "--max_scenes", "3", "--out", out, *more]


def remove(out: str) -> None:
    for name in (out, f"{out}.journal", f"{out}.partial.jsonl"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


def calls_made(stderr: str) -> int:
    found = re.search(r"(\d+) calls,", stderr)
    return int(found.group(1)) if found else 0


def committed(out: str) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{out}.journal?mode=ro", uri=True)) as database:
        return database.execute("SELECT count(*) FROM reply").fetchone()[0]


def cost(folder: str, calls: int = 51_200, concurrency: int = 1024, delay: float = 0.2, runs: int = 5) -> None:
    out = f"{folder}/x.jsonl"
    taken = {"on": [], "off": []}
    with endpoint(str(int(delay * 1000))) as url:
        for _ in range(runs):
            for mode, results in taken.items():
                remove(out)
                arguments = command(url, calls, concurrency, 30, out if mode == "on" else "-")
                results.append(run(arguments if mode == "on" else ["sh", "-c", 'exec "$@" >/dev/null', "sh", *arguments]))
    ideal = calls * delay / concurrency
    for mode, results in taken.items():
        print(f"journal {mode:3}: {spread([r.cpu / calls * 1e6 for r in results], 'us of CPU a session')}; wall "
              f"{spread([r.wall / ideal for r in results], 'of ideal', 3)}; {max(r.rss_mb for r in results):.0f} MB")
    more = statistics.median(on.cpu - off.cpu for on, off in zip(taken["on"], taken["off"])) / calls * 1e6
    print(f"journal: {more:.1f} us more (bound: 35); wall bound: 1.05")


def kill(folder: str, calls: int = 2000, concurrency: int = 64, runs: int = 3) -> None:
    out = f"{folder}/k.jsonl"
    for _ in range(runs):
        remove(out)
        with endpoint("200") as url:
            arguments = command(url, calls, concurrency, 10, out)
            process = subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True)
            time.sleep(calls * 0.2 / concurrency / 2)
            process.kill()
            process.wait()
            kept = committed(out)
            again = calls_made(run(arguments).stderr) - (calls - kept)
        print(f"killed half-way: {kept} of {calls} replies committed; {again} of them asked for again (bound: 0)")


def peak(arguments: list[str], seconds: float) -> tuple[float, int]:
    """Peak resident MB of a run cut off after so long, and the calls that it made."""
    process = subprocess.Popen([*arguments, "--drain_timeout", "1"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    time.sleep(seconds)
    process.send_signal(signal.SIGTERM)
    process.stderr.read()
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_maxrss / 1024, committed(arguments[arguments.index("--out") + 1])


def memory(folder: str, seconds: float = 20) -> None:
    out = f"{folder}/m.jsonl"
    for name, records, faults in (("50,000 sessions", 1000, []), ("1,000,000 sessions", 20_000, []),
                                  ("1,000,000 sessions, a straggler", 20_000, ["hold=1"])):
        remove(out)
        with endpoint("50", *faults) as url:
            megabytes, calls = peak(command(url, records * SESSIONS, 64, 30, out), seconds)
        print(f"{name}: {megabytes:.0f} MB after {seconds:.0f} s and {calls} replies")
    remove(out)


def first_call(arguments: list[str], out: str) -> float:
    """Seconds until the journal holds one reply more; the endpoint answers at once."""
    kept = committed(out)
    begin = time.perf_counter()
    process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while committed(out) == kept and process.poll() is None:
        time.sleep(0.01)
    taken = time.perf_counter() - begin
    process.terminate()
    process.wait()
    return taken


def resume(folder: str, calls: int = 100_000, runs: int = 5) -> None:
    out = f"{folder}/r.jsonl"
    with endpoint("1") as url:
        run(command(url, calls, 64, 30, out))
        megabytes = os.path.getsize(f"{out}.journal") / 1e6
        times = []
        for number in range(runs):
            more = calls + (number + 1) * 20 * SESSIONS  # a run that goes on a little further each time
            times.append(first_call(command(url, more, 1, 30, out), out))
        print(f"{calls} replies in a journal of {megabytes:.0f} MB: {spread(times, 's', 2)} to the first new reply (bound: 2)")


with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
    for part in PARTS or ["cost", "kill", "memory", "resume"]:
        {"cost": cost, "kill": kill, "memory": memory, "resume": resume}[part](folder)

# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks share: timed runs of a program, medians, and the machine's noise."""

import glob
import os
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Run:
    """One run of a program: wall and CPU time in seconds, peak resident memory in MB, what it said."""

    wall: float
    cpu: float
    rss_mb: float
    stdout: str
    stderr: str


def run(command: list[str], cores: set[int] | None = None) -> Run:
    """Runs a command to its end, on these cores only where they are given; a failure ends the benchmark."""
    pin = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=pin)
    out, err = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{' '.join(command)} failed:\n{err}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out, err)


def run_new(command: list[str], out: str) -> Run:
    """The same for a command that writes `out` by a model: its files are removed, so that the next one finds no journal."""
    result = run([*command, "--out", out])
    for path in glob.glob(glob.escape(out) + "*"):
        os.unlink(path)
    return result


def written(result: Run) -> tuple[float, float, float]:
    """Of a run with several records: MB written, seconds of writing, seconds of the final sync."""
    found = re.search(r"([\d.]+) MB in ([\d.]+) s .*synced in ([\d.]+) s", result.stderr)
    return tuple(float(number) for number in found.groups())


def spread(values: list[float], unit: str, digits: int = 1) -> str:
    """"12.3 ms (11.9 to 13.0)": the median, and the range as the noise."""
    return f"{statistics.median(values):.{digits}f} {unit} ({min(values):.{digits}f} to {max(values):.{digits}f})"

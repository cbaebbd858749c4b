#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""validate.py BINARY: default records validated on one core. Bound: 50 MB/s."""

import os
import sys
import tempfile

from measure import run, spread

with tempfile.TemporaryDirectory() as folder:
    core = {min(os.sched_getaffinity(0))}
    for language in ("en", "zh"):
        path = f"{folder}/{language}.jsonl"
        run([sys.argv[1], "--model", "builtin", "--seed", "1", "--language", language, "--num_records", "200", "--out", path])
        size = os.path.getsize(path) / 1e6
        runs = [run([sys.argv[1], "validate", path], core) for _ in range(5)]
        print(f"{language}: {size:.0f} MB,", spread([size / r.wall for r in runs], "MB/s", 0), " (bound: 50 MB/s)")

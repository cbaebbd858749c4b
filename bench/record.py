#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A default record by the embedded writer, the whole process: record.py BINARY. Bound: 30 ms."""

import sys
import tempfile

from measure import run, spread

with tempfile.TemporaryDirectory() as folder:
    command = [sys.argv[1], "--model", "builtin", "--seed", "1", "--out", f"{folder}/x.json"]
    runs = [run(command) for _ in range(21)]
    print("wall", spread([r.wall * 1000 for r in runs], "ms"), " CPU", spread([r.cpu * 1000 for r in runs], "ms"),
          " memory", spread([r.rss_mb for r in runs], "MB"), " (bound: 30 ms)")

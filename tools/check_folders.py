#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves that each folder of src/synthv1 includes only the parts that its row in src/CMakeLists.txt names, and theirs."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#include "synthv1/(\w+)/')


def allowed_parts() -> dict[str, set[str]]:
    """By part: every part that it may include, itself and those of its parts among them."""
    rows = re.findall(r"synthv1_part\((\w+)([^)]*)\)", (ROOT / "src/CMakeLists.txt").read_text())
    allowed: dict[str, set[str]] = {}
    for name, rest in rows:
        listed = re.search(r"PARTS ([\w ]+?)(?: LIBRARIES|$)", rest.strip())
        parts = set(listed.group(1).split()) if listed else set()
        allowed[name] = {name} | parts | {far for part in parts for far in allowed[part]}
    return allowed


def faults() -> list[str]:
    allowed = allowed_parts()
    found = []
    for path in sorted((ROOT / "src/synthv1").rglob("*.[ch]*")):
        part = path.relative_to(ROOT / "src/synthv1").parts[0]
        for number, line in enumerate(path.read_text().splitlines(), 1):
            include = INCLUDE.match(line)
            if include and include.group(1) not in allowed.get(part, set()):
                found.append(f"{path.relative_to(ROOT)}:{number}: {part} may not include {include.group(1)}")
    return found


if __name__ == "__main__":
    problems = faults()
    print("\n".join(problems) or "folder rules hold")
    sys.exit(1 if problems else 0)

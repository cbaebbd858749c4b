#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves two rules of src: a folder of src/synthv1 includes only the parts that its row in src/CMakeLists.txt names, and
theirs; and no two files define a type of one name, which would break what links both.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#include "synthv1/(\w+)/')
TYPE = re.compile(r"^(?:template <.*> )?(?:struct|class|enum|enum class|union) (\w+)(?: final)?(?: :.*)?(?: \{.*)?$")
NAMESPACE = re.compile(r"^namespace ?([\w:]*) \{$|^\}  // namespace")


def allowed_parts() -> dict[str, set[str]]:
    """By part: every part that it may include, itself and those of its parts among them."""
    rows = re.findall(r"synthv1_part\((\w+)([^)]*)\)", (ROOT / "src/CMakeLists.txt").read_text())
    allowed: dict[str, set[str]] = {}
    for name, rest in rows:
        listed = re.search(r"PARTS ([\w ]+?)(?: LIBRARIES|$)", rest.strip())
        parts = set(listed.group(1).split()) if listed else set()
        allowed[name] = {name} | parts | {far for part in parts for far in allowed[part]}
    return allowed


def types_of(text: str) -> set[str]:
    """The types that a file defines for all: not those within others or in an unnamed namespace."""
    found, spaces = set(), []
    for line in text.splitlines():
        if space := NAMESPACE.match(line):
            spaces.append(space.group(1)) if line.endswith("{") else spaces.pop()
        elif "" not in spaces and (named := TYPE.match(line)):
            found.add("::".join([*spaces, named.group(1)]))
    return found


def double_names() -> list[str]:
    owners: dict[str, pathlib.Path] = {}
    found = []
    for path in sorted((ROOT / "src").rglob("*.[ch]*")):
        for name in sorted(types_of(path.read_text())):
            owner = owners.setdefault(name, path)
            if owner != path:
                found.append(f"{path.relative_to(ROOT)}: {name} is also a type of {owner.relative_to(ROOT)}")
    return found


def wrong_includes() -> list[str]:
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
    problems = wrong_includes() + double_names()
    print("\n".join(problems) or "folder rules hold")
    sys.exit(1 if problems else 0)

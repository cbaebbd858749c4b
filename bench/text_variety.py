#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Variety of the embedded writer's text: text_variety.py BINARY. Exit 1 where a bound is missed.

Default records of seed 1; the contents of user and assistant turns, one a line, the first 200,000 characters of as many
records as that takes. Bounds: gzip -9 ratio at most 4.0; distinct word 4-grams at least 0.70 of the first 40,000 tokens
(English), distinct character 6-grams at least 0.60 of the first 60,000 characters (Chinese); user turns that repeat an
earlier one letter for letter at most 1 %, assistant turns at most 8 %.
"""

import gzip
import json
import re
import subprocess
import sys

CHARACTERS = 200_000
TURN = re.compile(r'^\[\d{4}-\d\d-\d\d\] (User|Assistant) said, "(.*)"$')


def turns(binary: str, language: str) -> list[tuple[str, str]]:
    """(role, content) of the first turns that hold CHARACTERS characters together."""
    command = [binary, "--quiet", "--model", "builtin", "--seed", "1", "--language", language, "--num_records", "12",
               "--out", "-"]
    found, size = [], 0
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        for chunk in json.loads(line)["chunks"]:
            for text in chunk.split("\n"):
                role, content = TURN.match(text).groups()
                if size + len(content) + 1 > CHARACTERS:
                    return found
                found.append((role, content))
                size += len(content) + 1
    sys.exit("twelve records hold less than 200,000 characters")


def distinct(items: list, n: int) -> float:
    grams = [tuple(items[i:i + n]) for i in range(len(items) - n + 1)]
    return len(set(grams)) / len(grams)


def repeats(said: list[tuple[str, str]], role: str) -> float:
    contents = [content for who, content in said if who == role]
    return 1 - len(set(contents)) / len(contents)


def measure(binary: str, language: str) -> bool:
    said = turns(binary, language)
    text = "\n".join(content for _, content in said)
    raw = text.encode()
    if language == "en":
        name, share, bound = "distinct 4-grams", distinct(re.findall(r"[A-Za-z0-9']+", text.lower())[:40_000], 4), 0.70
    else:
        name, share, bound = "distinct 6-grams", distinct(list(text.replace("\n", ""))[:60_000], 6), 0.60
    rows = [
        ("gzip -9 ratio", len(raw) / len(gzip.compress(raw, 9)), "at most", 4.0),
        (name, share, "at least", bound),
        ("user turns repeated", repeats(said, "User"), "at most", 0.01),
        ("assistant turns repeated", repeats(said, "Assistant"), "at most", 0.08),
    ]
    good = True
    print(f"{language}: {len(text)} characters, {len(said)} turns")
    for what, value, relation, limit in rows:
        holds = value <= limit if relation == "at most" else value >= limit
        good &= holds
        print(f"  {what:<26}{value:8.4f}  {relation} {limit}{'' if holds else '   MISSED'}")
    return good


if __name__ == "__main__":
    results = [measure(sys.argv[1], language) for language in ("en", "zh")]
    sys.exit(0 if all(results) else 1)

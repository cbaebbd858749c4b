#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same calls as users make them today: openai-python's AsyncOpenAI under a semaphore.

peer_openai.py ENDPOINT BINARY [CONCURRENCY [CALLS]]: runs synthv1 and the peer in turn against the same fake endpoint (200 ms) and prints
the ratio. Needs `pip install openai`. Only the calls are made: nothing is checked or written by the peer.
"""

import asyncio
import json
import re
import resource
import subprocess
import sys
import tempfile
import time

import openai

from measure import run

ENDPOINT, BINARY = sys.argv[1:3]
CONCURRENCY = int(sys.argv[3]) if len(sys.argv) > 3 else 256
CALLS = int(sys.argv[4]) if len(sys.argv) > 4 else 2000
SYSTEM = "You write short conversations about expenses and answer with JSON only."
PLAN = {"task": "session", "date": "2024-01-15", "language": "en", "first_session": False, "min_turns": 6, "max_turns": 10,
        "scenes": [{"scene": "Dining", "subscene": "Coffee"}, {"scene": "Transportation", "subscene": "Bus"}]}


async def calls(url: str) -> None:
    client = openai.AsyncOpenAI(base_url=url, api_key="EMPTY")
    gate = asyncio.Semaphore(CONCURRENCY)
    user = f"Write the session of this plan.\n```json\n{json.dumps(PLAN)}\n```"

    async def one() -> None:
        async with gate:
            reply = await client.chat.completions.create(
                model="test-model", temperature=0.8,
                messages=[{"role": "system", "content": SYSTEM}, {"role": "user", "content": user}])
            json.loads(reply.choices[0].message.content)

    await asyncio.gather(*(one() for _ in range(CALLS)))


def main() -> None:
    endpoint = subprocess.Popen([ENDPOINT, "200"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    url = endpoint.stdout.readline().strip()
    ideal = CALLS * 0.2 / CONCURRENCY
    with tempfile.TemporaryDirectory() as folder:
        ours = run([BINARY, "--base_url", url, "--model", "test-model", "--seed", "1", "--llm_concurrency", str(CONCURRENCY),
                    "--num_records", str(CALLS // 50), "--min_turns", "6", "--max_turns", "10", "--max_scenes", "3",
                    "--num_questions", "10", "--no_diversify", "--out", f"{folder}/x.jsonl"])
    made = int(re.search(r"(\d+) calls", ours.stderr).group(1))
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    asyncio.run(calls(url))
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    endpoint.stdin.close()
    print(f"openai {openai.__version__}: {CALLS} calls, {CONCURRENCY} in flight, ideal {ideal:.2f} s")
    print(f"  synthv1: wall {ours.wall:6.2f} s, {ours.cpu / made * 1e6:6.0f} us of CPU a call")
    print(f"  peer:    wall {wall:6.2f} s, {cpu / CALLS * 1e6:6.0f} us of CPU a call")
    print(f"  ratio:   wall {wall / ours.wall:.1f}, CPU {cpu / CALLS / (ours.cpu / made):.0f}")


main()

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openai
import pytest

import synthv1
from synthv1 import async_main
from synthv1.options import GenerateOptions

from .conftest import ROOT, RefusingServer, Start

FAST: dict[str, Any] = {"fast": True, "seed": 7, "out": "x.json"}

DOCUMENT = """\
from synthv1 import async_main
from openai import AsyncOpenAI
client = AsyncOpenAI(base_url="http://localhost:8000/v1", api_key="EMPTY")
import asyncio
result = asyncio.run(async_main(client=client, num_sessions=10, num_questions=20, out="my_dataset.json"))
"""


def plain(endpoint: str, **options: Any) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=endpoint, api_key="sk-test-key", **options)


class Counting(openai.AsyncOpenAI):
    """A client of the user's own, which sees every request."""

    requests = 0

    async def _send_request(self, *arguments: Any, **options: Any) -> Any:
        self.requests += 1
        return await super()._send_request(*arguments, **options)


class Double:
    """A test double: answers as the client inside does, in a form of its own."""

    def __init__(self, endpoint: str) -> None:
        self.inner = plain(endpoint)
        self.calls = 0
        self.chat = SimpleNamespace(completions=self)

    async def create(self, *, model: str, messages: list[Any], temperature: float, max_tokens: int) -> Any:
        self.calls += 1
        reply = await self.inner.chat.completions.create(model=model, messages=messages, temperature=temperature)
        return self.form(reply)

    def form(self, reply: Any) -> Any:
        message = SimpleNamespace(content=reply.choices[0].message.content)
        return SimpleNamespace(choices=[SimpleNamespace(message=message)])


class DictDouble(Double):
    def form(self, reply: Any) -> Any:
        return reply.model_dump()


@contextlib.contextmanager
def relay(url: str) -> Iterator[None]:
    """Passes what comes to localhost:8000 on to `url`. Skips the test where another program has that port."""
    port = int(url.split(":")[2].split("/")[0])
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind(("127.0.0.1", 8000))
    except OSError:
        pytest.skip("port 8000 is taken")
    server.listen(64)

    def copy(source: socket.socket, target: socket.socket) -> None:
        try:
            while piece := source.recv(65536):
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def accept() -> None:
        try:
            while True:
                caller, _ = server.accept()
                called = socket.create_connection(("127.0.0.1", port))
                for pair in ((caller, called), (called, caller)):
                    threading.Thread(target=copy, args=pair, daemon=True).start()
        except OSError:
            pass

    threading.Thread(target=accept, daemon=True).start()
    yield
    server.shutdown(socket.SHUT_RDWR)
    server.close()


@pytest.mark.parametrize("module", ["synthv1", "data.synthv1_async"])
def test_the_lines_of_the_document(endpoint: str, module: str) -> None:
    lines = DOCUMENT.replace("from synthv1 import", f"from {module} import")
    Path("program.py").write_text(lines + "print(result['task_id'])\n")
    with relay(endpoint):
        done = subprocess.run(
            [sys.executable, "program.py"],
            env=os.environ | {"PYTHONPATH": str(ROOT / "examples")},
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    record = json.loads(Path("my_dataset.json").read_text())
    assert done.stdout == record["task_id"] + "\n"
    assert len(record["chunks"]) == 10
    assert len(record["questions"]) == 20
    assert synthv1.EvalDataset("my_dataset.json").validate().good


def test_all_kinds_of_client_make_the_same_record(endpoint: str) -> None:
    async def records() -> list[Any]:
        counting = Counting(base_url=endpoint, api_key="sk-test-key")
        clients = [None, plain(endpoint), counting, Double(endpoint), DictDouble(endpoint)]
        made = []
        for number, client in enumerate(clients):
            options: GenerateOptions = {"fast": True, "seed": 7, "out": f"{number}.json"}
            if client is None:
                options["base_url"] = endpoint
            made.append(await async_main(client, **options))
        assert counting.requests == 4  # three sessions, one batch of questions
        return made

    made = asyncio.run(records())
    assert all(record == made[0] for record in made)


def test_a_plain_client_is_driven_natively(refusing: RefusingServer) -> None:
    client = plain(refusing.url, default_headers={"X-Team": "blue"}, organization="org-1", project="proj-1")
    with pytest.raises(synthv1.EndpointError, match="no such key; set --api_key"):
        asyncio.run(async_main(client, **FAST))
    sent = refusing.headers[0]
    assert sent["authorization"] == "Bearer sk-test-key"
    assert (sent["x-team"], sent["openai-organization"], sent["openai-project"]) == ("blue", "org-1", "proj-1")
    assert sent["user-agent"] == "synthv1"
    assert not any(name.startswith("x-stainless") for name in sent)


def test_a_client_with_its_own_http_client_is_called_through_it(endpoint: str) -> None:
    seen = []

    async def look(request: Any) -> None:
        seen.append(request)

    async def run() -> None:
        http = openai.DefaultAsyncHttpxClient(event_hooks={"request": [look]})
        await async_main(plain(endpoint, http_client=http), **FAST)

    asyncio.run(run())
    assert len(seen) == 4


def test_a_patched_client_is_called_through_its_patch(endpoint: str) -> None:
    client = plain(endpoint)
    original = client.chat.completions.create
    calls = []

    async def create(**request: Any) -> Any:
        calls.append(request)
        return await original(**request)

    client.chat.completions.create = create  # type: ignore[method-assign]
    asyncio.run(async_main(client, **FAST))
    assert len(calls) == 4


def test_what_a_client_raises_is_judged_by_the_rules_of_http(refusing: RefusingServer) -> None:
    client = Counting(base_url=refusing.url, api_key="sk-test-key")
    with pytest.raises(synthv1.EndpointError, match="401: no such key; set --api_key") as raised:
        asyncio.run(async_main(client, **FAST))
    assert isinstance(raised.value.__cause__, openai.AuthenticationError)


def test_a_busy_client_is_waited_for(endpoint: str) -> None:
    class Busy(Double):
        async def create(self, **request: Any) -> Any:
            self.calls += 1
            if self.calls % 2 == 1:
                error: Any = RuntimeError("slow down")
                error.status_code = 429
                error.response = SimpleNamespace(headers={"retry-after-ms": "1"}, text="")
                raise error
            return await self.inner.chat.completions.create(**request)

    async def run() -> Any:
        return await async_main(Busy(endpoint), load=False, llm_concurrency=1, **FAST)

    summary = asyncio.run(run())
    assert summary["accepted"] == 4
    assert summary["failures"] == {"429": 4}


def test_a_bug_in_the_client_is_not_retried() -> None:
    class Broken:
        def __init__(self) -> None:
            self.chat = SimpleNamespace(completions=self)

        async def create(self, **_: Any) -> Any:
            raise TypeError("no such thing")

    with pytest.raises(synthv1.EndpointError, match="TypeError: no such thing") as raised:
        asyncio.run(async_main(Broken(), **FAST))
    assert isinstance(raised.value.__cause__, TypeError)


def test_the_key_of_a_client_is_in_no_message() -> None:
    class Leaky:
        api_key = "sk-secret-value"

        def __init__(self) -> None:
            self.chat = SimpleNamespace(completions=self)

        async def create(self, **_: Any) -> Any:
            error: Any = RuntimeError(f"bad key {self.api_key}")
            error.status_code = 401
            raise error

    with pytest.raises(synthv1.EndpointError) as raised:
        asyncio.run(async_main(Leaky(), **FAST))
    assert "401" in str(raised.value)
    assert "sk-secret-value" not in str(raised.value)
    assert b"sk-secret-value" not in Path("x.json.journal").read_bytes() if Path("x.json.journal").exists() else True


@pytest.mark.parametrize("through_python", [False, True])
def test_a_cancelled_run_goes_on_where_it_was(start_endpoint: Start, through_python: bool) -> None:
    options: dict[str, Any] = {"num_sessions": 40, "num_questions": 5, "seed": 3, "out": "x.json", "llm_concurrency": 2}

    def client(delay_ms: int) -> Any:
        url = start_endpoint(delay_ms)
        return Counting(base_url=url, api_key="k") if through_python else plain(url)

    async def begin() -> None:
        task = asyncio.create_task(async_main(client(200), **options))
        while not Path("x.json.progress.json").exists() or '"accepted": 0' in Path("x.json.progress.json").read_text():
            assert not task.done()
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(begin())
    assert not Path("x.json").exists()
    summary = asyncio.run(async_main(client(1), load=False, same_endpoint=True, **options))
    assert summary["kept_replies"] > 0
    assert summary["kept_replies"] + summary["calls"] == 41


def test_a_second_cancellation_ends_a_run_at_once(start_endpoint: Start) -> None:
    url = start_endpoint(0, "hold=1000")

    async def run() -> None:
        task = asyncio.create_task(async_main(plain(url), drain_timeout=100_000.0, **FAST))
        while not Path("x.json.journal").exists():
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.sleep(0.05)
        assert not task.done()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())


def test_a_client_is_told_of_a_cancellation() -> None:
    class Silent:
        def __init__(self) -> None:
            self.chat = SimpleNamespace(completions=self)
            self.begun = asyncio.Event()
            self.cancelled = 0

        async def create(self, **_: Any) -> Any:
            self.begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                self.cancelled += 1

    async def run() -> Silent:
        client = Silent()
        task = asyncio.create_task(async_main(client, llm_concurrency=1, drain_timeout=0.01, **FAST))
        await client.begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return client

    assert asyncio.run(run()).cancelled == 1


def test_the_loop_goes_on_while_a_dataset_is_made() -> None:
    async def run() -> int:
        ticks = 0
        task = asyncio.create_task(async_main(model="builtin", seed=1, num_records=40, out="x.jsonl", load=False))
        while not task.done():
            await asyncio.sleep(0)
            ticks += 1
        assert (await task)["records"] == 40
        return ticks

    assert asyncio.run(run()) > 10


def test_runs_share_a_loop(endpoint: str) -> None:
    async def run() -> list[Any]:
        clients = [plain(endpoint), Counting(base_url=endpoint, api_key="k")]
        return await asyncio.gather(
            *(async_main(client, fast=True, seed=7, out=f"{number}.json") for number, client in enumerate(clients))
        )

    one, other = asyncio.run(run())
    assert one == other


def test_generate_with_a_client_of_python(endpoint: str) -> None:
    record = synthv1.generate(Double(endpoint), **FAST)
    assert record["task_id"] == json.loads(Path("x.json").read_text())["task_id"]

    async def inside() -> None:
        with pytest.raises(synthv1.UsageError, match="await async_main"):
            synthv1.generate(Double(endpoint), **FAST)

    asyncio.run(inside())


def test_generate_with_a_plain_client_inside_a_loop(endpoint: str) -> None:
    async def inside() -> Any:
        return synthv1.generate(plain(endpoint), **FAST)

    assert len(asyncio.run(inside())["chunks"]) == 3


def test_a_client_and_an_endpoint_are_too_much(endpoint: str) -> None:
    with pytest.raises(synthv1.UsageError, match="base_url is given beside a client"):
        synthv1.generate(plain(endpoint), base_url=endpoint, **FAST)
    with pytest.raises(synthv1.UsageError, match="asks no client"):
        synthv1.generate(plain(endpoint), model="builtin", **FAST)

# SPDX-License-Identifier: Apache-2.0
"""What the tests share: the endpoint of the benchmarks, which answers rightly, and one that answers as it is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SYNTHV1_FAKE_ENDPOINT", ROOT / "build/release/bench/fake_endpoint"))
SYNTHV1 = Path(sys.executable).parent / "synthv1"

Start = Callable[..., str]


@pytest.fixture(autouse=True)
def in_scratch_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test in a folder of its own, without settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("SYNTHV1_", "OPENAI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def start_endpoint() -> Iterator[Start]:
    """Starts an endpoint that answers every chat rightly after so many milliseconds; returns its base_url."""
    running: list[subprocess.Popen[str]] = []

    def start(delay_ms: int = 5, *more: str) -> str:
        process = subprocess.Popen(
            [PROGRAM, str(delay_ms), *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        assert process.stdout is not None
        return process.stdout.readline().strip()

    yield start
    for process in running:
        process.communicate(timeout=60)


@pytest.fixture
def endpoint(start_endpoint: Start) -> str:
    """The base_url of an endpoint that answers rightly."""
    return start_endpoint()


class RefusingServer:
    """Answers every request with one status, and keeps the headers that it was sent."""

    def __init__(self, status: int, message: str) -> None:
        self.headers: list[dict[str, str]] = []
        keep = self.headers

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                keep.append({name.lower(): value for name, value in self.headers.items()})
                self.rfile.read(int(self.headers.get("content-length", 0)))
                body = json.dumps({"error": {"message": message}}).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Ends the server."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def refusing() -> Iterator[RefusingServer]:
    """An endpoint that knows no key."""
    server = RefusingServer(401, "no such key")
    yield server
    server.close()

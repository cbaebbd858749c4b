# SPDX-License-Identifier: Apache-2.0
"""Runs in the cells of a real kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from .conftest import Start

RunCell = Callable[[str], tuple[list[dict[str, Any]], list[str]]]


@pytest.fixture
def run_cell() -> Iterator[RunCell]:
    """Runs a cell; returns what it displayed (type, id and text of each message) and what it wrote."""
    manager, client = start_new_kernel(startup_timeout=120)

    def run(code: str) -> tuple[list[dict[str, Any]], list[str]]:
        displayed: list[dict[str, Any]] = []
        written: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] in ("display_data", "update_display_data"):
                identity = content["transient"]["display_id"]
                displayed.append(
                    {"type": message["msg_type"], "id": identity, "text": content["data"]["text/plain"]}
                )
            elif message["msg_type"] == "stream":
                written.append(content["text"])

        reply = client.execute_interactive(code, output_hook=hear, timeout=120)
        assert reply["content"]["status"] == "ok", reply["content"]
        return displayed, written

    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.mark.parametrize("call", ["await synthv1.async_main", "synthv1.generate"])
def test_the_panel_stands_below_the_cell(run_cell: RunCell, start_endpoint: Start, call: str) -> None:
    url = start_endpoint(600)
    options = 'model="m", num_sessions=4, num_questions=4, llm_concurrency=2, no_diversify=True, out="n.json"'
    displayed, written = run_cell(
        f'import synthv1\nrecord = {call}(base_url="{url}", {options})\nprint(len(record["chunks"]))'
    )
    assert written == ["4\n"]
    assert [message["type"] for message in displayed[:2]] == ["display_data", "update_display_data"]
    assert len({message["id"] for message in displayed}) == 1
    assert any("/4" in message["text"] for message in displayed), displayed[:3]
    assert displayed[-1]["text"] == ""


def test_a_quiet_run_shows_nothing(run_cell: RunCell, start_endpoint: Start) -> None:
    url = start_endpoint(300)
    displayed, written = run_cell(
        "import synthv1\nrecord = await synthv1.async_main("
        f'base_url="{url}", model="m", num_sessions=2, num_questions=2, quiet=True, out="n.json")'
    )
    assert (displayed, written) == ([], [])

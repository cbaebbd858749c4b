# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import synthv1
from synthv1 import Question, reward, score


def asked(answer: str, **more: Any) -> Question:
    return Question({"qid": "q", "query": "?", "answer": answer, "position": 0, "category": "x", **more})


def test_an_answer_is_scored_by_its_question() -> None:
    right = score("It was **¥1,234.50** in total.", asked("1234.50", spec={"select": "sum"}))
    assert (right.correct, right.tolerant, right.reason, right.value) == (True, True, "equal", "1234.50")
    near = score("1235", asked("1234.50"))
    assert (near.correct, near.tolerant, near.reason) == (False, True, "different")
    assert not score("1235", asked("1234.50"), tolerance="0.10", tolerance_share=0).tolerant
    assert score("7", asked("7", spec={"select": "count"})).correct
    assert score("Dining", asked("Dining", spec={"select": "argmax", "by": "scene", "of": "sum"})).correct
    assert score("March 5, 2024", "2024-03-05").correct


def test_scenes_are_those_of_the_catalogue_that_is_named(tmp_path: Path) -> None:
    pets = tmp_path / "pets.toml"
    pets.write_text(
        '[[scenes]]\nname = "Pets"\nzh = "宠物"\naliases = ["Animals"]\n'
        'subscenes = [{ name = "Vet", zh = "兽医", price = [10, 60], steps = [1], company = 10 }]\n'
    )
    question = asked("Dining, Pets", spec={"select": "argmax", "by": "scene", "of": "sum"})
    assert score("宠物 and Dining", question, catalog=pets).correct
    assert score("Animals", question, catalog=pets).f1 == pytest.approx(2 / 3)
    assert not score("宠物 and Dining", question).correct
    with pytest.raises(synthv1.UsageError, match="none.toml"):
        score("Dining", question, catalog=tmp_path / "none.toml")


def test_what_was_not_answered_is_never_right() -> None:
    assert score("", "5.00").status == "empty"
    assert score("5.00", "5.00", status="error") == score("5.00", "5.00", status="error")._replace(correct=False)
    with pytest.raises(synthv1.UsageError, match="there is no status 'lost'"):
        score("5.00", "5.00", status="lost")  # type: ignore[arg-type]


def test_the_reward_is_safe_on_anything() -> None:
    assert reward("synthv1", "The total is 45.50.", "45.50") == 1.0
    assert reward("synthv1", "45.51", "45.50", {"index": 3}) == 0.0
    hostile: list[Any] = ["", "\ud800 45.50 \udfff", "\x00" * 1000, "9" * 100_000, "<think>" * 10_000, b"\xff\xfe", None, 4]
    for completion in hostile:
        assert reward("synthv1", completion, "45.50") in (0.0, 1.0)
    assert reward("synthv1", "45.50", None) == 0.0  # type: ignore[arg-type]
    assert reward("synthv1", "45.50", 45.5) in (0.0, 1.0)  # type: ignore[arg-type]

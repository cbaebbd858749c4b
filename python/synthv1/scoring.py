# SPDX-License-Identifier: Apache-2.0
"""Scoring of raw answers by the rules of docs/formats/score.md: native, and safe on any text."""

from __future__ import annotations

import os
from decimal import Decimal
from typing import Any, Literal, NamedTuple, Union

from synthv1 import _native
from synthv1.errors import UsageError, error_of
from synthv1.records import Question

Status = Literal["ok", "error", "empty", "truncated", "refused"]
Form = Literal["money", "count", "scene", "date", "month"]

SCORER_VERSION: str = _native.SCORER_VERSION
"""Of the rules; another where a verdict can differ."""


class Score(NamedTuple):
    """The verdict on one answer."""

    status: Status
    """What was given, of which "ok" may have become "empty", "truncated" or "refused"."""
    correct: bool
    """Strictly."""
    tolerant: bool
    """Also where an amount is near enough; True wherever ``correct`` is."""
    f1: float
    """Of scenes: how far those named are those due, 0 to 1; else 1 where ``correct`` is True."""
    reason: str
    """Why: "equal", "different", "multiple", "hedged", "abstained", "nothing_found", "unreadable", "currency" or
    "not_answered"."""
    region: str
    """Where the answer stood: "whole", "marker", "json", "tag" or "boxed"."""
    extracted: str
    """The part of the answer that counts, on one line."""
    value: str
    """What was read, as it would be stored: "1234.50"; empty where nothing was."""


def score(
    answer: str | bytes,
    question: Question | str,
    *,
    status: Status = "ok",
    form: Form | None = None,
    tolerance: Decimal | str | float = "1.00",
    tolerance_share: float = 0.01,
    european: bool = False,
    catalog: str | os.PathLike[str] | None = None,
) -> Score:
    """Scores a model's raw answer.

    Args:
        answer: All that the model wrote.
        question: A question of a dataset, or the text of the answer that is due.
        status: What the transport says of the answer.
        form: What kind of answer is due; None: by the question, or by the look of the text.
        tolerance: For the tolerant verdict: an amount may be so many yuan off, or
        tolerance_share: this share of the amount due, in steps of 0.001.
        european: Numbers are written 1.234,50 rather than 1,234.50.
        catalog: TOML laid over the default catalogue, whose scenes are meant; read when it is first named.

    Raises UsageError for a status or form that there is not, or a catalogue that cannot be read. Linear in the length of
    the answer.
    """
    due, category, of_question = (question, "", None) if isinstance(question, str) else _due(question)
    found = _native.score(
        answer if isinstance(answer, bytes) else _bytes(answer),
        status,
        due,
        category,
        form or of_question or "",
        int(Decimal(str(tolerance)) * 100),
        round(tolerance_share * 1000),
        european,
        os.fspath(catalog) if catalog else "",
    )
    if len(found) == 2:
        raise error_of(found)
    return Score(*found)


def reward(data_source: str, solution_str: str, ground_truth: str, extra_info: dict[str, Any] | None = None) -> float:
    """1.0 where a completion answers with ``ground_truth``, else 0.0: verl's ``custom_reward_function``.

    ``data_source`` and ``extra_info`` are not looked at. Never raises, whatever the completion holds.
    """
    if not isinstance(solution_str, (str, bytes)) or ground_truth is None:
        return 0.0
    solution = solution_str if isinstance(solution_str, bytes) else _bytes(solution_str)
    return _native.reward(solution, _bytes(str(ground_truth)).decode("utf-8", "replace"))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _due(question: Question) -> tuple[str, str, Form | None]:
    if not isinstance(question, Question):
        raise UsageError(f"a question is a Question or the text of its answer, not {type(question).__name__}")
    return question.answer, question.raw.get("category") or "", _form(question.spec or {})


def _form(spec: dict[str, Any]) -> Form | None:
    """The form of the answer to a spec; None where there is none."""
    select = spec.get("select")
    if select is None:
        return None
    if select != "argmax":
        return "count" if select == "count" else "money"
    by: Union[Form, None] = spec.get("by")
    return by

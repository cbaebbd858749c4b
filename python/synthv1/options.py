# SPDX-License-Identifier: Apache-2.0
"""The options of runs, with their types. What each means, and its default, says ``synthv1 --help``."""

from __future__ import annotations

import datetime
import os
from typing import Literal, TypedDict, Union

Path = Union[str, "os.PathLike[str]"]
Day = Union[str, datetime.date]
Seconds = float
Span = Union[float, str, datetime.timedelta]


class RunOptions(TypedDict, total=False):
    """What every run over a model takes. None is an option not given."""

    seed: int | None
    catalog: Path | None
    out: Path | None
    fresh: bool
    quiet: bool
    log: Path | None
    # Model
    model: str | None
    base_url: str | None
    api_key: str | None
    api_key_file: Path | None
    llm_concurrency: int | Literal["auto"] | None
    rpm: int | None
    tpm: int | None
    temperature: float | None
    same_endpoint: bool
    # Budget
    max_cost: float | None
    price_in: float | None
    price_out: float | None
    max_tokens_total: int | None
    max_requests: int | None
    max_time: Span | None
    # Network
    connect_timeout: Seconds | None
    idle_timeout: Seconds | None
    timeout: Seconds | None
    drain_timeout: Seconds | None
    ca_file: Path | None
    # Program
    config: Path | None


class GenerateOptions(RunOptions, total=False):
    """Those of ``synthv1 generate``, by the same names."""

    # Size
    fast: bool
    num_sessions: int | None
    num_questions: int | None
    min_turns: int | None
    max_turns: int | None
    min_scenes: int | None
    max_scenes: int | None
    num_records: int | None
    # Content
    language: Literal["en", "zh"] | None
    start_date: Day | None
    end_date: Day | None
    no_diversify: bool
    zero_answers: float | str | None
    # Output and model
    layout: Literal["auto", "object", "array"] | None
    threads: int | None
    max_retries: int | None
    strict: bool


class EvaluateOptions(RunOptions, total=False):
    """Those of ``synthv1 evaluate``, by the same names."""

    k: int | None
    max_tokens: int | None
    max_note_tokens: int | None
    context_tokens: int | None
    sample: str | None
    processes: int | None
    agent_timeout: Seconds | None
    rescore: Path | None

# SPDX-License-Identifier: Apache-2.0
"""The options of a generation, with their types. What each means, and its default, says ``synthv1 --help``."""

from __future__ import annotations

import datetime
import os
from typing import Literal, TypedDict, Union

Path = Union[str, "os.PathLike[str]"]
Day = Union[str, datetime.date]
Seconds = float
Span = Union[float, str, datetime.timedelta]


class GenerateOptions(TypedDict, total=False):
    """The command's options by the same names. None is an option not given."""

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
    seed: int | None
    catalog: Path | None
    # Output
    out: Path | None
    layout: Literal["auto", "object", "array"] | None
    fresh: bool
    quiet: bool
    log: Path | None
    threads: int | None
    # Model
    model: str | None
    base_url: str | None
    api_key: str | None
    api_key_file: Path | None
    llm_concurrency: int | Literal["auto"] | None
    rpm: int | None
    tpm: int | None
    temperature: float | None
    max_retries: int | None
    same_endpoint: bool
    strict: bool
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

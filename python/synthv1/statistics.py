# SPDX-License-Identifier: Apache-2.0
"""Statistics: what datasets hold, and what trivial answers would score on them."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from typing import Any, Union

from synthv1 import _native
from synthv1.dataset import EvalDataset
from synthv1.errors import UsageError, error_of
from synthv1.records import Record

Path = Union[str, "os.PathLike[str]"]
Data = Union[Path, EvalDataset, Record, Mapping[str, Any], Iterable[Any]]


class Statistics(dict[str, Any]):
    """The object that ``synthv1 stats --json`` prints (docs/formats/stats.md); as text, the command's tables."""

    def __init__(self, values: dict[str, Any], text: str) -> None:
        super().__init__(values)
        self.text = text
        """The tables, 100 columns wide."""

    def __str__(self) -> str:
        return self.text


def generate_stats(data: Data, *, catalog: Path | None = None) -> Statistics:
    """What the records hold: sessions, turns, tokens, amounts, questions, text variety, trivial scores.

    Args:
        data: A file or several, an EvalDataset or a part of one, or records: those that generate() returned too.
        catalog: TOML laid over the default catalogue, for records that name none.

    Raises UsageError where a file cannot be read or holds something else than records.
    """
    paths = paths_of(data)
    if paths is not None:
        return _of_files(paths, catalog)
    with tempfile.TemporaryDirectory(prefix="synthv1-") as folder:
        path = os.path.join(folder, "records.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            for record in records_of(data):
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        return _of_files([path], catalog)


def _of_files(paths: list[str], catalog: Path | None) -> Statistics:
    found = _native.stats(paths, os.fspath(catalog) if catalog else "")
    if isinstance(found[0], str):
        raise error_of(found)
    return Statistics(*found)


def paths_of(data: Data) -> list[str] | None:
    """The files that are meant; None where they are records."""
    if isinstance(data, (str, os.PathLike)):
        return [os.fspath(data)]
    if isinstance(data, EvalDataset):
        return [data.path] if data.is_whole else None
    if isinstance(data, (list, tuple)) and data and all(isinstance(each, (str, os.PathLike)) for each in data):
        return [os.fspath(each) for each in data]
    return None


def records_of(data: Data) -> Iterable[Any]:
    """The records that are meant, as dicts."""
    if isinstance(data, (Record, Mapping)):
        data = [data]
    if not isinstance(data, Iterable):
        raise UsageError(f"data is files or records, not {type(data).__name__}")
    for record in data:
        if not isinstance(record, (Record, Mapping)):
            raise UsageError(f"a record is a Record or a dict, not {type(record).__name__}")
        yield record.raw if isinstance(record, Record) else record

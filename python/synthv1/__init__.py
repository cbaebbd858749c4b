# SPDX-License-Identifier: Apache-2.0
"""synthv1 writes expense-tracking conversations with known answers, and measures memory systems on them.

    from synthv1 import generate, EvalDataset

    generate(model="builtin", seed=1, num_records=8, out="data.jsonl")
    for record in EvalDataset("data.jsonl"):
        print(record.task_id, len(record.questions))

What is imported here is loaded when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers read it; typing itself takes longer to import than the rest

if TYPE_CHECKING:
    from synthv1._native import __version__ as __version__
    from synthv1.dataset import EvalDataset as EvalDataset
    from synthv1.errors import BudgetError as BudgetError
    from synthv1.errors import DataError as DataError
    from synthv1.errors import DiskError as DiskError
    from synthv1.errors import EndpointError as EndpointError
    from synthv1.errors import Error as Error
    from synthv1.errors import Stopped as Stopped
    from synthv1.errors import UsageError as UsageError
    from synthv1.evaluation import Evaluation as Evaluation
    from synthv1.evaluation import evaluate as evaluate
    from synthv1.evaluation import evaluate_async as evaluate_async
    from synthv1.generation import async_main as async_main
    from synthv1.generation import generate as generate
    from synthv1.records import Chunk as Chunk
    from synthv1.records import Question as Question
    from synthv1.records import Record as Record
    from synthv1.records import Transaction as Transaction
    from synthv1.scoring import Score as Score
    from synthv1.scoring import reward as reward
    from synthv1.scoring import score as score
    from synthv1.statistics import generate_stats as generate_stats

_HOMES = {
    "__version__": "synthv1._native",
    "BudgetError": "synthv1.errors",
    "Chunk": "synthv1.records",
    "DataError": "synthv1.errors",
    "DiskError": "synthv1.errors",
    "EndpointError": "synthv1.errors",
    "Error": "synthv1.errors",
    "EvalDataset": "synthv1.dataset",
    "Evaluation": "synthv1.evaluation",
    "Question": "synthv1.records",
    "Record": "synthv1.records",
    "Score": "synthv1.scoring",
    "Stopped": "synthv1.errors",
    "Transaction": "synthv1.records",
    "UsageError": "synthv1.errors",
    "async_main": "synthv1.generation",
    "evaluate": "synthv1.evaluation",
    "evaluate_async": "synthv1.evaluation",
    "generate": "synthv1.generation",
    "generate_stats": "synthv1.statistics",
    "reward": "synthv1.scoring",
    "score": "synthv1.scoring",
}

__all__ = [name for name in _HOMES if name != "__version__"]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'synthv1' has no attribute '{name}'")
    import importlib

    value: object = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})

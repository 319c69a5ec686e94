"""The standard ways published rules turn a figure into points; one module for each family."""

from __future__ import annotations

from typing import Any

from shoushan.core.errors import mark
from shoushan.scoring.methods.bands import Bands
from shoushan.scoring.methods.cases import Addition, Deduction
from shoushan.scoring.methods.comparison import Best, Efficacy, GroupMean
from shoushan.scoring.methods.completion import Completion
from shoushan.scoring.methods.formula import ByFormula
from shoushan.scoring.methods.limit import Limit
from shoushan.scoring.methods.linear import Given, Improvement
from shoushan.scoring.methods.method import Method
from shoushan.scoring.methods.overfulfilment import Overfulfilment
from shoushan.scoring.methods.ranking import Ranking
from shoushan.scoring.terms import UnsuitableError

__all__ = ["METHODS", "Bands", "ByFormula", "Method", "Ranking", "method_from"]

# The order is the method's number inside the engine.
METHODS: dict[str, type[Method]] = {
    "completion": Completion,
    "overfulfilment": Overfulfilment,
    "deduction": Deduction,
    "addition": Addition,
    "bands": Bands,
    "ranking": Ranking,
    "best": Best,
    "efficacy": Efficacy,
    "group_mean": GroupMean,
    "limit": Limit,
    "improvement": Improvement,
    "given": Given,
    "formula": ByFormula,
}


def method_from(written: Any) -> Any:
    """Read ``{completion: {full: 10, cap: 1}}``."""
    if not isinstance(written, dict) or len(written) != 1:
        raise UnsuitableError(mark("A rule has one method, written as its name with its numbers."))
    [(name, parameters)] = written.items()
    if name not in METHODS:
        raise UnsuitableError(
            mark("There is no method %(name)s; there are %(known)s."), name=str(name), known=", ".join(METHODS)
        )
    return METHODS[name].model_validate(parameters)

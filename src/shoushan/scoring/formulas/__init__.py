"""Formulas (公式): a small language for what no standard method says; it can only reckon with a unit's facts."""

from shoushan.scoring.formulas.nodes import Formula
from shoushan.scoring.formulas.parsing import parsed
from shoushan.scoring.formulas.written import WrittenFormula

__all__ = ["Formula", "WrittenFormula", "parsed"]

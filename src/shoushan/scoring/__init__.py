"""The scoring of a year (考核计分): a published scheme and frozen facts in, explained points, ranks and grades out.

Plain Python on Ibis; it knows no Django and no clock, and works alone on files.
"""

from shoushan.scoring.facts import Facts
from shoushan.scoring.loading import load_scheme
from shoushan.scoring.results import Consequence, Result, ScoreLine, UnitResult
from shoushan.scoring.running import run
from shoushan.scoring.scheme import Scheme

__all__ = ["Consequence", "Facts", "Result", "Scheme", "ScoreLine", "UnitResult", "load_scheme", "run"]

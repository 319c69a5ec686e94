"""What the year's pages show: the year in one look, one goal by unit, and one unit's months."""

from shoushan.dispatch.queries.months import unit_months
from shoushan.dispatch.queries.year import goal_lines, year_overview

__all__ = ["goal_lines", "unit_months", "year_overview"]

"""What the year's pages show: the year in one look, one goal by unit, and one unit's months."""

from shoushan.dispatch.queries.coming import coming
from shoushan.dispatch.queries.forecasts import goal_ends
from shoushan.dispatch.queries.lines import baseline_address, line_figures, line_heads, line_rows
from shoushan.dispatch.queries.months import unit_months
from shoushan.dispatch.queries.year import goal_lines, year_overview

__all__ = [
    "baseline_address",
    "coming",
    "goal_ends",
    "goal_lines",
    "line_figures",
    "line_heads",
    "line_rows",
    "unit_months",
    "year_overview",
]

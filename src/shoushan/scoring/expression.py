"""The one Ibis expression of a scheme: from the tables of whole numbers to lines, totals, ranks and grades."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shoushan.scoring import lines, totals
from shoushan.scoring.tables import COLUMNS

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from shoushan.scoring.scheme import Scheme


def expression(scheme: Scheme) -> ir.Table:
    """One row for each unit and rule, with the unit's total, rank and grade beside its lines."""
    import ibis

    given: dict[str, Any] = {
        name: ibis.table(dict.fromkeys(columns, "int64"), name=f"scoring_{name}") for name, columns in COLUMNS.items()
    }
    scored = lines.scored(scheme, given)
    counted = lines.counted(scheme, scored)
    return totals.standings(scheme, counted, given["settled"])

"""A report on A4; what people wrote goes in as data and is never markup."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shoushan.exchange.paper import document_pdf
from shoushan.exchange.reports.shapes import Bars, Lines, Report, Table, highest


def report_pdf(report: Report) -> bytes:
    """The same report gives the same bytes."""
    given = {
        "title": report.title,
        "note": report.note,
        "foot": report.foot,
        "language": report.language,
        "on": report.on.isoformat(),
        "parts": [
            {
                "title": part.title,
                "said": list(part.said),
                "table": _table(part.table) if part.table and part.table.rows else None,
                "empty": part.empty if part.table and not part.table.rows else "",
                "chart": _chart(part.chart) if part.chart else None,
            }
            for part in report.parts
        ],
    }
    return document_pdf("report", given)


def _table(table: Table) -> dict[str, Any]:
    return {
        "heads": list(table.heads),
        "widths": list(table.widths),
        "right": [table.is_figures(column) for column in range(len(table.heads))],
        "rows": [[cell.text for cell in row] for row in table.rows],
    }


def _chart(chart: Bars | Lines) -> dict[str, Any]:
    """Texts to print beside the shares of the highest value that are drawn."""
    top = highest(chart.series) or Decimal(1)
    return {
        "kind": chart.kind,
        "unit": chart.unit,
        "labels": list(chart.labels),
        "series": [
            {
                "name": one.name,
                "texts": [cell.text for cell in one.values],
                "shares": [
                    None if cell.number is None else round(float(max(cell.number, Decimal(0)) / top), 4)
                    for cell in one.values
                ],
            }
            for one in chart.series
        ],
    }

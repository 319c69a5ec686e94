"""One report as paper, slides and workbook: the same tables, the same charts, the same figures in all three."""

from shoushan.exchange.reports.paper import report_pdf
from shoushan.exchange.reports.shapes import Bars, Cell, Lines, Part, Report, Series, Table, figure, words
from shoushan.exchange.reports.slides import report_pptx
from shoushan.exchange.reports.workbook import report_xlsx

__all__ = [
    "Bars",
    "Cell",
    "Lines",
    "Part",
    "Report",
    "Series",
    "Table",
    "figure",
    "report_pdf",
    "report_pptx",
    "report_xlsx",
    "words",
]

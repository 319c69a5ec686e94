"""Tables of the district's work in Excel and CSV: read with every fault at once, written to be read again.

    table = [Column("title", "Project", required=True), Column("funds_yuan", "Funds", kind="decimal", unit="元")]
    reading = read_table(foreign.read_sheet(data, name), table)
    reading.rows      # the good rows: RowRead(number=4, values={"title": …, "funds_yuan": Decimal(…)})
    reading.faults    # every fault of every other row, each with its cell

A file written with ``keyed=True`` carries each row's key in a hidden first column: read again, ``values["key"]``
says which row is meant, so that nothing is entered twice.
"""

from shoushan.exchange.sheets.books import save_xlsx, write_csv, write_xlsx
from shoushan.exchange.sheets.columns import KEY, Column, Table
from shoushan.exchange.sheets.returned import Returned, write_returned
from shoushan.exchange.sheets.rows import Fault, Reading, RowRead, read_table

__all__ = [
    "KEY",
    "Column",
    "Fault",
    "Reading",
    "Returned",
    "RowRead",
    "Table",
    "read_table",
    "save_xlsx",
    "write_csv",
    "write_returned",
    "write_xlsx",
]

"""A register's workbook out: keyed, so that entering it again never doubles a record; written as it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from shoushan.exchange.sheets import save_xlsx
from shoushan.orgs.models import Unit
from shoushan.registers.lines import Line
from shoushan.registers.queries import local_columns
from shoushan.registers.sheets.columns import columns, row_of, stage_column

AT_ONCE = 2_000
Tell = Callable[[int], None]


def export(line: Line, records: QuerySet[Any], target: Path, *, tell: Tell = lambda done: None) -> None:
    """Write the workbook of some records, row by row: its size does not matter to the memory."""
    local, units = local_columns(line), list(Unit.objects.all())
    asked, row = row_of(line, units, local)
    rows = _told(records.values_list(*asked).iterator(chunk_size=AT_ONCE), tell)
    wanted = [*columns(line, units, local), stage_column(line)]
    save_xlsx(target, wanted, map(row, rows), title=str(line.label), keyed=True)


def _told(rows: Iterable[Any], tell: Tell) -> Iterator[Any]:
    for number, row in enumerate(rows, start=1):
        if number % AT_ONCE == 0:
            tell(number)
        yield row

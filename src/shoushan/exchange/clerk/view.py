"""A sheet as a clerk looks at it: which cells are hidden, which only repeat a merged neighbour."""

from __future__ import annotations

from collections import defaultdict

from shoushan.exchange.clerk.cells import shown
from shoushan.exchange.foreign import EMPTY, Cell, Sheet
from shoushan.exchange.parsers.excel import MOST_CELLS, letters


class View:
    """The cells of a sheet, rows and columns counted from 0."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.name = sheet.name
        self.rows = sheet.rows
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._sideways: dict[int, set[int]] = defaultdict(set)
        self._continued: dict[int, set[int]] = defaultdict(set)
        covered = 0
        for area in sheet.merged:
            covered += (min(area.bottom, len(sheet.rows)) - area.top + 1) * (area.right - area.left + 1)
            if covered > MOST_CELLS:
                break
            for row in range(area.top, min(area.bottom + 1, len(sheet.rows))):
                if area.right > area.left:
                    self._sideways[row].update(range(area.left + 1, area.right + 1))
                if row > area.top:
                    self._continued[row].add(area.left)

    def cells(self, row: int) -> list[Cell]:
        """A row of data in full width; what is merged sideways stands in its first column only."""
        cells = self.rows[row]
        if len(cells) < self.width:
            cells = cells + [EMPTY] * (self.width - len(cells))
        if row in self._sideways:
            sideways = self._sideways[row]
            cells = [EMPTY if column in sideways else cell for column, cell in enumerate(cells)]
        return cells

    def own(self, row: int) -> dict[int, Cell]:
        """The visible cells that hold something of their own, not merged down from above."""
        cells = self.rows[row]
        sideways, continued = self._sideways.get(row, ()), self._continued.get(row, ())
        hidden = self.sheet.hidden_columns
        return {
            column: cell
            for column, cell in enumerate(cells)
            if (cell.value is not None or cell.formula or cell.error)
            and column not in hidden
            and column not in sideways
            and column not in continued
            and holds(cell)
        }

    def text(self, row: int, column: int) -> str:
        """What stands in a cell of a header, wherever it is merged from."""
        cells = self.rows[row]
        return shown(cells[column].value).strip() if column < len(cells) else ""


def holds(cell: Cell) -> bool:
    """Whether something stands in the cell."""
    value = cell.value
    if value is None:
        return cell.formula or cell.error
    return not isinstance(value, str) or not value.isspace()


def name_of(row: int, column: int) -> str:
    """The name of a cell as the spreadsheet shows it."""
    return f"{letters(column + 1)}{row + 1}"

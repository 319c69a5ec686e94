"""The values of a workbook's visible sheets; what else is known of a cell or a sheet is told beside them."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from functools import cache
from typing import Any
from xml.parsers import expat

import python_calamine

MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELLS = 2_000_000
MOST_MERGED = 20_000
MOST_TEXT = 32_767
MOST_MARKED = 500_000
MOST_FORMULA = 500
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
# A formula that reaches into another file: [1]Sheet!A1 or '[book.xlsx]Sheet'!A1.
EXTERNAL = re.compile(r"\[[^\]]{1,200}\][^!]{0,200}!")
LINK = re.compile(r'\s*HYPERLINK\(\s*"([^"]{1,500})"', re.IGNORECASE)
PERCENT_FORMATS = frozenset({"9", "10"})
# The first of the old numbered palette; 64 and 65 are "automatic".
INDEXED = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF") * 2 + (
    "800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080", "9999FF", "993366", "FFFFCC",
    "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF", "000080", "FF00FF", "FFFF00", "00FFFF", "800080", "800000",
    "008080", "0000FF", "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99", "3366FF",
    "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696", "003366", "339966", "003300", "333300",
    "993300", "993366", "333399", "333333",
)  # fmt: skip


class BeyondError(Exception):
    """A cell lies outside what is read."""

    def __init__(self, sheet: str, row: int, column: int) -> None:
        super().__init__(sheet, row, column)
        self.limit = {
            "sheet": sheet,
            "cell": f"{letters(column)}{row}",
            "rows": MOST_ROWS,
            "columns": MOST_COLUMNS,
            "cells": MOST_CELLS,
        }


def parse(data: bytes) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            plan = _plan(opened)
            styles = Styles.read(opened)
            outlines = {}
            for name, path in plan["visible"].items():
                outline = outlines[name] = Outline(name, styles).read(opened.open(path))
                outline.follow(_relations(opened, _relations_of(path)))
    except BeyondError as beyond:
        return {"limit": beyond.limit}
    book = python_calamine.load_workbook(io.BytesIO(data))
    sheets = []
    for name, outline in outlines.items():
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False) if outline.last_row else []
        values = [[_plain(value) for value in row[:MOST_COLUMNS]] for row in rows[: outline.last_row]]
        sheets.append({"name": name, "rows": values, **outline.told()})
    return {"sheets": sheets, "hidden": plan["hidden"], "date1904": plan["date1904"]}


def _plan(opened: zipfile.ZipFile) -> dict[str, Any]:
    """The visible sheets in their order, each with its place in the archive; the hidden ones by name and state."""
    targets = _relations(opened, "xl/_rels/workbook.xml.rels")
    sheets: list[dict[str, str]] = []
    since_1904 = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal since_1904
        tag = _tag(name)
        if tag == "sheet":
            sheets.append({_tag(key): value for key, value in attributes.items()})
        elif tag == "workbookPr":
            since_1904 = attributes.get("date1904", "0") in ("1", "true")

    _listen(opened, "xl/workbook.xml", start)
    visible = [one for one in sheets if one.get("state", "visible") == "visible"]
    return {
        "visible": {one["name"]: _inside(targets[one["id"]]) for one in visible if _is_worksheet(targets[one["id"]])},
        "hidden": [{"name": one["name"], "state": one["state"]} for one in sheets if one not in visible],
        "date1904": since_1904,
    }


def _relations(opened: zipfile.ZipFile, path: str) -> dict[str, str]:
    """Where each relationship of a part leads; none where the part has no relationships."""
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if _tag(name) == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    if path in opened.namelist():
        _listen(opened, path, start)
    return targets


def _relations_of(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _listen(opened: zipfile.ZipFile, path: str, start: Any) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(opened.read(path), True)


def _inside(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _is_worksheet(target: str) -> bool:
    return "worksheet" in target.lower()


class Styles:
    """Which styles show percents, and which fill their cell with a colour."""

    def __init__(self) -> None:
        self.percents: set[str] = set()
        self.fills: dict[str, str] = {}
        self._formats: set[str] = set(PERCENT_FORMATS)
        self._colours: list[str] = []
        self._theme: list[str] = []
        self._section = ""
        self._styles = 0
        self._solid = False

    @classmethod
    def read(cls, opened: zipfile.ZipFile) -> Styles:
        styles = cls()
        parts = opened.namelist()
        for path, listen in (("xl/theme/theme1.xml", styles._in_theme), ("xl/styles.xml", styles._in_styles)):
            if path in parts:
                _listen(opened, path, listen)
        return styles

    def _in_theme(self, name: str, attributes: dict[str, str]) -> None:
        tag = _tag(name)
        if len(self._theme) < 10 and tag in ("sysClr", "srgbClr"):
            self._theme.append(attributes.get("lastClr") or attributes.get("val", ""))

    def _in_styles(self, name: str, attributes: dict[str, str]) -> None:
        tag = _tag(name)
        if tag in ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            self._section = tag
        elif tag == "numFmt" and "%" in attributes.get("formatCode", ""):
            self._formats.add(attributes["numFmtId"])
        elif self._section == "fills":
            self._in_fill(tag, attributes)
        elif tag == "xf" and self._section == "cellXfs":
            style, self._styles = str(self._styles), self._styles + 1
            if attributes.get("numFmtId") in self._formats:
                self.percents.add(style)
            fill = int(attributes.get("fillId", 0))
            if fill < len(self._colours) and self._colours[fill]:
                self.fills[style] = self._colours[fill]

    def _in_fill(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "fill":
            self._colours.append("")
        elif tag == "patternFill":
            self._solid = attributes.get("patternType") == "solid"
        elif tag == "fgColor" and self._solid and self._colours:
            self._colours[-1] = self._colour(attributes)

    def _colour(self, attributes: dict[str, str]) -> str:
        if "rgb" in attributes:
            return attributes["rgb"][-6:].upper()
        if "indexed" in attributes:
            place = int(attributes["indexed"])
            return INDEXED[place] if place < len(INDEXED) else ""
        place = int(attributes.get("theme", -1))
        # The first two pairs of a theme, light and dark, stand the other way round than in its file.
        place = (1, 0, 3, 2)[place] if 0 <= place < 4 else place
        return self._theme[place].upper() if 0 <= place < len(self._theme) else ""


class Outline:
    """How far a sheet reaches, and what is known of its cells beyond their values (rows and columns from 0)."""

    def __init__(self, sheet: str, styles: Styles) -> None:
        self.sheet = sheet
        self.styles = styles
        self.marked: dict[str, list[Any]] = {
            key: [] for key in ("formulas", "uncached", "external", "links", "errors", "percents", "fills", "merged")
        }
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.last_row = self.last_column = self.row = self.column = 0
        self.kind = self.reference = self.formula_kind = ""
        self._in_formula = self._wanted = False
        self._said: list[str] = []
        self._foreign: set[str] = set()
        self._shared = ""
        self._targets: list[tuple[str, str]] = []

    def read(self, part: Any) -> Outline:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self.start
        with part:
            self._parser.ParseFile(part)
        self._settle()
        return self

    def told(self) -> dict[str, Any]:
        return {**self.marked, "hidden_rows": self.hidden_rows, "hidden_columns": self.hidden_columns}

    def follow(self, relations: dict[str, str]) -> None:
        """Where cells with a hyperlink of the sheet lead; a formula's own link goes before."""
        for reference, relation in self._targets:
            if relation in relations:
                row, column = place(reference.partition(":")[0])
                self.marked["links"].insert(0, (row - 1, column - 1, relations[relation][:MOST_FORMULA]))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        # Called for every cell of the sheet, so the frequent elements come first.
        tag = name if ":" not in name else _tag(name)
        if tag == "c":
            if self._wanted:
                self._settle()
            self.reference = attributes.get("r", "")
            self.kind = attributes.get("t", "")
            self.column += 1
            style = attributes.get("s")
            if style is not None:
                self._dress(style)
        elif tag in ("v", "is", "f"):
            self._reach()
            if tag == "f":
                self._open_formula(attributes)
            elif self._in_formula:
                self._close_formula()
            elif self.kind == "e":
                self._hear()
        elif tag == "row":
            if self._wanted:
                self._settle()
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.hidden_rows.append(self.row - 1)
        else:
            self._sheet_part(tag, attributes)

    def _sheet_part(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "col" and attributes.get("hidden") in ("1", "true"):
            self.hidden_columns.append((int(attributes["min"]) - 1, min(int(attributes["max"]), MOST_COLUMNS) - 1))
        elif tag == "hyperlink" and len(self._targets) < MOST_MERGED:
            self._targets += [
                (attributes["ref"], target)
                for key, target in attributes.items()
                if _tag(key) == "id" and "ref" in attributes
            ]
        elif tag == "mergeCell" and len(self.marked["merged"]) < MOST_MERGED:
            first, _, last = attributes["ref"].partition(":")
            (top, left), (bottom, right) = place(first), place(last or first)
            self.marked["merged"].append((top - 1, left - 1, min(bottom, MOST_ROWS) - 1, min(right, MOST_COLUMNS) - 1))

    def _dress(self, style: str) -> None:
        fill = self.styles.fills.get(style)
        if fill or style in self.styles.percents:
            if self.reference:
                self.column = _column(self.reference.rstrip("0123456789"))
            if fill and len(self.marked["fills"]) < MOST_MARKED:
                self.marked["fills"].append((self.row - 1, self.column - 1, fill))
            if style in self.styles.percents and len(self.marked["percents"]) < MOST_MARKED:
                self.marked["percents"].append((self.row - 1, self.column - 1))

    def _open_formula(self, attributes: dict[str, str]) -> None:
        self.marked["formulas"].append((self.row - 1, self.column - 1))
        # An empty text is a result too; without a value of another kind the formula was never worked out.
        if self.kind != "str":
            self.marked["uncached"].append((self.row - 1, self.column - 1))
        self._in_formula = True
        self._shared = attributes.get("si", "")
        self._hear()

    def _close_formula(self) -> None:
        """Take down what the formula says, and listen to its stored value."""
        formula = "".join(self._said)[:MOST_FORMULA]
        here = (self.row - 1, self.column - 1)
        if EXTERNAL.search(formula) or (self._shared and self._shared in self._foreign):
            self._foreign.add(self._shared)
            self.marked["external"].append(here)
        link = LINK.match(formula)
        if link:
            self.marked["links"].append((*here, link.group(1)))
        self._in_formula = False
        self._hear()

    def _settle(self) -> None:
        """The end of a cell that was listened to: a formula without a value, or the value's text."""
        if self._in_formula:
            self._close_formula()
            self._said.clear()
        said = "".join(self._said)
        if said.strip() and self.marked["uncached"] and self.marked["uncached"][-1] == (self.row - 1, self.column - 1):
            self.marked["uncached"].pop()
        if self.kind == "e":
            self.marked["errors"].append((self.row - 1, self.column - 1, said.strip()[:20]))
        self._parser.CharacterDataHandler = None
        self._wanted = False

    def _hear(self) -> None:
        self._said = []
        self._wanted = True
        self._parser.CharacterDataHandler = self._said.append

    def _reach(self) -> None:
        """Count a cell that holds something; cells that are only coloured do not matter."""
        if self.reference:
            self.column = _column(self.reference.rstrip("0123456789"))
        if self.column > self.last_column or self.row > self.last_row:
            self._stretch()

    def _stretch(self) -> None:
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if (
            self.last_row > MOST_ROWS
            or self.last_column > MOST_COLUMNS
            or self.last_row * self.last_column > MOST_CELLS
        ):
            raise BeyondError(self.sheet, self.row, self.column)


@cache
def _column(name: str) -> int:
    return place(f"{name}1")[1]


def place(reference: str) -> tuple[int, int]:
    """Row and column of a cell's name, from 1."""
    found = PLACE.match(reference.replace("$", ""))
    if not found:
        raise ValueError(reference)
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)), column


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _plain(value: Any) -> Any:
    """A value as JSON can carry it; dates are told apart from texts by their list."""
    if isinstance(value, str):
        return value[:MOST_TEXT] or None
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime.datetime | datetime.date):
        return ["date", value.isoformat()[:10]]
    return str(value)


def _number(value: float) -> int | float | None:
    """Fifteen digits, as Excel itself shows: 0.1 + 0.2 is 0.3."""
    rounded = float(f"{value:.15g}")
    if rounded.is_integer() and abs(rounded) < 1e15:
        return int(rounded)
    return rounded if abs(rounded) < 1e300 else None


def _tag(name: str) -> str:
    return name.rpartition(":")[2]

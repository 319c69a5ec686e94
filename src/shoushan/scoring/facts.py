"""Frozen facts (封存数据): what each unit did, as exact decimals; an empty value is missing, never zero."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from shoushan.core.errors import Refusal, mark

_ANYTHING = re.compile(r".+", re.DOTALL)
# A word starts with a letter; a number in words such as NaN is none.
_WORD = re.compile(r"(?!(?:nan|inf|infinity|null|none|true|false)\Z)[^\W\d_].{0,79}", re.IGNORECASE)
# A decimal as it is written in a file: no exponent, no thousands mark, so that nothing is guessed.
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
NOT_APPLICABLE_WORDS = frozenset({"n/a", "不适用", "不適用"})  # han: what files write
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# One field of one entry of a list, such as awards[1].level; awards[] says that the list is known and empty.
_ENTRY = re.compile(r"(?P<list>[^\[\]]+)\[(?P<number>\d{0,6})\](?:\.(?P<column>[^\[\]]+))?", re.ASCII)
LONG = ["unit", "group", "fact", "value"]


class Absent(Enum):
    """Why there is no number: nobody gave it, or the unit has no such work."""

    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


Value = Decimal | Absent
# A value may be a word or a day too; only formulas read them.
Item = Decimal | Absent | str | date
Entries = tuple[Mapping[str, Item], ...]


@dataclass(frozen=True)
class Facts:
    """The facts of one year: units in their order with their group, and a value for each unit and fact."""

    groups: Mapping[str, str]
    values: Mapping[str, Mapping[str, Value]]
    words: Mapping[str, Mapping[str, str | date]] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, Entries]] = field(default_factory=dict)

    @classmethod
    def from_units(cls, units: Mapping[str, Mapping[str, Any]], groups: Mapping[str, str] | None = None) -> Facts:
        """Facts by unit, as a YAML file or a golden case writes them: numbers, words, days, lists, null for missing.

        Without ``groups`` each unit says its own under ``group``.

        >>> Facts.from_units({"河西街道": {"votes": [90, 95]}}).lists["河西街道"]["votes"]
        ({'': Decimal('90')}, {'': Decimal('95')})
        """
        return cls.from_rows(
            {"unit": unit, "group": group, "fact": fact, "value": value}
            for unit, facts in units.items()
            for group in [facts.get("group") if groups is None else groups.get(unit)]
            for name, given in {"": None, **facts}.items()
            if name != "group" or groups is not None
            for fact, value in _flattened(name, given)
        )

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Facts:
        """Facts from rows with unit, group, fact and value; a value of None or "" is missing.

        >>> facts = Facts.from_rows([{"unit": "河西街道", "group": "街道", "fact": "roads", "value": "5"}])
        >>> facts.values["河西街道"]["roads"]
        Decimal('5')
        """
        groups: dict[str, str] = {}
        values: dict[str, dict[str, Value]] = {}
        words: dict[str, dict[str, str | date]] = {}
        entries: dict[str, dict[str, dict[int, dict[str, Item]]]] = {}
        seen: set[tuple[str, str]] = set()
        for number, row in enumerate(rows, start=1):
            unit, group, fact = (_text(row.get(name)) for name in LONG[:3])
            if not unit:
                raise Refusal(
                    "facts.no_unit",
                    mark("Row %(row)s names no unit."),
                    hint=mark("Every row needs a unit, a group, a fact and a value."),
                    params={"row": number},
                )
            if groups.setdefault(unit, group) != group:
                raise Refusal(
                    "facts.two_groups",
                    mark("%(unit)s stands in two groups, %(first)s and %(second)s."),
                    hint=mark("A unit is compared inside one group."),
                    params={"unit": unit, "first": groups[unit], "second": group},
                )
            known = values.setdefault(unit, {})
            if not fact:
                continue
            if (unit, fact) in seen:
                raise Refusal(
                    "facts.twice",
                    mark("Row %(row)s gives %(fact)s of %(unit)s a second time."),
                    hint=mark("Keep one value for each unit and fact."),
                    params={"row": number, "unit": unit, "fact": fact},
                )
            seen.add((unit, fact))
            entry = _ENTRY.fullmatch(fact)
            if entry:
                found = entries.setdefault(unit, {}).setdefault(entry["list"], {})
                if entry["number"]:
                    item = _item(row.get("value"), number, fact)
                    found.setdefault(int(entry["number"]), {})[entry["column"] or ""] = item
            else:
                item = _single(row.get("value"), number, fact)
                if isinstance(item, str | date):
                    words.setdefault(unit, {})[fact] = item
                else:
                    known[fact] = item
        lists = {
            unit: {name: tuple(entries[at] for at in sorted(entries)) for name, entries in found.items()}
            for unit, found in entries.items()
        }
        return cls(groups, values, words, lists)

    @classmethod
    def from_csv(cls, path: Path | str) -> Facts:
        """Facts from a CSV file, long (unit,group,fact,value) or wide (unit,group and one column a fact)."""
        try:
            text = Path(path).read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Refusal(
                "facts.encoding",
                mark("%(file)s is not written in UTF-8."),
                hint=mark("Save it as CSV UTF-8 and try again."),
                params={"file": Path(path).name},
            ) from None
        reader = csv.DictReader(io.StringIO(text, newline=""))
        head = list(reader.fieldnames or [])
        if head[:2] != LONG[:2] or len(set(head)) != len(head):
            raise Refusal(
                "facts.head",
                mark("The first row of %(file)s must begin with unit,group and name each column once."),
                hint=mark("Use unit,group,fact,value, or unit,group and one column for each fact."),
                params={"file": Path(path).name},
            )
        rows = _even(reader, head, Path(path).name)
        return cls.from_rows(rows if head == LONG else _lengthened(rows, head[2:]))

    @classmethod
    def from_parquet(cls, path: Path | str, *, sha256: str = "") -> Facts:
        """Facts from a snapshot file; where a digest is given, the file must still have it."""
        import pyarrow.parquet as parquet

        content = Path(path).read_bytes()
        if sha256 and hashlib.sha256(content).hexdigest() != sha256:
            raise Refusal(
                "facts.changed",
                mark("%(file)s is not the file that was frozen."),
                hint=mark("Keep it, and call the auditor."),
                params={"file": Path(path).name},
            )
        return cls.from_rows(parquet.ParquetFile(io.BytesIO(content)).read().to_pylist())

    def parquet(self) -> bytes:
        """The snapshot file's bytes; the same facts give the same bytes."""
        import pyarrow
        import pyarrow.parquet as parquet

        rows = list(self.rows())
        columns = {name: [row[name] for row in rows] for name in LONG}
        schema = pyarrow.schema([(name, pyarrow.string()) for name in LONG])
        sink = io.BytesIO()
        parquet.write_table(pyarrow.table(columns, schema=schema), sink)
        return sink.getvalue()

    def to_parquet(self, path: Path | str) -> str:
        """Write the snapshot file and give its SHA-256."""
        content = self.parquet()
        Path(path).write_bytes(content)
        return hashlib.sha256(content).hexdigest()

    def rows(self) -> Iterator[dict[str, str]]:
        """The facts in long form, a unit without facts as one row without a fact."""
        for unit, group in self.groups.items():
            for fact, value in self._written(unit) or [("", Absent.MISSING)]:
                yield {"unit": unit, "group": group, "fact": fact, "value": as_text(value)}

    def _written(self, unit: str) -> list[tuple[str, Item]]:
        found: list[tuple[str, Item]] = [*self.values[unit].items(), *self.words.get(unit, {}).items()]
        for name, entries in self.lists.get(unit, {}).items():
            found += [(f"{name}[]", Absent.MISSING)] if not entries else []
            for number, entry in enumerate(entries, start=1):
                found += [(f"{name}[{number}]{'.' * bool(column)}{column}", item) for column, item in entry.items()]
        return found

    @property
    def sha256(self) -> str:
        """The digest of what the facts say, whatever file they came from."""
        said = "".join(
            f"{unit}\t{group}\t{fact}\t{as_text(value)}\n"
            for unit, group in self.groups.items()
            for fact, value in self._written(unit) or [("", Absent.MISSING)]
        )
        return hashlib.sha256(said.encode()).hexdigest()

    def get(self, unit: str, fact: str) -> Value | None:
        """The value of one fact of one unit; None where the facts say nothing of it."""
        return self.values[unit].get(fact)

    def names(self) -> set[str]:
        """Every fact, word, day and list that some unit has."""
        kinds = (self.values, self.words, self.lists)
        return {name for kind in kinds for named in kind.values() for name in named}


def unknown_names(names: Iterable[str]) -> Refusal:
    """A misspelt name must not count as nothing."""
    return Refusal(
        "facts.unknown_name",
        mark("The facts say nothing of %(facts)s, which the scheme needs."),
        hint=mark("Check the names; give an empty value where it is missing, n/a where it does not apply."),
        params={"facts": ", ".join(names)},
    )


def _even(rows: Iterable[dict[str, Any]], head: list[str], file: str) -> Iterator[dict[str, Any]]:
    """Rows with as many cells as the head; a cell too many would shift a value under another name."""
    for number, row in enumerate(rows, start=2):
        if None in row or any(row[name] is None for name in head):
            raise Refusal(
                "facts.ragged",
                mark("Row %(row)s of %(file)s has more or fewer cells than the first row."),
                hint=mark("Check for a missing or a stray comma."),
                params={"row": number, "file": file},
            )
        yield row


def _lengthened(reader: Iterable[dict[str, Any]], facts: list[str]) -> Iterator[dict[str, Any]]:
    for row in reader:
        for fact in facts:
            yield {"unit": row["unit"], "group": row["group"], "fact": fact, "value": row[fact]}


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _flattened(name: str, given: Any) -> Iterator[tuple[str, Any]]:
    """A fact as rows write it: a list becomes its entries, each with its fields."""
    if not isinstance(given, list | tuple):
        yield name, _plain(given)
    elif not given:
        yield f"{name}[]", None
    else:
        for number, entry in enumerate(given, start=1):
            if isinstance(entry, Mapping):
                yield from ((f"{name}[{number}].{column}", _plain(item)) for column, item in entry.items())
            else:
                yield f"{name}[{number}]", _plain(entry)


def _plain(given: Any) -> Any:
    return int(given) if isinstance(given, bool) else given.isoformat() if isinstance(given, date) else given


def _day(written: str, row: int, fact: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refusal(
            "facts.no_day",
            mark("Row %(row)s: “%(value)s” for %(fact)s is no day of the calendar."),
            hint=mark("Write year, month and day, such as 2026-03-05."),
            params={"row": row, "value": written, "fact": fact},
        ) from None


def _item(cell: Any, row: int, fact: str) -> Item:
    """A field of a list's entry: a number, a day or any word."""
    written = _text(cell)
    is_value = not written or _NUMBER.fullmatch(written) or written.lower() in NOT_APPLICABLE_WORDS
    return _value(cell, row, fact) if is_value else _single(cell, row, fact, like=_ANYTHING)


def _single(cell: Any, row: int, fact: str, *, like: re.Pattern[str] = _WORD) -> Item:
    """A number, a day or a word; what might be meant as a number is no word."""
    written = _text(cell)
    if _DAY.fullmatch(written):
        return _day(written, row, fact)
    if isinstance(cell, str) and written.lower() not in NOT_APPLICABLE_WORDS and like.fullmatch(written):
        return written
    return _value(cell, row, fact)


def as_text(value: Item) -> str:
    """A value as a snapshot writes it: empty where it is missing, n/a where it does not apply."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str | date):
        return str(value)
    return "" if value is Absent.MISSING else "n/a"


def _value(cell: Any, row: int, fact: str) -> Value:
    written = _text(cell)
    if not written:
        return Absent.MISSING
    if written.lower() in NOT_APPLICABLE_WORDS:
        return Absent.NOT_APPLICABLE
    if isinstance(cell, Decimal) and cell.is_finite():
        return cell
    if isinstance(cell, float) or not _NUMBER.fullmatch(written):
        raise Refusal(
            "facts.not_a_number",
            mark("Row %(row)s: “%(value)s” for %(fact)s is not an exact number."),
            hint=mark("Write digits with a point, such as 1240.5; leave it empty where it is missing."),
            params={"row": row, "value": written, "fact": fact},
        )
    return Decimal(written)

"""What a line must never count, found before a figure is ever run: who came, how many, how often and to where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shoushan.core.errors import Refusal, mark
from shoushan.core.petitioning import counts_people

if TYPE_CHECKING:
    from shoushan.registers.lines import Line, Measure

LOCAL = "local"
# the operators an expression over a row may use
OPERATORS = (
    "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "rfloordiv", "mod", "rmod", "pow",
    "and", "rand", "or", "ror", "xor", "rxor", "lt", "le", "gt", "ge", "eq", "ne", "neg", "invert", "getitem", "call",
)  # fmt: skip


class Recording:
    """Stands in for a row while a figure's expression is traced, and remembers every column it is asked for."""

    def __init__(self) -> None:
        self.touched: set[str] = set()

    def __getattr__(self, name: str) -> Traced:
        self.touched.add(name)
        return Traced()

    def __getitem__(self, name: Any) -> Traced:
        self.touched.add(str(name))
        return Traced()


class Traced:
    """What comes of a column: whatever is done with it, it is still only traced."""

    # a choice between columns is written with & and |, as for any row; a loop over one never ends
    __iter__ = None

    def __getattr__(self, name: str) -> Traced:
        return self

    def __bool__(self) -> bool:
        raise TypeError("a row's column is neither true nor false before it is read")


def _still_traced(self: Traced, *given: Any, **named: Any) -> Traced:
    for each in (*given, *named.values()):
        _check_plain(each)
    return self


# what a column may be compared with: another column, or something that stands in the code; never another table
PLAIN = (str, int, Decimal, date, bool, type(None))


def _check_plain(value: Any) -> None:
    if isinstance(value, list | tuple | set | frozenset):
        for each in value:
            _check_plain(each)
    elif not isinstance(value, Traced) and not isinstance(value, PLAIN):
        raise TypeError(f"{type(value)} is not a column of this row")


for _operator in OPERATORS:
    setattr(Traced, f"__{_operator}__", _still_traced)
Traced.__hash__ = object.__hash__  # type: ignore[method-assign]


def touched_by(wanted: Measure) -> set[str] | None:
    """The columns a figure's expressions touch; None where that cannot be told."""
    row = Recording()
    try:
        for expression in (wanted.where, wanted.value):
            if expression is not None and not isinstance(expression(row), Traced):
                return None
    except Exception:  # noqa: BLE001 - whatever a stand-in cannot follow is not known, and so not allowed
        return None
    return row.touched


def refused(line: Line) -> Iterator[Refusal]:
    """Each figure of a line that counts the district's own columns, or what the line names as never counted.

    A line that names something counts what an office did, stage by stage: each thing once, at a stage after the first.
    What comes in is not its doing, and a sum over a column could be one of people, visits or places under any name.
    """
    own = {each.key for each in line.measures}
    for wanted in line.measures:
        touched = touched_by(wanted)
        if counts_people(wanted.key, str(wanted.label)):
            yield _counts_people(wanted, "")
        elif not line.never_counted:
            if touched and LOCAL in touched:
                yield _counts_local(wanted)
        elif (
            touched is None
            or wanted.value is not None
            or wanted.stage == line.flow.first
            or (wanted.over and wanted.over not in own)
        ):
            yield _counts_people(wanted, "")
        elif odd := sorted(touched & line.never_counted):
            yield _counts_people(wanted, ", ".join(odd))


def check_reach(line: Line, wanted: Measure, row: Any) -> None:
    """The same, of the expression that is run: columns of this very row, and nothing of another table."""
    if not line.never_counted or wanted.where is None:
        return
    import ibis.expr.operations as ops  # noqa: PLC0415 - half a second to import, so only when a figure is asked for

    condition = wanted.where(row).op()
    odd = {column.name for column in condition.find(ops.Field, filter=ops.Value)} & line.never_counted
    if odd or condition.relations != {row.op()} or condition.find(ops.Subquery, filter=ops.Value):
        raise _counts_people(wanted, ", ".join(sorted(odd)))


def _counts_local(wanted: Measure) -> Refusal:
    return Refusal(
        "measure.counts_local",
        mark("“%(measure)s” counts a column of the district's own; those are shown and exported, never counted."),
        hint=mark("Make it a field of the record, with its rule and its source."),
        params={"measure": wanted.key},
    )


def _counts_people(wanted: Measure, columns: str) -> Refusal:
    """pages.md §4 no. 12."""
    said = (
        mark("“%(measure)s” counts by %(columns)s: who comes, how many, how often or to where; not allowed.")
        if columns
        else mark("“%(measure)s” counts what comes in, or a sum over it, and not what was done; not allowed.")
    )
    return Refusal(
        "goal.counts_people",
        said,
        hint=mark("Count each matter once at a stage that an office reached, such as “answered in time”."),
        params={"measure": wanted.key, "columns": columns},
    )

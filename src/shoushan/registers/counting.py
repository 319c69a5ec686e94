"""What a line must never count, found before a figure is ever run: who came, how many, how often and to where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from shoushan.core.errors import Refusal, mark

if TYPE_CHECKING:
    from shoushan.registers.lines import Line, Measure

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


def _still_traced(self: Traced, *_given: Any, **_named: Any) -> Traced:
    return self


for _operator in OPERATORS:
    setattr(Traced, f"__{_operator}__", _still_traced)
Traced.__hash__ = object.__hash__  # type: ignore[method-assign]


def touched_by(wanted: Measure) -> set[str] | None:
    """The columns a figure's expressions touch; None where that cannot be told."""
    row = Recording()
    try:
        for expression in (wanted.where, wanted.value):
            if expression is not None:
                expression(row)
    except Exception:  # noqa: BLE001 - whatever a stand-in cannot follow is not known, and so not allowed
        return None
    return row.touched


def refused(line: Line) -> Iterator[Refusal]:
    """Each figure of a line that counts what the line names as never counted.

    Such a line counts what an office did, stage by stage: each thing once, at a stage after the first. What comes in
    is not its doing, and a sum over a column could be one of people, visits or places under any name.
    """
    if not line.never_counted:
        return
    for wanted in line.measures:
        touched = touched_by(wanted)
        if touched is None or wanted.value is not None or wanted.stage == line.flow.first:
            yield _counts_people(wanted, "")
        elif odd := sorted(touched & line.never_counted):
            yield _counts_people(wanted, ", ".join(odd))


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

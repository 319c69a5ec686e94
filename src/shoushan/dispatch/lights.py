"""Which light a figure gets against its schedule (预警), and why; pure, and the same for goals and units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shoushan.core.errors import mark

WORST_FIRST = ("red", "yellow", "grey", "no_data", "not_due", "green")


@dataclass(frozen=True, slots=True)
class Judged:
    """A light, the sentence that gives its reason, and the figures in it."""

    light: str
    reason: str
    due: Decimal | None = None
    done: Decimal | None = None
    margin: int = 0

    def params(self) -> dict[str, Decimal | None]:
        return {"due": self.due, "done": self.done}

    def quantities(self) -> dict[str, Decimal]:
        """The figures that are there."""
        return {name: value for name, value in self.params().items() if value is not None}


def judge(
    done: Decimal | None,
    due: Decimal | None,
    *,
    red_below: Decimal,
    lower_is_better: bool = False,
    is_over: bool = False,
) -> Judged:
    """Judge what is done to date against what is due to date; grey is not green, and after its day late is late.

    ``red_below`` is the share of what is due below which slow turns to behind: a figure of the rule book.
    """
    if due is None:
        return Judged("not_due", mark("Nothing is due yet."))
    if done is None:
        return Judged("no_data", mark("No figure has been entered yet."), due)
    if lower_is_better:
        return _against_a_limit(done, due)
    if due == 0:
        return Judged("grey", mark("Nothing is due, so there is no share to judge by."), due, done)
    if done >= due:
        return Judged("green", mark("%(done)s done, %(due)s due."), due, done)
    if is_over:
        return Judged("red", mark("%(done)s done of %(due)s, and its day has passed."), due, done)
    margin = round((1 - red_below) * 100)
    if done >= due * red_below:
        said = mark("%(done)s done, %(due)s due: within %(margin)s %% of the schedule.")
        return Judged("yellow", said, due, done, margin)
    return Judged("red", mark("%(done)s done, %(due)s due: more than %(margin)s %% behind."), due, done, margin)


NOBODY = Judged("grey", mark("Nobody carries it yet; divide it among units."))
UNCOUNTED = Judged("grey", mark("No indicator counts it, so no figure can say how far it is."))


def _against_a_limit(done: Decimal, limit: Decimal) -> Judged:
    if done <= limit:
        return Judged("green", mark("%(done)s, within the limit of %(due)s."), limit, done)
    return Judged("red", mark("%(done)s, above the limit of %(due)s."), limit, done)

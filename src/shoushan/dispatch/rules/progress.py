"""Behind the schedule (进度), and what each month must still bring (所需月均)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from shoushan.core.errors import mark
from shoushan.dispatch.lights import judge
from shoushan.dispatch.rules.book import Rule
from shoushan.dispatch.rules.facts import Facts, Progress
from shoushan.dispatch.rules.findings import Finding, Quantity

LAST = 12


def behind(facts: Facts, rule: Rule) -> Iterable[Finding]:
    """What is done to date against what is due."""
    for it in facts.progress:
        judged = judge(it.done(), it.due, red_below=rule["red_below"], lower_is_better=it.is_limit, is_over=it.is_over)
        if judged.light != "green":
            params = {name: Quantity(value, it.measure) for name, value in judged.quantities().items()}
            yield _finding(it, rule, judged.light, judged.reason, {**params, "margin": judged.margin})


def pace(facts: Facts, rule: Rule) -> Iterable[Finding]:
    """What each month must still bring, against the best month so far; only of what adds up and is not a limit."""
    for it in facts.progress:
        done = it.done()
        left = LAST - it.month
        if (
            not it.adds_up
            or it.is_limit
            or it.is_over
            or done is None
            or len(it.months) < rule["fewest_months"]
            or not left
        ):
            continue
        best, needed = max(it.months.values()), (it.whole - done) / left
        if needed <= 0 or needed <= best * rule["yellow_above"]:
            continue
        light = "red" if needed > best * rule["red_above"] else "yellow"
        said = {"best": Quantity(best, it.measure), "needed": Quantity(_short(needed), it.measure)}
        yield _finding(it, rule, light, NEEDED, said)


NEEDED = mark("%(needed)s a month is still needed; the best month so far brought %(best)s.")


def _short(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1)) if amount >= LAST else amount.quantize(Decimal("0.01"))


def _finding(it: Progress, rule: Rule, light: str, sentence: str, params: Mapping[str, object]) -> Finding:
    """A shortfall of one unit has one cause for all that the same register counts."""
    return Finding(f"progress:{it.unit}:{it.group}", it.unit, light, sentence, rule, it.title, it.goal, it.url, params)

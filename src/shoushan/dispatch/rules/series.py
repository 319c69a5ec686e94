"""Months that ask for a look (数列存疑): each says what it saw; none says that anybody did wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from statistics import median

from shoushan.core.errors import mark
from shoushan.dispatch.rules.book import Rule
from shoushan.dispatch.rules.facts import Facts, Progress
from shoushan.dispatch.rules.findings import Finding, Quantity


def constant(facts: Facts, rule: Rule) -> Iterable[Finding]:
    """The same figure to the last digit, month after month; nought is no figure, and a share may stay."""
    for it in _typed(facts):
        last = _last(it, int(rule["months"]))
        if it.adds_up and len(last) == rule["months"] and len(set(last)) == 1 and last[0]:
            said = {"months": len(last), "amount": Quantity(last[0], it.measure)}
            yield _finding(it, rule, CONSTANT, said)


def digits(facts: Facts, rule: Rule) -> Iterable[Finding]:
    """A figure that is one digit over and over: 8,888."""
    for it in _typed(facts):
        amount = it.months.get(it.month)
        written = f"{amount.normalize():f}".replace(".", "").strip("-") if amount else ""
        if amount and len(written) >= rule["digits"] and len(set(written)) == 1:
            yield _finding(it, rule, DIGITS, {"month": it.month, "amount": Quantity(amount, it.measure)})


def on_target(facts: Facts, rule: Rule) -> Iterable[Finding]:
    """The total meets the schedule to the last digit, month after month."""
    count = int(rule["months"])
    for it in _typed(facts):
        wanted = range(it.month - count + 1, it.month + 1)
        exact = [month for month in wanted if month in it.months and it.done(month) == it.dues.get(month)]
        if it.adds_up and len(exact) == count:
            yield _finding(it, rule, ON_TARGET, {"months": count})


def jump(facts: Facts, rule: Rule) -> Iterable[Finding]:
    """The last month alone brings the total over what is due, at several times of what months brought before."""
    for it in _typed(facts):
        before = [amount for month, amount in it.months.items() if month < it.month]
        now, due, done = it.months.get(it.month), it.due, it.done()
        if (
            not it.adds_up
            or it.is_limit
            or now is None
            or due is None
            or done is None
            or len(before) < rule["fewest_months"]
        ):
            continue
        usual = median(before)
        if usual > 0 and now > usual * rule["times"] and done >= due > done - now:
            said = {
                "month": it.month,
                "amount": Quantity(now, it.measure),
                "usual": Quantity(Decimal(usual), it.measure),
            }
            yield _finding(it, rule, JUMP, said)


def falls(facts: Facts, rule: Rule) -> Iterable[Finding]:
    """A total that became smaller than it was the month before."""
    for it in _typed(facts):
        totals = [(month, it.done(month)) for month in sorted(it.months)]
        fallen = [
            (month, before, after)
            for (_, before), (month, after) in pairwise(totals)
            if before is not None and after is not None and before - after > it.whole * rule["least_share"]
        ]
        if it.adds_up and fallen:
            month, before, after = fallen[-1]
            said = {"month": month, "before": Quantity(before, it.measure), "after": Quantity(after, it.measure)}
            yield _finding(it, rule, FALLS, said)


CONSTANT = mark("%(months)s months in a row say exactly %(amount)s; please look at where the figure comes from.")
DIGITS = mark("Month %(month)s says %(amount)s, one digit over and over; it may well be right, and deserves a look.")
ON_TARGET = mark("%(months)s months in a row meet the schedule to the last digit; please look at how it was counted.")
JUMP = mark(
    "Month %(month)s brought %(amount)s, a usual month %(usual)s; it alone meets the schedule and deserves a look."
)
FALLS = mark("In month %(month)s the total fell from %(before)s to %(after)s; a sentence on the cause would help.")


def _typed(facts: Facts) -> Iterable[Progress]:
    """What somebody typed; what a register counted is its own proof."""
    return [it for it in facts.progress if it.is_typed]


def _last(it: Progress, count: int) -> list[Decimal]:
    months = range(it.month - count + 1, it.month + 1)
    return [it.months[month] for month in months if month in it.months]


def _finding(it: Progress, rule: Rule, sentence: str, params: Mapping[str, object]) -> Finding:
    cause = f"series:{it.unit}:{it.indicator}"
    return Finding(cause, it.unit, "yellow", sentence, rule, it.title, it.goal, it.url, params)

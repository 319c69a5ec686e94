"""What may be saved for one figure: a number that fits its kind, “nothing this period”, or a reason for no data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from shoushan.core.errors import Refusal, mark
from shoushan.plans.models import Indicator
from shoushan.returns.kinds import ratio
from shoushan.returns.queries.before import Around
from shoushan.returns.unusual import unusual

LARGEST = Decimal(10) ** 16
PLACES = 4  # of the parts of a ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One figure as somebody gives it; exactly one of a number, nothing, and a reason is said."""

    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_nil: bool = False
    no_data: str = ""
    note: str = ""

    @property
    def has_parts(self) -> bool:
        return self.numerator is not None or self.denominator is not None


def checked(indicator: Indicator, given: Given, around: Around) -> tuple[Given, str]:
    """The figure as it is kept, and which rule found it unusual, if one did."""
    given = _with_ratio(indicator, replace(given, no_data=given.no_data.strip(), note=given.note.strip()))
    _check_one_said(given)
    if given.is_nil and indicator.kind == Indicator.Kind.LEVEL:
        raise Refusal(
            "value.nil_level",
            mark("“%(indicator)s” always stands at something, so “nothing this period” says too little."),
            hint=mark("Enter where it stands; zero is a number."),
            params={"indicator": indicator.label},
            field="amount",
        )
    if given.amount is None:
        return given, ""
    _check_number(indicator, given.amount, given.note)
    if indicator.kind == Indicator.Kind.CUMULATIVE:
        _check_forwards(given.amount, around)
    return given, _check_usual(indicator, given, around)


def _with_ratio(indicator: Indicator, given: Given) -> Given:
    """A reported ratio is made from its parts; a statutory one may come as published."""
    is_ratio = indicator.kind == Indicator.Kind.RATIO
    if not given.has_parts:
        if is_ratio and given.amount is not None and indicator.source == Indicator.Source.REPORTED:
            raise Refusal(
                "value.parts",
                mark("“%(indicator)s” is computed from its numerator and its denominator."),
                hint=mark("Enter both; the ratio follows."),
                params={"indicator": indicator.label},
                field="numerator",
            )
        return given
    if not is_ratio:
        raise Refusal(
            "value.no_parts",
            mark("“%(indicator)s” is one number and has no numerator."),
            hint=mark("Enter the number alone."),
            params={"indicator": indicator.label},
            field="amount",
        )
    if given.numerator is None or given.denominator is None:
        raise Refusal(
            "value.parts",
            mark("“%(indicator)s” is computed from its numerator and its denominator."),
            hint=mark("Enter both; the ratio follows."),
            params={"indicator": indicator.label},
            field="numerator" if given.numerator is None else "denominator",
        )
    for name, part in (("numerator", given.numerator), ("denominator", given.denominator)):
        _check_part(name, part)
    if not given.denominator:
        raise Refusal(
            "value.no_whole",
            mark("With a denominator of zero there is no ratio."),
            hint=mark("If there was nothing to count, choose “nothing this period”."),
            field="denominator",
        )
    return replace(given, amount=ratio(given.numerator, given.denominator, indicator.measure))


def _check_part(name: str, part: Decimal) -> None:
    _check_size(part, name)
    if part < 0 or -int(part.normalize().as_tuple().exponent) > PLACES:
        raise Refusal(
            "value.part",
            mark("The parts of a ratio are counts: not below zero, with at most four decimals."),
            hint=mark("Check what was counted."),
            field=name,
        )


def _check_one_said(given: Given) -> None:
    if (given.amount is not None) + given.is_nil + bool(given.no_data) != 1:
        raise Refusal(
            "value.number_or_reason",
            mark("Give a number, or “nothing this period”, or a reason why there is no data; one of the three."),
            hint=mark("Zero is a number; leave the reason empty then."),
            field="amount",
        )


def _check_size(amount: Decimal, field: str) -> None:
    if not amount.is_finite() or abs(amount) >= LARGEST:
        raise Refusal(
            "value.too_large",
            mark("This number cannot be right: it has more than 16 digits before the point."),
            hint=mark("Check the unit of measure."),
            field=field,
        )


def _check_number(indicator: Indicator, amount: Decimal, note: str) -> None:
    _check_size(amount, "amount")
    if amount < 0 and indicator.adds_up and not note:
        raise Refusal(
            "value.negative",
            mark("A negative figure needs a note."),
            hint=mark("Say in a sentence why it fell."),
            field="note",
        )
    if indicator.kind != Indicator.Kind.RATIO and -int(amount.normalize().as_tuple().exponent) > indicator.places:
        raise Refusal(
            "value.places",
            mark("“%(indicator)s” has at most %(places)s decimals."),
            hint=mark("Round it the way its definition says."),
            params={"indicator": indicator.label, "places": indicator.places},
            field="amount",
        )


def _check_forwards(total: Decimal, around: Around) -> None:
    """A running total does not fall, neither from the month before nor to the month after."""
    earlier, later = around.total_before, around.total_after
    if earlier is not None and total < earlier[1]:
        month, fell_from, fell_to = earlier[0], earlier[1], total
    elif later is not None and total > later[1]:
        month, fell_from, fell_to = later[0], total, later[1]
    else:
        return
    raise Refusal(
        "value.backwards",
        mark("The total would fall from %(from)s to %(to)s; a total to date does not."),
        hint=mark("Enter the total to date, or correct %(month)s."),
        params={"from": fell_from, "to": fell_to, "month": month},
        field="amount",
    )


def _check_usual(indicator: Indicator, given: Given, around: Around) -> str:
    """An unusual figure is saved with a sentence, and only with one."""
    amount = given.amount or Decimal(0)
    if indicator.kind == Indicator.Kind.CUMULATIVE:
        amount -= around.total_before[1] if around.total_before else Decimal(0)
    found = unusual(amount, around.before)
    if not found or given.note:
        return found
    range_ = around.expected
    if found in ("tenfold", "tenth") or range_ is None:
        message = mark("%(amount)s is ten times as much as the month before, or a tenth of it: %(last)s.")
        params: dict[str, object] = {"amount": amount, "last": around.before[-1]}
    else:
        message = mark(
            "%(amount)s is outside what the %(months)s months before lead one to expect: %(low)s to %(high)s."
        )
        params = {"amount": amount, "months": range_.months, "low": range_.low, "high": range_.high}
    raise Refusal(
        "value.unusual",
        message,
        hint=mark("If it is right, say in a sentence why, and it is saved."),
        params=params,
        field="note",
    )

"""How figures are written: commas by three, 亿/万/元 by switch, exact on hover, never rounded across a threshold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext, gettext_noop, pgettext_lazy

NOTHING = "—"
ONE = Decimal(1)

# key of the switch: yuan in one unit, its written name, its name on the switch
MONEY = {
    "yi": (Decimal(100_000_000), gettext_noop("100m yuan"), pgettext_lazy("unit of money", "100m")),
    "wan": (Decimal(10_000), gettext_noop("10k yuan"), pgettext_lazy("unit of money", "10k")),
    "yuan": (ONE, gettext_noop("yuan"), pgettext_lazy("unit of money", "1")),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, its unit, and the exact value shown on hover."""

    text: str
    unit: str = ""
    exact: str = ""

    def __str__(self) -> str:
        return f"{self.text}{joined(self.unit)}"


def joined(unit: str) -> str:
    """A unit as it follows its number: a space before Latin letters, none before 中文 or a percent sign."""
    return f" {unit}" if unit[:1].isascii() and unit[:1].isalnum() else unit


def rounded(value: Decimal, places: int, against: Iterable[Decimal] = ()) -> Decimal:
    """Round half up; take more places where the rounded figure would fall on or beyond a threshold the exact one
    does not reach (99.96 against 100 stays 99.96), and never round something to nothing."""
    thresholds = [Decimal(0), *against]
    exponent = value.normalize().as_tuple().exponent
    exact_places = max(-exponent, 0) if isinstance(exponent, int) else 0
    for count in range(places, max(exact_places, places) + 1):
        candidate = value.quantize(ONE.scaleb(-count), rounding=ROUND_HALF_UP)
        if all(_side(candidate, limit) == _side(value, limit) for limit in thresholds):
            return candidate
    return value


def _side(value: Decimal, limit: Decimal) -> int:
    return (value > limit) - (value < limit)


def number(value: Decimal | int | None, places: int | None = None, against: Iterable[Decimal] = ()) -> str:
    """``3272.1`` → ``3,272.1``; with ``places`` rounded to them, without as it is."""
    if value is None:
        return NOTHING
    exact = Decimal(value)
    shown = exact if places is None else rounded(exact, places, against)
    text = f"{shown:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def percent(share: Decimal | None, against: Iterable[Decimal] = (ONE,), places: int = 1) -> str:
    """``0.917`` → ``91.7%``; a share just short of whole is not written as 100.0%."""
    if share is None:
        return NOTHING
    return number(share * 100, places, [limit * 100 for limit in against]) + "%"


def points(difference: Decimal | None) -> str:
    """A difference between two shares, in percentage points (个百分点)."""
    if difference is None:
        return NOTHING
    return gettext("%(points)s percentage points") % {"points": number(difference * 100, 1)}


def money(amount_yuan: Decimal | int | None, unit: str = "yi", against: Iterable[Decimal] = ()) -> Figure:
    """An amount in the unit of the switch; whole amounts without decimals, others with two."""
    scale, name, _ = MONEY.get(unit, MONEY["yi"])
    if amount_yuan is None:
        return Figure(NOTHING)
    exact = Decimal(amount_yuan)
    scaled = exact / scale
    whole = scaled == scaled.to_integral_value()
    text = number(scaled, 0 if whole else 2, [limit / scale for limit in against])
    return Figure(text, gettext(name), number(exact) + joined(gettext("yuan")))


def money_unit(unit: str) -> str:
    """The name of the unit of money, for the head of a column."""
    return gettext(MONEY.get(unit, MONEY["yi"])[1])


def money_switch(unit: str) -> list[dict[str, Any]]:
    """The three choices of the switch in the bar."""
    return [
        {"key": key, "label": short, "name": gettext(name), "current": key == unit}
        for key, (_, name, short) in MONEY.items()
    ]


# what an indicator is counted in, as a figure's unit
MEASURES = {
    "item": pgettext_lazy("measure", "items"),
    "person": pgettext_lazy("measure", "people"),
    "tree": pgettext_lazy("measure", "trees"),
    "hectare": pgettext_lazy("measure", "hectares"),
}


def measure_words(measure: str, money_in: str = "yuan") -> str:
    """What an indicator is counted in, in the reader's words; money in yuan unless a unit is named."""
    if measure == "yuan":
        return money_unit(money_in)
    return "%" if measure == "percent" else str(MEASURES.get(measure, measure))


def quantity(
    value: Decimal | int | None,
    measure: str,
    *,
    unit: str = "yi",
    places: int | None = None,
    against: Iterable[Decimal] = (),
) -> Figure:
    """A value of an indicator: ``yuan`` by the switch, ``percent`` as it is, anything else with its own word."""
    if measure == "yuan":
        return money(value, unit, against)
    if value is None:
        return Figure(NOTHING)
    exact = Decimal(value)
    if measure == "percent":
        return Figure(number(exact, 1 if places is None else places, against), "%", number(exact) + "%")
    words = measure_words(measure)
    return Figure(number(exact, places, against), words, number(exact) + joined(words))

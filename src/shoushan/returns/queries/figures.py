"""A unit's figures of a month as they are entered: what stands there, what stood before, and the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shoushan.core.months import Month
from shoushan.evidence.models import Evidence
from shoushan.evidence.queries import by_thing, looking_alike
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Indicator
from shoushan.returns.models import Period, Value
from shoushan.returns.queries.asked import Asked, asked_of
from shoushan.returns.queries.before import Around, around_all, to_date
from shoushan.returns.queries.months import address
from shoushan.returns.unusual import Expected
from shoushan.web import dates, figures
from shoushan.web.charts import MonthBars


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure to be entered: what stands there, the months around it, and its evidence."""

    asked: Asked
    value: Value | None
    around: Around
    files: list[Evidence]
    url: str

    @property
    def key(self) -> str:
        """What names it among the unit's figures."""
        return f"{self.indicator.key}.{self.asked.about.code}"

    @property
    def name(self) -> str:
        """What it is called: the indicator, and whom it is about where that is somebody else."""
        about = self.asked.about.name if self.is_about_another else ""
        return f"{self.indicator.label} {about}".strip()

    @property
    def is_about_another(self) -> bool:
        return self.indicator.source == Indicator.Source.IMPORTED

    @property
    def indicator(self) -> Indicator:
        return self.asked.indicator

    @property
    def last_month(self) -> Decimal | None:
        return self.around.last_month

    @property
    def last_year(self) -> Decimal | None:
        return self.around.last_year

    @property
    def expected(self) -> Expected | None:
        return self.around.expected

    @property
    def to_date(self) -> Decimal | None:
        return to_date(self.around, self.indicator, self.value)

    @property
    def unit(self) -> str:
        """What it is counted in."""
        return figures.measure_words(self.indicator.measure)

    @property
    def is_fixed(self) -> bool:
        """Verified: changed only by sending it back."""
        return self.value is not None and self.value.state == Value.State.ACCEPTED

    @property
    def bars(self) -> MonthBars:
        """The months of the year so far."""
        year, last = self.around.month.year, self.around.month.month
        months = [Month(year, number) for number in range(1, last + 1)]
        known = {**self.around.months}
        if self.value is not None and self.value.amount is not None:
            before = self.around.total_before if self.indicator.kind == Indicator.Kind.CUMULATIVE else None
            known[months[-1]] = self.value.amount - (before[1] if before else 0)
        return MonthBars(
            title=self.indicator.label,
            labels=[dates.month(month) for month in months],
            values=[known.get(month) for month in months],
            unit=self.unit,
        )


def figures_of(period: Period, unit: Unit) -> list[Figure]:
    """Everything a unit is asked for in a month; the same questions however many figures."""
    asked = asked_of(period, unit)
    rows = Value.objects.filter(entry__period=period, entry__unit=unit).order_by()
    rows = rows.select_related("entry__period__year", "entry__unit", "indicator", "unit", "entered_by", "decided_by")
    values = {(it.indicator_id, it.unit_id): it for it in rows}
    around = around_all(period, [(it.indicator, it.about) for it in asked])
    files = by_thing(Value, [it.pk for it in values.values()])
    found = []
    for it in asked:
        value = values.get((it.indicator.pk, it.about.pk))
        beside = files.get(value.pk, []) if value else []
        found.append(Figure(it, value, around[it.indicator.pk, it.about.pk], beside, address(period, unit, it)))
    return found


@dataclass(frozen=True, slots=True)
class OnPage:
    """One figure on a page of its own, and where the next one is."""

    figure: Figure
    place: int
    all: int
    next_url: str


def looking_alike_of(figure: Figure, person: Person) -> list[Value]:
    """The other figures beside which one of its pictures stands too, as far as the person may see them."""
    found = looking_alike(Value, figure.files)
    ids = {other for others in found.values() for other in others}
    related = ("entry__unit", "entry__period__year", "indicator", "unit")
    return list(Value.objects.visible_to(person).filter(pk__in=ids).select_related(*related)) if ids else []


def on_page(period: Period, unit: Unit, key: str, about: str) -> OnPage | None:
    """The page of one figure, or None where the unit is not asked for it; after the last one, the unit's month.

    Where an office keeps a figure for others and the address does not say for whom, it is the first of them.
    """
    everything = figures_of(period, unit)
    kept_for = [each.asked.about.code for each in everything if each.indicator.key == key]
    whom = about or (unit.code if unit.code in kept_for else next(iter(kept_for), ""))
    for place, each in enumerate(everything, start=1):
        if each.indicator.key == key and each.asked.about.code == whom:
            following = everything[place].url if place < len(everything) else None
            next_url = following or f"/returns/{period.calendar_month}/{unit.code}/"
            return OnPage(each, place, len(everything), next_url)
    return None

"""Charts drawn on the server as SVG without style attributes; each comes with the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from shoushan.web import figures
from shoushan.web.lights import light

WHOLE = Decimal(100)
# The drawing's own units; it is stretched to the width it finds.
WIDTH, HEIGHT = Decimal(1000), Decimal(200)


def bar(
    verified: Decimal | None,
    reported: Decimal | None = None,
    scheduled: Decimal | None = None,
    code: str = "grey",
) -> SafeString:
    """A bullet bar: solid is verified, hatched is reported and waits, the tick is where the schedule is today.

    All three are shares of the target (1 is the whole); more than the whole is drawn as the whole.
    """
    shape = light(code).shape
    parts = [mark_safe('<rect class="rest" y="5" width="100%" height="12" rx="2"/>')]
    if reported is not None and reported > (verified or 0):
        parts.append(
            format_html(
                '<rect class="told" y="5" width="{}%" height="12" rx="2" fill="url(#hatch-{})"/>',
                _along(reported),
                shape,
            )
        )
    if verified:
        parts.append(format_html('<rect class="done" y="5" width="{}%" height="12" rx="2"/>', _along(verified)))
    if scheduled is not None:
        parts.append(
            format_html('<svg x="{}%"><rect class="tick" x="-1" width="2" height="22"/></svg>', _along(scheduled))
        )
    return format_html(
        '<svg class="bar {}" width="100%" height="22" role="img" aria-label="{}">{}</svg>',
        shape,
        bar_words(verified, reported, scheduled),
        SafeString("".join(parts)),
    )


def bar_words(verified: Decimal | None, reported: Decimal | None, scheduled: Decimal | None) -> str:
    """What the bar shows, in words."""
    said = [gettext("Verified %(share)s") % {"share": figures.percent(verified)}]
    if reported is not None and reported != verified:
        said.append(gettext("reported %(share)s") % {"share": figures.percent(reported)})
    if scheduled is not None:
        said.append(gettext("schedule %(share)s") % {"share": figures.percent(scheduled)})
    return gettext(", ").join(said)


def _along(share: Decimal) -> Decimal:
    """Per cent along the bar, between its ends."""
    return (min(max(share, Decimal(0)), Decimal(1)) * WHOLE).quantize(Decimal("0.01")).normalize() + 0


@dataclass(frozen=True, slots=True)
class LineChart:
    """A year as a line against its schedule: one value a label, None where nothing is known yet."""

    title: Any
    labels: Sequence[str]
    actual: Sequence[Decimal | None]
    schedule: Sequence[Decimal | None]
    unit: str = ""
    places: int | None = None
    # between which two values each label probably comes to lie, where a forecast says so
    band: Sequence[tuple[Decimal, Decimal] | None] = ()

    @property
    def top(self) -> Decimal:
        """The highest value, which the drawing's upper edge stands for."""
        highest = [edges[1] for edges in self.band if edges]
        known = (value for value in (*self.actual, *self.schedule, *highest) if value is not None)
        return max(known, default=Decimal(0))

    @property
    def probable(self) -> list[str]:
        """The band's figures for the table: from and to, or nothing."""
        return [
            f"{figures.number(edges[0], self.places)}–{figures.number(edges[1], self.places)}" if edges else "—"
            for edges in self.band
        ]

    @property
    def banded_rows(self) -> list[tuple[str, str, str, str]]:
        """The table's rows with the band beside them."""
        return [(*row, said) for row, said in zip(self.rows, self.probable, strict=True)]

    @property
    def top_words(self) -> str:
        return figures.number(self.top, self.places) + figures.joined(self.unit)

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """The same figures for the table: label, actual, schedule."""
        return [
            (label, figures.number(actual, self.places), figures.number(schedule, self.places))
            for label, actual, schedule in zip(self.labels, self.actual, self.schedule, strict=True)
        ]

    def svg(self) -> SafeString:
        """The drawing: schedule dashed, actual solid with a dot for each value."""
        lines = [mark_safe('<path class="base" d="M0 200H1000"/>')]
        lines += [format_html('<path class="band" d="{}"/>', self._band())] if any(self.band) else []
        lines += [format_html('<path class="plan" d="{}"/>', run) for run in self._runs(self.schedule)]
        lines += [format_html('<path class="real" d="{}"/>', run) for run in self._runs(self.actual)]
        dots = format_html_join(
            "",
            '<path class="dot" d="M{} {}h0"/>',
            (self._at(place, value) for place, value in enumerate(self.actual) if value is not None),
        )
        return format_html(
            '<svg class="chart" viewBox="0 -8 1000 216" preserveAspectRatio="none" role="img" aria-label="{}">'
            "{}{}</svg>",
            gettext("%(title)s; the figures are in the table below.") % {"title": self.title},
            SafeString("".join(lines)),
            dots,
        )

    def _runs(self, values: Sequence[Decimal | None]) -> list[str]:
        """Unbroken stretches of known values as path data."""
        runs: list[list[str]] = [[]]
        for place, value in enumerate(values):
            if value is None:
                runs.append([])
            else:
                x, y = self._at(place, value)
                runs[-1].append(f"{x} {y}")
        return ["M" + "L".join(run) for run in runs if len(run) > 1]

    def _band(self) -> str:
        """The band's outline: along its upper edge and back along the lower one."""
        known = [(place, edges) for place, edges in enumerate(self.band) if edges]
        upper = [self._at(place, edges[1]) for place, edges in known]
        lower = [self._at(place, edges[0]) for place, edges in reversed(known)]
        return "M" + "L".join(f"{x} {y}" for x, y in (*upper, *lower)) + "Z"

    def _at(self, place: int, value: Decimal) -> tuple[Decimal, Decimal]:
        steps = max(len(self.labels) - 1, 1)
        x = WIDTH * place / steps
        y = HEIGHT - (HEIGHT * max(value, Decimal(0)) / self.top if self.top else Decimal(0))
        return x.quantize(Decimal("0.1")), y.quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class MonthBars:
    """The months of one figure as small bars, the last one marked; for the side of a form field."""

    title: Any
    labels: Sequence[str]
    values: Sequence[Decimal | None]
    unit: str = ""
    places: int | None = None

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [
            (label, figures.number(value, self.places)) for label, value in zip(self.labels, self.values, strict=True)
        ]

    def svg(self) -> SafeString:
        top = max((value for value in self.values if value is not None), default=Decimal(0))
        bars = []
        for place, value in enumerate(self.values):
            height = (max(value, Decimal(0)) / top * 60).quantize(Decimal("0.1")) if value is not None and top else 0
            bars.append((place * 30 + 3, 60 - height, height, "now" if place == len(self.values) - 1 else "past"))
        return format_html(
            '<svg class="months" viewBox="0 0 {} 60" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
            max(len(self.values), 1) * 30,
            gettext("%(title)s; the figures are in the table below.") % {"title": self.title},
            format_html_join("", '<rect x="{}" y="{}" width="24" height="{}" class="{}"/>', bars),
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a waterfall: what it is, how much, and its bar."""

    label: str
    amount: str
    svg: SafeString


@dataclass(frozen=True, slots=True)
class Waterfall:
    """How parts add up to a total, row by row: each bar begins where the one before ended; the table is the drawing."""

    title: Any
    parts: Sequence[tuple[str, Decimal]]
    total_label: str
    total: Decimal | None
    places: int = 2

    @property
    def rows(self) -> list[Step]:
        """The parts and the total, each with its bar on one common scale."""
        ends = [Decimal(0)]
        for _label, amount in self.parts:
            ends.append(ends[-1] + amount)
        low, high = min(ends), max([*ends, self.total or Decimal(0)])
        wide = high - low
        drawn = [
            self._step(label, amount, ends[place], ends[place + 1], low, wide)
            for place, (label, amount) in enumerate(self.parts)
        ]
        if self.total is not None:
            drawn.append(self._step(self.total_label, self.total, Decimal(0), self.total, low, wide))
        return drawn

    def _step(self, label: str, amount: Decimal, start: Decimal, end: Decimal, low: Decimal, wide: Decimal) -> Step:
        left, length = min(start, end) - low, abs(end - start)
        svg = format_html(
            '<svg class="bar {}" width="100%" height="16" aria-hidden="true">'
            '<rect class="done" x="{}%" y="2" width="{}%" height="12"/></svg>',
            "bad" if amount < 0 else "ok",
            _along(left / wide if wide else Decimal(0)),
            _along(length / wide if wide else Decimal(0)),
        )
        return Step(label, figures.number(amount, self.places), svg)

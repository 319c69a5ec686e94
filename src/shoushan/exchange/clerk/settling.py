"""What only a whole column can settle: bare shares, bare amounts, absurd sums, colours without a meaning."""

from __future__ import annotations

import colorsys
import re
from collections import Counter, defaultdict
from decimal import Decimal
from statistics import median

from shoushan.core.decimals import plain
from shoushan.exchange.clerk.drafts import At, Draft
from shoushan.exchange.clerk.intake import FieldIntake
from shoushan.exchange.clerk.table import Overrides, TableRead
from shoushan.exchange.clerk.view import name_of
from shoushan.exchange.clerk.words import narrow, words

# A hundred billion yuan is more than a district can agree on; ten billion is, where the column's usual sum is small.
ABSURD = Decimal(10) ** 11
DOUBTFUL = Decimal(10) ** 10
TIMES_USUAL = 1000
FEW, FEW_SHARE = 3, 0.1
WHOLE_ROW = 0.6
PALE = 0.15
HUES = ((15, "red"), (50, "orange"), (70, "yellow"), (170, "green"), (260, "blue"), (345, "purple"), (361, "red"))
LEGEND = re.compile(words().legend)


def settle(read: TableRead, overrides: Overrides) -> None:
    """Ask what the columns leave open."""
    for name, field in read.table.fields.items():
        if field.kind == "share":
            _shares(read.drafts, name)
        elif field.kind == "money":
            _sums(read.drafts, name)
        elif "area" in field.parts:
            _amounts(read.drafts, name, field)
    _colours(read, overrides)


def _shares(drafts: list[Draft], name: str) -> None:
    """A bare 0.85 among 85s may be 85 % or less than one."""
    noted = [(draft, draft.notes[name]) for draft in drafts if name in draft.notes]
    fractions = [(draft, reading) for draft, reading in noted if reading.note == "fraction"]
    if len(noted) < 2 * len(fractions) or len(noted) == len(fractions):
        return
    for draft, reading in fractions:
        draft.ask(draft.at(name), "percent_scale", empties=True, options=reading.options, **reading.params)


def _sums(drafts: list[Draft], name: str) -> None:
    """A sum so large that its unit must be another."""
    sums = [draft.values[name] for draft in drafts if isinstance(draft.values.get(name), Decimal)]
    if not sums or max(sums) < DOUBTFUL:
        return
    usual = median(sums)
    for draft in drafts:
        value = draft.values.get(name)
        if isinstance(value, Decimal) and (value >= ABSURD or (value >= DOUBTFUL and value >= usual * TIMES_USUAL)):
            smaller = plain(value / 10_000)
            draft.ask(
                draft.at(name), "magnitude", empties=True, value=plain(value), said=plain(value),
                options=((smaller, f"{smaller}{words().yuan}"), (plain(value), f"{plain(value)}{words().yuan}")),
            )  # fmt: skip


def _amounts(drafts: list[Draft], name: str, field: FieldIntake) -> None:
    """A bare number is a count where rows of its kind count, and asked about where they measure."""
    area, count = field.parts["area"], field.parts["count"]
    measured = {_kind(draft, field) for draft in drafts if area in draft.values}
    for draft in drafts:
        reading = draft.notes.get(name)
        if reading and reading.note == "bare" and _kind(draft, field) in measured:
            draft.values.pop(count, None)
            at = At(area, draft.at(name).label, draft.at(name).cell)
            draft.ask(at, "amount_unit", empties=True, plan=name, options=reading.options, **reading.params)


def _kind(draft: Draft, field: FieldIntake) -> object:
    return draft.values.get(field.alike) if field.alike else None


def _colours(read: TableRead, overrides: Overrides) -> None:
    """Fields that colours fill by the sheet's legend, and colours of which nobody says the meaning."""
    legend = legend_of(read.legend)
    explained: set[int] = set()
    for name, field in read.table.fields.items():
        if field.kind == "colour" and field.of:
            place = next((plan.place for plan in read.columns if plan.name == field.of), None)
            if place is not None and legend:
                explained.add(place)
                _lights(read.drafts, name, field, place, legend, overrides)
    _strays(read, explained, legend, overrides)


def _lights(
    drafts: list[Draft], name: str, field: FieldIntake, place: int, legend: dict[str, str], overrides: Overrides
) -> None:
    for draft in drafts:
        draft.cells.setdefault(name, At(name, draft.at(field.of).label, draft.at(field.of).cell))
        colour = colour_of(draft.fills.get(place, ""))
        told = overrides.get((draft.row, name))
        if told is not None:
            choice = field.choice_of(told)
        elif not colour or name in draft.values:
            continue
        else:
            meaning = legend.get(colour, "")
            choice = field.choice_of(meaning) or (field.choice_of(colour) if meaning else None)
        if choice:
            draft.values[name] = choice
        elif told is None:
            options = tuple((one, one) for one in field.choices)
            draft.ask(draft.cells[name], "colour_meaning", empties=True, options=options, colour=colour)


def _strays(read: TableRead, explained: set[int], legend: dict[str, str], overrides: Overrides) -> None:
    few = max(FEW, FEW_SHARE * len(read.drafts))
    labels = {heading.column: (heading.label, column.field) for heading, column in read.placed.columns}
    rows: dict[str, list[Draft]] = defaultdict(list)
    cells: Counter[tuple[int, str]] = Counter()
    for draft in read.drafts:
        whole = Counter(draft.fills.values()).most_common(1)
        if whole and whole[0][1] >= WHOLE_ROW * len(labels):
            rows[whole[0][0]].append(draft)
            draft.fills = {}
        cells.update(draft.fills.items())
    for draft in read.drafts:
        for place, fill in draft.fills.items():
            colour = colour_of(fill)
            if colour and colour not in legend and place not in explained and cells[place, fill] <= few:
                label, name = labels[place]
                if (draft.row, name) not in overrides:
                    draft.ask(At(name, label, name_of(draft.row - 1, place)), "colour_meaning", colour=colour)
    for fill, drafts in rows.items():
        colour = colour_of(fill)
        if colour and colour not in legend and len(drafts) <= few:
            for draft in drafts:
                at = draft.at(read.columns[0].name)
                draft.ask(at, "colour_meaning", colour=colour)


def colour_of(fill: str) -> str:
    """The name of a colour in the words of offices; nothing for white, black and shades of grey."""
    if len(fill) != 6:
        return ""
    red, green, blue = (int(fill[place : place + 2], 16) / 255 for place in (0, 2, 4))
    if max(red, green, blue) - min(red, green, blue) < PALE:
        return ""
    hue = colorsys.rgb_to_hsv(red, green, blue)[0] * 360
    return words().colours[next(name for most, name in HUES if hue < most)]


def legend_of(texts: list[str]) -> dict[str, str]:
    """What the sheet says its colours mean."""
    found: dict[str, str] = {}
    for text in texts:
        said = narrow(text)
        if any(sign in said for sign in words().legend_signs):
            for one in LEGEND.finditer(said):
                colour = next((name for name, signs in words().colour_words.items() if one["colour"] in signs), "")
                found.setdefault(colour, one["meaning"])
    return found

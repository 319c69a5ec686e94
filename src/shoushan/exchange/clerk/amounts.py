"""Counts, scores, areas, lengths, working days and shares."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from shoushan.core.decimals import plain
from shoushan.exchange.clerk.cells import EMPTY, Reader, Reading, asked, bad, figure_text, is_nothing, shown
from shoushan.exchange.clerk.intake import FieldIntake
from shoushan.exchange.clerk.numbers import Figure, estimate, figure, number_of, written
from shoushan.exchange.clerk.words import any_of, words
from shoushan.exchange.foreign import Value

COUNT = re.compile(rf"[(\[]?(?P<unit>{any_of(words().counts)})?[)\]]?(?:[(\[].*[)\]])?$")
HEADER_COUNT = re.compile(rf"[(\[](?P<unit>{any_of([*words().counts, *words().lengths])})[)\]]")
AREA = re.compile(rf"[(\[]?(?P<unit>{any_of(words().area_of)})[)\]]?(?:[(\[].*[)\]])?$", re.IGNORECASE)
HEADER_AREA = re.compile(rf"[(\[](?:[^()]*[:,])?(?P<unit>{any_of(words().area_of)})[)\]]", re.IGNORECASE)
LENGTH = re.compile(rf"[(\[]?(?P<unit>{any_of(words().lengths)})[)\]]?$", re.IGNORECASE)
WORKDAYS = re.compile(f"(?:{any_of(words().workdays)})?$")
OTHER_DAYS = re.compile(any_of(words().not_workdays))
PERCENT = re.compile(r"[%％‰]$")  # noqa: RUF001
HUNDRED = Decimal(100)


def _figures(take: Callable[[Figure, str], Reading], field: FieldIntake) -> Reader:
    """A reader of one figure; an estimate is asked about, and anything else refused."""

    def read(value: Value, percent: bool) -> Reading:
        number = number_of(value)
        if number is not None:
            return _within(take(Figure(number, False, ""), shown(value)), field, shown(value))
        text = figure_text(shown(value))
        if is_nothing(text):
            return EMPTY
        bare = estimate(text)
        found = figure(bare or text)
        reading = take(found, written(value)) if found else bad("bad_number", said=written(value))
        if bare and not reading.fault:
            return asked("approximate", said=written(value), options=((bare, bare),))
        return _within(reading, field, written(value))

    return read


def _within(reading: Reading, field: FieldIntake, said: str) -> Reading:
    value = reading.value
    if not isinstance(value, Decimal):
        return reading
    if (field.least is not None and value < field.least) or (field.most is not None and value > field.most):
        least = "" if field.least is None else plain(field.least)
        return bad("out_of_range", said=said, least=least or "0", most="∞" if field.most is None else plain(field.most))
    return reading


def count_reader(field: FieldIntake, header: str) -> Reader:
    """Whole things: 320户, 80（含执法40）, 0.42万."""
    head = HEADER_COUNT.search(header)
    unit = head["unit"] if head else ""

    def take(found: Figure, said: str) -> Reading:
        tail = COUNT.match(found.rest)
        if not tail or found.value != found.value.to_integral_value() or found.value < 0:
            return bad("bad_number", said=said)
        own = tail["unit"]
        if unit and own and own != unit and own in words().places and unit not in words().places:
            return bad("foreign_unit", said=said)
        return Reading(found.value)

    return _figures(take, field)


def decimal_reader(field: FieldIntake) -> Reader:
    def take(found: Figure, said: str) -> Reading:
        return Reading(found.value) if COUNT.match(found.rest) else bad("bad_number", said=said)

    return _figures(take, field)


def area_reader(field: FieldIntake, header: str) -> Reader:
    """A number, a space, and the unit as in the cell or else in the header."""
    head = HEADER_AREA.search(header)
    unit = _area_unit(head["unit"]) if head else field.unit

    def take(found: Figure, said: str) -> Reading:
        tail = AREA.match(found.rest)
        if found.rest and not tail:
            return bad("bad_number", said=said)
        if found.value < 0:
            return bad("negative", said=said)
        own = _area_unit(tail["unit"]) if tail else unit
        if not own:
            options = tuple((name, f"{said}{name}") for name in words().areas)
            return Reading(ask="area_unit", params={"said": said}, options=options)
        return Reading(f"{plain(found.value)} {own}")

    return _figures(take, field)


def _area_unit(name: str) -> str:
    known = words().area_of
    return known.get(name) or known[name.lower()]


def length_reader(field: FieldIntake, header: str) -> Reader:
    """Metres, whatever the cell or the header measures in."""
    head = HEADER_COUNT.search(header)
    lengths = words().lengths
    factor = lengths.get(head["unit"] if head else field.unit, 1)

    def take(found: Figure, said: str) -> Reading:
        tail = LENGTH.match(found.rest)
        if found.rest and not tail:
            return bad("bad_number", said=said)
        return Reading(found.value * (lengths[tail["unit"].lower()] if tail else factor))

    return _figures(take, field)


def days_reader(field: FieldIntake) -> Reader:
    """Working days of a time limit: 20, 二十, 20+10; months and calendar days are asked about."""

    def read(value: Value, percent: bool) -> Reading:
        number = number_of(value)
        if number is not None:
            return Reading(number)
        text = figure_text(shown(value))
        if is_nothing(text):
            return EMPTY
        total = Decimal(0)
        for part in text.split("+"):
            found = figure(part)
            if not found:
                return bad("bad_number", said=written(value))
            if not WORKDAYS.match(found.rest):
                unclear = bool(OTHER_DAYS.search(found.rest))
                return asked("limit_unit", said=written(value)) if unclear else bad("bad_number", said=written(value))
            total += found.value
        return _within(Reading(total), field, written(value))

    return read


def share_reader(field: FieldIntake) -> Reader:
    """A fraction: 85, 85%, 85％ and a cell shown as 85 % are 0.85; the column settles what a bare 0.85 is."""  # noqa: RUF002

    def read(value: Value, percent: bool) -> Reading:
        number = number_of(value)
        if number is not None:
            return _within(Reading(number) if percent else _bare(number, shown(value)), field, shown(value))
        text = figure_text(shown(value))
        if is_nothing(text):
            return EMPTY
        marked = bool(PERCENT.search(text))
        if text.startswith(words().percent_before):
            marked, text = True, f"{text.removeprefix(words().percent_before)}%"
        found = figure(text[:-1] if marked else text)
        if not found or found.rest not in ("", words().tenths):
            return bad("bad_number", said=written(value))
        if found.rest:
            return _within(Reading(found.value / 10), field, written(value))
        return _within(
            Reading(found.value / HUNDRED) if marked else _bare(found.value, plain(found.value)), field, written(value)
        )

    return read


def _bare(number: Decimal, said: str) -> Reading:
    if number == 0:
        return Reading(number)
    if abs(number) > 1:
        return Reading(number / HUNDRED, note="hundreds")
    percents = f"{plain(number * HUNDRED)}%", f"{said}%"
    return Reading(number, params={"said": said}, note="fraction", options=tuple((one, one) for one in percents))

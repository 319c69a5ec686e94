"""Dates as offices write them: ten forms, months, thirds of a month, serial numbers, plans and deadlines."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from shoushan.exchange.clerk.cells import EMPTY, Reader, Reading, asked, bad, figure_text, is_nothing, shown
from shoushan.exchange.clerk.intake import FieldIntake
from shoushan.exchange.clerk.numbers import written
from shoushan.exchange.clerk.words import any_of, narrow, words
from shoushan.exchange.foreign import Value
from shoushan.reading import numerals

EPOCH = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
SERIALS = range(30_000, 60_000)
CLOCK = re.compile(r"(?<=\d)[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s*$")
PLANNED = re.compile(f"^(?:{any_of(words().planned)})+(?:于|在)?")  # han: 预计于
DEADLINE = re.compile(f"(?:{any_of(words().days.deadline)})$")
TO = re.compile("[至到~—–]|(?<=[日号])-")  # han: 3月1日至5日
YEAR = re.compile(words().period.year)
UNTIL = re.compile(words().period.until)
MONTH = re.compile(words().period.months)
EDITION = "版"  # han: the year of a standard's edition is not the table's
MONTH_SIGN = "月"  # han: month
# han: 三月五日, 二〇二六年
HAN = re.compile(f"[{numerals.HAN_SIGNS}]{{1,4}}(?=[年月日号])")
CENTURY, NEAR = 2000, 10
ROUND = re.compile("[○O0]")
NOUGHT = "〇"  # han: what offices type for it in 二○二六
THIRDS = {name: tuple(days) for name, days in words().days.thirds.items()}


class Period(NamedTuple):
    """The year a table tells of, and its last day where that is told."""

    year: int
    end: date | None = None


class Span(NamedTuple):
    """From a first to a last day; one day when both are the same."""

    first: date
    last: date


def reader(field: FieldIntake, period: Period, *, date1904: bool) -> Reader:
    """Reads the cells of a column of dates."""
    epoch = EPOCH_1904 if date1904 else EPOCH

    def read(value: Value, percent: bool) -> Reading:
        if isinstance(value, date):
            return _fits(field, period, value, shown(value))
        if isinstance(value, int) and not isinstance(value, bool):
            return _number(field, period, value, epoch)
        if isinstance(value, Decimal):
            return _decimal(field, period, value, epoch)
        text = figure_text(CLOCK.sub("", shown(value)))
        if is_nothing(text):
            return EMPTY
        return _text(field, period, text, written(value), epoch)

    return read


def _number(field: FieldIntake, period: Period, value: int, epoch: date) -> Reading:
    if value in SERIALS:
        return _fits(field, period, epoch + timedelta(days=value), str(value))
    return (
        _text(field, period, str(value), str(value), epoch) if value > 9_999_999 else bad("bad_date", said=str(value))
    )


def _decimal(field: FieldIntake, period: Period, value: Decimal, epoch: date) -> Reading:
    if int(value) in SERIALS:
        return _fits(field, period, epoch + timedelta(days=int(value)), str(value))
    # 10.8 typed as a number; 6.1 may have been 6.10.
    said = f"{value:f}"
    if said.endswith((".1", ".2", ".3")) and said.count(".") == 1:
        return bad("unclear_day", said=said)
    return _text(field, period, said, said, epoch)


def _text(field: FieldIntake, period: Period, text: str, said: str, epoch: date) -> Reading:
    plan = PLANNED.match(text)
    if plan:
        if not field.plan:
            return asked("planned_not_fact", said=said)
        text = text[plan.end() :]
    deadline = DEADLINE.search(text)
    if deadline:
        text = text[: deadline.start()]
        if not field.plan:
            return bad("deadline" if _written(text, period.year) else "bad_date", said=said)
    if text.isdecimal() and len(text) == 5 and int(text) in SERIALS:
        return _fits(field, period, epoch + timedelta(days=int(text)), said)
    found = _written(text, period.year)
    if found is None:
        first, separator, last = _halves(text)
        if not separator:
            return bad("bad_date", said=said)
        return _between(field, period, first, last, said)
    if isinstance(found, str):
        return bad("no_such_day", said=said)
    return _fits(field, period, found[0], said, found[1])


def _halves(text: str) -> tuple[str, str, str]:
    found = TO.search(text)
    return (text[: found.start()], found.group(), text[found.end() :]) if found else (text, "", "")


def _between(field: FieldIntake, period: Period, first: str, last: str, said: str) -> Reading:
    """From a day to a day: 3月1日至3月5日."""
    start, end = _written(first, period.year), _written(last, period.year)
    if not isinstance(start, tuple) or not isinstance(end, tuple) or start[1] or end[1] or end[0] < start[0]:
        return bad("bad_date", said=said)
    return _fits(field, period, end[0], said, f"{start[0].isoformat()}/{end[0].isoformat()}")


def _written(text: str, year: int) -> tuple[date, str] | str | None:
    """The (last) day and, for more than a day, how it is kept; a text where no such day exists; None where no date."""
    text = HAN.sub(lambda found: str(numerals.value_of(found.group())), text)
    for form in words().day_forms:
        found = form.fullmatch(text)
        if not found:
            continue
        parts = found.groupdict()
        if not parts.get("m"):
            continue
        its_year = int(parts.get("y") or year)
        if parts.get("short"):
            its_year = CENTURY + int(parts["short"])
            if abs(its_year - year) > NEAR:
                return None
        month, third = int(parts["m"]), parts.get("t")
        try:
            if parts.get("d"):
                return date(its_year, month, int(parts["d"])), ""
            length = calendar.monthrange(its_year, month)[1]
            if third in THIRDS:
                first, last = THIRDS[third]
                start, end = date(its_year, month, first), date(its_year, month, min(last, length))
                return end, f"{start.isoformat()}/{end.isoformat()}"
            return date(its_year, month, length), f"{its_year:04}-{month:02}"
        except (ValueError, IndexError):
            return text
    return None


def _fits(field: FieldIntake, period: Period, last: date, said: str, kept: str = "") -> Reading:
    if field.within_period and period.end and (last if not kept else span_of(kept).first) > period.end:
        return bad("after_period", said=said, end=period.end.isoformat())
    return Reading(kept or last)


def span_of(value: date | str) -> Span:
    """The first and the last day that a kept date may mean."""
    if isinstance(value, date):
        return Span(value, value)
    first, _, last = value.partition("/")
    if last:
        return Span(date.fromisoformat(first), date.fromisoformat(last))
    year, month = (int(part) for part in value.split("-"))
    return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def period_of(titles: list[str], year: int) -> Period:
    """The period that the lines above a table tell of."""
    texts = [narrow(title) for title in titles]
    found = _year(texts)
    year = found or year
    ends = [end for text in texts for end in [_end(text, year)] if end]
    return Period(year, ends[0] if ends else date(year, 12, 31) if found else None)


def _year(texts: list[str]) -> int | None:
    years: list[tuple[bool, int]] = []
    for line, text in enumerate(texts):
        for found in YEAR.finditer(text):
            if text[found.end() : found.end() + 1] != EDITION:
                said = found["y"]
                number = numerals.value_of(said if said.isdecimal() else ROUND.sub(NOUGHT, said))
                if number:
                    years.append((line > 0 and MONTH_SIGN not in text[found.end() : found.end() + 3], int(number)))
    return min(years, key=lambda one: one[0])[1] if years else None


def _end(text: str, year: int) -> date | None:
    """The last day of the period a line tells of, where it tells one."""
    until = UNTIL.search(text)
    if until:
        month, day = int(until["m"]), until["d"]
        return _last(int(until["y"] or year), month, int(day) if day else None)
    for name, month in {**words().period.half, **words().period.quarters}.items():
        if name in text:
            return _last(year, month)
    found = MONTH.search(text)
    return _last(year, int(found["m"])) if found else None


def _last(year: int, month: int, day: int | None = None) -> date | None:
    try:
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except (ValueError, IndexError):
        return None

"""Dates a text states, and the day by which each one is due (时限)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from shoushan.reading.numerals import value_of

MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
PERIODS = "一二三四五六七八九十"
# The last day of a month's third: 上旬, 中旬.
THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10)}
QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}

DATE = re.compile(
    rf"(?=[0-9{PERIODS}“第上今年bBiI])(?:"  # first letters only: most places are passed over at once
    rf"(?P<iso>(?<![0-9])20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}(?: [0-9:]{{5,8}})?)"
    rf"|(?P<year>(?<![0-9.])20[0-9]{{2}}|(?<=民国)1[0-9]{{2}}|(?<![0-9.])1[0-9]{{2}}(?=年(?!前|内|来|以)))"
    rf"(?:(?:—|-|至)20[0-9]{{2}})?年(?:(?P<month>{MONTH})月份?(?:(?P<day>{DAY})日)?)?(?P<year_end>底|末)?(?P<to>前|之前|以前)?"
    rf"|(?<![0-9.])(?P<span>{MONTH}月?(?:至|到|—|-){MONTH}月(?!{DAY}日))"
    rf"|(?<![0-9.])(?P<lone>{MONTH})月(?![一二三四五六七八九])(?:(?P<lone_day>{DAY})日|(?P<third>上旬|中旬|下旬|初)|(?P<end>底|末)|份)?(?P<lone_to>前|之前|以前)?"
    rf"|第?(?P<quarter>[一二三四1-4])季度(?:末|底)?(?:前|之前)?"
    rf"|(?P<first_half>上半年)|(?P<year_close>(?:今年|年)(?:底|末))(?:前|之前)?"
    rf"|“?十(?P<plan>[{PERIODS}])五”?(?P<plan_end>末|期末|规划末)?(?:时期)?"
    rf"|(?<![0-9A-Za-z])(?:(?P<until>by|By)|in|In) (?P<by>20[0-9]{{2}})(?![0-9]))"
)
QUICK = re.compile("月|年|季|十|20")


@dataclass(slots=True)
class Moment:
    """A date or period in the plain text, and the deadline it would be."""

    start: int
    end: int
    deadline: str | None
    fine: bool = False  # a month, a part of one or a day: fine enough for a dated task
    year: int | None = None  # the year it names, if it does
    limit: bool = False  # says "before" or "end of": a limit rather than a time


def moments(text: str, year: int | None) -> list[Moment]:
    """Every date of a text, in order; bare months are months of ``year``."""
    return [_moment(found, year) for found in DATE.finditer(text)] if QUICK.search(text) else []


def _moment(found: re.Match[str], year: int | None) -> Moment:
    start, end = found.span()
    if found["year"]:
        return _with_year(found, year)
    if found["lone"]:
        return _in_month(found, year)
    if found["quarter"]:
        return Moment(start, end, _last_day(year, QUARTERS[found["quarter"]]), fine=True, limit=True)
    if found["first_half"]:
        return Moment(start, end, _last_day(year, 6), fine=True, limit=True)
    if found["year_close"]:
        return Moment(start, end, _last_day(year, 12), fine=False, limit=True)
    if found["plan"]:
        period = 2005 + 5 * (PERIODS.index(found["plan"]) + 1)
        return Moment(
            start, end, str(period) if found["plan_end"] else None, year=period, limit=bool(found["plan_end"])
        )
    if found["by"]:
        until = found["by"] if found["until"] else None
        return Moment(start, end, until, year=int(found["by"]), limit=bool(until))
    return Moment(start, end, None)


def _with_year(found: re.Match[str], plan: int | None) -> Moment:
    start, end = found.span()
    year = int(found["year"])
    if year < 200:  # 民国: counted from 1912
        year += 1911
    to = bool(found["to"])
    if not found["month"]:
        if found["year_end"] and year != plan:
            return Moment(start, end, f"{year}-12-31" if to else str(year), year=year, limit=True)
        return Moment(start, end, str(year) if year != plan else None, year=year)
    month = _counted(found["month"])
    if found["day"]:
        return Moment(start, end, _day(year, month, _counted(found["day"])), fine=True, year=year, limit=to)
    deadline = _last_day(year, month) if to or found["year_end"] else f"{year}-{month:02}"
    return Moment(start, end, deadline, fine=True, year=year, limit=to)


def _in_month(found: re.Match[str], year: int | None) -> Moment:
    start, end = found.span()
    if year is None:
        return Moment(start, end, None, fine=True)
    month, to = _counted(found["lone"]), bool(found["lone_to"])
    if found["lone_day"]:
        return Moment(start, end, _day(year, month, _counted(found["lone_day"])), fine=True, limit=to)
    if third := found["third"]:
        first, last = THIRDS[third]
        last = min(last, monthrange(year, month)[1])
        deadline = f"{year}-{month:02}-{first:02}/{year}-{month:02}-{last:02}"
        return Moment(start, end, deadline, fine=True)
    if found["end"] or to:
        return Moment(start, end, _last_day(year, month), fine=True, limit=True)
    return Moment(start, end, f"{year}-{month:02}", fine=True)


def _counted(words: str) -> int:
    return int(value_of(words) or 1)


def _day(year: int, month: int, day: int) -> str:
    return f"{year}-{month:02}-{min(day, monthrange(year, month)[1]):02}"


def _last_day(year: int | None, month: int) -> str | None:
    return None if year is None else f"{year}-{month:02}-{monthrange(year, month)[1]:02}"

"""Tables of targets flattened to lines with tabs (指标计划表)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shoushan.reading.measures import unit_of
from shoushan.reading.numerals import GREAT, NUMERAL, SCALES, plain_decimal, value_of
from shoushan.reading.quantities import LEAD, TAIL, Value

CELL = re.compile(
    rf"(?P<lead>[≥≤＞＜><])? ?(?P<low>{NUMERAL})(?:[—–\-~～至](?P<high>{NUMERAL}))? ?%?(?P<tail>以上|以下|以内|左右)?"
)
NAME = re.compile("指标|项目|名称|内容|任务")
MEASURE = re.compile("单位$|计量")
WHO = re.compile("责任|牵头|部门")
GROWTH = re.compile("增幅|增速|增长")
YEAR = re.compile("(20[0-9]{2})")
PLANNED = re.compile("计划|目标|预期|任务")
DONE = re.compile("实绩|完成|实际|上年")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table: where it stands and what its row and column say."""

    start: int
    end: int
    row: tuple[int, int]
    planned: bool
    indicator: tuple[int, int]
    value: Value
    unit: str
    bound: str
    basis: str
    who: str


@dataclass(frozen=True, slots=True)
class Head:
    """What each column of a table holds."""

    name: int
    measure: int | None
    who: int | None
    growth: frozenset[int]
    planned: frozenset[int]
    done: frozenset[int]


def cells(text: str, year: int | None) -> Iterator[Cell]:
    """The figures of every table in the text."""
    head: Head | None = None
    place = 0
    for line in text.split("\n") if "\t" in text else ():
        columns = line.split("\t")
        if len(columns) < 3:
            head = None
        elif head is None:
            head = _head(columns, year)
        elif len(columns) > head.name:
            yield from _row(columns, place, head)
        place += len(line) + 1


def _head(columns: list[str], year: int | None) -> Head | None:
    name = next((place for place, words in enumerate(columns) if NAME.search(words)), None)
    if name is None:
        return None
    measure = next((place for place, words in enumerate(columns) if MEASURE.search(words) and place != name), None)
    who = next(
        (place for place, words in enumerate(columns) if WHO.search(words) and place not in {name, measure}), None
    )
    planned, done, growth = set(), set(), set()
    for place, words in enumerate(columns):
        stated = YEAR.search(words)
        if place in {name, measure, who}:
            continue
        if GROWTH.search(words):
            growth.add(place)
        elif DONE.search(words) or (stated and year is not None and int(stated[1]) < year):
            done.add(place)
        elif PLANNED.search(words) or stated:
            planned.add(place)
    if not planned:
        return None
    return Head(name, measure, who, frozenset(growth), frozenset(planned), frozenset(done))


def _row(columns: list[str], start: int, head: Head) -> Iterator[Cell]:
    row = (start, start + len("\t".join(columns)))
    name_at = start + sum(len(words) + 1 for words in columns[: head.name])
    indicator = (name_at, name_at + len(columns[head.name]))
    measure = columns[head.measure].strip() if head.measure is not None and head.measure < len(columns) else ""
    who = columns[head.who].strip() if head.who is not None and head.who < len(columns) else ""
    place = start
    for number, words in enumerate(columns):
        found = CELL.fullmatch(words.strip())
        if found and number in head.planned | head.done | head.growth:
            at = place + len(words) - len(words.lstrip())
            growth = number in head.growth
            unit, times = ("percent", 1) if growth else _unit(measure)
            value = _value(found, times)
            if value is not None:
                bound = TAIL.get(found["tail"] or "") or LEAD.get(found["lead"] or "", "")
                basis = "growth" if growth else _basis(unit, columns[head.name])
                planned = number not in head.done
                yield Cell(at, at + len(words.strip()), row, planned, indicator, value, unit, bound, basis, who)
        place += len(words) + 1


def _unit(measure: str) -> tuple[str, int]:
    """万美元 is US dollars, ten thousand at a time; a rate keeps its words."""
    times = 1
    while measure and "/" not in measure and (measure[0] in GREAT or measure[0] in SCALES):
        times *= GREAT.get(measure[0]) or SCALES[measure[0]]
        measure = measure[1:]
    return unit_of(measure), times


def _value(found: re.Match[str], times: int) -> Value | None:
    low = value_of(found["low"].strip())
    high = value_of(found["high"].strip()) if found["high"] else None
    if low is None:
        return None
    if high is not None and high > low:
        return plain_decimal(low * times), plain_decimal(high * times)
    return plain_decimal(low * times)


def _basis(unit: str, indicator: str) -> str:
    if re.search("降幅|下降", indicator):
        return "decline"
    if unit == "percent":
        return "growth" if re.search("增长|增速|增幅|涨幅", indicator) else "share"
    return "increase" if "新增" in indicator else "level"

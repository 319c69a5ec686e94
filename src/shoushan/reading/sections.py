"""Where a document looks back and where it plans: its headings and what they say about time."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from shoushan.reading.dates import PERIODS

PAST, PLAN = "past", "plan"

HEADING = re.compile(
    r"^[ \u3000]*(?:(?P<main>(?:第[一二三四五六七八九十]{1,3}(?:部分|章|节)|[一二三四五六七八九十]{1,3} ?、))"
    r"|(?P<sub>[（(][一二三四五六七八九十]{1,3} ?[）)]))(?P<title>[^\n。；]{2,60})(?=[。\n；]|\Z)"
    r"|^(?P<bare>[^\n。；，,：:、\t]{4,30})$",
    re.MULTILINE,
)
YEAR = re.compile(r"(20[0-9]{2})年?")
FIVE_YEARS = re.compile(rf"“?十([{PERIODS}])五”?")
LOOKING_BACK = re.compile(
    "回顾|过去|以来|成就|成效|总结|完成情况|工作情况|进展情况|上年|去年|存在的?问题|成绩|正视[^，]{0,4}问题|认清形势|分析形势"
)
LOOKING_AHEAD = re.compile(
    "目标|任务|今年|安排|部署|打算|重点工作|计划|要求|下一步|展望|举措|措施|实事|要点|下半年|思路"
)
BARE_PAST = re.compile("回顾|过去|总结|完成情况|成就")


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading."""

    start: int
    title: str
    tense: str | None
    deadline: str | None = None


class Outline:
    """A document's sections in order (提纲)."""

    def __init__(self, sections: list[Section]) -> None:
        self._sections = sections
        self._starts = [section.start for section in sections]

    def at(self, place: int) -> Section:
        return self._sections[bisect_right(self._starts, place) - 1]

    @property
    def has_past(self) -> bool:
        return any(section.tense == PAST for section in self._sections)


def outline(text: str, year: int | None) -> Outline:
    """The sections of a text. A smaller heading keeps the time of the larger one unless it says its own."""
    sections = [Section(0, "", None)]
    main = sections[0]
    for found in HEADING.finditer(text):
        title = (found["title"] or found["bare"]).strip()
        if found["bare"]:
            if year is not None and not found["bare"].endswith(("报告", "讲话")) and _bare_heading(title, year):
                main = _section(found.start(), title, year, None)
                sections.append(main)
            continue
        if found["main"]:
            main = _section(found.start(), title, year, None)
            sections.append(main)
        else:
            sections.append(Section(found.start(), title, main.tense, main.deadline))
    return Outline(sections)


def _bare_heading(title: str, year: int) -> bool:
    """A line without a number that is a heading all the same: 2025年工作回顾."""
    return bool(BARE_PAST.search(title)) or bool(re.search("(?:主要|预期|工作)目标|主要任务|重点工作|工作安排", title))


def _section(start: int, title: str, year: int | None, tense: str | None) -> Section:
    period = FIVE_YEARS.search(title)
    ends = 2005 + 5 * (PERIODS.index(period[1]) + 1) if period else None
    years = [int(found) for found in YEAR.findall(title)]
    if LOOKING_BACK.search(title):
        return Section(start, title, PAST)
    if year is not None and years:
        return Section(start, title, PAST if max(years) < year else PLAN)
    if year is not None and ends is not None:
        if ends < year:
            return Section(start, title, PAST)
        return Section(start, title, PLAN, str(ends) if ends > year else None)
    return Section(start, title, PLAN if LOOKING_AHEAD.search(title) else tense)

"""Words of time: whether what stands after them has happened or is to come."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from shoushan.reading.dates import Moment
from shoushan.reading.sections import PAST, PLAN

# Words that set the time until the next such word or the end of the sentence.
ONWARD = re.compile(
    r"(?P<past>(?<![比较])(?<!比较)(?<!约为)(?:去年|上年|前年|前两年|去冬|过去(?:的)?[一二三四五六七八九十两]{0,2}年|[一二三四五六七八九十两近]{1,3}年(?:多)?来"
    r"|今年以来|年初以来|[一两]年间|过去|(?:1|一)至[0-9一二三四五六七八九十]{1,2}月|1[—-][0-9]{1,2}月|截至|截止))"
    r"|(?P<plan>今年(?!以来)|明年|本年度?|年内|下半年|下一步|今后|未来|"
    r"到20[0-9]{2}年|力争|争取|确保|预期目标|will |should |target)"
)
# Words that set the time inside their clause only.
INSIDE = re.compile(
    r"(?P<past>已(?!然|下达)|原定|曾经?|共有|现有|目前|还有|仍有|尚有|没有|累计(?:完成|实现|建成|达)|超额完成|同比净?增长了|施工中|刚刚|顺利|圆满|成功|荣获|[成长加降少高到]了)"
    r"|(?P<plan>要|将|拟|计划|必须|预期|再|新的一年|不低于|不少于|不得|不超过|力争)"
)


@dataclass(slots=True)
class Cue:
    """A word of time and what it says."""

    place: int
    tense: str
    word: str


def onward_cues(
    text: str, start: int, end: int, dated: list[Moment], year: int | None, delivered_month: str | None
) -> list[Cue]:
    """Words of time in a sentence that hold until the next; a year named at a clause's start is one of them."""
    cues = [Cue(found.end(), PAST if found["past"] else PLAN, found[0]) for found in ONWARD.finditer(text, start, end)]
    for moment in dated:
        if moment.year is not None and year is not None and not text.startswith("的", moment.end):
            word = text[moment.start : moment.end]
            cues.append(Cue(moment.end, PAST if moment.year < year else PLAN, word))
        elif delivered_month and moment.deadline and moment.deadline[:7] < delivered_month:
            cues.append(Cue(moment.end, PAST, text[moment.start : moment.end]))
    return sorted(cues, key=lambda cue: cue.place)


def last_before(cues: list[Cue], place: int) -> Cue | None:
    found = bisect_left(cues, place + 1, key=lambda cue: cue.place)
    return cues[found - 1] if found else None


def cue_inside(clause: str) -> Cue | None:
    """The last word of time in the words of a clause before a number."""
    last = None
    for found in INSIDE.finditer(clause):
        last = found
    return Cue(last.end(), PAST if last["past"] else PLAN, last[0]) if last else None

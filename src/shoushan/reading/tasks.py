"""Dated commitments without a number: what shall be done in a month or by a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shoushan.reading.dates import Moment
from shoushan.reading.scene import Scene
from shoushan.reading.sections import PAST
from shoushan.reading.tense import last_before

NO_TASK = re.compile(
    r"^(?:起|份?起|至|—|-|以来|止|开始|上午|下午|晚|在[^，。]{0,30}(?:召开|主持)|降水|的)|施行|生效|起施|有效期"
)
NAMED_MONTH = re.compile(r"^份?(?:定为|列为|作为|确定为)[^，。；]{0,10}月[，,]")
LEAD_OUT = re.compile(r"[自从截至]$|有效期$")


def tasks(scene: Scene, delivered_month: str | None) -> Iterator[tuple[int, int, Moment]]:
    """Each dated task of a sentence: where its words stand, and when it is due."""
    done = scene.start
    for moment in scene.moments:
        if not moment.fine or moment.deadline is None or moment.start < done:
            continue
        if delivered_month and moment.deadline[:7] < delivered_month:
            continue
        if scene.section.tense == PAST or LEAD_OUT.search(
            scene.text[max(moment.start - 3, scene.start) : moment.start]
        ):
            continue
        cue = last_before(scene.cues, moment.start)
        if cue and cue.tense == PAST:
            continue
        span = _span(scene, moment)
        if span:
            done = span[1]
            yield *span, moment


def _span(scene: Scene, moment: Moment) -> tuple[int, int] | None:
    end = scene.clause_end(moment.end)
    words = scene.text[moment.end : end]
    named = NAMED_MONTH.match(scene.text[moment.end : end + 1])
    start = moment.start
    if named or not words.strip("份，, "):
        if end >= scene.end or scene.text[end] not in "，,":
            return None
        start = end + 1
        end = scene.clause_end(start)
        if named and (later := re.search("(?<=[、，])|", scene.text[start:end])):
            start += later.end()
        words = scene.text[start:end]
    end -= len(scene.text[start:end]) - len(scene.text[start:end].rstrip("。！？ ”"))
    words = words.rstrip("。！？ ")
    if NO_TASK.search(words[:40]) or len(words.strip()) < 2 or not re.search(r"[\u3400-\u9fff]{2}", words):
        return None
    if any(start <= other.start < end and other.form != "never" and not scene.moment_at(other) and not other.small
           for other in scene.quantities):  # fmt: skip
        return None
    return start, end

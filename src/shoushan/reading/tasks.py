"""Dated commitments without a number: what shall be done in a month or by a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shoushan.reading.dates import Moment
from shoushan.reading.quantities import Quantity
from shoushan.reading.scene import Scene
from shoushan.reading.sections import PAST
from shoushan.reading.tense import last_before

NO_TASK = re.compile(
    r"^(?:起|份?起|至|—|-|以来|止|开始|上午|下午|晚|在[^，。]{0,30}(?:召开|主持)|降水|的|在[^，。]{0,40}会议上)|施行|生效|起施|有效期"
)
NAMED_MONTH = re.compile(r"份?(?:定为|列为|作为|确定为)[^，。；]{0,10}月[，,]")
ADVERBIAL = re.compile("[^，]{0,12}(?:按照|根据|围绕|结合|依托|利用)")
HAN_WORDS = re.compile(r"[\u3400-\u9fff]{2}")
LONGEST = 120
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
    """The words of a task: from its date to the end of the clause, or the clauses that the date opens."""
    start, end = moment.start, scene.clause_end(moment.end)
    opens = moment.end == end or scene.text[moment.end : end].strip("份 ") == ""
    named = NAMED_MONTH.match(scene.text, moment.end, min(end + 1, moment.end + LONGEST))
    if opens or named:
        if end >= scene.end or scene.text[end] != "，":
            return None
        start = end + 1
        end = scene.clause_end(start)
        if named or ADVERBIAL.match(scene.text, start, end):
            end = scene.clause_end(min(end + 1, scene.end))
    end = min(end, start + LONGEST)
    words = scene.text[start:end].rstrip("。！？ ”")
    said = words[moment.end - start :] if start == moment.start else words
    head = scene.clause_start(moment.start)
    if len(said) <= 6 and any(other.unit for other in scene.within(head, moment.start)):
        return None
    if NO_TASK.search(said[:40]) or not HAN_WORDS.search(said):
        return None
    if any(_counts(other, scene) for other in scene.within(moment.end, start + len(words))):
        return None
    return start, start + len(words)


def _counts(other: Quantity, scene: Scene) -> bool:
    """Whether a number makes its clause a target rather than a task."""
    single = other.form == "han" and other.value == "1"
    return other.form != "never" and not (other.small or single or scene.moment_at(other))

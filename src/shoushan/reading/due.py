"""By when a number is due, where its sentence says so."""

from __future__ import annotations

import re
from bisect import bisect_left

from shoushan.reading.dates import Moment
from shoushan.reading.quantities import Quantity
from shoushan.reading.scene import Scene

STOP = re.compile("[；。]")
THEN = re.compile(r"^(?:并|均|都|且)?(?:要)?(?:赶在|在|于|须在|确保)?$")
NO_LIMIT = re.compile(r"^(?:份?起|以来|至|开始|底?以来|开始|印发|印)")
LEADS = re.compile("[^，。；]{0,3}?(?:到|在|于|至|朝)?“?")
BASE = re.compile(r"[较比以]$|(?:自|从)$")


def deadline(quantity: Quantity, scene: Scene) -> str | None:
    """The date before the number in its sentence, or in the clause right after it; else the section's."""
    if found := _near(quantity, scene) or _before(quantity, scene) or _after(quantity, scene):
        return found.deadline
    return scene.section.deadline


def _usable(moment: Moment, scene: Scene) -> bool:
    if moment.deadline is None or NO_LIMIT.match(scene.text[moment.end : moment.end + 3]):
        return False
    before = scene.text[max(moment.start - 1, scene.start) : moment.start]
    if BASE.search(before):
        return False
    past = moment.year is not None and scene.year is not None and moment.year < scene.year
    return not past


def _near(quantity: Quantity, scene: Scene) -> Moment | None:
    """The date in the number's own clause: the last before it, else one after it."""
    start, end = scene.clause_start(quantity.start), scene.clause_end(quantity.end)
    place = bisect_left(scene.moments_at, quantity.start)
    if place and scene.moments[place - 1].start >= start and _usable(scene.moments[place - 1], scene):
        return scene.moments[place - 1]
    if place < len(scene.moments) and scene.moments[place].end <= end:
        moment = scene.moments[place]
        follows = moment.limit and _usable(moment, scene)
        return moment if follows and moment.start >= quantity.end else None
    return None


def _before(quantity: Quantity, scene: Scene) -> Moment | None:
    place = bisect_left(scene.moments_at, quantity.start)
    for moment in reversed(scene.moments[max(place - 3, 0) : place]):
        if moment.year is not None and moment.year == scene.year and moment.deadline is None:
            return None
        if _usable(moment, scene):
            if not LEADS.fullmatch(scene.text, scene.clause_start(moment.start), moment.start):
                return None
            between = scene.text[max(moment.end, quantity.start - 200) : quantity.start]
            return None if STOP.search(between) or re.search("今年|全年|年内", between) else moment
    return None


def _after(quantity: Quantity, scene: Scene) -> Moment | None:
    place = bisect_left(scene.moments_at, quantity.end)
    if place >= len(scene.moments):
        return None
    moment = scene.moments[place]
    if not (moment.limit and _usable(moment, scene)) or moment.start - quantity.end > 80:
        return None
    clauses = re.split("[，,]", scene.text[quantity.end : moment.start])
    if STOP.search(scene.text[quantity.end : moment.start]) or len(clauses) > 2:
        return None
    if len(clauses) == 2:
        own_number = any(other.unit != "grade" for other in scene.within(moment.end, scene.clause_end(moment.end)))
        return moment if THEN.match(clauses[1]) and not own_number else None
    return moment

"""What waits for a person in the registers, for 今日."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from shoushan.orgs.models import Person
from shoushan.registers.lines import Line, all_lines, line_named
from shoushan.registers.models import Extension, Mention, Step
from shoushan.web.today import Task

MOST = 20
AHEAD = timedelta(days=14)


def waiting_for(person: Person, on: date) -> Iterable[Task]:
    """Stages to confirm, limits about to end, extensions to decide, remarks that name the person."""
    lines = all_lines()
    confirms, works = person.lines_as("verifier"), person.lines_as("officer")
    yield from _to_confirm(person, [line for line in lines if line.home in confirms])
    yield from _extensions(person, {line.key for line in lines if line.home in confirms})
    yield from _due(person, [line for line in lines if line.home in works and line.clocks], on)
    yield from _mentions(person)


def _to_confirm(person: Person, lines: list[Line]) -> Iterable[Task]:
    """The oldest claims of each line, and how many more there are; two questions a line at most."""
    keys = [line.key for line in lines]
    waiting = Step.objects.filter(line__in=keys, state=Step.State.CLAIMED).exclude(entered_by=person)
    claimed: dict[str, list[Step]] = {}
    for step in waiting.order_by("entered_at")[: MOST * 2]:
        claimed.setdefault(step.line, []).append(step)
    for key, steps in claimed.items():
        rows = line_named(key).model.objects.visible_to(person).filter(pk__in=[step.record_id for step in steps])
        names = dict(rows.values_list("pk", "name"))
        for step in steps:
            if step.record_id in names:
                yield Task(
                    title=_("Confirm “%(stage)s” of %(name)s")
                    % {"stage": line_named(key).stage_label(step.stage), "name": names[step.record_id]},
                    url=f"/{key}/{step.record_id}/",
                    due=None,
                )


def _due(person: Person, lines: list[Line], on: date) -> Iterable[Task]:
    """Records whose next limit ends within a fortnight or has passed."""
    for line in lines:
        found = line.model.objects.visible_to(person).standing().filter(next_due_on__lte=on + AHEAD)
        for pk, name, due in found.order_by("next_due_on").values_list("pk", "name", "next_due_on")[:MOST]:
            said = _("%(name)s is past its limit") if due < on else _("%(name)s is due")
            yield Task(title=said % {"name": name}, url=f"/{line.key}/{pk}/", due=due, kind=line.label)


def _extensions(person: Person, keys: set[str]) -> Iterable[Task]:
    asked = list(Extension.objects.filter(line__in=keys, state=Extension.State.ASKED).exclude(asked_by=person)[:MOST])
    seen = _seen(person, ((each.line, each.record_id) for each in asked))
    for each in asked:
        if (each.line, each.record_id) not in seen:
            continue
        yield Task(title=_("Decide on a longer limit"), url=f"/{each.line}/{each.record_id}/", detail=each.reason)


def _mentions(person: Person) -> Iterable[Task]:
    unseen = Mention.objects.filter(person=person, seen_at__isnull=True).select_related("comment__by")
    mentions = list(unseen[:MOST])
    seen = _seen(person, ((each.comment.line, each.comment.record_id) for each in mentions))
    for mention in mentions:
        said = mention.comment
        if (said.line, said.record_id) not in seen:
            continue
        yield Task(
            title=_("%(name)s asks for you") % {"name": said.by.name},
            url=f"/{said.line}/{said.record_id}/#comments",
            detail=said.text[:80],
        )


def _seen(person: Person, places: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the records, by line and number, that the person may see; one question a line."""
    by_line: dict[str, list[int]] = {}
    for key, pk in places:
        by_line.setdefault(key, []).append(pk)
    return {
        (key, pk)
        for key, keys in by_line.items()
        for pk in line_named(key).model.objects.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True)
    }

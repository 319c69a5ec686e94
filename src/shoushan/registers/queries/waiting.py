"""What waits for a person in the registers, for 今日."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shoushan.orgs.models import Person
from shoushan.registers.lines import Line, all_lines
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
    """A task for each stage at which claims wait, with the list that confirms them together; a question a line."""
    claimed = Step.objects.filter(state=Step.State.CLAIMED).exclude(entered_by=person)
    waiting = set(claimed.filter(line__in=[line.key for line in lines]).values_list("line", flat=True).distinct())
    for line in lines:
        if line.key not in waiting:
            continue
        seen = line.model.objects.visible_to(person).standing()
        stages = claimed.filter(line=line.key, record_id__in=seen.values("pk")).order_by("stage").values("stage")
        for stage in stages.annotate(count=Count("pk"), record=Min("record_id")):
            several = f"?waits={stage['stage']}&pick=1"
            yield Task(
                title=ngettext("Confirm “%(stage)s” of %(count)s record", "Confirm “%(stage)s” of %(count)s records",
                               stage["count"]) % {"stage": line.stage_label(stage["stage"]), "count": stage["count"]},
                url=f"/{line.key}/{stage['record']}/" if stage["count"] == 1 else f"/{line.key}/{several}",
                kind=line.label,
            )  # fmt: skip


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
    known = {line.key: line for line in all_lines()}  # of a line that was taken out nobody sees a record
    return {
        (key, pk)
        for key, keys in by_line.items()
        if key in known
        for pk in known[key].model.objects.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True)
    }

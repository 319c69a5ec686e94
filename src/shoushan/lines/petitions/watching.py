"""What the custodian and those who clear out see: who opened what and why, and what may be kept no longer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.evidence.models import Evidence
from shoushan.ledger import moment
from shoushan.ledger.models import Event
from shoushan.lines.petitions import retention
from shoushan.lines.petitions.models import Conflict, Erasure, Identity, Matter, MatterKey, Opening, Stage
from shoushan.orgs.models import Person, Post, Unit
from shoushan.registers.models import Step
from shoushan.web.today import Task

WEEK = timedelta(days=7)
LOOKED = Event.objects.filter(subject=Evidence.ledger_name(), verb="looked at")
WHOLE = (Unit.Kind.DISTRICT, Unit.Kind.DEPARTMENT)


def keeps_watch(person: Person, _thing: Any = None) -> bool:
    """The head of the office whose officers look after petitions for the whole district: the custodian."""
    units = [unit for unit in person.units_as(Post.Role.HEAD) if unit.kind in WHOLE] if person.is_authenticated else []
    on = timezone.localdate(moment.current().at)
    officers = Post.objects.held(on=on).filter(role=Post.Role.OFFICER, line=Matter.line_key)
    return bool(units) and officers.filter(unit__in=units).exists()


def clears_out(person: Person, _thing: Any = None) -> bool:
    """Officers and verifiers of petitions; who proposes and who destroys, the actions see to."""
    return person.is_authenticated and Matter.line_key in person.lines_as(Post.Role.OFFICER, Post.Role.VERIFIER)


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opened an identity, with a reason, or a file of a matter."""

    at: datetime
    person: str
    matter_id: int
    file: str
    reason: str
    shown: int


def week_of(day: date) -> date:
    """The Monday of a week."""
    return day - timedelta(days=day.weekday())


def opened(monday: date, *, person: Person | None = None) -> list[Opened]:
    """Who opened what in a week, and why; without the matters this person may not know of."""
    zone = timezone.get_current_timezone()
    since, until = (datetime.combine(day, time(), zone) for day in (monday, monday + WEEK))
    hidden: Any = Conflict.objects.keeping_out(person).values("matter_id") if person else []
    openings = Opening.objects.filter(opened_at__gte=since, opened_at__lt=until).exclude(matter__in=hidden)
    looked = LOOKED.filter(at__gte=since, at__lt=until)
    about = Evidence.objects.filter(subject_type=ContentType.objects.get_for_model(Matter))
    return _in_order(openings, looked, about.exclude(subject_id__in=hidden))


def case_log(matter: Matter) -> list[Opened]:
    """Who looked at who brought a matter and at its files, the newest first."""
    files = Evidence.objects.about(matter)
    looked = LOOKED.filter(subject_id__in=[str(pk) for pk in files.values_list("pk", flat=True)])
    return _in_order(Opening.objects.filter(matter=matter), looked, files)[::-1]


def _in_order(openings: Any, looked: Any, files: Any) -> list[Opened]:
    identities = [
        Opened(each.opened_at, each.person.name, each.matter_id, "", each.reason, each.shown)
        for each in openings.select_related("person").order_by("opened_at", "pk")
    ]
    return sorted([*identities, *_files(looked, files)], key=lambda each: each.at)


def _files(looked: Any, about: Any) -> Iterable[Opened]:
    """Each time a sealed file was opened; the ledger says so."""
    events = looked.order_by("pk").values_list("subject_id", "person_id", "at")
    told = [(int(key), person, at) for key, person, at in events]
    files = about.in_bulk({key for key, _person, _at in told})
    people = Person.objects.in_bulk({person for _key, person, _at in told})
    for key, person, at in told:
        if key in files:
            yield Opened(at, people[person].name, files[key].subject_id, files[key].name, "", 1)


def waiting_for(person: Person, on: date) -> Iterable[Task]:
    """The custodian's weekly list, all through the week after; what one proposed waits for a second person."""
    monday = week_of(on) - WEEK
    if keeps_watch(person) and (count := len(opened(monday, person=person))):
        title = _("Look through who opened what last week: %(count)s") % {"count": count}
        yield Task(title, f"/petitions/openings/?week={monday.isoformat()}", due=monday + WEEK + timedelta(days=6))
    if Matter.line_key in person.lines_as(Post.Role.VERIFIER):
        asked = Erasure.objects.filter(state=Erasure.State.PROPOSED).exclude(proposed_by=person)
        if count := asked.filter(matter__in=Matter.objects.visible_to(person)).count():
            title = _("Destroy or keep what may be kept no longer: %(count)s") % {"count": count}
            yield Task(title, "/petitions/retention/")


@dataclass(frozen=True, slots=True)
class Past:
    """A matter whose sealed words are kept no longer: what would be destroyed, by which rule."""

    matter: Matter
    closed_on: date
    kept: retention.Kept
    has_identity: bool
    files: int
    erasure: Erasure | None


def past(person: Person, *, on: date) -> list[Past]:
    """What may be kept no longer on a day, the oldest first: what would be destroyed, before anything is."""
    matters = Matter.objects.visible_to(person).filter(key__in=MatterKey.objects.standing()).select_related("unit")
    known = {matter.pk: matter for matter in matters.filter(stage=Stage.CLOSED)}
    reached: dict[int, dict[str, date]] = {}
    steps = Step.objects.filter(line=Matter.line_key, record_id__in=known).standing()
    for pk, stage, day in steps.values_list("record_id", "stage", "happened_on"):
        reached.setdefault(pk, {})[stage] = day
    ended = {
        pk: kept
        for pk, stages in reached.items()
        if (kept := retention.kept(stages[Stage.CLOSED], stages, on=on)) and kept.until < on
    }
    named = set(Identity.objects.filter(matter__in=ended).values_list("matter_id", flat=True))
    files = _counted(ended)
    open_ones = {each.matter_id: each for each in Erasure.objects.filter(~Q(state="kept"), matter__in=ended)}
    found = [
        Past(known[pk], reached[pk][Stage.CLOSED], kept, pk in named, files.get(pk, 0), open_ones.get(pk))
        for pk, kept in ended.items()
    ]
    return sorted(found, key=lambda each: (each.kept.until, each.matter.pk))


def _counted(matters: Iterable[int]) -> dict[int, int]:
    about = Evidence.objects.about_all(Matter, matters).order_by().values_list("subject_id")
    return dict(about.annotate(count=Count("pk")))


def destroyed(person: Person, *, most: int = 50) -> list[Erasure]:
    """What was destroyed, or kept on, the newest first."""
    decided = Erasure.objects.exclude(state=Erasure.State.PROPOSED).select_related("decided_by", "proposed_by")
    return list(decided.filter(matter__in=Matter.objects.visible_to(person))[:most])

"""Sites: where hazards come back, which are like one another, and how much of the plan has been looked at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from shoushan.lines.hazards.models import Hazard, SafetyCheck
from shoushan.orgs.models import Person, Unit

MOST_SITES = 200


@dataclass(frozen=True, slots=True)
class Site:
    """A place as the registers know it: whose, and what it is called there."""

    unit: Unit
    name: str
    address: str

    @property
    def key(self) -> str:
        return f"{self.unit.pk}|{self.name}"


@dataclass(frozen=True, slots=True)
class Repeated:
    """A site with its hazards, oldest first, and how many of them come back in the same words."""

    site: Site
    hazards: list[Hazard]
    open_count: int
    again: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """One unit's inspection plan: so many sites, so many checked."""

    unit: str
    planned: int
    checked: int
    linked: int


def repeats(person: Person) -> list[Repeated]:
    """Sites at which more than one hazard was found, those with most first."""
    by_site: dict[tuple[int, str], list[Hazard]] = defaultdict(list)
    seen = Hazard.objects.visible_to(person).standing().select_related("unit")
    often = seen.order_by().values("name").annotate(times=Count("pk")).filter(times__gt=1).order_by("-times", "name")
    names = list(often.values_list("name", flat=True)[:MOST_SITES])
    for hazard in seen.filter(name__in=names).defer("search_words").order_by("found_on", "pk"):
        by_site[hazard.unit_id, hazard.name].append(hazard)
    found = [_repeated(hazards) for hazards in by_site.values() if len(hazards) > 1]
    return sorted(found, key=lambda each: -len(each.hazards))


def _repeated(hazards: list[Hazard]) -> Repeated:
    open_count = sum(hazard.stage != Hazard.Stage.CLOSED for hazard in hazards)
    again = len(hazards) - len({hazard.words for hazard in hazards})
    return Repeated(site_of(hazards[-1]), hazards, open_count, again)


def site_of(record: Hazard | SafetyCheck) -> Site:
    return Site(record.unit, record.name, record.address)


def majors(person: Person) -> list[Hazard]:
    """Major hazards that are not closed yet: the first to look at like sites for."""
    major = Hazard.objects.visible_to(person).standing().filter(grade=Hazard.Grade.MAJOR)
    return list(major.exclude(stage=Hazard.Stage.CLOSED).select_related("unit").annotate(linked=Count("linked_checks")))


def like_sites(hazard: Hazard, person: Person) -> list[Site]:
    """Other sites of the same sector that the registers know and the person sees."""
    found: dict[str, Site] = {}
    for model in (Hazard, SafetyCheck):
        seen = model.objects.visible_to(person).standing().filter(sector=hazard.sector).select_related("unit")
        for record in seen.defer("search_words").order_by("unit__path", "name")[:MOST_SITES]:
            site = site_of(record)
            found.setdefault(site.key, site)
    found.pop(site_of(hazard).key, None)
    return list(found.values())


def coverage(person: Person) -> list[Coverage]:
    """The inspection plan by unit."""
    rows = (
        SafetyCheck.objects.visible_to(person)
        .standing()
        .order_by("unit__path")
        .values_list("unit__name")
        .annotate(
            planned=Count("pk"),
            checked=Count("pk", filter=Q(stage=SafetyCheck.Stage.DONE)),
            linked=Count("pk", filter=Q(hazard__isnull=False)),
        )
    )
    return [Coverage(*row) for row in rows]

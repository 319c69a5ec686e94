"""What survives, site by site, each share with its interval; and what to look out for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from shoushan.lines.greening import norms, sampling
from shoushan.lines.greening.models import Planting, Survey
from shoushan.orgs.models import Person
from shoushan.web import figures

MOST_SITES = 200


@dataclass(frozen=True, slots=True)
class Survival:
    """One site: its last survey in words, what follows from it, and warnings that stop nobody."""

    planting: Planting
    survey: Survey | None
    found: str
    verdict: str
    notes: list[str]


def survival(person: Person) -> list[Survival]:
    """The newest planted sites the person sees, each with its last finished survey."""
    done = Survey.objects.standing().filter(stage=Survey.Stage.DONE).order_by("-pk")
    seen = Planting.objects.visible_to(person).standing().exclude(stage=Planting.Stage.PLANNED)
    sites = seen.select_related("unit").defer("search_words").order_by("-pk")[:MOST_SITES]
    return [_one(site) for site in sites.prefetch_related(Prefetch("surveys", done, to_attr="done"))]


def _one(site: Planting) -> Survival:
    survey: Survey | None = next(iter(site.done), None)  # type: ignore[attr-defined]
    if survey is None or not survey.looked_at or survey.population is None or survey.alive_trees is None:
        return Survival(site, None, _("not surveyed"), "", notes_on(site))
    told = sampling.wilson(survey.alive_trees, survey.looked_at, survey.population)
    found = _("%(share)s of %(count)s looked at; between %(low)s and %(high)s of all") % {
        "share": figures.percent(told.share),
        "count": survey.looked_at,
        "low": figures.percent(told.low),
        "high": figures.percent(told.high),
    }
    least, _source = norms.least_survival(site.kind)
    return Survival(site, survey, found, verdict(told, least), notes_on(site))


def verdict(told: sampling.Interval, least: Decimal) -> str:
    """What an interval says about a norm; where it straddles the norm, nothing yet."""
    params = {"least": figures.percent(least)}
    if told.low >= least:
        return _("reaches %(least)s") % params
    if told.high < least:
        return _("stays below %(least)s: replant") % params
    return _("cannot be told from %(least)s yet: look at more places") % params


def notes_on(site: Planting) -> list[str]:
    """Warnings that do not block."""
    notes = []
    if norms.out_of_season(site.planted_on):
        notes.append(_("planted outside the season"))
    if norms.undersized(site.spec):
        notes.append(_("stock thinner than %(least)s cm") % {"least": norms.norms()["stock"]["least_cm"]})
    if site.replanted_trees:
        notes.append(_("%(count)s dead trees replaced, not counted as new") % {"count": site.replanted_trees})
    return notes

"""Who may verify whom, who does in a month, and since when."""

from __future__ import annotations

from dataclasses import dataclass

from shoushan.orgs.models import Person, Post, Unit
from shoushan.returns.models import Period, Rota
from shoushan.returns.queries.asked import units_asked


@dataclass(frozen=True, slots=True)
class Turn:
    """One unit's verifier in a month."""

    unit: Unit
    verifier: Person | None
    months_running: int
    is_kept_on: bool


def may_verify(period: Period) -> dict[int, list[int]]:
    """Each unit that returns figures, and who may verify them: whoever enters them may not."""
    on = period.calendar_month.last_day
    posts = list(
        Post.objects.held(on=on).filter(role__in=[Post.Role.VERIFIER, Post.Role.REPORTER]).select_related("unit")
    )
    found = {}
    for unit in units_asked(period.year):
        verify = {it.person_id for it in posts if it.role == Post.Role.VERIFIER and unit.path.startswith(it.unit.path)}
        enter = {it.person_id for it in posts if it.role == Post.Role.REPORTER and unit.path.startswith(it.unit.path)}
        found[unit.pk] = sorted(verify - enter)
    return found


def months_before(period: Period) -> list[dict[int, int]]:
    """The turns of the months before, the newest first; a month without a rota ends the row."""
    rotas = {it.period.calendar_month.index: it for it in Rota.objects.select_related("period__year")}
    found, index = [], period.calendar_month.index - 1
    while index in rotas:
        found.append(turns_of(rotas[index]))
        index -= 1
    return found


def turns_of(rota: Rota) -> dict[int, int]:
    """Each unit's verifier, by their numbers."""
    return {int(unit): person for unit, person in rota.turns.items()}


def turns(period: Period, rota: Rota | None) -> list[Turn]:
    """The month's turns in tree order."""
    if rota is None:
        return []
    now, before = turns_of(rota), months_before(period)
    people, units = Person.objects.in_bulk(set(now.values())), Unit.objects.in_bulk(list(now))
    found = []
    for unit in sorted(units.values(), key=lambda it: it.path):
        running = 1
        for month in before:
            if month.get(unit.pk) != now[unit.pk]:
                break
            running += 1
        found.append(Turn(unit, people.get(now[unit.pk]), running, unit.pk in rota.kept_on))
    return found

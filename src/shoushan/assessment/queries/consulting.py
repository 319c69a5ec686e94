"""For 今日: which units are asked about a scheme, and what the office still has to answer before it can publish."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Min, Q
from django.utils.translation import gettext

from shoushan.assessment.models import SchemeDraft
from shoushan.orgs.models import Person
from shoushan.web.today import Task


def waiting_for(person: Person, on: date) -> Iterable[Task]:
    """What a scheme that is put to the units asks of a person."""
    if person.has_perm("assessment.draft"):
        yield from _for_the_office(on)
    units = person.units_as("head", "reporter")
    if units:
        for draft in SchemeDraft.objects.asked().filter(asked_until__gte=on).exclude(comments__unit__in=units):
            title = gettext("Your unit is asked about “%(title)s”: read it and comment") % {"title": draft.title}
            yield Task(title=title, url=draft.get_absolute_url(), due=draft.asked_until, kind=gettext("Schemes"))


def _for_the_office(on: date) -> Iterable[Task]:
    """Each draft with comments to answer, and once its window is over with all answered, to be published."""
    is_open = Q(comments__answer="")
    counted = (
        SchemeDraft.objects.asked()
        .order_by()
        .values("pk")
        .annotate(count=Count("comments", filter=is_open), first=Min("comments", filter=is_open))
    )
    told = {row["pk"]: row for row in counted}
    for draft in SchemeDraft.objects.filter(pk__in=told) if told else ():
        url, last_day, row = draft.get_absolute_url(), date(draft.year - 1, 12, 31), told[draft.pk]
        said = {"title": draft.title, "count": row["count"]}
        if row["count"]:
            title = gettext("Answer comments on “%(title)s”: %(count)s") % said
            yield Task(title=title, url=f"{url}#comment{row['first']}", due=last_day, kind=gettext("Schemes"))
        elif draft.asked_until is not None and draft.asked_until < on:
            title = gettext("Publish “%(title)s” before its year begins") % said
            yield Task(title=title, url=url, due=last_day, kind=gettext("Schemes"))

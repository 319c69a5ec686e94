"""What a draw and a month without turns ask of those who verify, for 今日."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext

from shoushan.ledger import moment
from shoushan.orgs.models import Person, Post
from shoushan.returns.models import Draw, Period
from shoushan.returns.queries.draws import listed
from shoushan.web import dates
from shoushan.web.today import Task


def verifying_asks(person: Person, on: date) -> Iterable[Task]:
    """Open draws of a verifier's, and the newest month that nobody has been assigned to."""
    if person.holds("verifier"):
        open_now = Draw.objects.visible_to(person).filter(state=Draw.State.OPEN).select_related("year", "unit")
        for each in listed(open_now):
            if not person.reaches(each.draw.unit, "verifier"):
                continue
            month = dates.month(each.draw.last)
            title = (
                gettext("Check %(count)s figures drawn of %(month)s") % {"count": each.waiting, "month": month}
                if each.waiting
                else gettext("Conclude the draw of %(month)s") % {"month": month}
            )
            yield Task(title=title, url=each.draw.get_absolute_url())
    if person.holds("supervisor"):
        yield from _unassigned(on)


def _unassigned(on: date) -> Iterable[Task]:
    """Where two or more verify, a month is divided between them; one alone needs no turns."""
    verifiers = Post.objects.held(on=on).filter(role=Post.Role.VERIFIER).values("person").distinct().count()
    newest = Period.objects.filter(opens_at__lte=moment.current().at).select_related("year", "rota")
    period = newest.order_by("-year__number", "-month").first() if verifiers > 1 else None
    if period is not None and not hasattr(period, "rota") and period.locks_at > moment.current().at:
        title = gettext("Assign the verifiers of %(month)s") % {"month": dates.month(period.calendar_month)}
        yield Task(title=title, url="/verify/turns/")

"""The outbox as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from shoushan.notices.channels import configured
from shoushan.notices.models import Notice
from shoushan.orgs.models import Person


@dataclass(frozen=True, slots=True)
class Outbox:
    """How the outbox stands: which channels there are, how many wait, and how many need a look."""

    channels: list[str]
    waiting: int
    troubled: int


def outbox(person: Person) -> Outbox:
    """The state of what this person may see, in one question."""
    seen = Notice.objects.visible_to(person).order_by().values("state")
    counted = {row["state"]: row["n"] for row in seen.annotate(n=Count("pk"))}
    there = configured()
    return Outbox(
        channels=[str(channel.label) for channel in Notice.Channel if channel in there],
        waiting=counted.get(Notice.State.QUEUED, 0) + counted.get(Notice.State.SENDING, 0),
        troubled=counted.get(Notice.State.FAILED, 0) + counted.get(Notice.State.UNSURE, 0),
    )


def notices(person: Person, state: str = "") -> QuerySet[Notice]:
    """The notices a person may see, the newest first; of one state where it is named."""
    found = Notice.objects.visible_to(person).select_related("unit", "person")
    return found.filter(state=state) if state in Notice.State.values else found

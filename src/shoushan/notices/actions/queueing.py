"""Putting a notice into the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.notices.channels import configured
from shoushan.notices.models import Notice
from shoushan.orgs.models import Person, Post, Unit
from shoushan.web import refusals

Channel = Notice.Channel
# a group or a program gets what is for a unit; what is for one person never goes to a group
TO_ALL = (Channel.WEBHOOK, Channel.WECOM, Channel.DINGTALK)


@transaction.atomic
def queue(
    *,
    key: str,
    to: Unit | Person,
    subject: str,
    body: str = "",
    params: Mapping[str, Any] | None = None,
    url: str = "",
    at: datetime | None = None,
) -> list[Notice]:
    """Tell a unit or a person something, once. Any app above calls this; nothing is sent before the commit.

        notices.queue(
            key=f"dispatch.follow_up:{follow_up.pk}:due",
            to=follow_up.unit,
            subject=mark("“%(what)s” is due on %(day)s"),
            body=mark("Report it done on its page."),
            params={"what": follow_up.title, "day": follow_up.due_on},
            url=follow_up.get_absolute_url(),
        )

    ``key`` says what the notice is about, ``app.thing:id:occasion``: the same key is queued once however often this is
    called, so a timer may call it every minute. ``to`` a unit reaches its reporters by e-mail, and the configured
    group and program; ``to`` a person reaches that person alone. ``subject`` and ``body`` are English sentences marked
    for translation, filled from ``params`` as a refusal is (days, months and figures in the reader's language).
    ``url`` is the page's path. Where no channel is configured, or nobody has an address, it is on the page only.

    Called inside the caller's transaction: where that is undone, nothing was said. Returns the notices that are new.
    """
    at = at or moment.current().at
    made = []
    for part, channel, person in _ways(to):
        whole = f"{key}|{part}"
        if len(whole) > 200:
            raise ValueError(f"a notice's key is at most 200 characters: {whole}")
        said = _said(subject, body, params or {}, person)
        notice, is_new = Notice.objects.get_or_create(
            key=whole,
            defaults={
                "channel": channel,
                "unit": to if isinstance(to, Unit) else None,
                "person": person,
                "subject": said[0][:300],
                "body": said[1],
                "url": url,
                "queued_at": at,
                "state": Notice.State.SENT if channel == Channel.PAGE else Notice.State.QUEUED,
                "sent_at": at if channel == Channel.PAGE else None,
                "next_try_at": None if channel == Channel.PAGE else at,
            },
        )
        if is_new:
            ledger.record("queued", notice, by=None)
            made.append(notice)
    return made


@transaction.atomic
def send_again(notice: Notice, *, at: datetime, by: Person) -> Notice:
    """A person decides that a notice which failed, or perhaps arrived, is sent once more."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.state not in (Notice.State.FAILED, Notice.State.UNSURE):
        raise Refusal(
            "notice.not_stuck",
            mark("This notice is on its way or has arrived, so it is not sent again."),
            hint=mark("Reload the page to see how far it is."),
        )
    notice.state, notice.tries, notice.next_try_at, notice.lease = Notice.State.QUEUED, 0, at, ""
    notice.save(update_fields=["state", "tries", "next_try_at", "lease"])
    ledger.record("queued", notice, by=by, before={})
    return notice


def _ways(to: Unit | Person) -> Iterator[tuple[str, str, Person | None]]:
    """Each way a notice goes: the part of its key, the channel, and the person where it is one's own."""
    channels = configured()
    people = [to] if isinstance(to, Person) else list(_reporters(to))
    ways: list[tuple[str, str, Person | None]] = []
    if Channel.MAIL in channels:
        ways += [(f"mail|{person.pk}", Channel.MAIL, person) for person in people if person.email]
    if isinstance(to, Unit):
        ways += [(channel, channel, None) for channel in TO_ALL if channel in channels]
    if not ways:
        ways = [("page", Channel.PAGE, to if isinstance(to, Person) else None)]
    yield from ways


def _reporters(unit: Unit) -> Iterable[Person]:
    on = timezone.localdate(moment.current().at)
    held = Post.objects.held(on=on).filter(unit=unit, role=Post.Role.REPORTER).values("person_id")
    return Person.objects.filter(pk__in=held, is_active=True)


def _said(subject: str, body: str, params: Mapping[str, Any], person: Person | None) -> tuple[str, str]:
    with translation.override(person.language if person else settings.LANGUAGE_CODE):
        said = refusals.say(Refusal("notice", subject, hint=body, params=params))
    return said.message, said.hint

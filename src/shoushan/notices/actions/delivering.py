"""Delivery: each notice is claimed, sent once, and its outcome written; two deliverers never send the same one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from shoushan.notices import channels
from shoushan.notices.models import Notice

# longer than any sending may take, so that a lease that ended means a deliverer that died
LEASE = timedelta(minutes=2)
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240)]
# a mail server that is down over a long weekend is still outlived
MOST_TRIES = 24
LONGEST_WAIT = timedelta(hours=6)
# a robot of either group takes 20 messages a minute
A_MINUTE: dict[str, int] = {Notice.Channel.WECOM: 20, Notice.Channel.DINGTALK: 20}
State = Notice.State


@dataclass(slots=True)
class Delivered:
    """What one run did."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0


def deliver(*, at: datetime, stamp: datetime | None = None, most: int = 500) -> Delivered:
    """Send what is due, one after the other; safe to run twice at once, and to be killed.

    A notice whose deliverer died is not sent again by itself, since nobody knows whether it left: it is “perhaps
    sent”, stands on the page, and a person sends it again or lets it be. ``stamp`` is the real time for signatures.
    """
    release_abandoned(at=at)
    done = Delivered()
    for _ in range(most):
        notice = claim(at=at)
        if notice is None:
            break
        _send(notice, at, stamp or at, done)
    return done


@transaction.atomic
def release_abandoned(*, at: datetime) -> int:
    """Whose lease has ended without an outcome: nobody knows whether it left."""
    left = Notice.objects.filter(state=State.SENDING, leased_until__lte=at)
    return left.update(state=State.UNSURE, lease="", last_error="interrupted while being sent")


@transaction.atomic
def claim(*, at: datetime) -> Notice | None:
    """Take the next notice that is due, so that no other deliverer takes it."""
    due = Notice.objects.filter(state=State.QUEUED, next_try_at__lte=at).exclude(channel__in=_resting(at))
    notice = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "pk").first()
    if notice is None:
        return None
    notice.lease, notice.leased_until, notice.state = secrets.token_hex(16), at + LEASE, State.SENDING
    notice.tries += 1
    notice.save(update_fields=["lease", "leased_until", "state", "tries"])
    return notice


def _resting(at: datetime) -> list[str]:
    """Channels that have taken all they take in a minute."""
    lately = Q(sent_at__gt=at - timedelta(minutes=1), sent_at__lte=at)
    counted = Notice.objects.filter(lately, channel__in=A_MINUTE).order_by().values("channel").annotate(n=Count("pk"))
    return [row["channel"] for row in counted if row["n"] >= A_MINUTE[row["channel"]]]


def _send(notice: Notice, at: datetime, stamp: datetime, done: Delivered) -> None:
    try:
        channels.send(notice, stamp=stamp)
    except channels.NotSentError as error:
        if notice.tries >= MOST_TRIES:
            _ended(notice, State.FAILED, error=str(error))
            done.failed += 1
        else:
            wait = BACKOFF[notice.tries - 1] if notice.tries <= len(BACKOFF) else LONGEST_WAIT
            _ended(notice, State.QUEUED, error=str(error), next_try_at=at + wait)
            done.waiting += 1
    except channels.PerhapsSentError as error:
        _ended(notice, State.UNSURE, error=str(error))
        done.failed += 1
    else:
        _ended(notice, State.SENT, sent_at=at)
        done.sent += 1


@transaction.atomic
def _ended(
    notice: Notice,
    state: str,
    *,
    error: str = "",
    next_try_at: datetime | None = None,
    sent_at: datetime | None = None,
) -> None:
    """Write the outcome. What actually was sent is written even where somebody gave the notice up meanwhile."""
    mine = Q(lease=notice.lease) if state != State.SENT else Q(state__in=[State.SENDING, State.UNSURE])
    Notice.objects.filter(mine, pk=notice.pk).update(
        state=state, last_error=error[:300], next_try_at=next_try_at, sent_at=sent_at, lease="", leased_until=None
    )

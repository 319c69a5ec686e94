"""Follow-ups (督办事项): who does what by when, how it will be known, and who closed it on which evidence."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.dispatch.models.meetings import AgendaItem
from shoushan.dispatch.models.warnings import Alarm
from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Post, Unit
from shoushan.plans.models import Goal


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.sees_everything() else self.filter(person.scope("unit__path"))

    def overdue(self, *, on: date) -> Self:
        return self.filter(state=FollowUp.State.OPEN, due_on__lt=on)

    def from_origin(self, origin: str) -> Self:
        """Those that came from a meeting, a warning, a goal, or by hand."""
        given = {"meeting": "item", "warning": "alarm", "goal": "goal"}
        found = self
        for name, field in given.items():
            found = found.filter(**{f"{field}__isnull": name != origin})
            if name == origin:
                return found
        return found

    def standing(self) -> Self:
        return self.exclude(state=FollowUp.State.CLOSED)


class FollowUp(Ledgered):
    """One thing a unit owes the district (督办事项); reported by who does it, closed by the supervision office."""

    class State(models.TextChoices):
        OPEN = "open", _("Under way")
        REPORTED = "reported", _("Reported done")
        CLOSED = "closed", _("Done and closed")

    what = models.CharField(_("what is to be done"), max_length=300)
    how_known = models.CharField(_("how it will be known"), max_length=300)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("unit"))
    # a post and not a person: whoever holds it when it is due owes it
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("owner"))
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, related_name="follow_ups", null=True, verbose_name=_("goal")
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="follow_ups", null=True, verbose_name=_("agenda item")
    )
    alarm = models.ForeignKey(
        Alarm, on_delete=models.PROTECT, related_name="follow_ups", null=True, verbose_name=_("warning")
    )
    due_on = models.DateField(_("due on"))
    first_due_on = models.DateField(_("first due on"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened at"))
    report = models.CharField(_("what has been done"), max_length=1000, blank=True)
    reported_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported at"), null=True)
    closed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    reason = models.CharField(_("reason for sending back"), max_length=500, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "unit__path", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(how_known=""), name="dispatch_follow_up_can_be_known"),
            models.CheckConstraint(condition=Q(due_on__gte=F("first_due_on")), name="dispatch_follow_up_never_sooner"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_by__isnull=False) & ~Q(closed_by=F("reported_by")),
                name="dispatch_the_doer_does_not_close",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return f"/follow-ups/{self.pk}/"

    @property
    def origin(self) -> str:
        """Where it comes from: a meeting's decision, a warning, a goal, or by hand."""
        known = {"meeting": self.item_id, "warning": self.alarm_id, "goal": self.goal_id}
        return next((origin for origin, pk in known.items() if pk), "hand")

    def is_overdue(self, *, on: date) -> bool:
        """Past its day and not reported: what waits for the supervision office is not the unit's delay."""
        return self.state == self.State.OPEN and self.due_on < on


class Extension(Ledgered):
    """More time for a follow-up: asked before its day with a reason, granted or declined by the supervision office."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        GRANTED = "granted", _("Granted")
        DECLINED = "declined", _("Declined")

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=500)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up"], condition=Q(state="asked"), name="dispatch_one_extension_asked_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="dispatch_extension_says_why"),
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="dispatch_extension_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.follow_up} {self.until}"

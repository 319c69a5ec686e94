"""Alarms (预警): what lit, by which rule, since when, and how it ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Goal, Year

NEW_FOR = timedelta(days=7)


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def visible_to(self, person: Person) -> Self:
        """A unit sees its own; the district's offices see all."""
        return self if person.sees_everything() else self.filter(person.scope("unit__path"))

    def standing(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def ended(self) -> Self:
        return self.filter(ended_on__isnull=False)

    def snoozed(self, *, on: date) -> Self:
        """Put off until a day that has not passed; the colour stays."""
        return self.standing().filter(snoozed_until__gte=on)

    def awake(self, *, on: date) -> Self:
        return self.standing().exclude(snoozed_until__gte=on)


class Alarm(Ledgered):
    """One cause that lit a warning (预警), however many rules and figures show it.

    Facts light it and facts end it; nobody switches it off. ``months`` keeps the colour of each month as it was
    judged then: a month that was red stays red, and what was caught up later is told beside it.
    """

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="alarms", verbose_name=_("year"))
    cause = models.CharField(_("cause"), max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="alarms", verbose_name=_("unit"))
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="alarms", verbose_name=_("goal")
    )
    rule = models.CharField(_("rule"), max_length=40)
    rule_since = models.DateField(_("the rule's version, by its first day"))
    light = models.CharField(_("light"), max_length=8)
    month = models.PositiveSmallIntegerField(_("month judged last"))
    months = models.JSONField(_("the colour of each month"), default=dict)
    said = models.JSONField(_("what the rules say"), default=list)
    lit_on = models.DateField(_("lit on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_month = models.PositiveSmallIntegerField(_("caught up in"), null=True, blank=True)
    snoozed_until = models.DateField(_("put off until"), null=True, blank=True)
    snoozed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("put off by")
    )
    snooze_reason = models.CharField(_("why it is put off"), max_length=500, blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = _("warning")
        verbose_name_plural = _("warnings")
        ordering = ["unit__path", "-lit_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "cause"], condition=Q(ended_on__isnull=True), name="dispatch_one_alarm_for_a_cause"
            ),
            models.CheckConstraint(condition=~Q(light="green"), name="dispatch_alarm_is_never_green"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_month__isnull=True)
                | Q(ended_on__gte=F("lit_on"), ended_month__isnull=False),
                name="dispatch_alarm_ends_after_it_lit",
            ),
            models.CheckConstraint(
                condition=Q(snoozed_until__isnull=True) | Q(snoozed_by__isnull=False) & ~Q(snooze_reason=""),
                name="dispatch_put_off_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.title}".strip()

    @property
    def title(self) -> str:
        """What it is about: what the worst rule looks at."""
        return str(self.said[0]["title"]) if self.said else ""

    def is_snoozed(self, on: date) -> bool:
        return self.ended_on is None and self.snoozed_until is not None and self.snoozed_until >= on

    def is_new(self, on: date) -> bool:
        return self.ended_on is None and on - self.lit_on < NEW_FOR

    def by_month(self) -> list[tuple[int, str]]:
        """Each month judged and the colour it got then."""
        return sorted((int(month), str(light)) for month, light in self.months.items())

    def judged(self, light: str, month: int) -> dict[str, Any]:
        """The colours of the months with one more; a month before the last one is never judged again."""
        return {**self.months, str(month): light}

    def get_absolute_url(self) -> str:
        return f"/warnings/{self.pk}/"

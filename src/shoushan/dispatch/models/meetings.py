"""The monthly dispatch meeting (调度会), its agenda (议题), and what units say beforehand (书面说明)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.core.months import Month
from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Goal, Year


class Meeting(Ledgered):
    """One month's dispatch meeting: prepared, its agenda fixed, held, and its minutes confirmed by who chaired it."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Being prepared")
        FIXED = "fixed", _("Agenda fixed")
        HELD = "held", _("Held, minutes confirmed")

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("year"))
    month = models.PositiveSmallIntegerField(_("month"))
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PREPARED)
    prepared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("prepared by"))
    chaired_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("chaired by")
    )
    confirmed_at = models.DateTimeField(_("minutes confirmed at"), null=True)

    class Meta:
        verbose_name = _("dispatch meeting")
        verbose_name_plural = _("dispatch meetings")
        ordering = ["-year__number", "-month"]
        constraints = [
            models.UniqueConstraint(fields=["year", "month"], name="dispatch_one_meeting_a_month"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="dispatch_meeting_of_a_month"),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(chaired_by__isnull=False, confirmed_at__isnull=False),
                name="dispatch_minutes_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.calendar_month)

    @property
    def calendar_month(self) -> Month:
        return Month(self.year.number, self.month)

    def get_absolute_url(self) -> str:
        return f"/meetings/{self.calendar_month}/"


class AgendaItem(Ledgered):
    """One thing the meeting discusses (议题), and the rule that put it there; a dropped one keeps its reason."""

    class Rule(models.TextChoices):
        RED = "red", _("Behind schedule")
        YELLOW_AGAIN = "yellow_again", _("Slow for two months running")
        FALLS_DUE = "falls_due", _("Falls due before the next meeting")
        MOVED = "moved", _("Its schedule was changed since the last meeting")
        LATE = "late", _("Past a limit in several units")
        OVERDUE = "overdue", _("A follow-up past its day")
        OWED = "owed", _("A follow-up due by the meeting")
        BY_HAND = "by_hand", _("Added by the supervision office")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField(_("place on the agenda"))
    title = models.CharField(_("what it is about"), max_length=200)
    rule = models.CharField(_("why it is here"), max_length=12, choices=Rule)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("goal"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("who speaks to it")
    )
    discussion = models.TextField(_("what was said"), blank=True)
    dropped = models.CharField(_("dropped, because"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.title


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.sees_everything() else self.filter(person.scope("unit__path"))


class Statement(Ledgered):
    """What one unit says to an item before the meeting (书面说明)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="statements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    text = models.TextField(_("statement"), max_length=1000)
    stated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("stated by"))
    stated_at = models.DateTimeField(_("stated at"))
    version = models.PositiveIntegerField(default=1)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["item", "unit"], name="dispatch_one_statement_of_a_unit"),
            models.CheckConstraint(condition=~Q(text=""), name="dispatch_statement_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.item}"


class MinutesCorrection(Ledgered):
    """A later version of what the minutes say to an item: the first text stays, and the chair confirms the new one."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField(_("what it should say"), max_length=2000)
    reason = models.CharField(_("reason"), max_length=300)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by"))
    written_at = models.DateTimeField(_("written at"))
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    class Meta:
        verbose_name = _("correction of the minutes")
        verbose_name_plural = _("corrections of the minutes")
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(confirmed_at__isnull=True), name="dispatch_one_correction_waits"
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(reason=""), name="dispatch_correction_says_why"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("written_by")),
                name="dispatch_correction_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.written_at:%Y-%m-%d}"

"""Records (台账记录) and the stages they went through."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Unit


class RecordQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Person) -> Self:
        """District offices and the line's own officers see every record; units their own and those below."""
        if person.sees_everything() or self.model.line_key in person.lines_as("officer", "verifier"):
            return self
        return self.filter(person.scope("unit__path"))


class Record(Ledgered):
    """One thing a work line looks after (台账记录): a deal, a project, a road."""

    line_key: ClassVar[str] = ""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=120)
    stage = models.CharField(_("stage"), max_length=20)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"))
    # counts changes, so that two people who edit at once are told of each other
    version = models.PositiveIntegerField(_("version"), default=1)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["-entered_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/{self.line_key}/{self.pk}/"


class StepQuerySet(models.QuerySet["Step"]):
    def of(self, record: Record) -> Self:
        return self.filter(line=record.line_key, record_id=record.pk)

    def standing(self) -> Self:
        return self.filter(state__in=[Step.State.CLAIMED, Step.State.CONFIRMED])


class Step(Ledgered):
    """A record's arrival at a stage: when it happened, who says so, and who confirmed that very stage."""

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Waiting for confirmation")
        CONFIRMED = "confirmed", _("Confirmed")
        RETURNED = "returned", _("Returned")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    line = models.CharField(_("work line"), max_length=30)
    record_id = models.BigIntegerField()
    stage = models.CharField(_("stage"), max_length=20)
    happened_on = models.DateField(_("happened on"))
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CLAIMED)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("confirmed by")
    )
    decided_at = models.DateTimeField(_("confirmed at"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage reached")
        verbose_name_plural = _("stages reached")
        ordering = ["entered_at", "pk"]
        indexes = [models.Index(fields=["line", "record_id"], name="registers_step_by_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "record_id", "stage"],
                condition=Q(state__in=["claimed", "confirmed"]),
                name="registers_stage_reached_once",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn") | ~Q(decided_by=F("entered_by")),
                name="registers_a_second_person_confirms",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(decided_by__isnull=False), name="registers_confirmed_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["claimed", "confirmed"]) | ~Q(reason=""),
                name="registers_going_back_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.record_id} {self.stage}"

    @property
    def days_late(self) -> int:
        """Days between the fact and its entry."""
        return (self.entered_at.date() - self.happened_on).days

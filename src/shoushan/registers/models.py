"""Records (台账记录) and the stages they went through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Unit

STANDING = Q(merged_into__isnull=True)


def known_stage(prefix: str, stages: Sequence[str]) -> models.CheckConstraint:
    """A record stands at a stage of its line, also for whoever writes past the product."""
    return models.CheckConstraint(condition=Q(stage__in=list(stages)), name=f"{prefix}_stage_is_known")


class RecordQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Person) -> Self:
        """District offices and the line's own people see every record; units their own and those below."""
        if person.sees_everything():
            return self
        reach = person.line_reach(self.model.work_line(), "officer", "verifier")
        return self if reach is None else self.filter(person.scope("unit__path") | reach)

    def standing(self) -> Self:
        """Without the records that turned out to be another one."""
        return self.filter(STANDING)


class Record(Ledgered):
    """One thing a work line looks after (台账记录): a deal, a project, a road."""

    line_key: ClassVar[str] = ""
    # the work line whose officers keep this register, where it is not the line's own first one
    part_of: ClassVar[str] = ""
    # whoever sees a whole line sees the same; a line that hides single records from single people says False
    seen_alike: ClassVar[bool] = True
    # derived: what is searched for, and the next day a clock ends
    unledgered = frozenset({"search_words", "next_due_on"})

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=120)
    stage = models.CharField(_("stage"), max_length=20)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"))
    # counts changes, so that two people who edit at once are told of each other
    version = models.PositiveIntegerField(_("version"), default=1)
    # the district's own columns: shown and exported, never counted
    local = models.JSONField(_("the district's own columns"), default=dict, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("same as")
    )
    search_words = models.TextField(blank=True, default="", editable=False)
    next_due_on = models.DateField(_("next due on"), null=True, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["-entered_at", "-pk"]
        # only what stands is listed, and the page of a list is found in these alone, however long it is
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-id"], condition=STANDING, name="%(app_label)s_%(class)s_new"),
            models.Index(fields=["stage", "-id"], condition=STANDING, name="%(app_label)s_%(class)s_at"),
            models.Index(fields=["name", "-id"], condition=STANDING, name="%(app_label)s_%(class)s_abc"),
            models.Index(fields=["unit", "stage", "-id"], condition=STANDING, name="%(app_label)s_%(class)s_of"),
            models.Index(
                fields=["next_due_on"], condition=Q(next_due_on__isnull=False), name="%(app_label)s_%(class)s_due"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/{self.line_key}/{self.pk}/"

    def settled(self, limits: Iterable[Any]) -> dict[str, Any]:
        """What else follows from how a record's limits stand and is kept beside it: that one was kept, for a figure."""
        return {}

    @classmethod
    def work_line(cls) -> str:
        """The work line this register belongs to."""
        return cls.part_of or cls.line_key


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


class AboutRecord(Ledgered):
    """What concerns one record of whatever line."""

    line = models.CharField(_("work line"), max_length=30)
    record_id = models.BigIntegerField()

    class Meta:
        abstract = True


class AboutRecordQuerySet(models.QuerySet[Any]):
    def of(self, record: Record) -> Self:
        return self.filter(line=record.line_key, record_id=record.pk)


class Pause(AboutRecord):
    """Days that a limit does not count (中止): a hearing, an expert's opinion; a dated fact with its reason."""

    clock = models.CharField(_("limit"), max_length=30)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"))

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["from_on", "pk"]
        indexes = [models.Index(fields=["line", "record_id"], name="registers_pause_by_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="registers_pause_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.from_on}"


class Extension(AboutRecord):
    """A longer limit (延长), asked for before it ended, with its reason, and approved by another person."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    clock = models.CharField(_("limit"), max_length=30)
    days = models.PositiveSmallIntegerField(_("days more"))
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["line", "record_id"], name="registers_longer_by_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "record_id", "clock"],
                condition=Q(state__in=["asked", "approved"]),
                name="registers_extended_once",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")), name="registers_a_second_person_approves_an_extension"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} +{self.days}"


class Comment(AboutRecord):
    """A remark of one person to the others who work on a record."""

    text = models.CharField(_("comment"), max_length=1000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["line", "record_id"], name="registers_comment_by_record")]

    def __str__(self) -> str:
        return self.text[:40]


class Mention(Ledgered):
    """Somebody a comment asks for, until they have looked."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    seen_at = models.DateTimeField(_("seen at"), null=True)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="registers_mentioned_once")]

    def __str__(self) -> str:
        return str(self.person)


class SavedView(Ledgered):
    """A register as one person likes to see it: the words of its address under a name."""

    line = models.CharField(_("work line"), max_length=30)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filter"), max_length=500, blank=True)
    is_dropped = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "person", "name"], condition=Q(is_dropped=False), name="registers_one_view_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class LocalField(Ledgered):
    """A column of the district's own on one register: shown and exported, never counted."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")

    line = models.CharField(_("work line"), max_length=30)
    key = models.SlugField(_("key"), max_length=30)
    label = models.CharField(_("name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.TEXT)
    is_dropped = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        verbose_name = _("column of the district's own")
        verbose_name_plural = _("columns of the district's own")
        ordering = ["line", "pk"]
        constraints = [models.UniqueConstraint(fields=["line", "key"], name="registers_one_local_field_of_a_key")]

    def __str__(self) -> str:
        return self.label


class Layout(Ledgered):
    """How an office's own workbook is understood: made once on the page, found again by its headers."""

    line = models.CharField(_("work line"), max_length=30)
    fingerprint = models.CharField(_("headers"), max_length=64)
    body = models.JSONField(_("which column is which field"))
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by"))

    class Meta:
        verbose_name = _("workbook layout")
        verbose_name_plural = _("workbook layouts")
        constraints = [
            models.UniqueConstraint(fields=["line", "fingerprint"], name="registers_one_layout_for_the_same_headers")
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.fingerprint[:8]}"

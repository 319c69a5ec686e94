"""The year (年度), its documents (文件), and the passages (原句) that bind somebody."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person


class Year(Ledgered):
    """The plan year (年度): it runs, is frozen for assessment, and is closed."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        FROZEN = "frozen", _("Frozen")
        CLOSED = "closed", _("Closed")

    number = models.PositiveSmallIntegerField(_("year"), unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RUNNING)

    class Meta:
        verbose_name = _("year")
        verbose_name_plural = _("years")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)

    def months_over(self, on: date) -> int:
        """How many months of the year are over on a day: 11 on 3 December, 0 before the year and 12 after it."""
        return min(max((on.year - self.number) * 12 + on.month - 1, 0), 12)


class Document(Ledgered):
    """A speech, report or notice as received (文件); its text is never altered."""

    class Kind(models.TextChoices):
        SPEECH = "speech", _("Speech")
        REPORT = "report", _("Work report")
        NOTICE = "notice", _("Notice")

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="documents", verbose_name=_("year"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.SPEECH)
    title = models.CharField(_("title"), max_length=200)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    text = models.TextField(_("text"))
    sha256 = models.CharField(_("hash"), max_length=64)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-delivered_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["year", "sha256"], name="plans_document_once_a_year")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/documents/{self.pk}/"


class PassageQuerySet(models.QuerySet["Passage"]):
    def committing(self) -> Self:
        """What may become a goal; past facts and other numbers are kept out."""
        return self.filter(kind__in=Passage.COMMITTING)

    def undecided(self) -> Self:
        return self.committing().filter(decision=Passage.Decision.OPEN)


class Passage(Ledgered):
    """A span of a document (原句), what the reader takes it for and why, and what a person decided.

    ``start`` and ``end`` are code points of the whole sentence, ``words_start`` and ``words_end`` those of
    the number or name itself. Only a confirmed passage has a goal.
    """

    class Kind(models.TextChoices):
        TARGET = "target", _("Target")
        TASK = "task", _("Dated task")
        INSTITUTION = "institution", _("Institution")
        CAMPAIGN = "campaign", _("Campaign")
        PAST = "past", _("Past achievement")
        OTHER = "other", _("Other number")

    class Decision(models.TextChoices):
        OPEN = "open", _("Undecided")
        CONFIRMED = "confirmed", _("Confirmed")
        DROPPED = "dropped", _("Dropped")

    COMMITTING = (Kind.TARGET, Kind.TASK, Kind.INSTITUTION, Kind.CAMPAIGN)

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words_start = models.PositiveIntegerField()
    words_end = models.PositiveIntegerField()
    section = models.CharField(_("section"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    proposal = models.JSONField(_("what the reader found"), default=dict)
    why = models.CharField(_("why"), max_length=80, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["words_start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__lte=F("words_start"), words_start__lt=F("words_end"), words_end__lte=F("end")),
                name="plans_passage_holds_its_words",
            ),
            models.CheckConstraint(
                condition=Q(decision="open") | Q(decided_by__isnull=False), name="plans_passage_decided_by_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def sentence(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def words(self) -> str:
        return self.document.text[self.words_start : self.words_end]

    def get_absolute_url(self) -> str:
        return f"/documents/{self.document_id}/#p{self.pk}"

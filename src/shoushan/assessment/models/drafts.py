"""A scheme while it is written (考核办法草案), what units say about it while they are asked, and its publication."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.assessment.models.runs import SEES_RANKS
from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Unit


class SchemeDraftQuerySet(models.QuerySet["SchemeDraft"]):
    def published(self) -> Self:
        return self.filter(state=SchemeDraft.State.PUBLISHED)

    def asked(self) -> Self:
        """Those that units are asked about."""
        return self.filter(state=SchemeDraft.State.CONSULTING)

    def visible_to(self, person: Person) -> Self:
        """The offices that assess see every draft; units see it once they are asked about it."""
        if person.holds(*SEES_RANKS):
            return self
        return self.filter(state__in=SchemeDraft.OPEN_TO_UNITS)


class SchemeDraft(Ledgered):
    """One scheme from its first rule to its publication.

    ``text`` and ``cases`` are the two files the engine reads, from the first day on; the pages only edit them.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        CONSULTING = "consulting", _("units are asked")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    untold = frozenset({"text", "cases", "changed_at"})
    BEING_WRITTEN = (State.DRAFT, State.CONSULTING)
    OPEN_TO_UNITS = (State.CONSULTING, State.PUBLISHED)

    # the year it scores: perhaps one that nobody has opened yet
    year = models.PositiveSmallIntegerField(_("year"))
    key = models.CharField(_("number of the scheme"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    source = models.CharField(_("document number"), max_length=120, blank=True)
    text = models.TextField(_("text of the scheme"))
    cases = models.TextField(_("worked cases"), blank=True)
    # which draft or published scheme it began as a copy of
    copied_from = models.CharField(_("copied from"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("changed by"))
    changed_at = models.DateTimeField(_("changed at"))
    asked_from = models.DateField(_("units are asked from"), null=True)
    asked_until = models.DateField(_("units are asked until"), null=True)
    published_at = models.DateTimeField(_("published at"), null=True)
    sha256 = models.CharField(_("hash of the scheme"), max_length=64, blank=True)
    # how far the ledger went before the publication, so that paper can be held against it
    ledger_size = models.PositiveBigIntegerField(_("events in the ledger"), null=True)
    ledger_head = models.CharField(_("head of the ledger"), max_length=64, blank=True)

    objects = SchemeDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a scheme")
        verbose_name_plural = _("drafts of schemes")
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | (Q(published_at__isnull=False) & ~Q(sha256="") & ~Q(ledger_head="")),
                name="assessment_a_published_scheme_has_its_hash_and_the_ledgers_head",
            ),
            models.CheckConstraint(
                condition=~Q(state="consulting") | Q(asked_until__isnull=False),
                name="assessment_units_are_asked_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/schemes/drafts/{self.pk}/"

    @property
    def is_being_written(self) -> bool:
        return self.state in self.BEING_WRITTEN


class SchemeComment(Ledgered):
    """What a unit says about a rule of a draft, or about the whole of it, and what it was answered."""

    draft = models.ForeignKey(SchemeDraft, on_delete=models.PROTECT, related_name="comments")
    # the rule it is about, and its name as it stood; without one, the whole scheme
    rule = models.CharField(_("rule"), max_length=80, blank=True)
    label = models.CharField(_("name of the rule"), max_length=120, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    words = models.TextField(_("comment"))
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("said by"))
    said_at = models.DateTimeField(_("said at"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("comment on a scheme")
        verbose_name_plural = _("comments on a scheme")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="assessment_comment_says_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="assessment_a_comment_is_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.label}"

    def get_absolute_url(self) -> str:
        return f"{self.draft.get_absolute_url()}#comment{self.pk}"

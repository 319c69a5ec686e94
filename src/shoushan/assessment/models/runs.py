"""One run of one scheme on one frozen snapshot (考核), never recomputed in place; and how it is made public."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Post, Unit
from shoushan.plans.models import Year

# Who sees all scores and ranks before they are published.
SEES_RANKS = (Post.Role.LEADER, Post.Role.SUPERVISOR, Post.Role.ASSESSOR, Post.Role.AUDITOR)


class Snapshot(Ledgered):
    """The facts of a year as frozen (封存数据): a Parquet file, known by its hash.

    The first is the frozen year; each later one is the one before with facts corrected, and says why.
    """

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="snapshots", verbose_name=_("year"))
    number = models.PositiveSmallIntegerField(_("snapshot"), default=1)
    sha256 = models.CharField(_("hash"), max_length=64)
    rows = models.PositiveIntegerField(_("figures"))
    frozen_at = models.DateTimeField(_("frozen at"))
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("frozen by"))
    # why it differs from the one before, and in which facts: unit, fact, before, after
    cause = models.CharField(_("why it was corrected"), max_length=500, blank=True)
    corrected = models.JSONField(_("corrected facts"), default=list)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="assessment_snapshot_numbered_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.sha256[:12]}"


class Assessment(Ledgered):
    """One run (考核): it pins the scheme's version and hash, the snapshot, and the engine."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveSmallIntegerField(_("run"))
    scheme = models.CharField(_("scheme"), max_length=60)
    scheme_version = models.CharField(_("version of the scheme"), max_length=40)
    scheme_sha256 = models.CharField(_("hash of the scheme"), max_length=64)
    engine = models.CharField(_("engine"), max_length=20)
    run_at = models.DateTimeField(_("run at"))
    run_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("run by"))
    # the run this one corrects, once it was announced; the reason stands with its snapshot
    follows = models.ForeignKey("self", on_delete=models.PROTECT, related_name="followed_by", null=True)
    announced_at = models.DateTimeField(_("announced at"), null=True)
    objections_until = models.DateField(_("objections until"), null=True)
    published_at = models.DateTimeField(_("published at"), null=True)
    # how far the ledger went before the publication, so that paper can be held against it
    ledger_size = models.PositiveBigIntegerField(_("events in the ledger"), null=True)
    ledger_head = models.CharField(_("head of the ledger"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "number"], name="assessment_run_numbered_once")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"

    def get_absolute_url(self) -> str:
        return f"/assessment/{self.snapshot.year}/?run={self.number}"

    def shows_ranks_to(self, person: Person) -> bool:
        """Ranks, grades and what follows are seen by the offices that compute them, and once published by all."""
        return self.published_at is not None or person.holds(*SEES_RANKS)

    def lists_totals_to(self, person: Person) -> bool:
        """Once it is announced (公示), everybody sees the list of totals, still without ranks."""
        return self.announced_at is not None or self.shows_ranks_to(person)


class ScoreQuerySet(models.QuerySet["Score"]):
    def visible_to(self, person: Person) -> Self:
        """Before publication a unit sees its own score only; afterwards everybody sees all."""
        if person.holds(*SEES_RANKS):
            return self
        if not person.posts_held():
            return self.none()
        return self.filter(models.Q(assessment__published_at__isnull=False) | person.own_scope("unit__path"))

    def listed_to(self, person: Person, run: Assessment) -> Self:
        """Whose totals of a run a person sees: everybody's once it is announced, though not yet their sheets."""
        return self if run.lists_totals_to(person) and person.posts_held() else self.visible_to(person)


class Score(Ledgered):
    """One unit's total, rank and grade in one run, computed from its lines."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    group = models.CharField(_("group"), max_length=40)
    points = models.DecimalField(_("points"), max_digits=12, decimal_places=4, null=True)
    status = models.CharField(_("status"), max_length=20)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)
    grade = models.CharField(_("grade"), max_length=40, blank=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["group", models.F("rank").asc(nulls_last=True), "unit__path"]
        constraints = [models.UniqueConstraint(fields=["assessment", "unit"], name="assessment_one_score_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.points}"

    def get_absolute_url(self) -> str:
        return f"/assessment/{self.assessment.snapshot.year}/{self.unit.code}/"


class ScoreLine(Ledgered):
    """The points of one rule for one unit (得分项), with every number that led to them."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField(_("order"))
    rule = models.CharField(_("rule"), max_length=80)
    section = models.CharField(_("section"), max_length=120, blank=True)
    label = models.CharField(_("name of the rule"), max_length=120)
    clause = models.CharField(_("clause"), max_length=200)
    full = models.DecimalField(_("full points"), max_digits=14, decimal_places=6)
    # six places, as the run shows a line; only the total is rounded
    points = models.DecimalField(_("points"), max_digits=14, decimal_places=6, null=True)
    # what the line adds to the total, once the weights of lines that do not count are shared out
    counted = models.DecimalField(_("counted"), max_digits=14, decimal_places=6, null=True)
    status = models.CharField(_("status"), max_length=20)
    # the sentence that explains the points (a marked msgid), its numbers, and the facts they came from
    why = models.TextField(_("why"))
    params = models.JSONField(_("numbers"), default=dict)
    inputs = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("score line")
        verbose_name_plural = _("score lines")
        ordering = ["score", "order"]
        constraints = [models.UniqueConstraint(fields=["score", "rule"], name="assessment_rule_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.rule} {self.points}"

    def get_absolute_url(self) -> str:
        return f"{self.score.get_absolute_url()}?run={self.score.assessment.number}#{self.rule}"

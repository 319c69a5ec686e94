"""One run of one scheme on one frozen snapshot (考核), never recomputed in place."""

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
    """The facts of a year as frozen (封存数据): a Parquet file, known by its hash."""

    year = models.OneToOneField(Year, on_delete=models.PROTECT, related_name="snapshot", verbose_name=_("year"))
    sha256 = models.CharField(_("hash"), max_length=64)
    rows = models.PositiveIntegerField(_("figures"))
    frozen_at = models.DateTimeField(_("frozen at"))
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("frozen by"))

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")

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
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "number"], name="assessment_run_numbered_once")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"

    def shows_ranks_to(self, person: Person) -> bool:
        """Ranks, grades and what follows are seen by the offices that compute them, and once published by all."""
        return self.published_at is not None or person.holds(*SEES_RANKS)


class ScoreQuerySet(models.QuerySet["Score"]):
    def visible_to(self, person: Person) -> Self:
        """Before publication a unit sees its own score only; afterwards everybody sees all."""
        if person.holds(*SEES_RANKS):
            return self
        posts = person.posts_held()
        seen = models.Q(assessment__published_at__isnull=False)
        for post in posts:
            # a post at the district itself is no unit's own
            if post.unit.kind != Unit.Kind.DISTRICT:
                seen |= models.Q(unit__path__startswith=post.unit.path)
        return self.filter(seen) if posts else self.none()


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


class Consequence(Ledgered):
    """What a grade leads to under the scheme (奖惩): proposed by rule, decided by people."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="consequences")
    kind = models.CharField(_("kind"), max_length=20)
    words = models.CharField(_("proposal"), max_length=300)
    clause = models.CharField(_("clause"), max_length=200)

    class Meta:
        verbose_name = _("consequence")
        verbose_name_plural = _("consequences")
        ordering = ["score", "pk"]

    def __str__(self) -> str:
        return self.words

"""A unit's objection to a score line (异议), the answers to it, and the one appeal (复核)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.assessment.models.runs import SEES_RANKS, Assessment, ScoreLine
from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Year


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, person: Person) -> Self:
        """The offices that assess see all; a unit sees its own, and a post at the district itself is no unit's own."""
        if person.holds(*SEES_RANKS):
            return self
        return self.filter(person.own_scope("unit__path"))

    def with_line(self) -> Self:
        """With everything a page says of them, so that none of it is asked for again."""
        return self.select_related(
            "unit",
            "raised_by",
            "admitted_by",
            "appealed_by",
            "line__score__unit",
            "line__score__assessment__run_by",
            "line__score__assessment__snapshot__year",
            "line__score__assessment__snapshot__frozen_by",
        )

    def of_year(self, year: Year) -> Self:
        return self.filter(line__score__assessment__snapshot__year=year)

    def open(self) -> Self:
        """What somebody still has to answer or to admit: nothing is final meanwhile."""
        return self.filter(state__in=Objection.OPEN)


class Objection(Ledgered):
    """What a unit says is wrong with one of its score lines. It never counts against anybody."""

    class State(models.TextChoices):
        LATE = "late", _("after the window, waits to be admitted")
        RAISED = "raised", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("the line stays as it is")
        APPEALED = "appealed", _("appealed, waits for the second answer")
        NOT_ADMITTED = "not_admitted", _("not admitted")

    TO_ANSWER = (State.RAISED, State.APPEALED)
    OPEN = (State.LATE, *TO_ANSWER)

    line = models.ForeignKey(ScoreLine, on_delete=models.PROTECT, related_name="objections")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.RAISED)
    claim = models.TextField(_("what is wrong with the line"))
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("raised by"))
    raised_at = models.DateTimeField(_("raised at"))
    # of one that came after the window: why, and who let it in or did not
    late_because = models.CharField(_("why it comes late"), max_length=500, blank=True)
    admitted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("decided on by")
    )
    admission = models.CharField(_("reason of the decision"), max_length=500, blank=True)
    answer_until = models.DateField(_("answer due on"))
    appeal_until = models.DateField(_("appeal until"), null=True)
    appeal = models.TextField(_("appeal"), blank=True)
    appealed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("appealed by")
    )
    appealed_at = models.DateTimeField(_("appealed at"), null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(claim=""), name="assessment_objection_says_something"),
            models.CheckConstraint(
                condition=~Q(state__in=["late", "not_admitted"]) | ~Q(late_because=""),
                name="assessment_late_objection_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.line.label}"

    def get_absolute_url(self) -> str:
        return f"/objections/{self.pk}/"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def round(self) -> int:
        """Which answer is due: the first, or the one to the appeal."""
        return 2 if self.state == self.State.APPEALED else 1


class Answer(Ledgered):
    """A written answer to an objection: accepted with a corrected figure and the run it led to, or not accepted."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField(_("answer"))
    is_accepted = models.BooleanField(_("accepted"), default=False)
    words = models.TextField(_("answer"))
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("answered by"))
    answered_at = models.DateTimeField(_("answered at"))
    # of an accepted one: the run it led to; which fact was corrected stands with that run's snapshot
    run = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="answer", null=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["objection", "round"], name="assessment_one_answer_a_round"),
            models.CheckConstraint(condition=~Q(words=""), name="assessment_answer_says_something"),
            models.CheckConstraint(
                condition=Q(is_accepted=True, run__isnull=False) | Q(is_accepted=False, run__isnull=True),
                name="assessment_an_accepted_objection_leads_to_a_run",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objection} {self.round}"

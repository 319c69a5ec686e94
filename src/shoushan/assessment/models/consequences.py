"""What a grade leads to under the scheme (奖惩): proposed by rule, decided by people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.assessment.models.runs import Score
from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person


class Kind(models.TextChoices):
    """The kinds a scheme may propose; money and posts only with the rule they rest on."""

    COMMENDATION = "commendation", _("commendation")
    TALK = "talk", _("talk")
    HELP = "help", _("help")
    CRITICISM = "criticism", _("criticism")
    CASH = "cash", _("money")
    POST = "post", _("proposal on a post")


NEEDS_BASIS = (Kind.CASH, Kind.POST)


class Consequence(Ledgered):
    """One proposal of the scheme for one unit, and what people decided on it: taken over, changed, or dropped."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("to be decided")
        ADOPTED = "adopted", _("adopted as proposed")
        CHANGED = "changed", _("adopted with changes")
        DROPPED = "dropped", _("not taken up")

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="consequences")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    words = models.CharField(_("proposal"), max_length=300)
    clause = models.CharField(_("clause"), max_length=200)
    basis = models.CharField(_("the rule it rests on"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    # what people decided: its kind and words, which differ from the proposal where it was changed
    decided_kind = models.CharField(_("decided kind"), max_length=20, choices=Kind, blank=True)
    decided_words = models.CharField(_("decision"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("consequence")
        verbose_name_plural = _("consequences")
        ordering = ["score", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="proposed") | (Q(decided_by__isnull=False) & ~Q(reason="")),
                name="assessment_a_consequence_is_decided_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(decided_kind__in=["cash", "post"]) | ~Q(basis=""),
                name="assessment_money_and_posts_rest_on_a_rule",
            ),
        ]

    def __str__(self) -> str:
        return self.words

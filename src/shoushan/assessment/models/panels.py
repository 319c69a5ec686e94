"""Raters' panels (评议): who was asked how well units did, in secret, and what came of it.

A mark is kept as one more in a count, never as a ballot of its own: nobody can tell from the database who gave which
mark, nor which marks one rater gave together. The ledger has the panel and its links, and the counts once it is closed.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Year


class Mark(models.IntegerChoices):
    """What a rater may say of a unit, and how many points out of a hundred it stands for."""

    VERY_GOOD = 100, _("very satisfied")
    GOOD = 80, _("satisfied")
    FAIR = 60, _("fairly satisfied")
    POOR = 40, _("not very satisfied")
    BAD = 20, _("not satisfied")


class Panel(Ledgered):
    """One panel of a year: which fact of the scheme it gives, which units it rates, and the rules it counts by."""

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="panels", verbose_name=_("year"))
    key = models.SlugField(_("short name"), max_length=40)
    title = models.CharField(_("panel"), max_length=120)
    group = models.CharField(_("group"), max_length=40, choices=Unit.Kind)
    clause = models.CharField(_("clause"), max_length=200)
    # per cent of the marks left out at each end, and below how many marks no result is shown
    trimmed_percent = models.PositiveSmallIntegerField(_("left out at each end, per cent"), default=0)
    least_votes = models.PositiveSmallIntegerField(_("fewest marks"), default=5)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("panel opened by"))
    closed_at = models.DateTimeField(_("panel closed at"), null=True)
    # what was counted, by unit and mark, written once when the panel closes
    counted = models.JSONField(_("counts"), default=dict)

    class Meta:
        verbose_name = _("raters’ panel")
        verbose_name_plural = _("raters’ panels")
        ordering = ["year", "key"]
        constraints = [
            models.UniqueConstraint(fields=["year", "key"], name="assessment_one_panel_of_a_key"),
            models.CheckConstraint(condition=Q(trimmed_percent__lt=50), name="assessment_panel_keeps_some_marks"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def fact(self) -> str:
        """The name by which a scheme asks for the result."""
        return f"panel.{self.key}"

    def get_absolute_url(self) -> str:
        return f"/assessment/panels/{self.pk}/"


class Ticket(Ledgered):
    """A link that lets one rater vote once; only its digest is kept, and that it was used, not when."""

    # in the ledger, the moment it was used would stand beside the marks
    unledgered = frozenset({"is_used"})
    sealed = frozenset({"digest"})

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="tickets")
    digest = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(_("used"), default=False)

    class Meta:
        verbose_name = _("rater’s link")
        verbose_name_plural = _("raters’ links")

    def __str__(self) -> str:
        return f"{self.panel} {self.pk}"


class Tally(Ledgered):
    """How many raters gave one unit one mark; the count is in the ledger when the panel closes."""

    unledgered = frozenset({"votes"})

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="tallies")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    mark = models.PositiveSmallIntegerField(_("mark"), choices=Mark)
    votes = models.PositiveIntegerField(_("votes"), default=0)

    class Meta:
        verbose_name = _("count of marks")
        verbose_name_plural = _("counts of marks")
        ordering = ["unit__path", "mark"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "unit", "mark"], name="assessment_one_count_of_a_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.mark} × {self.votes}"

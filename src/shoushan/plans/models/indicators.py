"""Indicators (指标): what is measured, in which unit, and where the figure comes from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.core.months import Month
from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Unit


class Indicator(Ledgered):
    """A row of the catalogue of indicators (指标): one definition for goals, returns, lights and scores."""

    class Kind(models.TextChoices):
        FLOW = "flow", _("Flow: months add up")
        LEVEL = "level", _("Level: the latest month counts")
        RATIO = "ratio", _("Ratio: numerators and denominators add up")
        CUMULATIVE = "cumulative", _("Total to date: the month is the difference")

    class Source(models.TextChoices):
        REPORTED = "reported", _("Reported by units")
        DERIVED = "derived", _("Derived from a register")
        IMPORTED = "imported", _("Imported from a statutory source")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("Higher is better")
        LOWER = "lower", _("Lower is better")

    key = models.CharField(_("key"), max_length=60, unique=True)
    label = models.CharField(_("name"), max_length=80)
    definition = models.TextField(_("definition"), blank=True)
    measure = models.CharField(_("unit of measure"), max_length=20, help_text=_("yuan, percent, item, tree …"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    direction = models.CharField(_("direction"), max_length=6, choices=Direction, default=Direction.HIGHER)
    source = models.CharField(_("source"), max_length=9, choices=Source)
    source_words = models.CharField(_("where the figure comes from"), max_length=200, blank=True)
    places = models.PositiveSmallIntegerField(_("decimals"), default=0)
    keeper = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kept by")
    )
    needed_by = models.CharField(_("needed by"), max_length=200, blank=True)
    why_reported = models.CharField(_("why no register has it"), max_length=300, blank=True)
    asked_until = models.DateField(_("asked until"), null=True, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="imported") | ~Q(source_words=""), name="plans_imported_indicator_names_its_source"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def adds_up(self) -> bool:
        """Whether the shares of units, and the months, add up to the whole."""
        return self.kind in (self.Kind.FLOW, self.Kind.CUMULATIVE)

    def is_asked_in(self, month: Month) -> bool:
        """Whether a month's returns still ask for it; what was entered before stays."""
        return self.asked_until is None or month.first_day <= self.asked_until

    def get_absolute_url(self) -> str:
        return f"/indicators/{self.key}/"

"""Forecasts (年底预计) as they were made, so that they can be compared with what came."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Unit
from shoushan.plans.models import Indicator, Year


class Forecast(Ledgered):
    """What a month said about its year's end (年底预计): probably between ``low`` and ``high``, four times in five.

    It is kept as it was said; no score, rank or light looks at it.
    """

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="forecasts", verbose_name=_("year"))
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="forecasts", verbose_name=_("indicator")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    month = models.PositiveSmallIntegerField(_("month"))
    low = models.DecimalField(_("probably at least"), max_digits=20, decimal_places=4)
    mid = models.DecimalField(_("middle"), max_digits=20, decimal_places=4)
    high = models.DecimalField(_("probably at most"), max_digits=20, decimal_places=4)
    past_years = models.PositiveSmallIntegerField(_("years before that were looked at"))
    method = models.CharField(_("method"), max_length=20)
    made_on = models.DateField(_("made on"))

    class Meta:
        verbose_name = _("forecast")
        verbose_name_plural = _("forecasts")
        ordering = ["indicator", "unit", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "indicator", "unit", "month"], name="dispatch_one_forecast_a_month"
            ),
            models.CheckConstraint(
                condition=Q(low__lte=F("mid"), mid__lte=F("high")), name="dispatch_forecast_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit} {self.month}"

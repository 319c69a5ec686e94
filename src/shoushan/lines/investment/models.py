"""An investment deal (招商项目)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.registers.models import Record


class Deal(Record):
    """One investment, one identity for life (招商项目): from talks to production."""

    line_key = "investment"

    class Stage(models.TextChoices):
        TALKS = "talks", _("In talks")
        SIGNED = "signed", _("Signed")
        FUNDED = "funded", _("Funds in place")
        STARTED = "started", _("Construction started")
        PRODUCING = "producing", _("In production")

    class Industry(models.TextChoices):
        MANUFACTURING = "manufacturing", _("Manufacturing")
        MEDICAL = "medical", _("Medical devices")
        TRADE = "trade", _("Trade and services")
        TECHNOLOGY = "technology", _("Science and technology")
        AGRICULTURE = "agriculture", _("Agriculture")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    investor = models.CharField(_("investor"), max_length=120)
    home = models.CharField(_("home region"), max_length=60)
    industry = models.CharField(_("industry"), max_length=15, choices=Industry)
    introducer = models.CharField(_("introduced by"), max_length=60, blank=True)
    # whole yuan: contracts and bank receipts are quoted so, and whole numbers add up the same on every engine
    agreed_yuan = models.PositiveBigIntegerField(_("agreed amount (yuan)"), null=True, blank=True)
    received_yuan = models.PositiveBigIntegerField(_("received amount (yuan)"), null=True, blank=True)
    land = models.CharField(_("plot or building"), max_length=120, blank=True)
    permit = models.CharField(_("construction permit"), max_length=60, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("investment deal")
        verbose_name_plural = _("investment deals")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_yuan__isnull=True) | Q(agreed_yuan__gt=0), name="investment_agreed_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["talks", "signed", "funded", "started", "producing"]),
                name="investment_stage_is_one_of_five",
            ),
        ]

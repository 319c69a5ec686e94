"""A market entity (市场主体), and what the district offers to those who begin."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.exchange.clerk.codes import ALPHABET, LENGTH, check_digit
from shoushan.registers.models import Record


def check_code(code: str) -> None:
    """A unified social credit code ends in the character that belongs to the others (GB 32100)."""
    known = len(code) == LENGTH and set(code) <= set(ALPHABET)
    if not known or check_digit(code) != code[-1]:
        raise ValidationError(_("This is no credit code: 18 characters, the last of which checks the others."))


class Enterprise(Record):
    """A market entity as the registry tells of it (市场主体); never rated, never a quota, no personal data."""

    line_key = "enterprise"
    unledgered = Record.unledgered | {"outlived_a_year"}  # follows from the stage

    class Stage(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        ALIVE = "alive", _("Alive after twelve months")
        ENDED = "ended", _("Struck off")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    code = models.CharField(
        _("credit code"), max_length=18, validators=[check_code], unique=True, null=True, blank=True
    )
    kind = models.CharField(_("kind of entity"), max_length=40, blank=True)
    registered_on = models.DateField(_("registered on"))
    capital_yuan = models.PositiveBigIntegerField(_("registered capital"), null=True, blank=True)
    currency = models.CharField(_("currency, if not yuan"), max_length=3, blank=True)
    trade = models.CharField(_("trade"), max_length=60, blank=True)
    staff = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    scope = models.TextField(_("scope of business"), max_length=2000, blank=True)
    told_by = models.CharField(_("registry export"), max_length=120, blank=True)
    last_seen_on = models.DateField(_("last paid tax or wages on"), null=True, blank=True)
    ended_on = models.DateField(_("struck off on"), null=True, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    outlived_a_year = models.BooleanField(_("alive after twelve months"), default=False, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("market entity")
        verbose_name_plural = _("market entities")
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["registered", "alive", "ended"]), name="enterprise_stage_is_known"
            )
        ]

    def settled(self, limits: Iterable[Any]) -> dict[str, Any]:
        """What is struck off later was alive after its first year all the same."""
        ended_later = self.stage == self.Stage.ENDED and self.outlived_a_year
        return {"outlived_a_year": self.stage == self.Stage.ALIVE or ended_later}


class StartUpLoan(Record):
    """A loan to somebody who begins (创业担保贷款)."""

    line_key = "start-up-loans"
    part_of = "enterprise"

    class Stage(models.TextChoices):
        ASKED = "asked", _("Asked for")
        PAID = "paid", _("Paid out")
        REFUSED = "refused", _("Refused with a reason")
        REPAID = "repaid", _("Repaid")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", verbose_name=_("market entity")
    )
    amount_yuan = models.PositiveBigIntegerField(_("amount"))
    paid_on = models.DateField(_("paid out on"), null=True, blank=True)
    why = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("start-up loan")
        verbose_name_plural = _("start-up loans")


class Course(Record):
    """A training for those who begin (创业培训)."""

    line_key = "entrepreneur-trainings"
    part_of = "enterprise"

    class Stage(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    people_came = models.PositiveIntegerField(_("people who came"), null=True, blank=True)
    opened_after = models.PositiveIntegerField(_("of whom opened a business within a year"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("training for those who begin")
        verbose_name_plural = _("trainings for those who begin")


class Service(Record):
    """Something a firm asked the district for, and what it was answered (企业诉求)."""

    line_key = "services"
    part_of = "enterprise"
    unledgered = Record.unledgered | {"answered_in_time"}  # derived by the limit itself

    class Stage(models.TextChoices):
        ASKED = "asked", _("Asked for")
        ANSWERED = "answered", _("Answered")
        DONE = "done", _("Done, says the firm")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("market entity"),
    )  # fmt: skip
    asked = models.TextField(_("what it asked for"), max_length=2000)
    answer = models.TextField(_("what it was answered"), max_length=2000, blank=True)
    answered_in_time = models.BooleanField(_("answered in time"), null=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("service asked for")
        verbose_name_plural = _("services asked for")

    def settled(self, limits: Iterable[Any]) -> dict[str, Any]:
        return {"answered_in_time": next((limit.was_kept for limit in limits), None)}

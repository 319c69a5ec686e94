"""An application for a licence (行政许可办件), and what the licensing office keeps beside it."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shoushan.registers.fields import ShareField, WhenField
from shoushan.registers.models import Record


class Application(Record):
    """An application for a licence (许可办件), from the day it came to the day the decision was delivered."""

    line_key = "licensing"
    # derived by the limits themselves, as the next day due is
    unledgered = Record.unledgered | {"decided_in_time", "delivered_in_time", "is_extended"}

    class Stage(models.TextChoices):
        APPLIED = "applied", _("Applied")
        COMPLETED = "completed", _("Asked once to complete")
        ACCEPTED = "accepted", pgettext_lazy("an application", "Accepted")
        OFFERED = "offered", _("Told of the right to a hearing")
        HEARING = "hearing", _("Hearing asked for")
        HEARD = "heard", _("Heard")
        DECIDED = "decided", pgettext_lazy("an application", "Decided")
        DELIVERED = "delivered", _("Delivered")
        NOT_ACCEPTED = "not_accepted", _("Not accepted, with reasons")

    class Result(models.TextChoices):
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Licence refused")
        WITHDRAWN = "withdrawn", _("Application withdrawn")

    class Review(models.TextChoices):
        UPHELD = "upheld", _("Upheld")
        CHANGED = "changed", _("Changed or revoked")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    number = models.CharField(_("number of acceptance"), max_length=40, blank=True)
    item = models.CharField(_("permit item"), max_length=80, blank=True)
    is_joint = models.BooleanField(_("several authorities jointly"), default=False)
    applied_on = WhenField(_("applied on"))
    accepted_on = WhenField(_("accepted on, as the office tells"))
    decided_on = WhenField(_("decided on, as the office tells"))
    delivered_on = WhenField(_("delivered on, as the office tells"))
    limit_days = models.PositiveSmallIntegerField(_("limit in working days"), null=True, blank=True)
    extended = models.CharField(_("extended"), max_length=3, choices=[("yes", _("Yes")), ("no", _("No"))], blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True)
    why = models.CharField(_("reasons and remedies told"), max_length=500, blank=True)
    review = models.CharField(_("outcome of a review or a suit"), max_length=10, choices=Review, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    decided_in_time = models.BooleanField(_("decided in time"), null=True, editable=False)
    delivered_in_time = models.BooleanField(_("delivered in time"), null=True, editable=False)
    is_extended = models.BooleanField(_("decision extended"), default=False, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("application for a licence")
        verbose_name_plural = _("applications for licences")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    stage__in=[
                        "applied", "completed", "accepted", "offered", "hearing", "heard", "decided", "delivered",
                        "not_accepted",
                    ]
                ),
                name="licensing_stage_is_known",
            )
        ]  # fmt: skip

    def settled(self, limits: Iterable[Any]) -> dict[str, Any]:
        """Whether the decision and its delivery were in time, with pauses and the extension as the limits have them."""
        by_key = {limit.clock.key: limit for limit in limits}
        decide, deliver = by_key.get("decide") or by_key.get("decide_jointly"), by_key.get("deliver")
        return {
            "decided_in_time": decide and decide.was_kept,
            "delivered_in_time": deliver and deliver.was_kept,
            "is_extended": bool(decide and decide.extension and decide.extension.state == "approved"),
        }


class LicensingOffice(Record):
    """A leading group or an office for licensing, where it is set up (领导小组、办事机构)."""

    line_key = "licensing-offices"
    part_of = "licensing"

    class Stage(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SET_UP = "set_up", _("Set up")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    led_by = models.CharField(_("led by (post)"), max_length=60, blank=True)
    document = models.CharField(_("document and number"), max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("leading group or office")
        verbose_name_plural = _("leading groups and offices")


class Training(Record):
    """A training on the licensing law: who should come, who came, how many passed (培训)."""

    line_key = "trainings"
    part_of = "licensing"

    class Stage(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    held_on = WhenField(_("held on"))
    people_due = models.PositiveIntegerField(_("people who should come"), null=True, blank=True)
    people_came = models.PositiveIntegerField(_("people who came"), null=True, blank=True)
    pass_share = ShareField(_("passed"))
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("training")
        verbose_name_plural = _("trainings")


class PublicityItem(Record):
    """A piece of publicity: where it hangs or runs, and since when (宣传)."""

    line_key = "publicity-items"
    part_of = "licensing"

    class Stage(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OUT = "out", _("Out")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    where = models.CharField(_("where"), max_length=120)

    class Meta(Record.Meta):
        verbose_name = _("publicity item")
        verbose_name_plural = _("publicity items")


class RuleDocument(Record):
    """A normative document: issued, filed for the record, reviewed (规范性文件)."""

    line_key = "normative-documents"
    part_of = "licensing"

    class Stage(models.TextChoices):
        ISSUED = "issued", _("Issued")
        FILED = "filed", _("Filed")
        REVIEWED = "reviewed", _("Reviewed: may stand")
        STRUCK = "struck", _("Reviewed: withdrawn")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    adds_a_permit = models.BooleanField(_("sets up a permit or a fee"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("normative document")
        verbose_name_plural = _("normative documents")


class PermitItem(Record):
    """An item of the published permit list, with the law it rests on (许可事项清单)."""

    line_key = "permit-items"
    part_of = "licensing"

    class Stage(models.TextChoices):
        LISTED = "listed", _("Listed")
        CANCELLED = "cancelled", _("Cancelled")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    basis = models.CharField(_("legal basis"), max_length=200)
    fee_basis = models.CharField(_("legal basis of a fee; empty: free of charge"), max_length=200, blank=True)
    limit_days = models.PositiveSmallIntegerField(_("limit in working days"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("permit item")
        verbose_name_plural = _("permit items")


class LiabilityCase(Record):
    """A case of liability under articles 71 to 77 (责任追究): the matter and its end, no person's name."""

    line_key = "liability-cases"
    part_of = "licensing"

    class Stage(models.TextChoices):
        OPENED = "opened", _("Opened")
        DECIDED = "decided", pgettext_lazy("an application", "Decided")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    article = models.CharField(_("article"), max_length=40)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("liability case")
        verbose_name_plural = _("liability cases")

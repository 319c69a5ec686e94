"""Special rectifications (专项整治) with what they find, and other activities with a day and a result."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.registers.fields import WhenField
from shoushan.registers.models import Record


class Campaign(Record):
    """A special rectification (专项活动): decided in writing, with its scope, and it ends by itself."""

    line_key = "special-campaigns"
    part_of = "campaigns"

    class Stage(models.TextChoices):
        DECIDED = "decided", _("Decided")
        ENDED = "ended", _("Ended")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    decision = models.CharField(_("decision (document and number)"), max_length=120)
    scope = models.TextField(_("scope"), max_length=2000)
    ends_on = models.DateField(_("ends on"))
    handed_to = models.CharField(_("what is open goes to"), max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("special rectification")
        verbose_name_plural = _("special rectifications")


class Finding(Record):
    """Something a rectification found (整治点位): told to whom it concerns, corrected, checked."""

    line_key = "campaigns"

    class Stage(models.TextChoices):
        FOUND = "found", _("Found")
        TOLD = "told", _("Told in writing")
        # the steps of the Administrative Compulsion Law, where somebody's right is touched
        URGED = "urged", _("Reminded in writing")
        HEARD = "heard", _("Statement heard")
        ORDERED = "ordered", _("Decision served")
        ANNOUNCED = "announced", _("Announced in public")
        ENFORCED = "enforced", _("Removed by the authority")
        CORRECTED = "corrected", _("Corrected")
        CHECKED = "checked", _("Checked")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    campaign = models.CharField(_("special rectification"), max_length=60)
    decided_in = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decision")
    )
    touches_rights = models.BooleanField(_("somebody's right to a building or thing is touched"), default=False)
    words = models.CharField(_("what was found"), max_length=200, blank=True)
    count = models.PositiveIntegerField(_("number"), null=True, blank=True)
    area = models.CharField(_("area, with its unit"), max_length=40, blank=True)
    found_on = WhenField(_("found on"))
    document = models.CharField(_("number of the written notice"), max_length=80, blank=True)
    told_on = WhenField(_("told on"))
    due_on = WhenField(_("to be corrected by"))
    done_on = WhenField(_("corrected on"))
    enforced_on = models.DateField(_("removed on"), null=True, blank=True)
    is_contested = models.BooleanField(_("a review or a suit is under way"), default=False)
    state_told = models.CharField(_("how it stands, as the unit tells"), max_length=40, blank=True)
    responsible = models.CharField(_("responsible units"), max_length=200, blank=True)
    remark = models.TextField(_("remark"), max_length=4000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("finding of a rectification")
        verbose_name_plural = _("findings of rectifications")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    stage__in=[
                        "found", "told", "urged", "heard", "ordered", "announced", "enforced", "corrected", "checked",
                    ]
                ),
                name="campaigns_stage_is_known",
            )
        ]  # fmt: skip


class AgendaItem(Record):
    """Study, publicity or discipline work: a dated item with an owner and a result; no photographs are counted."""

    line_key = "agenda-items"
    part_of = "campaigns"

    class Stage(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")

    class Kind(models.TextChoices):
        STUDY = "study", _("Study")
        PUBLICITY = "publicity", _("Publicity")
        DISCIPLINE = "discipline", _("Discipline")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    owner = models.CharField(_("owner (post)"), max_length=60)
    due_on = models.DateField(_("due on"))
    result = models.CharField(_("result"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")

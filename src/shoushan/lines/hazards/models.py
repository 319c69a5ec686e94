"""Hazards, and the safety checks that find them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.registers.fields import WhenField
from shoushan.registers.models import Record, known_stage


class HazardStage(models.TextChoices):
    FOUND = "found", _("Found")
    GRADED = "graded", _("Graded")
    ORDERED = "ordered", _("Rectification ordered")
    LISTED = "listed", _("Listed for supervision")
    EXTENDED = "extended", _("Extension approved")
    RECTIFIED = "rectified", _("Rectified, waiting for a check")
    CHECKED = "checked", _("Checked by another unit")
    DELISTED = "delisted", _("Taken off the list")
    CLOSED = "closed", _("Closed, off the books")


class CheckStage(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")


class Hazard(Record):
    """A safety hazard at a site (安全隐患): its name is the site's."""

    line_key = "hazards"
    Stage = HazardStage

    class Grade(models.TextChoices):
        GENERAL = "general", _("General")
        MAJOR = "major", _("Major")

    class ToldState(models.TextChoices):
        UNDER_WAY = "under_way", _("Being rectified")
        WAITING = "waiting", _("Waiting for a check")
        CLOSED = "closed", _("Closed, off the books")

    stage = models.CharField(_("stage"), max_length=20, choices=HazardStage)
    address = models.CharField(_("address"), max_length=120, blank=True)
    words = models.TextField(_("what is wrong"), max_length=2000, blank=True)
    sector = models.CharField(_("sector"), max_length=40, blank=True)
    grade = models.CharField(_("hazard grade"), max_length=10, choices=Grade, blank=True)
    count = models.PositiveIntegerField(_("number of places"), null=True, blank=True)
    count_detail = models.CharField(_("places by kind"), max_length=200, blank=True)
    found_on = models.DateField(_("found on"), null=True, blank=True)
    found_by = models.CharField(_("unit that found it"), max_length=60, blank=True)
    finder = models.CharField(_("person who found it"), max_length=40, blank=True)
    # 五落实: measures, money, person, date, plan
    measure = models.TextField(_("measures to take"), max_length=2000, blank=True)
    money_yuan = models.PositiveBigIntegerField(_("money for it (yuan)"), null=True, blank=True)
    post = models.CharField(_("person responsible (post)"), max_length=60, blank=True)
    due_on = models.DateField(_("to be rectified by"), null=True, blank=True)
    plan = models.TextField(_("plan until then"), max_length=2000, blank=True)
    listed_no = models.CharField(_("number of the supervision notice"), max_length=60, blank=True)
    extended_on = models.DateField(_("extension approved on"), null=True, blank=True)
    extended_to = models.DateField(_("extended to"), null=True, blank=True)
    extended_why = models.CharField(_("reason for the extension"), max_length=500, blank=True)
    # not `state`: figures join records with their steps, which have one
    told_state = models.CharField(_("state as the unit reports it"), max_length=12, choices=ToldState, blank=True)
    corrected_on = models.DateField(_("rectified on"), null=True, blank=True)
    done = models.TextField(_("what was done"), max_length=2000, blank=True)
    checked_on = models.DateField(_("looked at again on"), null=True, blank=True)
    checked_by = models.CharField(_("unit that looked again"), max_length=60, blank=True)
    checker = models.CharField(_("person who looked again"), max_length=40, blank=True)
    delisted_no = models.CharField(_("number of the delisting notice"), max_length=60, blank=True)
    closed_by = models.CharField(_("closing signed by"), max_length=40, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("hazard")
        verbose_name_plural = _("hazards")
        constraints = [
            known_stage("hazards", HazardStage.values),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(found_on__isnull=True) | Q(due_on__gte=F("found_on")),
                name="hazards_due_after_found",
            ),
            models.CheckConstraint(
                condition=~Q(grade="general") | Q(listed_no="", delisted_no=""), name="hazards_only_major_are_listed"
            ),
            models.CheckConstraint(
                condition=Q(checker="") | ~Q(checked_by=F("found_by")), name="hazards_checked_by_another_unit"
            ),
        ]


class SafetyCheck(Record):
    """One planned inspection of a site (检查计划); linked ones look at like sites (举一反三)."""

    line_key = "safety-checks"
    part_of = "hazards"
    Stage = CheckStage

    stage = models.CharField(_("stage"), max_length=20, choices=CheckStage)
    address = models.CharField(_("address"), max_length=120, blank=True)
    sector = models.CharField(_("sector"), max_length=40, blank=True)
    planned_for = WhenField(_("planned for"))
    hazard = models.ForeignKey(
        Hazard,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="linked_checks",
        verbose_name=_("because of the hazard"),
    )
    checked_by = models.CharField(_("unit that checked"), max_length=60, blank=True)
    findings = models.PositiveIntegerField(_("hazards found (0 is an answer)"), null=True, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("safety check")
        verbose_name_plural = _("safety checks")
        constraints = [known_stage("safety_checks", CheckStage.values)]

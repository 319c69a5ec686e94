"""Planting tasks, the sites they are planted on, and the surveys of what is alive."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.registers.fields import ShareField, WhenField
from shoushan.registers.models import Record, known_stage


class TaskStage(models.TextChoices):
    PROMISED = "promised", _("Promised")
    SIGNED = "signed", _("Letter signed")


class PlantingStage(models.TextChoices):
    PLANNED = "planned", _("Planned")
    PLANTED = "planted", _("Planted")
    CHECKED = "checked", _("Checked after one growing season")
    ENDED = "ended", _("Guarantee ended, handed over")


class SurveyStage(models.TextChoices):
    DRAWN = "drawn", _("Sample drawn")
    DONE = "done", _("Looked at")


class PlantingTask(Record):
    """What a unit promised to plant this year (绿化任务书)."""

    line_key = "planting-tasks"
    part_of = "greening"
    Stage = TaskStage

    stage = models.CharField(_("stage"), max_length=20, choices=TaskStage)
    promised_trees = models.PositiveIntegerField(_("trees promised"), null=True, blank=True)
    promised_m2 = models.PositiveIntegerField(_("green area promised (m²)"), null=True, blank=True)
    due_on = WhenField(_("due"))
    letter = models.CharField(_("number of the task letter"), max_length=60, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("planting task")
        verbose_name_plural = _("planting tasks")
        constraints = [known_stage("planting_tasks", TaskStage.values)]


class Planting(Record):
    """One site that is planted (绿化地块), from the plan to the end of the contractor's guarantee."""

    line_key = "greening"
    Stage = PlantingStage

    stage = models.CharField(_("stage"), max_length=20, choices=PlantingStage)
    promise = models.ForeignKey(
        PlantingTask,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plantings",
        verbose_name=_("planting task"),
    )
    kind = models.CharField(_("kind of greening"), max_length=30, blank=True)
    species = models.CharField(_("species"), max_length=60, blank=True)
    spec = models.CharField(_("size of the stock"), max_length=60, blank=True)
    task_trees = models.PositiveIntegerField(_("trees to plant"), null=True, blank=True)
    planted_trees = models.PositiveIntegerField(_("trees newly planted"), null=True, blank=True)
    # 补植不计新增: whoever puts a new tree where one died has not planted one more
    replanted_trees = models.PositiveIntegerField(_("dead trees replaced (not counted)"), null=True, blank=True)
    sites = models.PositiveIntegerField(_("number of sites"), null=True, blank=True)
    area = models.CharField(_("area as written"), max_length=30, blank=True)
    area_m2 = models.PositiveIntegerField(_("area on the plan (m²)"), null=True, blank=True)
    plan = models.CharField(_("drawing it stands on"), max_length=60, blank=True)
    planted_on = WhenField(_("planted on"))
    contractor = models.CharField(_("contractor"), max_length=60, blank=True)
    guarantee_end = WhenField(_("guarantee until"))
    survival_share = ShareField(_("survival as reported"))
    checked_on = models.DateField(_("survival checked on"), null=True, blank=True)
    alive_trees = models.PositiveIntegerField(_("trees alive"), null=True, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("greening site")
        verbose_name_plural = _("greening sites")
        constraints = [
            known_stage("greening", PlantingStage.values),
            models.CheckConstraint(
                condition=Q(alive_trees__isnull=True) | Q(planted_trees__gte=F("alive_trees")),
                name="greening_alive_were_planted",
            ),
        ]


class Survey(Record):
    """A survival sample of one site (成活率抽样): drawn by a published seed, looked at, told with its interval."""

    line_key = "surveys"
    part_of = "greening"
    Stage = SurveyStage

    stage = models.CharField(_("stage"), max_length=20, choices=SurveyStage)
    planting = models.ForeignKey(
        Planting,
        on_delete=models.PROTECT,
        related_name="surveys",
        verbose_name=_("greening site"),
    )
    population = models.PositiveIntegerField(_("numbered places"), null=True, blank=True)
    precision_share = ShareField(_("precision wanted"))
    expected_share = ShareField(_("survival expected"))
    seed = models.CharField(_("published seed"), max_length=60, blank=True)
    sample_trees = models.PositiveIntegerField(_("places to look at"), null=True, blank=True)
    drawn = models.TextField(_("places drawn"), blank=True)
    looked_at = models.PositiveIntegerField(_("places looked at"), null=True, blank=True)
    alive_trees = models.PositiveIntegerField(_("of them alive"), null=True, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("survival survey")
        verbose_name_plural = _("survival surveys")
        constraints = [
            known_stage("surveys", SurveyStage.values),
            models.CheckConstraint(
                condition=Q(alive_trees__isnull=True) | Q(looked_at__gte=F("alive_trees")),
                name="surveys_alive_were_looked_at",
            ),
        ]

"""A key project (重点项目), its milestones, its months and its problems."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.registers.fields import ShareField, WhenField
from shoushan.registers.models import Record, known_stage


class Project(Record):
    """A key project (重点项目): government's or a firm's, from the reserve to production."""

    line_key = "projects"

    class Stage(models.TextChoices):
        RESERVE = "reserve", _("In reserve")
        APPROVED = "approved", _("Approved or filed")
        STARTED = "started", _("First permanent works")
        STATISTICS = "statistics", _("In the statistics")
        COMPLETED = "completed", _("Works completed")
        ACCEPTED = "accepted", _("Works accepted")
        PRODUCING = "producing", _("In production")

    class Kind(models.TextChoices):
        NEW = "new", _("New project")
        CONTINUED = "continued", _("Continued project")

    class Sector(models.TextChoices):
        INDUSTRY = "industry", _("Industry")
        COMMERCE = "commerce", _("Commerce")

    class Light(models.TextChoices):
        GREEN = "green", _("Green")
        YELLOW = "yellow", _("Yellow")
        RED = "red", _("Red")

    class Approval(models.TextChoices):
        APPROVAL = "approval", _("Approval (government money)")
        PERMISSION = "permission", _("Permission (listed kinds)")
        FILING = "filing", _("Filing on the platform")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    kind = models.CharField(_("new or continued"), max_length=10, choices=Kind, blank=True)
    sector = models.CharField(_("industry or commerce"), max_length=10, choices=Sector, blank=True)
    lead = models.CharField(_("lead official (post)"), max_length=60, blank=True)
    responsible_post = models.CharField(_("responsible post"), max_length=60, blank=True)
    total_yuan = models.PositiveBigIntegerField(_("total investment"), null=True, blank=True)
    year_plan_yuan = models.PositiveBigIntegerField(_("planned this year"), null=True, blank=True)
    equipment_yuan = models.PositiveBigIntegerField(_("of which equipment"), null=True, blank=True)
    month_done_yuan = models.PositiveBigIntegerField(_("this month, as the unit tells"), null=True, blank=True)
    year_done_yuan = models.PositiveBigIntegerField(_("this year, as the unit tells"), null=True, blank=True)
    done_share = ShareField(_("done of the year's plan, as the unit tells"))
    stage_words = models.CharField(_("how the works look"), max_length=500, blank=True)
    light = models.CharField(_("light, as the unit tells"), max_length=6, choices=Light, blank=True)
    starts_on = WhenField(_("start"))
    ends_on = WhenField(_("end"))
    problem = models.CharField(_("problem, as the unit tells"), max_length=1000, blank=True)
    approval = models.CharField(_("kind of approval"), max_length=10, choices=Approval, blank=True)
    approval_number = models.CharField(_("number of the approval"), max_length=80, blank=True)
    feasibility_yuan = models.PositiveBigIntegerField(_("estimate of the feasibility study"), null=True, blank=True)
    estimate_yuan = models.PositiveBigIntegerField(_("estimate of the preliminary design"), null=True, blank=True)
    excess_report = models.CharField(_("report of an estimate above it by a tenth"), max_length=80, blank=True)
    funds_document = models.CharField(_("document that the funds are in place"), max_length=80, blank=True)
    permit = models.CharField(_("construction permit"), max_length=80, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("key project")
        verbose_name_plural = _("key projects")
        constraints = [
            known_stage(
                "projects", ["reserve", "approved", "started", "statistics", "completed", "accepted", "producing"]
            )
        ]


class Milestone(Record):
    """A day by which something of a project is to be done: as first planned, as planned now, and as it was."""

    line_key = "milestones"
    part_of = "projects"

    class Stage(models.TextChoices):
        PLANNED = "planned", _("Planned")
        REACHED = "reached", _("Reached")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", verbose_name=_("key project"))
    baseline_on = models.DateField(_("first planned for"))
    planned_on = models.DateField(_("planned for now"))
    owner = models.CharField(_("owner (post)"), max_length=60, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [known_stage("milestones", ["planned", "reached"])]


class ProjectMonth(Record):
    """A month of a project (月度进度): planned, reported to the statistics, paid; three figures, never one."""

    line_key = "project-months"
    part_of = "projects"

    class Stage(models.TextChoices):
        TOLD = "told", _("Told")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", verbose_name=_("key project"))
    month_on = models.DateField(_("last day of the month"))
    planned_yuan = models.PositiveBigIntegerField(_("planned"))
    reported_yuan = models.PositiveBigIntegerField(_("reported to the statistics"))
    paid_yuan = models.PositiveBigIntegerField(_("paid"))
    words = models.CharField(_("how the works look"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("month of a project")
        verbose_name_plural = _("months of projects")
        constraints = [
            known_stage("project_months", ["told"]),
            models.UniqueConstraint(fields=["project", "month_on"], name="projects_a_month_is_told_once"),
        ]


class Problem(Record):
    """What holds a project up, who clears it, and until when (堵点)."""

    line_key = "problems"
    part_of = "projects"

    class Stage(models.TextChoices):
        OPEN = "open", _("Open")
        SOLVED = "solved", _("Solved")

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", verbose_name=_("key project"))
    owner = models.CharField(_("owner (post)"), max_length=60)
    due_on = models.DateField(_("due on"))
    solution = models.CharField(_("how it was solved"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        constraints = [
            models.CheckConstraint(condition=~Q(owner=""), name="projects_a_problem_has_its_owner"),
            known_stage("problems", ["open", "solved"]),
        ]

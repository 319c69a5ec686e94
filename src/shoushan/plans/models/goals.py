"""Goals (目标), their division into shares (分解任务), and the schedule (序时进度) of each share."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models.documents import Document, Passage, Year
from shoushan.plans.models.indicators import Indicator


class GoalQuerySet(models.QuerySet["Goal"]):
    def measured(self) -> Self:
        return self.filter(indicator__isnull=False)

    def visible_to(self, person: Person) -> Self:
        """The district's goals are public inside the district; everybody with a post sees them."""
        return self if person.posts_held() else self.none()


class Goal(Ledgered):
    """What a passage commits to (目标), once a person has confirmed it."""

    class Kind(models.TextChoices):
        TARGET = "target", _("Target")
        TASK = "task", _("Dated task")
        INSTITUTION = "institution", _("Institution")
        CAMPAIGN = "campaign", _("Campaign")

    class Compare(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        MORE_THAN = "more_than", _("more than")
        EXACTLY = "exactly", _("exactly")
        AT_MOST = "at_most", _("at most")
        LESS_THAN = "less_than", _("less than")
        ABOUT = "about", _("about")
        BETWEEN = "between", _("between")
        NEVER = "never", _("never")

    class Divided(models.TextChoices):
        NOT = "", _("Not divided")
        EQUALLY = "equally", _("Equally")
        BY_WEIGHT = "by_weight", _("By weight")
        BY_HAND = "by_hand", _("By hand")
        SAME = "same", _("The same for every unit")

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="goals", verbose_name=_("year"))
    passage = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="goal", verbose_name=_("passage"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="goals", verbose_name=_("indicator")
    )
    compare = models.CharField(_("comparison"), max_length=10, choices=Compare, blank=True)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    value_to = models.DecimalField(_("up to"), max_digits=20, decimal_places=4, null=True, blank=True)
    measure = models.CharField(_("unit of measure"), max_length=20, blank=True)
    basis = models.CharField(_("basis"), max_length=10, blank=True)
    due_from = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("deadline"), null=True, blank=True)
    responsible = models.CharField(_("responsible, as the document says"), max_length=200, blank=True)
    lead_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead unit")
    )
    divided = models.CharField(_("division"), max_length=10, choices=Divided, blank=True, default="")
    order = models.PositiveIntegerField(_("order"), default=0)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="target") | Q(value__isnull=False), name="plans_target_has_a_value"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def document(self) -> Document:
        return self.passage.document

    def get_absolute_url(self) -> str:
        return f"/goals/{self.pk}/"


# the months in which a quarter ends
QUARTERS = (3, 6, 9, 12)


class ShareQuerySet(models.QuerySet["Share"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.sees_everything() else self.filter(person.scope("unit__path"))


class Share(Ledgered):
    """The part of a goal that one unit carries (分解任务)."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="shares", verbose_name=_("goal"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shares", verbose_name=_("unit"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)
    weight = models.DecimalField(_("weight"), max_digits=12, decimal_places=4, null=True, blank=True)
    # set when the unit's letter is issued; from then on only an amendment changes the share
    fixed_on = models.DateField(_("fixed by a letter on"), null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        ordering = ["unit__path"]
        constraints = [models.UniqueConstraint(fields=["goal", "unit"], name="plans_one_share_of_a_goal_for_a_unit")]

    def __str__(self) -> str:
        return f"{self.goal} {self.unit}"

    def due_by(self, month: int) -> Decimal | None:
        """What the schedule asks for by the end of a month; None before the first point."""
        due = None
        for point in sorted(self.schedule.all(), key=lambda point: point.month):
            if point.month <= month:
                due = point.due
        return due

    def quarters(self) -> list[Decimal | None]:
        """What is due to date at the end of each quarter."""
        return [self.due_by(month) for month in QUARTERS]


class Schedule(Ledgered):
    """One point of a share's schedule (序时进度): what is due, to date, by the end of a month."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="schedule")
    month = models.PositiveSmallIntegerField(_("month"))
    due = models.DecimalField(_("due to date"), max_digits=20, decimal_places=4)

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ["share", "month"]
        constraints = [
            models.UniqueConstraint(fields=["share", "month"], name="plans_one_point_a_month"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="plans_month_of_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.share} {self.month}"

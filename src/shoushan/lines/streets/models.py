"""Roads and estates, and the inspections they went through."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shoushan.registers.models import Record, known_stage

ITEMS = ("score_1", "score_2", "score_3", "score_4")
# what the items are called is the standard's; how many points each may have at most, too
MOST_POINTS = 25


def item(name: Any) -> "models.DecimalField[Any, Any]":
    """The points of one of the standard's four items."""
    return models.DecimalField(name, max_digits=4, decimal_places=2, null=True, blank=True)


def sound(prefix: str, stages: type[models.TextChoices]) -> list[models.BaseConstraint]:
    """What may never be in the database, of a street and of an inspection."""
    scores: list[models.BaseConstraint] = [
        models.CheckConstraint(
            condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0, f"{name}__lte": MOST_POINTS}),
            name=f"{prefix}_{name}_from_0_to_25",
        )
        for name in ITEMS
    ]
    return [
        *scores,
        known_stage(prefix, stages.values),
        models.CheckConstraint(
            condition=Q(satisfied__isnull=True) | Q(asked__isnull=False, asked__gte=F("satisfied")),
            name=f"{prefix}_satisfied_were_asked",
        ),
    ]


class StreetStage(models.TextChoices):
    PLANNED = "planned", _("Planned")
    WORKS = "works", _("Works under way")
    INSPECTED = "inspected", _("Inspected")
    REINSPECTED = "reinspected", _("Inspected again")
    ACCEPTED = "accepted", pgettext_lazy("a road", "Accepted")


class InspectionStage(models.TextChoices):
    ARRANGED = "arranged", _("Arranged")
    DONE = "done", _("Done")


class Street(Record):
    """A road or a housing estate that is being renewed (道路、居住小区)."""

    line_key = "streets"
    Stage = StreetStage

    class Kind(models.TextChoices):
        ROAD = "road", _("Road")
        ESTATE = "estate", _("Housing estate")

    class Grade(models.TextChoices):
        FIRST = "first", _("Grade one")
        SECOND = "second", _("Grade two")
        THIRD = "third", _("Grade three")
        BELOW = "below", _("Below standard")

    PASSING = (Grade.FIRST, Grade.SECOND, Grade.THIRD)

    stage = models.CharField(_("stage"), max_length=20, choices=StreetStage)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    length_m = models.PositiveIntegerField(_("length (m)"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    score_1 = item(_("item 1 (points)"))
    score_2 = item(_("item 2 (points)"))
    score_3 = item(_("item 3 (points)"))
    score_4 = item(_("item 4 (points)"))
    score = models.DecimalField(_("points in all"), max_digits=5, decimal_places=2, null=True, blank=True)
    grade = models.CharField(_("acceptance grade"), max_length=10, choices=Grade, blank=True)
    inspected_on = models.DateField(_("inspected on"), null=True, blank=True)
    inspectors = models.CharField(_("inspectors (two, of two units)"), max_length=120, blank=True)
    asked = models.PositiveIntegerField(_("residents asked"), null=True, blank=True)
    satisfied = models.PositiveIntegerField(_("of them satisfied"), null=True, blank=True)
    photo = models.CharField(_("photographs (link)"), max_length=200, blank=True)
    accepted_by = models.CharField(_("acceptance signed by"), max_length=60, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("road or estate")
        verbose_name_plural = _("roads and estates")
        constraints = sound("streets", StreetStage)


class Inspection(Record):
    """One inspection of a road or estate, or one of its re-inspections (验收、复验), by two people of two units."""

    line_key = "inspections"
    part_of = "streets"
    Stage = InspectionStage

    class Round(models.TextChoices):
        FIRST = "first", _("First inspection")
        AGAIN = "again", _("Re-inspection")

    stage = models.CharField(_("stage"), max_length=20, choices=InspectionStage)
    street = models.ForeignKey(
        Street,
        on_delete=models.PROTECT,
        related_name="inspections",
        verbose_name=_("road or estate"),
    )
    round = models.CharField(_("round"), max_length=10, choices=Round)
    inspected_on = models.DateField(_("inspected on"), null=True, blank=True)
    score_1 = item(_("item 1 (points)"))
    score_2 = item(_("item 2 (points)"))
    score_3 = item(_("item 3 (points)"))
    score_4 = item(_("item 4 (points)"))
    first_unit = models.CharField(_("first inspector's unit"), max_length=60, blank=True)
    first_inspector = models.CharField(_("first inspector"), max_length=40, blank=True)
    second_unit = models.CharField(_("second inspector's unit"), max_length=60, blank=True)
    second_inspector = models.CharField(_("second inspector"), max_length=40, blank=True)
    asked = models.PositiveIntegerField(_("residents asked"), null=True, blank=True)
    satisfied = models.PositiveIntegerField(_("of them satisfied"), null=True, blank=True)
    remark = models.TextField(_("remark"), max_length=2000, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        constraints = [
            *sound("inspections", InspectionStage),
            models.CheckConstraint(
                condition=Q(first_unit="") | Q(second_unit="") | ~Q(first_unit=F("second_unit")),
                name="inspections_by_two_units",
            ),
        ]

"""A draw (抽样核实) of the figures of some months, and who verifies which unit in a month (轮值)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.core.months import Month
from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Year


class DrawQuerySet(models.QuerySet["Draw"]):
    def visible_to(self, person: Person) -> Self:
        """The district's offices see every draw; others those that lots of theirs could lie in."""
        if person.sees_everything():
            return self
        step = Unit.steplen
        paths = [post.unit.path for post in person.posts_held()]
        above = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
        return self.filter(Q(unit__path__in=above) | person.scope("unit__path"))


class Draw(Ledgered):
    """Lots drawn over the figures that waited (抽样核实): who was in the urn, the seed, and what came out.

    ``population`` is frozen: a list of value id, version, figure (``""`` for no data) and its risks. What has many
    points of risk is ``certain`` to be looked at, ``sample`` is drawn from the rest with equal chances and carries the
    guarantee, and ``extra`` is drawn by risk besides, outside of it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Being checked")
        ACCEPTED = "accepted", _("The rest accepted by sample")
        ALL = "all", _("All of it is checked one by one")

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="draws", verbose_name=_("year"))
    first_month = models.PositiveSmallIntegerField(_("first month"))
    last_month = models.PositiveSmallIntegerField(_("last month"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit and those below"))
    norms_since = models.DateField(_("rules since"))
    confidence = models.PositiveSmallIntegerField(_("confidence, in a hundred"))
    tolerable_percent = models.DecimalField(_("may be wrong at most, percent"), max_digits=5, decimal_places=2)
    allowed = models.PositiveSmallIntegerField(_("wrong figures allowed in the sample"))
    population = models.JSONField(_("figures drawn from"), default=list)
    population_sha256 = models.CharField(_("hash of the figures"), max_length=64)
    seed = models.CharField(_("seed"), max_length=80)
    certain = models.JSONField(_("looked at for their risk"), default=list)
    sample = models.JSONField(_("sample"), default=list)
    extra = models.JSONField(_("drawn by risk"), default=list)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("drawn by"))
    drawn_at = models.DateTimeField(_("drawn at"))
    concluded_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("concluded by")
    )
    concluded_at = models.DateTimeField(_("concluded at"), null=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        ordering = ["-drawn_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_month__gte=1, first_month__lte=F("last_month"), last_month__lte=12),
                name="returns_draw_months_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(concluded_by__isnull=False), name="returns_draw_concluded_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.first_month}–{self.last_month} {self.unit}"

    def get_absolute_url(self) -> str:
        return f"/verify/samples/{self.pk}/"

    @property
    def first(self) -> Month:
        return Month(self.year.number, self.first_month)

    @property
    def last(self) -> Month:
        return Month(self.year.number, self.last_month)

    @property
    def looked_at(self) -> set[int]:
        """Every figure that somebody looks at."""
        return {*self.certain, *self.sample, *self.extra}

    @property
    def rest_size(self) -> int:
        """How many the sample stands for: all that were not looked at for their risk."""
        return len(self.population) - len(self.certain)


class Rota(Ledgered):
    """Who verifies which unit in a month (轮值), drawn by a seed; others may help."""

    period = models.OneToOneField("returns.Period", on_delete=models.PROTECT, related_name="rota")
    seed = models.CharField(_("seed"), max_length=80)
    turns = models.JSONField(_("unit and verifier"), default=dict)
    kept_on = models.JSONField(_("units whose verifier could not change"), default=list)
    assigned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("assigned by"))
    assigned_at = models.DateTimeField(_("assigned at"))

    class Meta:
        verbose_name = _("rota")
        verbose_name_plural = _("rotas")
        ordering = ["period"]

    def __str__(self) -> str:
        return str(self.period)

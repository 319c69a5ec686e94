"""Periods with their four clocks, returns (填报), and the values in them."""

from __future__ import annotations

from typing import Any, Self

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.core.months import Month
from shoushan.ledger.models import Ledgered
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Indicator, Year
from shoushan.returns.draws import Draw, Rota

__all__ = ["Draw", "Exemption", "Period", "Return", "Rota", "Value"]


class ClockRule(Ledgered):
    """How a month's clocks follow from the calendar (时限规则), the text that says so and since when."""

    opens_day = models.PositiveSmallIntegerField(_("opens on day"), default=1)
    due_workday = models.PositiveSmallIntegerField(_("due on working day"), default=5)
    locks_after = models.PositiveSmallIntegerField(_("locks working days later"), default=2)
    source = models.CharField(_("source"), max_length=200)
    since = models.DateField(_("holds from"))

    class Meta:
        verbose_name = _("clock rule")
        verbose_name_plural = _("clock rules")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="returns_clock_rule_has_a_source"),
            models.CheckConstraint(
                condition=Q(opens_day__gte=1, opens_day__lte=10, due_workday__gte=1, due_workday__lte=20)
                & Q(locks_after__lte=20),
                name="returns_clock_rule_within_the_month",
            ),
        ]

    def __str__(self) -> str:
        return self.source


class PeriodQuerySet(models.QuerySet["Period"]):
    def held_beside_others(self, pk: int) -> Period:
        """A period whose clocks stay as they are until the transaction ends; any number may hold it at a time.

        ``FOR UPDATE`` would let five hundred units pass one after the other on the last night (PostgreSQL).
        """
        if connection.features.has_select_for_update:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM returns_period WHERE id = %s FOR SHARE", [pk])
        return self.select_related("year").get(pk=pk)


class Period(Ledgered):
    """One month of returns and its clocks: opens (开放), on time until (按时截止), locks (锁定)."""

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="periods", verbose_name=_("year"))
    month = models.PositiveSmallIntegerField(_("month"))
    opens_at = models.DateTimeField(_("opens"))
    due_at = models.DateTimeField(_("on time until"))
    locks_at = models.DateTimeField(_("locks"))
    # empty where the clocks were set by hand
    rule = models.ForeignKey(
        ClockRule, on_delete=models.PROTECT, related_name="periods", null=True, verbose_name=_("clock rule")
    )
    changed_at = models.DateTimeField(_("clocks changed at"), null=True)
    changed_because = models.CharField(_("clocks changed because"), max_length=500, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["year", "month"]
        constraints = [
            models.UniqueConstraint(fields=["year", "month"], name="returns_one_period_a_month"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="returns_month_of_a_year"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("due_at"), due_at__lte=F("locks_at")), name="returns_clocks_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.calendar_month)

    @property
    def calendar_month(self) -> Month:
        return Month(self.year.number, self.month)

    def get_absolute_url(self) -> str:
        return f"/returns/{self.calendar_month}/"


class Exemption(Ledgered):
    """The fourth clock (例外): one unit may still enter a locked month until a moment, for a reason."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="exemptions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=500)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("granted by"))

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["-until"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="returns_exception_says_why")]

    def __str__(self) -> str:
        return f"{self.period} {self.unit}"


class RequestState(models.TextChoices):
    """How far what somebody asked of the supervision office is."""

    ASKED = "asked", _("Waiting for the supervision office")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")


class ExceptionRequestQuerySet(models.QuerySet["ExceptionRequest"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.sees_everything() else self.filter(person.scope("unit__path"))

    def waiting(self) -> Self:
        return self.filter(state=RequestState.ASKED)


class ExceptionRequest(Ledgered):
    """A unit asks to enter a locked month (例外申请): who asks, why, until when; decided by another."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="exception_requests")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    reason = models.CharField(_("reason"), max_length=500)
    until = models.DateTimeField(_("wished until"))
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(_("state"), max_length=8, choices=RequestState, default=RequestState.ASKED)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    exemption = models.OneToOneField(
        Exemption, on_delete=models.PROTECT, related_name="request", null=True, verbose_name=_("exception")
    )

    objects = ExceptionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for an exception")
        verbose_name_plural = _("requests for an exception")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit"], condition=Q(state="asked"), name="returns_one_open_exception_request"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="returns_exception_request_says_why"),
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="returns_exception_granted_by_another"),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(decided_by__isnull=False), name="returns_exception_request_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.unit}"

    def get_absolute_url(self) -> str:
        return f"/returns/{self.period.calendar_month}/{self.unit.code}/"


class ReturnQuerySet(models.QuerySet["Return"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.sees_everything() else self.filter(person.scope("unit__path"))


class Return(Ledgered):
    """One unit's month (填报): the reported values only, since a register's figures are never asked for."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="returns")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="returns", verbose_name=_("unit"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    submitted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("submitted by")
    )
    is_late = models.BooleanField(_("late"), default=False)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering = ["period", "unit__path"]
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="returns_one_a_month")]

    def __str__(self) -> str:
        return f"{self.period} {self.unit}"

    def get_absolute_url(self) -> str:
        return f"/returns/{self.period.calendar_month}/{self.unit.code}/"


class ValueQuerySet(models.QuerySet["Value"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.sees_everything() else self.filter(person.scope("entry__unit__path"))

    def waiting(self) -> Self:
        """What a verifier has to decide on."""
        return self.filter(state=Value.State.SUBMITTED)

    def counting(self) -> Self:
        """What stands as reported: submitted or accepted, and a number or “nothing this period”."""
        return self.filter(state__in=[Value.State.SUBMITTED, Value.State.ACCEPTED], no_data="")


class Value(Ledgered):
    """One figure of one month: a number, “nothing this period”, or “no data” with its reason; an empty one is none.

    Zero is a number. ``is_nil`` (本期没有) says that nothing happened, which counts as zero and stays told apart
    from it. Of a ratio (比率) both parts are kept, and ``amount`` is what they make. Of a running total (累计数)
    ``amount`` is the total as typed; the month is its difference to the month before. ``unusual`` names the rule
    that asked for the sentence in ``note``.

    ``unit`` is whom the figure is about. It differs from the return's unit only where an office imports a
    statutory figure (地区生产总值 from the statistics office) for somebody else's goal.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Saved, not submitted")
        SUBMITTED = "submitted", _("Submitted")
        ACCEPTED = "accepted", _("Verified")
        RETURNED = "returned", _("Returned")

    class Unusual(models.TextChoices):
        ABOVE = "above", _("Above what the months before lead one to expect")
        BELOW = "below", _("Below what the months before lead one to expect")
        TENFOLD = "tenfold", _("Ten times the month before, or more")
        TENTH = "tenth", _("A tenth of the month before, or less")

    entry = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="values")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="values", verbose_name=_("indicator")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("about"))
    amount = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True, blank=True)
    is_nil = models.BooleanField(_("nothing this period"), default=False)
    numerator = models.DecimalField(_("numerator"), max_digits=20, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(_("denominator"), max_digits=20, decimal_places=4, null=True, blank=True)
    no_data = models.CharField(_("no data, because"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    unusual = models.CharField(_("unusual"), max_length=10, blank=True, choices=Unusual)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"))
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("verified by")
    )
    decided_at = models.DateTimeField(_("verified at"), null=True)
    reason = models.CharField(_("reason for returning"), max_length=500, blank=True)
    # the draw that spoke for this figure, where nobody looked at the figure itself
    by_sample = models.ForeignKey(
        Draw, on_delete=models.PROTECT, related_name="accepted", null=True, verbose_name=_("verified by sample")
    )

    objects = ValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        ordering = ["entry", "indicator__key", "unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "indicator", "unit"], name="returns_value_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=False, no_data="", is_nil=False)
                | Q(amount__isnull=True, no_data="", is_nil=True)
                | Q(amount__isnull=True, is_nil=False) & ~Q(no_data=""),
                name="returns_a_number_nothing_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, denominator__gt=0, amount__isnull=False),
                name="returns_both_parts_of_a_ratio",
            ),
            models.CheckConstraint(condition=Q(unusual="") | ~Q(note=""), name="returns_unusual_says_why"),
            models.CheckConstraint(condition=~Q(decided_by=F("entered_by")), name="returns_a_second_person_verifies"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(decided_by__isnull=False), name="returns_verified_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.entry}"

    @property
    def is_by_sample(self) -> bool:
        """Whether it counts because a sample of its like was right, and not because somebody looked at it."""
        return self.state == self.State.ACCEPTED and self.by_sample_id is not None

    def state_words(self) -> Any:
        """The state in words; verified by sample is told apart from verified by itself."""
        return _("Verified by sample") if self.is_by_sample else self.get_state_display()

    def get_absolute_url(self) -> str:
        about = "" if self.unit_id == self.entry.unit_id else f"?about={self.unit.code}"
        return f"{self.entry.get_absolute_url()}{self.indicator.key}/{about}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.sees_everything() else self.filter(person.scope("value__entry__unit__path"))

    def waiting(self) -> Self:
        return self.filter(state=RequestState.ASKED)

    def agreed(self) -> Self:
        return self.filter(state=RequestState.AGREED)


# what a correction keeps of a figure, as it was and as it is to be
CORRECTED = ("amount", "numerator", "denominator", "is_nil", "no_data")


class Correction(Ledgered):
    """A locked or verified figure is to be changed (更正): both figures stay, and another person agrees.

    Of a ratio the parts are kept too, and the amounts are what they make.
    """

    value = models.ForeignKey(Value, on_delete=models.PROTECT, related_name="corrections")
    old_amount = models.DecimalField(_("value before"), max_digits=20, decimal_places=4, null=True)
    old_numerator = models.DecimalField(_("numerator before"), max_digits=20, decimal_places=4, null=True)
    old_denominator = models.DecimalField(_("denominator before"), max_digits=20, decimal_places=4, null=True)
    old_is_nil = models.BooleanField(_("nothing before"), default=False)
    old_no_data = models.CharField(_("no data before, because"), max_length=200, blank=True)
    new_amount = models.DecimalField(_("corrected value"), max_digits=20, decimal_places=4, null=True)
    new_numerator = models.DecimalField(_("corrected numerator"), max_digits=20, decimal_places=4, null=True)
    new_denominator = models.DecimalField(_("corrected denominator"), max_digits=20, decimal_places=4, null=True)
    new_is_nil = models.BooleanField(_("nothing this period"), default=False)
    new_no_data = models.CharField(_("no data, because"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(_("state"), max_length=8, choices=RequestState, default=RequestState.ASKED)
    decided_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["value"], condition=Q(state="asked"), name="returns_one_open_correction"),
            models.CheckConstraint(
                condition=Q(new_amount__isnull=False, new_no_data="", new_is_nil=False)
                | Q(new_amount__isnull=True, new_no_data="", new_is_nil=True)
                | Q(new_amount__isnull=True, new_is_nil=False) & ~Q(new_no_data=""),
                name="returns_correction_a_number_nothing_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(new_numerator__isnull=True, new_denominator__isnull=True)
                | Q(new_numerator__isnull=False, new_denominator__gt=0, new_amount__isnull=False),
                name="returns_correction_of_both_parts",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="returns_correction_says_why"),
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="returns_correction_agreed_by_another"),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(decided_by__isnull=False), name="returns_correction_decided"
            ),
        ]

    @property
    def before(self) -> dict[str, Any]:
        """The figure as it stood, by its fields."""
        return {name: getattr(self, f"old_{name}") for name in CORRECTED}

    @property
    def after(self) -> dict[str, Any]:
        """The figure as it is to stand."""
        return {name: getattr(self, f"new_{name}") for name in CORRECTED}

    def __str__(self) -> str:
        return str(self.value)

    def get_absolute_url(self) -> str:
        return self.value.get_absolute_url()

"""One figure on one page, a unit's figures in a grid, and the exception to a lock."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.core.decimals import plain
from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.exchange import gate
from shoushan.orgs.models import Person
from shoushan.plans.models import Indicator, Year
from shoushan.returns.actions import Given
from shoushan.returns.actions.periods import Terms, clocks_version
from shoushan.returns.amounts import read_amount, understand
from shoushan.returns.models import ClockRule, Period, Value
from shoushan.returns.queries.draws import Scope
from shoushan.web import dates, refusals

NUMBERS = ("amount", "numerator", "denominator")


def _number(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        help_text=help_text,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def _keep_what_fits(fields: dict[str, Any], indicator: Indicator) -> None:
    """Both parts of a reported ratio, one number of anything else; a statutory ratio may come as published.

    What always stands at something is never “nothing this period”.
    """
    has_parts = indicator.kind == Indicator.Kind.RATIO
    if has_parts and indicator.source == Indicator.Source.REPORTED:
        del fields["amount"]
    elif not has_parts:
        del fields["numerator"], fields["denominator"]
    if indicator.kind == Indicator.Kind.LEVEL:
        del fields["is_nil"]


class FigureForm(forms.Form):
    """A number, “nothing this period”, or the reason why there is no number; a sentence beside it."""

    amount = _number(_("value"), _("A zero is a number."))
    numerator = _number(_("numerator"))
    denominator = _number(_("denominator"))
    is_nil = forms.BooleanField(label=_("nothing this period"), required=False)
    note = forms.CharField(label=_("note"), required=False, max_length=500)
    no_data = forms.CharField(
        label=_("no data, because"),
        required=False,
        help_text=_("Only where there is no number."),
        max_length=200,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    was = forms.CharField(required=False, widget=forms.HiddenInput, max_length=900, strip=False)

    def __init__(self, *args: Any, indicator: Indicator, value: Value | None, named: str = "", **kwargs: Any) -> None:
        """``named`` is whose figure it is, said in every label: in a grid all rows have the same fields."""
        self.standing = value
        kwargs["initial"] = _written(value)
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.understood: list[tuple[str, Decimal]] = []
        _keep_what_fits(self.fields, indicator)
        if "amount" in self.fields and indicator.kind == Indicator.Kind.CUMULATIVE:
            self.fields["amount"].label = _("total to date")
        for field in self.fields.values() if named else ():
            field.label, field.help_text = f"{named} {field.label}", ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in NUMBERS:
            if name not in self.fields:
                continue
            measure = self.indicator.measure if name == "amount" else "item"
            typed = given.get(name) or ""
            try:
                read = understand(typed, measure)
            except Refusal as refusal:
                self.add_refusal(name, refusal)
                continue
            given[name] = read.number if read else None
            if read and read.is_understood:
                self.understood.append((typed, read.number))
        return given

    def add_refusal(self, name: str, refusal: Refusal) -> None:
        refusal.field = name
        refusals.put(self, refusal)

    def figure(self) -> Given:
        """The figure as given, to be saved."""
        given = self.cleaned_data
        return Given(
            **{name: given.get(name) for name in NUMBERS},
            is_nil=bool(given.get("is_nil")),
            no_data=given["no_data"],
            note=given["note"],
        )

    def is_empty(self) -> bool:
        """Whether the row says nothing at all: in a grid it is left for later."""
        given = self.figure()
        return not (given.has_parts or given.is_nil or given.no_data or given.note or given.amount is not None)

    def is_untouched(self) -> bool:
        """Whether it is sent as it was shown: then another's change meanwhile is nothing to ask about."""
        return bool(self.data.get(self.add_prefix("was"))) and self.data[self.add_prefix("was")] == self._typed()

    def _typed(self) -> str:
        return said_of(
            {name: (self.data.get(self.add_prefix(name)) or "").strip() for name in (*NUMBERS, "is_nil", *TEXTS)}
        )

    def choose_anew(self) -> None:
        """After somebody else's change: what was typed stays, and sending it again replaces what stands now."""
        if self.standing is None:
            return
        self.data = {**dict(self.data.items()), self.add_prefix("version"): str(self.standing.version)}


TEXTS = ("no_data", "note")


def said_of(written: dict[str, Any]) -> str:
    """What a row says, in one text, to see whether it was touched."""
    parts = [("1" if written.get(name) else "") if name == "is_nil" else str(written.get(name) or "") for name in ORDER]
    return "|".join(parts)


ORDER = (*NUMBERS, "is_nil", *TEXTS)


def _written(value: Value | None) -> dict[str, Any]:
    """A value as its form shows it."""
    if value is None:
        return {"version": 0, "was": said_of({})}
    numbers = {name: getattr(value, name) for name in NUMBERS}
    if value.numerator is not None:
        numbers["amount"] = None
    shown = {
        **{name: "" if it is None else plain(it) for name, it in numbers.items()},
        "is_nil": value.is_nil,
        "no_data": value.no_data,
        "note": value.note,
    }
    return {**shown, "version": value.version, "was": said_of(shown)}


class ValueForm(FigureForm):
    """One figure on its page, with its evidence: the camera first."""

    photo = forms.FileField(
        label=_("Take a photo"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    file = forms.FileField(label=_("or choose a file"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # “nothing this period” is a button of its own here: one tap
        self.fields.pop("is_nil", None)
        first = next(name for name in (*NUMBERS[1:], "amount") if name in self.fields)
        if self.standing is None:
            self.fields[first].widget.attrs["autofocus"] = True
        del self.fields["was"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        given["is_nil"] = "is_nil" in self.data
        given["files"] = [file for name in ("photo", "file") if (file := self._file(given, name))]
        return given

    def _file(self, given: dict[str, Any], name: str) -> tuple[bytes, str] | None:
        """A file is looked at before anything is saved, and a large one before it is read."""
        file = given.get(name)
        if not file:
            return None
        try:
            gate.check_size(file.size)
            data = file.read()
            gate.check(data, file.name, kinds=gate.EVIDENCE)
        except Refusal as refusal:
            self.add_refusal(name, refusal)
            return None
        return data, file.name


class WorkbookForm(forms.Form):
    """The unit's month as a workbook that was filled in."""

    file = forms.FileField(
        label=_("workbook (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}), allow_empty_file=True
    )


class DrawForm(forms.Form):
    """Whose figures of which months lots are drawn over."""

    unit = forms.ChoiceField(label=_("unit and those below"))
    first_month = forms.TypedChoiceField(label=_("first month"), coerce=int)
    last_month = forms.TypedChoiceField(label=_("last month"), coerce=int)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = Year.objects.order_by("-number").first()
        self.units = {unit.code: unit for unit in person.units_as("verifier")}
        months = (
            [(number, dates.month(Month(self.year.number, number))) for number in range(1, 13)] if self.year else []
        )
        fields: dict[str, Any] = self.fields
        fields["unit"].choices = [(code, unit.name) for code, unit in self.units.items()]
        fields["first_month"].choices = fields["last_month"].choices = months

    def scope(self) -> Scope:
        """What was chosen."""
        given = self.cleaned_data
        assert self.year is not None  # noqa: S101 - without a year there is no month to choose
        return Scope(self.year, self.units[given["unit"]], given["first_month"], given["last_month"])


def moment_field(label: Any) -> forms.DateTimeField:
    """A day and a time, as the browser's own field gives them."""
    return forms.DateTimeField(
        label=label, widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    )


class RuleForm(forms.Form):
    """How a year's clocks follow from the calendar, and the text that says so."""

    opens_day = forms.IntegerField(label=_("opens on day"), min_value=1, max_value=10)
    due_workday = forms.IntegerField(label=_("due on working day"), min_value=1, max_value=20)
    locks_after = forms.IntegerField(label=_("locks working days later"), min_value=0, max_value=20)
    source = forms.CharField(
        label=_("source"), max_length=200, required=False, help_text=_("The notice it rests on, its number and date.")
    )

    @staticmethod
    def of(rule: ClockRule) -> dict[str, object]:
        return {name: getattr(rule, name) for name in ("opens_day", "due_workday", "locks_after", "source")}

    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)


class ClocksForm(forms.Form):
    """One month's clocks, and why they change."""

    opens_at = moment_field(_("opens"))
    due_at = moment_field(_("on time until"))
    locks_at = moment_field(_("locks"))
    reason = forms.CharField(label=_("reason"), max_length=500, required=False)
    version = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    @staticmethod
    def of(period: Period) -> dict[str, object]:
        clocks = {name: getattr(period, name) for name in ("opens_at", "due_at", "locks_at")}
        return {**clocks, "version": clocks_version(period)}


class CorrectionForm(forms.Form):
    """What was wrong with a locked or verified figure, and what is right."""

    amount = _number(_("corrected value"))
    numerator = _number(_("corrected numerator"))
    denominator = _number(_("corrected denominator"))
    is_nil = forms.BooleanField(label=_("nothing this period"), required=False)
    no_data = forms.CharField(
        label=_("no data, because"), required=False, max_length=200, help_text=_("Only where there is no number.")
    )
    reason = forms.CharField(label=_("reason"), max_length=500, required=False)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _keep_what_fits(self.fields, indicator)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in NUMBERS:
            try:
                given[name] = read_amount(given.get(name) or "")
            except Refusal as refusal:
                refusal.field = name
                refusals.put(self, refusal)
        return given


class ExceptionForm(forms.Form):
    """Until when a unit may still enter a locked month, and why."""

    until = moment_field(_("until"))
    reason = forms.CharField(label=_("reason"), max_length=500)

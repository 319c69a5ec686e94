"""One figure on one page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.orgs.models import Person
from shoushan.plans.models import Year
from shoushan.returns.amounts import read_amount
from shoushan.returns.queries.draws import Scope
from shoushan.web import dates, refusals


class ValueForm(forms.Form):
    """A number, or the reason why there is none; a note and evidence beside it."""

    amount = forms.CharField(
        label=_("value"),
        required=False,
        help_text=_("A zero is a number. Leave it empty only with a reason below."),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    no_data = forms.CharField(
        label=_("no data, because"),
        required=False,
        help_text=_("Only where there is no number."),
        max_length=200,
    )
    note = forms.CharField(label=_("note"), required=False, max_length=500)
    file = forms.FileField(label=_("evidence"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        try:
            given["number"] = read_amount(given.get("amount") or "")
        except Refusal as refusal:
            refusals.put(self, refusal)
        return given


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


class ExceptionForm(forms.Form):
    """Until when a unit may still enter a locked month, and why."""

    until = forms.DateTimeField(
        label=_("until"), widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    )
    reason = forms.CharField(label=_("reason"), max_length=500)

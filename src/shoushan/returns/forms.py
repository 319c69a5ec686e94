"""One figure on one page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal
from shoushan.returns.actions.periods import Terms, clocks_version
from shoushan.returns.amounts import read_amount
from shoushan.returns.models import ClockRule, Period
from shoushan.web import refusals


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


class ReasonForm(forms.Form):
    """Why a figure is sent back."""

    reason = forms.CharField(label=_("reason"), max_length=500)


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

    amount = forms.CharField(
        label=_("corrected value"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    no_data = forms.CharField(
        label=_("no data, because"), required=False, max_length=200, help_text=_("Only where there is no number.")
    )
    reason = forms.CharField(label=_("reason"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        try:
            given["number"] = read_amount(given.get("amount") or "")
        except Refusal as refusal:
            refusals.put(self, refusal)
        return given

    def asked(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"amount": given["number"], "no_data": given["no_data"], "reason": given["reason"]}


class ExceptionForm(forms.Form):
    """Until when a unit may still enter a locked month, and why."""

    until = moment_field(_("until"))
    reason = forms.CharField(label=_("reason"), max_length=500)

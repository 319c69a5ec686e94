"""One figure on one page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal
from shoushan.returns.amounts import read_amount
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


class ExceptionForm(forms.Form):
    """Until when a unit may still enter a locked month, and why."""

    until = forms.DateTimeField(
        label=_("until"), widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    )
    reason = forms.CharField(label=_("reason"), max_length=500)

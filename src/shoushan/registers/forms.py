"""Forms over a line's own fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.orgs.models import Unit
from shoushan.registers.lines import Line
from shoushan.registers.models import Record


def record_form(
    line: Line, names: Sequence[str], *args: Any, needed: bool = False, **kwargs: Any
) -> forms.ModelForm[Record]:
    """A form over some of a line's fields; all are required where a stage needs them."""
    made: type[forms.ModelForm[Record]] = forms.modelform_factory(line.model, fields=list(names))
    form = made(*args, **kwargs)
    for name in names:
        form.fields[name].required = needed or name in line.required
    return form


class EntryForm(forms.Form):
    """What a new record needs beside its fields: whose it is, and when it began."""

    unit = forms.ModelChoiceField(label=_("unit"), queryset=Unit.objects.none())
    on = forms.DateField(label=_("happened on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class StageForm(forms.Form):
    """The day a stage was reached, and its evidence."""

    on = forms.DateField(label=_("happened on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    file = forms.FileField(label=_("evidence"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why a stage goes back."""

    reason = forms.CharField(label=_("reason"), max_length=500)


class SheetForm(forms.Form):
    """A workbook to be entered."""

    file = forms.FileField(label=_("workbook (.xlsx, .csv)"))

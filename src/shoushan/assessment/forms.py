"""Choosing the published scheme, and freezing a year by it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.assessment.queries.schemes import Published


class SchemeForm(forms.Form):
    """By which of the year's published schemes."""

    scheme = forms.ChoiceField(label=_("scheme"))

    def __init__(self, *args: Any, schemes: list[Published], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.published = {each.scheme.key: each for each in schemes}
        choices = [(key, f"{each.scheme.title} ({each.scheme.version})") for key, each in self.published.items()]
        self.fields["scheme"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Published:
        return self.published[self.cleaned_data["scheme"]]


class FreezeForm(SchemeForm):
    """Figures that still wait are left out only for a reason, which the ledger keeps."""

    reason = forms.CharField(
        label=_("why the year is frozen without what still waits"),
        required=False,
        max_length=500,
        help_text=_("Only needed where figures still wait for verification; they count as missing."),
    )

"""Choosing the sites that are like one at which something was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.lines.hazards.queries import Site


class LinkedForm(forms.Form):
    """The like sites to be checked."""

    sites = forms.MultipleChoiceField(label=_("like sites"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {site.key: site for site in sites}
        shown = [(site.key, f"{site.unit.name} {site.name} {site.address}") for site in sites]
        self.fields["sites"].choices = shown  # type: ignore[attr-defined]

    def chosen(self) -> list[Site]:
        return [self.known[key] for key in self.cleaned_data["sites"]]

"""Drawing a survival sample."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.lines.greening.models import Planting
from shoushan.lines.greening.norms import norms


def share(label: Any, least: str) -> forms.DecimalField:
    """A part of a whole as a number from 0 to 1."""
    most = Decimal("0.99")
    return forms.DecimalField(label=label, min_value=Decimal(least), max_value=most, max_digits=5, decimal_places=4)


class DrawForm(forms.Form):
    """Which site, how exact, and by which published seed."""

    planting = forms.ModelChoiceField(label=_("greening site"), queryset=Planting.objects.none())
    name = forms.CharField(label=_("name"), max_length=120)
    seed = forms.CharField(
        label=_("published seed"),
        max_length=60,
        help_text=_("Announced before anybody goes out; it decides the places."),
    )
    precision = share(_("precision wanted (0.03 is 3 points either way)"), "0.005")
    expected = share(_("survival expected (0 to 1)"), "0.01")

    def __init__(self, *args: Any, plantings: Any, **kwargs: Any) -> None:
        usual = norms()["sample"]
        kwargs.setdefault("initial", {"precision": usual["precision"], "expected": usual["expected"]})
        super().__init__(*args, **kwargs)
        self.fields["planting"].queryset = plantings  # type: ignore[attr-defined]

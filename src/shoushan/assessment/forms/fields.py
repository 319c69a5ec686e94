"""The fields that the forms of a scheme are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

DAY = {"type": "date"}
# shown empty, below the rows that are filled
SPARE_ROWS = 3
ABOVE_NOTHING = _("Enter a number above nothing.")


def number(label: Any, help_text: Any = "", *, required: bool = True, above: bool = False) -> forms.DecimalField:
    """A number as people type it."""
    field = forms.DecimalField(
        label=label,
        help_text=help_text,
        required=required,
        max_digits=15,
        decimal_places=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    if above:
        field.validators.append(_above_nothing)
    return field


def beside_answers() -> forms.DecimalField:
    """The number that one of the answers above asks for."""
    return number(_("the number"), _("Only where the answer above asks for one."), required=False)


class OpenChoice(forms.ChoiceField):
    """A question that may stay open, and is yet no trifle that one may leave out."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


def _above_nothing(given: Decimal) -> None:
    if given <= 0:
        raise ValidationError(ABOVE_NOTHING)


def day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together: below one another, or row by row."""

    legend: str
    fields: list[BoundField]
    rows: list[list[BoundField]]
    help_text: str = ""

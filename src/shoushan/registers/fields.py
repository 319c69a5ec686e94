"""Kinds of fields that offices write and databases do not know: a day known only to the month or to ten days."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.core.decimals import plain

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
MONTH = re.compile(r"(\d{4})-(\d{2})$")
LONGEST = len("2026-03-11/2026-03-20")


def first_and_last(written: str) -> tuple[date, date]:
    """The days a written day may mean: ``2026-03-05``, ``2026-03`` or ``2026-03-11/2026-03-20``; else ValueError."""
    if found := MONTH.match(written):
        year, month = int(found[1]), int(found[2])
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    first, _slash, last = written.partition("/")
    if not (DAY.match(first) and DAY.match(last or first)):
        raise ValueError(written)
    span = date.fromisoformat(first), date.fromisoformat(last or first)
    if span[1] < span[0]:
        raise ValueError(written)
    return span


def last_of(written: str | date | None) -> date | None:
    """The last day a written day may mean; none where nothing is written."""
    if isinstance(written, date) or not written:
        return written or None
    return first_and_last(written)[1]


def check_when(written: str) -> None:
    """Whether a day can be read."""
    try:
        first_and_last(written)
    except ValueError:
        raise ValidationError(
            _("Write a day like 2026-03-05, a month like 2026-03, or a span like 2026-03-11/2026-03-20."),
            code="when",
        ) from None


class WhenField(models.CharField):  # type: ignore[type-arg]
    """A day as exactly as it is known: a day, a month, or from one day to another."""

    default_validators = [check_when]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST, "blank": True, **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        hint = {"placeholder": "2026-03-05", "autocomplete": "off"}
        return super().formfield(**{"widget": forms.TextInput(attrs=hint), **kwargs})


class ShareField(models.DecimalField):  # type: ignore[type-arg]
    """A part of a whole, from 0 to 1 as a rule, shown and typed as a percentage on pages; four places."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 7, "decimal_places": 4, "null": True, "blank": True, **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": PercentFormField, **kwargs})


class PercentFormField(forms.DecimalField):
    """A share typed as a percentage: 92.5 or 92.5 %."""

    def __init__(self, **kwargs: Any) -> None:
        bounds = {"max_digits": 7, "decimal_places": 2, "help_text": _("percent")}
        super().__init__(**{**kwargs, **bounds, "widget": forms.TextInput(attrs={"inputmode": "decimal"})})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        typed = super().to_python(str(value).replace("%", "").replace("％", "").strip() if value else value)  # noqa: RUF001
        return None if typed is None else typed / 100

    def validate(self, value: Any) -> None:
        super().validate(value * 100 if isinstance(value, Decimal) else value)

    def run_validators(self, value: Any) -> None:
        super().run_validators(None if value is None else value * 100)

    def prepare_value(self, value: Any) -> Any:
        return plain(value * 100) if isinstance(value, Decimal) else value

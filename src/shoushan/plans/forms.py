"""Forms about documents, what they commit to, who carries it and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.core.decimals import plain
from shoushan.core.errors import Refusal
from shoushan.exchange import foreign
from shoushan.orgs.models import Unit
from shoushan.plans.actions import GoalTerms
from shoushan.plans.actions.sharing import even
from shoushan.plans.models import QUARTERS, Goal, Indicator, Passage
from shoushan.web import figures, refusals


class DocumentForm(forms.Form):
    """A document as received: a file, or pasted text."""

    title = forms.CharField(label=_("title"), max_length=200)
    delivered_on = forms.DateField(
        label=_("delivered on"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    file = forms.FileField(label=_("file (.txt, .docx)"), required=False)
    text = forms.CharField(
        label=_("or paste the text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("file"):
            try:
                given["text"] = foreign.read_text(given["file"].read(), given["file"].name).text
            except Refusal as refusal:
                refusals.put(self, refusal)
        elif not (given.get("text") or "").strip():
            self.add_error("text", _("Choose a file or paste the text."))
        return given


class GoalForm(forms.Form):
    """What a person confirms about a passage, filled in with what the reader proposes."""

    kind = forms.ChoiceField(label=_("kind"), choices=Goal.Kind.choices)
    title = forms.CharField(label=_("title"), max_length=120)
    indicator = forms.ModelChoiceField(label=_("indicator"), queryset=Indicator.objects.all(), required=False)
    compare = forms.ChoiceField(label=_("comparison"), choices=[("", "—"), *Goal.Compare.choices], required=False)
    value = forms.DecimalField(label=_("value"), required=False, max_digits=20, decimal_places=4)
    measure = forms.CharField(label=_("unit of measure"), max_length=20, required=False)
    due_on = forms.DateField(
        label=_("deadline"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    lead_unit = forms.ModelChoiceField(label=_("lead unit"), queryset=Unit.objects.all(), required=False)

    def terms(self) -> GoalTerms:
        """The form as the action takes it."""
        given = {**self.cleaned_data, "indicator": self.cleaned_data["indicator"]}
        return GoalTerms(**given)


def proposed(passage: Passage) -> dict[str, Any]:
    """The reader's proposal as the form's first content."""
    found = passage.proposal
    value, due = found.get("value"), str(found.get("deadline") or "").split("/")[-1]
    return {
        "kind": passage.kind,
        "title": str(found.get("indicator") or passage.words)[:120],
        "compare": found.get("compare") or "",
        "value": value[-1] if isinstance(value, list) else value,
        "measure": found.get("unit") or "",
        "due_on": due if len(due) == len("2026-12-31") else None,
    }


class PointOutForm(forms.Form):
    """Words of the document that the reader has missed, exactly as they stand there: selected, or typed."""

    words = forms.CharField(label=_("words, as they stand in the text"), max_length=200, strip=True)
    kind = forms.ChoiceField(label=_("kind"), choices=Goal.Kind.choices)
    # where the selection began: tells two equal stretches of text apart
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not (words := given.get("words")):
            return given
        found = self.text.count(words)
        if found == 0:
            self.add_error("words", _("These words are not in the document."))
        elif found > 1 and given.get("start") is None:
            self.add_error("words", _("These words stand there more than once. Type some more of the sentence."))
        return given

    def place(self) -> tuple[int, int]:
        """Where the words begin and end; of several, the place nearest to where they were selected."""
        words, selected = self.cleaned_data["words"], self.cleaned_data["start"] or 0
        places = [found.start() for found in re.finditer(re.escape(words), self.text)]
        start = min(places, key=lambda place: abs(place - selected))
        return start, start + len(words)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in the form that divides: whether it carries, by which weight, or how much by hand."""

    unit: Unit
    chosen: forms.BoundField
    weight: forms.BoundField
    value: forms.BoundField


class DivideForm(forms.Form):
    """Which units carry a goal, and by which method it is divided among them."""

    method = forms.ChoiceField(label=_("division"), choices=[it for it in Goal.Divided.choices if it[0]])

    def __init__(self, *args: Any, goal: Goal, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.whole = "" if goal.value is None else plain(goal.value)
        # typed in yuan, whatever unit of money the reader looks at
        self.measure = figures.measure_words(goal.measure)
        usual = Goal.Divided.EQUALLY if goal.indicator is None or goal.indicator.adds_up else Goal.Divided.SAME
        self.fields["method"].initial = goal.divided or usual
        standing = {share.unit_id: share for share in goal.shares.all()}
        for unit in units:
            share = standing.get(unit.pk)
            self.fields[f"chosen_{unit.pk}"] = forms.BooleanField(
                label=unit.name, required=False, initial=share is not None
            )
            self.fields[f"weight_{unit.pk}"] = _figure(_("weight"), unit, 12, share.weight if share else None)
            self.fields[f"value_{unit.pk}"] = _figure(_("value"), unit, 20, share.value if share else None, part=True)

    def clean(self) -> dict[str, Any]:
        """A figure typed for a unit that is not ticked would be lost, so it is pointed out."""
        given = super().clean() or self.cleaned_data
        needed = {Goal.Divided.BY_HAND: "value", Goal.Divided.BY_WEIGHT: "weight"}.get(given.get("method", ""))
        for unit in self.units:
            if needed and given.get(f"{needed}_{unit.pk}") and not given.get(f"chosen_{unit.pk}"):
                self.add_error(f"{needed}_{unit.pk}", _("Tick this unit, or empty its figure."))
        return given

    def chosen(self) -> list[Unit]:
        return [unit for unit in self.units if self.cleaned_data[f"chosen_{unit.pk}"]]

    def division(self) -> dict[str, Any]:
        """The form as the action takes it."""
        return {
            "units": self.chosen(),
            "method": self.cleaned_data["method"],
            "weights": self._figures("weight") if self.cleaned_data["method"] == Goal.Divided.BY_WEIGHT else None,
            "values": self._figures("value") if self.cleaned_data["method"] == Goal.Divided.BY_HAND else None,
        }

    def _figures(self, name: str) -> dict[int, Decimal]:
        return {unit.pk: self.cleaned_data[f"{name}_{unit.pk}"] or Decimal(0) for unit in self.units}

    def groups(self) -> Iterator[tuple[str, list[UnitRow]]]:
        """The units of each kind, as the page shows them."""
        for kind, units in groupby(self.units, key=lambda unit: unit.get_kind_display()):
            yield kind, [self._row(unit) for unit in units]

    def _row(self, unit: Unit) -> UnitRow:
        return UnitRow(unit, self[f"chosen_{unit.pk}"], self[f"weight_{unit.pk}"], self[f"value_{unit.pk}"])


def _figure(label: Any, unit: Unit, digits: int, initial: Decimal | None, *, part: bool = False) -> forms.DecimalField:
    named = f"{unit.name} {label}"
    shown = None if initial is None else plain(initial)
    attributes = {"aria-label": named, **({"data-part": ""} if part else {})}
    return forms.DecimalField(
        label=named,
        required=False,
        min_value=0,
        max_digits=digits,
        decimal_places=4,
        initial=shown,
        widget=forms.NumberInput(attrs=attributes),
    )


PERCENT = Decimal(100)


class ScheduleForm(forms.Form):
    """The way through the year: the same every month, by quarters, or month by month; always to date."""

    EVEN, QUARTERLY, MONTHS = "even", "quarterly", "months"

    way = forms.ChoiceField(
        label=_("schedule"),
        choices=[
            (EVEN, _("The same every month")),
            (QUARTERLY, _("By quarters, to date")),
            (MONTHS, _("Month by month, to date")),
        ],
    )
    until = forms.IntegerField(
        label=_("done by the end of month"), min_value=1, max_value=12, initial=12, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for month in range(1, 13):
            self.fields[f"month_{month}"] = forms.DecimalField(
                label=_("by the end of month %(month)s, in percent") % {"month": month},
                required=False,
                min_value=0,
                max_value=100,
                decimal_places=2,
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("way") == self.EVEN and not given.get("until") and "until" not in self.errors:
            self.add_error("until", _("Type the month, 1 to 12."))
        if given.get("way") == self.QUARTERLY:
            for month in QUARTERS:
                if given.get(f"month_{month}") is None and f"month_{month}" not in self.errors:
                    self.add_error(f"month_{month}", _("Each quarter needs its part to date."))
        return given

    def portions(self) -> dict[int, Decimal]:
        """Which part of the whole is due by the end of which month, as the action takes it."""
        given = self.cleaned_data
        if given["way"] == self.EVEN:
            return even(given["until"])
        months = QUARTERS if given["way"] == self.QUARTERLY else range(1, 13)
        typed = {month: given[f"month_{month}"] for month in months}
        return {month: part / PERCENT for month, part in typed.items() if part is not None}

    def months(self) -> list[forms.BoundField]:
        return [self[f"month_{month}"] for month in range(1, 13)]

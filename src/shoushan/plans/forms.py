"""Forms about documents and what they commit to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal
from shoushan.exchange import foreign
from shoushan.orgs.models import Unit
from shoushan.plans.actions import GoalTerms
from shoushan.plans.models import Goal, Indicator, Passage
from shoushan.web import refusals


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

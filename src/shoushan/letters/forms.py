"""Entering a legal basis, editing a draft, and proposing an amendment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.letters.models import Amendment, AnnexLine, Basis
from shoushan.web import figures

DAY = {"type": "date"}


class BasisForm(forms.Form):
    """The document that allows the district's letters."""

    title = forms.CharField(label=_("document"), max_length=200)
    number = forms.CharField(label=_("document number"), max_length=80)
    dated_on = forms.DateField(label=_("dated"), widget=forms.DateInput(attrs=DAY))
    approver = forms.CharField(label=_("approved by"), max_length=120)
    expires_on = forms.DateField(label=_("valid until"), required=False, widget=forms.DateInput(attrs=DAY))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        dated, expires = given.get("dated_on"), given.get("expires_on")
        if isinstance(dated, date) and isinstance(expires, date) and expires < dated:
            self.add_error("expires_on", _("It would end before it begins."))
        return given


class DraftForm(forms.Form):
    """What a draft rests on; it may be left open, but then the letter stays a draft."""

    basis = forms.ModelChoiceField(label=_("legal basis"), queryset=Basis.objects.all(), required=False)


class EditForm(DraftForm):
    """What a letter says beside its annex."""

    measures = forms.CharField(
        label=_("measures"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    rewards = forms.CharField(
        label=_("rewards and criticism"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class AmendForm(forms.Form):
    """Another target for one line of the annex."""

    share = forms.TypedChoiceField(label=_("target"), coerce=int)
    after = forms.DecimalField(label=_("target after"), max_digits=20, decimal_places=4, min_value=0)
    ground = forms.ChoiceField(label=_("ground"), choices=Amendment.Ground.choices)
    explanation = forms.CharField(label=_("explanation"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, annex: list[AnnexLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(line.share_id, _said(line)) for line in annex]
        self.fields["share"].choices = choices  # type: ignore[attr-defined]


def _said(line: AnnexLine) -> str:
    """A line as the list shows it: in its own unit, money in yuan, as the new target is typed."""
    measure = figures.measure_words(line.share.goal.measure)
    return f"{line.share.goal.title} {figures.number(line.target)}{figures.joined(measure)}"


class RefuseForm(forms.Form):
    """Why a target stays as it is."""

    reason = forms.CharField(label=_("reason"), max_length=500)

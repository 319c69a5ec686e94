"""What a person writes about a year's result: by which scheme, what is wrong, what is answered, what follows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.assessment.models import Consequence, Kind, Mark, Objection
from shoushan.assessment.queries.effects import Correction
from shoushan.assessment.queries.schemes import Published
from shoushan.assessment.queries.sheets import Fact
from shoushan.orgs.models import Unit


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


def _words(label: Any, *, rows: int = 4, most: int = 2000, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=help_text)


class ObjectForm(forms.Form):
    """What is wrong with a line, and what proves it."""

    claim = _words(
        _("what is wrong with the line"), help_text=_("In a few sentences: which figure, what it should be, and why.")
    )
    file = forms.FileField(label=_("evidence"), required=False)
    late_because = forms.CharField(
        label=_("why it comes late"),
        required=False,
        max_length=500,
        help_text=_("Only after the last day; the assessment office decides whether it is let in."),
    )


class EffectForm(forms.Form):
    """Which fact would be corrected to which figure; tried before it is decided."""

    fact = forms.ChoiceField(label=_("which figure"))
    amount = forms.DecimalField(
        label=_("the right figure"),
        required=False,
        max_digits=20,
        decimal_places=4,
        help_text=_("Empty only where the unit has no such work."),
    )
    does_not_apply = forms.BooleanField(label=_("the unit has no such work"), required=False)

    def __init__(self, *args: Any, facts: list[Fact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = [(fact.name, fact.label) for fact in facts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (given.get("amount") is None) != bool(given.get("does_not_apply")) and "amount" not in self.errors:
            self.add_error("amount", _("Give the right figure, or say that the unit has no such work."))
        return given

    def correction(self, unit: str) -> Correction:
        amount: Decimal | None = self.cleaned_data["amount"]
        return Correction(unit, self.cleaned_data["fact"], amount)


class AnswerForm(forms.Form):
    """The written answer."""

    words = _words(_("answer"))


class AppealForm(forms.Form):
    """Why the first answer is not right."""

    appeal = _words(Objection._meta.get_field("appeal").verbose_name)


class AdmitForm(forms.Form):
    """Why a late objection is let in, or is not."""

    reason = forms.CharField(label=_("reason"), max_length=500)


class DecideForm(forms.Form):
    """What is done about one proposal, and why; the rest only where it is changed."""

    state = forms.ChoiceField(label=_("decision"), choices=Consequence.State.choices[1:])
    reason = forms.CharField(label=_("reason"), max_length=500)
    kind = forms.ChoiceField(label=_("kind"), choices=Kind, required=False, help_text=_("Only where it is changed."))
    words = forms.CharField(
        label=_("what is done instead"), max_length=300, required=False, help_text=_("Only where it is changed.")
    )
    basis = forms.CharField(
        label=_("the rule it rests on"),
        max_length=200,
        required=False,
        help_text=_("Document, clause and date; money and posts need it."),
    )


class PanelForm(forms.Form):
    """What raters are asked about."""

    key = forms.SlugField(label=_("short name"), max_length=40, help_text=_("The scheme asks for it as panel.KEY."))
    title = forms.CharField(label=_("what raters are asked"), max_length=120)
    group = forms.ChoiceField(label=_("group"), choices=Unit.Kind.choices[1:])
    clause = forms.CharField(label=_("clause"), max_length=200)


class LinksForm(forms.Form):
    """How many raters get a link."""

    number = forms.IntegerField(label=_("how many raters"), min_value=1, max_value=2000)


class BallotForm(forms.Form):
    """One rater's marks; a unit one does not know is left out."""

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for unit in units:
            self.fields[f"u{unit.pk}"] = forms.TypedChoiceField(
                label=unit.name,
                choices=[*Mark.choices, ("", _("I cannot say"))],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    def marks(self) -> dict[int, int]:
        """By unit id, the mark it was given."""
        return {int(name[1:]): value for name, value in self.cleaned_data.items() if value is not None}

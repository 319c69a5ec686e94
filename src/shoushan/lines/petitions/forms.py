"""What is typed beside a matter's own fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.lines.petitions.models import Conflict, Satisfaction
from shoushan.orgs.models import Post, Unit

SEALED = {"autocomplete": "off", "spellcheck": "false"}


class WhoForm(forms.Form):
    """Who brings a matter, as far as they say; sealed before it is stored."""

    name = forms.CharField(
        label=_("person's name"), max_length=60, required=False, widget=forms.TextInput(attrs=SEALED)
    )
    phone = forms.CharField(
        label=_("telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={**SEALED, "inputmode": "tel"}),
    )
    address = forms.CharField(label=_("address"), max_length=200, required=False, widget=forms.TextInput(attrs=SEALED))
    id_number = forms.CharField(
        label=_("identity-card number"), max_length=30, required=False, widget=forms.TextInput(attrs=SEALED)
    )

    prefix = "who"


class OpenForm(forms.Form):
    """Why an identity is opened."""

    reason = forms.CharField(
        label=_("reason"),
        max_length=500,
        help_text=_("Such as “to deliver the answer”. It stands in the case log for everybody who sees the matter."),
    )


class ConflictForm(forms.Form):
    """Who must not learn of a matter, and why."""

    post = forms.ModelChoiceField(label=_("person"), queryset=Post.objects.none())
    because = forms.ChoiceField(
        label=_("because"), choices=[each for each in Conflict.Because.choices if each[0] != Conflict.Because.OWN]
    )

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        field.queryset = posts  # type: ignore[attr-defined]
        field.label_from_instance = lambda post: f"{post.unit.name} {post.title} {post.person.name}"  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    """Which unit is responsible."""

    unit = forms.ModelChoiceField(label=_("responsible unit"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """The code on the slip."""

    code = forms.CharField(
        label=_("Code on your slip"),
        max_length=60,
        help_text=_("28 letters and digits in groups of four; capitals and spaces do not matter."),
        widget=forms.TextInput(attrs={**SEALED, "autocapitalize": "characters"}),
    )


class RateForm(forms.Form):
    """How satisfied somebody is with the answer."""

    satisfaction = forms.ChoiceField(
        label=_("Are you satisfied with the answer?"), choices=Satisfaction.choices, widget=forms.RadioSelect
    )

"""Forms about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from shoushan.orgs.models import Unit


class FirstAdministratorForm(forms.Form):
    """Asked once, at the first start of an empty installation."""

    district = forms.CharField(label=_("name of the district"), max_length=60)
    person = forms.CharField(label=_("your name"), max_length=60)
    login = forms.CharField(label=_("sign-in name"), max_length=60)
    password = forms.CharField(
        label=_("password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 8 characters, and not a common word."),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class TokenForm(forms.Form):
    """What an API token is for."""

    label = forms.CharField(label=_("what it is for"), max_length=60)
    only_calendar = forms.BooleanField(
        label=_("for my calendar alone"),
        required=False,
        help_text=_("Days that fall due, in the calendar of your phone."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "token-%s")
        super().__init__(*args, **kwargs)


class EmailForm(forms.Form):
    """Where reminders go."""

    email = forms.EmailField(
        label=_("office e-mail"),
        required=False,
        max_length=200,
        help_text=_("Reminders for your unit go there. Leave it empty to have them on pages only."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class MergeForm(forms.Form):
    """Which unit carries on, and the last day of the one that ends."""

    into = forms.ModelChoiceField(label=_("successor"), queryset=Unit.objects.none())
    on = forms.DateField(
        label=_("last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("From the next day on it takes no more figures."),
    )

    def __init__(self, unit: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.queryset = Unit.objects.filter(to_on__isnull=True).exclude(pk=unit.pk).in_tree_order()


class AgainForm(forms.Form):
    """The password of whoever is signed in, typed again."""

    password = forms.CharField(
        label=_("password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

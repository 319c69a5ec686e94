"""What a person writes about the month: putting a warning off, a meeting, and the way of a follow-up."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.dispatch.models import FollowUp
from shoushan.orgs.models import Post, Unit

DAY = {"type": "date"}
OWNERS = (Post.Role.HEAD, Post.Role.OFFICER, Post.Role.REPORTER)


class PrepareForm(forms.Form):
    """When and where the month's meeting is held; the agenda comes from the rules."""

    held_on = forms.DateField(label=_("day"), widget=forms.DateInput(attrs=DAY))
    place = forms.CharField(label=_("place"), max_length=80, required=False)


class ItemForm(forms.Form):
    """Something the rules do not know."""

    title = forms.CharField(label=_("what it is about"), max_length=200)
    unit = forms.ModelChoiceField(label=_("who speaks to it"), queryset=Unit.objects.all(), required=False)


class OrderForm(forms.Form):
    """Who does what by when, and how it will be known."""

    what = forms.CharField(label=_("what is to be done"), max_length=300)
    unit = forms.ModelChoiceField(label=_("unit"), queryset=Unit.objects.all())
    role = forms.ChoiceField(
        label=_("owner"),
        required=False,
        choices=[("", _("the unit as a whole")), *((role.value, role.label) for role in OWNERS)],
        help_text=_("Whoever holds that post there; a successor takes it over."),
    )
    due_on = forms.DateField(label=_("due on"), widget=forms.DateInput(attrs=DAY))
    how_known = forms.CharField(
        label=_("how it will be known"),
        max_length=300,
        help_text=_("The paper, the photograph or the figure that will show it."),
    )


class ReportForm(forms.Form):
    """What was done, with its evidence."""

    report = forms.CharField(
        label=FollowUp._meta.get_field("report").verbose_name,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file = forms.FileField(label=_("evidence"), required=False)


class ExtensionForm(forms.Form):
    """Until when, and why."""

    until = forms.DateField(label=_("until"), widget=forms.DateInput(attrs=DAY))
    reason = forms.CharField(label=_("reason"), max_length=500)


class SnoozeForm(forms.Form):
    """Until when, and why."""

    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

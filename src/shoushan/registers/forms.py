"""Forms over a line's own fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.orgs.models import Person, Unit
from shoushan.registers.fields import ShareField
from shoushan.registers.lines import Line
from shoushan.registers.models import LocalField, Record
from shoushan.web import dates

if TYPE_CHECKING:
    Base = forms.ModelForm[Record]
else:
    Base = forms.ModelForm

LOCAL = "local_"
TYPED = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
KINDS: dict[str, type[forms.Field]] = {
    LocalField.Kind.TEXT: forms.CharField,
    LocalField.Kind.NUMBER: forms.DecimalField,
    LocalField.Kind.DATE: forms.DateField,
}


class RecordForm(Base):
    """A record's own fields, and the district's columns beside them."""

    def facts(self) -> dict[str, Any]:
        """What is to be saved: every field, the district's columns in one."""
        given = {name: value for name, value in self.cleaned_data.items() if not name.startswith(LOCAL)}
        own = [name for name in self.cleaned_data if name.startswith(LOCAL)]
        if own:
            kept = {name.removeprefix(LOCAL): self.cleaned_data[name] for name in own}
            held = {key: str(value) for key, value in kept.items() if value not in (None, "")}
            given["local"] = {key: value for key, value in self.instance.local.items() if key not in kept} | held
        return given


class OtherRecord(forms.CharField):
    """Another record of the line, by its number or its whole name."""

    def __init__(self, model: type[Record], person: Person, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model, self.person = model, person

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip().removeprefix("#")
        if not typed:
            return None
        found = find_record(self.model, self.person, typed)
        if found is None:
            raise forms.ValidationError(
                _("No record, or more than one, has this number or name. Write its number: it ends its address.")
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, models.Model) else value


def find_record(model: type[Record], person: Person, typed: str) -> Any:
    """The one record a person may see that has this number or name; none where there is none, or several."""
    rows = model._default_manager.visible_to(person).standing()
    if typed.isdecimal() and len(typed) <= 18 and (found := rows.filter(pk=typed).first()):
        return found
    named = list(rows.filter(name=typed)[:2])
    return named[0] if len(named) == 1 else None


def record_form(
    line: Line,
    names: Sequence[str],
    *args: Any,
    person: Person,
    needed: bool = False,
    columns: Sequence[LocalField] = (),
    in_percent: bool = True,
    **kwargs: Any,
) -> RecordForm:
    """A form over some of a line's fields; all are required where a stage needs them. People type shares in percent,
    programs from 0 to 1."""
    made: Any = forms.modelform_factory(
        line.model,
        form=RecordForm,
        fields=list(names),
        formfield_callback=lambda field, **more: _shown(field, person, in_percent),
    )
    form: RecordForm = made(*args, **kwargs)
    for name in names:
        form.fields[name].required = needed or name in line.required
    for column in columns:
        widget: Any = {"widget": TYPED} if column.kind == LocalField.Kind.DATE else {}
        start = form.instance.local.get(column.key)
        form.fields[f"{LOCAL}{column.key}"] = KINDS[column.kind](
            label=column.label, required=False, initial=start, **widget
        )
    return form


def _shown(field: models.Field[Any, Any], person: Person, in_percent: bool) -> forms.Field | None:
    """A field as it is typed: days with the browser's calendar, long texts in several lines, others by number."""
    if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Record):
        return OtherRecord(field.related_model, person, label=field.verbose_name, required=not field.blank)
    if isinstance(field, models.DateField):
        return field.formfield(widget=TYPED)
    if isinstance(field, ShareField) and not in_percent:
        return field.formfield(form_class=forms.DecimalField)
    if isinstance(field, models.TextField):
        return field.formfield(widget=forms.Textarea(attrs={"rows": 3}))
    return field.formfield()


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit that may be chosen; of one that was dissolved it says since when."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            known = Unit.objects.filter(pk=value).first() if str(value).isdecimal() else None
            if known is None or known.to_on is None:
                raise
            told = {"unit": known.name, "day": dates.day(known.to_on)}
            raise forms.ValidationError(
                _("%(unit)s was dissolved on %(day)s. Choose the unit that carries its work on."), params=told
            ) from None


class EntryForm(forms.Form):
    """What a new record needs beside its fields: whose it is, and when it began."""

    unit = UnitField(label=_("unit"), queryset=Unit.objects.none())
    on = forms.DateField(label=_("happened on"), widget=TYPED)

    def __init__(self, *args: Any, units: Any, dated: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if not dated:  # a field of the record's own says it
            del self.fields["on"]


class HandingForm(forms.Form):
    """Who carries a record on, and why."""

    unit = UnitField(label=_("unit"), queryset=Unit.objects.none())
    reason = forms.CharField(label=_("reason"), max_length=500)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


def units_of(line: Line, person: Person, on: Any) -> Any:
    """The units for which a person may enter records of a line: those that exist on the day."""
    units = Unit.objects.existing(on=on).in_tree_order()
    keys = [unit.pk for unit in units if person.works_for(line.home, unit, "officer")]
    return Unit.objects.filter(pk__in=keys)


class StageForm(forms.Form):
    """The day a stage was reached, and its evidence."""

    on = forms.DateField(label=_("happened on"), widget=TYPED)
    file = forms.FileField(label=_("evidence"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why a stage goes back."""

    reason = forms.CharField(label=_("reason"), max_length=500)


class MergeForm(forms.Form):
    """Which record this one really is."""

    into = forms.CharField(label=_("number of the record that stays"), max_length=20)
    reason = forms.CharField(label=_("reason"), max_length=500)


class SeveralForm(forms.Form):
    """What is to be done to several records at once."""

    to = forms.ChoiceField(label=_("what"))
    on = forms.DateField(label=_("happened on"), widget=TYPED, required=False)

    def __init__(self, *args: Any, line: Line, works: bool, confirms: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(str(stage), line.stage_label(str(stage))) for stage in line.flow.stages]
        moves = [(f"advance:{key}", _("Move on to “%(stage)s”") % {"stage": label}) for key, label in stages[1:]]
        confirmed = [(f"confirm:{key}", _("Confirm “%(stage)s”") % {"stage": label}) for key, label in stages]
        self.fields["to"].choices = (moves if works else []) + (confirmed if confirms else [])  # type: ignore[attr-defined]


class LimitForm(forms.Form):
    """A change to a limit: since or until when, or by how many days, and why."""

    on = forms.DateField(label=_("day"), widget=TYPED, required=False)
    days = forms.IntegerField(label=_("days more"), min_value=1, required=False)
    reason = forms.CharField(label=_("reason"), max_length=500, required=False)


class ColumnForm(forms.Form):
    """A column of the district's own."""

    key = forms.SlugField(label=_("key"), max_length=30, help_text=_("Letters and digits; it never changes."))
    label = forms.CharField(label=_("name"), max_length=40)
    kind = forms.ChoiceField(label=_("kind"), choices=LocalField.Kind.choices)


class SheetForm(forms.Form):
    """A workbook to be entered."""

    file = forms.FileField(label=_("workbook (.xlsx, .csv)"))

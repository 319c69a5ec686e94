"""The forms of a scheme being written: beginning, head, sections, grades, vetoes, rewards, answers, worked cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shoushan.assessment.forms.fields import DAY, SPARE_ROWS, Group, beside_answers, number
from shoushan.assessment.forms.results import _words
from shoushan.assessment.models import Kind
from shoushan.assessment.queries.figures import Figures
from shoushan.assessment.queries.schemes import Published
from shoushan.assessment.queries.shapes import BY_NUMBER, NUMBER, POINTS, answer_of, asks, kept, options, shown
from shoushan.assessment.queries.texts import Content, new_name

NONE = "none"
# a share in one shape and points in another, so it is no answer for all of them
IN_RULES_ALONE = {("floor", NUMBER)}


class StartForm(forms.Form):
    """For which year, under which title, and whether it begins as a copy of a published scheme."""

    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2999)
    title = forms.CharField(label=_("title"), max_length=120, help_text=_("As the document will be called."))
    copy = forms.ChoiceField(
        label=_("begins as"),
        required=False,
        help_text=_("A copy has last year’s rules with the new year’s dates; approvals have to be given anew."),
    )

    def __init__(self, *args: Any, schemes: list[Published], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.published = {each.scheme.sha256: each for each in schemes}
        titles = [
            (key, gettext("a copy of %(scheme)s") % {"scheme": each.scheme.title})
            for key, each in self.published.items()
        ]
        self.fields["copy"].choices = [("", _("empty")), *titles]  # type: ignore[attr-defined]

    def chosen(self) -> Published | None:
        return self.published.get(self.cleaned_data["copy"])


class HeadForm(forms.Form):
    """What the document is called, and its number."""

    title = forms.CharField(label=_("title"), max_length=120)
    source = forms.CharField(
        label=_("document number"),
        max_length=120,
        required=False,
        help_text=_("It may come later; without it nothing is put to the units."),
    )


class RowsForm(forms.Form):
    """Rows of two fields; a row that is left empty is not there."""

    first: Any = ""
    second: Any = ""
    help_text: Any = ""

    def __init__(self, data: Any = None, *, rows: list[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.rows = len(rows) + SPARE_ROWS
        for at in range(self.rows):
            label, amount = rows[at] if at < len(rows) else ("", None)
            self.fields[f"label_{at}"] = forms.CharField(label=self.first, max_length=60, required=False)
            self.fields[f"amount_{at}"] = number(self.second, required=False)
            self.initial[f"label_{at}"], self.initial[f"amount_{at}"] = label, shown(amount, "")

    def groups(self) -> list[Group]:
        rows = [[self[f"label_{at}"], self[f"amount_{at}"]] for at in range(self.rows)]
        return [Group("", [], rows, str(self.help_text))]

    def given(self) -> list[tuple[int, str, Decimal | None]]:
        """The rows that say something, each with its place among all."""
        data = self.cleaned_data
        rows = [(at, data[f"label_{at}"].strip(), data[f"amount_{at}"]) for at in range(self.rows)]
        return [(at, label, amount) for at, label, amount in rows if label]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for at in range(self.rows):
            if found.get(f"amount_{at}") is not None and not found.get(f"label_{at}"):
                self.add_error(f"label_{at}", _("Give this row a name, or leave it empty."))
        return found


class SectionsForm(RowsForm):
    """The sections of a scheme with their weights."""

    first, second = _("section of the scheme"), _("weight")
    help_text = _(
        "Weights add up to 100. Without sections, the full points of the rules do. Empty a name to take it out."
    )

    def __init__(self, data: Any = None, *, content: Content) -> None:
        self.content = content
        self.before: list[Content] = content.get("sections", [])
        super().__init__(data, rows=[(each["label"], each.get("weight")) for each in self.before])

    def sections(self) -> list[Content]:
        found: list[Content] = []
        text = {**self.content, "sections": found}
        for at, label, weight in self.given():
            kept_ = self.before[at] if at < len(self.before) else {"id": new_name(label, text)}
            section = {**kept_, "label": label}
            section.pop("weight", None)
            if weight is not None:
                section["weight"] = kept(weight, "")
            found.append(section)
        return found


class GradesForm(RowsForm):
    """The grades, from the best down, and the points each needs."""

    first, second = _("grade"), _("from so many points")
    help_text = _("From the best down; the last has no points, as it is for everybody else.")

    def __init__(self, data: Any = None, *, content: Content) -> None:
        self.before: Content = content.get("grades", {})
        super().__init__(data, rows=[(each["grade"], each.get("least")) for each in self.before.get("levels", [])])

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        rows = [(at, found.get(f"amount_{at}")) for at in range(self.rows) if found.get(f"label_{at}")]
        for at, least in rows[:-1]:
            if least is None:
                self.add_error(f"amount_{at}", _("Every grade but the last needs its points."))
        if rows and rows[-1][1] is not None:
            self.add_error(f"amount_{rows[-1][0]}", _("The last grade is for everybody else, so it has no points."))
        if len(rows) == 1:
            self.add_error(f"label_{rows[0][0]}", _("One grade says nothing; give at least two, or none."))
        given = [least for _at, least in rows if least is not None]
        if given != sorted(set(given), reverse=True):
            self.add_error(f"amount_{rows[0][0]}", _("Write the grades from the best down, each with fewer points."))
        return found

    def grades(self) -> Content | None:
        levels: list[Content] = []
        for _at, grade, least in self.given():
            levels.append({"grade": grade} if least is None else {"grade": grade, "least": kept(least, "")})
        return {**self.before, "levels": levels} if levels else None


class VetoForm(forms.Form):
    """A veto, with the approval without which it may not be used."""

    label = forms.CharField(label=_("what the veto is called"), max_length=120)
    source = forms.CharField(label=_("clause"), max_length=200)
    when = forms.ChoiceField(label=_("when this figure is above nothing"))
    touches = forms.ChoiceField(label=_("what it does"))
    basis = forms.CharField(
        label=_("the approval it rests on"),
        max_length=300,
        required=False,
        help_text=_(
            "Document, who approved it on which day, and until when it holds. Without it the scheme stays a draft."
        ),
    )

    def __init__(self, data: Any = None, *, content: Content, figures: Figures, veto: Content | None = None) -> None:
        super().__init__(data)
        self.content, self.before = content, veto or {}
        values = [("", _("choose")), *figures.values.items()]
        when = self.before.get("when")
        if self.before and not isinstance(when, str):
            values.append(("kept", _("as it stands in the text this was copied from")))
        self.fields["when"].choices = values  # type: ignore[attr-defined]
        rules = [
            (f"line:{each['id']}", gettext("“%(rule)s” gives nothing") % {"rule": each["label"]})
            for each in content["rules"]
        ]
        effects = [("bar", _("no top grade")), *rules]
        if self.before.get("effect") == "grade":
            effects.append(("grade", gettext("the grade is “%(grade)s”") % {"grade": self.before["grade"]}))
        self.fields["touches"].choices = effects  # type: ignore[attr-defined]
        effect = self.before.get("effect")
        touches = f"line:{self.before['rule']}" if effect == "line" else effect
        self.initial = {**{name: self.before.get(name) for name in ("label", "source", "basis")}, "touches": touches}
        self.initial["when"] = when if isinstance(when, str) else "kept" if self.before else ""

    def veto(self) -> Content:
        given = self.cleaned_data
        made: Content = {
            **self.before,
            "id": self.before.get("id") or new_name(given["label"], self.content),
            "label": given["label"],
            "source": given["source"],
            "since": self.before.get("since", date(self.content["year"], 1, 1)),
            "basis": given["basis"],
            "when": self.before["when"] if given["when"] == "kept" else given["when"],
        }
        effect, _colon, rule = given["touches"].partition(":")
        made["effect"] = effect
        made.pop("rule", None)
        if rule:
            made["rule"] = rule
        if effect != "grade":
            made.pop("grade", None)
        return made


class RewardForm(forms.Form):
    """What follows from a grade or a place; money and posts only with the rule they rest on."""

    label = forms.CharField(label=_("what follows"), max_length=300)
    kind = forms.ChoiceField(label=_("kind"), choices=Kind)
    source = forms.CharField(label=_("clause"), max_length=200)
    grades = forms.MultipleChoiceField(label=_("for these grades"), required=False, widget=forms.CheckboxSelectMultiple)
    ranks_to = forms.IntegerField(
        label=_("or up to this rank"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("Such as 3 for the first three."),
    )
    basis = forms.CharField(
        label=_("the rule it rests on"),
        max_length=200,
        required=False,
        help_text=_("Document, clause and date; money and posts need it, or the scheme stays a draft."),
    )

    def __init__(self, data: Any = None, *, content: Content, reward: Content | None = None) -> None:
        super().__init__(data, initial=reward)
        self.content, self.before = content, reward or {}
        grades = [(each["grade"], each["grade"]) for each in content.get("grades", {}).get("levels", [])]
        self.fields["grades"].choices = grades  # type: ignore[attr-defined]
        if not grades:
            del self.fields["grades"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("grades") and not given.get("ranks_to") and "ranks_to" not in self.errors:
            self.add_error("ranks_to", _("Say for which grades, or up to which rank."))
        return given

    def reward(self) -> Content:
        given = self.cleaned_data
        made: Content = {**self.before, "id": self.before.get("id") or new_name(given["label"], self.content)}
        for name in ("label", "kind", "source", "grades", "ranks_to", "basis"):
            made.pop(name, None)
            if given.get(name):
                made[name] = given[name]
        return made


class QuestionForm(forms.Form):
    """One open question with its answers in words, answered once for the whole scheme."""

    def __init__(self, data: Any = None, *, question: str, content: Content, figures: Figures) -> None:
        super().__init__(data, auto_id=f"ask_{question}_%s")
        self.question = question
        make = {"rounding": self._rounding, "tie_break": self._ties, "falsity": self._falsity}
        make.get(question, self._plain)(content, figures)

    def _plain(self, content: Content, figures: Figures) -> None:
        if self.question in BY_NUMBER:
            self.fields["number"] = number(asks(self.question))
            return
        answers = [each for each in options(self.question) if (self.question, each[0]) not in IN_RULES_ALONE]
        self.fields["answer"] = _radio(asks(self.question), answers)
        if any(value in (NUMBER, POINTS) for value, _words in answers):
            self.fields["number"] = beside_answers()

    def _rounding(self, content: Content, figures: Figures) -> None:
        self.fields["places"] = forms.IntegerField(label=_("to how many decimals"), min_value=0, max_value=6)
        modes = [("half_up", _("a lone 5 goes up")), ("half_even", _("a lone 5 goes to the even digit, GB/T 8170"))]
        self.fields["mode"] = _radio(_("how a lone 5 goes"), modes)
        at = [("total", _("once, in the total")), ("line", _("once, in each line"))]
        self.fields["at"] = _radio(_("where it is rounded"), at)

    def _ties(self, content: Content, figures: Figures) -> None:
        parts = [(f"rule:{each['id']}", each["label"]) for each in content["rules"]]
        sections = [(f"section:{each['id']}", each["label"]) for each in content.get("sections", [])]
        facts = [(f"fact:{name}", words) for name, words in figures.values.items()]
        first: list[Any] = [("", _("choose")), ("[]", _("nothing: equal units share the rank, 1, 2, 2, 4"))]
        more: list[Any] = [(_("the points of a rule"), parts), (_("the points of a section"), sections)]
        more.append((_("a figure, the larger first"), facts))
        more = [each for each in more if each[1]]
        self.fields["first"] = forms.ChoiceField(label=asks("tie_break"), choices=[*first, *more])
        self.fields["second"] = forms.ChoiceField(label=_("then"), choices=[("", "—"), *more], required=False)

    def _falsity(self, content: Content, figures: Figures) -> None:
        none = (NONE, dict(options("falsity"))["none"])
        rules = [
            (each["id"], gettext("points are taken in “%(rule)s”") % {"rule": each["label"]})
            for each in content["rules"]
        ]
        self.fields["answer"] = _radio(asks("falsity"), [none, *rules])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") in (NUMBER, POINTS) and given.get("number") is None and "number" not in self.errors:
            self.add_error("number", _("The answer above needs a number here."))
        return given

    def answer(self) -> Any:
        """What the text says for it."""
        given: Mapping[str, Any] = self.cleaned_data
        if self.question == "rounding":
            return {name: given[name] for name in ("places", "mode", "at")}
        if self.question == "tie_break":
            chosen = [given[name] for name in ("first", "second") if given[name] not in ("", "[]")]
            return [] if given["first"] == "[]" else [dict([each.split(":", 1)]) for each in chosen]
        if self.question == "falsity":
            return given["answer"]
        shape = "completion" if self.question == "completion_cap" else ""
        return answer_of(self.question, given.get("answer", ""), given.get("number"), shape)


def _radio(label: Any, choices: list[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


class CaseForm(forms.Form):
    """The values of a worked case: for one unit, or for three where a rule compares; empty is a missing figure."""

    def __init__(self, data: Any = None, *, units: list[str], facts: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.units, self.facts = units, facts
        for row, unit in enumerate(units):
            for column, (_name, words) in enumerate(facts):
                label = gettext("%(unit)s: %(figure)s") % {"unit": unit, "figure": words} if len(units) > 1 else words
                self.fields[f"v_{row}_{column}"] = number(label, _("Empty: the figure is missing."), required=False)

    def typed(self) -> dict[str, dict[str, Decimal | None]]:
        given = self.cleaned_data
        return {
            unit: {name: given[f"v_{row}_{column}"] for column, (name, _words) in enumerate(self.facts)}
            for row, unit in enumerate(self.units)
        }


class ConsultForm(forms.Form):
    """Until when units may say what should be otherwise."""

    until = forms.DateField(label=_("units may comment until"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))


class CommentForm(forms.Form):
    """What a unit says about one rule, or about the whole."""

    rule = forms.ChoiceField(
        label=_("which rule it is about"), required=False, help_text=_("Or the scheme as a whole.")
    )
    words = _words(_("your comment"), help_text=_("What should be otherwise, and why. It is answered in writing."))

    def __init__(self, data: Any = None, *, content: Content) -> None:
        super().__init__(data)
        rules = [(each["id"], each["label"]) for each in content["rules"]]
        self.fields["rule"].choices = [("", _("the scheme as a whole")), *rules]  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why a draft is given up."""

    reason = forms.CharField(label=_("reason"), max_length=500)

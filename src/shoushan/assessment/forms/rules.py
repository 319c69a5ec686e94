"""The form of one rule, made from what its shape says about itself: its figures, its numbers, its open questions."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shoushan.assessment.forms.fields import SPARE_ROWS, Group, OpenChoice, beside_answers, day, number
from shoushan.assessment.queries.figures import Figures
from shoushan.assessment.queries.shapes import (
    BY_NUMBER,
    NUMBER,
    POINTS,
    answer_of,
    asks,
    chosen_of,
    kept,
    numbers_in_words,
    options,
    shown,
)
from shoushan.assessment.queries.texts import Content, labels_of, new_name
from shoushan.scoring.formulas.parsing import parsed
from shoushan.scoring.methods import METHODS
from shoushan.scoring.order import FULL, TOTAL
from shoushan.scoring.questions import RULE_KEYS
from shoushan.scoring.terms import UnsuitableError

RATIO, VALUE, OTHER, AS_IT_IS = "r:", "v:", "other", "kept"
# The best of these follows from the rows themselves.
FULL_FOLLOWS = frozenset({"bands", "ranking", "addition"})


class RuleForm(forms.Form):
    """One rule of a given shape; a question may be left open, and is asked again beside the scheme."""

    label = forms.CharField(label=_("what the line is called"), max_length=120)
    source = forms.CharField(
        label=_("clause"), max_length=200, help_text=_("Where the text says it: no points without a clause.")
    )

    def __init__(
        self, data: Any = None, *, shape: str, content: Content, figures: Figures, rule: Content | None = None
    ) -> None:
        super().__init__(data)
        self.shape, self.content, self.figures, self.before = shape, content, figures, rule or {}
        self.method = METHODS[shape]
        self.numbers: Content = self.before.get("method", {}).get(shape, {})
        self._groups: list[tuple[str, list[str], list[list[str]], str]] = []
        self.initial = {name: self.before.get(name, "") for name in ("label", "source")}
        self._head()
        self._figures()
        self._numbers()
        self._questions()
        self._scope()

    # What stands in the form, from top to bottom.

    def _group(self, legend: Any, names: list[str], rows: list[list[str]] | None = None, help_text: Any = "") -> None:
        if names or rows:
            self._groups.append((str(legend), names, rows or [], str(help_text)))

    def _add(self, name: str, field: forms.Field, initial: Any = None) -> str:
        self.fields[name] = field
        self.initial[name] = initial
        return name

    def _head(self) -> None:
        names = ["label", "source"]
        sections = [(each["id"], each["label"]) for each in self.content.get("sections", [])]
        if sections:
            field = forms.ChoiceField(label=_("section of the scheme"), choices=sections)
            names.append(self._add("section", field, self.before.get("section")))
        self._group(_("The line"), names)

    def _figures(self) -> None:
        if self.method.measures == "nothing":
            return
        chosen, top, bottom, amount = _measured(self.before.get("indicator"))
        choices: list[Any] = [("", _("choose"))]
        if chosen == AS_IT_IS:
            choices.append((AS_IT_IS, _("as it stands in the text this was copied from")))
        choices.append(
            (_("reached ÷ target"), [(f"{RATIO}{key}", words) for key, words in self.figures.ratios.items()])
        )
        if self.method.measures != "ratio":
            values = [(f"{VALUE}{name}", words) for name, words in self.figures.values.items()]
            choices.append((_("one figure"), values))
        choices.append((OTHER, _("another ratio, named below")))
        names = [
            self._add("measure", forms.ChoiceField(label=_("what is measured"), choices=choices), chosen),
            self._add("top", self._figure(_("figure on top"), required=False), top),
            self._add("bottom", self._figure(_("figure below"), required=False), bottom),
            self._add("bottom_number", number(_("or a number below, such as 100"), required=False), amount),
        ]
        self._group(_("The figure"), names[:1])
        self._group(_("Only for another ratio"), [], [names[1:]])

    def _figure(self, label: Any, *, required: bool = True) -> forms.ChoiceField:
        return forms.ChoiceField(label=label, required=required, choices=[("", "—"), *self.figures.values.items()])

    def _numbers(self) -> None:
        plain = []
        for name, field in self.method.model_fields.items():
            if name in self.method.asks or (name == "full" and self.shape in FULL_FOLLOWS):
                continue
            if name == "each":
                self._each()
            elif name == "bands":
                self._bands()
            elif (self.shape, name) in (("ranking", "points"), ("formula", "points")):
                plain.append(self._text(name))
            else:
                label, help_text = numbers_in_words(self.shape, name)
                above = any(getattr(each, "gt", None) == 0 for each in field.metadata)
                typed = number(label, help_text, required=field.is_required() or name == "full", above=above)
                given = self.numbers.get(name, 1 if (self.shape, name) == ("given", "times") else None)
                plain.append(self._add(name, typed, shown(given, f"{self.shape}.{name}")))
        self._group(_("The points"), plain)

    def _text(self, name: str) -> str:
        label, help_text = numbers_in_words(self.shape, name)
        given = self.numbers.get(name, "")
        if self.shape == "ranking":
            said = ", ".join(str(shown(each, "")) for each in given or [])
            return self._add(name, forms.CharField(label=label, help_text=help_text, max_length=500), said)
        area = forms.Textarea(attrs={"rows": 3})
        return self._add(name, forms.CharField(label=label, help_text=help_text, max_length=1000, widget=area), given)

    def _each(self) -> None:
        given = [*self.numbers.get("each", {}).items()]
        rows = []
        for at in range(len(given) + SPARE_ROWS):
            fact, points = given[at] if at < len(given) else ("", None)
            what = self._add(f"each_fact_{at}", self._figure(_("what is counted"), required=not at), fact)
            rows.append(
                [what, self._add(f"each_points_{at}", number(_("points for each"), required=not at), shown(points, ""))]
            )
        self._group(_("The cases"), [], rows, _("Leave rows empty that you do not need."))

    def _bands(self) -> None:
        given = self.numbers.get("bands", [])
        rows = []
        for at in range(len(given) + SPARE_ROWS):
            band = given[at] if at < len(given) else {}
            least = number(_("from this value on"), required=not at)
            points = number(_("points"), required=not at)
            rows.append([
                self._add(f"least_{at}", least, shown(band.get("least"), "")),
                self._add(f"points_{at}", points, shown(band.get("points"), "")),
            ])  # fmt: skip
        said = _("The edge belongs to its band; of a ratio, edges are per cent. Leave rows empty that you do not need.")
        self._group(_("The bands"), [], rows, said)

    def _questions(self) -> None:
        names = []
        for question, key, place in self._asked():
            entry = self.before if place == "rule" else self.numbers
            given = entry.get(key, self) if entry else self
            is_open = given is self
            chosen, amount = ("", None) if is_open else chosen_of(question, given, self.shape)
            if question in BY_NUMBER:
                hint = self._standing(question, plain=True) or _("Left empty, it is asked again before publication.")
                field = number(asks(question), hint, required=False)
                names.append(self._add(f"n_{question}", field, amount))
                continue
            first = ("", self._standing(question) or gettext("not answered yet"))
            answers = [first, *options(question, self.shape)]
            field_ = OpenChoice(label=asks(question), choices=answers, widget=forms.RadioSelect)
            names.append(self._add(f"q_{question}", field_, chosen))
            if any(value in (NUMBER, POINTS) for value, _words in options(question, self.shape)):
                names.append(self._add(f"n_{question}", beside_answers(), amount))
        self._group(_("What the text must say"), names, help_text=_(
            "Two fair readers could differ here, so nothing is assumed. What is left open is asked again before "
            "anything is published."
        ))  # fmt: skip

    def _asked(self) -> Iterator[tuple[str, str, str]]:
        """Each question of this shape, its word in the text, and whether it stands in the rule or in its method."""
        for key in self.method.asks:
            yield ("completion_cap" if (self.shape, key) == ("completion", "cap") else key), key, "method"
        if self.method.compares or self.method.ranks:
            yield "compare", "compare", "rule"
        for key in RULE_KEYS:
            yield key, key, "rule"

    def _standing(self, question: str, *, plain: bool = False) -> str:
        """What was answered once for the whole scheme, if anything was."""
        choices = self.content.get("choices", {})
        if question not in choices or question in ("cap", "low", "high", "start"):
            return ""
        chosen, amount = chosen_of(question, choices[question], self.shape)
        words = dict(options(question, self.shape)).get(chosen, "") if question not in BY_NUMBER else ""
        said = " ".join(filter(None, (words, "" if amount is None else str(amount))))
        if plain:
            return gettext("Empty: as for the whole scheme, %(answer)s.") % {"answer": said}
        return gettext("as for the whole scheme: %(answer)s") % {"answer": said}

    def _scope(self) -> None:
        first = date(self.content["year"], 1, 1)
        groups = forms.MultipleChoiceField(
            label=_("only for these groups"),
            choices=[*self.content.get("groups", {}).items()],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("None chosen: for all."),
        )
        names = [
            self._add("since", day(_("in force since")), self.before.get("since", first)),
            self._add("until", day(_("in force until"), required=False), self.before.get("until")),
            self._add("applies_to", groups, self.before.get("applies_to", [])),
        ]
        self._group(_("For whom and when"), names)

    def groups(self) -> list[Group]:
        """The form as the page draws it."""
        return [
            Group(legend, [self[name] for name in names], [[self[name] for name in row] for row in rows], help_text)
            for legend, names, rows, help_text in self._groups
        ]

    # What was entered.

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        self._check_measure(given)
        for question, _key, _place in self._asked():
            wants = given.get(f"q_{question}") in (NUMBER, POINTS)
            if wants and given.get(f"n_{question}") is None and f"n_{question}" not in self.errors:
                self.add_error(f"n_{question}", _("The answer above needs a number here."))
        self._check_rows(given, "each_fact_", "each_points_")
        self._check_rows(given, "least_", "points_")
        edges = [given[name] for name in self.fields if name.startswith("least_") and given.get(name) is not None]
        for name in self.fields:
            if name.startswith("least_") and given.get(name) is not None and edges.count(given[name]) > 1:
                self.add_error(name, _("This edge is written twice, with different points; keep one of the two."))
        return given

    def _check_measure(self, given: dict[str, Any]) -> None:
        if given.get("measure") != OTHER:
            return
        if not given.get("top"):
            self.add_error("top", _("Name the figure on top."))
        if bool(given.get("bottom")) == (given.get("bottom_number") is not None):
            self.add_error("bottom", _("Name the figure below, or write a number: one of the two."))

    def _check_rows(self, given: dict[str, Any], first: str, second: str) -> None:
        for name in [each for each in self.fields if each.startswith(first)]:
            other = second + name.removeprefix(first)
            pair = (given.get(name) not in ("", None), given.get(other) is not None)
            if pair == (True, False) and other not in self.errors:
                self.add_error(other, _("Give the points of this row, or leave the whole row empty."))
            elif pair == (False, True) and name not in self.errors:
                self.add_error(name, _("Say what these points are for, or leave the whole row empty."))

    def clean_points(self) -> Any:
        given = self.cleaned_data["points"]
        if self.shape == "ranking":
            return _listed(given)
        if self.shape == "formula":
            self._check_formula(given)
        return given

    def _check_formula(self, text: str) -> None:
        try:
            formula = parsed(text)
        except UnsuitableError as problem:
            raise ValidationError(gettext(problem.message) % problem.params) from None
        known = {*self._callable(), *self.figures.values, *TOTAL, *FULL}
        for name in formula.names():
            if not name.is_list and name.name not in known:
                near = difflib.get_close_matches(name.name, sorted(self._callable()), n=1, cutoff=0.3)
                said = {"name": name.name, "near": near[0] if near else "–"}
                raise ValidationError(
                    _("“%(name)s” is no name that a formula can use here; the nearest is “%(near)s”."), params=said
                )

    def _callable(self) -> dict[str, str]:
        """Every name a formula may use, and what it stands for in words."""
        others = {name: label for name, label in labels_of(self.content).items() if name != self.before.get("id")}
        others.pop(self.content["key"], None)
        named = {name: str(formula) for name, formula in self.content.get("names", {}).items()}
        spoken = {name: self.figures.label(fact) for name, fact in self.figures.spoken.items()}
        return {**spoken, **{name: self.figures.words(said) for name, said in named.items()}, **others}

    def usable_names(self) -> list[tuple[str, str]]:
        """The names a formula may use, for the page."""
        return sorted(self._callable().items()) if self.shape == "formula" else []

    def names(self) -> dict[str, str]:
        """The names of figures that the formula uses, and which figure each is."""
        if self.shape != "formula":
            return {}
        used = {name.name for name in parsed(self.cleaned_data["points"]).names()}
        return {name: fact for name, fact in self.figures.spoken.items() if name in used}

    def rule(self) -> Content:
        """The rule as the text keeps it; what the form does not ask for stays as it was."""
        given = self.cleaned_data
        rule: Content = {"id": self.before.get("id") or new_name(given["label"], self.content)}
        rule |= {"label": given["label"].strip(), "source": given["source"].strip(), "since": given["since"]}
        rule |= {name: value for name, value in self.before.items() if name not in rule}
        for name in ("until", "section", "applies_to"):
            rule.pop(name, None)
            if given.get(name):
                rule[name] = given[name]
        indicator = self._indicator(given)
        if indicator:
            rule["indicator"] = indicator
        numbers = self._method(given)
        for question, key, place in self._asked():
            entry = rule if place == "rule" else numbers
            entry.pop(key, None)
            chosen, amount = given.get(f"q_{question}", ""), given.get(f"n_{question}")
            if chosen or (question in BY_NUMBER and amount is not None):
                entry[key] = answer_of(question, chosen, amount, self.shape)
        rule["method"] = {self.shape: numbers}
        return rule

    def _indicator(self, given: Mapping[str, Any]) -> Content | None:
        chosen = given.get("measure", "")
        if chosen.startswith(RATIO):
            key = chosen.removeprefix(RATIO)
            return {"numerator": f"{key}.actual", "denominator": f"{key}.target"}
        if chosen.startswith(VALUE):
            return {"value": chosen.removeprefix(VALUE)}
        if chosen == OTHER:
            below = given["bottom"] or kept(given["bottom_number"], "")
            return {"numerator": given["top"], "denominator": below}
        return self.before.get("indicator")

    def _method(self, given: Mapping[str, Any]) -> Content:
        found: Content = {}
        for name in self.method.model_fields:
            if name == "each":
                pairs = self._rows(given, "each_fact_", "each_points_")
                found["each"] = {fact: kept(points, "") for fact, points in pairs}
            elif name == "bands":
                pairs = sorted(self._rows(given, "least_", "points_"), reverse=True)
                found["bands"] = [{"least": kept(least, ""), "points": kept(points, "")} for least, points in pairs]
            elif (self.shape, name) == ("ranking", "points"):
                found["points"] = [kept(each, "") for each in given["points"]]
            elif name in given and given[name] is not None:
                value = given[name]
                found[name] = kept(value, f"{self.shape}.{name}") if isinstance(value, Decimal) else value
        return found

    def _rows(self, given: Mapping[str, Any], first: str, second: str) -> list[tuple[Any, Decimal]]:
        names = [name for name in self.fields if name.startswith(first)]
        return [
            (given[name], given[second + name.removeprefix(first)]) for name in names if given[name] not in ("", None)
        ]


def _listed(given: str) -> list[Decimal]:
    """Points with commas between, of either script."""
    plain = given.replace("，", ",").replace("、", ",").replace(";", ",")  # han: the commas of Chinese lists
    try:
        found = [Decimal(part.strip()) for part in plain.split(",") if part.strip()]
    except ArithmeticError:
        found = []
    if not found or not all(each.is_finite() for each in found):
        raise ValidationError(_("Write numbers with commas between, such as 10, 8, 6, 4."))
    return found


def _measured(indicator: Content | None) -> tuple[str, str, str, Decimal | None]:
    """How an indicator of the text is shown: what is chosen, and the parts of another ratio."""
    if not indicator:
        return "", "", "", None
    value, top, bottom = (indicator.get(name) for name in ("value", "numerator", "denominator"))
    if isinstance(value, str):
        return f"{VALUE}{value}", "", "", None
    if isinstance(top, str):
        key = top.removesuffix(".actual")
        if (top, bottom) == (f"{key}.actual", f"{key}.target"):
            return f"{RATIO}{key}", "", "", None
        if isinstance(bottom, str):
            return OTHER, top, bottom, None
        if isinstance(bottom, int | Decimal):
            return OTHER, top, "", shown(bottom, "")
    return AS_IT_IS, "", "", None

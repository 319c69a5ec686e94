"""A draft as its pages show it: its rules in words, what adds up, what is open, what units said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from shoushan.assessment.models import SchemeComment, SchemeDraft
from shoushan.assessment.queries.checked import Examined, Said, checked, said
from shoushan.assessment.queries.figures import Figures, figures_for
from shoushan.assessment.queries.schemes import Published, all_schemes
from shoushan.assessment.queries.shapes import BY_NUMBER, SHAPES, asks, chosen_of, options
from shoushan.assessment.queries.texts import Content, cases_of, content_of, labels_of
from shoushan.orgs.models import Person
from shoushan.scoring import Scheme
from shoushan.scoring.dumping import NAMES
from shoushan.scoring.questions import IN_THE_RULE, RULE_KEYS, SCHEME_KEYS
from shoushan.scoring.readable import method_in_words
from shoushan.scoring.rule import Rule

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A worked case: what was given, what came out, and why."""

    name: str
    because: str
    results: list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule as people read it."""

    id: str
    label: str
    source: str
    since: Any
    until: Any
    shape: str
    full: Decimal | None
    says: str = ""
    answers: list[tuple[str, str]] = field(default_factory=list)
    cases: list[CaseShown] = field(default_factory=list)
    comments: list[SchemeComment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ChapterShown:
    """A section with its rules; one without a name where the scheme has no sections."""

    label: str
    weight: Decimal | None
    rules: list[RuleShown]

    @property
    def full(self) -> Decimal:
        """What its rules make together."""
        return sum((each.full or Decimal(0) for each in self.rules), Decimal(0))


@dataclass(frozen=True, slots=True)
class OpenShown:
    """A question that is open, and the rules that ask it; without rules, the scheme itself."""

    key: str
    asks: str
    rules: list[tuple[str, str]]
    is_for_all: bool


@dataclass(frozen=True, slots=True)
class DraftShown:
    """Everything the page of a draft says."""

    draft: SchemeDraft
    content: Content
    figures: Figures
    examined: Examined
    chapters: list[ChapterShown]
    questions: list[OpenShown]
    answered: list[tuple[str, str, str]]
    doubts: list[Said]
    comments: list[SchemeComment]

    @property
    def weights(self) -> Decimal:
        """What the weights make: of the sections that stand in no other, or of the rules where there are none."""
        if self.content.get("sections"):
            tops = [each for each in self.content["sections"] if not each.get("inside")]
            return sum((Decimal(each.get("weight") or 0) for each in tops), Decimal(0))
        return sum((chapter.full for chapter in self.chapters), Decimal(0))

    @property
    def is_even(self) -> bool:
        return self.weights == HUNDRED

    @property
    def general(self) -> list[SchemeComment]:
        """Comments on the whole, and on rules that are gone."""
        shown = {rule.id for chapter in self.chapters for rule in chapter.rules}
        return [each for each in self.comments if each.rule not in shown]

    @property
    def unanswered(self) -> int:
        return sum(not each.answer for each in self.comments)


def shown_draft(draft: SchemeDraft) -> DraftShown:
    """A draft with everything around it; the same questions however many rules it has."""
    content = content_of(draft)
    figures = figures_for(draft.year, _named(content))
    examined = checked(draft, figures)
    comments = list(draft.comments.select_related("unit", "said_by", "answered_by", "draft"))
    labels = labels_of(content)
    return DraftShown(
        draft,
        content,
        figures,
        examined,
        chapters_of(content, examined, figures, cases_of(draft), comments),
        [_open(key, places, labels) for key, places in examined.questions.items()],
        [
            (key, asks(key), choice_in_words(key, answer, labels, figures))
            for key, answer in {**_of_the_scheme(content), **content.get("choices", {})}.items()
        ],
        [said(each, labels, figures) for each in examined.doubts],
        comments,
    )


def _named(content: Content) -> set[str]:
    """Every figure the text names, wherever it names it, so that each has its words."""
    found: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, str):
            found.add(value)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            look(inner)
        if isinstance(value, dict):
            found.update(map(str, value))

    for part in ("rules", "vetoes", "names", "tie_break"):
        look(content.get(part, []))
    return found


def _of_the_scheme(content: Content) -> Content:
    """What a copied text answers in its own place, instead of among the answers for all."""
    return {key: content[key] for key in SCHEME_KEYS if key in content}


def choice_in_words(key: str, answer: Any, labels: dict[str, str], figures: Figures) -> str:
    """An answer that was given once for all, in the reader's language."""
    if key == "rounding":
        at = gettext("once, in the total") if answer["at"] == "total" else gettext("once, in each line")
        mode = (
            gettext("a lone 5 goes up")
            if answer["mode"] == "half_up"
            else gettext("a lone 5 goes to the even digit, GB/T 8170")
        )
        said_ = {"at": at, "places": answer["places"], "mode": mode}
        return gettext("%(at)s, to %(places)s decimals, %(mode)s") % said_
    if key == "tie_break":
        names = [each.get("rule") or each.get("section") or each.get("fact") for each in answer]
        words = [labels.get(name) or figures.label(name) for name in names]
        return gettext(", then ").join(words) or gettext("nothing: equal units share the rank, 1, 2, 2, 4")
    if key == "falsity" and answer != "none":
        return gettext("points are taken in “%(rule)s”") % {"rule": labels.get(answer, answer)}
    return answer_in_words(key, answer, "completion" if key == "completion_cap" else "")


def _open(key: str, places: list[str], labels: dict[str, str]) -> OpenShown:
    rules = [(place.partition(".")[0], labels.get(place.partition(".")[0], "")) for place in places]
    return OpenShown(key, asks(key), [each for each in rules if each[1]], key not in IN_THE_RULE)


def chapters_of(
    content: Content,
    examined: Examined,
    figures: Figures,
    cases: Sequence[Content],
    comments: Iterable[SchemeComment] = (),
) -> list[ChapterShown]:
    """The rules of a text in the order of its sections."""
    read = {rule.id: rule for rule in examined.scheme.rules} if examined.scheme else {}
    beside: dict[str, list[SchemeComment]] = {}
    for each in comments:
        beside.setdefault(each.rule, []).append(each)
    worked: dict[str, list[CaseShown]] = {}
    for case in cases:
        worked.setdefault(case.get("rule", ""), []).append(shown_case(case))
    rules = [
        (
            each.get("section", ""),
            shown_rule(each, read.get(each["id"]), figures, worked.get(each["id"], []), beside.get(each["id"], [])),
        )
        for each in content["rules"]
    ]
    sections = [
        ChapterShown(each["label"], each.get("weight"), [rule for section, rule in rules if section == each["id"]])
        for each in content.get("sections", [])
    ]
    loose = [rule for section, rule in rules if not section]
    return [*sections, *([ChapterShown("", None, loose)] if loose else [])]


def shown_rule(
    written: Content,
    rule: Rule | None,
    figures: Figures,
    cases: list[CaseShown],
    comments: list[SchemeComment],
) -> RuleShown:
    """A rule in words; the arithmetic only where the text can be read as a whole."""
    [(shape, numbers)] = written["method"].items()
    full = _full(shape, numbers) if rule is None else rule.method.full
    return RuleShown(
        id=written["id"],
        label=written["label"],
        source=written["source"],
        since=written["since"],
        until=written.get("until"),
        shape=str(SHAPES[shape].label),
        full=None if full is None else Decimal(full),
        says="" if rule is None else in_words(rule, figures),
        answers=[] if rule is None else answers_of(rule),
        cases=cases,
        comments=comments,
    )


def _full(shape: str, numbers: Content) -> Any:
    """What a rule is worth while the text cannot be read as a whole; of bands and places, what their best gives."""
    best = {
        "bands": max((each["points"] for each in numbers.get("bands", [])), default=0),
        "ranking": next(iter(numbers.get("points", [])), 0) if shape == "ranking" else 0,
        "addition": 0,
    }
    return numbers.get("full", best.get(shape))


def in_words(rule: Rule, figures: Figures) -> str:
    """How a rule gives its points, in the reader's language and with figures by their names."""
    return figures.words(method_in_words(rule, rule.method, get_language() or "en"))


def answers_of(rule: Rule) -> list[tuple[str, str]]:
    """What the text says where two fair readers could differ."""
    shape = NAMES[type(rule.method)]
    found = [
        ("completion_cap" if (shape, key) == ("completion", "cap") else key, getattr(rule.method, key))
        for key in rule.method.asks
    ]
    if rule.method.compares or rule.method.ranks:
        found.append(("compare", rule.compare))
    found += [(key, getattr(rule, key)) for key in RULE_KEYS]
    return [(asks(question), answer_in_words(question, value, shape)) for question, value in found]


def answer_in_words(question: str, value: Any, shape: str) -> str:
    """One answer in the reader's language."""
    if hasattr(value, "points"):
        value = {"points": value.points}
    chosen, amount = chosen_of(question, value, shape)
    words = "" if question in BY_NUMBER else dict(options(question, shape)).get(chosen, chosen)
    if amount is None:
        return words
    return gettext("%(answer)s: %(number)s") % {"answer": words, "number": amount} if words else str(amount)


def shown_case(case: Content) -> CaseShown:
    expected = case.get("expected") or {"": case}
    return CaseShown(
        case["name"], case.get("because", ""), [(unit, each.get("points")) for unit, each in expected.items()]
    )


@dataclass(frozen=True, slots=True)
class SchemesShown:
    """What a person sees of schemes: those being written, and the published ones by year."""

    drafts: list[SchemeDraft]
    published: list[tuple[int, list[Published]]]


def schemes_for(person: Person) -> SchemesShown:
    """The list of schemes."""
    drafts = SchemeDraft.objects.visible_to(person).exclude(state=SchemeDraft.State.PUBLISHED)
    by_year: dict[int, list[Published]] = {}
    for each in all_schemes():
        by_year.setdefault(each.scheme.scores_year, []).append(each)
    return SchemesShown(list(drafts.select_related("changed_by")), sorted(by_year.items(), reverse=True))


@dataclass(frozen=True, slots=True)
class PublishedShown:
    """A published scheme as people read it."""

    scheme: Scheme
    chapters: list[ChapterShown]
    answered: list[tuple[str, str]]
    general: list[SchemeComment]


def published_as_read(published: Published) -> PublishedShown:
    """A published scheme as a draft is read, with what units said of it where it was drafted here."""
    scheme, cases = published.scheme, published.folder / "cases.yaml"
    draft = SchemeDraft(
        key=scheme.key,
        text=(published.folder / "scheme.yaml").read_text(encoding="utf-8-sig"),
        cases=cases.read_text(encoding="utf-8-sig") if cases.exists() else "",
    )
    content = content_of(draft)
    figures, labels = figures_for(scheme.scores_year, scheme.facts()), labels_of(content)
    said_of = SchemeComment.objects.filter(draft__sha256=scheme.sha256).select_related("unit", "said_by", "answered_by")
    comments = list(said_of)
    answers = {**content.get("choices", {}), **_of_the_scheme(content)}
    return PublishedShown(
        scheme,
        chapters_of(content, Examined(scheme, {}, []), figures, cases_of(draft), comments),
        [(asks(key), choice_in_words(key, answers[key], labels, figures)) for key in SCHEME_KEYS],
        [each for each in comments if each.rule not in {rule.id for rule in scheme.rules}],
    )

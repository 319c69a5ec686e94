"""The text of a scheme being written: read from its two files, begun empty, or copied from a published scheme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation

from shoushan.assessment.models import SchemeDraft
from shoushan.assessment.queries.schemes import Published
from shoushan.orgs.models import Unit
from shoushan.scoring.dumping import as_yaml
from shoushan.scoring.loading import read_yaml
from shoushan.scoring.order import FULL, TOTAL

# What scheme.yaml says, as it is read.
Content = dict[str, Any]
# The language of the institution, in which schemes are written.
LANGUAGE = "zh-hans"
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Texts:
    """Both files of a scheme."""

    scheme: str
    cases: str = ""


def content_of(draft: SchemeDraft) -> Content:
    found: Content = read_yaml(draft.text, draft.key)
    return found


def cases_of(draft: SchemeDraft) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (read_yaml(draft.cases, draft.key) if draft.cases else None) or []
    return found


def empty(year: int, key: str, title: str) -> Texts:
    """A scheme without a rule yet."""
    with translation.override(LANGUAGE):
        groups = {kind: str(label) for kind, label in Unit.Kind.choices if kind != Unit.Kind.DISTRICT}
    head: Content = {**_head(year, key, title), "groups": groups, "choices": {}, "rules": []}
    return Texts(as_yaml(head))


def copied(published: Published, year: int, key: str, title: str) -> Texts:
    """Last year's scheme for another year: what only held inside that year is settled, what needs approval lacks it."""
    written = read_yaml((published.folder / "scheme.yaml").read_text(encoding="utf-8-sig"), key)
    before = published.scheme.scores_year
    written = {**written, **_head(year, key, title)}
    written.pop("first_published", None)
    last = date(before, 12, 31)
    written["rules"] = [_anew(rule, year, last) for rule in written["rules"] if _holds_on(rule, last)]
    for veto in written.get("vetoes", []):
        veto |= {"since": date(year, 1, 1), "basis": ""}
    for each in written.get("consequences", []):
        each.pop("basis", None)
    kept = {rule["id"] for rule in written["rules"]}
    return Texts(as_yaml(written), as_yaml(_cases(published, year, kept)))


def _head(year: int, key: str, title: str) -> Content:
    """The last day it could be published on stands until it is known on which day it was."""
    return {
        "key": key, "version": "1", "title": title, "source": "", "year": year, "published": date(year - 1, 12, 31),
    }  # fmt: skip


def _holds_on(rule: Content, day: date) -> bool:
    until = rule.get("until")
    return bool(rule["since"] <= day and (until is None or day <= until))


def _anew(rule: Content, year: int, last: date) -> Content:
    """A rule from the first day of another year, by its last numbers."""
    changes = rule.get("changes", [])
    inside = {"until", "published", "changes", "change_counts"}
    found = {name: value for name, value in rule.items() if name not in inside}
    found["since"] = date(year, 1, 1)
    for change in changes:
        [(kind, numbers)] = change["method"].items()
        before = found["method"][kind]
        merged = {**before, **numbers}
        if "each" in numbers:
            merged["each"] = {**before["each"], **numbers["each"]}
        found["method"] = {kind: merged}
    return found


def _cases(published: Published, year: int, rules: set[str]) -> list[Content]:
    """The worked cases that still say something: of rules that are left, and not of days or months of that year."""
    last = date(published.scheme.scores_year, 12, 31)
    file = published.folder / "cases.yaml"
    written = read_yaml(file.read_text(encoding="utf-8-sig"), file.name) or [] if file.exists() else []
    kept = []
    for case in written:
        is_of_its_end = case.get("as_of", last) == last
        if case.get("rule", "") in {"", *rules} and "@" not in repr(case.get("facts")) and is_of_its_end:
            kept.append({**case, "as_of": date(year, 12, 31)} if "as_of" in case else case)
    return kept


def rules_of(content: Content) -> dict[str, Content]:
    """The rules by their names inside the text."""
    return {rule["id"]: rule for rule in content.get("rules", [])}


def labels_of(content: Content) -> dict[str, str]:
    """What rules, sections, vetoes and the scheme itself are called by people, by their names inside the text."""
    parts = [each for part in ("sections", "rules", "vetoes", "consequences") for each in content.get(part, [])]
    return {content["key"]: content["title"], **{each["id"]: each.get("label", "") for each in parts}}


def new_name(label: str, content: Content) -> str:
    """A name inside the text that nothing else has: the words of the label, so that a formula can say it too.

    >>> new_name("到位资金（亿元）", {"key": "k", "title": "t", "rules": [{"id": "到位资金亿元"}]})
    '到位资金亿元2'
    """
    word = re.sub(r"\W", "", label)[:LONGEST_NAME].lstrip("0123456789") or "x"
    taken = {*labels_of(content), *content.get("names", {}), *TOTAL, *FULL}
    return next(
        name for number in range(1, 10_000) if (name := word if number == 1 else f"{word}{number}") not in taken
    )

"""The schemes that were published for a year (考核办法): YAML files beside the program, read when a page needs one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shoushan.assessment.models import SchemeDraft
from shoushan.core.files import keep_whole
from shoushan.scoring import Scheme, load_scheme
from shoushan.scoring.cases import Case, load_cases
from shoushan.scoring.methods import METHODS
from shoushan.scoring.rule import Rule
from shoushan.scoring.scheme import Section


@dataclass(frozen=True, slots=True)
class Published:
    """A scheme and the folder it stands in."""

    folder: Path
    scheme: Scheme


def schemes_of(number: int) -> list[Published]:
    """The schemes published for a year, by their names."""
    return [each for each in all_schemes() if each.scheme.scores_year == number]


def all_schemes() -> list[Published]:
    """Every published scheme, whether it came as a file or was drafted in the browser."""
    files = sorted(Path(settings.SCHEMES).glob("*/scheme.yaml"))
    drafted = [files_of(draft) / "scheme.yaml" for draft in SchemeDraft.objects.published().order_by("key")]
    return [Published(file.parent, _read(file, file.stat().st_mtime_ns)) for file in [*files, *drafted]]


def files_of(draft: SchemeDraft) -> Path:
    """The folder of a scheme that was published in the browser: the same two files as any other's, by its hash."""
    folder = Path(settings.DATA) / "schemes" / draft.sha256
    for name, text in (("cases.yaml", draft.cases), ("scheme.yaml", draft.text)):
        if not (folder / name).exists():
            keep_whole(folder / name, text.encode())
    return folder


@lru_cache(maxsize=32)
def _read(file: Path, changed_at: int) -> Scheme:
    """A file is read again once it has changed."""
    return load_scheme(file)


# Each method of `shoushan.scoring.methods.METHODS` in words.
WORDS = {
    "addition": _("points for each case"),
    "bands": _("points by bands"),
    "best": _("compared with the best of the group"),
    "completion": _("the share of the target that was reached"),
    "deduction": _("points off for each case"),
    "efficacy": _("between the worst and the best of the group"),
    "formula": _("by a formula"),
    "given": _("points decided elsewhere"),
    "group_mean": _("compared with the mean of the group"),
    "improvement": _("points for getting better"),
    "limit": _("points off beyond a limit"),
    "overfulfilment": _("the share reached, and more beyond the target"),
    "ranking": _("points by place in the group"),
}
NAMES = {method: name for name, method in METHODS.items()}


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of a scheme as its page shows it: how it counts, with its numbers and worked cases."""

    rule: Rule
    method: Any
    numbers: list[tuple[str, str]]
    cases: list[Case]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of a scheme with its clauses; without a section, the clauses that stand alone."""

    section: Section | None
    clauses: list[Clause]


def chapters(published: Published) -> list[Chapter]:
    """A scheme in the order of its sections."""
    cases = load_cases(published.folder / "cases.yaml")
    scheme = published.scheme
    clauses = {rule.id: _clause(rule, [case for case in cases if case.rule == rule.id]) for rule in scheme.rules}
    found = [
        Chapter(section, [clauses[rule.id] for rule in scheme.rules if rule.section == section.id])
        for section in scheme.sections
    ]
    alone = [clauses[rule.id] for rule in scheme.rules if not rule.section]
    return [*found, *([Chapter(None, alone)] if alone else [])]


def _clause(rule: Rule, cases: list[Case]) -> Clause:
    given = rule.method.model_dump(exclude_defaults=True, mode="json")
    return Clause(rule, WORDS[NAMES[type(rule.method)]], [(name, _flat(value)) for name, value in given.items()], cases)


def _flat(value: Any) -> str:
    """A number of a clause, or a table of them, on one line."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_flat(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "; ".join(_flat(each) for each in value)
    return str(value)

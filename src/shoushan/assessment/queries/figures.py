"""The figures a rule may count, by their names: what an indicator reached, its target, months sent late, panels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext

from shoushan.assessment.models import Panel
from shoushan.assessment.queries.facts import ACTUAL, FALSE, LATE, PANEL, TARGET
from shoushan.assessment.queries.sheets import COUNTED
from shoushan.core.errors import mark
from shoushan.plans.models import Goal, Indicator

# han: how a formula may call what an indicator reached, and its target
SPOKEN = {ACTUAL: "完成数", TARGET: "目标数"}
SPOKEN_COUNTED = {LATE: "迟报月数", FALSE: "虚报次数"}  # han: the same of what no indicator measures


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure by the name the engine knows, with its words; and how a formula calls it."""

    ratios: dict[str, str]
    values: dict[str, str]
    spoken: dict[str, str]

    def label(self, name: str) -> str:
        """A figure in words; one that nobody knows keeps its own."""
        return self.values.get(name, name)

    def knows(self, name: str) -> bool:
        return name in self.values or name.startswith(PANEL) or "[" in name

    def words(self, said: str) -> str:
        """A sentence with the figures it names by their engine's names, in words."""
        return _NAME.sub(lambda found: self.values.get(found[0], found[0]), said)


_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)+")


def figures_for(year: int, used: Iterable[str] = ()) -> Figures:
    """What the newest year's goals are measured by, and whatever a scheme names already."""
    keys = {name.removesuffix(ACTUAL).removesuffix(TARGET) for name in used}
    newest = Goal.objects.filter(year__number__lte=year, indicator__isnull=False).aggregate(at=Max("year__number"))
    measured = Goal.objects.filter(year__number=newest["at"], indicator__isnull=False).values("indicator")
    found = Indicator.objects.filter(pk__in=measured) | Indicator.objects.filter(key__in=keys)
    indicators = {each.key: each.label for each in found.order_by("label", "key")}
    panels = {each.fact: each.title for each in Panel.objects.order_by("-year", "key")}
    values = {
        f"{key}{part}": gettext(words) % {"indicator": label}
        for key, label in indicators.items()
        for part, words in ((ACTUAL, mark("%(indicator)s, verified")), (TARGET, mark("%(indicator)s, target")))
    }
    values |= {name: gettext(words) for name, words in COUNTED.items()} | panels
    spoken = {
        f"{_letters(label)}{word}": f"{key}{part}" for key, label in indicators.items() for part, word in SPOKEN.items()
    }
    spoken |= {word: name for name, word in SPOKEN_COUNTED.items()}
    spoken |= {_letters(title): name for name, title in panels.items()}
    ratios = {
        key: gettext("%(indicator)s: reached ÷ target") % {"indicator": label} for key, label in indicators.items()
    }
    return Figures(ratios, values, spoken)


def _letters(label: str) -> str:
    """A name that a formula can say: letters and digits only."""
    return re.sub(r"\W", "", label)

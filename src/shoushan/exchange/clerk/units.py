"""Which unit a name means: full, short, or a beginning that fits one; closed, ambiguous, shared and unknown ones."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shoushan.core.decimals import plain
from shoushan.exchange.clerk.cells import EMPTY, Reader, Reading, asked, bad, figure_text, is_nothing, shown
from shoushan.exchange.clerk.intake import FieldIntake
from shoushan.exchange.clerk.numbers import figure, written
from shoushan.exchange.clerk.words import any_of, narrow, words
from shoushan.exchange.foreign import Value

BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]$")
ENDING = re.compile(f"(?:{any_of(words().unit_endings)})$")
SEAT = re.compile(f"^(?:{any_of(words().unit_seats)})")
TOGETHER = re.compile(f"(?:{any_of(words().together)})$")
SEPARATORS = re.compile(r"[、,;/+&\n|]")
AND = re.compile("以及|[和与及]")  # han: and
EACH = re.compile(words().each)
HOLDS = any_of(words().holds)
# 河西60%云山40%: a sign between them is easily forgotten.
JOINED = re.compile(r"(?<=[%％)）])(?=[^\s、,，;；/)）])")  # noqa: RUF001
SHARE = re.compile(
    # han: 河西60%, 六成
    rf"^(?P<name>[^\d:(=]+?)(?:{HOLDS})?[:(=]?(?:{HOLDS})?(?P<share>\d[\d.]*|[一二三四五六七八九](?=成))(?P<sign>%|成)?\)?$"
)
RATIO = re.compile(r"(?P<names>.+?)[:=(]?(?P<ratio>\d+(?:[:：]\d+)+)\)?$")  # noqa: RUF001
DISTRICT = re.compile(r"^[^区县市旗]{1,6}[区县市旗]")  # han: the district's own name
DISTRICT_SIGN = re.compile("^[区县]")  # han: 区教育局
SHORTEST = 2
LONGEST = 200


@dataclass(frozen=True)
class KnownUnit:
    """A unit of the tree, as far as its name must be recognised."""

    name: str
    full: str
    short: tuple[str, ...] = ()
    kind: str = ""
    until: date | None = None
    successors: tuple[str, ...] = ()


class Directory:
    """All units on one day."""

    def __init__(self, units: Sequence[KnownUnit], on: date) -> None:
        self.open = [unit for unit in units if unit.until is None or unit.until >= on]
        self.closed = [unit for unit in units if unit.until is not None and unit.until < on]
        common = DISTRICT.match(os.path.commonprefix([narrow(unit.full) for unit in units])) if len(units) > 1 else None
        self.district = common.group() if common else ""
        self._exact = {name: unit for unit in [*self.closed, *self.open] for name in self._names(unit)}
        self._beginnings = [(name, unit) for unit in units for name in {narrow(unit.name), self._own(unit.full)}]
        self._found: dict[str, Reading] = {}

    def find(self, text: str) -> Reading:
        """The unit of one name: its name as value, a refusal or a question."""
        if text not in self._found:
            self._found[text] = self._search(text)
        return self._found[text]

    def _search(self, text: str) -> Reading:
        said = narrow(text)
        for name in self._variants(said):
            if name in self._exact:
                return self._open(self._exact[name], said)
        fitting: list[KnownUnit] = []
        for name in self._variants(said):
            if len(name) >= SHORTEST and not fitting:
                fitting = [unit for full, unit in self._beginnings if full.startswith(name)]
        living = {unit.name: unit for unit in fitting if unit in self.open}
        if len(living) == 1:
            return Reading(next(iter(living)))
        if living:
            options = tuple((name, name) for name in sorted(living))
            return asked("unit_ambiguous", said=text, units=" / ".join(sorted(living)), options=options)
        return self._open(fitting[0], said) if fitting else bad("unknown_unit", said=text[:60])

    def _open(self, unit: KnownUnit, said: str) -> Reading:
        if unit not in self.closed:
            return Reading(unit.name)
        if not unit.successors:
            return asked("unit_gone", said=said, until=str(unit.until))
        return asked(
            "unit_closed", said=said, until=str(unit.until), units=" / ".join(unit.successors),
            options=tuple((name, name) for name in unit.successors),
        )  # fmt: skip

    def _names(self, unit: KnownUnit) -> set[str]:
        return {narrow(name) for name in (unit.name, unit.full, *unit.short)} | {self._own(unit.full)}

    def _own(self, full: str) -> str:
        """A full name without the district it belongs to."""
        return SEAT.sub("", narrow(full).removeprefix(self.district))

    def _variants(self, text: str) -> list[str]:
        """A name as written, then without its office in brackets, its district and its ending."""
        found = [text]
        bare = BRACKETED.sub("", text)
        for name in (bare, SEAT.sub("", bare.removeprefix(self.district)), DISTRICT_SIGN.sub("", bare)):
            found += [name, ENDING.sub("", name)]
        return list(dict.fromkeys(name for name in found if name))


def reader(field: FieldIntake, directory: Directory) -> Reader:
    """Reads a column of units: one, several with shares, or a list."""

    def read(value: Value, percent: bool) -> Reading:
        text = figure_text(shown(value))
        if is_nothing(text):
            return EMPTY
        if len(shown(value)) > LONGEST:
            return bad("unknown_unit", said=written(value))
        if field.kind == "units":
            return _listed(field, directory, shown(value))
        whole = directory.find(text)
        if not whole.fault:
            return whole
        names = _parts(shown(value), directory)
        if len(names) < 2 and not SHARE.match(text):
            return bad("unknown_unit", said=written(value))
        return _several(field, directory, names, written(value))

    return read


def _parts(value: str, directory: Directory) -> list[str]:
    """The names in a cell; a joining word only parts them where it is not inside a name."""
    value = unicodedata.normalize("NFKC", value)
    ratio = RATIO.match(narrow(value))
    text = JOINED.sub("、", ratio["names"] if ratio else value.replace("\r", "\n"))  # han: between names
    each = EACH.search(narrow(text))
    text = narrow(text)[: each.start()] if each else text
    found = [name for part in SEPARATORS.split(text) for name in _pieces(part, directory)]
    if each and len(found) > 1:
        share = each["share"] or f"{plain(Decimal(100) / len(found))}%"
        return [f"{name}{share}" for name in found]
    if ratio:
        shares = [int(one) for one in ratio["ratio"].replace(":", " ").split()]
        if len(shares) == len(found) and sum(shares) > 0:
            found = [
                f"{name}{plain(Decimal(one) * 100 / sum(shares))}%" for name, one in zip(found, shares, strict=True)
            ]
    return found


def _pieces(part: str, directory: Directory) -> list[str]:
    """One name, or several parted by a space or a joining word: 湖滨 街道 is one, 河西 湖滨 are two."""
    name = TOGETHER.sub("", narrow(part))
    if not name or _is_known(name, directory):
        return [name] if name else []
    named = [TOGETHER.sub("", narrow(piece)) for piece in part.split()]
    if len(named) > 1 and all(_is_known(one, directory) for one in named):
        return named
    return _joined(name, directory) or [name]


def _joined(name: str, directory: Directory) -> list[str]:
    """Names joined by a word that may also stand inside one: 住房和城乡建设局和城管局."""
    joints = [(joint.start(), joint.end()) for joint in AND.finditer(name)] + [(len(name), len(name))]
    found: list[str] = []
    start = 0
    while start < len(name):
        # The longest first: 住房 alone would also be the beginning of a name.
        ends = [(end, after) for end, after in reversed(joints) if end > start]
        fits = next(((end, after) for end, after in ends if _is_known(name[start:end], directory)), None)
        if not fits:
            return []
        found.append(name[start : fits[0]])
        start = fits[1]
    return found


def _is_known(name: str, directory: Directory) -> bool:
    part = SHARE.match(name)
    return not directory.find(part["name"] if part else name).fault


def _several(field: FieldIntake, directory: Directory, names: list[str], said: str) -> Reading:
    shares: list[Decimal | None] = []
    units: list[str] = []
    for name in names:
        part = SHARE.match(name)
        found = directory.find(part["name"] if part else name)
        if found.fault:
            return bad("unknown_unit", said=name)
        if found.ask:
            return found
        units.append(found.value)
        shares.append(_share(part) if part else None)
    if field.kind != "split":
        options = tuple((unit, unit) for unit in units)
        return asked("unit_ambiguous", said=said, units=" / ".join(units), options=options)
    told = [share for share in shares if share is not None]
    if len(told) == len(units) and sum(told, Decimal(0)) == 1:
        if len(units) == 1:
            return Reading(units[0])
        return Reading(";".join(f"{unit}={plain(share)}" for unit, share in zip(units, told, strict=True)))
    even = plain((Decimal(100) / len(units)).quantize(Decimal("0.01"))) if 100 % len(units) == 0 else ""
    options = ((f"{even}%", "、".join(f"{unit}{even}%" for unit in units)),) if even else ()  # han: between names
    return asked("share_split", said=said, options=options)


def _share(part: re.Match[str]) -> Decimal | None:
    found = figure(part["share"])
    if not found:
        return None
    if part["sign"] == words().tenths:
        return found.value / 10
    return found.value / 100 if part["sign"] or found.value > 1 else found.value


def _listed(field: FieldIntake, directory: Directory, value: str) -> Reading:
    """Several units as a set: 城管局、东桥街道."""
    whole = directory.find(narrow(value))
    if whole.value:
        return whole
    names: list[str] = []
    for part in _parts(value, directory):
        found = directory.find(part)
        if found.fault and not field.strangers:
            return bad("unknown_unit", said=part)
        if found.ask and not field.strangers:
            return found
        names.append(found.value or part)
    return Reading(";".join(dict.fromkeys(names)))

"""The units of the demonstration, and the people in their posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings

from shoushan.ledger.moment import acting
from shoushan.orgs import actions
from shoushan.orgs.models import Person, Post, Unit

YEAR = 2026
SINCE = date(2025, 1, 1)
ZONE = ZoneInfo("Asia/Shanghai")
# officers of a work line whom one can sign in as with one click
ONE_CLICK = {"petitions": "petitions", "hazards": "inspector"}


@dataclass(slots=True)
class Cast:
    """Everybody and everything the builders need by name."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    heads: dict[str, Person] = field(default_factory=dict)
    reporters: dict[str, Person] = field(default_factory=dict)
    officers: dict[str, Person] = field(default_factory=dict)


@cache
def material() -> dict[str, Any]:
    """What `examples/district.yaml` says."""
    text = (settings.ROOT / "examples" / "district.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def moment(day: date, hour: int = 10) -> datetime:
    """An hour of a day in the district."""
    return datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(hours=hour)


def units_named(group: str) -> list[str]:
    """The codes of `subdistricts`, or of `subdistricts and parks`."""
    return [code for part in group.split(" and ") for code in material()[part]]


def found() -> Cast:
    """The district, its 9 subdistricts, 27 departments and 3 parks, and who holds which post."""
    cast = Cast()
    with acting(at=moment(SINCE)):
        told = material()["district"]
        district = actions.found_unit(
            code=told["code"], name=told["name"], kind="district", under=None, by=None, from_on=SINCE
        )
        cast.units["district"] = district
        for kind in ("subdistrict", "department", "park"):
            for code, name in material()[f"{kind}s"].items():
                cast.units[code] = actions.found_unit(
                    code=code, name=name, kind=kind, under=district, by=None, from_on=SINCE
                )
        _staff(cast)
        _roles(cast)
    return cast


def _staff(cast: Cast) -> None:
    """Every unit has its head and its reporter."""
    for number, (code, unit) in enumerate(cast.units.items()):
        if code == "district":
            continue
        for role, kept, shift in (("head", cast.heads, 0), ("reporter", cast.reporters, len(cast.units))):
            login = "demo-reporter" if (code, role) == ("hexi", "reporter") else f"{code}-{role}"
            name = _name(number + shift)
            kept[code] = _appointed(cast, login, name, unit, role)


def _name(number: int) -> str:
    """An invented name, the same for the same number; two hundred numbers have names of their own."""
    family, given = material()["names"]["family"], material()["names"]["given"]
    start = (number + number // len(family)) * 2 % len(given)
    return f"{family[number % len(family)]}{given[start : start + 2]}"


def _roles(cast: Cast) -> None:
    """Those one can sign in as with one click, the reporter of 河西街道 among them, and each line's officer."""
    for role, told in material()["roles"].items():
        person = actions.register_person(login=f"demo-{role}", name=told["name"], password=None, by=None)
        actions.appoint(
            person,
            cast.units[told["unit"]],
            told["post"],
            title=told["title"],
            line=told.get("line", ""),
            from_on=SINCE,
            by=None,
        )
        cast.people[role] = person
    cast.people["reporter"] = cast.reporters["hexi"]
    cast.officers["investment"] = cast.people["investment"]
    for number, (line, code) in enumerate(material()["lines"].items()):
        role = ONE_CLICK.get(line)
        login = f"demo-{role}" if role else f"{line}-officer"
        name = _name(number + 2 * len(cast.units))
        cast.officers[line] = _appointed(cast, login, name, cast.units[code], "officer", line)
        if role:
            cast.people[role] = cast.officers[line]
        told = material()["roles"]["verifier"]
        actions.appoint(
            cast.people["verifier"], cast.units["district"], Post.Role.VERIFIER, title=told["title"], line=line,
            from_on=SINCE, by=None,
        )  # fmt: skip


def _appointed(cast: Cast, login: str, name: str, unit: Unit, role: str, line: str = "") -> Person:
    person = actions.register_person(login=login, name=name, password=None, by=None)
    title = material()["titles"][role]
    actions.appoint(person, unit, Post.Role(role), title=title, line=line, from_on=SINCE, by=None)
    return person

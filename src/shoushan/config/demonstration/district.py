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
# han: family and given names of the invented people in the units' posts
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗", "文静志远思齐嘉宁景行安然若水子衿明哲雨桐"
# han: titles of the posts
TITLES = {"head": "主要负责人", "reporter": "统计员", "verifier": "核实员"}


@dataclass(slots=True)
class Cast:
    """Everybody and everything the builders need by name."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    heads: dict[str, Person] = field(default_factory=dict)
    reporters: dict[str, Person] = field(default_factory=dict)


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
        for role, kept, shift in (("head", cast.heads, 0), ("reporter", cast.reporters, 7)):
            login = "demo-reporter" if (code, role) == ("hexi", "reporter") else f"{code}-{role}"
            place = number + shift
            name = FAMILY[place % len(FAMILY)] + GIVEN[(place * 2) % len(GIVEN) : (place * 2) % len(GIVEN) + 2]
            kept[code] = _appointed(cast, login, name, unit, role)


def _roles(cast: Cast) -> None:
    """The eight one can sign in as with one click."""
    root, told = cast.units["district"], material()["district"]
    # han: names and titles of the invented people
    for role, name, unit, post, title, line in (
        ("head", told["head"], root, "leader", "区长", ""),
        ("supervision", "沈砺", cast.units["ducha"], "supervisor", "督查室主任", ""),
        ("assessment", "陆衡", cast.units["kaohe"], "assessor", "考核办主任", ""),
        ("verifier", "方核", root, "verifier", "核实员", "investment"),
        ("investment", "乔招远", cast.units["toucu"], "officer", "招商专员", "investment"),
        ("auditor", "严审", cast.units["shenji"], "auditor", "审计员", ""),
        ("admin", "管衡", cast.units["fuban"], "administrator", "系统管理员", ""),
    ):
        person = actions.register_person(login=f"demo-{role}", name=name, password=None, by=None)
        actions.appoint(person, unit, post, title=title, line=line, from_on=SINCE, by=None)
        cast.people[role] = person
    cast.people["reporter"] = cast.reporters["hexi"]


def _appointed(cast: Cast, login: str, name: str, unit: Unit, role: str) -> Person:
    person = actions.register_person(login=login, name=name, password=None, by=None)
    actions.appoint(person, unit, Post.Role(role), title=TITLES[role], from_on=SINCE, by=None)
    return person

"""What is special about hazards: five things settled, closed by others, like sites looked at, and findings free."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from shoushan.core.errors import Refusal
from shoushan.evidence import actions as evidence
from shoushan.lines.hazards import actions as hazards_actions
from shoushan.lines.hazards.line import checks, hazards
from shoushan.lines.hazards.models import Hazard, SafetyCheck
from shoushan.lines.hazards.queries import coverage, like_sites, repeats
from shoushan.registers import actions
from shoushan.registers.clocks import running_of
from shoushan.registers.measures import measure
from shoushan.registers.testing import Office, make_office, make_record

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TODAY = date(2026, 12, 3)
DUE, EXTENDED = date(2026, 5, 10), date(2026, 6, 10)
FOUND: dict[str, Any] = {
    "words": "安全出口上锁", "sector": "工矿企业", "found_by": "应急局", "finder": "甲", "found_on": date(2026, 4, 1)
}  # fmt: skip
ORDER: dict[str, Any] = {"measure": "立即整改", "money_yuan": 0, "post": "总经理", "due_on": DUE, "plan": "专人看守"}
CHECK: dict[str, Any] = {"checked_on": date(2026, 7, 1), "checked_by": "河西街道", "checker": "乙"}
LISTED: dict[str, Any] = {"listed_no": "督〔2026〕1号"}
LONGER: dict[str, Any] = {"extended_on": DUE, "extended_to": EXTENDED, "extended_why": "设备到货迟"}
NOT_LONGER: dict[str, Any] = {"extended_on": None, "extended_to": None, "extended_why": ""}


@pytest.fixture
def office() -> Office:
    return make_office(hazards)


def codes_of(act: Any, *given: Any, **named: Any) -> list[str]:
    with pytest.raises(Refusal) as refused:
        act(*given, **named)
    return [each.code for each in getattr(refused.value, "refusals", [refused.value])]


def step(office: Office, hazard: Any, to: str, on: date, **given: Any) -> Any:
    hazard = actions.edit(hazard, given, by=office.officer)
    evidence.add(hazard, f"{to} {hazard.pk}".encode(), "proof.txt", proves=to, by=office.officer)
    hazard = actions.advance(hazard, to, on=on, today=TODAY, by=office.officer)
    return actions.decide(hazard, to, "accepted", by=office.verifier)


def ordered(office: Office, grade: str = "general", **given: Any) -> Any:
    hazard = make_record(hazards, office, **{**FOUND, **given})
    hazard = step(office, hazard, "graded", date(2026, 4, 2), grade=grade)
    return step(office, hazard, "ordered", date(2026, 4, 3), **ORDER)


def closed(office: Office, hazard: Any, rectified: date) -> Any:
    hazard = step(office, hazard, "rectified", rectified, corrected_on=rectified, done="已拆除")
    hazard = step(office, hazard, "checked", date(2026, 7, 1), **CHECK)
    return step(office, hazard, "closed", date(2026, 7, 3), closed_by="丙")


def counted(key: str) -> int:
    line, wanted = next((line, it) for line in (hazards, checks) for it in line.measures if it.key == key)
    return int(sum(it.verified for it in measure(line, wanted, since=date(2026, 1, 1), until=date(2026, 12, 31))))


def test_no_measure_counts_findings(office: Office) -> None:
    early = {"found", "graded", "ordered", "listed"}

    for number in range(30):
        ordered(office, name=f"厂{number}")
    make_record(checks, office, findings=30)

    assert not [it for it in hazards.measures if it.stage in early]
    assert [it.key for it in checks.measures if it.value is not None] == []
    assert {it.key: counted(it.key) for it in hazards.measures} == dict.fromkeys([it.key for it in hazards.measures], 0)


def test_closed_late_counts_as_late_and_an_extension_in_time_as_in_time(office: Office) -> None:
    closed(office, ordered(office, name="甲厂"), DUE)
    closed(office, ordered(office, name="乙厂"), EXTENDED)
    longer = step(office, ordered(office, name="丙厂"), "extended", DUE, **LONGER)
    assert [(it.clock.key, it.due_on, it.is_late(TODAY)) for it in running_of(hazards, longer)] == [
        ("order", date(2026, 5, 11), False),  # a Sunday's limit ends on the next working day
        ("extension", EXTENDED, True),
    ]
    closed(office, longer, EXTENDED)

    assert (counted("hazards.general_closed"), counted("hazards.general_in_time")) == (3, 2)


def refused_stage(office: Office, hazard: Any, to: str, **given: Any) -> list[str]:
    hazard = actions.edit(hazard, given, by=office.officer)
    evidence.add(hazard, f"{to} {hazard.pk}".encode(), "proof.txt", proves=to, by=office.officer)
    return codes_of(actions.advance, hazard, to, on=date(2026, 7, 2), today=TODAY, by=office.officer)


def test_an_extended_day_that_nobody_approved_closes_nothing_in_time(office: Office) -> None:
    hazard = step(office, ordered(office), "rectified", EXTENDED, corrected_on=EXTENDED, done="已拆除")
    hazard = step(office, hazard, "checked", date(2026, 7, 1), **CHECK)

    assert "hazards.not_extended" in refused_stage(office, hazard, "closed", **LONGER, closed_by="丙")


def test_what_a_confirmed_figure_is_made_of_stays(office: Office) -> None:
    hazard = closed(office, ordered(office), EXTENDED)

    assert codes_of(actions.edit, hazard, LONGER, by=office.officer) == ["record.confirmed"]


def test_a_major_hazard_is_listed_and_delisted_before_it_is_rectified_and_closed(office: Office) -> None:
    major = ordered(office, "major")
    done = {"corrected_on": DUE, "done": "已拆除"}

    early = [refused_stage(office, major, "rectified", **done), refused_stage(office, major, "extended", **LONGER)]
    major = step(office, major, "listed", date(2026, 4, 4), **LISTED, **NOT_LONGER)
    major = step(office, major, "rectified", DUE, **done)
    major = step(office, major, "checked", date(2026, 7, 1), **CHECK)
    early.append(refused_stage(office, major, "closed", closed_by="丙"))
    major = step(office, major, "delisted", date(2026, 7, 2), delisted_no="摘〔2026〕1号")
    step(office, major, "closed", date(2026, 7, 3))

    assert early == [["hazards.not_listed"], ["hazards.not_listed"], ["hazards.not_delisted"]]
    assert (counted("hazards.major_delisted"), counted("hazards.major_in_time")) == (1, 1)


def test_a_general_hazard_is_neither_listed_nor_delisted(office: Office) -> None:
    general = ordered(office)

    assert codes_of(actions.edit, general, LISTED, by=office.officer) == ["hazards.not_major"]
    assert "hazards.not_major" in refused_stage(office, general, "listed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Hazard.objects.filter(pk=general.pk).update(listed_no="督〔2026〕1号")


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({**CHECK, "checked_by": "应急局"}, ["hazards.same_unit"]),
        ({**CHECK, "checker": "甲"}, ["hazards.same_person"]),
        ({"closed_by": "甲"}, ["hazards.same_person"]),
        ({"corrected_on": date(2026, 3, 1)}, ["record.day_order"]),
        ({**LONGER, "extended_on": date(2026, 5, 11)}, ["record.day_order"]),
        ({**LONGER, "extended_to": date(2026, 5, 9)}, ["record.day_order"]),
    ],
)
def test_what_may_not_stand_together_is_refused(office: Office, given: Any, codes: list[str]) -> None:
    hazard = ordered(office)

    assert codes_of(actions.edit, hazard, given, by=office.officer) == codes


def test_nor_does_the_database_take_the_finder_as_checker(office: Office) -> None:
    hazard = ordered(office)

    with pytest.raises(IntegrityError), transaction.atomic():
        Hazard.objects.filter(pk=hazard.pk).update(checked_by="应急局", checker="乙")


def test_an_order_settles_five_things(office: Office) -> None:
    hazard = step(office, make_record(hazards, office, **FOUND), "graded", date(2026, 4, 2), grade="general")

    gaps = codes_of(actions.advance, hazard, "ordered", on=date(2026, 4, 3), today=TODAY, by=office.officer)

    assert gaps == ["stage.needs_field"] * 5 + ["stage.needs_evidence"]


def test_one_finding_opens_checks_of_like_sites_once(office: Office, client: Client) -> None:
    hazard = ordered(office, name="甲厂")
    make_record(hazards, office, name="乙厂", sector="工矿企业")
    make_record(checks, office, name="丙厂", sector="工矿企业")
    make_record(hazards, office, name="幼儿园", sector="人员密集场所")
    sites = like_sites(hazard, office.officer)
    client.force_login(office.officer, BACKEND)

    client.post(f"/hazards/{hazard.pk}/linked/", {"sites": [site.key for site in sites]})
    again = codes_of(hazards_actions.open_linked, hazard, sites, on=TODAY, by=office.officer)

    assert [site.name for site in sites] == ["乙厂", "丙厂"]
    assert set(SafetyCheck.objects.filter(hazard=hazard).values_list("name", flat=True)) == {"乙厂", "丙厂"}
    assert again == ["hazards.no_new_site"]
    assert "乙厂" in client.get(f"/hazards/{hazard.pk}/linked/").content.decode()


def test_repeats_at_one_site_and_the_coverage_of_the_plan_are_shown(office: Office, client: Client) -> None:
    for day in (1, 20):
        make_record(hazards, office, name="甲厂", **{**FOUND, "found_on": date(2026, 4, day)})
    make_record(hazards, office, name="乙厂", **FOUND)
    check = make_record(checks, office)
    make_record(checks, office, name="未查")
    step(office, check, "done", date(2026, 4, 1), checked_by="应急局", findings=0)
    client.force_login(office.officer, BACKEND)

    shown = client.get("/hazards/sites/").content.decode()

    assert [(row.site.name, row.again, row.open_count) for row in repeats(office.officer)] == [("甲厂", 1, 2)]
    assert [(row.planned, row.checked) for row in coverage(office.officer)] == [(2, 1)]
    assert counted("hazards.coverage") == 1
    assert "甲厂" in shown
    client.force_login(office.stranger, BACKEND)
    assert "甲厂" not in client.get("/hazards/sites/").content.decode()

"""A register's list: found in both scripts, kept as views, moved several at once, and as it stood on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shoushan.ledger.moment import acting
from shoushan.orgs.testing import BACKEND, make_person
from shoushan.registers import actions
from shoushan.registers.lines import Line
from shoushan.registers.models import LocalField, SavedView, Step
from shoushan.registers.testing import Office, make_record


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_simplified_finds_traditional_and_the_other_way_round(officer: Client, line: Line, office: Office) -> None:
    make_record(line, office, name="雲棲冷鏈物流園")
    make_record(line, office, name="北岭产业园")

    assert "雲棲冷鏈" in text(officer, "/errands/?q=云栖 冷链")
    assert "北岭产业园" in text(officer, "/errands/?q=產業園")
    assert "雲棲冷鏈" not in text(officer, "/errands/?q=产业")
    assert "雲棲冷鏈" in text(officer, "/search/?q=冷链物流")


def test_a_search_finds_nothing_of_another_units(client: Client, line: Line, office: Office) -> None:
    make_record(line, office, name="secret errand")
    client.force_login(office.stranger, BACKEND)

    assert "secret errand" not in text(client, "/search/?q=secret")


def test_the_late_ones_are_found_by_their_limit(officer: Client, line: Line, office: Office, errand: Any) -> None:
    today = timezone.localdate()
    make_record(line, office, name="in time", on=today)

    assert errand.name in text(officer, "/errands/?due=late")
    assert "in time" not in text(officer, "/errands/?due=late")
    assert f'href="/errands/{errand.pk}/"' in text(officer, "/")


def test_a_view_is_kept_and_dropped(officer: Client, line: Line, office: Office) -> None:
    officer.post("/errands/views/", {"name": "mine", "query": "unit=hexi&sort=name"})
    officer.post("/errands/views/", {"name": "mine", "query": "unit=hexi"})
    kept = SavedView.objects.get()

    assert "?unit=hexi" in text(officer, "/errands/")
    officer.post(f"/errands/views/{kept.pk}/drop/")
    assert "?unit=hexi" not in text(officer, "/errands/")


def test_several_are_moved_and_each_refusal_is_told_beside_its_record(
    officer: Client, line: Line, office: Office
) -> None:
    ready = make_record(line, office, name="ready", result="done so")
    bare = make_record(line, office, name="bare")
    picked = {"to": "advance:done", "on": timezone.localdate().isoformat(), "pk": [ready.pk, bare.pk]}

    assert 'type="checkbox" name="pk"' in text(officer, "/errands/?pick=1")
    answer = officer.post("/errands/several/", picked).content.decode()

    assert [each.stage for each in line.model.objects.order_by("pk")] == ["done", "given"]
    assert "bare" in answer
    assert answer.count("<li>") >= 1


def test_several_are_confirmed_by_a_second_person_only(client: Client, line: Line, office: Office) -> None:
    keys = [make_record(line, office, name=f"{number}").pk for number in range(3)]
    both = office.verifier
    own = actions.enter(line, office.hexi, {"name": "own", "due_on": date(2026, 3, 9)}, on=date(2026, 3, 2), by=both)
    client.force_login(both, BACKEND)

    client.post("/errands/several/", {"to": "confirm:given", "pk": [*keys, own.pk]})

    states = dict(Step.objects.values_list("record_id", "state"))
    assert [states[key] for key in keys] == ["confirmed"] * 3
    assert states[own.pk] == "claimed"


def test_a_list_as_it_stood_on_a_day(officer: Client, line: Line, office: Office) -> None:
    then = timezone.now() - timedelta(days=30)
    with acting(then):
        old = make_record(line, office, name="old name", result="first")
    actions.edit(old, {"name": "new name", "result": "second"}, by=office.officer)
    make_record(line, office, name="added later")
    on = (then + timedelta(days=5)).date().isoformat()

    shown = text(officer, f"/errands/?as_of={on}")

    assert "old name" in shown
    assert shown.index("此后新增</h2>") < shown.index("added later")
    assert officer.get("/errands/?as_of=2999-01-01").status_code == 404
    assert officer.get("/errands/?as_of=nonsense").status_code == 404


def test_what_turned_out_to_be_another_record_since_is_told_as_gone(
    officer: Client, line: Line, office: Office
) -> None:
    then = timezone.now() - timedelta(days=30)
    with acting(then):
        stays, goes = (make_record(line, office, name=name) for name in ("stays", "goes"))
    actions.merge(goes, stays, reason="one and the same", by=office.officer)

    shown = text(officer, f"/errands/?as_of={(then + timedelta(days=5)).date().isoformat()}")

    assert "其中0条此后有变动，1条已不在；此后新增0条" in shown


def test_the_districts_own_columns_are_shown_exported_and_never_counted(
    officer: Client, client: Client, line: Line, office: Office
) -> None:
    admin = make_person(office.officer.posts.get().unit, "administrator")
    assert officer.get("/errands/columns/").status_code == 403
    client.force_login(admin, BACKEND)
    client.post("/errands/columns/", {"key": "phone_tree", "label": "片区", "kind": "text"})
    again = client.post("/errands/columns/", {"key": "name", "label": "x", "kind": "text"})
    client.force_login(office.officer, BACKEND)
    given = {"name": "one", "due_on": "2026-03-09", "unit": office.hexi.pk, "on": "2026-03-02"}
    client.post("/errands/new/", {**given, "local_phone_tree": "东片"})
    record = line.model.objects.get()

    assert again.status_code == 200
    assert record.local == {"phone_tree": "东片"}
    assert "东片" in text(client, f"/errands/{record.pk}/")
    assert "东片" in text(client, "/search/?q=东片") or record.search_words.endswith("东片")
    client.post(f"/errands/{record.pk}/edit/", {**given, "version": 1, "local_phone_tree": "西片"})
    assert line.model.objects.get().local == {"phone_tree": "西片"}
    client.force_login(admin, BACKEND)
    client.post(f"/errands/columns/{LocalField.objects.get().pk}/drop/")
    assert "片区" not in text(client, f"/errands/{record.pk}/")


@pytest.mark.parametrize("address", ["/errands/figures/", "/lines/", "/receipts/figures/", "/investment/funnel/"])
def test_what_is_counted_is_explained(officer: Client, address: str) -> None:
    assert officer.get(address).status_code == 200


def test_what_waits_is_one_task_and_its_list_confirms_it(client: Client, line: Line, office: Office) -> None:
    for number in range(3):
        make_record(line, office, name=f"errand {number}")
    client.force_login(office.verifier, BACKEND)

    assert text(client, "/").count("?waits=given&amp;pick=1") == 2  # its title and its button
    listed = text(client, "/errands/?waits=given&pick=1")
    assert '<option value="confirm:given" selected>' in listed
    keys = [record.pk for record in line.model.objects.all()]
    client.post("/errands/several/", {"to": "confirm:given", "pk": keys})

    assert "errand 1" not in text(client, "/errands/?waits=given")
    assert "?waits=given" not in text(client, "/")

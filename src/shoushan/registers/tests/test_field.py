"""A record made outdoors: one form, one transaction, once; a browser's queue is answered so that nothing is lost."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from shoushan.evidence.models import Evidence, Place
from shoushan.orgs.testing import BACKEND, make_person
from shoushan.registers import lines
from shoushan.registers.lines import Line, all_lines, line_named
from shoushan.registers.testing import Office, fields_of, make_office

pytestmark = pytest.mark.django_db
ADDRESS = "/investment/field/"
QUEUED = {"Accept": "application/json"}


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    """Deals, as if they were recorded outdoors."""
    outdoors = replace(line_named("investment"), in_field=True)
    monkeypatch.setitem(lines._lines, "investment", outdoors)
    return outdoors


@pytest.fixture
def office(line: Line, client: Client) -> Office:
    office = make_office(line)
    client.force_login(office.officer, BACKEND)
    return office


def photo(name: str = "现场.jpg") -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "olive").save(written, "JPEG")
    return SimpleUploadedFile(name, written.getvalue(), "image/jpeg")


def written(line: Line, office: Office, **given: Any) -> dict[str, Any]:
    return {**fields_of(line), "unit": office.hexi.pk, "on": "2026-02-01", "once": "key 1", **given}


def test_a_record_and_its_photo_are_entered_together(line: Line, office: Office, client: Client) -> None:
    place = {"photo_taken_on": "2026-02-01", "photo_latitude": "34.80123", "photo_longitude": "114.30512"}

    answer = client.post(ADDRESS, written(line, office, photo=photo(), **place))

    deal, proof = line.model.objects.get(), Evidence.objects.get()
    assert answer["Location"] == deal.get_absolute_url()
    assert (deal.stage, deal.entered_by, proof.subject_id) == (line.flow.first, office.officer, deal.pk)
    assert (proof.proves, proof.taken_on, proof.name) == (line.flow.first, date(2026, 2, 1), "现场.jpg")
    assert isinstance(proof.place, Place)
    assert str(proof.place.latitude) == "34.80123"


def test_a_record_needs_no_photo(line: Line, office: Office, client: Client) -> None:
    client.post(ADDRESS, written(line, office))

    assert line.model.objects.count() == 1
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("outdoors", [each for each in all_lines() if each.in_field], ids=lambda line: str(line.key))
def test_every_line_that_goes_outdoors_has_its_page(outdoors: Line, client: Client) -> None:
    office = make_office(outdoors)
    client.force_login(office.officer, BACKEND)

    assert client.get(f"/{outdoors.key}/field/").status_code == 200


def test_a_refused_photo_leaves_no_record_behind(line: Line, office: Office, client: Client) -> None:
    answer = client.post(ADDRESS, written(line, office, photo=SimpleUploadedFile("a.jpg", b"no photo")))

    assert answer.status_code == 200
    assert b'class="errors"' in answer.content
    assert not line.model.objects.exists()


def test_a_place_without_a_photo_is_not_dropped_in_silence(line: Line, office: Office, client: Client) -> None:
    answer = client.post(ADDRESS, written(line, office, photo_latitude="34.8", photo_longitude="114.3"))

    assert 'href="#id_photo"' in answer.content.decode()
    assert not line.model.objects.exists()


def test_what_is_sent_twice_is_taken_once_and_the_queue_is_told_where(
    line: Line, office: Office, client: Client
) -> None:
    answers = [client.post(ADDRESS, written(line, office, photo=photo()), headers=QUEUED) for _ in range(2)]

    deal = line.model.objects.get()
    assert [answer.json() for answer in answers] == [{"ok": True, "location": deal.get_absolute_url()}] * 2
    assert Evidence.objects.count() == 1


def test_what_waited_under_another_account_is_not_taken(line: Line, office: Office, client: Client) -> None:
    other = str(office.stranger.pk)

    answer = client.post(ADDRESS, written(line, office), headers={**QUEUED, "Shoushan-Account": other})

    assert answer["Location"] == f"/sign-in/?next={ADDRESS}"
    assert not line.model.objects.exists()
    mine = {**QUEUED, "Shoushan-Account": str(office.officer.pk)}
    assert client.post(ADDRESS, written(line, office), headers=mine).json()["ok"]


def test_what_waited_while_its_account_was_signed_out_waits_for_signing_in(line: Line, office: Office) -> None:
    """Cookies gone between asking for the token and sending the form: no reason to hand the form back."""
    signed_out = Client(enforce_csrf_checks=True)

    answer = signed_out.post(
        ADDRESS, written(line, office), headers={**QUEUED, "Shoushan-Account": str(office.officer.pk)}
    )

    assert answer["Location"] == f"/sign-in/?next={ADDRESS}"
    assert not line.model.objects.exists()


def test_a_form_for_a_record_closed_meanwhile_is_answered_in_words(line: Line, office: Office, client: Client) -> None:
    client.post(ADDRESS, written(line, office))
    deal = line.model.objects.get()
    waiting = {"to": "signed", "on": "2026-03-01", "agreed_yuan": "5000000", "version": deal.version, "once": "key 2"}
    proof = SimpleUploadedFile("合同.pdf", b"%PDF-1.4 signed")
    client.post(f"/investment/{deal.pk}/advance/", {**waiting, "once": "key 0", "file": proof})

    answer = client.post(f"/investment/{deal.pk}/advance/", waiting, headers=QUEUED)

    assert "json" not in answer["Content-Type"]
    assert b'class="errors"' in answer.content or b'class="refusal"' in answer.content


def test_a_line_that_stays_indoors_has_no_such_page(office: Office, line: Line, client: Client) -> None:
    lines._lines["investment"] = replace(line, in_field=False)

    assert client.get(ADDRESS).status_code == 404


def test_only_the_lines_officers_record_and_only_for_their_units(line: Line, office: Office, client: Client) -> None:
    client.force_login(office.verifier, BACKEND)
    assert client.get(ADDRESS).status_code == 403

    own = make_person(office.hexi, "officer", login="own", line=line.key)
    client.force_login(own, BACKEND)
    client.post(ADDRESS, written(line, office, unit=office.hubin.pk))
    assert not line.model.objects.exists()
    assert f'value="{office.hexi.pk}" selected' in client.get(ADDRESS).content.decode()


def test_the_page_is_kept_by_nobody_on_the_way_and_its_worker_comes_from_the_root(
    line: Line, office: Office, client: Client
) -> None:
    page = client.get(ADDRESS)

    assert "no-store" in page["Cache-Control"]
    assert "worker-src 'self'" in page["Content-Security-Policy"]
    assert 'capture="environment"' in page.content.decode()
    worker = Client().get("/worker.js")
    assert (worker["Service-Worker-Allowed"], worker["Content-Type"]) == ("/", "text/javascript; charset=utf-8")
    assert b"respondWith" in worker.getvalue()

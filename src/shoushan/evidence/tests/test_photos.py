"""When and where a photograph was taken: said, read, never guessed; and a hostile file harms nobody."""

from __future__ import annotations

import io
import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from PIL import Image

from shoushan.evidence import actions
from shoushan.evidence.models import Evidence, Place
from shoushan.exchange import pictures
from shoushan.orgs.testing import BACKEND
from shoushan.registers.lines import line_named
from shoushan.registers.testing import Office, make_office, make_record

LONG_AGO = date(2019, 5, 2)
FEBRUARY = date(2026, 2, 1)


def jpeg(taken: str = "", *, size: tuple[int, int] = (64, 48)) -> bytes:
    """A photograph, with the day its camera wrote and the place it was not asked for."""
    exif, written = Image.Exif(), io.BytesIO()
    if taken:
        exif[0x8769] = {0x9003: taken}
        exif[0x8825] = {1: "N", 2: (34.0, 48.0, 0.0), 3: "E", 4: (114.0, 18.0, 0.0)}
    Image.new("RGB", size, "olive").save(written, "JPEG", exif=exif)
    return written.getvalue()


@pytest.fixture
def office(db: None) -> Office:
    return make_office(line_named("investment"))


@pytest.fixture
def record(office: Office) -> Any:
    return make_record(line_named("investment"), office)


def add(office: Office, record: Any, data: bytes, name: str = "现场.jpg", **given: Any) -> Evidence:
    return actions.add(record, data, name, by=office.officer, **given)


def test_the_day_is_read_from_the_camera_and_the_place_is_not(office: Office, record: Any) -> None:
    photo = add(office, record, jpeg("2019:05:02 10:11:12"))

    assert (photo.taken_on, photo.place) == (LONG_AGO, None)


@pytest.mark.parametrize("taken", ["", "0000:00:00 00:00:00", "yesterday", "2019-05-02"])
def test_a_day_that_cannot_be_read_is_none(taken: str) -> None:
    assert pictures.taken_on(jpeg(taken)) is None


def test_the_earlier_of_two_days_is_kept(office: Office, record: Any) -> None:
    old = add(office, record, jpeg("2019:05:02 10:11:12"), taken_on=FEBRUARY)
    new = add(office, record, jpeg(), taken_on=FEBRUARY)

    assert (old.taken_on, new.taken_on) == (LONG_AGO, FEBRUARY)


def test_a_place_told_is_kept_as_told_and_not_written_into_the_ledger(office: Office, record: Any) -> None:
    place = Place(Decimal("34.80123"), Decimal("114.30512"))

    photo = Evidence.objects.get(pk=add(office, record, jpeg(), place=place).pk)

    assert photo.place == place
    assert {"latitude", "longitude"} <= Evidence.sealed


def test_half_a_place_or_one_off_the_earth_is_not_kept(office: Office, record: Any) -> None:
    for place in (Place(Decimal("91"), Decimal("114")), Place(Decimal("34"), Decimal("200"))):
        with pytest.raises(IntegrityError), transaction.atomic():
            add(office, record, jpeg(), place=place)


@pytest.mark.parametrize(
    ("on", "days"), [(date(2026, 3, 1), 0), (date(2026, 3, 4), 0), (date(2026, 3, 5), 32), (None, 0)]
)
def test_a_photo_older_than_a_month_is_pointed_out(on: date | None, days: int) -> None:
    assert Evidence(taken_on=FEBRUARY).days_before(on) == days


def test_what_is_pointed_out_is_said_in_words(office: Office, record: Any) -> None:
    photo = add(office, record, jpeg("2019:05:02 10:11:12"))

    with translation.override("en"):
        page = Template("{% load evidence %}{% evidence photo on %}").render(
            Context({"photo": photo, "on": date(2026, 3, 1)})
        )

    assert "taken 2019-05-02, 2,495 days before" in " ".join(page.split())


def test_a_small_picture_is_shown_to_whoever_sees_the_record(office: Office, record: Any, client: Client) -> None:
    photo = add(office, record, jpeg("2019:05:02 10:11:12", size=(3000, 2000)))
    address = f"/evidence/{photo.pk}/preview/"
    client.force_login(office.officer, BACKEND)

    shown = client.get(address)

    drawn = Image.open(io.BytesIO(shown.content))
    assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (480, 320), {})
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert "private" in shown["Cache-Control"]
    client.force_login(office.stranger, BACKEND)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_what_is_no_picture_or_a_broken_one_has_no_small_picture(office: Office, record: Any, client: Client) -> None:
    client.force_login(office.officer, BACKEND)
    words = add(office, record, b"words", "receipt.txt")
    broken = add(office, record, b"\xff\xd8\xff" + b"\0" * 2000)

    for each in (words, broken):
        assert client.get(f"/evidence/{each.pk}/preview/").status_code == 404


def test_a_picture_that_unpacks_to_gigabytes_is_not_drawn(office: Office, record: Any, client: Client) -> None:
    written = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(written, "PNG")
    client.force_login(office.officer, BACKEND)
    bomb = add(office, record, written.getvalue(), "bomb.png")

    assert client.get(f"/evidence/{bomb.pk}/preview/").status_code == 404


def test_the_original_is_kept_unaltered(office: Office, record: Any, client: Client) -> None:
    data = jpeg("2019:05:02 10:11:12")
    client.force_login(office.officer, BACKEND)

    photo = add(office, record, data)

    assert client.get(f"/evidence/{photo.pk}/file/").getvalue() == data


@pytest.mark.filterwarnings("ignore")
def test_no_spoilt_head_of_a_photo_hurts() -> None:
    chance, sound = random.Random(20261203), jpeg("2019:05:02 10:11:12")

    for _ in range(3_000):
        spoilt = bytearray(sound[: chance.randrange(3, len(sound))] if chance.random() < 0.2 else sound)
        for _ in range(chance.randrange(1, 12)):
            spoilt[chance.randrange(2, min(len(spoilt), 400))] = chance.randrange(256)
        found = pictures.taken_on(bytes(spoilt))
        assert found is None or isinstance(found, date)

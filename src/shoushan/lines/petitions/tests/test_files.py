"""What is filed beside a matter is sealed, its name too, and opened by those who handle it, each time with an event."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from shoushan.core.errors import Refusal
from shoushan.core.sealing import Ring
from shoushan.evidence import actions as evidence
from shoushan.evidence.models import Evidence, File
from shoushan.exchange import gate
from shoushan.ledger.models import Event
from shoushan.ledger.verify import verify
from shoushan.lines.petitions import actions, keys, vault
from shoushan.lines.petitions.models import Matter
from shoushan.lines.petitions.testing import make_matter
from shoushan.orgs.models import Unit
from shoushan.orgs.testing import BACKEND, make_person
from shoushan.registers.testing import Office

LETTER, NAME = "欧阳望舒 反映夜间施工".encode(), "欧阳望舒来信.txt"


def filed(matter: Matter, office: Office, data: bytes = LETTER, name: str = NAME) -> Evidence:
    return evidence.add(matter, data, name, proves="told", by=office.officer)


def kept() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_neither_the_disk_nor_the_row_nor_the_ledger_tells_what_is_in_a_file_or_what_it_is_called(
    office: Office, matter: Matter
) -> None:
    letter = filed(matter, office)

    (path,) = kept()
    assert LETTER not in path.read_bytes()
    assert "欧阳".encode() not in path.read_bytes()
    assert (letter.name, letter.file.is_sealed, letter.is_picture) == ("told.txt", True, False)
    bodies = b"".join(bytes(body) for body in Event.objects.values_list("body", flat=True)).decode()
    assert "told.txt" in bodies
    assert "欧阳" not in bodies
    assert verify().findings == []


def test_who_handles_it_gets_the_file_under_its_own_name_and_an_event_says_so(
    office: Office, matter: Matter, client: Client
) -> None:
    letter = filed(matter, office)
    for person in (office.officer, office.verifier):
        client.force_login(person, BACKEND)
        answer = client.get(f"/evidence/{letter.pk}/file/")

        assert answer.getvalue() == LETTER
        assert "%E6%AC%A7%E9%98%B3" in answer.headers["Content-Disposition"]
        assert "no-store" in answer.headers["Cache-Control"]
    looked = Event.objects.filter(verb="looked at", subject="evidence.evidence", subject_id=str(letter.pk))
    assert [event.person_id for event in looked.order_by("pk")] == [office.officer.pk, office.verifier.pk]
    assert verify().findings == []


@pytest.mark.parametrize("role", ["leader", "administrator", "auditor", "supervisor"])
def test_who_only_sees_the_matter_sees_that_there_is_a_file_and_does_not_open_it(
    office: Office, matter: Matter, client: Client, role: str
) -> None:
    letter = filed(matter, office)
    client.force_login(make_person(Unit.objects.get(code="d"), role), BACKEND)

    assert "told.txt" in client.get(f"/petitions/{matter.pk}/").content.decode()
    assert client.get(f"/evidence/{letter.pk}/file/").status_code == 403
    assert not Event.objects.filter(verb="looked at").exists()


def test_who_has_a_conflict_meets_the_answer_of_a_file_that_is_not_there(
    office: Office, matter: Matter, client: Client
) -> None:
    letter = filed(matter, office)
    actions.state_conflict(matter, office.verifier, "interest", by=office.officer)
    client.force_login(office.verifier, BACKEND)

    here, there = (client.get(f"/evidence/{pk}/file/") for pk in (letter.pk, letter.pk + 1000))

    assert (here.status_code, here.content) == (there.status_code, there.content)
    assert here.status_code == 404
    with pytest.raises(Refusal, match="sealed"):
        evidence.open_sealed(letter, by=office.verifier)


def test_a_photograph_has_no_small_picture(office: Office, matter: Matter, client: Client) -> None:
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(written, "JPEG")
    photo = filed(matter, office, written.getvalue(), "欧阳.jpg")
    client.force_login(office.officer, BACKEND)

    assert client.get(f"/evidence/{photo.pk}/preview/").status_code == 404
    assert "/preview/" not in client.get(f"/petitions/{matter.pk}/").content.decode()
    assert client.get(f"/evidence/{photo.pk}/file/").getvalue() == written.getvalue()


def test_a_file_moved_to_another_matter_or_stage_altered_or_of_other_keys_does_not_open(
    office: Office, matter: Matter
) -> None:
    letter, other = filed(matter, office), make_matter(office, name="另一件")
    foreign = filed(other, office)
    Evidence.objects.filter(pk=foreign.pk).update(file=letter.file)
    foreign.refresh_from_db()
    with pytest.raises(Refusal, match="not among the keys here"):
        evidence.open_sealed(foreign, by=office.officer)
    Evidence.objects.filter(pk=letter.pk).update(proves="answered")
    letter.refresh_from_db()
    with pytest.raises(Refusal, match="altered, or moved"):
        evidence.open_sealed(letter, by=office.officer)
    Ring.new().keep(vault.path())
    with pytest.raises(Refusal, match="not among the keys here"):
        evidence.open_sealed(letter, by=office.officer)


def test_the_same_file_twice_is_two_sealed_ones_and_nobody_can_tell(office: Office, matter: Matter) -> None:
    filed(matter, office)
    filed(matter, office)

    assert File.objects.count() == len(kept()) == 2


def test_a_matter_of_nobody_has_a_key_for_its_files_which_is_rotated_as_any(office: Office) -> None:
    matter = make_matter(office, who={})
    letter = filed(matter, office)

    assert keys.rotate(forget=True) == 1

    assert evidence.open_sealed(letter, by=office.officer) == (NAME, LETTER)


def test_the_largest_file_is_sealed_and_opened_in_a_moment(office: Office, matter: Matter) -> None:
    largest = b"x" * gate.MOST_BYTES
    begun = time.perf_counter()
    letter = filed(matter, office, largest)

    assert evidence.open_sealed(letter, by=office.officer) == (NAME, largest)
    assert time.perf_counter() - begun < 5

"""Who brought a matter is sealed, opened one at a time with a logged reason, and shown once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from shoushan.config import command
from shoushan.core.errors import Refusal
from shoushan.core.sealing import Ring
from shoushan.ledger.models import Event
from shoushan.ledger.moment import acting
from shoushan.ledger.verify import verify
from shoushan.lines.petitions import actions, keys, neutral, queries, vault
from shoushan.lines.petitions.actions import keys as matter_keys
from shoushan.lines.petitions.models import Identity, Matter, MatterKey, Opening
from shoushan.lines.petitions.testing import WHO, make_matter
from shoushan.orgs import proof
from shoushan.orgs.models import Unit
from shoushan.orgs.testing import BACKEND, make_person, prove, sign_in
from shoushan.registers import actions as registers
from shoushan.registers.testing import Office


def opened(matter: Matter, office: Office) -> dict[str, str]:
    opening = actions.open_identity(matter, reason="送达答复", by=office.officer)
    return actions.show_identity(opening, by=office.officer)


def test_what_was_sealed_is_what_is_opened(office: Office, matter: Matter) -> None:
    assert opened(matter, office) == WHO
    actions.seal(matter, {**WHO, "phone": ""}, by=office.officer)
    assert opened(matter, office) == {**WHO, "phone": ""}
    assert verify().findings == []


def test_sealed_bytes_of_one_matter_do_not_open_in_another(office: Office, matter: Matter) -> None:
    other = make_matter(office, name="另一件", who={**WHO, "name": "司马青衫"})
    stolen = Identity.objects.get(matter=matter)
    Identity.objects.filter(matter=other).update(name=stolen.name)
    MatterKey.objects.filter(matter=other).update(key=MatterKey.objects.get(matter=matter).key)
    with pytest.raises(Refusal) as refused:
        opened(other, office)
    assert refused.value.code == "sealed.altered"


def test_fields_do_not_open_in_each_others_place(office: Office, matter: Matter) -> None:
    Identity.objects.update(address=Identity.objects.get().name)
    with pytest.raises(Refusal, match="altered, or moved"):
        opened(matter, office)


def test_other_keys_are_refused_in_words_and_missing_ones_are_not_made_anew(office: Office, matter: Matter) -> None:
    Ring.new().keep(vault.path())
    with pytest.raises(Refusal, match="not among the keys here"):
        opened(matter, office)
    vault.path().unlink()
    with pytest.raises(Refusal, match="is not there"):
        opened(matter, office)
    with pytest.raises(Refusal, match="is not there"):
        make_matter(office, name="后来的事项")
    assert not vault.path().exists()


def test_the_keys_lie_outside_of_the_database_for_their_owner_alone(matter: Matter) -> None:
    assert vault.path().stat().st_mode & 0o777 == 0o600
    assert vault.path().parent == Path(settings.KEYS)


def test_the_page_opens_with_a_reason_shows_once_and_is_not_stored(
    office: Office, matter: Matter, client: Client
) -> None:
    sign_in(client, office.officer)
    url = f"/petitions/{matter.pk}/identity/"

    before = client.get(url)
    without = client.post(url, {"act": "open", "reason": " "})
    show = client.post(url, {"act": "show"})
    first = client.post(url, {"act": "open", "reason": "送达答复"})
    again = client.get(url)

    for answer in (before, without, show, again):
        assert WHO["name"] not in answer.content.decode()
    assert WHO["name"] in first.content.decode()
    assert WHO["id_number"] in first.content.decode()
    assert "no-store" in first.headers["Cache-Control"]
    assert Opening.objects.get().shown == 1
    assert WHO["name"] in client.post(url, {"act": "show"}).content.decode()
    page = client.get(f"/petitions/{matter.pk}/").content.decode()
    assert "送达答复" in page
    assert WHO["name"] not in page


def test_it_opens_only_after_a_fresh_proof_and_shows_again_only_with_one(
    office: Office, matter: Matter, client: Client
) -> None:
    client.force_login(office.officer, BACKEND)
    url = f"/petitions/{matter.pk}/identity/"
    again = f"/sign-in/again/?next=/petitions/{matter.pk}/identity/"

    without = client.post(url, {"act": "open", "reason": "送达答复"}, headers={"Referer": f"http://testserver{url}"})

    assert without.status_code == 403
    assert "/sign-in/again/?next=http%3A//testserver/petitions/" in without.content.decode()
    assert again in client.get(url).content.decode()
    assert not Opening.objects.exists()
    prove(client)
    assert WHO["name"] in client.post(url, {"act": "open", "reason": "送达答复"}).content.decode()
    session = client.session
    session[proof.KEPT_AS] -= 301
    session.save()
    assert client.post(url, {"act": "show"}).status_code == 403
    assert Opening.objects.get().shown == 1


def test_after_half_an_hour_it_takes_another_reason(office: Office, matter: Matter) -> None:
    opening = actions.open_identity(matter, reason="送达答复", by=office.officer)
    with acting(at=timezone.now() + timedelta(minutes=31)), pytest.raises(Refusal, match="has ended"):
        actions.show_identity(opening, by=office.officer)
    assert queries.opening_of(matter, office.officer, at=opening.ends_at) is None


def test_an_opening_is_nobody_elses(office: Office, matter: Matter) -> None:
    opening = actions.open_identity(matter, reason="送达答复", by=office.officer)
    with pytest.raises(Refusal, match="has ended"):
        actions.show_identity(opening, by=office.verifier)


@pytest.mark.parametrize("role", ["verifier", "leader", "administrator", "auditor", "supervisor"])
def test_only_those_who_handle_it_may_open(office: Office, matter: Matter, client: Client, role: str) -> None:
    district = Unit.objects.get(code="d")
    person = office.verifier if role == "verifier" else make_person(district, role)
    client.force_login(person, BACKEND)
    for url in ("identity/", "slip/"):
        assert client.get(f"/petitions/{matter.pk}/{url}").status_code == 403
        assert client.post(f"/petitions/{matter.pk}/{url}", {"act": "open", "reason": "x"}).status_code == 403
    assert not Opening.objects.exists()


def test_the_responsible_units_own_handler_may_open_and_another_units_sees_nothing(
    office: Office, matter: Matter, client: Client
) -> None:
    for unit, status in ((office.hexi, 200), (office.hubin, 404)):
        handler = make_person(unit, "officer", login=f"handler-{unit.code}", line="petitions")
        client.force_login(handler, BACKEND)
        assert client.get(f"/petitions/{matter.pk}/identity/").status_code == status


def test_the_events_hold_no_personal_data(office: Office, matter: Matter) -> None:
    opened(matter, office)
    bodies = b"".join(bytes(body) for body in Event.objects.values_list("body", flat=True)).decode()
    assert "opened" in bodies
    assert "送达答复" not in bodies
    assert matter.name not in bodies
    for told in WHO.values():
        assert told not in bodies


def test_the_same_person_unit_and_cause_is_pointed_to_and_nothing_else(office: Office, matter: Matter) -> None:
    def met(cause: str = "environment", unit: object = office.hexi, **who: str) -> list[Matter]:
        return queries.met_before(unit, cause, who, office.officer)  # type: ignore[arg-type]

    assert met(phone="138 0013 8000") == [matter]
    assert met(id_number="110101199003074530", phone="1") == [matter]
    assert met(phone="13800138001") == met(cause="pay", phone=WHO["phone"]) == met(name=WHO["name"]) == met() == []
    assert met(unit=office.hubin, phone=WHO["phone"]) == []
    actions.state_conflict(matter, office.officer, "interest", by=office.verifier)
    assert met(phone=WHO["phone"]) == []


def test_the_clerk_is_warned_of_the_number_alone_and_a_trace_stays(
    office: Office, matter: Matter, client: Client
) -> None:
    client.force_login(office.officer, BACKEND)
    given = {
        "unit": office.hexi.pk,
        "on": "2026-03-09",
        "name": "塔吊施工扰民",
        "kind": "appeal",
        "cause": "environment",
    }
    given |= {"who-name": "欧阳先生", "who-phone": WHO["phone"]}

    warned = client.post("/petitions/new/", given).content.decode()
    client.post("/petitions/new/", {**given, "sure": "1"})

    assert f"/petitions/{matter.pk}/" in warned
    assert WHO["name"] not in warned
    assert Matter.objects.count() == 2
    assert Event.objects.filter(verb="met again", subject="petitions.identity").count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "请回电13800138000",
        "电话 138-0013-8000",
        "＋86 １３８００１３８０００",
        "证件110101199003074530",
        "11010119900307453X",
    ],
)
def test_numbers_that_tell_who_somebody_is_are_refused_in_free_texts(office: Office, matter: Matter, text: str) -> None:
    assert neutral.tells_who(text)
    for field in ("name", "answer", "cause_done", "remark"):
        with pytest.raises(Refusal, match="identity-card or mobile number"):
            registers.edit(matter, {field: text}, by=office.officer)
    with pytest.raises(Refusal, match="identity-card or mobile number"):
        actions.open_identity(matter, reason=text, by=office.officer)


@pytest.mark.parametrize(
    "text", ["首府办发〔2026〕12号", "合同金额18500000元", "2026-03-02至2026-04-01", "91320000MA1X2Y3Z4W"]
)
def test_other_numbers_are_not(text: str) -> None:
    assert not neutral.tells_who(text)


def test_a_remark_is_looked_at_too(office: Office, matter: Matter, client: Client) -> None:
    client.force_login(office.officer, BACKEND)
    assert client.post(f"/petitions/{matter.pk}/comment/", {"text": "请打13800138000"}).status_code == 409
    assert client.post(f"/petitions/{matter.pk}/comment/", {"text": "已送达"}).status_code == 302


def test_keys_are_rotated_and_an_interrupted_run_goes_on(
    office: Office, matter: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_matter(office, name="另一件")
    monkeypatch.setattr(matter_keys, "REWRAPPED_AT_ONCE", 1)
    old = vault.ring()
    new = old.turned()
    new.keep(vault.path())
    next(actions.rewrap(new))
    assert not keys.all_present(vault.ring())

    assert keys.rotate(forget=True) == 1

    assert vault.ring().masters == new.masters[-1:]
    assert opened(matter, office) == opened(other, office) == WHO
    assert verify().findings == []
    with pytest.raises(Refusal, match="not among the keys"):
        vault.key_of(MatterKey.objects.first(), old)  # type: ignore[arg-type]


def test_the_command_rotates_and_says_how_many(matter: Matter, capsys: pytest.CaptureFixture[str]) -> None:
    before = vault.ring()
    assert command.main(["keys", "rotate"]) == 0
    assert capsys.readouterr().out == "1\n"
    assert vault.ring().masters[:-1] == before.masters
    vault.path().unlink()
    assert command.main(["keys", "rotate"]) == 1
    assert capsys.readouterr().err

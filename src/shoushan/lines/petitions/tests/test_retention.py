"""What is sealed is kept as long as the dated table says, then destroyed by two people; the ledger stays whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from shoushan.core.errors import Refusal
from shoushan.evidence import actions as evidence
from shoushan.evidence.models import Evidence
from shoushan.ledger.models import Event
from shoushan.ledger.verify import verify
from shoushan.lines.petitions import actions, keys, queries, retention, watching
from shoushan.lines.petitions.models import Erasure, Identity, Matter, MatterKey
from shoushan.lines.petitions.testing import WHO, at, make_matter
from shoushan.orgs.testing import prove, sign_in
from shoushan.registers import actions as registers
from shoushan.registers.testing import Office
from shoushan.web import today

CLOSED = date(2026, 5, 4)
LAST, PAST = date(2036, 5, 4), date(2036, 5, 5)


@pytest.fixture
def closed(office: Office, matter: Matter) -> Matter:
    days = {"sorted": date(2026, 3, 3), "told": date(2026, 3, 4), "answered": date(2026, 4, 1), "closed": CLOSED}
    return at(matter, office, **days)


def letter(matter: Matter) -> Evidence:
    found: Evidence = Evidence.objects.about(matter, "told").get()
    return found


def erased(matter: Matter, office: Office) -> Erasure:
    proposed = actions.propose_erasure(matter, on=PAST, by=office.officer)
    return actions.decide_erasure(proposed, destroy=True, on=PAST, by=office.verifier)


@pytest.mark.parametrize(
    ("closed_on", "reached", "rule", "until"),
    [
        (date(2026, 5, 4), ["closed"], "ordinary", date(2036, 5, 4)),
        (date(2026, 5, 4), ["review_asked", "reviewed", "closed"], "reviewed", date(2056, 5, 4)),
        (date(2028, 2, 29), ["closed"], "ordinary", date(2038, 2, 28)),
    ],
)
def test_the_table_says_how_long_and_why(closed_on: date, reached: list[str], rule: str, until: date) -> None:
    kept = retention.kept(closed_on, reached, on=date(2036, 1, 1))

    assert kept is not None
    assert (kept.rule, kept.until) == (rule, until)
    assert "《个人信息保护法》" in kept.basis
    assert str(kept.label)


def test_before_the_first_table_nothing_may_be_destroyed() -> None:
    assert retention.kept(date(2000, 1, 1), ["closed"], on=date(2025, 12, 31)) is None


def test_every_rule_has_its_words_and_the_last_one_takes_the_rest() -> None:
    for table in retention.tables():
        assert {rule["key"] for rule in table["rules"]} <= set(retention.RULES)
        assert "when" not in table["rules"][-1]


def test_the_list_shows_what_would_be_destroyed_on_the_day_after_the_last_and_not_before(
    office: Office, closed: Matter
) -> None:
    assert watching.past(office.officer, on=LAST) == []

    (row,) = watching.past(office.officer, on=PAST)

    assert (row.matter, row.closed_on, row.has_identity, row.files) == (closed, CLOSED, True, 2)


def test_what_is_destroyed_opens_no_more_and_the_ledger_still_verifies(office: Office, closed: Matter) -> None:
    file = letter(closed)

    erased(closed, office)

    for opens in (
        lambda: actions.open_identity(closed, reason="送达", by=office.officer),
        lambda: evidence.open_sealed(file, by=office.officer),
        lambda: actions.seal(closed, WHO, by=office.officer),
    ):
        with pytest.raises(Refusal) as refused:
            opens()
        assert refused.value.code == "sealed.destroyed"
    identity, key = Identity.objects.get(), MatterKey.objects.get()
    assert {bytes(getattr(identity, field)) for field in Identity.FIELDS} == {b""}
    assert (bytes(key.key), identity.phone_mark, identity.number_mark) == (b"", "", "")
    assert queries.met_before(closed.unit, closed.cause, WHO, office.officer) == []
    assert verify().findings == []
    destroyed = Event.objects.filter(verb__in=["proposed", "destroyed", "key destroyed"]).order_by("pk")
    assert [event.person_id for event in destroyed] == [office.officer.pk, *[office.verifier.pk] * 3]
    assert "第四十七条" in bytes(destroyed[1].body).decode()


def test_what_is_gone_is_left_alone_when_keys_are_rotated(office: Office, closed: Matter) -> None:
    erased(closed, office)
    make_matter(office, name="另一件")

    assert keys.rotate(forget=True) == 1


def test_a_key_put_back_behind_the_ledger_is_named(office: Office, closed: Matter) -> None:
    erased(closed, office)
    MatterKey.objects.update(destroyed_at=None)

    assert [finding.fields for finding in verify().findings] == ["destroyed_at"]


def test_nothing_is_destroyed_too_early_by_one_person_twice_or_once_it_is_open_again(
    office: Office, closed: Matter
) -> None:
    with pytest.raises(Refusal, match="nothing here that may be destroyed"):
        actions.propose_erasure(closed, on=LAST, by=office.officer)
    proposed = actions.propose_erasure(closed, on=PAST, by=office.officer)
    with pytest.raises(Refusal, match="proposed already"):
        actions.propose_erasure(closed, on=PAST, by=office.verifier)
    with pytest.raises(Refusal, match="a second person destroys"):
        actions.decide_erasure(proposed, destroy=True, on=PAST, by=office.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.filter(pk=proposed.pk).update(state="done", decided_by=office.officer)
    registers.go_back(closed, "answered", reason="重新办理", by=office.verifier)
    with pytest.raises(Refusal, match="nothing here that may be destroyed"):
        actions.decide_erasure(proposed, destroy=True, on=PAST, by=office.verifier)
    assert MatterKey.objects.standing().count() == 1


def test_what_is_kept_on_may_be_proposed_again(office: Office, closed: Matter) -> None:
    proposed = actions.propose_erasure(closed, on=PAST, by=office.officer)
    actions.decide_erasure(proposed, destroy=False, on=PAST, by=office.verifier)
    with pytest.raises(Refusal, match="decided on this already"):
        actions.decide_erasure(proposed, destroy=True, on=PAST, by=office.verifier)

    assert actions.propose_erasure(closed, on=PAST, by=office.officer).state == "proposed"


def test_on_the_page_one_proposes_and_another_destroys_after_a_fresh_proof(
    office: Office, closed: Matter, client: Client, settings: Any
) -> None:
    settings.SHOUSHAN_TODAY = PAST
    sign_in(client, office.officer)
    assert "第四十七条" in client.get("/petitions/retention/").content.decode()
    client.post("/petitions/retention/", {"matter": closed.pk})
    proposed = Erasure.objects.get()
    address = f"/petitions/retention/{proposed.pk}/"
    assert address not in client.get("/petitions/retention/").content.decode()
    assert client.post(address, {"decision": "destroy"}).status_code == 403

    client.force_login(office.verifier, "django.contrib.auth.backends.ModelBackend")
    assert "/petitions/retention/" in [task.url for task in today.tasks(office.verifier, PAST)]
    assert address in client.get("/petitions/retention/").content.decode()
    assert client.post(address, {"decision": "destroy"}).status_code == 403
    prove(client)
    client.post(address, {"decision": "destroy"})

    proposed.refresh_from_db()
    assert (proposed.state, proposed.decided_by) == ("done", office.verifier)
    page = client.get("/petitions/retention/").content.decode()
    assert f"#{closed.pk}" in page
    assert address not in page


def test_who_has_a_conflict_sees_nothing_of_it_there_either(office: Office, closed: Matter, client: Client) -> None:
    proposed = actions.propose_erasure(closed, on=PAST, by=office.officer)
    actions.state_conflict(closed, office.verifier, "interest", by=office.officer)
    sign_in(client, office.verifier)

    assert watching.past(office.verifier, on=PAST) == []
    assert "/petitions/retention/" not in [task.url for task in today.tasks(office.verifier, PAST)]
    assert client.post(f"/petitions/retention/{proposed.pk}/", {"decision": "destroy"}).status_code == 404
    with pytest.raises(Refusal):
        actions.decide_erasure(proposed, destroy=True, on=PAST, by=office.verifier)

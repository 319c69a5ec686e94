"""Nobody whom a matter accuses, or who has an interest in it, sees it or learns that it exists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from shoushan.core.errors import Refusal
from shoushan.ledger import hidden
from shoushan.ledger.models import Event
from shoushan.lines.petitions import actions
from shoushan.lines.petitions.line import line
from shoushan.lines.petitions.models import Conflict, Matter
from shoushan.lines.petitions.testing import at, make_matter
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import BACKEND, make_person
from shoushan.registers import actions as registers
from shoushan.registers.models import Comment, Mention
from shoushan.registers.queries import find, registers_seen
from shoushan.registers.queries.listing import stage_counts
from shoushan.registers.testing import Office
from shoushan.web import today

PAGES = ("", "edit/", "print/", "identity/", "slip/")
SENT = (
    "advance/", "back/", "decide/registered/", "comment/", "merge/", "identity/", "identity/seal/", "conflicts/",
    "unit/", "objection/", "slip/",
)  # fmt: skip


def roles(office: Office) -> dict[str, Person]:
    district = Unit.objects.get(code="d")
    return {
        "officer": make_person(district, "officer", login="second-officer", line="petitions"),
        "verifier": office.verifier,
        "handler": make_person(office.hexi, "officer", login="handler", line="petitions"),
        "head": make_person(office.hexi, "head"),
        **{role: make_person(district, role) for role in ("leader", "supervisor", "administrator", "auditor")},
    }


@pytest.mark.parametrize(
    "role", ["officer", "verifier", "handler", "head", "leader", "supervisor", "administrator", "auditor"]
)
def test_whoever_is_accused_meets_the_same_answers_as_for_an_absent_matter(
    office: Office, matter: Matter, client: Client, role: str
) -> None:
    accused = roles(office)[role]
    at(matter, office, sorted=date(2026, 3, 3))
    client.force_login(accused, BACKEND)
    assert matter.name in client.get("/petitions/").content.decode()
    token = orgs.issue_token(accused, label="x", by=accused)[1]
    api = {"Authorization": f"Bearer {token}"}

    actions.state_conflict(matter, accused, "accused", by=office.officer)

    absent = matter.pk + 1000
    for page in PAGES:
        here, there = (client.get(f"/petitions/{pk}/{page}") for pk in (matter.pk, absent))
        assert (here.status_code, here.content) == (there.status_code, there.content) or page == "slip/"
        assert here.status_code == 404
    for page in SENT:
        here, there = (client.post(f"/petitions/{pk}/{page}", {"text": "x"}) for pk in (matter.pk, absent))
        assert here.status_code == there.status_code == 404, page
    shown = ["/petitions/", "/petitions/?q=夜间施工", "/petitions/causes/", "/search/?q=夜间施工", "/", "/lines/"]
    for url in shown:
        assert matter.name not in client.get(url).content.decode(), url
    told = [client.get(f"/api/v1/lines/petitions/records/{pk}", headers=api) for pk in (matter.pk, absent)]
    assert told[0].status_code == 404
    assert told[0].content == told[1].content
    assert client.get("/api/v1/lines/petitions/records", headers=api).json() == []
    assert list(find(accused, ["夜间施工"])) == []
    assert matter.name not in str([task.title for task in today.tasks(accused, date(2026, 3, 16))])


def test_how_many_there_are_is_no_hint_either_whoever_looked_before(
    office: Office, matter: Matter, client: Client
) -> None:
    make_matter(office, name="另一件")
    district = Unit.objects.get(code="d")
    leader, accused = make_person(district, "leader"), make_person(district, "supervisor")
    actions.state_conflict(matter, accused, "accused", by=office.officer)
    shown: dict[str, Any] = {}
    for person in (leader, accused):
        client.force_login(person, BACKEND)
        shown[person.login] = [
            list(stage_counts(line, person).values()),
            [
                seen.count
                for found, all_seen in registers_seen(person, date(2026, 3, 9))
                for seen in all_seen
                if found is line
            ],
            client.get("/petitions/").content.decode().count("<tr>"),
        ]

    assert shown["leader"][:2] == [[2], [2]]
    assert shown["supervisor"][:2] == [[1], [1]]
    assert shown["leader"][2] == shown["supervisor"][2] + 1


def test_nor_do_the_calendar_a_remark_or_what_waits_tell(office: Office, matter: Matter, client: Client) -> None:
    accused = make_person(Unit.objects.get(code="d"), "officer", login="second", line="petitions")
    secret = orgs.issue_token(accused, label="x", only_calendar=True, by=accused)[1]
    registers.comment(matter, "@second 请看", by=office.officer)
    assert matter.name in str([task.title for task in today.tasks(accused, date(2026, 3, 16))])

    actions.state_conflict(matter, accused, "accused", by=office.officer)
    registers.comment(matter, "@second 再看", by=office.officer)

    assert Mention.objects.filter(person=accused).count() == 1
    assert list(today.tasks(accused, date(2026, 3, 16))) == []
    feed = client.get(f"/calendar/{secret}.ics").content.decode()
    assert feed.startswith("BEGIN:VCALENDAR")
    assert "BEGIN:VEVENT" not in feed


def test_a_second_account_under_the_same_name_is_kept_out_too_and_lifts_nothing(
    office: Office, matter: Matter, client: Client
) -> None:
    head = make_person(office.hexi, "head", login="周主任")
    district = Unit.objects.get(code="d")
    conflict = actions.state_conflict(matter, head, "accused", by=office.officer)
    second = orgs.register_person(login="zhou-2", name="周主任", password=None, by=None)
    orgs.appoint(second, district, "verifier", line="petitions", from_on=date(2020, 1, 1), by=None)

    client.force_login(second, BACKEND)
    assert client.get(f"/petitions/{matter.pk}/").status_code == 404
    with pytest.raises(Refusal, match="does not lift it"):
        actions.lift_conflict(conflict, by=second)
    # a namesake is let in as anybody kept out by mistake
    actions.lift_conflict(actions.state_conflict(matter, second, "interest", by=office.officer), by=office.verifier)
    assert client.get(f"/petitions/{matter.pk}/").status_code == 200
    client.force_login(head, BACKEND)
    assert client.get(f"/petitions/{matter.pk}/").status_code == 404


def test_the_ledger_does_not_say_whom_a_matter_accuses(office: Office, matter: Matter) -> None:
    actions.state_conflict(matter, office.stranger, "accused", by=office.officer)
    body = bytes(Event.objects.get(subject="petitions.conflict").body).decode()
    assert '"person":"•"' in body
    assert '"because":"•"' in body


def test_those_who_handle_it_see_who_is_kept_out_and_others_do_not(
    office: Office, matter: Matter, client: Client
) -> None:
    head = make_person(office.hexi, "head", login="周主任")
    actions.state_conflict(matter, head, "accused", by=office.officer)
    leader = make_person(Unit.objects.get(code="d"), "leader")
    for person, sees in ((office.officer, True), (office.verifier, True), (leader, False)):
        client.force_login(person, BACKEND)
        page = client.get(f"/petitions/{matter.pk}/").content.decode().split('id="conflicts"')[1].split("<form")[0]
        assert ("周主任" in page) is sees


def test_the_action_itself_refuses_whoever_has_a_conflict(office: Office, matter: Matter) -> None:
    opening = actions.open_identity(matter, reason="送达", by=office.officer)
    actions.state_conflict(matter, office.officer, "interest", by=office.verifier)
    for action in (
        lambda: actions.open_identity(matter, reason="送达", by=office.officer),
        lambda: actions.show_identity(opening, by=office.officer),
    ):
        with pytest.raises(Refusal) as refused:
            action()
        assert refused.value.code == "access.absent"


def test_one_withdraws_oneself_and_a_second_person_lets_one_in_again(
    office: Office, matter: Matter, client: Client
) -> None:
    client.force_login(office.officer, BACKEND)
    client.post(f"/petitions/{matter.pk}/conflicts/", {"own": "1"})
    assert client.get(f"/petitions/{matter.pk}/").status_code == 404
    conflict = Conflict.objects.get()
    with pytest.raises(Refusal, match="does not lift it"):
        actions.lift_conflict(conflict, by=office.officer)
    client.force_login(office.verifier, BACKEND)
    client.post(f"/petitions/{matter.pk}/conflicts/{conflict.pk}/lift/")
    client.force_login(office.officer, BACKEND)
    assert client.get(f"/petitions/{matter.pk}/").status_code == 200


def test_a_clerk_keeps_somebody_out_by_their_post(office: Office, matter: Matter, client: Client) -> None:
    head = make_person(office.hexi, "head")
    client.force_login(office.officer, BACKEND)
    post = head.posts.get()
    client.post(f"/petitions/{matter.pk}/conflicts/", {"post": post.pk, "because": "accused"})
    client.force_login(head, BACKEND)
    assert client.get(f"/petitions/{matter.pk}/").status_code == 404


def test_nobody_lifts_their_own_conflict_even_in_the_database(office: Office, matter: Matter) -> None:
    conflict = actions.state_conflict(matter, office.officer, "interest", by=office.verifier)
    with pytest.raises(Refusal):
        actions.state_conflict(matter, office.officer, "interest", by=office.verifier)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.filter(pk=conflict.pk).update(lifted_by=office.officer)


def test_a_hidden_matter_is_no_double_of_another(office: Office, matter: Matter) -> None:
    other = make_matter(office, name="另一件")
    actions.state_conflict(matter, office.officer, "interest", by=office.verifier)
    seen = line.model.objects.visible_to(office.officer)
    assert list(seen) == [other]
    assert registers.comment(other, "@officer 请看", by=office.verifier)


def test_an_accused_auditor_does_not_find_the_matter_in_the_ledger(
    office: Office, matter: Matter, client: Client
) -> None:
    auditor = make_person(Unit.objects.get(code="d"), "auditor")
    registers.comment(matter, f"@{auditor.login} 请看", by=office.officer)
    at(matter, office, sorted=date(2026, 3, 3), told=date(2026, 3, 4))
    registers.decide(matter, "sorted", "accepted", by=office.verifier)
    actions.issue_code(matter, number=1, by=office.officer)
    actions.open_identity(matter, reason="送达", by=office.officer)
    about = Event.objects.get(subject="petitions.matter", verb="entered")
    client.force_login(auditor, BACKEND)
    before = client.get(f"/ledger/{about.pk}/").status_code, list(today.tasks(auditor, date(2026, 3, 9)))

    actions.state_conflict(matter, auditor, "accused", by=office.officer)
    shown = client.get("/ledger/").content.decode()

    assert before[0] == 200
    assert before[1]
    assert f"/ledger/{about.pk}/" not in shown
    assert client.get(f"/ledger/{about.pk}/").status_code == 404
    # of all that was done, what is said of people and units is all there is to read
    told = set(hidden.readable(Event.objects.all(), auditor).values_list("subject", flat=True))
    assert told == {"orgs.unit", "orgs.person", "orgs.post", "evidence.file"}
    assert list(today.tasks(auditor, date(2026, 3, 9))) == []


def test_a_count_that_somebody_else_asked_for_tells_the_accused_nothing(
    office: Office, matter: Matter, client: Client
) -> None:
    accused = make_person(Unit.objects.get(code="d"), "officer", login="second-officer", line="petitions")
    actions.state_conflict(matter, accused, "accused", by=office.officer)
    counts = []
    for person in (office.officer, accused):
        client.force_login(person, BACKEND)
        page = client.get("/petitions/").content.decode()
        counts.append(page.split('class="tabs"')[1].split('<span class="small">')[1].split("<")[0])

    assert counts == ["1", "0"]


def test_a_remark_with_a_mobile_number_is_refused_through_every_door(
    office: Office, matter: Matter, client: Client
) -> None:
    client.force_login(office.officer, BACKEND)
    token = orgs.issue_token(office.officer, label="x", by=office.officer)[1]
    said = {"text": "请回电 138 0013 8000"}

    page = client.post(f"/petitions/{matter.pk}/comment/", said)
    answer = client.post(
        f"/api/v1/lines/petitions/records/{matter.pk}/comments", said, "application/json",
        headers={"Authorization": f"Bearer {token}"},
    )  # fmt: skip

    assert "身份证号或手机号" in page.content.decode()
    assert answer.json()["code"] == "petitions.tells_who"
    assert not Comment.objects.exists()

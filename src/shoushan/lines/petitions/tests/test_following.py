"""Whoever holds the code sees where the matter stands, what comes next and until when; nobody else does."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from shoushan.lines.petitions import actions, queries
from shoushan.lines.petitions.actions.matters import SIGNS
from shoushan.lines.petitions.models import Matter, Slip
from shoushan.lines.petitions.testing import at, make_matter
from shoushan.lines.petitions.views.public import MOST_MISSES
from shoushan.orgs.testing import BACKEND
from shoushan.registers.testing import Office


def code_for(matter: Matter, office: Office) -> str:
    return actions.issue_code(matter, number=1, by=office.officer)


def test_a_code_has_at_least_128_bits_and_only_its_digest_is_kept(office: Office, matter: Matter) -> None:
    code = code_for(matter, office)
    assert len(SIGNS) ** len(code) > 2**128
    assert len(set(SIGNS)) == 32
    assert code not in str(Slip.objects.values())


def test_it_is_found_however_it_is_typed(office: Office, matter: Matter) -> None:
    code = code_for(matter, office)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (
        code,
        actions.in_groups(code),
        code.lower(),
        f" {code}\n",
        actions.in_groups(code).replace(" ", "-"),
        wide,
    ):
        found = queries.followed(typed, on=date(2026, 3, 3))
        assert found is not None
        assert found.matter == matter


def test_the_slip_shows_it_once_and_a_reload_does_not_end_it(office: Office, matter: Matter, client: Client) -> None:
    client.force_login(office.officer, BACKEND)
    url = f"/petitions/{matter.pk}/slip/"
    first, reload = (client.post(url, {"number": "1"}) for _ in range(2))
    digest = Slip.objects.get().digest
    assert "<svg" in first.content.decode().split('id="slip"')[1]
    assert "no-store" in first.headers["Cache-Control"]
    assert reload.status_code == 409
    assert Slip.objects.get().digest == digest
    client.post(url, {"number": "2"})
    assert Slip.objects.get().digest != digest


def test_steps_clock_and_next_act_are_told_without_an_account(office: Office, matter: Matter, client: Client) -> None:
    at(matter, office, sorted=date(2026, 3, 3), told=date(2026, 3, 4))
    page = client.post("/petition/", {"code": code_for(matter, office)})
    told = page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert "hexi" in told
    assert "5月6日" in told  # 60 days end on 3 May, which is a holiday
    assert "夜间施工噪声" in told


def test_it_says_honestly_that_a_day_has_passed(office: Office, matter: Matter) -> None:
    code = code_for(matter, office)
    found = [queries.followed(code, on=on) for on in (date(2026, 3, 17), date(2026, 3, 18))]
    assert [each.is_late for each in found if each] == [False, True]


def test_the_answer_and_how_to_ask_for_a_review_are_told(office: Office, matter: Matter, client: Client) -> None:
    code = code_for(matter, office)
    at(matter, office, sorted=date(2026, 3, 3), told=date(2026, 3, 4), answered=date(2026, 4, 1))
    told = client.post("/petition/", {"code": code}).content.decode()
    assert "已责令22时后停工" in told
    found = queries.followed(code, on=date(2026, 5, 6))
    assert found is not None
    assert found.ask_until == date(2026, 5, 6)
    after = queries.followed(code, on=date(2026, 5, 7))
    assert after is not None
    assert after.ask == ""
    at(matter, office, review_asked=date(2026, 4, 8), reviewed=date(2026, 4, 20))
    reviewed = queries.followed(code, on=date(2026, 4, 21))
    assert reviewed is not None
    assert reviewed.ask_until == date(2026, 5, 20)


@pytest.mark.parametrize(
    "stages", [[], ["sorted"], ["sorted", "transferred"], ["sorted", "told", "closed"],
               ["sorted", "told", "answered", "review_asked"],
               ["sorted", "told", "answered", "review_asked", "reviewed", "rereview_asked"],
               ["sorted", "told", "answered", "review_asked", "reviewed", "rereview_asked", "rereviewed"]],
)  # fmt: skip
def test_every_stage_has_its_words(office: Office, matter: Matter, client: Client, stages: list[str]) -> None:
    code = code_for(matter, office)
    at(matter, office, **dict.fromkeys(stages, date(2026, 3, 4)))
    assert client.post("/petition/", {"code": code}).status_code == 200
    found = queries.followed(code, on=date(2026, 3, 5))
    assert found is not None
    assert found.now
    assert found.comes or found.matter.stage == "closed"


def test_unknown_malformed_and_ended_codes_answer_alike(office: Office, matter: Matter, client: Client) -> None:
    ended = code_for(matter, office)
    actions.issue_code(matter, number=2, by=office.officer)
    answers = [client.post("/petition/", {"code": code}) for code in (ended, "A" * 28, "x", "", "'; --")]
    assert {answer.status_code for answer in answers} == {200}
    masked = {answer.content.decode().replace(str(answer.context["csrf_token"]), "") for answer in answers}
    assert len(masked) == 1


def test_whoever_guesses_has_to_wait(office: Office, matter: Matter, client: Client) -> None:
    code = code_for(matter, office)
    for _ in range(MOST_MISSES):
        assert client.post("/petition/", {"code": "x"}).status_code == 200
    assert client.post("/petition/", {"code": code}).status_code == 429
    assert client.post("/petition/", {"code": code}, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_an_answer_is_rated_once_and_only_after_it_was_given(office: Office, matter: Matter, client: Client) -> None:
    code = code_for(matter, office)
    given = {"code": code, "satisfaction": "satisfied"}
    assert client.post("/petition/rate/", given).status_code == 409
    at(matter, office, sorted=date(2026, 3, 3), told=date(2026, 3, 4), answered=date(2026, 4, 1))
    assert client.post("/petition/rate/", {**given, "satisfaction": "x"}).status_code == 409
    assert client.post("/petition/rate/", given).status_code == 200
    assert client.post("/petition/rate/", {**given, "satisfaction": "not"}).status_code == 409
    assert client.post("/petition/rate/", {"code": "x", "satisfaction": "not"}).status_code == 200
    assert client.get("/petition/rate/").status_code == 302
    matter.refresh_from_db()
    assert matter.satisfaction == "satisfied"


def test_no_office_writes_the_rating(office: Office, matter: Matter, client: Client) -> None:
    client.force_login(office.officer, BACKEND)
    given = {
        "name": "夜间施工",
        "kind": "appeal",
        "cause": "land",
        "version": matter.version,
        "satisfaction": "satisfied",
    }
    client.post(f"/petitions/{matter.pk}/edit/", given)
    matter.refresh_from_db()
    assert (matter.name, matter.satisfaction) == ("夜间施工", "")


def test_causes_tell_no_few_apart(office: Office, client: Client) -> None:
    for number in range(5):
        make_matter(office, name=f"噪声{number}", who={})
    make_matter(office, name="欠薪", cause="pay", who={}, cause_done="建立工资专户")
    told = {each.label: each for each in queries.causes(office.officer)}
    counts = [each.units[0][1] for each in told.values()]
    assert counts[1] == "5"
    assert "5" in counts[0]
    assert counts[0] != "5"
    client.force_login(office.officer, BACKEND)
    assert "建立工资专户" in client.get("/petitions/causes/").content.decode()
    client.force_login(office.stranger, BACKEND)
    assert "建立工资专户" not in client.get("/petitions/causes/").content.decode()

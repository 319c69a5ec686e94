"""Doubles are warned of on entry, merged with both histories, and remarks ask for people who may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from shoushan.core.errors import Refusal
from shoushan.orgs.models import Person
from shoushan.orgs.testing import BACKEND
from shoushan.registers import actions, queries
from shoushan.registers.lines import Line, line_named
from shoushan.registers.models import Comment, Mention
from shoushan.registers.testing import Office, make_record


def test_a_like_name_is_warned_of_and_entered_when_sure(officer: Client, line: Line, office: Office) -> None:
    known = make_record(line, office, name="云栖冷链物流园一期项目")
    given = {"name": "云棲冷鏈物流園一期项目", "due_on": "2026-03-09", "unit": office.hexi.pk, "on": "2026-03-02"}

    warned = officer.post("/errands/new/", given)
    officer.post("/errands/new/", {**given, "sure": str(known.pk)})

    assert "云栖冷链物流园一期项目" in warned.content.decode()
    assert line.model.objects.count() == 2


def test_the_same_code_tells_a_double(office: Office) -> None:
    receipts = line_named("receipts")
    known = make_record(receipts, office, proof="2026-001")

    found = queries.likely(receipts, office.officer, {"proof": "2026-001"})

    assert [each.record.pk for each in found] == [known.pk]
    assert queries.likely(receipts, office.officer, {"proof": "2026-001"}, apart=known.pk) == []


def test_merging_keeps_both_histories_and_counts_one(officer: Client, line: Line, office: Office) -> None:
    first, second = (make_record(line, office, name=name) for name in ("first", "second"))

    officer.post(f"/errands/{second.pk}/merge/", {"into": str(first.pk), "reason": "same order"})

    assert [each.pk for each in line.model.objects.standing()] == [first.pk]
    assert f'href="/errands/{first.pk}/"' in officer.get(f"/errands/{second.pk}/").content.decode()
    assert "second" in officer.get(f"/errands/{first.pk}/").content.decode()
    assert officer.post(f"/errands/{first.pk}/merge/", {"into": "999", "reason": "x"}).status_code == 404


@pytest.mark.parametrize(("into", "reason", "code"), [("self", "x", "merge.itself"), ("other", " ", "merge.reason")])
def test_a_record_is_merged_into_another_with_a_reason(
    line: Line, office: Office, into: str, reason: str, code: str
) -> None:
    first, second = (make_record(line, office, name=name) for name in ("first", "second"))
    target = {"self": first, "other": second}[into]

    with pytest.raises(Refusal) as refused:
        actions.merge(first, target, reason=reason, by=office.officer)

    assert refused.value.code == code


def test_what_has_been_merged_is_not_merged_again(line: Line, office: Office) -> None:
    first, second, third = (make_record(line, office, name=name) for name in "abc")
    actions.merge(first, second, reason="x", by=office.officer)

    with pytest.raises(Refusal) as refused:
        actions.merge(third, first, reason="x", by=office.officer)

    assert refused.value.code == "merge.already"


def test_a_remark_asks_for_those_who_may_see(client: Client, line: Line, office: Office, errand: Any) -> None:
    client.force_login(office.officer, BACKEND)
    named = f"@{office.verifier.login} 请看，@{office.stranger.login} 也看"

    client.post(f"/errands/{errand.pk}/comment/", {"text": named})
    client.post(f"/errands/{errand.pk}/comment/", {"text": "  "})
    client.force_login(office.verifier, BACKEND)
    before = client.get("/").content.decode()
    client.get(f"/errands/{errand.pk}/")
    after = client.get("/").content.decode()

    assert Comment.objects.count() == 1
    assert [mention.person_id for mention in Mention.objects.all()] == [office.verifier.pk]
    assert "#comments" in before
    assert "#comments" not in after


def test_two_who_edit_see_both_versions_and_lose_nothing(officer: Client, office: Office, errand: Any) -> None:
    actions.edit(errand, {"result": "theirs"}, by=Person.objects.get(pk=office.officer.pk))
    given = {"name": errand.name, "due_on": "2026-03-09", "result": "mine", "version": 1}

    told = officer.post(f"/errands/{errand.pk}/edit/", given).content.decode()
    officer.post(f"/errands/{errand.pk}/edit/", {**given, "version": 2})

    assert "theirs" in told
    assert 'value="2"' in told
    assert type(errand).objects.get().result == "mine"


def test_a_record_is_printed_with_a_code_that_leads_back(officer: Client, errand: Any) -> None:
    assert "<svg" in officer.get(f"/errands/{errand.pk}/print/").content.decode()

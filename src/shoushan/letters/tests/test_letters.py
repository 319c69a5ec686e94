"""From shares to a letter in force, and what may change it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from shoushan.core.testing import code_of
from shoushan.ledger.verify import verify
from shoushan.letters import actions, queries
from shoushan.letters.models import Basis, Letter
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import BACKEND, START, make_person
from shoushan.plans import actions as plans
from shoushan.plans.models import Goal

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 3, 2)


@pytest.fixture
def goal(hexi: Unit, office: Person) -> Goal:
    year = plans.open_year(2026, by=office)
    document = plans.add_document(year, title="讲话", text="今年植树45万株。", delivered_on=None, by=office)
    passage = plans.add_passage(document, 4, 8, kind="target", by=office)
    goal = plans.confirm(passage, plans.GoalTerms(kind="target", title="植树", value=Decimal(450000)), by=office)
    plans.divide(goal, [hexi], method="equally", by=office)
    return plans.set_schedule(goal, {6: Decimal("0.5"), 12: Decimal(1)}, by=office)


@pytest.fixture
def issued(goal: Goal, basis: Basis, hexi: Unit, office: Person, leader: Person, head: Person) -> Letter:
    return actions.issue(actions.draft(goal.year, hexi, basis=basis, by=office), on=ISSUED, by=office)


@pytest.fixture
def in_force(issued: Letter, leader: Person, head: Person) -> Letter:
    return actions.sign(actions.sign(issued, by=head), by=leader)


def test_a_letter_without_a_legal_basis_stays_a_draft(
    goal: Goal, hexi: Unit, office: Person, leader: Person, head: Person
) -> None:
    letter = actions.draft(goal.year, hexi, by=office)

    assert code_of(actions.issue, letter, on=ISSUED, by=office) == "letter.no_basis"


def test_a_basis_that_has_expired_is_none(goal: Goal, basis: Basis, hexi: Unit, office: Person, leader: Person) -> None:
    letter = actions.draft(goal.year, hexi, basis=basis, by=office)

    assert code_of(actions.issue, letter, on=date(2027, 1, 1), by=office) == "letter.no_basis"


def test_the_annex_is_the_shares(issued: Letter) -> None:
    line = issued.annex.get()

    assert (line.target, line.quarters) == (Decimal(450000), [None, "225000", "225000", "450000"])


def test_the_unit_signs_first(issued: Letter, leader: Person) -> None:
    assert code_of(actions.sign, issued, by=leader) == "letter.order"


def test_nobody_else_signs(issued: Letter, office: Person) -> None:
    assert code_of(actions.sign, issued, by=office) == "letter.not_signatory"


def test_both_signatures_put_it_in_force(in_force: Letter, leader: Person) -> None:
    assert in_force.state == "in_force"
    assert in_force.signatures.count() == 2
    assert code_of(actions.sign, in_force, by=leader) == "letter.in_force"
    assert verify().sound


def test_once_issued_a_share_changes_by_amendment_only(issued: Letter, goal: Goal, hexi: Unit, office: Person) -> None:
    assert code_of(plans.divide, goal, [hexi], method="equally", by=office) == "letter.signed"


def test_an_amendment_signed_by_both_changes_the_target_and_keeps_the_old(
    in_force: Letter, leader: Person, head: Person
) -> None:
    share = in_force.unit.shares.get()
    amendment = actions.propose(
        in_force, share, after=Decimal(400000), ground="boundary", explanation="划走一片", on=date(2026, 7, 1), by=head
    )

    actions.sign_amendment(actions.sign_amendment(amendment, by=head), by=leader)

    share.refresh_from_db()
    assert share.value == 400000
    assert [line.target for line in in_force.annex.order_by("version")] == [450000, 400000]
    assert share.due_by(6) == 200000
    assert verify().sound


def test_a_letter_keeps_its_signatures_once_it_is_amended(
    client: Client, in_force: Letter, leader: Person, head: Person
) -> None:
    share = in_force.unit.shares.get()
    given = {"after": Decimal(400000), "ground": "boundary", "explanation": "划走一片", "on": date(2026, 7, 1)}
    amendment = actions.propose(in_force, share, **given, by=head)  # type: ignore[arg-type]
    actions.sign_amendment(actions.sign_amendment(amendment, by=head), by=leader)
    client.force_login(head, BACKEND)

    paper = queries.paper_of(Letter.objects.get())
    page = client.get(f"/letters/{in_force.pk}/").content.decode()

    assert (paper["version"], [it["person"] for it in paper["signatures"]]) == (2, ["head", "leader"])
    assert "还没有人签" not in page


def test_nobody_signs_an_amendment_twice(in_force: Letter, head: Person) -> None:
    share = in_force.unit.shares.get()
    given = {"after": Decimal(400000), "ground": "boundary", "explanation": "划走一片", "on": date(2026, 7, 1)}
    amendment = actions.sign_amendment(actions.propose(in_force, share, **given, by=head), by=head)  # type: ignore[arg-type]

    assert code_of(actions.sign_amendment, amendment, by=head) == "amendment.signed"


@pytest.mark.parametrize(
    ("ground", "explanation", "on", "code"),
    [
        ("boundary", "", date(2026, 7, 1), "amendment.ground"),
        ("too hard", "难", date(2026, 7, 1), "amendment.ground"),
        ("boundary", "划走", date(2027, 1, 1), "amendment.too_late"),
    ],
)
def test_an_amendment_needs_its_ground_and_its_year(
    in_force: Letter, head: Person, ground: str, explanation: str, on: date, code: str
) -> None:
    share = in_force.unit.shares.get()

    given = {"after": Decimal(1), "ground": ground, "explanation": explanation, "on": on, "by": head}
    assert code_of(actions.propose, in_force, share, **given) == code


def test_the_head_signs_on_the_page_and_the_paper_is_the_same_twice(
    client: Client, issued: Letter, head: Person
) -> None:
    client.force_login(head, BACKEND)

    signed = client.post(f"/letters/{issued.pk}/sign/")
    first, second = (client.get(f"/letters/{issued.pk}/pdf/").content for _ in range(2))

    assert signed.status_code == 302
    assert Letter.objects.get().state == "half_signed"
    assert first.startswith(b"%PDF")
    assert first == second


def test_another_unit_sees_neither_letter_nor_paper(client: Client, issued: Letter, district: Unit) -> None:
    other = orgs.found_unit(code="x", name="湖滨街道", kind="subdistrict", under=district, by=None, from_on=START)
    client.force_login(make_person(other, "reporter"), BACKEND)

    addresses = ("", "pdf/", "sign/", "issue/")
    answers = [client.get(f"/letters/{issued.pk}/{verb}").status_code for verb in addresses]
    assert answers == [404, 404, 405, 405]
    assert client.post(f"/letters/{issued.pk}/sign/").status_code == 404
    assert client.post(f"/letters/{issued.pk}/issue/").status_code == 403

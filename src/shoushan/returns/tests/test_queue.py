"""The verifier's queue: one claim in focus, each decision leads on, and whoever came too late learns who and what."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.core.errors import Refusal
from shoushan.evidence.models import Verification
from shoushan.ledger import kept
from shoushan.ledger.models import Event
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person, Post
from shoushan.orgs.testing import BACKEND, START, make_person
from shoushan.returns import actions
from shoushan.returns.models import Period, Rota, Value
from shoushan.returns.queries.draws import Scope
from shoushan.returns.queries.verifying import waiting
from shoushan.returns.testing import DUE, LOCKS, OPENS, District, make_district

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    return make_district()


def as_(client: Client, person: Person) -> Client:
    client.force_login(person, BACKEND)
    return client


def three(district: District) -> list[Value]:
    """Three figures of 河西街道 that wait, in the order of the queue."""
    found = [district.submit("5")]
    for place in range(2):
        indicator = district.indicator(f"more{place}", label=f"新增{place}")
        district.divided_goal(indicator, [district.hexi], 10)
        found.append(district.submit("1", indicator=indicator))
    return found


def queue_page(client: Client, at: Value | None = None) -> str:
    return client.get("/verify/", {"at": at.pk} if at else {}).content.decode()


def test_the_first_has_the_focus_and_each_decision_leads_to_the_next(client: Client, district: District) -> None:
    first, second, third = three(district)
    as_(client, district.verifier)

    assert f'action="/verify/{first.pk}/"' in queue_page(client)
    sent = client.post(f"/verify/{first.pk}/", {"decision": "accepted", "version": first.version})
    assert sent["Location"] == f"/verify/?at={second.pk}#claimed"
    sent = client.post(f"/verify/{third.pk}/", {"decision": "accepted", "version": third.version})
    assert sent["Location"] == f"/verify/?at={second.pk}#claimed"
    sent = client.post(f"/verify/{second.pk}/", {"decision": "accepted", "version": second.version})
    assert sent["Location"] == "/verify/?#claimed"


def test_last_month_and_the_same_month_last_year_stand_beside_the_claim(client: Client, district: District) -> None:
    value = district.submit("5")
    earlier = Period.objects.create(year=district.year, month=10, opens_at=OPENS, due_at=DUE, locks_at=LOCKS)
    actions.save_value(earlier, district.hexi, district.jobs, amount=Decimal(41), at=OPENS, by=district.reporter)

    page = queue_page(as_(client, district.verifier), value)
    assert "41" in page
    assert "去年同月" in page


def test_without_a_reason_nothing_goes_back_and_the_field_is_open(client: Client, district: District) -> None:
    value = district.submit("5")

    page = as_(client, district.verifier).post(f"/verify/{value.pk}/", {"decision": "returned", "reason": " "})
    assert page.status_code == 409
    assert "<details open>" in page.content.decode()


def test_a_reason_typed_is_not_lost_when_the_figure_has_changed(client: Client, district: District) -> None:
    value = district.submit("5")
    district.submit("6")

    sent = {"decision": "returned", "reason": "与花名册不符", "version": value.version}
    page = as_(client, district.verifier).post(f"/verify/{value.pk}/", sent).content.decode()
    assert 'value="与花名册不符"' in page
    assert f"reporter在{'12月'}" in page
    assert "您看到的已不是现在的数：6" in page


def test_whoever_decides_second_learns_who_decided_and_what(client: Client, district: District) -> None:
    value = district.submit("5")
    actions.accept(value, at=OPENS, by=make_person(district.root, Post.Role.VERIFIER, login="colleague"))

    sent = {"decision": "accepted", "version": value.version}
    page = as_(client, district.verifier).post(f"/verify/{value.pk}/", sent).content.decode()
    assert "colleague已在" in page
    assert "作了决定：已核实" in page


def test_a_reason_is_kept_for_ever_also_after_the_correction(client: Client, district: District) -> None:
    value = district.submit("5")
    as_(client, district.verifier).post(f"/verify/{value.pk}/", {"decision": "returned", "reason": "与花名册不符"})
    district.submit("6")
    value.refresh_from_db()
    actions.accept(value, at=OPENS, by=district.verifier)

    assert Verification.objects.filter(decision="returned").get().reason == "与花名册不符"
    as_(client, district.reporter)
    assert "与花名册不符" in client.get("/returns/2026-11/hexi/jobs/").content.decode()
    page = client.get("/verify/record/hexi/").content.decode()
    assert "与花名册不符" in page
    assert "已核实" in page


def test_a_unit_sees_its_own_record_and_no_other(client: Client, district: District) -> None:
    value = district.submit("5")
    actions.send_back(value, reason="缺少佐证", at=OPENS, by=district.verifier)

    as_(client, district.foreigner)
    assert client.get("/verify/record/hexi/").status_code == 404
    assert "河西街道" not in client.get("/verify/record/").content.decode()
    page = as_(client, district.supervisor).get("/verify/record/").content.decode()
    assert page.index("河西街道") < page.index("河东街道")  # in tree order, whatever was sent back


def test_common_reasons_are_offered_as_text_to_edit(client: Client, district: District) -> None:
    district.submit("5")

    assert '<option value="缺少佐证，请补……">' in queue_page(as_(client, district.verifier))


def test_the_same_file_beside_two_figures_is_pointed_out(client: Client, district: District) -> None:
    as_(client, district.reporter)
    three(district)
    for key in ("jobs", "more0"):
        sheet = SimpleUploadedFile("list.csv", "姓名\n甲\n".encode(), "text/csv")
        client.post(f"/returns/2026-11/hexi/{key}/", {"amount": "5", "file": sheet})
    client.post("/returns/2026-11/hexi/")

    page = queue_page(as_(client, district.verifier))
    assert "“list.csv”还用在另一个数或记录上" in page


def test_several_are_accepted_each_by_itself_and_own_entries_are_refused(client: Client, district: District) -> None:
    first, second, third = three(district)
    both = make_person(district.root, Post.Role.VERIFIER, login="both")
    actions.save_value(district.period, district.hexi, third.indicator, amount=Decimal(2), at=OPENS, by=both)
    actions.submit(district.period, district.hexi, at=OPENS, by=both)
    chosen = [f"{first.pk}:{first.version}", f"{second.pk}:9", f"{third.pk}:{third.version + 1}", "x:1", "7"]

    page = as_(client, both).post("/verify/several/", {"chosen": chosen}).content.decode()
    assert "3个中核实了1个" in page
    assert "须由另一人" in page or "要另一人确认" in page
    assert set(Value.objects.filter(state="accepted")) == {first}
    assert Event.objects.filter(subject="returns.value", verb="accepted").count() == 1


def test_nothing_chosen_is_told_kindly(client: Client, district: District) -> None:
    assert "没有选中任何数" in as_(client, district.verifier).post("/verify/several/").content.decode()


def test_a_second_post_makes_no_second_person(district: District) -> None:
    value = district.submit("5")
    orgs.appoint(district.reporter, district.root, Post.Role.VERIFIER, from_on=START, by=None)

    with pytest.raises(Refusal) as refused:
        actions.accept(value, at=OPENS, by=district.reporter)
    assert refused.value.code == "stage.same_person"


def test_a_second_account_makes_no_second_person(district: District) -> None:
    value = district.submit("5")
    other = orgs.register_person(login="reporter2", name=f" {district.reporter.name.upper()}", password=None, by=None)
    orgs.appoint(other, district.root, Post.Role.VERIFIER, from_on=START, by=None)

    with pytest.raises(Refusal) as refused:
        actions.accept(value, at=OPENS, by=other)
    assert refused.value.code == "stage.same_name"


def test_a_unit_left_out_of_the_filter_is_not_in_the_queue(client: Client, district: District) -> None:
    three(district)

    assert "没有等您办的事" not in as_(client, district.verifier).get("/verify/?unit=hexi").content.decode()
    assert 'action="/verify/several/"' not in client.get("/verify/?unit=hedong").content.decode()
    assert waiting(district.verifier, indicator="jobs").ids == [Value.objects.get(indicator=district.jobs).pk]


def test_mine_come_first_and_others_may_help(client: Client, district: District) -> None:
    hexi = district.submit("5")
    actions.save_value(
        district.period, district.hedong, district.jobs, amount=Decimal(4), at=OPENS, by=district.foreigner
    )
    actions.submit(district.period, district.hedong, at=OPENS, by=district.foreigner)
    hedong = Value.objects.get(entry__unit=district.hedong)
    colleague = make_person(district.root, Post.Role.VERIFIER, login="colleague")
    turns = {str(district.hexi.pk): colleague.pk, str(district.hedong.pk): district.verifier.pk}
    Rota.objects.create(
        period=district.period, seed="x", turns=turns, assigned_by=district.supervisor, assigned_at=OPENS
    )

    assert waiting(district.verifier).ids == [hedong.pk, hexi.pk]
    assert waiting(colleague).ids == [hexi.pk, hedong.pk]
    assert "其中轮到您的1个排在前面" in queue_page(as_(client, district.verifier))


def test_with_one_verifier_nothing_is_blocked_and_it_is_said(client: Client, district: District) -> None:
    as_(client, district.supervisor)
    for month in range(1, 8):
        at = OPENS + timedelta(seconds=month)
        period = actions.open_period(
            district.year, month, opens_at=OPENS, due_at=DUE, locks_at=LOCKS, by=district.supervisor
        )
        rota = actions.assign_turns(period, seed=str(month), at=at, by=district.supervisor)

    assert rota.kept_on == [district.hexi.pk, district.hedong.pk]
    assert set(rota.turns.values()) == {district.verifier.pk}
    page = client.get("/verify/turns/", {"period": period.pk}).content.decode()
    assert "没有别人可核实，由原来的人继续" in page


def test_a_month_is_assigned_once_and_not_until_it_pleases(client: Client, district: District) -> None:
    as_(client, district.supervisor)
    for status in (302, 409):
        assert client.post("/verify/turns/", {"period": district.period.pk}).status_code == status
    assert as_(client, district.reporter).post("/verify/turns/").status_code == 403


def test_today_asks_for_turns_once_two_may_verify(client: Client, district: District) -> None:
    as_(client, district.supervisor)
    assert "/verify/turns/" not in client.get("/").content.decode()

    make_person(district.root, Post.Role.VERIFIER, login="colleague")
    assert "排定11月的核实人" in client.get("/").content.decode()
    actions.assign_turns(district.period, seed="x", at=OPENS, by=district.supervisor)
    assert "/verify/turns/" not in client.get("/").content.decode()


def test_today_leads_to_a_draw_until_it_is_concluded(client: Client, district: District) -> None:
    value = district.submit("5")
    scope = Scope(district.year, district.root, 11, 11)
    made = actions.draw(scope, seed="x", at=OPENS, by=district.verifier)
    as_(client, district.verifier)

    assert "核实11月抽出的1个数" in client.get("/").content.decode()
    actions.accept(value, at=OPENS, by=district.verifier)
    assert "结束11月的抽样" in client.get("/").content.decode()
    actions.conclude(made, at=OPENS, by=district.verifier)
    assert made.get_absolute_url() not in client.get("/").content.decode()


def test_where_nobody_verifies_it_is_said(district: District) -> None:
    Post.objects.filter(role=Post.Role.VERIFIER).delete()

    with pytest.raises(Refusal) as refused:
        actions.assign_turns(district.period, seed="x", at=OPENS, by=district.supervisor)
    assert refused.value.code == "rota.nobody"


def test_the_queue_asks_no_more_as_it_grows(client: Client, district: District) -> None:
    three(district)
    as_(client, district.verifier)
    before = _queries(client)
    for place in range(6):
        indicator = district.indicator(f"further{place}", label=f"又增{place}")
        district.divided_goal(indicator, [district.hexi], 10)
        district.submit("1", indicator=indicator)

    assert _queries(client) == before


def _queries(client: Client) -> int:
    client.get("/verify/")
    kept.forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/verify/").status_code == 200
    return len(asked)

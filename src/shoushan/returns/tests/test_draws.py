"""A draw: the same lots for everybody, the guarantee only once the whole sample was looked at, and what follows."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.core.errors import Refusal
from shoushan.ledger import kept
from shoushan.ledger.models import Event
from shoushan.ledger.verify import verify
from shoushan.orgs.models import Post
from shoushan.orgs.testing import BACKEND, make_person, make_unit
from shoushan.returns import actions, lots
from shoushan.returns.command import main
from shoushan.returns.models import Draw, Value
from shoushan.returns.norms import norms
from shoushan.returns.queries.actuals import actuals
from shoushan.returns.queries.draws import Scope, plan, progress
from shoushan.returns.queries.risks import risks_of
from shoushan.returns.testing import OPENS, District, make_district

pytestmark = pytest.mark.django_db

UNITS = 30


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    return make_district()


@pytest.fixture
def november(district: District) -> District:
    """Thirty subdistricts have submitted their November."""
    more_units(district, UNITS)
    return district


def more_units(district: District, count: int) -> None:
    known = Value.objects.count()
    units = [make_unit(f"u{number}", district.root) for number in range(known, known + count)]
    indicator = district.indicator(f"trees{known}", label=f"植树{known}")
    district.divided_goal(indicator, units, count * 100)
    for unit in units:
        amount = Decimal(100)
        actions.save_value(district.period, unit, indicator, amount=amount, at=OPENS, by=district.reporter)
        actions.submit(district.period, unit, at=OPENS, by=district.reporter)


def scope(district: District) -> Scope:
    return Scope(district.year, district.root, 11, 11)


def drawn(district: District, seed: str = "2026-12-02") -> Draw:
    return actions.draw(scope(district), seed=seed, at=OPENS, by=district.verifier)


def look_at(district: District, made: Draw, wrong: int = 0) -> None:
    """Everything drawn is decided on; so many of the sample go back."""
    back = set(made.sample[:wrong])
    for value in Value.objects.filter(pk__in=made.looked_at).order_by("pk"):
        if value.pk in back:
            actions.send_back(value, reason="与佐证不符", at=OPENS, by=district.verifier)
        else:
            actions.accept(value, at=OPENS, by=district.verifier)


def test_fewer_than_all_are_looked_at_and_the_rest_is_accepted_by_sample(november: District) -> None:
    made = drawn(november)
    look_at(november, made)
    outcomes = actions.conclude(made, at=OPENS, by=november.verifier)

    made.refresh_from_db()
    rest = Value.objects.filter(by_sample=made)
    assert len(made.looked_at) < UNITS
    assert len(outcomes) == rest.count() == UNITS - len(made.looked_at)
    assert {(it.state, str(it.state_words())) for it in rest} == {("accepted", "按抽样核实")}
    assert not Value.objects.waiting().exists()
    assert Event.objects.filter(verb="accepted by sample").count() == rest.count()
    assert verify().sound


def test_what_a_sample_speaks_for_counts_as_verified(november: District) -> None:
    made = drawn(november)
    look_at(november, made)
    actions.conclude(made, at=OPENS, by=november.verifier)

    value = Value.objects.filter(by_sample=made)[0]
    figures = actuals(november.year, [value.indicator], until=date(2026, 12, 3))
    assert figures[value.indicator_id, value.unit_id].verified == {11: Decimal(100)}


def test_the_bound_at_the_end_is_no_more_than_the_rules_tolerate(november: District) -> None:
    made = drawn(november)
    look_at(november, made)
    known = progress(made)

    assert known.is_checked
    assert known.most_wrong <= known.rest_size * norms(date(2026, 11, 30)).tolerable_share
    assert known.most_percent <= made.tolerable_percent


def test_a_draw_is_not_concluded_before_everything_drawn_was_looked_at(november: District) -> None:
    made = drawn(november)

    with pytest.raises(Refusal) as refused:
        actions.conclude(made, at=OPENS, by=november.verifier)
    assert refused.value.code == "draw.unfinished"


def test_with_too_many_wrong_all_of_it_is_checked_one_by_one(november: District) -> None:
    made = drawn(november)
    look_at(november, made, wrong=1)

    assert progress(made).is_beyond
    assert actions.conclude(made, at=OPENS, by=november.verifier) == []
    made.refresh_from_db()
    assert made.state == Draw.State.ALL
    assert not Value.objects.filter(by_sample__isnull=False).exists()
    assert Value.objects.waiting().count() == UNITS - len(made.looked_at)


def test_a_figure_sent_back_and_confirmed_as_it_was_is_right(november: District) -> None:
    made = drawn(november)
    look_at(november, made, wrong=1)
    value = Value.objects.get(pk=made.sample[0])
    again(november, value, "100")
    actions.accept(value, at=OPENS, by=november.verifier)

    assert progress(made).sample_wrong == 0


def test_a_figure_changed_after_the_draw_was_wrong_in_the_urn(november: District) -> None:
    made = drawn(november)
    value = Value.objects.get(pk=made.sample[0])
    again(november, value, "90")
    actions.accept(value, at=OPENS, by=november.verifier)

    assert progress(made).sample_wrong == 1


def again(district: District, value: Value, amount: str) -> None:
    """The reporter saves and submits a figure once more."""
    unit = value.entry.unit
    actions.save_value(district.period, unit, value.indicator, amount=Decimal(amount), at=OPENS, by=district.reporter)
    actions.submit(district.period, unit, at=OPENS, by=district.reporter)


def test_what_was_changed_since_the_draw_is_not_accepted_by_sample(november: District) -> None:
    made = drawn(november)
    value = Value.objects.waiting().exclude(pk__in=made.looked_at)[0]
    again(november, value, "90")
    look_at(november, made)
    outcomes = actions.conclude(made, at=OPENS, by=november.verifier)

    assert [it.refusal.code for it in outcomes if it.refusal] == ["verify.changed"]
    value.refresh_from_db()
    assert (value.state, value.by_sample) == ("submitted", None)


def test_nobody_accepts_their_own_entry_by_sample(november: District) -> None:
    made = drawn(november)
    look_at(november, made)
    left = Value.objects.waiting()[0]
    colleague = make_person(november.root, Post.Role.VERIFIER, login="colleague")
    unit = left.entry.unit
    actions.save_value(
        november.period, unit, left.indicator, amount=left.amount, at=OPENS, by=colleague
    )  # a second person's entry, of a figure that lay in the urn
    actions.submit(november.period, unit, at=OPENS, by=colleague)
    Draw.objects.filter(pk=made.pk).update(
        population=[{**each, "version": each["version"] + (each["id"] == left.pk)} for each in made.population]
    )

    outcomes = actions.conclude(made, at=OPENS, by=colleague)
    assert [it.refusal.code for it in outcomes if it.refusal] == ["stage.same_person"]


def test_sent_back_later_a_figure_is_no_longer_by_sample(november: District) -> None:
    made = drawn(november)
    look_at(november, made)
    actions.conclude(made, at=OPENS, by=november.verifier)
    value = Value.objects.filter(by_sample=made)[0]

    actions.send_back(value, reason="另有发现", at=OPENS, by=november.verifier)
    value.refresh_from_db()
    assert (value.state, value.by_sample) == ("returned", None)


def test_lots_are_drawn_once_and_not_until_they_please(november: District) -> None:
    drawn(november)

    with pytest.raises(Refusal) as refused:
        drawn(november, "another")
    assert refused.value.code == "draw.open"


def test_a_draw_over_nothing_is_refused(district: District) -> None:
    with pytest.raises(Refusal) as refused:
        drawn(district)
    assert refused.value.code == "draw.empty"


def test_a_concluded_draw_stays_concluded(november: District) -> None:
    made = drawn(november)
    look_at(november, made)
    actions.conclude(made, at=OPENS, by=november.verifier)

    with pytest.raises(Refusal) as refused:
        actions.conclude(made, at=OPENS, by=november.verifier)
    assert refused.value.code == "draw.concluded"


def test_whoever_has_the_urn_and_the_seed_draws_the_same(
    november: District, capsys: pytest.CaptureFixture[str]
) -> None:
    made = drawn(november)
    tickets = lots.read(made.population)

    again = lots.drawn(tickets, made.seed, norms(made.norms_since))
    assert (again.certain, again.sample, again.extra) == (made.certain, made.sample, made.extra)
    assert lots.hash_of(made.population) == made.population_sha256
    assert main([str(made.pk)]) == 0
    assert "the same" in capsys.readouterr().out
    Draw.objects.filter(pk=made.pk).update(sample=made.sample[1:])
    assert main([str(made.pk)]) == 1


@pytest.mark.parametrize("given", [[], ["0"], ["x"], ["bound", "--checked", "3", "--wrong", "4"]])
def test_the_command_refuses_what_it_cannot_read(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(given) == 2
    assert capsys.readouterr().err


def test_the_command_says_what_any_sample_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bound", "--checked", "40", "--wrong", "0", "--of", "412"]) == 0
    assert "28" in capsys.readouterr().out
    assert main(["bound", "--checked", "40", "--wrong", "0"]) == 0
    assert "7.3 %" in capsys.readouterr().out


def test_a_figure_with_many_risks_is_looked_at_whatever_the_lots_say(november: District) -> None:
    value = Value.objects.waiting()[0]
    Value.objects.filter(pk=value.pk).update(
        amount=Decimal(1000), entered_at=november.period.due_at - timedelta(hours=1)
    )
    value.refresh_from_db()
    risk = risks_of(Value.objects.waiting().select_related("entry__period__year"), norms(date(2026, 11, 30)))
    assert {"large", "last_day"} <= set(next(it.risks for it in risk if it.value.pk == value.pk))


def test_a_jump_and_an_earlier_return_are_seen(district: District) -> None:
    october = actions.open_period(
        district.year, 10, opens_at=OPENS - timedelta(days=3), due_at=district.period.due_at,
        locks_at=district.period.locks_at, by=district.supervisor,
    )  # fmt: skip
    first = actions.save_value(
        october, district.hexi, district.jobs, amount=Decimal(100), at=OPENS, by=district.reporter
    )
    actions.submit(october, district.hexi, at=OPENS, by=district.reporter)
    actions.send_back(first, reason="核对", at=OPENS, by=district.verifier)
    value = district.submit("200")

    found = risks_of([value], norms(date(2026, 11, 30)))[0]
    assert found.risks == ["jump", "returned"]
    assert found.points == 3


def test_the_plan_tells_how_many_before_anything_is_drawn(november: District) -> None:
    told = plan(scope(november))
    made = drawn(november)

    assert (told.all, told.certain, told.sample, told.extra) == (
        UNITS, len(made.certain), len(made.sample), len(made.extra),
    )  # fmt: skip
    assert told.spared == UNITS - len(made.looked_at)


def as_(client: Client, district: District, role: str) -> Client:
    client.force_login(getattr(district, role), BACKEND)
    return client


def test_the_pages_draw_look_and_conclude(client: Client, november: District) -> None:
    as_(client, november, "verifier")
    form = {"unit": "d", "first_month": "11", "last_month": "11"}
    page = client.get("/verify/samples/", form).content.decode()
    assert "不必逐个查" in page

    sent = client.post("/verify/samples/", form)
    made = Draw.objects.get()
    assert sent["Location"] == made.get_absolute_url()
    assert made.seed in client.get(made.get_absolute_url()).content.decode()
    look_at(november, made)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "有95%的把握" in page
    client.post(f"{made.get_absolute_url()}conclude/")
    assert "其余按抽样通过" in client.get("/verify/samples/").content.decode()


def test_a_failed_draw_says_what_follows_and_blames_nobody(client: Client, november: District) -> None:
    made = drawn(november)
    look_at(november, made, wrong=1)

    page = as_(client, november, "supervisor").get(made.get_absolute_url()).content.decode()
    assert "要逐个核实。这说的是数，不评价单位" in page


def test_a_unit_sees_of_a_draw_its_own_figures_only(client: Client, november: District) -> None:
    district = november
    district.submit("5")
    made = drawn(district)

    page = as_(client, district, "reporter").get(made.get_absolute_url()).content.decode()
    assert "河西街道" in page
    assert "u1<" not in page


@pytest.mark.parametrize("form", [{"unit": "d", "first_month": "13", "last_month": "11"}, {"unit": "hexi"}, {}])
def test_a_scope_that_cannot_be_is_told_beside_its_field(
    client: Client, november: District, form: dict[str, str]
) -> None:
    assert as_(client, november, "verifier").post("/verify/samples/", form).status_code == 200
    assert not Draw.objects.exists()


def test_months_the_wrong_way_round_are_refused(client: Client, november: District) -> None:
    form = {"unit": "d", "first_month": "11", "last_month": "10"}

    page = as_(client, november, "verifier").post("/verify/samples/", form).content.decode()
    assert "起始月份晚于结束月份" in page


def test_a_draws_pages_ask_no_more_as_rows_grow(client: Client, district: District) -> None:
    more_units(district, 12)
    as_(client, district, "verifier")
    made = drawn(district)
    look_at(district, made)
    actions.conclude(made, at=OPENS, by=district.verifier)
    before = _queries(client, made.get_absolute_url()), _queries(client, "/verify/samples/")

    more_units(district, 25)
    made = drawn(district)
    look_at(district, made)
    actions.conclude(made, at=OPENS, by=district.verifier)
    assert (_queries(client, made.get_absolute_url()), _queries(client, "/verify/samples/")) == before


def _queries(client: Client, url: str) -> int:
    client.get(url)
    kept.forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)

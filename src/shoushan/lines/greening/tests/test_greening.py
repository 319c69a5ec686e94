"""What is special about greening: living trees, a sample nobody chooses, and shares with their interval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from shoushan.core.errors import Refusal
from shoushan.core.testing import code_of
from shoushan.evidence import actions as evidence
from shoushan.lines.greening import actions as greening_actions
from shoushan.lines.greening import sampling
from shoushan.lines.greening.line import greening, surveys
from shoushan.lines.greening.models import Planting, Survey
from shoushan.lines.greening.queries import notes_on, survival, verdict
from shoushan.registers import actions
from shoushan.registers.measures import measure
from shoushan.registers.testing import Office, advance, make_office, make_record

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TODAY = date(2026, 12, 3)
PLANTED: dict[str, Any] = {
    "species": "香樟", "spec": "φ8cm", "planted_trees": 1000, "replanted_trees": 300,
    "planted_on": "2026-03-11/2026-03-20", "guarantee_end": "2028-03", "area_m2": 5300, "plan": "绿施-01",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """What pages say is asserted in the words of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def office() -> Office:
    return make_office(greening)


@pytest.fixture
def site(office: Office) -> Any:
    return advance(greening, make_record(greening, office), office, on=date(2026, 3, 20), **PLANTED)


def counted(key: str) -> tuple[Decimal, Decimal]:
    wanted = next(each for each in greening.measures if each.key == key)
    found = measure(greening, wanted, since=date(2026, 1, 1), until=date(2026, 12, 31))
    return sum((it.reported for it in found), Decimal(0)), sum((it.verified for it in found), Decimal(0))


def surveyed(site: Any, office: Office, alive: int) -> Survey:
    drawn = greening_actions.draw(
        site, name="秋季抽样", seed="2026-10-15", precision=Decimal("0.03"), expected=Decimal("0.9"),
        on=date(2026, 10, 16), by=office.officer,
    )  # fmt: skip
    told = {"looked_at": drawn.sample_trees, "alive_trees": alive}
    drawn = actions.edit(drawn, told, by=office.officer)
    evidence.add(drawn, b"sheet", "sheet.txt", proves="done", by=office.officer)
    return actions.advance(drawn, "done", on=date(2026, 10, 20), today=TODAY, by=office.officer)  # type: ignore[return-value]


def test_a_replaced_tree_is_not_a_new_one(office: Office, site: Any) -> None:
    before = counted("greening.trees")

    actions.decide(site, "planted", "accepted", by=office.verifier)

    assert before == (Decimal(1000), Decimal(0))
    assert counted("greening.trees") == (Decimal(1000), Decimal(1000))


def test_the_area_on_the_plan_is_told_when_it_is_planted_and_stays_once_confirmed(office: Office, site: Any) -> None:
    actions.decide(site, "planted", "accepted", by=office.verifier)

    assert counted("greening.area") == (Decimal("0.53"), Decimal("0.53"))
    assert code_of(actions.edit, site, {"area_m2": 9000}, by=office.officer) == "record.confirmed"


def test_a_guarantee_does_not_end_before_the_planting(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        make_record(greening, office, planted_on="2026-03-11/2026-03-20", guarantee_end="2026-02")

    assert refused.value.code == "record.day_order"


def test_trees_count_as_alive_only_after_a_growing_season(office: Office, site: Any) -> None:
    early = {"checked_on": date(2026, 9, 30), "alive_trees": 900}

    assert code_of(actions.edit, site, early, by=office.officer) == "greening.too_early"
    site = advance(greening, site, office, on=date(2026, 10, 20), checked_on=date(2026, 10, 20), alive_trees=900)
    assert counted("greening.alive") == (Decimal(900), Decimal(0))


def test_no_more_are_alive_than_planted_or_than_the_sample_allows(office: Office, site: Any) -> None:
    assert code_of(actions.edit, site, {"alive_trees": 1001}, by=office.officer) == "greening.alive"
    survey = surveyed(site, office, alive=240)
    told = sampling.wilson(240, survey.sample_trees or 0, 1000)

    assert (
        code_of(actions.edit, site, {"alive_trees": int(told.high * 1000) + 1}, by=office.officer) == "greening.alive"
    )
    assert actions.edit(site, {"alive_trees": int(told.high * 1000)}, by=office.officer).alive_trees


def test_the_sample_is_drawn_by_its_seed_and_nobody_exchanges_a_place(office: Office, site: Any) -> None:
    survey = surveyed(site, office, alive=270)
    places = [int(place) for place in survey.drawn.split()]

    assert places == sampling.draw(
        1000, sampling.size(1000, precision=Decimal("0.03"), expected=Decimal("0.9")), "2026-10-15"
    )
    better = " ".join(map(str, [*places[:-1], places[-1] + 1]))
    assert code_of(actions.edit, survey, {"drawn": better}, by=office.officer) == "greening.other_sample"
    assert code_of(actions.edit, survey, {"looked_at": 100}, by=office.officer) == "greening.sample_size"


def test_a_sample_without_trees_is_not_drawn(office: Office) -> None:
    bare = make_record(greening, office)
    given = {"name": "x", "seed": "x", "precision": Decimal("0.05"), "expected": Decimal("0.9"), "on": TODAY}

    assert code_of(greening_actions.draw, bare, **given, by=office.officer) == "greening.nothing_planted"


@pytest.mark.parametrize(
    ("alive", "looked_at", "population", "low", "high"),
    [
        # Wilson 1927; the first two as in Brown, Cai & DasGupta's formula, worked by hand
        (90, 100, 10**9, "0.8256", "0.9448"),
        (0, 20, 10**9, "0.0000", "0.1611"),
        (20, 20, 20, "1.0000", "1.0000"),
    ],
)
def test_the_interval_is_wilsons(alive: int, looked_at: int, population: int, low: str, high: str) -> None:
    found = sampling.wilson(alive, looked_at, population)

    assert (f"{found.low:.4f}", f"{found.high:.4f}") == (low, high)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Of 400 samples drawn by 400 seeds from 500 places of which 440 are alive, about 19 in 20 must hold 88 %."""
    count = sampling.size(500, precision=Decimal("0.05"), expected=Decimal("0.88"))
    held = 0
    for seed in range(400):
        alive = sum(place <= 440 for place in sampling.draw(500, count, str(seed)))
        told = sampling.wilson(alive, count, 500)
        held += told.low <= Decimal("0.88") <= told.high

    assert 0.92 <= held / 400 <= 0.98


def test_an_interval_around_the_norm_decides_nothing() -> None:
    least = Decimal("0.95")

    assert verdict(sampling.wilson(990, 1000, 10**6), least) == "reaches 95.0%"
    assert verdict(sampling.wilson(800, 1000, 10**6), least) == "stays below 95.0%: replant"
    assert verdict(sampling.wilson(95, 100, 10**6), least).startswith("cannot be told")


def test_wrong_season_and_thin_stock_are_said_and_stop_nobody() -> None:
    odd = Planting(planted_on="2026-07", spec="φ4cm", replanted_trees=20)

    assert len(notes_on(odd)) == 3
    assert notes_on(Planting(planted_on="2026-03", spec="胸径8-10公分")) == []


def test_survival_is_shown_with_its_interval_and_a_sample_drawn_on_the_page(
    office: Office, site: Any, client: Client
) -> None:
    surveyed(site, office, alive=270)
    client.force_login(office.officer, BACKEND)
    form = {"planting": site.pk, "name": "复查", "seed": "s", "precision": "0.05", "expected": "0.9"}

    shown = client.get("/greening/survival/").content.decode()
    client.post("/greening/survival/", form)

    assert survival(office.officer)[0].found in shown
    assert "%" in survival(office.officer)[0].verdict
    assert Survey.objects.get(name="复查").sample_trees == 122
    assert surveys.home == "greening"

"""The days the regulations give, and what follows from them for the figures."""

from __future__ import annotations

from datetime import date

import pytest

from shoushan.core.errors import Refusal
from shoushan.lines.petitions import actions
from shoushan.lines.petitions.line import line
from shoushan.lines.petitions.models import Matter
from shoushan.lines.petitions.testing import TODAY, at, make_matter
from shoushan.orgs.testing import make_unit
from shoushan.registers import actions as registers
from shoushan.registers.clocks import running_of
from shoushan.registers.measures import measure
from shoushan.registers.testing import Office


def due(matter: Matter) -> dict[str, date | None]:
    return {each.clock.key: each.due_on for each in running_of(line, matter) if each.ended_on is None}


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def test_it_is_transferred_in_fifteen_days_and_told_in_fifteen_more(office: Office, matter: Matter) -> None:
    assert due(matter) == {"transfer": day(3, 17)}
    matter = at(matter, office, sorted=day(3, 3), transferred=day(3, 10))
    assert due(matter) == {"tell": day(3, 25)}
    assert matter.next_due_on == day(3, 25)
    matter = at(matter, office, told=day(3, 25))
    # 60 days end on a Sunday, so the Monday after
    assert due(matter) == {"answer": day(5, 25)}
    assert matter.told_in_time is True


def test_what_was_told_late_stays_late(office: Office, matter: Matter) -> None:
    matter = at(matter, office, sorted=day(3, 3), told=day(3, 18), answered=day(5, 18))
    assert (matter.told_in_time, matter.answered_in_time) == (False, True)


def test_an_approved_extension_gives_thirty_days_more_once(office: Office, matter: Matter) -> None:
    matter = at(matter, office, sorted=day(3, 3), told=day(3, 4))
    with pytest.raises(Refusal, match="30 days at most"):
        registers.ask_longer(matter, "answer", days=31, reason="听证", today=day(4, 1), by=office.officer)
    asked = registers.ask_longer(matter, "answer", days=30, reason="听证", today=day(4, 1), by=office.officer)
    registers.decide_longer(asked, approve=True, record=matter, by=office.verifier)
    matter = at(matter, office, answered=day(5, 29))
    assert (matter.answered_in_time, matter.is_extended) == (True, True)


def test_reviews_have_their_own_limits_and_windows(office: Office, matter: Matter) -> None:
    matter = at(matter, office, sorted=day(3, 3), told=day(3, 4), answered=day(4, 1))
    assert due(matter) == {}
    assert actions.may_until(matter, "ask_review") == day(5, 6)  # 1 May and the days after it are holidays
    matter = at(matter, office, review_asked=day(4, 8))
    assert due(matter) == {"review": day(5, 8)}
    matter = at(matter, office, reviewed=day(4, 20), rereview_asked=day(4, 27))
    registers.pause(matter, "rereview", since=day(5, 6), reason="听证", today=TODAY, by=office.officer)
    registers.resume(matter, "rereview", last=day(5, 12), today=TODAY, by=office.officer)
    assert due(matter) == {"rereview": day(6, 3)}


def test_a_unit_objects_within_five_working_days_or_not_at_all(office: Office, matter: Matter) -> None:
    matter = at(matter, office, sorted=day(3, 3), transferred=day(3, 10))
    with pytest.raises(Refusal, match="5 working days"):
        actions.object_to_transfer(matter, reason="不属于本街道职责", today=day(3, 18), by=office.officer)
    back = actions.object_to_transfer(matter, reason="不属于本街道职责", today=day(3, 17), by=office.officer)
    assert back.stage == "sorted"
    other = make_unit("chengdong", office.hexi)
    assert actions.assign(back, other, on=day(3, 17), by=office.officer).unit == other


def test_the_unit_changes_only_until_the_person_was_told(office: Office, matter: Matter) -> None:
    matter = at(matter, office, sorted=day(3, 3), told=day(3, 4))
    with pytest.raises(Refusal, match="has been told"):
        actions.assign(matter, office.hubin, on=day(3, 5), by=office.officer)


def test_kind_and_way_go_together(office: Office) -> None:
    with pytest.raises(Refusal, match="sorted so"):
        make_matter(office, kind="accusation", way="rest")
    assert make_matter(office, kind="accusation", way="party").way == "party"
    with pytest.raises(Refusal, match="sorted so"):
        make_matter(office, way="study")


def test_the_figures_count_what_was_done(office: Office, matter: Matter) -> None:
    late = make_matter(office, name="物业收费公示", cause="housing")
    at(
        matter,
        office,
        sorted=day(3, 3),
        told=day(3, 4),
        answered=day(4, 1),
        review_asked=day(4, 8),
        reviewed=day(4, 20),
    )
    at(late, office, sorted=day(3, 3), told=day(3, 30), answered=day(6, 30))
    actions.rate(late, "satisfied")
    counted = {
        each.key: sum(int(row.reported) for row in measure(line, each, since=day(1, 1), until=day(12, 31)))
        for each in line.measures
    }
    assert counted == {
        "petitions.told": 2,
        "petitions.told_in_time": 1,
        "petitions.told_in_time_share": 1,
        "petitions.answered": 2,
        "petitions.answered_in_time": 1,
        "petitions.answered_in_time_share": 1,
        "petitions.extended": 0,
        "petitions.extended_share": 0,
        "petitions.reviewed": 1,
        "petitions.reversed": 1,
        "petitions.reversed_share": 1,
        "petitions.rated": 1,
        "petitions.satisfied": 1,
        "petitions.satisfied_share": 1,
    }

"""Makers for tests of a year's figures: a district, its people, one measured goal divided between two units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from shoushan.orgs.models import Person, Post, Unit
from shoushan.orgs.testing import make_district_unit, make_person, make_unit
from shoushan.plans import actions as plans
from shoushan.plans.models import Goal, Indicator, Year
from shoushan.plans.testing import NEEDED
from shoushan.returns import actions
from shoushan.returns.models import Period, Value

OPENS, DUE, LOCKS = (datetime(2026, 12, day, tzinfo=UTC) for day in (1, 4, 8))


@dataclass
class District:
    """河西街道 and 河东街道 each carry 1,600 new jobs; November 2026 is open from 1 to 8 December."""

    root: Unit
    hexi: Unit
    hedong: Unit
    reporter: Person  # of hexi
    foreigner: Person  # reporter of hedong
    verifier: Person
    supervisor: Person
    leader: Person
    assessor: Person
    year: Year
    jobs: Indicator
    goal: Goal
    period: Period

    def submit(self, amount: str, note: str = "", *, indicator: Indicator | None = None) -> Value:
        """A figure of hexi for November, submitted."""
        value = actions.save_value(
            self.period,
            self.hexi,
            indicator or self.jobs,
            amount=Decimal(amount),
            note=note,
            at=OPENS,
            by=self.reporter,
        )
        actions.submit(self.period, self.hexi, at=OPENS, by=self.reporter)
        value.refresh_from_db()
        return value

    def verify(self, amount: str) -> Value:
        return actions.accept(self.submit(amount), at=OPENS, by=self.verifier)

    def divided_goal(self, indicator: Indicator, units: list[Unit], value: int) -> Goal:
        """One more goal of the year, in a document of its own, divided equally."""
        number = Goal.objects.count()
        text = f"全年{indicator.label}{value}人。第{number}号。"
        document = plans.add_document(
            self.year, title=f"讲话{number}", text=text, delivered_on=None, by=self.supervisor
        )
        start = text.index(str(value))
        passage = plans.add_passage(document, start, start + len(str(value)), kind="target", by=self.supervisor)
        terms = plans.GoalTerms(
            kind="target", title=indicator.label, indicator=indicator, value=Decimal(value), measure=indicator.measure
        )
        goal = plans.confirm(passage, terms, by=self.supervisor)
        plans.divide(goal, units, method="equally", by=self.supervisor)
        return goal

    def indicator(self, key: str, **fields: object) -> Indicator:
        given = {
            "label": key,
            "measure": "person",
            "kind": "flow",
            "source": Indicator.Source.REPORTED,
            **NEEDED,
            **fields,
        }
        return plans.define_indicator(key=key, by=self.supervisor, **given)


def make_district() -> District:
    root = make_district_unit()
    hexi, hedong = (make_unit(code, root, name) for code, name in (("hexi", "河西街道"), ("hedong", "河东街道")))
    supervisor = make_person(root, Post.Role.SUPERVISOR, login="supervisor")
    year = plans.open_year(2026, by=supervisor)
    district = District(
        root=root,
        hexi=hexi,
        hedong=hedong,
        reporter=make_person(hexi, Post.Role.REPORTER, login="reporter"),
        foreigner=make_person(hedong, Post.Role.REPORTER, login="foreigner"),
        verifier=make_person(root, Post.Role.VERIFIER, login="verifier"),
        supervisor=supervisor,
        leader=make_person(root, Post.Role.LEADER, login="leader"),
        assessor=make_person(root, Post.Role.ASSESSOR, login="assessor"),
        year=year,
        jobs=plans.define_indicator(
            key="jobs", label="新增就业", measure="person", kind="flow", source="reported", **NEEDED, by=supervisor
        ),
        goal=Goal(),
        period=actions.open_period(year, 11, opens_at=OPENS, due_at=DUE, locks_at=LOCKS, by=supervisor),
    )
    district.goal = district.divided_goal(district.jobs, [hexi, hedong], 3200)
    return district

"""A month's clocks hold to the second, empty is not zero, and a second person verifies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from shoushan.core.errors import Refusal, Refusals
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person, Unit
from shoushan.plans import actions as plans
from shoushan.plans.models import Indicator
from shoushan.plans.testing import NEEDED
from shoushan.returns import actions
from shoushan.returns.models import Period, Value
from shoushan.returns.queries.actuals import actuals

pytestmark = pytest.mark.django_db

START = date(2020, 1, 1)
OPENS, DUE, LOCKS = (datetime(2026, 12, day, tzinfo=UTC) for day in (1, 4, 8))
INSTANT = timedelta(microseconds=1)


@dataclass
class November:
    period: Period
    unit: Unit
    jobs: Indicator
    reporter: Person
    verifier: Person

    def save(self, amount: Decimal | None, *, at: datetime = OPENS, version: int | None = None) -> Value:
        return actions.save_value(
            self.period, self.unit, self.jobs, amount=amount, version=version, at=at, by=self.reporter
        )

    def submitted(self, amount: Decimal, *, at: datetime = OPENS) -> Value:
        value = self.save(amount, at=at)
        actions.submit(self.period, self.unit, at=at, by=self.reporter)
        value.refresh_from_db()
        return value


@pytest.fixture
def november() -> November:
    district = orgs.found_unit(code="d", name="首善区", kind="district", under=None, by=None, from_on=START)
    unit = orgs.found_unit(code="hexi", name="河西", kind="subdistrict", under=district, by=None, from_on=START)
    people = []
    for role in ("reporter", "verifier"):
        person = orgs.register_person(login=role, name=role, password=None, by=None)
        orgs.appoint(person, unit, role, from_on=START, by=None)
        people.append(person)
    reporter, verifier = people
    year = plans.open_year(2026, by=reporter)
    jobs = plans.define_indicator(
        by=reporter,
        key="jobs",
        label="新增就业",
        measure="person",
        kind="flow",
        source=Indicator.Source.REPORTED,
        **NEEDED,
    )
    document = plans.add_document(year, title="讲话", text="全年新增就业3200人。", delivered_on=None, by=reporter)
    passage = plans.add_passage(document, 6, 11, kind="target", by=reporter)
    terms = plans.GoalTerms(kind="target", title="新增就业", indicator=jobs, value=Decimal(3200), measure="person")
    plans.divide(plans.confirm(passage, terms, by=reporter), [unit], method="equally", by=reporter)
    period = actions.open_period(year, 11, opens_at=OPENS, due_at=DUE, locks_at=LOCKS, by=reporter)
    return November(period, unit, jobs, reporter, verifier)


def test_a_month_locks_at_its_very_second_and_an_exception_opens_it(november: November) -> None:
    assert november.save(Decimal(1), at=LOCKS - INSTANT).amount == 1
    with pytest.raises(Refusal) as refused:
        november.save(Decimal(2), at=LOCKS)
    assert refused.value.code == "return.locked"

    actions.grant_exemption(
        november.period, november.unit, until=LOCKS + timedelta(days=1), reason="停电", by=november.verifier
    )
    assert november.save(Decimal(3), at=LOCKS).amount == 3


def test_a_return_is_late_from_the_due_second_on(november: November) -> None:
    assert november.submitted(Decimal(1), at=DUE).entry.is_late


def test_empty_is_refused_and_zero_is_kept(november: November) -> None:
    with pytest.raises(Refusals):
        actions.submit(november.period, november.unit, at=OPENS, by=november.reporter)
    value = november.submitted(Decimal(0))
    assert (value.amount, value.state) == (Decimal(0), Value.State.SUBMITTED)


def test_a_stale_version_is_refused(november: November) -> None:
    november.save(Decimal(1))
    november.save(Decimal(2), version=1)
    with pytest.raises(Refusal) as refused:
        november.save(Decimal(3), version=1)
    assert refused.value.code == "form.stale"


def test_whoever_entered_a_figure_cannot_verify_it(november: November) -> None:
    value = november.submitted(Decimal(5))
    with pytest.raises(Refusal):
        actions.accept(value, at=OPENS, by=november.reporter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Value.objects.filter(pk=value.pk).update(decided_by=november.reporter)


def test_a_figure_sent_back_stops_counting(november: November) -> None:
    value = november.submitted(Decimal(5))
    key = (november.jobs.pk, november.unit.pk)
    year, day = november.period.year, date(2026, 12, 3)
    assert actuals(year, [november.jobs], until=day)[key].reported == {11: Decimal(5)}
    actions.send_back(value, reason="与报表不符", at=OPENS, by=november.verifier)
    assert key not in actuals(year, [november.jobs], until=day)


def test_the_reporter_enters_and_the_verifier_verifies(november: November) -> None:
    assert november.reporter.has_perm("returns.enter", november.unit)
    assert not november.reporter.has_perm("returns.verify", november.unit)
    assert november.verifier.has_perm("returns.verify", november.unit)

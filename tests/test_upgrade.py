"""A database from before a release's new columns: its rows stand as they were left, and what is filled in is named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

from shoushan.ledger import actions as ledger
from shoushan.ledger.actions import SEALED, sequence
from shoushan.ledger.canonical import canonical, plain
from shoushan.ledger.models import Event, Ledgered, Pending
from shoushan.ledger.verify import verify
from shoushan.lines.investment.models import Deal
from shoushan.lines.petitions import actions
from shoushan.lines.petitions.line import line as petitions
from shoushan.lines.petitions.testing import WHO, make_matter
from shoushan.orgs.models import Token
from shoushan.registers.testing import make_office

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
# the apps that were there before the registers, at their first migration; the others were not
BEFORE = {
    "web": "0001", "ledger": "0001", "orgs": "0001", "evidence": "0001", "plans": "0001", "registers": "0001",
    "letters": "0001", "returns": "0001", "assessment": "0001", "investment": "0001",
}  # fmt: skip
NEW = ("campaigns", "enterprise", "licensing", "projects", "streets", "greening", "hazards", "petitions")


@pytest.fixture
def migrations(transactional_db: None, settings: Any) -> Iterator[None]:
    """Tests take tables from the models; here the migrations are what is tested. At the end all of them are there."""
    settings.MIGRATION_MODULES = {}
    call_command("migrate", fake=True, verbosity=0)
    try:
        yield
    finally:
        call_command("migrate", verbosity=0)


@pytest.fixture
def earlier(migrations: None) -> None:
    """The tables as they were before the registers, taken back by our own migrations."""
    go_back()


def go_back() -> None:
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    names = MigrationExecutor(connection).loader.disk_migrations
    first = {app: next(name for label, name in names if label == app and name.startswith("0001")) for app in BEFORE}
    targets = [(app, None) for app, _name in leaves if app in NEW] + [*first.items()]
    MigrationExecutor(connection).migrate(targets)


class Old:
    """Rows and events as the former release wrote them: digests of the fields there were, which no event lists."""

    def __init__(self) -> None:
        executor = MigrationExecutor(connection)
        self.apps = executor.loader.project_state(list(executor.loader.applied_migrations)).apps
        self.versions: dict[tuple[str, int], int] = {}

    def make(self, model: str, /, **fields: Any) -> Any:
        row = self.apps.get_model(model).objects.create(**fields)
        self.tell("made", row, None)
        return row

    def change(self, row: Any, **fields: Any) -> None:
        for field, value in fields.items():
            setattr(row, field, value)
        row.save(update_fields=[*fields])
        self.tell("changed", row, set(fields))

    def tell(self, verb: str, row: Any, changed: set[str] | None) -> None:
        name = row._meta.label_lower
        now: type[Ledgered] = apps.get_model(name)
        fields = [each for each in row._meta.concrete_fields if each.name not in now.unledgered]
        values = {each.name: each.to_python(getattr(row, each.attname)) for each in fields}
        told = {field: SEALED if field in now.sealed else plain(value) for field, value in values.items()}
        version = self.versions[name, row.pk] = self.versions.get((name, row.pk), 0) + 1
        body = {
            "v": 1, "verb": verb, "object": [name, str(row.pk), version], "person": None, "post": "", "at": AT,
            "request": "", "before": dict.fromkeys(changed) if changed else None,
            "after": {field: told[field] for field in changed} if changed else told, "reason": "",
            "state": hashlib.sha256(canonical(values)).hexdigest(),
        }  # fmt: skip
        event = Event.objects.create(
            verb=verb, subject=name, subject_id=str(row.pk), version=version, at=AT, body=canonical(body)
        )
        if connection.vendor == "sqlite":
            ledger._append([(event.pk, event.body)])
        else:
            Pending.objects.create(event=event)


@pytest.fixture
def upgraded(earlier: None) -> None:
    """A year's work of the former release, upgraded."""
    old = Old()
    person = old.make("orgs.Person", login="old", name="张静", password="x")
    unit = old.make("orgs.Unit", path="0001", depth=1, code="d", name="首善区", kind="district", from_on=AT.date())
    token = old.make("orgs.Token", person=person, label="x", digest="0" * 64, issued_at=AT, ends_on=date(2027, 3, 2))
    old.change(token, revoked_at=AT)
    given = deal_fields(old.apps.get_model("investment.Deal"))
    for number in range(3):
        deal = old.make("investment.Deal", **given, name=f"项目{number}", unit=unit, entered_by=person, entered_at=AT)
        step = old.make(
            "registers.Step", line="investment", record_id=deal.pk, stage="talks", happened_on=AT.date(),
            entered_by=person, entered_at=AT, state="claimed",
        )  # fmt: skip
    old.change(deal, name="改名", version=2)
    old.change(step, state="withdrawn", reason="误")
    sequence()
    call_command("migrate", verbosity=0)


def deal_fields(model: Any) -> dict[str, Any]:
    """A value for every field a deal needed then."""
    return {
        field.name: 1 if isinstance(field, models.IntegerField) else field.choices[0][0] if field.choices else "x"
        for field in model._meta.concrete_fields
        if not (field.has_default() or field.null or field.blank or field.primary_key or field.is_relation)
        and field.name not in ("name", "entered_at")
    }


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# each way back and forth takes many seconds
@pytest.mark.long
@pytest.mark.timeout(400)
def test_what_the_former_release_left_stands_through_the_migrations_and_what_is_altered_is_named(
    upgraded: None,
) -> None:
    report = verify()
    assert (report.findings, report.rows) == ([], 9)
    untouched, other, edited = Deal.objects.order_by("pk")
    assert (untouched.currency, edited.name) == ("CNY", "改名")

    go_back()
    call_command("migrate", verbosity=0)
    assert (verify().findings, verify().head) == ([], report.head)

    # what is done from now on covers the new columns, those too that the event does not write
    before = {"controller": edited.controller}
    edited.controller = "某集团"
    edited.save(update_fields=["controller"])
    ledger.record("edited", edited, by=None, before=before)
    sequence()
    assert verify().findings == []

    # a column that is new, of a row nobody has touched since, of one that was edited before, and of one after it
    sql("UPDATE investment_deal SET currency = 'USD' WHERE id = %s", untouched.pk)
    sql("UPDATE orgs_token SET only_calendar = %s", True)
    sql("UPDATE investment_deal SET split = 'x' WHERE id = %s", edited.pk)
    # and a column that was there
    sql("UPDATE investment_deal SET name = 'x' WHERE id = %s", other.pk)
    assert [(finding.thing, finding.fields) for finding in verify().findings] == [
        (f"orgs.token {Token.objects.get().pk}", "only_calendar"),
        (f"investment.deal {untouched.pk}", "currency"),
        (f"investment.deal {other.pk}", "name"),
        (f"investment.deal {edited.pk}", "split"),
    ]


def test_a_key_beside_an_identity_becomes_the_matters_own_and_opens_what_it_sealed(
    migrations: None, settings: Any, tmp_path: Path
) -> None:
    settings.KEYS = tmp_path / "keys"
    office = make_office(petitions)
    matter = make_matter(office)
    call_command("migrate", "petitions", "0001", verbosity=0)
    call_command("migrate", "petitions", verbosity=0)
    sequence()

    opening = actions.open_identity(matter, reason="送达答复", by=office.officer)

    assert actions.show_identity(opening, by=office.officer) == WHO
    assert verify().findings == []

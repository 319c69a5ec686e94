"""Nothing can be changed behind the ledger without being named."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import rfc8785
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from shoushan.ledger import command, kept
from shoushan.ledger.actions import SEALED, change, change_all, record_new
from shoushan.ledger.canonical import canonical, leaf_hash, plain, root_hash, written
from shoushan.ledger.models import Event, Leaf
from shoushan.ledger.queries import timeline
from shoushan.ledger.rows import insert_new
from shoushan.ledger.verify import verify
from shoushan.orgs import actions
from shoushan.orgs.models import Person, Unit


def test_the_bytes_of_an_event_stay_as_they_are() -> None:
    body = {
        "v": 1,
        "at": datetime(2026, 1, 2, 3, tzinfo=UTC),
        "n": Decimal("30.0000"),
        "on": date(2026, 1, 2),
        "名": "é",
    }

    assert canonical(body).decode() == (
        '{"at":"2026-01-02T03:00:00.000000Z","n":"30","on":"2026-01-02","v":1,"名":"é"}'
    )


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=4), inside, max_size=4
        )
    ),
)


@given(st.dictionaries(st.sampled_from(["a", "b", "名", "\uffff"]), ANY))
def test_the_bytes_are_those_of_the_standard(body: dict[str, object]) -> None:
    ours = plain(body)

    assert written(ours) == rfc8785.dumps(ours)


@pytest.mark.parametrize("odd", [{"n": 2**53}, {"\U0001f600": 1}])
def test_what_the_standard_does_not_order_or_count_is_refused(odd: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="beyond"):
        plain(odd)


def test_many_things_made_at_once_are_in_the_ledger_one_by_one(db: None) -> None:
    before = Event.objects.count()
    people = [Person(login=f"many-{n}", name=f"人{n}") for n in range(3)]
    insert_new(people)

    record_new(("registered", people), by=None)

    bodies = [bytes(body) for body in Event.objects.order_by("-pk").values_list("body", flat=True)[:3]]
    assert Event.objects.count() == before + 3
    assert bodies == [rfc8785.dumps(json.loads(body)) for body in bodies]
    assert all(json.loads(body)["after"]["password"] == SEALED for body in bodies)
    assert verify().sound


def test_many_rows_go_in_as_they_are_and_in_their_order(db: None) -> None:
    day = date(2026, 1, 1)
    odd = "\\N\t“'\n"
    units = [Unit(path=f"{n:04}", depth=1, code=f"many-{n}", name=odd, kind="park", from_on=day) for n in range(1, 4)]

    insert_new(units)

    found = Unit.objects.order_by("pk")
    assert [(it.pk, it.code, it.name, it.from_on) for it in found] == [(it.pk, it.code, odd, day) for it in units]
    assert Unit.objects.create(path="0009", depth=1, code="next", name="n", kind="park", from_on=day).pk > units[-1].pk


def test_what_may_not_be_in_a_table_is_refused_however_many_rows_come(db: None) -> None:
    twice = [Person(login="same", name="人") for _ in range(2)]

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_new(twice)

    assert not Person.objects.filter(login="same").exists()


def test_a_float_has_no_exact_digits() -> None:
    with pytest.raises(TypeError, match="exact"):
        plain(0.1)


def test_heads_of_small_trees_are_those_of_the_standard() -> None:
    """RFC 9162: the empty tree, one leaf, and an odd one that rises unpaired."""
    one, two, three = (leaf_hash(bytes([n])) for n in range(3))

    assert root_hash([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root_hash([one]) == one
    assert root_hash([one, two, three]) == root_hash([root_hash([one, two]), three])


@pytest.fixture
def unit() -> Unit:
    return actions.found_unit(code="d", name="首善区", kind="district", under=None, by=None, from_on=date(2026, 1, 1))


def sql(statement: str, *values: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def kinds() -> list[str]:
    return [finding.kind for finding in verify().findings]


@pytest.mark.django_db(transaction=True)
class TestVerify:
    def test_what_the_actions_did_is_sound(self, unit: Unit) -> None:
        assert verify().sound
        assert [entry.verb for entry in timeline(unit)] == ["founded"]

    def test_several_changed_together_have_the_events_of_each(self, unit: Unit) -> None:
        another = actions.found_unit(
            code="e", name="次善区", kind="district", under=unit, by=None, from_on=date(2026, 1, 1)
        )
        change("renamed", unit, {"name": "首善城区"}, by=None)

        with transaction.atomic():
            change_all("renamed", [unit, another], {"full_name": "全称"}, by=None)
            change_all("renamed", [], {"full_name": "无"}, by=None)

        assert verify().sound
        events = Event.objects.order_by("pk").values_list("subject_id", "version")
        assert list(events)[-2:] == [(str(unit.pk), 3), (str(another.pk), 2)]
        one, other = (json.loads(bytes(event.body)) for event in Event.objects.order_by("pk")[3:])
        assert (one["before"], one["after"]) == ({"full_name": ""}, {"full_name": "全称"})
        assert other["fields"] == sorted(another.ledgered_values())
        another.refresh_from_db()
        assert another.full_name == "全称"

    def test_a_changed_field_is_named(self, unit: Unit) -> None:
        sql("UPDATE orgs_unit SET name = %s WHERE id = %s", "别区", unit.pk)

        finding = verify().findings[0]

        assert (finding.kind, finding.thing, finding.fields) == ("altered", f"orgs.unit {unit.pk}", "name")

    def test_an_added_row_is_named(self, unit: Unit) -> None:
        sql(
            "INSERT INTO orgs_unit (path, depth, numchild, code, name, full_name, also_called, kind, from_on)"
            " VALUES ('0009', 1, 0, 'x', 'x', '', '', 'park', '2026-01-01')"
        )

        assert kinds() == ["added"]

    def test_a_removed_row_is_named(self, unit: Unit) -> None:
        sql("DELETE FROM orgs_unit WHERE id = %s", unit.pk)

        assert kinds() == ["removed"]

    def test_a_changed_event_is_named(self, unit: Unit) -> None:
        event = Event.objects.get()
        event.body = bytes(event.body).replace(b"founded", b"dropped")
        event.save(update_fields=["body"])

        assert "event_altered" in kinds()

    def test_a_removed_event_is_named(self, unit: Unit) -> None:
        actions.found_unit(code="e", name="东", kind="park", under=unit, by=None, from_on=date(2026, 1, 1))
        first = Leaf.objects.order_by("position").first()
        assert first is not None
        sql("DELETE FROM ledger_leaf WHERE position = %s", first.position)

        assert "event_missing" in kinds()

    def test_places_have_no_gaps(self, unit: Unit) -> None:
        for number in range(5):
            actions.found_unit(code=f"u{number}", name="街", kind="park", under=unit, by=None, from_on=date(2026, 1, 1))

        assert list(Leaf.objects.values_list("position", flat=True)) == list(range(6))

    def test_the_command_names_the_row_and_fails(self, unit: Unit, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.main(["verify"]) == 0
        sql("UPDATE orgs_unit SET name = %s", "别区")

        assert command.main(["verify"]) == 1
        assert f"orgs.unit {unit.pk}" in capsys.readouterr().out
        assert command.main(["verify", "--json"]) == 1
        assert command.main(["sequence"]) == 0


def _name_of_d() -> str:
    return str(Unit.objects.get(code="d").name)


def test_what_is_kept_is_worked_out_anew_once_anything_is_written(db: None) -> None:
    answers = iter(["before", "after"])
    before = [kept.until_written("answer", lambda: next(answers)) for _ in range(2)]

    actions.found_unit(code="d", name="首善区", kind="district", under=None, by=None, from_on=date(2020, 1, 1))

    assert before == ["before", "before"]
    assert kept.until_written("answer", lambda: next(answers)) == "after"


@pytest.mark.django_db(transaction=True)
def test_a_large_answer_stands_a_while_though_others_write(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, seconds = iter(["before", "after"]), [100.0]
    monkeypatch.setattr("shoushan.ledger.kept.time.monotonic", lambda: seconds[0])

    def asked() -> str:
        return kept.until_written("large", lambda: next(answers), rest=lambda _: 5.0)

    asked()
    actions.found_unit(code="d", name="首善区", kind="district", under=None, by=None, from_on=date(2020, 1, 1))
    assert asked() == "before"
    seconds[0] += 5
    assert asked() == "after"


def test_what_followed_from_a_change_that_was_undone_is_not_kept(db: None) -> None:
    def found(name: str) -> str:
        actions.found_unit(code="d", name=name, kind="district", under=None, by=None, from_on=date(2020, 1, 1))
        return kept.until_written("name", _name_of_d)

    with transaction.atomic():
        undone = found("次善区")
        transaction.set_rollback(True)

    assert (undone, found("首善区")) == ("次善区", "首善区")

"""Remarks on a record, and the views a person keeps of a register."""

from __future__ import annotations

import re

from django.db import transaction

from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.orgs.models import Person
from shoushan.registers.lines import Line, line_of
from shoushan.registers.models import Comment, Mention, Record, SavedView

NAMED = re.compile(r"@([^\s@,，。;；:：]{1,60})")  # noqa: RUF001
MOST_MENTIONED = 20


@transaction.atomic
def comment(record: Record, text: str, *, by: Person) -> Comment:
    """Leave a remark; whoever is named with @ and may see the record finds it under 今日."""
    if not text.strip():
        raise Refusal(
            "comment.empty", mark("There is nothing to say yet."), hint=mark("Write a sentence."), field="text"
        )
    broken = [refusal for rule in line_of(record).remark_rules for refusal in rule(text)]
    if broken:
        raise Refusals(broken)
    made = Comment.objects.create(
        line=record.line_key, record_id=record.pk, text=text.strip(), by=by, at=moment.current().at
    )
    ledger.record("commented", made, by=by)
    for person in _named(record, text):
        mention = Mention.objects.create(comment=made, person=person)
        ledger.record("mentioned", mention, by=by)
    return made


def _named(record: Record, text: str) -> list[Person]:
    """The people a remark names, by name or sign-in name, as far as they may see the record."""
    names = NAMED.findall(text)[:MOST_MENTIONED]
    found = Person.objects.filter(is_active=True)
    people = found.filter(name__in=names) | found.filter(login__in=names)
    rows = type(record)._default_manager.filter(pk=record.pk)
    return [person for person in people if rows.visible_to(person).exists()]


@transaction.atomic
def look_at(record: Record, *, by: Person) -> None:
    """Whoever opens a record has seen the remarks that name them."""
    waiting = Mention.objects.filter(
        person=by, seen_at__isnull=True, comment__line=record.line_key, comment__record_id=record.pk
    )
    for mention in waiting.select_for_update():
        mention.seen_at = moment.current().at
        mention.save(update_fields=["seen_at"])
        ledger.record("seen", mention, by=by, before={"seen_at": None})


@transaction.atomic
def save_view(line: Line, name: str, query: str, *, by: Person) -> SavedView:
    """Keep a register's filter under a name, or change what the name stands for."""
    if not name.strip():
        raise Refusal("view.name", mark("A view needs a name."), hint=mark("Two or three words will do."), field="name")
    kept = SavedView.objects.filter(line=line.key, person=by, name=name.strip(), is_dropped=False).first()
    if kept is None:
        kept = SavedView.objects.create(line=line.key, person=by, name=name.strip(), query=query)
        ledger.record("saved", kept, by=by)
    elif kept.query != query:
        before = {"query": kept.query}
        kept.query = query
        kept.save(update_fields=["query"])
        ledger.record("saved", kept, by=by, before=before)
    return kept


@transaction.atomic
def drop_view(view: SavedView, *, by: Person) -> None:
    """Take a view off one's list."""
    view.is_dropped = True
    view.save(update_fields=["is_dropped"])
    ledger.record("dropped", view, by=by, before={"is_dropped": False})

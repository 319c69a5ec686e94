"""The ledger's events as people read them: the verb and the fields in words, the person by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext

from shoushan.core.errors import mark
from shoushan.ledger.models import Ledgered
from shoushan.ledger.queries import Entry, kind_of
from shoushan.ledger.queries import timeline as entries_of
from shoushan.orgs.models import Person
from shoushan.web import dates, figures

# every verb an action writes, in words
VERBS = {
    "accepted by sample": mark("accepted by sample"),
    "accepted": mark("accepted"),
    "added": mark("added"),
    "admitted": mark("let in"),
    "adopted with changes": mark("adopted with changes"),
    "adopted": mark("adopted as proposed"),
    "advanced": mark("moved to the next stage"),
    "agenda fixed": mark("agenda fixed"),
    "agreed": mark("agreed"),
    "amended": mark("amended"),
    "annexed": mark("written into the annex"),
    "announced": mark("announced"),
    "answered": mark("answered"),
    "appealed": mark("appealed"),
    "appointed": mark("appointed"),
    "archived": mark("archived"),
    "asked": mark("asked for"),
    "assigned": mark("assigned"),
    "begun": mark("begun"),
    "changed": mark("changed"),
    "closed": mark("closed on its evidence"),
    "commented": mark("commented"),
    "concluded": mark("concluded"),
    "confirmed": mark("confirmed"),
    "corrected": mark("corrected"),
    "declined": mark("declined"),
    "defined": mark("defined"),
    "divided": mark("divided"),
    "drafted": mark("drafted"),
    "drawn": mark("drawn"),
    "dropped": mark("dropped"),
    "edited": mark("edited"),
    "entered": mark("entered"),
    "extended": mark("given more time"),
    "fixed": mark("fixed by a letter"),
    "founded": mark("founded"),
    "frozen": mark("frozen"),
    "grades written": mark("grades written"),
    "granted": mark("granted"),
    "handed over": mark("handed to another unit"),
    "head written": mark("title and document written"),
    "issued": mark("issued"),
    "left": mark("left the post"),
    "line stays": mark("the line stays as it is"),
    "looked at": mark("looked at"),
    "merged": mark("merged into its successor"),
    "minutes confirmed": mark("minutes confirmed"),
    "moved": mark("given another place"),
    "not admitted": mark("not let in"),
    "not taken up": mark("not taken up"),
    "noted": mark("written into the minutes"),
    "objected": mark("objection raised"),
    "open": mark("reopened"),
    "opened": mark("opened"),
    "pointed out": mark("pointed out"),
    "prepared": mark("prepared"),
    "proposed": mark("proposed"),
    "published": mark("published"),
    "question answered": mark("question answered"),
    "queued": mark("queued"),
    "reached": mark("stage reached"),
    "received": mark("received"),
    "refused": mark("refused"),
    "registered": mark("registered"),
    "reminded": mark("units reminded"),
    "removed": mark("removed"),
    "reported": mark("reported done"),
    "returned": mark("sent back"),
    "revoked": mark("revoked"),
    "rewards written": mark("rewards written"),
    "rule taken out": mark("rule taken out"),
    "rule written": mark("rule written"),
    "run": mark("computed"),
    "saved": mark("saved"),
    "scheduled": mark("scheduled"),
    "scored": mark("scored"),
    "sections written": mark("sections written"),
    "sent back": mark("sent back"),
    "shared": mark("shared out"),
    "signed": mark("signed"),
    "started": mark("started"),
    "stated": mark("stated beforehand"),
    "submitted": mark("submitted"),
    "taken over": mark("taken over"),
    "units asked": mark("units asked"),
    "vetoes written": mark("vetoes written"),
    "went back": mark("taken back a stage"),
    "withdrawn": mark("withdrawn"),
    "worked case kept": mark("worked case kept"),
    "worked case taken out": mark("worked case taken out"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One event as the timeline component shows it."""

    at: datetime
    what: str
    who: str
    post: str
    changes: list[tuple[str, Any, Any]]
    reason: str
    position: int | None
    url: str


def told(*things: Ledgered) -> list[Told]:
    """What happened to some things, newest first; two queries however much it is."""
    return tell(entries_of(*things))


def tell(entries: Iterable[Entry]) -> list[Told]:
    found = list(entries)
    names = dict(Person.objects.filter(pk__in={entry.person_id for entry in found}).values_list("pk", "name"))
    return [
        Told(
            at=entry.at,
            what=_what(entry),
            who=names.get(entry.person_id or 0, ""),
            post=entry.post,
            changes=_changes(entry),
            reason=entry.reason,
            position=entry.position,
            url=f"/ledger/{entry.event_id}/",
        )
        for entry in found
    ]


def _what(entry: Entry) -> str:
    """The verb in words; of a thing whose work line has been taken out, that it has been."""
    what = gettext(VERBS.get(entry.verb, entry.verb))
    if kind_of(entry.subject) is None:
        return gettext("%(what)s (in a work line that is no longer there)") % {"what": what}
    return what


def _changes(entry: Entry) -> list[tuple[str, Any, Any]]:
    """The fields of a change that say something to a reader: no keys of other rows, no counters."""
    kind = kind_of(entry.subject)
    fields = {field.name: field for field in kind._meta.concrete_fields} if kind else {}
    return [
        (str(fields[name].verbose_name), _shown(fields[name], before), _shown(fields[name], entry.after.get(name)))
        for name, before in entry.before.items()
        if name in fields and _says_something(kind, fields[name]) and before != entry.after.get(name)
    ]


def _says_something(kind: Any, field: models.Field[Any, Any]) -> bool:
    return not field.is_relation and field.name != "version" and field.name not in kind.untold


def _shown(field: models.Field[Any, Any], value: Any) -> Any:
    """A value as pages write it: choices in words, days and moments in the reader's language."""
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    if not value or not isinstance(field, (models.DateField, models.DecimalField)):
        return value
    read = field.to_python(value)
    if isinstance(field, models.DateTimeField):
        return dates.moment(read)
    return dates.day(read) if isinstance(field, models.DateField) else figures.number(read)

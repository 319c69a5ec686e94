"""Whoever may not handle a matter nor learn of it: stated, and lifted by a second person."""

from __future__ import annotations

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.lines.petitions.models import Conflict, Matter
from shoushan.orgs.models import Person
from shoushan.registers import actions


@transaction.atomic
def state_conflict(matter: Matter, person: Person, because: str, *, by: Person) -> Conflict:
    """Somebody may not handle a matter nor learn of it; whoever withdraws does so for themselves."""
    matter = actions.locked(matter)
    if Conflict.objects.standing().filter(matter=matter, person=person).exists():
        raise Refusal(
            "petitions.conflict_stands",
            mark("This person is kept out of the matter already."),
            hint=mark("There is nothing more to do."),
            field="person",
        )
    conflict = Conflict.objects.create(
        matter=matter, person=person, because=because, stated_by=by, stated_at=moment.current().at
    )
    ledger.record("kept out", conflict, by=by)
    return conflict


@transaction.atomic
def lift_conflict(conflict: Conflict, *, by: Person) -> Conflict:
    """A second person lets somebody see a matter again who was kept out by mistake."""
    conflict = (
        Conflict.objects.select_for_update(of=("self",)).select_related("person", "stated_by").get(pk=conflict.pk)
    )
    if by.name in (conflict.stated_by.name, conflict.person.name):  # whichever account they use
        raise Refusal(
            "stage.same_person",
            mark("Whoever stated this, or is concerned, does not lift it."),
            hint=mark("Ask a colleague who confirms this line."),
        )
    before = {"lifted_by": conflict.lifted_by_id, "lifted_at": conflict.lifted_at}
    conflict.lifted_by, conflict.lifted_at = by, moment.current().at
    conflict.save(update_fields=["lifted_by", "lifted_at"])
    ledger.record("let in", conflict, by=by, before=before)
    return conflict


def check_no_conflict(matter: Matter, person: Person) -> None:
    """Whoever has a conflict is answered as if the matter were not there."""
    if Conflict.objects.keeping_out(person).filter(matter=matter).exists():
        raise Refusal(
            "access.absent",
            mark("There is nothing here that you may see."),
            hint=mark("Check the address, or ask the administrator for a role."),
        )

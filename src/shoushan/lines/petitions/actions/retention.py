"""What is sealed for a matter destroyed once it may be kept no longer: one proposes, another destroys."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.lines.petitions import retention
from shoushan.lines.petitions.actions.conflicts import check_no_conflict
from shoushan.lines.petitions.actions.keys import destroy_key
from shoushan.lines.petitions.models import Erasure, Identity, Matter, MatterKey, Stage
from shoushan.orgs.models import Person
from shoushan.registers import actions
from shoushan.registers.models import Step


@transaction.atomic
def propose_erasure(matter: Matter, *, on: date, by: Person) -> Erasure:
    """Propose to destroy what is sealed for a matter, whose time to be kept has ended."""
    matter = actions.locked(matter)
    check_no_conflict(matter, by)
    until = _past(matter, on)
    if Erasure.objects.filter(matter=matter).exclude(state=Erasure.State.KEPT).exists():
        raise Refusal(
            "erasure.proposed",
            mark("This was proposed already."),
            hint=mark("A second person decides on it, on the same page."),
        )
    erasure = Erasure.objects.create(
        matter=matter,
        rule=until.rule,
        basis=until.basis,
        due_on=until.until,
        proposed_by=by,
        proposed_at=moment.current().at,
    )
    ledger.record("proposed", erasure, by=by)
    return erasure


@transaction.atomic
def decide_erasure(erasure: Erasure, *, destroy: bool, on: date, by: Person) -> Erasure:
    """A second person destroys the key, and with it everything it sealed; or keeps it for now."""
    matter = actions.locked(erasure.matter)
    check_no_conflict(matter, by)
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if erasure.state != Erasure.State.PROPOSED:
        raise Refusal(
            "erasure.decided",
            mark("Somebody has decided on this already."),
            hint=mark("Reload the page to see the decision."),
        )
    if erasure.proposed_by_id == by.pk:
        raise Refusal(
            "stage.same_person",
            mark("You proposed this; a second person destroys it or keeps it."),
            hint=mark("Ask a colleague who confirms this line."),
        )
    if destroy:
        _past(matter, on)
    before = {"state": erasure.state, "decided_by": None, "decided_at": None}
    erasure.state = Erasure.State.DONE if destroy else Erasure.State.KEPT
    erasure.decided_by, erasure.decided_at = by, moment.current().at
    erasure.save(update_fields=["state", "decided_by", "decided_at"])
    ledger.record("destroyed" if destroy else "kept on", erasure, by=by, before=before, reason=erasure.basis)
    if destroy:
        destroy_key(matter, by=by, reason=erasure.basis)
        _forget(matter, by=by)
    return erasure


def _past(matter: Matter, on: date) -> retention.Kept:
    """By which rule it is kept no longer; refused as long as it is to be kept, or is closed no more."""
    steps = {step.stage: step.happened_on for step in Step.objects.of(matter).standing()}
    until = retention.kept(steps[Stage.CLOSED], steps, on=on) if Stage.CLOSED in steps else None
    sealed = MatterKey.objects.standing().filter(matter=matter).exists()
    if until is None or on <= until.until or not sealed:
        raise Refusal(
            "erasure.not_due",
            mark("There is nothing here that may be destroyed yet."),
            hint=mark("Only what the table of retention no longer keeps is destroyed; see the list."),
        )
    return until


def _forget(matter: Matter, *, by: Person) -> None:
    """The sealed words themselves, and the marks by which the same person was met again."""
    identity = Identity.objects.select_for_update().filter(matter=matter).first()
    if identity is None:
        return
    names = (*Identity.FIELDS, "phone_mark", "number_mark")
    before = dict.fromkeys(names)
    for name in Identity.FIELDS:
        setattr(identity, name, b"")
    identity.phone_mark = identity.number_mark = ""
    identity.save(update_fields=names)
    ledger.record("destroyed", identity, by=by, before=before)

"""What the pages of petitions ask: one matter's service side, the matter behind a code, and the causes."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.utils.translation import gettext as _

from shoushan.evidence.models import Evidence, Verification
from shoushan.ledger.models import Ledgered
from shoushan.lines.petitions import vault
from shoushan.lines.petitions.actions import digest_of, marks_of, may_until
from shoushan.lines.petitions.line import line
from shoushan.lines.petitions.models import (
    Cause,
    Conflict,
    Erasure,
    Identity,
    Matter,
    MatterKey,
    Opening,
    Slip,
    Stage,
    Way,
)
from shoushan.lines.petitions.watching import Opened, case_log
from shoushan.orgs.models import Person, Unit
from shoushan.registers.clocks import Running, running
from shoushan.registers.models import Comment, Extension, Mention, Pause, Step

# fewer are not told apart, so that nobody is found behind a number (domain.md §7)
FEWEST = 5
MOST_MET = 3
MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Service:
    """What a matter's page says beside its stages: whether somebody is sealed here, who looked, who is kept out."""

    matter: Matter
    is_sealed: bool
    slip: Slip | None
    openings: list[Opened]
    conflicts: list[Conflict]
    may_object_until: date | None
    may_ask_until: date | None


def service(matter: Matter, person: Person) -> Service:
    """Whom a matter accuses is told to those alone who handle it."""
    handles = person.has_perm("registers.work", matter) or person.has_perm("registers.confirm", matter)
    conflicts = matter.conflicts.standing().select_related("person", "stated_by") if handles else []
    asked = {Stage.ANSWERED: "ask_review", Stage.REVIEWED: "ask_rereview"}.get(Stage(matter.stage))
    return Service(
        matter=matter,
        is_sealed=Identity.objects.filter(matter=matter).exists(),
        slip=Slip.objects.filter(matter=matter).select_related("issued_by").first(),
        openings=case_log(matter),
        conflicts=list(conflicts),
        may_object_until=may_until(matter, "object") if matter.stage == Stage.TRANSFERRED else None,
        may_ask_until=may_until(matter, asked) if asked else None,
    )


def opening_of(matter: Matter, person: Person, *, at: datetime) -> Opening | None:
    """The half hour in which a person may see who brought a matter, where one runs."""
    opening = Opening.objects.filter(matter=matter, person=person).first()
    return opening if opening and opening.runs(at=at) else None


def met_before(unit: Unit, cause: str, who: Mapping[str, str], person: Person) -> list[Matter]:
    """Matters the clerk may see that the same person brought to the same unit for the same cause; no others."""
    if not any(who.values()):
        return []
    phone, number = marks_of(vault.ring(), Matter(unit=unit, cause=cause), who)
    seen = Matter.objects.visible_to(person).standing()
    by_phone = seen.filter(identity__phone_mark=phone) if phone else seen.none()
    by_number = seen.filter(identity__number_mark=number) if number else seen.none()
    return list((by_phone | by_number).select_related("identity").order_by("-pk")[:MOST_MET])


@dataclass(frozen=True, slots=True)
class Followed:
    """A matter as whoever brought it sees it: where it stands, what comes next and until when."""

    matter: Matter
    stages: list[dict[str, Any]]
    now: str
    comes: str
    until: date | None
    is_late: bool
    rule: str
    is_answered: bool
    ask: str
    ask_until: date | None


def followed(code: str, *, on: date) -> Followed | None:
    """The matter of a code; one that is unknown, malformed or ended is answered alike."""
    digest = digest_of(code)
    slip = Slip.objects.filter(digest=digest).select_related("matter__unit").first()
    if slip is None or not hmac.compare_digest(slip.digest, digest):
        return None
    matter: Matter = slip.matter.merged_into or slip.matter  # type: ignore[assignment]
    steps = list(Step.objects.of(matter).standing())
    reached = {step.stage: step.happened_on for step in steps}
    limits = running(line, matter, steps, Pause.objects.of(matter), Extension.objects.of(matter))
    limit = next((each for each in limits if each.ended_on is None), None)
    ask, ask_until = _may_ask(matter, reached, on)
    now, comes = _now(matter), _comes(matter, limit)
    return Followed(
        matter=matter,
        stages=_rail(matter, reached),
        now=now,
        comes=comes,
        until=limit.due_on if limit else None,
        is_late=bool(limit and limit.is_late(on)),
        rule=str(limit.clock.clause) if limit else "",
        is_answered=Stage.ANSWERED in reached,
        ask=ask,
        ask_until=ask_until,
    )


def _rail(matter: Matter, reached: Mapping[str, date]) -> list[dict[str, Any]]:
    """The steps everybody goes through, and those of a review where there was one."""
    always = {Stage.REGISTERED, Stage.TOLD, Stage.ANSWERED, Stage.CLOSED}
    shown = [stage for stage in Stage if stage in always or stage in reached]
    return [
        {
            "label": stage.label,
            "at": reached.get(stage),
            "state": "now" if stage == matter.stage else "done" if stage in reached else "next",
        }
        for stage in shown
    ]


def _now(matter: Matter) -> str:
    unit = matter.unit.name
    said = {
        Stage.REGISTERED: _("Your matter is registered."),
        Stage.SORTED: _("Your matter is registered, and it is clear which way it goes."),
        Stage.TRANSFERRED: _("Your matter is with %(unit)s."),
        Stage.TOLD: _("%(unit)s has taken your matter up.")
        if matter.way in ("", Way.REST)
        else _("You have been told which way your matter goes: %(way)s."),
        Stage.ANSWERED: _("%(unit)s has answered you."),
        Stage.REVIEW_ASKED: _("You have asked for a review."),
        Stage.REVIEWED: _("The answer has been reviewed: %(review)s."),
        Stage.REREVIEW_ASKED: _("You have asked for a re-review."),
        Stage.REREVIEWED: _("The review has been re-reviewed: %(rereview)s."),
        Stage.CLOSED: _("Your matter is closed."),
    }
    return said[Stage(matter.stage)] % {
        "unit": unit,
        "way": Way(matter.way).label if matter.way else "",
        "review": matter.get_review_outcome_display(),
        "rereview": matter.get_rereview_outcome_display(),
    }


def _comes(matter: Matter, limit: Running | None) -> str:
    """What happens next, and who does it."""
    if limit is None:
        return {
            Stage.ANSWERED: _("Nothing more is asked of you. If you do not agree, you may ask for a review."),
            Stage.REVIEWED: _("Nothing more is asked of you. If you do not agree, you may ask for a re-review."),
            Stage.REREVIEWED: _("This is the last answer the regulations provide for the same facts."),
        }.get(Stage(matter.stage), "")
    said = {
        "transfer": _("It is passed to the unit responsible, or you are told directly how it is handled."),
        "tell": _("%(unit)s tells you in writing whether it takes the matter up, and how."),
        "answer": _("%(unit)s answers you in writing."),
        "review": _("The authority above %(unit)s answers your request for a review in writing."),
        "rereview": _("The authority that re-reviews answers you in writing."),
    }
    return said[limit.clock.key] % {"unit": matter.unit.name}


def _may_ask(matter: Matter, reached: Mapping[str, date], on: date) -> tuple[str, date | None]:
    """How to ask for a review or a re-review, while that is open."""
    if Stage.REREVIEW_ASKED in reached:
        return "", None
    if Stage.REVIEWED in reached:
        until = may_until(matter, "ask_rereview")
        said = _("Ask in writing, at the authority above the one that reviewed, for a re-review (article 36).")
    elif Stage.ANSWERED in reached and Stage.REVIEW_ASKED not in reached:
        until = may_until(matter, "ask_review")
        said = _("Ask in writing, at the authority above %(unit)s, for a review (article 35).") % {
            "unit": matter.unit.name
        }
    else:
        return "", None
    return (said, until) if until and on <= until else ("", None)


@dataclass(frozen=True, slots=True)
class CauseSeen:
    """One cause: how often it lay behind matters of a unit, where that is often enough to be told; what was done."""

    label: str
    units: list[tuple[str, str]]
    done: list[Matter]


def causes(person: Person) -> list[CauseSeen]:
    """Causes by responsible unit, counted as matters and never as people; a few are not told apart."""
    seen = Matter.objects.visible_to(person).standing().order_by()
    counted: dict[str, list[tuple[str, str]]] = {}
    for row in seen.values("cause", "unit__name", "unit__path").annotate(count=Count("pk")).order_by("unit__path"):
        told = str(row["count"]) if row["count"] >= FEWEST else _("fewer than %(few)s") % {"few": FEWEST}
        counted.setdefault(row["cause"], []).append((row["unit__name"], told))
    done = _newest_done(seen)
    return [CauseSeen(str(cause.label), counted[cause], done.get(cause, [])) for cause in Cause if cause in counted]


def _newest_done(seen: Any) -> dict[str, list[Matter]]:
    """The newest things done about each cause."""
    found: dict[str, list[Matter]] = {}
    rows: Iterable[Matter] = seen.exclude(cause_done="").select_related("unit").order_by("-pk")[:200]
    for matter in rows:
        told = found.setdefault(matter.cause, [])
        if len(told) < MOST_TOLD:
            told.append(matter)
    return found


def hidden_events(person: Person) -> dict[str, list[int]]:
    """The ledger's events of matters a person may not know of, and of everything about those matters."""
    matters = list(Conflict.objects.keeping_out(person).values_list("matter_id", flat=True))
    if not matters:
        return {}
    found = {Matter.ledger_name(): matters}
    kinds: list[tuple[type[Ledgered], dict[str, Any]]] = [
        *((kind, {"line": Matter.line_key, "record_id__in": matters}) for kind in (Step, Pause, Extension, Comment)),
        *((kind, {"matter__in": matters}) for kind in (Conflict, Identity, MatterKey, Slip, Opening, Erasure)),
        (Mention, {"comment__line": Matter.line_key, "comment__record_id__in": matters}),
    ]
    beside = {"subject_type": ContentType.objects.get_for_model(Matter), "subject_id__in": matters}
    kinds += [(kind, beside) for kind in (Evidence, Verification)]
    for kind, about in kinds:
        found[kind.ledger_name()] = list(kind._default_manager.filter(**about).values_list("pk", flat=True))
    return found

"""What the shared register needs to know about petitions: steps, limits, and what is never counted."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal, mark
from shoushan.lines.petitions import neutral
from shoushan.lines.petitions.models import Kind, Matter, Stage, Way
from shoushan.registers.lines import Clock, Flow, Line, Measure, Need, Page

TELLING = _("Regulations on Petition Work, articles 22 and 23")
ANSWERING = _("Regulations on Petition Work, article 34")
REVIEWING = _("Regulations on Petition Work, articles 35 and 36")
FAIRLY = _("Regulations on Petition Work, article 39: lawful, timely and on the spot")


def nobody_is_named(record: Matter) -> Iterable[Refusal]:
    """Free texts say what the matter is about; who brought it is sealed elsewhere."""
    texts = [(name, getattr(record, name)) for name in ("name", "answer", "cause_done", "remark")]
    return neutral.refused([*texts, *(("", str(value)) for value in record.local.values())])


def nobody_is_named_in_a_remark(text: str) -> Iterable[Refusal]:
    """Remarks are read by everybody who may see the matter, through whichever door they came."""
    return neutral.refused([("text", text)])


def nobody_was_told(record: Matter) -> Iterable[Refusal]:
    """Who is responsible is not changed behind a person who has been told."""
    if line.flow.place(record.stage) >= line.flow.place(Stage.TOLD):
        yield Refusal(
            "petitions.told_already",
            mark("The person has been told who is responsible."),
            hint=mark("Take the matter back to an earlier stage first, with a reason, and tell them again."),
            field="unit",
        )


def the_way_fits_the_kind(record: Matter) -> Iterable[Refusal]:
    """Suggestions are studied, accusations go to discipline bodies; the ways of article 31 are for the rest."""
    fits = {Kind.SUGGESTION: {Way.STUDY}, Kind.ACCUSATION: {Way.PARTY}}
    ways = fits.get(Kind(record.kind), set(Way) - {Way.STUDY})
    if record.way and record.way not in ways:
        yield Refusal(
            "petitions.way",
            mark("This kind is not sorted so: suggestions are studied, accusations go to discipline bodies."),
            hint=mark("Correct the kind or the way (Regulations on Petition Work, articles 29 to 31)."),
            field="way",
        )


line = Line(
    key="petitions",
    label=_("Petitions"),
    model=Matter,
    columns=["name", "unit", "kind", "cause", "next_due_on", "stage"],
    fields=[
        "name", "kind", "cause", "way", "outcome", "answer", "review_outcome", "rereview_outcome", "cause_done",
        "remark",
    ],
    required=["name", "kind", "cause"],
    filters=["unit", "kind", "cause", "stage"],
    flow=Flow(
        [*Stage],
        ways={
            Stage.SORTED: [Stage.TRANSFERRED, Stage.TOLD],
            Stage.TOLD: [Stage.ANSWERED, Stage.CLOSED],
            Stage.ANSWERED: [Stage.REVIEW_ASKED, Stage.CLOSED],
            Stage.REVIEWED: [Stage.REREVIEW_ASKED, Stage.CLOSED],
        },
    ),
    # sealed, and opened by whoever handles the matter; the person's name on it is covered all the same
    needs={
        Stage.SORTED: Need(fields=["way"]),
        Stage.TOLD: Need(evidence=_("the notice as it was delivered, with the person's name covered")),
        Stage.ANSWERED: Need(
            fields=["outcome", "answer"],
            evidence=_("the written answer as it was delivered, with the person's name covered"),
        ),
        Stage.REVIEW_ASKED: Need(evidence=_("the request, with the person's name covered")),
        Stage.REVIEWED: Need(
            fields=["review_outcome"], evidence=_("the review opinion, with the person's name covered")
        ),
        Stage.REREVIEW_ASKED: Need(evidence=_("the request, with the person's name covered")),
        Stage.REREVIEWED: Need(
            fields=["rereview_outcome"], evidence=_("the re-review opinion, with the person's name covered")
        ),
        Stage.CLOSED: Need(fields=["cause_done"]),
    },
    same=["name", "cause"],
    near=["name"],
    clocks=[
        Clock(
            "transfer", _("Transfer it, or tell at once"), Stage.REGISTERED, [Stage.TRANSFERRED, Stage.TOLD], 15,
            working=False, clause=_("Regulations on Petition Work, article 22: 15 days"),
        ),
        Clock(
            "tell", _("Tell whether it is accepted"), Stage.TRANSFERRED, [Stage.TOLD], 15, working=False,
            clause=_("Regulations on Petition Work, article 23: 15 days after receipt"),
        ),
        Clock(
            "answer", _("Answer"), Stage.TOLD, [Stage.ANSWERED, Stage.CLOSED], 60, working=False, more=30,
            clause=_("Regulations on Petition Work, article 34: 60 days, 30 more with the head's approval and notice"),
        ),
        Clock(
            "review", _("Answer the review"), Stage.REVIEW_ASKED, [Stage.REVIEWED], 30, working=False,
            clause=_("Regulations on Petition Work, article 35: 30 days"),
        ),
        Clock(
            "rereview", _("Answer the re-review"), Stage.REREVIEW_ASKED, [Stage.REREVIEWED], 30, working=False,
            clause=_("Regulations on Petition Work, article 36: 30 days; a hearing's days do not count"),
        ),
    ],
    rules=[nobody_is_named, the_way_fits_the_kind],
    remark_rules=[nobody_is_named_in_a_remark],
    handing_rules=[nobody_was_told],
    measures=[
        Measure(
            "petitions.told", Stage.TOLD, label=_("Matters told about"), source=TELLING,
            words=_("Matters whose petitioner was told how they are handled; not how many came in."),
        ),
        Measure(
            "petitions.told_in_time", Stage.TOLD, where=lambda row: row.told_in_time, label=_("Told in time"),
            words=_("Of those told: within the days the regulations give."), source=TELLING,
        ),
        Measure(
            "petitions.told_in_time_share", Stage.TOLD, where=lambda row: row.told_in_time, over="petitions.told",
            label=_("Told in time (share)"), words=_("Told in time, of all told."), source=TELLING,
        ),
        Measure(
            "petitions.answered", Stage.ANSWERED, label=_("Matters answered"), source=ANSWERING,
            words=_("Matters answered in writing."),
        ),
        Measure(
            "petitions.answered_in_time", Stage.ANSWERED, where=lambda row: row.answered_in_time,
            label=_("Answered in time"), source=ANSWERING,
            words=_("Of those answered: within 60 days of acceptance, or the approved extension."),
        ),
        Measure(
            "petitions.answered_in_time_share", Stage.ANSWERED, where=lambda row: row.answered_in_time,
            over="petitions.answered", label=_("Answered in time (share)"), source=ANSWERING,
            words=_("Answered in time, of all answered."),
        ),
        Measure(
            "petitions.extended", Stage.ANSWERED, where=lambda row: row.is_extended, label=_("Answers extended"),
            words=_("Of those answered: with an approved extension."), source=ANSWERING,
        ),
        Measure(
            "petitions.extended_share", Stage.ANSWERED, where=lambda row: row.is_extended, over="petitions.answered",
            label=_("Answers extended (share)"), words=_("Extended, of all answered."), source=ANSWERING,
        ),
        Measure(
            "petitions.reviewed", Stage.REVIEWED, label=_("Answers reviewed"), source=REVIEWING,
            words=_("Reviews decided; asking for one costs nobody anything."),
        ),
        Measure(
            "petitions.reversed", Stage.REVIEWED, where=lambda row: row.review_outcome == "reversed",
            label=_("Reversed on review"), words=_("Of those reviewed: changed or revoked."), source=REVIEWING,
        ),
        Measure(
            "petitions.reversed_share", Stage.REVIEWED, where=lambda row: row.review_outcome == "reversed",
            over="petitions.reviewed", label=_("Reversed on review (share)"), source=REVIEWING,
            words=_("Changed or revoked, of all reviewed."),
        ),
        Measure(
            "petitions.rated", Stage.ANSWERED, where=lambda row: row.satisfaction != "", label=_("Answers rated"),
            words=_("Of those answered: rated by whoever brought the matter, who is free to."), source=FAIRLY,
        ),
        Measure(
            "petitions.satisfied", Stage.ANSWERED, where=lambda row: row.satisfaction == "satisfied",
            label=_("Satisfied"), words=_("Of those rated: satisfied."), source=FAIRLY,
        ),
        Measure(
            "petitions.satisfied_share", Stage.ANSWERED, where=lambda row: row.satisfaction == "satisfied",
            over="petitions.rated", label=_("Satisfied (share)"), words=_("Satisfied, of all rated."), source=FAIRLY,
        ),
    ],
    pages=[
        Page("petition-causes", _("Causes, and what was done")),
        Page("petition-openings", _("Who opened what"), "petitions.watch"),
        Page("petition-retention", _("Kept no longer"), "petitions.clear_out"),
    ],
    # none of the first is kept anywhere; whoever adds one still cannot count by it. Complaints by kind or cause are
    # worked on, never scored (domain.md §7), and what somebody wrote or who entered it is no figure at all
    never_counted=frozenset({
        "people", "persons", "petitioners", "representatives", "visits", "visitors", "repeat", "channel", "place",
        "visit_place", "visit_level", "capital", "kind", "cause", "way", "name", "answer", "cause_done", "remark",
        "local", "search_words", "entered_by_id", "entered_by", "record_pk", "id", "unit", "unit_id",
    }),
)  # fmt: skip

# what somebody may do until a day, and nobody owes: no limit of an office, so never “late”
WINDOWS = {
    "object": Clock(
        "object", _("The unit may object to the transfer"), Stage.TRANSFERRED, [Stage.TOLD], 5,
        clause=_("Regulations on Petition Work, article 23: 5 working days, with reasons"),
    ),
    "ask_review": Clock(
        "ask_review", _("A review may be asked for"), Stage.ANSWERED, [Stage.REVIEW_ASKED], 30, working=False,
        clause=_("Regulations on Petition Work, article 35: 30 days after the answer"),
    ),
    "ask_rereview": Clock(
        "ask_rereview", _("A re-review may be asked for"), Stage.REVIEWED, [Stage.REREVIEW_ASKED], 30, working=False,
        clause=_("Regulations on Petition Work, article 36: 30 days after the review"),
    ),
}  # fmt: skip

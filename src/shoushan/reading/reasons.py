"""The reader's rules in plain words: why it believes what it proposes."""

from __future__ import annotations

from shoushan.core.errors import mark

REASONS = {
    "target.section": mark("A number with a measure, in a part of the document that plans."),
    "target.word": mark("A number with a measure, after a word that points ahead."),
    "target.plain": mark("A number with a measure; nothing says that it is past."),
    "target.never": mark("Something that can be counted shall not happen at all."),
    "target.table": mark("A figure in a column that plans."),
    "past.section": mark("A number in a part of the document that looks back."),
    "past.word": mark("A number after a word that looks back."),
    "past.paragraph": mark("A number in a paragraph that began by looking back."),
    "past.base": mark("The figure that a change starts from."),
    "past.table": mark("A figure in a column of results."),
    "other.date": mark("A date."),
    "other.ordinal": mark("A number that only gives a place in an order."),
    "other.name": mark("A number that is part of a name."),
    "other.bare": mark("A number without a measure."),
    "other.vague": mark("A number that names or enumerates rather than counts."),
    "other.specification": mark("A grade or a technical size."),
    "other.base": mark("The base of a rate, such as per thousand people."),
    "other.size": mark("The size of a project or programme, not what is to be done of it."),
    "other.threshold": mark("A threshold that says which things are counted."),
    "other.period": mark("A length of time that limits nothing."),
    "other.assessment": mark("Part of the rules of an assessment."),
    "other.condition": mark("It holds only if something uncertain happens."),
    "other.negated": mark("The sentence cancels or excludes it."),
    "other.forecast": mark("A forecast that nobody answers for."),
    "other.elsewhere": mark("Set or pursued by another level."),
    "other.pointed": mark("A set that the sentence only points at."),
    "task.dated": mark("Something to be done in a stated month or by a stated day."),
    "institution.set_up": mark("A body that is set up for the work."),
    "campaign.called": mark("A named drive that the document calls for."),
}


def explain(why: str) -> str:
    """The rule of a key as a sentence, marked for translation."""
    return REASONS[why]

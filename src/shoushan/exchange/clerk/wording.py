"""What the clerk says: why a cell is refused and what would mend it, and what is asked."""

from __future__ import annotations

from typing import NamedTuple

from shoushan.core.errors import mark


class Sentence(NamedTuple):
    """What and why, and what would make it possible."""

    message: str
    hint: str = ""


FAULTS = {
    "required": Sentence(
        mark("“%(column)s” is empty, and this row cannot do without it."),
        mark("Enter it in the workbook and take it in again."),
    ),
    "required_when": Sentence(
        mark("“%(column)s” is empty, but “%(field)s” says %(value)s."),
        mark("Enter it, or correct “%(field)s”."),
    ),
    "bad_date": Sentence(
        mark("“%(said)s” is no date."),
        mark("Write it like 2026-03-05; a month alone is 2026-03."),
    ),
    "no_such_day": Sentence(
        mark("There is no such day: %(said)s."),
        mark("Look up the right day and write it like 2026-03-05."),
    ),
    "deadline": Sentence(
        mark("“%(said)s” is a deadline and not the day on which it was done."),
        mark("Enter the day, or leave the cell empty."),
    ),
    "after_period": Sentence(
        mark("%(said)s lies after the period of this table, which ends on %(end)s."),
        mark("Correct the date, or take the row into a later table."),
    ),
    "unclear_day": Sentence(
        mark("%(said)s is stored as a number: it may be the first or the tenth, twentieth or thirtieth of the month."),
        mark("Write the date out like 2026-06-10."),
    ),
    "bad_number": Sentence(
        mark("“%(said)s” is no definite number."),
        mark("Enter one figure; a unit may stand behind it."),
    ),
    "negative": Sentence(
        mark("%(said)s is below zero, and “%(column)s” cannot be."),
        mark("Enter the amount itself; a reduction belongs in the remark."),
    ),
    "lost_digits": Sentence(
        mark("This number was stored as %(said)s; its last digits are lost."),
        mark("Format the column as text and enter the number again."),
    ),
    "foreign_unit": Sentence(
        mark("“%(said)s” is measured in something else than “%(column)s”."),
        mark("Enter the figure in the unit of the column's head."),
    ),
    "out_of_range": Sentence(
        mark("%(said)s lies outside %(least)s to %(most)s."),
        mark("Correct the figure."),
    ),
    "unknown_unit": Sentence(
        mark("There is no unit “%(said)s”."),
        mark("Use the unit's full or short name as in the unit tree."),
    ),
    "formula_no_value": Sentence(
        mark("The formula has no stored result, and formulas are not worked out here."),
        mark("Open the workbook, let it calculate, save it; or type the figure."),
    ),
    "error_value": Sentence(
        mark("The cell shows the error %(said)s."),
        mark("Mend the formula or type the value."),
    ),
    "two_ticks": Sentence(
        mark("Both “%(first)s” and “%(second)s” are ticked."),
        mark("Leave one tick."),
    ),
    "bad_choice": Sentence(
        mark("“%(column)s” does not know “%(said)s”."),
        mark("Use one of these: %(choices)s."),
    ),
    "code_length": Sentence(
        mark("A credit code has 18 characters; %(said)s has %(length)s."),
        mark("Copy the code from the business licence."),
    ),
    "code_check": Sentence(
        mark("The check digit of %(said)s is wrong: a character was mistyped."),
        mark("Copy the code from the business licence."),
    ),
    "column_count": Sentence(
        mark("This row has %(found)s columns and the header has %(expected)s."),
        mark("Look for a comma that split a value in two."),
    ),
}

# The stable code behind each sentence that has a name of its own.
FAULT_CODES = {
    "required_when": "required", "no_such_day": "bad_date", "deadline": "bad_date", "after_period": "bad_date",
    "unclear_day": "bad_date", "negative": "bad_number", "lost_digits": "bad_number", "foreign_unit": "bad_number",
    "code_length": "check_digit", "code_check": "check_digit",
}  # fmt: skip

QUESTIONS = {
    "amount_unit": Sentence(
        mark("These numbers have no unit, and other rows of the kind measure: what do they count?")
    ),
    "approximate": Sentence(mark("“%(said)s” is an estimate: enter the estimate, or wait for the figure?")),
    "area_unit": Sentence(mark("These areas have no unit: which one is meant?")),
    "colour_meaning": Sentence(
        mark("This cell is coloured %(colour)s and the sheet does not say why: what does it mean?")
    ),
    "cumulative_fell": Sentence(
        mark("%(now)s is less than %(before)s last time, and this figure can only grow: which is wrong?")
    ),
    "date_order": Sentence(mark("“%(later)s” (%(late)s) lies before “%(earlier)s” (%(early)s): which date is wrong?")),
    "external_value": Sentence(mark("This figure comes from another file and cannot be checked here: what is it?")),
    "grade_score_differ": Sentence(
        mark("The score %(score)s means %(expected)s, but %(grade)s is entered: which holds?")
    ),
    "limit_unit": Sentence(
        mark("“%(said)s” is not a number of working days: how many are meant, and on which ground?")
    ),
    "magnitude": Sentence(mark("%(said)s in the unit of the column is %(value)s yuan: was another unit meant?")),
    "mark_meaning": Sentence(mark("Other rows are ticked and this one has “%(said)s”: does it mean yes or no?")),
    "missing_code": Sentence(mark("There is no code: can the name be confirmed?")),
    "missing_grade": Sentence(mark("There is no grade: which one is it?")),
    "missing_result": Sentence(mark("There is a decision and no result: what was decided?")),
    "money_unit": Sentence(mark("These rows have no unit of money: yuan or ten thousand yuan?")),
    "near_duplicate": Sentence(mark("Rows %(rows)s are almost the same: one thing entered twice, or two?")),
    "one_inspector": Sentence(mark("Two inspectors are required and one is named: who was the other?")),
    "over_agreed": Sentence(
        mark("%(value)s has been received and %(limit)s was agreed: was the agreement raised, or is a figure wrong?")
    ),
    "over_planned": Sentence(mark("%(value)s came and %(limit)s were expected: did more come, or is a figure wrong?")),
    "percent_scale": Sentence(mark("Others write 85 for 85 %%; is a bare %(said)s a share of one, or percents?")),
    "planned_not_fact": Sentence(mark("“%(said)s” is a plan and not a fact: leave the date empty?")),
    "renamed": Sentence(mark("“%(before)s” is gone and “%(now)s” is new, in the same place and size: was it renamed?")),
    "replanting": Sentence(
        mark("The remark speaks of replanting, which is not counted anew: how much of the figure is it?")
    ),
    "same_checker": Sentence(mark("The unit that checked is the one that inspected; another one is required.")),
    "same_code": Sentence(mark("Rows %(rows)s have the same code and different names: a change, or a mistake?")),
    "same_number": Sentence(mark("Rows %(rows)s have the same number: which one is right?")),
    "same_record": Sentence(mark("Rows %(rows)s agree in all but the name: are they the same?")),
    "share_split": Sentence(mark("Several units share this and their shares are not written: how is it split?")),
    "step_missing": Sentence(mark("“%(value)s” is entered without the step that must come before it.")),
    "unit_ambiguous": Sentence(mark("“%(said)s” may be %(units)s: which one?")),
    "unit_closed": Sentence(
        mark("“%(said)s” was closed on %(until)s; its tasks went to %(units)s: which one takes this?")
    ),
    "unit_gone": Sentence(mark("“%(said)s” was closed on %(until)s: which unit takes this?")),
}

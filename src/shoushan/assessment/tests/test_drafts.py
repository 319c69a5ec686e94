"""A scheme is written step by step, put to the units, and published before its year; nobody writes its file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from shoushan.assessment import actions
from shoushan.assessment.actions import Writing
from shoushan.assessment.models import SchemeDraft
from shoushan.assessment.queries.checked import checked
from shoushan.assessment.queries.schemes import schemes_of
from shoushan.assessment.queries.texts import cases_of, content_of
from shoushan.core.errors import Refusal, Refusals
from shoushan.ledger.actions import sequence
from shoushan.ledger.verify import verify
from shoushan.notices.models import Notice
from shoushan.orgs.models import Person
from shoushan.returns.testing import District
from shoushan.scoring import Facts, load_scheme, run

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 3, tzinfo=UTC)
UNTIL = date(2026, 12, 10)
AFTER = datetime(2026, 12, 11, 8, tzinfo=UTC)
JOBS: dict[str, Any] = {
    "id": "就业", "label": "新增就业", "source": "第六条", "since": date(2027, 1, 1),
    "indicator": {"numerator": "jobs.actual", "denominator": "jobs.target"},
    "method": {"completion": {"full": 90, "cap": 1, "floor": 0, "target_zero": "not_evaluable"}},
    "when_missing": "leave_out", "when_not_applicable": "leave_out",
}  # fmt: skip
LATE: dict[str, Any] = {
    "id": "月报", "label": "月报及时", "source": "第七条", "since": date(2027, 1, 1),
    "method": {"deduction": {"full": 10, "each": {"returns.late": Decimal("0.5")}, "floor": 0}},
    "when_missing": "leave_out", "when_not_applicable": "leave_out",
}  # fmt: skip
ANSWERS: dict[str, Any] = {
    "left_out": "scaled", "rounding": {"places": 2, "mode": "half_up", "at": "total"}, "rank_by": "rounded",
    "tie_break": [], "falsity": "none",
}  # fmt: skip


def as_(draft: SchemeDraft, by: Person) -> Writing:
    return Writing(draft.version, NOW, by)


def code_of(act: Any, *given: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act(*given, **named)
    return refused.value.code


@pytest.fixture
def begun(district: District) -> SchemeDraft:
    return actions.start_draft(2027, "首善区2027年度考核办法", at=NOW, by=district.assessor)


@pytest.fixture
def written(begun: SchemeDraft, district: District) -> SchemeDraft:
    """Two rules that make a hundred, every question answered, a document number."""
    draft = actions.set_head(begun, title=begun.title, source="首善办发〔2026〕30号", as_=as_(begun, district.assessor))
    for rule in (JOBS, LATE):
        draft = actions.put_rule(draft, rule, as_=as_(draft, district.assessor))
    for question, answer in ANSWERS.items():
        draft = actions.answer_question(draft, question, answer, as_=as_(draft, district.assessor))
    return draft


@pytest.fixture
def asked(written: SchemeDraft, district: District) -> SchemeDraft:
    return actions.consult(written, UNTIL, at=NOW, by=district.assessor)


def test_a_new_draft_lacks_rules_and_its_document_and_answers(begun: SchemeDraft) -> None:
    found = checked(begun)

    assert [each.part for each in found.doubts] == ["head", "rules"]
    assert set(found.questions) == {"left_out", "rounding", "rank_by", "tie_break", "falsity"}


def test_a_draft_that_is_complete_is_clean(written: SchemeDraft) -> None:
    assert checked(written).is_clean
    assert content_of(written)["rules"] == [JOBS, LATE]


def test_weights_that_do_not_make_a_hundred_are_pointed_out(written: SchemeDraft, district: District) -> None:
    less = {**LATE, "method": {"deduction": {**LATE["method"]["deduction"], "full": 5}}}

    draft = actions.put_rule(written, less, as_=as_(written, district.assessor))

    assert [each.params["sum"] for each in checked(draft).doubts] == ["95"]


def test_a_figure_that_nobody_has_is_pointed_out(written: SchemeDraft, district: District) -> None:
    other = {**JOBS, "indicator": {"numerator": "trees.actual", "denominator": "jobs.target"}}

    draft = actions.put_rule(written, other, as_=as_(written, district.assessor))

    assert [(each.params, each.rule) for each in checked(draft).doubts] == [({"figure": "trees.actual"}, "就业")]


def test_a_rule_that_counts_people_is_refused_beside_its_name(begun: SchemeDraft, district: District) -> None:
    with pytest.raises(Refusals) as refused:
        actions.put_rule(begun, {**JOBS, "label": "群众上访人数"}, as_=as_(begun, district.assessor))

    assert [(each.code, each.field) for each in refused.value.refusals] == [("goal.counts_people", "label")]


def test_a_question_may_stay_open_while_a_rule_is_written(begun: SchemeDraft, district: District) -> None:
    open_ = {**JOBS, "method": {"completion": {"full": 90}}}

    draft = actions.put_rule(begun, open_, as_=as_(begun, district.assessor))

    assert {"completion_cap", "floor", "target_zero"} <= set(checked(draft).questions)


def test_two_writers_do_not_erase_each_other(begun: SchemeDraft, district: District) -> None:
    stale = as_(begun, district.assessor)
    actions.put_rule(begun, JOBS, as_=stale)

    assert code_of(actions.put_rule, begun, LATE, as_=stale) == "form.stale"


def test_a_rule_goes_with_what_rests_on_it(written: SchemeDraft, district: District) -> None:
    case = {"name": "甲", "rule": "月报", "because": "–", "facts": {"returns.late": 2}, "points": Decimal("9.00")}
    draft = actions.keep_case(written, case, as_=as_(written, district.assessor))
    draft = actions.answer_question(draft, "falsity", "月报", as_=as_(draft, district.assessor))

    draft = actions.drop_rule(draft, "月报", as_=as_(draft, district.assessor))

    assert cases_of(draft) == []
    assert set(checked(draft).questions) == {"falsity"}


def test_a_worked_case_that_comes_out_otherwise_is_pointed_out(written: SchemeDraft, district: District) -> None:
    case = {"name": "甲", "rule": "月报", "because": "–", "facts": {"returns.late": 2}, "points": Decimal("8.00")}

    draft = actions.keep_case(written, case, as_=as_(written, district.assessor))

    assert [(each.params["found"], each.rule) for each in checked(draft).doubts] == [("9.00", "月报")]


def test_units_are_asked_only_about_what_could_be_published(begun: SchemeDraft, district: District) -> None:
    assert code_of(actions.consult, begun, UNTIL, at=NOW, by=district.assessor) == "scheme.not_clean"


@pytest.mark.parametrize("until", [date(2026, 12, 3), date(2027, 1, 1)])
def test_units_are_asked_before_the_year_begins(written: SchemeDraft, district: District, until: date) -> None:
    assert code_of(actions.consult, written, until, at=NOW, by=district.assessor) == "scheme.window"


def test_every_unit_is_told_that_it_is_asked(asked: SchemeDraft) -> None:
    assert asked.state == SchemeDraft.State.CONSULTING
    assert Notice.objects.filter(url=asked.get_absolute_url()).count() >= 2


def test_units_are_asked_anew_until_another_day(asked: SchemeDraft, district: District) -> None:
    again = actions.consult(asked, date(2026, 12, 20), at=AFTER, by=district.assessor)

    assert actions.comment(again, "还有一点", at=AFTER, by=district.reporter).unit == district.hexi


def test_only_units_comment_and_only_while_they_are_asked(asked: SchemeDraft, district: District) -> None:
    comment = actions.comment(asked, "就业权重偏高", rule="就业", at=NOW, by=district.reporter)

    assert (comment.unit, comment.label) == (district.hexi, "新增就业")
    assert code_of(actions.comment, asked, "好", at=NOW, by=district.supervisor) == "scheme.no_unit"
    assert code_of(actions.comment, asked, " ", at=NOW, by=district.reporter) == "objection.words"
    assert code_of(actions.comment, asked, "好", rule="没有", at=NOW, by=district.reporter) == "scheme.no_rule"
    assert code_of(actions.comment, asked, "好", at=AFTER, by=district.reporter) == "scheme.window_closed"


def test_a_comment_without_an_answer_holds_up_the_publication(asked: SchemeDraft, district: District) -> None:
    comment = actions.comment(asked, "就业权重偏高", rule="就业", at=NOW, by=district.reporter)
    assert code_of(actions.publish_scheme, asked, at=NOW, by=district.assessor) == "scheme.window_open"
    assert code_of(actions.publish_scheme, asked, at=AFTER, by=district.assessor) == "scheme.unanswered"

    actions.answer_comment(comment, "已研究，维持", at=AFTER, by=district.assessor)

    published = actions.publish_scheme(asked, at=AFTER, by=district.assessor)
    assert published.state == SchemeDraft.State.PUBLISHED


def test_a_published_scheme_is_there_for_the_runs_of_its_year(asked: SchemeDraft, district: District) -> None:
    sequence()  # what PostgreSQL does a moment after each commit
    draft = actions.publish_scheme(asked, at=AFTER, by=district.assessor)

    [found] = schemes_of(2027)
    read = load_scheme(found.folder)
    assert (found.scheme.key, read.sha256, read.published) == (draft.key, draft.sha256, date(2026, 12, 11))
    assert len(draft.ledger_head) == 64
    assert draft.ledger_size
    assert verify().findings == []


def test_a_year_that_has_begun_gets_no_scheme(written: SchemeDraft, district: District) -> None:
    asked = actions.consult(written, date(2026, 12, 31), at=NOW, by=district.assessor)
    late = datetime(2027, 1, 4, tzinfo=UTC)

    assert code_of(actions.publish_scheme, asked, at=late, by=district.assessor) == "scheme.year_begun"
    assert code_of(actions.start_draft, 2027, "晚了", at=late, by=district.assessor) == "scheme.year_begun"


def test_what_is_published_or_withdrawn_is_not_written_any_more(asked: SchemeDraft, district: District) -> None:
    actions.withdraw(asked, "另行制定", at=NOW, by=district.assessor)

    assert code_of(actions.put_rule, asked, JOBS, as_=as_(asked, district.assessor)) == "scheme.state"


def test_last_years_scheme_is_copied_without_its_dates_and_approvals(district: District) -> None:
    last = schemes_of(2026)[0]

    draft = actions.start_draft(2027, "2027年度办法", copy=last, at=NOW, by=district.assessor)

    content = content_of(draft)
    assert content["year"] == 2027
    assert {rule["since"] for rule in content["rules"]} == {date(2027, 1, 1)}
    assert [each.part for each in checked(draft).doubts][:1] == ["head"]


def test_a_veto_without_its_approval_keeps_the_scheme_a_draft(written: SchemeDraft, district: District) -> None:
    veto = {
        "id": "事故", "label": "较大事故", "source": "第十五条", "since": date(2027, 1, 1), "basis": "",
        "when": "returns.false", "effect": "line", "rule": "月报",
    }  # fmt: skip

    draft = actions.put_part(written, "vetoes", [veto], as_=as_(written, district.assessor))

    assert [each.part for each in checked(draft).doubts] == ["vetoes"]


def test_money_without_the_rule_it_rests_on_keeps_the_scheme_a_draft(written: SchemeDraft, district: District) -> None:
    money = {"id": "奖金", "label": "奖金", "source": "第九条", "kind": "cash", "ranks_to": 1}

    draft = actions.put_part(written, "consequences", [money], as_=as_(written, district.assessor))

    assert [each.part for each in checked(draft).doubts] == ["rewards"]


def test_a_section_that_is_taken_out_leaves_its_rules(written: SchemeDraft, district: District) -> None:
    sections = [{"id": "民生", "label": "民生", "weight": 100}]
    draft = actions.put_part(written, "sections", sections, as_=as_(written, district.assessor))
    draft = actions.put_rule(draft, {**JOBS, "section": "民生"}, as_=as_(draft, district.assessor))

    draft = actions.put_part(draft, "sections", [], as_=as_(draft, district.assessor))

    assert "section" not in content_of(draft)["rules"][0]


def test_what_means_something_else_in_every_rule_is_answered_in_the_rule(
    begun: SchemeDraft, district: District
) -> None:
    assert code_of(actions.answer_question, begun, "cap", 5, as_=as_(begun, district.assessor)) == "scheme.ask_in_rule"


def test_a_year_is_scored_by_the_scheme_that_was_published_here(asked: SchemeDraft, district: District) -> None:
    actions.publish_scheme(asked, at=AFTER, by=district.assessor)
    [published] = schemes_of(2027)

    result = run(published.scheme, Facts.from_units({"甲": {"jobs.actual": 37, "jobs.target": 41, "returns.late": 1}}))

    assert result.unit("甲").points == Decimal("90.72")

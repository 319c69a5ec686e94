"""What a draft would give, and what is said where it cannot be worked out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from shoushan.assessment import actions
from shoushan.assessment.actions import Writing
from shoushan.assessment.models import SchemeDraft
from shoushan.assessment.queries.checked import UNUSABLE, checked, doubt_of
from shoushan.assessment.queries.figures import figures_for
from shoushan.assessment.queries.schemes import Published
from shoushan.assessment.queries.shapes import SHAPES
from shoushan.assessment.queries.texts import cases_of, content_of, copied
from shoushan.assessment.queries.trying import case_of, check_rule, facts_of_rule, tried_rule
from shoushan.assessment.tests.test_draft_pages import EXAMPLES, as_, shown
from shoushan.assessment.tests.test_drafts import ANSWERS, JOBS, LATE, NOW
from shoushan.core.errors import Refusal, Refusals
from shoushan.returns.testing import District
from shoushan.scoring import load_scheme
from shoushan.scoring.dumping import as_yaml
from shoushan.scoring.loading import read_yaml

pytestmark = pytest.mark.django_db
BARE: dict[str, Any] = {"id": "甲", "label": "某项", "source": "第一条", "since": date(2027, 1, 1)}
BEST: dict[str, Any] = {**JOBS, **EXAMPLES["best"], "id": "最好", "label": "最好"}
COEFFICIENT: dict[str, Any] = {
    **LATE, "id": "系数", "label": "系数",
    "method": {"formula": {"full": 0, "points": "月报 × 10%", "floor": 0, "cap": None}},
}  # fmt: skip


@pytest.fixture
def written(district: District, settings: Settings, client: Client) -> SchemeDraft:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    draft = actions.start_draft(2027, "2027年度办法", at=NOW, by=district.assessor)
    as_(client, district.assessor)
    return put(put(draft, JOBS, district), LATE, district)


def put(draft: SchemeDraft, rule: dict[str, Any], district: District) -> SchemeDraft:
    return actions.put_rule(draft, rule, as_=Writing(draft.version, NOW, district.assessor))


def answered(draft: SchemeDraft, district: District) -> SchemeDraft:
    for question, answer in ANSWERS.items():
        draft = actions.answer_question(draft, question, answer, as_=Writing(draft.version, NOW, district.assessor))
    return draft


def test_a_formula_that_cannot_be_read_rests_on_nothing_and_is_refused(written: SchemeDraft) -> None:
    broken = {**COEFFICIENT, "method": {"formula": {**COEFFICIENT["method"]["formula"], "points": "月报 ×"}}}

    with pytest.raises(Refusals):
        check_rule(content_of(written), broken)


def test_a_form_that_the_engine_cannot_use_is_told_by_its_name(written: SchemeDraft) -> None:
    unusable = {**LATE, "method": {"deduction": {"full": "许多", "each": {"returns.late": 1}, "floor": 0}}}

    with pytest.raises(Refusals) as refused:
        check_rule(content_of(written), unusable)

    assert [(each.message, each.params, each.field) for each in refused.value.refusals] == [
        (UNUSABLE, {"rule": "月报及时"}, "full")
    ]


def test_a_rule_that_rests_on_an_open_one_names_the_question(written: SchemeDraft, district: District) -> None:
    open_ = {**LATE, "method": {"deduction": {"full": 10, "each": {"returns.late": 1}}}}
    content = content_of(put(written, open_, district))

    trial = tried_rule(content, COEFFICIENT, figures_for(2027), at=NOW)

    assert trial.questions
    assert facts_of_rule(content, COEFFICIENT) == ["returns.late"]


def test_a_question_answered_for_all_may_stay_open_while_facts_are_asked(written: SchemeDraft) -> None:
    open_ = {name: value for name, value in JOBS.items() if name != "when_missing"}

    assert facts_of_rule(content_of(written), open_) == ["jobs.actual", "jobs.target"]


def test_a_case_of_an_open_rule_is_not_worked(written: SchemeDraft) -> None:
    open_ = {**LATE, "method": {"deduction": {"full": 10, "each": {"returns.late": 1}}}}

    with pytest.raises(Refusal) as refused:
        case_of(content_of(written), open_, {"甲": {"returns.late": Decimal(1)}}, figures_for(2027))

    assert refused.value.code == "scheme.open_question"


def test_a_rule_that_compares_is_worked_with_three_units(
    client: Client, written: SchemeDraft, district: District
) -> None:
    written = put(written, BEST, district)
    address = f"{written.get_absolute_url()}rules/最好/case/"
    typed = {"v_0_0": "10", "v_1_0": "5", "v_2_0": "0"}

    client.post(address, {"version": str(written.version), **typed, "do": "keep"})

    written.refresh_from_db()
    [case] = cases_of(written)
    assert [each["points"] for each in case["expected"].values()] == [Decimal("5.00"), Decimal("2.50"), 0]


@pytest.mark.parametrize("shape", list(SHAPES))
def test_the_page_of_a_draft_says_every_shape_in_words(
    client: Client, written: SchemeDraft, district: District, shape: str
) -> None:
    draft = answered(put(written, {**BARE, **EXAMPLES[shape]}, district), district)

    page = shown(client.get(f"{draft.get_absolute_url()}rules/甲/"))
    listed = shown(client.get(draft.get_absolute_url()))

    assert "某项" in page
    assert "某项" in listed


def test_a_formula_that_is_tried_brings_its_names(client: Client, written: SchemeDraft) -> None:
    sent = {"label": "就业", "source": "第六条", "full": "10", "since": "2027-01-01", "q_floor": "0", "q_cap": "null",
            "q_when_missing": "leave_out", "q_when_not_applicable": "leave_out"}  # fmt: skip

    page = client.post(
        f"{written.get_absolute_url()}try/formula/", {**sent, "points": "10 × 新增就业完成数 ÷ 新增就业目标数"}
    )

    assert "7.50" in shown(page)


def test_a_case_whose_state_changed_is_pointed_out(written: SchemeDraft, district: District) -> None:
    draft = answered(written, district)
    case = {"name": "甲", "rule": "月报", "because": "–", "facts": {"returns.late": 2}, "status": "missing"}
    writing = Writing(draft.version, NOW, district.assessor)

    draft = actions.keep_case(draft, case, as_=writing)

    said = [each for each in checked(draft).doubts if each.rule == "月报"]
    assert [each.params["case"] for each in said] == ["甲"]


def test_a_case_that_cannot_be_run_says_why(written: SchemeDraft, district: District) -> None:
    draft = answered(written, district)
    case = {"name": "甲", "rule": "月报", "because": "–", "facts": {"returns.late": "许多"}, "points": Decimal(9)}
    writing = Writing(draft.version, NOW, district.assessor)

    draft = actions.keep_case(draft, case, as_=writing)

    assert "月报" in [each.rule for each in checked(draft).doubts]


def test_what_no_form_could_have_written_is_told_without_the_words_of_a_file(written: SchemeDraft) -> None:
    content = content_of(written)
    inside = Refusal("scheme.unknown_key", "No such key.", params={"problem": "x"}, field="就业.method")
    above = Refusal("scheme.unknown_key", "No such key.", field="colour")

    assert (doubt_of(inside, content).params, doubt_of(inside, content).rule) == ({"rule": "新增就业"}, "就业")
    assert doubt_of(above, content).params == {"rule": "2027年度办法"}


def test_a_refused_answer_stays_beside_its_question(client: Client, written: SchemeDraft) -> None:
    address = f"{written.get_absolute_url()}questions/rounding/"

    page = client.post(address, {"version": str(written.version), "places": "9", "mode": "half_up", "at": "total"})

    assert page.status_code == 200
    assert 'value="9"' in page.content.decode()


def test_an_answer_that_is_a_number_is_written_once_for_all(client: Client, written: SchemeDraft) -> None:
    address = f"{written.get_absolute_url()}questions/below/"

    refused = client.post(address, {"version": str(written.version)})
    client.post(address, {"version": str(written.version), "number": "1"})

    assert refused.status_code == 200
    assert "留空" in client.get(f"{written.get_absolute_url()}new/bands/").content.decode()


def test_a_scheme_that_changed_inside_its_year_is_copied_as_it_ended(tmp_path: Path) -> None:
    """What was in force on the last day holds from the first day on; vetoes wait for their approval again."""
    before = {
        "key": "2026-1", "version": "1", "title": "2026年度办法", "source": "首善办发〔2025〕1号", "year": 2026,
        "published": date(2025, 12, 20), "groups": {"unit": "单位"}, "choices": ANSWERS,
        "rules": [{
            **LATE, "since": date(2026, 1, 1), "published": date(2025, 12, 20), "change_counts": "month",
            "changes": [
                {"since": date(2026, 4, 1), "published": date(2026, 3, 1), "source": "首善办发〔2026〕2号",
                 "method": {"deduction": {"each": {"returns.late": 1}}}},
                {"since": date(2026, 7, 1), "published": date(2026, 6, 1), "source": "首善办发〔2026〕9号",
                 "method": {"deduction": {"floor": 5}}},
            ],
        }],
        "vetoes": [{
            "id": "虚报", "label": "虚报", "source": "第十五条", "since": date(2026, 1, 1), "basis": "批复",
            "when": "returns.false", "effect": "line", "rule": "月报",
        }],
    }  # fmt: skip
    (tmp_path / "scheme.yaml").write_text(as_yaml(before), encoding="utf-8")

    copy = read_yaml(copied(Published(tmp_path, load_scheme(tmp_path)), 2027, "2027-1", "2027年度办法").scheme, "")

    [rule] = copy["rules"]
    assert (rule["since"], rule["method"]["deduction"]) == (
        date(2027, 1, 1),
        {"full": 10, "each": {"returns.late": 1}, "floor": 5},
    )
    assert [(each["since"], each["basis"]) for each in copy["vetoes"]] == [(date(2027, 1, 1), "")]


def test_title_and_document_are_written(client: Client, written: SchemeDraft) -> None:
    sent = {"version": str(written.version), "title": "首善区办法", "source": "首善办发〔2026〕30号"}

    client.post(f"{written.get_absolute_url()}head/", sent)

    written.refresh_from_db()
    assert (written.title, written.source) == ("首善区办法", "首善办发〔2026〕30号")

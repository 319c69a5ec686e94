"""The parts of a scheme that are not rules: sections, grades, vetoes, what follows; and how parts are taken out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from shoushan.assessment import actions
from shoushan.assessment.actions import Writing
from shoushan.assessment.forms import RuleForm
from shoushan.assessment.models import SchemeDraft
from shoushan.assessment.queries.figures import figures_for
from shoushan.assessment.queries.texts import Content, content_of
from shoushan.assessment.tests.test_draft_pages import as_, completion, shown
from shoushan.assessment.tests.test_drafts import JOBS, LATE, NOW, code_of
from shoushan.returns.testing import District
from shoushan.scoring import loading

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(district: District, settings: Settings, client: Client) -> SchemeDraft:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    draft = actions.start_draft(2027, "2027年度办法", at=NOW, by=district.assessor)
    for rule in (JOBS, LATE):
        draft = actions.put_rule(draft, rule, as_=Writing(draft.version, NOW, district.assessor))
    as_(client, district.assessor)
    return draft


def sent(client: Client, draft: SchemeDraft, path: str, **given: str) -> Any:
    """A form of the draft, posted on its newest version."""
    draft.refresh_from_db()
    return client.post(f"{draft.get_absolute_url()}{path}", {"version": str(draft.version), **given})


def text(draft: SchemeDraft) -> Content:
    draft.refresh_from_db()
    return content_of(draft)


def test_sections_are_rows_and_rules_stand_in_them(client: Client, written: SchemeDraft) -> None:
    refused = sent(client, written, "sections/", amount_0="60")
    sent(client, written, "sections/", label_0="民生", amount_0="60", label_1="履职", amount_1="40", label_2="加分")
    sent(client, written, "rules/就业/", **completion(section="民生", until="2027-12-31"))

    assert "写上名称" in shown(refused)
    assert text(written)["sections"][0] == {"id": "民生", "label": "民生", "weight": 60}
    assert "weight" not in text(written)["sections"][2]
    assert text(written)["rules"][0]["section"] == "民生"
    assert 'value="60"' in client.get(f"{written.get_absolute_url()}sections/").content.decode()
    assert "民生" in shown(client.get(written.get_absolute_url()))


def test_grades_fall_from_the_best_down(client: Client, written: SchemeDraft) -> None:
    for wrong in (
        {"label_0": "优秀", "amount_0": "90"},
        {"label_0": "优秀", "label_1": "合格"},
        {"label_0": "优秀", "amount_0": "60", "label_1": "良好", "amount_1": "90", "label_2": "合格"},
        {"label_0": "优秀", "amount_0": "90", "label_1": "合格", "amount_1": "60"},
    ):
        assert sent(client, written, "grades/", **wrong).status_code == 200, wrong
    sent(client, written, "grades/", label_0="优秀", amount_0="90", label_1="合格")

    assert text(written)["grades"] == {"levels": [{"grade": "优秀", "least": 90}, {"grade": "合格"}]}
    assert "grades_compare" not in shown(client.get(written.get_absolute_url()))
    sent(client, written, "grades/")
    assert "grades" not in text(written)


def test_a_veto_is_written_changed_and_taken_out(client: Client, written: SchemeDraft) -> None:
    veto = {"label": "虚报", "source": "第十五条", "when": "returns.false", "touches": "line:月报"}
    sent(client, written, "vetoes/0/", **veto)
    assert text(written)["vetoes"][0]["effect"] == "line"

    sent(client, written, "vetoes/1/", **{**veto, "touches": "bar", "basis": "市委办〔2026〕3号"})
    assert {"effect": "bar", "basis": "市委办〔2026〕3号"}.items() <= text(written)["vetoes"][0].items()
    assert "rule" not in text(written)["vetoes"][0]
    assert client.get(f"{written.get_absolute_url()}vetoes/1/").status_code == 200
    assert client.get(f"{written.get_absolute_url()}vetoes/9/").status_code == 404

    sent(client, written, "vetoes/1/", do="remove")
    assert "vetoes" not in text(written)


def test_a_copied_veto_keeps_what_no_form_asks_for(client: Client, written: SchemeDraft, district: District) -> None:
    veto = {
        "id": "逾期", "label": "逾期", "source": "第十五条", "since": date(2027, 1, 1), "basis": "",
        "when": {"formula": "迟报 > 3"}, "effect": "grade", "grade": "未完成",
    }  # fmt: skip
    actions.put_part(written, "vetoes", [veto], as_=Writing(written.version, NOW, district.assessor))

    sent(client, written, "vetoes/1/", label="逾期", source="第十五条", when="kept", touches="grade", basis="批复")

    assert text(written)["vetoes"] == [{**veto, "basis": "批复"}]


def test_what_follows_names_its_grades_or_its_places(client: Client, written: SchemeDraft) -> None:
    money = {"label": "奖金", "kind": "cash", "source": "第九条"}
    assert sent(client, written, "rewards/0/", **money).status_code == 200

    sent(client, written, "rewards/0/", **money, ranks_to="3")
    assert "涉及钱或职务" in shown(client.get(written.get_absolute_url()))
    sent(client, written, "rewards/1/", **money, ranks_to="3", basis="财预〔2026〕8号")

    assert text(written)["consequences"][0]["basis"] == "财预〔2026〕8号"
    sent(client, written, "rewards/1/", do="remove")
    assert "consequences" not in text(written)


def test_what_follows_may_go_by_grades(client: Client, written: SchemeDraft) -> None:
    sent(client, written, "grades/", label_0="优秀", amount_0="90", label_1="合格")

    sent(client, written, "rewards/0/", label="通报表扬", kind="commendation", source="第九条", grades="优秀")

    assert text(written)["consequences"][0]["grades"] == ["优秀"]


def test_a_veto_on_a_rule_goes_with_the_rule(client: Client, written: SchemeDraft) -> None:
    veto = {"label": "虚报", "source": "第十五条", "when": "returns.false", "touches": "line:月报"}
    sent(client, written, "vetoes/0/", **veto)

    sent(client, written, "rules/月报/remove/")

    assert not text(written).get("vetoes")


def test_a_section_that_stays_keeps_its_rules(client: Client, written: SchemeDraft) -> None:
    rows = {"label_0": "民生", "amount_0": "60", "label_1": "履职", "amount_1": "40"}
    sent(client, written, "sections/", **rows)
    sent(client, written, "rules/就业/", **completion(section="民生"))

    sent(client, written, "sections/", **rows, label_2="加分")

    assert text(written)["rules"][0]["section"] == "民生"


def test_rules_and_cases_are_taken_out_and_a_draft_is_given_up(client: Client, written: SchemeDraft) -> None:
    sent(client, written, "rules/月报/case/", v_0_0="3", do="keep")
    written.refresh_from_db()
    assert "14" not in written.cases
    sent(client, written, "rules/月报/case/drop/", case="3")
    sent(client, written, "rules/月报/remove/")
    assert [rule["id"] for rule in text(written)["rules"]] == ["就业"]
    assert written.cases == ""

    assert client.get(f"{written.get_absolute_url()}rules/月报/").status_code == 404
    client.post(f"{written.get_absolute_url()}withdraw/", {"reason": "另行制定"})
    written.refresh_from_db()
    assert written.state == SchemeDraft.State.WITHDRAWN


def test_another_ratio_names_both_its_parts(client: Client, written: SchemeDraft) -> None:
    refused = sent(client, written, "new/completion/", **completion(measure="other"))
    both = completion(measure="other", top="jobs.actual", bottom="jobs.target", bottom_number="100")
    either = sent(client, written, "new/completion/", **both)
    sent(client, written, "new/completion/", **completion(measure="other", top="jobs.actual", bottom_number="100"))

    assert "除号前的数" in shown(refused)
    assert "二者取一" in shown(either)
    assert text(written)["rules"][-1]["indicator"] == {"numerator": "jobs.actual", "denominator": 100}


def test_what_no_form_asks_for_stays_in_a_copied_rule(written: SchemeDraft) -> None:
    sums = {
        "numerator": ["jobs.actual", "returns.late"],
        "denominator": {"fact": "jobs.target", "times": Decimal("0.2")},
    }
    rule = {**JOBS, "indicator": sums, "counts": False}
    form = RuleForm(
        completion(measure="kept"),
        shape="completion",
        content=content_of(written),
        figures=figures_for(2027),
        rule=rule,
    )

    assert form.is_valid(), form.errors
    assert form.rule() == rule


def test_a_row_with_one_half_says_which(client: Client, written: SchemeDraft) -> None:
    base = {"label": "甲", "source": "一", "full": "10", "since": "2027-01-01", "each_fact_0": "returns.late"}

    first = sent(client, written, "new/deduction/", **base, each_points_0="1", each_fact_1="returns.false")
    second = sent(client, written, "new/deduction/", **base, each_points_0="1", each_points_1="3")
    places = sent(
        client,
        written,
        "new/ranking/",
        label="甲",
        source="一",
        since="2027-01-01",
        measure="v:jobs.actual",
        points="x",
    )
    number = sent(client, written, "new/completion/", **completion(q_floor="number"))

    assert "请填这一行的分数" in shown(first)
    assert "给什么的" in shown(second)
    assert "用逗号隔开" in shown(places)
    assert "要在这里填一个数" in shown(number)


def test_a_scheme_does_not_grow_beyond_what_can_be_read(
    written: SchemeDraft, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shoushan.assessment.actions.drafting.LARGEST_FILE", 10)

    writing = Writing(written.version, NOW, district.assessor)
    assert code_of(actions.put_rule, written, JOBS, as_=writing) == "scheme.draft_too_large"
    assert loading.LARGEST_FILE > 10


@pytest.mark.parametrize("path", ["new/none/", "questions/none/", "try/none/"])
def test_what_is_no_shape_and_no_question_is_no_page(client: Client, written: SchemeDraft, path: str) -> None:
    assert sent(client, written, path).status_code == 404


def test_what_is_answered_for_all_stands_beside_each_rule(client: Client, written: SchemeDraft) -> None:
    sent(client, written, "questions/when_missing/", answer="leave_out")
    sent(client, written, "questions/falsity/", answer="月报")
    sent(client, written, "questions/tie_break/", first="rule:就业", second="rule:月报")
    sent(client, written, "questions/target_zero/", answer="not_evaluable")

    form = shown(client.get(f"{written.get_absolute_url()}new/completion/"))
    page = shown(client.get(written.get_absolute_url()))

    assert "全办法" in form or "整个办法" in form or "整份办法" in form, form[:2000]
    assert text(written)["choices"]["falsity"] == "月报"
    assert "月报及时" in page


def test_the_form_of_a_rule_shows_what_it_measures(written: SchemeDraft) -> None:
    def measured(indicator: Content) -> list[Any]:
        form = RuleForm(
            shape="completion", content=content_of(written), figures=figures_for(2027), rule={**JOBS, **indicator}
        )
        return [form[name].value() for name in ("measure", "top", "bottom", "bottom_number")]

    hundredth = {"indicator": {"numerator": "jobs.actual", "denominator": 100}}
    other = {"indicator": {"numerator": "jobs.actual", "denominator": "returns.late"}}

    assert measured({})[0] == "r:jobs"
    assert measured(hundredth)[:3] == ["other", "jobs.actual", ""]
    assert str(measured(hundredth)[3]) == "100"
    assert measured(other)[:3] == ["other", "jobs.actual", "returns.late"]
    assert measured({"indicator": {"numerator": "jobs.actual"}})[0] == "kept"


def test_what_cannot_be_reckoned_is_refused_in_words(client: Client, written: SchemeDraft) -> None:
    base = {
        "label": "系数", "source": "第九条", "full": "0", "since": "2027-01-01", "q_floor": "0", "q_cap": "null",
        "q_when_missing": "leave_out", "q_when_not_applicable": "leave_out",
    }  # fmt: skip

    broken = sent(client, written, "new/formula/", **base, points="得分(就业 × 2")
    people = sent(client, written, "try/formula/", **{**base, "label": "群众上访人数"}, points="10")

    assert "公式" in shown(broken)
    assert "上访" in shown(people)

"""The pages on which a scheme is written: every form in words, every refusal beside its field, no word of a file."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.assessment import actions
from shoushan.assessment.actions import Writing
from shoushan.assessment.forms import RuleForm
from shoushan.assessment.models import SchemeComment, SchemeDraft
from shoushan.assessment.queries.figures import figures_for
from shoushan.assessment.queries.shapes import SHAPES, options
from shoushan.assessment.queries.texts import content_of
from shoushan.assessment.tests.test_drafts import ANSWERS, JOBS, LATE
from shoushan.orgs.models import Person
from shoushan.orgs.testing import BACKEND
from shoushan.returns.testing import District
from shoushan.scoring.methods import METHODS
from shoushan.scoring.questions import QUESTIONS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 3, tzinfo=UTC)
# what stands in a scheme's file and on no page
WORDS_OF_A_FILE = re.compile(
    r"YAML|when_missing|leave_out|not_evaluable|not_applicable|half_up|tie_break|jobs\.actual|returns\.late|numerator"
    r"|target_zero|completion_cap|rank_by|left_out"
)


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)


def as_(client: Client, person: Person) -> Client:
    client.force_login(person, BACKEND)
    return client


def shown(answer: Any) -> str:
    """What a reader sees of a page: its words, without tags and their attributes."""
    return re.sub(r"<[^>]*>", " ", answer.content.decode())


@pytest.fixture
def begun(district: District) -> SchemeDraft:
    return actions.start_draft(2027, "2027年度办法", at=NOW, by=district.assessor)


@pytest.fixture
def written(begun: SchemeDraft, district: District) -> SchemeDraft:
    def writing() -> Writing:
        return Writing(begun.version, NOW, district.assessor)

    begun = actions.set_head(begun, title=begun.title, source="首善办发〔2026〕30号", as_=writing())
    for rule in (JOBS, LATE):
        begun = actions.put_rule(begun, rule, as_=writing())
    for question, answer in ANSWERS.items():
        begun = actions.answer_question(begun, question, answer, as_=writing())
    return begun


def completion(**given: str) -> dict[str, str]:
    return {
        "label": "新增就业", "source": "第六条", "measure": "r:jobs", "full": "90", "since": "2027-01-01",
        "q_completion_cap": "1", "q_floor": "0", "q_target_zero": "not_evaluable", "q_when_missing": "leave_out",
        "q_when_not_applicable": "leave_out", **given,
    }  # fmt: skip


def test_the_office_starts_a_scheme_and_makes_a_rule(client: Client, district: District) -> None:
    as_(client, district.assessor)
    started = client.post("/schemes/start/", {"year": "2027", "title": "2027年度办法", "copy": ""})
    draft = SchemeDraft.objects.get()
    assert started["Location"] == draft.get_absolute_url()

    made = client.post(f"{draft.get_absolute_url()}new/completion/", {"version": "1", **completion()})

    draft.refresh_from_db()
    [rule] = content_of(draft)["rules"]
    assert made["Location"] == f"{draft.get_absolute_url()}rules/{'新增就业'}/case/" or made.status_code == 302
    assert rule == {**JOBS, "id": "新增就业"}


def test_every_shape_has_a_form_and_every_open_question_its_answers(begun: SchemeDraft) -> None:
    content, figures = content_of(begun), figures_for(2027)

    forms = {shape: RuleForm(shape=shape, content=content, figures=figures) for shape in METHODS}

    assert set(SHAPES) == set(METHODS)
    for shape, form in forms.items():
        assert {f"q_{each}" for each in METHODS[shape].asks} - set(form.fields) <= {"q_cap"} | {
            f"q_{each}" for each in ("base", "span", "start", "low", "high", "below", "beyond")
        }
    for question in QUESTIONS:
        for _value, words in options(question):
            assert not WORDS_OF_A_FILE.search(words), (question, words)


@pytest.mark.parametrize("shape", list(SHAPES))
def test_a_rule_of_every_shape_comes_back_from_its_form_as_it_was(begun: SchemeDraft, shape: str) -> None:
    content, figures = content_of(begun), figures_for(2027)
    written = {"id": "甲", "label": "甲", "source": "第一条", "since": date(2027, 1, 1), **EXAMPLES[shape]}
    form = RuleForm(shape=shape, content=content, figures=figures, rule=written)
    sent = {}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, "", []):
            sent[name] = value.isoformat() if isinstance(value, date) else value

    again = RuleForm(sent, shape=shape, content=content, figures=figures, rule=written)

    assert again.is_valid(), again.errors
    assert again.rule() == written


RATIO = {"indicator": {"numerator": "jobs.actual", "denominator": "jobs.target"}}
ONE = {"indicator": {"value": "jobs.actual"}}
BOTH = {"when_missing": "leave_out", "when_not_applicable": {"points": 2}}
EXAMPLES: dict[str, dict[str, Any]] = {
    "completion": {
        **RATIO, **BOTH,
        "method": {"completion": {"full": 10, "cap": None, "floor": 0, "target_zero": "nothing"}},
    },
    "overfulfilment": {
        **RATIO, **BOTH,
        "method": {"overfulfilment": {
            "full": 30, "step": 10, "bonus": 1, "bonus_cap": 5, "steps": "whole", "symmetric": False,
            "target_zero": "full",
        }},
    },
    "deduction": {**BOTH, "method": {"deduction": {"full": 10, "each": {"returns.late": 2}, "floor": None}}},
    "addition": {**BOTH, "method": {"addition": {"each": {"returns.late": 2}, "cap": 5}}},
    "bands": {
        **RATIO, **BOTH,
        "method": {"bands": {"bands": [{"least": 90, "points": 10}, {"least": 80, "points": 8}], "below": 0}},
    },
    "ranking": {
        **ONE, **BOTH, "compare": "all",
        "method": {"ranking": {"points": [10, 8, 6], "beyond": 0, "ties": "same", "direction": "higher"}},
    },
    "best": {**ONE, **BOTH, "compare": "group", "method": {"best": {"full": 5, "floor": 0, "best_zero": "full"}}},
    "efficacy": {
        **ONE, **BOTH, "compare": "group",
        "method": {"efficacy": {"full": 8, "base": 60, "span": 40, "direction": "lower", "all_equal": "full"}},
    },
    "group_mean": {**ONE, **BOTH, "method": {"group_mean": {"full": 100}}},
    "limit": {
        **RATIO, **BOTH,
        "method": {"limit": {
            "full": 10, "per_percent": 2, "floor": 0, "steps": "proportional", "limit_zero": "floor"
        }},
    },
    "improvement": {
        **ONE, **BOTH,
        "method": {"improvement": {
            "full": 10, "start": 10, "points": 1, "per": 2, "steps": "whole", "low": 5, "high": 15
        }},
    },
    "given": {**ONE, **BOTH, "method": {"given": {"full": 10, "times": 1}}},
    "formula": {**BOTH, "method": {"formula": {"full": 10, "points": "10 − 迟报月数", "floor": 0, "cap": 10}}},
}  # fmt: skip


def test_a_formula_is_written_with_the_names_of_figures(client: Client, begun: SchemeDraft, district: District) -> None:
    as_(client, district.assessor)
    address = f"{begun.get_absolute_url()}new/formula/"
    sent = {"version": "1", "label": "就业", "source": "第六条", "full": "10", "since": "2027-01-01"}

    wrong = client.post(address, {**sent, "points": "10 × 新增就业完成"})
    place = client.post(address, {**sent, "points": "10 × （新增就业完成数"})
    client.post(address, {**sent, "points": "10 × 新增就业完成数 ÷ 新增就业目标数"})

    assert "新增就业完成数" in shown(wrong)
    assert "括号" in shown(place)
    begun.refresh_from_db()
    assert content_of(begun)["names"] == {"新增就业完成数": "jobs.actual", "新增就业目标数": "jobs.target"}


def test_refusals_stand_beside_their_field_in_words(client: Client, begun: SchemeDraft, district: District) -> None:
    as_(client, district.assessor)
    address = f"{begun.get_absolute_url()}new/completion/"

    counted = client.post(address, {"version": "1", **completion(label="群众上访量")})
    nothing = client.post(address, {"version": "1", **completion(full="0")})
    edges = client.post(
        f"{begun.get_absolute_url()}new/bands/",
        {"version": "1", "label": "甲", "source": "一", "measure": "r:jobs", "since": "2027-01-01", "least_0": "90",
         "points_0": "10", "least_1": "90", "points_1": "8"},
    )  # fmt: skip

    assert "期限内" in shown(counted) or "办结" in shown(counted)
    assert "大于零" in shown(nothing)
    assert "写了两次" in shown(edges)
    for page in (counted, nothing, edges):
        assert not WORDS_OF_A_FILE.search(shown(page))


def test_no_page_shows_a_word_of_a_file(client: Client, written: SchemeDraft, district: District) -> None:
    as_(client, district.assessor)
    base = written.get_absolute_url()
    case = {"name": "37 / 41", "rule": "就业", "because": "…", "facts": {"jobs.actual": 37, "jobs.target": 41}}
    actions.keep_case(written, {**case, "points": 9}, as_=Writing(written.version, NOW, district.assessor))

    for path in (
        "/schemes/", "/schemes/start/", base, f"{base}head/", f"{base}sections/", f"{base}grades/", f"{base}vetoes/0/",
        f"{base}rewards/0/", f"{base}preview/", f"{base}rules/", f"{base}rules/就业/", f"{base}rules/月报/case/",
        "/schemes/2026/", *(f"{base}new/{shape}/" for shape in SHAPES),
    ):  # fmt: skip
        page = client.get(path)
        assert page.status_code == 200, path
        assert not WORDS_OF_A_FILE.search(shown(page)), path


def test_the_form_shows_what_each_unit_would_get(client: Client, begun: SchemeDraft, district: District) -> None:
    as_(client, district.assessor)

    page = client.post(f"{begun.get_absolute_url()}try/completion/", completion())
    open_ = client.post(f"{begun.get_absolute_url()}try/completion/", completion(q_floor=""))

    assert "67.50" in shown(page)
    assert "河西街道" in shown(page)
    assert "67.50" not in shown(open_)
    assert SchemeDraft.objects.get().version == 1


def test_what_last_year_does_not_have_is_tried_with_typed_values(
    client: Client, begun: SchemeDraft, district: District
) -> None:
    district.indicator("trees", label="植树")
    panel = {
        "label": "评议", "source": "第八条", "measure": "other", "top": "returns.late", "bottom_number": "10",
        "full": "10", "since": "2027-01-01", "q_completion_cap": "1", "q_floor": "0", "q_target_zero": "not_evaluable",
        "q_when_missing": "leave_out", "q_when_not_applicable": "leave_out",
    }  # fmt: skip
    as_(client, district.assessor)

    asked = client.post(f"{begun.get_absolute_url()}try/completion/", panel)
    tried = client.post(f"{begun.get_absolute_url()}try/completion/", {**panel, "trial_0_0": "5", "trial_1_0": "10"})

    assert "trial_0_0" in asked.content.decode()
    assert "5.00" in shown(tried)


def test_a_worked_case_is_kept_once_somebody_said_yes(client: Client, written: SchemeDraft, district: District) -> None:
    as_(client, district.assessor)
    address = f"{written.get_absolute_url()}rules/就业/case/"
    sent = {"version": str(written.version), "v_0_0": "37", "v_0_1": "41"}

    worked = client.post(address, {**sent, "do": "work"})
    client.post(address, {**sent, "do": "keep"})

    assert "81.22" in shown(worked)
    written.refresh_from_db()
    assert "81.22" in written.cases


def test_the_whole_draft_is_tried_on_last_years_figures(
    client: Client, written: SchemeDraft, district: District
) -> None:
    as_(client, district.assessor)

    page = client.get(f"{written.get_absolute_url()}preview/")

    assert "67.50" in shown(page)


def test_a_question_is_answered_for_the_whole_scheme(client: Client, begun: SchemeDraft, district: District) -> None:
    as_(client, district.assessor)
    base = begun.get_absolute_url()

    client.post(f"{base}questions/rounding/", {"version": "1", "places": "2", "mode": "half_up", "at": "total"})
    client.post(f"{base}questions/tie_break/", {"version": "2", "first": "[]", "second": ""})
    client.post(f"{base}questions/left_out/", {"version": "3", "answer": "scaled"})
    refused = client.post(f"{base}questions/when_not_applicable/", {"version": "4", "answer": "points"})

    begun.refresh_from_db()
    assert content_of(begun)["choices"] == {
        "rounding": {"places": 2, "mode": "half_up", "at": "total"}, "tie_break": [], "left_out": "scaled",
    }  # fmt: skip
    assert refused.status_code == 200


def test_units_read_comment_and_are_answered(client: Client, written: SchemeDraft, district: District) -> None:
    base = written.get_absolute_url()
    as_(client, district.reporter)
    assert client.get(base).status_code == 404
    as_(client, district.assessor).post(f"{base}consult/", {"until": "2026-12-10"})

    as_(client, district.reporter).post(f"{base}comment/", {"rule": "就业", "words": "权重偏高"})
    comment = SchemeComment.objects.get()
    assert client.post(f"/schemes/comments/{comment.pk}/answer/", {"words": "好"}).status_code == 403
    as_(client, district.assessor).post(f"/schemes/comments/{comment.pk}/answer/", {"words": "已研究，维持"})

    page = shown(as_(client, district.foreigner).get(base))
    assert "权重偏高" in page
    assert "已研究，维持" in page


def test_nobody_but_the_office_writes(client: Client, written: SchemeDraft, district: District) -> None:
    base = written.get_absolute_url()
    for person in (district.reporter, district.supervisor, district.leader):
        as_(client, person)
        for path in ("head/", "rules/", "rules/就业/", "new/bands/", "vetoes/0/"):
            assert client.get(f"{base}{path}").status_code == 403, (person.login, path)
        assert client.post(f"{base}publish/").status_code == 403


def test_the_page_of_a_draft_asks_the_same_however_much_it_says(
    client: Client, written: SchemeDraft, district: District
) -> None:
    draft = actions.consult(written, date(2026, 12, 10), at=NOW, by=district.assessor)
    as_(client, district.assessor).get(draft.get_absolute_url())

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(draft.get_absolute_url())
        return len(queries)

    actions.comment(draft, "一", rule="就业", at=NOW, by=district.reporter)
    before = asked()
    for words in ("二", "三", "四"):
        actions.comment(draft, words, rule="月报", at=NOW, by=district.foreigner)

    assert asked() == before


def test_a_formula_may_rest_on_another_rule(client: Client, written: SchemeDraft, district: District) -> None:
    as_(client, district.assessor)
    address = f"{written.get_absolute_url()}new/formula/"
    sent = {
        "label": "系数！", "source": "第九条", "full": "0", "since": "2027-01-01", "q_floor": "0", "q_cap": "null",
        "q_when_missing": "leave_out", "q_when_not_applicable": "leave_out", "points": "得分(就业) × 10%",
    }  # fmt: skip

    tried = client.post(f"{written.get_absolute_url()}try/formula/", sent)
    made = client.post(address, {"version": str(written.version), **sent})

    assert "6.75" in shown(tried)
    assert made.status_code == 302
    written.refresh_from_db()
    assert content_of(written)["rules"][-1]["id"] == "系数"


@pytest.mark.parametrize("label", ["！！", "5G基站", "GDP/人均", "合计", "新增就业", "a.b"])
def test_a_rule_may_be_called_anything(client: Client, written: SchemeDraft, district: District, label: str) -> None:
    as_(client, district.assessor)

    made = client.post(
        f"{written.get_absolute_url()}new/completion/", {"version": str(written.version), **completion(label=label)}
    )

    assert client.get(made["Location"]).status_code == 200
    assert label in shown(client.get(written.get_absolute_url()))


def test_a_rule_that_is_changed_is_refused_to_whoever_is_second(
    client: Client, written: SchemeDraft, district: District
) -> None:
    as_(client, district.assessor)
    address = f"{written.get_absolute_url()}rules/就业/"

    refused = client.post(address, {"version": "1", **completion()})

    assert "改过这份办法" in shown(refused)


def test_rules_that_rest_on_each_other_are_told_so(client: Client, written: SchemeDraft, district: District) -> None:
    by = district.assessor
    round_ = {
        **LATE,
        "id": "甲",
        "label": "甲",
        "method": {"formula": {"full": 0, "points": "月报", "floor": 0, "cap": None}},
    }
    written = actions.put_rule(written, round_, as_=Writing(written.version, NOW, by))
    back = {**LATE, "method": {"formula": {"full": 10, "points": "甲", "floor": 0, "cap": None}}}
    written = actions.put_rule(written, back, as_=Writing(written.version, NOW, by))
    as_(client, by)

    page = client.get(f"{written.get_absolute_url()}rules/甲/case/")
    worked = client.post(f"{written.get_absolute_url()}rules/甲/case/", {"do": "work"})

    assert page.status_code == 200
    assert "请看" not in shown(worked)
    assert "月报及时" in shown(client.get(written.get_absolute_url()))

"""What is sent empty is asked for again, beside what was sent; and what a copy of a scheme settles."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from pytest_django import Settings

from shoushan.assessment import actions
from shoushan.assessment.actions import Writing
from shoushan.assessment.models import SchemeComment, SchemeDraft
from shoushan.assessment.queries.consulting import waiting_for
from shoushan.assessment.queries.schemes import schemes_of
from shoushan.assessment.queries.texts import cases_of, content_of
from shoushan.assessment.tests.test_draft_pages import as_
from shoushan.assessment.tests.test_drafts import AFTER, ANSWERS, JOBS, LATE, NOW, UNTIL
from shoushan.returns.testing import District

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(district: District, settings: Settings) -> SchemeDraft:
    """A complete draft that the units are asked about."""
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    draft = actions.start_draft(2027, "2027年度办法", at=NOW, by=district.assessor)

    def writing() -> Writing:
        return Writing(draft.version, NOW, district.assessor)

    draft = actions.set_head(draft, title=draft.title, source="首善办发〔2026〕30号", as_=writing())
    for rule in (JOBS, LATE):
        draft = actions.put_rule(draft, rule, as_=writing())
    for question, answer in ANSWERS.items():
        draft = actions.answer_question(draft, question, answer, as_=writing())
    return actions.consult(draft, UNTIL, at=NOW, by=district.assessor)


def test_today_tells_units_that_they_are_asked_until_they_said_something(
    asked: SchemeDraft, district: District
) -> None:
    def waiting(on: date) -> list[Any]:
        return [task.title for task in waiting_for(district.reporter, on)]

    assert waiting(UNTIL) == ["请本单位对《2027年度办法》提意见"]
    assert waiting(date(2026, 12, 11)) == []
    assert list(waiting_for(district.supervisor, UNTIL)) == []

    actions.comment(asked, "就业权重偏高", at=NOW, by=district.reporter)

    assert waiting(UNTIL) == []


def test_today_tells_the_office_what_it_answers_and_when_it_publishes(asked: SchemeDraft, district: District) -> None:
    def waiting(on: date) -> list[Any]:
        return [(task.title, task.due, task.url) for task in waiting_for(district.assessor, on)]

    assert waiting(UNTIL) == []
    comment = actions.comment(asked, "就业权重偏高", at=NOW, by=district.reporter)
    last_day = date(2026, 12, 31)
    assert waiting(UNTIL) == [("答复对《2027年度办法》的意见：1条", last_day, comment.get_absolute_url())]

    actions.answer_comment(comment, "已研究，维持", at=AFTER, by=district.assessor)

    assert waiting(UNTIL) == []
    assert waiting(date(2026, 12, 11)) == [("年度开始前公布《2027年度办法》", last_day, asked.get_absolute_url())]


@pytest.mark.parametrize("path", ["consult/", "withdraw/", "head/"])
def test_what_the_office_sends_empty_is_asked_for_again(
    client: Client, asked: SchemeDraft, district: District, path: str
) -> None:
    answer = as_(client, district.assessor).post(f"{asked.get_absolute_url()}{path}", {"version": str(asked.version)})

    asked.refresh_from_db()
    assert asked.state == SchemeDraft.State.CONSULTING
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_comment_and_its_answer_need_words(client: Client, asked: SchemeDraft, district: District) -> None:
    base = asked.get_absolute_url()

    empty = as_(client, district.reporter).post(f"{base}comment/", {"rule": "", "words": ""})
    assert empty.status_code == 200
    assert not SchemeComment.objects.exists()

    client.post(f"{base}comment/", {"rule": "就业", "words": "权重偏高"})
    comment = SchemeComment.objects.get()
    assert "新增就业" in str(comment) or "就业" in str(comment)
    assert str(asked) == "2027年度办法"

    unsaid = as_(client, district.assessor).post(f"/schemes/comments/{comment.pk}/answer/", {"words": ""})
    comment.refresh_from_db()
    assert unsaid.status_code == 200
    assert comment.answer == ""


def test_the_office_publishes_on_the_page_once_the_window_is_over(
    client: Client, asked: SchemeDraft, district: District, settings: Settings
) -> None:
    settings.SHOUSHAN_TODAY = AFTER.date()

    done = as_(client, district.assessor).post(f"{asked.get_absolute_url()}publish/")

    asked.refresh_from_db()
    assert done.status_code == 302
    assert asked.state == SchemeDraft.State.PUBLISHED
    assert len(schemes_of(2027)) == 1


def test_a_copy_settles_what_changed_inside_the_year(district: District, schemes: Path) -> None:
    text: dict[str, Any] = yaml.safe_load((schemes / "scheme.yaml").read_text(encoding="utf-8"))
    late = text["rules"][1]
    change = {
        "since": date(2026, 7, 1), "published": date(2026, 6, 1), "source": "补充通知",
        "method": {"deduction": {"each": {"returns.late": 1}}},
    }  # fmt: skip
    late |= {"changes": [change], "change_counts": "month"}
    text["rules"].append(
        {
            **text["rules"][0],
            "id": "people.gone",
            "label": "上半年就业",
            "until": date(2026, 6, 30),
            "section": "people",
        }
    )
    (schemes / "scheme.yaml").write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")
    case = {"because": "一", "facts": {"jobs.actual": 1, "jobs.target": 2}, "points": 45}
    cases = [
        {**case, "name": "半数", "rule": "people.jobs", "as_of": date(2026, 12, 31)},
        {**case, "name": "上半年", "rule": "people.jobs", "as_of": date(2026, 6, 30)},
    ]
    (schemes / "cases.yaml").write_text(yaml.safe_dump(cases, allow_unicode=True), encoding="utf-8")
    [last] = schemes_of(2026)

    draft = actions.start_draft(2027, "2027年度办法", copy=last, at=NOW, by=district.assessor)

    rules = content_of(draft)["rules"]
    assert [rule["id"] for rule in rules] == ["people.jobs", "duty.returns"]
    assert rules[1]["method"]["deduction"] == {"full": 10, "each": {"returns.late": 1}, "floor": 0}
    assert "changes" not in rules[1]
    assert [(each["name"], each["as_of"]) for each in cases_of(draft)] == [("半数", date(2027, 12, 31))]


def test_a_rule_goes_with_the_ties_it_decides_and_the_answer_that_names_it(
    asked: SchemeDraft, district: District
) -> None:
    draft = actions.start_draft(2027, "再拟办法", at=NOW, by=district.assessor)
    for act, given in ((actions.put_rule, (JOBS,)), (actions.put_rule, (LATE,))):
        draft = act(draft, *given, as_=Writing(draft.version, NOW, district.assessor))
    for question, answer in (("tie_break", [{"rule": "月报"}, {"rule": "就业"}]), ("falsity", "月报")):
        draft = actions.answer_question(draft, question, answer, as_=Writing(draft.version, NOW, district.assessor))

    draft = actions.drop_rule(draft, "月报", as_=Writing(draft.version, NOW, district.assessor))

    text = content_of(draft)
    answers = {**text, **text.get("choices", {})}
    assert answers["tie_break"] == [{"rule": "就业"}]
    assert "falsity" not in answers

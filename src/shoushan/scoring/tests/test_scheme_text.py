"""A scheme is checked with file and line, read out, compared, written anew, and known to editors."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from shoushan.core.errors import Refusal, Refusals
from shoushan.scoring import Scheme, load_scheme
from shoushan.scoring.checking import findings
from shoushan.scoring.command import scheme_main
from shoushan.scoring.dumping import dumped
from shoushan.scoring.loading import read_yaml, scheme_from
from shoushan.scoring.protected import is_protected
from shoushan.scoring.questions import QUESTIONS
from shoushan.scoring.schema import json_schema
from shoushan.scoring.tests.making import CHOICES, make_rule, make_scheme, make_written
from shoushan.scoring.versions import compared

ROOT = Path(__file__).parents[4]
DEMONSTRATION = ROOT / "schemes" / "shoushan-2026"
REFERENCE = (ROOT / "docs" / "reference" / "schemes.md").read_text()


def _written() -> list[dict[str, Any]]:
    """Every scheme of the project and every recipe of the reference."""
    [head] = re.findall(r"```yaml head\n(.*?)```", REFERENCE, re.DOTALL)
    head = read_yaml(head, "head")
    recipes = [read_yaml(each, "recipe") for each in re.findall(r"```yaml recipe\n(.*?)```", REFERENCE, re.DOTALL)]
    found = [head | each | {"choices": head["choices"] | each.get("choices", {})} for each in recipes]
    return [read_yaml((DEMONSTRATION / "scheme.yaml").read_text(), "scheme.yaml"), *found]


@pytest.mark.parametrize("written", _written())
def test_a_scheme_written_anew_is_the_same_scheme(written: dict[str, Any]) -> None:
    scheme = scheme_from(written, "")

    assert scheme_from(read_yaml(dumped(scheme), "scheme.yaml"), "") == scheme


def test_changes_are_written_anew_too() -> None:
    change = {"since": "2026-07-01", "published": "2026-06-20", "source": "十八号"}
    change["method"] = {"deduction": {"each": {"late": 1}}}  # type: ignore[assignment]
    rule = make_rule(method={"deduction": {"full": 10, "each": {"late": "0.5"}}}, changes=[change])
    scheme = make_scheme(rule, choices=CHOICES | {"change_counts": "month"})

    assert scheme_from(read_yaml(dumped(scheme), "scheme.yaml"), "") == scheme


@pytest.mark.parametrize("written", _written())
def test_editors_accept_what_loads(written: dict[str, Any]) -> None:
    plain = json.loads(
        json.dumps(written, default=lambda each: float(each) if hasattr(each, "as_tuple") else str(each))
    )

    assert [*jsonschema.Draft202012Validator(json_schema()).iter_errors(plain)] == []


def test_editors_point_out_a_misspelt_word() -> None:
    written = make_written(make_rule(labell="x"))

    assert [*jsonschema.Draft202012Validator(json_schema()).iter_errors(written)]


@pytest.mark.parametrize("question", sorted(set(QUESTIONS) - {"cap", "costs", "low", "high", "start", "change_counts"}))
def test_an_open_question_is_asked_with_its_answers(question: str) -> None:
    every = [
        make_rule("a"),
        make_rule("b", method={"overfulfilment": {"full": 1, "step": 1, "bonus": 1, "bonus_cap": 1}}),
        make_rule("c", method={"bands": {"bands": [{"least": 1, "points": 1}]}}),
        make_rule("d", method={"ranking": {"points": [1]}}),
        make_rule("e", method={"efficacy": {}}, indicator={"value": "e"}),
        make_rule("f", method={"best": {"full": 1}}, indicator={"value": "e"}),
        make_rule("g", method={"limit": {"full": 1, "per_percent": 1}}),
    ]
    choices = {name: answer for name, answer in CHOICES.items() if name != question}
    grades = {"levels": [{"grade": "甲", "least": 90}, {"grade": "乙"}], "quota": {"share": "0.3", "source": "一"}}

    with pytest.raises(Refusals) as refused:
        scheme_from(make_written(*every, choices=choices, grades=grades), "")

    assert [each.code for each in refused.value.refusals] == [f"scheme.ask.{question}"]


@pytest.mark.parametrize(("method", "key"), [("addition", "cap"), ("improvement", "start"), ("improvement", "low")])
def test_what_differs_from_method_to_method_is_asked_in_the_rule(method: str, key: str) -> None:
    numbers = {"addition": {"each": {"a": 1}}, "improvement": {"full": 1, "points": 1, "per": 1, "low": 0, "high": 1}}
    rule = make_rule(method={method: numbers[method]}, indicator={"value": "a"} if method == "improvement" else None)
    rule["method"][method].pop(key, None)

    with pytest.raises(Refusals) as refused:
        scheme_from(make_written(rule, choices=CHOICES | {key: 1}), "")

    assert refused.value.refusals[0].code == f"scheme.ask.{key}"


@pytest.mark.parametrize(("choices", "code"), [({"tiess": "same"}, "scheme.unknown_key"), (["ties"], "scheme.choices")])
def test_choices_are_spelt_right(choices: Any, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        scheme_from(make_written(choices=choices), "")

    assert refused.value.code == code


def _doubts(scheme: Scheme, indicators: frozenset[str] = frozenset()) -> set[str]:
    found = findings(scheme, indicators)
    assert all("%(" not in each.sentence % each.params for each in found)
    return {each.code for each in found}


HUNDRED = make_rule(full=100)


def test_a_sound_scheme_leaves_no_doubt() -> None:
    assert _doubts(load_scheme(DEMONSTRATION)) == set()
    assert _doubts(make_scheme(HUNDRED), frozenset({"roads"})) == set()


VETO = {"label": "v", "source": "一", "since": "2026-03-09", "basis": "批准", "when": "accidents", "effect": "bar"}
BANDS = {"full": 100, "bands": [{"least": 90, "points": 100}, {"least": 80, "points": 100}, {"least": 70, "points": 2}]}


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        (make_scheme(make_rule(full=96)), "weights"),
        (make_scheme(make_rule(section="a"), sections=[{"id": "a", "label": "a", "weight": 120}]), "weights"),
        (make_scheme(make_rule(method={"bands": BANDS})), "band"),
        (make_scheme(make_rule(method={"bands": {**BANDS, "bands": BANDS["bands"][::2], "below": 3}})), "band"),  # type: ignore[index]
        (make_scheme(HUNDRED, grades={"levels": [{"grade": "甲", "least": 101}, {"grade": "乙"}]}), "grade"),
        (make_scheme(HUNDRED, vetoes=[{**VETO, "id": "v"}, {**VETO, "id": "w"}]), "veto"),
        (
            make_scheme(
                make_rule("a", label="一", until="2026-06-30", full=50),
                make_rule("b", label="一", since="2026-07-02", full=50),
            ),
            "dates",
        ),
    ],
)
def test_what_is_probably_not_meant_is_pointed_out(scheme: Scheme, code: str) -> None:
    assert _doubts(scheme) == {code}


def test_an_indicator_that_is_not_in_the_list_is_pointed_out_with_the_nearest() -> None:
    assert _doubts(make_scheme(HUNDRED), frozenset({"road"})) == {"indicator"}


def test_a_refusal_and_a_doubt_name_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "scheme.yaml"
    text = (DEMONSTRATION / "scheme.yaml").read_text()
    file.write_text(text.replace("weight: 35", "weight: 30"))

    assert scheme_main(["check", str(file), "--lang", "en"]) == 1
    line = text[: text.index("sections:")].count("\n") + 1
    assert f"{file}:{line}: The weights" in capsys.readouterr().out

    file.write_text(text.replace("minimum: 0.5}", "minimum: -1}"))
    assert scheme_main(["check", str(file), "--lang", "zh-hans"]) == 2
    line = text[: text.index("minimum: 0.5}")].count("\n") + 1
    assert f"{file}:{line}: " in capsys.readouterr().err

    file.write_text(text.replace("  symmetric: false ", "  #"))
    assert scheme_main(["check", str(file), "--lang", "zh-hans"]) == 2
    assert "true：每少一步扣同样的分。" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_a_scheme_is_read_out(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert scheme_main(["explain", str(DEMONSTRATION), "--lang", language]) == 0

    said = capsys.readouterr().out
    assert "2.7 ÷ 3 × 8 = 7.2" in said
    assert "%(" not in said


@pytest.mark.parametrize("written", _written())
def test_every_recipe_can_be_read_out(written: dict[str, Any], tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "scheme.yaml"
    file.write_text(dumped(scheme_from(written, "")))

    assert scheme_main(["explain", str(file), "--lang", "en"]) == 0
    assert "%(" not in capsys.readouterr().out


def test_two_versions_are_compared_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "scheme.yaml"
    text = (DEMONSTRATION / "scheme.yaml").read_text()
    file.write_text(text.replace("least: 90, points: 4", "least: 90, points: 4.5"))

    assert scheme_main(["diff", str(DEMONSTRATION), str(file), "--lang", "en"]) == 0

    said = capsys.readouterr().out
    assert said.startswith("引进500万元以上投资项目 (economy.investment_projects): ")
    assert said.endswith("bands.bands.2.points was 4 and is 4.5, since 2026-03-09.\n")


def test_a_rule_that_came_and_one_that_went_are_named() -> None:
    before, after = make_scheme(make_rule("a")), make_scheme(make_rule("b"))

    said = [sentence % params for sentence, params in compared(before, after)]

    assert said == ["规则a (a) was dropped.", "规则b (b) is new, since 2026-03-09."]


def test_schemes_are_written_and_described_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert scheme_main(["write", str(DEMONSTRATION)]) == 0
    assert read_yaml(capsys.readouterr().out, "scheme.yaml")["key"] == "shoushan-2026"
    assert scheme_main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema()


def test_a_list_of_indicators_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names, scheme = tmp_path / "indicators.txt", tmp_path / "scheme.yaml"
    names.write_text("road.actual,道路\n\ntrees,绿化\n")
    scheme.write_text(dumped(make_scheme(HUNDRED)))

    assert scheme_main(["check", str(scheme), "--indicators", str(names), "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "There is no indicator roads.actual; the nearest is road.actual." in said
    assert scheme_main(["check", str(scheme), "--indicators", str(tmp_path / "none"), "--lang", "en"]) == 2
    assert "none is not there, or is not a text in UTF-8." in capsys.readouterr().err


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]\n" for at in range(1, 8)
)


@pytest.mark.parametrize(
    "text", [BOMB, "[" * 30 + "]" * 30, "a: " + "x" * 1_000_001, "a: &a [*a]\nb: [" + "*a, " * 101 + "]"]
)
def test_a_file_that_would_grow_beyond_measure_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_yaml(text, "scheme.yaml")

    assert refused.value.code == "scheme.too_large"


def test_a_list_that_holds_itself_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read_yaml("a: &a [*a]\n", "scheme.yaml")

    assert refused.value.code == "scheme.too_large"


@pytest.mark.parametrize(
    "name",
    [
        "罚没收入",
        "罰款指標",
        "点赞数",
        "登录次数",
        "简报篇数",
        "媒体报道",
        "投诉量",
        "排查隐患数量",
        "拆除速度",
        "捐款金额",
        "会议次数",
    ]
    + [
        "fines.amount",
        "app.logins",
        "demolition.speed",
        "complaints.count",
        "hazards.found",
        "进京上访",
        "photos.count",
    ],
)
def test_protected_matters_are_never_scored(name: str) -> None:
    assert is_protected(name)
    with pytest.raises(Refusal) as refused:
        make_scheme(make_rule(label=name))
    assert refused.value.code == "goal.counts_people"


@pytest.mark.parametrize(
    "name", ["隐患按期整改", "信访事项按期办结率", "hazards.in_time", "投资额", "群众满意率", "complaints.in_time"]
)
def test_what_was_done_about_them_is_scored(name: str) -> None:
    assert not is_protected(name)


CHANGE = {"since": "2026-07-01", "published": "2026-06-20", "source": "十八号", "method": {"deduction": {"full": 5}}}


@pytest.mark.parametrize(
    ("change", "more", "said"),
    [
        ({"published": "2026-07-02"}, {}, "forward only"),
        ({"since": "2026-03-01", "published": "2026-02-01"}, {}, "go forward"),
        ({"since": "2026-07-15"}, {}, "month by month"),
        ({"method": {"addition": {"each": {"a": 1}, "cap": None}}}, {}, "same method"),
        ({}, {"until": "2026-05-01"}, "go forward"),
        ({}, {"since": "2026-03-01"}, "before it was published"),
        ({}, {"published": "2026-03-10"}, "forward only"),
    ],
)
def test_changes_go_forward(change: dict[str, Any], more: dict[str, Any], said: str) -> None:
    rule = make_rule(method={"deduction": {"full": 10, "each": {"late": 1}}}, changes=[CHANGE | change], **more)

    with pytest.raises(Refusal) as refused:
        make_scheme(rule, choices=CHOICES | {"change_counts": "month"})

    assert said in " ".join(map(str, getattr(refused.value, "refusals", [refused.value])))


@pytest.mark.parametrize(
    "scheme",
    [
        # a section without a weight takes no part in the hundred
        make_scheme(
            make_rule(section="a"),
            sections=[{"id": "a", "label": "a", "weight": 100}, {"id": "b", "label": "b"}],
        ),
        # what may exceed its full points, or has none, may reach any grade
        make_scheme(
            make_rule(method={"completion": {"full": 100, "cap": "1.2"}}),
            grades={"levels": [{"grade": "甲", "least": 110}, {"grade": "乙"}]},
        ),
        # the later numbers begin on the day after the earlier ones end
        make_scheme(
            make_rule("a", label="一", until="2026-06-30", full=50),
            make_rule("b", label="一", since="2026-07-01", full=50),
        ),
    ],
)
def test_what_only_looks_odd_is_no_doubt(scheme: Scheme) -> None:
    assert _doubts(scheme) == set()


def test_numbers_that_change_by_the_day_are_those_of_the_day_and_are_read_out(tmp_path: Path, capsys: Any) -> None:
    new = {"since": "2026-07-01", "published": "2026-06-20", "source": "十八号",
           "method": {"completion": {"full": 20}}}  # fmt: skip
    written = make_written(make_rule(changes=[new], change_counts="day"))
    scheme = scheme_from(written, "")
    (tmp_path / "scheme.yaml").write_text(dumped(scheme))

    fulls = [scheme.resolved(day, set()).rules[0].method.full for day in (date(2026, 6, 30), date(2026, 7, 1), None)]

    assert fulls == [10, 20, 20]
    assert scheme_main(["explain", str(tmp_path), "--lang", "en"]) == 0
    assert "From 2026-07-01 (十八号): roads.actual ÷ roads.target × 20 points." in capsys.readouterr().out

"""The grammar by small sentences of our own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shoushan.reading import Commitment, read
from shoushan.reading.dates import moments
from shoushan.reading.numerals import plain_decimal, value_of


def only(text: str, kind: str = "target", year: int = 2026) -> Commitment:
    """The one commitment of a kind that a sentence holds."""
    found = [one for one in read(text, year=year) if one.kind == kind]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,234.50", "1234.5"),
        ("1.76万", "17600"),
        ("2亿4千万", "240000000"),
        ("二十五", "25"),
        ("两万一千", "21000"),
        ("百", "100"),
        ("一百二十", "120"),
        ("十万", "100000"),
        ("三点五", "3.5"),
        ("一亿二千万", "120000000"),
    ],
)
def test_a_numeral_has_its_value(words: str, value: str) -> None:
    found = value_of(words)

    assert found is not None
    assert plain_decimal(found) == value
    assert found == Decimal(value)


def test_a_number_without_end_is_no_numeral() -> None:
    assert value_of("9" * 5000) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "compare", "basis"),
    [
        ("全年引进项目超百个。", "100", "item", "more_than", "level"),
        ("全区生产总值增长5.5%左右。", "5.5", "percent", "about", "growth"),
        ("全区生产总值增长5%—5.5%。", ("5", "5.5"), "percent", "between", "growth"),
        ("单位能耗下降3.2%以上。", "3.2", "percent", "at_least", "decline"),
        ("办理满意率不低于九成五。", "95", "percent", "at_least", "share"),
        ("财政收入达到3亿元。", "300000000", "yuan", "at_least", "level"),
        ("新增绿化面积30公顷。", "30", "hectare", "exactly", "increase"),
        ("确保不发生较大火灾事故。", "0", "item", "never", "level"),
        ("使就近就医比例提高到三分之二。", "66.67", "percent", "exactly", "share"),
        ("实际使用外资2,100万美元。", "21000000", "usd", "exactly", "level"),
        ("全区失业率控制在5%以内。", "5", "percent", "at_most", "share"),
        ("新增停车泊位500个。", "500", "place", "exactly", "increase"),
        ("群众诉求3日内办结。", "3", "day", "at_most", "level"),
    ],
)
def test_a_target_says_what_is_measured_and_how(
    text: str, value: str | tuple[str, str], unit: str, compare: str, basis: str
) -> None:
    found = only(text)

    assert (found.value, found.unit, found.compare, found.basis) == (value, unit, compare, basis)


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("今年力争实现财政收入达到3亿元。", "财政收入"),
        ("打造40个消费品产业集群。", "消费品产业集群"),
        ("新增高新技术企业60家。", "高新技术企业"),
        ("确保不发生较大火灾事故。", "较大火灾事故"),
    ],
)
def test_an_indicator_is_the_shortest_words_that_name_it(text: str, indicator: str) -> None:
    assert only(text).indicator == indicator


def test_numbers_in_a_row_share_their_verb_and_not_their_names() -> None:
    found = read("制造业、数字经济增加值分别增长5%、8%以上。", year=2026)

    assert [one.value for one in found] == ["5", "8"]
    assert [one.basis for one in found] == ["growth", "growth"]
    assert found[0].indicator.startswith("制造业")
    assert found[1].indicator.startswith("数字经济")


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("去年旅游收入18亿元。", "past", "past.word"),
        ("企业由8家增加到12家。", "past", "past.base"),
        ("加快“两个率先”进程。", "other", "other.name"),
        ("这是一种精神。", "other", "other.vague"),
        ("依照本法第36条办理。", "other", "other.ordinal"),
        ("如获批准，再增10个项目。", "other", "other.condition"),
        ("项目总投资31.2亿元。", "other", "other.size"),
        ("预计带动产值130亿元。", "other", "other.forecast"),
        ("全国增长5%左右。", "other", "other.elsewhere"),
        ("每超一项的加2分。", "other", "other.assessment"),
        ("实施三年行动。", "other", "other.period"),
        ("引进5000万元以上的项目20个。", "other", "other.threshold"),
        ("不再考核招商任务100家。", "other", "other.negated"),
    ],
)
def test_what_is_no_target_is_kept_out_by_a_named_rule(text: str, kind: str, why: str) -> None:
    assert (kind, why) in [(one.kind, one.why) for one in read(text, year=2026)]


def test_the_section_decides_where_the_sentence_does_not() -> None:
    text = "一、2025年工作回顾\n完成投资100亿元。\n二、2026年主要目标\n完成投资120亿元。\n"

    kinds = {one.words: (one.kind, one.section) for one in read(text, year=2026) if one.kind != "other"}

    assert kinds == {"100亿元": ("past", "2025年工作回顾"), "120亿元": ("target", "2026年主要目标")}


def test_a_half_year_that_is_over_is_past() -> None:
    found = read("上半年完成投资20亿元，下半年要完成投资30亿元。", delivered=date(2026, 7, 8))

    assert [one.kind for one in found if one.unit == "yuan" or one.kind == "past"] == ["past", "target"]


def test_goals_of_a_five_year_section_are_due_at_its_end() -> None:
    text = "二、“十五五”时期主要目标\n全员劳动生产率达到20万元/人。\n"

    assert only(text).deadline == "2030"


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("6月20日前", "2026-06-20"),
        ("6月底前", "2026-06-30"),
        ("上半年", "2026-06-30"),
        ("一季度", "2026-03-31"),
        ("年底前", "2026-12-31"),
        ("6月份", "2026-06"),
        ("3月下旬", "2026-03-21/2026-03-31"),
        ("2月下旬", "2026-02-21/2026-02-28"),
        ("到2030年", "2030"),
        ("十五五末", "2030"),
        ("民国119年", "2030"),
        ("2026年", None),
    ],
)
def test_a_date_is_a_deadline(text: str, deadline: str | None) -> None:
    assert moments(text, 2026)[0].deadline == deadline


def test_a_dated_task_names_who_does_it() -> None:
    found = only("城管局3月中旬完成护栏清洗。", "task")

    assert (found.words, found.deadline, found.responsible) == (
        "3月中旬完成护栏清洗",
        "2026-03-11/2026-03-20",
        ("城管局",),
    )


def test_a_body_that_is_set_up_is_an_institution() -> None:
    assert only("成立集中整改领导小组，由分管领导牵头。", "institution").words == "集中整改领导小组"


def test_a_drive_is_found_where_it_is_first_called_for() -> None:
    text = "今年开展“清河”专项行动。各街道实施“清河”专项行动。"

    assert only(text, "campaign").words == "“清河”专项行动"


def test_a_table_is_read_by_its_columns() -> None:
    text = "序号\t指标\t单位\t2025年实绩\t2026年计划\t责任单位\n1\t造林面积\t公顷\t260\t≥240\t园林局\n"

    found = only(text)

    assert (found.indicator, found.value, found.unit, found.compare, found.responsible) == (
        "造林面积",
        "240",
        "hectare",
        "at_least",
        ("园林局",),
    )

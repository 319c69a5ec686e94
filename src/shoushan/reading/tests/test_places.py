"""Every place that the reader names is a place in the text as it was received."""

from __future__ import annotations

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shoushan.reading import contradictions, explain, read

PIECES = """
今年 去年 力争 完成 新增 项目 投资 亿元 万 百 个 %
以上 左右 ， 。 、 ； “ ” （ ） 3 10 2026 年 月 日 底前 三 一 二 两 成
开展 行动
成立 领导小组 由 住建局 负责 指标 单位 計劃 億元 擴大 １ ２ ． ％ 不发生 第 其中 分别 增长 : , . 如 若 扣 和 每
"""
WORDS = st.sampled_from([*PIECES.split(), " ", "\t", "\n"])
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map("".join))


@settings(max_examples=300)
@given(TEXTS)
def test_words_stand_where_they_are_said_to_stand(text: str) -> None:
    found = read(text, year=2026)

    for one in found:
        assert one.words == text[slice(*one.at)]
        assert one.words
        assert one.passage[0] <= one.at[0] < one.at[1] <= one.passage[1]
        assert explain(one.why)
    for checked in contradictions(text, found):
        assert str(checked)


@settings(max_examples=100)
@given(TEXTS)
def test_numbers_never_overlap(text: str) -> None:
    numbers = sorted(one.at for one in read(text) if one.kind in {"target", "past", "other"})

    assert all(before[1] <= after[0] for before, after in zip(numbers, numbers[1:], strict=False))


TRADITIONAL = """一、興起招商熱潮
今年力爭引進5000萬元以上投資項目超百個、實際利用外資增長30%以上。
各街道3月中旬舉辦投資說明會，成立工作專班，開展環境整治專項行動，確保不發生安全事故。
"""


def test_traditional_and_simplified_read_alike() -> None:
    simplified = opencc.OpenCC("t2s").convert(TRADITIONAL)

    ours, theirs = read(TRADITIONAL, year=2026), read(simplified, year=2026)

    assert len(ours) > 5
    assert [(one.kind, one.at, one.value, one.unit, one.why) for one in ours] == [
        (one.kind, one.at, one.value, one.unit, one.why) for one in theirs
    ]
    assert [one.words for one in ours] != [one.words for one in theirs]


@pytest.mark.parametrize(
    "text",
    [
        "全年完成投资４８．５\n亿元，新增绿化面积３０公\n顷，改造老旧小区１２个。",
        "新 增 绿 化 面 积 3 0 公顷，改造户厕1 150户。",
    ],
)
def test_broken_lines_and_spaced_figures_are_read_whole(text: str) -> None:
    found = [one for one in read(text, year=2026) if one.kind == "target"]

    assert [one.value for one in found] in (["4850000000", "30", "12"], ["30", "1150"])
    assert all(one.words == text[slice(*one.at)] for one in found)


def test_without_punctuation_there_is_still_a_reading() -> None:
    found = read("今年全区完成投资100亿元新增企业20家改造小区5个" * 50, year=2026)

    assert {one.value for one in found if one.kind == "target"} == {"10000000000", "20", "5"}

"""What counts who petitions is known by its name, however it is written; what measures the answer is not."""

from __future__ import annotations

import pytest

from shoushan.core.petitioning import counts_people


@pytest.mark.parametrize(
    "text",
    [
        "进京上访人次", "進京上訪人次", "不发生进京上访", "赴省集体访批次", "越级访", "来访人数", "來訪批次",
        "信访总量", "信访量下降率", "信访事项数", "信訪案件數量", "信访件次", "重复访占比", "零上访", "信访人数",
        "到京访", "进京 个访", "信访案件总数", "信访事项登记数", "Petitioners", "Number of petitions",
        "Visits to the capital", "petition visits", "petitions.visits", "petitions.capital_visits",
        "streets.petitioners", "petitions.count", "petitions.repeat_visits", "petitions.letters_received",
    ],
)  # fmt: skip
def test_a_figure_of_people_visits_or_places_is_known(text: str) -> None:
    assert counts_people(text)


@pytest.mark.parametrize(
    "text",
    [
        "信访事项按期办结率", "群众满意率", "信访事项及时受理率", "信访案件化解率", "答复按期率", "复查改变率",
        "进京招商活动", "来访客商", "走访企业", "赴省招商批次", "带案下访化解", "petitions.on_time",
        "petitions.satisfaction", "petitions.told_in_time", "petitions.answered_in_time_share", "investment.projects",
        "Matters answered", "Matters told about", "家访", "信访事项按期办结数", "petitions.reviewed",
        "petitions.answered",
    ],
)  # fmt: skip
def test_a_figure_of_the_answer_is_left_alone(text: str) -> None:
    assert not counts_people(text)

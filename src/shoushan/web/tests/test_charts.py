from decimal import Decimal

from django.utils import translation

from shoushan.web.charts import LineChart, MonthBars, bar
from shoushan.web.lights import LIGHTS, light


def test_a_bar_tells_verified_from_reported_and_shows_the_schedule() -> None:
    drawn = bar(Decimal("0.812"), Decimal("0.901"), Decimal("0.921"), "yellow")

    assert 'class="done" y="5" width="81.2%"' in drawn
    assert 'class="told" y="5" width="90.1%"' in drawn
    assert '<svg x="92.1%">' in drawn
    assert "url(#hatch-warn)" in drawn


def test_a_bar_says_in_words_what_it_draws() -> None:
    with translation.override("zh-hans"):
        assert 'aria-label="已核实81.2%，已填90.1%，序时92.1%"' in bar(
            Decimal("0.812"), Decimal("0.901"), Decimal("0.921"), "yellow"
        )


def test_more_than_the_whole_is_drawn_as_the_whole_and_said_as_it_is() -> None:
    drawn = bar(Decimal("1.3"), None, Decimal("2"), "green")

    assert 'width="100%" height="12" rx="2"/><svg' in drawn
    assert "130.0%" in drawn


def test_nothing_known_is_an_empty_bar() -> None:
    assert "done" not in bar(None)


def test_an_unknown_light_is_grey_and_never_green() -> None:
    assert light("purple") is LIGHTS["grey"]


def test_a_line_breaks_where_nothing_is_known() -> None:
    chart = LineChart(
        "a",
        ["1", "2", "3", "4"],
        [Decimal(1), Decimal(2), None, Decimal(4)],
        [Decimal(1), Decimal(2), Decimal(3), Decimal(4)],
    )

    assert chart.svg().count('class="real"') == 1
    assert chart.svg().count('class="dot"') == 3


def test_a_chart_has_the_same_figures_as_rows() -> None:
    chart = LineChart("a", ["1月", "2月"], [Decimal("1000.5"), None], [Decimal(1000), Decimal(2000)], unit="万元")

    assert chart.rows == [("1月", "1,000.5", "1,000"), ("2月", "—", "2,000")]
    assert chart.top_words == "2,000万元"


def test_a_chart_of_nothing_is_still_drawn() -> None:
    assert "<svg" in LineChart("a", ["1"], [None], [None]).svg()
    assert "<svg" in MonthBars("a", [], []).svg()


def test_the_last_month_is_marked() -> None:
    bars = MonthBars("a", ["1", "2", "3"], [Decimal(10), None, Decimal(20)])

    assert bars.svg().count('class="now"') == 1
    assert bars.rows[1] == ("2", "—")


def test_drawings_carry_no_styles_which_the_security_policy_would_refuse() -> None:
    chart = LineChart("a", ["1", "2"], [Decimal(1), Decimal(2)], [Decimal(1), Decimal(2)])

    assert (
        "style="
        not in bar(Decimal("0.5"), Decimal("0.6"), Decimal("0.7"))
        + chart.svg()
        + MonthBars("a", ["1"], [Decimal(1)]).svg()
    )

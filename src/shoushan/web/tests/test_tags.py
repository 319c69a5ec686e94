from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.template import engines
from django.test import RequestFactory
from pytest_django import Settings

from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.web.charts import LineChart, MonthBars


@pytest.fixture(autouse=True)
def third_of_december(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)


def render(template: str, /, _address: str = "/letters/", **given: Any) -> str:
    request = RequestFactory().get(_address)
    request.money = "wan"  # type: ignore[attr-defined]
    return engines["django"].from_string(template).render(given, request)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (
            "{% figure n '个' %}",
            '<span class="n">1,234.5<span class="unit">个</span></span>',
        ),
        ("{% figure nothing '个' %}", '<span class="n">—</span>'),
        ("{% money yuan %}", '<span class="n" title="12,400,000元">1,240<span class="unit">万元</span></span>'),
        ("{% money yuan bare=True %}", '<span class="n" title="12,400,000元">1,240</span>'),
        (
            "{% money yuan against=yuan %}",
            '<span class="n" title="12,400,000元">1,240<span class="unit">万元</span></span>',
        ),
        ("{% money_unit %}", "万元"),
        ("{% quantity n '条' %}", '<span class="n">1,234.5<span class="unit">条</span></span>'),
        ("{% quantity n '条' places=0 against=n bare=True %}", '<span class="n">1,234.5</span>'),
        ("{% quantity_unit 'yuan' %} {% quantity_unit 'percent' %} {% quantity_unit '条' %}", "万元 % 条"),
        ("{{ n|number }} {{ n|number:0 }} {{ share|percent }} {{ share|points }}", "1,234.5 1,235 91.7% 91.7个百分点"),
        ("{{ day|day }} {{ day|weekday }} {{ day|until }}", "12月8日 12月8日 星期二 12月8日 星期二 24:00"),
        ("{{ at|moment }} {{ month|month }} {{ day|iso }}{{ nothing|iso }}", "23:50 11月 2026-12-08"),
        ("{% due day %}", '<span class="due">12月8日</span>\n'),
    ],
)
def test_figures_and_days_are_written(source: str, written: str) -> None:
    given: dict[str, Any] = {
        "n": Decimal("1234.5"),
        "nothing": None,
        "yuan": Decimal(12_400_000),
        "share": Decimal("0.917"),
        "day": date(2026, 12, 8),
        "at": datetime(2026, 12, 3, 15, 50, tzinfo=UTC),
        "month": Month(2026, 11),
    }

    assert render(source, **given) == written


def test_a_light_has_shape_word_and_colour_and_may_lead_somewhere() -> None:
    drawn = render('{% light "red" %}')

    assert drawn == '<span class="light bad"><svg aria-hidden="true"><use href="#bad"/></svg>滞后</span>'
    assert '<a class="light warn" href="?light=yellow">' in render('{% light "yellow" "4项" "?light=yellow" %}')


def test_what_is_overdue_is_red_with_its_shape() -> None:
    assert 'class="due light bad"' in render("{% due day %}", day=date(2026, 11, 30))


def test_charts_come_with_a_table() -> None:
    line = LineChart("收入", ["1月", "2月"], [Decimal(1), Decimal(2)], [Decimal(1), Decimal(3)], "万元")
    bars = MonthBars("收入", ["1月", "2月"], [Decimal(1), Decimal(2)], "万元")

    page = render(
        "{% chart line %}{% month_bars bars %}{% bar share None share 'green' %}", line=line, bars=bars, share=1
    )

    assert page.count("<table>") == 2
    assert '<th scope="row">2月</th><td class="num">2</td><td class="num">3</td>' in page


def test_words_of_a_document_have_their_own_voice() -> None:
    assert render("{% doc %}原句{% enddoc %}") == '<span class="doc">原句</span>'
    assert render('{% doc "/documents/1/" %}<{% enddoc %}') == '<a class="doc" href="/documents/1/"><</a>'


def test_a_panel_is_named_by_its_heading() -> None:
    page = render('{% panel title="目标" key="g" note="先看" %}x{% endpanel %}')

    assert 'aria-labelledby="g"' in page
    assert '<h2 id="g">目标</h2><span class="small soft">先看</span>' in page
    assert render("{% panel %}x{% endpanel %}") == '<section class="panel pad">x</section>'


def test_a_wide_table_scrolls_by_itself_also_by_keyboard() -> None:
    assert 'tabindex="0" role="group" aria-label="目标"' in render('{% scroll "目标" %}<table></table>{% endscroll %}')


def test_a_field_shows_the_unit_behind_its_input() -> None:
    from django import forms

    class ValueForm(forms.Form):
        value = forms.DecimalField()
        sure = forms.BooleanField(help_text="Really.")

    page = render("{% field form.value '万元' %}{% field form.sure %}", form=ValueForm())

    assert '<span class="unit">万元</span>' in page
    assert '<label class="inline"><input type="checkbox"' in page


def test_a_refusal_may_be_shown_where_it_arose() -> None:
    assert "<b>No.</b> Ask." in render("{% refusal error %}", error=Refusal("x", "No.", hint="Ask."))


def test_pages_of_a_list_keep_its_filter() -> None:
    page = render("{% pager page %}", "/letters/?state=open&page=2", page=Paginator(range(150), 50).page(2))

    assert 'href="?state=open&amp;page=1"' in page
    assert "第51至100条，共150条" in page


def test_a_query_part_is_changed_or_taken_away() -> None:
    assert render("{% query page=3 state='' %}", "/letters/?state=open&page=2") == "?page=3"


@pytest.mark.parametrize(
    "name",
    [
        "bar_key",
        "button",
        "clock",
        "digest",
        "empty",
        "explain",
        "quote",
        "receipt",
        "stages",
        "tabs",
        "timeline",
        "upload",
    ],
)
def test_every_component_is_drawn_from_its_arguments(name: str) -> None:
    at = datetime(2026, 12, 3, 4, 0, tzinfo=UTC)
    given: dict[str, Any] = {
        **dict.fromkeys(("label", "title", "said", "words", "source", "rule"), "原句"),
        **{"url": "/u/", "hidden": 2, "position": 4821, "digest": "ab" * 32, "at": at},
        "steps": [{"label": "11月", "figure": "1", "url": "/x/", "note": "n"}],
        "stages": [{"label": "签约", "state": "done", "at": date(2026, 5, 1)}, {"label": "开工", "state": "now"}],
        "tabs": [{"label": "全部", "url": "?", "count": 3, "current": True}],
        "events": [{"at": at, "who": "张静", "what": "核实", "changes": [("v", "1", "2")], "position": 7}],
        "files": [{"url": "/f/", "name": "a.jpg", "size": 2048, "at": at, "digest": "cd" * 32}],
    }

    assert "<" in render(f'{{% include "components/{name}.html" %}}', **given)


class Row(forms.Form):
    amount = forms.CharField(label="本月", max_length=4)
    is_nil = forms.BooleanField(label="本期无", required=False)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"data-x": '"<', "hidden": True, "no": False}))
    version = forms.IntegerField(widget=forms.HiddenInput)


def test_plain_inputs_are_written_as_the_templates_of_django_write_them() -> None:
    rows = [
        Row({"a-amount": "<七>", "a-is_nil": "on", "a-version": "3"}, prefix="a"),
        Row(initial={"amount": 7}),
        Row({}),
    ]

    ours = [str(field) for row in rows for field in row]
    djangos = [field.as_widget() for row in rows for field in _drawn_by_templates(row)]

    assert ours == djangos
    assert any("&lt;七&gt;" in each and "maxlength" in each for each in ours)


def _drawn_by_templates(row: Row) -> list[BoundField]:
    row.renderer = TemplatesSetting()
    return list(row)


def test_the_rows_of_a_table_have_one_summary_and_a_mistake_each() -> None:
    typed = {"a-amount": "十二万", "a-version": "1", "b-amount": "12345", "b-version": "1"}
    rows = [Row(typed, prefix=prefix) for prefix in "ab"]
    drawn = render("{% errors rows %}{% for row in rows %}{% cell row.amount %}{% endfor %}", rows=rows)

    assert drawn.count('role="alert"') == 1
    assert '<a href="#id_b-amount">' in drawn
    assert (
        '<span class="cell"><label class="sr" for="id_a-amount">本月</label><input type="text" name="a-amount"' in drawn
    )
    assert '<span class="mistake" id="id_b-amount_error">' in drawn

"""The month on paper: a box for each figure, and a code that leads to the page where it is typed."""

from __future__ import annotations

from typing import Any

import segno
from django.utils.translation import get_language, gettext, pgettext

from shoushan.exchange.paper import document_pdf
from shoushan.orgs.models import Unit
from shoushan.plans.models import Indicator
from shoushan.returns.models import Period
from shoushan.returns.queries.figures import Figure, figures_of
from shoushan.web import dates, figures


def month_pdf(period: Period, unit: Unit, address: str) -> bytes:
    """The unit's month on A4, in the reader's language; ``address`` is the page it is typed into."""
    month = dates.month(period.calendar_month)
    given = {
        "title": pgettext("paper", "Return of %(month)s") % {"month": month},
        "unit": unit.name,
        "due": dates.until(period.due_at),
        "address": address,
        "code": segno.make(address, error="m").svg_inline(scale=4, dark="#000", border=1),
        "rows": [_row(figure) for figure in figures_of(period, unit)],
        "labels": _labels(),
        "language": get_language() or "zh-hans",
        "on": str(period.calendar_month.first_day),
    }
    return document_pdf("month", given)


def _row(figure: Figure) -> dict[str, Any]:
    indicator = figure.indicator
    beside = [
        f"{gettext('Same month last year')} {figures.number(figure.last_year)}",
        f"{gettext('Last month')} {figures.number(figure.last_month)}",
        f"{gettext('To date')} {figures.number(figure.to_date)}",
    ]
    kind = gettext("total to date") if indicator.kind == Indicator.Kind.CUMULATIVE else ""
    return {
        "label": indicator.label,
        "about": figure.asked.about.name if figure.is_about_another else "",
        "measure": figure.unit,
        "beside": gettext("; ").join([kind, *beside] if kind else beside),
        "parts": indicator.kind == Indicator.Kind.RATIO and indicator.source == Indicator.Source.REPORTED,
        "nil": indicator.kind != Indicator.Kind.LEVEL,
    }


def _labels() -> dict[str, str]:
    return {
        "due": pgettext("paper", "on time until"),
        "how": pgettext(
            "paper", "One number a box, in the unit beside it. Zero is a number; tick where nothing happened."
        ),
        "scan": pgettext("paper", "Scan to enter it"),
        "numerator": gettext("numerator"),
        "denominator": gettext("denominator"),
        "nil": gettext("nothing this period"),
        "note": gettext("Note"),
        "filled": pgettext("paper", "Filled in by"),
        "on": pgettext("paper", "on (day)"),
    }

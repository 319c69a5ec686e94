"""Addresses of months, units' months, single figures, and the verifier's queue."""

from django.urls import path, register_converter

from shoushan.core.months import Month
from shoushan.returns.views import (
    burden,
    clocks,
    corrections,
    draws,
    entering,
    exceptions,
    months,
    returned,
    sheets,
    turns,
    verifying,
)


class MonthConverter:
    """``2026-11`` in an address."""

    regex = r"\d{4}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> Month:
        return Month.read(value)

    def to_url(self, value: Month | str) -> str:
        return str(value)


register_converter(MonthConverter, "month")

urlpatterns = [
    path("returns/", months.newest, name="returns"),
    path("returns/requests/", exceptions.requests, name="returns-requests"),
    path("returns/clocks/<int:number>/", clocks.year_clocks, name="returns-year-clocks"),
    path("returns/clocks/<month:month>/", clocks.month_clocks, name="returns-month-clocks"),
    path("returns/remind/<month:month>/", clocks.remind, name="returns-remind"),
    path("returns/exceptions/<int:pk>/decide/", exceptions.decide, name="exception-decide"),
    path("returns/corrections/<int:pk>/decide/", corrections.decide, name="correction-decide"),
    path("returns/<month:month>/", months.month, name="returns-month"),
    path("returns/<month:month>/<slug:code>/", months.unit_month, name="returns-unit"),
    path("returns/<month:month>/<slug:code>/exception/", exceptions.exception, name="returns-exception"),
    path("returns/<month:month>/<slug:code>/move/", exceptions.move, name="returns-move"),
    path("returns/<month:month>/<slug:code>/<str:key>/correction/", corrections.correction, name="returns-correction"),
    path("returns/<month:month>/<slug:code>/paper/", sheets.paper, name="returns-paper"),
    path("returns/<month:month>/<slug:code>/workbook/", sheets.workbook, name="returns-workbook"),
    path("returns/<month:month>/<slug:code>/workbook.xlsx", sheets.download, name="returns-workbook-file"),
    path("returns/<month:month>/<slug:code>/<str:key>/", entering.value, name="returns-value"),
    path("burden/", burden.burden, name="burden"),
    path("verify/", verifying.verify, name="verify"),
    path("verify/<int:pk>/", verifying.decide, name="verify-decide"),
    path("verify/several/", verifying.several, name="verify-several"),
    path("verify/samples/", draws.draws, name="draws"),
    path("verify/samples/<int:pk>/", draws.draw, name="draw"),
    path("verify/samples/<int:pk>/conclude/", draws.conclude, name="draw-conclude"),
    path("verify/turns/", turns.turns, name="turns"),
    path("verify/record/", returned.records, name="returned"),
    path("verify/record/<slug:code>/", returned.record, name="returned-of"),
]

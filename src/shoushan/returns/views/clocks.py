"""A year's clocks set by one rule, one month's clocks changed, and units reminded."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from shoushan.core.months import Month
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Year
from shoushan.returns import actions
from shoushan.returns.forms import ClocksForm, RuleForm
from shoushan.returns.queries import planning
from shoushan.returns.views.finding import period_of
from shoushan.web import clock, refusals
from shoushan.web.once import once


@once
def year_clocks(request: MemberRequest, number: int) -> HttpResponse:
    """What would the rule set? Asked with GET it is shown, sent it holds."""
    demand(request.user, "returns.manage")
    year = get_object_or_404(Year, number=number)
    rule = planning.rule_in_force()
    given = request.POST or request.GET
    form = RuleForm(given if "due_workday" in given else None, initial=RuleForm.of(rule))
    if form.is_valid():
        rule = form.terms().as_rule(clock.today())
        if request.method == "POST":
            with refusals.beside(form):
                opened = actions.open_year_by_rule(year, form.terms(), by=request.user)
                said = ngettext("%(count)s month has its clocks.", "%(count)s months have their clocks.", len(opened))
                messages.success(request, said % {"count": len(opened)})
                return redirect(request.path)
    shown = {"year": year, "form": form, "months": planning.year_clocks(year, rule)}
    return render(request, "returns/year_clocks.html", shown)


@once
def month_clocks(request: MemberRequest, month: Month) -> HttpResponse:
    """Move one month's clocks, with a reason that every unit reads."""
    demand(request.user, "returns.manage")
    period = period_of(month)
    form = ClocksForm(request.POST or None, initial=ClocksForm.of(period))
    if form.is_valid():
        with refusals.beside(form):
            actions.change_clocks(period, **form.cleaned_data, at=clock.now(), by=request.user)
            messages.success(request, _("The clocks are changed. Units read the reason on the month's page."))
            return redirect(period)
    return render(request, "returns/month_clocks.html", {"period": period, "form": form})


@require_POST
@once
def remind(request: MemberRequest, month: Month) -> HttpResponse:
    """Remind the units whose month is missing, once a day."""
    demand(request.user, "returns.manage")
    period = period_of(month)
    count = actions.remind(period, at=clock.now(), by=request.user)
    said = ngettext("%(count)s unit is reminded.", "%(count)s units are reminded.", count)
    messages.success(request, said % {"count": count})
    return redirect(period)

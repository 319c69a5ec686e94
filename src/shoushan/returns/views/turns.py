"""Who verifies which unit this month."""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render

from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.models import Rota
from shoushan.returns.norms import norms
from shoushan.returns.queries import months
from shoushan.returns.queries.turns import turns as turns_in
from shoushan.web import asked, clock
from shoushan.web.once import once

SEED_BYTES = 16


@once
def turns(request: MemberRequest) -> HttpResponse:
    """Who verifies whom? Posting assigns a month that has no rota yet."""
    demand(request.user, "returns.view")
    periods = list(months.periods_open(clock.now())[:12])
    wanted = asked.number(request.POST.get("period") or request.GET.get("period"))
    period = next((it for it in periods if it.pk == wanted), next(iter(periods), None))
    if request.method == "POST":
        demand(request.user, "returns.assign")
    if request.method == "POST" and period is not None:
        actions.assign_turns(period, seed=secrets.token_hex(SEED_BYTES), at=clock.now(), by=request.user)
        return redirect(f"/verify/turns/?period={period.pk}")
    rota = Rota.objects.filter(period=period).select_related("assigned_by", "period__year").first()
    shown = {
        "periods": periods,
        "period": period,
        "rota": rota,
        "turns": turns_in(period, rota) if period else [],
        "rules": norms(clock.today()),
        "may_assign": request.user.has_perm("returns.assign"),
    }
    return render(request, "returns/turns.html", shown)

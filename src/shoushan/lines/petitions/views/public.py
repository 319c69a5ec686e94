"""The two pages that anybody may open who holds a code, without an account.

They ask for no token against forged forms: nothing is done in a signed-in person's name, only in that of the code.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from shoushan.lines.petitions import actions, queries
from shoushan.lines.petitions.forms import CodeForm, RateForm
from shoushan.web import clock

# nothing of these pages stays in a browser, on a shared machine least of all
never_stored = cache_control(no_store=True, private=True)
# a code of 140 bits is not guessed; whoever tries makes others wait no longer than this
MOST_MISSES, FORGOTTEN_AFTER = 20, 15 * 60


@login_not_required
@csrf_exempt
@sensitive_post_parameters()
@never_stored
def follow(request: HttpRequest) -> HttpResponse:
    """Where does my matter stand, and what comes next? The code is sent and never stands in an address."""
    if request.method != "POST":
        return render(request, "petitions/follow.html", {"form": CodeForm()})
    if cache.get(_misses(request), 0) >= MOST_MISSES:
        return render(request, "petitions/follow.html", {"form": CodeForm(), "is_slowed": True}, status=429)
    if found := _found(request):
        return _followed(request, found)
    cache.add(_misses(request), 0, FORGOTTEN_AFTER)
    cache.incr(_misses(request))
    return render(request, "petitions/follow.html", {"form": CodeForm(), "is_unknown": True})


@login_not_required
@csrf_exempt
@sensitive_post_parameters()
@never_stored
def rate(request: HttpRequest) -> HttpResponse:
    """How satisfied are you with the answer? Once."""
    if request.method != "POST":
        return redirect("petition")
    found = _found(request)
    if found is None:
        return follow(request)
    actions.rate(found.matter, request.POST.get("satisfaction", ""))
    return _followed(request, _found(request) or found)


def _found(request: HttpRequest) -> queries.Followed | None:
    return queries.followed(request.POST.get("code", ""), on=clock.today())


def _followed(request: HttpRequest, found: queries.Followed) -> HttpResponse:
    shown = {"found": found, "code": request.POST.get("code", ""), "rate_form": RateForm()}
    return render(request, "petitions/followed.html", shown)


def _misses(request: HttpRequest) -> str:
    return f"petition-misses|{request.META.get('REMOTE_ADDR', '')}"

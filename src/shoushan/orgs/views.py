"""Signing in and out, one's own page, and the units with their posts."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from shoushan.orgs import actions, proof, queries
from shoushan.orgs.demonstration import LOGIN, ROLES
from shoushan.orgs.forms import AgainForm, EmailForm, FirstAdministratorForm, MergeForm, TokenForm
from shoushan.orgs.models import Person, Post, Token, Unit
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import calendars, clock, refusals
from shoushan.web.once import once

# one-click and first sign-in happen without a password typed here, so the backend is named
BACKEND = "django.contrib.auth.backends.ModelBackend"


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Who are you? Before the first administrator exists, the page asks for them instead."""

    template_name = "orgs/sign_in.html"
    authentication_form = AuthenticationForm
    redirect_authenticated_user = True
    extra_context = {"roles": ROLES if settings.DEMO else ()}

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not Person.objects.exists():
            return first_administrator(request)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        proof.give(self.request)
        return response


def first_administrator(request: HttpRequest) -> HttpResponse:
    """The first start of an empty installation: the district and its administrator."""
    form = FirstAdministratorForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        with refusals.beside(form):
            person = actions.open_district(
                name=given["district"],
                login=given["login"],
                person_name=given["person"],
                password=given["password"],
                on=clock.today(),
            )
            login(request, person, backend=BACKEND)
            proof.give(request)
            return redirect("today")
    return render(request, "orgs/first_administrator.html", {"form": form})


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One click signs in as a role of the demonstration; the address exists nowhere else."""
    role = request.POST.get("role", "")
    if not settings.DEMO or role not in dict(ROLES):
        raise Http404
    login(request, get_object_or_404(Person, login=LOGIN.format(role=role)), backend=BACKEND)
    proof.give(request)
    return redirect("today")


@sensitive_post_parameters("password")
@never_cache
def again(request: MemberRequest) -> HttpResponse:
    """Is it still you? The password again, before what cannot be taken back; then to where one came from."""
    one_click = proof.by_one_click(request.user)
    form = AgainForm(None if one_click else request.POST or None)
    came_from = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST" and (one_click or (form.is_valid() and _is_theirs(request, form))):
        proof.give(request)
        ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
        return redirect(came_from if ours else "today")
    return render(request, "orgs/again.html", {"form": form, "next": came_from, "one_click": one_click})


def _is_theirs(request: MemberRequest, form: AgainForm) -> bool:
    """Asked as at every sign-in, so that guesses are counted and slowed."""
    found = authenticate(request, username=request.user.login, password=form.cleaned_data["password"])
    if found != request.user:
        form.add_error("password", _("This is not your password."))
    return found == request.user


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")


@once
def me(request: MemberRequest) -> HttpResponse:
    """My posts, and my keys for the API."""
    form, secret = TokenForm(request.POST or None), ""
    if form.is_valid():
        token, secret = actions.issue_token(request.user, **form.cleaned_data, by=request.user)
        if token.only_calendar:
            secret = request.build_absolute_uri(reverse("calendar", args=[secret]))
        form = TokenForm()
    shown = {
        "form": form,
        "email": EmailForm(initial={"email": request.user.email}),
        "secret": secret,
        "tokens": request.user.tokens.all(),
        "posts": request.user.posts_held(),
    }
    return render(request, "orgs/me.html", shown)


@once
def my_email(request: MemberRequest) -> HttpResponse:
    """Where reminders for my unit go."""
    form = EmailForm(request.POST or None, initial={"email": request.user.email})
    if form.is_valid():
        actions.give_email(request.user, form.cleaned_data["email"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("me")
    return render(request, "orgs/my_email.html", {"form": form})


@login_not_required
@require_GET
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """What falls due for the holder of this key, as a calendar program asks for it."""
    person = queries.holder_of(secret, on=clock.today(), only_calendar=True)
    if person is None:
        raise Http404
    feed = calendars.feed(calendars.falling_due(person, clock.today()), request.build_absolute_uri("/"))
    return HttpResponse(feed, content_type="text/calendar; charset=utf-8")


@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    actions.revoke_token(get_object_or_404(Token, pk=pk, person=request.user), by=request.user)
    messages.success(request, _("The token opens nothing any more."))
    return redirect("me")


def units(request: MemberRequest) -> HttpResponse:
    """Who holds what?"""
    demand(request.user, "orgs.view_unit")
    return render(request, "orgs/units.html", {"rows": queries.unit_rows(request.user, on=clock.today())})


def unit(request: MemberRequest, code: str) -> HttpResponse:
    """One unit and everybody who ever held a post there."""
    found = get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    posts = Post.objects.filter(unit=found).select_related("person")
    may_merge = request.user.has_perm("orgs.manage") and found.to_on is None
    return render(request, "orgs/unit.html", {"unit": found, "posts": posts, "may_merge": may_merge})


@once
def merge(request: MemberRequest, code: str) -> HttpResponse:
    """Which unit carries on what this one did, and from when?"""
    demand(request.user, "orgs.manage")
    found = get_object_or_404(Unit, code=code)
    form = MergeForm(found, request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            actions.merge_unit(found, **form.cleaned_data, by=request.user)
            return redirect(found)
    return render(request, "orgs/merge.html", {"unit": found, "form": form})

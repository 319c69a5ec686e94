"""Addresses of web alone, with a few pages to try the frame on."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from shoushan.core.errors import Refusal
from shoushan.web import refusals
from shoushan.web.once import once

done: list[str] = []


class NameForm(forms.Form):
    name = forms.CharField(help_text="As on the letter.")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)


@once
def write(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            if form.cleaned_data["name"] == "taken":
                raise Refusal("name.taken", "The name is taken.", hint="Choose another.", field="name")
            done.append(form.cleaned_data["name"])
            return redirect(f"/written/{len(done)}/")
    return render(request, "errors_and_form.html", {"form": form})


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refusal("letter.signed", "It is signed.", hint="Propose an amendment.")


def fail(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@login_not_required
def tried(request: HttpRequest) -> HttpResponse:
    return render(request, "tried.html")


@login_not_required
def empty(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", include("shoushan.web.urls")),
    path("sign-in/", empty, name="sign-in"),
    path("write/", write),
    path("tried/", tried),
    path("refuse/", refuse),
    path("api/refuse/", refuse),
    path("fail/", fail),
    path("verify/", empty, name="verify"),
    path("year/", empty, name="year"),
]
handler400 = "shoushan.web.errors.bad_request"
handler403 = "shoushan.web.errors.forbidden"
handler404 = "shoushan.web.errors.absent"
handler500 = "shoushan.web.errors.fault"

"""Remarks, doubles, kept views, and the district's own columns."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from shoushan.orgs.requests import MemberRequest
from shoushan.registers import actions, queries
from shoushan.registers.forms import ColumnForm, MergeForm, find_record
from shoushan.registers.models import LocalField, SavedView
from shoushan.registers.views.asked import line_for, record_for
from shoushan.web import refusals
from shoushan.web.once import once


@require_POST
@once
def comment(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """Leave a remark for the others."""
    _line, found = record_for(request, key, pk)
    actions.comment(found, request.POST.get("text", "")[:1000], by=request.user)
    return redirect(f"{found.get_absolute_url()}#comments")


@require_POST
@once
def merge(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """Say that this record is another one."""
    line, found = record_for(request, key, pk, "registers.work")
    form = MergeForm(request.POST)
    into = find_record(line.model, request.user, form.data.get("into", "").strip().removeprefix("#"))
    if into is None:
        raise Http404
    actions.merge(found, into, reason=form.data.get("reason", ""), by=request.user)
    return redirect(into)


@require_POST
@once
def save_view(request: MemberRequest, key: str) -> HttpResponse:
    """Keep the present filter under a name."""
    line = line_for(request, key)
    query = request.POST.get("query", "")[:500]
    actions.save_view(line, request.POST.get("name", "")[:40], query, by=request.user)
    return redirect(f"/{line.key}/?{query}")


@require_POST
def drop_view(request: MemberRequest, key: str, view: int) -> HttpResponse:
    """Take a kept view off one's list."""
    line = line_for(request, key)
    actions.drop_view(get_object_or_404(SavedView, pk=view, line=line.key, person=request.user), by=request.user)
    return redirect(f"/{line.key}/")


@once
def columns(request: MemberRequest, key: str) -> HttpResponse:
    """The district's own columns of a register: which there are, and one more."""
    line = line_for(request, key, "registers.define")
    form = ColumnForm(request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            given = form.cleaned_data
            actions.define_local(line, given["key"], given["label"], given["kind"], by=request.user)
            return redirect(f"/{line.key}/columns/")
    return render(
        request, "registers/columns.html", {"line": line, "form": form, "columns": queries.local_columns(line)}
    )


@require_POST
def drop_column(request: MemberRequest, key: str, column: int) -> HttpResponse:
    """Take a column out of use."""
    line = line_for(request, key, "registers.define")
    actions.drop_local(get_object_or_404(LocalField, pk=column, line=line.key), by=request.user)
    return redirect(f"/{line.key}/columns/")

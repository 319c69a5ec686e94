"""The outbox on a page."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.notices import actions, queries
from shoushan.notices.models import Notice
from shoushan.orgs.models import Post
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import clock
from shoushan.web.once import once

ROWS = 50
# to whom every page is open that a notice may lead to
READS_ALL = (Post.Role.LEADER, Post.Role.SUPERVISOR, Post.Role.ASSESSOR, Post.Role.AUDITOR)


@require_GET
def outbox(request: MemberRequest) -> HttpResponse:
    """What has been sent, and what waits?"""
    demand(request.user, "notices.view")
    state = request.GET.get("state", "")
    page = Paginator(queries.notices(request.user, state), ROWS).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "outbox": queries.outbox(request.user),
        "state": state,
        "states": Notice.State.choices,
        # a notice's page is its addressee's; who only sees that it was sent may not be let in there
        "own": {post.unit_id for post in request.user.posts_held()},
        "reads_all": request.user.holds(*READS_ALL),
        "may_send": request.user.has_perm("notices.send_again"),
    }
    return render(request, "notices/outbox.html", shown)


@require_POST
@once
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """Send once more what failed or perhaps arrived."""
    demand(request.user, "notices.send_again")
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.send_again(notice, at=clock.now(), by=request.user)
    messages.success(request, _("Queued again; the next delivery takes it along."))
    return redirect("notices")

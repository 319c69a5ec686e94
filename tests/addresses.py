"""Every address of the product, and who may read it or send to it; a new address is decided here or the test fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from shoushan.assessment.models import Assessment, Consequence, Objection, Panel, SchemeComment
from shoushan.config.demonstration.district import Cast
from shoushan.dispatch.models import AgendaItem, Alarm, Extension, FollowUp, MinutesCorrection
from shoushan.evidence.models import Evidence
from shoushan.ledger.models import Event
from shoushan.letters.models import Amendment, Letter
from shoushan.lines.hazards.models import Hazard
from shoushan.lines.investment.models import Deal
from shoushan.lines.petitions.models import Matter
from shoushan.notices.models import Notice
from shoushan.orgs import demonstration
from shoushan.orgs.testing import sign_in
from shoushan.plans.models import Goal, Passage
from shoushan.registers.models import Step
from shoushan.returns.models import Correction, Draw, ExceptionRequest, Value

REFUSED = {403, 404, 405}

NOBODY: frozenset[str] = frozenset()
EVERYBODY = frozenset(role for role, _ in demonstration.ROLES)
OFFICE, ASSESSOR, DEALS, PETITIONS, INSPECTOR, VERIFIER, ADMIN, HEAD = (
    frozenset({role})
    for role in ("supervision", "assessment", "investment", "petitions", "inspector", "verifier", "admin", "head")
)
# 河西's own reporter sees what is 河西's; a line's officers see their line and no other unit's business
SEES_HEXI = EVERYBODY - {"investment", "petitions", "inspector"}
SEES_OTHERS = SEES_HEXI - {"reporter"}
SEES_RANKS = frozenset({"head", "supervision", "assessment", "auditor"})
SEES_DEALS = EVERYBODY - {"petitions", "inspector"}


@dataclass(frozen=True, slots=True)
class Address:
    """One concrete address of a route, who may read it, and who may send to it."""

    path: str
    reads: frozenset[str]
    sends: frozenset[str] = NOBODY


def decided() -> dict[str, Address]:
    """By route, on the demonstration: 河西街道's things, a letter and a figure that wait, a deal in talks."""
    goal = Goal.objects.get(indicator__key="investment.projects")
    passage = Passage.objects.filter(decision=Passage.Decision.OPEN)[0]
    letter, half = Letter.objects.get(unit__code="hexi"), Letter.objects.get(state="half_signed")
    amendment, event = Amendment.objects.all()[0], Event.objects.order_by("pk")[0]
    exception, correction = ExceptionRequest.objects.all()[0], Correction.objects.all()[0]
    notice = Notice.objects.order_by("pk")[0]
    figure = Value.objects.waiting().filter(entry__unit__code="hubin")[0]
    deals = Deal.objects.filter(unit__code="hexi")
    deal, step = deals.filter(stage="talks")[0], Step.objects.filter(line="investment", state="claimed")[0]
    file = Evidence.objects.filter(subject_type__model="deal", subject_id__in=deals.values("pk"))[0]
    lots = Draw.objects.order_by("pk")[0]
    matter = Matter.objects.filter(unit__code="hexi")[0]
    alarm = Alarm.objects.filter(unit__code="hexi")[0]
    hazard = Hazard.objects.order_by("pk")[0]
    item = AgendaItem.objects.filter(meeting__month=12)[0]
    said, mended = AgendaItem.objects.filter(meeting__month=11)[0], MinutesCorrection.objects.all()[0]
    owed, extension = FollowUp.objects.filter(unit__code="hexi")[0], Extension.objects.all()[0]
    final = Assessment.objects.get(published_at__isnull=False)
    follows, panel = Consequence.objects.filter(score__assessment=final)[0], Panel.objects.all()[0]
    objection = Objection.objects.get(unit__code="hexi")
    waits = SchemeComment.objects.get(answer="")
    draft = f"/schemes/drafts/{waits.draft_id}"
    petition, sees_matter = f"/petitions/{matter.pk}", SEES_HEXI | PETITIONS
    return {
        "": Address("/", EVERYBODY),
        "more/": Address("/more/", EVERYBODY),
        "help/": Address("/help/", EVERYBODY),
        "language/": Address("/language/", NOBODY, EVERYBODY),
        "money/": Address("/money/", NOBODY, EVERYBODY),
        "healthz": Address("/healthz", EVERYBODY),
        "worker.js": Address("/worker.js", EVERYBODY),
        "sign-in/": Address("/sign-in/", EVERYBODY, EVERYBODY),
        "sign-in/again/": Address("/sign-in/again/", EVERYBODY, EVERYBODY),
        "search/": Address("/search/", EVERYBODY),
        # somebody else's work, and a calendar without its key
        "jobs/<str:key>/": Address("/jobs/none/", NOBODY),
        "jobs/<str:key>/file/": Address("/jobs/none/file/", NOBODY),
        "calendar/<str:secret>.ics": Address("/calendar/none.ics", NOBODY),
        "me/": Address("/me/", EVERYBODY, EVERYBODY),
        "me/email/": Address("/me/email/", EVERYBODY, EVERYBODY),
        "me/tokens/<int:pk>/revoke/": Address("/me/tokens/1/revoke/", NOBODY),  # a token of nobody's
        "ledger/": Address("/ledger/", EVERYBODY),
        "ledger/verify/": Address("/ledger/verify/", NOBODY, frozenset({"auditor", "admin"})),
        "ledger/<int:pk>/": Address(f"/ledger/{event.pk}/", SEES_OTHERS),
        "units/": Address("/units/", EVERYBODY, EVERYBODY),
        "units/<slug:code>/": Address("/units/hexi/", SEES_HEXI, SEES_HEXI),
        "units/<slug:code>/merge/": Address("/units/hexi/merge/", ADMIN, ADMIN),
        "evidence/<int:pk>/file/": Address(f"/evidence/{file.pk}/file/", SEES_DEALS),
        # a receipt is no picture; who sees which preview: evidence/tests
        "evidence/<int:pk>/preview/": Address(f"/evidence/{file.pk}/preview/", NOBODY),
        "documents/": Address("/documents/", EVERYBODY, OFFICE),
        "documents/<int:pk>/": Address(f"/documents/{goal.document.pk}/", EVERYBODY),
        "documents/<int:pk>/point-out/": Address(f"/documents/{goal.document.pk}/point-out/", OFFICE, OFFICE),
        "passages/<int:pk>/confirm/": Address(f"/passages/{passage.pk}/confirm/", OFFICE, OFFICE),
        "passages/<int:pk>/drop/": Address(f"/passages/{passage.pk}/drop/", NOBODY, OFFICE),
        "passages/<int:pk>/reconsider/": Address(f"/passages/{passage.pk}/reconsider/", NOBODY, OFFICE),
        "goals/": Address("/goals/", EVERYBODY),
        "goals/<int:pk>/": Address(f"/goals/{goal.pk}/", EVERYBODY),
        "goals/<int:pk>/divide/": Address(f"/goals/{goal.pk}/divide/", OFFICE, OFFICE),
        "goals/<int:pk>/schedule/": Address(f"/goals/{goal.pk}/schedule/", OFFICE, OFFICE),
        "goals/<int:pk>/<slug:code>/": Address(f"/goals/{goal.pk}/hexi/", SEES_HEXI),
        # a redirect to the register, as it stood when 河西's letter was signed
        "goals/<int:pk>/<slug:code>/baseline/": Address(f"/goals/{goal.pk}/hexi/baseline/", SEES_HEXI),
        "indicators/": Address("/indicators/", EVERYBODY),
        "indicators/<str:key>/": Address("/indicators/employment.jobs/", EVERYBODY),
        "letters/": Address("/letters/", EVERYBODY),
        "letters/bases/": Address("/letters/bases/", OFFICE, OFFICE),
        "letters/draft/": Address("/letters/draft/", NOBODY, OFFICE),
        "letters/issue/": Address("/letters/issue/", NOBODY, OFFICE),
        "letters/<int:pk>/": Address(f"/letters/{letter.pk}/", SEES_HEXI),
        "letters/<int:pk>/pdf/": Address(f"/letters/{letter.pk}/pdf/", SEES_HEXI),
        "letters/<int:pk>/issue/": Address(f"/letters/{letter.pk}/issue/", NOBODY, OFFICE),
        "letters/<int:pk>/edit/": Address(f"/letters/{letter.pk}/edit/", OFFICE, OFFICE),
        "letters/<int:pk>/sign/": Address(f"/letters/{half.pk}/sign/", NOBODY, frozenset({"head"})),
        "letters/<int:pk>/amend/": Address(f"/letters/{letter.pk}/amend/", OFFICE | {"head"}, OFFICE | {"head"}),
        "amendments/<int:pk>/": Address(f"/amendments/{amendment.pk}/", SEES_OTHERS),
        "amendments/<int:pk>/sign/": Address(f"/amendments/{amendment.pk}/sign/", NOBODY, frozenset({"head"})),
        "amendments/<int:pk>/refuse/": Address(f"/amendments/{amendment.pk}/refuse/", NOBODY, OFFICE | {"head"}),
        "returns/": Address("/returns/", EVERYBODY),
        "returns/<month:month>/": Address("/returns/2026-11/", EVERYBODY),
        "returns/<month:month>/<slug:code>/": Address("/returns/2026-11/hexi/", SEES_HEXI, frozenset({"reporter"})),
        "returns/<month:month>/<slug:code>/exception/": Address(
            "/returns/2026-11/hexi/exception/", OFFICE | {"reporter"}, OFFICE | {"reporter"}
        ),
        "returns/requests/": Address("/returns/requests/", EVERYBODY),
        "returns/clocks/<int:number>/": Address("/returns/clocks/2026/", OFFICE, OFFICE),
        "returns/clocks/<month:month>/": Address("/returns/clocks/2026-11/", OFFICE, OFFICE),
        # refusals of the office's own are conflicts, 409: decided here, and not possible with these things
        "returns/remind/<month:month>/": Address("/returns/remind/2026-11/", NOBODY, OFFICE),
        "returns/exceptions/<int:pk>/decide/": Address(f"/returns/exceptions/{exception.pk}/decide/", NOBODY, OFFICE),
        "returns/corrections/<int:pk>/decide/": Address(
            f"/returns/corrections/{correction.pk}/decide/", NOBODY, OFFICE
        ),
        "returns/<month:month>/<slug:code>/move/": Address("/returns/2026-11/hexi/move/", NOBODY, OFFICE),
        "returns/<month:month>/<slug:code>/<str:key>/correction/": Address(
            "/returns/2026-10/hexi/employment.jobs/correction/", VERIFIER | {"reporter"}, VERIFIER | {"reporter"}
        ),
        "notices/": Address("/notices/", EVERYBODY),
        "notices/<int:pk>/again/": Address(f"/notices/{notice.pk}/again/", NOBODY, OFFICE | ADMIN),
        "returns/<month:month>/<slug:code>/paper/": Address("/returns/2026-11/hexi/paper/", SEES_HEXI),
        "returns/<month:month>/<slug:code>/workbook/": Address(
            "/returns/2026-11/hexi/workbook/", SEES_HEXI, frozenset({"reporter"})
        ),
        "returns/<month:month>/<slug:code>/workbook.xlsx": Address("/returns/2026-11/hexi/workbook.xlsx", SEES_HEXI),
        "burden/": Address("/burden/", EVERYBODY),
        "returns/<month:month>/<slug:code>/<str:key>/": Address(
            "/returns/2026-11/hexi/employment.jobs/", SEES_HEXI, frozenset({"reporter"})
        ),
        "verify/": Address("/verify/", VERIFIER),
        "verify/<int:pk>/": Address(f"/verify/{figure.pk}/", NOBODY, VERIFIER),
        "verify/several/": Address("/verify/several/", NOBODY, VERIFIER),
        "verify/samples/": Address("/verify/samples/", EVERYBODY, VERIFIER),
        "verify/samples/<int:pk>/": Address(f"/verify/samples/{lots.pk}/", EVERYBODY),
        "verify/samples/<int:pk>/conclude/": Address(f"/verify/samples/{lots.pk}/conclude/", NOBODY, VERIFIER),
        "verify/turns/": Address("/verify/turns/", EVERYBODY, VERIFIER | OFFICE),
        "verify/record/": Address("/verify/record/", EVERYBODY),
        "verify/record/<slug:code>/": Address("/verify/record/hexi/", SEES_HEXI),
        "year/": Address("/year/", EVERYBODY),
        "meetings/": Address("/meetings/", EVERYBODY, OFFICE),
        "meetings/<month:month>/": Address("/meetings/2026-12/", EVERYBODY),
        "meetings/<month:month>/add/": Address("/meetings/2026-12/add/", NOBODY, OFFICE),
        "meetings/<month:month>/fix/": Address("/meetings/2026-12/fix/", NOBODY, OFFICE),
        "meetings/<month:month>/confirm/": Address("/meetings/2026-12/confirm/", NOBODY, HEAD),
        "meetings/<month:month>/minutes.pdf": Address("/meetings/2026-11/minutes.pdf", EVERYBODY),
        "meetings/<month:month>/minutes.docx": Address("/meetings/2026-11/minutes.docx", EVERYBODY),
        "meetings/<month:month>/pack/": Address("/meetings/2026-12/pack/", OFFICE | HEAD),
        "meetings/<month:month>/run/": Address("/meetings/2026-12/run/", OFFICE | HEAD),
        "meetings/items/<int:pk>/correct/": Address(f"/meetings/items/{said.pk}/correct/", NOBODY, OFFICE),
        "meetings/corrections/<int:pk>/": Address(f"/meetings/corrections/{mended.pk}/", NOBODY, HEAD),
        "meetings/items/<int:pk>/move/": Address(f"/meetings/items/{item.pk}/move/", NOBODY, OFFICE),
        "meetings/items/<int:pk>/drop/": Address(f"/meetings/items/{item.pk}/drop/", NOBODY, OFFICE),
        "meetings/items/<int:pk>/decide/": Address(f"/meetings/items/{item.pk}/decide/", NOBODY, OFFICE | HEAD),
        "meetings/items/<int:pk>/note/": Address(f"/meetings/items/{item.pk}/note/", NOBODY, OFFICE | HEAD),
        "meetings/items/<int:pk>/state/<slug:code>/": Address(
            f"/meetings/items/{item.pk}/state/hexi/", NOBODY, frozenset({"reporter"})
        ),
        "follow-ups/": Address("/follow-ups/", EVERYBODY),
        "follow-ups/new/": Address("/follow-ups/new/", OFFICE, OFFICE),
        "follow-ups/<int:pk>/": Address(f"/follow-ups/{owed.pk}/", SEES_HEXI),
        "follow-ups/<int:pk>/paper/": Address(f"/follow-ups/{owed.pk}/paper/", SEES_HEXI),
        "follow-ups/<int:pk>/report/": Address(f"/follow-ups/{owed.pk}/report/", NOBODY, frozenset({"reporter"})),
        "follow-ups/<int:pk>/decide/": Address(f"/follow-ups/{owed.pk}/decide/", NOBODY, OFFICE),
        "follow-ups/<int:pk>/extend/": Address(f"/follow-ups/{owed.pk}/extend/", NOBODY, frozenset({"reporter"})),
        "follow-ups/extensions/<int:pk>/": Address(f"/follow-ups/extensions/{extension.pk}/", NOBODY, OFFICE),
        "warnings/": Address("/warnings/", EVERYBODY),
        "warnings/judge/": Address("/warnings/judge/", NOBODY, OFFICE),
        "warnings/<int:pk>/": Address(f"/warnings/{alarm.pk}/", SEES_HEXI, OFFICE),
        "warnings/<int:pk>/wake/": Address(f"/warnings/{alarm.pk}/wake/", NOBODY, OFFICE),
        "assessment/": Address("/assessment/", EVERYBODY),
        "assessment/<int:number>/": Address("/assessment/2026/", EVERYBODY),
        "assessment/<int:number>/freeze/": Address("/assessment/2026/freeze/", NOBODY, ASSESSOR),
        "assessment/<int:number>/run/": Address("/assessment/2026/run/", NOBODY, ASSESSOR),
        "assessment/<int:number>/compare/": Address("/assessment/2025/compare/", SEES_RANKS),
        "assessment/<int:number>/consequences/": Address("/assessment/2025/consequences/", SEES_RANKS),
        # nothing of this year is final: the work that packs it says so
        "assessment/<int:number>/archive/": Address("/assessment/2026/archive/", NOBODY, ASSESSOR),
        "assessment/<int:number>/result/": Address("/assessment/2025/result/", EVERYBODY),
        "assessment/<int:number>/result.<slug:ending>": Address("/assessment/2025/result.xlsx", EVERYBODY),
        "assessment/consequences/<int:pk>/decide/": Address(
            f"/assessment/consequences/{follows.pk}/decide/", NOBODY, HEAD
        ),
        "assessment/<int:number>/panels/": Address("/assessment/2025/panels/", SEES_RANKS, ASSESSOR),
        "assessment/panels/<int:pk>/": Address(f"/assessment/panels/{panel.pk}/", SEES_RANKS, ASSESSOR),
        "assessment/panels/<int:pk>/close/": Address(f"/assessment/panels/{panel.pk}/close/", NOBODY, ASSESSOR),
        # whoever holds a link: assessment/tests
        "ballots/<str:secret>/": Address("/ballots/none/", NOBODY),
        "assessment/lines/<int:pk>/object/": Address(
            f"/assessment/lines/{objection.line_id}/object/", frozenset({"reporter"}), frozenset({"reporter"})
        ),
        "assessment/runs/<int:pk>/announce/": Address(f"/assessment/runs/{final.pk}/announce/", NOBODY, ASSESSOR),
        "assessment/runs/<int:pk>/publish/": Address(f"/assessment/runs/{final.pk}/publish/", NOBODY, ASSESSOR),
        "objections/": Address("/objections/", EVERYBODY),
        "objections/<int:pk>/": Address(f"/objections/{objection.pk}/", SEES_RANKS | {"reporter"}),
        # who had a hand in the figure is refused beside the form: assessment/tests
        "objections/<int:pk>/answer/": Address(f"/objections/{objection.pk}/answer/", NOBODY, OFFICE | ASSESSOR | HEAD),
        "objections/<int:pk>/admit/": Address(f"/objections/{objection.pk}/admit/", NOBODY, ASSESSOR),
        "objections/<int:pk>/appeal/": Address(f"/objections/{objection.pk}/appeal/", NOBODY, frozenset({"reporter"})),
        "assessment/<int:number>/<slug:code>/": Address("/assessment/2025/hexi/", EVERYBODY),
        "schemes/": Address("/schemes/", EVERYBODY),
        "schemes/<int:number>/": Address("/schemes/2026/", EVERYBODY),
        # one that units are asked about; who sees one that is only being written: assessment/tests
        "schemes/start/": Address("/schemes/start/", ASSESSOR, ASSESSOR),
        "schemes/drafts/<int:pk>/": Address(f"{draft}/", EVERYBODY),
        "schemes/drafts/<int:pk>/head/": Address(f"{draft}/head/", ASSESSOR, ASSESSOR),
        "schemes/drafts/<int:pk>/sections/": Address(f"{draft}/sections/", ASSESSOR, ASSESSOR),
        "schemes/drafts/<int:pk>/grades/": Address(f"{draft}/grades/", ASSESSOR, ASSESSOR),
        "schemes/drafts/<int:pk>/vetoes/<int:number>/": Address(f"{draft}/vetoes/0/", ASSESSOR, ASSESSOR),
        "schemes/drafts/<int:pk>/rewards/<int:number>/": Address(f"{draft}/rewards/0/", ASSESSOR, ASSESSOR),
        "schemes/drafts/<int:pk>/questions/<slug:question>/": Address(f"{draft}/questions/rounding/", NOBODY, ASSESSOR),
        "schemes/drafts/<int:pk>/preview/": Address(f"{draft}/preview/", SEES_RANKS),
        "schemes/drafts/<int:pk>/consult/": Address(f"{draft}/consult/", NOBODY, ASSESSOR),
        "schemes/drafts/<int:pk>/comment/": Address(f"{draft}/comment/", NOBODY, frozenset({"reporter"})),
        "schemes/drafts/<int:pk>/publish/": Address(f"{draft}/publish/", NOBODY, ASSESSOR),
        "schemes/drafts/<int:pk>/withdraw/": Address(f"{draft}/withdraw/", NOBODY, ASSESSOR),
        "schemes/comments/<int:pk>/answer/": Address(f"/schemes/comments/{waits.pk}/answer/", NOBODY, ASSESSOR),
        "schemes/drafts/<int:pk>/rules/": Address(f"{draft}/rules/", ASSESSOR),
        "schemes/drafts/<int:pk>/new/<slug:shape>/": Address(f"{draft}/new/bands/", ASSESSOR, ASSESSOR),
        "schemes/drafts/<int:pk>/try/<slug:shape>/": Address(f"{draft}/try/bands/", NOBODY, ASSESSOR),
        "schemes/drafts/<int:pk>/rules/<str:name>/": Address(f"{draft}/rules/{waits.rule}/", ASSESSOR, ASSESSOR),
        "schemes/drafts/<int:pk>/rules/<str:name>/remove/": Address(
            f"{draft}/rules/{waits.rule}/remove/", NOBODY, ASSESSOR
        ),
        "schemes/drafts/<int:pk>/rules/<str:name>/case/": Address(
            f"{draft}/rules/{waits.rule}/case/", ASSESSOR, ASSESSOR
        ),
        "schemes/drafts/<int:pk>/rules/<str:name>/case/drop/": Address(
            f"{draft}/rules/{waits.rule}/case/drop/", NOBODY, ASSESSOR
        ),
        # whoever holds a code; an unknown one is answered kindly
        "petition/": Address("/petition/", EVERYBODY, EVERYBODY),
        "petition/rate/": Address("/petition/rate/", EVERYBODY, EVERYBODY),
        # whose interest it is, and who opens an identity: lines/petitions/tests
        "petitions/new/": Address("/petitions/new/", PETITIONS, PETITIONS),
        "petitions/causes/": Address("/petitions/causes/", EVERYBODY),
        # the head of the petitions office alone: lines/petitions/tests
        "petitions/openings/": Address("/petitions/openings/", NOBODY),
        "petitions/retention/": Address("/petitions/retention/", VERIFIER | PETITIONS, PETITIONS),
        "petitions/retention/<int:pk>/": Address("/petitions/retention/0/", NOBODY),
        "petitions/<int:pk>/": Address(f"{petition}/", sees_matter),
        "petitions/<int:pk>/slip/": Address(f"{petition}/slip/", PETITIONS, PETITIONS),
        "petitions/<int:pk>/identity/": Address(f"{petition}/identity/", PETITIONS, PETITIONS),
        "petitions/<int:pk>/identity/seal/": Address(f"{petition}/identity/seal/", NOBODY, PETITIONS),
        "petitions/<int:pk>/conflicts/": Address(f"{petition}/conflicts/", NOBODY, PETITIONS),
        "petitions/<int:pk>/conflicts/<int:conflict>/lift/": Address(f"{petition}/conflicts/0/lift/", NOBODY),
        "petitions/<int:pk>/unit/": Address(f"{petition}/unit/", NOBODY, PETITIONS),
        "petitions/<int:pk>/objection/": Address(f"{petition}/objection/", NOBODY, PETITIONS),
        "lines/": Address("/lines/", EVERYBODY),
        # none of these roles keeps streets: they read, and enter nothing
        "streets/standing/": Address("/streets/standing/", EVERYBODY),
        "inspections/<int:pk>/adopt/": Address("/inspections/1/adopt/", NOBODY),
        "greening/survival/": Address("/greening/survival/", EVERYBODY),
        "hazards/sites/": Address("/hazards/sites/", EVERYBODY),
        "hazards/<int:pk>/linked/": Address(f"/hazards/{hazard.pk}/linked/", INSPECTOR, INSPECTOR),
        "<slug:key>/": Address("/investment/", EVERYBODY),
        # deals stay indoors; who records outdoors: registers/tests
        "<slug:key>/field/": Address("/investment/field/", NOBODY),
        "licensing/report/": Address("/licensing/report/", EVERYBODY),
        "licensing/report.docx": Address("/licensing/report.docx", EVERYBODY),
        "projects/gantt/": Address("/projects/gantt/", EVERYBODY),
        "projects/curve/": Address("/projects/curve/", EVERYBODY),
        "projects/map/": Address("/projects/map/", EVERYBODY),
        "projects/photos/": Address("/projects/photos/", EVERYBODY),
        "investment/funnel/": Address("/investment/funnel/", EVERYBODY),
        "<slug:key>/several/": Address("/investment/several/", NOBODY, DEALS | VERIFIER),
        "<slug:key>/figures/": Address("/investment/figures/", EVERYBODY),
        "<slug:key>/views/": Address("/investment/views/", NOBODY, EVERYBODY),
        "<slug:key>/views/<int:view>/drop/": Address("/investment/views/1/drop/", NOBODY),
        "<slug:key>/columns/": Address("/investment/columns/", ADMIN, ADMIN),
        "<slug:key>/columns/<int:column>/drop/": Address("/investment/columns/1/drop/", NOBODY),
        "<slug:key>/new/": Address("/investment/new/", DEALS, DEALS),
        "<slug:key>/export/": Address("/investment/export/", EVERYBODY),
        "<slug:key>/import/": Address("/investment/import/", DEALS, DEALS),
        # somebody else's workbook, or one of another day, is not there
        "<slug:key>/import/<str:job>/": Address("/investment/import/none/", NOBODY),
        "<slug:key>/import/<str:job>/enter/": Address("/investment/import/none/enter/", NOBODY),
        "<slug:key>/import/<str:job>/faults/": Address("/investment/import/none/faults/", NOBODY),
        "<slug:key>/<int:pk>/": Address(f"/investment/{deal.pk}/", SEES_DEALS),
        "<slug:key>/<int:pk>/print/": Address(f"/investment/{deal.pk}/print/", SEES_DEALS),
        "<slug:key>/<int:pk>/comment/": Address(f"/investment/{deal.pk}/comment/", NOBODY, SEES_DEALS),
        # it would be merged into a record that is not there
        "<slug:key>/<int:pk>/merge/": Address(f"/investment/{deal.pk}/merge/", NOBODY),
        "<slug:key>/<int:pk>/redate/<slug:stage>/": Address(f"/investment/{deal.pk}/redate/talks/", DEALS, DEALS),
        # a deal has no limits
        "<slug:key>/<int:pk>/limits/<slug:limit>/<slug:verb>/": Address(
            f"/investment/{deal.pk}/limits/x/pause/", NOBODY
        ),
        "<slug:key>/<int:pk>/longer/<int:extension>/": Address(f"/investment/{deal.pk}/longer/1/", NOBODY),
        "<slug:key>/<int:pk>/unit/": Address(f"/investment/{deal.pk}/unit/", DEALS, DEALS),
        "<slug:key>/<int:pk>/edit/": Address(f"/investment/{deal.pk}/edit/", DEALS, DEALS),
        "<slug:key>/<int:pk>/advance/": Address(f"/investment/{deal.pk}/advance/", NOBODY, DEALS),
        # a deal in talks has no earlier stage
        "<slug:key>/<int:pk>/back/": Address(f"/investment/{deal.pk}/back/", NOBODY),
        "<slug:key>/<int:pk>/decide/<slug:stage>/": Address(
            f"/investment/{step.record_id}/decide/{step.stage}/", NOBODY, VERIFIER
        ),
        # last, as it ends the session
        "sign-out/": Address("/sign-out/", NOBODY, EVERYBODY),
    }


# whoever is not signed in may reach these and nothing else
PUBLIC = {"healthz", "worker.js", "sign-in/", "language/", "money/", "petition/", "petition/rate/"} | {
    "calendar/<str:secret>.ics",
    "assessment/<int:number>/result/",
    "assessment/<int:number>/result.<slug:ending>",
    "ballots/<str:secret>/",
}


def routes() -> Iterator[str]:
    """Every route as its pattern is written."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for pattern in patterns:
            here = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, here)
            else:
                yield here

    yield from walk(get_resolver().url_patterns, "")


def faults(cast: Cast) -> list[str]:
    """Where an address lets in somebody it should not, or keeps out somebody it should let in."""
    table = decided()
    pages = {route for route in routes() if not route.startswith("api/")}
    found = [f"{route}: who may is not decided in tests/addresses.py" for route in sorted(pages - set(table))]
    found += [f"{route}: is not there any more" for route in sorted(set(table) - pages)]
    for role in sorted(EVERYBODY):
        client = Client()
        sign_in(client, cast.people[role])
        for address in table.values():
            for method, allowed in (("get", address.reads), ("post", address.sends)):
                status = answered(client, method, address.path)
                if (status not in REFUSED) != (role in allowed) or status >= 500:
                    found.append(f"{method} {address.path} as {role}: {status}")
    stranger = Client()
    for route, address in table.items():
        for method in ("get", "post"):
            status = answered(stranger, method, address.path)
            if route not in PUBLIC and status != 302:
                found.append(f"{method} {address.path} as nobody: {status}")
    return found


def answered(client: Client, method: str, path: str) -> int:
    """The status of one request, and nothing of it stays."""
    with transaction.atomic():
        response = getattr(client, method)(path)
        if response.streaming:  # read to its end, so that the file is closed
            list(response.streaming_content)
        transaction.set_rollback(True)
    return int(response.status_code)

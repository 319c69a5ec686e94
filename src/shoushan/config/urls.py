"""Every address, by app; they never change (pages.md §2)."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from shoushan.config import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("shoushan.web.urls")),
    path("", include("shoushan.orgs.urls")),
    path("", include("shoushan.ledger.urls")),
    path("", include("shoushan.notices.urls")),
    path("", include("shoushan.evidence.urls")),
    path("", include("shoushan.plans.urls")),
    path("", include("shoushan.letters.urls")),
    path("", include("shoushan.returns.urls")),
    path("", include("shoushan.dispatch.urls")),
    path("", include("shoushan.assessment.urls")),
    path("api/v1/", api.urls()),
]
# a line's own pages, where it has some
urlpatterns += [path("", include(f"{line}.urls")) for line in settings.LINES if find_spec(f"{line}.urls")]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("shoushan.orgs.demo_urls")))
# last: every line's key is an address of its own, /investment/
urlpatterns.append(path("", include("shoushan.registers.urls")))

handler400 = "shoushan.web.errors.bad_request"
handler403 = "shoushan.web.errors.forbidden"
handler404 = "shoushan.web.errors.absent"
handler500 = "shoushan.web.errors.fault"

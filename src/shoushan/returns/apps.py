from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    name = "shoushan.returns"
    label = "returns"

    def ready(self) -> None:
        from shoushan.returns import permissions
        from shoushan.returns.queries.months import waiting_for
        from shoushan.returns.queries.requests import count_waiting, requests_today
        from shoushan.returns.queries.tasks import verifying_asks
        from shoushan.returns.queries.verifying import queue
        from shoushan.web import navigation, today

        permissions.add()
        today.add(waiting_for)
        today.add(verifying_asks)
        today.add(requests_today)
        navigation.add(
            "returns",
            _("Returns"),
            "returns",
            permission="returns.view",
            order=15,
            about=_("Whose month is missing, and what is left of mine?"),
        )
        navigation.add(
            "burden",
            _("Burden"),
            "burden",
            permission="returns.view",
            order=17,
            about=_("What are units asked to type, and who needs it?"),
        )
        navigation.add(
            "verify",
            _("Verify"),
            "verify",
            permission="returns.verify",
            order=16,
            count=lambda person: queue(person).count(),
            about=_("Check what units reported."),
        )
        navigation.add(
            "requests",
            _("Requests"),
            "returns-requests",
            permission="returns.manage",
            order=17,
            count=count_waiting,
            about=_("Exceptions and corrections that units ask for."),
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DispatchConfig(AppConfig):
    name = "shoushan.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from shoushan.dispatch import permissions
        from shoushan.dispatch.queries.warnings import waiting_for
        from shoushan.web import navigation, today

        permissions.add()
        today.add(waiting_for)
        navigation.add(
            "warnings",
            _("Warnings"),
            "warnings",
            permission="dispatch.view",
            order=12,
            about=_("What lit, by which rule?"),
        )
        navigation.add(
            "year",
            _("The year"),
            "year",
            permission="dispatch.view",
            order=10,
            about=_("Are we on course, goal by goal?"),
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DispatchConfig(AppConfig):
    name = "shoushan.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from shoushan.dispatch import permissions
        from shoushan.web import navigation

        permissions.add()
        navigation.add(
            "year",
            _("The year"),
            "year",
            permission="dispatch.view",
            order=10,
            about=_("Are we on course, goal by goal?"),
        )

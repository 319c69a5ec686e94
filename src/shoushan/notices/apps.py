from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "shoushan.notices"
    label = "notices"

    def ready(self) -> None:
        from shoushan.notices import permissions
        from shoushan.web import navigation

        permissions.add()
        navigation.add(
            "notices",
            _("Notices"),
            "notices",
            permission="notices.view",
            order=60,
            group="proof",
            about=_("What has been sent to units, and what waits."),
        )

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "shoushan.web"
    label = "web"

    def ready(self) -> None:
        """Bring the compiled catalogues up to date, and enter web's own pages."""
        from django.utils.translation import gettext_lazy as _

        from shoushan.web import messages, navigation

        messages.compile_stale()
        navigation.add("today", _("Today"), "today", order=10, about=_("What waits for you, the most urgent first."))
        navigation.add(
            "help",
            _("Help"),
            "help",
            order=90,
            group="proof",
            about=_("What each page is for, and what the signs mean."),
        )

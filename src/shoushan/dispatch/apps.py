from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DispatchConfig(AppConfig):
    name = "shoushan.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from shoushan.dispatch import permissions
        from shoushan.dispatch.queries import follow_ups, warnings
        from shoushan.web import calendars, navigation, today

        permissions.add()
        today.add(warnings.waiting_for)
        today.add(follow_ups.waiting_for)
        calendars.add(follow_ups.falling_due)
        navigation.add(
            "warnings",
            _("Warnings"),
            "warnings",
            permission="dispatch.view",
            order=11,
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
        navigation.add(
            "meetings",
            _("Meetings"),
            "meetings",
            permission="dispatch.view",
            order=12,
            about=_("What do we discuss, and what was decided?"),
        )
        navigation.add(
            "follow-ups",
            _("Follow-ups"),
            "follow-ups",
            permission="dispatch.view",
            order=13,
            about=_("Who owes what, by when?"),
        )

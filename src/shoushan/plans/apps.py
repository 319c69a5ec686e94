from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "shoushan.plans"
    label = "plans"

    def ready(self) -> None:
        from shoushan.plans import permissions
        from shoushan.web import navigation

        permissions.add()
        navigation.add(
            "documents",
            _("Documents"),
            "documents",
            permission="plans.view",
            order=40,
            group="plan",
            about=_("Which words bind us?"),
        )
        navigation.add(
            "goals",
            _("Goals"),
            "goals",
            permission="plans.view",
            order=45,
            group="plan",
            about=_("What was promised, and who carries it?"),
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "shoushan.plans"
    label = "plans"

    def ready(self) -> None:
        from shoushan.plans import permissions
        from shoushan.plans.queries import find_documents, find_goals
        from shoushan.web import finding, navigation

        permissions.add()
        finding.add(_("Goals"), find_goals, order=10)
        finding.add(_("Documents"), find_documents, order=20)
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

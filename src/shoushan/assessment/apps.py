from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "shoushan.assessment"
    label = "assessment"

    def ready(self) -> None:
        from shoushan.assessment import permissions
        from shoushan.assessment.queries import consulting, objections
        from shoushan.web import navigation, today

        permissions.add()
        today.add(objections.waiting_for)
        today.add(consulting.waiting_for)
        navigation.add(
            "assessment",
            _("Assessment"),
            "assessment",
            permission="assessment.view",
            order=70,
            group="plan",
            about=_("What the year comes to by the published rules, and why."),
        )
        navigation.add(
            "objections",
            _("Objections"),
            "objections",
            permission="assessment.view",
            order=71,
            group="plan",
            about=_("Which score lines units object to, and what was answered."),
        )
        navigation.add(
            "schemes",
            _("Schemes"),
            "schemes",
            permission="assessment.view",
            order=72,
            group="plan",
            about=_("By which rules each year is assessed, and what is written for the next."),
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    name = "shoushan.letters"
    label = "letters"

    def ready(self) -> None:
        from shoushan.letters import permissions
        from shoushan.letters.queries import waiting_for
        from shoushan.web import navigation, today

        permissions.add()
        today.add(waiting_for)
        navigation.add(
            "letters",
            _("Responsibility letters"),
            "letters",
            permission="letters.view",
            order=50,
            group="plan",
            about=_("Who has signed for what?"),
        )

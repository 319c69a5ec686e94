from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "shoushan.registers"
    label = "registers"

    def ready(self) -> None:
        from shoushan.registers import permissions
        from shoushan.registers.queries import find, waiting_for
        from shoushan.web import finding, navigation, today

        permissions.add()
        today.add(waiting_for)
        finding.add(_("Records"), find, order=30)
        navigation.add(
            "lines",
            _("Work lines"),
            "lines",
            permission="registers.view",
            order=20,
            about=_("The registers of what is being done."),
        )

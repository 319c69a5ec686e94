from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgsConfig(AppConfig):
    name = "shoushan.orgs"
    label = "orgs"

    def ready(self) -> None:
        from shoushan.orgs import permissions
        from shoushan.orgs.queries import district_name, find
        from shoushan.web import finding, navigation

        permissions.add()
        navigation.name_district(district_name)
        finding.add(_("Units"), find, order=40)
        navigation.add(
            "units",
            _("Units and posts"),
            "units",
            permission="orgs.view_unit",
            order=70,
            group="plan",
            about=_("Who holds which post at which unit."),
        )
        navigation.add(
            "ledger",
            _("Ledger"),
            "ledger",
            permission="orgs.own_tokens",
            order=10,
            group="proof",
            about=_("Who did what, and is it intact?"),
        )

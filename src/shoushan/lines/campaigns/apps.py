from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "shoushan.lines.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        from shoushan.lines.campaigns.line import lines
        from shoushan.registers.lines import register

        register(*lines)

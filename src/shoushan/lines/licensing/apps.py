from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "shoushan.lines.licensing"
    label = "licensing"

    def ready(self) -> None:
        from shoushan.lines.licensing.line import lines
        from shoushan.registers.lines import register

        register(*lines)

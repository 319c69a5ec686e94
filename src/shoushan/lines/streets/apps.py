from django.apps import AppConfig


class StreetsConfig(AppConfig):
    name = "shoushan.lines.streets"
    label = "streets"

    def ready(self) -> None:
        from shoushan.lines.streets.line import lines
        from shoushan.registers.lines import register

        register(*lines)

from django.apps import AppConfig


class GreeningConfig(AppConfig):
    name = "shoushan.lines.greening"
    label = "greening"

    def ready(self) -> None:
        from shoushan.lines.greening.line import lines
        from shoushan.registers.lines import register

        register(*lines)

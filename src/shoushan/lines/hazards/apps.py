from django.apps import AppConfig


class HazardsConfig(AppConfig):
    name = "shoushan.lines.hazards"
    label = "hazards"

    def ready(self) -> None:
        from shoushan.lines.hazards.line import lines
        from shoushan.registers.lines import register

        register(*lines)

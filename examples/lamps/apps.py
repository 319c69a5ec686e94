from django.apps import AppConfig


class LampsConfig(AppConfig):
    name = "examples.lamps"
    label = "lamps"

    def ready(self) -> None:
        from examples.lamps.line import line
        from shoushan.registers.lines import register

        register(line)

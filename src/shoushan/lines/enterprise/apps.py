from django.apps import AppConfig


class EnterpriseConfig(AppConfig):
    name = "shoushan.lines.enterprise"
    label = "enterprise"

    def ready(self) -> None:
        from shoushan.lines.enterprise.line import lines
        from shoushan.registers.lines import register

        register(*lines)

from django.apps import AppConfig


class InvestmentConfig(AppConfig):
    name = "shoushan.lines.investment"
    label = "investment"

    def ready(self) -> None:
        from shoushan.lines.investment.line import lines
        from shoushan.registers.lines import register

        register(*lines)

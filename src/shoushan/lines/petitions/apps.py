from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "shoushan.lines.petitions"
    label = "petitions"

    def ready(self) -> None:
        from shoushan.evidence import stores
        from shoushan.ledger import hidden
        from shoushan.lines.petitions.files import Store
        from shoushan.lines.petitions.line import line
        from shoushan.lines.petitions.models import Matter
        from shoushan.lines.petitions.queries import hidden_events
        from shoushan.registers.lines import register

        register(line)
        hidden.add(hidden_events)
        stores.add(Matter, Store())

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "shoushan.lines.petitions"
    label = "petitions"

    def ready(self) -> None:
        import rules

        from shoushan.evidence import stores
        from shoushan.ledger import hidden
        from shoushan.lines.petitions.files import Store
        from shoushan.lines.petitions.line import line
        from shoushan.lines.petitions.models import Matter
        from shoushan.lines.petitions.queries import hidden_events
        from shoushan.lines.petitions.watching import clears_out, keeps_watch, waiting_for
        from shoushan.registers.lines import register
        from shoushan.web import today

        register(line)
        hidden.add(hidden_events)
        stores.add(Matter, Store())
        today.add(waiting_for)
        for name, predicate in (("watch", keeps_watch), ("clear_out", clears_out)):
            rules.add_perm(f"petitions.{name}", rules.Predicate(predicate, name=f"petitions_{name}"))

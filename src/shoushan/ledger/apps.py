from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "shoushan.ledger"
    label = "ledger"

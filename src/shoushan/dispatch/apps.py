from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "shoushan.dispatch"
    label = "dispatch"

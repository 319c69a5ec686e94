from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "shoushan.returns"
    label = "returns"

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "shoushan.plans"
    label = "plans"

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "shoushan.orgs"
    label = "orgs"

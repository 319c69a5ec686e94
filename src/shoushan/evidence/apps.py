from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "shoushan.evidence"
    label = "evidence"

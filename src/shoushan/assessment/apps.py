from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "shoushan.assessment"
    label = "assessment"

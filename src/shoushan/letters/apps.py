from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "shoushan.letters"
    label = "letters"

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "shoushan.registers"
    label = "registers"

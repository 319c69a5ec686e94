from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "shoushan.returns"
    label = "returns"

    def ready(self) -> None:
        from shoushan.returns import permissions

        permissions.add()

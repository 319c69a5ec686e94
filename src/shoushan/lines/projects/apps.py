from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "shoushan.lines.projects"
    label = "projects"

    def ready(self) -> None:
        from shoushan.lines.projects.line import lines
        from shoushan.registers.lines import register

        register(*lines)

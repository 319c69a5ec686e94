"""How forms are drawn: every field through one component, errors above and beside."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws ``{{ form }}`` and ``{{ field.as_field_group }}`` with our components."""

    form_template_name = "components/fields.html"
    field_template_name = "components/field.html"

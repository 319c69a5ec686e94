"""How forms are drawn: every field through one component, errors above and beside."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeData, SafeString, mark_safe

# Django's templates of these are one <input>, which a template takes twenty times as long to write
_INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in ("checkbox", "date", "datetime", "email", "hidden", "input", "number", "password", "tel", "text", "url")
)


class Renderer(TemplatesSetting):
    """Draws ``{{ form }}`` and ``{{ field.as_field_group }}`` with our components, and plain inputs without a template.

    A grid of a month's figures has a hundred inputs.
    """

    form_template_name = "components/fields.html"
    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        if template_name in _INPUTS:
            return input_tag(context["widget"])
        return mark_safe(super().render(template_name, context, request))  # noqa: S308 - a template's own output


def input_tag(widget: Mapping[str, Any]) -> SafeString:
    """One <input>, letter for letter as Django's own template writes it.

    >>> input_tag({"type": "text", "name": "a", "value": "<", "attrs": {"id": "id_a", "required": True, "x": False}})
    '<input type="text" name="a" value="&lt;" id="id_a" required>'
    """
    given = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        given["value"] = widget["value"]
    written = [
        f" {_escaped(name)}" + ("" if value is True else f'="{_escaped(value)}"')
        for name, value in (*given.items(), *widget["attrs"].items())
        if value is not False
    ]
    return mark_safe(f"<input{''.join(written)}>")  # noqa: S308 - every part is escaped


def _escaped(value: object) -> str:
    """As Django's ``conditional_escape``, which also knows words that are not yet translated, and is slower for it."""
    return str(value) if isinstance(value, SafeData) else escape(str(value))

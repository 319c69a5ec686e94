"""The JSON Schema of schemes, for editors: made from the same models that read them."""

from __future__ import annotations

from typing import Any

from shoushan.scoring.methods import METHODS
from shoushan.scoring.questions import QUESTIONS, RULE_KEYS, SCHEME_KEYS
from shoushan.scoring.scheme import Scheme


def json_schema() -> dict[str, Any]:
    """What an editor needs to complete and to check a scheme.yaml."""
    schema = Scheme.model_json_schema(ref_template="#/$defs/{model}")
    definitions = schema["$defs"]
    methods = {}
    for name, method in METHODS.items():
        inner = method.model_json_schema(ref_template="#/$defs/{model}")
        definitions |= inner.pop("$defs", {})
        _open(inner, {*method.asks, "full"})
        methods[name] = inner
    definitions["Method"] = {
        "type": "object",
        "properties": methods,
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    _open(schema, set(SCHEME_KEYS))
    _open(definitions["Rule"], set(RULE_KEYS))
    _open(definitions["Falsity"], {"costs"})
    _open(definitions["Grades"], {"compare"})
    _open(definitions["Quota"], {"slots", "tie_at_the_edge"})
    # a sum is written as a fact, a number, or a list of these
    part: dict[str, Any] = {"anyOf": [{"type": ["string", "number"]}, {"$ref": "#/$defs/Term"}]}
    total = {"anyOf": [*part["anyOf"], {"type": "array", "items": part}]}
    for name in ("value", "numerator", "denominator"):
        definitions["Indicator"]["properties"][name] = total
    definitions["Falsity"]["properties"]["figure"] = total
    definitions["Veto"]["properties"]["when"] = total
    definitions["Change"]["properties"]["method"] = {
        **definitions["Method"],
        "properties": {name: {"type": "object"} for name in METHODS},
    }
    schema["properties"]["choices"] = {"type": "object", "propertyNames": {"enum": sorted(QUESTIONS)}}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _open(schema: dict[str, Any], answered_elsewhere: set[str]) -> None:
    """What may be answered under ``choices`` need not stand in its own place."""
    schema["required"] = [name for name in schema.get("required", ()) if name not in answered_elsewhere]

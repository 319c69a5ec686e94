"""A scheme written back as YAML: the same scheme when it is read again; only its comments are gone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

from shoushan.scoring.methods import METHODS, Method

if TYPE_CHECKING:
    from shoushan.scoring.scheme import Scheme

NAMES = {method: name for name, method in METHODS.items()}


class _Dumper(yaml.SafeDumper):
    """YAML with exact decimals and no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", _exact(value))
)


def _exact(value: Decimal) -> str:
    text = format(value, "f")
    return text if "." in text else f"{text}.0"


def dumped(scheme: Scheme) -> str:
    """The scheme as YAML, every answer in its place."""
    written = scheme.model_dump(exclude_unset=True)
    for rule, given in zip(scheme.rules, written["rules"], strict=True):
        given["method"] = _method(rule.method)
        for change, each in zip(rule.changes, given.get("changes", ()), strict=False):
            each["method"] = _method(change.method)
    return as_yaml(written)


def as_yaml(written: Any) -> str:
    """What a scheme's file says, as YAML that reads back as the same."""
    return yaml.dump(_plain(written), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def _method(method: Method) -> dict[str, Any]:
    return {NAMES[type(method)]: method.model_dump(exclude_unset=True)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value

"""For tests of refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shoushan.core.errors import Refusal


def code_of(act: Callable[..., object], *given: Any, **named: Any) -> str:
    """The code that an act is refused with; the test fails where it is not refused."""
    with pytest.raises(Refusal) as refused:
        act(*given, **named)
    return refused.value.code

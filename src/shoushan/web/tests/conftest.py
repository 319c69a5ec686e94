from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from shoushan.web import navigation, today

FORM = (
    '{% extends "base.html" %}{% block title %}Form{% endblock %}{% block h1 %}Form{% endblock %}'
    "{% block main %}{% errors form %}"
    '<form method="post">{% once %}{{ form }}</form>{% endblock %}'
)

TRIED = """{% extends "base.html" %}{% block main %}
<div data-words><p data-at="0">一二三四五六七八九十</p><p data-at="10">𠮷完成植树</p></div>
<form data-words-form hidden><input name="start"><input name="words"></form>
<form method="post" action="/write/" data-sum-of="346" data-autosave="tried">{% csrf_token %}
<p data-restored hidden>Kept</p>
<label for="part-1">1</label><input id="part-1" name="one" data-part><label for="part-2">2</label>
<input id="part-2" name="two" data-part><output data-sum></output><output data-left></output>
<button type="submit" id="send">Send</button></form>
<ul data-queue><li><a href="/help/">first</a></li><li><a href="/more/">second</a></li></ul>
{% endblock %}"""


@pytest.fixture(autouse=True)
def _registers_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test enters into a register is gone after it."""
    own = {key: entry for key, entry in navigation._entries.items() if key in {"today", "help"}}
    monkeypatch.setattr(navigation, "_entries", own)
    monkeypatch.setattr(navigation, "_district", [])
    monkeypatch.setattr(today, "_providers", [])
    yield
    translation.activate("zh-hans")


@pytest.fixture
def pages(settings: Settings) -> None:
    """Web's own pages alone, on 3 December 2026."""
    settings.ROOT_URLCONF = "shoushan.web.tests.urls"
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    engine = dict(settings.TEMPLATES[0])
    memory = ("django.template.loaders.locmem.Loader", {"errors_and_form.html": FORM, "tried.html": TRIED})
    engine["OPTIONS"] = {
        **engine["OPTIONS"],
        "loaders": [memory, "django.template.loaders.app_directories.Loader"],
    }
    engine["APP_DIRS"] = False
    settings.TEMPLATES = [engine]


@pytest.fixture
def person(db: None) -> Any:
    return get_user_model().objects.create(login="zhou", name="周敏")


@pytest.fixture
def reader(pages: None, person: Any) -> Client:
    """A signed-in reader who sees the error page rather than the traceback."""
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client

"""What happens around every page: its language and unit of money, and a refusal nobody caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from shoushan.core.errors import Refusal
from shoushan.web import errors, figures, refusals

Next = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """The language and unit of money a person chose: by cookie on this machine, else as kept with the person."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self._speak(request, _known(request.COOKIES.get("language")) or settings.LANGUAGE_CODE)
        _set_money(request, request.COOKIES.get("money", ""))
        try:
            response = self.get_response(request)
        finally:
            translation.activate(settings.LANGUAGE_CODE)
        response.headers.setdefault("Content-Language", getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE))
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Once it is known who asks, take what the person keeps, where this machine has no choice of its own."""
        person = getattr(request, "user", None)
        if person is None or not person.is_authenticated:
            return
        if "language" not in request.COOKIES and (kept := _known(getattr(person, "language", None))):
            self._speak(request, kept)
        if "money" not in request.COOKIES:
            _set_money(request, getattr(person, "money", ""))

    @staticmethod
    def _speak(request: HttpRequest, language: str) -> None:
        translation.activate(language)
        request.LANGUAGE_CODE = language


class RefusalMiddleware:
    """A refusal that no view answered becomes a page that says what would make it possible."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse(refusals.as_json(exception), status=refusals.status(exception))
        return errors.refused(request, exception)


def _known(language: str | None) -> str:
    return language if language and language in dict(settings.LANGUAGES) else ""


def _set_money(request: HttpRequest, unit: str) -> None:
    request.money = unit if unit in figures.MONEY else "yi"  # type: ignore[attr-defined]

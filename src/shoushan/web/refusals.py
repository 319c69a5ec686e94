"""A refusal as its reader meets it: in their language, beside the field, on a page of its own, or as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from types import TracebackType
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext

from shoushan.core.errors import Refusal, Refusals
from shoushan.core.months import Month
from shoushan.web import dates, figures

# The beginning of a code decides the status; everything else is a conflict with how things stand.
STATUS = (("access.absent", 404), ("access.", 403), ("sign_in.", 403), ("api.rate", 429), ("file.", 422))
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Said:
    """A refusal in the reader's language."""

    code: str
    message: str
    hint: str
    field: str = ""

    @property
    def whole(self) -> str:
        """Message and hint as one text."""
        return (
            gettext("%(message)s %(hint)s") % {"message": self.message, "hint": self.hint}
            if self.hint
            else self.message
        )


def say(refusal: Refusal) -> Said:
    """Translate a refusal and fill its places."""
    params = {name: _written(value) for name, value in refusal.params.items()}
    message, hint = (gettext(text) if text else "" for text in (refusal.message, refusal.hint))
    return Said(refusal.code, message % params if params else message, hint % params if params else hint, refusal.field)


def _written(value: object) -> str:
    """A place's value as pages write it: figures with commas, days and months in the reader's language."""
    match value:
        case Decimal():
            return figures.number(value)
        case datetime():
            return dates.moment(value)
        case date():
            return dates.day(value)
        case Month():
            return dates.month(value)
        case _:
            return str(value)


def say_all(refusal: Refusal) -> list[Said]:
    """Every refusal of several, or the one."""
    return [say(each) for each in (refusal.refusals if isinstance(refusal, Refusals) else [refusal])]


def status(refusal: Refusal) -> int:
    """The HTTP status a refusal has on a page and in the API."""
    return next((number for start, number in STATUS if refusal.code.startswith(start)), CONFLICT)


def as_json(refusal: Refusal) -> dict[str, Any]:
    """The one shape of a refusal in the API; several are listed under ``refusals``."""
    said = say_all(refusal)
    body: dict[str, Any] = {"ok": False, "code": said[0].code, "message": said[0].message, "hint": said[0].hint}
    if len(said) > 1:
        body["refusals"] = [asdict(each) for each in said]
    return body


def put(form: forms.BaseForm, refusal: Refusal) -> None:
    """Set each refusal beside the field it belongs to; without one, in the summary."""
    for said in say_all(refusal):
        field = said.field if said.field in form.fields else None
        text = format_html('{} <span class="way">{}</span>', said.message, said.hint) if said.hint else said.message
        form.add_error(field, forms.ValidationError(text, code=said.code))


class beside:  # noqa: N801 - reads as a word of the view: `with refusals.beside(form):`
    """Keep what was typed: a refusal raised inside becomes an error of the form.

    if form.is_valid():
        with refusals.beside(form):
            actions.divide(goal, by=request.user, …)
            return redirect(goal)
    return render(…)
    """

    def __init__(self, form: forms.BaseForm) -> None:
        self.form = form

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Refusal):
            return False
        put(self.form, error)
        return True

"""What a phone adds to a record made outdoors: a photograph, when it was taken, and where, if its owner agrees."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shoushan.evidence.models import Place

CAMERA = forms.FileInput(attrs={"accept": "image/*", "capture": "environment"})


def _degrees(most: int) -> forms.DecimalField:
    return forms.DecimalField(
        required=False, widget=forms.HiddenInput, min_value=-most, max_value=most, max_digits=8, decimal_places=5
    )


class PhotoForm(forms.Form):
    """A photograph, the day by the device's own clock, and the place it was asked for."""

    photo = forms.FileField(label=_("photo"), required=False, widget=CAMERA)
    photo_taken_on = forms.DateField(required=False, widget=forms.HiddenInput)
    photo_latitude = _degrees(90)
    photo_longitude = _degrees(180)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.place() and not given.get("photo"):
            self.add_error(
                "photo", _("The place is kept with the photo. Take one, or take the place off and save again.")
            )
        return given

    def place(self) -> Place | None:
        """Where the photograph was taken, if that was told."""
        latitude, longitude = (self.cleaned_data.get(f"photo_{name}") for name in ("latitude", "longitude"))
        return None if latitude is None or longitude is None else Place(latitude, longitude)

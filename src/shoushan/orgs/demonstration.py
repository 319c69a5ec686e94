"""The one-click roles of the demonstration: who they are called, and how their people sign in."""

from django.utils.translation import gettext_lazy as _

LOGIN = "demo-{role}"
ROLES = (
    ("head", _("District head")),
    ("supervision", _("Supervision office")),
    ("assessment", _("Assessment office")),
    ("reporter", _("Reporter of Hexi subdistrict")),
    ("verifier", _("Verifier")),
    ("investment", _("Investment bureau")),
    ("petitions", _("Petitions office")),
    ("inspector", _("Inspector in the field")),
    ("auditor", _("Auditor")),
    ("admin", _("Administrator")),
)

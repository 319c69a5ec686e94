"""What people write about a year's assessment: schemes and their rules, objections, answers, decisions."""

from shoushan.assessment.forms.results import (
    AdmitForm,
    AnswerForm,
    AppealForm,
    BallotForm,
    DecideForm,
    EffectForm,
    FreezeForm,
    LinksForm,
    ObjectForm,
    PanelForm,
    SchemeForm,
)

__all__ = [
    "AdmitForm",
    "AnswerForm",
    "AppealForm",
    "BallotForm",
    "DecideForm",
    "EffectForm",
    "FreezeForm",
    "LinksForm",
    "ObjectForm",
    "PanelForm",
    "SchemeForm",
]

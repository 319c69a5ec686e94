"""Addresses of the year, its meetings, and what they lead to."""

from django.urls import path

from shoushan.dispatch.views import follow_ups, meetings, minutes, pack, warnings, year

urlpatterns = [
    path("year/", year.year, name="year"),
    path("indicators/<str:key>/", year.indicator, name="indicator"),
    path("goals/<int:pk>/", year.goal, name="goal"),
    path("goals/<int:pk>/<slug:code>/baseline/", year.baseline, name="goal-baseline"),
    path("goals/<int:pk>/<slug:code>/", year.unit_months, name="goal-months"),
    path("warnings/", warnings.warnings, name="warnings"),
    path("warnings/judge/", warnings.judge, name="warnings-judge"),
    path("warnings/<int:pk>/", warnings.warning, name="warning"),
    path("warnings/<int:pk>/wake/", warnings.wake, name="warning-wake"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<month:month>/", meetings.meeting, name="meeting"),
    path("meetings/<month:month>/add/", meetings.add, name="meeting-add"),
    path("meetings/<month:month>/fix/", meetings.fix, name="meeting-fix"),
    path("meetings/<month:month>/confirm/", meetings.confirm, name="meeting-confirm"),
    path("meetings/<month:month>/minutes.pdf", minutes.pdf, name="meeting-minutes"),
    path("meetings/<month:month>/minutes.docx", minutes.word, name="meeting-minutes-word"),
    path("meetings/<month:month>/pack/", pack.pack, name="meeting-pack"),
    path("meetings/<month:month>/run/", meetings.run, name="meeting-run"),
    path("meetings/items/<int:pk>/correct/", minutes.correct, name="item-correct"),
    path("meetings/corrections/<int:pk>/", minutes.confirm, name="correction-confirm"),
    path("meetings/items/<int:pk>/move/", meetings.move, name="item-move"),
    path("meetings/items/<int:pk>/drop/", meetings.drop, name="item-drop"),
    path("meetings/items/<int:pk>/decide/", meetings.decide, name="item-decide"),
    path("meetings/items/<int:pk>/note/", meetings.note, name="item-note"),
    path("meetings/items/<int:pk>/state/<slug:code>/", meetings.state, name="item-state"),
    path("follow-ups/", follow_ups.follow_ups, name="follow-ups"),
    path("follow-ups/new/", follow_ups.new, name="follow-up-new"),
    path("follow-ups/<int:pk>/", follow_ups.follow_up, name="follow-up"),
    path("follow-ups/<int:pk>/paper/", follow_ups.paper, name="follow-up-paper"),
    path("follow-ups/<int:pk>/report/", follow_ups.report, name="follow-up-report"),
    path("follow-ups/<int:pk>/decide/", follow_ups.decide, name="follow-up-decide"),
    path("follow-ups/<int:pk>/extend/", follow_ups.extend, name="follow-up-extend"),
    path("follow-ups/extensions/<int:pk>/", follow_ups.answer, name="extension-answer"),
]

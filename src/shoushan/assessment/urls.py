"""Addresses of a year's assessment: runs, sheets, objections, what follows, and the scheme it rests on."""

from django.urls import path

from shoushan.assessment.views import archives, consequences, objections, panels, results, years

urlpatterns = [
    path("assessment/", years.newest, name="assessment"),
    path("assessment/<int:number>/", years.year, name="assessment-year"),
    path("assessment/<int:number>/freeze/", years.freeze, name="assessment-freeze"),
    path("assessment/<int:number>/run/", years.run, name="assessment-run"),
    path("assessment/<int:number>/compare/", years.compare, name="assessment-compare"),
    path("assessment/<int:number>/archive/", archives.archive, name="assessment-archive"),
    path("assessment/<int:number>/consequences/", consequences.consequences, name="assessment-consequences"),
    path("assessment/<int:number>/result/", results.result, name="assessment-result"),
    path("assessment/<int:number>/result.<slug:ending>", results.paper, name="assessment-paper"),
    path("assessment/consequences/<int:pk>/decide/", consequences.decide, name="consequence-decide"),
    path("assessment/<int:number>/panels/", panels.panels, name="assessment-panels"),
    path("assessment/panels/<int:pk>/", panels.panel, name="panel"),
    path("assessment/panels/<int:pk>/close/", panels.close, name="panel-close"),
    path("ballots/<str:secret>/", panels.ballot, name="ballot"),
    path("assessment/lines/<int:pk>/object/", objections.object_to, name="assessment-object"),
    path("assessment/runs/<int:pk>/announce/", years.announce, name="assessment-announce"),
    path("assessment/runs/<int:pk>/publish/", years.publish, name="assessment-publish"),
    path("assessment/<int:number>/<slug:code>/", years.sheet, name="assessment-sheet"),
    path("objections/", objections.objections, name="objections"),
    path("objections/<int:pk>/", objections.objection, name="objection"),
    path("objections/<int:pk>/answer/", objections.answer, name="objection-answer"),
    path("objections/<int:pk>/admit/", objections.admit, name="objection-admit"),
    path("objections/<int:pk>/appeal/", objections.appeal, name="objection-appeal"),
    path("schemes/<int:number>/", years.scheme, name="scheme"),
]

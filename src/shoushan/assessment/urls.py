"""Addresses of a year's assessment, its score sheets, and the scheme it rests on."""

from django.urls import path

from shoushan.assessment import views

urlpatterns = [
    path("assessment/", views.newest, name="assessment"),
    path("assessment/<int:number>/", views.year, name="assessment-year"),
    path("assessment/<int:number>/freeze/", views.freeze, name="assessment-freeze"),
    path("assessment/<int:number>/run/", views.run, name="assessment-run"),
    path("assessment/runs/<int:pk>/publish/", views.publish, name="assessment-publish"),
    path("assessment/<int:number>/<slug:code>/", views.sheet, name="assessment-sheet"),
    path("schemes/<int:number>/", views.scheme, name="scheme"),
]

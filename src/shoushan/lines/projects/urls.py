"""Addresses of key projects' own."""

from django.urls import path

from shoushan.lines.projects import views

urlpatterns = [
    path("projects/gantt/", views.gantt, name="projects-gantt"),
    path("projects/curve/", views.curve, name="projects-curve"),
    path("projects/map/", views.where, name="projects-map"),
    path("projects/photos/", views.photos, name="projects-photos"),
]

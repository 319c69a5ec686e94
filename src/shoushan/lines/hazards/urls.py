"""Addresses of the safety line's own pages; they stand before the registers' own."""

from django.urls import path

from shoushan.lines.hazards import views

urlpatterns = [
    path("hazards/sites/", views.sites, name="hazard-sites"),
    path("hazards/<int:pk>/linked/", views.linked, name="hazard-linked"),
]

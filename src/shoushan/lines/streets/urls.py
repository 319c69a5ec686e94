"""Addresses of the roads' and estates' own pages; they stand before the registers' own."""

from django.urls import path

from shoushan.lines.streets import views

urlpatterns = [
    path("streets/standing/", views.standing, name="streets-standing"),
    path("inspections/<int:pk>/adopt/", views.adopt, name="inspection-adopt"),
]

"""Addresses of the year page."""

from django.urls import path

from shoushan.dispatch.views import year

urlpatterns = [
    path("year/", year.year, name="year"),
    path("indicators/<str:key>/", year.indicator, name="indicator"),
    path("goals/<int:pk>/", year.goal, name="goal"),
    path("goals/<int:pk>/<slug:code>/baseline/", year.baseline, name="goal-baseline"),
    path("goals/<int:pk>/<slug:code>/", year.unit_months, name="goal-months"),
]

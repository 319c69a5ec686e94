"""Addresses of the year page and of warnings."""

from django.urls import path

from shoushan.dispatch.views import warnings, year

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
]

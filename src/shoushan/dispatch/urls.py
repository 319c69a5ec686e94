"""Addresses of the year page."""

from django.urls import path

from shoushan.dispatch import views

urlpatterns = [
    path("year/", views.year, name="year"),
    path("indicators/<str:key>/", views.indicator, name="indicator"),
    path("goals/<int:pk>/", views.goal, name="goal"),
    path("goals/<int:pk>/<slug:code>/baseline/", views.baseline, name="goal-baseline"),
    path("goals/<int:pk>/<slug:code>/", views.unit_months, name="goal-months"),
]

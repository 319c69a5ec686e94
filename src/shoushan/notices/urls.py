"""Addresses of the outbox."""

from django.urls import path

from shoushan.notices import views

urlpatterns = [
    path("notices/", views.outbox, name="notices"),
    path("notices/<int:pk>/again/", views.again, name="notice-again"),
]

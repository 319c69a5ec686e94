"""Addresses of evidence."""

from django.urls import path

from shoushan.evidence import views

urlpatterns = [
    path("evidence/<int:pk>/file/", views.download, name="evidence"),
    path("evidence/<int:pk>/preview/", views.preview, name="evidence-preview"),
]

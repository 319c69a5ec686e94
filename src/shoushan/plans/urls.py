"""Addresses of documents and their passages."""

from django.urls import path

from shoushan.plans import views

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("passages/<int:pk>/confirm/", views.confirm, name="passage-confirm"),
    path("passages/<int:pk>/drop/", views.drop, name="passage-drop"),
    path("passages/<int:pk>/reconsider/", views.reconsider, name="passage-reconsider"),
]

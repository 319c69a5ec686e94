"""Addresses of letters."""

from django.urls import path

from shoushan.letters import views

urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("letters/<int:pk>/pdf/", views.pdf, name="letter-pdf"),
    path("letters/<int:pk>/issue/", views.issue, name="letter-issue"),
    path("letters/<int:pk>/sign/", views.sign, name="letter-sign"),
]

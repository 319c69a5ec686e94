"""Addresses of documents, their passages, goals and indicators."""

from django.urls import path

from shoushan.plans import views

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("passages/<int:pk>/confirm/", views.confirm, name="passage-confirm"),
    path("passages/<int:pk>/drop/", views.drop, name="passage-drop"),
    path("passages/<int:pk>/reconsider/", views.reconsider, name="passage-reconsider"),
    path("documents/<int:pk>/point-out/", views.point_out, name="passage-add"),
    path("goals/", views.goals, name="goals"),
    path("goals/<int:pk>/divide/", views.divide, name="goal-divide"),
    path("goals/<int:pk>/schedule/", views.schedule, name="goal-schedule"),
    path("indicators/", views.indicators, name="indicators"),
]

"""Addresses of investment's own."""

from django.urls import path

from shoushan.lines.investment import views

urlpatterns = [path("investment/funnel/", views.show_funnel, name="investment-funnel")]

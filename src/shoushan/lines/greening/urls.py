"""Addresses of the greening line's own pages; they stand before the registers' own."""

from django.urls import path

from shoushan.lines.greening import views

urlpatterns = [path("greening/survival/", views.survival, name="greening-survival")]

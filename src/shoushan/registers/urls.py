"""Addresses of the registers; each line's key is an address of its own, so these come last."""

from django.urls import path

from shoushan.registers.views import pages

urlpatterns = [
    path("lines/", pages.lines, name="lines"),
    path("<slug:key>/", pages.register, name="register"),
    path("<slug:key>/new/", pages.new, name="record-new"),
    path("<slug:key>/export/", pages.export, name="register-export"),
    path("<slug:key>/import/", pages.enter_sheet, name="register-import"),
    path("<slug:key>/<int:pk>/", pages.record, name="record"),
    path("<slug:key>/<int:pk>/edit/", pages.edit, name="record-edit"),
    path("<slug:key>/<int:pk>/advance/", pages.advance, name="record-advance"),
    path("<slug:key>/<int:pk>/back/", pages.back, name="record-back"),
    path("<slug:key>/<int:pk>/decide/<slug:stage>/", pages.decide, name="record-decide"),
]

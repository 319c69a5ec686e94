"""Addresses of the registers; each line's key is an address of its own, so these come last."""

from django.urls import path

from shoushan.registers import views

urlpatterns = [
    path("lines/", views.lines, name="lines"),
    path("<slug:key>/", views.register, name="register"),
    path("<slug:key>/new/", views.new, name="record-new"),
    path("<slug:key>/export/", views.export, name="register-export"),
    path("<slug:key>/import/", views.enter_sheet, name="register-import"),
    path("<slug:key>/<int:pk>/", views.record, name="record"),
    path("<slug:key>/<int:pk>/edit/", views.edit, name="record-edit"),
    path("<slug:key>/<int:pk>/advance/", views.advance, name="record-advance"),
    path("<slug:key>/<int:pk>/back/", views.back, name="record-back"),
    path("<slug:key>/<int:pk>/decide/<slug:stage>/", views.decide, name="record-decide"),
]

"""Addresses of people and units."""

from django.urls import path

from shoushan.orgs import ledger_pages, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-in/again/", views.again, name="sign-in-again"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("me/", views.me, name="me"),
    path("me/email/", views.my_email, name="my-email"),
    path("calendar/<str:secret>.ics", views.calendar, name="calendar"),
    path("me/tokens/<int:pk>/revoke/", views.revoke, name="token-revoke"),
    path("ledger/", ledger_pages.events, name="ledger"),
    path("ledger/verify/", ledger_pages.check, name="ledger-verify"),
    path("ledger/<int:pk>/", ledger_pages.event, name="ledger-event"),
    path("units/", views.units, name="units"),
    path("units/<slug:code>/", views.unit, name="unit"),
    path("units/<slug:code>/merge/", views.merge, name="unit-merge"),
]

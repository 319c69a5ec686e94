"""Addresses of letters."""

from django.urls import path

from shoushan.letters import views

urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path("letters/bases/", views.bases, name="letter-bases"),
    path("letters/draft/", views.draft_all, name="letters-draft"),
    path("letters/issue/", views.issue_all, name="letters-issue"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("letters/<int:pk>/pdf/", views.pdf, name="letter-pdf"),
    path("letters/<int:pk>/issue/", views.issue, name="letter-issue"),
    path("letters/<int:pk>/sign/", views.sign, name="letter-sign"),
    path("letters/<int:pk>/edit/", views.edit, name="letter-edit"),
    path("letters/<int:pk>/amend/", views.amend, name="letter-amend"),
    path("amendments/<int:pk>/", views.amendment, name="amendment"),
    path("amendments/<int:pk>/sign/", views.sign_amendment, name="amendment-sign"),
    path("amendments/<int:pk>/refuse/", views.refuse_amendment, name="amendment-refuse"),
]

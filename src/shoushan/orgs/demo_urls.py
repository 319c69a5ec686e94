"""The demonstration's one-click sign-in; these addresses exist nowhere else."""

from django.urls import path

from shoushan.orgs import views

urlpatterns = [path("sign-in/", views.demo_sign_in, name="demo-sign-in")]

from django.urls import path

from shoushan.web import views

urlpatterns = [
    path("", views.today, name="today"),
    path("more/", views.more, name="more"),
    path("language/", views.language, name="language"),
    path("money/", views.money, name="money"),
    path("help/", views.help_page, name="help"),
    path("jobs/<str:key>/", views.job, name="job"),
    path("jobs/<str:key>/file/", views.job_file, name="job-file"),
    path("search/", views.search, name="search"),
    path("worker.js", views.worker, name="worker"),
    path("healthz", views.healthz, name="healthz"),
]

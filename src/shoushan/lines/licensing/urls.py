"""Addresses of licensing's own."""

from django.urls import path

from shoushan.lines.licensing import views

urlpatterns = [
    path("licensing/report/", views.yearly_report, name="licensing-report"),
    path("licensing/report.docx", views.yearly_report_docx, name="licensing-report-docx"),
]

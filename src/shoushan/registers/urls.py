"""Addresses of the registers; each line's key is an address of its own, so these come last."""

from django.urls import path

from shoushan.registers.views import field, handing, limits, pages, paper, several, sheets, talk

urlpatterns = [
    path("lines/", pages.lines, name="lines"),
    path("<slug:key>/", pages.register, name="register"),
    path("<slug:key>/new/", pages.new, name="record-new"),
    path("<slug:key>/field/", field.field, name="register-field"),
    path("<slug:key>/several/", several.several, name="register-several"),
    path("<slug:key>/figures/", paper.figures, name="register-figures"),
    path("<slug:key>/export/", sheets.export, name="register-export"),
    path("<slug:key>/import/", sheets.upload, name="register-import"),
    path("<slug:key>/import/<str:job>/", sheets.preview, name="register-import-preview"),
    path("<slug:key>/import/<str:job>/enter/", sheets.enter, name="register-import-enter"),
    path("<slug:key>/import/<str:job>/faults/", sheets.faults, name="register-import-faults"),
    path("<slug:key>/views/", talk.save_view, name="register-view-save"),
    path("<slug:key>/views/<int:view>/drop/", talk.drop_view, name="register-view-drop"),
    path("<slug:key>/columns/", talk.columns, name="register-columns"),
    path("<slug:key>/columns/<int:column>/drop/", talk.drop_column, name="register-column-drop"),
    path("<slug:key>/<int:pk>/", pages.record, name="record"),
    path("<slug:key>/<int:pk>/edit/", pages.edit, name="record-edit"),
    path("<slug:key>/<int:pk>/print/", paper.sheet, name="record-print"),
    path("<slug:key>/<int:pk>/advance/", pages.advance, name="record-advance"),
    path("<slug:key>/<int:pk>/back/", pages.back, name="record-back"),
    path("<slug:key>/<int:pk>/decide/<slug:stage>/", pages.decide, name="record-decide"),
    path("<slug:key>/<int:pk>/redate/<slug:stage>/", limits.redate, name="record-redate"),
    path("<slug:key>/<int:pk>/limits/<slug:limit>/<slug:verb>/", limits.change, name="record-limit"),
    path("<slug:key>/<int:pk>/longer/<int:extension>/", limits.decide_longer, name="record-longer"),
    path("<slug:key>/<int:pk>/comment/", talk.comment, name="record-comment"),
    path("<slug:key>/<int:pk>/unit/", handing.hand_over, name="record-unit"),
    path("<slug:key>/<int:pk>/merge/", talk.merge, name="record-merge"),
]

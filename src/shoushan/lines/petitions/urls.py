"""Addresses of petitions' own pages; they stand before the registers' own."""

from django.urls import path

from shoushan.lines.petitions.views import custody, office, public

urlpatterns = [
    path("petition/", public.follow, name="petition"),
    path("petition/rate/", public.rate, name="petition-rate"),
    path("petitions/new/", office.new, name="petition-new"),
    path("petitions/causes/", office.causes, name="petition-causes"),
    path("petitions/openings/", custody.openings, name="petition-openings"),
    path("petitions/retention/", custody.retention, name="petition-retention"),
    path("petitions/retention/<int:pk>/", custody.erase, name="petition-erase"),
    path("petitions/<int:pk>/", office.matter, name="petition-matter"),
    path("petitions/<int:pk>/slip/", office.slip, name="petition-slip"),
    path("petitions/<int:pk>/identity/", office.identity, name="petition-identity"),
    path("petitions/<int:pk>/identity/seal/", office.seal, name="petition-seal"),
    path("petitions/<int:pk>/conflicts/", office.conflict, name="petition-conflict"),
    path("petitions/<int:pk>/conflicts/<int:conflict>/lift/", office.lift, name="petition-lift"),
    path("petitions/<int:pk>/unit/", office.assign, name="petition-assign"),
    path("petitions/<int:pk>/objection/", office.objection, name="petition-objection"),
]

"""Routes of the record room. Each kind of row has routes of its own name, made from one table."""

import importlib.util

from django.urls import URLPattern, URLResolver, include, path

from patients.kinds import KINDS
from patients.views import charts, directory, merge, rows

urlpatterns: list[URLPattern | URLResolver] = [
    path("patients/", charts.patients, name="patients"),
    path("patients/new/", charts.add, name="patient-add"),
    path("patients/<uuid:pk>/", charts.chart, name="patient"),
    path("patients/<uuid:pk>/edit/", charts.edit, name="patient-edit"),
    path("patients/<uuid:pk>/changes/", charts.history, name="patient-history"),
    path("patients/<uuid:pk>/merge/", merge.choose, name="patient-merge"),
    path("patients/<uuid:pk>/merge/<uuid:other>/", merge.preview, name="patient-merge-preview"),
    path("patients/<uuid:pk>/unmerge/", merge.undo, name="patient-unmerge"),
    path("directory/", directory.entries, name="directory"),
]

for noun in directory.ENTRIES:
    urlpatterns += [
        path(f"directory/{noun}/new/", directory.add, {"noun": noun}, name=f"{noun}-add"),
        path(f"directory/{noun}/<uuid:pk>/", directory.edit, {"noun": noun}, name=noun),
    ]

for kind in KINDS.values():
    known = {"noun": kind.noun}
    urlpatterns += [
        path(f"patients/<uuid:pk>/{kind.noun}/", rows.panel, known, name=f"{kind.noun}-panel"),
        path(f"patients/<uuid:pk>/{kind.noun}/new/", rows.add, known, name=f"{kind.noun}-add"),
        path(f"{kind.noun}/<uuid:pk>/", rows.edit, known, name=kind.noun),
        path(f"{kind.noun}/<uuid:pk>/changes/", rows.history, known, name=f"{kind.noun}-history"),
        path(f"{kind.noun}/<uuid:pk>/in-error/", rows.mark_in_error, known, name=f"{kind.noun}-in-error"),
        path(f"{kind.noun}/<uuid:pk>/put-back/", rows.put_back, known, name=f"{kind.noun}-put-back"),
    ]
    if kind.none:
        urlpatterns.append(path(f"patients/<uuid:pk>/{kind.noun}/none/", rows.answer, known, name=f"{kind.noun}-none"))

# The medication table brings its own routes.
if importlib.util.find_spec("patients.urls_medications"):
    urlpatterns.append(path("", include("patients.urls_medications")))

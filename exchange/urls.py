"""Routes of exchange."""

from django.urls import URLPattern, path

from exchange import views

urlpatterns: list[URLPattern] = [
    path("import/", views.upload, name="import"),
    path("patients/<uuid:pk>/import/", views.upload, name="patient-import"),
    path("imports/<uuid:pk>/", views.staged_import, name="staged-import"),
    path("imports/<uuid:pk>/discard/", views.discard, name="staged-import-discard"),
]

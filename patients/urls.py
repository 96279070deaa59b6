"""Routes of the record room. The medication table hangs in where `patients.urls_medications` stands."""

import importlib.util

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []

if importlib.util.find_spec("patients.urls_medications"):
    urlpatterns.append(path("", include("patients.urls_medications")))

"""Routes of interactions."""

from django.urls import path

from interactions import views

urlpatterns = [
    path("drugs/suggest/", views.suggest, name="drug-suggest"),
]

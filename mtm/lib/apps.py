"""The cellar: small helpers without models."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "mtm.lib"
    label = "mtm_lib"

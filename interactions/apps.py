from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register

from interactions.checks import dictionary_is_up_to_date
from interactions.knowledge.releases.in_use import use_folder


class InteractionsConfig(AppConfig):
    name = "interactions"

    def ready(self) -> None:
        use_folder(settings.DICTIONARY_DIR)
        register(dictionary_is_up_to_date)

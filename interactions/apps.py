from django.apps import AppConfig
from django.conf import settings

from interactions.knowledge.releases.in_use import use_folder


class InteractionsConfig(AppConfig):
    name = "interactions"

    def ready(self) -> None:
        use_folder(settings.DICTIONARY_DIR)

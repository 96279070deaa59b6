from django.apps import AppConfig

from mtm.lib import immutability


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from reviews import models

        immutability.protect(models.Encounter._meta.db_table, when="signed_at")
        for model in (models.ReviewSnapshot, models.Screening, models.SignedDocument, models.PrescriberResponse, models.Delivery):
            immutability.protect(model._meta.db_table)
        immutability.protect(
            models.DocumentFile._meta.db_table,
            set_once=("pdf", "pdf_sha256", "rendered_at"),
            free=("attempts", "leased_until", "last_error"),
        )
        for model in self.get_models():
            if model.__name__.startswith("Historical"):
                immutability.protect(model._meta.db_table)

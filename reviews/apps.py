from django.apps import AppConfig

from mtm.lib import immutability


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from accounts.views.today import add_panel as add_today_panel
        from patients.panels import add_panel as add_chart_panel
        from patients.services.merge import add_blocker
        from reviews import models
        from reviews.merging import open_reviews_of
        from reviews.panels import chart_panel, today_panel

        add_today_panel("encounter.view", "reviews/partials/today.html", today_panel)
        add_chart_panel("encounter.view", "reviews/partials/chart.html", chart_panel)
        add_blocker(open_reviews_of)

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

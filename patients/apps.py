from django.apps import AppConfig, apps

from mtm.lib import immutability


class PatientsConfig(AppConfig):
    name = "patients"

    def ready(self) -> None:
        from accounts.views.today import add_panel
        from interactions.recent import add_source
        from patients.recent import recent_choices
        from patients.views.unsettled import today_panel

        add_panel("chart.edit", "patients/partials/today_names.html", today_panel)
        add_source(recent_choices)
        for model in self.get_models():
            if model.__name__.startswith("Historical"):
                immutability.protect(apps.get_model("patients", model.__name__)._meta.db_table)

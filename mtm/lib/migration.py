"""First migrations, made quickly."""

from typing import Any

from django.db import migrations


class FirstMigration(migrations.Migration):
    """Creates models and does nothing else: all of them enter the state at once.

    Django renders every related model anew for each `CreateModel`, which with 60 tables that all know the
    organization costs seconds at each first start. Operations other than `CreateModel` do not belong here.
    """

    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        before = project_state.clone()
        project_state.__dict__.pop("apps", None)  # rendered once more when the first table asks
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state

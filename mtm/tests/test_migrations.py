"""Whether the migrations make what the models say, and whether the quick way of the first ones may be taken."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from mtm.lib.migration import FirstMigration


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_first_migration_creates_models_and_does_nothing_else():
    ours = [one for one in MigrationLoader(None).disk_migrations.values() if isinstance(one, FirstMigration)]

    assert {one.app_label for one in ours} == {"accounts", "patients", "reviews", "exchange"}
    assert {type(operation) for one in ours for operation in one.operations} == {migrations.CreateModel}


@pytest.mark.django_db
def test_every_column_of_every_model_is_in_the_database():
    with connection.cursor() as cursor:
        for name in ("accounts", "patients", "reviews", "exchange"):
            for model in apps.get_app_config(name).get_models():
                columns = {column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)}

                assert columns == {field.column for field in model._meta.local_concrete_fields}

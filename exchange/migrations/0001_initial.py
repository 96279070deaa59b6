import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from mtm.lib.migration import FirstMigration


class Migration(FirstMigration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("patients", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StagedImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("format", models.CharField(max_length=20)),
                ("part", models.PositiveSmallIntegerField(default=1)),
                ("parts", models.PositiveSmallIntegerField(default=1)),
                ("person_name", models.CharField(blank=True, max_length=250)),
                ("birth_date", models.DateField(null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("staged", "Waiting"), ("accepted", "Imported"), ("discarded", "Discarded")],
                        default="staged",
                        max_length=9,
                    ),
                ),
                ("content", models.JSONField(default=dict)),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="imports", to="patients.patient"
                    ),
                ),
                (
                    "staged_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["-created_at", "part", "id"],
                "indexes": [models.Index(fields=["organization", "status", "-created_at"], name="exchange_st_organiz_a67e5a_idx")],
            },
        ),
    ]

import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from mtm.lib.migration import FirstMigration


class Migration(FirstMigration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalPrescriber",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("name", models.CharField(help_text="As on a letter: Dr. Lena Haddad.", max_length=200)),
                ("credentials", models.CharField(blank=True, max_length=60)),
                ("specialty", models.CharField(blank=True, max_length=120)),
                ("npi", models.CharField(blank=True, max_length=10, verbose_name="NPI")),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("fax", models.CharField(blank=True, max_length=40)),
                ("address", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical prescriber",
                "verbose_name_plural": "historical prescribers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Prescriber",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("name", models.CharField(help_text="As on a letter: Dr. Lena Haddad.", max_length=200)),
                ("credentials", models.CharField(blank=True, max_length=60)),
                ("specialty", models.CharField(blank=True, max_length=120)),
                ("npi", models.CharField(blank=True, max_length=10, verbose_name="NPI")),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("fax", models.CharField(blank=True, max_length=40)),
                ("address", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPharmacy",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("name", models.CharField(max_length=200)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("fax", models.CharField(blank=True, max_length=40)),
                ("address", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical pharmacy",
                "verbose_name_plural": "historical pharmacies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Pharmacy",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("name", models.CharField(max_length=200)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("fax", models.CharField(blank=True, max_length=40)),
                ("address", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name_plural": "pharmacies",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Patient",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("given_names", models.CharField(max_length=120)),
                ("family_name", models.CharField(max_length=120)),
                ("preferred_name", models.CharField(blank=True, help_text="What the patient likes to be called.", max_length=120)),
                ("birth_date", models.DateField()),
                ("deceased_on", models.DateField(blank=True, null=True)),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "sex",
                    models.CharField(
                        choices=[("F", "Female"), ("M", "Male"), ("O", "Other"), ("U", "Not known")], default="U", max_length=1
                    ),
                ),
                ("pregnant_until", models.DateField(blank=True, null=True, verbose_name="pregnant, due date")),
                (
                    "pregnancy_status",
                    models.CharField(
                        choices=[("unknown", "Not asked"), ("no", "Not pregnant"), ("yes", "Pregnant")], default="unknown", max_length=12
                    ),
                ),
                ("is_lactating", models.BooleanField(blank=True, null=True, verbose_name="breastfeeding")),
                ("weight_kg", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                ("weight_on", models.DateField(blank=True, null=True)),
                ("height_cm", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("second_phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("address", models.TextField(blank=True, help_text="As it stands on an envelope.")),
                ("postal_code", models.CharField(blank=True, max_length=10, verbose_name="ZIP code")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish"), ("other", "Another language")], default="en", max_length=8
                    ),
                ),
                ("other_language", models.CharField(blank=True, max_length=60)),
                (
                    "communication_needs",
                    models.CharField(blank=True, help_text="Such as large print, interpreter, hearing aid.", max_length=300),
                ),
                (
                    "allergy_status",
                    models.CharField(
                        choices=[("unknown", "Not asked"), ("none", "None known"), ("listed", "Listed")], default="unknown", max_length=8
                    ),
                ),
                (
                    "condition_status",
                    models.CharField(
                        choices=[("unknown", "Not asked"), ("none", "None known"), ("listed", "Listed")], default="unknown", max_length=8
                    ),
                ),
                (
                    "medication_status",
                    models.CharField(
                        choices=[("unknown", "Not asked"), ("none", "None known"), ("listed", "Listed")], default="unknown", max_length=8
                    ),
                ),
                (
                    "primary_care",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="primary_patients",
                        to="patients.prescriber",
                    ),
                ),
                (
                    "pharmacy",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="patients", to="patients.pharmacy"
                    ),
                ),
                ("goal", models.CharField(blank=True, max_length=500, verbose_name="goal, in the patient's words")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_charts",
                        to="patients.patient",
                    ),
                ),
                ("search_text", models.TextField(default="", editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["family_name", "given_names", "id"],
                "indexes": [models.Index(fields=["organization", "merged_into", "search_text", "id"], name="patient_search")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None), models.Q(("merged_into", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="patient_not_merged_into_self",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deceased_on", None), ("deceased_on__gte", models.F("birth_date")), _connector="OR"),
                        name="patient_dies_after_birth",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAllergy",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("substance", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("allergy", "Allergy"), ("intolerance", "Intolerance or side effect")], default="allergy", max_length=12
                    ),
                ),
                ("reaction", models.CharField(blank=True, max_length=300, verbose_name="what happened")),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not known"),
                            ("mild", "Mild"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("anaphylaxis", "Life-threatening"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("noted_on", models.DateField(blank=True, null=True, verbose_name="since")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical allergy",
                "verbose_name_plural": "historical allergies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Allergy",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="patients.patient"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("substance", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("allergy", "Allergy"), ("intolerance", "Intolerance or side effect")], default="allergy", max_length=12
                    ),
                ),
                ("reaction", models.CharField(blank=True, max_length=300, verbose_name="what happened")),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not known"),
                            ("mild", "Mild"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("anaphylaxis", "Life-threatening"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("noted_on", models.DateField(blank=True, null=True, verbose_name="since")),
            ],
            options={
                "verbose_name_plural": "allergies",
                "ordering": ["substance", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCondition",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("name", models.CharField(max_length=200, verbose_name="condition")),
                (
                    "system",
                    models.CharField(
                        blank=True,
                        choices=[("", "No code"), ("icd10", "ICD-10-CM"), ("snomed", "SNOMED CT")],
                        default="",
                        max_length=8,
                        verbose_name="code system",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20)),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("resolved_on", models.DateField(blank=True, null=True, verbose_name="resolved")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical condition",
                "verbose_name_plural": "historical conditions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="patients.patient"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("name", models.CharField(max_length=200, verbose_name="condition")),
                (
                    "system",
                    models.CharField(
                        blank=True,
                        choices=[("", "No code"), ("icd10", "ICD-10-CM"), ("snomed", "SNOMED CT")],
                        default="",
                        max_length=8,
                        verbose_name="code system",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=20)),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("resolved_on", models.DateField(blank=True, null=True, verbose_name="resolved")),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalObservation",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("name", models.CharField(max_length=120, verbose_name="test")),
                ("code", models.CharField(blank=True, max_length=12, verbose_name="LOINC code")),
                ("value", models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ("text_value", models.CharField(blank=True, max_length=120, verbose_name="result in words")),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("measured_on", models.DateField(verbose_name="date")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical observation",
                "verbose_name_plural": "historical observations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="patients.patient"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("name", models.CharField(max_length=120, verbose_name="test")),
                ("code", models.CharField(blank=True, max_length=12, verbose_name="LOINC code")),
                ("value", models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                ("text_value", models.CharField(blank=True, max_length=120, verbose_name="result in words")),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("measured_on", models.DateField(verbose_name="date")),
            ],
            options={
                "ordering": ["-measured_on", "name", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalImmunization",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("name", models.CharField(max_length=200, verbose_name="vaccine")),
                ("code", models.CharField(blank=True, max_length=8, verbose_name="CVX code")),
                ("given_on", models.DateField(blank=True, null=True, verbose_name="date")),
                ("is_declined", models.BooleanField(default=False, verbose_name="declined")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical immunization",
                "verbose_name_plural": "historical immunizations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Immunization",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="patients.patient"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("name", models.CharField(max_length=200, verbose_name="vaccine")),
                ("code", models.CharField(blank=True, max_length=8, verbose_name="CVX code")),
                ("given_on", models.DateField(blank=True, null=True, verbose_name="date")),
                ("is_declined", models.BooleanField(default=False, verbose_name="declined")),
            ],
            options={
                "ordering": ["-given_on", "name", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSocialHistory",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("alcohol", models.CharField(blank=True, help_text="Such as none, 2 drinks a week, 4 a day.", max_length=200)),
                ("tobacco", models.CharField(blank=True, max_length=200)),
                ("caffeine", models.CharField(blank=True, max_length=200)),
                ("other_use", models.CharField(blank=True, max_length=200, verbose_name="cannabis and other use")),
                ("living_situation", models.CharField(blank=True, max_length=200)),
                (
                    "dexterity",
                    models.CharField(
                        blank=True, help_text="Can open bottles, hold an inhaler, inject.", max_length=200, verbose_name="hands"
                    ),
                ),
                ("vision", models.CharField(blank=True, max_length=200)),
                ("pill_box", models.CharField(blank=True, max_length=200)),
                ("recorded_on", models.DateField(verbose_name="date")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical social history",
                "verbose_name_plural": "historical social histories",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SocialHistory",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="patients.patient"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("alcohol", models.CharField(blank=True, help_text="Such as none, 2 drinks a week, 4 a day.", max_length=200)),
                ("tobacco", models.CharField(blank=True, max_length=200)),
                ("caffeine", models.CharField(blank=True, max_length=200)),
                ("other_use", models.CharField(blank=True, max_length=200, verbose_name="cannabis and other use")),
                ("living_situation", models.CharField(blank=True, max_length=200)),
                (
                    "dexterity",
                    models.CharField(
                        blank=True, help_text="Can open bottles, hold an inhaler, inject.", max_length=200, verbose_name="hands"
                    ),
                ),
                ("vision", models.CharField(blank=True, max_length=200)),
                ("pill_box", models.CharField(blank=True, max_length=200)),
                ("recorded_on", models.DateField(verbose_name="date")),
            ],
            options={
                "verbose_name_plural": "social histories",
                "ordering": ["-recorded_on", "-created_at"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMedication",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("text", models.CharField(max_length=300, verbose_name="medicine")),
                (
                    "recognition",
                    models.CharField(
                        choices=[
                            ("resolved", "Recognized"),
                            ("ambiguous", "More than one medicine fits"),
                            ("unresolved", "Name not recognized"),
                        ],
                        default="unresolved",
                        max_length=10,
                    ),
                ),
                ("left_as_typed", models.CharField(blank=True, max_length=300, verbose_name="left as typed because")),
                ("rxcui", models.CharField(blank=True, max_length=12, verbose_name="RxCUI")),
                ("product_name", models.CharField(blank=True, max_length=500)),
                ("ingredients", models.JSONField(blank=True, default=list)),
                ("strength", models.CharField(blank=True, max_length=200)),
                ("dose_form", models.CharField(blank=True, max_length=120, verbose_name="form")),
                ("route", models.CharField(blank=True, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rx", "Prescription"),
                            ("otc", "Over the counter"),
                            ("herbal", "Herbal"),
                            ("vitamin", "Vitamin or mineral"),
                            ("supplement", "Supplement"),
                        ],
                        default="rx",
                        max_length=10,
                    ),
                ),
                ("directions", models.CharField(blank=True, max_length=600, verbose_name="directions as written")),
                ("directions_en", models.CharField(blank=True, max_length=600, verbose_name="directions in plain English")),
                ("directions_es", models.CharField(blank=True, max_length=600, verbose_name="directions in plain Spanish")),
                ("as_taken", models.CharField(blank=True, max_length=600, verbose_name="how it is really taken")),
                ("morning", models.CharField(blank=True, max_length=20)),
                ("noon", models.CharField(blank=True, max_length=20)),
                ("evening", models.CharField(blank=True, max_length=20)),
                ("bedtime", models.CharField(blank=True, max_length=20)),
                ("is_as_needed", models.BooleanField(default=False, verbose_name="only when needed")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="what it is for")),
                ("reason_es", models.CharField(blank=True, max_length=200, verbose_name="what it is for, in Spanish")),
                ("started_on", models.DateField(blank=True, null=True)),
                ("stopped_on", models.DateField(blank=True, null=True)),
                ("stop_reason", models.CharField(blank=True, max_length=300, verbose_name="why it was stopped")),
                ("last_filled_on", models.DateField(blank=True, null=True)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "prescriber",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.prescriber",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical medication",
                "verbose_name_plural": "historical medications",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Medication",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="patients.patient"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("text", models.CharField(max_length=300, verbose_name="medicine")),
                (
                    "recognition",
                    models.CharField(
                        choices=[
                            ("resolved", "Recognized"),
                            ("ambiguous", "More than one medicine fits"),
                            ("unresolved", "Name not recognized"),
                        ],
                        default="unresolved",
                        max_length=10,
                    ),
                ),
                ("left_as_typed", models.CharField(blank=True, max_length=300, verbose_name="left as typed because")),
                ("rxcui", models.CharField(blank=True, max_length=12, verbose_name="RxCUI")),
                ("product_name", models.CharField(blank=True, max_length=500)),
                ("ingredients", models.JSONField(blank=True, default=list)),
                ("strength", models.CharField(blank=True, max_length=200)),
                ("dose_form", models.CharField(blank=True, max_length=120, verbose_name="form")),
                ("route", models.CharField(blank=True, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rx", "Prescription"),
                            ("otc", "Over the counter"),
                            ("herbal", "Herbal"),
                            ("vitamin", "Vitamin or mineral"),
                            ("supplement", "Supplement"),
                        ],
                        default="rx",
                        max_length=10,
                    ),
                ),
                ("directions", models.CharField(blank=True, max_length=600, verbose_name="directions as written")),
                ("directions_en", models.CharField(blank=True, max_length=600, verbose_name="directions in plain English")),
                ("directions_es", models.CharField(blank=True, max_length=600, verbose_name="directions in plain Spanish")),
                ("as_taken", models.CharField(blank=True, max_length=600, verbose_name="how it is really taken")),
                ("morning", models.CharField(blank=True, max_length=20)),
                ("noon", models.CharField(blank=True, max_length=20)),
                ("evening", models.CharField(blank=True, max_length=20)),
                ("bedtime", models.CharField(blank=True, max_length=20)),
                ("is_as_needed", models.BooleanField(default=False, verbose_name="only when needed")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="what it is for")),
                ("reason_es", models.CharField(blank=True, max_length=200, verbose_name="what it is for, in Spanish")),
                (
                    "prescriber",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="medications",
                        to="patients.prescriber",
                    ),
                ),
                ("started_on", models.DateField(blank=True, null=True)),
                ("stopped_on", models.DateField(blank=True, null=True)),
                ("stop_reason", models.CharField(blank=True, max_length=300, verbose_name="why it was stopped")),
                ("last_filled_on", models.DateField(blank=True, null=True)),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "created_at", "id"],
                "indexes": [
                    models.Index(fields=["organization", "-created_at"], name="medication_newest"),
                    models.Index(fields=["organization", "recognition"], name="medication_recognition"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stopped_on", None), ("started_on", None), ("stopped_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="medication_stops_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFill",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("filled_on", models.DateField()),
                ("days_supply", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("quantity", models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ("pharmacy_name", models.CharField(blank=True, max_length=200)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "medication",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.medication",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical fill",
                "verbose_name_plural": "historical fills",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Fill",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="patients.patient"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                (
                    "medication",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="fills", to="patients.medication"),
                ),
                ("filled_on", models.DateField()),
                ("days_supply", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("quantity", models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ("pharmacy_name", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-filled_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPatient",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("given_names", models.CharField(max_length=120)),
                ("family_name", models.CharField(max_length=120)),
                ("preferred_name", models.CharField(blank=True, help_text="What the patient likes to be called.", max_length=120)),
                ("birth_date", models.DateField()),
                ("deceased_on", models.DateField(blank=True, null=True)),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "sex",
                    models.CharField(
                        choices=[("F", "Female"), ("M", "Male"), ("O", "Other"), ("U", "Not known")], default="U", max_length=1
                    ),
                ),
                ("pregnant_until", models.DateField(blank=True, null=True, verbose_name="pregnant, due date")),
                (
                    "pregnancy_status",
                    models.CharField(
                        choices=[("unknown", "Not asked"), ("no", "Not pregnant"), ("yes", "Pregnant")], default="unknown", max_length=12
                    ),
                ),
                ("is_lactating", models.BooleanField(blank=True, null=True, verbose_name="breastfeeding")),
                ("weight_kg", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                ("weight_on", models.DateField(blank=True, null=True)),
                ("height_cm", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("second_phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("address", models.TextField(blank=True, help_text="As it stands on an envelope.")),
                ("postal_code", models.CharField(blank=True, max_length=10, verbose_name="ZIP code")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish"), ("other", "Another language")], default="en", max_length=8
                    ),
                ),
                ("other_language", models.CharField(blank=True, max_length=60)),
                (
                    "communication_needs",
                    models.CharField(blank=True, help_text="Such as large print, interpreter, hearing aid.", max_length=300),
                ),
                (
                    "allergy_status",
                    models.CharField(
                        choices=[("unknown", "Not asked"), ("none", "None known"), ("listed", "Listed")], default="unknown", max_length=8
                    ),
                ),
                (
                    "condition_status",
                    models.CharField(
                        choices=[("unknown", "Not asked"), ("none", "None known"), ("listed", "Listed")], default="unknown", max_length=8
                    ),
                ),
                (
                    "medication_status",
                    models.CharField(
                        choices=[("unknown", "Not asked"), ("none", "None known"), ("listed", "Listed")], default="unknown", max_length=8
                    ),
                ),
                ("goal", models.CharField(blank=True, max_length=500, verbose_name="goal, in the patient's words")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "primary_care",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.prescriber",
                    ),
                ),
                (
                    "pharmacy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.pharmacy",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical patient",
                "verbose_name_plural": "historical patients",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalExternalIdentifier",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("system", models.CharField(help_text="Who gave the number, such as the clinic or the health plan.", max_length=200)),
                ("value", models.CharField(max_length=120, verbose_name="number")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical external identifier",
                "verbose_name_plural": "historical external identifiers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ExternalIdentifier",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="patients.patient"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("system", models.CharField(help_text="Who gave the number, such as the clinic or the health plan.", max_length=200)),
                ("value", models.CharField(max_length=120, verbose_name="number")),
            ],
            options={
                "ordering": ["system", "value", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalContact",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("caregiver", "Caregiver"),
                            ("representative", "Legal representative"),
                            ("emergency", "Emergency contact"),
                        ],
                        default="caregiver",
                        max_length=14,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("relationship", models.CharField(blank=True, max_length=80)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("address", models.TextField(blank=True)),
                ("may_discuss", models.BooleanField(default=False, verbose_name="patient agrees that we speak with this person")),
                ("permission_on", models.DateField(blank=True, null=True, verbose_name="agreed on")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical contact",
                "verbose_name_plural": "historical contacts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="patients.patient"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("caregiver", "Caregiver"),
                            ("representative", "Legal representative"),
                            ("emergency", "Emergency contact"),
                        ],
                        default="caregiver",
                        max_length=14,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("relationship", models.CharField(blank=True, max_length=80)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("address", models.TextField(blank=True)),
                ("may_discuss", models.BooleanField(default=False, verbose_name="patient agrees that we speak with this person")),
                ("permission_on", models.DateField(blank=True, null=True, verbose_name="agreed on")),
            ],
            options={
                "ordering": ["role", "name", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPlanMembership",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("plan_name", models.CharField(max_length=200)),
                ("contract_number", models.CharField(blank=True, max_length=10)),
                ("member_id", models.CharField(blank=True, max_length=60)),
                ("is_part_d", models.BooleanField(default=False, verbose_name="Medicare Part D plan")),
                ("mtm_enrolled_on", models.DateField(blank=True, null=True, verbose_name="MTM enrollment")),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical plan membership",
                "verbose_name_plural": "historical plan memberships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PlanMembership",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="patients.patient"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                ("plan_name", models.CharField(max_length=200)),
                ("contract_number", models.CharField(blank=True, max_length=10)),
                ("member_id", models.CharField(blank=True, max_length=60)),
                ("is_part_d", models.BooleanField(default=False, verbose_name="Medicare Part D plan")),
                ("mtm_enrolled_on", models.DateField(blank=True, null=True, verbose_name="MTM enrollment")),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-starts_on", "plan_name", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalConsent",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mtm", "Takes part in MTM"),
                            ("privacy", "Privacy notice received"),
                            ("prescriber", "Share with prescribers"),
                            ("email", "Papers by e-mail, after a warning"),
                            ("sud", "Substance use records (42 CFR Part 2)"),
                        ],
                        max_length=12,
                    ),
                ),
                ("is_given", models.BooleanField(default=True, verbose_name="agreed")),
                ("given_on", models.DateField(verbose_name="date")),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                ("history_id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                ("history_type", models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1)),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "historical consent",
                "verbose_name_plural": "historical consents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="patients.patient"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("bottle", "Bottle or label"),
                            ("pharmacy", "Pharmacy record"),
                            ("clinic", "Clinic list"),
                            ("hospital", "Hospital list"),
                            ("import", "Imported file"),
                            ("other", "Other"),
                        ],
                        default="patient",
                        max_length=12,
                    ),
                ),
                ("source_detail", models.CharField(blank=True, max_length=200, verbose_name="where exactly")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("entered_in_error_at", models.DateTimeField(editable=False, null=True)),
                ("entered_in_error_reason", models.CharField(blank=True, max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mtm", "Takes part in MTM"),
                            ("privacy", "Privacy notice received"),
                            ("prescriber", "Share with prescribers"),
                            ("email", "Papers by e-mail, after a warning"),
                            ("sud", "Substance use records (42 CFR Part 2)"),
                        ],
                        max_length=12,
                    ),
                ),
                ("is_given", models.BooleanField(default=True, verbose_name="agreed")),
                ("given_on", models.DateField(verbose_name="date")),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["-given_on", "kind", "id"],
            },
        ),
    ]

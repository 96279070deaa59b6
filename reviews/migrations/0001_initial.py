import django.db.models.deletion
import reviews.models.plan
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
        ("patients", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalDisposalSite",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("name", models.CharField(max_length=120)),
                ("address", models.TextField(help_text="As on an envelope, without the ZIP code.")),
                ("postal_code", models.CharField(max_length=5, verbose_name="ZIP code")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="hours, and where to look")),
                ("note_es", models.CharField(blank=True, max_length=200, verbose_name="in Spanish")),
                ("is_in_use", models.BooleanField(default=True, verbose_name="named on papers")),
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
                "verbose_name": "historical disposal site",
                "verbose_name_plural": "historical disposal sites",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="DisposalSite",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("name", models.CharField(max_length=120)),
                ("address", models.TextField(help_text="As on an envelope, without the ZIP code.")),
                ("postal_code", models.CharField(max_length=5, verbose_name="ZIP code")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="hours, and where to look")),
                ("note_es", models.CharField(blank=True, max_length=200, verbose_name="in Spanish")),
                ("is_in_use", models.BooleanField(default=True, verbose_name="named on papers")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["-is_in_use", "postal_code", "name", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEncounter",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cmr", "Comprehensive review (CMR)"),
                            ("tmr", "Targeted review (TMR)"),
                            ("follow_up", "Follow-up"),
                            ("transition", "Transition of care"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("signed", "Signed"), ("abandoned", "Not done")], default="open", max_length=10
                    ),
                ),
                ("is_medicare", models.BooleanField(default=False, verbose_name="under a Medicare Part D MTM program")),
                ("plan_name", models.CharField(blank=True, max_length=200, verbose_name="Part D plan")),
                (
                    "held_how",
                    models.CharField(
                        blank=True,
                        choices=[("in_person", "In person"), ("phone", "By phone"), ("video", "By video")],
                        max_length=10,
                        verbose_name="how it was held",
                    ),
                ),
                (
                    "held_with",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("prescriber", "Prescriber"),
                            ("representative", "Authorized representative"),
                        ],
                        default="patient",
                        max_length=14,
                        verbose_name="who took part",
                    ),
                ),
                ("participant_name", models.CharField(blank=True, max_length=200, verbose_name="their name, when not the patient")),
                ("why_not_patient", models.CharField(blank=True, max_length=300, verbose_name="why the patient could not take part")),
                ("interpreter", models.CharField(blank=True, max_length=120)),
                ("identity_checked", models.BooleanField(default=False, verbose_name="two identifiers checked")),
                ("takes_no_medicines", models.BooleanField(default=False, verbose_name="takes no medicines")),
                ("disposal_discussed", models.BooleanField(blank=True, null=True, verbose_name="safe disposal discussed")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish")], default="en", max_length=2, verbose_name="language of the papers"
                    ),
                ),
                ("scope", models.CharField(blank=True, max_length=300, verbose_name="what it is about")),
                ("goal", models.CharField(blank=True, max_length=500, verbose_name="what matters most, in the patient's words")),
                ("note", models.TextField(blank=True, max_length=5000, verbose_name="note for the record")),
                (
                    "other_information",
                    models.TextField(blank=True, max_length=1000, verbose_name="other information for the patient's list"),
                ),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="date of the review")),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("is_prepared", models.BooleanField(default=False, verbose_name="list is ready for the pharmacist")),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("abandoned_reason", models.CharField(blank=True, max_length=300)),
                ("acknowledged", models.JSONField(blank=True, default=list, verbose_name="what was left open at signing, with reasons")),
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
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "historical encounter",
                "verbose_name_plural": "historical encounters",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Encounter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "patient",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="encounters", to="patients.patient"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cmr", "Comprehensive review (CMR)"),
                            ("tmr", "Targeted review (TMR)"),
                            ("follow_up", "Follow-up"),
                            ("transition", "Transition of care"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("signed", "Signed"), ("abandoned", "Not done")], default="open", max_length=10
                    ),
                ),
                ("is_medicare", models.BooleanField(default=False, verbose_name="under a Medicare Part D MTM program")),
                ("plan_name", models.CharField(blank=True, max_length=200, verbose_name="Part D plan")),
                (
                    "held_how",
                    models.CharField(
                        blank=True,
                        choices=[("in_person", "In person"), ("phone", "By phone"), ("video", "By video")],
                        max_length=10,
                        verbose_name="how it was held",
                    ),
                ),
                (
                    "held_with",
                    models.CharField(
                        choices=[
                            ("patient", "Patient"),
                            ("caregiver", "Caregiver"),
                            ("prescriber", "Prescriber"),
                            ("representative", "Authorized representative"),
                        ],
                        default="patient",
                        max_length=14,
                        verbose_name="who took part",
                    ),
                ),
                ("participant_name", models.CharField(blank=True, max_length=200, verbose_name="their name, when not the patient")),
                ("why_not_patient", models.CharField(blank=True, max_length=300, verbose_name="why the patient could not take part")),
                ("interpreter", models.CharField(blank=True, max_length=120)),
                ("identity_checked", models.BooleanField(default=False, verbose_name="two identifiers checked")),
                ("takes_no_medicines", models.BooleanField(default=False, verbose_name="takes no medicines")),
                ("disposal_discussed", models.BooleanField(blank=True, null=True, verbose_name="safe disposal discussed")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish")], default="en", max_length=2, verbose_name="language of the papers"
                    ),
                ),
                ("scope", models.CharField(blank=True, max_length=300, verbose_name="what it is about")),
                ("goal", models.CharField(blank=True, max_length=500, verbose_name="what matters most, in the patient's words")),
                ("note", models.TextField(blank=True, max_length=5000, verbose_name="note for the record")),
                (
                    "other_information",
                    models.TextField(blank=True, max_length=1000, verbose_name="other information for the patient's list"),
                ),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="date of the review")),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("is_prepared", models.BooleanField(default=False, verbose_name="list is ready for the pharmacist")),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("abandoned_reason", models.CharField(blank=True, max_length=300)),
                ("acknowledged", models.JSONField(blank=True, default=list, verbose_name="what was left open at signing, with reasons")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")), fields=("patient", "kind"), name="one_open_review_a_patient_and_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "signed"), _negated=True),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="signed_has_signer_and_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewSnapshot",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "encounter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="reviews.encounter"),
                ),
                ("number", models.PositiveIntegerField()),
                ("data", models.JSONField()),
                ("schema_version", models.PositiveSmallIntegerField(default=1)),
                ("sha256", models.CharField(max_length=64)),
                ("taken_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("encounter", "number"), name="one_snapshot_a_number")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFollowUp",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("due_on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[("in_person", "In person"), ("phone", "By phone"), ("video", "By video")], default="phone", max_length=10
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what to ask")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=500, verbose_name="how it went")),
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
                    "encounter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reviews.encounter",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "historical follow up",
                "verbose_name_plural": "historical follow ups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "encounter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="reviews.encounter"),
                ),
                ("due_on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[("in_person", "In person"), ("phone", "By phone"), ("video", "By video")], default="phone", max_length=10
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what to ask")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=500, verbose_name="how it went")),
                ("set_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="SignedDocument",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "encounter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="reviews.encounter"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("patient", "Patient's papers"),
                            ("letter", "Letter to the prescriber"),
                            ("note", "Note for the record"),
                            ("addendum", "Addendum"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "prescriber",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="patients.prescriber"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="reviews.signeddocument",
                    ),
                ),
                ("correction_reason", models.CharField(blank=True, max_length=300)),
                ("language", models.CharField(default="en", max_length=2)),
                ("payload", models.JSONField()),
                ("schema_version", models.PositiveSmallIntegerField(default=1)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "signed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("signer_name", models.CharField(max_length=200)),
                ("meaning", models.CharField(max_length=120)),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["signed_at", "kind", "number"],
            },
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="reviews.signeddocument"),
                ),
                ("name", models.CharField(max_length=24, verbose_name="paper")),
                ("language", models.CharField(default="en", max_length=2)),
                ("template_version", models.CharField(max_length=20)),
                ("pdf", models.BinaryField(null=True)),
                ("pdf_sha256", models.CharField(max_length=64, null=True)),
                ("rendered_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("leased_until", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["created_at", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("document", "name", "language", "template_version"), name="one_file_a_paper"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pdf__isnull", True), ("pdf_sha256__isnull", True)),
                            models.Q(("pdf__isnull", False), ("pdf_sha256__isnull", False)),
                            _connector="OR",
                        ),
                        name="file_has_bytes_and_hash_or_neither",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="reviews.signeddocument"),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("hand", "Given by hand"),
                            ("mail", "Mailed"),
                            ("fax", "Faxed"),
                            ("phone", "Told by phone"),
                            ("returned", "Mail came back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sent_on", models.DateField(verbose_name="date")),
                ("recipient", models.CharField(blank=True, max_length=200)),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["sent_on", "created_at"],
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "encounter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="screenings", to="reviews.encounter"),
                ),
                (
                    "snapshot",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="screenings", to="reviews.reviewsnapshot"),
                ),
                ("status", models.CharField(max_length=12)),
                ("knowledge_version", models.CharField(max_length=40)),
                ("knowledge_sha256", models.CharField(max_length=64)),
                ("knowledge_released_on", models.DateField(null=True)),
                ("medications", models.JSONField(default=list)),
                ("not_checked", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "encounter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="reviews.encounter"),
                ),
                (
                    "screening",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="reviews.screening"),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("rule_id", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=40)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("contraindicated", "Contraindicated"),
                            ("major", "Major"),
                            ("moderate", "Moderate"),
                            ("minor", "Minor"),
                            ("info", "Info"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=500)),
                ("data", models.JSONField()),
                ("rank", models.PositiveIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "To judge"), ("accepted", "Accepted"), ("dismissed", "Dismissed"), ("gone", "No longer found")],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("managed", "Already managed"),
                            ("prescriber_knows", "Prescriber knows"),
                            ("benefit", "Benefit outweighs"),
                            ("tolerated", "Long tolerated"),
                            ("not_taking", "Not taking it"),
                            ("facts_wrong", "Facts are wrong"),
                            ("not_relevant", "Not relevant here"),
                            ("other", "Other (say why)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("is_starred", models.BooleanField(default=False)),
                ("came_back", models.BooleanField(default=False, verbose_name="judged before, but its facts changed")),
                (
                    "earlier",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="later", to="reviews.finding"
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["rank", "id"],
                "constraints": [models.UniqueConstraint(fields=("encounter", "fingerprint"), name="one_finding_a_fingerprint")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFinding",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("fingerprint", models.CharField(max_length=64)),
                ("rule_id", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=40)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("contraindicated", "Contraindicated"),
                            ("major", "Major"),
                            ("moderate", "Moderate"),
                            ("minor", "Minor"),
                            ("info", "Info"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=500)),
                ("data", models.JSONField()),
                ("rank", models.PositiveIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "To judge"), ("accepted", "Accepted"), ("dismissed", "Dismissed"), ("gone", "No longer found")],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("managed", "Already managed"),
                            ("prescriber_knows", "Prescriber knows"),
                            ("benefit", "Benefit outweighs"),
                            ("tolerated", "Long tolerated"),
                            ("not_taking", "Not taking it"),
                            ("facts_wrong", "Facts are wrong"),
                            ("not_relevant", "Not relevant here"),
                            ("other", "Other (say why)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("is_starred", models.BooleanField(default=False)),
                ("came_back", models.BooleanField(default=False, verbose_name="judged before, but its facts changed")),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
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
                    "encounter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reviews.encounter",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reviews.screening",
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reviews.finding",
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "historical finding",
                "verbose_name_plural": "historical findings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProblem",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "category",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Unnecessary medicine"),
                            (2, "Needs an additional medicine"),
                            (3, "Ineffective medicine"),
                            (4, "Dose too low"),
                            (5, "Adverse reaction or unsafe"),
                            (6, "Dose too high"),
                            (7, "Not taken as meant"),
                        ]
                    ),
                ),
                ("cause", models.CharField(blank=True, max_length=60)),
                ("statement", models.CharField(max_length=1000, verbose_name="problem")),
                ("drugs", models.CharField(blank=True, max_length=1000, verbose_name="medicine")),
                ("condition", models.CharField(blank=True, max_length=200)),
                ("topic_en", models.CharField(blank=True, max_length=600, verbose_name="what we talked about, for the patient")),
                ("topic_es", models.CharField(blank=True, max_length=600, verbose_name="in Spanish")),
                ("severity", models.CharField(blank=True, max_length=16)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("identified", "Identified"),
                            ("recommended", "Recommended"),
                            ("resolved", "Resolved"),
                            ("partial", "Partly resolved"),
                            ("unresolved", "Not resolved"),
                            ("monitoring", "Monitoring"),
                        ],
                        default="identified",
                        max_length=12,
                    ),
                ),
                ("no_step_reason", models.CharField(blank=True, max_length=300, verbose_name="why no step is needed")),
                ("resolved_on", models.DateField(blank=True, null=True)),
                ("position", models.PositiveIntegerField(default=0)),
                ("is_withdrawn", models.BooleanField(default=False)),
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
                    "encounter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reviews.encounter",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reviews.finding",
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
                "verbose_name": "historical problem",
                "verbose_name_plural": "historical problems",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "encounter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="problems", to="reviews.encounter"),
                ),
                (
                    "finding",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="problem", to="reviews.finding"
                    ),
                ),
                (
                    "category",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Unnecessary medicine"),
                            (2, "Needs an additional medicine"),
                            (3, "Ineffective medicine"),
                            (4, "Dose too low"),
                            (5, "Adverse reaction or unsafe"),
                            (6, "Dose too high"),
                            (7, "Not taken as meant"),
                        ]
                    ),
                ),
                ("cause", models.CharField(blank=True, max_length=60)),
                ("statement", models.CharField(max_length=1000, verbose_name="problem")),
                ("drugs", models.CharField(blank=True, max_length=1000, verbose_name="medicine")),
                ("condition", models.CharField(blank=True, max_length=200)),
                ("topic_en", models.CharField(blank=True, max_length=600, verbose_name="what we talked about, for the patient")),
                ("topic_es", models.CharField(blank=True, max_length=600, verbose_name="in Spanish")),
                ("severity", models.CharField(blank=True, max_length=16)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("identified", "Identified"),
                            ("recommended", "Recommended"),
                            ("resolved", "Resolved"),
                            ("partial", "Partly resolved"),
                            ("unresolved", "Not resolved"),
                            ("monitoring", "Monitoring"),
                        ],
                        default="identified",
                        max_length=12,
                    ),
                ),
                ("no_step_reason", models.CharField(blank=True, max_length=300, verbose_name="why no step is needed")),
                ("resolved_on", models.DateField(blank=True, null=True)),
                ("position", models.PositiveIntegerField(default=0)),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["position", "created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("drugs", ""), ("condition", ""), _negated=True), name="problem_names_medicine_or_condition"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRecommendation",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("request", models.CharField(help_text="One line, such as: stop naproxen.", max_length=200, verbose_name="what we ask")),
                (
                    "detail",
                    models.CharField(blank=True, help_text="Doses and dates, when there are any.", max_length=500, verbose_name="how"),
                ),
                ("why", models.CharField(blank=True, max_length=400)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("is_urgent", models.BooleanField(default=False)),
                ("reference", models.CharField(default=reviews.models.plan.reference_code, editable=False, max_length=8)),
                ("position", models.PositiveIntegerField(default=0)),
                ("is_withdrawn", models.BooleanField(default=False)),
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
                    "encounter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reviews.encounter",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reviews.problem",
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
                "verbose_name": "historical recommendation",
                "verbose_name_plural": "historical recommendations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "encounter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="recommendations", to="reviews.encounter"),
                ),
                (
                    "problem",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="recommendations", to="reviews.problem"),
                ),
                (
                    "prescriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recommendations", to="patients.prescriber"
                    ),
                ),
                ("request", models.CharField(help_text="One line, such as: stop naproxen.", max_length=200, verbose_name="what we ask")),
                (
                    "detail",
                    models.CharField(blank=True, help_text="Doses and dates, when there are any.", max_length=500, verbose_name="how"),
                ),
                ("why", models.CharField(blank=True, max_length=400)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("is_urgent", models.BooleanField(default=False)),
                ("reference", models.CharField(default=reviews.models.plan.reference_code, editable=False, max_length=8)),
                ("position", models.PositiveIntegerField(default=0)),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["position", "created_at", "id"],
                "constraints": [models.UniqueConstraint(fields=("organization", "reference"), name="one_request_a_reference")],
            },
        ),
        migrations.CreateModel(
            name="PrescriberResponse",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "recommendation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="reviews.recommendation"),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("modified", "Accepted with a change"),
                            ("declined", "Declined"),
                            ("none", "No answer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="what they said")),
                ("answered_on", models.DateField(verbose_name="date of the answer")),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalActionItem",
            fields=[
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "wording",
                    models.CharField(
                        choices=[("pending", "Until the prescriber answers"), ("agreed", "Agreed"), ("own", "The pharmacist's own advice")],
                        default="own",
                        max_length=8,
                    ),
                ),
                ("do_en", models.CharField(blank=True, max_length=400, verbose_name="what to do")),
                ("do_es", models.CharField(blank=True, max_length=400, verbose_name="what to do, in Spanish")),
                ("dont_en", models.CharField(blank=True, max_length=300, verbose_name="what not to do")),
                ("dont_es", models.CharField(blank=True, max_length=300, verbose_name="what not to do, in Spanish")),
                ("by_when", models.DateField(blank=True, null=True, verbose_name="by")),
                ("position", models.PositiveIntegerField(default=0)),
                ("is_withdrawn", models.BooleanField(default=False)),
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
                    "encounter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reviews.encounter",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reviews.problem",
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
                "verbose_name": "historical action item",
                "verbose_name_plural": "historical action items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ActionItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "encounter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="action_items", to="reviews.encounter"),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_items",
                        to="reviews.problem",
                    ),
                ),
                (
                    "wording",
                    models.CharField(
                        choices=[("pending", "Until the prescriber answers"), ("agreed", "Agreed"), ("own", "The pharmacist's own advice")],
                        default="own",
                        max_length=8,
                    ),
                ),
                ("do_en", models.CharField(blank=True, max_length=400, verbose_name="what to do")),
                ("do_es", models.CharField(blank=True, max_length=400, verbose_name="what to do, in Spanish")),
                ("dont_en", models.CharField(blank=True, max_length=300, verbose_name="what not to do")),
                ("dont_es", models.CharField(blank=True, max_length=300, verbose_name="what not to do, in Spanish")),
                ("by_when", models.DateField(blank=True, null=True, verbose_name="by")),
                ("position", models.PositiveIntegerField(default=0)),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["position", "created_at", "id"],
            },
        ),
    ]

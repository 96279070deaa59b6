import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from mtm.lib.migration import FirstMigration


class Migration(FirstMigration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organization",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200, unique=True)),
                ("address", models.TextField(blank=True, help_text="As it stands on an envelope, one line a row.")),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("fax", models.CharField(blank=True, max_length=40)),
                ("hours", models.CharField(blank=True, max_length=120, verbose_name="days and hours")),
                ("tty", models.CharField(blank=True, max_length=40, verbose_name="TTY number")),
                ("npi", models.CharField(blank=True, max_length=10, verbose_name="NPI")),
                ("logo", models.BinaryField(blank=True, editable=True, null=True)),
                ("time_zone", models.CharField(default="America/New_York", max_length=60)),
                ("idle_lock_minutes", models.PositiveSmallIntegerField(default=15)),
                (
                    "review_idle_lock_minutes",
                    models.PositiveSmallIntegerField(default=15, verbose_name="idle lock in an open review, minutes"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("idle_lock_minutes__gte", 5), ("idle_lock_minutes__lte", 60)), name="idle_lock_5_to_60"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_idle_lock_minutes__gte", 5), ("review_idle_lock_minutes__lte", 60)),
                        name="review_lock_5_to_60",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False, help_text="Designates whether the user can log into this admin site.", verbose_name="staff status"
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("credentials", models.CharField(blank=True, help_text="Such as PharmD, RPh, CPhT.", max_length=60)),
                ("npi", models.CharField(blank=True, max_length=10, verbose_name="NPI")),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                ("single_letter_keys", models.BooleanField(default=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to=settings.AUTH_USER_MODEL),
                ),
                ("is_manager", models.BooleanField(default=False, verbose_name="manager")),
                ("is_pharmacist", models.BooleanField(default=False, verbose_name="pharmacist")),
                ("is_technician", models.BooleanField(default=False, verbose_name="technician")),
                ("is_auditor", models.BooleanField(default=False, verbose_name="auditor")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["user__last_name", "user__first_name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "user"), name="one_membership_a_person"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_manager", True), ("is_pharmacist", True), ("is_technician", True), ("is_auditor", True), _connector="OR"
                        ),
                        name="membership_has_a_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("sequence", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                (
                    "organization",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organization"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("roles", models.CharField(blank=True, max_length=60)),
                ("action", models.CharField(db_index=True, max_length=60)),
                ("object_type", models.CharField(blank=True, max_length=60)),
                ("object_id", models.CharField(blank=True, db_index=True, max_length=40)),
                ("patient_id", models.UUIDField(db_index=True, null=True)),
                ("fields", models.JSONField(default=list)),
                ("history_id", models.CharField(blank=True, max_length=40)),
                ("reason_code", models.CharField(blank=True, max_length=60)),
                ("request_id", models.CharField(blank=True, max_length=36)),
                ("address", models.GenericIPAddressField(null=True)),
                ("result", models.CharField(default="done", max_length=12)),
            ],
            options={
                "ordering": ["-sequence"],
                "indexes": [models.Index(fields=["organization", "-sequence"], name="accounts_au_organiz_bcadde_idx")],
            },
        ),
        migrations.CreateModel(
            name="RequestKey",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("digest", models.CharField(max_length=64)),
                ("object_type", models.CharField(blank=True, max_length=60)),
                ("object_id", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
        ),
    ]

"""Make the demo's accounts and invented patients; running it again changes nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Organization
from mtm.demo.accounts import RIVERSIDE, make_accounts
from mtm.demo.seed import seed_patients


class Command(BaseCommand):
    help = "Make the demo's sign-ins (passwords go to a private file) and invented patients. Only with MTM_ENV=demo."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MTM_ENV not in ("demo", "test"):
            raise CommandError("Demo accounts are made only with MTM_ENV=demo. A production database starts with manage.py add_manager.")
        users = make_accounts(Path(settings.PRIVATE_DIR) / "demo-accounts")
        seed_patients(Organization.objects.get(name=RIVERSIDE), by=users["bob"])

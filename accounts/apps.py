from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from mtm.lib import immutability


def install_triggers(using: str, **kwargs: Any) -> None:
    immutability.install(using)


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import signing_in  # noqa: F401  connects the receivers
        from accounts.models import AuditEvent

        immutability.protect(AuditEvent._meta.db_table)
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="install-triggers")  # once, after all rooms have their tables

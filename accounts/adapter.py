"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by a manager; nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self, request: Any, level: Any, message_template: Any = None, message_context: Any = None, extra_tags: Any = "", message: Any = None
    ) -> None:
        """Signing in and out needs no announcement."""

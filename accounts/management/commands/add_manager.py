"""Make the first manager of an organization; everyone else is made on the page People."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.forms import NewPersonForm
from accounts.models import Organization
from accounts.services import add_person


class Command(BaseCommand):
    help = "Make a manager, and the organization when it is new. The password is asked for, or read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organization", required=True)
        parser.add_argument("--username", required=True)
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--last-name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        password = getpass.getpass("First password (15 characters or more): ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        form = NewPersonForm(
            {name: options[name] for name in ("username", "first_name", "last_name")}
            | {"password": password, "roles": ["manager"], "request_key": "00000000-0000-4000-8000-000000000000"}
        )
        if not form.is_valid():
            raise CommandError("\n".join(f"{name}: {' '.join(errors)}" for name, errors in form.errors.items()))
        person = {name: form.cleaned_data[name] for name in ("username", "first_name", "last_name", "password", "roles")}
        with transaction.atomic():
            organization, _ = Organization.objects.get_or_create(name=options["organization"])
            add_person(organization, by=None, **person)
        self.stdout.write(f"{person['username']} manages {organization.name}.")

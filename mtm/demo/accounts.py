"""The demo's sign-ins, with random passwords that only the owner of the private folder can read."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.models import Organization, User
from accounts.services import add_person

LETTERS = "abcdefghjkmnpqrstuvwxyz"  # no i, l, o: nothing that reads like another letter or a digit


@dataclass(frozen=True)
class Person:
    username: str
    first_name: str
    last_name: str
    credentials: str
    role: str
    organization: str


RIVERSIDE, HILLTOP = "Riverside Pharmacy (demo)", "Hilltop Clinic (demo)"
LETTERHEADS = {
    RIVERSIDE: {
        "address": "12 River Street\nSpringfield, OH 45502",
        "phone": "(555) 010-2200",
        "fax": "(555) 010-2201",
        "hours": "Monday to Friday, 9 a.m. to 6 p.m.",
        "tty": "711",
    },
    HILLTOP: {
        "address": "900 Hill Road\nDayton, OH 45402",
        "phone": "(555) 010-7700",
        "hours": "Monday to Friday, 8 a.m. to 5 p.m.",
        "tty": "711",
    },
}
PEOPLE = (
    Person("alice", "Alice", "Okoye", "PharmD", "pharmacist", RIVERSIDE),
    Person("bob", "Bob", "Ruiz", "CPhT", "technician", RIVERSIDE),
    Person("dana", "Dana", "Levin", "", "manager", RIVERSIDE),
    Person("erin", "Erin", "Walsh", "", "auditor", RIVERSIDE),
    Person("charlie", "Charlie", "Novak", "PharmD", "pharmacist", HILLTOP),
)


def new_password() -> str:
    """Four groups of five letters: easy to type, about 90 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))


def read_passwords(file: Path) -> dict[str, str]:
    """The passwords of an earlier start, by sign-in name."""
    lines = file.read_text().splitlines() if file.exists() else []
    return {parts[0]: parts[1] for line in lines if len(parts := line.split()) >= 2 and parts[0] in {one.username for one in PEOPLE}}


def write_passwords(file: Path, passwords: dict[str, str]) -> None:
    """One line a person; the file is never readable by anybody else, not even for a moment."""
    text = "".join(f"{one.username:<8} {passwords[one.username]}  {one.role}, {one.organization}\n" for one in PEOPLE)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    part.replace(file)


@transaction.atomic
def make_accounts(file: Path) -> dict[str, User]:
    """Make what is missing: organizations, people, and a password for each; gives the users by sign-in name."""
    passwords = read_passwords(file)
    passwords |= {one.username: new_password() for one in PEOPLE if one.username not in passwords}
    for name, letterhead in LETTERHEADS.items():
        Organization.objects.get_or_create(name=name, defaults=letterhead)
    users = {one.username: _make(one, passwords[one.username]) for one in PEOPLE}
    write_passwords(file, passwords)
    return users


def _make(person: Person, password: str) -> User:
    user = User.objects.filter(username=person.username).first()
    if user is None:
        names = {"first_name": person.first_name, "last_name": person.last_name, "credentials": person.credentials, "is_demo": True}
        organization = Organization.objects.get(name=person.organization)
        return add_person(organization, by=None, username=person.username, password=password, roles=[person.role], **names).user
    if user.is_demo and not user.check_password(password):
        user.set_password(password)
        user.save()
    return user

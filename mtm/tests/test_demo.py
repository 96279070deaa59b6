"""The demo's data: sign-ins that only the owner can read, and charts made by the application's own services."""

import stat

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from mtm.demo.accounts import PEOPLE, read_passwords
from patients.models import Medication, Patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def private(settings, tmp_path):
    settings.PRIVATE_DIR = tmp_path
    return tmp_path


def test_the_demo_has_five_people_and_rosas_fourteen_medicines(private, capsys):
    call_command("seed_demo")

    assert set(User.objects.filter(is_demo=True).values_list("username", flat=True)) == {one.username for one in PEOPLE}
    assert Medication.objects.filter(patient__family_name="Marín", stopped_on=None).count() == 14
    assert capsys.readouterr().out == ""


def test_passwords_are_long_random_private_and_work(private):
    call_command("seed_demo")

    file = private / "demo-accounts"
    passwords = read_passwords(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(set(passwords.values())) == len(PEOPLE)
    assert all(len(password) >= 15 for password in passwords.values())
    assert all(User.objects.get(username=name).check_password(password) for name, password in passwords.items())


def test_seeding_again_changes_nothing(private):
    call_command("seed_demo")
    before = (private / "demo-accounts").read_text()

    call_command("seed_demo")

    assert (private / "demo-accounts").read_text() == before
    assert Patient.objects.count() == 2


def test_a_lost_password_file_is_made_anew(private):
    call_command("seed_demo")
    (private / "demo-accounts").unlink()

    call_command("seed_demo")

    assert all(
        User.objects.get(username=name).check_password(password) for name, password in read_passwords(private / "demo-accounts").items()
    )


def test_production_gets_no_demo_people(private, settings):
    settings.MTM_ENV = "production"

    with pytest.raises(CommandError, match="add_manager"):
        call_command("seed_demo")

    assert not User.objects.exists()

"""The people and rows of every test: Alice (pharmacist), Bob (technician), Charlie (another organization).

Rows are written straight to the models, so that a fixture never depends on the service under test.
Every `make_*` takes the fields to set; the rest is a plain, invented, complete row.
"""

import datetime as dt
import itertools

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Organization, User
from mtm.lib import immutability
from patients.models import Allergy, Answered, Condition, Medication, Observation, Patient, Pharmacy, Prescriber

NUMBER = itertools.count(1)


def make_user(organization, username, first_name, last_name, **roles):
    """A person who can sign in, with a membership."""
    user = User(username=username, first_name=first_name, last_name=last_name)
    user.set_password("a long enough password")
    user.save()
    Membership.objects.create(organization=organization, user=user, **roles)
    return user


def client_of(user):
    """A browser in which this person signed in and gave the password again just now."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, method="password", reauthenticated=True)
    request.session.save()
    return client


@pytest.fixture
def organization(db):
    return Organization.objects.create(name="Riverside Pharmacy", address="1 River Street\nSpringfield, OH 45501", phone="(555) 010-2200")


@pytest.fixture
def other_organization(db):
    return Organization.objects.create(name="Hilltop Pharmacy")


@pytest.fixture
def pharmacist(organization):
    return make_user(organization, "alice", "Alice", "Okoye", is_pharmacist=True)


@pytest.fixture
def technician(organization):
    return make_user(organization, "bob", "Bob", "Ruiz", is_technician=True)


@pytest.fixture
def manager(organization):
    return make_user(organization, "dana", "Dana", "Levin", is_manager=True)


@pytest.fixture
def auditor(organization):
    return make_user(organization, "erin", "Erin", "Walsh", is_auditor=True)


@pytest.fixture
def outsider(other_organization):
    return make_user(other_organization, "charlie", "Charlie", "Novak", is_pharmacist=True)


@pytest.fixture
def pharmacist_client(pharmacist):
    return client_of(pharmacist)


@pytest.fixture
def technician_client(technician):
    return client_of(technician)


@pytest.fixture
def manager_client(manager):
    return client_of(manager)


@pytest.fixture
def auditor_client(auditor):
    return client_of(auditor)


@pytest.fixture
def outsider_client(outsider):
    return client_of(outsider)


@pytest.fixture
def make_patient(organization):
    def make(**fields):
        plain = {
            "organization": organization,
            "given_names": "Rosa Elena",
            "family_name": f"Marín{next(NUMBER)}",
            "birth_date": dt.date(1947, 3, 14),
            "sex": "F",
            "phone": "(555) 010-4471",
        }
        return Patient.objects.create(**(plain | fields))

    return make


@pytest.fixture
def make_prescriber(organization):
    def make(**fields):
        plain = {
            "organization": organization,
            "name": f"Dr. Lena Haddad {next(NUMBER)}",
            "specialty": "Family medicine",
            "phone": "(555) 010-3000",
            "fax": "(555) 010-3001",
        }
        return Prescriber.objects.create(**(plain | fields))

    return make


@pytest.fixture
def make_pharmacy(organization):
    def make(**fields):
        return Pharmacy.objects.create(**({"organization": organization, "name": f"Riverside Pharmacy, counter {next(NUMBER)}"} | fields))

    return make


def row_maker(model, make_patient, plain):
    """A `make_*` for a row of a chart; without a patient it makes one, and it belongs where the patient does."""

    def make(patient=None, **fields):
        patient = patient or make_patient()
        return model.objects.create(**({"organization": patient.organization, "patient": patient} | plain() | fields))

    return make


@pytest.fixture
def make_medication(make_patient):
    """A prescription that no rule knows: pass `text`, `rxcui`, `ingredients` and `recognition="resolved"` for one that is checked."""
    return row_maker(
        Medication, make_patient, lambda: {"text": "lisinopril 20 mg tablet", "directions": "1 po qam", "position": next(NUMBER)}
    )


@pytest.fixture
def make_allergy(make_patient):
    make_row = row_maker(
        Allergy, make_patient, lambda: {"substance": "Codeine", "kind": "intolerance", "reaction": "vomiting", "severity": "moderate"}
    )

    def make(patient=None, **fields):
        allergy = make_row(patient, **fields)
        allergy.patient.allergy_status = Answered.LISTED
        allergy.patient.save()
        return allergy

    return make


@pytest.fixture
def make_condition(make_patient):
    make_row = row_maker(Condition, make_patient, lambda: {"name": "Hypertension", "system": "icd10", "code": "I10"})

    def make(patient=None, **fields):
        condition = make_row(patient, **fields)
        condition.patient.condition_status = Answered.LISTED
        condition.patient.save()
        return condition

    return make


@pytest.fixture
def make_observation(make_patient):
    """An eGFR of a month ago."""
    return row_maker(
        Observation,
        make_patient,
        lambda: {"name": "eGFR", "value": "38", "unit": "mL/min/1.73 m2", "measured_on": timezone.localdate() - dt.timedelta(days=30)},
    )


@pytest.fixture
def no_copies_of_contexts(monkeypatch):
    """A sweep of thousands of pages looks at no template: without Django's copies of each one's context it is faster."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *arguments, **more: None)


@pytest.fixture(autouse=True)
def triggers_off_for_the_flush(request):
    """A transactional test ends with a flush, which the triggers refuse; the `post_migrate` of the flush puts them back."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")) and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    immutability.remove()

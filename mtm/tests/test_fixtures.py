"""The people of the tests are who they say they are."""

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.test import RequestFactory

from accounts.permissions import Role


def test_alice_and_charlie_work_in_different_organizations(pharmacist, outsider):
    mine, theirs = pharmacist.memberships.get(), outsider.memberships.get()

    assert mine.roles == theirs.roles == (Role.PHARMACIST,)
    assert mine.organization != theirs.organization


def test_a_client_who_gave_the_password_just_now_need_not_give_it_again(pharmacist, pharmacist_client):
    request = RequestFactory().get("/")
    request.user, request.session = pharmacist, pharmacist_client.session

    assert did_recently_reauthenticate(request)


def test_a_row_belongs_where_its_patient_does(make_medication, make_allergy, make_condition, make_observation, make_patient):
    patient = make_patient()

    rows = [make(patient) for make in (make_medication, make_allergy, make_condition, make_observation)]

    assert {row.organization for row in rows} == {patient.organization}

"""Drop-off sites: a manager keeps them, the disposal sheet names those near the patient's home."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from reviews.documents.facts import gather
from reviews.documents.payload import DRAFT, patient_payload
from reviews.models import DisposalSite

pytestmark = pytest.mark.django_db
SITE = {
    "name": "Mill Street Pharmacy",
    "address": "1 Mill Street\nSpringfield, OH",
    "postal_code": "45503",
    "note": "Box by the door.",
    "note_es": "Caja junto a la puerta.",
}


@pytest.fixture
def make_site(organization):
    def make(**fields):
        return DisposalSite.objects.create(**({"organization": organization} | SITE | fields))

    return make


@pytest.fixture
def sites_on_paper(make_encounter, make_patient, pharmacist):
    def named(language="en", **patient):
        facts = gather(make_encounter(make_patient(**patient)), signer=pharmacist)
        return patient_payload(facts, DRAFT, language)["disposal_sites"]

    return named


def test_a_manager_adds_a_site_once_however_often_the_form_is_sent(manager_client):
    data = SITE | {"request_key": uuid.uuid4()}

    answers = [manager_client.post(reverse("disposal-site-add"), data) for _ in range(2)]

    assert [answer.url for answer in answers] == [reverse("disposal-sites")] * 2
    assert DisposalSite.objects.get().history.count() == 1
    assert AuditEvent.objects.filter(action="disposal_site.added").count() == 1
    assert "Mill Street Pharmacy" in manager_client.get(reverse("disposal-sites")).text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("postal_code", "4550", "five digits"),
        ("postal_code", "٤٥٥٠٣", "five digits"),
        ("address", "1\n2\n3\n4\n5", "Four lines"),
        ("address", " \n ", "required"),
        ("name", "A\u202eB", "invisible"),
    ],
)
def test_what_cannot_be_printed_is_refused_at_its_field(manager_client, field, value, words):
    response = manager_client.post(reverse("disposal-site-add"), SITE | {field: value, "request_key": uuid.uuid4()})

    assert response.status_code == 422
    assert words in response.text
    assert not DisposalSite.objects.exists()


def test_a_site_taken_out_of_use_stays_on_the_list_and_leaves_the_papers(manager_client, make_site, sites_on_paper):
    site = make_site()

    manager_client.post(reverse("disposal-site", args=[site.pk]), SITE | {"version": 1})

    assert "not in use" in manager_client.get(reverse("disposal-sites")).text
    assert sites_on_paper(postal_code="45503") == []


def test_a_change_that_someone_else_overtook_shows_both_texts(manager_client, make_site):
    url = reverse("disposal-site", args=[make_site().pk])
    manager_client.post(url, SITE | {"version": 1, "name": "Mill Pharmacy", "is_in_use": "on"})

    response = manager_client.post(url, SITE | {"version": 1, "name": "Old Mill", "is_in_use": "on"})

    assert response.status_code == 422
    assert "Mill Pharmacy" in response.text and "Old Mill" in response.text
    assert DisposalSite.objects.get().name == "Mill Pharmacy"


def test_the_nearest_sites_come_first_and_far_ones_not_at_all(make_site, sites_on_paper):
    make_site(name="Same area", postal_code="45599")
    make_site(name="Next street", postal_code="45503")
    make_site(name="Another town", postal_code="45402")

    sites = sites_on_paper(postal_code="45503-1234")

    assert [site["name"] for site in sites] == ["Next street", "Same area"]
    assert sites[0]["address"] == ["1 Mill Street", "Springfield, OH 45503"]


@pytest.mark.parametrize(("address", "count"), [("5 Elm Street\nSpringfield, OH 45501", 1), ("12345 Elm Street\nSpringfield, OH", 0)])
def test_the_zip_of_an_address_counts_where_its_own_field_is_empty(make_site, sites_on_paper, address, count):
    make_site()

    assert len(sites_on_paper(address=address)) == count


def test_another_organizations_sites_are_never_named(make_site, other_organization, sites_on_paper):
    make_site(organization=other_organization)

    assert sites_on_paper(postal_code="45503") == []


def test_a_note_is_printed_in_the_papers_language_or_left_out(make_site, sites_on_paper):
    make_site(name="A")
    make_site(name="B", note_es="")

    notes = [site["note"] for site in sites_on_paper("es", postal_code="45503")]

    assert notes == [{"es": "Caja junto a la puerta."}, None]


def test_the_sign_page_warns_of_missing_sites_until_there_are_two(pharmacist_client, judged_encounter, make_site):
    url = reverse("encounter-sign", args=[judged_encounter.pk])
    before = pharmacist_client.get(url).text
    make_site()
    make_site(name="City Hall")

    after = pharmacist_client.get(url).text

    assert "Drop-off sites: fewer than 2" in before
    assert "Drop-off sites" not in after


@pytest.mark.parametrize(
    ("address", "last"),
    [
        ("48 Orchard Lane\nSpringfield, OH", "Springfield, OH 45503"),
        ("48 Orchard Lane\nSpringfield, OH 45503", "Springfield, OH 45503"),
        ("", None),
    ],
)
def test_the_patients_address_ends_with_the_zip_code_once(make_encounter, make_patient, pharmacist, address, last):
    facts = gather(make_encounter(make_patient(address=address, postal_code="45503")), signer=pharmacist)

    printed = patient_payload(facts, DRAFT)["patient"]["address"]

    assert printed[-1:] == ([last] if last else [])

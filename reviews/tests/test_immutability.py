"""What is signed or logged stays: the database refuses, whoever asks and however (both databases)."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mtm.lib import immutability
from reviews import services
from reviews.models import Delivery, DocumentFile, Encounter, PrescriberResponse, ReviewSnapshot, Screening, SignedDocument
from reviews.tasks import render_file

FIXED = (Encounter, ReviewSnapshot, Screening, SignedDocument, DocumentFile, PrescriberResponse, Delivery)
pytestmark = pytest.mark.trust


@pytest.fixture
def signed_rows(signed_encounter, papers_of, pharmacist):
    """One row at least in each table that is fixed, and one file with its bytes."""
    today = timezone.localdate()
    services.record_delivery(papers_of["patient"], channel="mail", sent_on=today, by=pharmacist)
    services.record_response(signed_encounter.recommendations.first(), answer="accepted", answered_on=today, by=pharmacist)
    render_file(str(papers_of["note"].files.get().pk))
    return signed_encounter


def refused(statement, *arguments):
    """Whether the database refuses the statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, arguments)
    except DatabaseError as error:
        return "never changed or deleted" in str(error)
    return False


def test_every_protected_table_has_its_triggers(db):
    assert immutability.missing() == []
    assert {model._meta.db_table for model in FIXED} <= set(immutability.REGISTRY)


def test_no_row_can_be_changed_or_deleted_by_raw_sql(signed_rows):
    for table in (model._meta.db_table for model in FIXED):
        assert not refused(f'UPDATE "{table}" SET created_at = created_at'), f"{table} refuses what changes nothing"
        assert refused(f'UPDATE "{table}" SET created_at = %s', timezone.now()), table
        assert refused(f'UPDATE "{table}" SET organization_id = NULL'), table
        assert refused(f'DELETE FROM "{table}"'), table


def test_no_row_can_be_changed_or_deleted_through_the_orm(signed_rows):
    for model in FIXED:
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            model.objects.update(created_at=timezone.now())
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_a_signed_payload_hash_and_signer_can_not_be_changed(papers_of):
    table = SignedDocument._meta.db_table

    for column, value in (
        ("payload", "{}"),
        ("sha256", "0" * 64),
        ("signer_name", "Mallory"),
        ("kind", "note"),
        ("signed_at", timezone.now()),
    ):
        assert refused(f'UPDATE "{table}" SET {column} = %s', value), column


def test_the_bytes_of_a_file_are_set_once(signed_rows):
    table = DocumentFile._meta.db_table

    assert refused(f'UPDATE "{table}" SET pdf = NULL, pdf_sha256 = NULL WHERE pdf IS NOT NULL')
    assert refused(f'UPDATE "{table}" SET pdf_sha256 = %s WHERE pdf IS NOT NULL', "0" * 64)
    assert not refused(f'UPDATE "{table}" SET attempts = attempts + 1, last_error = %s', "still free")


def test_a_review_is_open_to_change_until_it_is_signed(judged_encounter):
    table = Encounter._meta.db_table

    assert not refused(f'UPDATE "{table}" SET note = %s', "still open")
    judged_encounter.refresh_from_db()
    assert judged_encounter.note == "still open"


def test_the_history_of_a_review_can_not_be_rewritten(signed_encounter):
    for name in ("encounter", "finding", "problem", "recommendation", "actionitem"):
        assert refused(f'UPDATE "reviews_historical{name}" SET history_type = %s', "x"), name
        assert refused(f'DELETE FROM "reviews_historical{name}"'), name


@pytest.mark.postgresql
def test_no_table_can_be_truncated(signed_rows):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is pending would be the reason otherwise
    for model in FIXED:
        assert refused(f'TRUNCATE "{model._meta.db_table}" CASCADE'), model

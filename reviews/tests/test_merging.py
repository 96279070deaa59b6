"""A chart with an open review is not merged away."""

import pytest

from patients.services import merge
from reviews.models import Encounter

pytestmark = pytest.mark.django_db


def test_an_open_review_of_the_duplicate_holds_the_merge_back(make_patient, pharmacist):
    stays, goes = make_patient(), make_patient()
    review = Encounter.objects.create(organization=goes.organization, patient=goes, kind=Encounter.Kind.TMR, opened_by=pharmacist)

    held_back = merge.reasons_against(goes, stays)
    review.status = Encounter.Status.ABANDONED
    review.save()

    assert "has an open review" in held_back[0]
    assert merge.reasons_against(goes, stays) == []

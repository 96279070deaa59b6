"""One module per kind of check; each is a generator of outcomes over one regimen and one rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from interactions.engine.checks.adherence import check_adherence
from interactions.engine.checks.allergies import check_allergy
from interactions.engine.checks.burdens import check_additive
from interactions.engine.checks.conditions import check_patient
from interactions.engine.checks.doses import check_acetaminophen, check_dose, check_mme
from interactions.engine.checks.duplicates import check_duplicate
from interactions.engine.checks.gaps import check_missing
from interactions.engine.checks.monitoring import check_monitoring
from interactions.engine.checks.pairs import check_pair
from interactions.engine.regimen import Regimen
from interactions.engine.rules import Rule
from interactions.engine.types import Outcome

CHECKS: Mapping[str, Callable[[Regimen, Rule], Iterator[Outcome]]] = {
    "pair": check_pair,
    "patient": check_patient,
    "missing": check_missing,
    "additive": check_additive,
    "duplicate": check_duplicate,
    "allergy": check_allergy,
    "monitoring": check_monitoring,
    "adherence": check_adherence,
    "dose": check_dose,
    "acetaminophen": check_acetaminophen,
    "mme": check_mme,
}

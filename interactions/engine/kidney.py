"""Kidney function from what the chart holds, as an interval with the words that say where it came from."""

from __future__ import annotations

from typing import NamedTuple

from interactions.engine.types import Lab, Patient
from interactions.engine.units import plain
from interactions.engine.words import day_words

MAX_AGE_DAYS = 365
# KDIGO stages as intervals of eGFR, mL/min/1.73 m2 (KDIGO 2012, unchanged in 2024).
STAGES: tuple[tuple[str, float, float, str], ...] = (
    ("dialysis", 0, 14, "dialysis"),
    ("ckd-5", 0, 14, "CKD stage 5"),
    ("ckd-4", 15, 29, "CKD stage 4"),
    ("ckd-3b", 30, 44, "CKD stage 3b"),
    ("ckd-3a", 45, 59, "CKD stage 3a"),
    ("ckd-3", 30, 59, "CKD stage 3"),
)


class Kidney(NamedTuple):
    """Function between `low` and `high` and the words for it."""

    low: float
    high: float
    words: str


def cockcroft_gault(age: int, weight_kg: float, creatinine: float, sex: str) -> float:
    """Creatinine clearance in mL/min (Cockcroft and Gault, Nephron 1976), actual weight, mg/dL."""
    clearance = (140 - age) * weight_kg / (72 * creatinine)
    return clearance * 0.85 if sex == "F" else clearance


def ckd_epi_2021(age: int, creatinine: float, sex: str) -> float:
    """eGFR in mL/min/1.73 m2 without race (Inker, NEJM 2021), creatinine in mg/dL."""
    kappa, alpha, factor = (0.7, -0.241, 1.012) if sex == "F" else (0.9, -0.302, 1.0)
    ratio = creatinine / kappa
    return 142 * float(min(ratio, 1) ** alpha * max(ratio, 1) ** -1.2 * 0.9938**age * factor)


def latest(patient: Patient, test: str, within_days: int = MAX_AGE_DAYS) -> Lab | None:
    """The newest usable result of a test: dated, not in the future, not too old."""
    best: Lab | None = None
    for lab in patient.labs or ():
        if lab.test != test or lab.on is None:
            continue
        age = (patient.as_of - lab.on).days
        if 0 <= age <= within_days and (best is None or best.on is None or lab.on > best.on):
            best = lab
    return best


def egfr(patient: Patient) -> Kidney | None:
    """eGFR from a result, from creatinine, or from the stage of CKD; None when nothing settles it."""
    return _measured_egfr(patient) or _computed_egfr(patient) or _staged(patient)


def clearance(patient: Patient) -> Kidney | None:
    """Creatinine clearance: a result, Cockcroft-Gault, else the eGFR in its place, said so."""
    lab = latest(patient, "crcl")
    if lab:
        return Kidney(lab.value, lab.value, f"creatinine clearance {plain(lab.value)} mL/min on {day_words(lab.on)}")
    creatinine = latest(patient, "creatinine")
    if creatinine and patient.age is not None and patient.weight_kg and patient.sex in ("F", "M") and patient.age >= 18:
        value = cockcroft_gault(patient.age, patient.weight_kg, creatinine.value, patient.sex)
        from_what = f"Cockcroft-Gault, {plain(patient.weight_kg)} kg, creatinine of {day_words(creatinine.on)}"
        words = f"creatinine clearance {plain(round(value))} mL/min ({from_what})"
        return Kidney(value, value, words)
    estimate = egfr(patient)
    return estimate and estimate._replace(words=f"{estimate.words}, used in place of creatinine clearance")


def _measured_egfr(patient: Patient) -> Kidney | None:
    lab = latest(patient, "egfr")
    return Kidney(lab.value, lab.value, f"eGFR {plain(lab.value)} on {day_words(lab.on)}") if lab else None


def _computed_egfr(patient: Patient) -> Kidney | None:
    lab = latest(patient, "creatinine")
    if not lab or patient.age is None or patient.age < 18 or patient.sex not in ("F", "M"):
        return None
    value = ckd_epi_2021(patient.age, lab.value, patient.sex)
    return Kidney(value, value, f"eGFR {round(value)} (CKD-EPI 2021, creatinine {plain(lab.value)} mg/dL on {day_words(lab.on)})")


def _staged(patient: Patient) -> Kidney | None:
    for condition, low, high, words in STAGES:
        if condition in (patient.conditions or {}):
            return Kidney(low, high, f"{words} (eGFR {plain(low)} to {plain(high)})")
    return None

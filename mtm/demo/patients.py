"""Invented patients of the demo. Days are counted back from today, so that "recent" stays recent."""
# ruff: noqa: E501 (one medicine a line reads best)

import datetime as dt
from decimal import Decimal
from typing import Any

ROSA: dict[str, Any] = {
    "person": {
        "given_names": "Rosa Elena", "family_name": "Marín", "preferred_name": "Elena", "birth_date": dt.date(1947, 3, 14), "sex": "F",
        "phone": "(555) 010-4471", "address": "48 Orchard Lane, Apt. 2\nSpringfield, OH", "postal_code": "45503", "language": "es",
        "communication_needs": "large print", "weight_kg": Decimal("58.0"), "height_cm": Decimal("158.0"),
        "goal": "I don't want to fall again. I want to sleep.",
    },
    "weighed": 5,
    "primary_care": "haddad",
    "medications": (
        # text, directions, what for, in Spanish, prescriber, started, last fill, more
        ("warfarin 5 mg tablet", "1 po qpm", "atrial fibrillation", "fibrilación auricular", "osei", 2800, 19, {"source": "bottle", "as_taken": "5 mg cada noche; la hoja del hospital dice 2.5 mg"}),
        ("amiodarone 200 mg tablet", "1 po qnoon", "atrial fibrillation", "fibrilación auricular", "osei", 44, 44, {"source": "hospital"}),
        ("metoprolol succinate ER 50 mg tablet", "1 po qam", "atrial fibrillation", "fibrilación auricular", "osei", 1900, 30, {"source": "bottle"}),
        ("lisinopril 20 mg tablet", "1 po qam", "heart failure", "insuficiencia cardíaca", "haddad", 3900, 87, {"source": "pharmacy"}),
        ("spironolactone 25 mg tablet", "1 po qnoon", "heart failure", "insuficiencia cardíaca", "osei", 700, 25, {"source": "bottle"}),
        ("furosemide 40 mg tablet", "1 po qam", "heart failure", "insuficiencia cardíaca", "osei", 700, 25, {"source": "bottle"}),
        ("metformin 1000 mg tablet", "1 po bid wc", "type 2 diabetes", "diabetes tipo 2", "haddad", 4300, 40, {"source": "pharmacy"}),
        ("glyburide 5 mg tablet", "1 po qam wc", "type 2 diabetes", "diabetes tipo 2", "haddad", 3000, 40, {"source": "pharmacy"}),
        ("simvastatin 40 mg tablet", "1 po qhs", "cholesterol", "colesterol", "haddad", 4000, 61, {"source": "pharmacy"}),
        ("naproxen sodium 220 mg tablet", "1 po bid wc", "knee pain", "dolor de rodilla", None, 120, None, {"kind": "otc"}),
        ("Dr. Luz joint tea", "1 cup at noon", "knee pain", "dolor de rodilla", None, None, None, {"kind": "herbal", "directions_en": "Drink 1 cup at noon.", "directions_es": "Tome 1 taza al mediodía.", "noon": "1"}),
        ("omeprazole 20 mg delayed release capsule", "1 po qam ac", "acid reflux", "acidez", "haddad", 1400, 33, {"source": "bottle"}),
        ("oxybutynin ER 10 mg tablet", "1 po qpm", "overactive bladder", "vejiga hiperactiva", "haddad", 900, 18, {"source": "pharmacy"}),
        ("acetaminophen 500 mg / diphenhydramine 25 mg tablet", "2 po qhs", "sleep", "dormir", None, 200, None, {"kind": "otc"}),
    ),
    "past": (("zolpidem 5 mg tablet", "1 po qhs prn", "sleep", "dormir", "haddad", 600, 75, "se cayó de noche"),),
    "allergies": (
        {"substance": "Sulfamethoxazole", "reaction": "hives", "severity": "moderate", "kind": "allergy"},
        {"substance": "Codeine", "reaction": "vomiting", "severity": "moderate", "kind": "intolerance"},
    ),
    "conditions": (
        ("Atrial fibrillation", "I48.91"), ("Heart failure, reduced ejection fraction", "I50.22"), ("Type 2 diabetes", "E11.22"),
        ("Chronic kidney disease, stage 3b", "N18.32"), ("Hypertension", "I10"), ("High cholesterol", "E78.5"),
        ("Osteoarthritis of the knee", "M17.9"), ("Acid reflux", "K21.9"), ("Overactive bladder", "N32.81"), ("Insomnia", "G47.00"), ("Fall in September", ""),
    ),
    "results": (
        # test, value, unit, days ago
        ("INR", "3.8", "", 5), ("INR", "2.6", "", 75), ("eGFR", "38", "mL/min/1.73m2", 40), ("eGFR", "44", "mL/min/1.73m2", 310),
        ("Creatinine", "1.4", "mg/dL", 40), ("Potassium", "5.3", "mmol/L", 40), ("Potassium", "4.8", "mmol/L", 310),
        ("A1c", "6.4", "%", 40), ("LDL cholesterol", "92", "mg/dL", 310), ("Heart rate", "56", "/min", 5),
    ),
    "pressure": (("126", "68"), 5),
    "social": {
        "alcohol": "one glass of wine on Sundays", "tobacco": "never", "caffeine": "2 cups of coffee a day", "living_situation": "alone; daughter visits on weekends",
        "dexterity": "opens bottles with effort", "vision": "reading glasses, large print helps", "pill_box": "weekly box, fills it herself",
    },
    "immunizations": (("Influenza, high dose", 400), ("Pneumococcal conjugate, 20-valent", 900)),
    "contacts": ({"role": "caregiver", "name": "Lucía Marín", "relationship": "daughter", "phone": "(555) 010-4480", "may_discuss": True},),
    "plan": {"plan_name": "Lakeview Medicare Rx (demo)", "contract_number": "S0000", "member_id": "LV-000-4471", "is_part_d": True},
    "consents": ("mtm", "privacy"),
    "identifier": ("Springfield Clinic", "RM-4471"),
}  # fmt: skip

WALTER: dict[str, Any] = {
    "person": {
        "given_names": "Walter", "family_name": "Brandt", "birth_date": dt.date(1961, 8, 30), "sex": "M", "phone": "(555) 010-5120",
        "address": "7 Mill Court\nSpringfield, OH", "postal_code": "45504", "language": "en", "weight_kg": Decimal("91.2"), "height_cm": Decimal("180.0"),
    },
    "weighed": 20,
    "primary_care": "haddad",
    "medications": (
        ("sertraline 50 mg tablet", "1 po qam", "low mood", "ánimo bajo", "haddad", 500, 22, {"source": "bottle"}),
        ("tramadol 50 mg tablet", "1 po q6h prn pain", "back pain", "dolor de espalda", "haddad", 30, 12, {"source": "bottle"}),
        ("amlodipine 5 mg tablet", "1 po qam", "blood pressure", "presión arterial", "haddad", 1200, 22, {"source": "bottle"}),
    ),
    "past": (),
    "allergies": (),
    "conditions": (("Depression", "F32.A"), ("Low back pain", "M54.50"), ("Hypertension", "I10")),
    "results": (("Creatinine", "0.9", "mg/dL", 200),),
    "pressure": (("138", "84"), 20),
    "social": {"alcohol": "2 beers on weekends", "tobacco": "stopped 2015"},
    "immunizations": (),
    "contacts": (),
    "plan": None,
    "consents": ("privacy",),
    "identifier": ("Springfield Clinic", "WB-5120"),
}  # fmt: skip

DISPOSAL_SITES = (
    {
        "name": "Riverside Pharmacy (demo)", "address": "12 River Street\nSpringfield, OH", "postal_code": "45502",
        "note": "Box beside the counter. Monday to Friday, 9 a.m. to 6 p.m.", "note_es": "Caja junto al mostrador. De lunes a viernes, de 9 a. m. a 6 p. m.",
    },
    {
        "name": "Orchard District Police (demo)", "address": "101 Orchard Lane\nSpringfield, OH", "postal_code": "45503",
        "note": "Box in the lobby. Open day and night.", "note_es": "Caja en la entrada. Abierto día y noche.",
    },
)  # fmt: skip

PRESCRIBERS = {
    "haddad": {
        "name": "Dr. Lena Haddad", "credentials": "MD", "specialty": "Family medicine", "phone": "(555) 010-3000", "fax": "(555) 010-3001",
        "address": "Springfield Family Practice\n300 Main Street\nSpringfield, OH 45502",
    },
    "osei": {
        "name": "Dr. Kwame Osei", "credentials": "MD", "specialty": "Cardiology", "phone": "(555) 010-3100", "fax": "(555) 010-3101",
        "address": "Heart and Rhythm Clinic\n20 Hospital Drive\nSpringfield, OH 45505",
    },
}  # fmt: skip

"""What each part of a paper says: from a payload in one language to the lines that its template prints."""

from typing import Any

import segno
from django.utils.text import Truncator

from .naming import capitalized, label_of, unit_of
from .phrases import Words
from .schema import TIMES

BLANK_MEDICINES = 3
BLANK_ON_ITS_OWN = 4
LONGEST_IN_MARGIN = 60

Data = dict[str, Any]


def frame(data: Data, words: Words, short_hash: str) -> Data:
    """What every page carries: who, whose pharmacy, which version, signed or draft."""
    meta, everywhere = data["meta"], words["everywhere"]
    is_draft = not data.get("signature")
    demo = f"{everywhere['demo']}. {everywhere['demo_note']}" if meta["demo"] else ""
    return {
        "who": Truncator(data["patient"]["name"]).chars(LONGEST_IN_MARGIN),
        "born": everywhere["born"].format(date=_birth_date(data, words)),
        "foot": f"{everywhere['not_the_form']}\n{demo}".strip(),
        "demo": demo,
        "version": everywhere["version"].format(version=meta["version"], hash=short_hash)
        + (f" · {everywhere['draft']}" if is_draft else ""),
        "prepared": words.day(meta["prepared_on"]),
        "is_draft": is_draft,
        "mark": _mark(is_draft, meta["demo"], words),
        "signed": _signed(data, words),
        "correction": _correction(data, words),
        "additions": [_addition(addendum, words) for addendum in data.get("addenda") or []],
        "call": _call(data, words),
        "phone": data["pharmacist"].get("phone") or data["organization"]["phone"],
    }


def _birth_date(data: Data, words: Words) -> str:
    """Digits in the American order for English readers; words for Spanish ones, who read 03/04 two ways."""
    written = data["patient"]["birth_date"]
    return words.short_day(written) if words["language"] == "en" else words.day(written)


def _mark(is_draft: bool, is_demo: bool, words: Words) -> str:
    """Name of the watermark, "" for a signed paper of a real patient."""
    if is_draft:
        return words["everywhere"]["draft_mark"].lower()
    return "demo" if is_demo else ""


def _signed(data: Data, words: Words) -> Data | None:
    signature, everywhere = data.get("signature"), words["everywhere"]
    return signature and {
        "by": everywhere["signed_by"].format(name=signature["printed_name"]),
        "at": everywhere["signed_at"].format(moment=words.moment(signature["signed_at"])),
        "meaning": signature["meaning"],
    }


def _correction(data: Data, words: Words) -> Data | None:
    correction, everywhere = data.get("correction"), words["everywhere"]
    if not correction:
        return None
    text = everywhere["corrects"].format(version=data["meta"]["version"], replaced=correction["replaces_version"])
    return {"text": text, "reason": correction["reason"]}


def _addition(addendum: Data, words: Words) -> Data:
    head = words["everywhere"]["added_on"].format(date=words.day(addendum["added_on"]), by=addendum["by"])
    return {"head": head, "text": addendum["text"]}


def _call(data: Data, words: Words) -> Data:
    organization, everywhere = data["organization"], words["everywhere"]
    tty = everywhere["tty"].format(tty=organization["tty"]) if organization.get("tty") else ""
    return {
        "ask": everywhere["call"].format(name=credentialed(data["pharmacist"])),
        "when": " ".join(filter(None, [organization.get("hours"), tty])),
    }


def credentialed(person: Data) -> str:
    return ", ".join(filter(None, [person["name"], person.get("credentials")]))


def related(person: Data) -> str:
    """ "Daniel Márquez (son)"."""
    return f"{person['name']} ({person['relation']})" if person.get("relation") else person["name"]


def cover(data: Data, words: Words) -> Data:
    patient, sentences = data["patient"], words["cover"]
    reader = _recipient(patient)
    salutation = reader["name"] if reader is not patient else patient.get("salutation") or patient.get("preferred_name") or patient["name"]
    talked = sentences["talked" if reader is patient else "talked_about"]
    plan = data["plan"].get("part_d_plan")
    return {
        "address": [reader["name"], *(reader.get("address") or patient["address"])],
        "for": "" if reader is patient else sentences["for"].format(patient=patient["name"]),
        "dear": sentences["dear"].format(salutation=salutation),
        "talked": talked.format(date=words.day(data["meta"]["service_on"]), patient=patient["name"]),
        "forward": sentences["forward"].format(plan=plan) if plan else sentences["forward_no_plan"],
        "copies": _copies(patient, sentences),
        "pharmacist": credentialed(data["pharmacist"]),
    }


def _recipient(patient: Data) -> Data:
    """Who the letter is addressed to: the patient, or the representative who receives the mail."""
    representative = patient.get("representative") or {}
    return representative if representative.get("receives_mail") else patient


def _copies(patient: Data, sentences: Data) -> list[str]:
    representative = patient.get("representative")
    copies = [related(person) for person in patient.get("copies_to") or []]
    if representative and representative["took_part"]:
        copies.insert(0, f"{related(representative)}, {sentences['took_part']}")
    elif representative and (patient.get("unable_to_take_part") or representative["receives_mail"]):
        copies.insert(0, related(representative))
    return copies


def medication_list(data: Data, words: Words) -> Data:
    sentences = words["list"]
    lines = [_medicine_block(medicine, words) for medicine in data["medications"]]
    active, stopped = [line for line in lines if not line["stopped"]], [line for line in lines if line["stopped"]]
    sources = _sources(data, sentences)
    return {
        "made": sentences["made"].format(date=words.day(data["meta"]["service_on"])),
        "sources": sentences["also_uses"].format(sources=words.series(sources)) if sources else "",
        "active": active,
        "stopped": stopped,
        "active_title": sentences["my_medications"].format(count=len(active)),
        "stopped_title": sentences["stopped"].format(count=len(stopped)),
        **allergy_lines(data, words),
        "blanks": range(BLANK_MEDICINES),
    }


def _sources(data: Data, sentences: Data) -> list[str]:
    """Where the list comes from; a representative who spoke for the patient is always named."""
    patient = data["patient"]
    representative = patient.get("representative")
    kinds = list(data.get("information_sources") or [])
    if representative and (representative["took_part"] or patient.get("unable_to_take_part")) and "representative" not in kinds:
        kinds.append("representative")
    name = related(representative) if representative else ""
    return [sentences["sources"][kind].format(name=name) for kind in kinds if kind != "representative" or name]


def _medicine_block(medicine: Data, words: Words) -> Data:
    sentences = words["list"]
    chosen = sentences["not_known"] if medicine["kind"] == "prescription" else sentences["over_the_counter"]
    label = label_of(medicine, words)
    return {
        "name": label.full,
        "others": label.others,
        "others_stay_whole": len(label.others) < 70,
        "directions": medicine["directions"],
        "as_taken": medicine.get("as_taken"),
        "reason": capitalized(medicine.get("reason") or sentences["why_unknown"]),
        "prescriber": medicine.get("prescriber") or chosen,
        "started": words.started(medicine),
        "stopped": words.day(medicine["stopped_on"]) if medicine.get("stopped_on") else "",
        "stop_reason": medicine.get("stop_reason"),
        "not_checked": bool(medicine.get("not_checked")),
    }


def allergy_lines(data: Data, words: Words) -> Data:
    """The allergy box, never blank: a list, "None known", or "Not recorded – ask"."""
    allergies, sentences = data["allergies"], words["list"]
    listed = " ".join(f"{_reaction(item)}." for item in allergies["items"])
    return {
        "allergies": listed or sentences[allergies["status"]],
        "side_effects": " ".join(f"{_reaction(item)}." for item in data.get("side_effects") or []),
    }


def _reaction(item: Data) -> str:
    said = f"{item['substance']}: {item['reaction']}" if item.get("reaction") else item["substance"]
    return said.rstrip(".")


def blank_list(data: Data, words: Words) -> Data:
    """A list to fill in by hand."""
    return {"blanks": range(BLANK_ON_ITS_OWN)}


def frame_without_patient(frame: Data, words: Words) -> Data:
    """The page frame of a paper for anyone: no name, no version, nothing that was signed."""
    return frame | {"who": "", "born": "", "version": "", "mark": "", "foot": words["everywhere"]["not_the_form"]}


def disposal(data: Data, words: Words) -> Data:
    sentences, sites = words["disposal"], data.get("disposal_sites") or []
    return {
        "sites": [site | {"distance": sentences["miles"].format(miles=site["miles"]) if site.get("miles") else ""} for site in sites],
        "free": sentences[("free_none", "free_one", "free_many")[min(len(sites), 2)]],
        "controlled": _controlled(data, words),
    }


def _controlled(data: Data, words: Words) -> str:
    medicines, sentences = data.get("controlled_medicines") or [], words["disposal"]
    return sentences["controlled"].format(medicines=words.series(medicines)) if medicines else sentences["controlled_any"]


def record(data: Data, words: Words) -> Data:
    """The personal medication record: a grid of four times of day, then people, allergies and notes."""
    rows = [_record_row(medicine, words) for medicine in data["medications"]]
    allergies, status = data["allergies"]["items"], data["allergies"]["status"]
    team = data.get("care_team") or {}
    return {
        "rows": sorted(rows, key=lambda row: bool(row["stopped"])),
        "blanks": range(BLANK_MEDICINES),
        "allergy_rows": allergies or [{"substance": words["pmr"][status]}],
        "problem_rows": data.get("side_effects") or [],
        "emergency": team.get("emergency_contact")
        and {"name": related(team["emergency_contact"]), "phone": team["emergency_contact"].get("phone")},
        "primary_care": team.get("primary_care"),
        "pharmacist": credentialed(data["pharmacist"]),
        "updated": words.day(data["meta"]["prepared_on"]),
        "reviewed": words.day(data["meta"]["service_on"]),
    }


def _record_row(medicine: Data, words: Words) -> Data:
    sentences, amounts, label = words["pmr"], words.amounts(medicine), label_of(medicine, words)
    is_daily = any(amounts) and not medicine.get("as_needed") and not medicine.get("weekdays")
    when = "" if is_daily else _when(medicine, words)
    says_what = medicine.get("instructions") or medicine["directions"]
    return {
        "name": label.name,
        "others": label.others,
        "dose": label.dose,
        "reason": capitalized(medicine.get("reason") or ""),
        "cells": _cells(medicine, amounts, words) if is_daily else None,
        "when": when,
        "started": words.started(medicine, short=True),
        "stopped": words.short_day(medicine["stopped_on"]) if medicine.get("stopped_on") else "",
        "prescriber": medicine.get("prescriber") or ("" if medicine["kind"] == "prescription" else sentences["my_choice"]),
        "instructions": says_what if says_what != when else "",
        "not_checked": bool(medicine.get("not_checked")),
    }


def _cells(medicine: Data, amounts: list[str], words: Words) -> list[Data]:
    """Amounts with their unit, unless the dose beside the name says it already: 10 units of insulin are not 10 pens."""
    unit, label = unit_of(medicine, words), label_of(medicine, words)
    is_said = unit.casefold() in label.form.casefold() or (not medicine.get("unit") and unit in label.name.casefold())
    return [{"amount": amount, "unit": "" if is_said or not amount else words.counted(amount, unit)} for amount in amounts]


def _when(medicine: Data, words: Words) -> str:
    """When a medicine that is not taken at fixed times every day is taken."""
    if medicine.get("as_needed"):
        return words["pmr"]["as_needed"]
    unit = unit_of(medicine, words)
    doses = zip(TIMES, words.amounts(medicine), strict=True)
    taken = [f"{words['pmr']['times'][time].lower()} {words.amount(amount, unit)}" for time, amount in doses if amount]
    if medicine.get("weekdays"):
        days = words.weekdays(medicine)
        return f"{days[0].upper()}{days[1:]}{': ' if taken else ''}{', '.join(taken)}"
    return medicine["directions"] or words["list"]["why_unknown"]


def sections(data: Data, words: Words) -> Data:
    """The note or the addendum, as it was written."""
    return {"sections": data["record"], "reviewed": words["note"]["reviewed"].format(date=words.day(data["meta"]["service_on"]))}


def letters(data: Data, words: Words) -> Data:
    sentences = words["letter"]
    return {
        "letters": [_letter(letter, sentences, words) for letter in data.get("letters") or []],
        "reviewed": sentences["reviewed"].format(date=words.day(data["meta"]["service_on"])),
        "pharmacist": credentialed(data["pharmacist"]),
        "by_mistake": sentences["by_mistake"].format(phone=data["organization"]["phone"]),
        "fax_back": data["organization"].get("fax"),
    }


def _letter(letter: Data, sentences: Data, words: Words) -> Data:
    count, code = len(letter["requests"]), letter.get("case_code") or ""
    return {
        "prescriber": credentialed(letter["prescriber"]),
        "fax": letter["prescriber"].get("fax"),
        "phone": letter["prescriber"].get("phone"),
        "address": letter["prescriber"].get("address") or [],
        "title": sentences["title_one"] if count == 1 else sentences["title_many"].format(count=count),
        "facts": letter.get("facts"),
        "by": words.day(letter["answer_by"]) if letter.get("answer_by") else "",
        "requests": letter["requests"],
        "case": sentences["case"].format(code=code) if code else "",
        "code": sentences["code"].format(code=code) if code else "",
        "qr": _qr(letter["answer_url"], sentences["qr"].format(code=code)) if letter.get("answer_url") else None,
    }


def _qr(address: str, title: str) -> Data:
    """The dark squares of a QR code as an SVG path, with a quiet zone of four squares."""
    code = segno.make(address, error="m", micro=False)
    squares = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.matrix, 4) for x, dark in enumerate(row, 4) if dark]
    return {"path": "".join(squares), "size": len(code.matrix) + 8, "title": title}

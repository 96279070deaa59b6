"""A release of true size: a million names, three and a half million relations, in 300 MB of memory."""

import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

MOST_MEGABYTES = 300
INGREDIENTS, COMPONENTS, DRUGS, BRANDED, GROUPS = 11_000, 28_000, 37_000, 33_000, 80_000
NAMES, RELATIONS, CODES = 1_050_000, 3_500_000, 260_000


def concept(code, kind, name, suppress="N", sab="RXNORM"):
    return f"{code}|ENG||||||{code}|{code}|{code}||{sab}|{kind}|{code}|{name}||{suppress}|4096|\n"


def relation(subject, name, target):
    return f"{target}||CUI|RO|{subject}||CUI|{name}|||RXNORM|||||4096|\n"


def suppressed(number, active):
    return "N" if number < active else "O"


def names():
    """Codes by thousands: 3 ingredients, 4 components, 5 drugs, 6 branded drugs, 7 groups."""
    for one in range(INGREDIENTS):
        yield concept(3_000_000 + one, "IN", f"substance {one:05} alfa")
    for one in range(COMPONENTS):
        yield concept(4_000_000 + one, "SCDC", f"substance {one % INGREDIENTS:05} alfa {one // 100 + 1} MG")
    for one in range(DRUGS):
        part = one % COMPONENTS
        yield concept(5_000_000 + one, "SCD", f"substance {part % INGREDIENTS:05} alfa {part // 100 + 1} MG Oral Tablet", suppressed(one, 19_000))
    for one in range(BRANDED):
        part = one % COMPONENTS
        name = f"substance {part % INGREDIENTS:05} alfa {part // 100 + 1} MG Oral Tablet [Brand{one % 6000:04}]"
        yield concept(6_000_000 + one, "SBD", name, suppressed(one, 11_000))
    for one in range(GROUPS):
        yield concept(7_000_000 + one, "SCDF", f"substance {one % INGREDIENTS:05} alfa Oral Tablet", suppressed(one, 50_000))
    for one in range(NAMES - INGREDIENTS - COMPONENTS - DRUGS - BRANDED - GROUPS):
        is_own = one < 200_000
        yield concept(5_000_000 + one % DRUGS, "SY" if is_own else "DP", f"Another name of drug {one} as people write it", sab="RXNORM" if is_own else "MTHSPL")


def relations():
    for one in range(COMPONENTS):
        yield relation(4_000_000 + one, "has_ingredient", 3_000_000 + one % INGREDIENTS)
    for one in range(DRUGS):
        yield relation(5_000_000 + one, "consists_of", 4_000_000 + one % COMPONENTS)
    for one in range(BRANDED):
        yield relation(6_000_000 + one, "tradename_of", 5_000_000 + one % COMPONENTS)
    for one in range(GROUPS):
        yield relation(7_000_000 + one, "has_ingredient", 3_000_000 + one % INGREDIENTS)
    for one in range(RELATIONS - COMPONENTS - DRUGS - BRANDED - GROUPS):
        yield f"|{one}|AUI|RO||{one + 1}|AUI|inverse_isa|{one}||SNOMEDCT_US||||||\n"


def codes():
    for one in range(CODES):
        yield f"{5_000_000 + one % 19_000}||||AUI|{one}|||NDC|RXNORM|{one * 217_645_177 % 10**11:011d}|N|4096|\n"
    for one in range(1_500_000):
        yield f"{5_000_000 + one % 19_000}||||AUI|{one}|||SPL_SET_ID|MTHSPL|0055d4a0-e8a4-4f07-8c5e-{one * 7919 % 10**12:012d}|N||\n"


def archive_of(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, lines in (("RXNCONSO", names()), ("RXNREL", relations()), ("RXNSAT", codes())):
            with archive.open(f"rrf/{name}.RRF", "w", force_zip64=True) as member:
                batch = []
                for line in lines:
                    batch.append(line)
                    if len(batch) == 10_000:
                        member.write("".join(batch).encode())
                        batch.clear()
                member.write("".join(batch).encode())
    return path


@pytest.mark.slow
def test_a_release_of_true_size_loads_in_300_megabytes_twice(tmp_path):
    path = archive_of(tmp_path / "RxNorm_full_11022026.zip")
    environment = os.environ | {"DICTIONARY_DIR": str(tmp_path / "dictionary")}
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "load_rxnorm", str(path)]

    first, second = (subprocess.run(command, env=environment, capture_output=True, text=True) for _ in range(2))

    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak {megabytes:.0f} MB")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr[-500:] + second.stderr[-500:]
    assert "19,000 products" in first.stdout
    assert "Nothing changed." in second.stdout
    assert megabytes <= MOST_MEGABYTES

"""Small releases in the true formats of NLM and FDA, for tests."""

import zipfile
from contextlib import contextmanager

from interactions.knowledge.releases import in_use
from interactions.knowledge.releases.in_use import use_folder

LISTING = {
    "PRODUCTTYPENAME": "HUMAN PRESCRIPTION DRUG", "DOSAGEFORMNAME": "TABLET", "ROUTENAME": "ORAL", "STARTMARKETINGDATE": "20200101",
    "MARKETINGCATEGORYNAME": "ANDA", "LABELERNAME": "Any Labeler", "NDC_EXCLUDE_FLAG": "N",
}  # fmt: skip
PRODUCT_COLUMNS = (
    "PRODUCTID PRODUCTNDC PRODUCTTYPENAME PROPRIETARYNAME PROPRIETARYNAMESUFFIX NONPROPRIETARYNAME DOSAGEFORMNAME ROUTENAME "
    "STARTMARKETINGDATE ENDMARKETINGDATE MARKETINGCATEGORYNAME APPLICATIONNUMBER LABELERNAME SUBSTANCENAME ACTIVE_NUMERATOR_STRENGTH "
    "ACTIVE_INGRED_UNIT PHARM_CLASSES DEASCHEDULE NDC_EXCLUDE_FLAG LISTING_RECORD_CERTIFIED_THROUGH"
).split()
PACKAGE_COLUMNS = (
    "PRODUCTID PRODUCTNDC NDCPACKAGECODE PACKAGEDESCRIPTION STARTMARKETINGDATE ENDMARKETINGDATE NDC_EXCLUDE_FLAG SAMPLE_PACKAGE"
).split()


class Rrf:
    """Collects the lines of an RxNorm release."""

    def __init__(self):
        self.files = {"RXNCONSO.RRF": [], "RXNREL.RRF": [], "RXNSAT.RRF": []}

    def concept(self, code, kind, name, suppress="N", cvf="4096", sab="RXNORM"):
        self.files["RXNCONSO.RRF"].append(f"{code}|ENG||||||10{code}|10{code}|{code}||{sab}|{kind}|{code}|{name}||{suppress}|{cvf}|")
        return self

    def relation(self, subject, name, target):
        """`subject name target`, as "15 tradename_of 14"; RXNREL reads from right to left."""
        self.files["RXNREL.RRF"].append(f"{target}||CUI|RO|{subject}||CUI|{name}|||RXNORM|||||4096|")
        return self

    def drug(self, code, name, *components, brands=(), suppress="N"):
        """A clinical drug of components, each (code, "warfarin sodium 5 MG", ingredient's code), and its branded ones (code, brand)."""
        self.concept(code, "SCD", name, suppress)
        for component, component_name, ingredient in components:
            self.concept(component, "SCDC", component_name).relation(component, "has_ingredient", ingredient)
            self.relation(code, "consists_of", component)
        for branded, brand in brands:
            self.concept(branded, "SBD", f"{name} [{brand}]").relation(branded, "tradename_of", code)
        return self

    def ndc(self, code, ndc):
        self.files["RXNSAT.RRF"].append(f"{code}||||AUI|{code}|||NDC|RXNORM|{ndc}|N|4096|")
        return self

    def archived(self, code, kind, name, merged_to=""):
        line = f"10{code}|A10{code}|{name}|2020/01/01 00:00:00|2010/01/01 00:00:00|2015/01/01 00:00:00|{code}||ENG|||RXNORM_15AA|{code}"
        self.files.setdefault("RXNATOMARCHIVE.RRF", []).append(f"{line}|RXNORM|{kind}|{merged_to or code}|")
        return self

    def merged(self, code, into):
        self.files.setdefault("RXNCUI.RRF", []).append(f"{code}|20AA_200101F|25AB_251006F|1|{into}|")
        return self

    def zip(self, path, folder="rrf/"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, lines in self.files.items():
                archive.writestr(f"{folder}{name}", "".join(f"{line}\n" for line in lines))
        return path


def small_release():
    """Warfarin as shipped, an ingredient that nobody knows yet, and a furosemide tablet of a strength that does not exist."""
    return (
        Rrf()
        .concept(11289, "IN", "warfarin").concept(4603, "IN", "furosemide").concept(29046, "IN", "lisinopril")
        .concept(114194, "PIN", "warfarin sodium").relation(114194, "form_of", 11289)
        .concept(9000001, "IN", "zorvalidone").concept(9000002, "BN", "Zorvexa").relation(9000002, "tradename_of", 9000001)
        .drug(9000003, "zorvalidone 15 MG Oral Tablet", (9000004, "zorvalidone 15 MG", 9000001), brands=[(9000005, "Zorvexa")])
        .drug(9000006, "furosemide 41 MG Oral Tablet", (9000007, "furosemide 41 MG", 4603))
        .drug(855332, "warfarin sodium 5 MG Oral Tablet", (855331, "warfarin sodium 5 MG", 11289))
        .concept(9000008, "SCD", "furosemide 39 MG Oral Tablet", "O").relation(9000008, "consists_of", 9000007)
        .drug(9000009, "lisinopril 15 MG / zorvalidone 15 MG Oral Tablet", (9000010, "lisinopril 15 MG", 29046), (9000004, "zorvalidone 15 MG", 9000001))
        .ndc(9000003, "99999123401").ndc(9000006, "09999123401").ndc(855332, "99999000101")
    )  # fmt: skip


def directory(folder, listings, packages, encoding="cp1252", ending="\r\n"):
    """product.txt and package.txt of FDA's directory; a listing has some columns, a package its code."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [PRODUCT_COLUMNS, *([(LISTING | one).get(column, "") for column in PRODUCT_COLUMNS] for one in listings)]
    (folder / "product.txt").write_bytes("".join("\t".join(row) + ending for row in rows).encode(encoding))
    codes = [[f"{code}_id", code.rpartition("-")[0], code, "30 TABLET in 1 BOTTLE", "20200101", "", "N", "N"] for code in packages]
    (folder / "package.txt").write_bytes("".join("\t".join(row) + ending for row in [PACKAGE_COLUMNS, *codes]).encode(encoding))
    return folder


def listing(code, name, substances, strengths="", units="mg/1", **more):
    return {
        "PRODUCTNDC": code, "PROPRIETARYNAME": name, "NONPROPRIETARYNAME": name, "SUBSTANCENAME": substances,
        "ACTIVE_NUMERATOR_STRENGTH": strengths, "ACTIVE_INGRED_UNIT": units,
    } | more  # fmt: skip


@contextmanager
def dictionary_in(folder):
    """Loaded releases live in this folder for a while."""
    before = in_use._store
    use_folder(folder)
    try:
        yield
    finally:
        in_use._store = before

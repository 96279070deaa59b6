"""Pairs of names that are mixed up in print and by ear, and tall-man lettering that shows the difference.

Pairs as in the public FDA and ISMP lists of look-alike names with recommended tall-man letters: facts from an excerpt
of them and, for the rest, recalled; nothing is copied. A misspelling near one member always offers the other one too.
"""

from __future__ import annotations

from collections.abc import Iterable

from interactions.knowledge.shapes import Ingredient

_TALL_MAN = (
    "acetaZOLAMIDE acetoHEXAMIDE|ALPRAZolam LORazepam clonazePAM|aMILoride amLODIPine|azaCITIDine azaTHIOprine|"
    "buPROPion busPIRone|carBAMazepine OXcarbazepine|ceFAZolin cefTRIAXone cefOXitin cefTAZidime cefuroxime|"
    "CeleBREX CeleXA Cerebyx|chlordiazePOXIDE chlorproMAZINE chlorproPAMIDE|CISplatin CARBOplatin|clomiPHENE clomiPRAMINE|"
    "cloNIDine clonazePAM KlonoPIN|clonazePAM LORazepam|cycloSERINE cycloSPORINE|DAUNOrubicin DOXOrubicin|"
    "DEPO-Medrol SOLU-Medrol|diazePAM dilTIAZem|dimenhyDRINATE diphenhydrAMINE|DOBUTamine DOPamine|DULoxetine FLUoxetine PARoxetine|"
    "ePHEDrine EPINEPHrine|fentaNYL SUFentanil|FLUoxetine fluvoxaMINE|fluPHENAZine fluvoxaMINE|glipiZIDE glyBURIDE|"
    "guaiFENesin guanFACINE|HumaLOG HumuLIN NovoLOG NovoLIN|hydrALAZINE hydrOXYzine hydroCHLOROthiazide|"
    "HYDROcodone oxyCODONE|HYDROmorphone morphine|IDArubicin DOXOrubicin|inFLIXimab riTUXimab|ISOtretinoin tretinoin|"
    "LamICtal LamISIL|lamiVUDine lamoTRIgine|levETIRAcetam levOCARNitine levoFLOXacin|levothyroxine liothyronine|"
    "medroxyPROGESTERone methylPREDNISolone methylTESTOSTERone|metFORMIN metroNIDAZOLE|metoprolol misoprostol|"
    "methadone methylphenidate|mitoMYcin mitoXANTRONE|niCARdipine NIFEdipine niMODipine|OLANZapine QUEtiapine|"
    "oxyCODONE OxyCONTIN|PARoxetine piroxicam|PENTobarbital PHENobarbital|penicillAMINE penicillin|prednisoLONE predniSONE|"
    "PriLOSEC PROzac|quiNIDine quiNINE|raNITIdine riMANTAdine amantadine|risperiDONE rOPINIRole|SandIMMUNE SandoSTATIN|"
    "SEROquel SINEquan|SITagliptin SAXagliptin SUMAtriptan|sulfADIAZINE sulfaSALAzine sulfiSOXAZOLE|tiaGABine tiZANidine|"
    "TEGretol TRENtal|toLAZamide TOLBUTamide|traMADol traZODone|TRENtal TRAndate|valACYclovir valGANciclovir|"
    "vinBLAStine vinCRIStine|ZyPREXA ZyrTEC|ZyrTEC Zantac Xanax|zolpidem zolmitriptan|ZOLMitriptan SUMAtriptan|"
    "Lasix Luvox Losec|Plavix Paxil|Zestril Zetia Zyprexa|Zocor Cozaar Zoloft|Actos Actonel|Adderall Inderal|Ambien Abilify|"
    "Aricept Aciphex|Avandia Coumadin|Benadryl benazepril|Brilinta Brintellix|Bumex Buprenex|Cardura Coumadin Cordarone|"
    "Diovan Zyban|Evista Avinza|Farxiga Fetzima|Flomax Fosamax Flonase|folic acid folinic acid|"
    "Januvia Jantoven Janumet|Keppra Kaletra|Lexapro Loxitane|Lipitor Loniten Zyrtec|Lotensin lovastatin|Mirapex MiraLax|"
    "Neurontin Noroxin|Norvasc Navane|Paxil Taxol|Pradaxa Plavix|Prozac Proscar Provera|Remeron Rozerem|Savella cevimeline|"
    "Singulair Sinequan|Topamax Toprol Tegretol|Tradjenta Toradol|Viagra Allegra|Wellbutrin Wellcovorin|Xarelto Zarontin|"
    "lisinopril fosinopril|atenolol Tylenol|carvedilol captopril|sertraline cetirizine|simvastatin sitagliptin|"
    "spironolactone sprintec|clobazam clonazepam|cefuroxime cefixime|doxepin doxycycline|fluconazole flucytosine|"
    "pantoprazole aripiprazole omeprazole|ezetimibe ezogabine|glimepiride glipizide glyburide|labetalol Lamictal lamotrigine|"
    "lamotrigine terbinafine|losartan valsartan|propranolol Pravachol prasugrel|prasugrel pravastatin|rifampin rifaximin|"
    "DACTINomycin DAPTOmycin|PAZOPanib PONATinib|rifAMPin rifAXIMin|metyraPONE metyroSINE|HYDROmorphone oxyMORphone|"
    "HYDROmorphone hydrALAZINE hydrOXYzine|chlorproMAZINE chlordiazePOXIDE prochlorperazine|NexIUM NexAVAR|hydroxychloroquine hydrOXYzine|"
    "SEROquel Singulair|Tenormin Trental|Cozaar Hyzaar|Effexor Enablex|Lantus Latuda|Kapidex Casodex|Topamax Toprol|oxybutynin oxyCODONE|"
    "traMADol Toradol|methIMAzole metOLazone methazolamide|glyBURIDE Glucotrol|"
    "carBAMazepine carvedilol|baclofen Bactroban|cetirizine sertraline|"
    "Zocor Zyrtec|Zyloprim Zyprexa|Depakote Depakene|Novolin Novolog|Pristiq Prilosec|Lovaza lorazepam|Tricor Tracleer|Uloric Ulesfia|"
    "ropinirole risperidone|tamoxifen tamsulosin|ticagrelor Tegretol|torsemide furosemide|ursodiol Ursodiol"
)
_GROUPS = [frozenset(name.lower() for name in group.split()) for group in _TALL_MAN.split("|")]
_TALL = {name.lower(): name for group in _TALL_MAN.split("|") for name in group.split() if name != name.lower()}


def are_lookalikes(first: str, second: str) -> bool:
    """True when both names stand in one published look-alike group."""
    one, two = first.lower(), second.lower()
    return any(one in group and two in group for group in _GROUPS)


def lookalikes_of(name: str) -> frozenset[str]:
    """The other names (lower case) of the published look-alike groups that hold this name."""
    one = name.lower()
    return frozenset(other for group in _GROUPS if one in group for other in group) - {one}


def tall_man(name: str) -> str:
    """The name with tall-man letters where a list gives them ("prednisone" is "predniSONE")."""
    return _TALL.get(name.lower(), name)


def shown(ingredients: Iterable[Ingredient]) -> str:
    """An ingredient set for a person who must choose: "predniSONE", "hydroCHLOROthiazide / lisinopril"."""
    return " / ".join(tall_man(one.name) for one in ingredients)

"""Words that must not become medicines: plain language, conditions, names of people.

Written by hand from general knowledge; used to refuse, never to resolve.
"""

from __future__ import annotations

import re
from pathlib import Path

SAYS_NO_MEDICINE = re.compile(
    r"^(?:none|nothing|nil|n/?a|no|unknown|unk|not sure|unsure|unable|pt unsure|refused|declined|same|various|multiple|"
    r"many|several|see|per|pending|tbd|test|\?+|-+|\.+|x+|nka|nkda|ninguno|ninguna|nada|no se|does not|doesn'?t|denies|"
    r"not taking|not on|never|avoid|allergic|allergy to|history of|hx of|h/o|s/p|family history)\b|^\W*$|"
    r"\b(?:insulin (?:syringes?|pump|pen needles?|supplies)|test(?:ing)? strips?|one ?touch|accu-?chek|freestyle|dexcom|libre|"
    r"contour next|true ?metrix|lancets?|glucometer|glucose (?:meter|monitor|test)|pen needles?|"
    r"nebulizer machine|free t[34]|spacer|aerochamber|"
    r"catheter|ostomy|colostomy|gauze|band-?aids?|contact lens|compression (?:socks|stockings)|blood pressure (?:cuff|monitor)|"
    r"(?:sugar|gluten|dairy|caffeine|nicotine|aspirin|alcohol|fat|sodium|drug|latex|lactose)[ -]free)\b|"
    r"\b(?:no (?:known|current|medications?|meds|medicines?)|not taking|allergic to|allergy to|allergies|see (?:attached|list|"
    r"chart|above|below|notes?)|can'?t remember|don'?t know|does not know|ask (?:the )?(?:pharmacy|doctor|wife|daughter))\b")

# Beside a drug name these say that the line speaks of a test, a reaction or a device, not of a medicine taken.
_TESTS_AND_DEVICES = (
    "pump pumps test tests deficiency toxicity overdose level levels resistance resistant abuse dependence dependent "
    "disorder intolerance intolerant allergic anaphylaxis hypersensitivity poisoning induced withdrawal strips strip meter "
    "lancets lancet monitor sensor sensors needles glucometer failure tolerance screen screening assay serum plasma "
    "score scan scans stones stone oxalate channel blocker blockers index uptake crystals "
    "clinic culture titer panel count ratio free clearance binding receptor antibody antibodies "
    "surgery transplant dialysis appointment therapy physical diet exercise walker wheelchair cpap bipap brace stockings "
    "smoker smoking tobacco pregnancy pregnant challenge desensitization study trial coupon card "
    "factory plant street road avenue county hospital church school")
_DIAGNOSES = (
    "pancreatitis disease syndrome anemia infection infections cancer diabetes hypertension hyperlipidemia depression "
    "anxiety asthma copd arthritis gout neuropathy fracture stroke pneumonia dementia alzheimer's epilepsy seizure seizures "
    "headache migraines insomnia constipation diarrhea nausea obesity hypothyroidism hyperthyroidism osteoporosis "
    "fibrillation angina murmur edema rash eczema psoriasis acne glaucoma cataract cataracts hepatitis cirrhosis ulcer "
    "ulcers gerd reflux heartburn uti incontinence bph prostatitis endometriosis menopause lupus fibromyalgia sclerosis "
    "parkinson's parkinson schizophrenia bipolar adhd autism rhinitis sinusitis bronchitis cellulitis dermatitis "
    "hyperkalemia hypokalemia thrombosis dvt afib chf ckd tachycardia bradycardia vertigo tinnitus sciatica")
DIAGNOSES = frozenset(_DIAGNOSES.split())
SPEAKS_OF_A_CONDITION = DIAGNOSES | frozenset(_TESTS_AND_DEVICES.split())
# What a medicine is taken for is no part of its name ("for high blood pressure", "when I have heartburn").
INDICATION = re.compile(
    r"\b(?:for|para|to treat|to help(?: with)?|used for|due to|because of|when (?:i|she|he) (?:have|has|gets?)|indication:?|dx:?) "
    r"(?!\d)(?:[a-z'-]+ ){0,4}?(?:" + "|".join(sorted(DIAGNOSES)) + r"|pain|presion|pressure|cholesterol|sugar|azucar|dolor|heart|"
    r"thyroid|tiroides|corazon|nerves|mood|sleep|allergy|allergies|prostate|bladder|stomach|swelling|cough|stress|surgery|procedure|colds?|flu|gas|itch(?:ing)?|clots?|kidneys?|bones?)"
    r"(?:(?: and|,| or| y)(?: [a-z'-]+){1,2})?(?![a-z])")

_PLAIN = (
    "about after again all alone also always and another any apple aunt baby back bad bag bath bed before below best big "
    "bill bite black blood blue body bone bottle bowl box boy brain bread break breakfast breath brother brown bug call "
    "can card care cat chair chest chicken child children chocolate clean clinic clock close coat coffee cold color come "
    "cook corn couch cough country cream cup cut daily dark date daughter day dear dentist dinner dizzy doctor dog door "
    "down dress drink drive driver drop dry each ear early east easy eat egg eight elbow emergency empty end enough "
    "every eye face fall family far farm fast fat father feel feet fever few fine finger fire first fish five floor flu "
    "food foot for four free friday friend from front fruit full funny game garden get girl give glass go good grandma "
    "grandpa grape green ground gum hair half hand happy hard has hat have head hear heart heavy hello help her here "
    "high him hip his home hope hospital hot hour house how hungry hurt husband ice ill inside is itch jacket joint juice "
    "just keep kidney kitchen knee know lady large last late leg lemon less letter life light like lip list little "
    "liver long look lost lot love low lunch lung make man many maybe meal meat medical memory men milk mind minute "
    "money month more morning mother mouth move much muscle music must nail name neck need nerve never new next nice "
    "night nine noise noon north nose not now number nurse off office oil old once one only open orange other our out "
    "over page pain paper patient pay pen people pepper phone pick piece pill pills pillow pink place plan plant play "
    "please potato pretty price problem pull purple purse push put question quick rain read red rest rice right river "
    "road room round run sad salad salt sand saturday save say school sea second see seven sex she shoe shop short "
    "shot shoulder sick side sister sit six skin sleep slow small smell smoke snow soap soda soft some son soon sore sour "
    "south spicy spring stairs stand star start still stomach stone stop store story street strong sugar summer sun "
    "sunday sweet table take talk tall tea teeth tell ten test thank that the their them then there they thin thing think "
    "third this three throat thursday tired today toe together tomorrow tongue tonight tooth top touch town tree trouble "
    "truck tuesday two ugly uncle under until up upset use vegetable vein very view visit voice wait wake walk wall want "
    "warm wash watch water we wear weather wednesday week weight well west wet what wheat when where white who why wife "
    "wind window wine winter with woman wood word work worry wound wrist write wrong year yellow yes yesterday you young "
    "vitamins supplements vaccine vaccines injection infusion chemo chemotherapy radiation inhaler inhalers "
    "pressure cholesterol arthritis prostate bladder bowel allergy allergies antibiotic antibiotics steroid "
    "steroids diuretic laxative sleeping sedative painkiller opioid narcotic blood thinner statin hormone hormones "
    "contraceptive birth control nasal tablet capsule liquid syrup unknown something whatever anything everything nothing "
    "someone purple pharmacy pharmacist prescription refill refills bottle bottles samples sample meds medication "
    "on in at of to is are was reports reported states "
    " stated started starting begun using uses her him them prescribed given gave gets since "
    "medications medicine medicines drug drugs treatment doctor's little tiny round oval square chalky")
_LABORATORY = (
    "troponin creatinine prolactin cortisol aldosterone thyroglobulin hemoglobin haemoglobin hematocrit platelets ferritin "
    "transferrin bilirubin amylase lipase fibrinogen homocysteine procalcitonin urinalysis microalbumin triglycerides "
    "cholesterol globulin haptoglobin ceruloplasmin osmolality lactate aminotransferase transaminase phosphatase "
    "dehydrogenase natriuretic peptide antigen rheumatoid factor sedimentation prothrombin thromboplastin a1c hba1c "
    "renin catecholamines metanephrines calcitonin somatomedin gastrin ammonia electrolytes anion bicarbonate "
    "leukocytes lymphocytes neutrophils eosinophils monocytes basophils reticulocytes shingles measles mumps "
    "echocardiogram mammogram colonoscopy endoscopy biopsy angiogram ultrasound").split()
# Substances that are measured, eaten or burned more often than taken: a medicine only with a strength, form or directions.
MEASURED_OR_EATEN = frozenset((
    "fibrinogen lipase lacticacid lactate oliveoil glucose ammonia creatinine bicarbonate cad mustard cornstarch honey").split())
_PEOPLE = (
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald "
    "steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas "
    "eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis "
    "jerry tyler aaron jose adam nathan henry douglas zachary peter kyle walter ethan jeremy harold keith christian roger "
    "noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel "
    "logan alan juan wayne roy ralph randy eugene vincent russell louis philip bobby johnny bradley mary patricia "
    "jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily "
    "donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela "
    "shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria "
    "heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea "
    "cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy "
    "sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie "
    "kayla alexis lori luis carlos miguel jorge pedro manuel francisco alejandro rosa carmen ana sofia lucia smith johnson "
    "williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor "
    "moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king "
    "wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez "
    "phillips evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers gutierrez "
    "ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson watson brooks chavez wood james "
    "bennett gray mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez powell jenkins "
    "perry russell sullivan bell coleman butler henderson barnes gonzales fisher vasquez simmons romero jordan patterson "
    "hamilton graham reynolds griffin wallace moreno west cole hayes bryant herrera gibson ellis tran medina stevens "
    "murray ford castro marshall owens harrison fernandez mcdonald woods washington kennedy wells vargas chen webb tucker "
    "freeman burns crawford simpson porter hunter gordon mendez silva shaw snyder mason dixon munoz hunt hicks holmes "
    "palmer wagner black robertson boyd rose stone salazar fox warren mills meyer rice schmidt garza daniels ferguson "
    "nichols stephens soto weaver ryan gardner payne grant dunn kelley spencer hawkins arnold pierce hansen peters santos "
    "hart bradley knight elliott cunningham duncan armstrong hudson carroll lane riley andrews alvarado ray delgado berry "
    "perkins hoffman johnston matthews pena richards contreras willis carpenter lawrence sandoval guerrero george chapman "
    "rios estrada ortega watkins greene nunez wheeler valdez harper burke larson santiago maldonado morrison franklin "
    "carlson austin dominguez carr lawson jacobs obrien lynch singh vega bishop montgomery oliver jensen harvey mrs miss "
    "doctor nurse mom dad mama papa")
# English words within spelling distance of a medicine's name (made by build_words).
NEAR_WORDS = Path(__file__).parent / "tables" / "near_words.txt"
NEAR_A_MEDICINE = frozenset(line for line in NEAR_WORDS.read_text("utf-8").splitlines() if line and line[0] != "#")
PEOPLE = frozenset(_PEOPLE.split())
NOT_A_MEDICINE = frozenset(_PLAIN.split()) | PEOPLE | SPEAKS_OF_A_CONDITION | MEASURED_OR_EATEN
LABORATORY = frozenset(_LABORATORY)
NEVER_CORRECTED = NOT_A_MEDICINE | NEAR_A_MEDICINE | LABORATORY

# Real names of the index that are also plain words or first names: taken only with a strength, form or directions.
ORDINARY_NAMES = frozenset((
    "align android camila heather hailey julie nikki nikita leena zarah portia yasmin charlotte terrell ella errin "
    "muse perform react thrive propel tandem tabloid ting tucks halls colgate retaine dragon pronto depen "
    "stye allday copper talc bran helium starch iodine lemon egg charlotte emily lillow "
    "abigale hailey "
    "refresh blink today focus balance simply relief comfort always glucose dextrose sucrose fructose ethanol "
    "alcohol tobacco coffee tea cocoa sulfur phenol same ice oxygen nitrogen air carbon gold silver lead iron tin "
    "mercury radium boron peg mom spiro rid retina sojourn metro proteins "
    "turpentine lecithin chlorophyll cellulose cornstarch formaldehyde histamine rembrandt flanders ala serapes "
    "perfect comfortis first stop sun beta equate select clear complete defense").split()) | MEASURED_OR_EATEN

# After a brand these name another member of its family, with other ingredients.
CHANGES_THE_BRAND = frozenset((
    "pm d dm hct hctz plus sinus cold flu cough night nighttime severe congestion multi-symptom multisymptom duo combo "
    "am day daytime headache mucus complete dual advanced chest fast-max pe ac cf").split())
ALSO_A_PACKAGE = frozenset(("cf", "ac", "chest", "am", "day", "night", "complete", "dual", "advanced"))  # "Humira pen CF"

"""What kind of paper a page is, whatever its form."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typed_grid import a_page

from casefile.docket import DocumentKind
from casefile.ocr import OcrPage
from extract import titles
from extract.kinds import DOCKETS, MEASURES, OWING, kind_of, measures_of, probabilities_of, seen_on
from extract.phrases import phrase_weights

LISTING = """\
 DEFENDANT: MARLOW, DESMOND T      CASE NUMBER: 93CR9912301
   COUNT 1  720-550/4(D)   F4   POSS CANNABIS 30-500 GRAMS
   COUNT 2  720-5/12-3(A)  MA   BATTERY
 03/11/93  DEFENDANT ARRAIGNED
 05/20/93  PLEA OF GUILTY             C001
 05/20/93  DEF SENTENCED TO PROBATION C001
           24 MTHS
 05/20/93  MOTION STATE-NOLLE PROSEQUI    C002
"""
CARD = """\
 84-C1-99871   People vs Terrance Quillby    IR 0099871
 56 1/2-704(c)  poss cannabis
 6-4-84   Vandersloot  Deft in ct. PD apptd. B/A 6-25
 6-25-84  "            MD 7-16
 7-16-84  "            PG  FG  JOF  Supv 12 mos to 7-15-85
 7-15-85  "            Supv term sat. Disch.
"""
ORDER = """\
         ORDER OF COMMITMENT AND SENTENCE
 CASE NO. 96 MC1 075437 01   OSTROWSKI, PABLO S
   COUNT 1  MA  POSS CANNABIS 20 GRAMS  720/550/4-C
 IT IS HEREBY ORDERED THAT THE DEFENDANT BE SENTENCED AS FOLLOWS:
   COOK COUNTY JAIL  30 DAYS   CT 1
"""
COMPLAINT = """\
 Case Number  04MC146596201       People v. Carlos Garcia
 Carmen McCray, complainant, now appears before the Circuit Court and states that
 Carlos Garcia has, on or about 11/5/04, committed the offense of battery in that he
 knowingly did the act, in violation of Chapter 720, Act 5, Section 12-3(a), contrary
 to the statute and against the peace and dignity of the People.
"""
CALL = """\
  COURT CALL    BR 57    7-16-84
 NUMBER        DEFENDANT            CHARGE              ORDERS
 84-C1-99871   Quillby, Terrance    56 1/2-704(c)       PG Supv 12 mos
 84-C1-99872   Marlow, Desmond      56 1/2-704(d)       MD 8-1-84
 84-C1-99873   Peebles, Orlando     56 1/2-705(c)       Nolle
"""
LETTER = """\
 Dear Clerk:
 With reference to your letter, our client was arrested for possession of cannabis in
 case 84 CR 01234. Kindly advise this office of the next court date.
 Very truly yours,
"""
KINDS = {
    "a certified statement": (" CERTIFIED STATEMENT OF CONVICTION\n" + LISTING, DocumentKind.CERTIFIED_STATEMENT),
    "a listing certified in words of its own": (
        LISTING + " I, THE KEEPER OF THE RECORDS, DO CERTIFY THE ABOVE. WITNESS MY HAND AND SEAL",
        DocumentKind.CERTIFIED_STATEMENT,
    ),
    "a half-sheet without a title": (CARD, DocumentKind.HALF_SHEET),
    "an order": (ORDER, DocumentKind.SENTENCING_ORDER),
    "a complaint": (COMPLAINT, DocumentKind.COMPLAINT),
    "a call": (CALL, DocumentKind.COURT_SHEET),
    "a ledger": (CALL.replace("COURT CALL", "DOCKET BOOK").replace("BR 57    7-16-84", ""), DocumentKind.LEDGER),
    "a letter about a case": (LETTER, DocumentKind.OTHER),
}

CAPTION = """\
 IN THE CIRCUIT COURT OF KANE COUNTY, ILLINOIS
 THE PEOPLE OF THE STATE OF ILLINOIS
    vs.  BERNARD HOLLOMAN                      No. 89-CF-1193

"""
DISMISSED = """\
                    ORDER
 This matter coming on to be heard on the motion of the State's Attorney, due
 notice having been given, the charge of possession of cannabis, 56 1/2-704(c),
 is hereby dismissed and the defendant discharged.
 Entered this 4 day of June, 1989.             ____________ Judge
"""
MINUTES = """\
 MINUTE ORDER     SUPERIOR COURT, ORANGE COUNTY      06/04/89
 PEOPLE VS. BERNARD HOLLOMAN       NO. A412345
 Cause called for judgment. Defendant is present with counsel. The court finds
 the defendant guilty of 11357(b) HS. Probation is granted for three years.
"""
CALENDAR = """\
 MUNICIPAL COURT  ORANGE JUDICIAL DISTRICT     CALENDAR 06/04/89
 LN  CASE NO   DEFENDANT              VIOLATION        MINUTES
 01  A412345   MARLOW, DESMOND T      11357(b) HS      DISM PC 1385
 02  A412348   QUILLBY, TERRANCE      11359 HS         CONT
 03  A412381   PEEBLES, ORLANDO       11357(b) HS      PG SUM PROB 12 MOS
"""
BLOCKS = "                JUDGMENT DOCKET\n" + "".join(
    f"""\
 89-CF-{number}    People v. {name}
     Charge: possession of cannabis, 56 1/2-704(c). Filed 3-{day}-89.
     {month}-{day}-89  {ending}
"""
    for number, name, month, day, ending in (
        (110, "DESMOND MARLOW", 6, 4, "Nolle prosequi."),
        (112, "TERRANCE QUILLBY", 7, 9, "Plea guilty. Probation 12 months."),
        (119, "ORLANDO PEEBLES", 9, 2, "Dismissed."),
    )
)
MOTION = """\
              MOTION TO SUPPRESS EVIDENCE
 Now comes the defendant by his attorney and moves this court to suppress certain
 items seized from his person on the ground that the search was without a warrant.
                                   Attorney for the Defendant
"""
BOND = """\
                    BAIL BOND
 We, the defendant as principal and Orlando Peebles as surety, are bound unto the
 People in the sum of one thousand dollars. The principal shall appear on June 4.
"""
STUDY = """\
              PRESENTENCE INVESTIGATION REPORT
 The defendant is the third of five children and attended school to the eleventh
 grade. He states that a charge of theft was dismissed in 1985 and that he was
 then placed on supervision for a year. His employer speaks well of him.
"""
LAST_ENTRY = " DATE      MEMORANDUM OF ORDERS\n 6-4-89    Supervision terminated. Discharged.\n"
GRANTED = "\n Motion granted. Probation revoked, 30 days.        Judge\n"
KINDS |= {
    "an order that ends a case": (CAPTION + DISMISSED, DocumentKind.SENTENCING_ORDER),
    "the minutes of one day": (MINUTES, DocumentKind.SENTENCING_ORDER),
    "a calendar of numbers in no known shape, its rows numbered": (CALENDAR, DocumentKind.COURT_SHEET),
    "a docket with a few rows for each case": (BLOCKS, DocumentKind.LEDGER),
    "a docket whose cases have a row of their own number": (
        BLOCKS.replace("People v.", "3-1-89\n    People v."),
        DocumentKind.LEDGER,
    ),
    "a motion": (CAPTION + MOTION, DocumentKind.OTHER),
    "a bond": (CAPTION + BOND, DocumentKind.OTHER),
    "a report that mentions endings in its sentences": (CAPTION + STUDY, DocumentKind.OTHER),
}
RELATED = CAPTION + "".join(f" 89-CF-{n}  see also\n" for n in (11, 12, 13)) + CARD.split("\n", 1)[1]
DOCKET_ALL_THE_SAME = {
    "a page of one entry": LAST_ENTRY,
    "charges in rows below what may be a title": CAPTION
    + "                 SUMMONS\n COUNT 1   56 1/2-704(c)   POSS CANNABIS\n COUNT 2   38-12-3   BATTERY\n",
    "a page of a form that says whose it is and no more": (
        " CASE NO 89-CF-1193\n LAST NAME HOLLOMAN   FIRST NAME BERNARD\n JUDGE PEEBLES\n"
    ),
    "the last page of a statement": " PEOPLE OF THE STATE OF ILLINOIS              PAGE   002\n"
    "                VS                   NUMBER 93CR9912301\n MARLOW       DESMOND       T\n ABOVE CAPTIONED CASE.\n",
    "an entry and no heads": LAST_ENTRY.splitlines()[1],
    "a motion with what was done on it": CAPTION + MOTION + GRANTED,
    "a report with what was done below": CAPTION + STUDY + " Probation terminated satisfactorily.\n",
    "a clerk's answer to a letter": (
        " CIRCUIT CLERK, KANE COUNTY\n Dear Sir:\n Our docket 89-CF-1193 shows that Bernard Holloman was charged with\n"
        " possession of cannabis, 56 1/2-704(c), and a disposition of nolle prosequi on\n June 4, 1989. I certify the"
        " above from the record.\n       Orlando Peebles, Clerk of the Circuit Court      (SEAL)\n"
    ),
    "a report of what became of a case": (
        "         REPORT OF CRIMINAL DISPOSITION\n 1. Defendant   BERNARD HOLLOMAN    2. Born  4/12/60\n"
        " 3. Court no.   89-CF-1193    4. Offense     POSS CANNABIS 56 1/2-704(c)\n"
        " 5. Finding     Not guilty    6. Date        6/4/89\n 7. Certified by clerk:  O. PEEBLES\n"
    ),
    "a motion that ends the charge": CAPTION + MOTION.replace("TO SUPPRESS EVIDENCE", "TO NOLLE PROSEQUI"),
    "a bond with an order": CAPTION + BOND + " IT IS ORDERED that bail be forfeited.\n",
    "a motion and an order": CAPTION + MOTION + "             ORDER\n Cause dismissed.\n",
    "an accusation that cites nothing": CAPTION
    + " Carmen McCray on oath states that Bernard Holloman committed the offense of\n possession of cannabis.\n",
    "who bears a name that is a title": LAST_ENTRY.replace("MEMORANDUM OF ORDERS", "") + " JAMES BOND\n",
}
# Papers of the titles and looks of strays, in the sentences of which a case ends.
ENDINGS_IN_SENTENCES = {
    "NOTICE": "You are hereby notified that on June 4, 1989 the period of supervision heretofore entered in the above"
    " cause was terminated satisfactorily and the defendant discharged, and that your bond will be returned.",
    "PETITION TO REVOKE PROBATION": "The State's Attorney states that the defendant was placed on probation for a year."
    " Upon evidence the said petition is denied and the cause is hereby terminated satisfactorily.",
    "MEMORANDUM": "The matter having come on for hearing and the court being advised, and the State having no further"
    " evidence the cause is dismissed and the defendant is discharged.",
    "WARRANT": "To the Sheriff of said county, you are commanded to release the said Bernard Holloman forthwith, he"
    " having been found not guilty of the charge of possession of cannabis.",
    "REQUEST FOR RETURN OF WARRANT": "The charge of possession of cannabis against the above named having been"
    " dismissed on June 4, 1989 you are requested to return the warrant.",
}
LETTERS_OF_THE_COURT = [
    "In answer to yours our records disclose that Bernard Holloman, case number 89-CF-1193, was discharged on June 4,"
    " 1989, the cause having been dismissed on motion of the State.",
    "This is to advise that Bernard Holloman, case 89-CF-1193, completed his supervision satisfactorily on June 4, 1989"
    " and the charge was dismissed.",
]
LETTER_OF_COUNSEL = (
    "This office represents Bernard Holloman, case 89-CF-1193. We understand that the charge of possession of cannabis"
    " was dismissed on June 4, 1989. Kindly forward a certified copy of the disposition. Please advise of the cost."
)

ENDINGS_IN_ROWS = [
    " COUNT II     NOLLE PROSEQUI\n COUNT III    GUILTY   30 DAYS CCJ\n COUNT IV     SOL\n",
    " DISPOSITION   DISMISSED\n JUDGE PEEBLES\n",
    " HOLLOMAN, BERNARD\n POSS CANNABIS\n SUPV 12 MOS\n TERM SAT\n",
    " HOLLOMAN, BERNARD   POSS CANNABIS\n NOLLE PROS 6-4-89\n",
    " Probation revoked, 2 yrs IDOC\n",
    " MONDAY JUNE 4, 1989   COURTROOM 3\n HOLLOMAN, B     POSS CANN     N/P\n MARLOW, D       BATTERY       G 30\n",
    "    We, the jury, find the defendant NOT GUILTY of possession of cannabis.\n    O. PEEBLES, Foreman\n",
    "            ARREST REPORT\n NAME HOLLOMAN BERNARD   DOB 4/12/60\n CHARGE  POSS CANNABIS  56 1/2-704(c)\n"
    " COURT DISPOSITION   SOL 6-4-89   COURT NO 89-CF-1193\n"
    " The subject was seen to discard a plastic bag containing a green leafy substance.\n",
]


def prose(text: str) -> str:
    return textwrap.fill(text, 78, initial_indent="     ", subsequent_indent=" ") + "\n"


@pytest.mark.parametrize("text", ENDINGS_IN_ROWS)
def test_a_page_that_says_of_no_case_how_it_ended_is_no_stray(text: str) -> None:
    assert kind(a_page(text)).is_docket


@pytest.mark.parametrize("title", ENDINGS_IN_SENTENCES)
def test_a_page_with_a_sentence_that_ends_a_case_is_no_stray(title: str) -> None:
    assert kind(a_page(f"{CAPTION}{title:>40}\n{prose(ENDINGS_IN_SENTENCES[title])}")).is_docket


@pytest.mark.parametrize("text", LETTERS_OF_THE_COURT)
def test_a_letter_of_those_who_keep_the_record_is_no_stray(text: str) -> None:
    assert kind(a_page(f" TO WHOM IT MAY CONCERN:\n{prose(text)} Very truly yours,\n")).is_docket


def test_what_counsel_has_heard_is_a_letter() -> None:
    assert kind(a_page(f" Dear Sir:\n{prose(LETTER_OF_COUNSEL)} Very truly yours,\n")) is DocumentKind.OTHER


def test_people_in_a_story_are_not_the_people_of_the_state() -> None:
    text = (
        "In accordance with the present decree the people who live there were allowed to leave, and many people did so"
        " within the week. Others remained, since nobody had told them of it."
    )
    assert kind(a_page(prose(text) * 2)) is DocumentKind.OTHER
    for said in ("the People present, the motion is allowed.", "people v. holloman, motion allowed."):
        assert kind(a_page(prose(f"{text} {said}"))).is_docket


def test_a_second_page_of_an_order_without_a_caption_is_no_stray() -> None:
    text = (
        "being fully advised in the premises finds that the defendant has complied with all of the terms of his"
        " supervision, and the defendant is discharged and the charge of possession of cannabis dismissed."
    )
    assert kind(a_page(f"{prose(text)}  June 4, 1989         JUDGE PEEBLES\n")).is_docket


@pytest.mark.parametrize("name", DOCKET_ALL_THE_SAME)
def test_what_may_tell_of_a_case_is_no_stray(name: str) -> None:
    assert kind(a_page(DOCKET_ALL_THE_SAME[name])).is_docket


@pytest.mark.parametrize(("pattern", "wanted", "example"), titles.WHOLE)
def test_a_title_is_known(pattern: str, wanted: DocumentKind | None, example: str) -> None:
    assert titles.title_in(example) is wanted, pattern


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ORDER OF PROBATION", DocumentKind.SENTENCING_ORDER),
        ("PROBATION ORDER", DocumentKind.SENTENCING_ORDER),
        ("MITTIMU5", None),
        ("COMPLAIMT", DocumentKind.COMPLAINT),
        ("JURY INSTRUCTION NO. 3", DocumentKind.OTHER),
        ("CIRCUIT COURT OF COOK COUNTY", None),
        ("James Bond", None),
        ("James Card", None),
        ("Card, James", None),
        ("BOND", None),
        ("ORDER: NOLLE", None),
    ],
)
def test_a_title_is_known_by_its_noun(text: str, wanted: DocumentKind | None) -> None:
    assert titles.title_in(text) is wanted


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (" IN THE CIRCUIT COURT OF COOK COUNTY, ILLINOIS\n COMPLAINT\n", [DocumentKind.COMPLAINT]),
        (" ON JUNE 4, 1989 THE DEFENDANT WAS BROUGHT BEFORE THE BENCH UPON SAID\n COMPLAINT\n", []),
        (" COUNT   CHARGE   STATUTE   DATE\n SENTENCE\n", []),
        ("               SENTENCE\n The defendant is sentenced.\n", [DocumentKind.SENTENCING_ORDER]),
    ],
)
def test_a_row_of_a_sentence_or_of_heads_is_no_title(rows: str, wanted: list[DocumentKind]) -> None:
    found = titles.titles_on(seen_on(a_page(rows)).sheet.lines)
    assert [named for named, _ in found] == wanted


def test_a_phrase_is_not_found_in_other_words() -> None:
    assert DocumentKind.CERTIFIED_STATEMENT not in phrase_weights("CERTIFICATE OF CONDITIONS")
    assert DocumentKind.CERTIFIED_STATEMENT in phrase_weights("CERTIFICATE OF CONVICTI0N")


def kind(page: OcrPage) -> DocumentKind:
    return kind_of(seen_on(page))


@pytest.mark.parametrize("name", KINDS)
def test_a_page_is_known_by_what_it_holds(name: str) -> None:
    text, wanted = KINDS[name]
    assert kind(a_page(text)) is wanted


def test_the_rows_of_one_case_are_no_ledger() -> None:
    row = " 84-C1-99871   Quillby, Terrance    56 1/2-704({letter})       {day}-84   Nolle\n"
    rows = "".join(row.format(letter=letter, day=day) for letter, day in (("c", "7-16"), ("d", "7-17"), ("e", "7-18")))
    assert kind(a_page(" NUMBER        DEFENDANT            CHARGE      DATE     ORDERS\n" + rows)) in OWING


def test_a_case_that_names_others_is_no_ledger() -> None:
    assert kind(a_page(RELATED)) in OWING


def test_a_listing_that_nobody_certifies_owes_its_endings() -> None:
    assert kind(a_page(LISTING)) in OWING


STRAY_TITLES = ("RECEIPT", "MEMORANDUM", "NOTICE OF MOTION", "BAIL BOND", "SUBPOENA", "REPORT")
STRAY_ROWS = st.lists(
    st.sampled_from([*LETTER.splitlines(), *STRAY_TITLES, "NARRATIVE", "Sincerely,", "~~ ;;", "<b>x</b>"]),
    max_size=8,
)


@given(above=STRAY_ROWS, below=STRAY_ROWS, docket=st.sampled_from((LISTING, CARD)))
@settings(max_examples=60, deadline=None)
def test_a_docket_is_never_taken_for_a_stray(above: list[str], below: list[str], docket: str) -> None:
    assert kind(a_page("\n".join((*above, docket, *below)))).is_docket


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_kind_and_probabilities(text: str) -> None:
    seen = seen_on(a_page(text))
    shares = probabilities_of(seen)
    assert set(shares) == set(DOCKETS)
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-4)
    assert len(measures_of(seen)) == len(MEASURES)
    kind_of(seen)

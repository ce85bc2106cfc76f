"""Orders in running text: what is charged and what the court rules, each ruling under its own day or that of the order."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from casefile.docket import SentenceKind
from casefile.ocr import BBox, OcrPage
from extract.accusations import flowing, holds_together
from extract.charges import StatuteFound, cites_charge, is_charge_statute, statutes_in
from extract.conditions import duties_in, set_aside
from extract.dates import dates_in
from extract.dispositions import Effect, WordingFound, says_what_became, wordings_in
from extract.doc import ASIDE, Line, Sheet, sheet_of, word_of
from extract.entries import amounts_in, count_number, count_ranges, counts_in, ends_the_rest, is_dated_row, is_judge_row
from extract.footing import HEARD_ON, bare, may_order
from extract.labels import labels_on
from extract.names import is_given
from extract.numbers import docket_numbers_in
from extract.retold import Setter, Told, tell_charge
from extract.sentences import turns
from extract.undone import is_turned

# A sentence ends at its mark; what is ordered behind a recital is one by itself.
_ENDS = re.compile(
    r"(?<=[.;]) +(?=[\"'(]?[A-Z0-9])|(?<=,) +(?=(?i:(?:and )?it is (?:therefore |hereby |further |now )*ordered\b))"
)
# Full stops that end no sentence: of what is cut short, of initials, of months.
_CUT_SHORT = re.compile(
    r"(?:\b(?:CH|CHAP|PARS?|SEC|SECS|SECT|NO|NOS|STAT|STATS|REV|ILL|MR|MRS|MS|JR|SR|VS?|ST|DEFT?|ATTY|CT|CTS|CNT|HON|DEPT|CAL|[A-Z]|JAN|FEB|MAR|APR|JUN|JUL|MAY|AUG|SEPT?|OCT|NOV|DEC|MOS?|YRS?|HRS)|\bA\.D|\bP\.C|\bV\.C|\bH\.S)\.$"
)
_DAY_OF_ORDER = re.compile(
    r"^\W*(?:(?:ENTERED|ENTER|DATED?|SIGNED|DONE|GIVEN|ORDERED|DATE OF (?:ORDER|HEARING|JUDGMENT|SENTENCE|DISPOSITION))\b(?: AT [A-Z ,]{3,40}?,?)?[ :,]*(?:IN OPEN COURT )?(?:ON )?(?:THIS )?(?:THE )?)$"
)
_SPOKEN_DAY = re.compile(r"\b(?:ON|ON OR ABOUT|DATED) (?:THE )?$")
_COUNT = re.compile(
    r"\b(?:COUNT|CT\.?|CNT\.?|CHARGE) ?(?:NO\. ?)?(?P<number>\d{1,2}|[IVX]{1,4}|ONE|TWO|THREE|FOUR|FIVE|SIX)\b"
)
_LISTED = re.compile(r"(?:^|[:;,] |WITH |OF |AND )\((?P<number>\d)\) ")
_BEHIND = re.compile(r"^[,.) ]*(?:AS (?:CHARGED|ALLEGED|SET FORTH) )?IN (?:COUNT|CT)\b")
_CLASS_BEHIND = re.compile(r"^[,.) ]*(?:A |AN )?(?P<grade>CLASS [1-4XMABC] (?:FELONY|MISDEMEANOR))\b")
_DAY_OF_OFFENSE = re.compile(
    r"(?:(?:OFFENSE|OCCURRENCE|VIOLATION|INCIDENT) DATE|DATE OF (?:THE )?(?:OFFENSE|OCCURRENCE|VIOLATION|INCIDENT))[ :,]*$"
)
_OFFENSE = re.compile(
    r"(?:OFFENSES? OF|CRIMES? OF|CHARGES? OF|CHARGED (?:[A-Z]+ ){0,4}?(?:WITH|OF)|CHARGING|CHARGE WITH|GUILTY (?:TO|OF)|CONVICTED OF|TO[- ]WIT:?|AND) +(?:THE OFFENSES? OF )?"
)
_SMALL = re.compile(r"[ ,;:.]*(?:(?:OF|TO|WITH|FOR|A|AN|THE|OFFENSES?|CRIMES?|CHARGES?|SAID)\b[ ,;:]*)*")
_LEADS_CITATION = re.compile(
    r"[ ,(]*(?:A |AN )?(?:IN )?(?:VIOLATIONS? OF|CONTRARY TO|PURSUANT TO|AS DEFINED IN|UNDER)?[ ,(]*$"
)
_WHOLE_CASE = re.compile(
    r"\b(?:CAUSE|CASE|MATTER|COMPLAINT|INFORMATION|INDICTMENT|PROSECUTION|SAID CHARGES|THE CHARGES|JUDGMENTS|CONVICTIONS|SENTENCES|FURTHER PROSECUTE|LEAVE TO FILE|NO PROBABLE CAUSE|EVERY COUNT|OFFENSES|ENTERED HEREIN|GO HENCE)\b"
)
_BOX = re.compile(r"\[ ?[_Xx]? ?\]|\( ?[_Xx]? ?\)|_[Xx]_")  # of a form with boxes to be crossed
_AMENDING = re.compile(
    r"\b(?:AMEND\w*|REDUCED? (?:THE|TO)|LESSER|SUBSTITUTED?|CO-?DEF\w*|BOTH DEFENDANTS|DEFENDANTS)\b"
)


@dataclass
class Ruling:
    """A sentence that says what became of charges: the words, the day it gives itself, the counts it is about."""

    words: Sequence[Token]
    day: Sequence[Token] = ()
    counts: tuple[int, ...] = ()
    convicts: bool = False
    frees: bool = False
    punishes: bool = False
    paragraph: int = 0
    heading: int | None = None  # the one count its paragraph names, which opens it


@dataclass
class _Text:
    """What the running text of an order says."""

    charges: list[Told] = field(default_factory=list)
    cited: dict[int, object] = field(default_factory=dict)
    listed: dict[int, object] = field(default_factory=dict)  # charges that rows outside the sentences state
    told: set[int] = field(default_factory=set)  # the tokens that charges are told in
    rulings: list[Ruling] = field(default_factory=list)
    printed: list[bool] = field(default_factory=list)
    days: list[tuple[object, Sequence[Token]]] = field(default_factory=list)
    numbers: dict[str, Sequence[Token]] = field(default_factory=dict)  # of cases that sentences name
    turned: bool = False

    @property
    def is_mixed(self) -> bool:
        """Whether a ruling that names no count frees, where others convict: of what is it?"""
        if len(self.charges) + len(self.listed) == 1 and self.is_served:
            return False
        convicts = any(one.convicts for one in self.rulings)
        return convicts and any(one.frees and not _counts_of(one) for one in self.rulings)

    @property
    def is_served(self) -> bool:
        """Whether supervision or first offenders' probation was given, and its terms were met."""
        said = [" ".join(t.norm_ for t in one.words) for one in self.rulings]
        met = any(f.wording.effect is Effect.SATISFIED and not is_turned(f, s) for s in said for f in wordings_in(s))
        return met and any(map(_is_deferred, said))


def rulings_on(sheet: Sheet, *, alone: bool = False) -> tuple[OcrPage, bool] | None:
    """The page with its sentences told as a list of charges and entries, and whether nothing in them may be wished,
    denied or another's; None where no sentence both cites and rules, where entries under days do, or where charges
    are changed or defendants are several. `alone`: only where sentences state the charges, too."""
    if not any(map(holds_together, sheet.lines)):
        return None
    if any((_AMENDING.search(line.plain) and len(line.span) > 2) or _BOX.search(line.text) for line in sheet.lines):
        return None
    flowed = set_aside(sheet_of(flowing(sheet.page, sheet)))
    if sum(_is_entry(line) and says_what_became(line.plain) for line in flowed.lines) > 1:
        return None
    text, taken, entry = _Text(), set[BBox](), None
    headed = any(_heading(line) and _is_body(line) and cites_charge(line) for line in flowed.lines)
    before: Line | None = None
    for line in _with_answers(flowed.lines):
        _see_day(line, text)
        entry = line if _is_entry(line) or _goes_on(entry, line) else None
        under = headed and entry is None and _heading(line) is not None and cites_charge(line)
        if under or (entry is None and _is_body(line)):
            taken |= {word_of(token).bbox for token in _read(line, text, before)}
            before = line
        elif entry is None:
            cited = [s.citation for s in statutes_in(line) if is_charge_statute(s)]
            if cited:
                text.listed[_listed_number(line, len(text.listed) + 1)] = cited[0]
    untold = not text.rulings and any(says_what_became(line.plain) for line in sheet.lines)
    if untold or not _numbers_run(text) or bool(text.charges) == bool(text.listed):
        return None
    if text.listed and (alone or not (text.days and text.rulings)):
        return None
    _under_headings(text)
    text.turned |= text.is_mixed
    _join(text)
    if text.listed and not (len(text.listed) == 1 or all(_counts_of(one) for one in text.rulings)):
        return None
    return _set_again(sheet, taken, text), not (text.turned or _says_more(flowed, text))


# Words that rulings are made of and that change nothing about them.
_PLAIN = {
    "THE", "A", "AN", "OF", "TO", "IN", "ON", "AND", "BY", "FOR", "WITH", "AT", "AS", "IS", "ARE", "WAS", "BE", "HAS", "HIS", "HER", "HE",
    "SHE", "SAID", "THIS", "IT", "DEFENDANT", "DEFENDANT'S", "COURT", "COURT'S", "PEOPLE", "STATE", "STATE'S", "ATTORNEY", "ATTORNEY'S",
    "ORDERED", "ADJUDGED", "DECREED", "CONSIDERED", "THEREFORE", "HEREBY", "FURTHER", "FINDS", "FOUND", "ENTERS", "ENTERED", "ACCEPTED",
    "ACCEPTS", "PLEA", "PLEAS", "OPEN", "COUNSEL", "APPEAR", "APPEARS", "APPEARED", "APPEARING", "PRESENT", "PERSON", "PUBLIC", "DEFENDER", "WAIVED",
    "WAIVES", "JURY", "TRIAL", "CAUSE", "CASE", "CHARGED", "CHARGE", "CHARGES", "OFFENSE", "OFFENSES", "CRIME", "COUNT", "COUNTS",
    "COMPLAINT", "INFORMATION", "INDICTMENT", "VIOLATION", "CONTRARY", "SECTION", "CHAPTER", "PARAGRAPH", "ILLINOIS", "REVISED",
    "STATUTES", "COUNTY", "CLERK", "CLERK'S", "PAY", "PERIOD", "TERM", "MONTHS", "DAYS", "YEARS", "SENTENCED", "PLACED", "WHO", "BEFORE",
    "DAY", "GUILTY", "FINDING", "JUDGMENT", "THEREON", "DULY", "FIT", "PROPER", "JUST", "ENTER", "DATED", "JUDGE", "HON",
    "HONORABLE", "SIGNED", "SEAL", "FINE", "FINED", "COSTS", "JAIL", "DEPARTMENT", "CORRECTIONS",
    "PEOPLES", "PLAINTIFF", "OUT", "ALL", "BOTH", "EACH", "SERVE", "SUM", "AMOUNT", "DISTRICT", "SUPERIOR", "CALIFORNIA",
    "ITS", "OWN", "PREMISES", "COMPILED", "STANDS", "NATURE", "ARGUMENTS", "VERDICT", "VERDICTS", "RETURNS", "RETIRES", "CONSIDER", "INTO",
    "WIT", "WE", "NAMED", "ABOVE", "INDIVIDUAL", "CERTIFY", "THERETO", "APPROVAL", "FORMAL", "DEPUTY", "REPRESENTED", "CONSTITUTIONAL",
    "RIGHTS", "SAME", "FACTUAL", "BASIS", "THERE", "PENALTY", "ASSESSMENT", "PLUS", "FULLY", "ADVISED", "HEARD", "ORDERS", "THAT", "UNDER",
    "PURSUANT", "CONDITIONS", "FOLLOWING", "COMMENCING", "EVIDENCE", "STIPULATED", "EXPLAINED", "CONSEQUENCES", "SUCH", "PERSISTING", "MANNER", "FORM", "ARRAIGNED", "FOLLOWS", "SENTENCES",
    "PEOPLE'S", "ASSISTANT", "PROSECUTOR", "HIM", "HIMSELF", "HERSELF", "HIS/HER", "HE/SHE", "THEIR", "THEY", "THEM", "MY", "WHICH", "WHEREUPON",
    "THEREUPON", "HEREIN", "THEREIN", "AFORESAID", "FOREGOING", "FORTHWITH", "THESE", "THOSE", "NOW", "WITHIN", "KNOWINGLY", "VOLUNTARILY",
    "INTELLIGENTLY", "UNDERSTANDINGLY", "UNDERSTANDS", "FREELY", "MADE", "KNOWING", "VOLUNTARY", "ADMONISHED", "ADMONISHES", "POSSIBLE",
    "PENALTIES", "READING", "COPY", "FURNISHED", "RECEIVED", "INFORMED", "RIGHT", "CALLED", "PARTIES", "ANNOUNCE", "ANNOUNCED", "READY",
    "IMPANELED", "IMPANELLED", "EMPANELED", "SELECTED", "SWORN", "INSTRUCTIONS", "INSTRUCTED", "RETIRED", "RETURNED", "DELIBERATE",
    "DELIBERATIONS", "TESTIMONY", "SUBMITTED", "STIPULATION", "BENCH", "MATTER", "ACTION", "PROCEEDINGS", "RECORD", "RECORDS", "OFFICE", "FILED",
    "FILE", "CUSTODIAN", "KEEPER", "TRUE", "CORRECT", "CLASS", "FELONY", "MISDEMEANOR", "PETTY", "INFRACTION", "STATUTE", "ACT", "CODE", "HEALTH",
    "SAFETY", "PENAL", "LAW", "CONTROL", "CONTROLLED", "CIRCUIT", "MUNICIPAL", "CRIMINAL", "DIVISION", "BRANCH", "JUDICIAL", "COOK", "DEPT", "YEAR",
    "FEES", "FEE", "DOLLARS", "SURCHARGE", "SUIT", "IMPOSED", "IMPOSES", "ASSESSED", "COMMITTED", "PUNISHMENT", "IMPRISONMENT", "PROBATION",
    "SUPERVISION", "NAME", "AUTHORITY", "PLEADED", "PLED", "PLEADS", "CONVICTED", "NUMBER", "NUMBERED", "PRESIDING", "REASSIGNMENT", "PLACES", "SO", "AGAINST", "PROCEEDING", "SENTENCING",
    "BEING", "WERE", "THEN", "THEREOF", "ACCORDINGLY", "RESPECTIVELY", "PERSONALLY", "FORMALLY", "REGULARLY", "BAILIFF", "REPORTER", "SHERIFF",
    "LAWYER", "DEFENSE", "PROSECUTING", "CALENDAR", "DOCKET", "SESSION", "CHAMBERS", "COURTROOM", "COURTHOUSE", "MAXIMUM", "MINIMUM",
    "UNDERSTANDING", "CONSEQUENCE", "STATUTORY", "MITIGATION", "AGGRAVATION", "PAYABLE", "INSTALLMENTS", "PERSISTS",
}  # fmt: skip
# Phrases that orders recite, whose words say more elsewhere.
_RECITED = re.compile(
    r"\bON (?:THE )?(?:MOTION|APPLICATION) OF (?:THE )?(?:PEOPLE|STATE|DEFENDANT|COURT|DEFENSE)\b"
    r"|\bHAVING BEEN (?:DULY |FULLY |FIRST )*(?:ARRAIGNED|ADVISED|INFORMED|SWORN|ADMONISHED|HEARD|GIVEN)\b|\bBEING (?:FULLY |DULY )*(?:PRESENT|ADVISED|REPRESENTED)\b"
    r"|\b(?:COMING|COMES|CAME) (?:NOW )?(?:ON )?(?:TO BE HEARD|FOR HEARING|BEFORE)\b|\b(?:DUE NOTICE|HERETOFORE (?:IMPANELED|SWORN))\b"
    r"|\b(?:PURSUANT TO )?(?:SECTION )?1385 (?:OF THE )?(?:PENAL CODE|PC)\b|\bBAIL (?:IS )?(?:EXONERATED|FORFEITED)\b(?:, BAIL \$[\d,]+)?|\bPROBATION (?:IS )?GRANTED\b(?! UNDER| PURSUANT|, SEC)|\bNATURE OF (?:THE )?PROCEEDINGS?:? (?:TRIAL(?: SETTING)?|PRE-?TRIAL(?: CONFERENCE| HEARING)?|SENTENCING|ARRAIGNMENT|PLEA|HEARING|READINESS)(?=[.,;])|\bNEXT APPEARANCE:? NONE\b|\bIN THE INTERESTS? OF JUSTICE\b"
    r"|\b(?:SECTION|SEC) (?:10|410|710|1410) OF (?:THE )?(?:ILLINOIS )?(?:CANNABIS CONTROL|CONTROLLED SUBSTANCES?) ACT\b|\bDAYS SERVED\b"
    r"|\bHAVING (?:HEARD|CONSIDERED|EXAMINED|REVIEWED|RETIRED|ENTERED|WAIVED|PLEADED|PLED|WITHDRAWN|SATISFACTORILY|SUCCESSFULLY|COMPLETED|MOVED|BEEN PLACED)\b|\bTERMS THEREOF\b"
    r"|\bHAVING (?:FULLY |DULY )*EXPLAINED\b|\b(?:NOT BEING READY|NOT READY) (?:FOR TRIAL|TO PROCEED)\b|\bNOT OBJECTING\b|\bIT IS SO ORDERED\b|\bAFTER HEARING (?:THE )?EVIDENCE\b|\bORDERED RELEASED\b"
    r"|\b(?:NOW )?COMES? (?:NOW )?THE (?:PEOPLE|DEFENDANT|JURY)\b|\bBY THEIR\b|\bSAY THAT THEY WILL NO FURTHER PROSECUTE\b|\bLEAVE IS GIVEN\b"
    r"|\bTHIS MATTER\b|\bIMPOSITION OF SENTENCE IS SUSPENDED\b|\bIN (?:THE )?FURTHERANCE OF JUSTICE\b|\bDEATH OF (?:THE )?DEFENDANT BEING SUGGESTED OF RECORD\b"
    r"|\b(?:THIS DAY )?COMES? (?:NOW )?AGAIN (?:THE )?(?:PEOPLE|DEFENDANT|PARTIES)\b|\b(?:SAY|SAYS|SAYING) THAT (?:THEY|HE|SHE) WILL NOT FURTHER PROSECUTE\b|\bGO HENCE WITHOUT DAY\b"
    r"|\bWHEREIN (?:THE |SAID )*DEFENDANT (?:IS|WAS|STANDS) CHARGED\b|\bMOVES? (?:THE COURT )?FOR LEAVE TO ENTER\b|\b(?:(?:PEOPLE|STATE|DEFENDANT|DEFENSE)(?:'S|S)? |SAID |THE )MOTION (?:IS|WAS) (?:HEREBY )?(?:ALLOWED|GRANTED)(?=[.,;]| AND\b|$)"
    r"|\b(?:UP)?ON (?:THE )?(?:PEOPLE|STATE|DEFENDANT|COURT|DEFENSE)'?S (?:OWN )?MOTION\b|\bUPON (?:THE )?MOTION OF (?:THE )?(?:PEOPLE|STATE|DEFENDANT)\b|\b(?:PEOPLE|STATE|DEFENDANT)'?S MOTION TO (?:DISMISS|SUPPRESS(?: EVIDENCE)?)\b"
    r"|\bMOTION FOR (?:A )?NEW TRIAL (?:IS|WAS|IS HEREBY) DENIED\b|\bWITHDRAWS? (?:HIS|HER|THE|SAID) (?:FORMER )?PLEA OF NOT GUILTY(?: HERETOFORE ENTERED)?\b|\b(?:SUPREME COURT )?RULE 402\b"
    r"|\bCOMPLIED WITH (?:ALL (?:OF )?)?(?:THE )?(?:TERMS|CONDITIONS|TERMS AND CONDITIONS)(?: THEREOF)?\b|\b(?:FROM|OF) (?:SAID |THE |HIS |HER )?(?:COURT )?(?:SUPERVISION|PROBATION|CONDITIONAL DISCHARGE)(?: THEREOF)?\b"
    r"|\bPROCEEDINGS (?:HEREIN )?AGAINST (?:HIM|HER|(?:THE |SAID )?DEFENDANT)\b|\b(?:UP)?ON (?:THE )?REPORT OF (?:THE |HIS |HER )?PROBATION (?:OFFICER|DEPARTMENT)\b|\bPROBATION OFFICER REPORTS THAT\b|\bTERM THEREOF\b"
    r"|\b(?:BY|WITH) (?:THE )?CONSENT OF (?:THE )?DEFENDANT\b|\bUPON (?:THE |THESE )?(?:FOLLOWING )?CONDITIONS\b|\bSUBJECT TO (?=(?:THE |THESE |ALL |SUCH )*(?:FOLLOWING|CONDITIONS|TERMS)\b)|\bSHALL:?$|\bAFTER (?:A )?(?:BENCH TRIAL|JURY TRIAL|TRIAL)(?: BY (?:THE )?(?:COURT|JURY))?\b"
    r"|\bUPON (?:A|HIS|HER|THE|SAID) PLEA OF GUILTY\b|\b(?:THE )?(?:PEOPLE|STATE) (?:HAVING )?FILED A PETITION TO REVOKE\b|\b(?:HAVING )?ADMITTED THE VIOLATIONS?\b|\b(?:HAS|HAVING) PAID ALL (?:[A-Z]+,? ){0,3}(?:AND )?(?:FINES|COSTS|FEES)\b"
    r"|\b(?:THE )?COURT (?:RETAINS|RESERVES) JURISDICTION(?: TO MODIFY OR REVOKE THIS ORDER)?(?: AT ANY TIME)?(?: DURING THE TERM OF (?:SAID )?PROBATION)?\b|\bIMPOSITION OF SENTENCE (?:BE|BEING) SUSPENDED\b"
    r"|\bHAVING (?:FOUND|APPLIED FOR PROBATION|BEEN DULY CONVICTED|READ AND CONSIDERED|FULFILLED)\b|\bREPORT OF THE PROBATION (?:OFFICER|DEPARTMENT)\b|\bTERMS AND CONDITIONS\b|\bAS A CONDITIONS? OF PROBATION\b|\bEXPIRING(?: ON)?\b"
    r"|\bCOSTS OF (?:THIS|SAID|THE) PROCEEDINGS?\b|\bBEING (?=SECTION)|\b(?:(?:ILL\.? )?REV\.? STAT\.?,? )?CH(?:APTER|\.)? 38,? PAR\.? 1005-6-[0-9.]+|\b730 ILCS 5/5-6-[0-9.]+|\b720 ILCS 5[57]0/(?:4?10)\b|\bCHAPTER 56 1/2,? (?:SECTION|PARAGRAPH|PAR\.) 1?[47]10\b|\bORDER OF DISCHARGE\b|^(?:FORM )?[A-Z0-9-]{3,12} \(?REV\.? ?\d{1,2}[/-]\d{2,4}\)?"
    r"|\bLEAVE IS GRANTED\b|\b(?:THE )?MOTION OF (?:THE )?(?:DEFENDANT|DEFENSE|PEOPLE|STATE)(?:'S ATTORNEY)? TO DISMISS (?:IS|WAS) (?:HEREBY )?(?:ALLOWED|GRANTED)\b"
    r"|\bABOVE[- ](?:ENTITLED|NAMED) (?:MATTER|CAUSE|CASE|ACTION|DEFENDANT)\b|\bCAME ON REGULARLY FOR HEARING\b|\bIN DEPARTMENT (?:NO\.? ?)?\d+\b|\bTHE HONORABLE [A-Z][A-Z.' -]{2,40} PRESIDING\b"
    r"|\bANNOUNCING (?:THAT )?THEY ARE UNABLE TO PROCEED\b|\b(?:ALL|EACH OF THE) COUNTS THEREOF\b|\bINSUFFICIENCY OF (?:THE )?EVIDENCE\b|\bGOOD CAUSE APPEARING(?: THEREFOR)?\b"
    r"|\b(?:CASH )?(?:BOND|BAIL) (?:IS |BE |TO BE |ORDERED |HEREBY )*(?:DISCHARGED|EXONERATED|RETURNED|REFUNDED|RELEASED)(?: TO (?:THE )?(?:DEFENDANT|DEPOSITOR|SURETY))?\b|\b(?:NO|NOS|NUMBER)\.? [A-Z0-9-]*\d[A-Z0-9-]*"
)
# What goes before supervision and first offenders' probation, and no other.
_DEFERRED = re.compile(
    r"\bWITHOUT (?:THE )?(?:ENTRY OF|ENTERING)(?: A| ANY)? JUDGMENT(?: OF GUILT)?\b|\bNO JUDGMENT (?:OF (?:GUILTY|GUILT|CONVICTION) )?(?:BE|IS) ENTERED(?: AT THIS TIME)?\b|\bDEFERS FURTHER PROCEEDINGS\b|\bBY THE ENTRY OF AN ORDER OF SUPERVISION\b|\b(?:JUDGMENT|DISPOSITION OF (?:THIS|THE) (?:CAUSE|CASE|MATTER)|(?:THAT )?FURTHER PROCEEDINGS) (?:IS|ARE|BE) (?:HEREBY )?(?:DEFERRED|WITHHELD)\b"
)
_ASKING = re.compile(r"^\W*(?:NOTICE OF )?(?:MOTION|PETITION|NOTICE|PROPOSED|APPLICATION|DRAFT)\b")


def _says_more(flowed: Sheet, text: _Text) -> bool:
    """Whether any word from the first charge or ruling on is not understood, or the paper is headed as one that asks:
    what is not understood may change what was ruled."""
    ruled = {t.i for one in text.rulings for t in one.words} | text.told
    first = next((at for at, line in enumerate(flowed.lines) if any(t.i in ruled for t in line.span)), 0)
    if any(_ASKING.search(line.plain) for line in flowed.lines):
        return True
    said = {t.text.upper().strip(".,:;()") for line in flowed.lines[:first] for t in line.span}
    rows = flowed.lines[first:]
    signed = [is_judge_row(line) or _is_signature(line) for line in rows]
    beside = [any(signed[max(0, at - 1) : at + 2]) and _is_a_name(line) for at, line in enumerate(rows)]
    return any(_unclear(line, text, said) for at, line in enumerate(rows) if not (signed[at] or beside[at]))


def is_unclear_below(sheet: Sheet) -> bool:
    """Whether a row that sets free, on no day, is followed by one of which a word is not understood, above who signs
    and what has a label: it may take back what was ordered."""
    free = next((at for at, line in enumerate(sheet.lines) if _sets_free(line) and not is_dated_row(line)), None)
    if free is None:
        return False
    labelled = {label.line for label in labels_on(sheet)}
    said = {t.text.upper().strip(".,:;()") for line in sheet.lines[:free] for t in line.span}
    for at, line in enumerate(sheet.lines[free:], free):
        if at > free and (at in labelled or is_judge_row(line) or _is_signature(line) or is_dated_row(line)):
            return False
        if at > free and _unclear(line, _Text(), said):
            return True
    return False


def _sets_free(line: Line) -> bool:
    found = wordings_in(line.plain)
    return any(
        (one.frees or one.wording.effect is Effect.SATISFIED) and not is_turned(one, line.plain) for one in found
    )


def _is_signature(line: Line) -> bool:
    """Whether a row is a judge's or clerk's name."""
    if len(line.span) > 6 or _SIGNED.match(line.plain) is None or says_what_became(line.plain):
        return False
    return not any(may_order(token.text, bare(token), word_of(token).confidence) for token in line.span)


def _is_a_name(line: Line) -> bool:
    """Whether a row is no more than a person's name."""
    return _is_a_persons(line.text)


_ENTERED_BY = re.compile(r"\b(?:ENTER|Enter)(?:ED|ed)?: ?(?:(?i:JUDGE|HON\.?) )?(?P<name>[A-Z][A-Za-z.' -]{3,40})$")


def _is_a_persons(text: str) -> bool:
    """Whether a text is a person's name, a given name or an initial first."""
    words = text.strip(" .").split()
    named = all(re.fullmatch(r"[A-Z][a-z]+|[A-Z]+|[A-Z][a-z]?\.", word) for word in words)
    return 2 <= len(words) <= 4 and named and (words[0].endswith(".") or is_given(words[0].upper()))


_SIGNED = re.compile(
    r"^\W*(?:[A-Z][A-Z.' -]{2,40}, JUDGE\W*$|(?:ENTER(?:ED)?[:,]? (?=JUDGE))?(?:PRESIDING |CIRCUIT |ASSOCIATE )?JUDGE|HON|HONORABLE|(?:DEPUTY |CIRCUIT )?CLERK)\b"
)


def _unclear(line: Line, text: _Text, said: Set[str]) -> bool:
    """Whether a row holds a word that is no part of a charge, a day, a wording, an amount, a count or the caption."""
    plain = line.plain
    spans = [line.plain_at(f.start, f.end) for f in wordings_in(plain)]
    spans += [line.plain_at(a.start, a.end) for a in amounts_in(plain)]
    spans += [line.plain_at(*at) for at in count_ranges(plain)]
    spans += [line.plain_at(*found.span()) for found in _RECITED.finditer(plain)]
    if _is_deferred(plain):
        spans += [line.plain_at(*found.span()) for found in _DEFERRED.finditer(plain)]
    spans += [line.at(day.start, day.end) for day in dates_in(line.text)]
    spans += [line.plain_at(*duty) for duty in duties_in(plain)]
    spans += [s.span for s in statutes_in(line) if not is_charge_statute(s)]
    spans += [line.at(*f.span("name")) for f in _ENTERED_BY.finditer(line.text) if _is_a_persons(f["name"])]
    known = text.told | {i for span in spans for i in range(span.start, span.end)}
    for token in line.span:
        word = token.text.upper().strip(".,:;()\"'“”")
        speaks = sum(c.isalnum() for c in word) > 1
        if word == "SENTENCES" and not any(one.punishes for one in text.rulings):
            return True  # to what is lost
        if speaks and token.i not in known and token.norm_ != ASIDE and word not in _PLAIN and word not in said:
            return True
    return False


def _is_deferred(plain: str) -> bool:
    """Whether a paragraph gives supervision or first offenders' probation."""
    found = wordings_in(plain)
    return any(one.wording.means is SentenceKind.SUPERVISION or one.qualified_in(plain, len(plain)) for one in found)


def _is_entry(line: Line) -> bool:
    """Whether a row opens with its day as entries do, and not as a sentence does."""
    return is_dated_row(line) and not (_SPEAKS.match(line.text) and holds_together(line))


_SPEAKS = re.compile(r"(?i:ON|THEREAFTER|THAT) ")


def _listed_number(line: Line, place: int) -> int:
    """The number a row gives the charge it cites, else its place."""
    found = _COUNT.search(line.plain)
    return (count_number(found["number"]) if found is not None else None) or place


def _is_body(line: Line) -> bool:
    """Whether a row, joined with those it goes on in, is a sentence."""
    is_title = _TITLE.fullmatch(line.text) is not None or _lists_a_charge(line)
    return (holds_together(line) and not is_title) or _is_short_ruling(line)


def _lists_a_charge(line: Line) -> bool:
    """Whether a row is a count's number, its citation and the words of the charge: `Count 1 HS 11359 possession for sale`."""
    number, cited = _COUNT.match(line.text.upper()), statutes_in(line)[:1]
    if number is None or not cited or says_what_became(line.plain):
        return False
    return not re.search(r"[A-Z0-9]", line.text.upper()[number.end() : line.offset_of(cited[0].span.start)])


_TITLE = re.compile(r"[A-Z /-]*\b(?:ORDER|CERTIFICATE|MINUTES|COURT|COUNTY)\b[A-Z ,/-]*")


def _goes_on(entry: Line | None, line: Line) -> bool:
    """Whether a row stands right under an entry or what goes on with it."""
    return entry is not None and line.top - entry.bottom < 1.2 * max(10, entry.bottom - entry.top)


def _is_short_ruling(line: Line) -> bool:
    return line.text.rstrip().endswith(".") and len(line.cells) == 1 and says_what_became(line.plain)


def _see_day(line: Line, text: _Text) -> None:
    """Note the day of the order: beside the word that says so, or on which the cause came on."""
    upper = line.text.upper()
    for found in dates_in(line.text):
        before = upper[: found.start]
        if found.value is not None and (_DAY_OF_ORDER.search(before) or HEARD_ON.search(before)):
            text.days.append((found.value, list(line.at(found.start, found.end))))


def _numbers_run(text: _Text) -> bool:
    """Whether the charges are numbered from 1 on, either all by the paper or all by their order."""
    numbers = [told.number for told in text.charges] or list(text.listed)
    if all(text.printed):
        return sorted(numbers) == list(range(1, len(numbers) + 1))
    return not any(text.printed)


# --- sentence by sentence ----------------------------------------------------------------------------------------


def _sentences(line: Line) -> Iterator[Line]:
    """The sentences of a paragraph, a part behind a semicolon by itself."""
    doc, starts = line.span.doc, [line.span.start]
    for found in _ENDS.finditer(line.text):
        if _CUT_SHORT.search(line.text[: found.start()].upper()) is None:
            first = line.at(found.end(), found.end() + 1).start
            if first > starts[-1]:
                starts.append(first)
    for start, stop in zip(starts, [*starts[1:], line.span.end], strict=True):
        yield Line(doc[start:stop], line.pitch)


def _read(line: Line, text: _Text, above: Line | None) -> Iterator[Token]:
    """Take a paragraph apart; the words of its sentences that accuse or rule. `above`: the paragraph before it, which
    may head it with a count and its charge alone."""
    heading = _heading(line)
    if above is not None and not _COUNT.search(line.text.upper()) and not says_what_became(above.plain):
        heading = _heading(above)
    for sentence in _whole(list(_sentences(line))):
        statutes = [s for s in statutes_in(sentence) if is_charge_statute(s)]
        numbers = [_charge(sentence, statutes, at, text) for at in range(len(statutes))]
        rulings = list(_rulings(sentence, statutes, numbers, text.told))
        for one in rulings:
            one.paragraph, one.heading = line.span.start, heading
        text.rulings.extend(rulings)
        text.turned |= any(turns(" ".join(t.norm_ for t in one.words)) for one in rulings)
        text.turned |= any(one.frees and one.convicts for one in rulings) and len(text.charges) + len(text.listed) > 1
        for number in docket_numbers_in(sentence.text) if rulings or statutes else ():
            own = statutes and _OF_CASE.search(sentence.plain) and _OF_ANOTHER.search(sentence.plain) is None
            text.numbers.setdefault(number.value, list(sentence.at(number.start, number.end)) if own else [])
        if rulings:
            yield from sentence.span
        else:
            yield from (token for token in sentence.span if token.i in text.told)


def _heading(line: Line) -> int | None:
    """The count that opens a paragraph, where it names no other."""
    named = {count_number(found["number"]) for found in _COUNT.finditer(line.text.upper())}
    opened = _COUNT.match(line.text.upper())
    return count_number(opened["number"]) if opened is not None and len(named) == 1 else None


def _under_headings(text: _Text) -> None:
    """Give what is ruled in paragraphs that open with a count that count, where each charge has such a paragraph."""
    if {told.number for told in text.charges} - {one.heading for one in text.rulings} or not text.charges:
        return
    for one in text.rulings:
        said = " ".join(t.norm_ for t in one.words)
        if one.heading is not None and not _counts_of(one) and not _OF_OTHERS.search(said):
            one.counts = (one.heading,)


_OF_OTHERS = re.compile(
    _WHOLE_CASE.pattern + r"|\b(?:OTHERS?|REMAIN\w*|REST|BALANCE|ALL|BOTH|EACH|CO-?DEF\w*|EXCEPT|BUT)\b"
)


def _whole(sentences: Sequence[Line]) -> Iterator[Line]:
    """The sentences, a list of charges in one piece though a semicolon parts it: `guilty of Count I, ...; Count II, ...`,
    and a motion with what became of it."""
    held: Line | None = None
    for sentence in sentences:
        listed = held is not None and held.text.rstrip().endswith(";") and cites_charge(held) and cites_charge(sentence)
        if held is not None and listed and says_what_became(held.plain) and not says_what_became(sentence.plain):
            held = Line(sentence.span.doc[held.span.start : sentence.span.end], sentence.pitch)
            continue
        if held is not None and _SAID_MOTION.match(sentence.plain) and says_what_became(held.plain):
            held = Line(sentence.span.doc[held.span.start : sentence.span.end], sentence.pitch)
            continue
        if held is not None:
            yield held
        held = sentence
    if held is not None:
        yield held


def _with_answers(lines: Sequence[Line]) -> Iterator[Line]:
    """The rows, what became of a motion in one with the paragraph that makes it."""
    held: Line | None = None
    for line in lines:
        if held is not None and _SAID_MOTION.match(line.plain) and holds_together(held):
            held = Line(line.span.doc[held.span.start : line.span.end], line.pitch)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


_SAID_MOTION = re.compile(r"^\W*(?:SAID |THE |WHICH )?MOTION (?:IS|WAS) (?:HEREBY )?(?:ALLOWED|GRANTED|SUSTAINED)\b")


def _charge(sentence: Line, statutes: Sequence[StatuteFound], at: int, text: _Text) -> int:
    """The number of the charge a citation is of, told if it was not before."""
    statute = statutes[at]
    low = statutes[at - 1].span.end if at else sentence.span.start
    high = statutes[at + 1].span.start if at + 1 < len(statutes) else sentence.span.end
    before = sentence.span.doc[low : statute.span.start].text.upper() if low < statute.span.start else ""
    behind = sentence.span.doc[statute.span.end : high].text.upper() if statute.span.end < high else ""
    named = [*_COUNT.finditer(before), *_LISTED.finditer(before)]
    if not named and _BEHIND.match(behind):
        named = list(_COUNT.finditer(behind))[:1]
    number = count_number(named[-1]["number"]) if named else None
    text.turned |= bool(named) and number is None  # `Count XII`: which one?
    before_now = [n for n, citation in text.listed.items() if citation == statute.citation and number in (None, n)]
    if before_now:
        return before_now[0]
    same = [n for n, citation in text.cited.items() if citation == statute.citation]
    if same and number in (None, *same):
        return number or same[0]
    told = Told(number or len(text.charges) + 1)
    told.add("statute", statute.span)
    text.told.update(t.i for t in statute.span)
    words = _words(sentence, low, statute)
    if words is not None:
        told.add("description", words)
        text.told.update(range(words.start, statute.span.start))
    classed = _CLASS_BEHIND.match(behind)
    if classed is not None:
        part = Line(sentence.span.doc[statute.span.end : high], sentence.pitch)
        span = part.at(*classed.span("grade"))
        told.add("grade", span)
        text.told.update(t.i for t in span)
    if statute.span.end < high:
        part = Line(sentence.span.doc[statute.span.end : high], sentence.pitch)
        days = [d for d in dates_in(part.text) if _DAY_OF_OFFENSE.search(part.text[: d.start].upper())]
        for day in days[:1]:
            told.add("offense_date", part.at(day.start, day.end))
            text.told.update(t.i for t in part.at(day.start, day.end))
    text.charges.append(told)
    text.printed.append(number is not None)
    text.cited[told.number] = statute.citation
    return told.number


def _words(sentence: Line, low: int, statute: StatuteFound) -> Span | None:
    """What stands before a citation and names the offense."""
    doc, end = sentence.span.doc, statute.span.start
    if low >= end:
        return None
    part = Line(doc[low:end], sentence.pitch)
    upper = part.text.upper()
    stop = _LEADS_CITATION.search(upper)
    last = stop.start() if stop is not None else len(upper)
    leads = [m.end() for pattern in (_COUNT, _LISTED, _OFFENSE) for m in pattern.finditer(upper[:last])]
    leads += [_end_of(part, part.plain_at(f.start, f.end)) for f in _ends_in(part)]
    leads += [_end_of(part, part.at(day.start, day.end)) for day in dates_in(part.text)]
    first = max((lead for lead in leads if lead < last), default=0)
    first += _SMALL.match(upper[first:last]).end()  # type: ignore[union-attr]  # it matches nothing, too
    if last - first < 3:
        return None
    return part.at(first, last)


def _end_of(part: Line, span: Span) -> int:
    """Where a stretch of words ends in the text of a row."""
    return part.offset_of(span[-1].i) + len(span[-1].text)


def _ends_in(part: Line) -> list[WordingFound]:
    """The wordings of a stretch that rule."""
    return [f for f in wordings_in(part.plain) if f.wording.effect not in (Effect.NONE, Effect.FILED)]


def _rulings(
    sentence: Line, statutes: Sequence[StatuteFound], numbers: Sequence[int], told: set[int]
) -> Iterator[Ruling]:
    """The rulings of a sentence: one, or where it rules on each of several citations, one for each; without the words
    that tell a charge."""
    for piece, cited in _pieces(sentence, statutes, numbers):
        found = [one for one in wordings_in(piece.plain) if not is_turned(one, piece.plain)]
        effects = {one.wording.effect for one in found}
        words = [
            t
            for t in piece.span
            if any(c.isalnum() for c in t.text)
            and t.i not in told
            and t.norm_ not in (ASIDE, "HAVING")
            and not (t.norm_ == "FOR" and t.i + 1 in told)  # it leads to the charge alone
        ]
        if not words or not says_what_became(piece.plain):
            continue
        names = bool(counts_in(" ".join(t.norm_ for t in words)))
        ruled = [one for one in found if one.wording.effect not in (Effect.NONE, Effect.FILED)]
        if len({*cited, *counts_in(piece.text)}) > 1 and (
            cited and (len(set(cited)) > 1 or len(ruled) == 1)
        ):  # each named beside what it is: now together behind all of them
            cited = (*cited, *counts_in(piece.text))
            ranges = [piece.plain_at(start, end) for start, end in count_ranges(piece.plain)]
            refs = {i for span in ranges for i in range(span.start, span.end)}
            words, names = [t for t in words if t.i not in refs] or words, False
        yield Ruling(
            words,
            _own_day(piece),
            () if names else tuple(dict.fromkeys(cited)),
            frees=any(one.frees for one in found),
            convicts=bool(effects & {Effect.PLEA_GUILTY}) or any(_convicts(one.wording.means) for one in found),
            punishes=Effect.SENTENCE in effects and effects <= _PUNISHING,
        )


_PUNISHING = {Effect.SENTENCE, Effect.NONE, Effect.FILED, Effect.SATISFIED}


def _convicts(means: object) -> bool:
    return getattr(means, "value", None) == "guilty"


def _pieces(
    sentence: Line, statutes: Sequence[StatuteFound], numbers: Sequence[int]
) -> Iterator[tuple[Line, Sequence[int]]]:
    """The sentence whole, or cut behind each citation where something is ruled before each."""
    doc = sentence.span.doc
    if len(set(numbers)) > 1:
        ends = [*(s.span.end for s in statutes[:-1]), sentence.span.end]
        starts = [sentence.span.start, *ends[:-1]]
        parts = [Line(doc[a:b], sentence.pitch) for a, b in zip(starts, ends, strict=True) if a < b]
        heads = [
            Line(doc[a : s.span.start], sentence.pitch)
            for a, s in zip(starts, statutes, strict=True)
            if a < s.span.start
        ]
        if len(parts) == len(numbers) == len(heads) and all(says_what_became(head.plain) for head in heads):
            yield from ((part, (number,)) for part, number in zip(parts, numbers, strict=True))
            return
    yield sentence, numbers


def _own_day(piece: Line) -> Sequence[Token]:
    """The one day a sentence says something was done on; empty where it says none, or several."""
    upper = piece.text.upper()
    found = [d for d in dates_in(piece.text) if d.value is not None and _SPOKEN_DAY.search(upper[: d.start])]
    return list(piece.at(found[0].start, found[0].end)) if len({d.value for d in found}) == 1 else ()


def _within_paragraphs(text: _Text) -> None:
    """Give what a paragraph finds and imposes behind its plea the one count the paragraph names, where every paragraph
    that convicts imposes something of its own."""
    paragraphs = [[one for one in text.rulings if one.paragraph == at] for at in {r.paragraph for r in text.rulings}]
    convicting = [few for few in paragraphs if any(one.convicts for one in few)]
    if not all(any(one.punishes for one in few) and not any(one.frees for one in few) for few in convicting):
        return
    for few in convicting:
        named = {n for one in few for n in _counts_of(one)}
        if len(named) == 1 and _counts_of(few[0]):
            for one in few[1:]:
                one.counts = tuple(named)


def _join(text: _Text) -> None:
    """Give a ruling that names no count those it can only be about."""
    _within_paragraphs(text)
    convicted = {n for one in text.rulings if one.convicts for n in _counts_of(one)}
    every = tuple(told.number for told in text.charges) or tuple(text.listed)
    named = {n for one in text.rulings for n in _counts_of(one)}
    for one in text.rulings:
        if _counts_of(one):
            continue
        said = " ".join(t.norm_ for t in one.words)
        if any(ends_the_rest(found, said) for found in wordings_in(said)):
            one.counts = tuple(n for n in every if n not in named)
        elif (one.punishes or one.convicts) and convicted:
            one.counts = tuple(sorted(convicted))
        elif len(every) > 1 and _WHOLE_CASE.search(said):
            one.counts = every


def _counts_of(one: Ruling) -> tuple[int, ...]:
    return one.counts or counts_in(" ".join(t.norm_ for t in one.words))


# --- told again --------------------------------------------------------------------------------------------------


def _set_again(sheet: Sheet, taken: set[BBox], text: _Text) -> OcrPage:
    """The page with what its sentences charge and rule in place of the first of them, every other row as it was."""
    days = {value for value, _ in text.days}
    day = text.days[-1][1] if len(days) == 1 else ()
    setter, told = Setter(sheet.pitch), False
    rows = [Line(line.span, line.pitch) for line in sheet.lines if word_of(line.span[0]).bbox not in taken]
    if {number.value for line in rows for number in docket_numbers_in(line.text)} - set(text.numbers):
        text.numbers.clear()  # the caption says which case it is
    for line in sheet.lines:
        rest = [token for token in line.span if word_of(token).bbox not in taken]
        if len(rest) < len(line.span) and not told:
            _tell(setter, text, day)
            told = True
        if rest:
            setter.keep(rest, line.top)
    return setter.page(sheet.page)


# `charged in case No. 89-CF-1193 with ...`; a case that is a reason, or goes with this one, is another.
_OF_CASE = re.compile(
    r"\b(?:IN|UNDER) (?:SAID |THE |THIS )?(?:CASE|CAUSE|DOCKET|GENERAL) ?(?:NO\.?|NUMBER|#)?[ :]*\S*\d"
)
_OF_ANOTHER = re.compile(
    r"\b(?:HAVING|EXCHANGE|CONSIDERATION|RETURN|VIEW|BECAUSE|SINCE|CONCURREN\w*|CONSECUTIVE\w*|DISMISSAL OF|PLACE OF|LIEU|ALSO|PENDING|CO-?DEF\w*|ANOTHER|OTHER|COMPANION)\b"
)


def _tell(setter: Setter, text: _Text, day: Sequence[Token]) -> None:
    setter.gap()
    number = next(iter(text.numbers.values()), [])
    if len(text.numbers) == 1 and number:
        setter.row([number], says="CASE NO:", ink=number[0])
    for charge in sorted(text.charges, key=lambda told: told.number):
        tell_charge(setter, charge)
    setter.gap()
    for one in text.rulings:
        named = ", ".join(str(n) for n in one.counts)
        several = len(text.charges) + len(text.listed) > 1
        setter.entry(one.day or day, "", one.words, f"COUNTS {named}" if named and several else "")
    setter.gap()

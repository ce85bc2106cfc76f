"""What a label means by the words it is put together from, shortened as clerks shorten them."""
# ruff: noqa: E501 - a table row is easier to check on one line

from __future__ import annotations

import re
from functools import lru_cache

# A notion of court paper and the words that name it; each may be cut or lose letters inside: `DT`, `DISPO`, `JDGMT`.
NOTIONS: dict[str, tuple[str, ...]] = {
    "DATE": ("DATE", "DATED", "DAY"),
    "BIRTH": ("BIRTH", "BORN", "BIRTHDATE", "BIRTHDAY"),
    "ARREST": ("ARREST", "ARRESTED", "ARRESTING", "APPREHENDED"),
    "OFFENSE": ("OFFENSE", "OFFENCE", "CRIME", "VIOLATION", "OFFENSES"),
    "OCCUR": ("OCCURRENCE", "INCIDENT", "OCCURRED", "COMMITTED"),
    "FILE": ("FILED", "FILING", "INITIATED", "INITIATION", "COMMENCED"),
    "DISPOSE": ("DISPOSITION", "DISPOSED", "DISPOSITIONS", "OUTCOME", "RESULT"),
    "SENTENCE": ("SENTENCE", "SENTENCED", "SENTENCING", "PENALTY", "PUNISHMENT"),
    "FINDING": ("FINDING", "FINDINGS", "FOUND", "VERDICT", "JUDGMENT", "ADJUDICATION", "ADJUDGED", "CONVICTION"),
    "PLEA": ("PLEA", "PLEAS", "PLEADED", "PLED"),
    "ORDER": ("ORDER", "ORDERS", "ORDERED", "PROCEEDINGS", "MINUTES", "ENTRIES", "ACTION", "ACTIVITY"),
    "ENTER": ("ENTERED", "RENDERED", "IMPOSED", "PRONOUNCED", "MADE"),
    "STATUTE": ("STATUTE", "STATUTES", "STATUTORY", "CITATION", "ILCS", "CHAPTER", "SECTION", "PARAGRAPH", "CITED", "REFERENCE", "LAW", "VIOLATED"),
    "CODE": ("CODE", "CODES"),
    "CHARGE": ("CHARGE", "CHARGES", "CHARGED", "ACCUSATION", "COMPLAINT"),
    "DESCRIBE": ("DESCRIPTION", "DESCRIBED", "NATURE", "TITLE"),
    "CLASS": ("CLASS", "CLASSIFICATION", "GRADE", "DEGREE", "LEVEL", "CATEGORY", "SEVERITY"),
    "TYPE": ("TYPE",),
    "COUNT": ("COUNT", "COUNTS"),
    "NAME": ("NAME", "NAMES", "NAMED"),
    "DEFENDANT": ("DEFENDANT", "DEFENDANTS", "ACCUSED", "RESPONDENT", "OFFENDER", "SUBJECT", "ARRESTEE"),
    "LAST": ("LAST", "SURNAME", "FAMILY"),
    "FIRST": ("FIRST", "GIVEN", "CHRISTIAN", "FORENAME"),
    "MIDDLE": ("MIDDLE", "INITIAL"),
    "ALIAS": ("ALIAS", "ALIASES", "AKA", "KNOWN"),
    "NUMBER": ("NUMBER", "NUMBERS", "NO", "NUM", "NBR", "#"),
    "CASE": ("CASE", "CAUSE", "DOCKET", "INDICTMENT", "INFORMATION", "GENERAL", "FILE", "CLERK", "CLERKS", "CRIMINAL"),
    "COURT": ("COURT", "COURTS"),
    "RECORD": ("RECORD", "FINGERPRINT", "INDIVIDUAL", "IR", "PRINT"),
    "STATE": ("STATE", "ISP", "SID", "BUREAU"),
    "IDENTITY": ("IDENTIFICATION", "ID", "IDENT", "IDENTITY"),
    "POLICE": ("POLICE", "AGENCY", "DEPARTMENT", "DEPT", "OFFICER"),
    "SEX": ("SEX", "GENDER"),
    "RACE": ("RACE", "ETHNICITY", "COLOR"),
    "JUDGE": ("JUDGE", "JUDGES", "JUSTICE", "PRESIDING", "MAGISTRATE"),
    "TERM": ("TERMINATION", "TERMINATED", "DISCHARGE", "COMPLETION", "EXPIRATION"),
    "OTHER": ("BOOKING", "ADDRESS", "ATTORNEY", "BOND", "BAIL", "AGE", "BRANCH", "CALENDAR", "COURTROOM", "COMPLAINANT", "PROSECUTOR", "HEIGHT", "WEIGHT", "WITNESS", "NEXT", "CONTINUED", "RESIDENCE", "STATUS"),
}  # fmt: skip
_SMALL = {"OF", "THE", "AND", "OR", "ON", "BY", "FOR", "IN", "TO", "HIS", "AT", "WAS", "FULL", "USED", "OTHER", "PRINTED", "FINAL", "EACH", "IF", "ANY", "THIS", "WITH", "HOW", "AS", "UNDER"}  # fmt: skip
_ABBREVIATED = {"DT": "DATE", "MO": "DATE", "DA": "DATE", "YR": "DATE", "DOB": "BIRTH", "DEF": "DEFENDANT", "DEFT": "DEFENDANT", "OFF": "OFFENSE", "OFN": "OFFENSE", "DSP": "DISPOSE", "CT": "COUNT", "CTS": "COUNT", "CNT": "COUNT", "ST": "STATE", "JDG": "JUDGE", "JGMT": "FINDING", "JDGMT": "FINDING", "JMT": "FINDING", "JUDGMT": "FINDING", "FDG": "FINDING", "FNDG": "FINDING", "VIOL": "OFFENSE", "VIO": "OFFENSE", "OCC": "OCCUR", "INIT": "MIDDLE", "CHG": "CHARGE", "CHGS": "CHARGE", "CL": "CLASS", "CLS": "CLASS", "ARR": "ARREST", "DISP": "DISPOSE", "DISPO": "DISPOSE", "SENT": "SENTENCE", "SEC": "STATUTE", "CH": "STATUTE", "PAR": "STATUTE", "STAT": "STATUTE", "IND": "CASE", "GEN": "CASE", "CRIM": "CASE", "FILED": "FILE", "DKT": "CASE", "FP": "RECORD", "AGY": "POLICE", "AGCY": "POLICE", "PD": "POLICE"}  # fmt: skip
# Which notions together name a field; the first row whose notions are all there wins.
_FIELDS: tuple[tuple[frozenset[str], str], ...] = tuple(
    (frozenset(notions.split()), field)
    for notions, field in (
        ("BIRTH", "birth_date"),
        ("DATE ARREST", "arrest_date"),
        ("ARREST POLICE", "arresting_agency"),
        ("DATE OFFENSE", "offense_date"),
        ("OCCUR", "offense_date"),
        ("DATE FILE", "filed_date"),
        ("FILE CHARGE", "filed_date"),
        ("FILE CASE", "filed_date"),
        ("DATE DISPOSE", "disposition_date"),
        ("DATE SENTENCE", "disposition_date"),
        ("DATE FINDING", "disposition_date"),
        ("DATE ORDER", "disposition_date"),
        ("DATE ENTER", "disposition_date"),
        ("JUDGE", "judge"),
        ("OTHER", "other"),
        ("LAST NAME", "surname"),
        ("FIRST NAME", "given"),
        ("MIDDLE NAME", "middle"),
        ("ALIAS", "alias"),
        ("LAST DEFENDANT", "surname"),
        ("FIRST DEFENDANT", "given"),
        ("RECORD NUMBER", "ir_number"),
        ("STATE IDENTITY", "sid"),
        ("STATE NUMBER", "sid"),
        ("COUNT NUMBER", "count"),
        ("CHARGE NUMBER", "count"),
        ("CASE NUMBER", "docket_number"),
        ("COURT NUMBER", "docket_number"),
        ("NAME", "name"),
        ("DISPOSE SENTENCE", "disposition"),
        ("DISPOSE CODE", "disposition"),
        ("FINDING CODE", "finding"),
        ("STATUTE CODE", "statute"),
        ("SENTENCE", "sentence"),
        ("PLEA", "plea"),
        ("DISPOSE", "disposition"),
        ("FINDING", "finding"),
        ("STATUTE", "statute"),
        ("CLASS", "grade"),
        ("TYPE", "type"),
        ("DESCRIBE", "description"),
        ("OFFENSE", "description"),
        ("CHARGE", "charge"),
        ("COUNT", "count"),
        ("SEX", "sex"),
        ("RACE", "race"),
        ("POLICE", "arresting_agency"),
        ("ARREST", "arrest_date"),
        ("FILE", "filed_date"),
        ("DEFENDANT", "name"),
        ("ORDER", "orders"),
        ("DATE", "other"),
    )
)
_TOGETHER = {
    "BIRTH": {"DATE", "DEFENDANT"},
    "DESCRIBE": {"OFFENSE", "CHARGE"},
    "PLEA": {"DEFENDANT", "ENTER", "COURT"},
    "FINDING": {"COURT", "COUNT", "ENTER", "PLEA"},
    "OCCUR": {"DATE", "OFFENSE"},
    "SENTENCE": {"ENTER", "COURT", "FINDING", "ORDER", "TERM"},
    "DISPOSE": {"COURT", "CASE", "CHARGE", "COUNT", "ENTER", "FINDING"},
    "CLASS": {"OFFENSE", "CHARGE", "TYPE"},
    "TYPE": {"CHARGE", "OFFENSE"},
    "STATUTE": {"OFFENSE", "CHARGE", "NUMBER", "DESCRIBE"},
    "OFFENSE": {"CHARGE", "STATUTE"},
    "ORDER": {"COURT", "ENTER"},
    "NAME": {"DEFENDANT", "LAST", "FIRST", "MIDDLE"},
}


_LONG = 8  # letters


@lru_cache(maxsize=4096)
def notion_of(word: str) -> str:
    """The notion a word of a label names, whole or shortened; empty where it names none or could name two."""
    bare = re.sub(r"['’]S?$", "", re.sub(r"(?<=[A-Z])\.(?=[A-Z])", "", word.upper().strip(".,:()#-/\"'")))
    if word.strip() in ("#", "NO.", "#:"):
        return "NUMBER"
    if bare in _ABBREVIATED:
        return _ABBREVIATED[bare]
    whole = {notion for notion, words in NOTIONS.items() if bare in words}
    if whole or len(bare) < 3 or not bare.isalpha():
        return next(iter(whole)) if len(whole) == 1 else ""
    short = {notion for notion, words in NOTIONS.items() if any(_shortens(bare, full) for full in words)}
    found = short or {notion for notion, words in NOTIONS.items() if any(_is_misread(bare, full) for full in words)}
    return next(iter(found)) if len(found) == 1 else ""


def _is_misread(word: str, full: str) -> bool:
    """Whether a long word is another one but for a letter."""
    return len(word) >= _LONG and len(word) == len(full) and sum(a != b for a, b in zip(word, full, strict=True)) == 1


def _shortens(short: str, full: str) -> bool:
    """Whether a word is another one cut, or without some of its letters."""
    if len(short) >= len(full) or short[0] != full[0]:
        return False
    if full.startswith(short):
        return len(short) >= 3
    letters = iter(full)
    return len(short) <= 6 and short[-1] not in "AEIOU" and all(letter in letters for letter in short)


def _run_together(word: str) -> tuple[str, ...]:
    """The words of labels that a word is made of where the blanks between them were lost: `GIVENNAME`."""
    if len(word) < 8 or not word.isalpha() or notion_of(word) or word in _SMALL:
        return (word,)
    whole = _whole_words()
    for cut in range(len(word) - 2, 1, -1):
        if word[:cut] in whole:
            rest = (word[cut:],) if word[cut:] in whole else _run_together(word[cut:])
            if all(piece in whole for piece in rest):
                return word[:cut], *rest
    return (word,)


@lru_cache(maxsize=1)
def _whole_words() -> frozenset[str]:
    return frozenset({word for words in NOTIONS.values() for word in words if len(word) >= 3} | _SMALL)


@lru_cache(maxsize=4096)
def field_of_words(text: str) -> str:
    """The field that a label of one to five words names; empty where a word of it is none that labels have."""
    tidy = re.sub(r"\(S\)", "S", text.upper().strip(" .:#="))
    parts = [w for w in re.split(r"[\s/&]+", re.sub(r"(?<=ED) ON$", " DATE", tidy)) if w]
    words = [piece for part in parts for piece in _run_together(part)]
    if not 1 <= len(words) <= 5:
        return ""
    notions: set[str] = set()
    for word in words:
        if word.upper().strip(".,()") in _SMALL:
            continue
        notion = notion_of(word)
        if not notion:
            return ""
        notions.add(notion)
    for wanted, field in _FIELDS:
        if wanted <= notions:
            key = next(iter(wanted)) if len(wanted) == 1 else ""
            spare = notions - wanted - _TOGETHER.get(key, set()) - {"DEFENDANT", "NUMBER"}
            return field if not spare or len(wanted) > 1 else ""
    return ""

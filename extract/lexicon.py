"""The words court paper is made of, and how a misread word finds its way back to one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

# Characters that print alike; a class is written as its first letter.
_ALIKE = str.maketrans(
    {
        "0": "O", "Q": "O", "1": "I", "L": "I", "|": "I", "!": "I", "[": "I", "]": "I", "J": "I",
        "5": "S", "$": "S", "8": "B", "6": "G", "2": "Z", "4": "A", "V": "U", "7": "T",
    }
)  # fmt: skip

_WORDS = [
    "FINDS",
    "PROSECUTED",
    "DROPPED",
    "RESTORED",
    "MERGED",
    "WITHHELD",
    "ACQUITTAL",
    "PEOPLE",
    "STATE",
    "ILLINOIS",
    "CERTIFIED",
    "STATEMENT",
    "CONVICTION",
    "DISPOSITION",
    "DISPOSITIONS",
    "ATTORNEY",
    "COOK",
    "COUNTY",
    "FILED",
    "INDICTMENT",
    "INFORMATION",
    "CLERK",
    "CIRCUIT",
    "COURT",
    "CHARGING",
    "ABOVE",
    "NAMED",
    "DEFENDANT",
    "DEFENDANTS",
    "FOLLOWING",
    "WERE",
    "RENDERED",
    "BEFORE",
    "HONORABLE",
    "JUDGE",
    "JUDGES",
    "PAGE",
    "NUMBER",
    "CASE",
    "DOCKET",
    "CHARGE",
    "CHARGES",
    "STATUTE",
    "CITATION",
    "DESCRIPTION",
    "CLASS",
    "TYPE",
    "COUNT",
    "COUNTS",
    "DATE",
    "BIRTH",
    "BORN",
    "OFFENSE",
    "OCCURRENCE",
    "ARREST",
    "ARRESTED",
    "ARRESTING",
    "AGENCY",
    "POLICE",
    "DEPARTMENT",
    "ALIAS",
    "ALIASES",
    "NAME",
    "SURNAME",
    "LAST",
    "FIRST",
    "GIVEN",
    "MIDDLE",
    "SUFFIX",
    "RACE",
    "FINGERPRINT",
    "COMPLAINT",
    "COMPLAINTS",
    "COMPLAINANT",
    "ORDERS",
    "ORDER",
    "PLEA",
    "PLEADS",
    "PLED",
    "PLEADED",
    "GUILTY",
    "ACQUITTED",
    "FINDING",
    "FOUND",
    "VERDICT",
    "JUDGMENT",
    "ENTERED",
    "SENTENCE",
    "SENTENCED",
    "SENT",
    "PROBATION",
    "SUPERVISION",
    "SUPV",
    "CONDITIONAL",
    "DISCHARGE",
    "DISCHARGED",
    "COMMUNITY",
    "SERVICE",
    "CREDIT",
    "TIME",
    "SERVED",
    "SERV",
    "CONSIDERED",
    "PENITENTIARY",
    "DEPARTMENT",
    "CORRECTIONS",
    "JAIL",
    "RESTITUTION",
    "FINE",
    "FINES",
    "COSTS",
    "ASSESSED",
    "PERIODIC",
    "IMPRISONMENT",
    "HOME",
    "CONFINEMENT",
    "BOOT",
    "CAMP",
    "ELIGIBLE",
    "IMPACT",
    "INCARCERATION",
    "TREATMENT",
    "ALTERNATIVES",
    "OFFENDER",
    "MOTION",
    "NOLLE",
    "PROSEQUI",
    "PROSEQUIED",
    "PROSECUTION",
    "PROSSED",
    "STRICKEN",
    "LEAVE",
    "REINSTATE",
    "REINSTATED",
    "DISMISS",
    "PROSECUTE",
    "DECLINES",
    "DENIES",
    "FAILS",
    "CONTINUES",
    "DISMISSED",
    "DISMISSAL",
    "DENIED",
    "GRANTED",
    "ALLOWED",
    "VACATED",
    "VACATE",
    "VACATING",
    "TERMINATE",
    "TERMINATED",
    "TERMINATION",
    "TERM",
    "SATISFACTORY",
    "SATISFACTORILY",
    "UNSATISFACTORY",
    "UNSATISFACTORILY",
    "SATISFIED",
    "REVOKED",
    "REVOCATION",
    "REVOKE",
    "VIOLATION",
    "VIOLATED",
    "VIOLATING",
    "WARRANT",
    "ISSUED",
    "QUASHED",
    "RECALLED",
    "EXECUTED",
    "BOND",
    "FORFEITURE",
    "FORFEITED",
    "FORFEIT",
    "JUDGMENTS",
    "PROBABLE",
    "CAUSE",
    "PRELIMINARY",
    "HEARING",
    "ARRAIGNED",
    "ARRAIGNMENT",
    "APPOINTED",
    "PUBLIC",
    "DEFENDER",
    "PRESENT",
    "CONTINUED",
    "CONTINUANCE",
    "AGREEMENT",
    "ASSIGNED",
    "TRANSFERRED",
    "TRANSFER",
    "SUPERSEDED",
    "DIRECT",
    "PRESIDING",
    "CHANGE",
    "PRIORITY",
    "APPEARANCE",
    "DISCOVERY",
    "ANSWER",
    "WAIVED",
    "WAIVER",
    "JURY",
    "TRIAL",
    "BENCH",
    "STIPULATED",
    "INVESTIGATION",
    "REPORT",
    "PETITION",
    "EXPUNGEMENT",
    "EXPUNGED",
    "EXPUNGE",
    "RECORD",
    "SEAL",
    "SEALED",
    "SEALING",
    "IMPOUNDED",
    "DEATH",
    "SUGGESTED",
    "ABATED",
    "AMENDED",
    "AMEND",
    "CANNABIS",
    "POSSESSION",
    "POSSESS",
    "MANUFACTURE",
    "DELIVERY",
    "DELIVER",
    "INTENT",
    "CONTROLLED",
    "SUBSTANCE",
    "PARAPHERNALIA",
    "GRAMS",
    "GRAM",
    "SCHOOL",
    "THEFT",
    "RETAIL",
    "BURGLARY",
    "BATTERY",
    "ROBBERY",
    "ASSAULT",
    "DRIVING",
    "REVOKED",
    "SUSPENDED",
    "UNLAWFUL",
    "WEAPON",
    "TRESPASS",
    "RESISTING",
    "OBSTRUCTING",
    "DISORDERLY",
    "CONDUCT",
    "CRIMINAL",
    "DAMAGE",
    "PROPERTY",
    "AGGRAVATED",
    "ATTEMPT",
    "SOLICITATION",
    "CONSPIRACY",
    "MITTIMUS",
    "COMMITTED",
    "CUSTODY",
    "RELEASED",
    "RECOGNIZANCE",
    "WITHDRAWN",
    "WITHDRAW",
    "SHERIFF",
    "FORTHWITH",
    "NUNC",
    "TUNC",
    "EFFECTIVE",
    "MONTHS",
    "YEARS",
    "DAYS",
    "HOURS",
    "MTHS",
    "DOLLARS",
    "CHICAGO",
    "MUNICIPAL",
    "DISTRICT",
    "DIVISION",
    "BRANCH",
    "LEDGER",
    "SHEET",
    "HALF",
    "CALL",
    "CONCURRENT",
    "CONSECUTIVE",
    "ORIGINAL",
    "EXTENDED",
    "REMAINS",
    "STANDS",
    "SUBSEQUENT",
    "REGISTER",
    "ACTIONS",
    "MAGISTRATE",
    "VIOLATIONS",
    "DISCHARGED",
    "SOCIAL",
    "SPECIAL",
    "CONDITIONS",
    "ORDERED",
    "JURISDICTION",
    "INDIVIDUAL",
    "IDENTIFICATION",
    "INFANT",
    "DECLINED",
    "FELONY",
    "MISDEMEANOR",
    "RESISTANCE",
    "SECTION",
    "CHAPTER",
    "PARAGRAPH",
    "REVISED",
    "STATUTES",
    "COMPILED",
    "HEREBY",
    "TRANSCRIPT",
    "WITNESS",
    "OFFICIAL",
    "SIGNATURE",
    "DEPUTY",
    "CORRECT",
    "FOREGOING",
    "TRUE",
    "COPY",
    "HEREOF",
    "KEEPER",
    "RECORDS",
    "ACTIVITY",
    "ENTRY",
    "PAROLE",
    "MANDATORY",
    "SUPERVISED",
    "RELEASE",
    "INSUFFICIENT",
    "EVIDENCE",
    "DIRECTED",
    "LESSER",
    "INCLUDED",
    "MISTRIAL",
    "NARRATIVE",
]

_SHORT = [
    "AND",
    "BY",
    "CTY",
    "DEF",
    "DEFT",
    "DEFTS",
    "DIS",
    "DISC",
    "DISCH",
    "DISM",
    "DOB",
    "DOC",
    "FEL",
    "FNG",
    "FNPC",
    "FOR",
    "IDOC",
    "JOF",
    "LFD",
    "MISD",
    "MOT",
    "NO",
    "NOT",
    "OF",
    "OFF",
    "ON",
    "OUT",
    "OTH",
    "PROB",
    "PROS",
    "PRES",
    "REL",
    "SAT",
    "SEX",
    "SID",
    "SOL",
    "SUPV",
    "THE",
    "TCS",
    "TERM",
    "TO",
    "VOP",
    "VS",
    "WITH",
    "WAS",
    "IND",
    "INFO",
    "CLK",
    "CRT",
    "PER",
    "IMP",
    "CNTY",
    "CONT",
    "COND",
    "CONDS",
    "ATTY",
    "DOA",
    "CTY",
    "POSS",
    "CANN",
    "CAN",
    "MFG",
    "DEL",
    "INST",
    "CSS",
    "IR",
    "PD",
    "PG",
    "FG",
    "NP",
    "BFW",
    "ADJ",
    "RPT",
    "CCDOC",
    "AKA",
    "VIOL",
    "ST",
    "DET",
    "GR",
    "GM",
    "BAIL",
    "FIXED",
    "ALL",
    "CHG",
    "CHGS",
    "CT",
    "CTS",
    "CNT",
]

LEXICON = frozenset(_WORDS) | frozenset(_SHORT)
_LONG = tuple(sorted(word for word in LEXICON if len(word) >= 5))


def folded(text: str) -> str:
    """`text` in capitals with every character replaced by the class of those that print like it."""
    return text.upper().translate(_ALIKE)


_BY_FOLD: dict[str, set[str]] = {}
for _word in LEXICON:
    _BY_FOLD.setdefault(folded(_word), set()).add(_word)


# Words of sentences so like one of the lexicon that they would be taken for it misread, and mean something else.
_NEVER_MENDED = frozenset(
    {"TERMINATING", "TERMINATES", "CHARGED", "COMPLIED", "CONFINED", "COMPLAINED", "SUPERVISING", "PROBATIONER",
     "PETITIONER"}
)  # fmt: skip
_WHOLE = frozenset(
    {"A", "AN", "AND", "ARE", "AS", "AT", "BE", "BY", "FOR", "HAD", "HAS", "HE", "HER", "HIS", "IF", "IN", "IS", "IT",
     "NO", "OF", "ON", "OR", "SO", "THE", "TO", "WAS"}
)  # fmt: skip


@lru_cache(maxsize=20_000)
def snapped(word: str) -> str:
    """The lexicon word that `word` (letters and digits, capitals) is, give or take a misreading; else `word`.

    Short words are only forgiven characters that print alike; long ones a letter in five.
    """
    if word in LEXICON or word in _NEVER_MENDED or len(word) < 3 or word.isdigit() or _is_turned(word):
        return word
    alike = _BY_FOLD.get(folded(word), set())
    if len(alike) == 1:
        return next(iter(alike))
    letters = sum(c.isalpha() for c in word)
    if len(word) < 5 or letters < 0.6 * len(word):
        return word
    return _nearest(word)


_TURNED = re.compile(r"(?:UN|RE|CO|NON|DIS|IN|MIS|PRE|EX)(?=(?P<rest>[A-Z]{4,}))")


def _is_turned(word: str) -> bool:
    """Whether a word is one of the lexicon with what turns it before it: `CODEFENDANT`, `UNDISCHARGED`."""
    found = _TURNED.match(word)
    return found is not None and found["rest"] in LEXICON


# Letters and digits that print and wear into each other.
_SETS = (
    "CGEOQD0",
    "BRE8P3",
    "HNMWUK",
    "UVYI",
    "FPET",
    "ILTJ1!|",
    "AR4",
    "KXH",
    "S58B3",
    "B0O8",
    "Z27",
    "G6C",
    "DOB0",
    "AO",
    "MNR",
    "WVM",
)


def _confusable(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _SETS)


def _nearest(word: str) -> str:
    allowed = 1 if len(word) < 8 else 2
    near = process.extract(word, _LONG, scorer=Levenshtein.distance, score_cutoff=allowed, limit=3)
    likely = [str(found) for found, distance, _ in near if distance == near[0][1] and misprinted(word, str(found))]
    return likely[0] if len(likely) == 1 else word


def misprinted(word: str, whole: str) -> bool:
    """Whether `word` differs from `whole` only in characters that wear or misreading explain."""
    for kind, at, into in Levenshtein.editops(word, whole):
        if kind == "replace" and not _confusable(word[int(at)], whole[int(into)]):
            return False
        if kind != "replace" and len(whole) < 7:
            return False
    return True


@lru_cache(maxsize=20_000)
def unglued(word: str) -> tuple[str, ...]:
    """`word` cut into lexicon words and a number where it is several run together; else `word` alone."""
    if word in LEXICON or len(word) < 6:
        return (word,)
    found = re.fullmatch(r"([A-Z]{4,}?)(\d{1,4})", word)
    if found and found[1] in LEXICON:
        return (found[1], found[2])
    parts = _cut(word, 3)
    return parts or (word,)


def _cut(word: str, pieces: int) -> tuple[str, ...]:
    for at in range(len(word) - 1, 1, -1):
        head, tail = word[:at], word[at:]
        if head not in LEXICON or (len(head) < 4 and head not in ("NOT", "OF", "TO", "DEF")):
            continue
        if tail in LEXICON and (len(tail) > 3 or tail in ("OF", "TO", "NOT", "VS")):
            return (head, tail)
        rest = _cut(tail, pieces - 1) if pieces > 2 else ()
        if rest:
            return (head, *rest)
    return ()


def plain(text: str) -> str:
    """`text` in capitals with its words snapped to the lexicon; marks between letters stay."""
    upper = text.upper()
    if re.fullmatch(r"(?:[A-Z0]\.){2,}[A-Z0]?\.?:?", upper):
        return upper.replace(".", "").replace("0", "O")
    if upper.strip(".,").replace("/", "") in _SLASHED and "/" in upper:
        return upper.strip(".,").replace("/", "")
    joined = upper.strip(".,:;").replace(".", "")
    if "." in upper.strip(".,:;") and joined in _SLASHED:
        return joined
    plural = re.fullmatch(r"([A-Z]{4,})[C(<¢{\[]S[)>}\]]?([:.]?)", upper)
    if plural is not None and plural[1] in LEXICON:
        return f"{plural[1]}(S){plural[2]}"
    parts = re.split(r"([^A-Z0-9$|!]+)", upper)
    return "".join(_plain_part(part) for part in parts)


_SLASHED = {
    "CD",
    "NP",
    "PG",
    "FG",
    "NG",
    "SOL",
    "FNPC",
    "LFD",
    "JOF",
    "VOP",
    "FNG",
    "PNG",
    "BFW",
    "VG",
    "SOLW",
    "TCS",
    "DWP",
    "NPC",
    "PD",
}


def _plain_part(part: str) -> str:
    if not part or not part[0].isalnum():
        return part
    word = snapped(part)
    return " ".join(unglued(word)) if word not in LEXICON else word


def rejoined(left: str, right: str) -> str | None:
    """The lexicon word that two neighbouring pieces make together; None where they make none."""
    if not (left.isalpha() and right.isalpha()) or (left in LEXICON and right in LEXICON):
        return None
    known = left in LEXICON or right in LEXICON or bool({left, right} & (_WHOLE | _NEVER_MENDED))
    whole = left + right if known else snapped(left + right)  # a whole word is not made longer by a guess
    return whole if whole in LEXICON and len(whole) >= 5 else None


def known_share(words: Iterable[str]) -> float:
    """The share of alphabetic words, 0 to 1, that the lexicon knows."""
    letters = [w for w in words if len(w) >= 3 and w.isalpha()]
    return sum(w in LEXICON for w in letters) / len(letters) if letters else 0.0

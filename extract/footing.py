"""What a reading stands on: how well its pages were read, and how much of them was understood."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache

from rapidfuzz.distance import Indel, Levenshtein
from spacy.tokens import Span, Token

from casefile.docket import Disposition, SentenceKind
from extract.accusations import is_prose
from extract.calibration import SURE_WORD, Footing
from extract.caption import Part, name_mentions, number_mentions
from extract.charges import ChargeFound
from extract.counts import Counted
from extract.dates import MONTH_NAMES, DateFound, closes_with_date, dates_in, is_day
from extract.dispositions import WORDINGS, Effect, says_what_became, wordings_in
from extract.doc import ASIDE, GLUED, Line, level_of, shared_width, word_of
from extract.entries import BENT, Entry, amounts_in, count_ranges, is_judge_row, leading_date
from extract.gaps import writing_on
from extract.labels import LabelFound
from extract.lexicon import LEXICON

# Words that speak of a field; where one stays unclaimed, silence about that field is not sure.
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(rf"(?:{pattern})$"))
    for topic, pattern in (
        ("birth_date", r"D\W?[O0Q]\W?[B8]\W*|.*BIRTH.*|BORN|AGE"),
        ("arrest_date", r"ARR(?:EST(?:ED)?)?\W*|CUSTODY|APPREHENDED"),
        ("arresting_agency", r"ARREST.*|AGENCY|POLICE|DEPT|PD"),
        ("offense_date", r"OFF(?:ENSE)?\W*|OCC\w*|COMMITTED|INCIDENT|VIOL(?:ATION)?"),
        ("filed_date", r"FILED|FILING"),
        ("grams", r"GR(?:AM)?S?|GMS?|GRMS?|\d+(?:\.\d+)?G(?:R|M|RAMS?|MS)?|.*\d[<>-]\d+G?|.*GRA?M.*|OUNCES?|OZ|LBS?|POUNDS?|KILOS?|KG"),
        ("grade", r"CL(?:ASS|S)?\W*\d?|FEL(?:ONY)?|MISD\w*|F[1-4X]|M[ABC]|TYPE"),
        ("sex", r"SEX\W*|GENDER|MALE|FEMALE"),
        ("race", r"RACE\W*|BLACK|WHITE|HISPANIC"),
        ("ir_number", r"I\W?R\W*(?:NO)?|FINGERPRINT"),
        ("sid", r"S\W?[I1L]\W?D\W*|ISP"),
        ("sentence", r"SENT\w*|MONTHS?|MOS?|MTHS?|YRS?|YEARS?|DAYS?|DYS|HOURS?|HRS|\$?\d+\.\d\d|FINE\w*|JAIL|PROB\w*|SUP(?!PRESS|PORT|PLEM|ERIOR|REME)\w*|IDOC|COSTS|REST\w*|TREATMENT|SERV\w*"),
        ("termination", r"TERM\w*|SAT\w*|UNSAT\w*|DISCH\w*|REVO\w*|VACAT\w*|COMPLET\w*|EXPIR\w*|SUCCESS\w*"),
        ("violated", r"VIO\w*|V\W?O\W?[PS]\W*|REVO\w*|PETITION|WARR\w*|BFW?|RULE|CAUSE"),
        ("flags", r"SUB(?:S|SE)?Q\w*|PRIOR\w*|2ND|3RD|SECOND|1ST|REPEAT|MINOR|ENHANCE\w*"),
        ("plea", r"PLEA\w*|PLED|PG|NG|GUILTY"),
        ("disposition", r"GUILTY|FIND\w*|FOUND|VERDICT|DISM\w*|NOLLE\w*|STRICKEN|SOL|NP|LEAVE|FNPC|TRANSFER\w*|EXPUNGE\w*|SEAL\w*|JUDG\w*|ACQUIT\w*|CONVICT\w*"),
    )
)  # fmt: skip
# What may say that a judgment was put off, or speak of the time that ran until it ended.
_DEFERRING = re.compile(
    r"S\W?[UV]P(?!P|ER(?:IOR|SED)|REME)|S[PRV]{2}|PROB|PBN|D\W?E?FE?R|WITHH|WITHO|DIV|OFFEND|FIRST|TREAT|TASC|REHAB|SATIS|TERM|COMPL[IEY]|SUCC|EXPIR|(?:UN)?DISCH"
    r"|COND|SUSP|POSTP|ABEY|ADJ|CONTEMP|STAY|HELD|HOLD|TIME|MO(?:NTH|S?\W*$)|M(?:N?TH|OS)|Y(?:EA)?RS?|DA?YS?\W*$|WE?E?KS?|HOU?RS|SPEC|PLACED|UNTIL|PERIOD|REPORT|MONITOR|BEHAV|GOOD"
    r"|PROGRAM|SCHOOL|DRUG|EVAL|PAROLE|UNDER"
)
_CUT_SHORT = re.compile(
    r"S\W?[UV]P\W?(?:R?[VN]|$)|SP?R?VN?(?:SN)?\W*$|SPR?V|PROB|PBN|DEF(?:RD|D|ERR)|DFR|W(?:ITH|/)H|WITHL|DIVERT|OFF?N?DR|TASC"
)
_DEFERRALS = ("SUPERVISION", "PROBATION", "DEFERRED", "WITHHELD", "DIVERSION", "TERMINATED", "OFFENDER")
_MONEY = re.compile(r"\W*(?:\$\d[\d,]*(?:\.\d\d)?|\d[\d,]*\.\d\d)\W*")
_NO_DEFERRAL = {"PAY", "PAID", "SET", "COME", "READ", "INTO", "UPON", "ALSO", "HERE", "HEAR", "FEES", "FEE", "COST", "FINE", "JAIL", "SENT", "BAIL", "BOND", "PLEA", "CO", "DEFT", "DEF", "IND", "INFO", "CLK"}  # fmt: skip
DEFERRAL = "deferral"  # the topic of such words
_DATES = ("birth_date", "arrest_date", "offense_date", "filed_date")
_ORDERED = ("disposition", "disposition_date", "sentence", "termination", "violated", "plea")
_ANNOUNCING = re.compile(r"SENT(?:ENCED?)?\W*$|FIND(?:ING|S)?\W*$|JUDG(?:MENT|E?D)?\W*$|DISP(?:OSITION)?\W*$|PLEA\W*$")
_BAIL = re.compile(r"\W*[DIC]-?\$?\d{3,}\W*")
_LONG_NUMBER = re.compile(r"\W*\d{6,}\W*")  # a number of a person or a bond, as no term or fine has
_YEAR = re.compile(r"\W*(?:19|20)\d\d\W*")
_DATE_LIKE = re.compile(r"\W*[0-9A-Za-z@]{1,4}[/.,-][0-9A-Za-z@]{1,4}[/.,-][0-9A-Za-z@]{2,4}\W*")
_MONTH_LIKE = re.compile(
    r"(?i)\W*(?:JAN(?:U[A-Z]*)?|FEB(?:R[A-Z]*)?|MAR(?:C[A-Z])?|APR(?:I[A-Z])?|MAY|JUN[A-Z]?|JUL[A-Z]?|AUG(?:U[A-Z]*)?|SEP(?:T[A-Z]*)?|OCT(?:O[A-Z]*)?|NOV(?:E[A-Z]*)?|DEC(?:E[A-Z]*)?)\W*"
)
_MONTH_NAME = re.compile(
    r"JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?"
)
POOR = 0.6  # of a word read so poorly nobody can say that it is no order
_ORDERING = {
    "WITHHELD", "DEFERRED", "DEFERRAL", "DIVERSION", "PRETRIAL", "ASIDE", "REINSTATED", "COMMITTED", "DRUG", "OVERTURNED",
    "REVERSED", "REMANDED", "ANNULLED", "REOPENED", "REFILED", "RETRIAL", "STAYED", "UNFIT", "FUGITIVE", "NUNC", "ERROR",
    "PARDON", "PARDONED", "CLEMENCY", "COMMUTED", "RESCIND", "RESCINDED", "NULLIFIED", "SETASIDE",
    "STRUCK", "STRIKE", "ERRONEOUS", "ERRATA", "MISTAKE", "REVIVED", "REVIVES", "OVERRULE", "RECONSIDER", "RETRACTED", "RETRACT",
    "DENY", "STAYS", "DISREGARD", "REARREST", "RETRY", "DISALLOW", "DISAPPROVE", "RESERVE",
}  # fmt: skip
_SILENT_WORDS = {
    "AGREED", "AGREEMENT", "AGRMT", "WAIVES", "WAIVED", "WAIVER", "RECEIVED", "ACCEPTED", "WRITING", "WRITTEN", "FIXED",
    "APPEARED", "APPEARANCE", "COMES", "COMING", "HOUSE", "CERTIFICATE", "COUNT", "COUNTS", "CLERK", "COURT", "STATE", "PEOPLE", "DEFENDANT", "DEFT", "JURY", "TRIAL",
    "COOK", "COUNTY", "ILLINOIS", "CRIMINAL", "OFFICE", "FROM", "BENCH", "OPEN", "PRESENT", "CUSTODY", "COUNSEL", "ATTORNEY", "SIGNED", "ENTERED", "ORDER", "ORDERED", "MOTION",
}  # fmt: skip
# Words of every courtroom and every certificate that no order and no charge needs.
_SILENT_WORDS |= {
    "UNDER", "WHOLE", "TAKEN", "THAT", "SAID", "BE", "IT", "HAS", "HAD", "HAVE", "BEEN", "BEING", "DID", "HE", "HIS", "HER",
    "SHE", "WHO", "WHICH", "THEN", "THEREAFTER", "AFTERWARDS", "THEREOF", "WHEREOF", "HEREIN", "ABOVE", "FOLLOWS", "ARE",
    "FOLLOWING", "PROCEEDED", "REMEMBERED", "TESTIMONY", "ALLEGED", "CONTRARY", "AGREE", "AGMT", "BEFORE", "AGAINST",
    "CONTINUANCE", "CONTINUED", "IMPRESSION", "VALID", "GENERAL", "NUMBER", "FILE", "NEXT", "ID", "APPT", "PUB", "DEFENDER",
    "ENTERS", "ARRAIGN", "ARRAIGNED", "ARRAIGNMENT", "ACTION", "LAW", "PEOPLE'S", "DEFT'S", "COURT'S", "STATE'S", "CLERK'S",
    "DEFENDANT'S", "JUDGE", "PRESIDING", "HONORABLE", "PEACE", "DIGNITY", "UNLAWFULLY", "KNOWINGLY", "COMPLAINANT",
    "AUTHORITY", "LAWFUL", "APPEARS", "UNDERSIGNED", "HEREBY", "CERTIFY", "CERTIFIED", "STATUTES", "REVISED", "COMPILED",
    "CHARGED", "CHARGING", "NAMED", "OATH", "SWORN", "STATES", "KNOWLEDGE", "PAGE", "CASE", "TRUE", "COPY", "CORRECT",
    "ASSISTANT", "PLAINTIFF", "AFFIDAVIT", "WITHIN", "SHOW", "SHOWS", "RECORD", "RECORDS", "FOREGOING", "DEPUTY", "CIRCUIT", "CAUSE", "PROCEEDINGS", "INFORMATION/COMPLAINT",
}  # fmt: skip
_CERTIFYING = re.compile(
    r"(?:IMPRESSION OF THE (?:CLERK|COURT)(?:'?S)?|HAND AND|HAND AND THE|HAND AND OFFICIAL|ISSUED UNDER|THE CLERK(?:'?S)?|(?:RAISED|EMBOSSED|OFFICIAL)) SEAL(?: OF (?:THE |SAID )?COURT)?(?![A-Z])"
    r"|(?<![A-Z])(?:AND THE )?SEAL OF (?:THE |SAID )?COURT(?![A-Z])"
)
# What leads to the orders of a paper or goes with them, and orders nothing itself.
_FRAMING = re.compile(
    r"\b(?:APPEAR(?:S|ED|ING)?|COMES?|CAME|PRESENT)(?: [A-Z]+){0,4} FOR SENTENCING(?=[.,;]|$)|\bENTERS? (?:ITS )?(?:JUDGMENT|ORDER)S? AS FOLLOWS\b"
    r"|\b(?:ALL )?(?:COURT )?COSTS(?: OF (?:THE |THIS |SAID )?(?:SUIT|PROCEEDINGS?|PROSECUTION|CASE|CAUSE))?(?: (?:IS|ARE|BE))?(?: HEREBY)? (?:ASSESSED|TAXED)(?: (?:AGAINST|TO) (?:THE |SAID )?DEFENDANT)?\b"
)
# Before the day on which a cause came on.
HEARD_ON = re.compile(
    r"(?:COMING ON(?: TO BE HEARD| FOR [A-Z]+)?|CAME ON(?: TO BE HEARD)?|NOW ON|HEARD|COMES ON) (?:ON )?(?:THIS|THE) (?:THE )?(?:DATE|DAY)?[ ,:]*$"
)
_CERTIFIED = re.compile(
    r"(?<![A-Z])(?:CERTIFIED (?:BY|TRUE|COPY|TO BE)|CERTIFY|ATTEST(?:ED)?|TRUE (?:AND CORRECT )?COPY|DEPUTY CLERK)(?![A-Z])"
)
_SMALL = {"THE", "OF", "A", "AN", "TO", "IN", "ON", "AND", "OR", "BY", "AT", "IS", "AS", "FOR", "WITH", "THIS", "I", "DO", "ET", "MY", "WAS", "VS", "V", "HAND"}  # fmt: skip
_HEADING_OF_DAYS = re.compile(r"(?<![A-Z])MO(?:NTH)?\.? ?DA(?:Y)?\.? ?Y(?:EA)?R(?![A-Z])")
# Where the court sits, where somebody was seen, and what a bond is of: numbers that are nobody's and weigh nothing.
_ROOM_OR_STREET = re.compile(
    r"(?<![A-Z])(?:CRTRM|COURTROOM|CTRM|RM|ROOM) ?\d{1,4}(?![\d/.-])|(?<![A-Z\d])(?<!\d )CR \d{3}(?![\d/.-])"
    r"|(?<![\d/.-])\d{1,5} (?:[NSEW]|NORTH|SOUTH|EAST|WEST)\.? [A-Z]{3,}"
    r"|(?<![A-Z])(?:BOND|BAIL)(?: (?:IS|WAS))?(?: SET)?(?: AT)? [DICO]-\$?\d{3,6}(?![\d/.-])"
)
_PAGE_NUMBER = re.compile(r"(?<![A-Z])(?:PG|PAGE)\.?:? ?0*\d{1,2}(?: ?(?:OF|/) ?0*\d{1,2})?(?![\d/.-])")
_ARRAIGNED = re.compile(r"(?<![A-Z])ARR\.?,? (?=(?:PLEA|PLEADS?|P\.?N\.?G|PD|P\.D|BOND|INFO|IND)(?![A-Z]))")
_CALLED_JUDGE = re.compile(
    r"(?<![A-Z])HON(?:ORABLE|\.)? (?:[A-Z][A-Z'.-]* ){1,4}PRESIDING|"
    r"(?<![A-Z])(?:J\.|JUDGE:?|HON\.?|HONORABLE) ?[A-Z][A-Z'-]+|(?<![A-Z])(?:ASA|APD|ATTY|PD|SAO) [A-Z][A-Z'-]+"
)


def footing_of(parts: Sequence[Part], charges: Sequence[Counted], entries: Sequence[tuple[int, Entry]]) -> Footing:
    """How well the rows that speak of one defendant were read, and what of them nothing has claimed."""
    claimed: dict[int, set[int]] = {at: _claimed(part, at, charges, entries) for at, part in enumerate(parts)}
    told = [
        (at, token, row)
        for at, part in enumerate(parts)
        for row, line in part.numbered
        for token in line.span
        if sum(c.isalnum() for c in token.text) >= 2
    ]
    known = sum(token.i in claimed[at] for at, token, _ in told)
    quality = sum(part.sheet.quality for part in parts) / len(parts) if parts else 0.0
    rows = {(at, number) for at, entry in entries if not _is_of_a_label(entry, parts[at]) for number in entry.numbers}
    names = names_beside_orders(entries)
    left = [
        (token, (at, row) in rows)
        for at, token, row in told
        if token.i not in claimed[at]
        and not (_ANNOUNCING.match(token.norm_) and token.i + 1 in claimed[at])
        and not ((at, row) in rows and bare(token) in names)
    ]
    topics = {topic for token, ordered in left for topic in _topics(token, ordered=ordered)}
    topics |= {"disposition_date" for _, entry in entries if entry.dated is not None and entry.dated.value is None}
    topics |= {label.field for part in parts for label in part.labels if _is_unread(label) or _is_missed(label, part)}
    inked = any(region.kind != "stamp" for part in parts for region in writing_on(part.sheet))
    explained = known / len(told) if told else 0.0
    return Footing(quality, explained, frozenset(topics), inked, _garbled(parts), covered=any(map(_is_covered, parts)))


def bare(token: Token) -> str:
    """A word in capitals without the marks around it."""
    return token.norm_.strip(".,:;()")


def _is_covered(part: Part) -> bool:
    """Whether a stamp or handwriting stands over type of the page, so that words under it may be lost."""
    boxes = [region.bbox for region in part.sheet.page.regions]
    words = [word.bbox for word in part.sheet.page.words] if boxes else []
    return any(box.overlap(word) > 0 for box in boxes for word in words)


def _garbled(parts: Sequence[Part]) -> float:
    """The share of the dates printed on the pages that no calendar holds."""
    found = [date for part in parts for _, line in part.numbered for date in dates_in(line.text)]
    return sum(date.value is None for date in found) / len(found) if found else 0.0


def _is_unread(label: LabelFound) -> bool:
    """Whether a label of a day has ink beside it that is none, or figures below it."""
    if not label.field.endswith("_date") or any(found.value is not None for found in dates_in(label.text)):
        return False
    beside = not label.below and sum(c.isalnum() for c in label.text) >= 2
    single = label.field in ("birth_date", "arrest_date")
    return beside or (single and sum(c.isdigit() for c in label.text) >= 4)


def _is_missed(label: LabelFound, part: Part) -> bool:
    """Whether a label of a single day has no ink beside it, and a day stands right under it that is read for another's."""
    if label.field not in ("birth_date", "arrest_date") or label.text:
        return False
    rows = dict(part.numbered)
    line, under = rows.get(label.line), rows.get(label.line + 1)
    if line is None or under is None or under.top - line.bottom > 3 * max(10, under.bottom - under.top):
        return False
    days = [under.at(found.start, found.end) for found in dates_in(under.text) if found.value is not None]
    return any(shared_width(day, label.span) > 0 for day in days)


def _is_nearly_month(token: Token) -> bool:
    """Whether a word beside figures is a month's name but for two letters."""
    norm, doc = bare(token), token.doc
    most = 1 if len(norm) < 6 and word_of(token).confidence >= SURE_WORD else 2  # `MARIA`, surely read, is no `MARCH`
    beside = [doc[at].text for at in (token.i - 1, token.i + 1) if 0 <= at < len(doc)]
    if len(norm) < 5 or not norm.isalpha() or not any(c.isdigit() for text in beside for c in text):
        return False
    return any(Levenshtein.distance(norm, month, score_cutoff=2) <= most for month in MONTH_NAMES)


def _topics(token: Token, *, ordered: bool) -> Iterator[str]:
    """The fields that a word nothing has claimed may speak of."""
    norm = bare(token)
    for topic, pattern in _TOPICS:
        if pattern.match(norm) and not (topic == "grams" and is_day(token.text)):  # `06-15-05` is no `15-05`
            yield topic
            if topic == "sentence" and _DEFERRING.match(norm):
                yield DEFERRAL
    figures = sum(c.isdigit() for c in token.text)
    if (
        (_DATE_LIKE.fullmatch(token.text) and figures >= 2)
        or _MONTH_LIKE.fullmatch(token.text)
        or _is_nearly_month(token)
    ):
        yield from _DATES
        yield "disposition_date"
    sure = word_of(token).confidence
    if ordered and (_names_deferral(norm) or (may_order(token.text, norm, sure) and may_defer(token.text, norm, sure))):
        yield DEFERRAL
    if ordered and may_order(token.text, norm, sure):
        yield from _ORDERED
    elif figures >= 3 or sure < 0.5:
        yield "figures"


def may_order(text: str, norm: str, sure: float) -> bool:
    """Whether an unclaimed word of an entry may be part of an order: not days, bail, words that orders do without,
    or what is surely read and like no word of one, as the name of a judge."""
    if sure < POOR or norm in _speaking():
        return True
    if len(norm) < 4 or norm in _SILENT_WORDS:
        return False
    if norm in LEXICON:
        return _is_form_of_order(norm)
    if any(pattern.fullmatch(text) for pattern in (_DATE_LIKE, _YEAR, _BAIL, _LONG_NUMBER)):
        return False
    return sure < SURE_WORD or not norm.isalpha() or _is_form_of_order(norm)


def may_defer(text: str, norm: str, sure: float) -> bool:
    """Whether an unclaimed word of an entry may be part of a supervision, or of another judgment put off: not what is
    surely read and is money, or words none of which is short or like one that speaks of these."""
    if sure < SURE_WORD:
        return True
    pieces = norm.split("-") if re.fullmatch(r"[A-Z]+(?:-[A-Z]+)*", norm) else ()
    harmless = all(piece in _NO_DEFERRAL or (len(piece) > 4 and not _is_like_deferral(piece)) for piece in pieces)
    return not (_MONEY.fullmatch(text) or (pieces and harmless))


def _is_like_deferral(norm: str) -> bool:
    return _DEFERRING.match(norm) is not None or _names_deferral(norm)


def _names_deferral(norm: str) -> bool:
    """Whether a word may be the name of a judgment put off, misspelt or cut short as no list has it: `SPVN`, `WITHLD`."""
    near = (Levenshtein.distance(norm[: len(word)], word, score_cutoff=2) <= 2 for word in _DEFERRALS)
    return norm not in LEXICON and (_CUT_SHORT.match(norm) is not None or (len(norm) > 5 and any(near)))


def _is_form_of_order(norm: str) -> bool:
    """Whether a word in capitals may be one of an order, cut short, misspelt or bent: `DISMISSAL`, `ALLD`, `SERVD`."""
    kin = _by_stem().get(norm[:3], ())
    return bool(kin) and (norm.endswith(BENT) or any(_is_form_of(norm, word) for word in kin))


def _is_form_of(norm: str, word: str) -> bool:
    if norm[:5] == word[:5] or word.startswith(norm) or (len(word) > 3 and norm.startswith(word)):
        return True
    if len(word) > 4 and Levenshtein.distance(norm, word, score_cutoff=2) <= min(2, len(norm) // 4):
        return True
    cut = len(norm) <= 4 or norm[-1] == word[-1]
    return cut and Indel.distance(norm, word) == len(word) - len(norm)  # no more than letters left out


# What every case goes through before it ends, in the words of entries that no wording knows.
_ROUTINE = {
    "AGREE", "AGREED", "AGMT", "AGREEMENT", "APPT", "PUB", "PUBLIC", "DEFENDER", "ARRAIGN", "ARRAIGNED", "ARRAIGNMENT", "MOTION",
    "CONTINUANCE", "CONTINUED", "CONT", "ARR", "DEFT", "DEFENDANT", "STATE", "PEOPLE", "COURT", "DEFT'S", "DEFENDANT'S", "STATE'S",
    "PEOPLE'S", "COURT'S", "TO", "BY", "OF", "FOR", "ON", "THE", "NEXT", "DATE", ASIDE,
}  # fmt: skip
_FIRST_OFFENDER = re.compile(r"(?<!\d)(?:710|1410|410|550/10|570/410)(?!\d)")


def may_undo(token: Token, names: Set[str]) -> bool:
    """Whether a word of an entry that says nothing known may still be what was done: anything but a day, one of
    `names`, and the few words of what every case goes through."""
    norm = bare(token)
    if _FIRST_OFFENDER.search(token.text):
        return True
    if sum(c.isalpha() for c in norm) < 2 or norm in _ROUTINE or norm in names or _MONTH_NAME.fullmatch(norm):
        return False
    return _DATE_LIKE.fullmatch(token.text) is None or not any(c.isdigit() for c in token.text)


def names_beside_orders(entries: Sequence[tuple[int, Entry]]) -> Set[str]:
    """The last words of rows, or those beside their days, of two or more entries that say something known, where they
    have nothing of an order: judges, clerks, rooms. What stands so beside many different orders is none of them."""
    said: dict[str, list[str]] = {}
    for _, entry in entries:
        found = [one.text for run in entry.runs() for one in wordings_in(run.plain)]
        for word in _at_the_ends(entry) if found else ():
            said.setdefault(word, []).append(found[0])
    return {
        word
        for word, beside in said.items()
        if len(word) > 3 and len(beside) > 1 and (not is_like_an_order(word) or _is_a_name(word, beside))
    }


def _is_a_name(word: str, beside: Sequence[str]) -> bool:
    plain = word.isalpha() and word not in LEXICON and word not in _speaking()
    return plain and len(beside) > 3 and len(set(beside)) > 2


def _at_the_ends(entry: Entry) -> Set[str]:
    row = entry.lines[0].span
    ends = [row[-1]]
    if entry.date_span is not None and entry.date_span.end < row.end:
        ends.append(row.doc[entry.date_span.end])
    if entry.date_span is not None and entry.date_span.start > row.start:
        ends.append(row.doc[entry.date_span.start - 1])
    return {bare(token) for token in ends}


def _is_of_a_label(entry: Entry, part: Part) -> bool:
    """Whether an entry is a row of values under their heads: its day is that of a label, and it orders nothing."""
    if entry.date_span is None or any(says_what_became(run.plain) for run in entry.runs()):
        return False
    days = [one.value for one in part.labels if one.field in _DATES and one.value is not None]
    return any(day.start <= entry.date_span.start < day.end for day in days)


def is_like_an_order(norm: str) -> bool:
    """Whether a word in capitals is one that orders are made of, or has the form of such."""
    return norm in _speaking() or norm in LEXICON or norm[:3] in _by_stem() or norm.endswith(BENT)


@lru_cache(maxsize=1)
def _speaking() -> frozenset[str]:
    """The words of which wordings that do something are made, but for those that others are made of too."""
    words: dict[bool, set[str]] = {True: set(), False: set()}
    for wording in WORDINGS:
        for example in wording.examples:
            words[wording.effect is not Effect.NONE].update(re.findall(r"[A-Z]{3,}", example.upper()))
    return frozenset((words[True] - words[False] - _SMALL - _SILENT_WORDS) | _ORDERING)


@lru_cache(maxsize=1)
def _by_stem() -> Mapping[str, Sequence[str]]:
    """The words that speak of an order, by their first three letters."""
    out: dict[str, list[str]] = {}
    for word in sorted(_speaking()):
        out.setdefault(word[:3], []).append(word)
    return out


def _claimed(part: Part, at: int, charges: Sequence[Counted], entries: Sequence[tuple[int, Entry]]) -> set[int]:
    """The words of a part that something has recognised."""
    out: set[int] = set()
    for label in part.labels:
        out.update(_of_label(label))
    for number in number_mentions(part):
        out.update(_indices(number.span))
    for name in name_mentions(part):
        out.update(_indices(name.span))
    for counted in charges:
        for where, charge in counted.stated + counted.amended:
            if where == at:
                spans = [
                    charge.statute.span if charge.statute else None,
                    charge.description_span,
                    charge.grade_span,
                    charge.count_span,
                ]
                out.update(i for span in spans if span is not None for i in _indices(span))
                out.update(_of_accusation(charge, part))
                days = (span for _, span in days_of_charge(charge, part))
                own = (span for span in days if not is_headed_otherwise(span, part, charge.lines[0]))
                out.update(i for span in own for i in _indices(span))
    entered = {row for where, entry in entries if where == at for row in entry.numbers}
    for row, line in part.numbered:
        out.update(_of_row(line))
        out.update(_found_in(line, _ARRAIGNED if row in entered else _PAGE_NUMBER))
    mine = [entry for where, entry in entries if where == at]
    columns, pitch = _columns_of_days(mine), part.sheet.pitch
    for entry in mine:
        out.update(
            _of_entry(entry, in_column=entry.date_span is not None and _is_near(entry.date_span, columns, pitch))
        )
    for before, entry, after in zip(mine, mine[1:], mine[2:], strict=False):
        if _is_wrapped_day(before, entry, after):
            out.update(i for line in entry.lines for i in _indices(line.span))
    out.update(_of_title(part, entries))
    out.update(_in_column_of_days(part, mine, columns))
    return out


def _columns_of_days(entries: Sequence[Entry]) -> Sequence[float]:
    """Where the days of entries that say what was done begin, straightened pixels."""
    deciding = [
        e for e in entries if any(f.wording.effect is not Effect.NONE for r in e.runs() for f in wordings_in(r.plain))
    ]
    return [level_of(e.date_span[0]).left for e in deciding if e.date_span is not None and _is_dated(e)]


def _is_dated(entry: Entry) -> bool:
    return entry.dated is not None and entry.dated.value is not None


def _in_column_of_days(part: Part, entries: Sequence[Entry], columns: Sequence[float]) -> Iterator[int]:
    """The words of days that stand right under or over those of entries, in a row between two entries or beside one:
    what was done on them is another matter."""
    pitch = part.sheet.pitch
    dated = [e for e in entries if e.date_span is not None and _is_dated(e)]
    mine = {
        row for e in dated for row in e.numbers if e.date_span is not None and _is_near(e.date_span, columns, pitch)
    }
    if len(mine) < _FEWEST:
        return
    for row, line in part.numbered:
        if not min(mine) - 1 <= row <= max(mine) + 1:
            continue
        for found in dates_in(line.text):
            span = line.at(found.start, found.end)
            if found.value is not None and _is_near(span, columns, pitch):
                yield from _indices(span)


_FEWEST = 3  # days that make a column


def _is_near(span: Span, columns: Sequence[float], pitch: float) -> bool:
    return any(abs(level_of(span[0]).left - left) < 1.5 * pitch for left in columns)


_TITLE = re.compile(
    r"\W*(?:(?:DISPOSITION|JUDGMENT|FINDINGS?|MITTIMUS)(?: AND|,|/| &) )?(?:SENTENCING ORDER|ORDER OF SENTENCE|SENTENCE)\W*"
    r"|\W*ORDER OF (?P<term>PROBATION|SUPERVISION|CONDITIONAL DISCHARGE|COMMITMENT)\W*"
)
_RECITAL = re.compile(r"DEFENDANT,? HAVING BEEN (?:ADJUDGED|FOUND) GUILTY(?=\W|$)")
_TERM_OF = {
    "PROBATION": SentenceKind.PROBATION, "SUPERVISION": SentenceKind.SUPERVISION,
    "CONDITIONAL DISCHARGE": SentenceKind.CONDITIONAL_DISCHARGE,
}  # fmt: skip


def _of_title(part: Part, entries: Sequence[tuple[int, Entry]]) -> Iterator[int]:
    """The words of the paper's own title, where what it names is among what was ordered, and of its recital."""
    ordered = {f.wording.means for _, entry in entries for run in entry.runs() for f in wordings_in(run.plain)}
    for _, line in part.numbered:
        for cell in line.cells if len(line.cells) > 1 else (line.span,):
            found = _TITLE.fullmatch(" ".join(token.norm_ for token in cell))
            if found is not None and (found["term"] is None or _TERM_OF.get(found["term"]) in ordered):
                yield from _indices(cell)
        recital = _RECITAL.search(line.plain)
        if recital is not None and ordered & {Disposition.GUILTY, *SentenceKind}:
            yield from _indices(line.plain_at(recital.start(), recital.end()))


_ACCUSING = re.compile(r"OFFENSES? OF|CRIME OF|(?<![A-Z])DID(?![A-Z])|STATES? THAT|CHARGES? THAT|COMPLAINANT")
_OF_OFFENSE = {"OFFENSE", "OFFENSES", "VIOLATION", "COMMIT", "COMMITTED", "VIOLATED"}


def _of_accusation(charge: ChargeFound, part: Part) -> Iterator[int]:
    """The surely read words of the sentence that accuses, but for those that speak of something nobody has read: a
    sentence of a charging paper orders nothing. Its day is that of the offense where it gives one."""
    for row, line in part.numbered:
        if row not in charge.lines or not (is_prose(line) and _ACCUSING.search(line.plain)):
            continue
        if says_what_became(line.plain):
            continue  # a story that tells the ending in the same breath
        if charge.dated is not None:
            yield from _indices(charge.dated[1])
        if charge.amount is not None and charge.description_span is not None:
            yield from _indices(charge.description_span)
        for token in line.span:
            norm = bare(token)
            plain = norm in _OF_OFFENSE or not any(_topics(token, ordered=False))
            if plain and not any(c.isdigit() for c in norm) and word_of(token).confidence >= SURE_WORD:
                yield token.i


def days_of_charge(charge: ChargeFound, part: Part) -> Sequence[tuple[DateFound, Span]]:
    """The one day in the row that heads a charge, where that tells of no order and no label says whose day it is."""
    lines = dict(part.numbered)
    own = [lines[row] for row in dict.fromkeys((charge.line, *charge.lines)) if row in lines]
    others = {t.i for lb in part.labels if lb.field in _OTHER_DAYS and lb.value is not None for t in lb.value}
    days = [(day, line.at(day.start, day.end)) for line in own for day in dates_in(line.text) if day.value is not None]
    days = [(day, span) for day, span in days if others.isdisjoint(token.i for token in span)]
    heading = {t.i for row in (charge.line, charge.lines[0]) if row in lines for t in lines[row].span}
    ordered = any(f.wording.effect is not Effect.NONE for f in wordings_in(lines[charge.line].plain))
    return days if len(days) == 1 and not ordered and days[0][1].start in heading else ()


_OTHER_DAYS = ("birth_date", "arrest_date", "filed_date", "disposition_date")


_HEADS_OF_CHARGES = re.compile(
    r"\b(?:CT|COUNT|NO|CHARGES?|OFFENSES?|STATUTE|CITATION|SECTION|DESCRIPTION|CLASS|CL|GRADE|DISPOSITION)\b"
)
_SAYS_OFFENSE = re.compile(r"DATES?|DAY|OF|OFF(?:ENSE)?|OCC\w*|VIOL\w*|INCIDENT|COMMITTED")


def is_headed_otherwise(day: Span, part: Part, first: int) -> bool:
    """Whether the row of heads over the rows of charges calls their days something else than those of the offense."""
    above = [line for row, line in part.numbered if row < first and len(_HEADS_OF_CHARGES.findall(line.plain)) > 1]
    heads = [
        token
        for line in above[-1:]
        for token in line.span
        if shared_width(line.span.doc[token.i : token.i + 1], day) > 0
    ]
    return any(_SAYS_OFFENSE.fullmatch(token.norm_.strip(" .:")) is None for token in heads)


def _indices(span: Span) -> Iterable[int]:
    return range(span.start, span.end)


_FREE = {
    "orders",
    "disposition",
    "finding",
    "sentence",
    "plea",
    "charge",
    "description",
    "statute",
    "name",
    "docket_number",
}


def _of_label(label: LabelFound) -> Iterator[int]:
    """A label's own words, and its value where that is what the label announces."""
    yield from _indices(label.span)
    if label.value is None or label.field in _FREE:
        return
    dated = label.field.endswith("_date") or label.field == "birth_date"
    if not dated:
        yield from _indices(label.value[:4])
        return
    found = dates_in(label.text)
    if found and found[0].value is not None:
        pieces = found[0].raw.split()
        yield from (t.i for t in label.value if any(piece in t.text for piece in pieces))


def _of_row(line: Line) -> Iterator[int]:
    """Words of phrases the court prints on every page, words set aside, and judges called so."""
    letters = [t for t in line.span if sum(c.isalpha() for c in t.text) >= 2]
    known = [t for t in letters if _pieces(t) <= LEXICON | _SMALL]
    if letters and len(known) >= 0.7 * len(letters) and len(letters) >= 2:
        yield from (t.i for t in known if not any(pattern.match(bare(t)) for _, pattern in _TOPICS))
        if len(known) >= 4:
            yield from (t.i for t in letters if (t in known and not _weighs(t)) or not _may_speak(t))
    yield from (t.i for t in line.span if t.norm_ in (ASIDE, GLUED) or _is_silent(t))
    if is_judge_row(line):
        yield from _indices(line.span)
    days = dates_in(line.text)
    if len(days) == 1 and _CERTIFIED.search(line.plain) is not None and not wordings_in(line.plain):
        yield from _indices(line.at(days[0].start, days[0].end))  # the day of the copy
    for day in days:
        if day.value is not None and HEARD_ON.search(line.text.upper()[: day.start]):
            yield from _indices(line.at(day.start, day.end))
    for day in days:  # `the 4th day of May`: the words between its figures say no more
        yield from (t.i for t in line.at(day.start, day.end) if t.norm_ in ("DAY", "OF", "THE"))
    for pattern in (_CALLED_JUDGE, _CERTIFYING, _HEADING_OF_DAYS, _ROOM_OR_STREET, _FRAMING):
        yield from _found_in(line, pattern)


def _found_in(line: Line, pattern: re.Pattern[str]) -> Iterator[int]:
    for found in pattern.finditer(line.plain):
        yield from _indices(line.plain_at(found.start(), found.end()))


def _weighs(token: Token) -> bool:
    """Whether a word may be part of an amount."""
    return any(c.isdigit() for c in token.text) or "grams" in _topics(token, ordered=False)


def _may_speak(token: Token) -> bool:
    return any(_topics(token, ordered=False)) or _names_deferral(bare(token))


def _is_silent(token: Token) -> bool:
    """Whether a word is surely read and one that orders and charges do without."""
    norm = bare(token)
    return word_of(token).confidence >= SURE_WORD and (norm in _SILENT_WORDS or norm in _SMALL)


def _pieces(token: Token) -> frozenset[str]:
    return frozenset(re.findall(r"[A-Z]+", token.norm_))


_LEADING_VERB = re.compile(
    r"\b(?:PAY|SERVE|PERFORM|COMPLETE)(?: (?:A|AN|THE|ALL))? (?:\$?\d[\d,.]* )?(?:[A-Z]+ (?:OF|IN THE) )?$"
)
_VERB = re.compile(r"[ ,]*(?:(?:IS|WAS) (?:HEREBY )?)?(?:GRANTED|IMPOSED)(?![A-Z])")


def _verbs_of_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where a verb stands right before a penalty or its amount, or right behind, and what names the kind of a probation behind it."""
    found = wordings_in(text)
    amounts = {a.start: a.end for a in amounts_in(text)}
    for one, after in zip(found, [*[f.start for f in found[1:]], len(text)], strict=True):
        if one.wording.effect is not Effect.SENTENCE:
            continue
        lead = _LEADING_VERB.search(text, 0, one.start)
        if lead is not None:
            yield lead.span()
        end = next((amounts[at] for at in range(one.end, min(one.end + 5, after)) if at in amounts), one.end)
        verb = _VERB.match(text, end)
        if verb is not None:
            yield verb.span()
        kind = one.kind_in(text, after)
        if kind is not None:
            yield kind


def _is_date_only(line: Line) -> bool:
    return sum(c.isalpha() for c in line.text) <= 3 and bool(dates_in(line.text))


_GOES_OVER_TO = re.compile(r"\bTO(?: [A-Z'.-]+){0,2}\W*$")


def _is_wrapped_day(before: Entry, entry: Entry, after: Entry) -> bool:
    """Whether an entry is no more than the day to which the one before went over, on which the next was made."""
    if entry.dated is None or entry.dated.value is None or not all(_is_date_only(line) for line in entry.lines):
        return False
    same = after.dated is not None and after.dated.value == entry.dated.value
    last = before.lines[-1].plain
    return same and _GOES_OVER_TO.search(last) is not None and "CONT" in before.text.upper()


def _ends_with_its_day(entry: Entry) -> bool:
    """Whether an entry opens with what was done and closes with the day, as where days have the last column."""
    first = entry.lines[0]
    opening = wordings_in(first.plain)[:1]
    return closes_with_date(first.text) and bool(opening) and not first.plain[: opening[0].start].strip(" *-.")


def _of_entry(entry: Entry, *, in_column: bool) -> Iterator[int]:
    """Days, wordings, counts and amounts of an entry, and the judge it names after its day; `in_column`: its day stands
    under or over those of entries that say what was done."""
    effects = {found.wording.effect for run in entry.runs() for found in wordings_in(run.plain)}
    led = leading_date(entry.lines[0]) is not None or in_column
    if not led and effects <= {Effect.NONE} and not _ends_with_its_day(entry):
        return  # a row of the caption with a word that entries use too
    if not effects and all(_is_date_only(line) for line in entry.lines):
        return  # a day nobody has said anything about
    if entry.date_span is not None and entry.dated is not None and entry.dated.value is not None:
        yield from _indices(entry.date_span)
    for run in entry.runs():
        ranges = [(f.start, f.end) for f in wordings_in(run.plain)]
        if ranges:  # of an amount beside words that were not understood nobody knows what it is
            ranges += [(a.start, a.end) for a in amounts_in(run.plain)]
            ranges += _verbs_of_sentences(run.plain)
        ranges += list(count_ranges(run.plain))
        for start, end in ranges:
            yield from _indices(run.plain_at(start, end))
        for found in dates_in(run.text):
            yield from _indices(run.at(found.start, found.end))
        yield from (t.i for t in run.span if t.norm_.strip(".,:;") in _SMALL or t.text in ('"', "''"))
        yield from (t.i for t in run.span if re.fullmatch(r"\W*\d{1,2}[-/.]\d{1,2}\W*|\d{4}", t.text))

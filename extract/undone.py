"""Words that turn an ending over, or say that it is of something else than the charge."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re

from casefile.docket import Disposition, SentenceKind
from extract.dates import MONTHS, dates_in
from extract.dispositions import Effect, WordingFound, wordings_in
from extract.footing import is_like_an_order
from extract.numbers import docket_numbers_in

# What was denied, taken back or said of somebody else did not end the charge.
_TURNS = re.compile(
    r"\b(?:DEN(?:IED)?|OVERRULED|REFUSED|RESCINDED|RESERVED|ERROR|ERRONEOUS\w*|SET ASIDE(?! (?:(?:THE )?(?:INFORMATION|INDICTMENT|COMPLAINT) )?(?:(?:UNDER|PER|PURSUANT TO) )?(?:SEC(?:TION|\.)? ?)?995)|TAKEN BACK|BROUGHT BACK|NOT VALID(?! WITHOUT)|OVERTURNED"
    r"|REVERSED|RECONSIDER\w*|ANNUL\w*|NULLIFIED|UNDONE|REVIVE[SD]?|RETRACT(?:S|ED)|DISREGARD\w*|MISTAKE|VOID(?:ED)?|STRUCK(?! (?:OFF|FROM))"
    r"|(?<!BOND )(?<!BAIL )(?<!DATE )(?<!HEARING )(?<!WARRANT )(?<!MITTIMUS )CANCEL+ED"
    r"|(?<!WARRANT )(?<!WARR )(?<!WARR. )(?<!BFW )(?<!CAPIAS )(?<!AND )(?<!& )(?<!CASE )(?<!CAUSE )RECALLED(?! WARR)"
    r"|(?:ORDER|DISMISSAL|JUDGMENT|FINDING|SAME) (?:IS |WAS |HEREBY |BEING )*(?:RECALLED|CANCEL+ED|VOID(?:ED)?|STAYED|WITHDRAWN|VACATING|RECALLING)"
    r"|RE-?INST\w*|STANDS|CO-?DEF\w*|ONLY|AS TO (?!ALL|EACH|BOTH|EVERY|C(?:OUN)?TS?\b|CH(?:AR)?GE?S?\b|CNTS?\b|C?0*\d|DEF(?:T|ENDANT)?\b|THE (?:COUNT|CHARGE)|SAID)[A-Z])"
)
# `motion to vacate; dismissal granted`: of what is asked to be undone, whatever mark stands between.
_UNDOING = re.compile(
    r"\b(?:VACAT(?:E|ES|ING)|(?:TO SET|SETTING) ASIDE|RESCIND(?:ING)?|SET ASIDE(?= (?:THE )?995)|(?:TO|FOR) (?:RECALL|STRIKE|REINSTATE(?:MENT)?|REOPEN|REVIEW|RECONSIDER(?:ATION)?|REHEAR(?:ING)?|AMEND|CORRECT|WITHDRAW|(?:A )?NEW TRIAL))"
    r"(?:[ ,.;:/-]+(?:995|THE|ORDER|OF|SAID|PRIOR|JUDGMENT|FINDING|PLEA|AND|CASE|CAUSE))*[ ,.;:/-]+$"
)
# Before and behind a motion to dismiss that was allowed: `leave to file motion to dismiss granted` ends nothing.
_OF_MOTIONS = re.compile(r"\b(?:MOT(?:ION)?S?|MTN|MOVE[SD]?|LEAVE|TIME|OBJ\w*|RESPON\w*|ANSWER|STRIKE|WITHDRAW\w*|CO-)")
_GOES_ON_BEHIND = re.compile(r"\b(?:LEAVE|LV|AMEND\w*|RE-?FIL\w*|CONT(?:INUANCE)?|WITHDRAW\w*)\b")
_MOTION_ENDS = re.compile(
    r" *(?:$|[.;]|,? *(?:C\d|COUNT|CTS?\b|(?:AND |& )?(?:(?:THE|SAID|THIS|ALL|BOTH) )*(?:CASE|CAUSE|CHARGE|COUNT|COMPLAINT|INFORMATION|INDICTMENT|MATTER|DISM|DISCH|BOND|BAIL|FINAL|WITH(?:OUT)? PREJ|BY (?:THE )?C|OVER\b|DEF\w*\.? (?:IS |WAS |ORDERED )?(?:DISCH|REL))))"
)
_NEGATES = re.compile(r"\b(?:NOT|NO|NEVER|WITHOUT) (?:\w+ )?$")
# Of these `vacated` says nothing about the charge; of an ending without a conviction, that the case is open again.
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:FINES?|COSTS?|FEES?|MITTIMUS|CONFINEMENT|BONDS?|BAIL|FORFEIT\w*|ORDER|DATE|APPOINTMENT|STAY|WARRANT|PROTECTION|RESTITUTION"
    r"|NOLLE|DISMISSAL|SOL|STRICKEN|CONDITION|HEARING)\b"
)
_BAD_END = re.compile(
    r"\b(?:UN-?\s?SUCC\w*|UNS?A?(?![A-Z])|DISSAT\w*|FAIL\w*|NEGATIV\w*|NOT|DENIED|CONVICTION|UN-|UNSAT\w*|REVO\w*|VIOL\w*)"
)
_FREES = (Effect.FINAL, Effect.NOT_GUILTY)
# Rows by themselves that take back what stands above them.
_TAKES_BACK = re.compile(
    r"\b(?:ENTERED IN ERROR|NOT VALID(?! WITHOUT)|TAKEN BACK|BROUGHT BACK|SET ASIDE|RESCINDED|RE-?INST(?:ATED?|'D)?|OVERTURNED|CONVICTION STANDS)\b"
)
_GOES_ON = re.compile(r"\b(?:TRIAL|SENTENCING|JURY|ARR(?:AIGN\w*)?|WITNESS\w*|PLEA|VERDICT|F ?G|ORDER TO APPEAR)\b")


_CLAUSES = re.compile(r";|(?<=[A-Z]{4})\. ")
# What is asked for, may be or is to come; what is said of others.
_NOT_DONE = re.compile(
    r"\b(?:IF|UPON (?:SUCC|SATIS|COMPL|PAY|COND|TERM|EXPIR)\w*|UNLESS|WHETHER|ASK(?:S|ED|ING)?|REQUEST(?:S|ED|ING)?|SEEKS?|PRAYS?|MOVES?|OFFER\w*|OBJECT\w*|OPPOS\w*|REFUS\w*|INTEN(?:DS?|T|TION)|APPEALS?(?: OF| FROM)?|MAY BE|MIGHT|UNABLE(?! TO PROCEED)|CANNOT|ADVISEMENT|ADVISES"
    r"|RECOMMEND(?:S|ED|ING)?|RECOMMENDATIONS? THAT|AT WHICH TIME|AT THE END OF|ON (?:THE )?FAILURE|ANEW|AFTER (?:\d+|[A-Z]+) (?:DAYS|MONTHS|MOS|YEARS|YRS)"
    r"|AS MOOT|OR (?:FOR |SET FOR )?TRIAL|TO BE|SUBJECT TO|WOULD|SHALL|HIS (?:BROTHER|SISTER|WIFE|SON|FATHER|MOTHER)|COMPANION|YEAR BEFORE|PREVIOUSLY|PRIOR CASE|ANOTHER CASE)\b"
    r"|\bMOTION OF (?:\w+ ){1,3}(?:FOR|THAT)\b|\bMOTION OF (?:\w+ ){1,2}TO(?! \d)\b|(?<!TO )\bRE-?FIL(?:ES?|ED|ING)\b|(?<!AS )\bPROVIDED\b(?! (?:BY|IN|FOR|UNDER|HEREIN))"
)
# Before an ending that nobody granted.
_ASKED_FOR = re.compile(r"\b(?:PETITION(?!\w* (?:GRANTED|ALLOWED))|MOTION (?:TO|FOR|THAT)|PRAY\w*|MOVES)\b")
_OF_ANOTHER = re.compile(r"\b(?:CO-?DEF(?:T|ENDANT)S?|AS TO WITNESS)\b")
# `having been dismissed`, `heretofore dismissed`, `may nolle prosequi`: told of before, or yet to be done.
_TOLD_OR_TO_COME = re.compile(
    r"\b(?:HAVING BEEN(?: [A-Z]+)?|HERETOFORE|(?<!OF )(?<!\d )(?<!^)MAY(?: THEN| LATER| BE)?) (?:THE )?$"
)
# `the offense of which he was acquitted` names an ending told elsewhere; what may follow has not happened.
_OF_WHICH = re.compile(r"\bOF WHICH (?:[A-Z]+ ){1,3}(?:WAS|WERE|IS|STANDS|HAS BEEN|HAD BEEN) (?:FOUND )?$")
_WOULD = re.compile(r"\b(?:MAY|MIGHT|COULD|WOULD|WHETHER|SHOULD)\b(?! \d)|\bWHY\b|\bIN THE EVENT\b")
_ENDS_OR_UNDOES = (Effect.REVOKED, Effect.SATISFIED)
_ALLOWED = re.compile(  # `moves to nolle pros both counts. Allowed.`
    r"(?:[, ]|AS TO|ON|OF|THE|SAID|BOTH|ALL|EACH|COUNTS?|CTS?|CHARGES?|CASE|CAUSE|AND|[0-9IV]+\b)*[;.,]? *(?:SAID |THE |WHICH )?(?:MOTION )?(?:IS |WAS )?(?:HEREBY )?(?:ALLOWED|GRANTED|SUSTAINED)\b(?! IN PART)(?![ ,]+(?:TO|IF|UPON|UNLESS|LEAVE|PROVIDED|ON CONDITION|\d))"
)
_WAS_ALLOWED = re.compile(  # `moves to nolle pros. Said motion is allowed and the cause is nolle prossed.`
    r"\b(?:SAID|THE|WHICH) MOTION (?:IS|WAS) (?:HEREBY )?(?:ALLOWED|GRANTED|SUSTAINED),? AND (?:(?:THE|SAID|THIS|CAUSE|CASE|CHARGES?|COMPLAINT|COUNTS?|MATTER|IS|ARE|BE|HEREBY)\b ?)*$"
)
_MOTION_ALLOWED = re.compile(  # `the motion of the defendant to dismiss is allowed`
    r"\bMOTION OF (?:THE )?(?:DEFENDANT|DEFENSE|PEOPLE|STATE)(?:'S ATTORNEY)? TO (?:DISMISS|NOLLE PROS\w*)(?: (?:SAID|THE|COUNTS?|CHARGES?|COMPLAINT|INFORMATION|INDICTMENT|[0-9IV]+))* (?:IS|WAS) (?:HEREBY )?(?:ALLOWED|GRANTED|SUSTAINED)\b(?! IN PART)"
)
_NO_TERM = re.compile(r"\b(?:BOND|BAIL|LICENSE)(?: IS| WAS)? $")
_ASKED_TO_END = re.compile(
    r"\b(?:PETITION|MOTION)\b.*\bBE (?:TERM|DISCH|ENDED)|\b(?:PETITION|MOTION|MOT)\.? (?:\w+ )?TO (?:TERM|DISCH|END)"
)
# A report on a term that goes on; a term that ended with something worse.
_NO_GOOD_END = re.compile(
    r"\b(?:PROGRESS|(?:REPORT|COMPLIANCE|STATUS (?:ON|OF)(?: [A-Z]+)?,?) SAT\w*|SAT\w* REPORT|SAT\w*,? (?:TO DATE|SO FAR|THUS FAR|CONT\w*)|NEW (?:OFFENSE|CHARGE|ARREST)S?|TO BE TERMINATED|DEF(?:T|ENDANT)?\.? (?:IS |WAS )?COMMITTED)\b"
)
_INSTEAD_OF = re.compile(r"\b(?:IN LIEU|INSTEAD) OF (?:\S+ ){0,3}$")
# A bare `not guilty` beside these is as likely a plea.
_OF_A_PLEA = re.compile(
    r"\b(?:FIT|UNFIT|INDIGENT|ELIGIBLE|WAIVES|WITHDRAWS|CONTEMPT|NEITHER|PLEAS?|KNOWINGLY)\b(?! (?:OF )?GUILTY)"
)
_TRIED_AGAIN = re.compile(r"\b(?:NEW TRIAL|RE-?SENTENC\w*|SET FOR TRIAL)\b")
# Papers that are sealed while the record is not, and what is asked for, denied or not yet done.
_OTHER_PAPERS = re.compile(
    r"\b(?:PSI|PRE-?SENTENCE|EXHIBITS?|REPORTS?|ENVELOPES?|MEDICAL|GRAND JURY|TRANSCRIPTS?|PSYCH\w*|EVAL\w*|HOSPITAL|TREATMENT|WARRANTS?|AFFIDAVITS?)\b"
)
_ASKED_TO_BE_GONE = re.compile(
    r"\b(?:MOTIONS?|PETITIONS?|PET|MOT|APPLICATION|REQUEST\w*|ASK\w*|SEEK\w*|PRAY\w*|MOVES?)\b"
)
_GIVEN = re.compile(r"(?<!NOT )\b(?:GIVEN|GRANT(?:S|ED|ING)?|GRTD|ALLOW(?:S|ED|ING)?|SUSTAINED)\b")
_GRANTED = re.compile(_GIVEN.pattern + r"|\b(?:ENTERED|SIGNED)\b")
_NOT_YET_GONE = re.compile(
    r"\b(?:IF|UNLESS|WHETHER|MAY(?! \d)|MIGHT|CANNOT|WOULD|NOT|NEVER|DEN(?:Y|IES|IED)|REFUSE[SD]?|WHEN|UNTIL|AFTER(?! HEARING)|ADVISEMENT|UPON (?:PETITION|MOTION|COMPLETION|SUCC\w*|SATIS\w*))\b"
)
_OF_JURORS = re.compile(r"\bJUR(?:Y|ORS?) (?:IS|ARE|WAS|WERE) (?!WAIVED)")
_NOT_CONVICTED = re.compile(r"\b(?:IF|WHETHER|UNABLE|ADVISES)\b")
_TO_COME = re.compile(
    r"\b(?:SET|CONT\w*|DUE|WHEN|UNTIL|REQUIRED|NEVER|LESS|DATE)\b|\bFOR (?:[A-Z]+ )?$"
    + rf"|\bTO (?:\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d|(?:{'|'.join(MONTHS)})[A-Z]*\.? \d)"
)
_OTHER_TERMS = re.compile(
    r"\b(?:COUNSEL+ING|EVAL\w*|TREATMENT|TASC|SWAP|HRS|HOURS|SCHOOL|CLASSES|PROGRAMS?|SERVICE|PAROLE|CERTIFICATE)\b"
)
_SOMEBODY = re.compile(
    r"(?<!BY )(?<!WITH )(?<!W/)(?<!AND )(?<!& )\b(?:WITNESS(?:ES)?(?: (?!(?:PRESENT|SWORN|NOT|HEARD|CALLED|CASE|CAUSE|FAIL\w*|TESTIF\w*)\b)[A-Z'-]+){0,3}|(?<!STATE'S )(?<!STATES )(?<!DISTRICT )(?:ATTORNEY|ATTY\.?)|COUNSEL|PUBLIC DEFENDER|APD|PD|INTERPRETER|OFFICER)(?: IS| ARE| WAS| WERE)? $"
)
_OF_CASE = re.compile(r"\W*(?:THE |SAID )*(?:CAUSE|CASE|CHARGES?|COMPLAINT)\b")
_PAPER = re.compile(
    r"(?:\b(?P<state>STATES?|STATE'S|ST|PEOPLES?|PEOPLE'S|MS)\.? )?\b(?:MOTION|MOT|MTN|COMPLAINT|ANSWER|DEMAND|PETITION|PET|ORDER|JUDGMENT|DISMISSAL|NOLLE(?: PROS\w*)?|DATE|PLEA|FINDING|NOTICE|TESTIMONY|WARRANT)\.?(?: IS| WAS)?[ :,-]*$"
)
# What may be dismissed while the term it was about goes on: `PTR ct 1 dismissed`, `rule to show cause is dismissed`.
_OF_A_TERM = re.compile(
    r"(?<![A-Z])(?:PTR[PS]?|P[./]? ?T?[./]? ?R\.?|PV[PS]|V\.?O\.?[PS]\.?|RTSC|(?:TO|FOR) (?:REVOKE|REV|VIOL)|REV(?:OCATION)?|(?:SHOW|RULE(?: TO SHOW)?) CAUSE|RULE|VIOL(?:ATION)?|CITATION|CONTEMPT|WARR(?:ANT)?|REPORT|APPEAL)"
    r"(?:S|\.)?[ ,:-]*(?:AS TO )?(?:(?:CTS?|COUNTS?|CNTS?)\.? (?:NO\.? ?)?[\dIV]+(?:(?:,| AND|,? &) [\dIV]+)*[ ,:-]*)?(?:(?:IS|WAS|ARE|BE|HEREBY|ORDERED|AND)\b ?)*[ ,;:.-]*$"
)
# Behind an ending, what it is of: a charge or the case, else a paper or somebody in the case.
_OF_WHAT = re.compile(
    r",? OF (?:(?:THE|SAID|THIS|THESE|ALL|BOTH|EACH|EVERY|ANY|REMAINING|OTHER|ABOVE|PENDING|ENTIRE|FELONY|CRIMINAL|TRAFFIC|MISD\w*)\.? )*(?P<what>[A-Z][A-Z'-]+)"
)
_CHARGED = re.compile(
    r"CASES?|CAUSES?|CHARGES?|CHGS?|COUNTS?|CTS?|CNTS?|COMPL\w*|INFO\w*|INDICTMENT|IND|MATTER|ACTION|PROSECUTION|PROCEEDINGS?|OFFENSES?|RECORD|COURT|DEF\w*|POSS\w*|CANN?\w*|MFG|MANU\w*|DELIV\w*"
)
_PAPER_BEFORE = re.compile(
    r"\b(?:WRIT|SUMMONS|SUBP(?:O?ENA)?|DUCES TECUM|HABEAS CORPUS|LIS PENDENS|(?:ORDER OF )?PROTECTION|BAIL BOND|ALTERNATE|GARNISHMENT|DEPOSITION|COUNTERCLAIM|CLAIM|LIEN|APPLICATION|OBJECTION|NOTICE|REQUEST|MOTION|MOT|SUPPRESS|QUASH|INTERVENTION)"
    r"(?:ES|S|\.)?[ ,;:-]*(?:(?:IS|WAS|ARE|BE|HEREBY|ORDERED)\b ?)*$"
)
# `dismissal hearing`, `notice of dismissal`: a dismissal that is yet to be, or not yet granted.
_IS_TO_BE = re.compile(
    r"[ -](?:HEARING|DOCKET|CALENDAR|PAPERS?|(?:MOTION|PETITION|REQUEST)(?! (?:IS |WAS )?(?:GRANTED|ALLOWED|SUSTAINED))|AGREEMENT|STATUS|PENDING|DISCUSSED|OFFERED|PROPOSED|ARGUED|HEARD|SET|CONT\w*|STAYED|STRICKEN|NOT|(?:DATE|CALL) SET)\b(?! (?:OF|BY))"
)
_FROM_THE_CASE = re.compile(
    r" FROM (?!(?:THE )?(?:CALL|DOCKET))| (?:COUNSEL|ATTORNEY|JUR(?:Y|ORS?)|WITNESS(?:ES)?|PANEL|VENIRE)\b| IN (?:\d+|[A-Z]+) (?:DAYS|MO|YEAR|YRS)"
)
_OTHER_CASE = re.compile(
    r"\b(?:CIVIL|FORFEITURE|COMPANION|JUVENILE|FEDERAL|TRAFFIC|TRAF\.?|TR|DUI|OTHER|PRIOR|OLD(?:ER)?|EARLIER|RELATED) $"
)
_WILL_DROP = re.compile(r"(?<!ELECTS )(?<!ELECTED )\b(?:TO|WILL|SHALL|INTENDS?) $")
_WANTED = re.compile(r"\b(?:(?<!ORDER )FOR|NOTICE OF|HEARING ON|RE:?|PENDING|TOWARDS?|DISCUSS\w*) (?:(?:A|THE) )?$")
_IN_PART = re.compile(r"[ ,A-Z]*\b(?:IN PART|PARTIAL(?:LY)?)\b")
_OF_A_CALL = re.compile(r" *(?:FROM |OFF )?(?:THE |JURY |BENCH )*(?:TRIAL|JURY|STATUS|MOTION|HEARING)\b")
_BESIDE = {"CASE", "CHARGE", "CHARGES", "COMPLAINT", "ALL", "COUNT", "COUNTS", "CT", "CTS", "CALL", "ON", "OF", "AS", "TO"}  # fmt: skip


def is_turned(one: WordingFound, text: str) -> bool:
    """Whether what a wording says is negated, undone, asked for, to come or another's by what stands beside it in
    `text` (plain capitals); words of its own wording do not count."""
    effect, means = one.wording.effect, one.wording.means
    before, after = text[: one.start], text[one.end :]
    rest = before + " " * (one.end - one.start) + after
    clause = clause_of(text, one.start, rest)
    if _OF_WHICH.search(before) or (effect in _ENDS_OR_UNDOES and _WOULD.search(clause_of(before, len(before)))):
        return True
    if effect is Effect.SENTENCE:
        if one.is_refused(text) or _INSTEAD_OF.search(before):
            return True
        return means is SentenceKind.TIME_SERVED and re.search(r"\b(?:BOND|BAIL)\b", clause) is not None
    if effect is Effect.GONE:
        return _is_not_gone(one, text, rest)
    if effect is Effect.REVOKED:
        if _NEGATES.search(before) or _NO_TERM.search(before):
            return True
        return (one.text.startswith("REVOKE ") and _words(before) != []) or before.endswith("TO BE ")
    if effect in (*_FREES, Effect.SATISFIED):
        undone = _NOT_CONVICTED if means is Disposition.GUILTY else _NOT_DONE
        asked = list(undone.finditer(clause))
        if _MOTION_ALLOWED.search(clause_of(text, one.start)):
            asked = [found for found in asked if not found[0].startswith("MOTION OF")]
        answered = _ALLOWED.match(after) or _WAS_ALLOWED.search(before)
        if asked and not (all(one[0].startswith("MOVE") for one in asked) and answered):
            return True
        if means is not Disposition.GUILTY and _TOLD_OR_TO_COME.search(before):
            return True
    if effect is Effect.SATISFIED:
        to_come = _TO_COME.search(clause_of(before, len(before)))
        return bool(
            to_come
            or _is_of_another_case(text)
            or _OTHER_TERMS.search(clause)
            or _NO_GOOD_END.search(text)
            or (_ASKED_TO_END.search(text) and _GRANTED.search(text) is None)
            or _SOMEBODY.search(before)
            or _TURNS.search(rest)
            or _BAD_END.search(rest)
        )
    if not one.frees:
        return False
    if _GIVEN.search(text) is None and _ASKED_FOR.search(clause_of(text[: one.end], one.start)):
        return True
    if _OF_ANOTHER.search(text[: one.end]) or _OF_JURORS.search(clause) or _is_of_another_case(text):
        return True
    pleaded = means is Disposition.NOT_GUILTY and after.startswith(" PLEA")
    if pleaded or (effect is Effect.NOT_GUILTY and _OF_A_PLEA.search(clause)):
        return True
    if means is Disposition.VACATED and _TRIED_AGAIN.search(rest):
        return True
    return _is_no_end(one, before, after, text) or _TURNS.search(_without_leave(text, one)) is not None


_IN_CASE = re.compile(r"\b(?:IN|AS TO|UNDER|CASES?|NO\.?|WITH)[ #]*$")


# `Case number KA207254`: letters and a number, of whatever court.
_CASE_NAMED = re.compile(
    r"\b(?:CASE|DOCKET|CAUSE) ?(?:NO\.?|NUMBERS?|NOS\.?|#)?[ :#]*(?=[A-Z0-9-]*\d{4})[A-Z]{1,3}-?\d{4,}\b"
)


def _is_of_another_case(text: str) -> bool:
    """Whether what was done was done in a case that the row names by its number."""
    return _CASE_NAMED.search(text) is not None or any(
        _IN_CASE.search(text[: number.start]) for number in docket_numbers_in(text)
    )


def _is_not_gone(one: WordingFound, text: str, rest: str) -> bool:
    """Whether what is sealed or expunged is a paper and not the record, or is asked for, denied or to come."""
    asked = _ASKED_TO_BE_GONE.search(rest) is not None and _GRANTED.search(text) is None
    to_come = _NOT_YET_GONE.search(rest) is not None or _NEGATES.search(text[: one.start]) is not None
    return asked or to_come or _OTHER_PAPERS.search(text) is not None or _TURNS.search(rest) is not None


def _is_no_end(one: WordingFound, before: str, after: str, text: str) -> bool:
    """Whether an ending without conviction is one of a motion, a petition, a witness or a bond, or is denied."""
    means = one.wording.means
    of_somebody = _SOMEBODY.search(before) is not None and _OF_CASE.match(one.text) is None
    if _NEGATES.search(before) or of_somebody or _OF_A_TERM.search(before) or _UNDOING.search(before):
        return True
    if _IN_PART.match(after) or (means in _DROPS and _is_of_a_paper(one, before, after)):
        return True
    if "DISM" in one.text and _OF_MOTIONS.search(one.text) and _is_about_a_motion(before, after):
        return True
    if one.text.strip(" .,;") == "DISMISS":
        extra = [word for word in _words(after) if is_like_an_order(word)]
        return _words(before) != [] or len(dates_in(before)) > 1 or extra != [] or len(_words(after)) > 1
    if means is Disposition.STRICKEN_OFF_LEAVE and one.text.startswith("STR"):
        paper = _PAPER.search(before)
        if (paper is not None and not paper["state"]) or _OF_A_CALL.match(after):
            return True
    if one.text.strip() == "VACATED" and _OF_SOMETHING_ELSE.search(text):
        return True
    return means is Disposition.VACATED and re.search(r"\b(?:BOND|BAIL|FORFEIT\w*)\b", text) is not None


_DROPS = (Disposition.DISMISSED, Disposition.NOLLE_PROSEQUI, Disposition.STRICKEN_OFF_LEAVE)


def _is_of_a_paper(one: WordingFound, before: str, after: str) -> bool:
    """Whether a dismissal is of something else than a charge, by the words behind it, or one that is yet to be."""
    of = _OF_WHAT.match(after)
    if of is not None and _CHARGED.fullmatch(of["what"]) is None:
        return True
    if _WILL_DROP.search(before) and _GIVEN.search(before + one.text + after) is None:
        return True
    if not one.text.endswith("DISMISSAL"):
        gone = _PAPER_BEFORE.search(before) is not None or _FROM_THE_CASE.match(after) is not None
        return (one.text.startswith("DISM") and gone) or _OTHER_CASE.search(before) is not None
    wanted = _WANTED.search(before) is not None and _GIVEN.search(after) is None
    return wanted or _IS_TO_BE.match(after) is not None


def _is_about_a_motion(before: str, after: str) -> bool:
    """Whether what was allowed may be something about a motion to dismiss, or leaves a charge to go on."""
    lead = clause_of(before, len(before))
    last = [word for word in _words(re.split(r"[,.;]| - ", lead)[-1]) if word not in ("THE", "ON", "SAID", "AND")]
    counts = _ALLOWED.match(after)
    behind = after[counts.end() if counts else 0 :]
    about = _OF_MOTIONS.search(lead) is not None or last != []
    return about or _MOTION_ENDS.match(behind) is None or _GOES_ON_BEHIND.search(behind) is not None


def clause_of(text: str, at: int, shown: str | None = None) -> str:
    """The part of a text between the marks that part sentences, around a place; of `shown`, as long as it, where given."""
    low = max((m.end() for m in _CLAUSES.finditer(text) if m.end() <= at), default=0)
    high = min((m.start() for m in _CLAUSES.finditer(text) if m.start() >= at), default=len(text))
    return (text if shown is None else shown)[low:high]


def _words(text: str) -> list[str]:
    """The words of a text but for counts, months and what is dismissed as a whole."""
    found = re.findall(r"[A-Z][A-Z.'-]+", text)
    return [word for word in found if word.strip(".") not in _BESIDE and word[:3] not in MONTHS]


def _without_leave(text: str, one: WordingFound) -> str:
    """The text without the wording itself, without the leave to reinstate that cases stricken off the call have, and
    without warrants and forfeitures undone."""
    others = [f for f in wordings_in(text) if f.wording.effect is Effect.WARRANT_OVER]  # `forfeiture set aside`
    others += [f for f in wordings_in(text) if f.wording.means is Disposition.STRICKEN_OFF_LEAVE]
    spans = [(f.start, f.end) for f in others]
    for start, end in [*spans, (one.start, one.end)]:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def takes_back(text: str) -> bool:
    """Whether a row by itself takes back what was done."""
    return _TAKES_BACK.search(text) is not None


def goes_on_in_court(text: str) -> bool:
    """Whether an entry tells of an arraignment, a trial, a plea or a sentence to come."""
    return _GOES_ON.search(text) is not None

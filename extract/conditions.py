"""What a paper says of what may come, and its own title: words that tell of nothing done about a charge."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from casefile.docket import Disposition
from extract.accusations import flowing
from extract.charges import cites_charge
from extract.dispositions import Effect, wordings_in
from extract.doc import ASIDE, Line, Sheet, sheet_of, word_of
from extract.entries import is_dated_row

# Sentences printed on every order of probation or supervision: what a violation may lead to, what follows in the end.
_WARNING = re.compile(
    r"(?:^|[.;] |\d[.)] )(?:(?:THE )?(?:DEFENDANT|PROBATIONER) IS (?:ADVISED|WARNED) THAT )?(?:(?:UPON |ON |FOR )?(?:ANY |A )?(?:WILLFUL )?(?:VIOLATIONS?|BREACH|FAILURE TO (?:COMPLY|ABIDE|OBSERVE|FULFILL))\b[^.;]*?\b(?:MAY|WILL|SHALL|CAN|COULD)\b"
    r"|(?:UPON|AFTER) (?:THE )?(?:SUCCESSFUL |SATISFACTORY )?(?:FULFILLMENT|COMPLETION|EXPIRATION|COMPLIANCE)\b[^.;]*?\b(?:MAY|WILL|SHALL)\b"
    r"|(?:THE )?COURT MAY\b|IF (?:THE |SAID )?(?:DEFENDANT|PROBATIONER|HE|SHE) (?:VIOLATES?|FAILS?|SHALL|SHOULD|FULFILLS?|COMPLETES?|COMPLIES)\b)[^.;]*"
)
# A numbered condition of a term: what the defendant is to do or leave, but for what is paid and served.
_OF_CONDITION = (
    r"(?:^|(?<=[ :;.]))(?:\d{1,2}[.)]|\([A-Z]\)) (?:(?:THE |SAID )?(?:DEFENDANT|PROBATIONER) )?(?:(?:SHALL|MUST|WILL|IS TO|TO) )?(?:NOT |NEVER )?(?:VIOLATED?|OBEY|COMMIT|REFRAIN|ABSTAIN|REPORT|SUBMIT|ATTEND|COMPLETE|PERMIT|ALLOW|NOTIFY|INFORM|LEAVE"
    r"|POSSESS|USE|CONSUME|OWN|CARRY|ASSOCIATE|FREQUENT|CONTACT|HARASS|APPEAR|REMAIN|RESIDE|SUPPORT|WORK|PURSUE|SEEK|MAINTAIN|KEEP|COOPERATE|UNDERGO|OBTAIN|FOLLOW|ADVISE|COMPLY|CONDUCT|AVOID{more})\b[^.;]*[.;]?"
)
_CONDITION = re.compile(_OF_CONDITION.replace("{more}", ""))
# The same with what is paid and served, which is no warning and no ending either.
_DUTY = re.compile(_OF_CONDITION.replace("{more}", "|PAY|PERFORM|MAKE|SERVE|REGISTER|ENROLL"))
_WITHIN_A_TIME = re.compile(r"\bWITHIN \d+ (?:HOURS|DAYS)\b")
# It confirms what a verdict says; beside no verdict but an acquittal it convicts nobody.
_ON_VERDICT = re.compile(
    r"\b(?:(?:THE )?COURT (?:HEREBY )?ENTERS? )?JUDGMENT (?:(?:IS |BE )?(?:HEREBY )?ENTERED )?(?:UP)?ON (?:THE |SAID )?(?:VERDICT|FINDING)S?\b(?: OF NOT GUILTY)?"
)
# Who keeps which copy of a form: `White - Court   Canary - Probation   Pink - Defendant`.
_COPY = re.compile(
    r"\b(?:WHITE|ORIGINAL|CANARY|YELLOW|PINK|BLUE|GREEN|GOLD(?:ENROD)?)(?: COPY)? ?[-–:=/] ?(?:THE )?(?:COURT|CLERK|FILE|DEFENDANT|DEFT|PROBATION|STATE|SHERIFF|JAIL|ATTORNEY|PROSECUTOR)"
)
_SETS_CONDITIONS = re.compile(r"\bCONDITIONS?\b|\bSHALL\b")
_MAY_WARN = re.compile(r"\b(?:MAY|WILL|SHALL|CAN|COULD|IF|COM(?:ING|ES)|CAME|CONVICTED)\b")
# For what a cause came on: the words before what was found and ordered.
_CAME_ON = re.compile(
    r"\b(?:THIS|THE|SAID) (?:CAUSE|CASE|MATTER),? (?:COMING|HAVING COME|CAME|COMES|COMING NOW)(?: NOW)?(?: ON| UP)?(?: (?:REGULARLY|BEFORE THE COURT|TO BE HEARD))* FOR (?:[A-Z]+ ){0,5}[A-Z]+,"
    r"|\bNOT HAVING (?:BEEN )?(?:PREVIOUSLY )?(?:BEEN )?CONVICTED OF (?:ANY|AN|A|SUCH)\b[^,.;]*?(?=[,.;]| (?:IS|BE|WAS|SUPERVISION|PROBATION|PLACED)\b|$)"
    # the finding that the acts ask for before first offenders' probation, and those before supervision
    r"|\b(?:WHO )?(?:HAS )?NOT (?:HAVING )?(?:PREVIOUSLY )?(?:BEEN )?(?:PREVIOUSLY )?CONVICTED OF,? OR PLACED ON PROBATION(?: OR COURT SUPERVISION)? FOR,? ANY OFFENSE\b[^,.;]*"
    r"|\bTHAT (?:THE )?ENDS OF JUSTICE (?:WILL|WOULD) BE (?:BEST )?SERVED\b"
    r"|\bTHAT (?:THE )?DEFENDANT IS NOT LIKELY TO COMMIT (?:ANY )?FURTHER CRIMES?\b|\b(?:THE )?DEFENDANT AND THE PUBLIC WOULD BE BEST SERVED IF (?:THE )?DEFENDANT WERE NOT TO RECEIVE A CRIMINAL RECORD\b"
)
# Words of what was done: a stretch that holds one warns of nothing.
_DONE = re.compile(
    r"\b(?:FOUND|ADMITTED|(?<!BE )REVOKED|FINED|SENTENCED|WAS|WERE|BEING|IS HEREBY|AND (?:SUPERVISION|PROBATION|DEF\w*))\b|\d+ (?:D|M|Y|H)|\$"
)
_AVAILABLE = re.compile(r"\bANY (?:OTHER )?SENTENCES? (?:THAT|WHICH) (?:WAS|WERE) AVAILABLE\b")
_TITLE = re.compile(
    r"\W*(?:CRIMINAL (?:MINUTES|MINUTE ORDER) ?-? ?)?(?:(?:PRONOUNCEMENT OF |FINDINGS? AND )?JUDGMENT(?: (?:AND (?:SENTENCE|COMMITMENT|ORDER)|ORDER|(?:UP)?ON (?:THE )?(?:VERDICTS?|FINDINGS?)))?)\W*"
)


def set_aside(sheet: Sheet) -> Sheet:
    """The sheet, the words of warnings and of its title set aside."""
    aside = [*_warnings(sheet), *_confirmed(sheet), *_title(sheet), *_copies(sheet)]
    for token in aside:
        token.norm_ = ASIDE
    return replace(sheet, lines=tuple(Line(line.span, line.pitch) for line in sheet.lines)) if aside else sheet


def _warnings(sheet: Sheet) -> Iterator[Token]:
    if not any(_MAY_WARN.search(line.plain) or _SETS_CONDITIONS.search(line.plain) for line in sheet.lines):
        return
    conditions = any(_SETS_CONDITIONS.search(line.plain) for line in sheet.lines)
    flowed = sheet_of(flowing(sheet.page, sheet))
    boxes = set()
    for line in flowed.lines:
        if is_dated_row(line):
            continue  # an entry tells of what was done
        for found in (*_WARNING.finditer(line.plain), *_CAME_ON.finditer(line.plain)):
            if _DONE.search(_AVAILABLE.sub("", found[0])) is None:
                boxes |= {word_of(token).bbox for token in _within(line, found)}
        for found in _CONDITION.finditer(line.plain) if conditions else ():
            if _DONE.search(found[0]) is None and not _ends_something(found[0]):
                boxes |= {word_of(token).bbox for token in line.plain_at(*found.span())}
    yield from (token for line in sheet.lines for token in line.span if word_of(token).bbox in boxes)


def _confirmed(sheet: Sheet) -> Iterator[Token]:
    """The judgment on a verdict, where the paper tells of an acquittal and of nothing that convicts."""
    if not any(_ON_VERDICT.search(line.plain) for line in sheet.lines):
        return
    rest = (_ON_VERDICT.sub(" ", line.plain) for line in sheet_of(flowing(sheet.page, sheet)).lines)
    said = {one.wording.means for text in rest for one in wordings_in(text) if one.wording.effect in _FOUND}
    if Disposition.NOT_GUILTY in said and Disposition.GUILTY not in said:
        for line in sheet.lines:
            for found in _ON_VERDICT.finditer(line.plain):
                yield from line.plain_at(*found.span())


_FOUND = (Effect.FINAL, Effect.NOT_GUILTY, Effect.PLEA_GUILTY)


def _ends_something(text: str) -> bool:
    """Whether a condition says more than what is to be done during a term."""
    harmless = (Effect.NONE, Effect.FILED, Effect.SENTENCE)
    return any(one.wording.effect not in harmless for one in wordings_in(re.sub("NOT VIOLATED?", "", text)))


def duties_in(plain: str) -> Iterator[tuple[int, int]]:
    """Where numbered conditions of a term stand in a paragraph that end nothing: whatever else they say, they change
    nothing about what was ruled."""
    for found in _DUTY.finditer(plain):
        if not _ends_something(found[0]):
            yield found.span()


def _within(line: Line, found: re.Match[str]) -> Iterator[Token]:
    start = found.start() + len(found[0]) - len(found[0].lstrip(".; 0123456789)"))
    yield from line.plain_at(start, found.end())


def _copies(sheet: Sheet) -> Iterator[Token]:
    """The rows at the foot of a form that say who keeps which of its copies."""
    for line in sheet.lines:
        if len(_COPY.findall(line.plain)) > 1 and not is_dated_row(line):
            yield from line.span


def _title(sheet: Sheet) -> Iterator[Token]:
    """The words of a title: a row by itself above every day in court and every charge."""
    for line in sheet.lines:
        if is_dated_row(line) or cites_charge(line):
            return
        if len(line.cells) == 1 and _TITLE.fullmatch(line.plain):
            yield from line.span

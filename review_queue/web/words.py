"""What the pages say in words: how likely, how it stands, what became of it."""

from __future__ import annotations

import json
from difflib import SequenceMatcher

from casefile.docket import DocketRecord, DocumentKind
from casefile.errors import CasefileError
from casefile.law import Determination, Outcome
from casefile.linkage import MatchStatus
from casefile.review import Answer, AnswerKind
from review_queue.access import Role
from review_queue.answers import A_CHARGE
from review_queue.desk import Saved
from review_queue.fields import decode, is_field, reading_at, show
from review_queue.triage import State

_LIKELY = (
    (0.99, "almost certain"),
    (0.9, "very likely"),
    (0.7, "likely"),
    (0.55, "rather likely"),
    (0.4, "about even"),
    (0.15, "less likely"),
    (0.03, "unlikely"),
)
OUTCOMES = {
    Outcome.AUTO: "relief without a step by the person",
    Outcome.MOTION: "relief by motion",
    Outcome.INELIGIBLE: "not eligible",
    Outcome.REVIEW: "not decided yet",
    Outcome.ELSEWHERE: "another county decides",
}
A_DAY = 7.0  # hours at a desk
STATES = {State.ACCEPTED: "accepted", State.REVIEWED: "settled", State.IN_REVIEW: "in review"}
LINKS = {
    MatchStatus.LINKED: "linked",
    MatchStatus.POSSIBLE: "somebody should look",
    MatchStatus.NONE: "nobody on the list",
}


ROLES = {
    Role.ARCHIVIST: "archivist: sees what must be scanned again",
    Role.REVIEWER: "reviewer: says what the ink says",
    Role.ADJUDICATOR: "adjudicator: a reviewer who may reopen what others said",
    Role.ATTORNEY: "attorney: rules on questions of law",
    Role.ADMINISTRATOR: "administrator: users, and records that were expunged or sealed",
}
_PLAIN = {
    AnswerKind.CANNOT_READ: "nobody can read it",
    AnswerKind.NOT_HERE: "not on this page",
    AnswerKind.RESCAN: "the page is wrong: scan it again",
    AnswerKind.CHARGE: "a charge the machine missed",
}


def likely(probability: float) -> str:
    """A probability, 0 to 1, in words."""
    return next((words for floor, words in _LIKELY if probability >= floor), "very unlikely")


def percent(probability: float) -> str:
    """A probability as a whole percentage that never says 0 or 100 for what is neither."""
    if 0.0 < probability < 0.01:
        return "under 1 %"
    if 0.99 < probability < 1.0:
        return "over 99 %"
    return f"{round(probability * 100)} %"


def duration(hours: float) -> str:
    """A stretch of work in round figures: `20 minutes`, `3 hours`, `12 working days`."""
    if hours < 0.75:
        return f"{max(5, 5 * round(hours * 12))} minutes"
    if hours < A_DAY * 1.5:
        return "1 hour" if round(hours) <= 1 else f"{round(hours)} hours"
    return f"{round(hours / A_DAY)} working days"


def kind_of_document(kind: DocumentKind | None) -> str:
    return "page set aside" if kind is None else kind.value.replace("_", " ")


def charge(record: DocketRecord, count: int) -> str:
    """A charge in a line, as it stands now: `720 ILCS 550/4(c), guilty`."""
    paths = (f"charges.{count}.{name}" for name in ("statute", "disposition"))
    readings = ((path, reading_at(record, path)) for path in paths)
    return ", ".join(show(path, reading.value) if reading.value else "?" for path, reading in readings if reading)


def outcome(determination: Determination) -> str:
    """The outcome with its route: `relief by motion (i3)`."""
    words = OUTCOMES[determination.outcome]
    return f"{words} ({determination.route})" if determination.route else words


def became(saved: Saved) -> tuple[str, ...]:
    """What an answer changed, a line for each count whose outcome moved and one for the record."""
    before = {(each.count, each.policy): each for each in saved.determinations_before}
    lines = [
        f"Count {now.count}{_under(now)}: {OUTCOMES[was.outcome]} → {outcome(now)}"
        for now in saved.determinations
        if (was := before.get((now.count, now.policy))) and (was.outcome, was.route) != (now.outcome, now.route)
    ]
    if saved.before is not saved.after:
        lines.append(f"The record is now {STATES[saved.after]}")
    return tuple(lines) or (f"The record stays {STATES[saved.after]}; no outcome changed",)


def _under(determination: Determination) -> str:
    return f" under {determination.policy}" if determination.policy else ""


def answer(given: Answer) -> str:
    """What somebody said, in a line."""
    if given.kind in _PLAIN:
        return _PLAIN[given.kind]
    if given.value in (None, "null"):
        return "nothing stands there" if given.kind is AnswerKind.VALUE else "none of the listed"
    if given.kind is AnswerKind.LINK:
        return f"linked to {json.loads(given.value)}"
    if given.value == A_CHARGE:
        return "a charge is missing"
    try:
        return show(given.field, decode(given.field, given.value)) if is_field(given.field) else ""
    except (CasefileError, ValueError):
        return "no longer understood"


def differences(ours: str, theirs: str) -> tuple[tuple[str, bool], ...]:
    """`theirs` in pieces, each with whether it differs from `ours`."""
    found = SequenceMatcher(None, ours.casefold(), theirs.casefold(), autojunk=False).get_opcodes()
    pieces = [(theirs[start:end], how != "equal") for how, _, _, start, end in found]
    return tuple(piece for piece in pieces if piece[0])

"""What stands for a count in the end: entries in the order of their days, the last ending that holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Span

from casefile.docket import Disposition, Plea, SentenceKind, SentencePart, Termination, Unit
from extract.dispositions import Effect


@dataclass(frozen=True)
class Event:
    """One wording applied to one count: the day, what it does, the words that say so."""

    effect: Effect
    on: date | None
    disposition: Disposition | None
    part: SentencePart | None
    qualified: bool
    span: Span
    date_span: Span | None
    raw: str
    joined: str  # how the count was known: `named`, `only`, `row` or `guess`
    page: int
    unread: bool = False  # words beside it that may change what it means were not understood
    blank: bool = False  # a form may print these words for somebody to fill in what stands behind them
    over: bool = False  # a term that is named where it came to its end: it was given before


@dataclass
class Standing:
    """The state of a count after its entries. Events that made it are kept for their ink."""

    disposition: Disposition | None = None
    decided_by: list[Event] = field(default_factory=list)
    plea: tuple[Plea, Event] | None = None
    parts: list[tuple[SentencePart, Event]] = field(default_factory=list)
    sentenced_by: list[Event] = field(default_factory=list)
    termination: tuple[Termination, Event] | None = None
    badly_ended: Event | None = None
    violated: Event | None = None
    doubts: list[Event] = field(default_factory=list)
    warrant: Event | None = None
    amended: Event | None = None
    not_guilty_plea_only: bool = False

    @property
    def is_deferred(self) -> bool:
        return self.disposition in (Disposition.SUPERVISION, Disposition.FIRST_OFFENDER_PROBATION)


_UNDO = (Disposition.VACATED, Disposition.EXPUNGED, Disposition.SEALED)
_DEFERS = {SentenceKind.SUPERVISION: Disposition.SUPERVISION}
_ADDS_ON = {
    SentenceKind.TIME_SERVED, SentenceKind.FINE, SentenceKind.COMMUNITY_SERVICE, SentenceKind.RESTITUTION,
    SentenceKind.TREATMENT,
}  # fmt: skip


def in_order(events: Sequence[Event]) -> list[Event]:
    """Events by day; an undated one keeps its place after the one before it, but that a record is gone is true
    after all of them. Pages that print the newest first come out oldest first."""
    dated: list[tuple[date, int, Event]] = []
    last = date.min
    for at, event in enumerate(events):
        last = event.on or last
        gone = event.effect is Effect.GONE and event.on is None
        dated.append((date.max if gone else last, at, event))
    return [event for _, _, event in sorted(dated, key=lambda d: (d[0], d[1]))]


def standing_after(events: Sequence[Event]) -> Standing:
    """The state of one count after all its events."""
    state = Standing()
    for event in in_order(events):
        _APPLY[event.effect](state, event)
    _settle_not_guilty(state)
    if state.warrant is not None and state.disposition is None:
        state.disposition, state.decided_by = Disposition.WARRANT, [state.warrant]
    return state


def _plea_guilty(state: Standing, event: Event) -> None:
    state.plea = (Plea.GUILTY, event)
    if not state.is_deferred:
        _final(state, event)


def _plea_not_guilty(state: Standing, event: Event) -> None:
    state.plea = (Plea.NOT_GUILTY, event)


def _not_guilty(state: Standing, event: Event) -> None:
    """A bare NG: before anything was found it may be the plea; what follows tells."""
    if state.disposition is None and state.plea is None:
        state.plea = (Plea.NOT_GUILTY, event)
        state.not_guilty_plea_only = True
    else:
        state.not_guilty_plea_only = False
        _final(state, event)


def _settle_not_guilty(state: Standing) -> None:
    if state.not_guilty_plea_only and state.disposition is None and state.plea is not None:
        state.disposition, state.decided_by = Disposition.NOT_GUILTY, [state.plea[1]]
        state.doubts.append(state.plea[1])


def _final(state: Standing, event: Event) -> None:
    meaning = event.disposition
    if meaning is None:
        return
    if meaning is Disposition.GUILTY and state.is_deferred:
        # Judgment after supervision or probation: the deferral is over, its word stays.
        if _later(event, state.sentenced_by):
            state.violated = state.violated or event
        return
    if meaning is Disposition.DISMISSED and state.is_deferred and not _is_revoked(state):
        if event.raw.startswith("MOT"):
            state.doubts.append(event)  # it may have been for the dismissal of a petition
            return
        state.termination = state.termination or (Termination.SATISFACTORY, event)
        return
    if meaning is Disposition.GUILTY and state.disposition is Disposition.GUILTY:
        state.decided_by.append(event)
        return
    if state.disposition is Disposition.GUILTY and state.parts and meaning not in (Disposition.GUILTY, *_UNDO):
        state.doubts.append(event)  # what was sentenced does not end otherwise without a word of why
    if meaning is Disposition.VACATED and _may_be_of_something_else(state, event):
        state.doubts.append(event)
    same_day = event.on in {e.on for e in state.decided_by}
    if same_day and event.on is None and state.disposition not in (None, Disposition.PENDING, meaning):
        state.doubts.append(event)  # endings of which none has a day may be printed to choose from, or a key
    if state.disposition is Disposition.GUILTY and meaning in _SETS_FREE and same_day:
        state.doubts.append(event)  # nor is who was found guilty set free on that day: it may be of something else
    if (
        meaning is Disposition.DISMISSED
        and state.disposition in _FREED
        and event.on in {e.on for e in state.decided_by}
    ):
        state.decided_by.append(event)  # `nolle prosequi, cause dismissed`: what follows from it
        return
    if meaning is Disposition.DISMISSED and state.disposition in _SETS_FREE and event.joined == "guess":
        return  # the rest of the case went on, and ended
    same = meaning is state.disposition
    state.disposition = meaning
    state.decided_by = [*state.decided_by, event] if same else [event]
    if meaning not in (Disposition.GUILTY, Disposition.VACATED):
        state.parts, state.sentenced_by, state.termination = [], [], None


def _may_be_of_something_else(state: Standing, event: Event) -> bool:
    """Whether what was vacated may be a dismissal, a supervision, the end of a term or a warrant, and no conviction."""
    bare = re.fullmatch(r"\W*(?:(?:IS|ARE|ORDERED) )?VACATED(?: AND SET ASIDE)?\W*", event.raw) is not None
    of_conviction = state.disposition is Disposition.GUILTY and state.termination is None
    return state.disposition in _SETS_FREE or (bare and not of_conviction)


def _is_revoked(state: Standing) -> bool:
    return state.termination is not None and state.termination[0] is Termination.REVOKED


_FREED = (
    Disposition.NOLLE_PROSEQUI, Disposition.NOT_GUILTY, Disposition.NO_PROBABLE_CAUSE, Disposition.LEAVE_TO_FILE_DENIED,
    Disposition.ABATED,
)  # fmt: skip


_SETS_FREE = (*_FREED, Disposition.DISMISSED, Disposition.STRICKEN_OFF_LEAVE)


def _sentence(state: Standing, event: Event) -> None:
    part = event.part
    if part is None or (event.over and _has_term(state)):
        return
    deferral = Disposition.FIRST_OFFENDER_PROBATION if event.qualified else _DEFERS.get(part.kind)
    ended = state.termination is not None and state.termination[0] is Termination.REVOKED
    if state.is_deferred and ended and deferral is None:
        if state.termination is not None and state.sentenced_by[-1:] != [state.termination[1]]:
            state.parts = [(p, e) for p, e in state.parts if e.on == event.on]
        _add(state, part, event)
        return
    if state.is_deferred and deferral is None and part.kind not in _ADDS_ON and _later(event, state.sentenced_by):
        # A sentence of conviction after a deferral without a word of revocation: the deferral was revoked.
        state.termination = (Termination.REVOKED, event)
        state.doubts.append(event)
        state.parts = []
        _add(state, part, event)
        return
    runs = deferral is not None and deferral is state.disposition and _later(event, state.sentenced_by)
    if runs and part.amount is None:
        return  # the term that runs, named again
    if deferral is not None:
        state.disposition, state.decided_by = deferral, [*state.decided_by, event]
    elif state.disposition is None or state.disposition is Disposition.WARRANT:
        state.disposition, state.decided_by = Disposition.GUILTY, [event]
    elif state.disposition is not Disposition.GUILTY and not state.is_deferred:
        state.doubts.append(event)  # a sentence on a count that had ended otherwise
    _add(state, part, event)


def _later(event: Event, before: Sequence[Event]) -> bool:
    days = [e.on for e in before if e.on is not None]
    return bool(days) and event.on is not None and event.on > max(days)


def _add(state: Standing, part: SentencePart, event: Event) -> None:
    for at, (held, _) in enumerate(state.parts):
        if held.kind is part.kind and (held.amount is None or held == part):
            state.parts[at] = (part, event)
            break
        if held.kind is part.kind and part.amount is None:
            break
    else:
        state.parts.append((part, event))
    state.sentenced_by.append(event)


def _satisfied(state: Standing, event: Event) -> None:
    if state.disposition is None and not state.parts:
        state.doubts.append(event)
        return
    ended = state.termination is not None and state.termination[0] is Termination.REVOKED
    if _has_term(state) and _ENDED_WELL.search(event.raw) is None and _is_early(state, event):
        state.doubts.append(event)  # a bond, an attorney or a lien may be discharged, or he from custody
        return
    if not ended and _has_term(state):
        state.termination = (Termination.SATISFACTORY, event)
    elif not ended and _TERM.search(event.raw) is not None:
        state.doubts.append(event)  # the end of a probation or supervision that was not found


_TERM = re.compile(r"\b(?:PROB|SUP|COND)")
_ENDED_WELL = re.compile(_TERM.pattern + r"|\b(?:SAT|SUCC|COMPL|EXP)")


_TERMS = (SentenceKind.PROBATION, SentenceKind.SUPERVISION, SentenceKind.CONDITIONAL_DISCHARGE)
_DAYS = {Unit.DAYS: 1, Unit.MONTHS: 30, Unit.YEARS: 365}


def _is_early(state: Standing, event: Event) -> bool:
    """Whether an event is of the day on which a term began, or of one before half of the term was over."""
    terms = [(part, begun.on) for part, begun in state.parts if part.kind in _TERMS and begun.on is not None]
    lengths = [(_DAYS.get(part.unit, 0) * (part.amount or 0) if part.unit else 0, on) for part, on in terms]
    return event.on is not None and any((event.on - on).days <= days / 2 for days, on in lengths)


def _has_term(state: Standing) -> bool:
    return state.is_deferred or any(part.kind in _TERMS for part, _ in state.parts)


def _unsatisfied(state: Standing, event: Event) -> None:
    state.badly_ended = event


def _revoked(state: Standing, event: Event) -> None:
    if _has_term(state) or state.disposition is not None:
        state.termination = (Termination.REVOKED, event)
        state.violated = state.violated or event
    else:
        state.doubts.append(event)


def _violation(state: Standing, event: Event) -> None:
    if state.parts or state.is_deferred:
        state.violated = event
    else:
        state.doubts.append(event)


def _violation_over(state: Standing, event: Event) -> None:
    del event
    state.violated = None


def _reopened(state: Standing, event: Event) -> None:
    """Reinstated, a plea withdrawn, a new trial: what stood stands no longer."""
    if state.disposition is not None:
        state.disposition, state.decided_by = Disposition.PENDING, [event]
        state.parts, state.sentenced_by, state.termination = [], [], None


def _warrant(state: Standing, event: Event) -> None:
    if state.parts or state.is_deferred:
        state.violated = event
    elif state.disposition in (None, Disposition.PENDING, Disposition.GUILTY):
        state.warrant = event


def _warrant_over(state: Standing, event: Event) -> None:
    del event
    state.warrant = None


def _amended(state: Standing, event: Event) -> None:
    state.amended = event


def _gone(state: Standing, event: Event) -> None:
    state.disposition, state.decided_by = event.disposition, [event]


def _doubted(state: Standing, event: Event) -> None:
    if state.disposition in _SETS_FREE and not _has_term(state) and _DISCHARGED.fullmatch(event.raw):
        return  # who was set free is discharged
    state.doubts.append(event)


_DISCHARGED = re.compile(r"\W*(?:DEF(?:T|ENDANT)?\.? )?(?:IS |WAS )?DISCH(?:ARGED)?\W*")


def _nothing(state: Standing, event: Event) -> None:
    del state, event


_APPLY = {
    Effect.PLEA_GUILTY: _plea_guilty,
    Effect.PLEA_NOT_GUILTY: _plea_not_guilty,
    Effect.NOT_GUILTY: _not_guilty,
    Effect.FINAL: _final,
    Effect.SENTENCE: _sentence,
    Effect.QUALIFIED: _nothing,
    Effect.SATISFIED: _satisfied,
    Effect.UNSATISFIED: _unsatisfied,
    Effect.REVOKED: _revoked,
    Effect.VIOLATION: _violation,
    Effect.VIOLATION_OVER: _violation_over,
    Effect.REOPENED: _reopened,
    Effect.WARRANT: _warrant,
    Effect.WARRANT_OVER: _warrant_over,
    Effect.AMENDED: _amended,
    Effect.GONE: _gone,
    Effect.DOUBTED: _doubted,
    Effect.FILED: _nothing,
    Effect.NONE: _nothing,
}

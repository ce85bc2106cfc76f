"""How each count ended, as readings: entries joined to counts, what stands, and how sure that is."""
# ruff: noqa: E501 - a pattern or a table row is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Span, Token

from casefile.docket import Disposition, Plea, Reading, SentenceKind, SentencePart, Source, Termination
from extract import dates
from extract.calibration import WELL_READ, Evidence, Footing
from extract.caption import Part, days_on
from extract.counts import Counted
from extract.dates import dates_in
from extract.dispositions import Effect, WordingFound, says_what_became, wordings_in
from extract.doc import Line, confidence_in, shared_width, source_of, word_of
from extract.entries import (
    ALL_COUNTS,
    REST_OF_COUNTS,
    UNREAD_COUNT,
    Entry,
    amounts_in,
    count_ranges,
    counts_in,
    excepts,
    refs_for,
    sentence_parts,
)
from extract.footing import DEFERRAL, may_undo, names_beside_orders
from extract.labels import LabelFound, fields_in
from extract.readings import Finding, merged_sources, reading_of, silence, unfound
from extract.standing import Event, Standing, standing_after
from extract.undone import goes_on_in_court, is_turned, takes_back


@dataclass(frozen=True)
class Outcome:
    """How a count ended, as readings."""

    plea: Reading[Plea]
    disposition: Reading[Disposition]
    disposition_date: Reading[date]
    sentence: Reading[tuple[SentencePart, ...]]
    termination: Reading[Termination]
    violated: Reading[bool]
    amended: bool


def outcome_of(
    counted: Counted,
    all_counts: Sequence[Counted],
    entries: Sequence[tuple[int, Entry]],
    parts: Sequence[Part],
    footing: Footing,
    *,
    owed: bool = True,
) -> Outcome:
    """The ending of one count after every entry that is about it; `owed`: a paper of this kind tells of one."""
    names = names_beside_orders(entries)
    left = _is_left(counted, entries)
    term = _one_term(entries, counted, all_counts)
    events = [e for at, entry in entries for e in _events(at, entry, counted, all_counts, names, left=left, term=term)]
    if not footing.shared:
        events = [replace(e, blank=_may_be_blank(e, entries, parts[e.page].labels)) for e in events]
        events = [e for e in events if not (e.blank and _is_unfilled(e, parts[e.page]))]
    events += _row_events(counted, parts)
    state = standing_after(events)
    state.parts = _without_costs(state.parts)
    if state.disposition is None and owed and any(entry.dated is not None for _, entry in entries):
        state.disposition = Disposition.PENDING  # the case was before the court and nothing here ends it
    unread = _strange(entries, counted, all_counts, names)
    hinted = not entries and bool(footing.leftovers & _OF_ENDINGS)
    loose = not owed and (hinted or _is_told_elsewhere(parts, entries))
    later = _is_later(unread, state) or _is_taken_back(state, entries, parts, counted)
    days = {entry.dated.value for _, entry in entries if entry.dated is not None}
    asked = any(_is_open(label, days, part) for part in parts for label in part.labelled("disposition_date"))
    first = _names_first_offenders(counted, parts)
    view = _View(
        state, parts, footing, strange=len(unread), later=later, owed=owed, loose=loose, asked=asked, first=first,
        elsewhere=_is_californian(counted),
    )  # fmt: skip
    return Outcome(
        plea=view.plea(),
        disposition=view.disposition(),
        disposition_date=view.disposition_date(),
        sentence=view.sentence(),
        termination=view.termination(),
        violated=view.violated(),
        amended=state.amended is not None,
    )


_COSTS = re.compile(r"COSTS(?: ASSESSED| ONLY)?|ASSESSED COSTS")


def _without_costs(parts: list[tuple[SentencePart, Event]]) -> list[tuple[SentencePart, Event]]:
    """What was imposed, without costs that go with it and of which no amount is told: they are no fine."""
    fines = [one for one in parts if not (one[0].amount is None and _COSTS.fullmatch(one[1].raw.strip()))]
    return fines or parts


_DEFERRING = re.compile(r"DEFER|DIVER|\bD\.?E\.?J\b|WITHH|\b1000\b")


def _is_californian(counted: Counted) -> bool:
    """Whether a count is charged under the laws of California, which know neither supervision nor first offenders'
    probation."""
    statute = counted.stated[0][1].statute
    return statute is not None and statute.citation is not None and statute.citation.state == "CA"


# A judgment recited in a sentence, in full words: `the Court having entered judgment of conviction thereon`.
_JUDGED = re.compile(
    r"\b(?:HAVING|COURT|AND|HEREBY|THEREUPON) (?:DULY |THEREUPON |HEREBY )*ENTER(?:ED|S|ING) (?:A |ITS |THE )?(?:FORMAL )?JUDGMENT(?: OF (?:CONVICTION|GUILT\w*))?\b"
    r"|\bJUDGMENT (?:OF (?:CONVICTION|GUILT\w*) )?(?:IS|WAS|BEING|HAVING BEEN) (?:HEREBY |DULY |THEREUPON )*ENTERED\b"
)
_NO_JUDGMENT = re.compile(
    r"\b(?:NOT?|NEVER|WITHOUT|DECLIN\w*|REFUS\w*|IF|SHALL|WILL|MAY|UPON|UNTIL|BEFORE)\b[^.;]{0,40}$"
)
# What may be said, anywhere on a page, of a judgment that is put off, taken back or never entered.
_PUTTING_OFF = re.compile(
    r"DEFER|DIVER|\bD\.?E\.?J\b|WITHH|WITHOUT (?:ANY |AN? |THE )?(?:ADJUD|ENT|JUDG|FIND|CONVICT)|(?:FIRST|1ST)[- ](?:TIME )?OFF|QUALIFIED|RESERV|VACAT|DISMISS|EXPUNG"
    r"|(?<!\d)1?[47]10(?!\d)|\b(?:SEC(?:TION|T)?|PAR)\.? ?10\b|55[0O][-/ ]+10\b|(?:ACT|CANNABIS|DRUG|SPECIAL) PROB|(?:JUDGMENT|CONVICTION) (?:SHALL|WILL|MAY|NOT)"
)
_LEADER = " .:_-"


def _may_be_blank(event: Event, entries: Sequence[tuple[int, Entry]], labels: Sequence[LabelFound]) -> bool:
    """Whether words that free somebody or end a term well are all that their row says, on no day and beside no label."""
    frees = event.effect is Effect.SATISFIED or event.disposition not in (None, Disposition.GUILTY)
    if event.on is not None or not frees:
        return False
    row = next((e.lines[0] for at, e in entries if at == event.page and event.span[0] in e.lines[0].span), None)
    alone = row is not None and row.plain.strip(_LEADER) == event.raw.strip(_LEADER)
    values = {token.i for label in labels if label.value is not None for token in label.value}
    return alone and values.isdisjoint(token.i for token in event.span)


def _is_unfilled(event: Event, part: Part) -> bool:
    """Whether words that may be a blank's end with its colon, and nothing stands near below that may fill it."""
    rows = [line for _, line in part.numbered]
    at = next((at for at, line in enumerate(rows) if event.span[0] in line.span), None)
    if at is None or not rows[at].text.rstrip().endswith(":"):
        return False
    below = rows[at + 1] if at + 1 < len(rows) else None
    return below is None or below.top - rows[at].bottom > 3 * max(10, rows[at].bottom - rows[at].top)


def _is_open(label: LabelFound, days: Set[date | None], part: Part) -> bool:
    """Whether a label asks for a day of ending that no entry has; `ENTERED: JUDGE` asks for who signs."""
    if not label.text and any(judge.span.start == label.span.end for judge in part.labelled("judge")):
        return False
    found = dates_in(label.text)
    return not found or found[0].value not in days


def _events(
    at: int,
    entry: Entry,
    counted: Counted,
    all_counts: Sequence[Counted],
    names: Set[str],
    *,
    left: bool | None,
    term: _Term | None,
) -> Iterator[Event]:
    for run in entry.runs():
        found = _without_named_terms(wordings_in(run.plain), run.plain)
        joins = [(one, _joined(run, one, found, entry, counted, all_counts, left=left)) for one in found]
        if term is not None and term.since < _day_of(entry) < date.max:
            joins = [(o, term.joined if j == "guess" and term.is_meant_by(o, run) else j) for o, j in joins]
        mine = [one for one, joined in joins if joined]
        doubted = _is_choice(run.text, mine)
        over = [one for one, _ in joins if one.wording.means in _TERMS and _is_over(one, run.plain)]
        for one, joined in sorted(joins, key=lambda join: join[0] not in over):
            named = one in over and joined == "guess"  # a term that another count may have had
            if joined and not named:
                event = _event(at, entry, run, one, found, joined, doubted=doubted, names=names)
                yield replace(event, over=True, date_span=None) if one in over else event


_ENDS_TERM = {Effect.SATISFIED, Effect.UNSATISFIED, Effect.REVOKED, Effect.VIOLATION, Effect.VIOLATION_OVER}
_TERMS = {SentenceKind.PROBATION, SentenceKind.SUPERVISION, SentenceKind.CONDITIONAL_DISCHARGE}
_OPENS_TERM = {Effect.FINAL, Effect.PLEA_GUILTY}


def _without_named_terms(found: Sequence[WordingFound], text: str) -> list[WordingFound]:
    """An entry that ends a supervision or probation names it too; that is no new sentence."""
    effects = {f.wording.effect for f in found}
    if not effects & _ENDS_TERM or effects & _OPENS_TERM:
        return list(found)
    timed = {id(f) for part, f in sentence_parts(found, text) if part.amount is not None}
    given = timed | {id(f) for f, term in pairwise(found) if id(term) in timed and _is_kind_of(f, term, text)}
    return [f for f in found if f.wording.means not in _TERMS or id(f) in given or _GIVES_TERM.search(text[: f.end])]


def _is_kind_of(one: WordingFound, term: WordingFound, text: str) -> bool:
    """Whether words say of which kind the probation right behind them is: `First offender prob 7-4-93. Prob 24 mos`."""
    of_probation = term.wording.means is SentenceKind.PROBATION
    return one.is_qualified and of_probation and re.search(r"[A-Z]", text[one.end : term.start]) is None


@dataclass(frozen=True)
class _Term:
    """The one supervision, probation or conditional discharge of a case, and how it is about a count."""

    kind: SentenceKind
    since: date
    joined: str

    def is_meant_by(self, one: WordingFound, run: Line) -> bool:
        """Whether a row that names no count says how this term ended or that it was violated."""
        if one.wording.effect not in _ENDS_TERM or counts_in(run.text) or excepts(run.plain):
            return False
        kinds = {kind for kind, word in _NAMED_SO.items() if word.search(run.plain)}
        return kinds == {self.kind} or (not kinds and _OF_TERM.search(one.text) is not None)


_NAMED_SO = {
    SentenceKind.PROBATION: re.compile(r"\b(?:710|1410|PROB(?!ABLE)|VOP\b)"),
    SentenceKind.SUPERVISION: re.compile(r"\bSUP(?!PRESS|PORT|PLEM|ERIOR|REME)"),
    SentenceKind.CONDITIONAL_DISCHARGE: re.compile(r"\bCOND\w*\.? DIS|\bC\.?D\b"),
}
_OF_TERM = re.compile(r"\b(?:TERM|SAT|UNSAT|VIOL)")


def _one_term(entries: Sequence[tuple[int, Entry]], counted: Counted, all_counts: Sequence[Counted]) -> _Term | None:
    """The term of a case in which one entry alone gives one, in the same way to whichever counts it names, and every
    other count was ended by name: what is said later of no count about a term is said of this. None otherwise."""
    given = [
        (entry, run, one, found)
        for _, entry in entries
        for run in entry.runs()
        for found in [_without_named_terms(wordings_in(run.plain), run.plain)]
        for one in found
        if one.wording.means in _TERMS and not _is_over(one, run.plain)
    ]
    joins = {
        tuple(_joined(run, one, found, entry, count, all_counts, left=None) for count in all_counts)
        for entry, run, one, found in given
    }
    kinds = {one.wording.means for _, _, one, _ in given}
    days = {_day_of(entry) for entry, _, _, _ in given}
    kind, since = next(iter(kinds), None), next(iter(days), date.max)
    if len(joins) != 1 or len(kinds) != 1 or len(days) != 1 or since == date.max or not isinstance(kind, SentenceKind):
        return None
    by_count = dict(zip((count.number for count in all_counts), next(iter(joins)), strict=True))
    ended = {number for _, entry in entries for number in _ended_by_name(entry)}
    without = {number for number, joined in by_count.items() if not joined}
    return _Term(kind, since, by_count[counted.number]) if without <= ended else None


def _is_over(term: WordingFound, text: str) -> bool:
    """Whether a term is named as one that came to its end: `Supervision having been completed, the cause is dismissed`."""
    first = term.end - len(term.text.lstrip())
    return _OUT_OF.search(text[:first]) is not None or _IS_OVER.match(text, term.end) is not None


_OUT_OF = re.compile(
    r"\b(?:DISCHARGED FROM|COMPLETE[SD]|COMPLETION OF) (?:(?:SAID|THE|HIS|HER|HEREIN|PERIOD OF|TERM OF) )*$"
)
_IS_OVER = re.compile(
    r" (?:PERIOD |TERM )?(?:NOT )?(?:HAVING BEEN|HAS BEEN|HAVING) (?:\w+LY )?(?:COMPLETED|TERMINATED)\b"
    r"| (?:PERIOD |TERM )?(?:(?:IS|WAS|HEREBY|TERMINATED|DISCHARGED|COMPLETED|ENDED|AS)[ ,]+)*(?:SATIS|SUCCESS)"
)
_GIVES_TERM = re.compile(
    r"\b(?:(?:WAS|WERE|HAVING BEEN|IS) (?:HERETOFORE )?(?:PLACED ON|ADMITTED TO|SENTENCED TO)) (?:[A-Z0-9-]+ ){0,3}[A-Z]+$"
)


def _joined(
    run: Line,
    one: WordingFound,
    found: Sequence[WordingFound],
    entry: Entry,
    counted: Counted,
    all_counts: Sequence[Counted],
    *,
    left: bool | None,
) -> str:
    """How an entry's wording is about this count: `named`, `only`, `guess`; empty where it is not."""
    named = refs_for(one, found, run.plain)
    both = {*named, *entry.led_by}
    contradicts = one.frees and named and entry.led_by and not entry.under and set(named).isdisjoint(entry.led_by)
    if contradicts and both.isdisjoint({ALL_COUNTS, REST_OF_COUNTS, UNREAD_COUNT}):
        return "guess" if counted.number in both else ""  # told beside one count and said of another
    refs = entry.led_by or named or counts_in(entry.text)
    if len(entry.under) > 1 and not {c.number for c in all_counts}.issuperset(entry.under):
        return "guess"  # a list that names what is no count of this case
    if len(all_counts) > 1 and excepts(run.plain):
        return "guess"  # of all counts but some
    if ALL_COUNTS in refs and counted.number not in refs and len(all_counts) > 2 and _BOTH.search(run.plain):
        return "guess"  # of two of them
    if ALL_COUNTS in refs or counted.number in refs:
        return "named"
    if left is None and set(refs) <= {UNREAD_COUNT} and _ends_the_case(one, found, run.plain):
        return "named"
    if REST_OF_COUNTS in refs:
        return "guess" if left is None else "named" if left else ""
    if UNREAD_COUNT in refs:
        return "only" if len(all_counts) == 1 else "guess"
    if refs:
        known = {c.number for c in all_counts}
        if entry.under and not known.issuperset(entry.under):
            return "guess"  # a column of numbers that are no counts of this case
        return (
            "only"
            if len(all_counts) == 1 and not known & set(refs) and counted.number == 1 and not counted.printed
            else ""
        )
    is_of_case = one.wording.effect in (Effect.WARRANT, Effect.WARRANT_OVER)  # for the person, in the case as a whole
    return "only" if len(all_counts) == 1 or is_of_case else "guess"


_BOTH = re.compile(r"\bBOTH\b")
_CASE = re.compile(r"\b(?:CASE|(?<!PROBABLE )(?<!PROB )(?<!PROB\. )CAUSE)\b")
# Behind a case dismissed, what it may be of alone: a count nobody could read, a bare number, one charge by its name.
_OF_ONE = re.compile(
    r"[^.;]*\b(?:(?<!ALL )(?<!BOTH )(?:COUNTS?|CTS?|CNTS?|CHGS?|CHARGES?)|C[0O]{2})(?![A-Z])(?! ROOM)"
    r"|[ ,:(-]*(?:(?:AS TO|ON|IN|FOR|OF) )*(?:NO\.? ?)?#? ?[\dIVX?]{1,2}(?![\w/.-])|(?: AS TO| ON| IN| FOR) (?:THE )?(?:POSS|CANN|DRUG|MARI|DELIV|MANU|MFG|TRAFFIC|DUI)"
)


def _ends_the_case(one: WordingFound, found: Sequence[WordingFound], text: str) -> bool:
    """Whether an ending without conviction is of the whole case by its own words, in an entry that convicts of nothing."""
    is_whole = one.frees and _CASE.search(one.text) is not None and _OF_ONE.match(text[one.end :]) is None
    return is_whole and all(f.frees for f in found if f.wording.effect in _FINALS)


def _is_left(counted: Counted, entries: Sequence[tuple[int, Entry]]) -> bool | None:
    """Whether a count is one of those that are left when others are ended by name; None where none is, or where this
    one is named from then on and not ended."""
    ended = [(entry, named) for _, entry in entries if (named := _ended_by_name(entry))]
    if not ended:
        return None
    if any(counted.number in named for _, named in ended):
        return False
    first = min((_day_of(entry) for entry, _ in ended), default=date.min)
    return None if any(counted.number in counts_in(e.text) and _day_of(e) >= first for _, e in entries) else True


def _ended_by_name(entry: Entry) -> Set[int]:
    """The counts that an entry names and ends."""
    named: set[int] = set()
    for run in entry.runs():
        found = wordings_in(run.plain)
        for one in found:
            ends = one.wording.effect in _FINALS or one.wording.effect is Effect.SENTENCE
            named.update(refs_for(one, found, run.plain) if ends else ())
    return named - {ALL_COUNTS, REST_OF_COUNTS, UNREAD_COUNT}


def _day_of(entry: Entry) -> date:
    return (entry.dated.value if entry.dated is not None else None) or date.max


def _event(
    at: int,
    entry: Entry,
    run: Line,
    one: WordingFound,
    found: Sequence[WordingFound],
    joined: str,
    *,
    doubted: bool,
    names: Set[str],
) -> Event:
    on = entry.dated.value if entry.dated is not None else None
    span = run.plain_at(one.start, one.end)
    meaning = one.wording.means if isinstance(one.wording.means, Disposition) else None
    doubted = (doubted and one.wording.effect in _FINALS) or is_turned(one, run.plain)
    effect = Effect.DOUBTED if doubted else one.wording.effect
    effect = Effect.NONE if doubted and _is_motion_for(one, found, run.plain) else effect
    part = next((p for p, f in sentence_parts(found, run.plain) if f is one), None)
    until = min(
        (f.start for f in found if f.start >= one.end and f.wording.effect is not Effect.NONE), default=len(run.plain)
    )
    qualified = one.qualified_in(run.plain, until)
    unread = (
        one.wording.means is SentenceKind.PROBATION and not qualified and _unread_beside(run.plain, one, until, names)
    )
    return Event(effect, on, meaning, part, qualified, span, entry.date_span, one.text, joined, at, unread)


_MOTION = re.compile(r"\bM(?:O?T(?:IO)?N?)\b")
_GRANTING = re.compile(r"\b(?:GRANTED|GRTD|ALLOWED|ALLD|SUST(?:AINED)?)\b")


_FINALS = (Effect.FINAL, Effect.NOT_GUILTY, Effect.PLEA_GUILTY)
_UNTICKED = re.compile(r"\[ ?_*\]|\( ?_*\)|_{2,}|: ?NO\b")
_TICKED = re.compile(r"(?:^|[ :])[Xx✓](?= |$)")


def _is_choice(text: str, found: Sequence[WordingFound]) -> bool:
    """Whether endings of a row are printed for the clerk to choose from: a box left empty beside one, or a conviction
    and what is none side by side with a cross or a stroke."""
    finals = {one.wording.means for one in found if one.wording.effect in _FINALS}
    if not finals:
        return False
    both = Disposition.GUILTY in finals and len(finals) > 1
    return _UNTICKED.search(text) is not None or (both and (_TICKED.search(text) is not None or " / " in text))


def _is_motion_for(one: WordingFound, found: Sequence[WordingFound], text: str) -> bool:
    """Whether a motion to dismiss stands before the dismissal that it led to: `Mot to dismiss allowed. Cause dismissed.`"""
    if one.text.strip(" .,;") != "DISMISS":
        return False
    return any(f.wording.means is Disposition.DISMISSED and not is_turned(f, text) for f in found if f.start >= one.end)


_SAYING_NO_MORE = re.compile(
    r"\b(?:TO|THE|OF|FOR|ON|AND|AN?|IS|WAS|BE|BEEN|HIS|HER|SENT\w*|PLACED|DEF\w*|ACCUSED|TERM|PERIOD|WITH|UPON|BY|COURT|HEREBY"
    r"|GRANTED|IMPOSED|GIVEN|ADMITTED|COMPLAINTS?|JUDGE|J|ORDERED|PERFORM|PAY|INTO|ALSO|FURTHER|SUMMARY|FORMAL|INFORMAL|SUPERVISED|UNSUPERVISED)\b"
)


def _unread_beside(text: str, one: WordingFound, until: int, names: Set[str]) -> bool:
    """Whether words around a probation say something not understood, such as the section it was given under."""
    taken = [(a.start, a.end) for a in amounts_in(text)] + list(count_ranges(text))
    taken += [(f.start, f.end) for f in wordings_in(text)]
    low = max((end for _, end in taken if end <= one.start), default=0)
    if _WITHHOLDING.search(text[:until]) is None:
        low = max([low, *(m.end() for m in _FULL_STOP.finditer(text, low, one.start))])
    taken += [(day.start, day.end) for day in dates_in(text)]
    rest = "".join(" " if any(s <= i < e for s, e in taken) else c for i, c in enumerate(text[:until]) if i >= low)
    words = _SAYING_NO_MORE.sub(" ", rest).split()
    return any(re.search(r"[A-Z0-9]{2,}", word) and word.strip(".,:;()") not in names for word in words)


_FULL_STOP = re.compile(r"[A-Z]{5}[.;] ")  # behind a word too long for a clerk to have cut it short
_WITHHOLDING = re.compile(
    r"(?<![\d/.-])(?:10|410|710|1410)(?![\d/.-])|\b(?:TEN|FIRST|1ST|QUALIFIED|WITHOUT|WITHH\w*|DEFER\w*|SEC\w*|PAR\w*|ACT)\b(?! GUILTY)"
)


_PROPOSED = re.compile(
    r"(?:STATE'?S? )?(?:RECOMMEND(?:ATION|ED)|OFFER(?:ED)?|REQUEST(?:ED)?|PROPOS(?:AL|ED))S?(?: [A-Z]+)?"
)


def _head_over(span: Span, above: Sequence[Line]) -> str:
    """The head of the column that words stand in; empty where none of the rows above has one."""
    cells = (cell for line in reversed(above) for cell in line.cells if shared_width(cell, span) > 0)
    heads = (cell.text.upper() for cell in cells)
    return next((head for head in heads if fields_in(head) or _PROPOSED.fullmatch(head)), "")


def _row_events(counted: Counted, parts: Sequence[Part]) -> list[Event]:
    """Endings that a table prints in the charge's own row."""
    out: list[Event] = []
    for at, charge in counted.stated:
        lines = dict(parts[at].numbered)
        own = [
            n
            for s in (charge.description_span, charge.statute.span if charge.statute else None)
            if s is not None
            for n in range(s.start, s.end)
        ]
        for row in charge.lines:
            line = lines.get(row)
            if line is None:
                continue
            found = [
                f for f in wordings_in(line.plain) if not set(range(*_range(line.plain_at(f.start, f.end)))) & set(own)
            ]
            found = [f for f in found if f.wording.effect is not Effect.AMENDED]
            dated = dates_in(line.text)
            choice = _is_choice(line.text, found)
            for one in found:
                span = line.plain_at(one.start, one.end)
                chosen = choice and one.wording.effect in _FINALS
                doubted = chosen or _is_turned_in_row(one, line, set(own), counted)
                effect = Effect.DOUBTED if doubted else one.wording.effect
                head = _head_over(span, [above for number, above in lines.items() if number < row])
                if one.wording.means is Disposition.NOT_GUILTY and "plea" in fields_in(head):
                    effect = Effect.PLEA_NOT_GUILTY
                elif one.frees and _PROPOSED.fullmatch(head):
                    effect = Effect.DOUBTED
                meaning = one.wording.means if isinstance(one.wording.means, Disposition) else None
                part = next((p for p, f in sentence_parts(found, line.plain) if f is one), None)
                day = dated[-1] if dated else None
                day_span = line.at(day.start, day.end) if day is not None else None
                out.append(
                    Event(
                        effect,
                        day.value if day else None,
                        meaning,
                        part,
                        one.is_qualified,
                        span,
                        day_span,
                        one.text,
                        "row",
                        at,
                    )
                )
    return out


def _is_turned_in_row(one: WordingFound, line: Line, own: Set[int], counted: Counted) -> bool:
    """Whether what stands beside an ending in its cell turns it over or says it of another count; `own` are the words
    of the charge itself."""
    low, high = line.plain_around(one.start, one.end, own)
    beside = line.plain[low:high]
    refs = counts_in(beside)
    if one.frees and refs and not {counted.number, ALL_COUNTS} & set(refs):
        return True
    return is_turned(replace(one, start=one.start - low, end=one.end - low), beside)


_FIRST_OFFENDERS = re.compile(
    r"\b(?:SEC(?:TION|T)?|PAR)\.? ?(?:10|410|710|1410)\b(?![./-]\d)|(?<![\d./-])(?:710|1410)(?![\d./-])"
)


def _names_first_offenders(counted: Counted, parts: Sequence[Part]) -> bool:
    """Whether rows of a charge name, beside its citation, a section of first offenders' probation."""
    for at, charge in counted.stated:
        cited = charge.statute.span if charge.statute is not None else None
        for line in (line for row, line in parts[at].numbered if row in charge.lines):
            for found in _FIRST_OFFENDERS.finditer(line.plain):
                span = line.plain_at(found.start(), found.end())
                if cited is None or span.end <= cited.start or cited.end <= span.start:
                    return True
    return False


def _range(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _strange(
    entries: Sequence[tuple[int, Entry]], counted: Counted, all_counts: Sequence[Counted], names: Set[str]
) -> list[Entry]:
    """The entries that may be about this count and say nothing we know."""
    out: list[Entry] = []
    for _, entry in entries:
        refs = counts_in(entry.text)
        mine = not refs or counted.number in refs or ALL_COUNTS in refs
        if entry.dated is None or not mine:
            continue
        said = [found for run in entry.runs() for found in wordings_in(run.plain)]
        bare = _is_bare_motion(entry) if not said else _is_granted_motion(said, entry.text)
        if bare or any(may_undo(token, names) for token in _not_understood(entry)):
            out.append(entry)
    return out


def _not_understood(entry: Entry) -> Iterator[Token]:
    """The words of an entry that says nothing known; of one that tells of procedure alone, those of its further rows
    that have no part in it."""
    for run in entry.runs():
        found = wordings_in(run.plain)
        if not found:
            yield from run.span
        elif all(one.wording.effect in (Effect.NONE, Effect.FILED) for one in found):
            known = {token.i for one in found for token in run.plain_at(one.start, one.end)}
            days = {token.i for day in dates_in(run.text) for token in run.at(day.start, day.end)}
            for line in entry.lines[1:]:
                if run.span.start <= line.span.start < run.span.end and known.isdisjoint(
                    token.i for token in line.span
                ):
                    yield from (token for token in line.span if token.i not in days)


def _is_granted_motion(said: Sequence[WordingFound], text: str) -> bool:
    """Whether an entry says no more than that a motion was granted, of which nobody knows what it asked for."""
    bare = all(found.wording.effect is Effect.NONE and _MOTION.search(found.text) for found in said)
    return bare and _GRANTING.search(text) is not None


def _is_bare_motion(entry: Entry) -> bool:
    """Whether an entry heads a motion and says neither that it was continued nor to when: the rest may be lost."""
    return "MOTION" in entry.text and "CONT" not in entry.text and len(dates_in(entry.text)) < 2


def _outside(parts: Sequence[Part], entries: Sequence[tuple[int, Entry]]) -> Iterator[Line]:
    """The rows of the pages that belong to no entry."""
    taken = {(at, number) for at, entry in entries for number in entry.numbers}
    return (line for at, part in enumerate(parts) for number, line in part.numbered if (at, number) not in taken)


def _is_taken_back(
    state: Standing, entries: Sequence[tuple[int, Entry]], parts: Sequence[Part], counted: Counted
) -> bool:
    """Whether a row that is no entry takes back what was done, or the court went on after an end without conviction."""
    if any(takes_back(line.plain) for line in _outside(parts, entries)):
        return True
    ended = max((e.on for e in _decisive(state) if e.on is not None), default=None)
    if ended is None or state.disposition in (Disposition.GUILTY, Disposition.PENDING) or state.is_deferred:
        return False
    after = [e for _, e in entries if e.dated is not None and e.dated.value is not None and e.dated.value > ended]
    refs = [counts_in(entry.text) for entry in after if goes_on_in_court(entry.text)]
    return any(not named or counted.number in named or ALL_COUNTS in named for named in refs)


def _is_later(unread: Sequence[Entry], state: Standing) -> bool:
    """Whether an entry that was not understood may come after what decided, and so undo it."""
    decided = max((e.on for e in _decisive(state) if e.on is not None), default=None)
    days = [entry.dated.value for entry in unread if entry.dated is not None]
    return any(day is None or decided is None or day >= decided for day in days)


_OF_ENDINGS = {"disposition", "sentence", "termination"}
_LOOSE = re.compile(
    r"\b(?:SENTENCED|PLEADED|ADJUDGED|FORFEITED|TRUE BILL|NO BILL|HELD TO|APPROVED|STRIKE|STRUCK|ALLOWED|GRANTED|SUSTAINED|DISCHARGED|DROPPED|WITHDRAWN|MERGES?|MERGED|ABANDONED|CLOSED)\b"
)


def _is_told_elsewhere(parts: Sequence[Part], entries: Sequence[tuple[int, Entry]]) -> bool:
    """Whether a row that is no entry says, or may say, what became of a charge."""
    rows = _outside(parts, entries)
    said = [line.plain for line in rows if not line.text.rstrip().endswith(":")]  # `having been adjudged guilty, ...:`
    return any(says_what_became(row) or _LOOSE.search(row) for row in said)


def _least(caps: Sequence[float]) -> float:
    """The cap of a finding with these doubts. Two are never more than each alone, and no page has shown how often both
    together come true: so theirs is a kind of doubt of its own."""
    lowest = min(caps, default=1.0)
    return lowest if len(caps) < 2 else round(lowest - 0.01, 2)


_UNSENTENCED: dict[Disposition | None, float] = {
    Disposition.SUPERVISION: 0.55,
    Disposition.FIRST_OFFENDER_PROBATION: 0.45,
}
# Words so short that one misread character turns them into another ending.
_NEAR_WORDS = {
    "PG": (Disposition.NOT_GUILTY,), "FG": (Disposition.NOT_GUILTY,), "NG": (Disposition.GUILTY,), "NP": (Disposition.GUILTY,),
    "SOL": (Disposition.OTHER,), "FNG": (Disposition.GUILTY,), "VG": (Disposition.NOT_GUILTY,), "CD": (Disposition.OTHER,),
    "GP": (Disposition.OTHER,), "TCS": (Disposition.OTHER,), "BF": (Disposition.GUILTY,), "LFD": (Disposition.OTHER,),
}  # fmt: skip


def _has_day_below(span: Span, part: Part) -> bool:
    """Whether a day stands in the row below, in the same column: `Guilty, 10 days jail,` / `fine $50 7-9-80`."""
    rows = [line for _, line in part.numbered]
    at = next((at for at, line in enumerate(rows) if span[0] in line.span), len(rows))
    own = [cell for line in rows[at : at + 1] for cell in line.cells if span[0] in cell]
    cells = [cell for line in rows[at + 1 : at + 2] for cell in line.cells if dates_in(cell.text)]
    return any(shared_width(cell, one) > 0 for cell in cells for one in own)


class _View:
    """The readings of a standing."""

    def __init__(
        self,
        state: Standing,
        parts: Sequence[Part],
        footing: Footing,
        *,
        strange: int,
        later: bool,
        owed: bool,
        loose: bool,
        asked: bool,
        first: bool,
        elsewhere: bool,
    ) -> None:
        self.state, self.parts, self.footing, self.strange, self.later = state, parts, footing, strange, later
        self.owed = owed
        self.loose = loose
        self.asked = asked
        self.first = first
        self.elsewhere = elsewhere

    def _source(self, event: Event, span: Span | None = None) -> Source:
        return source_of(span if span is not None else event.span, self.parts[event.page].sheet.page)

    def _evidence(self, events: Sequence[Event], *, disputed: bool = False) -> Evidence:
        best = max(events, key=lambda e: confidence_in(e.span))
        exact = any(_printed(e.span) == e.raw for e in events)
        return Evidence(
            word=confidence_in(best.span),
            footing=self.footing,
            repaired=not exact,
            agreeing=len(events) - 1,
            disputed=disputed or bool(self.state.doubts),
            guessed=all(e.joined == "guess" for e in events),
            known=self.strange == 0,
            short=max(len(e.raw) for e in events) <= 3,
        )

    def disposition(self) -> Reading[Disposition]:
        state = self.state
        if state.disposition is None:
            return unfound({Disposition.PENDING: 1.0}) if self.owed else self._unsaid
        events = _decisive(state)
        if not events:
            return self._still_pending()
        evidence = self._evidence(events)
        rivals: dict[Disposition | None, float] = {}
        for event in events:
            rivals |= dict.fromkeys(_NEAR_WORDS.get(event.raw, ()), 0.5)
        caps: list[float] = []
        convicted = state.disposition is Disposition.GUILTY and not self._cannot_be_deferred
        if convicted and not state.parts and not self._is_convicted:
            rivals.update(_UNSENTENCED)
            caps.append(0.5)
        unread = any(e.unread for _, e in state.parts) and not self._is_judged
        if convicted and (self.first or unread):
            rivals[Disposition.FIRST_OFFENDER_PROBATION] = 2.0
            caps.append(0.6)
        if convicted and self._may_be_deferred():
            rivals.update(_UNSENTENCED)
            caps.append(0.65)
        if state.disposition is Disposition.PENDING:
            rivals |= dict.fromkeys(
                (Disposition.STRICKEN_OFF_LEAVE, Disposition.NOLLE_PROSEQUI, Disposition.GUILTY), 0.5
            )
            caps.append(0.7)
        if evidence.guessed:
            rivals |= {None: 0.5, Disposition.NOLLE_PROSEQUI: 0.5}
            caps.append(0.55)
        if state.doubts:
            rivals[Disposition.OTHER] = 0.5
            caps.append(0.7)
        if all(event.blank for event in events):
            rivals |= {None: 2.0, Disposition.PENDING: 1.0}
            caps.append(0.6)
        if self.later:
            undone = (Disposition.VACATED, Disposition.PENDING, Disposition.DISMISSED, Disposition.EXPUNGED)
            rivals |= dict.fromkeys(undone, 0.5)
            caps.append(0.8)
        sources = merged_sources([self._source(e) for e in events])
        raw = " ".join(dict.fromkeys(_printed(e.span, plain=False) for e in events))
        return reading_of(Finding(state.disposition, raw, sources, evidence, rivals, _least(caps)), "disposition")

    def _may_be_deferred(self) -> bool:
        """Whether a penalty that was not understood may have been supervision or a first offender's probation."""
        heavy = (SentenceKind.PRISON, SentenceKind.JAIL, SentenceKind.BOOT_CAMP, SentenceKind.CONDITIONAL_DISCHARGE)
        light = not any(part.kind in heavy for part, _ in self.state.parts) and not self._is_convicted
        well_read = self.footing.quality >= WELL_READ and not (self.footing.covered or self.footing.inked)
        hints = {DEFERRAL} if well_read else {DEFERRAL, "sentence"}
        return light and (self.elsewhere or bool(hints & self.footing.leftovers))

    @property
    def _cannot_be_deferred(self) -> bool:
        """Whether the law of the charge defers no judgment, but for what a word of these pages may say."""
        if not self.elsewhere or self.footing.quality < WELL_READ:
            return False
        return not any(_DEFERRING.search(line.plain) for part in self.parts for _, line in part.numbered)

    @cached_property
    def _judgments(self) -> Sequence[str]:
        """The words of a well read page that a judgment was entered, where none of it may say that one was put off."""
        rows = [line.text.upper() for part in self.parts for _, line in part.numbered]
        if self.footing.quality < WELL_READ or any(_PUTTING_OFF.search(row) for row in rows):
            return ()
        return [
            found[0] for row in rows for found in _JUDGED.finditer(row) if not _NO_JUDGMENT.search(row[: found.start()])
        ]

    @property
    def _is_judged(self) -> bool:
        """Whether a judgment was entered, as before a first offender's probation none is."""
        return bool(self._judgments)

    @property
    def _is_convicted(self) -> bool:
        """Whether the judgment that was entered was one of conviction, as before supervision none is, either."""
        return any("CONVICT" in found for found in self._judgments)

    @cached_property
    def _unsaid(self) -> Reading[Disposition]:
        """A paper that need not tell how the charge ended, and does not: no row outside of its entries speaks of it."""
        if self.state.doubts or self.loose:
            return unfound({Disposition.PENDING: 1.0})
        rivals: dict[Disposition | None, float] = {Disposition.PENDING: 1.0}
        return silence(self.footing, "disposition", rivals, strange=self.strange > 0)

    @property
    def _is_guessed(self) -> bool:
        """Whether nothing says that what decided is about this count: then a penalty of its own may be another's."""
        return bool(self.state.decided_by) and all(event.joined == "guess" for event in self.state.decided_by)

    def _still_pending(self) -> Reading[Disposition]:
        """No entry ends the count: it was pending when the last one was written, as far as can be read."""
        nothing: Reading[Disposition] = silence(self.footing, "disposition", strange=self.strange > 0)
        sure = min(0.9, nothing.confidence)
        return Reading(Disposition.PENDING, "", sure)

    def disposition_date(self) -> Reading[date]:
        dated = [e for e in reversed(_decisive(self.state)) if e.date_span is not None]
        if not dated or dated[0].date_span is None:
            return self._labelled_day() or self._no_day()
        event = dated[0]
        raw = dated[0].date_span.text
        found = dates_in(raw)
        evidence = Evidence(confidence_in(dated[0].date_span), self.footing, repaired=bool(found) and not found[0].exact,
                            agreeing=(sum(e.on == event.on for e in dated) > 1 and 1) or 0, guessed=event.joined == "guess")  # fmt: skip
        others = {e.on for e in dated if e.on is not None and e.on != event.on}
        rivals: dict[date | None, float] = dict.fromkeys(others, 1.0)
        if event.on is not None:
            rivals |= dict.fromkeys(dates.neighbours(event.on, raw), 0.2)
        lost = dates.may_have_lost_a_figure(raw, days_on(self.parts[event.page]))
        at_most = 0.8 if self.later or lost else 1.0
        finding = Finding(event.on, raw, (self._source(event, event.date_span),), evidence, rivals, at_most)
        return reading_of(finding, "date")

    def _labelled_day(self) -> Reading[date] | None:
        """The one day beside labels that say it is that of the disposition, where what decided has none of its own;
        None where there is none, or what decided may be of another count."""
        found = list(self._labelled_days)
        decided = self.state.decided_by
        if len({day.value for day, _, _ in found}) != 1 or not decided or self._is_guessed or decided[-1].over:
            return None
        day, label, part = found[0]
        if day.value is None or label.value is None:
            return None
        evidence = Evidence(confidence_in(label.value), self.footing, repaired=not day.exact)
        rivals: dict[date | None, float] = dict.fromkeys(dates.neighbours(day.value, day.raw), 0.2)
        at_most = 0.8 if self.later or dates.may_have_lost_a_figure(day.raw, days_on(part)) else 1.0
        source = source_of(label.value, part.sheet.page)
        return reading_of(Finding(day.value, day.raw, (source,), evidence, rivals, at_most), "date")

    @property
    def _labelled_days(self) -> Iterator[tuple[dates.DateFound, LabelFound, Part]]:
        """The days beside labels that say it is that of a disposition, or below one that heads no column of several."""
        for part in self.parts:
            for label in part.labelled("disposition_date"):
                if label.value is not None and not (label.head and _has_day_below(label.value, part)):
                    yield from ((day, label, part) for day in dates_in(label.text))

    def _no_day(self) -> Reading[date]:
        """Where no ending is told, and no label asks for the day of another, there is none to date: as sure as that."""
        untold = self.state.disposition is None and not (self.owed or self.asked)
        if untold and self._unsaid.is_silent:
            return Reading(None, None, self._unsaid.confidence)
        untaken: Reading[date] = silence(self.footing, "disposition_date", strange=self.strange > 0)
        below = any(_has_day_below(event.span, self.parts[event.page]) for event in self.state.decided_by)
        if not below and not any(self._labelled_days):
            return untaken
        return replace(untaken, confidence=min(0.6, untaken.confidence))

    def plea(self) -> Reading[Plea]:
        if self.state.plea is None:
            return silence(self.footing, "plea", dict.fromkeys(Plea, 1.0))
        value, event = self.state.plea
        return reading_of(
            Finding(value, _printed(event.span, plain=False), (self._source(event),), self._evidence([event])),
            "other",
        )

    def sentence(self) -> Reading[tuple[SentencePart, ...]]:
        if not self.state.parts:
            convicted = self.state.disposition is Disposition.GUILTY
            unsure = self.strange > 0 or bool(self.state.doubts) or self._is_guessed
            return silence(self.footing, "sentence_due" if convicted else "sentence", strange=unsure)
        events = [event for _, event in self.state.parts]
        value = tuple(part for part, _ in self.state.parts)
        evidence = Evidence(
            word=min(confidence_in(e.span) for e in events),
            footing=self.footing,
            known=all(part.amount is not None or part.kind in _NEEDS_NO_AMOUNT for part in value),
            guessed=any(e.joined == "guess" for e in events),
            disputed=bool(self.state.doubts) or "sentence" in self.footing.leftovers,
            repaired=self.strange > 0,
            short=any(e.unread for e in events),
        )
        sources = merged_sources([self._source(e) for e in events])
        raw = " / ".join(dict.fromkeys(_printed(e.span, plain=False) for e in events))
        at_most = 0.8 if self.later or "sentence" in self.footing.leftovers else 1.0
        return reading_of(Finding(value, raw, sources, evidence, _misread(value), at_most), "sentence")

    def termination(self) -> Reading[Termination]:
        state = self.state
        if state.badly_ended is not None:
            event = state.badly_ended
            rivals: dict[Termination | None, float] = {
                Termination.SATISFACTORY: 0.5,
                Termination.REVOKED: 0.5,
            }
            finding = Finding[Termination](
                None,
                _printed(event.span, plain=False),
                (self._source(event),),
                self._evidence([event]),
                rivals,
            )
            return reading_of(finding, "termination")
        if state.termination is None:
            return self._no_termination()
        value, event = state.termination
        disputed = value is Termination.SATISFACTORY and state.violated is not None
        evidence = self._evidence([event], disputed=disputed)
        rivals = {
            Termination.REVOKED if value is Termination.SATISFACTORY else Termination.SATISFACTORY: 1.0,
            None: 0.5,
        }
        caps = [0.7] if disputed or state.doubts else []
        caps += [0.8] if self.later else []
        caps += [0.55] if evidence.guessed else []  # of this count or of another
        caps += [0.6] if event.blank else []
        raw, source = _printed(event.span, plain=False), (self._source(event),)
        return reading_of(Finding(value, raw, source, evidence, rivals, _least(caps)), "termination")

    def _no_termination(self) -> Reading[Termination]:
        ended = [e for e in self.state.doubts if e.effect is Effect.SATISFIED]
        if ended:  # an ending of something this paper does not tell of
            rivals: dict[Termination | None, float] = {None: 1.0}
            raw, source = _printed(ended[-1].span, plain=False), (self._source(ended[-1]),)
            evidence = self._evidence(ended, disputed=True)
            return reading_of(Finding(Termination.SATISFACTORY, raw, source, evidence, rivals, 0.6), "termination")
        if not self.state.is_deferred:
            return silence(self.footing, "termination_alone", dict.fromkeys(Termination, 1.0))
        unsure = bool(self.strange or self.state.doubts)
        return silence(self.footing, "termination", dict.fromkeys(Termination, 1.0), strange=unsure)

    def violated(self) -> Reading[bool]:
        event = self.state.violated
        if event is None:
            return silence(self.footing, "violated", {True: 1.0}, strange=self.strange > 0)
        return reading_of(
            Finding(True, _printed(event.span, plain=False), (self._source(event),), self._evidence([event])),
            "other",
        )


# `TIME CONSIDERED SERVED` says all there is to say, as an order of treatment or of boot camp does.
_NEEDS_NO_AMOUNT = (SentenceKind.TREATMENT, SentenceKind.TIME_SERVED, SentenceKind.BOOT_CAMP)
_LIKE = {"0": "8", "1": "7", "2": "7", "3": "8", "4": "9", "5": "6", "6": "5", "7": "1", "8": "3", "9": "4"}


def _misread(parts: tuple[SentencePart, ...]) -> dict[tuple[SentencePart, ...] | None, float]:
    """What a sentence may be where one of its amounts was misread or lost, or one of its parts was not found or is
    another's."""
    out: dict[tuple[SentencePart, ...] | None, float] = {}
    for at, part in enumerate(parts):
        before, after = parts[:at], parts[at + 1 :]
        if len(parts) > 1:
            out[before + after] = 1.0
        if part.amount is not None:
            out[(*before, replace(part, amount=None, unit=None), *after)] = 1.0
            for amount in _amounts_like(part.amount):
                out[(*before, replace(part, amount=amount), *after)] = 0.3
    kinds = {part.kind for part in parts}
    for kind in (SentenceKind.FINE, SentenceKind.TIME_SERVED, SentenceKind.PROBATION):
        if kind not in kinds:
            out[(*parts, SentencePart(kind, None, None))] = 0.5
    out[None] = 0.5
    return out


def _amounts_like(amount: float) -> list[float]:
    """Amounts that one misread or lost figure away print alike."""
    text = f"{amount:g}"
    changed = [text[:at] + _LIKE[c] + text[at + 1 :] for at, c in enumerate(text) if c in _LIKE]
    shorter = [text[:at] + text[at + 1 :] for at in range(len(text)) if len(text) > 1]
    found = [float(one) for one in dict.fromkeys(changed + shorter) if one.strip("0.")]
    return [one for one in found if one > 0]


def _decisive(state: Standing) -> list[Event]:
    """The events that made the disposition what it is; for a deferral the sentence that deferred."""
    if state.is_deferred:
        deferring = [e for e in state.decided_by if e.part is not None]
        return deferring or state.decided_by
    if state.disposition is Disposition.GUILTY and state.sentenced_by:
        days = list(state.decided_by)
        return days + [e for e in state.sentenced_by if e not in days and e.part is not None][:1]
    return state.decided_by


def _printed(span: Span, *, plain: bool = True) -> str:
    if not plain:
        return span.text
    return " ".join(word_of(t).text.upper() for t in span)

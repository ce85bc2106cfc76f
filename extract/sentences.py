"""Running text: paragraphs that name the case, accuse, and tell day by day what the court did."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from casefile.ocr import BBox, OcrPage
from extract.accusations import flowing, holds_together, is_running
from extract.charges import OFFENSE_WORD, StatuteFound, cites_charge, is_charge_statute, statutes_in
from extract.dates import DateFound, dates_in
from extract.dispositions import Effect, says_what_became, wordings_in
from extract.doc import Line, Sheet, sheet_of, word_of
from extract.entries import count_number
from extract.names import is_given, name_in
from extract.numbers import docket_numbers_in
from extract.retold import Setter, Told, tell_charge
from extract.statutes import Citation

_LEADS = re.compile(
    r"(?:^|[.;:,] *|\bAND |\bTHAT |\bTHEREAFTER,? |\bTHEN )(?:AND |THAT |THEREAFTER,? |THEN |WHEREUPON,? )*(?:(?:ON|DATED?:?) (?:OR ABOUT )?)?(?:THE |THIS )?$"
)
_OF_OFFENSE = re.compile(
    r"(?:(?:OFFENSES?|CRIME|CHARGE) OF|CHARGED WITH(?! (?:THE |AN? |ONE )?(?:OFFENSE|CRIME|CHARGE|COUNT|VIOLAT)))(?=[: ]):? +(?P<a>.+?)(?=,? (?:AND |BY |IN )?(?:IN VIOLATION|IN THAT|CONTRARY|PURSUANT|AS DEFINED|COMMITTED|ON OR ABOUT|ON THE)|,? \(|[,;.] *(?:CH|\d{2,3} ?ILCS)|$)"
    r"|TO[- ]WIT:? +(?P<b>.+?)(?=[.;]|$)"
)
_ACCUSES = re.compile(
    r"VIOLATION OF|CONTRARY TO|OFFENSES? OF|CRIME OF|CHARGED? (?:WITH|OF)|TO[- ]WIT|UNDER (?:SECTION|CHAPTER)"
)
_COUNT = re.compile(r"^\W*(?:COUNT|CT\.?|CHARGE)\W*(?:NO\.? ?)?(?P<number>\d{1,2}|[IVX]{1,4})\b\W*")
# Particulars in running text: what stands before each, and the label the finders know it by.
_SAID: tuple[tuple[str, str, str], ...] = (
    ("BIRTH", r"(?:DATE OF BIRTH|BIRTH ?DATE|D\.?O\.?B\.?|BORN)(?: (?:IS|WAS|ON|OF|THE))*[ :,(]*$", "DATE OF BIRTH:"),
    (
        "ARREST",
        r"(?:ARRESTED|DATE OF ARREST|TAKEN INTO CUSTODY|APPREHENDED)(?: (?:IS|WAS|ON|HEREIN|THE))*[ :,(]*$",
        "ARREST DATE:",
    ),
    (
        "FILED",
        r"(?:FILED|FILING|ALLEGED IN THE (?:ABOVE|SAID) CAUSE)(?:,? (?:IS|WAS|ON|HEREIN|IN THIS COURT|THE))*[ :,(]*$",
        "DATE FILED:",
    ),
)
_VALUES: tuple[tuple[str, str], ...] = (
    (r"\bSEX[ :]+(?P<v>M|F|MALE|FEMALE)\b", "SEX:"),
    (r"\bRACE[ :]+(?P<v>[A-Z]{1,9})\b", "RACE:"),
    (r"\b(?:I\.?R\.?|INDIVIDUAL RECORD) ?(?:NUMBER|NO\.?|#)?[ :]+(?P<v>\d{5,8})\b", "IR NO:"),
    (
        r"(?:^\W*|, )WHO (?:IS|WAS) ALSO (?:CALLED|KNOWN AS) (?P<v>[A-Z][A-Z'-]+(?: [A-Z][A-Z'.-]*){1,3})(?=[,;)]|$)",
        "ALIAS:",
    ),
    (r"\b(?:SID|STATE (?:ID|IDENTIFICATION)) ?(?:NUMBER|NO\.?|#)?[ :]+(?P<v>\w{6,11})\b", "SID:"),
    (
        r"\b(?:BY|OF) (?:THE )?(?P<v>[A-Z][A-Z .']*?(?:P\.?D\.?|POLICE(?: DEPARTMENT| DEPT\.?)?|SHERIFF(?:'S (?:OFFICE|POLICE))?|STATE POLICE))(?=[,.;:) ]|$)",
        "AGENCY:",
    ),
)
_NAMED = re.compile(r"(?:DEFENDANT|VERSUS|VS?\.|ACCUSED|PLAINTIFF)[ :,]+$|^\W*$")
_SPOKEN_OF = re.compile(r"(?:THAT|AGAINST)[ :,]+$")
_WHO_WAS_BORN = re.compile(r"[(, ]*(?:DATE OF BIRTH|BORN\b|WHOSE DATE)")
_AFTER_NAME = re.compile(
    r"[ ]*(?:[,(]|WAS\b|WHOSE\b|BORN\b|STANDS\b|IS\b|DEFENDANT|DID\b|HEREIN|CASE\b|DOCKET\b|NO\b|$)"
)


@dataclass
class _Text:
    """What the running text of a page says, piece by piece."""

    particulars: list[tuple[str, Sequence[Token]]] = field(default_factory=list)
    charges: list[Told] = field(default_factory=list)
    days: list[tuple[Sequence[Token], Sequence[Token]]] = field(default_factory=list)  # the day, and what was done
    several: bool = False  # whether it names several persons or cases
    crowded: bool = False  # whether a sentence accuses of several things at once
    cited: set[Citation | None] = field(default_factory=set)  # what is told as charges
    in_days: set[Citation | None] = field(default_factory=set)  # what sentences that tell of a day cite
    turned: bool = False  # whether an ending in it may be wished, denied, undone or another's


def told_in_sentences(sheet: Sheet) -> tuple[OcrPage, bool] | None:
    """The page with its running text told as labelled particulars, charges and dated entries, and whether no sentence
    may say that an ending was wished, denied, undone or another's; None where none accuses or tells of a day in court."""
    if sum(map(is_running, sheet.lines)) < 2:
        return None
    flowed = sheet_of(flowing(sheet.page, sheet))
    stood = {word_of(token).bbox: line for line in sheet.lines for token in line.span}
    text, taken = _Text(), dict[BBox, bool]()  # the words of sentences, and whether such a sentence tells of a day
    for line in flowed.lines:
        before = len(text.days)
        rows = [stood[box] for token in line.span if (box := word_of(token).bbox) in stood]
        joined = bool(rows) and rows[0] is not rows[-1]
        whole = is_running(line) or _states_a_count(line) or (bool(rows) and _is_sentence(rows[0], joined=joined))
        if whole and _read(line, text):
            taken |= dict.fromkeys((word_of(token).bbox for token in line.span), len(text.days) > before)
    if (
        text.several
        or text.crowded
        or text.in_days - text.cited
        or not ((text.days and _ends(text)) or (text.charges and text.particulars))
    ):
        return None
    text.turned |= _goes_on_after_its_end([words for _, words in text.days])
    cut = sheet.lines[-1]
    text.turned |= word_of(cut.span[0]).bbox in taken and _CUT_OFF.search(cut.plain) is not None
    return _set_again(sheet, taken, text), not text.turned


def _goes_on_after_its_end(days: Sequence[Sequence[Token]]) -> bool:
    """Whether a day behind one that ends the case without a conviction, or a second day told with it, says what is not
    understood."""
    told = [wordings_in(_plain(words)) for words in days]
    freed = [at for at, found in enumerate(told) if any(one.frees for one in found)]
    if not freed:
        return False
    later = told[freed[-1] + 1 :]
    return any(dates_in(" ".join(t.text for t in days[at])) for at in freed) or not all(
        any(one.wording.effect is not Effect.NONE for one in found) for found in later
    )


# So a page ends whose last sentence goes on overleaf.
_CUT_OFF = re.compile(r"\b(?:WAS|WERE|IS|BE|NOT|HAS|HAD|AND|OR|THE|OF|BY|TO|ORDER|SAID)$")


def _states_a_count(line: Line) -> bool:
    """Whether a paragraph begins with its count and says against what law it was: its words are few and short."""
    return _COUNT.match(line.plain) is not None and _AGAINST.search(line.plain) is not None


_AGAINST = re.compile(r"\b(?:CONTRARY TO|IN VIOLATION OF)\b")


def _is_sentence(first: Line, *, joined: bool) -> bool:
    """Whether a row that opens with its day, perhaps joined with those below it, begins a sentence and is no entry."""
    return (joined and holds_together(first)) or _SPOKEN.match(first.text) is not None


_SPOKEN = re.compile(r"[Oo]n (?:the )?[A-Z0-9]")  # `On March 14th, 1983 the`: no entry of a list


def _ends(text: _Text) -> bool:
    """Whether a day tells of more than procedure."""
    said = (wordings_in(_plain(words)) for _, words in text.days)
    return any(found.wording.effect is not Effect.NONE for wordings in said for found in wordings)


def _set_again(sheet: Sheet, taken: Mapping[BBox, bool], text: _Text) -> OcrPage:
    """The page with its sentences told again, every other row as it was: who and what is charged where the first of
    them stood, the days where the first that tells of one did."""
    setter, charged, dated = Setter(sheet.pitch), False, False
    for line in sheet.lines:
        mine = [taken[box] for token in line.span if (box := word_of(token).bbox) in taken]
        running = len(mine) > 0.5 * len(line.span)
        if not running:
            setter.keep(line.span, line.top)
            continue
        if not charged:
            _tell_charges(setter, text)
            charged = True
        if any(mine) and not dated:
            _tell_days(setter, text)
            dated = True
    return setter.page(sheet.page)


def _tell_charges(setter: Setter, text: _Text) -> None:
    """The particulars beside labels, the charges in a list."""
    setter.gap()
    for label, words in text.particulars:
        setter.row([words], says=label, ink=words[0])
    setter.gap()
    for told in text.charges:
        tell_charge(setter, told)
    setter.gap()


def _tell_days(setter: Setter, text: _Text) -> None:
    """The days as entries."""
    setter.gap()
    for day, words in text.days:
        setter.entry(day, "", words, "")
    setter.gap()


def _read(line: Line, text: _Text) -> bool:
    """Take a paragraph apart, sentence by sentence; whether anything of it was taken."""
    taken = [_read_sentence(sentence, text) for sentence in _sentences(line)]
    return any(taken)


# Where a sentence begins that names a count or a day: behind a full stop, or with words that only open sentences.
_OPENS = re.compile(
    r"(?<=[.;:] )(?=(?:COUNT|CT\.?) ?(?:NO\.? ?)?(?:\d{1,2}|[IVX]{1,4})\b)"
    r"|(?<=[.;:] )(?=(?:(?:AND|THAT|THEN|THEREAFTER),? )*(?:ON )?(?:THE )?[0-9A-Z]{1,9}\.?[ /.-])"
    r"|(?<= )(?=(?:THAT|THEREAFTER),? (?:THEREAFTER,? )?ON (?:THE )?[0-9A-Z]{1,9}\.?[ /.-])"
)


def _sentences(line: Line) -> Iterator[Line]:
    """The paragraph cut before each sentence that opens with a count or a day."""
    doc, starts = line.span.doc, [line.span.start]
    for found in _OPENS.finditer(line.text.upper()):
        first = line.at(found.start(), found.start() + 1).start
        rest = Line(doc[first : line.span.end], line.pitch)
        if first > starts[-1] and (_COUNT.match(rest.plain) or _opens_with_day(rest)):
            starts.append(first)
    for start, stop in zip(starts, [*starts[1:], line.span.end], strict=True):
        yield Line(doc[start:stop], line.pitch)


def _opens_with_day(line: Line) -> bool:
    found = next(iter(dates_in(line.text)), None)
    return found is not None and found.value is not None and _LEADS.match(line.text[: found.start].upper()) is not None


def _read_sentence(line: Line, text: _Text) -> bool:
    text.crowded |= len({s.citation for s in statutes_in(line) if is_charge_statute(s)}) > 1
    ends = says_what_became(line.plain) and not dates_in(line.text)
    text.crowded |= ends and cites_charge(line)
    charge = _charge(line, len(text.charges) + 1)
    if charge is not None:
        text.charges.append(charge)
        text.cited |= {s.citation for s in statutes_in(line) if is_charge_statute(s)}
        _particulars(line, text)
        return True
    days = list(_days(line))
    if days and _AMENDS.search(line.plain) is None:
        text.in_days |= {s.citation for s in statutes_in(line) if is_charge_statute(s)}
    text.days.extend(days)
    text.turned |= _is_turned(line, days)
    before = len(text.particulars)
    opening = line.span.doc[line.span.start : min((d[0].i for d, _ in days), default=line.span.end)]
    if len(opening) >= 4:
        _particulars(Line(opening, line.pitch), text)
    return bool(days) or len(text.particulars) > before


_AMENDS = re.compile(r"\b(?:AMEND|REDUC)\w*")
# In a sentence that ends a charge: it may have been wished for or denied, at whatever distance, be undone, or another's.
_TURNING = re.compile(
    r"\bNOT\b(?! (?:GUILTY|(?:BEING )?(?:READY|PREPARED)|OBJECTING|OPPOSING|APPEARING|MORE THAN|LESS THAN|TO EXCEED)\b)|\bNEVER\b|\b(?:SHOULD|WOULD|COULD|MIGHT|SHALL(?! (?:SEAL|EXPUNGE|IMPOUND)\b)|(?<!AS )MAY(?= (?:BE|HAVE|NOT|WELL)\b)|UNLESS|IF|WHETHER|WISH\w*|PRAY\w*|ASKS?|ASKED|REQUEST\w*)\b"
    r"|(?<!ORDERED )(?<!ORDERED THAT )(?<!AS MAY )\bBE (?!IT\b|HEARD\b)|\bIN THE EVENT\b|\bOF A MIND\b|\bPLEA OF THE (?:ATTORNEY|STATE)"
    r"|\b(?:WITNESS\w*|CO-?DEF\w*|JUR(?:Y|OR)S? (?:WAS|WERE)(?! WAIVED)|WHO WAS|COMPANION|BUT|EXCEPT|ANNULL\w*|VOID\w*|ANEW|RESTORED|REVIVED|RESCINDED|IN ERROR|SET ASIDE)\b|\bPUT (?:BACK|ON)\b|\bNO FORCE\b"
)
_ORDERED = re.compile(r"\b(?:ORDERED|ORDERS|ADJUDGED|CONSIDERED|DECREED)\b")
_ONLY_LEADS = re.compile(r"(?:\W|\b(?:AND|THAT|THEREAFTER|THEN|WHEREUPON|ON|OR|ABOUT|THE|THIS|DATED?)\b)*")


def _is_turned(line: Line, days: Sequence[tuple[Sequence[Token], Sequence[Token]]]) -> bool:
    """Whether a sentence that says what became of a charge may say something else: by a word of it, or by those that
    stand before its day and are told nowhere."""
    if not any(says_what_became(_plain(words)) for _, words in days):
        return False
    if turns(line.plain):
        return True
    before = line.span.doc[line.span.start : days[0][0][0].i].text.upper()
    return _ONLY_LEADS.fullmatch(before) is None


def turns(plain: str) -> bool:
    """Whether a word of a sentence may turn what it says became of a charge: wished, denied, undone or another's."""
    return any(
        not (found[0].startswith("BE ") and _ORDERED.search(plain[: found.start()]))
        for found in _TURNING.finditer(plain)
    )


# --- who, and which case -----------------------------------------------------------------------------------------


def _particulars(line: Line, text: _Text) -> None:
    """The particulars a sentence states of the case and the person."""
    said = {label: _bare(words) for label, words in text.particulars}

    def add(label: str, words: Span) -> None:
        if not len(words):
            return
        if label not in said:
            said[label] = _bare(words)
            text.particulars.append((label, list(words)))
        elif label in _WHOSE and said[label] != _bare(words):
            text.several = True

    upper = line.text.upper()
    for found in docket_numbers_in(line.text):
        if found.shape != "traffic":
            add("CASE NO:", line.at(found.start, found.end))
    for day in dates_in(line.text):
        before = upper[: day.start]
        if _IS_CHARGING.match(upper, day.end) and not any(re.search(p, before) for _, p, _ in _SAID):
            add("DATE FILED:", line.at(day.start, day.end))
        for _, pattern, label in _SAID:
            if re.search(pattern, before) and not _OF_ANOTHER.search(before):
                add(label, line.at(day.start, day.end))
    for pattern, label in _VALUES:
        found_value = re.search(pattern, upper)
        if found_value is not None and (label != "AGENCY:" or "ARREST" in upper):
            add(label, line.at(*found_value.span("v")))
    name = _name(line)
    if name is not None:
        add("DEFENDANT:", name)


# Behind the day on which a charge was brought: `On May 5, 1990 the defendant was charged with`.
_IS_CHARGING = re.compile(
    r",? (?:[A-Z0-9#'-]+,? ){0,8}(?:DEFENDANT|ACCUSED|HE|SHE) (?:WAS|WERE) (?:FORMALLY )?CHARGED\b"
)
_OF_ANOTHER = re.compile(
    r"\b(?:ONE|WITNESS|COMPLAINANT|VICTIM|TO|BY|FROM|UPON) [A-Z][A-Z'-]+(?: [A-Z][A-Z'.-]*){1,2},? (?:WHO WAS )?BORN(?: ON)?[ ,]*$"
)
_WHOSE = ("CASE NO:", "DEFENDANT:")


def _plain(words: Iterable[Token]) -> str:
    """Words in capitals, mended to those of the lexicon."""
    return " ".join(token.norm_ for token in words)


def _bare(words: Iterable[Token]) -> str:
    """The letters and figures of words."""
    return "".join(c for token in words for c in token.text.upper() if c.isalnum())


def _name(line: Line) -> Span | None:
    """The words that name the defendant: after a word that announces them, up to a mark or a verb."""
    doc = line.span.doc
    for start in range(line.span.start, line.span.end - 1):
        before = " ".join(t.text.upper() for t in doc[max(line.span.start, start - 4) : start])
        spoken = _SPOKEN_OF.search(f"{before} ") is not None
        if not spoken and not _NAMED.search(f"{before} " if before else ""):
            continue
        for size in (5, 4, 3, 2):
            end = start + size
            if end > line.span.end:
                continue
            span = doc[start:end]
            rest = " ".join(t.text.upper() for t in doc[end : end + 1])
            closed = span.text[-1] in ",(" or _AFTER_NAME.match(rest) is not None
            born = _WHO_WAS_BORN.match(doc[end : min(end + 4, line.span.end)].text.upper())
            if closed and _is_name(span) and (born or not spoken):
                return span
    return None


def _is_name(span: Span) -> bool:
    words = [w.strip(",.()") for w in span.text.upper().split()]
    if any(not re.fullmatch(r"[A-Z][A-Z'’.-]*", w) for w in words) or not any(map(is_given, words)):
        return False
    if words[0] == "I":
        return False  # a clerk who certifies
    inside = span.text[:-1].replace(".", "")
    if "," in inside and inside.index(",") != len(words[0]):
        return False
    name = name_in(span.text.strip(" ,("))
    return name is not None and bool(name.given) and not any(w in _NEVER for w in words)


_NEVER = {"THE", "DEFENDANT", "COURT", "STATE", "PEOPLE", "WAS", "BORN", "CASE", "COUNTY", "AND", "OF", "BY", "CHARGED", "JUDGE", "ATTORNEY"}  # fmt: skip


# --- what was charged --------------------------------------------------------------------------------------------


def _charge(line: Line, place: int) -> Told | None:
    """The charge that a paragraph states with one citation; None where it states none, or several."""
    statutes = [s for s in statutes_in(line) if is_charge_statute(s)]
    if len({s.citation for s in statutes}) != 1:
        return None
    plain = line.plain
    counted = _COUNT.match(plain)
    accuses = _ACCUSES.search(plain) is not None
    told_of = accuses or counted is not None or OFFENSE_WORD.search(plain) is not None
    tells_ending = says_what_became(plain) and bool(dates_in(line.text))
    if not told_of or tells_ending:
        return None
    number = count_number(counted["number"]) if counted is not None else place
    told = Told(number or place)
    words = _words(line, statutes[0], counted)
    told.add("statute", statutes[0].span)
    if words is not None:
        told.add("description", words)
    graded = _GRADED.search(plain, line.plain.find(statutes[0].span[-1].norm_))
    if graded is not None:
        told.add("grade", line.plain_at(*graded.span()))
    day = _offense_day(line)
    if day is not None:
        told.add("offense_date", line.at(day.start, day.end))
    return told


_GRADED = re.compile(r"\bCLASS [1-4XMABC] (?:FELONY|MISDEMEANOR)\b")


def _words(line: Line, statute: StatuteFound, counted: re.Match[str] | None) -> Span | None:
    """The words of the charge: after `the offense of` or `to wit`, else what stands before the citation."""
    plain = line.plain
    found = _OF_OFFENSE.search(plain)
    if found is not None:
        start, end = found.span("a" if found["a"] else "b")
        span = line.plain_at(start, max(start + 1, end))
        return _without(span, statute)
    first = line.plain_at(0, counted.end()).end if counted is not None and counted.end() > 0 else line.span.start
    before = line.span.doc[first : statute.span.start]
    end = next((t.i for t in before if t.norm_.strip(",.()") in ("IN", "CONTRARY", "PURSUANT")), before.end)
    span = line.span.doc[first:end]
    return span if len(span) and sum(c.isalpha() for c in span.text) >= 3 else None


def _without(span: Span, statute: StatuteFound) -> Span | None:
    """The span up to the citation, where it holds it."""
    end = min(span.end, statute.span.start) if statute.span.start > span.start else span.end
    return span.doc[span.start : end] if end > span.start else None


def _offense_day(line: Line) -> DateFound | None:
    """The one day of a sentence that accuses, but for a day of birth or arrest."""
    upper = line.text.upper()
    found = [d for d in dates_in(line.text) if d.value is not None]
    found = [d for d in found if not _IS_CHARGING.match(upper, d.end)]
    free = [d for d in found if not any(re.search(pattern, upper[: d.start]) for _, pattern, _ in _SAID)]
    return free[0] if len({d.value for d in free}) == 1 else None


# --- what was done -----------------------------------------------------------------------------------------------


def _days(line: Line) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """Each day that opens a sentence, or with things done a part of one, and the words up to the next such day."""
    upper = line.text.upper()
    opening = [d for d in dates_in(line.text) if d.value is not None and _LEADS.search(upper[: d.start])]
    opening = [d for d in opening if not any(re.search(p, upper[: d.start]) for _, p, _ in _SAID)]
    for at, day in enumerate(opening):
        span = line.at(day.start, day.end)
        stop = line.span.end
        if at + 1 < len(opening):
            stop = line.at(opening[at + 1].start, opening[at + 1].end).start
        words = [t for t in line.span.doc[span.end : stop] if any(c.isalnum() for c in t.text)]
        opened = (
            at == 0 and _opens_with_day(line) and not (_ACCUSES.search(line.plain) or OFFENSE_WORD.search(line.plain))
        )
        if words and (opened or wordings_in(_plain(words))):
            yield list(span), words

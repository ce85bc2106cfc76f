"""Dated entries of a docket: the day, the counts it names, what was ordered, in how many months or dollars."""
# ruff: noqa: E501 - a pattern or a table row is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span

from casefile.docket import Disposition, SentenceKind, SentencePart, Unit
from extract.dates import DateFound, dates_in, opens_with_date
from extract.dispositions import Effect, WordingFound, wordings_in
from extract.doc import ASIDE, Line, level_of
from extract.lexicon import LEXICON

_COUNTED = r"(?:COUNTS?|CTS?\.?|CNTS?\.?|CHARGES?|CHGS?\.?|COMPLAINTS?)"
_NUMERAL = r"(?:VIII|VII|VI|IV|III|II|IX|I|V|X)"
_SPELLED = r"(?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN)(?![A-Z])"
# Counts as other clerks number them: `Count II`, `Cts. I & II`, `Count Two`, `2nd count`, `count B`, `the second count`.
_WORDED_REF = re.compile(
    rf"(?<![A-Z0-9]){_COUNTED}(?: ?(?={_NUMERAL})|[ .](?=[A-H](?![A-Z]))|(?: NUMBER)? (?={_SPELLED}))(?P<list>(?:{_NUMERAL}|[A-H]|{_SPELLED})(?:(?:,? ?[,&] ?|,? AND )(?:{_COUNTED} ?)?(?:{_NUMERAL}|{_SPELLED}))*)(?![A-Z0-9'])"
    rf"|(?<![A-Z0-9])(?P<ordinal>\d{{1,2}}(?:ST|ND|RD|TH)|[IL]ST|FIRST|SECOND|THIRD|FOURTH|FIFTH|SIXTH) {_COUNTED}(?![A-Z0-9])"
)
ROMANS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


def count_number(text: str) -> int | None:
    """The number of a count in figures, in words or, up to ten, in Roman numerals."""
    return ROMANS.get(text) or _WORTH.get(text) or (int(text) if text.isdigit() else None)


def letter_number(letter: str) -> int:
    """The number of the count that a clerk calls A, B or another letter."""
    return ord(letter) - ord("A") + 1


ORDINALS = {"FIRST": 1, "SECOND": 2, "THIRD": 3, "FOURTH": 4, "FIFTH": 5, "SIXTH": 6}
ALL_COUNTS = 0  # stands for every count in a list of counts
UNREAD_COUNT = -1  # a count is named, but which one cannot be told
REST_OF_COUNTS = -2  # stands for every count that no other entry ends
_REF = re.compile(
    r"(?<![A-Z0-9$./-])(?:C[O0Q]{0,4}([1-9IL][0-9OIL]?)(?![A-Z0-9])"
    r"|(?:COUNTS?|CTS?|CNTS?|CHARGES?|CHGS?|COMPLAINTS?)\.? ?#?:? ?0{0,2}([IL](?![A-Z0-9])|\d{1,2}(?:(?: ?, ?(?:& ?|AND )| ?[,&+-] ?| AND | THRU | THROUGH | TO )(?:C(?:T|OUNT)?S?\.? ?)?0{0,2}\d{1,2})*)(?![0-9/-]|\.\d|½|[ -]?1/2)(?! ?(?:YEARS?|YRS?|MONTHS?|MTHS?|MOS?|DAYS?|DYS?|HOURS?|HRS?)\b))"
)
_ALL = re.compile(
    r"(?<![A-Z0-9])(?:(?:(?<!OFF )(?<!ON )(?<!COURT )(?<!FROM )(?<!THE )|(?<=PROBATION )|(?<=SUPERVISION ))C[A4]LL(?! ?-)|ALL (?:COUNTS|CTS|CHARGES|CHGS?|CNTS|COMPLAINTS)|(?:EACH|EVERY) (?:COUNT|CHARGE)"
    r"|BOTH (?:COUNTS|CTS|CHGS?|CHARGES)|AS TO ALL|(?<=\d )ALL(?= ))(?![A-Z0-9])"
)
_REST = (
    r"(?:(?:ALL|THE) )*(?:REMAINING|OTHER|(?:BALANCE|REMAINDER|REST) OF(?: THE| ALL)?) (?:COUNTS|CTS|CNTS|CHARGES|CHGS)"
)
_REST_BEHIND = re.compile(rf"[ ,:-]*(?:(?:AS TO|ON|IN|OF|FOR) )?{_REST}(?=[ .;,)]*$|[.;])")
_GOING_WITH = "".join(
    rf"(?<!{word} )"
    for word in (
        "WITH",
        "TO",
        "FROM",
        "BY",
        "EXCEPT",
        "BUT",
        "PLEA",
        "PENDING",
        "OR",
        "IN",
        "ANY",
        "NO",
        "NOT",
        "WITHOUT",
        "SAVE",
        "THAN",
    )
)
_REST_BEFORE = re.compile(rf"(?<![A-Z]){_GOING_WITH}{_REST}[ ,:-]*(?:ARE |WERE )?(?:HEREBY )?$")
_OF_THOSE = re.compile(r"(?:EACH|EVERY|BOTH)\b")  # of the counts named before
_UNREAD = re.compile(r"(?<![A-Z])(?:COUNTS?|CTS?|CNTS?|CHGS?)(?![A-Z])")
_JUDGE = re.compile(r"^[*# ]*(?:JUDGE:? |HON\.? )?[A-Z][A-Z'.-]+, ?[A-Z][A-Z.]*(?: [A-Z]\.?)?(?: [JS]R\.?)?$")
_UNITS_IN_WORDS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
_TEENS = (
    "TEN", "ELEVEN", "TWELVE", "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN",
)  # fmt: skip
_TENS = ("TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY")
_WORTH = {
    **{word: at for at, word in enumerate(_UNITS_IN_WORDS, 1)},
    **{word: at for at, word in enumerate(_TEENS, 10)},
    **{word: 10 * at for at, word in enumerate(_TENS, 2)},
}
_ONES, _TWENTIES = "|".join(_UNITS_IN_WORDS), "|".join(_TENS)
_BELOW_HUNDRED = rf"(?:{_TWENTIES})(?:[ -](?:{_ONES}))?|{'|'.join(_TEENS)}|{_ONES}"
_IN_WORDS = rf"(?:{_ONES}) HUNDRED(?: AND)? (?:{_BELOW_HUNDRED})|(?:{_ONES}) HUNDRED|{_BELOW_HUNDRED}"
_AMOUNT = re.compile(
    rf"(?<![A-Z0-9/.-])(?:\$ ?(?P<dollars>\d[\d,]*)(?:\.\d\d)?(?! ?GR)"
    rf"|(?:(?P<spelled>{_IN_WORDS}) ?\( ?(?=\d))?(?P<number>\d{{1,4}}|{_IN_WORDS})(?:\.0+)? ?[-)]? ?(?P<unit>YEARS?|YRS?\.?|MONTHS?|M(?=[A-Z ]|$)|MTHS?\.?|MNTHS?\.?|MOS?\.?|DAYS?|DYS?\.?|DA\.?|D(?=[ ,.;]|$)|HOURS?|HRS?\.?|DOLLARS))(?![A-Z0-9])"
)
_STRAY = re.compile(
    r"(?<=[A-Z0-9)] )(?<!COUNT )(?<!CT )(?<!CNT )(?<!CHG )(?<!CHARGE )(?<!NO )(?<!AND )(?<!& )(?<!CLASS )(?<!CL )\d $"
)
_UNITS = {"Y": Unit.YEARS, "M": Unit.MONTHS, "D": Unit.DAYS, "H": Unit.HOURS}


@dataclass(frozen=True)
class AmountOf:
    """A length of time or a sum in an entry, and where it stands in the entry's plain text."""

    amount: float
    unit: Unit
    start: int
    end: int


@dataclass
class Entry:
    """One entry with its continuation rows; `dated` is the date as found, None where none is printed."""

    lines: list[Line]
    dated: DateFound | None
    date_span: Span | None
    numbers: list[int] = field(default_factory=list)
    under: tuple[int, ...] = ()  # the count under whose own heading the entry stands, or those in a column of theirs

    @property
    def led_by(self) -> tuple[int, ...]:
        """The count printed alone before the date, as columns headed `CT` have it, or in a heading above; there `ALL`, too."""
        if self.under:
            return self.under
        if self.dated is None:
            return ()
        before = self.lines[0].text[: self.dated.start]
        if re.fullmatch(r"\W*(?:ALL|All|BOTH|Both)\W*", before):
            return (ALL_COUNTS,)
        found = re.fullmatch(r"\W*0{0,2}(\d{1,2})\W*", before)
        return (int(found[1]),) if found is not None else ()

    def runs(self) -> Iterator[Line]:
        """The entry's text without rows that only name a judge; rows that follow each other are one."""
        run: list[Line] = []
        for line in self.lines:
            if is_judge_row(line):
                if run:
                    yield _joined(run)
                run = []
            else:
                run.append(line)
        if run:
            yield _joined(run)

    @property
    def text(self) -> str:
        return " ".join(line.plain for line in self.lines)


def _joined(lines: Sequence[Line]) -> Line:
    doc = lines[0].span.doc
    return Line(doc[lines[0].span.start : lines[-1].span.end], lines[0].pitch)


def entries_in(numbered: Sequence[tuple[int, Line]]) -> list[Entry]:
    """Rows grouped into entries: each begins with a date or, undated, with a wording of its own."""
    out: list[Entry] = []
    last = sum(_last_cell_is_day(line) for _, line in numbered) > 1  # a column of days at the end of the rows
    columns = [
        _left_of(line, day) for _, line in numbered if (day := leading_date(line)) and not opens_with_date(line.text)
    ]
    for number, line in numbered:
        dated = leading_date(line) or _day_behind_name(line, columns)
        if dated is not None and not (out and _is_next_day(out[-1], number, line)):
            span = line.at(dated.start, dated.end)
            out.append(Entry([line], dated, span, [number]))
        elif out and _follows(out[-1], number, line):
            out[-1].lines.append(line)
            out[-1].numbers.append(number)
        elif wordings_in(line.plain):
            anywhere = dates_in(line.text)
            day = anywhere[-1 if last and _last_cell_is_day(line) else 0] if anywhere else None
            out.append(Entry([line], day, line.at(day.start, day.end) if day else None, [number]))
    behind = [cell for entry in out for cell in _behind_day(entry)]
    for cell in behind:
        again = sum(other.text == cell.text for other in behind) > 1
        if _is_name(cell[0].norm_) or (again and _is_strange(cell[0].norm_)):
            cell[0].norm_ = ASIDE  # a judge, in a column behind the days
    return [_without_judge(entry) for entry in out]


def _behind_day(entry: Entry) -> Sequence[Span]:
    """The cell of one word between the day of an entry and what was done on it; none where there is no such cell."""
    cells = entry.lines[0].cells[1:-1]
    own = cells and entry.date_span is not None and entry.date_span.end == cells[0].start and len(cells[0]) == 1
    return cells[:1] if own else ()


def _without_judge(entry: Entry) -> Entry:
    """The entry without the judge's name, or the mark that repeats it, in a last cell of its own: what was done goes on
    in the next row."""
    cells = [line.cells[-1] for line in entry.lines[:-1] if len(line.cells) > 1]
    for cell in cells:
        if len(cell) == 1 and (_DITTO.fullmatch(cell.text) or _is_name(cell[0].norm_)):
            cell[0].norm_ = ASIDE
    return entry


_DITTO = re.compile(r"[\"'’”〃]{1,2}")
BENT = ("ED", "ING", "ION", "MENT", "ANCE", "AL")  # as words of what was done end


def _is_name(norm: str) -> bool:
    """Whether a word in capitals is like none that courts use, nor the beginning of one."""
    return _is_strange(norm) and not any(word.startswith(norm[:4]) for word in LEXICON)


def _is_strange(norm: str) -> bool:
    """Whether a word in capitals is none that courts use, nor one bent as those that turn an order."""
    if len(norm) < 5 or not norm.isalpha() or norm.endswith(BENT) or _UNDOING.match(norm) or wordings_in(norm):
        return False
    return norm not in LEXICON


_UNDOING = re.compile(
    r"ERR(?:OR|AT|ON)|RE(?:SC|V|CALL|OP|FIL|IN|TR|MAND|AR|DO|H|ACT|JECT|STOR|SERV)|ANNUL|NULL|OVER|UND|UPSET|UPHELD|CO-?DEF"
    r"|VOID|CANC|EXC|NEVER|NOT|DIS|DEN|FUG|STR|STAY|WITH|WRONG|INVAL|MIST|CLEMEN|PARDON|FALSE|ABSEN|LAPSE|UNLESS|UNTIL|ONLY"
)  # how words begin that turn an order


def is_dated_row(line: Line) -> bool:
    """Whether a row opens with its day, or has it in a last cell of its own."""
    return leading_date(line) is not None or _last_cell_is_day(line)


def _last_cell_is_day(line: Line) -> bool:
    """Whether a row of several cells has a day, and nothing else, in its last one."""
    found = dates_in(line.cells[-1].text) if len(line.cells) > 1 else []
    return len(found) == 1 and sum(c.isalnum() for c in found[0].raw) == sum(c.isalnum() for c in line.cells[-1].text)


def leading_date(line: Line) -> DateFound | None:
    found = dates_in(line.text)
    if not found:
        return None
    if opens_with_date(line.text):
        return found[0]
    told = any(one.wording.effect is not Effect.NONE for one in wordings_in(line.plain))
    named = told and _NAMED.fullmatch(line.text[: found[0].start]) is not None
    return found[0] if named and not set(line.plain.split()[:1]) & LEXICON else None


def _left_of(line: Line, day: DateFound) -> int:
    return level_of(line.at(day.start, day.end)[0]).left


def _day_behind_name(line: Line, columns: Sequence[float]) -> DateFound | None:
    """The day behind a name that stands right under or over days behind names: whatever was done on it."""
    found = dates_in(line.text)[:1]
    if not columns or not found or _NAMED.fullmatch(line.text[: found[0].start]) is None:
        return None
    return found[0] if any(abs(_left_of(line, found[0]) - left) < 1.5 * line.pitch for left in columns) else None


_NAMED = re.compile(r"\W*(?:J\.? |Judge |JUDGE )?[A-Z][A-Za-z'’.-]{2,}\W*")  # the judge, in a column before the day


def _is_next_day(entry: Entry, number: int, line: Line) -> bool:
    """Whether a row that opens with a day says to when the case of an entry went over, and no more: its day stands not
    in the column of days but behind it."""
    if entry.date_span is None or not _is_near(entry, number, line) or len(entry.lines) >= _MOST_ROWS:
        return False
    behind = level_of(line.span[0]).left >= level_of(entry.date_span[-1]).right
    goes_over = line.plain.startswith(("TO ", "UNTIL ")) or _ends_in_procedure(entry.lines[-1].plain)
    return behind and goes_over and is_day_to_come(line.plain, entry.text)


def is_day_to_come(text: str, above: str) -> bool:
    """Whether plain text that opens with a day holds no more than days, procedure, and what a case goes over to; below
    an entry that ends something, no more than a day."""
    found = wordings_in(text)
    ended = any(one.wording.effect is not Effect.NONE for one in (*found, *wordings_in(above)))
    spans = [(day.start, day.end) for day in dates_in(text)] + [(one.start, one.end) for one in found if not ended]
    rest = "".join(" " if any(start <= at < end for start, end in spans) else c for at, c in enumerate(text))
    return set(re.findall(r"[A-Z]{2,}", rest)) <= ({"TO", "UNTIL"} if ended else _WENT_OVER)


_WENT_OVER = {
    "TO", "UNTIL", "AT", "FOR", "ON", "TRIAL", "JURY", "BENCH", "STATUS", "HEARING", "PRELIM", "AM", "PM", "NO", "IN", "BY", "ROOM", "THE",
}  # fmt: skip


def _ends_in_procedure(text: str) -> bool:
    """Whether a row ends with what changes no charge, such as a motion or that the case went over."""
    found, text = wordings_in(text), text.rstrip(" .,")
    last = bool(found) and found[-1].wording.effect is Effect.NONE and found[-1].end >= len(text)
    return last or text.endswith((" TO", " UNTIL"))


_MOST_ROWS = 12  # of an entry


def _is_near(entry: Entry, number: int, line: Line) -> bool:
    above = entry.lines[-1]
    return number - entry.numbers[-1] <= 1 and line.top - above.bottom < 4 * max(10, above.bottom - above.top)


def _follows(entry: Entry, number: int, line: Line) -> bool:
    near = _is_near(entry, number, line)
    indented = line.left > entry.lines[0].left + 1.5 * line.pitch
    return near and (indented or _only_amounts(line)) and len(entry.lines) < _MOST_ROWS


def _only_amounts(line: Line) -> bool:
    """Whether a row holds a length of time or a sum, and no more."""
    said = sum(amount.end - amount.start for amount in amounts_in(line.plain))
    return said > 0 and said >= 0.7 * len(line.plain.strip())


def counts_in(text: str) -> tuple[int, ...]:
    """The counts an entry names, `ALL_COUNTS` for all of them; empty where it names none."""
    upper = text.upper()
    out: list[int] = [ALL_COUNTS] if _ALL.search(upper) else []
    for m in _REF.finditer(upper):
        if m[1]:
            out.append(int(m[1].translate(str.maketrans("OILQ", "0110"))))
        else:
            out.extend(_listed(m[2]))
    for m in _WORDED_REF.finditer(upper):
        out.extend(_worded_counts(m))
    return tuple(dict.fromkeys(n for n in out if 0 <= n <= 60))


def _worded_counts(m: re.Match[str]) -> tuple[int, ...]:
    """The counts that a reference in numerals, letters or ordinals names."""
    if m["ordinal"]:
        digits = re.match(r"\d+", re.sub("^[IL]S", "1S", m["ordinal"]))
        return (int(digits[0]),) if digits is not None else (ORDINALS[m["ordinal"]],)
    names = [name for name in re.split(r"[,& ]+|AND", m["list"]) if name]
    if len(names) == 1 and len(names[0]) == 1 and names[0] in "ABCDEFGH":
        return (letter_number(names[0]),)
    return tuple(number for name in names if (number := count_number(name)) is not None)


def _listed(text: str) -> list[int]:
    numbers = [int(n) for n in re.findall(r"\d+", re.sub("[IL]", "1", text) if len(text) == 1 else text)]
    through = re.search(r"\d ?(?:-|TO|THRU|THROUGH) ?(?:C\D*)?0*\d", text) is not None
    if through and len(numbers) == 2 and numbers[0] < numbers[1] <= 60:
        return list(range(numbers[0], numbers[1] + 1))
    return numbers


def refs_for(one: WordingFound, found: Sequence[WordingFound], text: str) -> tuple[int, ...]:
    """The counts that a wording of an entry is about: those printed before it where the entry opens with a
    count, else the next ones after it; where there are none on that side, the nearest on the other."""
    placed = [(m.start(), m.end(), counts_in(m[0])) for m in _REF.finditer(text.upper())]
    placed += [(m.start(), m.end(), (ALL_COUNTS,)) for m in _ALL.finditer(text.upper())]
    placed += [(m.start(), m.end(), _worded_counts(m)) for m in _WORDED_REF.finditer(text.upper())]
    if ends_the_rest(one, text.upper()):
        return (REST_OF_COUNTS,)
    spans = {(start, end): refs for start, end, refs in placed if refs}
    listed = [end for (_, end), refs in spans.items() if len(refs) > 1]
    spans = {at: refs for at, refs in spans.items() if not (_of_those(at, text) and any(end < at[0] for end in listed))}
    placed = [(start, end, refs) for (start, end), refs in sorted(spans.items())]
    if not placed:
        return ()
    if any(refs == (ALL_COUNTS,) and one.start <= start and end <= one.end for start, end, refs in placed):
        return (ALL_COUNTS,)  # as its own words say
    ends = _sentence_ends(text, placed)
    named = _named_in_sentence(one, placed, ends)
    if named:
        return named
    again = _said_before(one, found, text) if named is not None else None
    if again is not None:
        return refs_for(again, found, text)
    first_word = min((f.start for f in found), default=0)
    leads = placed[0][0] < first_word and not _WORDS.search(_LEADING.sub("", _without_days(text[: placed[0][0]])))
    over = any(other.frees for other in found if other.start < one.start)  # what comes then may be of another count
    is_all_of_one = leads and not over and len({refs for _, _, refs in placed}) == 1
    if named is not None and _is_mixed(found) and not is_all_of_one:
        return _convicted_in(found, placed, ends) if _convicts(one) else (UNREAD_COUNT,)
    before = [refs for start, _, refs in placed if start < one.start]
    after = [(start, end, refs) for start, end, refs in placed if start >= one.end - 8 and start >= one.start]
    if leads and before:
        return before[-1]
    owned = {at: other for other in found if (at := _subject_of(other, placed, found, text)) is not None}
    if one in owned.values():
        return next(refs for start, _, refs in placed if owned.get(start) is one)
    after = [ref for ref in after if ref[0] not in owned]
    if after and _convicts(one) and any(o.frees for o in found if one.end <= o.start < after[0][0]):
        after = []  # the count behind it is that of an ending without conviction
    if after:
        refs = _with_next(after, found, text)
        return (*refs[:-1], UNREAD_COUNT) if len(refs) > 1 and _is_last_of_next(one, found, text) else refs
    everyone = {frozenset(refs) for refs in before}
    drops = one.wording.effect is Effect.FINAL and one.wording.means is not Disposition.GUILTY
    return (
        before[-1]
        if len(everyone) == 1 and not drops and not _UNREAD.search(text[one.end :].upper())
        else (UNREAD_COUNT,)
    )


_ENDED = re.compile(r"\W*(?:DISM|STRICKEN|NOLLED|NOLLE PROSSED)")
_IS = re.compile(r"[ ,]*(?:(?:IS|ARE|WAS|WERE|BE|HEREBY|ORDERED|ALSO) )*")
_AS_TO = re.compile(r"[ ,:-]*(?:(?:TO|ON|AS|OF|THE|FOR|IN) )*")
_PAUSE = re.compile(r"(?<!\bCT)(?<!\bCTS)(?<!\bCNT)(?<!\bMO)(?<!\bMOS)(?<!\bYRS)[.;,] ")


def _subject_of(
    one: WordingFound, placed: Sequence[tuple[int, int, tuple[int, ...]]], found: Sequence[WordingFound], text: str
) -> int | None:
    """Where the counts stand that a sentence says were ended without a conviction: `on motion of the people cts 1 and 3
    dismissed`; None where it names none so, or they may be those of what was decided before."""
    if not one.frees or _ENDED.match(one.text) is None:
        return None
    last = next(((start, end) for start, end, _ in reversed(placed) if end <= one.start + 1), None)
    if last is None or _IS.fullmatch(text[last[1] : one.start].upper().rstrip() + " ") is None:
        return None
    behind = any(start >= one.end and _AS_TO.fullmatch(text[one.end : start].upper()) for start, _, _ in placed)
    begun = max((m.end() for m in _PAUSE.finditer(text.upper(), 0, last[0])), default=0)
    decided = any(f.wording.effect in _DECIDES and begun < f.end <= last[0] for f in found)
    return None if behind or decided else last[0]


# Where a sentence ends in an entry of several: behind a count, an amount, or a word too long for a clerk to have cut it short, and
# before what ends a count without a conviction.
_SENTENCE_ENDS = re.compile(
    r"(?:(?<=[A-Z]{7})|(?<=\b(?:DAYS|JAIL))|(?<=\b(?:STATE|COURT|YEARS))|(?<=\b(?:GUILTY|COUNTS|PEOPLE|MONTHS|CALLED))|(?<= [IVX])|(?<=[ I]II)|(?<= \d)|(?<=\d\d))\. +(?=[A-Z]{2}|\$|\d{1,3} (?:YEARS?|YRS|MONTHS?|MOS|DAYS?|HOURS?|HRS)\b)"
    r"|[.;] +(?=(?:(?:MS|STATE|PEOPLE|MOTION (?:OF )?STATE)'?S?,? (?:MOTION )?)?(?:NOLLE|NOL\.? PROS|DISMISSED|STRICKEN|SOL\b))"
)


def _sentence_ends(text: str, placed: Sequence[tuple[int, int, tuple[int, ...]]]) -> list[int]:
    """Where the sentences of an entry end, the last of them aside."""
    ends: list[int] = []
    for found in _SENTENCE_ENDS.finditer(text.upper()):
        said = _without_days(_without_counts(text[ends[-1] if ends else 0 : found.start()], placed, ends))
        if re.search(r"[A-Z]{2,}", said.upper()):  # `Count 2. Nolle prosequi.`: a count at its head ends nothing
            ends.append(found.end())
    heads = [start for start, end, _ in placed if _is_head(text, start, end)]
    return sorted({*ends, *heads})


def _is_head(text: str, start: int, end: int) -> bool:
    """Whether a count leads what follows it: `Supv. 12 mos. Count 2: Nolle.`, `Costs. As to count 2, nolle.`"""
    leads = text[end:].lstrip(" ").startswith(":") and text[:start].rstrip(" ")[-1:] in (".", ";")
    return leads or (
        _TURNS_TO.search(text[:start].upper()) is not None and text[end:].lstrip(" ")[:1] not in ("", ".", ";")
    )


# Behind a word too long for a clerk to have cut it short.
_TURNS_TO = re.compile(r"(?:[A-Z]{5}|\d\d)[.;] +(?:AND )?(?:AS TO|ON|IN) (?:THE )?$")


def _said_before(one: WordingFound, found: Sequence[WordingFound], text: str) -> WordingFound | None:
    """The ending that a sentence of one word says again: `Motion to dismiss count 2 allowed. Dismissed.`"""
    before = [other for other in found if other.end <= one.start and other.wording.effect is not Effect.NONE]
    if not before or not one.frees or not before[-1].frees:
        return None
    same = before[-1].wording.means is one.wording.means
    return before[-1] if same and _ONLY_GRANTED.fullmatch(text[before[-1].end : one.start].upper()) else None


_ONLY_GRANTED = re.compile(r"\W*(?:(?:IS|WAS|MOTION) )*(?:(?:ALLOWED|GRANTED|SUSTAINED)\W*)?")


def _named_in_sentence(
    one: WordingFound, placed: Sequence[tuple[int, int, tuple[int, ...]]], ends: Sequence[int]
) -> tuple[int, ...] | None:
    """The counts that the sentence of a wording names, empty where it names none; None in an entry of one sentence, or
    where it names counts in several places."""
    inside = _in_sentence(one, placed, ends)
    if not ends or len(inside) > 1:
        return None
    return inside[0] if inside else ()


def _in_sentence(
    one: WordingFound, placed: Sequence[tuple[int, int, tuple[int, ...]]], ends: Sequence[int]
) -> list[tuple[int, ...]]:
    first = one.end - len(one.text.lstrip())
    low = max((end for end in ends if end <= first), default=0)
    high = min((end for end in ends if end >= one.end), default=None)
    return [refs for start, _, refs in placed if low <= start and (high is None or start < high)]


_DECIDES = (Effect.FINAL, Effect.NOT_GUILTY, Effect.PLEA_GUILTY, Effect.SENTENCE)


def _convicts(one: WordingFound) -> bool:
    """Whether a wording convicts or punishes."""
    return one.wording.effect in _DECIDES and not one.frees


def _is_mixed(found: Sequence[WordingFound]) -> bool:
    """Whether an entry convicts or punishes, and ends something without a conviction, too."""
    deciding = [one for one in found if one.wording.effect in _DECIDES]
    return any(map(_convicts, deciding)) and not all(map(_convicts, deciding))


def _convicted_in(
    found: Sequence[WordingFound], placed: Sequence[tuple[int, int, tuple[int, ...]]], ends: Sequence[int]
) -> tuple[int, ...]:
    """The counts that sentences of an entry convict of, and none ends otherwise: those that what names none is about."""
    named: dict[bool, set[int]] = {True: set(), False: set()}
    for one in found:
        if one.wording.effect in _DECIDES:
            named[_convicts(one)].update(n for refs in _in_sentence(one, placed, ends) for n in refs)
    return tuple(sorted(named[True] - named[False])) or (UNREAD_COUNT,)


def _without_counts(text: str, placed: Sequence[tuple[int, int, tuple[int, ...]]], ends: Sequence[int]) -> str:
    """A stretch of an entry, from its last end on, without the counts it names."""
    low = ends[-1] if ends else 0
    for start, end, _ in sorted(placed, reverse=True):
        if low <= start and end - low <= len(text):
            text = text[: start - low] + " " * (end - start) + text[end - low :]
    return text


_OWN_REF = re.compile(rf"(?<![A-Z]){_COUNTED} ?#?0{{0,2}}\d{{1,2}}[ ,.:-]*(?:IS |WAS )?$")


def _is_last_of_next(one: WordingFound, found: Sequence[WordingFound], text: str) -> bool:
    """Whether the last count behind an ending without conviction may be that of what is said behind it: `nolle pros
    count 1, count 2 continued`."""
    if not one.frees:
        return False
    behind = [other for other in found if other.start >= one.end]
    if _GOES_ON.search(text.upper(), one.end, behind[0].start if behind else len(text)) is not None:
        return True
    if not behind or _OWN_REF.search(text[one.end : behind[0].start].upper()) is None:
        return False
    after = text[behind[0].end : behind[1].start if len(behind) > 1 else len(text)]
    asked = behind[0].wording.effect is Effect.NONE and _ON_MOTION.search(behind[0].text) is not None
    return not asked and not behind[0].frees and not counts_in(after)


_GOES_ON = re.compile(
    rf"(?<![A-Z]){_COUNTED} ?#?0{{0,2}}\d{{1,2}}[ ,.:-]*(?:IS |WAS |TO )?(?:JURY|TRIAL|SET|HELD|BOUND|PENDING|STANDS?|REMAINS?|PROCEEDS?)\b"
)
_ON_MOTION = re.compile(r"\b(?:M(?:O?TI?O?N?)?S?|AGR\w*|BA)\b(?!.*CONT)")  # on which counts before it were ended
_EXCEPTING = re.compile(
    r"\b(?:EXCEPT(?:ING)?|EXCLUDING|SAVE|OTHER THAN|APART FROM|(?:ALL|EACH|EVERY) (?:[A-Z]+ )?BUT)\b|\b(?:NOT(?: INCLUDING)?|LESS) (?=COUNT|CHARGE|CTS?\b|CHG)|\bBUT (?:FOR |AS TO |ON |THE )*#?(?:\d|CO?U?N?TS?\b|CH(?:AR)?GE?S?\b|COMPL\w*|C0*\d)"
)


def excepts(text: str) -> bool:
    """Whether counts named in plain text may be those that an order is not of: `all counts except count 2`."""
    return _EXCEPTING.search(text) is not None


_COUNTS_LEAD = re.compile(r"(?:COUNTS|CHARGES) ")  # that a wording holds before its verb


def ends_the_rest(one: WordingFound, text: str) -> bool:
    """Whether a wording drops all counts that are left: `nolle prosequi as to remaining counts`. Other counts that are
    a reason, or go with something else (`plea on other counts`, `with other charges`), are no reference."""
    if not one.frees or one.wording.effect is not Effect.FINAL:
        return False
    named = _COUNTS_LEAD.match(one.text)
    before = _without_days(text[: one.start + (named.end() if named is not None else 0)])
    return _REST_BEHIND.match(text, one.end) is not None or _REST_BEFORE.search(before) is not None


def _of_those(at: tuple[int, int], text: str) -> bool:
    """Whether a reference means each of the counts that stand before it."""
    return _OF_THOSE.match(text.upper(), *at) is not None


_LEADING = re.compile(r"\b(?:AS TO|SENTENCED?|SENT|ON|FOR|RE)\b[: ]*$")  # words that a count is named with
_WORDS = re.compile(r"[A-Z]{2,}")  # words before a count that were not understood belong to that count


def _without_days(text: str) -> str:
    for found in reversed(dates_in(text)):
        text = text[: found.start] + " " + text[found.end :]
    return text


def _with_next(
    after: Sequence[tuple[int, int, tuple[int, ...]]], found: Sequence[WordingFound], text: str
) -> tuple[int, ...]:
    """References that follow each other with no word between that says more belong together: `Ct 1 Ct 2`."""
    at, until, refs = after[0][0], after[0][1], list(after[0][2])
    for start, end, more in after[1:]:
        between = text[until:start] if until < start else ""
        if any(at < f.start < start for f in found) or start - at > 14 or not _JOINING.fullmatch(between.upper()):
            break
        refs.extend(more)
        at, until = start, end
    return tuple(dict.fromkeys(refs))


_JOINING = re.compile(r"(?:[^A-Z]|\b(?:AND|AS|TO|ON|OF|FOR|IN|THE|ALSO|THRU|THROUGH)\b)*")


def count_spans(line: Line) -> Span | None:
    """The words of the first count reference of a row; None where there is none."""
    found = _REF.search(line.text.upper()) or _ALL.search(line.text.upper())
    return line.at(found.start(), found.end()) if found is not None else None


def count_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Where the count references of plain text stand."""
    yield from ((m.start(), m.end()) for pattern in (_REF, _ALL, _WORDED_REF) for m in pattern.finditer(text.upper()))


def is_judge_row(line: Line) -> bool:
    """Whether a row names a judge and says no more."""
    return _JUDGE.match(line.plain.strip()) is not None and not wordings_in(line.plain)


def amounts_in(text: str) -> list[AmountOf]:
    """Times and sums in plain text, years and months that follow each other put together in months."""
    out: list[AmountOf] = []
    for m in _AMOUNT.finditer(text):
        if m["number"] and len(m["number"]) == 1 and _STRAY.search(text[: m.start()]):
            continue  # two figures apart, `1 1 DYS`: nobody knows whether they are one number
        if m["dollars"]:
            one = AmountOf(float(m["dollars"].replace(",", "")), Unit.DOLLARS, m.start(), m.end())
        else:
            unit = Unit.DOLLARS if m["unit"] == "DOLLARS" else _UNITS[m["unit"][0]]
            amount = _number_of(m["number"])
            again = m["spelled"] and _number_of(m["spelled"]) == amount  # `THIRTY (30) MONTHS`
            one = AmountOf(amount, unit, m.start() if again else m.start("number"), m.end())
        if one.amount == 0:
            continue
        if out and out[-1].unit is Unit.YEARS and one.unit is Unit.MONTHS and one.start - out[-1].end <= 5:
            one = AmountOf(out[-1].amount * 12 + one.amount, Unit.MONTHS, out.pop().start, one.end)
        out.append(one)
    return out


def _number_of(text: str) -> float:
    """The number that figures or words name."""
    if text.isdigit():
        return float(text)
    hundreds, _, rest = text.rpartition("HUNDRED")
    words = re.findall(r"[A-Z]+", rest)
    return 100.0 * _WORTH.get(hundreds.strip(), 0) + sum(_WORTH.get(word, 0) for word in words)


def sentence_parts(found: Sequence[WordingFound], text: str) -> list[tuple[SentencePart, WordingFound]]:
    """Each penalty an entry names with its amount: the one that follows it or, where the form prints the
    amount first, the one before it."""
    penalties = [f for f in found if f.wording.effect is Effect.SENTENCE]
    amounts = amounts_in(text)
    first_is_amount = bool(amounts and penalties) and amounts[0].end <= penalties[0].start
    used: set[int] = set()
    out: list[tuple[SentencePart, WordingFound]] = []
    for at, penalty in enumerate(penalties):
        kind = penalty.wording.means
        if not isinstance(kind, SentenceKind):
            continue
        low = penalties[at - 1].end if at else 0
        high = penalties[at + 1].start if at + 1 < len(penalties) else len(text)
        before = [a for a in amounts if low <= a.start and a.end <= penalty.start][-1:]
        after = [a for a in amounts if penalty.end <= a.start < high]
        mine = [a for a in (before + after if first_is_amount else after + before) if _fits(kind, a.unit)]
        free = [a for a in mine if a.start not in used]
        amount = next((a for a in free if not _SEPARATE.search(text, *_between(a, penalty))), next(iter(free), None))
        if amount is not None:
            used.add(amount.start)
        out.append((SentencePart(kind, amount.amount if amount else None, amount.unit if amount else None), penalty))
    beside = [(part, penalty) for part, penalty in out if part.amount is not None or not _COSTS.fullmatch(penalty.text)]
    return beside or out


_COSTS = re.compile(r"\W*COSTS\W*")  # beside a penalty they are none themselves, but for a sum of their own


_SEPARATE = re.compile(r"[;,](?!\d)")  # what parts one penalty from the next


def _between(amount: AmountOf, penalty: WordingFound) -> tuple[int, int]:
    """Where the words between a penalty and an amount begin and end."""
    return min(amount.end, penalty.end), max(amount.start, penalty.start)


def _fits(kind: SentenceKind, unit: Unit) -> bool:
    money = (SentenceKind.FINE, SentenceKind.RESTITUTION)
    if kind is SentenceKind.TREATMENT:
        return False
    if unit is Unit.DOLLARS:
        return kind in money
    if unit is Unit.HOURS:
        return kind is SentenceKind.COMMUNITY_SERVICE
    return kind not in money

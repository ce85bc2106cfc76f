"""The charges of a defendant, each with its number: rows that state them and the entries that follow."""
# ruff: noqa: E501 - a pattern or a table row is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Span, Token

from casefile.docket import Disposition, Grade
from extract.amounts import amount_in
from extract.calibration import SURE_WORD
from extract.caption import Part
from extract.charges import (
    OFFENSE_WORD,
    ChargeFound,
    Header,
    StatuteFound,
    charge_of,
    cites_charge,
    grade_in,
    headers_on,
    is_charge_statute,
    statutes_in,
)
from extract.dates import closes_with_date, opens_with_date
from extract.dispositions import Effect, WordingFound, says_what_became, wordings_in
from extract.doc import ASIDE, Line, confidence_in, level_of
from extract.entries import (
    ALL_COUNTS,
    REST_OF_COUNTS,
    UNREAD_COUNT,
    Entry,
    counts_in,
    entries_in,
    leading_date,
    letter_number,
    refs_for,
)
from extract.labels import LabelFound, heads_days
from extract.numbered import Mark, blocks_of, charge_in, goes_on_openly, marks_in


@dataclass
class Counted:
    """A charge with its number in the record; every row that states it, the amended one last."""

    number: int
    printed: bool
    stated: list[tuple[int, ChargeFound]] = field(default_factory=list)  # part index and finding
    amended: list[tuple[int, ChargeFound]] = field(default_factory=list)
    sure: bool = True  # the printed numbers run from 1 without a break, or none is printed

    @property
    def standing(self) -> tuple[int, ChargeFound]:
        """The statement that holds: the last amendment, else the first statement."""
        return self.amended[-1] if self.amended else self.stated[0]


BOILERPLATE = re.compile(
    r"CERTIFIED STATEMENT|FOLLOWING DISPOSITION|HONORABLE|FILED AN? |CHARGING THE|CLERK OF THE|HEREBY CERTIFY|STATE.S ATTORNEY OF|ABOVE NAMED|WITNESS"
    r"|^\W*(?:ORDER OF (?:PROBATION|SENTENCE|COMMITMENT|SUPERVISION|CONDITIONAL DISCHARGE)|SENTENC(?:E|ING) ORDER|JUDGMENT AND SENTENCE|MITTIMUS|(?:PROBATION|SUPERVISION) ORDER|JUDGMENT ORDER)\b[ A-Z]*$"
    r"|ADJUDGED GUILTY,? IT IS|HAVING (?:BEEN|PLED|PLEADED|ENTERED)"
)


def charges_of(parts: Sequence[Part]) -> tuple[tuple[Counted, ...], tuple[tuple[int, Entry], ...]]:
    """Charges in order of their numbers, and all entries with the part they stand on."""
    found: list[tuple[int, ChargeFound]] = []
    entries: list[tuple[int, Entry]] = []
    is_lost = False
    for at, part in enumerate(parts):
        rows = _Rows(part)
        is_lost = is_lost or rows.names_unclaimed()
        found.extend((at, charge) for charge in rows.charges)
        entries.extend((at, rows.grouped(entry)) for entry in entries_in(rows.entry_lines()))
    _mend_numbers([charge for _, charge in found if not charge.amended], [entry for _, entry in entries])
    counted = _numbered(found)
    _amend(counted, entries)
    _doubt_other_charges(counted, entries)
    _doubt_lost_charges(counted, entries, [dict(part.numbered) for part in parts], is_lost=is_lost)
    return tuple(counted), tuple(entries)


class _Rows:
    """The rows of a part told apart: those that state charges, those that are entries, the rest."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.headers = headers_on(part.sheet, [(lb.line, lb.field, lb.span) for lb in part.labels if not lb.marked])
        self.charges: list[ChargeFound] = []
        self.used: set[int] = set()
        self.entry_rows: set[int] = set()
        self._entry_left, self._entry_row = 0, -10
        self.marks: list[Mark] = []
        self.particulars = {lb.line + 1 for lb in part.labels if lb.head and lb.field in PARTICULARS}
        self.particulars |= {lb.line - 1 for lb in part.labels if lb.above and lb.field in PARTICULARS}
        self._set_judges_aside()
        self._state_charges()

    def _set_judges_aside(self) -> None:
        """Names in a column headed `Judge` are no part of the entries beside them."""
        for label in self.part.labels:
            if label.field != "judge" or label.marked or (label.text and not label.below):
                continue
            if not any(lb.line == label.line and _heads_an_entry(lb) for lb in self.part.labels):
                continue  # a judge among other particulars: what stands below is no column of names
            left = level_of(label.span[0]).left - 2.5 * self.part.sheet.pitch
            heads = [level_of(lb.span[0]).left for lb in self.part.labels if lb.line == label.line]
            cells = self.part.sheet.lines[label.line].cells  # some of them heads that no label is known for
            heads += [level_of(cell[0]).left for cell in cells]
            right = min((h for h in heads if h > left + 4 * self.part.sheet.pitch), default=10**9)
            for row, line in self.part.numbered:
                if row > label.line:
                    self._set_aside([t for t in line.span if left <= level_of(t).left < right - self.part.sheet.pitch])

    def _set_aside(self, cell: Sequence[Token]) -> None:
        """The names of a judge's cell; where it tells an order, some of it or all is no name, and nothing is."""
        if wordings_in(" ".join(token.norm_ for token in cell)):
            return
        for token in cell:
            if token.text[:1].isalpha():
                token.norm_ = ASIDE

    def _header_for(self, row: int) -> Header | None:
        above = [h for h in self.headers if h.line < row]
        return above[-1] if above else None

    def _state_charges(self) -> None:
        self._state_numbered()
        for row, line in self.part.numbered:
            if row in self.used or any(h.line == row for h in self.headers) or self._in_entry(row, line):
                continue
            statutes = [s for s in statutes_in(line) if is_charge_statute(s)]
            header = self._header_for(row)
            if statutes and not re.search(r"PURSUANT|ACCORDANCE|UNDER THE PROVISIONS", line.plain):
                for statute in statutes:
                    if self._completes(row, line, statute):
                        continue
                    self._add(charge_of(row, line, statute, header=header, foreign=self._foreign(row)))
            elif self._continues_charge(row, line):
                self._extend(row, line)
            elif self._stands_in_list(row, line, header) or self._counts_on(row, line):
                self._add(charge_of(row, line, None, header=header, foreign=self._foreign(row)))

    def _state_numbered(self) -> None:
        """The charges of a form that numbers them, where every number has at most one citation."""
        self.marks = marks = marks_in(self.part.numbered, self._is_entry)
        lines = dict(self.part.numbered)
        blocks = blocks_of(marks, self.part.numbered, self._ends_charge)
        found = [charge_in(mark, block, lines, self._foreign) for mark, block in zip(marks, blocks, strict=True)]
        if not found or any(charge is None for charge in found) or not any(c.statute for c in found if c is not None):
            return
        for charge, block in zip(found, blocks, strict=True):
            if charge is not None:
                self._add(charge)
                self.used.update(block)

    def grouped(self, entry: Entry) -> Entry:
        """The entry with the count that a column of its own names behind the day, or under whose heading it stands,
        where every count has its entries below it."""
        first = entry.numbers[0]
        named = self._in_column(entry) or self._in_letters(entry)
        if named:
            return replace(entry, under=named)
        above = [mark for mark in self.marks if mark.row < first]
        if not self._is_grouped() or not above or self._is_past(above[-1], entry):
            return entry
        rows = dict(self.part.numbered)
        if any(_WHOLE_CASE.search(rows[row].plain) for row in range(above[-1].row + 1, first) if row in rows):
            return entry
        return replace(entry, under=(above[-1].number,))

    def _is_past(self, mark: Mark, entry: Entry) -> bool:
        """Whether an entry may stand behind the entries of the last count and be about all of them: less far in than
        those, or at or after one that undoes what was done."""
        rows = dict(self.part.numbered)
        own = [row for row in sorted(self.entry_rows) if mark.row < row]
        if mark is not self.marks[-1] or not own or own[0] not in rows:
            return False
        out = entry.lines[0].left < rows[own[0]].left - 1.5 * entry.lines[0].pitch
        until = max(entry.numbers)
        return out or any(_undoes(rows[row]) for row in own if row <= until and row in rows)

    def _in_column(self, entry: Entry) -> tuple[int, ...]:
        """The number that stands right behind the day of an entry, under a head that says it is a count's."""
        head = self._head_of_counts(entry)
        if head is None or entry.date_span is None or entry.date_span.end >= entry.lines[0].span.end:
            return ()
        cell = next((cell for cell in entry.lines[0].cells if cell.start == entry.date_span.end), None)
        found = re.fullmatch(r"0{0,2}([1-9]\d?)[.)]?", cell.text) if cell is not None else None
        if cell is None or found is None:
            return ()
        if not self._is_under(cell, head):
            return ()
        for token in cell:
            token.norm_ = ASIDE  # no figure of the amount that may stand behind it
        return (int(found[1]),)

    def _in_letters(self, entry: Entry) -> tuple[int, ...]:
        """The counts whose letters stand in a column of theirs, where charges are headed `Charge A`."""
        head = self._head_of_counts(entry)
        if head is None or not any(mark.lettered for mark in self.marks):
            return ()
        cells = [cell for cell in entry.lines[0].cells if self._is_under(cell, head)]
        found = _LETTERS.fullmatch(cells[0].text.upper()) if len(cells) == 1 else None
        if found is None:
            return ()
        return (ALL_COUNTS,) if found[0] == "ALL" else tuple(map(letter_number, re.findall("[A-H]", found[0])))

    def _head_of_counts(self, entry: Entry) -> LabelFound | None:
        """The head of a column of counts above an entry that does not say itself which count it is about; None where
        there is none, or the column may number the courtroom."""
        heads = [lb for lb in self.part.labels if lb.field in ("count", "charge") and lb.line < entry.numbers[0]]
        if not heads or heads[-1].marked or not self._heads_entries(heads[-1]) or counts_in(entry.text):
            return None
        return None if heads[-1].span.text.upper().strip(".:") in _COURTROOM else heads[-1]

    def _is_under(self, cell: Span, head: LabelFound) -> bool:
        near, left = 2.0 * self.part.sheet.pitch, level_of(head.span[0]).left
        return left - near < level_of(cell[0]).left < left + near

    def _heads_entries(self, label: LabelFound) -> bool:
        """Whether other heads of the label's row are those of entries."""
        return any(lb.line == label.line and lb.field in ("orders", "judge", "disposition") for lb in self.part.labels)

    def _is_grouped(self) -> bool:
        """Whether entries stand between one count's heading and the next's."""
        pairs = zip(self.marks, self.marks[1:], strict=False)
        return any(any(one.row < row < other.row for row in self.entry_rows) for one, other in pairs)

    def _ends_charge(self, row: int, line: Line) -> bool:
        if self._is_entry(row, line) or any(h.line == row for h in self.headers) or BOILERPLATE.search(line.plain):
            return True
        ends = any(f.wording.effect in _ENDS for f in wordings_in(line.plain)) and not OFFENSE_WORD.search(line.plain)
        other = any(lb.line == row and lb.field not in _OF_CHARGE for lb in self.part.labels)
        return ends or other

    def _foreign(self, row: int) -> frozenset[int]:
        """Words of a row that are labels or belong to labels of other things than charges."""
        mine = ("charge", "statute", "description", "count", "grade", "type")
        out: set[int] = set()
        heads = {header.line for header in self.headers}
        for label in self.part.labels:
            if label.below and label.line in heads:
                continue
            if label.line == row and label.field != "count":
                out.update(t.i for t in label.span)
            if label.field not in mine and label.value is not None and (label.line == row or label.below):
                out.update(t.i for t in label.value)
            elif label.value is not None:
                out.difference_update(t.i for t in label.value)
            out.update(self._beside(row, label))
        return frozenset(out)

    def _beside(self, row: int, label: LabelFound) -> Iterator[int]:
        """The words of the columns left of a charge's label in its row that hold no figure, class or offense."""
        if label.line != row or label.below or label.field not in ("charge", "description"):
            return
        for cell in dict(self.part.numbered)[row].cells:
            says = re.search(r"\d", cell.text) or OFFENSE_WORD.search(cell.text.upper()) or grade_in(cell.text)
            if cell.end <= label.span.start and not says:
                yield from (t.i for t in cell)

    def _label_grade(self, charge: ChargeFound) -> None:
        """A class beside its own label in the row: `TYPE F`, `CLASS 4`."""
        for label in self.part.labels:
            if label.line == charge.line and label.field in ("type", "grade") and label.value is not None:
                found = grade_in(label.text.split()[0]) if label.text else None
                if found is not None and charge.grade in (None, Grade.F, Grade.M):
                    both = (
                        grade_in(f"{charge.grade.value} {label.text.split()[0]}") if charge.grade is not None else None
                    )
                    charge.grade, charge.grade_span = both or found, label.value

    def _headed_grade(self, charge: ChargeFound, line: Line) -> None:
        """A class in a cell of its own under the head of its column, or pushed on by a long citation."""
        header = self._header_for(charge.line)
        if header is None or charge.grade is not None or "grade" not in {name for name, _, _ in header.columns}:
            return
        under = [cell for cell in line.cells if header.field_of(cell) == "grade"]
        behind = charge.statute.span.end if charge.statute is not None else -1
        graded = [cell for cell in under or line.cells if grade_in(cell.text) is not None]
        for cell in graded if under else [cell for cell in graded if cell.start == behind]:
            charge.grade, charge.grade_span = grade_in(cell.text), cell

    def _is_entry(self, row: int, line: Line) -> bool:
        """Whether a row opens an entry: not where it holds the values of particulars named in the row above."""
        return row not in self.particulars and _entry_like(line)

    def _in_entry(self, row: int, line: Line) -> bool:
        """Whether a row is an entry or goes on with the one above it."""
        if self._is_entry(row, line):
            self._entry_left, self._entry_row = line.left, row
            self.entry_rows.add(row)
            return True
        if row - self._entry_row == 1 and line.left > self._entry_left + 1.5 * line.pitch:
            self._entry_row = row
            self.entry_rows.add(row)
            return True
        return False

    def _add(self, charge: ChargeFound) -> None:
        line = dict(self.part.numbered)[charge.line]
        charge.amended = re.search(r"\bAMEND", line.plain) is not None
        self._label_grade(charge)
        self._headed_grade(charge, line)
        self.charges.append(charge)
        self.used.add(charge.line)

    def _continues_charge(self, row: int, line: Line) -> bool:
        """Whether a row without statute goes on with the charge of the row above: its words or its class."""
        if not self.charges or self.charges[-1].lines[-1] != row - 1:
            return False
        last = self.charges[-1]
        graded = last.grade is None and re.match(r"\W*(?:CL(?:ASS)?\b|FELONY|MISDEMEANOR)", line.plain) is not None
        if graded and not wordings_in(line.plain):
            return True
        if _labelled_otherwise(self.part.labels, row):
            return False
        if self._is_left_open(line):
            return True
        if wordings_in(line.plain) and not OFFENSE_WORD.search(line.plain):
            return False
        count_first = re.match(r"^\(?(?:C(?:OUN)?T?)?\.? ?0{0,2}\d{1,2}\b[.)]? ", line.text)
        classed = last.grade in (None, Grade.F, Grade.M) and re.search(r"\bCLASS [0-9XMABC]\b", line.plain) is not None
        return not count_first and (classed or (not last.description and OFFENSE_WORD.search(line.plain) is not None))

    def _is_left_open(self, line: Line) -> bool:
        """Whether a row goes on with words that the row of the last charge leaves open."""
        last = self.charges[-1]
        above = dict(self.part.numbered)[last.lines[-1]]
        own = last.description_span
        return (
            last.statute is not None
            and own is not None
            and own.end == above.cells[0].end
            and goes_on_openly(above, line)
        )

    def _extend(self, row: int, line: Line) -> None:
        charge = self.charges[-1]
        more = charge_of(row, line, None, foreign=self._foreign(row))
        if charge.description_span is not None and self._is_left_open(line):
            said = line.cells[0]
            charge.description = f"{charge.description} {said.text}"
            charge.description_span = said.doc[charge.description_span.start : said.end]
            charge.amount = amount_in(charge.description)
        if not charge.description and more.description:
            charge.description, charge.description_span, charge.amount = (
                more.description,
                more.description_span,
                more.amount,
            )
        if charge.grade in (None, Grade.F, Grade.M) and more.grade is not None:
            charge.grade, charge.grade_span = more.grade, more.grade_span
        charge.lines.append(row)
        self.used.add(row)

    def _stands_in_list(self, row: int, line: Line, header: Header | None) -> bool:
        """Whether a row whose statute gave nothing is a charge all the same: it stands among charges, or
        beside a label, and names an offense."""
        if not OFFENSE_WORD.search(line.plain) or BOILERPLATE.search(line.plain):
            return False
        beside = bool(self.charges) and row - self.charges[-1].lines[-1] == 1
        charge_row = self._left_of_charges(line) if beside else False
        labels = [lb for lb in self.part.labels if lb.line == row]
        named = [lb for lb in labels if lb.field in ("charge", "description", "statute")]
        counted = bool(named) and any(lb.field == "count" and lb.text for lb in labels)  # `Offense: Ct. 1 Theft`
        labelled = counted or any(lb.text for lb in named)
        headed = header is not None and row - header.line == 1 + sum(header.line < c.line < row for c in self.charges)
        listed = re.search(r"DEFENDANT WITH|CHARGED WITH|WITH:$", self._above(row)) is not None
        return charge_row or labelled or headed or listed

    def _completes(self, row: int, line: Line, statute: StatuteFound) -> bool:
        """Whether a citation belongs to the charge named in the row above, and if so gives it to it."""
        last = self.charges[-1] if self.charges else None
        if last is None or last.statute is not None or row - last.lines[-1] != 1:
            return False
        own = last.description_span
        beneath = own is not None and self._is_near(statute.span, own)
        labelled = self._is_labelled(last.line, "charge", "description") and self._is_labelled(row, "statute")
        if last.count is None and not (beneath or labelled):
            return False
        words = [t.text for t in dict(self.part.numbered)[last.line].span if own is None or t not in own]
        if last.count is not None and re.search(r"\d\S*\d\S*\d", " ".join(words)):
            return False  # that row has ink of its own where a citation stands
        more = charge_of(row, line, statute, foreign=self._foreign(row))
        if more.count is not None or (last.count is None and not labelled and more.description):
            return False
        if _is_another_offense(last.description, more.description):
            return False
        last.statute, last.lines = statute, [*last.lines, row]
        last.grade, last.grade_span = (
            (more.grade, more.grade_span) if last.grade is None else (last.grade, last.grade_span)
        )
        if not last.description:
            last.description, last.description_span, last.amount = more.description, more.description_span, more.amount
        self.used.add(row)
        return True

    def _is_near(self, words: Span, above: Span) -> bool:
        """Whether words begin right under others."""
        return abs(level_of(words[0]).left - level_of(above[0]).left) < 2.5 * self.part.sheet.pitch

    def _is_labelled(self, row: int, *fields: str) -> bool:
        """Whether a row opens with such a label and its value."""
        opening = (lb for lb in self.part.labels if lb.line == row and lb.value is not None and not lb.below)
        first = next(opening, None)
        return first is not None and first.field in fields

    def _counts_on(self, row: int, line: Line) -> bool:
        """Whether a row opens with the next count's number and names an offense, or holds figures no citation
        could be made of."""
        found = re.match(
            r"\W*(COMPLAINT|CNT|CT|COUNT|CHG|CHARGE|C|#)?\.? ?[0O]{0,2}(\d{1,2})[.):]? ", line.text.upper()
        )
        if found is None or self._entry_row > 0:
            return False
        figures = re.search(r"\d\S*\d\S*\d", line.text[found.end() :]) is not None
        if not figures and not (found[1] and OFFENSE_WORD.search(line.plain)):
            return False
        if not self.charges:
            headed = any(
                lb.field in ("charge", "statute", "description") and 0 < row - lb.line <= 2 for lb in self.part.labels
            )
            return int(found[2]) == 1 and (headed or found[1] is not None)
        last = self.charges[-1].count or len(self.charges)
        return int(found[2]) == last + 1 and row - self.charges[-1].lines[-1] <= 4

    def _above(self, row: int) -> str:
        lines = dict(self.part.numbered)
        return lines[row - 1].plain.strip() if row - 1 in lines else ""

    def _left_of_charges(self, line: Line) -> bool:
        lines = dict(self.part.numbered)
        last = lines.get(self.charges[-1].line)
        if last is None:
            return False
        return (
            abs(level_of(line.span[0]).left - level_of(last.span[0]).left) < 2.5 * line.pitch and len(line.cells) >= 2
        )

    def names_unclaimed(self) -> bool:
        """Whether a short row right above or below charges, or between them, names an offense that none of them
        claims."""
        lines = dict(self.part.numbered)
        for first, charge in ((row, one) for one in self.charges for row in one.lines):
            for step in (-1, 1):
                for row in range(first + step, first + step * (_NEAR_CHARGES + 1), step):
                    if row not in lines or self._is_told(row, lines[row]):
                        break
                    if _is_unclaimed(lines[row], charge, lines[first]) or self._opens_list(row, charge, lines):
                        return True
        return False

    def _opens_list(self, row: int, charge: ChargeFound, lines: Mapping[int, Line]) -> bool:
        """Whether a row stands right below the bare head of a list of charges, and above one that has words of its
        own."""
        above = lines.get(row - 1)
        heads = [lb.span for lb in self.part.labels if lb.field == "charge" and lb.line == row - 1]
        is_bare = above is not None and any(len(head) == len(above.span) for head in heads)
        goes_on = re.search(r"(?:\b(?:OF|WITH|TO|AND|OR|FOR|BY)|[,-])$", lines[row].plain.strip())
        return is_bare and goes_on is None and row < charge.line and bool(charge.description)

    def _is_told(self, row: int, line: Line) -> bool:
        """Whether a row states a charge, is an entry, a head, or a particular of another kind."""
        known = row in self.used or row in self.entry_rows or any(h.line == row for h in self.headers)
        labelled = any(lb.line == row and lb.field not in ("charge", "description") for lb in self.part.labels)
        return known or labelled or bool(wordings_in(line.plain)) or BOILERPLATE.search(line.plain) is not None

    def entry_lines(self) -> list[tuple[int, Line]]:
        """Rows that may be entries: not charges, heads, boilerplate or labelled particulars. A charge row of a
        table that also holds its ending is one."""
        out: list[tuple[int, Line]] = []
        ends = (
            "disposition",
            "finding",
            "sentence",
            "plea",
            "orders",
            "disposition_date",
            "judge",
            "count",
            "other",
            "page",
        )
        for row, line in self.part.numbered:
            if any(h.line == row for h in self.headers):
                continue
            said = _APPEARING.sub(" ", line.plain) if row in self.entry_rows else line.plain
            if row in self.entry_rows and leading_date(line) is not None:
                said = _RECITING.sub(" ", said)
            if BOILERPLATE.search(said) and not (_opens_a_day(line) or _tells_of_its_day(line)):
                continue
            if row in self.used:
                continue
            if row in self.entry_rows:
                out.append((row, line))
                continue
            mine = [lb for lb in self.part.labels if lb.line == row]
            if heads_days(self.part.sheet, row, mine):
                continue
            particulars = [lb for lb in mine if lb.field not in ends and not leading_date(line)]
            announced = bool(out) and out[-1][1].text.rstrip().endswith(":")  # `On the 5th day of May, ...:`
            if (announced or all(lb.field == "charge" for lb in particulars)) and _goes_on_with(out, row, line):
                out.append((row, line))  # `Charge thrown out`, below the day of it
                continue
            if particulars and not leading_date(line) and not _tells_all_the_same(line, particulars):
                continue
            if (
                mine
                and not any(lb.text for lb in mine)
                and len(line.span) <= 2 * len(mine) + 2
                and not leading_date(line)
            ):
                continue
            out.append((row, line))
        return out


def _goes_on_with(rows: Sequence[tuple[int, Line]], row: int, line: Line) -> bool:
    """Whether a row stands right below one that opens with its day, and further in."""
    if not rows or rows[-1][0] != row - 1 or leading_date(rows[-1][1]) is None:
        return False
    return line.left > rows[-1][1].left + 1.5 * line.pitch and not cites_charge(line)


def _undoes(line: Line) -> bool:
    """Whether a row takes back an ending."""
    return any(
        found.wording.effect is Effect.REOPENED or found.wording.means is Disposition.VACATED
        for found in wordings_in(line.plain)
    )


_NEAR_CHARGES, _MOST_WORDS = 3, 8  # rows from a charge, and words of a row, in which another may be named
_COURTROOM = {"CT", "CRT", "COURT"}


def _opens_a_day(line: Line) -> bool:
    """Whether a row says no more than on which day who sat: `On the 5th day of May, 1990, the Honorable … presiding:`"""
    return leading_date(line) is not None and _PRESIDING.search(line.plain) is not None


def _tells_of_its_day(line: Line) -> bool:
    """Whether a row that opens with a day says what became of a charge, and certifies nothing."""
    certifies = re.search(r"CERTIF(?:Y|IED)|\bIN WITNESS\b", line.plain) is not None
    return opens_with_date(line.text) and says_what_became(line.plain) and not certifies


# Words of an entry that are boilerplate elsewhere: an attorney's appearance, who was heard, the judge who sat, the
# defendant above.
_APPEARING = re.compile(
    r"\b(?:ABOVE NAMED|STATE'S ATTORNEY OF)\b|(?<!IN )\bWITNESS(?:ES)?\b(?!,? (?:MY|WHEREOF|THE|OUR|HAND)\b)|\bFILED (?:AN|HIS|HER|ITS) APPEARANCE\b|\b(?:THE )?HON(?:ORABLE|\.)? [A-Z .'-]{3,60}? PRESIDING\b"
)
# `Probation having been revoked, ...`, `I, A B, Clerk of the ... certify that the records of this office show ...`
_RECITING = re.compile(
    r"\bHAVING (?:BEEN|PLED|PLEADED|ENTERED)\b|\bI, [A-Z .'-]+, CLERK OF THE\b[A-Z ,]*\bCERTIFY THAT THE RECORDS OF THIS OFFICE SHOW\b"
)
_PRESIDING = re.compile(r"PRESIDING\W*$")


def _tells_all_the_same(line: Line, labels: Sequence[LabelFound]) -> bool:
    """Whether a row with words that are labels elsewhere says in a sentence how a charge ended."""
    plain = not any(label.marked or label.below for label in labels)
    return plain and any(found.wording.effect in _ENDS for found in wordings_in(line.plain))


_HEADS_OF_ENTRIES = ("orders", "disposition", "finding", "plea", "sentence", "disposition_date")


def _heads_an_entry(label: LabelFound) -> bool:
    """Whether a label heads a column of what was done, or of its days."""
    bare = label.field == "other" and label.span[0].norm_.strip(".:") in ("DATE", "DT")
    return bare or label.field in _HEADS_OF_ENTRIES


PARTICULARS = ("birth_date", "arrest_date", "filed_date", "offense_date", "sex", "race", "sid", "ir_number")
_LETTERS = re.compile(r"[A-H](?:(?: ?, ?| ?& ?| AND )[A-H])*|ALL")
_WHOLE_CASE = re.compile(
    r"WHOLE CASE|ENTIRE CASE|ALL COUNTS|CASE AS A WHOLE|GENERAL (?:ORDERS|ENTRIES)|AS TO (?:ALL|THE CASE)"
)
_OF_CHARGE = ("description", "statute", "grade", "type", "charge", "count", "offense_date")


def _labelled_otherwise(labels: Sequence[LabelFound], row: int) -> bool:
    return any(lb.line == row and lb.field not in ("description", "grade", "type", "charge", "count") for lb in labels)


_ENDS = {
    Effect.FINAL,
    Effect.PLEA_GUILTY,
    Effect.PLEA_NOT_GUILTY,
    Effect.SENTENCE,
    Effect.AMENDED,
    Effect.VIOLATION,
    Effect.REVOKED,
}


_OFFENSES = re.compile(
    r"\b(?:(?P<drugs>POSS(?!IB)|CANN|MARI[JH]U|POC|PCS|DCS|COCAINE|HEROIN)|(?P<other>THEFT|BATT|ROBB|BURGL|ASSAULT|MURDER|TRESPASS|ARSON|FORG|PROSTIT|GAMBL|DUI|UUW|AUUW))"
)


def _is_another_offense(above: str, below: str) -> bool:
    """Whether words name an offense, and others none of the offenses that they name."""
    named, more = ({m["other"] or "drugs" for m in _OFFENSES.finditer(text.upper())} for text in (above, below))
    return bool(named and more) and named.isdisjoint(more)


def _is_unclaimed(line: Line, charge: ChargeFound, stated: Line) -> bool:
    """Whether a row near a charge names another offense than it, or the same again beside its left edge."""
    if len(line.span) > _MOST_WORDS:
        return False
    citation = charge.statute.citation if charge.statute is not None else None
    is_cannabis = citation is not None and citation.is_cannabis
    own = f"{charge.description} {'CANNABIS' if is_cannabis else ''}"
    if _is_another_offense(own, line.plain) or (is_cannabis and _FOREIGN.search(line.plain) is not None):
        return True
    aligned = abs(line.left - stated.left) < 1.5 * line.pitch
    return aligned and all(re.search(r"CANN|MARI[JH]", text.upper()) for text in (charge.description, line.plain))


def _entry_like(line: Line) -> bool:
    """Whether a row is a dated entry rather than a statement of a charge with its day: the day stands first, or last
    behind words that end something."""
    effects = {found.wording.effect for found in wordings_in(line.plain)}
    if leading_date(line) is None:
        return bool(effects & _ENDS) and closes_with_date(line.text) and not cites_charge(line)
    return bool(effects) and (bool(effects & _ENDS) or not cites_charge(line))


def _mend_numbers(charges: Sequence[ChargeFound], entries: Sequence[Entry]) -> None:
    """Take the poorly read number of a count for the one it lacks to make all run from 1, where it is that but for a
    figure, no entry names it as it was read, and one names the lacking number where the count is the only one."""
    told = {number for entry in entries for number in (*counts_in(entry.text), *entry.led_by)}
    for place, charge in enumerate(charges, 1):
        others = [other.count for other in charges if other is not charge]
        if charge.count is None or charge.count_span is None or place in others or charge.count in (place, *told):
            continue
        if len(charges) == 1 and place not in told:
            continue
        poor = confidence_in(charge.count_span) < SURE_WORD
        run = sorted((place, *(number for number in others if number is not None)))
        if poor and run == list(range(1, len(charges) + 1)) and _is_but_a_figure(charge.count, place):
            charge.count = place


def _is_but_a_figure(read: int, number: int) -> bool:
    """Whether a number is another one with a figure before or behind it, or in the place of the nought before it."""
    told = str(read)
    return len(told) == 2 and number < 10 and str(number) in told


def _numbered(found: Sequence[tuple[int, ChargeFound]]) -> list[Counted]:
    """Findings put together by count: printed numbers hold, the rest take their position; repeats join."""
    out: list[Counted] = []
    for part, charge in found:
        same = _same_as(out, part, charge)
        if same is not None:
            (same.amended if charge.amended else same.stated).append((part, charge))
            continue
        taken = {c.number for c in out}
        printed = charge.count is not None and charge.count not in taken
        number = charge.count if printed and charge.count is not None else _next(taken)
        out.append(Counted(number, printed, [(part, charge)]))
    runs = {c.number for c in out if c.printed} in (set(), set(range(1, len(out) + 1)))
    astray = len(out) > 1 and any(charge.amended and charge.count is None for _, charge in found)  # of which count?
    for counted in out:
        counted.sure = runs and not astray
    return sorted(out, key=lambda c: c.number)


def _next(taken: set[int]) -> int:
    number = len(taken) + 1
    while number in taken:
        number += 1
    return number


def _same_as(out: Sequence[Counted], part: int, charge: ChargeFound) -> Counted | None:
    for counted in out:
        _, held = counted.stated[0]
        if charge.count is not None and charge.count == counted.number and counted.printed:
            return counted
        if charge.amended and charge.count is None and counted is out[-1]:
            return counted
        apart = counted.stated[-1][0] != part or abs(counted.stated[-1][1].line - charge.line) > 6
        if (
            apart
            and charge.count is None
            and charge.statute
            and held.statute
            and charge.statute.citation == held.statute.citation
        ):
            return counted
    return None


def _amend(counted: Sequence[Counted], entries: Sequence[tuple[int, Entry]]) -> None:
    """Give each count the statute an entry amends it to."""
    for at, entry in entries:
        for run in entry.runs():
            found = wordings_in(run.plain)
            for one in found:
                if one.wording.effect is Effect.AMENDED:
                    _amend_by(counted, at, entry, run, one, found)


# Another offense named in an entry; not that to which a plea was taken, and no exhibit.
_CHARGES = re.compile(
    r"(?<!TO )(?<!OF )(?<!SUPPRESS )\b(?:POC|PCS|DCS|POSS|POSSESSION|CANN|CANNABIS|THEFT|BATT|BATTERY|ROBBERY|BURGLARY|DELIVERY|MANUFACTURE)\b(?! ORDERED| DESTROYED| CONTROL ACT)"
)


# Offenses that no cannabis charge is described by.
_FOREIGN = re.compile(
    r"\b(?:BATT(?:ERY)?|BATIERY|ROBBERY|BURGLARY|THEFT|UUW|AUUW|WEAPON|FIREARM|ASSAULT|ASLT|MURDER|HOMICIDE|ARSON|KIDNAP\w*|DUI|DRIVING|TRESP\w*|STALKING"
    r"|DOM(?:ESTIC)?|SEX(?:UAL)?|RESIST\w*|OBSTRUCT\w*|FORGERY|FRAUD\w*|COCAINE|HEROIN|METH\w*|LSD|PCP)\b"
    r"|\b\d{2,3} ?[I1L]LCS ?\d*/"
)
_MARK = re.compile(r"\bC0\d\d\b")


def _doubt_lost_charges(
    counted: Sequence[Counted],
    entries: Sequence[tuple[int, Entry]],
    lines: Sequence[Mapping[int, Line]],
    *,
    is_lost: bool,
) -> None:
    """No count is sure of what it charges where `is_lost`, where the rows of charges hold ink of another, or an entry
    names a count that no charge has: one of them was lost, and its words may stand with these."""
    known = {count.number for count in counted}
    named = {number for _, entry in entries for number in (*entry.led_by, *counts_in(entry.text))}
    is_lost = is_lost or bool(named - known - {ALL_COUNTS, REST_OF_COUNTS, UNREAD_COUNT})
    held = any(_holds_another(charge, count.number, lines[at]) for count in counted for at, charge in count.stated)
    if is_lost or held:
        for count in counted:
            count.sure = False


def _holds_another(charge: ChargeFound, number: int, lines: Mapping[int, Line]) -> bool:
    """Whether the rows of a cannabis charge name what no such charge is described by, or cite a second section."""
    citation = charge.statute.citation if charge.statute is not None else None
    if charge.statute is None or citation is None or not citation.is_cannabis:
        return False
    rows = [lines[row] for row in charge.lines if row in lines]
    cited = {s.citation for line in rows for s in statutes_in(line) if is_charge_statute(s)}
    own = set(range(charge.statute.span.start, charge.statute.span.end))
    words = (t.norm_.upper() for line in rows for t in line.span if t.i not in own)
    rest = " ".join(word for word in words if word.strip(".:") != f"C{number:03}")
    return len(cited) > 1 or _FOREIGN.search(rest) is not None or _MARK.search(rest) is not None


def _doubt_other_charges(counted: Sequence[Counted], entries: Sequence[tuple[int, Entry]]) -> None:
    """No count is sure of what it charges where an entry about it names another offense and does not say why: the
    word that says it was amended may be the one that was lost."""
    known = {c.statute.citation for count in counted for _, c in count.stated + count.amended if c.statute is not None}
    told = " ".join(c.description.upper() for count in counted for _, c in count.stated + count.amended)
    for _, entry in entries:
        for run in entry.runs():
            found = wordings_in(run.plain)
            cited = statutes_in(run)
            other = {s.citation for s in cited if is_charge_statute(s)} - known
            granting = {
                t.i for s in cited if not is_charge_statute(s) for t in s.span
            }  # probation under 720 ILCS 550/10
            foreign = next(
                (m for m in _FOREIGN.finditer(run.plain) if run.plain_at(*m.span()).start not in granting), None
            )
            named = _CHARGES.search(run.plain) is not None or (foreign is not None and foreign[0][:4] not in told)
            if not (other or named) or any(one.wording.effect is Effect.AMENDED for one in found):
                continue
            refs = entry.led_by or counts_in(run.plain)
            for count in counted:
                if not refs or count.number in refs or ALL_COUNTS in refs or len(counted) == 1:
                    count.sure = False


def _amend_by(
    counted: Sequence[Counted],
    at: int,
    entry: Entry,
    run: Line,
    one: WordingFound,
    found: Sequence[WordingFound],
) -> None:
    words = run.plain_at(one.start, one.end)
    statutes = [s for s in statutes_in(run) if is_charge_statute(s) and s.span.start >= words.start]
    if not statutes:
        return
    charge = ChargeFound(entry.numbers[0], statutes[0], lines=list(entry.numbers), amended=True)
    _words_after(charge, run, [run.plain_at(f.start, f.end).start for f in found])
    refs = refs_for(one, found, run.plain)
    for count in counted:
        if count.number in refs or ALL_COUNTS in refs or len(counted) == 1:
            count.amended.append((at, charge))


def _words_after(charge: ChargeFound, run: Line, stops: Sequence[int]) -> None:
    """The words of the new charge: from its statute to the next thing the entry says."""
    if charge.statute is None:
        return
    first = charge.statute.span.end
    end = min((s for s in stops if s >= first), default=run.span.end)
    kept = first
    for token in run.span.doc[first:end]:
        if (
            token.norm_ == ASIDE
            or counts_in(token.norm_)
            or token.norm_.strip(".") in ("COUNT", "CT", "CHG", "COUNTS", "CTS", "CNT")
        ):
            break
        kept = token.i + 1
    span = run.span.doc[first:kept]
    if len(span) and OFFENSE_WORD.search(span.text.upper()):
        charge.description, charge.description_span = span.text, span
        charge.amount = amount_in(span.text)

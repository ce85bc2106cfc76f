"""Labels as forms print them, and the value each one stands before or above."""
# ruff: noqa: E501 - a pattern is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Span

from extract.dates import opens_with_date
from extract.doc import Line, Sheet, level_of, shared_width
from extract.headings import field_of_words
from extract.lexicon import plain


@dataclass(frozen=True, slots=True)
class Label:
    """A field and the ways forms name it, with examples. `bare`: may stand without colon inside a row."""

    field: str
    pattern: str
    examples: tuple[str, ...]
    bare: bool = False


_NO = r"(?:\s?(?:NO|NUM|NUMBER|NBR|#)\.?#?)?"
_DATE = r"(?:DATE?|DT)"  # `DAT`, where the last letter was lost
_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.?"
_DAY = rf"(?=[:.]? ?(?:\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d\d|{_MONTH} ?\d))"  # a day stands behind it

LABELS: tuple[Label, ...] = (
    Label("docket_number", r"(?:CASE|DOCKET|CRIMINAL|COURT|IND(?:ICTMENT)?|INFO(?:RMATION)?|M\.?C\.?C\.?|FILE)\.?\s?(?:CASE )?(?:NO|NUM|NUMBER|NUMBERS|NBR|#)S?\.?|CASE|NUMBER|DOCKET|NO\.|GEN(?:ERAL)? NO\.?|COMPLAINT NO\.?",
          ("CASE NO.", "DOCKET NUMBER", "NUMBER", "INDICTMENT NO")),
    Label("name", r"(?:PERSON |PARTY )?(?:NAME OF )?(?:DEF(?:ENDANT|T)?'?S?|ACCUSED)(?:'?S?)? (?:FULL )?NAME|NAM/\d\d|NAME OF (?:DEFENDANT|ACCUSED)|FULL NAME|(?:DEFENDANT|NAME|DEFT)(?:'?S? NAME)? ?\((?:LAST|FIRST|MIDDLE|MI|INITIAL|[, /.])+\)|PARTY(?=:)|^PARTY$|(?<!CO-)(?<!CO )DEFENDANT\(?S?\)?(?: 0?\d(?=:))?|DEFT\.?|DEF(?=:)|^DEF\.?$|ACCUSED|NAME",
          ("DEFENDANT", "NAME", "DEFENDANT'S NAME", "DEFENDANT NAME")),
    Label("surname", r"(?:DEF(?:ENDANT|T)?\.?(?:'S)? )?(?:LAST|SUR|FAMILY)\s?(?:NAME)|LAST", ("LAST NAME", "SURNAME")),
    Label("given", r"(?:DEF(?:ENDANT|T)?\.?(?:'S)? )?(?:FIRST|GIVEN|CHRISTIAN)\s?(?:NAME)|FIRST(?! ?-?OFF)|GIVEN", ("FIRST NAME", "GIVEN NAME")),
    Label("middle", r"(?:MIDDLE|MID)\s?(?:NAME|INITIAL|INIT)?\.?|INIT(?:IAL)?\.?(?=[:.]|$)|M\.?I\.?(?=[:.]| |$)", ("MIDDLE NAME", "MI", "MIDDLE INITIAL")),
    Label("suffix", r"SUFFIX|SUFX", ("SUFFIX",)),
    Label("alias", r"ALIAS(?:ES)?(?:\(ES\))?|A\.?K\.?A\.?|ALSO KNOWN AS|OTHER NAMES?(?: USED)?", ("ALIAS", "AKA", "A/K/A".replace("/", ".")), bare=True),
    Label("birth_date", rf"{_DATE} OF BIRTH|BIRTH ?{_DATE}|D[./]?O[./]?[B08O]\.?|BO(?:RN|M|RM)|BIRTH|(?:B\.?D\.?|B/D|D/B)(?=[:])|B[./]?D\.?{_DAY}|^(?:B/D|D/B)$|D/B{_DAY}|^B\.{_DAY}|DT OF BIRTH|BIRTH DT", ("DATE OF BIRTH", "DOB", "D.O.B.", "BORN"), bare=True),
    Label("sex", r"SEX|GENDER|SX(?=[:])|^SX$", ("SEX",), bare=True),
    Label("race", r"RACE(?:/ETH(?:NICITY)?)?|RC(?=[:])|^RC$", ("RACE",), bare=True),
    Label("ir_number", rf"(?:CPD )?[IL1]\.?R\.{_NO}|(?:CPD )?IR{_NO}|(?:CHICAGO |CPD |POLICE )?(?:PD |POLICE )?IR{_NO}|(?:POLICE )?REC(?:ORD)?\.?{_NO} ?\(I\.?R\.?\)|I\.R\. ?{_NO}|INDIVIDUAL RECORD{_NO}|FINGERPRINT{_NO}|FP{_NO}(?=[ :#])", ("IR NO.", "IR", "IR #", "FINGERPRINT NO"), bare=True),
    Label("sid", rf"[S$]\.?[I1L]\.?D\.?{_NO}|STATE (?:POLICE )?(?:ID|IDENT(?:IFICATION)?){_NO}|ISP{_NO}|STATE ID", ("SID", "SID NO.", "STATE ID NO"), bare=True),
    Label("arrest_date", rf"(?:{_DATE} (?:OF )?)ARR(?:EST(?:ED)?)?|ARR(?:EST(?:ED)?)?\.? ?(?:{_DATE}|ON)|ARRESTED|^APPREHENDED|^TAKEN INTO CUSTODY(?: ON)?|^TAKEN(?= (?:ON )?{_MONTH} \d)|ARR/DET|{_DATE} ARR|ARREST(?=:? \d)|ARR\.?{_DAY}", ("ARREST DATE", "DATE OF ARREST", "ARRESTED", "ARR DATE"), bare=True),
    Label("offense_date", rf"(?:{_DATE} (?:OF )?)(?:OFF(?:ENSE|ENCE)?|OCC(?:URRENCE)?|VIOL(?:ATION)?|INCIDENT|CRIME)\.?|(?:OFF(?:ENSE|ENCE)?|OCC(?:URRENCE|URRED)?|VIOL(?:ATION)?|INCIDENT)\.? ?(?:{_DATE}|ON)|OCCURRED|(?:COMMITTED|DONE) ON|ON OR ABOUT|OFF\. DT|COMMITTED(?: ON)?",
          ("DATE OF OFFENSE", "OFFENSE DATE", "OFF DATE", "DATE OF OCCURRENCE", "ON OR ABOUT"), bare=True),
    Label("filed_date", rf"(?:{_DATE} )FILED|(?:CASE|COMPLAINT|CHARGES?|INDICTMENT) FILED(?: ON)?|FIL(?:ED?|ING) ?(?:{_DATE}|ON)|FILED|(?:CASE |ACTION |PROSECUTION )(?:COMMENCED|INSTITUTED)|^COMMENCED(?= \d)|^CHARGED(?= \d)|INIT(?:IATION)? ?{_DATE}", ("DATE FILED", "FILED", "FILING DATE")),
    Label("arresting_agency", r"(?:ARRESTING|ARREST|ARR\.?|POLICE) ?(?:AGENCY|DEPT|DEPARTMENT|AGCY|DEP'T)|AGENCY|ARRESTED BY", ("ARRESTING AGENCY", "AGENCY", "ARR AGENCY"), bare=True),
    Label("statute", r"STATUTE(?:S)?(?: CITATION| CITED)?|STATUTORY (?:CITATION|REFERENCE)|CITATION|CHAPTER[ /&-]+(?:PARAGRAPH|PAR|SECTION|SEC)\.?|CH[./ ]+(?:PAR|SEC)\.?|ILCS(?: CITATION)?|STAT\.?|SECTION",
          ("STATUTE", "STATUTORY CITATION", "CITATION")),
    Label("description", r"(?:CHARGE |OFFENSE )?DESC(?:RIPTION)?(?: OF (?:OFFENSE|CHARGE))?|OFFENSE(?:S)?(?: CHARGED)?|NATURE OF (?:OFFENSE|CHARGE)", ("DESCRIPTION", "CHARGE DESCRIPTION", "OFFENSE")),
    Label("charge", r"CHARGES?(?:\(S\))?|CHARGED WITH|CHG\.?", ("CHARGE", "CHARGES")),
    Label("type", r"TYPE|TYP|CHARGE TYPE|CHG TYPE|F/M(?:/I)?|FEL/MISD", ("TYPE",)),
    Label("grade", r"CONV(?:ICTION)? STATUS|(?:CHARGE |OFFENSE )?(?:CLASS|CLS|GRADE|CL)\.?(?: OF OFFENSE)?", ("CLASS", "CHARGE CLASS")),
    Label("count", r"COUNTS?|CNT|CT|CTS|CHG (?:NO|#)|NO OF COUNTS", ("COUNT", "CT")),
    Label("plea", r"PLEA", ("PLEA",)),
    Label("finding", r"FINDINGS?|VERDICT|JUDGMENT", ("FINDING",)),
    Label("disposition_date", rf"DISP(?:OSITION)?\.? ?{_DATE}|{_DATE} OF (?:DISP(?:OSITION)?|SENT(?:ENCE|ENCING)?|JUDGMENT|(?:THE |THIS )?ORDER|FINDING|CONVICTION)|{_DATE} (?:DISP(?:OSED)?|ENTERED|SENTENCED)|(?:SENT(?:ENC(?:E|ING))?|ORDER|JUDGMENT|CONVICTION) {_DATE}|(?:THIS )?ORDER ENTERED(?: ON)?|ENTERED(?: ON|(?=:))|SENTENCED ON|DATED|(?:^DISPOSED$|DISPOSED(?: OF)?(?: ON)?{_DAY})", ("DISPOSITION DATE", "DATE OF DISPOSITION")),
    Label("disposition", r"(?:FINAL )?DISP(?:OSITION)?S?(?:\(S\))?|RESULT|OUTCOME", ("DISPOSITION", "DISP")),
    Label("sentence", r"SENTENCES?", ("SENTENCE",)),
    Label("orders", r"ORDERS?(?: ENTERED| OF COURT)?|ACTIVITY|PROCEEDINGS|ENTRY|ENTRIES|ACTION", ("ORDERS", "ACTIVITY")),
    Label("judge", r"(?:BEFORE )?(?:(?:THE )?HON(?:ORABLE|\.)? )?JUDGE(?:\(S\))?|^BEFORE(?=:|$)", ("JUDGE",)),
    Label("page", r"PAGE|PG\.(?= ?\d)", ("PAGE",), bare=True),
    Label("other", rf"{_DATE}|COURT(?=:? (?:BR|RM|CR|CRTRM|ROOM)\b)|^COURT$|BRANCH|BR|CALENDAR|ROOM|COURTROOM|DIST(?:RICT)?|FBI{_NO}|(?:CENTRAL )?BOOKING{_NO}|CB{_NO}|DCN{_NO}|CONTROL{_NO}|ADDRESS|ADDR|RESIDENCE|(?:RESIDES|SITTING|LIVES) AT|CITY|ZIP|HEIGHT|WEIGHT|HGT|WGT|HAIR|EYES|ATTORNEY|ATTY|BOND|BAIL|PROSECUTOR|COMPLAINANT|R\.?D\.?{_NO}(?=[:#])|AGE|PRINTED|RUN {_DATE}|AMOUNT|REMARKS|NEXT {_DATE}|D\.?L\.?{_NO}(?=[:#])",
          ("BRANCH", "DATE", "FBI NO", "ADDRESS")),
)  # fmt: skip


@dataclass(frozen=True)
class LabelFound:
    """A label on the page with the words it governs; `text` is their raw text, empty where there are none."""

    field: str
    span: Span
    value: Span | None
    text: str
    line: int
    below: bool
    marked: bool  # followed by a colon or the like
    head: bool = False  # one of a row of heads, its value in the row below
    above: bool = False  # a caption in brackets, its value on the line above it


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], Label], ...]:
    return tuple(
        (re.compile(rf"(?<![A-Z0-9/])(?:{lb.pattern})(?![A-Z0-9])(?:\s?[:#=.;]+|/(?=\d|[MF](?![A-Z]))|\s?)"), lb)
        for lb in LABELS
    )


def labels_on(sheet: Sheet) -> tuple[LabelFound, ...]:
    """The labels of a page in reading order, each with its value beside it or, failing that, below."""
    out: list[LabelFound] = []
    copied = False  # below the words of a clerk who certifies, `Dated` is the day of the copy
    rows = [list(_in_line(line)) for line in sheet.lines]
    for number, (line, hits) in enumerate(zip(sheet.lines, rows, strict=True)):
        captions, heads = _are_captions(sheet, number, line, rows), _is_head_row(line, hits)
        copied = copied or _CERTIFIES.search(line.plain) is not None
        for at, hit in enumerate(hits):
            found = _under_head(sheet, number, line, hit, rows) if heads else None
            found = _over_caption(sheet, number, line, hit) if captions else found
            found = found or _with_value(sheet, number, line, hits, at, hit, rows)
            out.append(replace(found, field="other") if copied and _DATED.match(found.span.text) else found)
    sheet.doc.spans["labels"] = [found.span for found in out]
    return tuple(out)


_CERTIFIES = re.compile(r"\bCERTIF(?:Y|IES)\b|\bATTEST|TRUE (?:AND CORRECT )?COPY|WITNESS MY HAND")
_DATED = re.compile(r"DATED\b", re.IGNORECASE)


def fields_in(text: str) -> tuple[str, ...]:
    """The fields that a head or label names, whole; empty where it names none."""
    head = _BOX.sub("", plain(text).strip(" .:#"))
    by_pattern = tuple(
        label.field for pattern, label in _patterns() if pattern.fullmatch(head) or pattern.fullmatch(head + ".")
    )
    worded = () if by_pattern else (field_of_words(head),)
    return by_pattern or tuple(field for field in worded if field)


def fields_named(text: str) -> tuple[str, ...]:
    """The fields that a head names, of several parted by a stroke all of them; empty where part of it names none."""
    pieces = [fields_in(piece)[:1] for piece in text.split("/")]
    if len(pieces) > 1 and all(pieces):
        return tuple(field for piece in pieces for field in piece)
    return fields_in(text)[:1]


def fields_before(line: Line, span: Span) -> tuple[str, ...]:
    """The fields whose labels stand right before `span` in its row, with no wide gap between."""
    before = line.span.doc[line.span.start : span.start]
    if not len(before) or level_of(span[0]).left - level_of(before[-1]).right > 4.0 * line.pitch:
        return ()
    text = " ".join(token.norm_ for token in before[-4:]).rstrip(" .:#=")
    ends = (text.split(" ", at)[-1] for at in range(4))
    return tuple({field for end in ends for field in fields_in(end)})


def heads_days(sheet: Sheet, row: int, labels: Sequence[LabelFound]) -> bool:
    """Whether a row, with its labels, heads the columns of entries, one of them that of their days."""
    starts = {cell.start for cell in sheet.lines[row].cells}
    heads = [label for label in labels if label.span.start in starts]
    dated = any(label.field == "disposition_date" or label.span[-1].norm_.strip(".:") in _DAYS for label in heads)
    bare = len(heads) > 1 and dated and not any(label.marked for label in labels)
    return bare and row + 1 < len(sheet.lines) and opens_with_date(sheet.lines[row + 1].text)


_DAYS = ("DATE", "DT", "ON")
_BOX = re.compile(r"^\(?\d{1,2}[A-Z]?[.)]\)? (?=[A-Z])")  # `5. DATE OF ARREST`: the number of a box


def _unboxed(cell: Span) -> Span:
    """A cell that is a label, or begins with one and a mark, without the number of its box in front."""
    if len(cell) < 2 or _BOX.match(cell.text.upper()) is None:
        return cell
    rest = cell[1:]
    return rest if fields_in(rest.text) or _marked_by_words(plain(rest.text)) is not None else cell


@dataclass(frozen=True)
class _Hit:
    label: Label
    span: Span
    rest: str  # raw text after the mark within the label's last word
    marked: bool


def _in_line(line: Line) -> Iterator[_Hit]:
    """The labels of a row, each within one cell: heads of two columns never make one label."""
    cells = [_unboxed(cell) for cell in line.cells]
    starts = set() if opens_with_date(line.text) else {cell.start for cell in cells}
    for cell in cells:
        piece = Line(cell, line.pitch)
        plain_text = piece.plain
        if not plain_text:
            continue
        apart = _apart(plain_text)
        marked = _marked_by_words(plain_text) or _whole_by_words(plain_text)
        if marked is not None and starts and not any(start == 0 and end >= marked[1] - 1 for start, end, _ in apart):
            apart = [marked, *(one for one in apart if one[0] >= marked[1])]
        for start, end, label in apart:
            span = piece.plain_at(start, len(plain_text[:end].rstrip()))
            mark = re.search(r"[:#=]|/$", plain_text[start:end]) is not None
            if span.start in starts or mark or (label.bare and starts) or _is_of_filing(piece, label, end):
                before = line.text.upper()[: line.offset_of(span.start)]
                theirs = label.field == "birth_date" and _OTHER_PERSON.search(before)
                yield _Hit(replace(label, field="other") if theirs else label, span, _tail(span), mark)


# Before the label of a birth that is not the defendant's: `Victim Mary Jones, DOB`.
_OTHER_PERSON = re.compile(
    r"\b(?:VICTIM|COMPLAINANT|COMPLAINING WITNESS|WITNESS|MOTHER|FATHER|PARENT|GUARDIAN|SPOUSE|WIFE|HUSBAND|OFFICER|SURETY|CO-?DEF(?:T|ENDANT)?)(?:'?S)?[ .:,(-]*(?:(?!DEF|NAME|ACCUSED|CASE|ADDRESS|SEX|RACE)[A-Z][A-Z.'-]*[, (]+){0,3}$"
)


def _is_of_filing(piece: Line, label: Label, end: int) -> bool:
    """Whether an entry that a charge was filed tells with this label of the arrest that led to it: `Arrested 5-7-78`."""
    return label.field == "arrest_date" and "FILED" in piece.plain[:end] and opens_with_date(piece.plain[end:])


_MARKED = re.compile(r"^[A-Z][A-Z.'/&()# ]{1,34}?[A-Z.)#] ?(?:[:=]|[._]{3,})")


def _marked_by_words(text: str) -> tuple[int, int, Label] | None:
    """The label before the first colon of a cell, known by the words it is put together from."""
    found = _MARKED.match(text)
    field = field_of_words(found[0]) if found is not None else ""
    if found is None or not field:
        return None
    label = next(label for label in LABELS if label.field == field)
    return 0, found.end(), label


def _whole_by_words(text: str) -> tuple[int, int, Label] | None:
    """The label that a cell is, known by the words it is put together from."""
    if not 3 <= len(text) <= 34 or any(c.isdigit() for c in text):
        return None
    field = next(iter(fields_in(text)), "")
    label = next((label for label in LABELS if label.field == field), None)
    return (0, len(text), label) if label is not None else None


def _apart(text: str) -> list[tuple[int, int, Label]]:
    """The labels of a text that do not overlap, the longest first where they would, from left to right."""
    hits = [(m.start(), m.end(), label) for pattern, label in _patterns() for m in pattern.finditer(text)]
    hits.sort(key=lambda h: (-(h[1] - h[0]), h[0]))
    kept: list[tuple[int, int, Label]] = []
    for hit in hits:
        if all(hit[1] <= k[0] or hit[0] >= k[1] for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda k: k[0])


def _tail(span: Span) -> str:
    """What a word holds after the label's own colon: `DOB:04/12/65`."""
    text = span[-1].text
    found = (
        re.search(r"[:#=]+(.+)$", text)
        or re.match(r"^(?!NAM/)[A-Za-z]+/(\d.*|[MF])$", text)
        or re.match(r"^[A-Za-z]{2,}\.?(\d.*)$", text)
    )
    return found[1].strip() if found else ""


def _is_head_row(line: Line, hits: Sequence[_Hit]) -> bool:
    """Whether a row is made of heads, whose values stand below: most of its cells are labels and nothing else."""
    alone = {hit.span.start for hit in hits if not hit.marked and not hit.rest}
    cells = [_unboxed(cell) for cell in line.cells]
    begun = sum(cell.start in alone for cell in cells)
    whole = sum(cell.start in alone and bool(fields_in(cell.text)) for cell in cells)
    figures = any(c.isdigit() for cell in cells for token in cell for c in token.text)
    named = any(_is_named(line, hit) for hit in hits)
    return whole >= 2 and not figures and not named and begun >= 0.6 * len(line.cells)


def _is_named(line: Line, hit: _Hit) -> bool:
    """Whether a name stands right behind a label of names, in the same cell, or a sex behind its label: `LAST GARCIA`."""
    cell = next(cell for cell in line.cells if cell.start <= hit.span.start < cell.end)
    said = cell.end > hit.span.end and not fields_in(cell.text)
    after = line.span.doc[hit.span.end].text.upper() if hit.span.end < line.span.end else ""
    if hit.label.field == "sex" and after in ("M", "F", "MALE", "FEMALE"):
        return True
    return (
        hit.label.field in ("surname", "given", "name")
        and said
        and not fields_in(cell[hit.span.end - cell.start :].text)
    )


def _under_head(sheet: Sheet, number: int, line: Line, hit: _Hit, rows: list[list[_Hit]]) -> LabelFound | None:
    after = next((cell for cell in line.cells if cell.start > hit.span.start), None)
    if number + 1 >= len(rows) or _is_head_row(sheet.lines[number + 1], rows[number + 1]):
        return None
    under = _below(sheet, number, hit, after)
    if under is None or any(other.span.start == under.start for other in rows[number + 1]):
        return None  # nothing, or a label of its own
    return LabelFound(hit.label.field, hit.span, under, under.text, number, below=True, marked=hit.marked, head=True)


def _are_captions(sheet: Sheet, number: int, line: Line, rows: list[list[_Hit]]) -> bool:
    """Whether every cell of a row is a label in brackets, with words right above it that are none."""
    bracketed = all(re.fullmatch(r"\(.+\)", cell.text) for cell in line.cells)
    bracketed = bracketed and any(fields_in(cell.text.strip("()")) for cell in line.cells)
    if not bracketed or number == 0 or rows[number - 1] or not rows[number]:
        return False
    above = sheet.lines[number - 1]
    over = _covered(line, above) if _is_near(above, line) else 0
    under = _covered(line, sheet.lines[number + 1]) if number + 1 < len(rows) and not rows[number + 1] else 0
    if under and not _is_near(line, sheet.lines[number + 1]):
        under = 0
    if over < len(line.cells) and under >= over:
        return False  # it heads the values below
    return over > 0 and not _is_valued_above(sheet, number, rows)


def _is_near(above: Line, below: Line) -> bool:
    return below.top - above.bottom < 1.5 * max(10, above.bottom - above.top)


def _covered(line: Line, other: Line) -> int:
    """How many cells of a row stand over or under words of another."""
    return sum(any(shared_width(one, cell) > 0 for cell in other.cells) for one in line.cells)


def _is_valued_above(sheet: Sheet, number: int, rows: list[list[_Hit]]) -> bool:
    """Whether the row above the captions holds the values of labels in brackets that stand over it."""
    if number < 2 or not rows[number - 2] or not _is_near(sheet.lines[number - 2], sheet.lines[number - 1]):
        return False
    heads = sheet.lines[number - 2]
    bracketed = all(re.fullmatch(r"\(.+\)", cell.text) for cell in heads.cells)
    return bracketed and not _are_captions(sheet, number - 2, heads, rows)


def _over_caption(sheet: Sheet, number: int, line: Line, hit: _Hit) -> LabelFound:
    """The caption with the words that stand on the line above it; without a value where none do."""
    above, after = sheet.lines[number - 1], [cell for cell in line.cells if cell.start > hit.span.start]
    left = level_of(hit.span[0]).left - 2.5 * sheet.pitch
    right = level_of(after[0][0]).left - 1.0 * sheet.pitch if after else float("inf")
    inside = [t.i for t in above.span if left <= level_of(t).left < right]
    value = above.span.doc[inside[0] : inside[-1] + 1] if inside else None
    return LabelFound(
        hit.label.field, hit.span, value, value.text if value is not None else "", number, True, False, above=True
    )


def _with_value(
    sheet: Sheet, number: int, line: Line, hits: list[_Hit], at: int, hit: _Hit, rows: list[list[_Hit]]
) -> LabelFound:
    end = hits[at + 1].span.start if at + 1 < len(hits) else line.span.end
    beside = line.span.doc[hit.span.end : end] if hit.span.end < end else None
    text = " ".join(filter(None, [hit.rest, beside.text if beside is not None else ""])).strip(" :.#;_-")
    if text:
        first = hit.span.end - 1 if hit.rest else hit.span.end
        return LabelFound(hit.label.field, hit.span, line.span.doc[first:end], text, number, False, hit.marked)
    free = number + 1 < len(rows) and not rows[number + 1]
    under = _below(sheet, number, hit, hits[at + 1].span if at + 1 < len(hits) else None) if free else None
    text = under.text if under is not None else ""
    return LabelFound(hit.label.field, hit.span, under, text, number, under is not None, hit.marked)


def _below(sheet: Sheet, number: int, hit: _Hit, after: Span | None) -> Span | None:
    """The words of the next row that stand under the label, up to where the next label's column begins."""
    following = sheet.lines[number + 1]
    height = max(1, following.bottom - following.top)
    if following.top - sheet.lines[number].bottom > 3 * height:
        return None
    begins = next(c[0] for c in sheet.lines[number].cells if c.start <= hit.span.start < c.end)
    boxed = begins.i == hit.span.start - 1 and _BOX.match(f"{begins.text.upper()} A") is not None
    left = level_of(begins if boxed else hit.span[0]).left - 2.5 * sheet.pitch
    right = level_of(after[0]).left - 1.0 * sheet.pitch if after is not None else float("inf")
    inside = [t.i for t in following.span if left <= level_of(t).left < right]
    if not inside:
        return None
    cells = [c for c in following.cells if inside[0] <= c.start <= inside[-1]]
    end = inside[-1] + 1 if after is not None else (cells[0].end if cells else inside[-1] + 1)
    return following.span.doc[inside[0] : end]

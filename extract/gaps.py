"""What of a document nobody has read: missing page numbers, ink beside rows that decide, unread pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from rapidfuzz.distance import Levenshtein

from casefile.docket import DocumentKind, Gap, GapKind
from casefile.ocr import BBox, InkRegion
from extract.counts import Counted
from extract.dispositions import wordings_in
from extract.doc import Line, Sheet, source_of, word_of
from extract.entries import Entry
from extract.headings import notion_of

POOR_WORD = 0.35  # below this an engine's word is hardly a guess

_PAGE = re.compile(r"\b(?:PAGE|LEAF):? ?(?:NO\.? ?)?0*(\d{1,3})(?: ?(?:OF|/) ?0*(\d{1,3}))?\b")
_BARE_PAGE = re.compile(r"- ?0*(\d{1,2}) ?-")
_GOES_ON = re.compile(
    r"\bCONT(?:INUED|'?D)?\.? (?:ON|TO|AT) (?:NEXT|PAGE|P(?:G|P)?\.|FOLLOWING)"
    r"|\(CONT(?:INUED|'D|D)?\)? ?ON NEXT|OVER ?-+>|SEE NEXT PAGE"
)


def printed_page(sheet: Sheet) -> tuple[int | None, int | None]:
    """The page's printed number and total; None where the page does not say."""
    for line in (*sheet.lines[:6], *sheet.lines[-3:]):
        found = _PAGE.search(line.plain.replace("O", "0") if re.search(r"PAGE:? ?[O0]", line.plain) else line.plain)
        if found is not None:
            return int(found[1]), int(found[2]) if found[2] else None
    for line in (*sheet.lines[:1], *sheet.lines[-1:]):
        at = word_of(line.span[0]).line
        found = _BARE_PAGE.fullmatch(" ".join(word.text for word in sheet.page.words if word.line == at))
        if found is not None:
            return int(found[1]), None
    return None, None


def gaps_of(
    sheets: Sequence[Sheet],
    charges: Sequence[Counted],
    entries: Sequence[tuple[int, Entry]],
    kind: DocumentKind,
    *,
    read: bool,
) -> tuple[Gap, ...]:
    """Every reason to doubt that the document is wholly known."""
    out = [*_numbers(sheets), *_regions(sheets, charges, entries, kind), *_poor_rows(sheets, entries)]
    if not read:
        out = [Gap(GapKind.UNREAD_PAGE, sheet.page.page_id) for sheet in sheets]
    return tuple(dict.fromkeys(out))


def _numbers(sheets: Sequence[Sheet]) -> Iterator[Gap]:
    """A printed run of pages with one missing, at its beginning, inside or at its end."""
    printed = [printed_page(sheet) for sheet in sheets]
    numbers = {number for number, _ in printed if number is not None}
    total = max((t for _, t in printed if t is not None and t < 60), default=0)
    if numbers and max(numbers) <= 60:
        wanted = set(range(1, max(max(numbers), total) + 1))
        unnumbered = sum(number is None for number, _ in printed)
        if len(wanted - numbers) > unnumbered:
            yield Gap(GapKind.PAGE_NUMBERS, sheets[0].page.page_id)
    if sheets and any(goes_on(line) for line in sheets[-1].lines[-4:]):
        yield Gap(GapKind.PAGE_NUMBERS, sheets[-1].page.page_id)


def _regions(
    sheets: Sequence[Sheet],
    charges: Sequence[Counted],
    entries: Sequence[tuple[int, Entry]],
    kind: DocumentKind,
) -> Iterator[Gap]:
    for sheet in sheets:
        rows = _deciding_rows(sheet, charges, entries)
        if not rows:
            continue
        for region in writing_on(sheet):
            if _heads_entries(region, sheet, entries):
                continue
            if any(beside(region, row, sheet) for row in rows) or (
                _between(region, rows, sheet) if kind is DocumentKind.HALF_SHEET else _is_row_among(region, rows, sheet)
            ):
                yield Gap(GapKind.UNREAD_INK, sheet.page.page_id, region.bbox)


def _deciding_rows(sheet: Sheet, charges: Sequence[Counted], entries: Sequence[tuple[int, Entry]]) -> list[BBox]:
    """The rows of charges and entries in pixels of the stored frame."""
    rows = [line.span for _, entry in entries for line in entry.lines if line.span.doc is sheet.doc]
    starts = {
        c.statute.span.start
        for counted in charges
        for _, c in counted.stated
        if c.statute and c.statute.span.doc is sheet.doc
    }
    rows += [line.span for line in sheet.lines if any(line.span.start <= s < line.span.end for s in starts)]
    return [source_of(span, sheet.page).bbox for span in rows]


def goes_on(line: Line) -> bool:
    """Whether a row says that the page goes on on another one."""
    return _GOES_ON.search(line.plain) is not None


MARK, HIGH = 0.65, 3.0  # in heights of type: no letter is smaller, and none so high
THIN = 0.25  # a stroke's width in its height


def writing_on(sheet: Sheet) -> tuple[InkRegion, ...]:
    """The ink nobody read that may say something: no ditto, point or speck, and no upright stroke beside the type, as
    of a bracket or of what is left of a frame."""
    if not sheet.page.regions:
        return ()
    words = [word for word in sheet.page.words if sum(c.isalnum() for c in word.text) >= 2]
    height = median(_sides(word.bbox, sheet)[1] for word in words) if words else 0
    return tuple(region for region in sheet.page.regions if not _says_nothing(region, sheet, height))


def _says_nothing(region: InkRegion, sheet: Sheet, height: float) -> bool:
    across, up = _sides(region.bbox, sheet)
    if max(across, up) <= MARK * height:
        return True
    is_stroke = up >= HIGH * height and across <= THIN * up
    return is_stroke and not any(word.bbox.overlap(region.bbox) > 0 for word in sheet.page.words)


_JOINING = {"OF", "THE", "AND", "BY", "DATE", "ORDERS", "COURT", "JUDGE"}  # of heads of entries, misread or not


def _heads_entries(region: InkRegion, sheet: Sheet, entries: Sequence[tuple[int, Entry]]) -> bool:
    """Whether ink like type stands in the row of heads right over the first entry, over a column of it: a head."""
    first = next((entry.lines[0] for _, entry in entries if entry.lines[0].span.doc is sheet.doc), None)
    at = next(
        (at for at, line in enumerate(sheet.lines) if first is not None and line.span.start == first.span.start), 0
    )
    if first is None or at == 0 or _lying(sheet) or region.kind != "unread":
        return False
    heads = sheet.lines[at - 1]
    words = [word_of(token) for token in heads.span]
    near = min(
        (word.bbox for word in words), key=lambda box: max(region.bbox.left - box.right, box.left - region.bbox.right)
    )
    under = [word_of(token).bbox for token in first.span]
    over = any(box.left - 2 * heads.pitch < region.bbox.right and region.bbox.left < box.right for box in under)
    height = region.bbox.height <= 1.5 * near.height
    return over and height and beside(region, near, sheet) and all(_is_head(word.text) for word in words)


def _is_head(word: str) -> bool:
    norm = word.upper().strip(".,:;'")
    least = 2 if len(norm) > 4 else 1
    return not any(c.isdigit() for c in norm) and (
        bool(notion_of(norm)) or any(Levenshtein.distance(norm, one, score_cutoff=least) <= least for one in _JOINING)
    )


def _sides(box: BBox, sheet: Sheet) -> tuple[int, int]:
    """Along the rows and across them, whichever way the page was scanned."""
    return (box.height, box.width) if _lying(sheet) else (box.width, box.height)


def _lying(sheet: Sheet) -> bool:
    return sheet.page.turned in (90, 270)


def along(box: BBox, sheet: Sheet) -> tuple[int, int]:
    """Top and bottom of a row as read, in the stored frame's own axis."""
    return (box.left, box.right) if _lying(sheet) else (box.top, box.bottom)


def beside(region: InkRegion, row: BBox, sheet: Sheet) -> bool:
    """Whether ink lies beside a row."""
    low, high = along(region.bbox, sheet)
    top, bottom = along(row, sheet)
    return min(high, bottom) - max(low, top) > 0.4 * max(1, min(high - low, bottom - top))


def _between(region: InkRegion, rows: Sequence[BBox], sheet: Sheet) -> bool:
    """Whether ink stands among the entries or where the next one would be written."""
    extents = [along(row, sheet) for row in rows]
    height = median(bottom - top for top, bottom in extents)
    low, high = along(region.bbox, sheet)
    middle = (low + high) / 2
    return min(t for t, _ in extents) < middle < max(b for _, b in extents) + 3.5 * height


WIDE = 5.0  # in heights of a row: so wide is a word or two, and no speck


def _is_row_among(region: InkRegion, rows: Sequence[BBox], sheet: Sheet) -> bool:
    """Whether ink nobody read stands among charges and entries like a row of its own, of which nothing is left."""
    extents = [along(row, sheet) for row in rows]
    height = median(bottom - top for top, bottom in extents)
    low, high = along(region.bbox, sheet)
    wide = region.bbox.height if _lying(sheet) else region.bbox.width
    if region.kind == "stamp" or high - low < 0.6 * height or wide < WIDE * height:
        return False
    return min(t for t, _ in extents) < (low + high) / 2 < max(b for _, b in extents)


def _poor_rows(sheets: Sequence[Sheet], entries: Sequence[tuple[int, Entry]]) -> Iterator[Gap]:
    """Entries of which hardly a word was read and nothing recognised."""
    for _, entry in entries:
        words = [t for line in entry.lines for t in line.span if len(t.text) >= 3]
        poor = [t for t in words if word_of(t).confidence < POOR_WORD]
        known = any(wordings_in(run.plain) for run in entry.runs())
        if poor and len(poor) * 2 >= len(words) and not known:
            sheet = next((s for s in sheets if s.doc is entry.lines[0].span.doc), None)
            if sheet is not None:
                span = entry.lines[0].span
                yield Gap(GapKind.UNREAD_INK, sheet.page.page_id, source_of(span, sheet.page).bbox)

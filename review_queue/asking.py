"""How a doubt becomes a question: the ink to look at, why it is asked, in plain words, and its worth."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from enum import Enum

from casefile.archive import PageId
from casefile.docket import DocketRecord, Gap, GapKind, RecordId
from casefile.law import Determination, Question
from casefile.linkage import Match
from casefile.ocr import BBox
from casefile.review import Answer, ItemId, ItemKind, ReviewItem
from review_queue.answers import gap_field
from review_queue.fields import (
    CHARGE_FIELDS,
    DEFENDANT_FIELDS,
    MATCH_FIELD,
    PAGE_FIELD,
    AnyReading,
    is_field,
    label_of,
    place_of,
    reading_at,
)

NOTHING_HANGS_ON_IT = "no outcome, person or case hangs on the readings left open"
WAITS_FOR_A_DAY = "waits for a day that has not come"


class Stake(Enum):
    """What hangs on an answer: the floor of its priority, from 0 to 100, and the words for it."""

    DECIDES = (80.0, "the answer decides eligibility")
    HIDES = (75.0, "the answer decides whether this record may be seen at all")
    PERSON = (60.0, "the answer decides whose record this is")
    CASE = (55.0, "the answer decides which case this is")
    LINK = (50.0, "relief for this person waits for it")
    UNREAD = (40.0, "while it is unread, nothing else in its case is certain")
    UNJUDGED = (35.0, "no law has been applied to this charge yet")
    PRINTED = (25.0, "the outcome stands either way, but a motion would print it")
    LINK_ONLY = (18.0, "the person's other cases may turn on it")
    PERSON_ONLY = (16.0, "the link to a person turns on it")
    CASE_ONLY = (14.0, "the person's other cases may turn on it")
    BESIDE = (5.0, "it stands beside a charge that brings relief")

    def __init__(self, floor: float, words: str) -> None:
        self.floor, self.words = floor, words


def stake_of(priority: float) -> Stake:
    """The stake whose floor a priority stands on."""
    return max(
        (stake for stake in Stake if stake.floor <= priority), key=lambda stake: stake.floor, default=Stake.BESIDE
    )


_WORTH = {Stake.DECIDES: 20.0}  # how far worth or doubt lifts a question above its floor
_LIFT = 1.5
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_OF_DEFENDANT = {field.name for field in DEFENDANT_FIELDS}
_OF_CHARGE = {field.name for field in CHARGE_FIELDS}
_PAGES = "case.pages"
_ASSOCIATED = "assoc."
EVENT = "assoc.event"
ARREST_DATE = "arrest_date"
_GAPS = {
    GapKind.PAGE_NUMBERS: "a page seems to be missing here",
    GapKind.UNREAD_INK: "there is ink here that was not read",
    GapKind.UNREAD_PAGE: "this page could not be read",
    GapKind.SET_ASIDE: "this page was set aside",
    GapKind.MISSING: "the manifest names pages that are not here",
}


def item_id_of(record_id: RecordId | None, field: str, page_id: PageId | None, bbox: BBox | None) -> ItemId:
    """The same id for the same question in every run: readings by record and field, gaps by page and ink too."""
    key = "\0".join((record_id or "", field, page_id or "", repr(tuple(bbox)) if bbox else ""))
    return ItemId("q" + hashlib.sha256(key.encode()).hexdigest()[:20])


def item_id_of_answer(answer: Answer) -> ItemId:
    """The id of the question an answer was given to."""
    if not answer.field.startswith(f"{PAGE_FIELD}."):
        return item_id_of(answer.record_id, answer.field, None, None)
    bbox = None if answer.bbox is None else BBox(*answer.bbox)
    return item_id_of(answer.record_id, answer.field, answer.page_id, bbox)


def ink_of(record: DocketRecord, reading: AnyReading | None) -> tuple[PageId | None, BBox | None]:
    """The page and rectangle to look at: the reading's ink, or the record's first page where it has none."""
    if reading is None or not reading.sources:
        return (record.page_ids[0] if record.page_ids else None), None
    page_id = reading.sources[0].page_id
    return page_id, BBox.around(source.bbox for source in reading.sources if source.page_id == page_id)


def ink_at(record: DocketRecord, path: str) -> tuple[PageId | None, BBox | None]:
    """The page and rectangle to look at for a field: its ink; for a charge that is silent there, the charge's own
    row, so that the answer stays with the charge however the charges are counted later."""
    reading = reading_at(record, path) if is_field(path) else None
    count = place_of(path).count if is_field(path) else None
    if count is None or (reading is not None and reading.sources):
        return ink_of(record, reading)
    row = (reading_at(record, f"charges.{count}.{name}") for name in ("statute", "description"))
    return ink_of(record, next((found for found in row if found is not None and found.sources), reading))


def of_reading(record: DocketRecord, path: str, stake: Stake, worth: float | None = None) -> ReviewItem:
    """A question about one reading. `worth`, 0 to 1, is the share of the doubt it settles; else its doubt."""
    reading = reading_at(record, path)
    page_id, bbox = ink_at(record, path)
    doubt = 1.0 if reading is None or reading.is_illegible else 1.0 - reading.confidence
    return ReviewItem(
        item_id_of(record.record_id, path, None, None),
        ItemKind.READING,
        record.record_id,
        page_id,
        bbox,
        path,
        f"{_print_of(reading)}; {stake.words}",
        _priority(stake, doubt if worth is None else worth),
    )


def _priority(stake: Stake, share: float) -> float:
    return stake.floor + _WORTH.get(stake, _LIFT) * min(1.0, max(0.0, share))


def _print_of(reading: AnyReading | None) -> str:
    """What is the matter with the print, without saying what it says."""
    if reading is None:
        return "this place was not found on the page"
    if reading.is_illegible:
        return "this ink could not be read"
    fits = len(tuple(reading.plausible()))
    if fits > 1:
        return f"{_NUMBERS[fits] if fits < len(_NUMBERS) else 'many'} readings fit this print"
    return "nothing was found here, but ink may have been missed" if reading.is_silent else "this print is unsure"


def of_match(record: DocketRecord, match: Match | None, stake: Stake, worth: float | None = None) -> ReviewItem:
    """The question who the defendant is, on the ink of the name; of another record the match is not at hand."""
    surname = record.defendant.surname if record.defendant else None
    page_id, bbox = ink_of(record, surname)
    doubt = 1.0 - (match.best.probability if match and match.best else 0.0)
    return ReviewItem(
        item_id_of(record.record_id, MATCH_FIELD, None, None),
        ItemKind.MATCH,
        record.record_id,
        page_id,
        bbox,
        MATCH_FIELD,
        f"{_fits_of(match)}; {stake.words}",
        _priority(stake, doubt if worth is None else worth),
    )


def _fits_of(match: Match | None) -> str:
    if match is None:
        return "another case turns on who this defendant is"
    near = len(match.candidates)
    number = _NUMBERS[near] if near < len(_NUMBERS) else "several"
    return f"{number} listed {'person' if near == 1 else 'persons'} may be this defendant"


def of_gap(record: DocketRecord, gap: Gap, stake: Stake, worth: float = 1.0) -> ReviewItem:
    """The question whether anything of this record stands in what nobody has read. Each docket beside a page is
    asked for itself: the page may be the one's and not the other's."""
    return ReviewItem(
        item_id_of(record.record_id, gap_field(gap), gap.page_id, gap.bbox),
        ItemKind.PAGE,
        record.record_id,
        gap.page_id,
        gap.bbox,
        gap_field(gap),
        f"{_GAPS[gap.kind]}; {stake.words}",
        _priority(stake, worth),
    )


def about_page(record: DocketRecord, kind: GapKind, stake: Stake) -> ReviewItem:
    """The same question about a record that is itself the gap: its first page, whole."""
    return of_gap(record, Gap(kind, record.page_ids[0] if record.page_ids else None), stake)


def of_law(determination: Determination, question: Question | None = None) -> ReviewItem:
    """A question no ink can answer, for the attorney: what the question names, or else the whole outcome.

    It stands on the charge that holds the open fact, so that all who wait for that fact ask once.
    """
    asked = question or Question("outcome")
    record_id = asked.record_id or determination.record_id
    path = f"charges.{asked.count or determination.count}.{asked.field}"
    codes = ", ".join(determination.reason_codes) or "no rule fits"
    return ReviewItem(
        item_id_of(record_id, f"legal.{path}", None, None),
        ItemKind.LEGAL,
        record_id,
        None,
        None,
        path,
        f"the law leaves this open ({codes}); an attorney decides",
        _priority(Stake.DECIDES, asked.worth),
    )


def of_question(determination: Determination, question: Question, about: DocketRecord | None) -> Iterator[ReviewItem]:
    """The items a determination's question comes to; `about` is the record that holds its ink, None where
    that is not at hand: the item then names the record and leaves page and bbox to be looked up."""
    if not question.about_ink:
        yield of_law(determination, question)
    elif about is None:
        yield _elsewhere(question)
    elif question.field == MATCH_FIELD:
        yield of_match(about, None, Stake.DECIDES, question.worth)
    elif question.field == _PAGES:
        gaps = about.gaps or (Gap(GapKind.MISSING),)
        yield from (of_gap(about, gap, Stake.DECIDES, question.worth) for gap in gaps)
    elif (path := path_of(question)) is not None:
        yield of_reading(about, path, Stake.DECIDES, question.worth)
    else:
        yield of_law(determination, question)


def _elsewhere(question: Question) -> ReviewItem:
    path = path_of(question) or f"{PAGE_FIELD}.{GapKind.MISSING}"
    kind, field = (ItemKind.READING if is_field(path) else ItemKind.PAGE), path
    if question.field == MATCH_FIELD:
        kind, field = ItemKind.MATCH, MATCH_FIELD
    return ReviewItem(
        item_id_of(question.record_id, field, None, None),
        kind,
        question.record_id,
        None,
        None,
        field,
        f"another document bears on this one; {Stake.DECIDES.words}",
        _priority(Stake.DECIDES, question.worth),
    )


def path_of(question: Question) -> str | None:
    """The path of the reading a question is about, be it of an associated charge (`assoc.statute`); None where
    it names no field of a record. Whether two records tell of one arrest (`assoc.event`) its date tells."""
    if question.field == EVENT:
        return ARREST_DATE
    name = question.field.removeprefix(_ASSOCIATED)
    if name in _OF_CHARGE and question.count is not None:
        return f"charges.{question.count}.{name}"
    if name in _OF_DEFENDANT:
        return f"defendant.{name}"
    return name if is_field(name) else None


def worth_most_first(items: Iterable[ReviewItem]) -> tuple[ReviewItem, ...]:
    """Each question once, as its weightiest asker put it; equal worth in the order of ids."""
    best: dict[ItemId, ReviewItem] = {}
    for item in items:
        if item.item_id not in best or best[item.item_id].priority < item.priority:
            best[item.item_id] = item
    return tuple(sorted(best.values(), key=lambda item: (-item.priority, item.item_id)))


AWAITS_RESCAN = "its page waits to be scanned again"


def answered_already(item: ReviewItem) -> str:
    """Why a question is not asked again."""
    if item.kind is ItemKind.MATCH:
        return "a person has said who this is, or that nobody can tell"
    if item.kind is ItemKind.PAGE:
        return "a person has looked at the page; it waits for a better scan, or for a charge to be added"
    return f"a person has answered for {label_of(item.field).lower()}; the doubt left is not in that ink"

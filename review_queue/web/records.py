"""The record page: pages with the ink outlined beside the fields, and the answers with their grounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.archive import PageId
from casefile.docket import DocketRecord, RecordId, SettledBy, Source
from casefile.ocr import BBox
from casefile.review import Answer, AnswerKind
from review_queue import fields
from review_queue.asking import ink_of
from review_queue.desk import PageView, RecordView
from review_queue.door import Session
from review_queue.fields import AnyReading
from review_queue.missed import CHARGES_FIELD, charge_typed, charges_in
from review_queue.shorthand import NotUnderstoodError
from review_queue.values import LONGEST
from review_queue.web import pictures
from review_queue.web.house import House, png
from review_queue.web.pictures import Picture

LEAST_BOX = 8  # pixels a side of a box drawn around ink


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the record with its reading, and whether a question about it is open."""

    path: str
    label: str
    shown: str
    standing: str
    reading: AnyReading
    is_asked: bool
    bbox: BBox | None
    page_id: PageId | None


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of the case, of the defendant, or of one charge."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the record with the rows whose ink stands on it."""

    page: PageView
    picture: Picture
    rows: tuple[Row, ...]


def record(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """One record with its pages, fields and determinations."""
    view = house.desk.record(session.who, RecordId(request.path_params["record_id"]))
    return house.missing(request, session) if view is None else show_record(house, request, session, view)


def show_record(
    house: House,
    request: Request,
    session: Session,
    view: RecordView,
    *,
    problem: str = "",
    typed: dict[str, str] | None = None,
) -> Response:
    """The record page; with a `problem`, what was typed of a missed charge stays in its form."""
    blocks = tuple(blocks_of(view))
    rows = [row for block in blocks for row in block.rows]
    sheets = tuple(
        Sheet(page, pictures.whole(page), tuple(r for r in rows if r.page_id == page.page_id and r.bbox))
        for page in view.pages
    )
    return house.page(
        request,
        session,
        "record.html",
        status=422 if problem else 200,
        view=view,
        record=view.record,
        blocks=blocks,
        sheets=sheets,
        problem=problem,
        typed=typed or {},
        charge_fields=fields.CHARGE_FIELDS,
    )


def missed(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Adds a charge the machine missed, standing in the box that was drawn around its ink."""
    view = house.desk.record(session.who, RecordId(request.path_params["record_id"]))
    if view is None:
        return house.missing(request, session)
    try:
        answer = _missed_in(view, form, session)
    except NotUnderstoodError as refused:
        return show_record(house, request, session, view, problem=str(refused), typed=form)
    saved = house.desk.add_charge(session.who, answer)
    if saved is None:
        return house.missing(request, session)
    house.tell(session, saved)
    return RedirectResponse(f"/records/{view.record.record_id}", 303)


def _missed_in(view: RecordView, form: dict[str, str], session: Session) -> Answer:
    page = next((page for page in view.pages if page.page_id == form.get("page_id")), None)
    edges = [form.get(edge, "") for edge in ("left", "top", "right", "bottom")]
    if page is None or not all(edge.isdecimal() for edge in edges):
        raise NotUnderstoodError("a box drawn around the ink of the charge, on one of the pages")
    left, top, right, bottom = map(int, edges)
    bbox = BBox(left, top, min(right, page.width), min(bottom, page.height))
    if bbox.width < LEAST_BOX or bbox.height < LEAST_BOX:
        raise NotUnderstoodError("a box around the whole charge")
    if found := charges_in(view.record, Source(page.page_id, bbox)):
        raise NotUnderstoodError(f"ink that is no charge yet: count {found[0].count} stands there; correct that one")
    value = charge_typed({name: text for name, text in form.items() if len(text) <= LONGEST})
    return Answer(
        0, AnswerKind.CHARGE, view.record.record_id, page.page_id, bbox, CHARGES_FIELD, value, session.who.name
    )


def blocks_of(view: RecordView) -> Iterator[Block]:
    """The fields of a record as people read a docket: the case, the defendant, each charge."""
    asked = {item.field for item in view.items if item.record_id == view.record.record_id}
    rows = [_row(view.record, path, reading, path in asked) for path, reading in fields.readings_of(view.record)]
    yield Block("Case", tuple(row for row in rows if "." not in row.path))
    if view.record.defendant is not None:
        yield Block("Defendant", tuple(row for row in rows if row.path.startswith("defendant.")))
    for charge in view.record.charges:
        prefix = f"charges.{charge.count}."
        yield Block(f"Count {charge.count}", tuple(row for row in rows if row.path.startswith(prefix)))


def _row(record: DocketRecord, path: str, reading: AnyReading, is_asked: bool) -> Row:
    label = fields.field_of(path).label
    page_id, bbox = ink_of(record, reading) if reading.sources else (None, None)
    return Row(path, label, _shown(path, reading), _standing(reading), reading, is_asked, bbox, page_id)


def _shown(path: str, reading: AnyReading) -> str:
    if reading.is_illegible:
        return "not readable"
    return "nothing stands there" if reading.value is None else fields.show(path, reading.value)


def _standing(reading: AnyReading) -> str:
    """What marks the row: who settled it, or in what way it is in doubt."""
    if reading.settled_by is SettledBy.REVIEWER:
        return "settled"
    if reading.is_illegible:
        return "illegible"
    return "silent" if reading.is_silent else "read"


def page_image(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """The picture of a whole page, to fit a screen or as it was scanned."""
    whole_size = "whole" in request.query_params
    return png(house.desk.page_image(session.who, PageId(request.path_params["page_id"]), whole_size=whole_size))

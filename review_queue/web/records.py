"""The record page: pages with the ink outlined beside the fields, and the answers with their grounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from casefile.archive import PageId
from casefile.docket import DocketRecord, RecordId, SettledBy
from casefile.ocr import BBox
from review_queue import fields
from review_queue.asking import ink_of
from review_queue.desk import PageView, RecordView
from review_queue.fields import AnyReading
from review_queue.web import pictures
from review_queue.web.house import House, png
from review_queue.web.pictures import Picture
from review_queue.web.sessions import Session


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the record with its reading; `question` is its open question, where it has one."""

    path: str
    label: str
    shown: str
    standing: str
    reading: AnyReading
    question: str | None
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


def record(house: House, request: Request, session: Session) -> Response:
    """One record with its pages, fields and determinations."""
    view = house.desk.record(RecordId(request.path_params["record_id"]))
    if view is None:
        return house.missing(request, session)
    blocks = tuple(blocks_of(view))
    rows = [row for block in blocks for row in block.rows]
    sheets = tuple(
        Sheet(page, pictures.whole(page), tuple(r for r in rows if r.page_id == page.page_id and r.bbox))
        for page in view.pages
    )
    return house.page(request, session, "record.html", view=view, record=view.record, blocks=blocks, sheets=sheets)


def blocks_of(view: RecordView) -> Iterator[Block]:
    """The fields of a record as people read a docket: the case, the defendant, each charge."""
    asked = {item.field: item.item_id for item in view.items}
    rows = [_row(view.record, path, reading, asked.get(path)) for path, reading in fields.readings_of(view.record)]
    yield Block("Case", tuple(row for row in rows if "." not in row.path))
    if view.record.defendant is not None:
        yield Block("Defendant", tuple(row for row in rows if row.path.startswith("defendant.")))
    for charge in view.record.charges:
        prefix = f"charges.{charge.count}."
        yield Block(f"Count {charge.count}", tuple(row for row in rows if row.path.startswith(prefix)))


def _row(record: DocketRecord, path: str, reading: AnyReading, question: str | None) -> Row:
    label = fields.field_of(path).label
    page_id, bbox = ink_of(record, reading) if reading.sources else (None, None)
    return Row(path, label, _shown(path, reading), _standing(reading), reading, question, bbox, page_id)


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


def page_image(house: House, request: Request, session: Session) -> Response:
    """The picture of a whole page."""
    return png(house.desk.page_image(PageId(request.path_params["page_id"])))

"""Plausible wholes, so that a test names only what differs."""

from __future__ import annotations

from datetime import date
from typing import Any

from casefile.archive import PageId
from casefile.docket import (
    Charge,
    Defendant,
    Disposition,
    DocketRecord,
    DocumentKind,
    Grade,
    Grams,
    Reading,
    SentenceKind,
    SentencePart,
    Source,
    charge_id_of,
    record_id_of,
    silent,
)
from casefile.ocr import BBox

PAGE = PageId("p0123456789abcdef0123")


def ink(page_id: PageId = PAGE, bbox: tuple[int, int, int, int] = (100, 100, 300, 130)) -> Source:
    return Source(page_id, BBox(*bbox))


def read(value: Any, *, confidence: float = 0.9999, **rest: Any) -> Reading[Any]:
    """A value surely read."""
    return Reading(value, rest.pop("raw", str(value)), confidence, rest.pop("sources", (ink(),)), **rest)


def illegible(raw: str = "###", **rest: Any) -> Reading[Any]:
    return Reading(None, raw, 0.0, rest.pop("sources", (ink(),)), **rest)


def a_defendant(**different: Any) -> Defendant:
    usual: dict[str, Any] = {
        "surname": read("QUILLBY"),
        "given": read("TERRANCE"),
        "middle": silent(),
        "suffix": silent(),
        "aliases": (),
        "birth_date": read(date(1960, 5, 17)),
        "sex": silent(),
        "race": silent(),
        "ir_number": silent(),
        "sid": silent(),
    }
    return Defendant(**(usual | different))


def a_charge(count: int = 1, page_id: PageId = PAGE, **different: Any) -> Charge:
    usual: dict[str, Any] = {
        "charge_id": charge_id_of(record_id_of(page_id, 0), count),
        "count": count,
        "statute": read("720 ILCS 550/4(c)"),
        "description": read("POSS CANNABIS/10-30 GRAM"),
        "grade": read(Grade.MA),
        "offense_date": read(date(1998, 5, 2)),
        "grams": read(Grams(10, 30)),
        "subsequent": silent(),
        "section7": silent(),
        "plea": silent(),
        "disposition": read(Disposition.GUILTY),
        "disposition_date": read(date(1998, 9, 14)),
        "sentence": read((SentencePart(SentenceKind.FINE, 100, None),)),
        "termination": silent(),
        "violated": silent(),
    }
    return Charge(**(usual | different))


def a_record(page_id: PageId = PAGE, **different: Any) -> DocketRecord:
    usual: dict[str, Any] = {
        "record_id": record_id_of(page_id, 0),
        "document_kind": DocumentKind.CERTIFIED_STATEMENT,
        "page_ids": (page_id,),
        "docket_number": read("98C44012301"),
        "arrest_date": read(date(1998, 5, 2)),
        "filed_date": silent(),
        "arresting_agency": silent(),
        "defendant": a_defendant(),
        "charges": (a_charge(page_id=page_id),),
        "gaps": (),
    }
    return DocketRecord(**(usual | different))

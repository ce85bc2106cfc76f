"""The question page: the ink, the readings that fit it, and what is done with an answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from casefile.docket import Reading, RecordId
from casefile.errors import CasefileError
from casefile.law import Outcome
from casefile.review import AnswerKind, ItemId, ItemKind
from review_queue import fields
from review_queue.answers import A_CHARGE
from review_queue.desk import Given, PageView, QuestionView
from review_queue.fields import MATCH_FIELD, AnyReading
from review_queue.shorthand import NotUnderstoodError
from review_queue.web import pictures
from review_queue.web.evidence import likenesses
from review_queue.web.house import House, png
from review_queue.web.sessions import Session

MOST_CHOICES = 9  # the number keys
CHANGED = "This question changed while it was on your screen; please look again."
NOTHING_TO_ACCEPT = "an answer, as the machine read nothing here that could be accepted"


@dataclass(frozen=True, slots=True)
class Choice:
    """A reading that fits the print, on a number key."""

    key: int
    value: Any
    shown: str
    probability: float


def choices_of(view: QuestionView) -> tuple[Choice, ...]:
    """The readings that fit the print, the machine's own first, at most one for each number key."""
    reading = reading_of(view)
    if reading is None:
        return ()
    path = view.item.field
    listed = list(reading.plausible())[:MOST_CHOICES]
    return tuple(
        Choice(key, value, "nothing stands there" if value is None else fields.show(path, value), probability)
        for key, (value, probability) in enumerate(listed, start=1)
    )


def reading_of(view: QuestionView) -> AnyReading | None:
    """The reading a question is about; None for questions about a link or a page."""
    if view.item.kind is not ItemKind.READING or not fields.is_field(view.item.field):
        return None
    return fields.reading_at(view.view.record, view.item.field)


def seen_mark(view: QuestionView) -> str:
    """A digest of what the page offers to accept, to tell a save that comes too late."""
    match = view.view.match
    offered = (
        reading_of(view),
        match.status if match else None,
        [c.person.person_id for c in view.candidates],
    )
    return hashlib.sha256(repr(offered).encode()).hexdigest()[:16]


def view_of(house: House, request: Request) -> QuestionView | None:
    """The question the path names, by its id or by record and field; legal ones are not asked here."""
    params = request.path_params
    if "item_id" in params:
        view = house.desk.question(ItemId(params["item_id"]))
    elif fields.is_field(params["field"]) or params["field"] == MATCH_FIELD:
        view = house.desk.question_about(RecordId(params["record_id"]), params["field"])
    else:
        view = None
    return None if view is None or view.item.kind is ItemKind.LEGAL else view


def page_of(view: QuestionView) -> PageView | None:
    """The page that holds the ink; None where it cannot be shown."""
    return next((page for page in view.view.pages if page.page_id == view.item.page_id), view.page)


def queue(house: House, request: Request, session: Session) -> Response:
    """On to the next question; where none is left, what has been done."""
    after = request.query_params.get("after")
    view = house.desk.next_question(session.reviewer, after=ItemId(after) if after else None)
    if view is None:
        return house.page(request, session, "done.html")
    return RedirectResponse(f"/questions/{view.item.item_id}", 303)


def asked(house: House, request: Request, session: Session) -> Response:
    """One question on its page."""
    view = view_of(house, request)
    if view is None:
        return house.missing(request, session)
    return show_question(house, request, session, view)


def show_question(
    house: House,
    request: Request,
    session: Session,
    view: QuestionView,
    *,
    problem: str = "",
    typed: str = "",
    status: int = 200,
) -> Response:
    """The question page; with a `problem`, what was typed stays in the input."""
    page = page_of(view)
    bbox = view.item.bbox
    template = {ItemKind.MATCH: "match.html", ItemKind.PAGE: "gap.html"}.get(view.item.kind, "question.html")
    return house.page(
        request,
        session,
        template,
        status=status,
        asked=view,
        item=view.item,
        record=view.view.record,
        reading=reading_of(view),
        choices=choices_of(view),
        kind=fields.field_of(view.item.field).kind if reading_of(view) is not None else None,
        page=page,
        picture=pictures.around(page, bbox) if page else None,
        whole_picture=pictures.whole(page, bbox) if page else None,
        likenesses=likenesses(view),
        action=request.url.path,
        problem=problem,
        typed=typed,
        seen=seen_mark(view),
        stakes=tuple(stakes_of(view)),
    )


def stakes_of(view: QuestionView) -> Iterator[Any]:
    """The determinations the answer may move: those of its own count, or, of the case and person, all."""
    path = view.item.field
    count = fields.place_of(path).count if fields.is_field(path) else None
    for determination in view.view.determinations:
        if count is None or determination.count == count or determination.outcome is Outcome.REVIEW:
            yield determination


def ink(house: House, request: Request, session: Session) -> Response:
    """The stretch of paper around the ink, as the question page frames it."""
    view = view_of(house, request)
    page = page_of(view) if view else None
    if view is None or page is None:
        return png(None)
    return png(house.desk.crop(page.page_id, pictures.around(page, view.item.bbox).region))


def preview(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """What typed text would be kept as, while it is typed."""
    view = view_of(house, request)
    if view is None or reading_of(view) is None:
        return JSONResponse({"problem": "no such question"}, 404)
    try:
        value = fields.parse(view.item.field, form.get("text", ""))
    except NotUnderstoodError as refused:
        is_told = refused.expected == fields.field_of(view.item.field).kind.expected
        return JSONResponse({"problem": "that is not such a value" if is_told else str(refused)})
    return JSONResponse({"shown": fields.show(view.item.field, value)})


def answered(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Keeps an answer and goes on: to the next question, or back to the record it was corrected from."""
    view = view_of(house, request)
    if view is None:
        return house.missing(request, session)
    if form.get("seen") != seen_mark(view):
        return show_question(house, request, session, view, problem=CHANGED, typed=form.get("text", ""), status=409)
    try:
        given = given_in(view, form, session.reviewer)
    except CasefileError as refused:
        problem, typed = str(refused), form.get("text", "")
        return show_question(house, request, session, view, problem=problem, typed=typed, status=422)
    session.last = house.desk.save(given)
    if "record_id" in request.path_params:
        return RedirectResponse(f"/records/{view.view.record.record_id}", 303)
    return queue(house, request, session)


def given_in(view: QuestionView, form: dict[str, str], reviewer: str) -> Given:
    """The answer a form gives; a form that gives none is a `NotUnderstoodError`."""
    action = form.get("action", "")
    if action == "cannot_read":
        return Given(view.item, AnswerKind.CANNOT_READ, None, reviewer)
    if view.item.kind is ItemKind.MATCH:
        return Given(view.item, AnswerKind.LINK, json.dumps(_person_in(view, form)), reviewer)
    if action == "silent":
        return Given(view.item, AnswerKind.VALUE, "null", reviewer)
    if action == "missing" and view.item.kind is ItemKind.PAGE:
        return Given(view.item, AnswerKind.VALUE, A_CHARGE, reviewer)
    reading = reading_of(view)
    if view.item.kind is ItemKind.PAGE or reading is None:
        raise NotUnderstoodError("one of the answers below")
    return Given(view.item, AnswerKind.VALUE, _value_in(view, reading, form), reviewer)


def _person_in(view: QuestionView, form: dict[str, str]) -> str | None:
    """The chosen candidate's id; None for none of them."""
    if form.get("action") == "none":
        return None
    chosen = form.get("choice", "") if form.get("action") == "link" else ""
    if not chosen.isdecimal() or not 1 <= int(chosen) <= len(view.candidates):
        raise NotUnderstoodError("one of the persons below, or none of them")
    return view.candidates[int(chosen) - 1].person.person_id


def _value_in(view: QuestionView, reading: Reading[Any], form: dict[str, str]) -> str:
    """The chosen or typed value as JSON."""
    path, choices, action = view.item.field, choices_of(view), form.get("action", "")
    if action == "typed":
        return fields.encode(path, fields.parse(path, form.get("text", "")))
    if action == "accept" and reading.is_illegible:
        raise NotUnderstoodError(NOTHING_TO_ACCEPT)
    key = {"accept": "1", "choice": form.get("choice", "")}.get(action, "")
    if not key.isdecimal() or not 1 <= int(key) <= len(choices):
        raise NotUnderstoodError("one of the readings below")
    return fields.encode(path, choices[int(key) - 1].value)


def undone(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Takes back the reviewer's last answer and shows its question again."""
    item_id = house.desk.undo(session.reviewer)
    session.last = None
    return RedirectResponse(f"/questions/{item_id}" if item_id else "/", 303)

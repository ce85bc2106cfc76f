"""The question page: the ink, the readings that fit it, and what is done with an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.docket import Reading, RecordId
from casefile.errors import CasefileError
from casefile.law import Determination, Outcome
from casefile.review import Answer, AnswerKind, ItemId, ItemKind, ReviewItem
from review_queue import fields
from review_queue.answers import A_CHARGE
from review_queue.asking import item_id_of, item_id_of_answer
from review_queue.desk import Given, PageView, QuestionView, Refused, Saved, reading_of, seen_mark
from review_queue.door import Session
from review_queue.fields import MATCH_FIELD
from review_queue.shorthand import NotUnderstoodError
from review_queue.values import LONGEST
from review_queue.web import pictures
from review_queue.web.evidence import likenesses, stranger
from review_queue.web.house import House, png
from review_queue.web.pictures import Picture

MOST_CHOICES = 9  # the number keys
ALWAYS_LISTED = 3
LEAST_LIKELY = 0.01  # beyond these, what is less likely is typed where it is true after all
NOTHING_TO_ACCEPT = "an answer, as the machine read nothing here that could be accepted"
TOO_LATE = "This is asked no more: it was settled meanwhile, or its page scanned again. What you said was not kept."
GONE_ON = "It was settled meanwhile. Below is what stands there now; what you said is in the field and was not kept."
CHANGED = "The record has changed since you opened this. Look again, then answer; what you said was not kept."
TAKEN = "Somebody else took this question over, so your answer was not kept. What you typed is still here."
PLAIN_ANSWERS = {
    "cannot_read": AnswerKind.CANNOT_READ,
    "not_here": AnswerKind.NOT_HERE,
    "rescan": AnswerKind.RESCAN,
}


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
    fits = list(reading.plausible())
    listed = [*fits[:ALWAYS_LISTED], *(other for other in fits[ALWAYS_LISTED:] if other[1] >= LEAST_LIKELY)]
    return tuple(
        Choice(key, value, "nothing stands there" if value is None else fields.show(path, value), probability)
        for key, (value, probability) in enumerate(listed[:MOST_CHOICES], start=1)
    )


# where a question is


def handle_of(item: ReviewItem) -> str:
    """What names a question in an address: record and field, or, of a page, the question's id."""
    if item.kind is ItemKind.PAGE or item.record_id is None:
        return item.item_id
    return f"{item.record_id}~{item.field}"


def path_of_answer(answer: Answer) -> str:
    """The page on which an answer was given, and can be given anew."""
    if answer.kind is AnswerKind.CHARGE:
        return f"/records/{answer.record_id}"
    if fields.is_field(answer.field) or answer.field == MATCH_FIELD:
        return f"/questions/{answer.record_id}~{answer.field}"
    return f"/questions/{item_id_of_answer(answer)}"


def item_id_named(handle: str) -> ItemId:
    """The id of the question a handle names."""
    record_id, tilde, field = handle.partition("~")
    return item_id_of(RecordId(record_id), field, None, None) if tilde else ItemId(handle)


def view_of(house: House, request: Request, session: Session) -> QuestionView | None:
    """The question the path names; legal ones are not asked here."""
    record_id, tilde, field = request.path_params["handle"].partition("~")
    if not tilde:
        view = house.desk.question(session.who, ItemId(record_id))
    elif fields.is_field(field) or field == MATCH_FIELD:
        view = house.desk.question_about(session.who, RecordId(record_id), field)
    else:
        view = None
    return None if view is None or view.item.kind is ItemKind.LEGAL else view


def page_of(view: QuestionView) -> PageView | None:
    """The page that holds the ink; None where it cannot be shown."""
    return next((page for page in view.view.pages if page.page_id == view.item.page_id), view.page)


# the pages


def picture_of(view: QuestionView) -> Picture | None:
    """What is shown of the page: the ink and the lines around it, or all that is written there."""
    page = page_of(view)
    if page is None:
        return None
    if view.item.bbox is not None or view.item.kind is ItemKind.PAGE:
        return pictures.around(page, view.item.bbox)
    readings = (reading for _, reading in fields.readings_of(view.view.record))
    sources = (source for reading in readings for source in reading.sources)
    return pictures.written(page, (source.bbox for source in sources if source.page_id == page.page_id))


def following(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """On to the next question; where none is left, what has been done."""
    after = request.query_params.get("after")
    view = house.desk.next_question(session.who, after=ItemId(after) if after else None)
    if view is None:
        return house.page(request, session, "done.html")
    return RedirectResponse(f"/questions/{handle_of(view.item)}", 303)


def asked(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """One question on its page, or, asked for as a panel, beside the record it belongs to."""
    view = view_of(house, request, session)
    if view is None:
        return house.missing(request, session)
    if "panel" in request.query_params:
        return house.part(request, session, "panel.html", **_shown(view, typed=view.draft, is_panel=True))
    return show_question(house, request, session, view, typed=view.draft)


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
    template = {ItemKind.MATCH: "match.html", ItemKind.PAGE: "gap.html"}.get(view.item.kind, "question.html")
    return house.page(request, session, template, status=status, **_shown(view, problem=problem, typed=typed))


def _shown(view: QuestionView, *, problem: str = "", typed: str = "", is_panel: bool = False) -> dict[str, Any]:
    """What the templates of a question show."""
    reading = reading_of(view)
    return {
        "asked": view,
        "item": view.item,
        "record": view.view.record,
        "reading": reading,
        "choices": choices_of(view),
        "kind": fields.field_of(view.item.field).kind if reading is not None else None,
        "page": page_of(view),
        "picture": picture_of(view),
        "likenesses": likenesses(view),
        "action": f"/questions/{handle_of(view.item)}",
        "problem": problem,
        "typed": typed,
        "seen": seen_mark(view),
        "stakes": tuple(stakes_of(view)),
        "is_panel": is_panel,
    }


def stakes_of(view: QuestionView) -> Iterator[Determination]:
    """The determinations the answer may move: those of its own count, or, of the case and person, all."""
    path = view.item.field
    count = fields.place_of(path).count if fields.is_field(path) else None
    for determination in view.view.determinations:
        if count is None or determination.count == count or determination.outcome is Outcome.REVIEW:
            yield determination


def ink(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """The stretch of paper around the ink, as the question page frames it."""
    view = view_of(house, request, session)
    page, picture = (page_of(view), picture_of(view)) if view else (None, None)
    if page is None or picture is None:
        return png(None)
    return png(house.desk.crop(session.who, page.page_id, picture.region))


# while somebody types


def keep_draft(house: House, request: Request, session: Session, form: dict[str, str]) -> None:
    """Keeps what was typed so far on the server."""
    if "handle" in request.path_params:
        item_id = item_id_named(request.path_params["handle"])
        house.desk.keep_draft(session.who, item_id, form.get("text", "")[:LONGEST])


def typing(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Keeps the draft, and shows what the text would be kept as and what the law would then say."""
    view, text = view_of(house, request, session), form.get("text", "")
    if view is None:
        return house.part(request, session, "typing.html", shown="", problem="no such question", supposed=None)
    keep_draft(house, request, session, form)
    shown, problem, supposed = "", "", None
    if reading_of(view) is not None and text.strip():
        try:
            value = fields.parse(view.item.field, text)
            shown = fields.show(view.item.field, value)
            encoded = fields.encode(view.item.field, value)
            supposed = house.desk.suppose(Given(view.item, AnswerKind.VALUE, encoded, session.who))
        except NotUnderstoodError as refused:
            is_told = refused.expected == fields.field_of(view.item.field).kind.expected
            problem = "that is not such a value" if is_told else str(refused)
    return house.part(
        request, session, "typing.html", shown=shown, problem=problem, supposed=supposed, now=view.view.determinations
    )


def hold(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """The heartbeat of an open question; a page whose question somebody took over is shown anew."""
    if view_of(house, request, session) is None:
        return house.missing(request, session)
    held_by = house.desk.hold(session.who, item_id_named(request.path_params["handle"]))
    return Response(status_code=204 if held_by is None else 200, headers={"HX-Refresh": "true"} if held_by else {})


def take_over(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Takes the question from whoever holds it."""
    if view_of(house, request, session) is None:
        return house.missing(request, session)
    house.desk.take_over(session.who, item_id_named(request.path_params["handle"]))
    return RedirectResponse(f"/questions/{request.path_params['handle']}", 303)


def people(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Listed persons to choose from who are none of the candidates."""
    view = view_of(house, request, session)
    if view is None:
        return house.missing(request, session)
    found = tuple(stranger(view, person) for person in house.desk.people(form.get("person", "")))
    return house.part(request, session, "people.html", people=found, asked=view, looked_for=form.get("person", ""))


# what is done with an answer


def answered(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Keeps an answer and goes on: to the next question, or back to the record it was corrected from."""
    view = view_of(house, request, session)
    if view is None:
        return house.missing(request, session, TOO_LATE)
    if form.get("action") == "stand_back" and view.item.record_id is not None:
        house.desk.stand_back(session.who, view.item.record_id)
        return RedirectResponse("/next", 303)
    try:
        given = given_in(house, view, form, session)
    except CasefileError as refused:
        problem, typed = str(refused), form.get("text", "")
        return show_question(house, request, session, view, problem=problem, typed=typed, status=422)
    saved = house.desk.save(given)
    if isinstance(saved, Refused):
        return _refused(house, request, session, saved, given, form)
    house.tell(session, saved)
    return RedirectResponse(_onward(view, saved, form), 303)


def _onward(view: QuestionView, saved: Saved, form: dict[str, str]) -> str:
    is_beside_record = form.get("back") == "record" or not view.is_open
    return f"/records/{saved.item.record_id}" if is_beside_record else "/next"


def _refused(
    house: House, request: Request, session: Session, refused: Refused, given: Given, form: dict[str, str]
) -> Response:
    """Both values: what stands there now, and, in the input, what was to be saved."""
    if refused.now is None:
        return house.missing(request, session, TOO_LATE)
    problem = TAKEN if refused.held_by else CHANGED if given.item.kind is ItemKind.PAGE else GONE_ON
    typed = form.get("text", "")
    is_value = given.kind is AnswerKind.VALUE and given.value not in (None, "null", A_CHARGE)
    if not typed and is_value and reading_of(refused.now) is not None:
        typed = fields.show(given.item.field, fields.decode(given.item.field, given.value))
    if typed:
        house.desk.keep_draft(session.who, given.item.item_id, typed)
    return show_question(house, request, session, refused.now, problem=problem, typed=typed, status=409)


def given_in(house: House, view: QuestionView, form: dict[str, str], session: Session) -> Given:
    """The answer a form gives; a form that gives none is a `NotUnderstoodError`."""
    kind, value = _answer_in(house, view, form)
    return Given(view.item, kind, value, session.who, form.get("seen", "-"))


def _answer_in(house: House, view: QuestionView, form: dict[str, str]) -> tuple[AnswerKind, str | None]:
    action = form.get("action", "")
    if action in PLAIN_ANSWERS and not (action == "not_here" and view.item.kind is not ItemKind.READING):
        if action == "rescan" and view.item.page_id is None:
            raise NotUnderstoodError("another answer, as no page belongs to this question")
        return PLAIN_ANSWERS[action], None
    if view.item.kind is ItemKind.MATCH:
        return AnswerKind.LINK, json.dumps(_person_in(house, view, form))
    if action == "silent":
        return AnswerKind.VALUE, "null"
    if action == "missing" and view.item.kind is ItemKind.PAGE:
        return AnswerKind.VALUE, A_CHARGE
    reading = reading_of(view)
    if view.item.kind is ItemKind.PAGE or reading is None:
        raise NotUnderstoodError("one of the answers below")
    return AnswerKind.VALUE, _value_in(view, reading, form)


def _person_in(house: House, view: QuestionView, form: dict[str, str]) -> str | None:
    """The id of the chosen candidate, or of another listed person; None for none of them."""
    if form.get("action") == "none":
        return None
    if form.get("action") == "another":
        person = house.desk.person(form.get("person_id", ""))
        if person is None:
            raise NotUnderstoodError("somebody who is on the list")
        return person.person_id
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
    answer = house.desk.undo(session.who)
    house.told.pop(session.key, None)
    return RedirectResponse(path_of_answer(answer) if answer else "/next", 303)

"""Where a reviewer finds things: home, records by number or name, what waits, their own last answers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.review import AnswerKind
from review_queue.access import Role, may
from review_queue.desk import WorkedView
from review_queue.door import Session
from review_queue.fields import PAGE_FIELD
from review_queue.web.house import House
from review_queue.web.questions import path_of_answer

HOMES = {Role.ARCHIVIST: "/shelf", Role.ATTORNEY: "/law"}
BECAME = {
    "standing": "stands",
    "withdrawn": "taken back",
    "superseded": "another answer came later",
    "contradicted": "stands; the machine now surely reads otherwise",
    "unplaced": "kept; its ink is found no more",
}
GONE = "kept; that page was scanned again, or is in doubt no more"


def home(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """The first page of somebody of that role."""
    return RedirectResponse(HOMES.get(session.who.role, "/next"), 303)


def find(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """The form to look for a record."""
    return house.page(request, session, "find.html", found=None, looked_for="")


def found(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """What was found; what was looked for never stands in an address."""
    looked_for = form.get("text", "")[:80]
    rows = house.desk.find(session.who, looked_for)
    return house.page(request, session, "find.html", found=rows, looked_for=looked_for)


def waiting(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """What waits, and why."""
    return house.page(request, session, "waiting.html")


def mine(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """The reviewer's last answers and what became of them."""
    rows = tuple((row, path_of_answer(row.answer), _became(row)) for row in house.desk.worked(session.who))
    return house.page(request, session, "mine.html", rows=rows)


def _became(row: WorkedView) -> str:
    is_of_page = row.answer.kind is AnswerKind.RESCAN or row.answer.field.startswith(f"{PAGE_FIELD}.")
    return GONE if is_of_page and row.became == "unplaced" else BECAME[row.became]


def reopen(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Takes back one answer, one's own or, for some, another's, and shows its question again."""
    answer_id = request.path_params["answer_id"]
    author = house.desk.author_of(answer_id)
    if author is None:
        return house.missing(request, session)
    if not may(session.who.role, "reopen", own=author == session.who.name):
        return house.closed(request, session)
    answer = house.desk.reopen(session.who, answer_id)
    return RedirectResponse(path_of_answer(answer) if answer else "/mine", 303)

"""The application: routes, who may use them, templates and static files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Collection
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates
from starlette.types import ASGIApp

from review_queue import fields
from review_queue.access import LOCKED, MATRIX, may
from review_queue.desk import Desk
from review_queue.door import COOKIE, Door, Session
from review_queue.web import entrance, law, looking, office, questions, records, words
from review_queue.web.guard import LOOPBACK, Guard
from review_queue.web.house import House, form_of
from review_queue.web.quiet import Quiet

HERE = Path(__file__).parent
# Nothing of a record may stay in the browser, and nothing may be run or styled but what was shipped.
HTMX = json.dumps(
    {
        "includeIndicatorStyles": False,
        "allowEval": False,
        "allowScriptTags": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[234]..", "swap": True},
            {"code": "5..", "swap": False, "error": True},
        ],
    }
)

Endpoint = Callable[[House, Request, Session, dict[str, str]], Response]


def build_app(desk: Desk, door: Door, *, hosts: Collection[str] = LOOPBACK) -> ASGIApp:
    """The review pages over a desk and its door; `hosts` are the names the server answers to."""
    return Quiet(Starlette(routes=routes(House(desk, door, _templates())), middleware=[Middleware(Guard, hosts=hosts)]))


def routes(house: House) -> list[Route | Mount]:
    """Every route by the name it has in the role matrix."""

    def shown(path: str, endpoint: Endpoint, name: str) -> Route:
        return _guarded(house, path, "GET", endpoint, name)

    def posted(path: str, endpoint: Endpoint, name: str) -> Route:
        return _guarded(house, path, "POST", endpoint, name)

    return [
        shown("/", looking.home, "home"),
        shown("/next", questions.following, "next"),
        shown("/questions/{handle}", questions.asked, "question"),
        posted("/questions/{handle}", questions.answered, "answer"),
        posted("/questions/{handle}/typing", questions.typing, "typing"),
        posted("/questions/{handle}/hold", questions.hold, "hold"),
        posted("/questions/{handle}/take-over", questions.take_over, "take_over"),
        posted("/questions/{handle}/people", questions.people, "people"),
        shown("/questions/{handle}/ink.png", questions.ink, "ink"),
        posted("/undo", questions.undone, "undo"),
        shown("/records/{record_id}", records.record, "record"),
        posted("/records/{record_id}/charges", records.missed, "missed"),
        shown("/pages/{page_id}.png", records.page_image, "page_image"),
        shown("/find", looking.find, "find"),
        posted("/find", looking.found, "found"),
        shown("/waiting", looking.waiting, "waiting"),
        shown("/mine", looking.mine, "mine"),
        posted("/answers/{answer_id:int}", looking.reopen, "reopen"),
        shown("/law", law.questions, "law"),
        posted("/law", law.rule, "rule"),
        posted("/law/{ruling_id:int}", law.revoke, "revoke"),
        shown("/shelf", office.shelf, "shelf"),
        shown("/users", office.users, "users"),
        posted("/users", office.invite, "invite"),
        posted("/users/{user_id:int}", office.change_user, "change_user"),
        shown("/locked", entrance.locked, "locked"),
        posted("/locked", entrance.unlocked, "unlocked"),
        posted("/leave", entrance.leave, "leave"),
        posted("/shortcuts", entrance.shortcuts, "shortcuts"),
        Route("/enter", _open(house, entrance.enter), methods=["GET"], name="enter"),
        Route("/enter", _open(house, entrance.entered), methods=["POST"], name="entered"),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
    ]


@cache
def asset(name: str) -> str:
    """The address of a static file, another one whenever the file is."""
    digest = hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


def _templates() -> Jinja2Templates:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        asset=asset,
        htmx_config=HTMX,
        show=fields.show,
        label_of=fields.label_of,
        handle_of=questions.handle_of,
        likely=words.likely,
        percent=words.percent,
        duration=words.duration,
        charge_words=words.charge,
        outcome_words=words.outcome,
        answer_words=words.answer,
        differences=words.differences,
        OUTCOMES=words.OUTCOMES,
        STATES=words.STATES,
        LINKS=words.LINKS,
        ROLES=words.ROLES,
        document_words=words.kind_of_document,
    )
    return Jinja2Templates(env=environment)


def _guarded(house: House, path: str, method: str, endpoint: Endpoint, name: str) -> Route:
    """A route for the roles the matrix names; a route without a rule there is a fault."""
    if name not in MATRIX:
        raise LookupError(f"the route {name} has no rule in the role matrix")

    def inside(request: Request, form: dict[str, str]) -> Response:
        session = house.door.session(request.cookies.get(COOKIE))
        if session is None:
            return entrance.turned_away(house, request)
        if session.is_locked and name not in LOCKED:
            return entrance.held_at_the_lock(house, request, session, form)
        if not may(session.who.role, name):
            return house.closed(request, session)
        if name != "hold":  # a heartbeat is no sign of a person
            house.door.touch(session)
        return endpoint(house, request, session, form)

    async def serve(request: Request) -> Response:
        form = await form_of(request) if method == "POST" else {}
        return await run_in_threadpool(inside, request, form)

    return Route(path, serve, methods=[method], name=name)


def _open(
    house: House, page: Callable[[House, Request, dict[str, str]], Response]
) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        form = await form_of(request) if request.method == "POST" else {}
        return await run_in_threadpool(page, house, request, form)

    return serve

"""The application: routes, who may use them, templates and static files."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Collection
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from review_queue import fields
from review_queue.access import MATRIX, may
from review_queue.desk import Desk
from review_queue.web import entrance, questions, records, words
from review_queue.web.guard import LOOPBACK, Guard
from review_queue.web.house import House, form_of
from review_queue.web.sessions import COOKIE, Doorkeeper, Session

HERE = Path(__file__).parent


Endpoint = Callable[[House, Request, Session], Response]
FormEndpoint = Callable[[House, Request, Session, dict[str, str]], Response]


def build_app(desk: Desk, *, secret: str, hosts: Collection[str] = LOOPBACK) -> Starlette:
    """The review pages over a desk. `secret` is the token of the one-time link (`sessions.entry_path`);
    `hosts` are the names the server answers to."""
    house = House(desk, Doorkeeper(secret), _templates())
    routes = [
        _shown(house, "/", questions.queue, "queue"),
        _shown(house, "/questions/{item_id}", questions.asked, "question"),
        _posted(house, "/questions/{item_id}", questions.answered, "answer"),
        _posted(house, "/questions/{item_id}/preview", questions.preview, "preview"),
        _shown(house, "/questions/{item_id}/ink.png", questions.ink, "ink"),
        _shown(house, "/records/{record_id}", records.record, "record"),
        _shown(house, "/records/{record_id}/fields/{field}", questions.asked, "field"),
        _posted(house, "/records/{record_id}/fields/{field}", questions.answered, "field_answer"),
        _posted(house, "/records/{record_id}/fields/{field}/preview", questions.preview, "field_preview"),
        _shown(house, "/records/{record_id}/fields/{field}/ink.png", questions.ink, "field_ink"),
        _shown(house, "/pages/{page_id}.png", records.page_image, "page_image"),
        _posted(house, "/undo", questions.undone, "undo"),
        _posted(house, "/shortcuts", entrance.shortcuts, "shortcuts"),
        _posted(house, "/invite", entrance.invite, "invite"),
        _posted(house, "/leave", entrance.leave, "leave"),
        Route("/enter", _open(house, entrance.enter), methods=["GET"], name="enter"),
        Route("/enter", _open_form(house, entrance.entered), methods=["POST"], name="entered"),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard, hosts=hosts)])


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
        show=fields.show,
        label_of=fields.label_of,
        likely=words.likely,
        percent=words.percent,
        charge_words=words.charge,
        outcome_words=words.outcome,
        OUTCOMES=words.OUTCOMES,
        STATES=words.STATES,
        LINKS=words.LINKS,
        document_words=words.kind_of_document,
    )
    return Jinja2Templates(env=environment)


def _shown(house: House, path: str, endpoint: Endpoint, name: str) -> Route:
    """A page to look at, for the roles the matrix names."""

    async def serve(request: Request) -> Response:
        session = house.door.session(request.cookies.get(COOKIE))
        if session is None or not may(session.role, name):
            return _turned_away(house, request, session)
        return await run_in_threadpool(endpoint, house, request, session)

    return Route(path, serve, methods=["GET"], name=_known(name))


def _posted(house: House, path: str, endpoint: FormEndpoint, name: str) -> Route:
    """A form that changes something, for the roles the matrix names."""

    async def serve(request: Request) -> Response:
        session = house.door.session(request.cookies.get(COOKIE))
        if session is None or not may(session.role, name):
            return _turned_away(house, request, session)
        return await run_in_threadpool(endpoint, house, request, session, await form_of(request))

    return Route(path, serve, methods=["POST"], name=_known(name))


def _known(name: str) -> str:
    if name not in MATRIX:
        raise LookupError(f"the route {name} has no rule in the role matrix")
    return name


def _turned_away(house: House, request: Request, session: Session | None) -> Response:
    if session is not None:
        return house.templates.TemplateResponse(request, "closed.html", status_code=403)
    if request.method == "GET" and request.url.path == "/":
        return RedirectResponse("/enter", 303)
    return house.templates.TemplateResponse(request, "closed.html", status_code=401)


def _open(house: House, page: Callable[[House, Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        return page(house, request)

    return serve


def _open_form(
    house: House, page: Callable[[House, Request, dict[str, str]], Response]
) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        return page(house, request, await form_of(request))

    return serve

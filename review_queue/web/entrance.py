"""Coming in, the half-hour lock, leaving, and the switch for single-key shortcuts."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from review_queue.door import COOKIE, NotAdmittedError, Session
from review_queue.web import questions
from review_queue.web.house import House

KEPT_FOR = 12 * 60 * 60  # seconds a browser keeps the cookie: a working day
WRONG = "That name and password do not fit. After five wrong ones the door stays shut for a quarter of an hour."


def entry_path(token: str) -> str:
    """The path of a one-time link."""
    return "/enter?" + urlencode({"token": token})


def enter(house: House, request: Request, form: dict[str, str]) -> Response:
    """The form that asks for name and password; looking at a one-time link does not use it up."""
    token = request.query_params.get("token", "")
    if not token and house.door.session(request.cookies.get(COOKIE)):
        return RedirectResponse("/", 303)
    return _entrance(house, request, token)


def _entrance(house: House, request: Request, token: str, *, name: str = "", problem: str = "") -> Response:
    invited = house.door.invitation(token) if token else None
    is_dead = bool(token) and invited is None
    shown = {"token": token, "invited": invited, "is_dead": is_dead, "name": name, "problem": problem}
    status = 403 if is_dead else 422 if problem else 200
    return house.templates.TemplateResponse(request, "enter.html", shown, status_code=status)


def entered(house: House, request: Request, form: dict[str, str]) -> Response:
    """Opens a session for whoever brings a one-time link and chooses a password, or has one that fits."""
    token, name, password = (form.get(each, "") for each in ("token", "name", "password"))
    if not token:
        cookie = house.door.sign_in(name, password)
        return _let_in(request, cookie) if cookie else _entrance(house, request, "", name=name, problem=WRONG)
    if password != form.get("again", ""):
        return _entrance(house, request, token, name=name, problem="The two passwords differ.")
    try:
        cookie = house.door.admit(token, name, password)
    except NotAdmittedError as refused:
        return _entrance(house, request, token, name=name, problem=_sentence(str(refused)))
    return _let_in(request, cookie) if cookie else _entrance(house, request, token)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _let_in(request: Request, cookie: str) -> Response:
    response = RedirectResponse("/", 303)
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=KEPT_FOR,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )
    return response


def turned_away(house: House, request: Request) -> Response:
    """What somebody without a session sees: the door, or, from a page that was open, the way back to it."""
    if request.method == "GET" and request.url.path == "/":
        return RedirectResponse("/enter", 303)
    return house.templates.TemplateResponse(request, "signed_out.html", {}, status_code=401)


def held_at_the_lock(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """The lock, for a session nobody touched for half an hour; what was typed until now is kept as a draft."""
    if form.get("text"):
        questions.keep_draft(house, request, session, form)
    to = "/?locked" if "handle" not in request.path_params else f"/questions/{request.path_params['handle']}"
    lock = "/locked?" + urlencode({"to": to})
    if request.headers.get("hx-request") and not request.headers.get("hx-boosted"):
        return Response(status_code=200, headers={"HX-Redirect": lock})
    return RedirectResponse(lock, 303)


def locked(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Asks for the password again."""
    to = request.query_params.get("to", "/")
    return _lock(house, request, session, to) if session.is_locked else RedirectResponse(_within(to), 303)


def _lock(house: House, request: Request, session: Session, to: str, problem: str = "") -> Response:
    shown = {"name": session.who.name, "to": to, "problem": problem}
    return house.templates.TemplateResponse(request, "locked.html", shown, status_code=422 if problem else 200)


def unlocked(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Goes on where the reviewer was."""
    to = form.get("to", "/")
    if session.is_locked and not house.door.unlock(session, form.get("password", "")):
        return _lock(house, request, session, to, WRONG)
    return RedirectResponse(_within(to), 303)


def _within(to: str) -> str:
    """A page of ours to go on to."""
    return to if to.startswith(("/questions/", "/records/")) and "//" not in to and "\\" not in to else "/"


def leave(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Ends the reviewer's sessions everywhere."""
    house.door.sign_out(session.who)
    response = RedirectResponse("/enter", 303)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return response


def shortcuts(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Turns the single-key shortcuts on or off for this session."""
    house.door.switch_shortcuts(session)
    return RedirectResponse("/", 303)

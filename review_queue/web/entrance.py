"""Coming in by the one-time link, leaving, and the switch for single-key shortcuts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from review_queue.web.house import House
from review_queue.web.sessions import COOKIE, KEPT_FOR, Session, entry_path


def enter(house: House, request: Request) -> Response:
    """The form that asks a newcomer's name; looking at it does not use up the link."""
    token = request.query_params.get("token", "")
    if house.door.session(request.cookies.get(COOKIE)):
        return RedirectResponse("/", 303)
    opens = house.door.knows(token)
    shown = {"token": token if opens else "", "opens": opens, "problem": ""}
    return house.templates.TemplateResponse(request, "enter.html", shown, status_code=200 if opens else 403)


def entered(house: House, request: Request, form: dict[str, str]) -> Response:
    """Opens a session for whoever brings the token and a name."""
    token = form.get("token", "")
    cookie = house.door.admit(token, form.get("reviewer", ""))
    if cookie is None:
        opens = house.door.knows(token)
        problem = "Please give a name of 1 to 60 letters." if opens else ""
        shown = {"token": token if opens else "", "opens": opens, "problem": problem}
        return house.templates.TemplateResponse(request, "enter.html", shown, status_code=422 if opens else 403)
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


def leave(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Ends the session; the next one needs a new link."""
    house.door.dismiss(request.cookies.get(COOKIE))
    response = house.templates.TemplateResponse(request, "closed.html")
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return response


def invite(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """A new one-time link for a colleague, or for another browser."""
    link = str(request.base_url).rstrip("/") + entry_path(house.door.invite())
    return house.page(request, session, "invite.html", link=link)


def shortcuts(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Turns the single-key shortcuts on or off for this session."""
    session.shortcuts = not session.shortcuts
    return RedirectResponse("/", 303)

"""The archivist's list of pages to scan again, and the administrator's list of users."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from review_queue.access import Role
from review_queue.desk import UserId
from review_queue.door import NotAdmittedError, Session
from review_queue.web.entrance import entry_path
from review_queue.web.house import House


def shelf(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """The pages that people or stages want scanned again."""
    return house.page(request, session, "shelf.html", pages=house.desk.shelf())


def users(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Everybody who may come in."""
    return _page(house, request, session)


def _page(
    house: House, request: Request, session: Session, *, problem: str = "", token: str = "", named: str = ""
) -> Response:
    link = str(request.base_url).rstrip("/") + entry_path(token) if token else ""
    return house.page(
        request,
        session,
        "users.html",
        status=422 if problem else 200,
        users=house.door.users(),
        problem=problem,
        link=link,
        named=named,
    )


def invite(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """A new user, and the link by which they choose a password."""
    name = form.get("name", "")
    try:
        token = house.door.invite(session.who, name, _role_in(form))
    except NotAdmittedError as refused:
        return _page(house, request, session, problem=str(refused))
    return _page(house, request, session, token=token, named=name)


def _role_in(form: dict[str, str]) -> Role:
    try:
        return Role(form.get("role", ""))
    except ValueError:
        raise NotAdmittedError("choose one of the roles") from None


def change_user(house: House, request: Request, session: Session, form: dict[str, str]) -> Response:
    """Another role, a new password, out, or in again."""
    user_id, action = UserId(request.path_params["user_id"]), form.get("action", "")
    user = next((user for user in house.door.users() if user.user_id == user_id), None)
    if user is None:
        return house.missing(request, session)
    try:
        if action == "renew":
            return _page(house, request, session, token=house.door.renew(session.who, user_id), named=user.name)
        if action == "role":
            house.door.give_role(session.who, user_id, _role_in(form))
        elif action in ("close", "open"):
            house.door.close(session.who, user_id, closed=action == "close")
    except NotAdmittedError as refused:
        return _page(house, request, session, problem=str(refused))
    return RedirectResponse("/users", 303)

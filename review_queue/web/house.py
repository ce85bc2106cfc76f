"""What every page of the review queue needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.templating import Jinja2Templates

from review_queue.desk import Desk
from review_queue.web import words
from review_queue.web.sessions import Doorkeeper, Session


@dataclass(frozen=True, slots=True)
class House:
    """What every page needs: the desk, the door and the templates."""

    desk: Desk
    door: Doorkeeper
    templates: Jinja2Templates

    def page(self, request: Request, session: Session, name: str, /, *, status: int = 200, **shown: Any) -> Response:
        """A page with the progress in sight; it also shows, once, what became of the last answer."""
        last, session.last = session.last, None
        told = words.became(last) if last else ()
        context = {
            "session": session,
            "progress": self.desk.progress(session.reviewer),
            "told": told,
            "last": last,
        }
        return self.templates.TemplateResponse(request, name, {**context, **shown}, status_code=status)

    def missing(self, request: Request, session: Session) -> Response:
        return self.page(request, session, "missing.html", status=404)


async def form_of(request: Request) -> dict[str, str]:
    """The text fields of a posted form; files are left out, and of a repeated field the last counts."""
    async with request.form(max_files=0, max_fields=20) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def png(picture: bytes | None) -> Response:
    """A picture for the screen, or 404."""
    return HTMLResponse("", 404) if picture is None else Response(picture, media_type="image/png")

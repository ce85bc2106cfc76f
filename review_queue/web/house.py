"""What every page of the review queue needs."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.templating import Jinja2Templates

from review_queue.access import may
from review_queue.desk import Desk, Saved
from review_queue.door import Door, Session
from review_queue.web import words

MOST_TOLD = 500  # sessions for which the last answer is remembered until their next page


@dataclass(frozen=True, slots=True)
class House:
    """What every page needs: the desk, the door, the templates, and what each session is still to be told."""

    desk: Desk
    door: Door
    templates: Jinja2Templates
    told: OrderedDict[str, Saved] = field(default_factory=OrderedDict)

    def tell(self, session: Session, saved: Saved) -> None:
        """Has the session's next page say what became of this answer."""
        self.told[session.key] = saved
        while len(self.told) > MOST_TOLD:
            self.told.popitem(last=False)

    def page(self, request: Request, session: Session, name: str, /, *, status: int = 200, **shown: Any) -> Response:
        """A page with the progress in sight; it also shows, once, what became of the last answer."""
        last = self.told.pop(session.key, None)
        context = {
            "session": session,
            "who": session.who,
            "progress": self.desk.progress(session.who),
            "told": words.became(last) if last else (),
            "last": last,
            "may": lambda route: may(session.who.role, route),
        }
        return self.templates.TemplateResponse(request, name, {**context, **shown}, status_code=status)

    def part(self, request: Request, session: Session, name: str, /, **shown: Any) -> Response:
        """A part of a page, to be put into one that is open."""
        return self.templates.TemplateResponse(request, name, {"session": session, **shown})

    def missing(self, request: Request, session: Session, why: str = "") -> Response:
        """What is not there, or not for this reviewer, or, for a reason given, not any more."""
        return self.page(request, session, "missing.html", status=404, why=why)

    def closed(self, request: Request, session: Session) -> Response:
        """What somebody sees where their role does not reach."""
        return self.page(request, session, "closed.html", status=403)


async def form_of(request: Request) -> dict[str, str]:
    """The text fields of a posted form; files are left out, and of a repeated field the last counts."""
    async with request.form(max_files=0, max_fields=40) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def png(picture: bytes | None) -> Response:
    """A picture for the screen, or 404."""
    return HTMLResponse("", 404) if picture is None else Response(picture, media_type="image/png")

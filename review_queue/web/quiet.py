"""The outermost layer: a fault is told by kind and place, never by its words, which may hold what stands on a page."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("review_queue")
DEEPEST = 6  # places told of a fault, the innermost last


class Quiet:
    """Answers 500 for whatever goes wrong within, and logs no message, address or value with it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def send_watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_watched)
        except Exception as fault:
            LOG.error("%s", told(fault))
            if scope["type"] == "http" and not has_begun:
                await PlainTextResponse("Something went wrong here. Nothing was changed.", 500)(scope, receive, send)


def told(fault: BaseException) -> str:
    """The kind of fault and the lines of code it passed: `KeyError at desk.py:120 < web.py:30`."""
    frames = traceback.extract_tb(fault.__traceback__)[-DEEPEST:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(fault).__name__} at {places}"

"""How far a long piece of work has come, told on standard error; never a word off a page."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

from casefile.flights import RunFigures

EVERY_SECONDS = 2.0
EVERY_SECONDS_IN_A_FILE = 15.0  # where nobody watches the line move


def told(found: RunFigures) -> str:
    """`digitize: 120 of 600 pages, 58 a minute, 8 min left; set aside: truncated 1`"""
    parts = [f"{found.stage}: {found.done} of {found.total} {found.unit}, {found.a_minute:.0f} a minute"]
    left = found.seconds_left
    if left is not None and found.done < found.total:
        parts.append(f"{left / 60:.0f} min left" if left >= 90 else f"{left:.0f} s left")
    kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(found.failures.items()))
    return ", ".join(parts) + (f"; set aside: {kinds}" if kinds else "")


@dataclass(slots=True)
class Progress:
    """Counts what is done of `total` and says so now and then: done, rate, time left, failures by kind."""

    what: str
    total: int
    unit: str = "pages"
    out: TextIO = field(default_factory=lambda: sys.stderr)
    quiet: bool = False
    done: int = 0
    failures: dict[str, int] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)
    _last: float = field(default_factory=time.monotonic)
    said: bool = False  # whether anything was told on the way; quick work is not worth a line

    def step(self, *, failed: str | None = None) -> None:
        """One more done, or failed for that reason."""
        self.done += 1
        if failed is not None:
            self.failures[failed] = self.failures.get(failed, 0) + 1
        now = time.monotonic()
        every = EVERY_SECONDS if self.out.isatty() else EVERY_SECONDS_IN_A_FILE
        if now - self._last >= every:
            self._last, self.said = now, True
            self._say("\r\x1b[K" if self.out.isatty() else "", "" if self.out.isatty() else "\n")

    def end(self) -> None:
        """The last line, where there was anything to tell."""
        if self.total and (self.done or self.failures) and (self.said or self.unit == "pages"):
            self._say("\r\x1b[K" if self.out.isatty() else "", "\n")

    @property
    def figures(self) -> RunFigures:
        """How far it has come, as `clerk status` tells it while a run goes on."""
        seconds = max(time.monotonic() - self._began, 1e-6)
        return RunFigures(self.what, self.done, self.total, self.unit, seconds, dict(self.failures))

    def line(self) -> str:
        """`digitize: 120 of 600 pages, 58 a minute, 8 min left; set aside: truncated 1`"""
        return told(self.figures)

    def _say(self, before: str, after: str) -> None:
        if not self.quiet:
            self.out.write(before + self.line() + after)
            self.out.flush()

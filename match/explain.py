"""A match told as text: what weighed for the best candidate, and what against."""

from __future__ import annotations

from math import log2

from casefile.linkage import Candidate, Match

WIDTH = 24  # characters of the longest bar
BITS_A_MARK = 1.0


def waterfall(match: Match) -> str:
    """The best candidate's evidence line by line in bits, summing to the log2 odds; no person is named."""
    lines = [f"{match.status}: {match.why}"]
    if match.best is not None:
        lines += _evidence(match.best)
    lines += [f"runner-up: probability {other.probability:.4f}" for other in match.candidates[1:2]]
    return "\n".join(lines)


def _evidence(candidate: Candidate) -> list[str]:
    running, lines = 0.0, []
    for field, level, weight in ((a.field, a.level, a.weight) for a in candidate.agreements):
        running += weight
        bar = ("+" if weight > 0 else "-") * min(WIDTH, round(abs(weight) / BITS_A_MARK))
        lines.append(f"{field:<14} {level:<22} {weight:+8.2f} {running:+8.2f}  {bar}".rstrip())
    return [
        *lines,
        f"{'log2 odds':<14} {'':<22} {running:+8.2f}           probability {candidate.probability:.4f}",
    ]


def log2_odds(candidate: Candidate) -> float:
    """What the agreements sum to, from the probability; infinite at its ends."""
    p = candidate.probability
    if p in (0.0, 1.0):
        return float("inf") if p else float("-inf")
    return log2(p / (1.0 - p))

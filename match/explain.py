"""A match told: what weighed for the best candidate and what against, as data, as text and as a drawing."""

from __future__ import annotations

import json
from html import escape
from math import log2
from typing import NamedTuple

from casefile.linkage import Candidate, Match

WIDTH = 24  # characters of the longest bar
BITS_A_MARK = 1.0
ROW, LEFT, SCALE, MARGIN = 18, 250, 6.0, 10  # of the drawing, in pixels; SCALE a bit


class Step(NamedTuple):
    """One line of a waterfall: what agreed how far, its weight in bits, and the sum so far."""

    field: str
    level: str
    weight: float
    total: float


def steps_of(candidate: Candidate) -> tuple[Step, ...]:
    """The evidence for a candidate, line by line; the last total is the log2 odds."""
    steps: list[Step] = []
    for agreement in candidate.agreements:
        total = (steps[-1].total if steps else 0.0) + agreement.weight
        steps.append(Step(agreement.field, agreement.level, agreement.weight, total))
    return tuple(steps)


def waterfall(match: Match) -> str:
    """The best candidate's evidence line by line in bits, summing to the log2 odds; no person is named."""
    lines = [f"{match.status}: {match.why}"]
    if match.best is not None:
        lines += _evidence(match.best)
    lines += [f"runner-up: probability {other.probability:.4f}" for other in match.candidates[1:2]]
    return "\n".join(lines)


def _evidence(candidate: Candidate) -> list[str]:
    lines, steps = [], steps_of(candidate)
    for step in steps:
        bar = ("+" if step.weight > 0 else "-") * min(WIDTH, round(abs(step.weight) / BITS_A_MARK))
        lines.append(f"{step.field:<14} {step.level:<22} {step.weight:+8.2f} {step.total:+8.2f}  {bar}".rstrip())
    total = steps[-1].total if steps else 0.0
    return [*lines, f"{'log2 odds':<14} {'':<22} {total:+8.2f}           probability {candidate.probability:.4f}"]


def waterfall_json(match: Match) -> str:
    """The same as JSON: status, why, and the steps of the best candidate."""
    told = {
        "status": match.status.value,
        "why": match.why,
        "probability": match.best.probability if match.best else None,
        "runner_up_probability": match.candidates[1].probability if len(match.candidates) > 1 else None,
        "steps": [step._asdict() for step in steps_of(match.best)] if match.best else [],
    }
    return json.dumps(told, ensure_ascii=False)


def waterfall_svg(match: Match) -> str:
    """The same as a small drawing: a bar a step, from the sum before it to the sum after."""
    steps = steps_of(match.best) if match.best else ()
    edges = [0.0, *(step.total for step in steps)]
    low, high = min(edges), max(edges)
    width = LEFT + (high - low) * SCALE + 2 * MARGIN + 60
    body = [_bar(at, step, before, low) for at, (step, before) in enumerate(zip(steps, edges, strict=False))]
    zero = LEFT + MARGIN - low * SCALE
    height = ROW * (len(steps) + 1) + MARGIN
    title = escape(f"{match.status}: {match.why}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{title}</title>'
        f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{height}" stroke="#999"/>{"".join(body)}</svg>'
    )


def _bar(at: int, step: Step, before: float, low: float) -> str:
    left = LEFT + MARGIN + (min(before, step.total) - low) * SCALE
    length, y = abs(step.weight) * SCALE, at * ROW + 4
    colour = "#2a6f4e" if step.weight >= 0 else "#a33b2a"
    label = escape(f"{step.field}: {step.level}")
    return (
        f'<text x="{MARGIN}" y="{y + 11}">{label}</text>'
        f'<rect x="{left:.1f}" y="{y}" width="{max(length, 0.5):.1f}" height="{ROW - 5}" fill="{colour}"/>'
        f'<text x="{left + length + 4:.1f}" y="{y + 11}">{step.weight:+.1f}</text>'
    )


def log2_odds(candidate: Candidate) -> float:
    """What the agreements sum to, from the probability; infinite at its ends."""
    p = candidate.probability
    if p in (0.0, 1.0):
        return float("inf") if p else float("-inf")
    return log2(p / (1.0 - p))

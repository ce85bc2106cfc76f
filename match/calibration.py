"""From the model's odds to how often it is right at such odds, by what the link rests on."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp2, fsum, isfinite, log2
from pathlib import Path
from typing import NamedTuple

from casefile.errors import InputError
from casefile.linkage import Agreement, Candidate, Match
from casefile.persons import PersonId

KINDS = (
    *("number", "number_by_one_name", "other_given", "other_surname", "date", "date_by_name_nearly"),
    *("date_by_name_loosely", "date_alike", "date_partly", "docket", "name_and_middle", "name", "name_nearly"),
    "against",
)
KIND_FIELDS = ("surname", "given", "middle", "birth_date", "sid", "ir_number", "docket_number")  # what decides the kind
SAME = ("exact", "cut")
LOOSE = ("initial", "middle", "short", "similar")  # given names that a twin may have, too
LARGEST = 30.0  # bits; odds beyond are taken as these
LN2 = 0.6931471805599453
STEPS = 60
SPREAD = {"shift": 2.0, "scale": 0.5}  # how far labels may carry a line from where it starts, as one deviation


class Line(NamedTuple):
    """Calibrated bits of evidence are `shift` + `scale` times the model's."""

    shift: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """A line for each kind of evidence."""

    lines: Mapping[str, Line]

    def bits(self, kind: str, bits: float, prior: float) -> float:
        """The log2 odds against nobody listed where the model gives `bits`, those of the `prior` among them.

        Evidence is often less independent than the model has it, so its bits are stretched or shrunk. The prior is
        no evidence: a list on which few of the defendants are is believed as it stands.
        """
        line = self.lines.get(kind, Line())
        return prior + line.shift + line.scale * (max(-LARGEST, min(LARGEST, bits)) - prior)


class Labelled(NamedTuple):
    """A best candidate of whom it is known whether they were the one: log2 of its weight to that of nobody listed,
    the log2 odds of being listed at all among them, and what the other listed weigh beside it."""

    kind: str
    bits: float
    prior: float
    rivals: float
    right: bool


@cache
def shipped() -> Calibration:
    """The calibration that comes with the program, learnt on made captions."""
    found = tomllib.loads((files("match") / "calibration.toml").read_text(encoding="utf-8"))
    return Calibration({kind: Line(**line) for kind, line in found.items()})


UNCALIBRATED = Calibration({})


def read_calibration(path: Path) -> Calibration:
    """The calibration in a file that `kept_as` made the text of; InputError where it is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("the calibration cannot be read; make it again with clerk calibrate --match") from error
    return calibration_in(text)


def calibration_in(text: str) -> Calibration:
    """The calibration that `kept_as` wrote as `text`; kinds that were not told apart then are as shipped."""
    try:
        found = tomllib.loads(text)
        known = [kind for kind in KINDS if kind in found]
        lines = {kind: Line(float(found[kind]["shift"]), float(found[kind]["scale"])) for kind in known}
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("the calibration is damaged; make it again with clerk calibrate --match") from error
    if not lines or not all(isfinite(line.shift) and 0.0 < line.scale < LARGEST for line in lines.values()):
        raise InputError("the calibration is damaged; make it again with clerk calibrate --match")
    return Calibration({**shipped().lines, **lines})


def kept_as(calibration: Calibration) -> str:
    """The text of a file that `read_calibration` reads."""
    lines = ((kind, calibration.lines.get(kind, Line())) for kind in KINDS)
    return "\n".join(f"[{kind}]\nshift = {line.shift}\nscale = {line.scale}\n" for kind, line in lines)


def kind_of(level: Callable[[str], str | None]) -> str:
    """What a link rests on whose fields reached these levels, the strongest first."""
    if {level("sid"), level("ir_number")} & {"exact", "confused"}:
        return "number_by_one_name" if "differs" in (level("surname"), level("given")) else "number"
    born = level("birth_date") or "silent"
    if born in ("two_figures", "same_year", "differs"):
        return "against"
    dated = born not in ("silent", "illegible")
    if dated and level("given") == "differs":
        return "other_given"  # twins, and nicknames nobody has listed
    if dated and level("surname") == "differs":
        return "other_surname"  # maiden names, and strangers
    exact, loosely = level("surname") in SAME and level("given") in SAME, level("given") in LOOSE
    if born == "exact":
        return "date" if exact else "date_by_name_loosely" if loosely else "date_by_name_nearly"
    if dated:
        return "date_alike" if born == "figures_alike" and not loosely else "date_partly"
    if level("docket_number") in ("exact", "same_case", "confused"):
        return "docket"
    if level("middle") in ("exact", "initial"):
        return "name_and_middle"
    return "name" if exact else "name_nearly"


def kind_of_candidate(candidate: Candidate) -> str:
    """What a candidate's link would rest on."""
    return kind_of({agreement.field: agreement.level for agreement in candidate.agreements}.get)


def calibrated(
    ranked: Sequence[Candidate], calibration: Calibration, *, rivals: float, unlisted: float, prior: float
) -> tuple[Candidate, ...]:
    """The candidates, best first, with probabilities as sure as such links have proved to be.

    `rivals` and `unlisted` are what all other listed persons and nobody listed weigh, the best candidate weighing 1;
    `prior` is the log2 odds of being listed. Only how sure it is that one of the listed is meant changes; between them
    the evidence stands as it is, so that two who cannot be told apart stay so.
    """
    if not ranked:
        return ()
    kind, probabilities = kind_of_candidate(ranked[0]), [one.probability for one in ranked]
    odds = calibrated_odds(kind, probabilities, calibration, rivals=rivals, unlisted=unlisted, prior=prior)
    return tuple(at_odds(one, bits) for one, bits in zip(ranked, odds, strict=True))


def calibrated_odds(
    kind: str, ranked: Sequence[float], calibration: Calibration, *, rivals: float, unlisted: float, prior: float
) -> list[float]:
    """The log2 odds that `calibrated` gives to candidates of these probabilities."""
    bits = -log2(unlisted) if unlisted else LARGEST
    nobody = exp2(-calibration.bits(kind, bits, prior))
    times = 1.0 / (1.0 + rivals + nobody) / ranked[0]
    return [-log2(rivals + nobody), *[_bits(probability * times) for probability in ranked[1:]]]


def _bits(probability: float) -> float:
    return log2(probability / (1.0 - probability)) if 0.0 < probability < 1.0 else LARGEST * (1 if probability else -9)


def probability_at(bits: float) -> float:
    """The probability that log2 odds mean."""
    return 1.0 / (1.0 + exp2(-bits)) if bits > -1000.0 else 0.0


def at_odds(candidate: Candidate, bits: float) -> Candidate:
    """The candidate at these log2 odds, the difference told among the agreements."""
    change = bits - fsum([agreement.weight for agreement in candidate.agreements])
    level = "lowered" if change < -0.005 else "raised" if change > 0.005 else "as_is"
    told = Agreement("calibration", level, change)
    return Candidate(candidate.person_id, probability_at(bits), (*candidate.agreements, told))


def labelled(match: Match, person_id: PersonId | None, prior: float) -> Labelled | None:
    """An uncalibrated match as a lesson, `person_id` being who is meant; None where nobody came near.

    The match should show everybody who counts, or the rest are taken for nobody listed.
    """
    best = match.best
    if best is None or best.probability <= 0.0:
        return None
    all_listed = fsum(one.probability for one in match.candidates)
    unlisted = max(1.0 - all_listed, 0.0) / best.probability
    bits = -log2(unlisted) if unlisted > 0.0 else LARGEST
    rivals = fsum(one.probability for one in match.candidates[1:]) / best.probability
    return Labelled(kind_of_candidate(best), bits, prior, rivals, best.person_id == person_id)


def calibration_from(lessons: Iterable[Labelled], start: Calibration) -> Calibration:
    """The likeliest lines given links of known truth, drawn towards `start` where labels are few."""
    by_kind: dict[str, list[Labelled]] = {kind: [] for kind in KINDS}
    for one in lessons:
        by_kind[one.kind].append(one)
    return Calibration({kind: _fitted(some, start.lines.get(kind, Line())) for kind, some in by_kind.items()})


def _fitted(lessons: Sequence[Labelled], start: Line) -> Line:
    """One line by Fisher's scoring; the penalty keeps it unique and the scale from turning over."""
    shift, scale = start
    wide, steep = 1.0 / SPREAD["shift"] ** 2, 1.0 / SPREAD["scale"] ** 2
    for _ in range(STEPS):
        g0, g1, h00, h01, h11 = (shift - start.shift) * wide, (scale - start.scale) * steep, wide, 0.0, steep
        for one in lessons:
            x = max(-LARGEST, min(LARGEST, one.bits)) - one.prior
            nobody = exp2(-max(-LARGEST, min(2 * LARGEST, one.prior + shift + scale * x)))
            p = 1.0 / (1.0 + one.rivals + nobody)
            rise = p * p * nobody * LN2  # of p, for each bit
            spread = max(p * (1.0 - p), 1e-12)
            miss, slope = (p - one.right) * rise / spread, rise * rise / spread
            g0, g1 = g0 + miss, g1 + miss * x
            h00, h01, h11 = h00 + slope, h01 + slope * x, h11 + slope * x * x
        determinant = h00 * h11 - h01 * h01
        step0, step1 = (h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant
        shorten = min(1.0, 2.0 / max(abs(step0), 4.0 * abs(step1), 1e-12))
        shift, scale = shift - shorten * step0, max(0.05, scale - shorten * step1)
        if abs(step0) + abs(step1) < 1e-9:
            break
    return Line(round(shift, 4), round(scale, 4))

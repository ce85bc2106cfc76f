"""Probabilities that mean what they say."""

from itertools import pairwise
from math import exp2, log2
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.errors import InputError
from casefile.linkage import Agreement, Candidate
from casefile.persons import PersonId
from match.calibration import (
    KINDS,
    UNCALIBRATED,
    Calibration,
    Labelled,
    Line,
    calibrated,
    calibration_from,
    calibration_in,
    kept_as,
    kind_of,
    read_calibration,
    shipped,
)


def log2_odds(p: float) -> float:
    return log2(p / (1.0 - p)) if 0.0 < p < 1.0 else 30.0 if p else -270.0


def candidates(*probabilities: float) -> list[Candidate]:
    return [
        Candidate(PersonId(f"P{i}"), p, (Agreement("prior", "listed", log2_odds(p)),))
        for i, p in enumerate(probabilities)
    ]


@pytest.mark.parametrize(
    ("levels", "kind"),
    [
        ({"sid": "exact"}, "number"),
        ({"ir_number": "confused", "birth_date": "differs"}, "number"),
        ({"sid": "exact", "surname": "exact", "given": "differs"}, "number_by_one_name"),
        ({"birth_date": "differs", "docket_number": "exact"}, "against"),
        ({"birth_date": "exact", "surname": "exact", "given": "exact"}, "date"),
        ({"birth_date": "exact", "surname": "confused", "given": "exact"}, "date_by_name_nearly"),
        ({"birth_date": "exact", "surname": "exact", "given": "middle"}, "date_by_name_loosely"),
        ({"birth_date": "exact", "surname": "exact", "given": "differs"}, "other_given"),
        ({"birth_date": "figures_alike", "surname": "differs", "given": "exact"}, "other_surname"),
        ({"birth_date": "figures_alike", "surname": "exact", "given": "exact"}, "date_alike"),
        ({"birth_date": "figures_alike", "surname": "exact", "given": "similar"}, "date_partly"),
        ({"birth_date": "two_alike", "surname": "exact", "given": "exact"}, "date_partly"),
        ({"birth_date": "next_year", "surname": "exact", "given": "exact"}, "date_partly"),
        ({"docket_number": "exact", "surname": "near", "given": "exact"}, "docket"),
        ({"middle": "initial", "surname": "exact", "given": "exact"}, "name_and_middle"),
        ({"surname": "exact", "given": "cut"}, "name"),
        ({"surname": "near", "given": "exact"}, "name_nearly"),
        ({}, "name_nearly"),
    ],
)
def test_what_a_link_rests_on(levels: dict[str, str], kind: str) -> None:
    assert kind in KINDS
    assert kind_of(levels.get) == kind


@given(
    st.lists(st.floats(0.001, 1.0), min_size=1, max_size=5), st.floats(0.001, 1.0), st.floats(-8, 8), st.floats(0.1, 2)
)
def test_probabilities_stay_probabilities_in_their_order(
    parts: list[float], nobody: float, shift: float, scale: float
) -> None:
    parts, total = sorted(parts, reverse=True), sum(parts) + nobody
    before = candidates(*(part / total for part in parts))
    lines = Calibration(dict.fromkeys(KINDS, Line(shift, scale)))
    after = calibrated(before, lines, rivals=sum(parts[1:]) / parts[0], unlisted=nobody / parts[0], prior=1.0)
    probabilities = [one.probability for one in after]
    assert [one.person_id for one in after] == [one.person_id for one in before]
    assert sum(probabilities) <= 1.0 + 1e-9
    assert all(a >= b - 1e-9 for a, b in pairwise(probabilities))
    for one, was in zip(after, before, strict=True):
        assert sum(a.weight for a in one.agreements) == pytest.approx(log2_odds(one.probability), abs=1e-6)
        assert one.probability / after[0].probability == pytest.approx(was.probability / before[0].probability)


def test_without_calibration_nothing_changes() -> None:
    before = candidates(0.7, 0.2)
    after = calibrated(before, UNCALIBRATED, rivals=2 / 7, unlisted=1 / 7, prior=0.8)
    assert [one.probability for one in after] == pytest.approx([0.7, 0.2])
    assert calibrated([], UNCALIBRATED, rivals=0.0, unlisted=1.0, prior=0.0) == ()


@given(st.floats(-5, 5), st.floats(-8, 8), st.floats(0.1, 2), st.floats(-6, 12))
def test_the_prior_is_believed_as_it_stands(prior: float, shift: float, scale: float, evidence: float) -> None:
    """Only evidence is stretched or shrunk: two priors leave the odds as far apart as they are."""
    line = Calibration({"date": Line(shift, scale)})
    bits = line.bits("date", evidence + prior, prior)
    assert bits - line.bits("date", evidence, 0.0) == pytest.approx(prior)
    assert bits - prior == pytest.approx(shift + scale * evidence)


def test_a_line_is_found_again_whatever_the_prior() -> None:
    found = calibration_from(drawn(6000, Line(-2.0, 0.6), prior=-3.0), UNCALIBRATED).lines["date"]
    assert (found.shift, found.scale) == (pytest.approx(-2.0, abs=0.35), pytest.approx(0.6, abs=0.08))


def test_two_who_cannot_be_told_apart_stay_so() -> None:
    sure = Calibration(dict.fromkeys(KINDS, Line(20.0, 1.0)))
    after = calibrated(candidates(0.45, 0.45), sure, rivals=1.0, unlisted=0.1 / 0.45, prior=2.0)
    assert [one.probability for one in after] == pytest.approx([0.5, 0.5], abs=1e-4)


def drawn(total: int, line: Line, prior: float = 0.0) -> list[Labelled]:
    """Links that are right as often as `line` says, not as often as the model claims."""
    chance, found = Random(3), []
    for _ in range(total):
        bits = chance.uniform(-6, 12)
        right = chance.random() < 1.0 / (1.0 + exp2(-(prior + line.shift + line.scale * bits)))
        found.append(Labelled("date", bits + prior, prior, 0.0, right))
    return found


def test_a_line_is_found_again() -> None:
    found = calibration_from(drawn(6000, Line(-2.0, 0.6)), UNCALIBRATED).lines["date"]
    assert found.shift == pytest.approx(-2.0, abs=0.35)
    assert found.scale == pytest.approx(0.6, abs=0.08)


def test_few_answers_hardly_move_what_is_shipped() -> None:
    start = shipped()
    found = calibration_from(drawn(3, Line(-5.0, 0.3)), start)
    assert found.lines["date"].shift == pytest.approx(start.lines["date"].shift, abs=4.0)
    assert found.lines["name"] == start.lines["name"]


def test_all_right_or_all_wrong_still_gives_a_line() -> None:
    for right in (True, False):
        line = calibration_from([Labelled("date", 3.0, 0.0, 0.0, right)] * 200, UNCALIBRATED).lines["date"]
        assert 0.0 < line.scale < 5.0
        assert abs(line.shift) < 20.0


def test_what_is_shipped_is_monotone_and_complete() -> None:
    assert set(shipped().lines) == set(KINDS)
    assert all(0.0 < line.scale < 3.0 for line in shipped().lines.values())


def test_a_calibration_is_read_as_it_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(kept_as(shipped()))
    assert read_calibration(path).lines == shipped().lines


@pytest.mark.parametrize(
    "text", ["", "[date]\nshift = 1.0", "not toml", kept_as(shipped()).replace("scale = ", "scale = -")]
)
def test_a_damaged_calibration_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        calibration_in(text)
    with pytest.raises(InputError):
        read_calibration(Path("/nowhere"))


LATER = ("number_by_one_name", "date_by_name_loosely")


def test_a_calibration_learnt_before_some_kinds_were_told_apart_stands() -> None:
    earlier = [kind for kind in KINDS if kind not in LATER]
    own = {kind: Line(round(0.1 * at, 4), 0.5) for at, kind in enumerate(earlier)}
    text = "\n".join(f"[{kind}]\nshift = {line.shift}\nscale = {line.scale}\n" for kind, line in own.items())
    found = calibration_in(text).lines
    assert {kind: found[kind] for kind in earlier} == own
    assert {kind: found[kind] for kind in LATER} == {kind: shipped().lines[kind] for kind in LATER}

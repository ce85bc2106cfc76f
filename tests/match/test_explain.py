"""One waterfall, told three ways."""

import json
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest

from casefile.docket import DocketRecord
from casefile.linkage import Match
from casefile.persons import Person
from match.explain import log2_odds, steps_of, waterfall, waterfall_json, waterfall_svg
from match.index import Index
from match.link import link

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def match(a_record: Callable[..., DocketRecord], a_person: Callable[..., Person]) -> Match:
    persons = [a_person("P1", given="DESMOND", birth_date=date(1970, 3, 4)), a_person("P2", given="DENISE")]
    return link(a_record(surname="MARLOW", given="DESMOND", middle="T"), Index(persons))


def test_all_three_say_the_same(match: Match) -> None:
    assert match.best
    steps, text = steps_of(match.best), waterfall(match)
    told, drawing = json.loads(waterfall_json(match)), ElementTree.fromstring(waterfall_svg(match))  # noqa: S314 - ours
    assert [step["weight"] for step in told["steps"]] == [step.weight for step in steps]
    assert steps[-1].total == pytest.approx(log2_odds(match.best), abs=1e-6)
    assert len(drawing.findall(f"{SVG}rect")) == len(steps)
    for step in steps:
        assert f"{step.weight:+.2f}" in text
        assert any(f"{step.weight:+.1f}" == label.text for label in drawing.findall(f"{SVG}text"))


def test_nobody_near_is_told_too(a_record: Callable[..., DocketRecord]) -> None:
    match = link(a_record(surname="MARLOW"), Index([]))
    assert json.loads(waterfall_json(match))["steps"] == []
    assert waterfall(match).startswith("none")
    assert ElementTree.fromstring(waterfall_svg(match)).tag == f"{SVG}svg"  # noqa: S314


def test_nobody_is_named(match: Match) -> None:
    for told in (waterfall(match), waterfall_json(match), waterfall_svg(match)):
        assert not any(word in told for word in ("MARLOW", "DESMOND", "DENISE", "P1", "P2", "1970"))

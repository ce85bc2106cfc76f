"""What the truth says could be read from the page, and hangs together."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from random import Random

import pytest

from specimens import Era, Maker, layout_names
from specimens.cases import a_case
from specimens.citing import ordinal_ending, typed_grade
from specimens.docket import Clerk
from specimens.facts import Act, CaseFacts, Event, Kind
from specimens.layout import layout_named
from specimens.offenses import an_offense, cut_to, described, offenses
from specimens.people import a_person
from specimens.specimen import Item, Told

FELONY = re.compile(r"(\d\d)(CR|C[1-6]?)(\d{5})(\d\d)?")
MISDEMEANOR = re.compile(r"(\d\d)MC([1-6])(\d{6})(\d\d)?")
MODERN = r"\d+ ILCS \d+/[\w.-]+(?:\(\w+\))*"
CITATION = re.compile(rf"{MODERN}(?: \({MODERN}\))?|Ill\. Rev\. Stat\. ch\. .+, par\. .+")
DISPOSITIONS = {
    *(
        "guilty",
        "not_guilty",
        "nolle_prosequi",
        "stricken_off_leave",
        "dismissed",
        "no_probable_cause",
        "pending",
    ),
    *("leave_to_file_denied", "supervision", "first_offender_probation", "vacated", "abated", "superseded"),
    *("transferred", "warrant", "expunged", "sealed", "other"),
}
IMPOSED = {"guilty", "supervision", "first_offender_probation", "vacated", "expunged"}
FINAL_ACTS = (
    *(
        Act.PLEA_GUILTY,
        Act.FOUND_NOT_GUILTY,
        Act.VERDICT_GUILTY,
        Act.VERDICT_NOT_GUILTY,
        Act.NOLLE,
        Act.STRICKEN,
    ),
    *(
        Act.REINSTATED,
        Act.NO_PROBABLE_CAUSE,
        Act.LEAVE_DENIED,
        Act.DISMISSED,
        Act.NON_SUIT,
        Act.WARRANT,
        Act.AMENDED,
    ),
    *(
        Act.WARRANT_QUASHED,
        Act.SUPERSEDED,
        Act.TRANSFERRED,
        Act.ABATED,
        Act.TERMINATED,
        Act.REVOKED,
        Act.VACATED,
    ),
    *(Act.EXPUNGED, Act.FOUND_GUILTY),
)


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return list(islice(Maker(21, stray_share=0).items(), 200))


@pytest.fixture(scope="module")
def told(items: list[Item]) -> list[Told]:
    return [one for item in items for one in item.told]


def _cases(first: int, last: int, total: int) -> Iterator[CaseFacts]:
    rng = Random(31)
    for number in range(total):
        yield a_case(rng, a_person(rng, f"P{number}", born_to=first - 18), Era(first, last))


def test_docket_numbers_follow_the_grammar(told: list[Told]) -> None:
    for one in told:
        number = one.record["docket_number"]
        felony, misdemeanor = FELONY.fullmatch(number), MISDEMEANOR.fullmatch(number)
        assert felony or misdemeanor, number
        if felony and felony[2] not in ("CR", "C"):
            assert felony[3][0] == felony[2][1], "the first digit is the district"


def test_statutes_are_canonical(told: list[Told]) -> None:
    for one in told:
        for charge in one.record["charges"]:
            assert CITATION.fullmatch(charge["statute"]), charge["statute"]


def test_dispositions_and_sentences_hang_together(told: list[Told]) -> None:
    for one in told:
        for charge in one.record["charges"]:
            assert charge["disposition"] in DISPOSITIONS
            assert (charge["disposition_date"] is None) == (charge["disposition"] == "pending")
            if charge["sentence"]:
                assert charge["disposition"] in IMPOSED, charge
            if charge["termination"]:
                assert charge["disposition"] in ("supervision", "first_offender_probation")
            if charge["disposition"] == "supervision" and charge["termination"] != "revoked":
                assert charge["sentence"][0]["kind"] == "supervision"


def test_dates_are_in_order(told: list[Told]) -> None:
    for one in told:
        record = one.record
        days = [record["defendant"]["birth_date"], record["arrest_date"], record["filed_date"]]
        stated = [day for day in days if day]
        assert stated == sorted(stated)
        for charge in record["charges"]:
            if charge["disposition_date"] and stated:
                assert charge["disposition_date"] >= stated[-1]


def test_what_is_stated_stands_on_the_paper(items: list[Item]) -> None:
    """Surname, given name, numbers and descriptions of every record are among the words of its pages."""
    for item in items[:70]:
        for one in item.told:
            text = " ".join(w.text for page in one.pages for w in item.specimens[page].words).upper()
            who = one.record["defendant"]
            for value in (
                who["surname"],
                who["given"],
                who["ir_number"],
                who["sid"],
                one.record["arresting_agency"],
            ):
                assert value is None or value in text, (value, text)
            for charge in one.record["charges"]:
                for word in (charge["description"] or "").upper().split():
                    assert word in text, (charge["description"], text)


def test_amounts_stand_in_the_description(told: list[Told]) -> None:
    for one in told:
        for charge in one.record["charges"]:
            grams = charge["grams"]
            if grams and grams[0] == grams[1]:
                assert f"{grams[0]:g}" in charge["description"].replace(".0 ", " "), charge


def test_there_is_variety(told: list[Told], items: list[Item]) -> None:
    ends = {charge["disposition"] for one in told for charge in one.record["charges"]}
    assert len(ends) >= 13
    assert {s.layout for i in items for s in i.specimens} == set(layout_names())
    assert any(len(one.pages) > 1 for one in told), "some papers have several pages"
    assert any(len(item.told) > 1 for item in items), "some items have several records"
    people = [one.person_id for one in told]
    assert len(set(people)) < len(people), "people come back"
    assert any(one.record["defendant"]["aliases"] for one in told)


@pytest.mark.parametrize("name", layout_names())
def test_layouts_can_say_every_end(name: str) -> None:
    layout = layout_named(name)
    missing = [act for act in FINAL_ACTS if not layout.acts.get(act.value)]
    assert not missing
    assert all(layout.sentences.get(kind.value) for kind in Kind)


@pytest.mark.parametrize("name", [n for n in layout_names() if layout_named(n).entry.find("{judge") < 0])
def test_no_wording_is_longer_than_its_field(name: str) -> None:
    layout = layout_named(name)
    wordings = [w for table in (layout.acts, layout.sentences) for words in table.values() for w in words]
    assert not [w for w in wordings if len(w) > layout.wrap and "{" not in w]


@pytest.mark.parametrize("name", [n for n in layout_names() if not layout_named(n).join_days])
def test_no_entry_is_cut_short(name: str) -> None:
    """Amounts and citations filled in; the field is as wide as the longest of them."""
    layout = layout_named(name)
    for seed, case in enumerate(_cases(layout.first_year, layout.last_year, 250)):
        assert not [e.text for e in Clerk(Random(seed), layout, case)._entries() if len(e.text) > layout.wrap]


@pytest.mark.parametrize("name", layout_names())
def test_every_word_fits_on_its_paper(name: str) -> None:
    for specimen in Maker(17, layouts=[name], stray_share=0).specimens(50):
        width, height = specimen.size
        for word in specimen.words:
            left, top, right, bottom = word.bbox
            assert 0 < left < right < width, (word, width)
            assert 0 < top < bottom < height, (word, height)


def test_what_is_grouped_by_count_stands_under_its_count() -> None:
    """Under count 2 its own end; what concerns the whole case comes last."""
    layout = layout_named("statement_by_count")
    done = (
        Event(date(2001, 3, 5), Act.PLEA_NOT_GUILTY),
        Event(date(2001, 4, 2), Act.PLEA_GUILTY, (1,)),
        Event(date(2001, 4, 2), Act.NOLLE, (2,)),
    )
    case = next(c for c in _cases(2001, 2001, 200) if len(c.charges) == 2)
    document = Clerk(Random(1), layout, replace(case, events=done)).document()
    lines = [" ".join(run.text for run in line.runs) for page in document.pages for line in page]
    places = [
        next(n for n, line in enumerate(lines) if words in line)
        for words in ("COUNT 1 OF 2", "GUILTY", "COUNT 2 OF 2", "NOLLE PROS", "WHOLE CASE", "PLEADS NOT GUILTY")
    ]
    assert places == sorted(places)
    first, second = document.record["charges"]
    assert (first["plea"], first["disposition"]) == ("guilty", "guilty")
    assert (second["plea"], second["disposition"]) == ("not_guilty", "nolle_prosequi")


@pytest.mark.parametrize(
    ("number", "ending"),
    [(1, "st"), (2, "nd"), (3, "rd"), (4, "th"), (11, "th"), (12, "th"), (13, "th"), (21, "st"), (30, "th")],
)
def test_ordinals_end_as_they_are_said(number: int, ending: str) -> None:
    assert ordinal_ending(number) == ending


@pytest.mark.parametrize(
    ("style", "grade", "typed", "read"),
    [
        ("class_behind", "F4", "FELONY, CLASS 4", "F4"),
        ("class_behind", "M", "MISDEMEANOR", "M"),
        ("word", "FX", "FELONY", "F"),
        ("word", "MA", "MISDEMEANOR", "M"),
    ],
)
def test_a_grade_says_no_more_than_is_typed(style: str, grade: str, typed: str, read: str) -> None:
    assert typed_grade(style, grade) == (typed, read)


def test_a_cut_never_leaves_half_an_amount() -> None:
    rng = Random(1)
    for offense in offenses():
        for pattern in offense.official:
            whole = described(rng, offense, pattern)
            cut = cut_to(whole, 25)
            assert cut is None or cut.grams in (None, whole.grams)
            if cut and cut.grams:
                assert whole.text[slice(*whole.span)] in cut.text
    assert an_offense(rng, 1971, ("cannabis",)).citation.canonical.startswith("Ill. Rev. Stat.")

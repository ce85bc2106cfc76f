"""What the truth says could be read from the page, and hangs together."""

import re
from itertools import islice
from random import Random

import pytest

from specimens import Maker, layout_names
from specimens.facts import Act, Kind
from specimens.layout import layout_named
from specimens.offenses import an_offense, cut_to, described, offenses
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

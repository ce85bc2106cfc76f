"""The names that a run of ink may be."""

from dataclasses import replace
from itertools import pairwise

import pytest

from casefile.docket import Defendant, Reading, silent
from match.captions import name_in
from match.said import halves_of, names_besides, names_said, words_of

SURNAMES = {"MARLOW", "QUILL", "WHITE", "FENNELL", "PERIGO"}
GIVENS = {"DESMOND", "COLBY", "COL", "MELINDA", "KENDRICK", "AGUSTIN"}


def borne(kind: str, name: str) -> bool:
    return name in (SURNAMES if kind == "surname" else GIVENS)


def defendant(raw: str) -> Defendant:
    """As match.captions makes one."""
    name = name_in(raw)
    surname, given, middle = (
        Reading(text, raw) if text else silent() for text in (name.surname, name.given, name.middle)
    )
    return Defendant(
        surname=surname, given=given, middle=middle, suffix=silent(), aliases=(), birth_date=silent(), sex=silent(),
        race=silent(), ir_number=silent(), sid=silent(),
    )  # fmt: skip


def said(raw: str) -> set[tuple[str, str]]:
    """Surname and given name, each way."""
    names = names_said(defendant(raw), borne)
    return {(s.name, g.name) for one in names for s in one.surnames for g in one.givens}


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("COLBYPERIGO", ("PERIGO", "COLBY")),
        ("COLBYPER1GO", ("PER1GO", "COLBY")),
        ("PERIGOCOLBY", ("PERIGO", "COLBY")),
        ("MELINDA MARIEQUILL", ("MARIEQUILL", "MELINDA")),
        ("MARLOW, DESMONDTHEO", ("MARLOW", "DESMOND")),
        ("MarlowDesmond", ("MARLOW", "DESMOND")),
        ("WHI,TE DESMOND", ("WHITE", "DESMOND")),
        ("FENNELL.KENDRICK", ("FENNELL", "KENDRICK")),
        ("MARLOW AGUS TIN", ("MARLOW", "AGUSTIN")),
        ("MarLow, Desmond", ("MARLOW", "DESMOND")),
        ("DESMOND MARLOW", ("DESMOND", "MARLOW")),
    ],
)
def test_spaces_and_specks_that_the_ink_lost_or_won(raw: str, meant: tuple[str, str]) -> None:
    assert meant in said(raw)


def test_a_name_that_somebody_bears_is_not_taken_apart() -> None:
    assert said("MARLOW, DESMOND") == {("MARLOW", "DESMOND"), ("DESMOND", "MARLOW")}
    assert said("QUILL, COLBY") == {("QUILL", "COLBY"), ("COLBY", "QUILL")}


@pytest.mark.parametrize(("raw", "said_as"), [("MARLOW, DESMOND", "swapped"), ("DESMOND MARLOW", "turned")])
def test_only_a_comma_tells_which_name_comes_first(raw: str, said_as: str) -> None:
    assert [one.said_as for one in names_said(defendant(raw))] == ["main", said_as]


def mended(raw: str) -> set[tuple[str, str, str | None]]:
    """Surname, given and middle name of the readings with a space put in or taken out."""
    names = [one for one in names_said(defendant(raw), borne) if one.said_as == "mended"]
    return {(one.surnames[0].name, one.givens[0].name, one.middle) for one in names}


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("MARLOW, DESMONDTHEO", {("MARLOW", "DESMOND", "THEO")}),
        ("COLBYDESMOND, QUINCY", set()),
        ("COLBYDESMOND. QUINCY", set()),
        ("QUINCY MELINDASEN", {("SEN", "QUINCY", "MELINDA"), ("QUINCYMELINDA", "SEN", "")}),
    ],
)
def test_a_mended_name_uses_every_word_and_keeps_the_order_of_a_comma(raw: str, meant: set[object]) -> None:
    assert mended(raw) == meant


@pytest.mark.parametrize("raw", ["COLBYPERIGO", "PERIGO, COL BY", "Melinda Kendrick Fen nell", "MAR LOW, DESMOND", "~"])
def test_whatever_is_asked_of_a_word_is_known_beforehand(raw: str) -> None:
    """So that a long batch asks once for all that its names may ask."""
    asked: set[str] = set()

    def noting(kind: str, name: str) -> bool:
        asked.add(name)
        return borne(kind, name)

    one = defendant(raw) if raw != "~" else replace(defendant("MARLOW, D"), surname=Reading(None, raw, 0.0))
    names_besides(one, noting)
    words = words_of(one)
    pairs = {first + second for first, second in pairwise(words)}
    assert asked <= {*words, *pairs, *(half for word in words for half in halves_of(word))}
    assert asked or raw == "~"

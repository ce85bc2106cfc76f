"""Forms put together by chance: the same name is the same form, and what they state stands on them."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from specimens import Maker
from specimens.forms import ALL, FORMS, SEEN, _table, a_form, form_names
from specimens.render import cells_on
from specimens.specimen import Item


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return list(islice(Maker(11, layouts=form_names(6), stray_share=0.1).items(), 110))


def test_the_same_name_is_the_same_form() -> None:
    for name in form_names(2):
        a_form.cache_clear()
        first = a_form(name)
        a_form.cache_clear()
        assert a_form(name) == first


def test_the_same_seed_makes_the_same_pages() -> None:
    one, other = (
        [
            w.text
            for item in islice(Maker(4, layouts=form_names(3)).items(), 12)
            for s in item.specimens
            for w in cells_on(s.sheet)
        ]
        for _ in range(2)
    )
    assert one == other


def test_every_kind_of_paper_comes_up(items: list[Item]) -> None:
    kinds = Counter(s.document_kind for item in items for s in item.specimens)
    assert set(FORMS) <= set(kinds)


def test_words_kept_for_judging_are_on_no_form_of_training() -> None:
    unseen = {text for rows in _table()["labels"].values() for text in rows["unseen"]}
    for name in form_names(40, kinds=["certified_statement", "half_sheet"], stock=SEEN):
        form = a_form(name)
        printed = " ".join((*form.header, *form.before_charges)).upper()
        assert not any(f" {text}:" in printed for text in unseen)
    kept = " ".join(
        " ".join((*a_form(name).header, *a_form(name).before_charges)).upper()
        for name in form_names(40, kinds=["certified_statement"], stock=ALL)
    )
    assert any(text in kept for text in unseen)


@pytest.mark.parametrize("kind", FORMS)
def test_every_word_lies_on_the_paper(kind: str) -> None:
    for specimen in Maker(6, layouts=form_names(12, kinds=[kind]), stray_share=0).specimens(24):
        width, height = specimen.size
        for word in cells_on(specimen.sheet):
            left, top, right, bottom = word.bbox
            assert 0 < left < right < width + 60, (word, width, specimen.layout)
            assert 0 < top < bottom < height, (word, height, specimen.layout)


def test_what_is_stated_stands_on_the_paper(items: list[Item]) -> None:
    for item in items:
        for told in item.told:
            text = " ".join(w.text for page in told.pages for w in cells_on(item.specimens[page].sheet)).upper()
            who = told.record["defendant"]
            for value in (who["surname"], who["given"], who["ir_number"], who["sid"], told.record["arresting_agency"]):
                assert value is None or value in text, (value, item.specimens[told.pages[0]].layout)


def test_a_paper_that_tells_of_no_ending_states_none(items: list[Item]) -> None:
    for item in items:
        for told in item.told:
            if told.record["document_kind"] == "complaint":
                assert all(row["disposition"] is None for row in told.record["charges"])

"""What a stranger's page is said to tell stands on it, and the two halves have nothing in common."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest

from specimens import Item, Maker, Told, splits
from specimens.facts import Act, Kind
from specimens.layout import Line, layout_names
from specimens.offenses import offenses
from specimens.people import APOSTROPHE, COMPOUND, HYPHENS, SURNAMES
from specimens.strangers import STRANGERS
from specimens.strangers.dev_forms import CARD, JUDGMENTS, LEDGER, ORDER
from specimens.strangers.dev_statements import BLOCKS, OUTCOMES, SCREEN
from specimens.strangers.kept_forms import CALL, REGISTER
from specimens.strangers.kept_statements import PROSE, RESULTS, TABLE
from specimens.strangers.paper import OverprintError, Page
from specimens.strangers.wording import _descriptions
from training.pages import items, perfectly_read

NAMES = sorted(STRANGERS)
DATES = (
    *("%m/%d/%Y", "%m-%d-%Y", "%Y%m%d", "%Y-%m-%d", "%m/%d/%y", "%m-%d-%y", "%-m/%-d/%y", "%-m-%-d-%y"),
    *("%b %-d %y", "%B %-d, %Y", "%b. %-d, %Y", "%d-%b-%Y", "%d %b %Y", "%-d %B %Y"),
)


def made(name: str, total: int, seed: int = 41) -> Iterator[Item]:
    split = splits()["strangers_dev" if "_dev_" in name else "strangers"]
    return islice(Maker(seed, layouts=[name], fonts=split.fonts, wear=split.wear, stray_share=0).items(), total)


def rows_of(lines: tuple[Line, ...]) -> list[str]:
    return [" ".join(run.text for run in line.runs) for line in lines]


def text_of(item: Item, told: Told) -> str:
    """The pages of a record as one row of words."""
    pages = (item.specimens[page] for page in told.pages)
    return " ".join(" ".join(rows_of(page.sheet.lines)) for page in pages)


def days(iso: str) -> list[str]:
    day = date.fromisoformat(iso)
    long = [
        f"the {day.day}{th} {rest}"
        for th in ("st", "nd", "rd", "th")
        for rest in (day.strftime("day of %B, %Y"), day.strftime("of %B %Y"))
    ]
    return [*(day.strftime(form) for form in DATES), *long]


@pytest.mark.parametrize("name", NAMES)
def test_every_stranger_can_be_made_and_read_without_error(name: str) -> None:
    for item in made(name, 8):
        assert item.told
        for page, specimen in zip(perfectly_read(item).pages, item.specimens, strict=True):
            assert specimen.layout == name
            assert page.words
            width, height = specimen.size
            for word in specimen.words:
                left, top, right, bottom = word.bbox
                assert 0 <= left < right <= width, word
                assert 0 <= top < bottom <= height, word


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_makes_the_same_page(name: str) -> None:
    one, other = (list(made(name, 3)) for _ in range(2))
    assert one == other
    assert one != list(made(name, 3, seed=42))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told_stands_on_the_page(name: str) -> None:
    for item in made(name, 40):
        for told in item.told:
            page = text_of(item, told)
            _named_on(page, told)
            for charge in told.record["charges"]:
                _charge_on(page, charge)


def _named_on(page: str, told: Told) -> None:
    who, upper = told.record["defendant"], page.upper()
    bare = re.sub(r"[^0-9A-Z]", "", upper)
    assert told.record["docket_number"] in bare
    for part in (who["surname"], who["given"], who["suffix"], *(a.split(", ")[0] for a in who["aliases"])):
        assert (part or "") in upper
    for part in (who["ir_number"], who["sid"], told.record["arresting_agency"]):
        assert (part or "") in page
    for iso in (who["birth_date"], told.record["arrest_date"], told.record["filed_date"]):
        assert iso is None or any(day.upper() in upper for day in days(iso)), iso


def _cited(cited: str) -> list[str]:
    """Section and subsections as letters and digits, in the numbers of today and of before 1993."""
    known = [o.citation for o in offenses() if o.citation.canonical.startswith(cited)]
    subs = "".join(re.findall(r"\((\w+)\)?", cited)).upper()
    section = re.sub(r"\W", "", re.split(r"[/ ]", cited.partition("(")[0])[-1])
    olds = [re.sub(r"\W", "", c.old_section).upper() + subs for c in known if c.old_section]
    return [section.upper() + subs, *olds]


def _charge_on(page: str, charge: dict[str, object]) -> None:
    assert all(word in page.upper() for word in str(charge["description"]).upper().split()), charge
    for cited in str(charge["statute"]).rstrip(")").split(" ("):
        assert any(form in re.sub(r"[^0-9A-Z]", "", page.upper()) for form in _cited(cited)), charge
    for field in ("offense_date", "disposition_date"):
        if iso := charge[field]:
            assert any(day.upper() in page.upper() for day in days(str(iso))), charge
    figures = {f"{float(one):g}" for one in re.findall(r"\d+(?:\.\d+)?", page.replace(",", ""))}
    for sentence in charge["sentence"] or ():  # type: ignore[attr-defined]
        assert sentence["amount"] is None or f"{sentence['amount']:g}" in figures, charge
    for gram in charge["grams"] or ():  # type: ignore[attr-defined]
        assert gram is None or f"{gram:g}" in figures, charge


@pytest.mark.parametrize("name", NAMES)
def test_silence_is_told_as_silence(name: str) -> None:
    """No letter that looks like an amount in grams stands on the page of records that tell none."""
    for item in made(name, 30):
        told = [charge for one in item.told for charge in one.record["charges"]]
        if any(charge["grams"] for charge in told):
            continue
        pages = " ".join(text_of(item, one) for one in item.told)
        if not re.search("amend|AMD", pages):  # the charge that no longer stands may have had one
            assert not re.search(r"\d (GRAMS?|GRM|g\.)", pages)


def test_splits_hold_all_strangers_apart() -> None:
    dev, kept = splits()["strangers_dev"], splits()["strangers"]
    assert sorted((*dev.layouts, *kept.layouts)) == NAMES
    assert len(dev.layouts) == len(kept.layouts) == 6
    assert all("_dev_" in name for name in dev.layouts)
    assert not any("_dev_" in name for name in kept.layouts)
    assert (dev.fonts, dev.wear) == (splits()["train"].fonts, splits()["train"].wear)
    assert (kept.fonts, kept.wear) == (splits()["held_out"].fonts, splits()["held_out"].wear)
    assert not set(NAMES) & set(layout_names())
    for name in NAMES:
        assert set(STRANGERS[name].fonts) <= set((dev if "_dev_" in name else kept).fonts)


def test_items_of_a_split_are_of_that_split() -> None:
    for split in ("strangers_dev", "strangers"):
        seen = {s.layout for item in items(5, 60, split=split) for s in item.specimens if item.told}
        assert seen <= set(splits()[split].layouts)
        assert len(seen) >= 5


def test_the_halves_share_no_description() -> None:
    halves = _descriptions()
    every = {o.citation.canonical for o in offenses()}
    for half in halves.values():
        assert set(half) == every
    plain = [{re.sub(r"\W", "", w).upper() for words in half.values() for w in words} for half in halves.values()]
    assert not plain[0] & plain[1]


@pytest.mark.parametrize("tongue", [SCREEN, CARD, PROSE, REGISTER])
def test_tongues_of_entries_can_say_every_act(tongue: object) -> None:
    silent = {"filed", "bond", "defender", "arraigned", "continued", "jury_waived", "sentenced"}
    said = set(tongue.acts)  # type: ignore[attr-defined]
    assert {act.value for act in Act if act.value.partition("_")[0] not in silent and act.value not in silent} <= said


@pytest.mark.parametrize("tongue", [SCREEN, BLOCKS, CARD, LEDGER, ORDER, PROSE, TABLE, CALL, REGISTER])
def test_tongues_can_say_every_penalty(tongue: object) -> None:
    assert set(tongue.penalties) == {kind.value for kind in Kind}  # type: ignore[attr-defined]


def test_tables_can_say_every_end() -> None:
    assert set(OUTCOMES) == set(JUDGMENTS) == set(RESULTS)


def test_nobody_on_a_page_is_real() -> None:
    """Surnames are put together from the lists of invented people alone."""
    lists = {name.upper() for name in (*SURNAMES, *COMPOUND, *APOSTROPHE)}
    hyphened = {f"{name}-{other.upper()}" for name in lists for other in HYPHENS}
    for name in NAMES:
        for item in made(name, 5):
            for told in item.told:
                assert told.record["defendant"]["surname"] in lists | hyphened


def test_nothing_is_typed_over_something_else() -> None:
    page = Page(20)
    page.put(0, 0, "PEOPLE")
    for row, column, text in ((0, 3, "X"), (0, 6, "X"), (1, 18, "LONG")):
        with pytest.raises(OverprintError):
            page.put(row, column, text)
    page.put(0, 7, "VS")
    assert [run.text for run in page.lines[0].runs] == ["PEOPLE", "VS"]

"""Forms with boxes to cross: only what is crossed is said, and only where every box is clear."""
# ruff: noqa: E501 - a row of a table is easier to check in one piece

from __future__ import annotations

from dataclasses import replace

import pytest
from freed import is_freed
from typed_grid import a_page
from typed_papers import ORDER_FOOT, ORDER_HEAD

from casefile.docket import Charge, Disposition, DocumentKind
from casefile.ocr import OcrPage
from extract.calibration import thresholds
from extract.crossed import with_boxes_settled, with_crosses_alone_settled
from extract.records import records_of

LEAD = """\
    The defendant is charged with possession of cannabis, Ch. 56 1/2,
Par. 704(c). The Court orders:

"""
CHOICES = {
    "guilty": "The defendant is found guilty.",
    "not guilty": "The defendant is found not guilty and discharged.",
    "nolle": "On motion of the State the charge is nolle prosequi.",
    "supervision": "The defendant is placed on court supervision for 12 months.",
    "jail": "The defendant is sentenced to 30 days in the County Jail.",
}
STYLES = {"square": ("[X]", "[ ]"), "round": ("(x)", "( )"), "line": ("__X__", "_____"), "short": ("_X_", "___")}


def the_form(*crossed: str, style: str = "square", bare: str = "") -> OcrPage:
    full, empty = STYLES[style]
    marks = {name: "" if name == bare else full if name in crossed else empty for name in CHOICES}
    rows = [f"{marks[name]:<7} {words}".lstrip() for name, words in CHOICES.items()]
    return a_page(ORDER_HEAD.format(title="ORDER") + LEAD + "\n".join(rows) + "\n" + ORDER_FOOT)


def the_charges(page: OcrPage) -> tuple[Charge, ...]:
    return records_of([page], DocumentKind.SENTENCING_ORDER)[0].charges


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("crossed", "ending"),
    [
        (("supervision",), Disposition.SUPERVISION),
        (("nolle",), Disposition.NOLLE_PROSEQUI),
        (("guilty", "jail"), Disposition.GUILTY),
    ],
)
def test_what_is_crossed_is_what_was_ordered(style: str, crossed: tuple[str, ...], ending: Disposition) -> None:
    (charge,) = the_charges(the_form(*crossed, style=style))
    reading = charge.disposition
    assert reading.value is ending
    assert reading.confidence > 0.9


@pytest.mark.parametrize(
    "page",
    [
        the_form(),  # nothing is crossed
        the_form("guilty", "nolle"),
        the_form("jail", bare="nolle"),  # its box was not read
        the_form("guilty", "not guilty", "jail"),
    ],
)
def test_nobody_is_freed_by_boxes_that_do_not_say_one_thing(page: OcrPage) -> None:
    assert not any(map(is_freed, the_charges(page)))


def test_a_mark_that_is_not_clear_settles_no_box() -> None:
    page = the_form("nolle")
    words = tuple(replace(word, confidence=0.6) if "[" in word.text else word for word in page.words)
    faint = replace(page, words=words)
    assert with_boxes_settled(faint) is faint
    assert not any(map(is_freed, the_charges(faint)))


def test_a_line_to_sign_on_is_no_box() -> None:
    page = a_page("Charge dismissed.\n_____ Judge\n_____ Clerk\n_____ State's Attorney\n")
    assert with_boxes_settled(page) is page


NOLLE = """\
PEOPLE vs. BERNARD HOLLOMAN          DOB 04/12/70      NO. 89-CF-1193

  Count 1  720 ILCS 550/4(c)   Poss Cannabis 10-30 grams  Class A Misd

                       ORDER

{rows}

DATED: 06/04/1989      Judge Adele M. Okonjo
"""
BOXED = "  [X] State's motion nolle prosequi.\n  [ ] Guilty.\n  [X] {}"


@pytest.mark.parametrize("rows", [BOXED, "    State's motion nolle prosequi.\n    {}"])
@pytest.mark.parametrize(
    ("last", "freed"),
    [
        ("It is so ordered.", True), ("Void", False), ("Denied.", False), ("Stayed pending appeal.", False), ("As to co-defendant only.", False),
        ("Subject to approval of Presiding Judge.", False), ("In case 89-CM-44.", False), ("Draft", False),
    ],
)  # fmt: skip
def test_what_stands_below_an_ending_and_is_not_understood_frees_nobody(rows: str, last: str, *, freed: bool) -> None:
    (charge,) = the_charges(a_page(NOLLE.format(rows=rows.format(last))))
    assert is_freed(charge) == freed


def test_what_was_typed_in_under_an_empty_box_settles_none() -> None:
    rows = "  [X] Cause dismissed.\n  [ ] Plea of guilty.\n  [ ] Not guilty.\n      Dismissal vacated; 30 days County Jail."
    page = a_page(NOLLE.format(rows=rows))
    assert with_boxes_settled(page) is page
    assert not any(map(is_freed, the_charges(page)))


def crossed_alone(*crossed: str) -> OcrPage:
    rows = [f"{'X' if name in crossed else ' '}   {words}" for name, words in CHOICES.items()]
    return a_page(ORDER_HEAD.format(title="ORDER") + LEAD + "\n".join(rows) + "\n" + ORDER_FOOT)


@pytest.mark.parametrize(
    ("crossed", "ending"),
    [(("nolle",), Disposition.NOLLE_PROSEQUI), (("supervision",), Disposition.SUPERVISION), (("guilty", "jail"), Disposition.GUILTY)],
)  # fmt: skip
def test_where_only_crosses_were_read_the_rest_is_not_said_and_nothing_is_sure(
    crossed: tuple[str, ...], ending: Disposition
) -> None:
    (charge,) = the_charges(crossed_alone(*crossed))
    assert charge.disposition.value is ending
    assert charge.disposition.confidence < thresholds()["disposition"]


def test_a_row_that_goes_on_below_a_cross_is_said() -> None:
    whole = crossed_alone("nolle")
    wide = "X   The defendant is found not guilty of the charge, and the defendant is ordered"
    page = a_page(
        ORDER_HEAD.format(title="ORDER") + LEAD + f"{wide}\n    discharged.\n    The defendant is found guilty.\n"
    )
    assert [word.text for word in with_crosses_alone_settled(page).words][-2:] == ["ordered", "discharged."]
    assert "X" not in {word.text for word in with_crosses_alone_settled(whole).words}


def test_who_keeps_which_copy_of_a_form_orders_nothing() -> None:
    foot = "\nWhite - Court   Canary - Probation   Pink - Defendant   720 ILCS 550/10\n"
    page = a_page(ORDER_HEAD.format(title="ORDER") + LEAD + "    " + CHOICES["guilty"] + "\n" + ORDER_FOOT + foot)
    (charge,) = the_charges(page)
    assert charge.disposition.value is Disposition.GUILTY

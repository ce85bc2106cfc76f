"""Which pages are put together: by case, person, printed number, and how the entries go on."""

from __future__ import annotations

from itertools import permutations

import pytest
from typed_grid import a_page

from casefile.docket import DocumentKind, GapKind
from casefile.ocr import OcrPage
from extract.documents import documents_in
from extract.records import records_of

NAME, NUMBER = "MARLOW, DESMOND T", "93CR9912301"
OTHER_NAME, OTHER_NUMBER = "QUILLBY, TERRANCE", "88CR0456702"
FIRST = """\
                 CERTIFIED STATEMENT OF DISPOSITION{page}
 DEFENDANT: {name}      CASE NUMBER: {number}
 CHARGED WITH:
   COUNT 1  720-550/4(D)   F4   POSS CANNABIS 30-500 GRAMS
 03/11/93  DEFENDANT ARRAIGNED        C001
 05/20/93  PLEA OF GUILTY             C001
"""
NEXT = """\
 {name}     {number}{page}

 05/20/93  DEF SENTENCED TO PROBATION C001
           24 MTHS
 06/20/95  TERMINATED SATISFACTORILY  C001
"""
HEADLESS = """\
 05/20/93  DEF SENTENCED TO PROBATION C001
           24 MTHS
 06/20/95  TERMINATED SATISFACTORILY  C001
"""


def first(name: str = NAME, number: str = NUMBER, page: str = "", page_id: str = "first") -> OcrPage:
    return a_page(FIRST.format(name=name, number=number, page=page), page_id=page_id)


def following(name: str = NAME, number: str = NUMBER, page: str = "", page_id: str = "next") -> OcrPage:
    return a_page(NEXT.format(name=name, number=number, page=page), page_id=page_id)


def headless(text: str = HEADLESS, page_id: str = "headless") -> OcrPage:
    return a_page(text, page_id=page_id)


def blank(page_id: str = "blank") -> OcrPage:
    return a_page("", page_id=page_id, ink=0.0)


def unread(page_id: str = "unread") -> OcrPage:
    """Print that nobody could read."""
    return a_page(
        "\n".join(" ".join(f"x;{i}{j}~" for j in range(9)) for i in range(9)), page_id=page_id, confidence=0.2
    )


def grouped(*pages: OcrPage, unread_before: tuple[str, ...] = ()) -> list[list[str]]:
    return [list(d.page_ids) for d in documents_in(pages, unread_before)]  # type: ignore[arg-type]


COUNTS_ONE_AND_TWO = """\
 PEOPLE OF THE STATE OF ILLINOIS
    vs.  DESMOND MARLOW                        No. 89-CF-1193
                   BILL OF INDICTMENT
                        COUNT I
 The Grand Jurors upon their oaths present that on May 3, 1989 Desmond Marlow
 committed the offense of battery, in violation of 38-12-3, against the peace.
"""
COUNT_THREE = """\
                         {page}
                        COUNT III
 The Grand Jurors upon their oaths present that on May 3, 1989 {name}
 committed the offense of theft, in violation of 38-16-1, against the peace.
"""
ACCUSED = a_page(COUNTS_ONE_AND_TWO, page_id="first")


def accused_on(page: str, name: str = "Desmond Marlow") -> OcrPage:
    return a_page(COUNT_THREE.format(page=page, name=name), page_id="next")


TOGETHER = {
    "the same number and name": (first(), following()),
    "printed page numbers": (first(page="   PAGE 1"), following(page="   PAGE 2")),
    "a page with its number in the run and no name": (
        first(page="   PAGE 1"),
        a_page(f" CASE {NUMBER}   PAGE 2\n{HEADLESS}", page_id="next"),
    ),
    "a number with one character misread": (first(), following(number="93CR9912801")),
    "the next page of the run, the number badly misread": (
        first(page="   PAGE 1"),
        following(number="98CR9812801", page="   PAGE 2"),
    ),
    "the next page of the run, its number lost": (first(page="   PAGE 1"), following(number="~;~", page="   PAGE 2")),
    "the given name misread": (first(), following("MARLOW, DE5MOMD T", "~;~")),
    "the given name as an initial": (first(), following("MARLOW, D", "~;~")),
    "the given name cut short": (first("MARLOW, CHRISTOPHER"), following("MARLOW, CHRISTOPH", "~;~")),
    "no head at all": (first(), headless()),
    "counts that go on, each with its ending": (
        first(),
        a_page(" COUNT 2  720-5/12-3(A)  MA  BATTERY\n 05/20/93  NOLLE PROSEQUI  C002\n", page_id="next"),
    ),
    "counts that go on in words, a page numbered between dashes": (ACCUSED, accused_on("- 2 -")),
    "the word continued": (first(), a_page(f" (CONTINUED)\n {NAME}\n{HEADLESS}", page_id="next")),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_pages_of_one_document(name: str) -> None:
    pages = TOGETHER[name]
    assert grouped(*pages) == [[page.page_id for page in pages]]


APART = {
    "another case": (first(), following(OTHER_NAME, OTHER_NUMBER)),
    "one number, two persons": (first(), following(OTHER_NAME)),
    "another given name and no number": (first(), following("MARLOW, JEROME", "~;~")),
    "another given name under one number": (first(), following("MARLOW, JEROME")),
    "another given name in the run of pages": (
        first(page="   PAGE 1"),
        following("MARLOW, JEROME", "~;~", page="   PAGE 2"),
    ),
    "given names a letter apart that nobody misreads": (first("MARLOW, DEAN"), following("MARLOW, JEAN", "~;~")),
    "the other defendant of a case": (first(), following("PEEBLES, ORLANDO", NUMBER[:-2] + "02")),
    "two first pages": (first(page="   PAGE 1"), first(page="   PAGE 1", page_id="second")),
    "a whole statement and another of the same case": (first(), first(page_id="second")),
    "charges that begin anew": (
        first(),
        a_page(" COUNT 1  720-5/12-3(A)  MA  BATTERY\n 05/20/93  NOLLE PROSEQUI  C001\n", page_id="next"),
    ),
    "entries older than those they would follow": (first(), headless(HEADLESS.replace("/93", "/81"))),
    "a page between dashes that is not the next": (
        a_page(COUNTS_ONE_AND_TWO + "                         - 1 -\n", page_id="first"),
        accused_on("- 3 -"),
    ),
    "a page gone from the run and no number to tell": (
        first(page="   PAGE 1"),
        following(number="~;~", name="~", page="   PAGE 3"),
    ),
}


@pytest.mark.parametrize("name", APART)
def test_pages_of_two_documents(name: str) -> None:
    pages = APART[name]
    assert grouped(*pages) == [[page.page_id] for page in pages]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_pages_out_of_order_are_put_in_theirs(order: tuple[int, ...]) -> None:
    pages = [first(page="   PAGE 1"), *(following(page=f"   PAGE {n}", page_id=f"next{n}") for n in (2, 3))]
    assert grouped(*(pages[at] for at in order)) == [["first", "next2", "next3"]]


def test_a_first_page_that_lies_last_comes_first() -> None:
    assert grouped(following(), first()) == [["first", "next"]]


def test_pages_of_two_cases_that_lie_mixed_find_their_own() -> None:
    pages = (
        first(page_id="a1"),
        first(OTHER_NAME, OTHER_NUMBER, page_id="b1"),
        following(page_id="a2"),
        following(OTHER_NAME, OTHER_NUMBER, page_id="b2"),
    )
    assert grouped(*pages) == [["a1", "a2"], ["b1", "b2"]]


def test_a_blank_side_between_parts_nothing() -> None:
    assert grouped(first(), blank(), headless()) == [["first", "headless"], ["blank"]]


def test_a_page_that_was_not_read_between_leaves_what_follows_to_nobody() -> None:
    assert grouped(first(), unread(), headless()) == [["first"], ["unread"], ["headless"]]
    (record,) = records_of([headless()], DocumentKind.HALF_SHEET)
    assert GapKind.UNREAD_PAGE in {gap.kind for gap in record.gaps}


def test_a_page_set_aside_between_leaves_what_follows_to_nobody() -> None:
    assert grouped(first(), headless(), unread_before=("headless",)) == [["first"], ["headless"]]
    assert grouped(first(), following(), unread_before=("next",)) == [["first", "next"]]


def test_a_document_of_two_pages_is_one_record() -> None:
    pages = [first(), following()]
    (document,) = documents_in(pages)
    (record,) = records_of(pages, document.kind)
    assert record.charges[0].termination.value == "satisfactory"

"""The stretch of paper shown for a question holds the ink, lies on the page, and stands upright."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.archive import PageId
from casefile.ocr import BBox
from review_queue.desk import PageView
from review_queue.web import pictures

# No example is timed: the machine may be busy.
UNHURRIED = settings(deadline=None, max_examples=60)

PAGES = st.builds(
    PageView,
    st.just(PageId("p")),
    st.integers(1, 6000),
    st.integers(1, 6000),
    st.sampled_from([0, 90, 180, 270]),
    st.just(""),
)
BOXES = st.tuples(*[st.integers(-50, 6500)] * 4).map(lambda edges: BBox(*edges))


@UNHURRIED
@given(page=PAGES, ink=BOXES)
def test_what_is_cut_out_lies_on_the_page_and_holds_the_ink(page: PageView, ink: BBox) -> None:
    region = pictures.around(page, ink).region
    assert 0 <= region.left < region.right <= page.width
    assert 0 <= region.top < region.bottom <= page.height
    on_page = BBox(max(0, ink.left), max(0, ink.top), min(page.width, ink.right), min(page.height, ink.bottom))
    if on_page.width > 0 and on_page.height > 0:
        assert region.left <= on_page.left
        assert region.top <= on_page.top
        assert region.right >= on_page.right
        assert region.bottom >= on_page.bottom


@pytest.mark.parametrize(
    ("turned", "view_box"),
    [(0, "0 0 800 1000"), (180, "0 0 800 1000"), (90, "-100 100 1000 800"), (270, "-100 100 1000 800")],
)
def test_a_turned_page_is_framed_upright(turned: int, view_box: str) -> None:
    picture = pictures.whole(PageView(PageId("p"), 800, 1000, turned, ""))
    assert picture.view_box == view_box
    assert picture.transform == f"rotate({turned} 400 500)"
    assert picture.is_tall == (turned in (0, 180))


def test_a_line_of_context_stands_above_and_below_also_where_the_page_lies_on_its_side() -> None:
    upright = pictures.around(PageView(PageId("p"), 2550, 3300, 0, ""), BBox(500, 1000, 900, 1040)).region
    lying = pictures.around(PageView(PageId("p"), 3300, 2550, 90, ""), BBox(1000, 500, 1040, 900)).region
    assert (upright.top, upright.bottom) == (lying.left, lying.right)
    assert upright.top <= 1000 - 2 * 40
    assert upright.width == lying.height >= 30 * 40


def test_without_known_ink_the_whole_page_is_shown() -> None:
    page = PageView(PageId("p"), 800, 1000, 0, "")
    assert pictures.around(page, None).region == BBox(0, 0, 800, 1000)

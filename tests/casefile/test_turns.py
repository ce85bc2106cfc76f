"""The order of questions: whoever is closest to relief first, then what settles most, then what weighs most."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.archive import Page, PageId, Place, Sha256
from casefile.desk_rows import DeskRows
from casefile.docket import DocumentKind, RecordId
from casefile.review import ItemId, ItemKind, ReviewItem
from casefile.rows import DocumentRow, TriageRow
from casefile.store import Store
from casefile.turns import Turns
from tests.factories import a_record

RECORDS = 5
ME = 1
UNHURRIED = settings(deadline=None, max_examples=30)


def page(number: int) -> PageId:
    return PageId(f"p{number}")


def record(number: int) -> RecordId:
    return a_record(page(number)).record_id


@contextmanager
def shelf() -> Iterator[Store]:
    """A store with some records and a reviewer."""
    with TemporaryDirectory() as folder, Store(Path(folder) / "casefile.db") as store:
        with store.writing():
            for number in range(RECORDS):
                place = Place("b", page(number), "1.png", 0)
                store.add_pages([Page(page(number), place, Sha256(page(number)), 1)], size=1)
                row = DocumentRow(page(number), DocumentKind.CERTIFIED_STATEMENT, "k")
                store.put_document(row, place, [page(number)], [a_record(page(number))])
            assert DeskRows(store).add_user("R. Reviewer", "reviewer") == ME
        yield store


def ask(store: Store, number: int, person: str, asked: dict[str, float], *, relief: bool = True) -> None:
    """The questions of a record with their priorities, as triage leaves them."""
    items = [
        ReviewItem(ItemId(name), ItemKind.READING, record(number), None, None, "docket_number", "w", priority)
        for name, priority in asked.items()
    ]
    with store.writing(), Turns(store).moved(record(number), person, may_bring_relief=relief):
        store.put_triage(record(number), TriageRow("in_review", None), items, key="k")


def order(store: Store, after: str | None = None) -> list[str]:
    rows = DeskRows(store)
    last = None if after is None else store.item(after)
    return [item.item_id for item in rows.free_items(ME, now=0.0, after=last)]


def test_the_person_with_fewest_questions_left_comes_first_whatever_they_weigh() -> None:
    with shelf() as store:
        ask(store, 0, "P1", {"a": 99.0, "b": 98.0})
        ask(store, 1, "P1", {"c": 97.0})
        ask(store, 2, "P2", {"d": 5.0, "e": 6.0})
        assert order(store) == ["e", "d", "a", "b", "c"]
        ask(store, 0, "P1", {})
        assert order(store) == ["c", "e", "d"]


def test_where_nothing_open_brings_relief_comes_last() -> None:
    with shelf() as store:
        ask(store, 0, "P1", {"a": 99.0}, relief=False)
        ask(store, 1, "P2", {"b": 1.0, "c": 2.0, "d": 3.0})
        assert order(store) == ["d", "c", "b", "a"]
        ask(store, 2, "P1", {"e": 1.0})  # another record of theirs may
        assert order(store) == ["a", "e", "d", "c", "b"]


def test_what_more_records_wait_for_comes_first_and_is_asked_once() -> None:
    with shelf() as store:
        ask(store, 0, "P1", {"a": 50.0, "b": 90.0})
        ask(store, 1, "P2", {"a": 50.0, "c": 95.0})
        assert order(store) == ["a", "c", "b"]
        ask(store, 1, "P2", {"c": 95.0})
        assert order(store) == ["c", "b", "a"]


def test_a_question_two_records_wait_for_is_put_for_the_one_a_reviewer_may_see() -> None:
    with shelf() as store:
        ask(store, 0, "P1", {"a": 50.0})
        ask(store, 1, "P2", {"a": 50.0, "c": 95.0})
        with store.writing():
            DeskRows(store).recuse(ME, record(0))
        found = list(DeskRows(store).free_items(ME, now=0.0, after=None))
        assert [(item.item_id, item.record_id) for item in found] == [("a", record(1)), ("c", record(1))]


def test_a_record_that_passes_to_another_person_moves_both() -> None:
    with shelf() as store:
        ask(store, 0, "P1", {"a": 9.0})
        ask(store, 1, "P1", {"b": 8.0})
        ask(store, 2, "P2", {"c": 7.0, "d": 6.0})
        assert order(store) == ["a", "b", "c", "d"]
        ask(store, 1, "P2", {"b": 8.0})
        assert order(store) == ["a", "b", "c", "d"]
        ask(store, 0, "P2", {"a": 9.0})
        ask(store, 1, "P1", {"b": 8.0})
        assert order(store) == ["b", "a", "c", "d"]


def test_skipping_goes_on_behind_and_begins_again_at_the_end() -> None:
    with shelf() as store:
        ask(store, 0, "P1", {"a": 9.0})
        ask(store, 1, "P2", {"b": 9.0, "c": 8.0, "d": 8.0})
        assert order(store, after="b") == ["c", "d", "a", "b"]
        assert order(store, after="d") == ["a", "b", "c", "d"]
        assert order(store, after="gone") == ["a", "b", "c", "d"]


NAMES = st.sampled_from("abcdefgh")
STATES = st.tuples(
    st.integers(0, RECORDS - 1),
    st.sampled_from(["P1", "P2", "P3"]),
    st.dictionaries(NAMES, st.integers(0, 100).map(float), max_size=4),
    st.booleans(),
)


@UNHURRIED
@given(st.lists(STATES, min_size=1, max_size=10))
def test_the_kept_order_is_the_one_counted_from_scratch(steps: list[tuple[int, str, dict[str, float], bool]]) -> None:
    """Whatever changed in whichever order: each question once, persons by what is left, then by what it settles."""
    with shelf() as store:
        stands: dict[int, tuple[str, dict[str, float], bool]] = {}
        for number, person, asked, relief in steps:
            ask(store, number, person, asked, relief=relief)
            stands[number] = (person, asked, relief)
        assert order(store) == counted(stands)


def counted(stands: dict[int, tuple[str, dict[str, float], bool]]) -> list[str]:
    waiting = Counter(name for _, asked, _ in stands.values() for name in asked)
    best: dict[str, tuple[bool, int, float]] = {}
    for person, asked, _ in stands.values():
        theirs = [(names, relief) for who, names, relief in stands.values() if who == person and names]
        steps = len({name for names, _ in theirs for name in names})
        hopeless = not any(relief for _, relief in theirs)
        for name, priority in asked.items():
            turn = (hopeless, 0 if hopeless else steps, -100.0 * waiting[name] - priority)
            best[name] = min(best.get(name, turn), turn)
    return sorted(best, key=lambda name: (best[name], name))

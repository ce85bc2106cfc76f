"""What an attorney rules on a question of law, what it touches, and that revoking it leaves no trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from casefile.errors import ArgumentError
from casefile.law import Determination, Layer, Outcome
from casefile.store import Store
from clerk import archive as archives
from clerk import deciding, rulings
from clerk.archive import Archive
from tests.clerk.test_deciding import paper, rules, shelve
from tests.factories import a_charge, read

CASUAL = {"statute": read("720 ILCS 550/6")}
WHO = {"by": "A. Attorney", "reason": "punished as possession under Section 4"}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archives.create(tmp_path / "archive")


@pytest.fixture
def store(archive: Archive) -> Iterator[Store]:
    with archive.store() as opened:
        yield opened


@pytest.fixture
def dockets(store: Store) -> dict[str, str]:
    """Two casual deliveries, an ordinance, and a plain possession, each in a folder of its own."""
    found = {}
    for number, (name, statute) in enumerate(
        [("a", "720 ILCS 550/6"), ("b", "720 ILCS 550/6"), ("c", "Chicago Municipal Code 7-24-099"), ("d", None)]
    ):
        charge = {"statute": read(statute)} if statute else {}
        record = paper(name, charge=charge, docket_number=read(f"98C4401{number}301"))
        found[name] = shelve(store, f"f{name}", record).record_id
    return found


def only(store: Store, record_id: str) -> Determination:
    (found,) = store.determinations(record_id)  # type: ignore[arg-type]
    return found


def test_open_questions_are_grouped_and_the_most_waited_for_comes_first(
    archive: Archive, store: Store, dockets: dict[str, str]
) -> None:
    deciding.recompute(store, rules(archive, store), quiet=True)
    first, second = rulings.open_questions(store)
    assert (first.question, first.provision, len(first.waiting)) == ("R-CASUAL", "720 ILCS 550/6", 2)
    assert "casual delivery" in first.because
    assert (second.question, len(second.waiting)) == ("R-ORDINANCE", 1)
    assert not first.is_of_fact


def test_a_ruling_on_all_like_it_decides_them_and_nothing_else(
    archive: Archive, store: Store, dockets: dict[str, str]
) -> None:
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    plain, ordinance = only(store, dockets["d"]), only(store, dockets["c"])
    ruling, touched = rulings.rule(store, found, question="R-CASUAL", outcome=Outcome.MOTION, **WHO)
    assert touched == {dockets["a"], dockets["b"]}
    ruled = only(store, dockets["a"])
    assert (ruled.outcome, ruled.route, ruled.reason_codes) == (Outcome.MOTION, "i3", ("R-CASUAL", "RULED"))
    last = ruled.grounds[-1]
    assert last.layer is Layer.RULING
    assert WHO["reason"] in last.because
    assert (ruled.questions, ruling.by) == ((), WHO["by"])
    assert (only(store, dockets["c"]), only(store, dockets["d"])) == (ordinance, plain)
    assert [q.question for q in rulings.open_questions(store)] == ["R-ORDINANCE"]
    assert deciding.recompute(store, found, quiet=True) == 0


def test_revoking_gives_back_what_was_there_before(archive: Archive, store: Store, dockets: dict[str, str]) -> None:
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    before = {name: only(store, record) for name, record in dockets.items()}
    ruling, _ = rulings.rule(store, found, question="R-CASUAL", outcome=Outcome.INELIGIBLE, **WHO)
    assert only(store, dockets["b"]).outcome is Outcome.INELIGIBLE
    touched = rulings.revoke(store, found, ruling.ruling_id, by="B. Second", reason="new authority")
    assert touched == {dockets["a"], dockets["b"]}
    assert {name: only(store, record) for name, record in dockets.items()} == before
    (kept,) = rulings.all_rulings(store)
    assert (kept.stands, kept.revoked_by, kept.revoked_because) == (False, "B. Second", "new authority")
    with pytest.raises(ArgumentError, match="no standing ruling"):
        rulings.revoke(store, found, ruling.ruling_id, by="B. Second", reason="again")


def test_a_ruling_for_one_charge_goes_before_one_for_all_like_it(
    archive: Archive, store: Store, dockets: dict[str, str]
) -> None:
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    charge = only(store, dockets["a"]).charge_id
    rulings.rule(store, found, question="R-CASUAL", outcome=Outcome.INELIGIBLE, charge_id=charge, **WHO)
    rulings.rule(store, found, question="R-CASUAL", outcome=Outcome.MOTION, **WHO)
    assert only(store, dockets["a"]).outcome is Outcome.INELIGIBLE
    assert only(store, dockets["b"]).outcome is Outcome.MOTION
    rulings.rule(store, found, question="R-CASUAL", outcome=Outcome.REVIEW, charge_id=charge, **WHO)
    assert only(store, dockets["a"]).outcome is Outcome.REVIEW


def test_a_ruling_on_one_provision_leaves_the_others(archive: Archive, store: Store, dockets: dict[str, str]) -> None:
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    rulings.rule(
        store, found, question="R-CASUAL", outcome=Outcome.MOTION, provision="720 ILCS 550/9", **WHO
    )  # fmt: skip
    assert only(store, dockets["a"]).outcome is Outcome.REVIEW
    rulings.rule(
        store, found, question="R-CASUAL", outcome=Outcome.MOTION, provision="720 ILCS 550/6", **WHO
    )  # fmt: skip
    assert only(store, dockets["a"]).outcome is Outcome.MOTION


def test_a_statute_that_cannot_be_told_is_no_provision_and_not_any(archive: Archive, store: Store) -> None:
    """What is ruled of all charges like one nobody can parse reaches none of those that can be parsed."""
    early = {"offense_date": read(date(1965, 6, 1)), "disposition_date": read(date(1966, 1, 1))}
    for name, statute in (("x", "550 something"), ("z", "720 ILCS 5/18-1")):
        shelve(store, f"f{name}", paper(name, charge=early | {"statute": read(statute)}))
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    asked = {question.provision for question in rulings.open_questions(store)}
    assert asked == {"an unknown provision", "720 ILCS 5/18-1"}
    _, touched = rulings.rule(
        store, found, question="R-PRE-CCA", outcome=Outcome.MOTION, provision="an unknown provision", **WHO
    )
    assert touched == set()


def test_a_ruling_on_a_row_that_is_passed_leaves_theft_out_and_is_revoked_whole(archive: Archive, store: Store) -> None:
    late = {"offense_date": read(date(2019, 6, 1)), "disposition_date": read(date(2020, 1, 1))}
    theft = shelve(store, "f", paper("x", charge=late | {"statute": read("720 ILCS 5/16-25")})).record_id
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    before = only(store, theft)
    assert before.reason_codes == ("R-CONV-AFTER",)
    ruling, _ = rulings.rule(store, found, question="R-CONV-AFTER", outcome=Outcome.MOTION, **WHO)
    assert only(store, theft).reason_codes == ("X-NOT-4-5", "R-CONV-AFTER", "RULED")
    assert rulings.revoke(store, found, ruling.ruling_id, by="B. Second", reason="again") == {theft}
    assert only(store, theft) == before


def test_new_scans_meet_the_rulings_that_stand(archive: Archive, store: Store, dockets: dict[str, str]) -> None:
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    rulings.rule(store, found, question="R-CASUAL", outcome=Outcome.MOTION, **WHO)
    new = shelve(store, "fe", paper("e", charge=CASUAL, docket_number=read("97C44099901")))
    deciding.recompute(store, found, quiet=True)
    assert only(store, new.record_id).outcome is Outcome.MOTION


def test_a_doubtful_reading_is_no_question_of_law(archive: Archive, store: Store) -> None:
    """Casual delivery or an ordinance: ruling on the one leaves the doubt about which it is."""
    doubtful = read("720 ILCS 550/6", confidence=0.6, alternatives=(("Chicago Municipal Code 7-24-099", 0.4),))
    record = shelve(store, "f", paper("a", charge={"statute": doubtful}))
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    assert only(store, record.record_id).outcome is Outcome.REVIEW
    rulings.rule(store, found, question="R-CASUAL", outcome=Outcome.MOTION, **WHO)
    assert only(store, record.record_id).reason_codes == ("R-AMBIGUOUS:statute",)


def test_a_fact_no_page_shows_is_ruled_on_for_one_charge(archive: Archive, store: Store) -> None:
    battery = a_charge(2, statute=read("720 ILCS 5/12-3", confidence=1.0))
    first = paper("a")
    record = shelve(store, "f", replace(first, charges=(*first.charges, battery)))
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    mine = store.determinations(record.record_id)[0]
    assert mine.reason_codes == ("R-AMBIGUOUS:assoc.injury",)
    (question,) = [q for q in rulings.open_questions(store) if q.is_of_fact]
    assert question.waiting[0].charge_id == mine.charge_id
    with pytest.raises(ArgumentError, match="one charge"):
        rulings.rule(store, found, question=question.question, outcome=Outcome.MOTION, **WHO)
    rulings.rule(
        store, found, question=question.question, outcome=Outcome.MOTION, charge_id=mine.charge_id, **WHO
    )  # fmt: skip
    assert store.determinations(record.record_id)[0].outcome is Outcome.MOTION


@pytest.mark.parametrize(
    ("question", "outcome", "by", "reason", "named"),
    [
        ("R-NONSENSE", Outcome.MOTION, "A", "b", "R-CASUAL"),
        ("R-PENDING", Outcome.MOTION, "A", "b", "R-CASUAL"),
        ("R-CASUAL", Outcome.AUTO, "A", "b", "never automatic"),
        ("R-CASUAL", Outcome.REVIEW, "A", "b", "one charge"),
        ("R-CASUAL", Outcome.MOTION, " ", "b", "name"),
        ("R-CASUAL", Outcome.MOTION, "A", "", "reason"),
    ],
)
def test_what_cannot_be_ruled_is_refused_and_nothing_kept(
    archive: Archive, store: Store, question: str, outcome: Outcome, by: str, reason: str, named: str
) -> None:
    found = rules(archive, store)
    with pytest.raises(ArgumentError, match=named):
        rulings.rule(store, found, question=question, outcome=outcome, by=by, reason=reason)
    assert rulings.all_rulings(store) == ()


def test_who_ruled_and_why_stand_in_the_rows_and_not_in_the_audit(
    archive: Archive, store: Store, dockets: dict[str, str]
) -> None:
    found = rules(archive, store)
    deciding.recompute(store, found, quiet=True)
    rulings.rule(store, found, question="R-CASUAL", outcome=Outcome.MOTION, **WHO)
    told = json.dumps([list(row) for row in store.audit_rows()])
    assert "ruling" in told
    assert WHO["by"] not in told
    assert WHO["reason"] not in told

"""The outside of the package: laws and policies by name, errors in words, light to import, explained answers."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

import eligibility
from casefile.archive import PageId
from casefile.docket import (
    Disposition,
    Gap,
    GapKind,
    Grade,
    Grams,
    Reading,
    RecordId,
    SentenceKind,
    SentencePart,
    SettledBy,
    Source,
    Unit,
)
from casefile.errors import ArgumentError, ExitCode, InputError
from casefile.law import Determination, Outcome
from casefile.linkage import Candidate, Match, MatchStatus
from casefile.ocr import BBox
from casefile.persons import Person, PersonId
from eligibility.case import Case
from eligibility.determine import determine, load_law, load_policy
from eligibility.illinois.figures import load
from eligibility.parameters import in_force

AS_OF = date(2026, 6, 30)
INK = Source(PageId("p1"), BBox(1, 2, 3, 4))


def answer(case: Case, policy: str | None = None) -> Determination:
    chosen = load_policy(policy) if policy else None
    return determine(case, law=load_law("illinois"), policy=chosen, as_of=AS_OF, risk=0.005)[-1]


def test_a_law_and_its_version() -> None:
    assert load_law("illinois").version
    with pytest.raises(ArgumentError, match="illinois"):
        load_law("atlantis")


@pytest.mark.parametrize("name", ["cook_announced", "cook_announced_violent"])
def test_a_shipped_policy_goes_by_its_name(name: str) -> None:
    assert load_policy(name).name == name


def test_a_policy_is_taken_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(POLICY, encoding="utf-8")
    assert load_policy(str(path)).settings.classes == (Grade.MC,)


POLICY = """
name = "ours"
law = "illinois"
version = "1"
since = 2020-01-01
cite = "our office"
accompanying = "none"
possession_only = false
classes = ["MC"]
"""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (POLICY.replace("accompanying", "acompanying"), "acompanying"),
        (POLICY.replace("accompanying", "acompanying"), "its keys are .*cite, accompanying, possession_only, classes$"),
        (POLICY.replace('"none"', '"sometimes"'), "accompanying"),
        (POLICY.replace("version", "versoin"), "its keys are name, law, version, since, cite$"),
        (POLICY.replace('name = "ours"\n', ""), "name"),
        ("name = ", "TOML"),
    ],
)
def test_a_wrong_policy_file_is_bad_input_and_says_why(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=named) as raised:
        load_policy(str(path))
    assert raised.value.exit_code is ExitCode.INPUT


@pytest.mark.parametrize("name", ["no_such_policy", "/no/such/policy.toml"])
def test_a_missing_policy_is_bad_input(name: str) -> None:
    with pytest.raises(InputError):
        load_policy(name)


def test_a_policy_of_another_law_is_refused(a: Any) -> None:
    other = replace(load_policy("cook_announced"), law="elsewhere")
    with pytest.raises(ArgumentError):
        determine(Case(a.record(a.charge())), law=load_law("illinois"), policy=other, as_of=AS_OF, risk=0.005)


def test_a_policy_may_be_narrower_in_class(a: Any, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(POLICY, encoding="utf-8")
    assert answer(Case(a.record(a.charge())), str(path)).reason_codes == ("A-MCO-CONV", "P-CLASS")
    small = a.charge(statute="720 ILCS 550/4(a)", grade=Grade.MC)
    assert answer(Case(a.record(small)), str(path)).outcome is Outcome.AUTO


def test_the_law_comes_first_then_the_policy(a: Any) -> None:
    case = Case(a.record(a.charge(1), a.charge(2)))
    policy = load_policy("cook_announced")
    found = determine(case, law=load_law("illinois"), policy=policy, as_of=AS_OF, risk=0.005)
    assert [(d.count, d.policy) for d in found] == [(1, None), (1, policy.name), (2, None), (2, policy.name)]


def test_importing_loads_no_heavy_library() -> None:
    heavy = {"cv2", "numpy", "spacy", "pytesseract", "pdf2image", "sqlite3", "PIL"}
    code = f"import sys, eligibility.determine; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_figure_is_cited_with_a_mark() -> None:
    figures = load()
    dated = [*figures.classes.possession, *figures.classes.delivery, figures.classes.attempt, figures.violent]
    dated += [*figures.dates.deadline, *figures.dates.juvenile_felony, *figures.dates.juvenile_misdemeanor]
    dated += [
        getattr(figures.dates, name) for name in ("act", "civil", "minor_offense", "waiting", "cannabis_control_act")
    ]
    dated += [getattr(figures.silence, name) for name in ("offense_date", "conviction_date", "sentence")]
    assert all(re.search(r"\[[TOSU]\]", provision.cite) for provision in dated)


def test_provisions_stand_in_the_order_of_their_days() -> None:
    figures = load()
    lists = [figures.classes.possession, figures.classes.delivery, figures.dates.deadline]
    lists += [figures.dates.juvenile_felony, figures.dates.juvenile_misdemeanor]
    assert all([p.since for p in provisions] == sorted(p.since for p in provisions) for provisions in lists)
    assert in_force(figures.classes.possession, date(1971, 8, 15)) is None


def test_no_section_stands_in_two_parts_of_the_violent_list() -> None:
    violent = load().violent
    parts = [violent.yes, violent.turns, violent.is_not]
    named = [(s.act, section) for part in parts for s in part for section in s.sections]
    assert len(named) == len(set(named))


def test_the_grounds_are_the_rows_in_order_and_lead_to_the_ink(a: Any) -> None:
    statute = Reading("720 ILCS 550/4(b)", "56.5-704-B", sources=(INK,))
    found = answer(Case(a.record(a.charge(statute=statute))))
    met = [ground for ground in found.grounds if ground.met and not ground.because.startswith("note")]
    assert [ground.cite for ground in met] == ["720 ILCS 550/4(b), P.A. 90-397 [T]"]
    assert any(INK in ground.sources for ground in found.grounds)
    assert found.grounds[0].met is False
    notes = [ground.because for ground in found.grounds if ground.because.startswith("note")]
    assert "note: weight inferred from letter, class and date: over 2.5 to 10 g" in notes


def test_a_doubt_leaves_its_rows_unknown(a: Any) -> None:
    termination = answer(Case(a.record(a.charge(disposition=Disposition.SUPERVISION))))
    assert termination.reason_codes == ("R-AMBIGUOUS:termination",)
    assert termination.grounds[0].met is True
    assert None in [ground.met for ground in termination.grounds]
    (question,) = [q for q in termination.questions if q.field == "termination"]
    assert (question.record_id, question.count, question.about_ink) == ("r1", 1, True)


def test_what_a_person_could_not_read_is_not_asked_of_the_ink_again(a: Any) -> None:
    given_up: Reading[Any] = Reading(None, "??", 1.0, settled_by=SettledBy.REVIEWER)
    found = answer(Case(a.record(a.charge(disposition=given_up))))
    assert found.outcome is Outcome.REVIEW
    assert [q.about_ink for q in found.questions if q.field == "disposition"] == [False]


def test_a_question_of_pages_leads_to_the_page(a: Any) -> None:
    gap = Gap(GapKind.UNREAD_INK, INK.page_id, INK.bbox)
    found = answer(Case(a.record(a.charge(), gaps=[gap])))
    assert found.reason_codes == ("R-AMBIGUOUS:case.pages",)
    assert any(INK in ground.sources for ground in found.grounds)


def test_a_contradiction_names_what_to_ask(a: Any) -> None:
    found = answer(Case(a.record(a.charge(grams=Grams(60, 60)))))
    assert found.reason_codes == ("R-AMBIGUOUS:grams",)
    assert [q.field for q in found.questions] == ["grams", "grade", "statute", "offense_date"]


def test_more_doubt_than_can_be_weighed_goes_to_a_person(a: Any) -> None:
    def any_of(values: list[Any]) -> Reading[Any]:
        return Reading(values[0], "ink", 0.1, alternatives=tuple((value, 0.1) for value in values[1:]))

    days = range(1, 11)
    charge = a.charge(
        offense_date=any_of([date(1998, 5, day) for day in days]),
        disposition_date=any_of([date(1998, 9, day) for day in days]),
        sentence=any_of([(SentencePart(SentenceKind.FINE, float(day), Unit.DOLLARS),) for day in days]),
    )
    found = answer(Case(a.record(charge, birth_date=any_of([date(1960, 5, day) for day in days]))))
    assert (found.outcome, found.reason_codes) == (Outcome.REVIEW, ("R-OTHER",))
    assert "more doubtful readings" in found.grounds[0].because
    assert found.grounds[0].met is True


def test_alternatives_that_change_nothing_leave_an_answer_sure(a: Any) -> None:
    values: dict[str, tuple[Any, Any]] = {
        "statute": ("720 ILCS 550/4(b)", "720 ILCS 550/5(b)"),
        "offense_date": (date(1998, 5, 2), date(2001, 5, 2)),
        "disposition_date": (date(2005, 9, 1), date(2006, 9, 1)),
        "grams": (Grams(6, 6), Grams(7, 7)),
        "subsequent": (False, True),
        "section7": (False, None),
        "disposition": (Disposition.GUILTY, Disposition.GUILTY),
        "sentence": ((SentencePart(SentenceKind.FINE),), (SentencePart(SentenceKind.PROBATION, 1.0, Unit.YEARS),)),
    }
    fields = {n: Reading(v, "ink", 0.5, alternatives=((w, 0.5),)) for n, (v, w) in values.items()}
    sure = answer(Case(a.record(a.charge(**(fields | {"grade": None})))))
    assert sure.outcome is Outcome.AUTO  # every combination is relieved alike
    assert sure.probability == pytest.approx(1.0)


def test_a_birth_date_that_the_list_bears_out_is_as_sure_as_the_link(a: Any) -> None:
    from casefile.docket import RecordId
    from casefile.linkage import Candidate, Match, MatchStatus
    from casefile.persons import Person, PersonId

    born = date(1960, 1, 1)
    record = a.record(a.charge(), birth_date=Reading(born, "1-1-60", 0.9, alternatives=((date(1966, 1, 1), 0.05),)))
    match = Match(RecordId("r1"), MatchStatus.LINKED, (Candidate(PersonId("P1"), 0.999, ()),), "fields agree")
    assert answer(Case(record)).reason_codes == ("R-AMBIGUOUS:birth_date",)
    assert (
        answer(Case(record, match=match, person=Person(PersonId("P1"), "X", birth_date=born))).outcome is Outcome.AUTO
    )
    same = Person(PersonId("P1"), "X", birth_date=born)
    unsure = replace(match, status=MatchStatus.POSSIBLE)
    assert "birth_date" in [q.field for q in answer(Case(record, match=unsure, person=same)).questions]
    other = Person(PersonId("P1"), "X", birth_date=date(1961, 1, 1))
    assert answer(Case(record, match=match, person=other)).outcome is Outcome.REVIEW
    surer = a.record(a.charge(), birth_date=Reading(born, "1-1-60", 0.9995))
    assert answer(Case(surer, match=match, person=Person(PersonId("P1"), "X", birth_date=born))).outcome is Outcome.AUTO


def test_a_person_with_hundreds_of_charges_is_answered(a: Any) -> None:
    others = [a.charge(count, statute="720 ILCS 570/402(c)") for count in range(2, 202)]
    found = determine(
        Case(a.record(a.charge(), *others)), law=load_law("illinois"), policy=None, as_of=AS_OF, risk=0.005
    )
    assert [d.outcome for d in found] == [Outcome.AUTO] + [Outcome.INELIGIBLE] * 200


@pytest.mark.parametrize("amount", [1e12, 99.0])
def test_a_term_beyond_all_calendars_is_not_over(a: Any, amount: float) -> None:
    long = (SentencePart(SentenceKind.PRISON, amount, Unit.YEARS),)
    charge = a.charge(statute="720 ILCS 550/4(d)", grade=Grade.F4, sentence=long)
    assert answer(Case(a.record(charge))).reason_codes == ("R-AMBIGUOUS:sentence_complete",)


@pytest.mark.parametrize(
    "module", ["parameters", "illinois.figures", "california.figures", "illinois.overlay", "california.overlay", "laws"]
)
def test_no_figure_may_be_misspelt_or_changed(module: str) -> None:
    shapes = [
        shape
        for shape in vars(importlib.import_module(f"eligibility.{module}")).values()
        if isinstance(shape, type) and issubclass(shape, msgspec.Struct)
    ]
    assert shapes
    for shape in shapes:
        assert shape.__struct_config__.forbid_unknown_fields
        assert shape.__struct_config__.frozen


def test_nothing_that_is_known_of_a_case_can_be_changed() -> None:
    """Answers are kept and used again: what they were made of must stay what it was. A search alone has a state."""
    names = [found.name for found in pkgutil.walk_packages(eligibility.__path__, "eligibility.")]
    shapes = {
        shape
        for name in names
        for shape in vars(importlib.import_module(name)).values()
        if isinstance(shape, type) and dataclasses.is_dataclass(shape) and shape.__module__.startswith("eligibility")
    }
    assert len(shapes) > 20
    assert {shape.__name__ for shape in shapes if not shape.__dataclass_params__.frozen} == {"Search"}  # type: ignore[attr-defined]
    assert all("__slots__" in vars(shape) for shape in shapes)


@pytest.mark.parametrize("weight", [1.0, 0.5, 0.1])
@pytest.mark.parametrize("doubt", [0.0, 0.004, 0.006, 0.03, 0.04, 0.2])
def test_doubt_counts_for_what_its_weight_says(a: Any, weight: float, doubt: float) -> None:
    guilty = a.read(Disposition.GUILTY, 1 - doubt, (Disposition.SUPERVISION, doubt)) if doubt else Disposition.GUILTY
    case = Case(a.record(a.charge(disposition=guilty), birth_date=date(1970, 1, 1)), weight=weight)
    (found,) = determine(case, law=load_law("illinois"), policy=None, as_of=AS_OF, risk=0.005)
    (plain,) = determine(replace(case, weight=1.0), law=load_law("illinois"), policy=None, as_of=AS_OF, risk=0.4)
    assert plain.probability is not None
    against = weight * (1 - plain.probability)
    assert (found.outcome is not Outcome.REVIEW) == (against <= 0.005)
    if found.probability is not None:
        assert found.probability == pytest.approx(1 - against)


@pytest.mark.parametrize("weight", [1.0, 0.5])
@pytest.mark.parametrize(("link", "answered"), [(0.9925, False), (0.996, True)])
def test_the_doubt_of_a_link_is_never_weighed_down(a: Any, weight: float, link: float, answered: bool) -> None:
    match = Match(RecordId("r1"), MatchStatus.LINKED, (Candidate(PersonId("P1"), link, ()),), "fields agree")
    person = Person(PersonId("P1"), "QUILLBY", birth_date=date(1960, 1, 1))
    case = Case(a.record(a.charge()), match=match, person=person, weight=weight)
    (found,) = determine(case, law=load_law("illinois"), policy=None, as_of=AS_OF, risk=0.005)
    assert (found.outcome is not Outcome.REVIEW) is answered
    assert found.probability is None or found.probability <= link + 1e-9

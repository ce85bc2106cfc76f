"""What another charge of a person may be, as California looks at it, and what a history of such charges answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casefile.docket import Disposition, Reading, SentenceKind, SentencePart, Termination, Unit, silent
from eligibility.california.citation import Cited, cited_in
from eligibility.california.figures import load
from eligibility.california.history import History, Past, Prior, citations, completion, convictions, options
from eligibility.case import SILENT

AS_OF = date(2019, 11, 11)
OFFENSE, CONVICTED = date(2010, 1, 15), date(2010, 6, 1)
YES, NO, OPEN = (True,), (False,), (False, True)
ILLEGIBLE: Reading[Any] = Reading(None, "l9?l", 0.2)


def unsure(value: Any, *alternatives: tuple[Any, float]) -> Reading[Any]:
    return Reading(value, "ink", 0.9, alternatives=alternatives)


def cited(text: str) -> Cited:
    found = cited_in(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("disposition", "termination", "expected"),
    [
        (Disposition.GUILTY, None, YES),
        (Disposition.DISMISSED, None, NO),
        (Disposition.OTHER, None, OPEN),
        (Disposition.SEALED, None, OPEN),
        (None, None, OPEN),
        (ILLEGIBLE, None, OPEN),
        (unsure(Disposition.GUILTY), None, OPEN),
        (Reading(Disposition.GUILTY, "ink", 0.99), None, YES),
        (Disposition.SUPERVISION, Termination.REVOKED, YES),
        (Disposition.SUPERVISION, Termination.SATISFACTORY, NO),
        (Disposition.SUPERVISION, None, OPEN),
        (Disposition.SUPERVISION, ILLEGIBLE, OPEN),
        (Disposition.SUPERVISION, unsure(Termination.SATISFACTORY), OPEN),
        (Disposition.FIRST_OFFENDER_PROBATION, Termination.SATISFACTORY, NO),
    ],
)
def test_whether_it_ended_in_a_conviction(a: Any, disposition: Any, termination: Any, expected: Any) -> None:
    assert convictions(a.charge(disposition=disposition, termination=termination)) == expected


@pytest.mark.parametrize(
    ("statute", "expected"),
    [
        ("PC 187", ("PC 187",)),
        (None, (None,)),
        ("??", (None,)),
        (ILLEGIBLE, (None,)),
        (unsure("PC 187", ("PC 484", 0.05), (None, 0.05)), ("PC 187", "PC 484", None)),
        (unsure("PC 187", ("PC 484", 0.0)), ("PC 187", None)),
        (unsure("??"), (None,)),
    ],
)
def test_what_it_may_cite(a: Any, statute: Any, expected: tuple[str | None, ...]) -> None:
    assert citations(a.charge(statute=statute)) == tuple(text and cited_in(text) for text in expected)


def test_a_day_that_is_not_sure_may_be_any() -> None:
    day, other = date(2001, 2, 3), date(2001, 2, 8)
    assert options(Reading(day, "ink")) == (day,)
    assert options(silent()) == (None,)
    assert options(ILLEGIBLE) == (None,)
    assert options(unsure(day, (other, 0.05), (date(1999, 1, 1), 0.0))) == (day, other, None)


PROBATION = (SentencePart(SentenceKind.PROBATION, 2, Unit.YEARS),)
FINE = (SentencePart(SentenceKind.FINE, 100, Unit.DOLLARS),)


@pytest.mark.parametrize(
    ("fields", "stated", "expected"),
    [
        ({}, {"sentence_complete": Reading(True, "x")}, True),
        ({}, {"sentence_complete": Reading(False, "x")}, False),
        ({}, {"sentence_complete": unsure(False)}, None),  # nor is a term told that would be over by now
        ({}, {"sentence_end": Reading(AS_OF, "x")}, True),
        ({}, {"sentence_end": Reading(date(2019, 11, 12), "x")}, False),
        ({}, {"sentence_end": ILLEGIBLE}, None),
        ({"sentence": FINE, "disposition_date": None}, {}, True),
        ({"sentence": (*FINE, *PROBATION), "disposition_date": None}, {}, None),
        ({"sentence": PROBATION}, {}, True),
        ({"sentence": PROBATION, "disposition_date": date(2018, 1, 1)}, {}, None),
        ({"sentence": unsure(PROBATION)}, {}, None),
        ({"sentence": PROBATION, "disposition_date": unsure(CONVICTED)}, {}, None),
        ({"sentence": PROBATION, "violated": True}, {}, None),
        ({"sentence": PROBATION, "violated": ILLEGIBLE}, {}, None),
        ({"sentence": PROBATION, "termination": Termination.REVOKED}, {}, None),
        ({"sentence": PROBATION, "termination": Termination.SATISFACTORY}, {}, True),
    ],
)
def test_whether_its_sentence_is_complete(a: Any, fields: dict[str, Any], stated: Any, expected: Any) -> None:
    charge = a.charge(**({"disposition_date": CONVICTED, "sentence": None} | fields))
    silence = load().dates.sentence
    known = replace(SILENT, **stated)
    assert completion(charge, known, AS_OF, (silence.margin_years, silence.years_if_no_term)) is expected


BEFORE = date(2005, 1, 1)
PAST = Past((cited("PC 187"),), YES, (BEFORE,), False, False, True, True)
STRIKE = PAST
PETTY = replace(PAST, cited=(cited("PC 484"),))
POT = replace(PAST, cited=(cited("HS 11359"),))


def history(*pasts: Past, whole: bool = True, registrant: tuple[bool, ...] = NO) -> History:
    return History(pasts, load().priors, whole=whole, registrant=registrant)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, {Prior.BEFORE}),
        ({"decided": (OFFENSE,)}, {Prior.DATE_OPEN}),
        ({"decided": (CONVICTED,)}, {Prior.NONE}),
        ({"decided": (date(2010, 5, 31),)}, {Prior.DATE_OPEN}),
        ({"decided": (None,)}, {Prior.DATE_OPEN}),
        ({"same_docket": None}, {Prior.DATE_OPEN}),
        ({"same_docket": True}, {Prior.NONE}),
        ({"convicted": OPEN}, {Prior.NONE, Prior.BEFORE}),
        ({"convicted": NO}, {Prior.NONE}),
        ({"of_person": None}, {Prior.NONE, Prior.BEFORE}),
        ({"of_person": False}, {Prior.NONE}),
        ({"cited": (None,)}, {Prior.NONE, Prior.BEFORE}),
        ({"cited": (cited("PC 187"), cited("PC 484"))}, {Prior.NONE, Prior.BEFORE}),
        ({"cited": (cited("PC 484"),)}, {Prior.NONE}),
        ({"decided": (BEFORE, CONVICTED)}, {Prior.NONE, Prior.BEFORE}),
    ],
)
def test_how_a_conviction_stands_before_an_offense(changed: dict[str, Any], expected: set[Prior]) -> None:
    assert set(history(replace(STRIKE, **changed)).prior(OFFENSE, OFFENSE, CONVICTED)) == expected


def test_what_a_history_leaves_open_it_leaves_open_of_priors() -> None:
    def prior(*pasts: Past, **known: Any) -> set[Prior]:
        return set(history(*pasts, **known).prior(OFFENSE, OFFENSE, CONVICTED))

    assert prior() == {Prior.NONE}
    assert prior(whole=False) == {Prior.NONE, Prior.BEFORE}
    assert prior(registrant=YES) == {Prior.DATE_OPEN}
    assert prior(registrant=OPEN) == {Prior.NONE, Prior.DATE_OPEN}
    assert prior(STRIKE, whole=False, registrant=OPEN) == {Prior.BEFORE}


def test_two_earlier_convictions_under_one_section() -> None:
    def two(*pasts: Past, convicted: date | None = CONVICTED, **known: Any) -> tuple[bool, ...]:
        return history(*pasts, **known).has_two_earlier("11359", convicted)

    on_the_day = replace(POT, decided=(CONVICTED,))
    assert two(POT, POT) == YES
    assert two(POT) == two(POT, PETTY) == two(POT, on_the_day) == NO
    assert two(POT, replace(POT, convicted=OPEN)) == OPEN
    assert two(POT, replace(POT, decided=(None,))) == OPEN
    assert two(POT, replace(POT, cited=(None,))) == OPEN
    assert two(POT, replace(POT, of_person=None)) == OPEN
    assert two(POT, replace(POT, cited=(cited("HS 11359"), cited("HS 11360(a)")))) == OPEN
    assert two(POT, replace(POT, cited=(cited("PC 664/HS 11359"),))) == NO
    assert two(POT, POT, convicted=None) == OPEN
    assert two(POT, convicted=None) == NO
    assert two(POT, whole=False) == OPEN


def test_cannabis_beside_a_charge() -> None:
    def beside(past: Past, *, event: bool = False, **known: Any) -> tuple[bool, ...]:
        return history(past, **known).cannabis_beside(event=event)

    here, by_event = replace(POT, same_docket=True), replace(POT, same_event=True)
    assert beside(here) == beside(here, event=True) == beside(by_event, event=True) == YES
    assert beside(by_event) == beside(POT) == beside(POT, event=True) == beside(replace(PETTY, same_docket=True)) == NO
    assert beside(replace(POT, same_docket=None)) == beside(replace(POT, same_event=None), event=True) == OPEN
    assert beside(replace(here, of_person=None)) == beside(replace(here, cited=(None,))) == OPEN
    assert beside(replace(here, cited=(cited("HS 11359"), cited("PC 484")))) == OPEN
    assert beside(replace(here, of_person=False)) == NO
    assert beside(POT, whole=False) == OPEN


def test_a_gang_enhancement_in_the_docket() -> None:
    def gang(*texts: str | None, **changed: Any) -> tuple[bool, ...]:
        pasts = (replace(PAST, cited=(text and cited(text),), same_docket=True) for text in texts)
        return history(*(replace(past, **changed) for past in pasts)).gang_in_docket()

    assert gang("PC 246", "PC 186.22(b)(4)") == YES
    assert gang("PC 246") == gang("PC 186.22(b)(4)") == gang("PC 484", "PC 186.22(b)(4)") == NO
    assert gang("PC 246", None) == OPEN
    assert gang("PC 246", "PC 186.22(b)(4)", same_docket=None) == YES
    assert gang("PC 246", "PC 186.22(b)(4)", same_docket=False) == NO
    assert gang("PC 246", "PC 186.22(b)(4)", convicted=NO) == NO
    assert history(whole=False).gang_in_docket() == OPEN


def test_free_of_convictions_since_a_day() -> None:
    def free(*pasts: Past, own: date | None = BEFORE, **known: Any) -> tuple[bool, ...]:
        return history(*pasts, **known).is_free_since(OFFENSE, own)

    def on(day: date | None) -> Past:
        return replace(PETTY, decided=(day,))

    assert free() == free(on(OFFENSE)) == free(own=OFFENSE) == YES
    assert free(on(CONVICTED)) == free(own=CONVICTED) == NO
    assert free(on(None)) == free(own=None) == free(whole=False) == OPEN
    assert free(replace(on(CONVICTED), convicted=OPEN)) == free(replace(PETTY, decided=(BEFORE, CONVICTED))) == OPEN
    assert free(replace(on(OFFENSE), convicted=OPEN)) == free(replace(on(CONVICTED), convicted=NO)) == YES


def test_what_holds_of_every_conviction() -> None:
    either = replace(POT, cited=(cited("HS 11359"), cited("PC 484")))
    assert history(POT).only_cannabis == history().only_cannabis == YES
    assert history(POT, PETTY).only_cannabis == NO
    assert history(POT, replace(PETTY, convicted=NO)).only_cannabis == YES
    assert history(either).only_cannabis == history(replace(PETTY, convicted=OPEN)).only_cannabis == OPEN
    assert history(POT, whole=False).only_cannabis == OPEN
    assert history(POT).all_complete == YES
    assert history(POT, replace(PETTY, complete=False)).all_complete == NO
    assert history(replace(PETTY, complete=None)).all_complete == history(POT, whole=False).all_complete == OPEN
    assert history(replace(PETTY, complete=False, convicted=OPEN)).all_complete == OPEN

"""The day before and the day of every date in the law, and both sides of every weight."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from casefile.docket import Disposition, Grade, Grams, SentenceKind, SentencePart, Unit
from casefile.law import Determination
from eligibility.case import Case
from eligibility.citation import Citation, Kind
from eligibility.determine import determine, load_law
from eligibility.doubt import Branch, Doubt, merged, sure
from eligibility.features import DEFERRED, OPEN, STOPPED
from eligibility.illinois.associated import NOTHING, UNKNOWN, Level, State, _most_open
from eligibility.illinois.features import ending_group
from eligibility.illinois.figures import Figures, fits_grade, fits_grams, load
from eligibility.terms import anniversary, end_of_longest

FIGURES = load()
POSSESSION = Citation(Kind.STATE, "720 ILCS 550", "4")
DELIVERY = Citation(Kind.STATE, "720 ILCS 550", "5")


def answer(a: Any, as_of: date = date(2026, 6, 30), *, arrest: Any = None, birth: Any = None, **fields: Any) -> str:
    record = a.record(a.charge(**({"grade": None} | fields)), arrest_date=arrest, birth_date=birth)
    found = determine(Case(record), law=load_law("illinois"), policy=None, as_of=as_of, risk=0.005)[0]
    return said(found)


def said(found: Determination) -> str:
    return " ".join((found.outcome, *found.reason_codes))


@pytest.mark.parametrize(
    ("offense", "letter", "expected"),
    [
        ("1971-08-15", "b", "review R-PRE-CCA"),
        ("1971-08-16", "b", "review R-CLASS-ERA"),
        ("1973-08-12", "b", "review R-CLASS-ERA"),
        ("1973-08-13", "b", "auto A-MCO-CONV"),
        ("1997-08-14", "f", "review R-AMBIGUOUS:grams"),
        ("1997-08-15", "f", "ineligible X-CLASS"),
        ("2016-07-28", "c", "auto A-MCO-CONV"),
        ("2016-07-29", "c", "motion M-CLASS4"),
        ("2016-07-28", "a", "auto A-MCO-CONV"),
        ("2016-07-29", "a", "auto A-CIVIL"),
        ("2019-06-24", "b", "auto A-MCO-CONV"),
        ("2019-06-25", "b", "ineligible X-AFTER-ACT"),
    ],
)
def test_possession_by_day_of_offense(a: Any, offense: str, letter: str, expected: str) -> None:
    day = date.fromisoformat(offense)
    fields = {
        "statute": f"720 ILCS 550/4({letter})",
        "offense_date": day,
        "disposition_date": min(day, date(2019, 6, 24)),
    }
    if day >= date(2019, 6, 24):
        fields["disposition_date"] = day
    assert answer(a, **fields) == expected


@pytest.mark.parametrize(
    ("offense", "expected"),
    [("1983-09-23", "review R-CLASS-ERA"), ("1983-09-24", "auto A-MCO-CONV")],
)
def test_delivery_by_day_of_offense(a: Any, offense: str, expected: str) -> None:
    fields = {"statute": "720 ILCS 550/5(c)", "grams": Grams(20, 20), "offense_date": date.fromisoformat(offense)}
    assert answer(a, **fields) == expected


def test_a_letter_proves_no_weight_where_letters_are_not_confirmed(a: Any) -> None:
    fields = {"statute": "720 ILCS 550/5(c)", "offense_date": date(1983, 9, 23), "disposition": Disposition.DISMISSED}
    assert answer(a, **fields) == "review R-AMBIGUOUS:grams"


@pytest.mark.parametrize(("decided", "expected"), [(24, "auto A-MCO-CONV"), (25, "review R-CONV-AFTER")])
def test_conviction_before_and_on_the_day_of_the_act(a: Any, decided: int, expected: str) -> None:
    fields = {"offense_date": date(2019, 3, 1), "disposition_date": date(2019, 6, decided)}
    assert answer(a, **fields) == expected


def test_a_conviction_before_its_offense_may_be_of_any_day(a: Any) -> None:
    assert answer(a, disposition_date=date(1998, 5, 1)) == "review R-AMBIGUOUS:disposition_date"


def test_a_civil_violation_is_no_conviction_after_the_act(a: Any) -> None:
    fields = {"statute": "720 ILCS 550/4(a)", "offense_date": date(2019, 3, 1), "disposition_date": date(2019, 9, 1)}
    assert answer(a, **fields) == "auto A-CIVIL"


@pytest.mark.parametrize(
    ("arrest", "as_of", "expected"),
    [
        ("2019-01-10", "2020-01-09", "review R-TOO-SOON"),
        ("2019-01-10", "2020-01-10", "auto A-NONCONV"),
        ("2016-02-29", "2017-02-28", "review R-TOO-SOON"),
        ("2016-02-29", "2017-03-01", "auto A-NONCONV"),
    ],
)
def test_a_year_since_arrest(a: Any, arrest: str, as_of: str, expected: str) -> None:
    day = date.fromisoformat(arrest)
    fields = {"offense_date": min(day, date(2016, 2, 1)), "disposition": Disposition.NOLLE_PROSEQUI}
    assert answer(a, date.fromisoformat(as_of), arrest=day, **fields) == expected


@pytest.mark.parametrize(
    ("letter", "as_of", "expected"),
    [
        ("b", "2016-02-28", "review R-TOO-SOON"),
        ("b", "2016-03-01", "auto A-NONCONV"),
        ("d", "2016-02-28", "review R-TOO-SOON"),
        ("d", "2016-03-01", "motion M-PETITION-B"),
    ],
)
def test_stricken_with_leave_waits_a_year_whatever_the_weight(a: Any, letter: str, as_of: str, expected: str) -> None:
    fields = {
        "statute": f"720 ILCS 550/4({letter})",
        "offense_date": date(2015, 3, 1),
        "disposition": Disposition.STRICKEN_OFF_LEAVE,
    }
    assert answer(a, date.fromisoformat(as_of), **fields) == expected


@pytest.mark.parametrize(
    ("born", "offense", "letter", "expected"),
    [
        # 17 until 2010 for misdemeanors, until 2014 for felonies; 18 since
        ("1992-01-01", "2008-12-31", "b", "review R-JUVENILE"),
        ("1992-01-01", "2009-01-01", "b", "auto A-NONCONV"),
        ("1992-12-31", "2009-12-31", "b", "auto A-NONCONV"),
        ("1992-12-31", "2010-01-01", "b", "review R-JUVENILE"),
        ("1993-01-01", "2010-12-31", "b", "review R-JUVENILE"),
        ("1993-01-01", "2011-01-01", "b", "auto A-NONCONV"),
        ("1996-06-01", "2013-12-31", "e", "motion M-PETITION-B"),
        ("1996-06-01", "2014-01-01", "e", "review R-JUVENILE"),
        ("1996-06-01", "2014-05-31", "e", "review R-JUVENILE"),
        ("1996-06-01", "2014-06-01", "e", "motion M-PETITION-B"),
        # born on 29 February: of age on 1 March
        ("1992-02-29", "2010-02-28", "b", "review R-JUVENILE"),
        ("1992-02-29", "2010-03-01", "b", "auto A-NONCONV"),
    ],
)
def test_age_lines(a: Any, born: str, offense: str, letter: str, expected: str) -> None:
    fields = {
        "statute": f"720 ILCS 550/4({letter})",
        "offense_date": date.fromisoformat(offense),
        "disposition": Disposition.DISMISSED,
    }
    assert answer(a, birth=date.fromisoformat(born), **fields) == expected


def test_between_the_age_lines_an_unknown_class_is_a_doubt(a: Any) -> None:
    fields = {"offense_date": date(2012, 5, 1), "disposition_date": date(2012, 6, 1), "statute": "720 ILCS 570/402(c)"}
    born = date(1995, 1, 1)
    assert answer(a, birth=born, **fields) == "review R-AMBIGUOUS:grade"
    assert answer(a, birth=born, grade=Grade.F4, **fields) == "ineligible X-NOT-4-5"
    assert answer(a, birth=born, grade=Grade.MA, **fields) == "review R-JUVENILE"


@pytest.mark.parametrize(
    ("arrested", "due"),
    [
        ("1999-12-31", "2025-01-01"),
        ("2000-01-01", "2023-01-01"),
        ("2012-12-31", "2023-01-01"),
        ("2013-01-01", "2021-01-01"),
        ("2019-06-24", "2021-01-01"),
        ("2019-06-25", None),
    ],
)
def test_deadline_by_the_day_of_the_record(a: Any, arrested: str, due: str | None) -> None:
    charge = a.charge(offense_date=date(1998, 5, 2), disposition=Disposition.DISMISSED)
    case = Case(a.record(charge, arrest_date=date.fromisoformat(arrested)))
    found = determine(case, law=load_law("illinois"), policy=None, as_of=date(2026, 6, 30), risk=0.005)[0]
    notes = [ground.because for ground in found.grounds if ground.because.startswith("note: police records were due")]
    assert notes == ([f"note: police records were due for expungement by {due}"] if due else [])


def bands(figures: Figures) -> list[tuple[Citation, date, float, str, str]]:
    """Every weight between two bands: the section, a day of the era, the weight, and the letters beside it."""
    found = []
    for section, eras in ((POSSESSION, figures.classes.possession), (DELIVERY, figures.classes.delivery)):
        for era in eras:
            found += [
                (section, era.since, low.to, low.letter, high.letter)
                for low, high in zip(era.bands, era.bands[1:], strict=False)
            ]
    return found


@pytest.mark.parametrize(("section", "day", "weight", "below", "above"), bands(FIGURES))
def test_both_sides_of_every_weight(section: Citation, day: date, weight: float, below: str, above: str) -> None:
    def letters(grams: float) -> set[str]:
        return {v.letter for v in FIGURES.variants(section, day) if fits_grams(v, Grams(grams, grams))}

    assert letters(weight) == {below}
    assert letters(weight + 0.01) == {above}


@pytest.mark.parametrize(
    ("section", "day", "classes"),
    [
        ("4", "1973-08-13", "MC MB MA/F4 F4/F3 F3"),
        ("4", "1997-08-15", "MC MB MA/F4 F4/F3 F3 F2 F1"),
        ("4", "2016-07-29", "V MB MA/F4 F4/F3 F3 F2 F1"),
        ("5", "1983-09-24", "MB MA F4 F3 F2"),
        ("5", "1997-08-15", "MB MA F4 F3 F2 F1 FX"),
        ("5", "2019-06-24", "MB MA F4 F3 F2 F1 FX"),
    ],
)
def test_classes_by_era(section: str, day: str, classes: str) -> None:
    found: dict[str, list[str]] = {}
    for variant in FIGURES.variants(Citation(Kind.STATE, "720 ILCS 550", section), date.fromisoformat(day)):
        found.setdefault(variant.letter, []).append(str(variant.grade))
    assert " ".join("/".join(grades) for grades in found.values()) == classes


def test_an_attempt_is_one_step_down_and_of_a_civil_violation_there_is_none() -> None:
    attempt = Citation(Kind.STATE, "720 ILCS 550", "5", attempt=True)
    assert [v.grade for v in FIGURES.variants(attempt, date(2000, 1, 1))] == ["M", "M", "MA", "F4", "F3", "F2", "F1"]
    small = Citation(Kind.STATE, "720 ILCS 550", "4", "a", attempt=True)
    assert FIGURES.variants(small, date(2017, 1, 1)) == ()


@pytest.mark.parametrize(
    ("stated", "fits"),
    [
        (Grams(2.5, 10), True),  # leaves out 2.5, holds 10
        (Grams(10, 30), False),
        (Grams(None, 2.5), False),
        (Grams(None, 2.6), True),
        (Grams(9, None), True),
        (Grams(10, None), False),
        (Grams(10.0, 10.0), True),
        (Grams(2.5, 2.5), False),
        (Grams(-3.0, -3.0), False),
        (Grams(2.6, 2.7), True),
        (Grams(float("nan"), float("nan")), False),
    ],
)
def test_a_stated_amount_fits_the_band_of_2_5_to_10(stated: Grams, fits: bool) -> None:
    (band,) = FIGURES.variants(Citation(Kind.STATE, "720 ILCS 550", "4", "b"), date(1998, 1, 1))
    assert fits_grams(band, stated) is fits


def test_an_amount_below_a_gram_fits_the_lowest_band() -> None:
    (band,) = FIGURES.variants(Citation(Kind.STATE, "720 ILCS 550", "4", "a"), date(1998, 1, 1))
    assert fits_grams(band, Grams(None, 0.5))
    assert fits_grams(band, Grams(0.5, 0.5))


@pytest.mark.parametrize(
    ("grade", "fits"),
    [(None, True), (Grade.MB, True), (Grade.M, True), (Grade.MA, False), (Grade.F, False), (Grade.P, False)],
)
def test_a_printed_class_fits_class_b(grade: Grade | None, fits: bool) -> None:
    (band,) = FIGURES.variants(Citation(Kind.STATE, "720 ILCS 550", "4", "b"), date(1998, 1, 1))
    assert fits_grade(band, grade) is fits


@pytest.mark.parametrize(
    ("statute", "grade", "offense", "expected"),
    [
        ("720 ILCS 600/3.5", Grade.V, "2016-07-29", "auto A-CIVIL"),
        ("720 ILCS 600/3.5", Grade.V, "2016-07-28", "ineligible X-NOT-4-5"),
        ("720 ILCS 600/3.5", Grade.MA, "2016-07-29", "ineligible X-NOT-4-5"),
        ("720 ILCS 600/3.5", None, "2016-07-29", "review R-AMBIGUOUS:grade"),
        ("Chicago Municipal Code 7-24-099", None, "2013-01-01", "review R-ORDINANCE"),
        ("720 ILCS 550/6", None, "2001-01-01", "review R-CASUAL"),
        ("720 ILCS 550/7", None, "2001-01-01", "ineligible X-NOT-4-5"),
        ("720 ILCS 550/8(a)", Grade.MA, "2001-01-01", "ineligible X-NOT-4-5"),
        ("HS 11357(b)", None, "2001-01-01", "ineligible X-NOT-4-5"),
        ("720 ILCS 5/8-4 (720 ILCS 550/4(c))", None, "2001-01-01", "motion M-ATTEMPT"),
        ("720 ILCS 5/8-4 (720 ILCS 550/5(e))", None, "2001-01-01", "ineligible M-ATTEMPT"),
        ("720 ILCS 5/8-4 (720 ILCS 550/5(c))", None, "1980-01-01", "review R-CLASS-ERA"),
        ("720 ILCS 5/8-4 (720 ILCS 570/402(c))", None, "2001-01-01", "ineligible X-NOT-4-5"),
        ("720 ILCS 5/8-4", None, "2001-01-01", "review R-AMBIGUOUS:statute"),
        ("not a citation", None, "2001-01-01", "review R-AMBIGUOUS:statute"),
        ("720 ILCS 550/5(d)", None, "1980-01-01", "review R-CLASS-ERA"),
    ],
)
def test_provisions(a: Any, statute: str, grade: Grade | None, offense: str, expected: str) -> None:
    day = date.fromisoformat(offense)
    assert answer(a, statute=statute, grade=grade, offense_date=day, disposition_date=day) == expected


@pytest.mark.parametrize(
    ("disposition", "statute", "expected"),
    [
        (Disposition.PENDING, "720 ILCS 550/4(b)", "review R-PENDING"),
        (Disposition.WARRANT, "720 ILCS 550/4(d)", "review R-PENDING"),
        (Disposition.TRANSFERRED, "720 ILCS 550/4(b)", "review R-PENDING"),
        (Disposition.SUPERSEDED, "720 ILCS 550/4(b)", "review R-PENDING"),
        (Disposition.OTHER, "720 ILCS 550/4(b)", "review R-OTHER"),
        (Disposition.ABATED, "720 ILCS 550/4(b)", "auto A-NONCONV"),
        (Disposition.VACATED, "720 ILCS 550/4(b)", "auto A-NONCONV"),
        (Disposition.LEAVE_TO_FILE_DENIED, "720 ILCS 550/4(d)", "motion M-PETITION-B"),
        (Disposition.NO_PROBABLE_CAUSE, "720 ILCS 5/8-4 (720 ILCS 550/4(c))", "review M-ATTEMPT"),
        (Disposition.PENDING, "720 ILCS 5/8-4 (720 ILCS 550/4(c))", "review R-PENDING"),
    ],
)
def test_endings(a: Any, disposition: Disposition, statute: str, expected: str) -> None:
    assert answer(a, disposition=disposition, statute=statute) == expected


def test_the_end_of_time_is_no_error(a: Any) -> None:
    fields = {"disposition": Disposition.DISMISSED, "offense_date": None}
    assert answer(a, arrest=date.max, **fields) == "ineligible X-AFTER-ACT"
    assert answer(a, arrest=date.min, **fields) == "review R-PRE-CCA"
    assert anniversary(date.max, 1) == date.max
    assert anniversary(date.min, -1) == date.min
    assert anniversary(date(2, 3, 4), -1) == date(1, 3, 4)
    assert anniversary(date(9998, 3, 4), 1) == date(9999, 3, 4)


def test_before_the_act_there_is_no_class() -> None:
    assert FIGURES.variants(POSSESSION, date(1971, 8, 15)) == ()


def test_every_boundary_has_its_eve_among_the_days_tried() -> None:
    from eligibility.illinois.features import representative_days

    days = representative_days(FIGURES)
    assert all(day in days and day - timedelta(days=1) in days for day in FIGURES.boundaries)


def test_endings_that_the_law_treats_alike_are_one() -> None:
    groups: dict[Disposition | None, set[Disposition | None]] = {}
    for disposition in (None, *Disposition):
        groups.setdefault(ending_group(disposition), set()).add(disposition)
    alone = {*DEFERRED, Disposition.GUILTY, Disposition.STRICKEN_OFF_LEAVE, Disposition.OTHER, None}
    rest = set(Disposition) - alone - set(STOPPED) - set(OPEN)
    assert sorted(map(len, groups.values())) == sorted([1] * len(alone) + [len(STOPPED), len(OPEN), len(rest)])
    assert {frozenset(STOPPED), frozenset(OPEN), frozenset(rest)} <= set(map(frozenset, groups.values()))
    assert all(groups[ending] == {ending} for ending in alone)


def test_a_term_of_nothing_is_over_the_day_it_begins() -> None:
    start = date(2001, 1, 31)
    for unit, end in ((Unit.DAYS, start), (Unit.MONTHS, start), (Unit.YEARS, start)):
        assert end_of_longest(start, (SentencePart(SentenceKind.JAIL, 0.0, unit),), 5) == end


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (1, Unit.DAYS, "2001-02-01"),
        (0.5, Unit.DAYS, "2001-02-01"),
        (1, Unit.MONTHS, "2001-03-03"),  # of 31 February: never early
        (10.5, Unit.MONTHS, "2001-12-31"),
        (11, Unit.MONTHS, "2001-12-31"),
        (1, Unit.YEARS, "2002-01-31"),
        (1.01, Unit.YEARS, "2002-03-03"),
        (None, None, "2006-01-31"),
    ],
)
def test_when_a_term_ends(amount: float | None, unit: Unit | None, expected: str) -> None:
    parts = (SentencePart(SentenceKind.JAIL, amount, unit), SentencePart(SentenceKind.FINE, 900, Unit.DOLLARS))
    assert end_of_longest(date(2001, 1, 31), parts, 5) == date.fromisoformat(expected)


def test_of_what_is_associated_the_most_open_is_asked_first_and_what_is_settled_never() -> None:
    def of(open_share: float, *, doubt: float = 0.0) -> Doubt[State]:
        left = 1 - open_share - doubt
        states = ((left, NOTHING), (open_share, UNKNOWN), (doubt, State(Level.YES, Level.YES)))
        return merged(Branch(p, (state,)) for p, state in states if p)

    yes = sure(State(Level.YES, Level.NO))
    doubts = [of(0.0), of(0.1), of(1.0), yes, of(0.0, doubt=0.4), of(0.3), of(0.05)]
    assert _most_open(doubts, range(len(doubts))) == [2, 5, 4, 1]
    assert _most_open(doubts, [0, 3]) == []
    assert _most_open(doubts, [6, 0]) == [6]

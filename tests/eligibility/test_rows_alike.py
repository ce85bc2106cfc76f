"""Rows of data that look alike and are not: what the shared answer must not leave out."""

from __future__ import annotations

import importlib
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clerk.batch import Done, Rules
from eligibility.illinois.figures import load
from eligibility.laws import load_law, load_policy
from tests.clerk.test_batch import CALIFORNIA, PLAIN, decided, rules, run, said

GUILTY = {"disposition": "guilty", "disposition_date": "2002-06-01"}
SMALL = {"statute": "11357(b) HS", "grade": "M"}
LATER = date(2019, 11, 11)


def test_two_convictions_of_one_arrest_without_a_docket_accompany_each_other(tmp_path: Path) -> None:
    by = rules("illinois", "cook_announced")
    assert by.policy == load_policy("cook_announced")
    row = PLAIN | {"person_id": "P1", "arrest_date": "1998-05-02", "count": "1"}
    first, second = decided(tmp_path, row, row | {"record_id": "r2"}, by=by)
    assert said(first) == said(second)
    assert first["outcome"] != "auto"
    assert "P-ACCOMPANIED" in first["reason_codes"]


def test_a_gang_offense_may_count_by_an_enhancement_in_a_row_of_its_own(tmp_path: Path) -> None:
    own = CALIFORNIA | {"person_id": "P1", "docket_number": "A"}
    shooting = CALIFORNIA | GUILTY | {"record_id": "r2", "statute": "246 PC", "person_id": "P1", "docket_number": "B"}
    gang = shooting | {"record_id": "r3", "statute": "186.22(B)(4) PC"}
    by = rules("california", as_of=LATER)
    assert said(decided(tmp_path, own, shooting, by=by)[0]).startswith("auto")
    assert decided(tmp_path, own, shooting, gang, by=by)[0]["outcome"] == "review"


def test_one_illegible_registration_among_many_rows_is_no_silence(tmp_path: Path) -> None:
    assert load_law("california").alike is not None
    own = CALIFORNIA | {"person_id": "P1", "docket_number": "A", "sex_registrant": ""}
    petty = own | GUILTY | {"statute": "484 PC"}
    many = [petty | {"record_id": f"r{n}", "docket_number": f"B{n}"} for n in range(2, 80)]
    by = rules("california", as_of=LATER)
    assert said(decided(tmp_path, own, *many, by=by)[0]).startswith("auto")
    many[40]["sex_registrant"] = "ye?"
    assert decided(tmp_path, own, *many, by=by)[0]["outcome"] == "review"


def both_ways(folder: Path, rows: list[dict[str, str]], by: Rules) -> tuple[Done, list[tuple[str, str]]]:
    """The answers and grounds of rows decided with reuse, after finding them the same as those decided one by one."""
    done, together = run(folder, rows, by=by)
    _, alone = run(folder, rows, by=replace(by, law=replace(by.law, alike=None)))
    told = [[(said(row), row["why"]) for row in found] for found in (together, alone)]
    assert told[0] == told[1]
    return done, told[0]


@pytest.mark.parametrize("boundary", sorted(load().boundaries))
def test_the_arrest_that_stands_for_an_offense_is_told_apart_near_a_boundary(tmp_path: Path, boundary: date) -> None:
    days = [boundary + timedelta(days=more) for more in (-40, -1, 0, 1, 29, 30, 31, 32, 60, 61)]
    silent = PLAIN | {"offense_date": "", "statute": "720 ILCS 550/4(b)"}
    rows = [silent | {"record_id": f"r{day}", "arrest_date": day.isoformat()} for day in days]
    rows += [silent | {"record_id": "none", "arrest_date": ""}]
    _, told = both_ways(tmp_path, rows, rules())
    assert told[-1][0] == "review R-AMBIGUOUS:offense_date"


@pytest.mark.parametrize(("law", "base"), [("illinois", PLAIN), ("california", CALIFORNIA | SMALL)])
def test_a_birth_told_several_ways_is_decided_once_for_all_it_means_the_same_to(
    tmp_path: Path, law: str, base: dict[str, str]
) -> None:
    ways = [("1960-01-01", "1961-02-03"), ("1960-05-01", "1963-02-03"), ("1960-01-01", "1995-02-03"), ("1996-01-01",)]
    rows = [
        base | {"record_id": f"r{way}{n}", "person_id": f"P{way}", "docket_number": f"D{way}{n}", "birth_date": born}
        for way, births in enumerate(ways)
        for n, born in enumerate(births)
    ]
    by = rules(law, as_of=date(2019, 11, 11) if law == "california" else rules().as_of)
    done, told = both_ways(tmp_path, rows, by)
    assert told[0][0] == told[2][0] != told[4][0]
    assert done.decided == {"illinois": 3, "california": 4}[law]


@pytest.mark.parametrize("ending", ["dismissed", "stricken_off_leave", "supervision"])
def test_endings_without_conviction_are_told_apart_by_the_arrest(tmp_path: Path, ending: str) -> None:
    """By the deadline band that is printed, and by the year that must be over; the day it is over is printed too."""
    cuts = [figure.since for figure in load().dates.deadline] + [date(2025, 6, 30)]
    days = [cut + timedelta(days=more) for cut in cuts if cut.year > 1 for more in (-2, -1, 0, 1, 2)]
    base = PLAIN | {"disposition": ending, "termination": "satisfactory" if ending == "supervision" else ""}
    rows = [base | {"record_id": f"r{day}", "arrest_date": day.isoformat()} for day in days]
    _, told = both_ways(tmp_path, rows, rules())
    assert len(set(told)) >= 5


def some_persons(seed: int, total: int) -> list[dict[str, str]]:
    """California rows of persons who come back, most of them plain; here and there one that cannot be told."""
    rng = random.Random(seed)
    rows = []
    for number in range(total):
        person, begun = rng.randrange(total // 3), date(1990, 1, 1) + timedelta(days=rng.randrange(9000))
        statute = rng.choice(["11357(b) HS", "11359 HS", "11359 HS", "484 PC", "187 PC", "246 PC", "32 PC", "??"])
        decided_on = begun + timedelta(days=60)
        rows.append(CALIFORNIA | {
            "record_id": f"r{number}", "person_id": f"P{person}", "docket_number": f"D{person}-{rng.randrange(3)}",
            "count": rng.choice(["1", "2", "3"]), "statute": statute, "grade": "M" if "(b)" in statute else "F",
            "offense_date": rng.choice([begun.isoformat()] * 20 + [""]),
            "disposition_date": rng.choice([decided_on.isoformat()] * 20 + ["", "20l1"]),
            "disposition": rng.choice(["guilty"] * 8 + ["dismissed", "supervision", "expunged"]),
            "sentence": rng.choice(["", "2 years probation", "100 dollars fine", "??"]),
            "sentence_complete": rng.choice(["yes", ""]), "birth_date": f"{1960 + person % 30}-03-04",
            "sentence_end": rng.choice([""] * 9 + ["2015-01-01", "2030-01-01"]),
            "sex_registrant": rng.choice([""] * 40 + ["yes"]), "source_confidence": rng.choice([""] * 60 + ["0.9"]),
        })  # fmt: skip
    return rows


@pytest.mark.parametrize("policy", [None, "ca_example", "ca_statute"])
def test_rows_of_one_history_have_the_answers_they_would_have_alone(
    tmp_path: Path, policy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.import_module("eligibility.california.alike"), "KEPT_TOLD", 40)
    rows = some_persons(3, 160)
    plain = [
        CALIFORNIA | {"record_id": f"p{n}", "person_id": f"Q{n // 2}", "docket_number": f"E{n}", "statute": statute}
        | {"offense_date": f"20{n % 9:02}-02-03", "disposition_date": f"20{n % 9:02}-08-09"}
        for n, statute in enumerate(["11359 HS", "484 PC"] * 20)
    ]  # fmt: skip
    done, _ = both_ways(tmp_path, rows + plain, rules("california", policy, LATER))
    assert done.decided < len(rows) + len(plain) - 20


ENDS = [
    {"disposition": "guilty"},
    {"disposition": "guilty", "statute": "720 ILCS 550/4(d)", "sentence": "2 years probation"},
    {"disposition": "dismissed", "statute": "720 ILCS 550/5(c)"},
    {"disposition": "supervision", "statute": "720 ILCS 550/4"},
    {"disposition": "guilty", "statute": "720 ILCS 5/12-3"},
]


def near(line: date) -> list[date]:
    return [line + timedelta(days=more) for more in (-1, 0, 1)]


def test_days_on_either_side_of_every_line_of_illinois_are_told_apart(tmp_path: Path) -> None:
    by, figures = rules(), load()
    years = [by.as_of.replace(year=by.as_of.year - back) for back in (1, 2, 3, 4, 11)]
    lines = sorted({*figures.boundaries, *(d.since for d in figures.dates.deadline if d.since.year > 1), *years})
    cells: list[dict[str, date | str]] = []
    for day in (day for line in (*lines, by.as_of) for day in near(line)):
        cells += [
            {"offense_date": day, "disposition_date": day},
            {"offense_date": day, "disposition_date": day - timedelta(days=1)},
            {"offense_date": day, "disposition_date": ""},
            {"offense_date": date(1998, 5, 2), "disposition_date": day},
            {"offense_date": date(1979, 5, 2), "arrest_date": day, "disposition_date": ""},
            {"offense_date": day, "birth_date": date(day.year - 17, day.month, min(day.day, 28))},
            {"offense_date": day, "birth_date": date(day.year - 18, day.month, min(day.day, 28) + 1)},
        ]
    rows = [
        PLAIN | end | {name: str(value) for name, value in each.items()} | {"record_id": f"{n}-{m}"}
        for n, end in enumerate(ENDS)
        for m, each in enumerate(cells)
    ]
    done, _ = both_ways(tmp_path, rows, by)
    assert done.decided < len(rows) / 2


@pytest.mark.parametrize("policy", [None, "cook_announced"])
def test_what_stands_beside_is_told_apart_by_all_it_may_mean(tmp_path: Path, policy: str | None) -> None:
    """Neighbours of one charge, each in a docket of its own: violent or not, turning on this fact or on that."""
    statutes = [
        "720 ILCS 5/12-3", "720 ILCS 5/12-3.2", "720 ILCS 5/16-25", "720 ILCS 5/10-3", "720 ILCS 5/21-1", "nonsense",
        "720 ILCS 5/8-4 (720 ILCS 5/9-1)", "720 ILCS 550/4(b)", "720 ILCS 550/4(d)", "625 ILCS 5/6-303", "HS 11359",
    ]  # fmt: skip
    beside = [
        {"statute": statute, "grade": grade, "disposition": ending, "termination": end}
        for statute in statutes
        for grade in ("", "F4", "MA")
        for ending, end in (("guilty", ""), ("dismissed", ""), ("supervision", ""), ("supervision", "revoked"))
    ]
    rows = []
    for number, other in enumerate(beside):
        key = {"person_id": f"P{number}", "docket_number": f"D{number}", "birth_date": "1960-01-01"}
        own = PLAIN | {"grade": "", "termination": ""} | key
        rows += [own | {"record_id": f"a{number}", "count": "1"}]
        rows += [own | other | {"record_id": f"b{number}", "count": "2"}]
    done, told = both_ways(tmp_path, rows, rules("illinois", policy))
    assert done.decided < len(rows) * 0.6
    assert len({answer for answer, _ in told[::2]}) >= 3


def test_all_below_the_age_line_have_one_answer_but_where_the_docket_may_be_sealed(tmp_path: Path) -> None:
    young = PLAIN | {"birth_date": "1990-01-01"}
    unlike = [
        {"statute": "720 ILCS 550/5(d)"},
        {"statute": "720 ILCS 5/12-3"},
        {"disposition": "dismissed"},
        {"offense_date": "", "arrest_date": "1998-05-02"},
        {"sentence": "30 years prison"},
    ]
    rows = [young | each | {"record_id": f"r{n}", "docket_number": f"D{n // 2}"} for n, each in enumerate(unlike)]
    done, told = both_ways(tmp_path, rows, rules("illinois", "cook_announced"))
    assert {answer for answer, _ in told} == {"review R-JUVENILE"}
    assert done.decided == 1
    sealed = young | {"record_id": "s", "docket_number": "D0", "count": "9", "disposition": "sealed"}
    _, told = both_ways(tmp_path, [*rows, sealed], rules())
    assert [answer for answer, _ in told].count("review R-JUVENILE") == len(rows) - 2


def test_days_on_either_side_of_every_line_of_california_are_told_apart(tmp_path: Path) -> None:
    by = rules("california", "ca_example", LATER)
    lines = [date(2016, 11, 9), LATER] + [LATER.replace(year=LATER.year - back) for back in (4, 5, 9, 10, 18, 20, 21)]
    cells: list[dict[str, date | str]] = []
    for day in (day for line in lines for day in near(line)):
        cells += [
            {"offense_date": day, "disposition_date": day},
            {"offense_date": date(1997, 5, 2), "disposition_date": day},
            {"offense_date": date(1997, 5, 2), "disposition_date": day, "sentence_complete": ""},
            {"sentence_complete": "", "sentence_end": day},
            {"offense_date": day, "birth_date": date(day.year - 18, day.month, day.day)},
            {"offense_date": day, "birth_date": date(day.year - 21, day.month, day.day)},
            {"disposition_date": day, "birth_date": date(day.year - 21, day.month, day.day)},
            {"birth_date": date(LATER.year - 57, day.month, day.day)},
        ]
    rows = [
        CALIFORNIA | {"statute": statute} | {name: str(value) for name, value in each.items()}
        | {"record_id": f"{statute}{m}"}
        for statute in ("11357(b) HS", "11357(c) HS", "11359 HS")
        for m, each in enumerate(cells)
    ]  # fmt: skip
    done, _ = both_ways(tmp_path, rows, by)
    assert done.decided < len(rows) / 2


@pytest.mark.parametrize(
    "other", [{"event_id": "E1"}, {"arrest_date": "2010-01-15"}, {"arrest_date": "2012-03-04"}, {}]
)
def test_a_lesser_charge_is_tied_to_its_event_and_to_no_other(tmp_path: Path, other: dict[str, str]) -> None:
    """Rows of two persons alike but for what ties them to a cannabis charge in another docket."""
    tied = {"event_id": "E1", "arrest_date": "2010-01-15"}
    rows = []
    for person, tie in (("P1", tied), ("P2", other)):
        own = CALIFORNIA | {"person_id": person, "record_id": person, "statute": "11366.5 HS", "docket_number": person}
        rows += [
            own | tie,
            own | tied | {"record_id": f"{person}x", "statute": "11359 HS", "docket_number": f"{person}x"},
        ]
    for row in rows:
        row.update({"event_id": row["person_id"] if row.get("event_id") else ""})
    _, told = both_ways(tmp_path, rows, rules("california", "ca_example", LATER))
    is_tied = other != {"arrest_date": "2012-03-04"}
    assert (told[0][0] == told[2][0]) is is_tied


def test_how_often_a_person_was_convicted_before_is_no_detail(tmp_path: Path) -> None:
    base = CALIFORNIA | {"person_id": "P", "statute": "11359 HS"}
    rows = [
        base | {"record_id": f"r{year}", "docket_number": f"D{year}"}
        | {"offense_date": f"{year}-01-02", "disposition_date": f"{year}-02-03"}
        for year in range(2001, 2007)
    ]  # fmt: skip
    _, told = both_ways(tmp_path, rows, rules("california", as_of=LATER))
    assert [answer.split()[0] for answer, _ in told] == ["auto"] * 2 + ["review"] * 4


def test_a_sentence_that_is_stated_and_one_that_is_silent_are_told_apart(tmp_path: Path) -> None:
    own = CALIFORNIA | {"birth_date": "1970-01-01", "disposition_date": "2005-05-01", "offense_date": "2004-01-01"}
    cells = [
        {"sentence": sentence, "sentence_end": end, "termination": termination, "sentence_complete": complete}
        for complete in ("", "yes", "no")
        for sentence in ("", "500 dollars fine", "2 years prison", "30 years prison", "2 years probation")
        for end in ("", "2007-05-01", "2035-01-01")
        for termination in ("", "revoked")
    ]
    rows = [own | each | {"record_id": f"r{n}", "docket_number": f"D{n}"} for n, each in enumerate(cells)]
    by = rules("california", as_of=date(2026, 1, 1))
    both_ways(tmp_path, rows, by)
    (tmp_path / "again").mkdir()
    both_ways(tmp_path / "again", rows[::-1], by)


def test_what_no_history_can_change_is_decided_once_whatever_the_history(tmp_path: Path) -> None:
    histories = [("187 PC", "1995"), ("187 PC", "2015"), ("11359 HS", "1999"), ("11357(b) HS", "2012"), ("??", "2001")]
    petty, beside = [], []
    for number, (statute, year) in enumerate(histories):
        own = CALIFORNIA | GUILTY | {"person_id": f"P{number}"}
        petty += [own | {"record_id": f"a{number}", "statute": "484 PC", "docket_number": f"A{number}"}]
        day = {"offense_date": f"{year}-01-02", "disposition_date": f"{year}-03-04"}
        beside += [own | day | {"record_id": f"b{number}", "statute": statute, "docket_number": f"B{number}"}]
    by = rules("california", "ca_statute", LATER)
    without, _ = run(tmp_path, beside, by=by)
    done, _ = both_ways(tmp_path, [*petty, *beside], by)
    assert done.decided == without.decided + 1


def test_financial_sentences_and_terms_are_told_apart_by_their_length(tmp_path: Path) -> None:
    own = CALIFORNIA | {"sentence_complete": ""}
    sentences = ["500 dollars fine", "2 years prison", "30 years prison", "2 years prison; 500 dollars fine", ""]
    rows = [
        own | {"record_id": f"{day}{n}", "sentence": sentence, "disposition_date": f"20{day}-06-01"}
        for n, sentence in enumerate(sentences)
        for day in (10, 12, 18)
    ]
    done, told = both_ways(tmp_path, rows, rules("california", as_of=LATER))
    assert len({answer for answer, _ in told}) > 1
    assert done.decided < len(rows)


@pytest.mark.parametrize("statute", ["720 ILCS 550/4(d)", "720 ILCS 550/4(b)", "625 ILCS 5/6-303"])
def test_terms_of_illinois_are_told_apart_by_whether_they_are_over(tmp_path: Path, statute: str) -> None:
    """Rows that differ in nothing but how long a sentence lasts, of what kind it is, or from when it runs."""
    base = PLAIN | {"statute": statute, "grade": "F4"}
    terms = [*(f"{years} years prison" for years in (1, 2, 20, 26, 27, 40)), "100 dollars fine", ""]
    cells = [(term, day) for term in terms for day in ("1998-09-01", "1999-07-01", "2018-09-01")]
    rows = [
        base | {"record_id": f"r{n}", "sentence": term, "disposition_date": day} for n, (term, day) in enumerate(cells)
    ]
    both_ways(tmp_path, rows, rules())
    (tmp_path / "again").mkdir()
    both_ways(tmp_path / "again", rows[::-1], rules())


@pytest.mark.parametrize("name", ["offense_date", "arrest_date", "disposition_date", "birth_date", "sentence"])
def test_ink_nobody_can_read_is_told_apart_from_silence_in_days(tmp_path: Path, name: str) -> None:
    base = PLAIN | {"arrest_date": "1998-05-02", "birth_date": "1970-01-01", "statute": "720 ILCS 550/4(d)"}
    rows = [base | {"record_id": f"r{n}", name: cell} for n, cell in enumerate(["l99?", "", base[name]])]
    both_ways(tmp_path, rows, rules())
    (tmp_path / "again").mkdir()
    both_ways(tmp_path / "again", rows[::-1], rules())


def test_a_birth_told_several_ways_stays_so_where_the_offense_has_no_day(tmp_path: Path) -> None:
    base = PLAIN | {"offense_date": "", "arrest_date": ""}
    births = [("P1", "1970-01-01"), ("P1", "2003-01-01"), ("P2", "1970-01-01"), ("P2", "1970-01-01")]
    rows = [
        base | {"record_id": f"r{n}", "person_id": person, "docket_number": f"D{n}", "birth_date": born}
        for n, (person, born) in enumerate(births)
    ]  # fmt: skip
    both_ways(tmp_path, rows, rules())


def test_what_the_law_does_not_read_off_a_row_costs_no_decision(tmp_path: Path) -> None:
    """Weights of one band, days between the same lines, endings without conviction, and who it was."""
    rows = [
        PLAIN | {"record_id": f"r{n}", "person_id": f"P{n}", "docket_number": f"D{n}", "county": f"C{n}"}
        | {"grams": grams, "disposition": ending, "offense_date": day, "birth_date": born, "disposition_date": decided}
        for n, (grams, ending, day, born, decided) in enumerate([
            ("6", "dismissed", "1998-05-02", "1970-01-01", "1998-09-01"),
            ("7.5", "not_guilty", "1998-06-02", "1971-01-01", "1999-09-01"),
            ("6.0 g", "nolle_prosequi", "1998-05-02", "", "1998-09-01"),
            ("2.6", "abated", "6/7/1998", "1950-01-01", ""),
        ])
    ]  # fmt: skip
    done, _ = both_ways(tmp_path, rows, rules())
    assert done.decided == 1


CELLS = {
    "person_id": ["", "P1", "P2"], "docket_number": ["", "D1", "D2"], "count": ["", "1", "2"],
    "offense_date": ["", "1998-05-02", "1998-05-01", "2012-02-29", "l9?8"],
    "arrest_date": ["", "1998-05-02", "2012-03-01", "2025-06-30"],
    "birth_date": ["", "1970-01-01", "1981-05-02", "1995-06-01"],
    "disposition_date": ["", "1999-01-01", "2020-07-01", "1990-01-01"],
    "disposition": ["guilty", "dismissed", "supervision", "stricken_off_leave", "expunged", "pending"],
    "sentence": ["", "100 dollars fine", "30 years prison", "2 years probation", "??"],
    "sentence_complete": ["", "yes", "no"], "termination": ["", "satisfactory", "revoked"],
    "grams": ["", "6", "45", "<2.5"], "grade": ["", "MA", "F4"], "event_id": ["", "E1"],
}  # fmt: skip
SOME = {
    "illinois": [
        "720 ILCS 550/4(b)",
        "720 ILCS 550/4(d)",
        "720 ILCS 550/5(c)",
        "720 ILCS 5/12-3.2",
        "625 ILCS 5/6-303",
    ],
    "california": ["11357(b) HS", "11359 HS", "484 PC", "187 PC"],
}


@pytest.mark.parametrize(
    ("law", "policy"), [("illinois", None), ("illinois", "cook_announced"), ("california", "ca_example")]
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_row_has_the_same_answer_by_itself_and_with_all_others(
    tmp_path: Path, law: str, policy: str | None, data: st.DataObject
) -> None:
    """Rows that differ in one cell or a few, so that what a shared answer leaves out would show."""
    base = {name: data.draw(st.sampled_from(cells)) for name, cells in CELLS.items()}
    base["statute"] = data.draw(st.sampled_from(SOME[law]))
    names = st.lists(st.sampled_from([*CELLS, "statute"]), min_size=0, max_size=2, unique=True)
    rows = []
    for number in range(data.draw(st.integers(2, 8))):
        other = {name: data.draw(st.sampled_from(CELLS.get(name, SOME[law]))) for name in data.draw(names)}
        rows.append(base | other | {"record_id": f"r{number}"})
    both_ways(tmp_path, rows, rules(law, policy))

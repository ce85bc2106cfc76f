"""A table of charges in, the same table with its answers out: what is carried, what is refused, what is decided."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from casefile.errors import ArgumentError, InputError
from clerk.batch import Done, Rules, determine_charges
from clerk.charges import COLUMNS
from eligibility.laws import load_law, load_policy

AS_OF = date(2026, 6, 30)
PLAIN = {
    "record_id": "r1", "statute": "720 ILCS 550/4(b)", "offense_date": "1998-05-02", "disposition": "guilty",
    "disposition_date": "1998-09-01", "sentence": "100 dollars fine",
}  # fmt: skip
CALIFORNIA = {
    "record_id": "r1", "statute": "11359 HS", "offense_date": "2010-01-15", "disposition": "guilty", "grade": "F",
    "disposition_date": "2010-06-01", "birth_date": "1975-03-04", "sentence_complete": "yes",
}  # fmt: skip


def rules(law: str = "illinois", policy: str | None = None, as_of: date = AS_OF) -> Rules:
    return Rules(load_law(law), load_policy(policy) if policy else None, as_of, 0.005)


def decided(folder: Path, *rows: dict[str, str], by: Rules | None = None) -> list[dict[str, str]]:
    return run(folder, rows, by=by)[1]


def run(folder: Path, rows: Any, *, by: Rules | None = None) -> tuple[Done, list[dict[str, str]]]:
    source, out = folder / "charges.csv", folder / "results.csv"
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with open(source, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()
        table.writerows(rows)
    done = determine_charges(source, out, by or rules())
    with open(out, encoding="utf-8", newline="") as file:
        return done, list(csv.DictReader(file))


def said(row: dict[str, str]) -> str:
    return " ".join(filter(None, (row["outcome"], row["route"], row["result"], row["reason_codes"])))


def test_a_row_has_its_answer_behind_it_with_all_grounds(tmp_path: Path) -> None:
    (row,) = decided(tmp_path, PLAIN | {"clerk_note": "kept"})
    assert said(row) == "auto i4 A-MCO-CONV"
    assert list(row)[-5:] == ["outcome", "result", "route", "reason_codes", "why"]
    assert row["clerk_note"] == "kept"
    assert "720 ILCS 550/4(b), P.A. 90-397 [T]" in row["why"]
    assert "not met: row 0" in row["why"]
    assert "illinois-1" in row["why"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"grams": "abt 2 oz"}, "review R-INPUT:grams"),
        ({"grams": "6", "statute": "720-550/4(b)"}, "auto i4 A-MCO-CONV"),
        ({"grams": "2.5-10"}, "auto i4 A-MCO-CONV"),
        ({"grams": "60"}, "review R-AMBIGUOUS:grams"),
        ({"statute": "something about cannabis"}, "review R-INPUT:statute"),
        ({"statute": ""}, "review R-AMBIGUOUS:statute"),
        ({"disposition": "let go"}, "review R-INPUT:disposition"),
        ({"disposition": "Nolle Prosequi"}, "auto i1 A-NONCONV"),
        ({"offense_date": "1998-02-30"}, "review R-INPUT:offense_date"),
        ({"offense_date": "5/2/1998"}, "auto i4 A-MCO-CONV"),
        ({"offense_date": "2023-02-29"}, "review R-INPUT:offense_date"),
        ({"disposition": "expunged"}, ""),
        ({"section7": "yes"}, "motion i3 M-CLASS4"),
        ({"source_confidence": "0.995"}, "auto i4 A-MCO-CONV"),
        ({"source_confidence": "0.5", "disposition": "pending"}, "review R-AMBIGUOUS:disposition"),
        ({"source_confidence": "high"}, "review R-AMBIGUOUS:disposition"),
        ({"deceased": "perhaps"}, "auto i4 A-MCO-CONV"),  # a bad cell that does not matter decides nothing
    ],
)
def test_what_a_cell_says_and_what_it_does_not(tmp_path: Path, cells: dict[str, str], expected: str) -> None:
    (row,) = decided(tmp_path, PLAIN | cells)
    if expected.startswith("review R-AMBIGUOUS:disposition"):
        assert row["outcome"] == "review"
    else:
        assert said(row) == expected


def test_what_is_said_first_is_what_decided(tmp_path: Path) -> None:
    cells = [{}, {"statute": "720 ILCS 550/4(d)"}, {"disposition": "pending"}, {"offense_date": "2020-01-01"}]
    rows = decided(tmp_path, *(PLAIN | each | {"record_id": f"r{n}"} for n, each in enumerate(cells)))
    said_first = [row["why"].partition(": ")[2].partition(":")[0] for row in rows]
    assert said_first == ["row 14", "row 1", "row 10", "row 3"]


def test_bad_cells_are_listed_by_row_and_column_and_never_by_what_they_say(tmp_path: Path) -> None:
    done, rows = run(tmp_path, [PLAIN, PLAIN | {"record_id": "r2", "grams": "SECRET"}])
    assert done.problems == ("charges: row 3, grams: cannot be understood",)
    assert [row["outcome"] for row in rows] == ["auto", "review"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "empty"),
        ("record_id,statute\nr1,720 ILCS 550/4(b)\n", "disposition"),
        ("record_id,statute,disposition\nr1,x,guilty\n,x,guilty\n", "row 3"),
        ("record_id,statute,disposition\nr1,x,guilty\nr2,x,guilty\nr1,x,guilty\n", "rows 2 and 4"),
        ("record_id,statute,Statute,disposition\nr1,x,y,guilty\n", "two columns"),
    ],
)
def test_a_table_that_cannot_be_used_leaves_nothing_behind(tmp_path: Path, text: str, named: str) -> None:
    source = tmp_path / "charges.csv"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=named):
        determine_charges(source, tmp_path / "out.csv", rules())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["charges.csv"]


def test_a_table_of_nothing_but_its_header_has_no_answers(tmp_path: Path) -> None:
    (tmp_path / "charges.csv").write_text(",".join(PLAIN) + "\n", encoding="utf-8")
    done = determine_charges(tmp_path / "charges.csv", tmp_path / "results.csv", rules())
    assert done.rows == 0
    with open(tmp_path / "results.csv", encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == []


def test_a_name_that_says_no_kind_of_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="parquet"):
        determine_charges(tmp_path / "charges.xlsx", tmp_path / "out.csv", rules())


def test_rows_leave_as_they_came(tmp_path: Path) -> None:
    """A byte order mark, headers in any case, quotes, line breaks within a cell, an empty line, a short row."""
    source, out = tmp_path / "charges.csv", tmp_path / "out.csv"
    source.write_bytes(
        b"\xef\xbb\xbfRecord_ID , Statute,Note,Disposition,offense_date\r\n"
        b'r1,720 ILCS 550/4(b),"a ""b"", c\nd",guilty,1998-05-02\r\n'
        b"\r\n"
        b"r2,720 ILCS 550/4(b)\r\n"
        b"r3,720 ILCS 550/4(b),,guilty,1998-05-02,one,more\r\n"
    )
    done = determine_charges(source, out, rules())
    with open(out, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [len(row) for row in rows] == [10] * 4
    assert rows[1][2] == 'a "b", c\nd'
    assert [row[5] for row in rows[1:]] == ["auto", "review", "review"]
    assert [row[8] for row in rows[2:]] == ["R-INPUT:row"] * 2
    assert len(done.problems) == 2


def test_other_rows_of_docket_event_or_arrest_are_associated(tmp_path: Path) -> None:
    battery = {"statute": "720 ILCS 5/12-3.2", "disposition": "dismissed"}
    ties = {
        "docket": ({"docket_number": "98CR1"}, {"docket_number": "98CR1"}),
        "docket as typed": ({"docket_number": "98 CR 12345-01"}, {"docket_number": "98cr1234501"}),
        "marks for a docket": ({"docket_number": "--"}, {"docket_number": "-"}),
        "event": ({"event_id": "e"}, {"event_id": "e"}),
        "arrest": (
            {"person_id": "P", "arrest_date": "1998-05-02"},
            {"person_id": "P", "arrest_date": "1998-05-02"},
        ),
        "another person": (
            {"docket_number": "98CR1", "person_id": "P"},
            {"docket_number": "98CR1", "person_id": "Q"},
        ),
        "another arrest": (
            {"person_id": "P", "arrest_date": "1998-05-02"},
            {"person_id": "P", "arrest_date": "1998-05-03"},
        ),
        "nothing": ({}, {}),
    }
    found = {}
    for name, (mine, theirs) in ties.items():
        rows = decided(tmp_path, PLAIN | mine, PLAIN | battery | theirs | {"record_id": "r2"})
        found[name] = said(rows[0])
    tied, free, untold = "motion i3 M-CLASS4", "auto i4 A-MCO-CONV", "review R-INPUT:docket_number"
    assert found == {
        "docket": tied, "event": tied, "arrest": tied, "another person": free, "another arrest": free, "nothing": free,
        "docket as typed": tied, "marks for a docket": untold,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("98 CR 1", "98cr1", True), ("98 CR 12345-01", "98CR1234501", True), ("98-CR-1", "98CR1", True),
        ("98\u2013CR\u20141", "98CR1", True), ("98\u2010CR\u22121", "98CR1", True), ("98\u2011123", "98 - 123", True),
        ("98\u3000CR\u2009\u200b1", "98CR1", True), ("2004\ufe631", "2004-1", True), ("98.CR_1", "98/CR/1", True),
        ("12-345", "123-45", False), ("12-345", "12345", False), ("1234-501", "12345-01", False),
        ("98 CR 1-1", "98CR11", False), ("98 CR 12345-1", "98CR123451", False), ("1 12", "11 2", False),
    ],
)  # fmt: skip
def test_the_marks_of_a_docket_part_its_figures_and_nothing_else(
    tmp_path: Path, one: str, other: str, is_one: bool
) -> None:
    mine, theirs = PLAIN | {"docket_number": one, "count": "1"}, PLAIN | {"docket_number": other, "record_id": "r2"}
    rows = decided(tmp_path, mine, theirs | {"count": "2", "disposition": "expunged"})
    assert said(rows[0]) == ("" if is_one else "auto i4 A-MCO-CONV")
    bare = {"statute": "720 ILCS 550/4", "grams": ""}
    rows = decided(tmp_path, mine | bare, theirs | bare | {"count": "1", "grams": "20"})
    assert rows[0]["outcome"] == ("auto" if is_one else "review")
    rows = decided(tmp_path, mine, theirs | {"count": "1", "disposition": "dismissed"})
    assert rows[0]["outcome"] == ("review" if is_one else "auto")


def test_dashes_and_blanks_as_windows_wrote_them_are_marks_too(tmp_path: Path) -> None:
    source, out = tmp_path / "charges.csv", tmp_path / "out.csv"
    source.write_bytes(
        b"record_id,docket_number,statute,offense_date,disposition\n"
        b"r1,98\x96CR\xa0123,720 ILCS 550/4(b),1998-05-02,guilty\n"
        b"r2,98 CR 123,720 ILCS 550/4(b),1998-05-02,expunged\n"
        b"r3,\x97,720 ILCS 550/4(b),1998-05-02,guilty\n"
    )
    determine_charges(source, out, rules())
    with open(out, encoding="utf-8", errors="replace", newline="") as file:
        assert [said(row) for row in csv.DictReader(file)] == ["", "", "review R-INPUT:docket_number"]


@pytest.mark.parametrize("docket", ["-", "\u2014", "--", "?", " . ", "\u200b", "\u2012\u3000\u2015"])
def test_a_docket_nobody_can_read_is_not_none(tmp_path: Path, docket: str) -> None:
    """It may be the docket of any other row of its person or event, and of strangers' it is not."""
    mine = PLAIN | {"docket_number": docket, "person_id": "P", "event_id": ""}
    rows = [
        mine, mine | {"docket_number": "98CR1"}, mine | {"docket_number": ""},
        mine | {"docket_number": "98CR1", "person_id": "Q"}, mine | {"docket_number": "", "person_id": ""},
        mine | {"disposition": "expunged"},
    ]  # fmt: skip
    done, found = run(tmp_path, [row | {"record_id": str(n)} for n, row in enumerate(rows)])
    untold, free = "review R-INPUT:docket_number", "auto i4 A-MCO-CONV"
    assert [said(row) for row in found] == [untold, untold, untold, free, free, ""]
    assert done.problems[0] == "charges: row 2, docket_number: cannot be understood"
    beside = {"person_id": "", "event_id": "e"}
    assert [said(row) for row in decided(tmp_path, mine | beside, rows[1] | beside | {"record_id": "r2"})] == [
        untold, untold,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mine", "theirs"), [("98 CR 1", "98 CR 1"), ("98CR1", "98 CR 1"), ("98 CR 1", "98\u2013CR\u20131")]
)
def test_a_row_that_an_open_quote_swallowed_is_beside_its_docket(tmp_path: Path, mine: str, theirs: str) -> None:
    source, out = tmp_path / "charges.csv", tmp_path / "out.csv"
    source.write_text(
        "record_id,docket_number,statute,offense_date,disposition,note\n"
        f"r1,{mine},720 ILCS 550/4(b),1998-05-02,guilty,\n"
        "r3,1,720 ILCS 550/4(b),1998-05-02,guilty,\n"
        'r9,77,720 ILCS 550/4(b),1998-05-02,guilty,"open\n'
        f'r2,{theirs},720 ILCS 5/12-3.2,1998-05-02,guilty,"\n',
        encoding="utf-8",
    )
    determine_charges(source, out, rules(policy="cook_announced"))
    with open(out, encoding="utf-8", newline="") as file:
        found = [said(row) for row in csv.DictReader(file)]
    assert found == ["review R-INPUT:row", "auto i4 A-MCO-CONV", "review R-INPUT:row"]


@pytest.mark.parametrize(
    "statute",
    [
        "11359 HS-POSS FOR SALE, 11378 HS", "11357(B) HS-POSSESS MARIJUANA AND 11378 HS", "11359 HS-PC 664",
        "11358 HS-CULT & 664", "11359 HS-ACC AFTER FACT", "11360(A) HS-CNSP TO SELL", "11360(A) HS-SELL ETC TO MINOR",
        "11360(A) HS-TRANSPORT COCAINE", "11357(B) HS -POSSESS METH",
    ],
)  # fmt: skip
def test_what_is_said_behind_a_section_may_be_another_charge(tmp_path: Path, statute: str) -> None:
    by = rules("california", as_of=date(2019, 11, 11))
    (row,) = decided(tmp_path, CALIFORNIA | {"statute": statute}, by=by)
    assert said(row) == "review R-INPUT:statute"


def test_a_prior_behind_a_section_is_not_lost(tmp_path: Path) -> None:
    by = rules("california", as_of=date(2019, 11, 11))
    mine = CALIFORNIA | {"person_id": "P"}
    theft = mine | {"record_id": "r2", "offense_date": "2005-01-01", "disposition_date": "2005-06-01"}
    said_of = {
        statute: decided(tmp_path, mine, theft | {"statute": statute}, by=by)[0]["outcome"]
        for statute in ("484 PC-THEFT", "484 PC-THEFT AND 187 PC", "187 PC-MURDER")
    }
    assert said_of == {"484 PC-THEFT": "auto", "484 PC-THEFT AND 187 PC": "review", "187 PC-MURDER": "ineligible"}


@pytest.mark.parametrize(
    "statute",
    ["720 ILCS 550/04(b)", "720 ILCS 550/4.0(b)", "720 ILCS 550/4.0b", "720 ILCS 0550/4(b)", "720 ILCS 550/4.00(b)"],
)
def test_a_section_padded_with_noughts_is_that_section(tmp_path: Path, statute: str) -> None:
    assert said(decided(tmp_path, PLAIN | {"statute": statute})[0]) == "auto i4 A-MCO-CONV"


def test_the_same_charge_twice_is_one_charge_and_where_they_differ_a_doubt(tmp_path: Path) -> None:
    again = PLAIN | {"docket_number": "98CR1", "count": "1"}
    twice = [again, again | {"record_id": "r2"}]
    by = rules(policy="cook_announced")
    assert [said(row) for row in decided(tmp_path, *twice, by=by)] == ["auto i4 A-MCO-CONV"] * 2
    contrary = [again, again | {"record_id": "r2", "disposition": "dismissed"}]
    assert [row["outcome"] for row in decided(tmp_path, *contrary)] == ["review"] * 2


def test_an_expunged_row_silences_its_docket(tmp_path: Path) -> None:
    mine = PLAIN | {"docket_number": "98CR1"}
    rows = decided(tmp_path, mine, mine | {"record_id": "r2", "disposition": "expunged"})
    assert [row["outcome"] for row in rows] == ["", ""]


def test_a_policy_decides_over_the_law(tmp_path: Path) -> None:
    theft = {"record_id": "r2", "docket_number": "1", "statute": "720 ILCS 5/16-25"}
    rows = [PLAIN | {"docket_number": "1"}, PLAIN | theft]
    assert said(decided(tmp_path, *rows)[0]) == "auto i4 A-MCO-CONV"
    assert said(decided(tmp_path, *rows, by=rules(policy="cook_announced"))[0]) == "motion i3 A-MCO-CONV; P-ACCOMPANIED"


def test_california_looks_at_the_whole_person(tmp_path: Path) -> None:
    by = rules("california", as_of=date(2019, 11, 11))
    mine = CALIFORNIA | {"person_id": "P"}
    strike = {"record_id": "r2", "person_id": "P", "statute": "187 PC", "disposition": "guilty"}
    (alone,) = decided(tmp_path, mine, by=by)
    assert said(alone) == "auto 11361.9 redesignate A-REDESIGNATE"
    for day, expected in [
        ("2003-05-04", "ineligible X-PRIOR"),
        ("2010-03-01", "review R-PRIOR-DATE"),
        ("2012-03-01", "auto 11361.9 redesignate A-REDESIGNATE"),
        ("", "review R-PRIOR-DATE"),
    ]:
        assert said(decided(tmp_path, mine, strike | {"disposition_date": day}, by=by)[0]) == expected


def test_a_policy_of_a_county_leaves_other_counties_alone(tmp_path: Path) -> None:
    policy = tmp_path / "ours.toml"
    policy.write_text(
        'name = "ours"\nlaw = "california"\nversion = "1"\nsince = 2019-01-01\ncite = "office"\n'
        'county = "Yolo"\notherwise = "statute"\n',
        encoding="utf-8",
    )
    by = replace(rules("california", as_of=date(2019, 11, 11)), policy=load_policy(str(policy)))
    rows = [CALIFORNIA | {"record_id": str(i), "county": county} for i, county in enumerate(["YOLO", "Napa", ""])]
    assert [said(row) for row in decided(tmp_path, *rows, by=by)] == [
        "auto 11361.9 redesignate A-REDESIGNATE", "X-COUNTY", "review R-AMBIGUOUS:county",
    ]  # fmt: skip


STATUTES = [
    "720 ILCS 550/4(a)", "720 ILCS 550/4(b)", "720 ILCS 550/4(d)", "720 ILCS 550/4", "720 ILCS 550/5(c)",
    "720 ILCS 550/6", "720 ILCS 5/8-4 (720 ILCS 550/4(e))", "720 ILCS 600/3.5", "720 ILCS 5/12-3", "720 ILCS 5/16-25",
    "720 ILCS 5/12-3.2", "720 ILCS 570/402(c)", "Chicago Municipal Code 7-24-099", "nonsense", "",
]  # fmt: skip
OTHER_ENDINGS = ["dismissed", "supervision", "pending", "stricken_off_leave", "other"]
CALIFORNIAN = ["11357(a) HS", "11357(b) HS", "11357(c) HS", "11357 HS", "11358 HS", "11359 HS", "11360(a) HS",
               "664/11359 HS", "187 PC", "32 PC", "459 PC", "nonsense"]  # fmt: skip


def some_rows(seed: int, total: int, statutes: list[str]) -> list[dict[str, str]]:
    """Rows of every kind, many of them alike but for days that no row of the table tells apart."""
    rng = random.Random(seed)

    def day(since: date, days: int) -> str:
        return (since + timedelta(days=rng.randrange(days))).isoformat() if rng.random() < 0.9 else ""

    rows = []
    for number in range(total):
        begun = date(rng.choice([1970, 1973, 1982, 1994, 1997, 2005, 2010, 2016, 2019]), 1, 1)
        rows.append(
            {
                "record_id": f"r{number}",
                "person_id": rng.choice(["", f"P{rng.randrange(total // 2)}"]),
                "docket_number": rng.choice(["", f"D{rng.randrange(total // 2)}"]),
                "offense_date": day(begun, 365),
                "arrest_date": day(begun, 400),
                "statute": rng.choice(statutes),
                "grade": rng.choice(["", "", "", "MA", "F4", "M", "F"]),
                "grams": rng.choice(["", "", "6", "30", "45", "2.5-10"]),
                "subsequent": rng.choice(["", "", "yes", "no"]),
                "section7": rng.choice([""] * 5 + ["yes"]),
                "disposition": rng.choice(["guilty"] * 4 + OTHER_ENDINGS),
                "disposition_date": day(begun + timedelta(days=300), 900),
                "sentence": rng.choice(["", "100 dollars fine", "2 years probation", "30 years prison", "supervision"]),
                "sentence_complete": rng.choice(["", "", "yes", "no"]),
                "termination": rng.choice(["", "satisfactory", "revoked"]),
                "birth_date": day(date(1950, 1, 1), 18_000),
                "source_confidence": rng.choice([""] * 20 + ["0.97"]),
                "doj_listed": rng.choice(["", "no"]),
                "plants": rng.choice(["", "4", "40"]),
            }
        )
    return rows


@pytest.mark.parametrize(
    ("law", "policy", "statutes"),
    [("illinois", None, STATUTES), ("illinois", "cook_announced", STATUTES), ("california", "ca_example", CALIFORNIAN)],
)
def test_rows_that_are_alike_have_the_answer_they_would_have_alone(
    tmp_path: Path, law: str, policy: str | None, statutes: list[str]
) -> None:
    rows = some_rows(11, 150, statutes)
    by = rules(law, policy)
    done, together = run(tmp_path, rows, by=by)
    each, alone = run(tmp_path, rows, by=replace(by, law=replace(by.law, alike=None)))
    assert done.decided <= each.decided
    told = [[(row["record_id"], said(row), row["why"]) for row in found] for found in (together, alone)]
    assert [a for a, b in zip(*told, strict=True) if a != b] == []


def test_the_order_of_rows_changes_no_answer(tmp_path: Path) -> None:
    rows = some_rows(5, 150, STATUTES)
    shuffled = rows[:]
    random.Random(1).shuffle(shuffled)
    answers = [{row["record_id"]: said(row) for row in decided(tmp_path, *some)} for some in (rows, shuffled)]
    assert answers[0] == answers[1]


def test_a_person_with_thousands_of_charges_is_answered(tmp_path: Path) -> None:
    many = [
        PLAIN
        | {"record_id": f"r{i}", "person_id": "P", "docket_number": f"D{i % 400}", "statute": STATUTES[i % 5]}
        | {"offense_date": (date(1997, 1, 1) + timedelta(days=i % 400)).isoformat()}
        for i in range(1500)
    ]
    done, rows = run(tmp_path, many)
    assert done.rows == len(rows) == 1500
    assert done.decided < 200


def test_a_long_history_is_cut_down_to_what_tells(tmp_path: Path) -> None:
    """The rows of one person, in California: with and without the cut every answer is the same."""
    rng = random.Random(2)
    rows = []
    for number in range(130):
        begun = date(1990, 1, 1) + timedelta(days=rng.randrange(9000))
        rows.append(CALIFORNIA | {
            "record_id": f"r{number}", "person_id": "P", "docket_number": f"D{rng.randrange(90)}",
            "statute": rng.choice(CALIFORNIAN[1:]),
            "offense_date": begun.isoformat(), "disposition_date": (begun + timedelta(days=90)).isoformat(),
            "disposition": rng.choice(["guilty", "guilty", "dismissed"]),
            "sentence_complete": rng.choice(["yes", "yes", "", "no"]),
        })  # fmt: skip
    by = rules("california", "ca_example", date(2019, 11, 11))
    cut = [said(row) for row in decided(tmp_path, *rows, by=by)]
    whole = [said(row) for row in decided(tmp_path, *rows, by=replace(by, law=replace(by.law, alike=None)))]
    assert cut == whole


def test_parquet_in_and_out_keeps_types_and_answers_alike(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    rows = [PLAIN | {"record_id": f"r{i}"} for i in range(3)]
    frame = polars.DataFrame(rows).with_columns(polars.col("offense_date").str.to_date(), weight=polars.lit(1.5))
    frame.write_parquet(tmp_path / "in.parquet")
    determine_charges(tmp_path / "in.parquet", tmp_path / "out.parquet", rules())
    found = polars.read_parquet(tmp_path / "out.parquet")
    assert found.columns == [*frame.columns, "outcome", "result", "route", "reason_codes", "why"]
    assert found.select(frame.columns).equals(frame)
    assert found["outcome"].to_list() == ["auto"] * 3


def test_every_column_of_the_outside_is_known() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 29


def test_the_command_tells_what_it_did(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from clerk.cli import clerk

    (tmp_path / "charges.csv").write_text(
        "record_id,statute,disposition,offense_date,grams\nr1,720 ILCS 550/4(b),guilty,1998-05-02,abt 2 oz\n", "utf-8"
    )
    source, out = str(tmp_path / "charges.csv"), str(tmp_path / "out.csv")
    asked = ["determine", "--charges", source, "--out", out, "--as-of", "2026-06-30", "--json"]
    done = CliRunner().invoke(clerk, asked)
    assert done.exit_code == 10
    assert json.loads(done.stdout)["outcomes"] == {"review": 1}
    assert CliRunner().invoke(clerk, ["determine", "--charges", source]).exit_code == 2


BATTERY = {"record_id": "r2", "statute": "720 ILCS 5/12-3.2", "disposition": "dismissed", "person_id": "P"}


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({"arrest_date": "1998-05-02"}, {"arrest_date": "1998-05-0q", "offense_date": ""}, "review"),
        ({}, {"arrest_date": "1998-05-0q", "offense_date": ""}, "review"),
        ({"arrest_date": "1998-05-0q"}, {"arrest_date": "1998-05-09"}, "review"),
        ({"arrest_date": "1998-05-02"}, {"arrest_date": ""}, "motion"),
        ({"arrest_date": ""}, {"arrest_date": ""}, "motion"),
        ({"arrest_date": "1998-05-03"}, {"arrest_date": ""}, "motion"),
        ({"arrest_date": "1998-05-02"}, {"arrest_date": "1998-05-03", "source_confidence": "0.5"}, "review"),
        ({"arrest_date": "1998-05-02"}, {"offense_date": "1998-06-02", "arrest_date": ""}, "auto"),
        ({"arrest_date": "1998-05-02"}, {"person_id": "Q", "arrest_date": "1998-05-0q"}, "auto"),
        ({"arrest_date": "1998-05-02"}, {"offense_date": "", "arrest_date": ""}, "auto"),
    ],
)
def test_a_neighbour_whose_arrest_cannot_be_told_is_not_dropped(
    tmp_path: Path, mine: dict[str, str], theirs: dict[str, str], expected: str
) -> None:
    """On other dockets; `the offense date stands for an arrest date` is the law file's."""
    base = PLAIN | {"person_id": "P", "docket_number": "98CR1", "arrest_date": "1998-05-02"}
    rows = decided(tmp_path, base | mine, base | BATTERY | {"docket_number": "98CR2"} | theirs)
    assert rows[0]["outcome"] == expected


def test_a_row_out_of_shape_leaves_open_all_that_it_may_name(tmp_path: Path) -> None:
    source, out = tmp_path / "charges.csv", tmp_path / "out.csv"
    head = "record_id,statute,disposition,offense_date,docket_number\n"
    mine = "r1,720 ILCS 550/4(b),guilty,1998-05-02,98CR1\nr3,720 ILCS 550/4(b),guilty,1998-05-02,98CR3\n"
    for bad in ("r2,720 ILCS 5/12-3.2,dismissed,98 CR-1\n", 'r2,720 ILCS 5/12-3.2,dismissed,"1998-05-02\n","98CR1"\n'):
        source.write_text(head + mine + bad, encoding="utf-8")
        determine_charges(source, out, rules())
        with open(out, encoding="utf-8", newline="") as file:
            found = [(row["outcome"], row["reason_codes"]) for row in csv.DictReader(file)]
        assert found == [("review", "R-INPUT:row"), ("auto", "A-MCO-CONV"), ("review", "R-INPUT:row")]


@pytest.mark.parametrize("rest", ["", 'r3,720 ILCS 5/12-3.2,dismissed,1998-05-02,98CR1,"kept"\n'])
def test_an_open_quote_swallows_no_row(tmp_path: Path, rest: str) -> None:
    source = tmp_path / "charges.csv"
    source.write_text(
        "record_id,statute,disposition,offense_date,docket_number,note\n"
        'r1,720 ILCS 550/4(b),guilty,1998-05-02,98CR1,"open\n'
        "r2,720 ILCS 5/12-3.2,dismissed,1998-05-02,98CR1,\n" + rest,
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="no CSV file"):
        determine_charges(source, tmp_path / "out.csv", rules())


def test_what_looks_like_a_row_within_a_cell_is_a_doubt(tmp_path: Path) -> None:
    source, out = tmp_path / "charges.csv", tmp_path / "out.csv"
    source.write_text(
        "record_id,statute,disposition,offense_date,docket_number,note\n"
        'r1,720 ILCS 550/4(b),guilty,1998-05-02,98CR1,"open\n'
        'r2,720 ILCS 5/12-3.2,dismissed,1998-05-02,98CR1,"\n',
        encoding="utf-8",
    )
    determine_charges(source, out, rules())
    with open(out, encoding="utf-8", newline="") as file:
        assert [row["outcome"] for row in csv.DictReader(file)] == ["review"]


@pytest.mark.parametrize("grade", ["C?", "?C", "~C", "C*", "(C"])
def test_a_doubtful_mark_makes_no_class(tmp_path: Path, grade: str) -> None:
    bare = PLAIN | {"statute": "720 ILCS 550/4"}
    (row,) = decided(tmp_path, bare | {"grade": grade})
    assert row["outcome"] == "review"
    (row,) = decided(tmp_path, bare | {"grade": "Class C misd."})
    assert row["outcome"] == "auto"


@pytest.mark.parametrize("name", ["section_7", "docket_no", "Docket Nbr", "birthdate", "arest_date", "Sentences"])
def test_a_slip_in_a_known_columns_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="nearly the name"):
        run(tmp_path, [{key: cell for key, cell in PLAIN.items() if key != "sentence"} | {name: "x"}])


def test_other_columns_are_carried_and_named(tmp_path: Path) -> None:
    more = {"clerk_note": "", "statute_raw": "", "sex": "", "arrest_agency": "", "case_type": "", "surname": ""}
    done, rows = run(tmp_path, [PLAIN | more])
    assert done.unread == tuple(more)
    assert done.problems == ()
    assert rows[0]["outcome"] == "auto"


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [("", "1984-01-01", "review"), ("", "1960-01-01", "auto"), ("1960-01-01", "1961-01-01", "auto"),
     ("1960-01-01", "1984-01-01", "review")],
)  # fmt: skip
def test_a_birth_date_is_the_persons(tmp_path: Path, own: str, other: str, expected: str) -> None:
    mine = PLAIN | {"person_id": "P", "birth_date": own}
    elsewhere = mine | {"record_id": "r2", "offense_date": "2005-01-01", "birth_date": other}
    (alone, *_) = decided(tmp_path, mine | {"birth_date": other})
    assert (alone["outcome"] == "auto") == (other < "1970")
    assert decided(tmp_path, mine, elsewhere)[0]["outcome"] == expected


def test_a_table_divided_otherwise_leaves_as_parquet(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    source, out = tmp_path / "charges.csv", tmp_path / "out.parquet"
    text = "record_id;statute;disposition;offense_date;note\nr1;720 ILCS 550/4(b);guilty;1998-05-02;{}\n"
    source.write_bytes(text.format("a").encode())
    determine_charges(source, out, rules())
    assert polars.read_parquet(out)["outcome"].to_list() == ["auto"]
    out.unlink()
    source.write_bytes(text.format("caf\u00e9").encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        determine_charges(source, out, rules())
    assert [path.name for path in tmp_path.iterdir()] == ["charges.csv"]


def test_a_key_that_everybody_has_tells_nothing(tmp_path: Path) -> None:
    """Under a docket `UNKNOWN` nobody is told apart."""
    rows = [PLAIN | {"record_id": f"r{i}", "docket_number": "UNKNOWN" if i < 500 else "98CR1"} for i in range(502)]
    done, found = run(tmp_path, rows)
    assert [said(row) for row in found[:500]] == ["review R-INPUT:docket_number"] * 500
    assert [row["outcome"] for row in found[500:]] == ["auto"] * 2
    assert done.decided == 1

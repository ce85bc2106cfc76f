"""A long list read in columns is the list read cell by cell."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casefile.errors import InputError
from match.columns import columns_of
from match.long_lists import read_long_list
from match.persons import COLUMNS, read_persons

Written = Callable[[str | bytes], Path]
HEADER = ",".join(COLUMNS) + "\n"
PLAIN = (
    'P1,MARLOW,DESMOND,THEO,JR,1970-03-04,M,B,991234,9912345,"QUILL, DEZ; MARLO, D",93CR9912301; 01MC112345601,1 Elm\n'
)

ROWS = [
    PLAIN,
    'P2,"=HYPERLINK(1)",A,,,,,,,,,,\n',
    "P3,GARCIA-LOPEZ,,,jr.,,m,black,,,,,\n",
    "P4,李,Ω,,,1970-02-30,X,7,,?,,,\n",
    "P5,D,D,D,VI,1849-12-31,F,,IR 1,sid-22,QUILL,12,\n",
    "P6,MARLOW\n",
    "P7,MARLOW,A,,,,,,,,,,,extra\n",
    f"P8,{'A' * 61},{'B' * 400},,,,,,,,,,\n",
    'P9,MARLOW,"DES\nMOND",,,1970-3-4,,,,,"A, B;C, D",93 CR 99123-01; 93CR9912301,\n',
    "P10,  MARLOW  ,,,,,,,,,,93CR9912301; 93CR9912301,\n",
    "P11,MARLOW,,,,,,,,,,,a\x1fb\n",
    "\n",
    ",,,,,,,,,,,,\n",
    "P12,O'NEIL,MARY ANN,,III,2001-01-01,F,W,,,,,\n",
]


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], ROWS[::-1], []])
def test_the_same_people_and_the_same_problems(a_file: Written, rows: list[str]) -> None:
    path = a_file(HEADER + "".join(rows))
    quick, careful = read_long_list(path), read_persons(path)
    assert quick.columns.sort("person_id").equals(columns_of(careful.persons).sort("person_id"))
    assert sorted(quick.problems) == sorted(careful.problems)
    assert quick.sha256 == careful.sha256


def test_columns_in_any_order_and_missing(a_file: Written) -> None:
    path = a_file("given,person_id,surname\nDESMOND,P1,MARLOW\n")
    assert read_long_list(path).columns.equals(columns_of(read_persons(path).persons))


def test_windows_text(a_file: Written) -> None:
    path = a_file("person_id,surname\nP1,PE\xd1A\n".encode("cp1252"))
    assert read_long_list(path).columns["surname"].to_list() == ["PEÑA"]


@pytest.mark.parametrize(
    "content",
    ["", "person_id\nP1\n", HEADER + PLAIN + PLAIN, HEADER + ",MARLOW\n", "person_id,surname,surname\nP1,A,B\n",
     HEADER + 'P1,"MARLOW\n'],
)  # fmt: skip
def test_what_is_refused_cell_by_cell_is_refused(a_file: Written, content: str) -> None:
    path = a_file(content)
    with pytest.raises(InputError) as careful:
        read_persons(path)
    with pytest.raises(InputError) as quick:
        read_long_list(path)
    assert str(quick.value) == str(careful.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        read_long_list(tmp_path / "none.csv")

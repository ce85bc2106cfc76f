"""Lists of persons, good and bad."""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.docket import Sex, Suffix
from casefile.errors import ExitCode, InputError
from match.index import Index
from match.long_lists import read_long_list
from match.persons import read_persons

Written = Callable[[str | bytes], Path]


def test_columns_in_any_order_and_a_byte_order_mark(a_file: Written) -> None:
    content = (
        "\ufeffsid,Surname,given,person_id,birth_date,sex,suffix,aliases,docket_numbers,extra\n"
        '0123-456,Marlow,Desmond,7,1970-03-04,m,Jr.,"QUILL, DEZ; MARLO, DES",93 CR 99123; 1993CR9912401,x\n'
    )
    path = a_file(content)
    found = read_persons(path)
    (person,) = found.persons
    assert (person.person_id, person.surname, person.given, person.sid) == ("7", "Marlow", "Desmond", "0123456")
    assert (person.birth_date, person.sex, person.suffix) == (date(1970, 3, 4), Sex.MALE, Suffix.JR)
    assert person.aliases == (("QUILL", "DEZ"), ("MARLO", "DES"))
    assert person.docket_numbers == ("93CR99123", "93CR9912401")
    assert found.problems == ()
    assert found.sha256 == hashlib.sha256(content.encode()).hexdigest()


def test_two_columns_are_enough(a_file: Written) -> None:
    assert len(read_persons(a_file("person_id,surname\n1,MARLOW\n2,\n\n")).persons) == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("person_id,surname\n1,MARLOW\n1,QUILLBY\n", "row 3 repeats row 2"),
        ("person_id,surname\n ,MARLOW\n", "row 2 has none"),
        ("surname\nMARLOW\n", "no column person_id"),
        ("person_id,given\n1,DESMOND\n", "no column surname"),
        ("person_id,surname,surname\n1,MARLOW,QUILLBY\n", "surname more than once"),
        ("", "empty"),
        ('person_id,surname\n1,"' + "M" * 200_000 + '"\n', "no CSV file"),
    ],
)
def test_a_list_that_cannot_be_trusted_is_refused(a_file: Written, content: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        read_persons(a_file(content))
    assert refused.value.exit_code is ExitCode.INPUT
    assert not re.search("MARLOW|QUILLBY|DESMOND", str(refused.value))


def test_a_cell_beyond_all_measure_is_refused_whatever_limit_others_have_set(
    a_file: Written, a_higher_limit: None
) -> None:
    """The limit of the csv module is one for the whole process."""
    for content in (
        'person_id,surname\n1,"' + "M" * 200_000 + '"\n',
        'person_id,surname,other\n1,MARLOW,"' + "M" * 200_000 + '"\n',
    ):
        path = a_file(content)
        for read in (read_persons, read_long_list):
            with pytest.raises(InputError, match="no CSV file"):
                read(path)


@pytest.fixture
def a_higher_limit() -> Iterator[None]:
    before = csv.field_size_limit(1 << 20)
    yield
    csv.field_size_limit(before)


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        read_persons(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("birth_date", "02/30/1991"),
        ("birth_date", "1991-02-30"),
        ("birth_date", "0001-01-01"),
        ("surname", "M" * 400),
        ("surname", "12345"),
        ("given", "=HYPERLINK(0)"),
        ("given", "..."),
        ("suffix", "ESQ"),
        ("sex", "X"),
        ("sid", "none"),
        ("ir_number", "1" * 40),
        ("aliases", "QUILLBY"),
        ("docket_numbers", "93CR99123; unknown"),
        ("race", "7"),
        ("address", "A" * 5000),
    ],
)
def test_a_bad_cell_is_listed_and_its_person_stays(a_file: Written, column: str, cell: str) -> None:
    others = "" if column == "surname" else ",surname"
    found = read_persons(
        a_file(f'person_id,{column}{others}\n1,"{cell}",MARLOW\n' if others else f'person_id,{column}\n1,"{cell}"\n')
    )
    (person,) = found.persons
    assert person.illegible == (column,)
    assert not getattr(person, column)
    ((row, named, what),) = found.problems
    assert (row, named) == (2, column)
    assert cell not in what


@pytest.mark.parametrize("row", ["1,MARLOW,DESMOND,1970-03-04,1 MAIN ST,CHICAGO", "1,MARLOW"])
def test_a_row_of_another_length_keeps_its_person_but_not_its_cells(a_file: Written, row: str) -> None:
    found = read_persons(a_file(f"person_id,surname,given,birth_date\n{row}\n"))
    assert [person.person_id for person in found.persons] == ["1"]
    assert "birth_date" in found.persons[0].illegible
    assert found.persons[0].birth_date is None


def test_another_script_is_a_name(a_file: Written) -> None:
    found = read_persons(a_file("person_id,surname,given\n1,Иванов,Пётр\n"))
    assert not found.problems
    assert len(Index(found.persons)) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(cells=st.lists(st.text(max_size=30), min_size=1, max_size=14), raw=st.binary(max_size=80))
def test_hostile_files_are_read_or_refused(a_file: Written, cells: list[str], raw: bytes) -> None:
    for content in ("person_id,surname,given,birth_date,aliases\n1," + ",".join(cells), raw):
        try:
            found = read_persons(a_file(content.encode("utf-8", "replace") if isinstance(content, str) else content))
        except InputError:
            continue
        assert len(Index(found.persons)) == len(found.persons)


def test_a_quote_left_open_refuses_the_list(tmp_path: Path) -> None:
    """Everybody behind it would be lost in one cell."""
    path = tmp_path / "persons.csv"
    path.write_text('person_id,surname\nP1,"QUILLBY\nP2,OKONJO\n', "utf-8")
    with pytest.raises(InputError, match="CSV"):
        read_persons(path)

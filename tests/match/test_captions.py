"""Captions that are already text."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.docket import Reading, Sex, Suffix
from casefile.errors import InputError
from match.captions import PrintedName, name_in, read_captions
from match.names import LONGEST_NAME, letters

Written = Callable[[str | bytes], Path]
HEADER = "caption_id,name_raw,birth_date_raw,sex,race,sid,ir_number,alias_raw,docket_number\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MARLOW, DESMOND T", PrintedName("MARLOW", "DESMOND", "T")),
        ("Marlow, Desmond Theo Jr.", PrintedName("MARLOW", "DESMOND", "THEO", Suffix.JR)),
        ("MARLOW JR, DESMOND", PrintedName("MARLOW", "DESMOND", "", Suffix.JR)),
        ("MARLOW. DESMOND", PrintedName("MARLOW", "DESMOND")),
        ("DESMOND T MARLOW III", PrintedName("MARLOW", "DESMOND", "T", Suffix.III)),
        ("MARLOW DESMOND T", PrintedName("MARLOW", "DESMOND", "T")),
        ("MARLOW AKA QUILL, DESMOND", PrintedName("MARLOW", "DESMOND", alias="QUILL")),
        ("GARCIA-LOPEZ, ANA", PrintedName("GARCIA-LOPEZ", "ANA")),
        ("MARLOW", PrintedName("MARLOW")),
        ("]ACKSON, MAR|A", PrintedName("JACKSON", "MARIA")),
        ("MC(LURE, $ARA", PrintedName("MCCLURE", "SARA")),
        ("MARLOW, DESMOND (DEZ)", PrintedName("MARLOW", "DESMOND", "(DEZ)")),
    ],
)
def test_names(text: str, name: PrintedName) -> None:
    assert name_in(text) == name


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_name_or_none(text: str) -> None:
    try:
        name = name_in(text)
    except ValueError:
        assert not 0 < len(letters(text)) <= 2 * LONGEST_NAME or not any(c.isalpha() for c in text)
    else:
        assert letters(name.surname + name.given) or name.suffix or name.alias


def test_a_caption_becomes_a_record(a_file: Written) -> None:
    row = 'c1,"MARL0W, DESMOND",O3/04/1970,M,B,9912345,,"QUILL, DEZ",93 CR 99123\n'
    found = read_captions(a_file(HEADER + row))
    (record,) = found.records
    assert record.record_id == "c1"
    assert record.docket_number.value == "93CR99123"
    assert record.defendant
    assert record.defendant.surname == Reading("MARL0W", "MARL0W, DESMOND")
    assert record.defendant.birth_date == Reading(None, "O3/04/1970", 0.0)
    assert record.defendant.sex.value is Sex.MALE
    assert record.defendant.ir_number.is_silent
    assert [alias.value for alias in record.defendant.aliases] == ["QUILL, DEZ"]


def test_a_clean_birth_date_is_read_and_one_without_century_is_left_as_ink(a_file: Written) -> None:
    found = read_captions(a_file(HEADER + "c1,A B,3/4/1970\nc2,A B,3/4/70,,,,,,\n".replace("1970\n", "1970,,,,,,\n")))
    dates = [record.defendant.birth_date for record in found.records if record.defendant]
    assert dates == [Reading(date(1970, 3, 4), "3/4/1970"), Reading(None, "3/4/70", 0.0)]


def test_a_bad_cell_is_ink_nobody_could_read(a_file: Written) -> None:
    found = read_captions(a_file(HEADER + "c1,...,,Q,,,,,?\n"))
    (record,) = found.records
    assert record.defendant
    assert record.defendant.surname.is_illegible
    assert record.defendant.sex.is_illegible
    assert record.docket_number.is_illegible
    assert [problem.column for problem in found.problems] == ["docket_number", "name_raw", "sex"]


@pytest.mark.parametrize("content", ["caption_id\n1\n", HEADER + "1,A,,,,,,,\n1,B,,,,,,,\n", HEADER + ",A,,,,,,,\n"])
def test_captions_without_ids_or_names_are_refused(a_file: Written, content: str) -> None:
    with pytest.raises(InputError):
        read_captions(a_file(content))

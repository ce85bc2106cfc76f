"""What reviewers type, what is kept, what is shown again."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.docket import (
    Disposition,
    Grade,
    Grams,
    Plea,
    SentenceKind,
    SentencePart,
    Sex,
    Suffix,
    Termination,
    Unit,
)
from casefile.errors import ArgumentError
from review_queue import fields
from review_queue.shorthand import NotUnderstoodError

# No example is timed: the machine may be busy.
UNHURRIED = settings(deadline=None, max_examples=60)

STATUTE = "charges.1.statute"
DOCKET = "docket_number"
DISPOSED = "charges.1.disposition"
GRAMS = "charges.1.grams"
SENTENCE = "charges.1.sentence"


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("arrest_date", "5/20/93", date(1993, 5, 20)),
        ("arrest_date", "052093", date(1993, 5, 20)),
        ("arrest_date", "05201993", date(1993, 5, 20)),
        ("arrest_date", "1993-05-20", date(1993, 5, 20)),
        ("arrest_date", " 5-2-01 ", date(2001, 5, 2)),
        ("arrest_date", "2/29/1996", date(1996, 2, 29)),
        ("arrest_date", "1/1/30", date(1930, 1, 1)),
        ("defendant.birth_date", "5/20/63", date(1963, 5, 20)),
        ("defendant.birth_date", "5/20/1905", date(1905, 5, 20)),
        (STATUTE, "4d", "720 ILCS 550/4(d)"),
        (STATUTE, "5(C)", "720 ILCS 550/5(c)"),
        (STATUTE, "550/4(d)", "720 ILCS 550/4(d)"),
        (STATUTE, "720-550/4(D)", "720 ILCS 550/4(d)"),
        (STATUTE, "550/5.2(b)", "720 ILCS 550/5.2(b)"),
        (STATUTE, "704(c)", "720 ILCS 550/4(c)"),
        (STATUTE, "56.5-704-D", "720 ILCS 550/4(d)"),
        (STATUTE, "56 1/2-704(c)", "720 ILCS 550/4(c)"),
        (STATUTE, "56½ 705.2(a)", "720 ILCS 550/5.2(a)"),
        (STATUTE, "710", "720 ILCS 550/10"),
        (STATUTE, "570/402(c)", "720 ILCS 570/402(c)"),
        (STATUTE, "720-5/16A-3(a)", "720 ILCS 5/16A-3(a)"),
        (STATUTE, "625 5/6-303", "625 ILCS 5/6-303"),
        (STATUTE, "att 4d", "720 ILCS 5/8-4 (720 ILCS 550/4(d))"),
        (STATUTE, "8-4(550/4(d))", "720 ILCS 5/8-4 (720 ILCS 550/4(d))"),
        (STATUTE, "720 ILCS 5/8-4 (720 ILCS 550/4(d))", "720 ILCS 5/8-4 (720 ILCS 550/4(d))"),
        (STATUTE, "Ill. Rev. Stat. ch. 38, par. 22-3", "Ill. Rev. Stat. ch. 38, par. 22-3"),
        (STATUTE, "HS 11357(b)", "HS 11357(b)"),
        (DOCKET, "93 CR 12345", "93CR12345"),
        (DOCKET, "93-CR-12345-01", "93CR1234501"),
        (DOCKET, "1993CR1234501", "93CR1234501"),
        (DOCKET, "93 cr 5900", "93CR05900"),
        (DOCKET, "93 CR 5900 01", "93CR0590001"),
        (DOCKET, "83 C4 49887", "83C449887"),
        (DOCKET, "19 MC3 000110", "19MC3000110"),
        (DOCKET, "01MC112345601", "01MC112345601"),
        (DOCKET, "04-CF-1487", "04CF1487"),
        (DOCKET, "2008CF999", "08CF999"),
        (DOCKET, "YE785290", "YE785290"),
        (DISPOSED, "g", Disposition.GUILTY),
        (DISPOSED, "np", Disposition.NOLLE_PROSEQUI),
        (DISPOSED, "SOL", Disposition.STRICKEN_OFF_LEAVE),
        (DISPOSED, "fnpc", Disposition.NO_PROBABLE_CAUSE),
        (DISPOSED, "710", Disposition.FIRST_OFFENDER_PROBATION),
        (DISPOSED, "supervision", Disposition.SUPERVISION),
        (DISPOSED, "not guilty", Disposition.NOT_GUILTY),
        (DISPOSED, "expunged", Disposition.EXPUNGED),
        ("charges.1.termination", "sat", Termination.SATISFACTORY),
        ("charges.1.plea", "n", Plea.NOT_GUILTY),
        ("charges.1.grade", "class 4", Grade.F4),
        ("charges.1.grade", "a", Grade.MA),
        ("charges.1.grade", "M", Grade.M),
        (GRAMS, "6", Grams(6.0, 6.0)),
        (GRAMS, "2.5-10", Grams(2.5, 10.0)),
        (GRAMS, "<2.5", Grams(None, 2.5)),
        (GRAMS, "> 5,000 g", Grams(5000.0, None)),
        (GRAMS, "500<2,000 GRAMS", Grams(500.0, 2000.0)),
        ("charges.1.subsequent", "y", True),
        ("defendant.sex", "female", Sex.FEMALE),
        ("defendant.suffix", "jr.", Suffix.JR),
        ("defendant.surname", " o'marlow-quillby ", "O'MARLOW-QUILLBY"),
        ("defendant.aliases.1", "marlow, desmond", "MARLOW, DESMOND"),
        ("defendant.ir_number", "009 9871", "0099871"),
    ],
)
def test_what_is_typed_is_understood(path: str, typed: str, value: Any) -> None:
    assert fields.parse(path, typed) == value


def test_a_sentence_is_typed_in_parts() -> None:
    assert fields.parse(SENTENCE, "24 mths probation; $100 fine; 30 hrs community service; time served") == (
        SentencePart(SentenceKind.PROBATION, 24.0, Unit.MONTHS),
        SentencePart(SentenceKind.FINE, 100.0, Unit.DOLLARS),
        SentencePart(SentenceKind.COMMUNITY_SERVICE, 30.0, Unit.HOURS),
        SentencePart(SentenceKind.TIME_SERVED),
    )


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("arrest_date", "2/30/91"),
        ("arrest_date", "13/1/91"),
        ("arrest_date", "l9?l"),
        ("arrest_date", "1/1/0091"),
        ("arrest_date", "٠٥٢٠٩٣"),
        ("defendant.birth_date", "5/20/05"),  # 1905 or 2005
        (STATUTE, "5/16-25"),  # act 5 of which chapter?
        (STATUTE, "4h5"),
        (STATUTE, "<script>alert(1)</script>"),
        (STATUTE, "att 4(d"),
        (DOCKET, "93CR590001"),  # 5900 and 01, or 590001?
        (DOCKET, "93CR123456789"),
        (DOCKET, "CR"),
        (DISPOSED, "n"),
        (DISPOSED, "su"),
        (DISPOSED, "exp"),  # hides the record: only the whole word
        (DISPOSED, "acquitted"),
        (GRAMS, "10-2.5"),
        (GRAMS, "-3"),
        (GRAMS, "1e9"),
        (GRAMS, "nan"),
        (SENTENCE, "24 months"),
        (SENTENCE, ";"),
        ("defendant.surname", "SMITH AKA JONE"),
        ("defendant.surname", "=1+1"),
        ("defendant.surname", "4MARLOW"),
        ("charges.1.subsequent", "perhaps"),
        ("arresting_agency", "x" * 201),
        ("arresting_agency", "   "),
        ("arresting_agency", "a\x00b"),
    ],
)
def test_what_cannot_be_a_value_is_refused_saying_what_can(path: str, typed: str) -> None:
    with pytest.raises(NotUnderstoodError) as refused:
        fields.parse(path, typed)
    assert refused.value.expected in str(refused.value)


DAYS = st.dates(date(1850, 1, 1), date(2099, 12, 31))
AMOUNTS = st.one_of(
    st.integers(1, 9_999_999).map(float), st.integers(1, 99_999).map(lambda hundredths: hundredths / 100)
)
BANDS = st.tuples(AMOUNTS, AMOUNTS).map(lambda ends: Grams(*sorted(ends)))
PARTS = st.builds(
    SentencePart,
    st.sampled_from(SentenceKind),
    st.one_of(st.none(), AMOUNTS),
    st.none(),
) | st.builds(SentencePart, st.sampled_from(SentenceKind), AMOUNTS, st.sampled_from(Unit))
VALUES = {
    "arrest_date": DAYS,
    "defendant.birth_date": DAYS,
    "defendant.sex": st.sampled_from(Sex),
    "defendant.suffix": st.sampled_from(Suffix),
    DISPOSED: st.sampled_from(Disposition),
    "charges.1.termination": st.sampled_from(Termination),
    "charges.1.plea": st.sampled_from(Plea),
    "charges.1.grade": st.sampled_from(Grade),
    "charges.1.violated": st.booleans(),
    GRAMS: BANDS | AMOUNTS.map(lambda g: Grams(g, None)) | AMOUNTS.map(lambda g: Grams(None, g)),
    SENTENCE: st.lists(PARTS, min_size=1, max_size=4).map(tuple),
    STATUTE: st.sampled_from(["720 ILCS 550/4(d)", "625 ILCS 5/6-303", "HS 11357(b)", "720 ILCS 600/3.5"]),
    DOCKET: st.from_regex(
        r"[0-9]{2}(CR[0-9]{5}([0-9]{2})?|C[1-6][0-9]{5}([0-9]{2})?|MC[1-6][0-9]{6}([0-9]{2})?|CF[0-9]{1,6})",
        fullmatch=True,
    ),
    "defendant.surname": st.from_regex(r"[A-Z]{2,12}(-[A-Z]{2,8})?", fullmatch=True).filter(lambda n: n != "AKA"),
}


@pytest.mark.parametrize("path", VALUES)
@UNHURRIED
@given(data=st.data())
def test_what_is_shown_can_be_typed_again(path: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[path])
    assert fields.parse(path, fields.show(path, value)) == value


@pytest.mark.parametrize("path", VALUES)
@UNHURRIED
@given(data=st.data())
def test_what_is_kept_comes_back(path: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[path])
    assert fields.decode(path, fields.encode(path, value)) == value
    assert fields.decode(path, fields.encode(path, None)) is None


@UNHURRIED
@given(path=st.sampled_from(list(VALUES)), text=st.text(max_size=60))
def test_any_text_is_a_value_or_refused(path: str, text: str) -> None:
    try:
        value = fields.parse(path, text)
    except NotUnderstoodError:
        return
    assert fields.parse(path, fields.show(path, value)) == value
    assert fields.decode(path, fields.encode(path, value)) == value


@UNHURRIED
@given(text=st.text(min_size=1, max_size=60))
def test_text_the_machine_read_is_kept_as_it_stands(text: str) -> None:
    assert fields.decode("defendant.surname", fields.encode("defendant.surname", text)) == text


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("arrest_date", '"5/20/93"'),
        ("arrest_date", '"1991-02-30"'),
        (DISPOSED, '"cleared"'),
        (GRAMS, "[10, 2.5]"),
        (GRAMS, "[null, null]"),
        (GRAMS, "[true, 3]"),
        (GRAMS, '"6"'),
        (SENTENCE, '[{"amount": 3}]'),
        (SENTENCE, '[{"kind": "exile"}]'),
        ("charges.1.violated", '"yes"'),
        (STATUTE, "3"),
    ],
)
def test_a_kept_value_of_another_form_is_refused(path: str, kept: str) -> None:
    with pytest.raises(NotUnderstoodError):
        fields.decode(path, kept)


@pytest.mark.parametrize(
    "path",
    ["", "charges", "charges.0.statute", "charges.1.charge_id", "defendant", "defendant.__class__", "gaps"],
)
def test_a_path_that_is_no_field_is_refused(path: str) -> None:
    assert not fields.is_field(path)
    with pytest.raises(ArgumentError):
        fields.place_of(path)

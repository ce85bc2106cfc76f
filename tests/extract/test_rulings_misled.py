"""Orders in running text whose other words change what was ruled, and counts that are named only by the way."""
# ruff: noqa: E501 - sentences are easier to check in one piece

from __future__ import annotations

import textwrap

import pytest
from freed import FREE, is_freed
from typed_grid import a_page
from typed_papers import ORDER_FOOT, ORDER_HEAD, STATEMENT

from casefile.docket import Charge, Disposition, DocumentKind, Grade, Termination
from extract.records import records_of
from extract.words_apart import with_words_apart

CA = "possession of cannabis, Ch. 56 1/2, Par. 704(c)"
BA = "battery, Ch. 38, Par. 12-3"
C = f"The defendant is charged with {CA}."


def _charges(text: str, *, title: str = "ORDER", below: str = "") -> tuple[Charge, ...]:
    body = "\n".join(textwrap.wrap(text, 68, initial_indent="    "))
    page = a_page(ORDER_HEAD.format(title=title) + body + ORDER_FOOT + below)
    return records_of([page], DocumentKind.CERTIFIED_STATEMENT)[0].charges


@pytest.mark.parametrize("below", ["", "\n ENTERED: JUDGE BROWN\n"])
def test_a_plain_order_ends_its_charge(below: str) -> None:
    (charge,) = _charges(f"{C} On motion of the People the cause is dismissed.", below=below)
    assert charge.disposition.value is Disposition.DISMISSED
    assert charge.disposition.confidence > 0.95


T = "and the defendant has complied with all of the conditions thereof, IT IS ORDERED that"


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        (f"On this day the People, by the State's Attorney, say that they will not further prosecute the defendant on the charge of {CA}. It is therefore ordered that a nolle prosequi be entered herein and that the defendant go hence without day.", Disposition.NOLLE_PROSEQUI),
        (f"Now come the People and move the Court for leave to enter a nolle prosequi as to the charge of {CA}. Said motion is allowed and the cause is nolle prossed.", Disposition.NOLLE_PROSEQUI),
        (f"The parties appear and announce ready for trial, and a jury is impaneled and sworn. We, the jury, find the defendant not guilty of {CA}. The Court enters judgment on the verdict and the defendant is discharged.", Disposition.NOT_GUILTY),
        (f"It appearing to the Court that on May 2, 1988 the above named defendant was placed on court supervision for the offense of {CA}, {T} supervision is terminated satisfactorily and the defendant is discharged.", Disposition.SUPERVISION),
        (f"It appearing that on May 2, 1988 the defendant was placed on probation under Section 710 of the Cannabis Control Act for {CA}, {T} the defendant is discharged from said probation and the proceedings against him are dismissed.", Disposition.FIRST_OFFENDER_PROBATION),
        (f"The defendant pleaded guilty to {CA}, a Class A misdemeanor, and the Court finds that the plea was made knowingly and voluntarily. Supervision for 12 months is ordered on the following conditions: 1. Not violate any criminal statute of any jurisdiction. 2. Report to the Probation Officer as directed.", Disposition.SUPERVISION),
    ],
)  # fmt: skip
def test_what_orders_recite_stops_no_ruling(text: str, ending: Disposition) -> None:
    (charge,) = _charges(text)
    assert charge.disposition.value is ending
    assert charge.disposition.confidence > 0.95
    assert is_freed(charge) == (ending in FREE or " is terminated" in text or "are dismissed" in text)


@pytest.mark.parametrize(
    "text",
    [
        f"On the charge of {CA}, the defendant is found guilty and on the charge of {BA}, he is found not guilty.",
        f"The Court finds the defendant guilty of {BA}, and {CA}, and not guilty of theft, Ch. 38, Par. 16-1.",
        f"{C} Defendant is found guilty. The original complaint is dismissed.",
        f"{C} Defendant pleads guilty. The prior conviction allegation is dismissed.",
        f"{C} The cause is dismissed. The People's motion to reconsider the foregoing is allowed.",
        f"{C} The cause is dismissed. The Court then sentences the defendant.",
        f"{C} The cause is dismissed. The foregoing order is stayed until September 12, 1989.",
        f"{C} The cause having been heretofore dismissed, the People now re-file the charge and the cause is set for trial on September 9, 1989.",
        f"{C} The cause was dismissed on July 3, 1989 and refiled on August 1, 1989 and set for trial.",
        f"{C} Supervision for 12 months is entered, at the end of which the cause is dismissed.",
        f"{C} The cause is dismissed after 90 days without arrest.",
        f"{C} On failure of the State to proceed on September 9, 1989 the cause is dismissed.",
        f"{C} The State may nolle prosequi the charge.",
        f"{C} The defendant pleads guilty. Supervision for 12 months. The People recommend that supervision is terminated satisfactorily.",
        f"{C} Defendant Ralph Gaines is found not guilty.",
        f"{C} The defendant moves the Court for leave to enter a nolle prosequi. The motion of the People is allowed in part.",
        f"{C} The People move that a nolle prosequi be entered. The motion to continue is granted.",
        f"It appearing that the People moved that the charge of {CA} be dismissed, it is ordered that the motion be denied.",
        f"{C} Supervision for 12 months is ordered on these conditions: 1. Report as directed. 2. The defendant shall be discharged and the cause dismissed.",
        f"{C} Supervision for 12 months is ordered on these conditions: 1. Report as directed; supervision is terminated on payment of a fine.",
        f"{C} The cause is dismissed. Void",
        f"{C} The cause is dismissed. Subject to approval of the Presiding Judge.",
        f"{C} The cause is dismissed subject to the following conditions.",
        f"On May 2, 1988 the defendant was placed on supervision for {CA}, and has not complied with all of the conditions thereof, it is ordered that the defendant is discharged from custody.",
        f"{C} The defendant is placed on supervision for 12 months. For failure to comply with the terms of supervision the defendant shall serve 30 days in the County Jail, supervision being revoked. Supervision is terminated.",
    ],
)  # fmt: skip
def test_nobody_is_freed_by_an_order_of_which_a_word_is_not_understood(text: str) -> None:
    assert not any(map(is_freed, _charges(text)))


@pytest.mark.parametrize("number", ["IX", "XI", "IIII", "XXX"])
def test_a_count_whose_numeral_is_odd_frees_nobody_and_stops_nothing(number: str) -> None:
    charges = _charges(f"The defendant is charged in Count {number} with {CA}. The cause is dismissed.")
    assert not any(map(is_freed, charges))


@pytest.mark.parametrize(
    ("title", "below"),
    [("MOTION TO DISMISS", ""), ("NOTICE", ""), ("PROPOSED ORDER", ""), ("ORDER", "\n VOID\n"), ("ORDER", "\n see order of 9-12-89 reinstating\n"),
     ("ORDER", "\n ENTERED: JUDGE BROWN, VACATING\n"), ("ORDER", "\n JUDGE BROWN RECALLS ORDER\n")],
)  # fmt: skip
def test_nobody_is_freed_by_what_is_only_asked_for_or_was_undone_below(title: str, below: str) -> None:
    assert not any(map(is_freed, _charges(f"{C} The cause is dismissed.", title=title, below=below)))


THREE = STATEMENT.format(
    more="  C002  720 ILCS 5/19-1(A)        BURGLARY  CLASS 2 FELONY\n  C003  720 ILCS 5/12-3(A)        BATTERY  CLASS A MISDEMEANOR\n"
)


def _first_of(head: str, rows: tuple[str, ...]) -> Charge:
    page = a_page(head + "".join(f"  {row}\n" for row in rows))
    return records_of([page], DocumentKind.CERTIFIED_STATEMENT)[0].charges[0]


@pytest.mark.parametrize(
    "rows",
    [
        ("05/20/93 NOLLE PROSEQUI C001", "05/20/94 CAUSE REINSTATED WITH OTHER CHARGES"),
        ("05/20/93 DISMISSED C001", "05/20/94 DISMISSAL VACATED; OTHER CHARGES REINSTATED"),
        ("05/20/93 STRICKEN ON LEAVE C001", "05/20/94 REINSTATED ON MOTION STATE, JOINED WITH OTHER CHARGES"),
        ("05/20/93 PLEA OF GUILTY C001", "05/20/93 SUPERVISION 12 MTHS C001", "05/20/94 SUPERVISION REVOKED OTHER CHARGES"),
    ],
)  # fmt: skip
def test_other_charges_named_by_the_way_do_not_take_an_entry_from_its_count(rows: tuple[str, ...]) -> None:
    charge = _first_of(STATEMENT.format(more=""), rows)
    assert not is_freed(charge)
    assert charge.termination.value is not None or charge.disposition.value is not Disposition.SUPERVISION


@pytest.mark.parametrize(
    "rows",
    [
        ("05/20/93 PLEA OF GUILTY C002", "05/20/93 NOLLE PROS PLEA OTHER CHARGE   C003"),
        ("05/20/93 PLEA OF GUILTY C002", "05/20/93 NOLLE PROSEQUI OTHER CHARGES   C003"),
        ("05/20/93 DISMISSED-PLEA TO OTHER COUNT   C003",),
        ("05/20/93 DISMISSED, PLED TO OTHER CHARGES, GUILTY COUNT 2",),
        ("05/20/93 GUILTY COUNT 2", "05/20/93 NOLLE PROSEQUI REMAINING COUNTS", "06/12/94 ORDER AS TO REMAINING COUNTS RECALLED"),
        ("05/20/93 GUILTY COUNT 2", "05/20/93 NOLLE PROSEQUI COUNT 1 AND COUNT 3", "05/20/94 MOTION STATE REINSTATE REMAINING COUNTS ALLOWED"),
        ("05/20/93 COUNT 1 CONT TO 06/11/94", "05/20/93 GUILTY COUNT 2", "05/20/93 OTHER COUNTS NOLLE PROSEQUI"),
    ],
)  # fmt: skip
def test_other_counts_that_are_a_reason_end_nothing(rows: tuple[str, ...]) -> None:
    assert not is_freed(_first_of(THREE, rows))


@pytest.mark.parametrize(
    "row",
    ["NOLLE PROSEQUI AS TO ALL REMAINING COUNTS", "REMAINING COUNTS: NOLLE PROSEQUI", "BALANCE OF COUNTS DISMISSED"],
)
def test_the_remaining_counts_end_where_the_row_says_so(row: str) -> None:
    charge = _first_of(THREE, ("05/20/93 GUILTY COUNT 2", f"05/20/93 {row}"))
    assert is_freed(charge)
    assert charge.disposition.confidence > 0.95


@pytest.mark.parametrize("row", ["720 ILCS 550/4(d) F NG", "ARRAIGNED F NG JURY DEMAND", "C NP", "F INE"])
def test_two_columns_never_become_an_ending(row: str) -> None:
    words = [word.text for word in a_page(row).words]
    assert [word.text for word in with_words_apart(a_page(row)).words] == words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"On June 4, 1989 in Case No. 89-CF-1193 the defendant was found guilty of {CA}.", "89CF1193"),
        (f"The charge of {CA} is dismissed, the defendant having pleaded guilty in Cause No. 88-CF-200.", None),
        (f"The defendant pleads guilty to {CA} in exchange for dismissal of case No. 88-CF-200.", None),
        (f"{C} Cause No. 88-CF-200 is nolle prossed.", None),
    ],
)
def test_a_case_that_an_order_names_by_the_way_is_not_its_own(text: str, number: str | None) -> None:
    body = "\n".join(textwrap.wrap(text, 68, initial_indent="    "))
    head = ORDER_HEAD.format(title="ORDER").replace("NO. 89-CF-1193", "")
    (record,) = records_of([a_page(head + body + ORDER_FOOT)], DocumentKind.SENTENCING_ORDER)
    assert record.docket_number.value == number


FIRST = f"The defendant, not having previously been convicted of or placed on probation for any offense under said Acts, pleads guilty to {CA}."
BEST = f"The defendant having entered a plea of guilty to {CA}, and the Court having found that the ends of justice will be served by the entry of an order of supervision,"
DUTIES = "subject to the following conditions: 1. make restitution in an amount not to exceed actual loss; 2. perform such hours of public service as may be ordered; 3. notify the Clerk of any change of address within 72 hours;"


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        (f"{FIRST} The Court, without entering a judgment, defers further proceedings and places the defendant on probation for 12 months pursuant to Chapter 56 1/2, Section 710.", Disposition.FIRST_OFFENDER_PROBATION),
        (f"{BEST} it is hereby ordered that no judgment of guilty be entered at this time and that the defendant be placed under supervision for a period of 12 months, {DUTIES}", Disposition.SUPERVISION),
        (f"{C} On motion of the State's Attorney, leave is granted to nolle prosequi the same.", Disposition.NOLLE_PROSEQUI),
        (f"{C} The People announcing that they are unable to proceed, it is ordered that the complaint be dismissed for insufficiency of the evidence.", Disposition.DISMISSED),
    ],
)  # fmt: skip
def test_what_the_acts_have_orders_recite_stops_no_ruling(text: str, ending: Disposition) -> None:
    (charge,) = _charges(text, below="\n DATED: August 21, 1989   ENTER: Cynthia M. Orozco\n")
    assert charge.disposition.value is ending
    assert charge.disposition.confidence > 0.95
    assert is_freed(charge) == (ending in FREE)


def test_a_motion_to_dismiss_that_is_allowed_dismisses() -> None:
    (charge,) = _charges(f"{C} The motion of the defendant to dismiss is allowed and said charge is dismissed.")
    assert charge.disposition.value is Disposition.DISMISSED


@pytest.mark.parametrize(
    "text",
    [
        f"{C} The motion of the defendant to dismiss is allowed in part.",
        f"{C} The motion of the defendant to dismiss is denied.",
        f"{C} The motion of the defendant to vacate the dismissal is allowed.",
        f"{C} The motion of the defendant to continue is allowed and the motion to dismiss is taken under advisement.",
        f"{FIRST} The Court places the defendant on probation for 12 months pursuant to Chapter 56 1/2, Section 710: 1. pay a fine; 2. perform 30 hours of service, whereupon the charge is dismissed.",
        f"{FIRST} The Court places the defendant on probation for 12 months pursuant to Chapter 56 1/2, Section 710. The defendant has not fulfilled the terms and conditions of probation. It is ordered that the defendant be discharged.",
    ],
)  # fmt: skip
def test_motions_denied_and_terms_not_met_free_nobody(text: str) -> None:
    assert not any(map(is_freed, _charges(text)))


def test_a_term_met_on_the_order_that_gave_it_ends_well() -> None:
    text = f"The defendant was placed on 710 probation, as a first offender, for 24 months upon a plea of guilty to {CA}. The defendant has satisfactorily completed the same and has paid all fines and costs. It is ordered that the defendant be discharged from probation and that the proceedings be dismissed."
    (charge,) = _charges(text)
    assert charge.disposition.value is Disposition.FIRST_OFFENDER_PROBATION
    assert charge.termination.value is Termination.SATISFACTORY


PARAGRAPHS = (
    f"As to Count I, {CA}, the defendant enters a plea of guilty. The Court finds the defendant guilty. The defendant is sentenced to 30 months probation.",
    f"As to Count II, {BA}, the defendant enters a plea of guilty. The Court finds the defendant guilty. The defendant is sentenced to 12 months probation.",
)


def test_what_a_paragraph_imposes_is_of_the_count_that_it_names() -> None:
    body = "\n\n".join("\n".join(textwrap.wrap(few, 68, initial_indent="    ")) for few in PARAGRAPHS)
    page = a_page(ORDER_HEAD.format(title="ORDER") + body + ORDER_FOOT)
    charges = records_of([page], DocumentKind.SENTENCING_ORDER)[0].charges
    assert [[part.amount for part in charge.sentence.value or ()] for charge in charges] == [[30], [12]]


def test_what_was_filed_before_was_not_filed_on_the_day_of_the_order() -> None:
    text = f"This cause comes on for hearing on the complaint filed herein. {C} On motion of the People the cause is dismissed."
    body = "\n".join(textwrap.wrap(text, 68, initial_indent="    "))
    page = a_page(ORDER_HEAD.format(title="ORDER") + body + ORDER_FOOT)
    (record,) = records_of([page], DocumentKind.SENTENCING_ORDER)
    assert record.filed_date.value is None


def test_the_class_behind_a_citation_is_the_charge_s() -> None:
    (charge,) = _charges(f"The defendant pleads guilty to {CA}, a Class 4 felony. The Court finds him guilty.")
    assert charge.grade.value is Grade.F4

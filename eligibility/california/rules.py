"""The California decision table for HS 11361.8 and 11361.9: one function a row, the first that answers wins."""

from __future__ import annotations

from collections.abc import Callable

from casefile.law import Outcome
from eligibility.california.charged import Age, Charged, Ending
from eligibility.california.history import Prior
from eligibility.table import Answer, Tried

AUTOMATIC, PETITION = "11361.9", "11361.8"
DISMISS, REDESIGNATE = "dismiss", "redesignate"
FILE = "law file, section 6"
EXCLUDING = {  # which shown facts keep which section a felony: law file, section 4
    "minor_sale": ("11359", "11360"),
    "minor_use": ("11359",),
    "import_export": ("11360",),
    "environmental": ("11358",),
}
Row = tuple[str, Callable[[Charged], Tried]]


def _ineligible(code: str, *notes: str) -> Answer:
    return Answer(Outcome.INELIGIBLE, None, (code,), notes)


def _review(code: str, *notes: str) -> Answer:
    return Answer(Outcome.REVIEW, None, (code,), notes)


def _granted(charged: Charged, code: str, result: str, *notes: str) -> Answer:
    """Relief without being asked; a petition where the conviction was not on the list, or was challenged."""
    if charged.is_automatic:
        return Answer(Outcome.AUTO, AUTOMATIC, (code,), notes, result)
    note = "not on the Department's list, or challenged in time: a petition under HS 11361.8 is needed"
    return Answer(Outcome.MOTION, PETITION, (code,), (*notes, note), result)


def section(charged: Charged) -> Tried:
    """Row 2."""
    cited = charged.cited
    if cited.is_cannabis or (cited.is_derivative and charged.cannabis_beside(event=False)):
        return Tried(FILE, f"{cited}: HS 11357 to 11360, or tied to one")
    return Tried(FILE, f"{cited}: not HS 11357 to 11360", _ineligible("X-SECTION"))


def derivative(charged: Charged) -> Tried:
    """Row 3; where what it was of is not cited, no row below could look at it, so it stands whatever is ruled."""
    cite = "People v. Boatwright, 36 Cal.App.5th 848 [T]"
    if charged.cited.is_derivative:
        because = "accessory, conspiracy or attempt with a cannabis charge: a person confirms what it was of"
        answer = Answer(Outcome.REVIEW, None, ("R-DERIVATIVE",), stands=not charged.cited.is_cannabis)
        return Tried(cite, because, answer)
    return Tried(cite, "not accessory, conspiracy or attempt")


def after_act(charged: Charged) -> Tried:
    """Row 4."""
    act = charged.figures.dates.act
    if charged.is_after_act:
        return Tried(act.cite, f"offense on or after {act.since}: already under the new law", _ineligible("X-AFTER"))
    return Tried(act.cite, f"offense before {act.since}")


def no_conviction(charged: Charged) -> Tried:
    """Row 5."""
    if charged.ending is Ending.OTHERWISE:
        note = "HS 11361.5 or PC 851.91 may apply [S]"
        return Tried(FILE, "not a conviction", _ineligible("X-NOCONV", note))
    if charged.ending is Ending.UNTOLD:
        return Tried(FILE, "a disposition that is none of the known ones", _review("R-OTHER"))
    return Tried(FILE, "a conviction")


def excluding_fact(charged: Charged) -> Tried:
    """Row 6: a fact that keeps the offense a possible felony; shown beside another section, a person looks."""
    cite = "HS 11358(d)(3), 11359(c)(3), (d), 11360(a)(3) [T][S]"
    shown = [fact for fact in charged.shown if fact in EXCLUDING] if charged.is_sale_or_growing else []
    if not shown:
        return Tried(cite, "no minor, hiring, import, export or environmental fact shown")
    barring = [fact for fact in shown if charged.number in EXCLUDING[fact]]
    if barring and not (barring == ["import_export"] and charged.is_under_export_limit):
        return Tried(cite, f"shown: {', '.join(barring)}", _ineligible("X-FACT"))
    because = f"shown, but not among what excludes HS {charged.number}, or under its weight: {', '.join(shown)}"
    return Tried(cite, because, _review("R-FACT"))


def earlier_prior(charged: Charged) -> Tried:
    """Row 7."""
    cite = charged.figures.priors.cite
    if not charged.is_sale_or_growing:
        return Tried(cite, "no prior excludes HS 11357")
    if charged.prior is Prior.BEFORE:
        note = "the list of sections is over-inclusive in places: confirm by hand; the text says 'may' [T]"
        return Tried(cite, "a super strike or registrable conviction before the offense", _ineligible("X-PRIOR", note))
    return Tried(cite, "no super strike or registrable conviction surely before the offense")


def prior_date(charged: Charged) -> Tried:
    """Row 8."""
    cite = "People v. Smit [T]"
    if charged.is_sale_or_growing and charged.prior is Prior.DATE_OPEN:
        because = "such a conviction between offense and conviction, or of unknown date"
        return Tried(cite, because, _review("R-PRIOR-DATE"))
    return Tried(cite, "no such conviction between offense and conviction, or of unknown date")


def two_priors(charged: Charged) -> Tried:
    """Row 9."""
    cite = "HS 11358(d)(2), 11359(c)(2), 11360(a)(3)(B) [T][S]"
    if charged.is_sale_or_growing and charged.has_two_earlier:
        return Tried(cite, "two earlier convictions under the same section", _review("R-TWO-PRIORS"))
    return Tried(cite, "not two earlier convictions under the same section")


def no_change(charged: Charged) -> Tried:
    """Row 10."""
    cite = "HS 11357(b), (c) now [T]"
    if charged.number == "11357" and charged.cited.letter in "cd" and charged.age is not Age.CHILD:
        return Tried(cite, "a misdemeanor then and now; office policy may dismiss", _ineligible("X-NO-CHANGE"))
    return Tried(cite, "not an adult's 11357(c) or (d)")


def serving(charged: Charged) -> Tried:
    """Row 11."""
    cite = "HS 11361.8(a) to (d) [T]"
    if charged.is_serving:
        note = "the court asks whether there is an unreasonable risk, PC 1170.18(c)"
        answer = Answer(Outcome.MOTION, PETITION, ("M-SERVING",), (note,))
        return Tried(cite, "the sentence is still running", answer)
    return Tried(cite, "the sentence is complete")


def lawful_now(charged: Charged) -> Tried:
    """Row 12."""
    cite = "HS 11361.8(e) to (g), 11361.9; HS 11362.1 [U]"
    by_amount = charged.number == "11358" or (charged.number == "11357" and charged.cited.letter == "a")
    if by_amount and charged.age is Age.ADULT and charged.is_within_limits:
        return Tried(cite, "lawful now: 21 and over, within the limit", _granted(charged, "A-DISMISS", DISMISS))
    return Tried(cite, "not shown to be lawful now")


def small_possession(charged: Charged) -> Tried:
    """Row 13."""
    cite = "HS 11357(b) then, 11362.1 now [T][U]"
    if charged.number == "11357" and charged.cited.letter == "b" and charged.age is Age.ADULT:
        because = "up to 28.5 g by somebody of 21 or over"
        return Tried(cite, because, _granted(charged, "A-DISMISS", DISMISS))
    return Tried(cite, "not 11357(b) at 21 or over")


def less_now(charged: Charged) -> Tried:
    """Row 14."""
    cite = "HS 11358 to 11360 now, HS 11361.8(e) [T][S]"
    note = "dismissal if weight, plants or use prove it lawful; weight may be shown by reports, People v. Hall [S]"
    if charged.number == "11357" and charged.cited.letter == "a":
        because = "concentrate over the limit, of unknown weight, or under 21"
        if charged.is_felony or charged.is_within_limits is None or charged.age is not Age.ADULT:
            return Tried(cite, because, _granted(charged, "A-REDESIGNATE", REDESIGNATE, note))
        return Tried(cite, "concentrate over the limit: a misdemeanor then and now", _review("R-OTHER"))
    if charged.is_sale_or_growing and charged.is_felony:
        return Tried(cite, "a felony then, less now", _granted(charged, "A-REDESIGNATE", REDESIGNATE, note))
    return Tried(cite, "not a felony of HS 11358 to 11360, nor concentrate")


def infraction_now(charged: Charged) -> Tried:
    """Row 15: misdemeanor 11360(b), and the variants of 11357 for those under 21."""
    cite = "HS 11357(a), (b), (d), 11360(b) now [T][U]"
    if charged.is_infraction or charged.is_felony:
        return Tried(cite, "an infraction already, or a felony")
    if charged.number == "11360" and charged.cited.letter == "b":
        note = "dismissal if shown to be between adults of 21 and over"
        return Tried(cite, "an infraction now", _granted(charged, "A-REDESIGNATE", REDESIGNATE, note))
    if charged.number == "11357" and _is_infraction_by_age(charged):
        return Tried(cite, "an infraction at that age", _granted(charged, "A-REDESIGNATE", REDESIGNATE))
    return Tried(cite, "no misdemeanor that is an infraction now")


def _is_infraction_by_age(charged: Charged) -> bool:
    letter, age = charged.cited.letter, charged.age
    return (letter == "b" and age is not Age.ADULT) or (letter in "ce" and age is Age.CHILD)


def otherwise(charged: Charged) -> Tried:
    """Row 16."""
    return Tried(FILE, "no other row answers", _review("R-OTHER"))


STOPS: tuple[Row, ...] = (
    ("2", section),
    ("3", derivative),
    ("4", after_act),
    ("5", no_conviction),
)
EXCLUSIONS: tuple[Row, ...] = (
    ("6", excluding_fact),
    ("7", earlier_prior),
    ("8", prior_date),
    ("9", two_priors),
)
RELIEF: tuple[Row, ...] = (
    ("10", no_change),
    ("11", serving),
    ("12", lawful_now),
    ("13", small_possession),
    ("14", less_now),
    ("15", infraction_now),
    ("16", otherwise),
)
ROWS = (*STOPS, *EXCLUSIONS, *RELIEF)

"""The Illinois decision table for 20 ILCS 2630/5.2(i): one function a row, the first that answers wins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from casefile.law import Outcome
from eligibility.citation import Citation, Kind
from eligibility.engine import Facts
from eligibility.illinois.charged import Charged, Ending
from eligibility.illinois.features import CASUAL_DELIVERY, Features
from eligibility.illinois.figures import Figures
from eligibility.law import Verdict
from eligibility.parameters import in_force
from eligibility.table import Answer, Tried, verdict_of

Row = tuple[str, Callable[[Charged], Tried]]


def decide(features: Features, figures: Figures, as_of: date, facts: Facts) -> Verdict:
    """The verdict of the table under one assignment of the facts, with every row tried up to it."""
    return verdict_of(ROWS, Charged(features, figures, as_of, facts), facts)


def _review(reason: str, *notes: str) -> Answer:
    return Answer(Outcome.REVIEW, None, (reason,), notes)


def _ineligible(reason: str, *notes: str) -> Answer:
    return Answer(Outcome.INELIGIBLE, None, (reason,), notes)


def stopped(charged: Charged) -> Tried:
    """Row 0: what may have been expunged or sealed is for an administrator to look at."""
    cite = "law file, section 3.6: expunge, seal"
    if charged.ending is Ending.STOPPED or charged.another_is_stopped:
        return Tried(cite, "the case may have been expunged or sealed", _review("R-AMBIGUOUS:disposition"))
    return Tried(cite, "not expunged or sealed")


def juvenile(charged: Charged) -> Tried:
    """Row 2."""
    cite = charged.figures.dates.juvenile_felony[0].cite
    if charged.is_minor:
        return Tried(cite, "under the age line at the offense: juvenile law", _review("R-JUVENILE"))
    return Tried(cite, "not under the age line at the offense, or no birth date known: adult")


def after_act(charged: Charged) -> Tried:
    """Row 3."""
    act = charged.figures.dates.act
    if charged.offense_date >= act.since:
        return Tried(act.cite, f"offense on or after {act.since}", _ineligible("X-AFTER-ACT"))
    return Tried(act.cite, f"offense before {act.since}")


def convicted_after_act(charged: Charged) -> Tried:
    """Row 3a: the statewide form speaks of the conviction date, the statute of the offense."""
    act = charged.figures.dates.act
    if charged.ending is Ending.CONVICTION and not charged.is_civil and charged.is_convicted_after_act:
        return Tried(act.cite, f"convicted on or after {act.since}", _review("R-CONV-AFTER"))
    return Tried(act.cite, f"no conviction on or after {act.since}")


def before_cannabis_act(charged: Charged) -> Tried:
    """Row 4; an older act has no sections the rows below could look at, so it stands whatever is ruled of others."""
    first = charged.figures.dates.cannabis_control_act
    if charged.offense_date < first.since:
        is_older = "R-PRE-CCA" in charged.facts.passed and charged.citation.kind is Kind.OLD
        answer = Answer(Outcome.REVIEW, None, ("R-PRE-CCA",), stands=is_older)
        return Tried(first.cite, f"offense before {first.since}", answer)
    return Tried(first.cite, f"offense on or after {first.since}")


def ordinance(charged: Charged) -> Tried:
    """Row 5."""
    cite = "law file, section 5 [S]"
    if charged.citation.kind is Kind.ORDINANCE:
        return Tried(cite, "a local ordinance", _review("R-ORDINANCE"))
    return Tried(cite, "not a local ordinance")


def civil(charged: Charged) -> Tried:
    """Row 6."""
    provision = charged.figures.dates.civil
    if charged.is_civil:
        note = "police records, expunged each 1 January and 1 July; never part of a motion"
        answer = Answer(Outcome.AUTO, "a2.5", ("A-CIVIL",), (note, *charged.notes_on_weight()))
        return Tried(provision.cite, f"a civil law violation on or after {provision.since}", answer)
    return Tried(provision.cite, "not a civil law violation")


def casual_delivery(charged: Charged) -> Tried:
    """Row 7."""
    cite = "720 ILCS 550/6 [S], section number [U]"
    if charged.citation.provision == CASUAL_DELIVERY:
        return Tried(cite, "casual delivery, punished as possession", _review("R-CASUAL"))
    return Tried(cite, "not casual delivery")


def attempt(charged: Charged) -> Tried:
    """Row 8."""
    cite = charged.figures.classes.attempt.cite
    if not (charged.citation.attempt and charged.citation.is_section_4_or_5):
        return Tried(cite, "not an attempt of Section 4 or 5")
    if charged.ending is Ending.NON_CONVICTION:
        return Tried(cite, "an attempt that did not end in a conviction", _review("M-ATTEMPT"))
    if charged.ending is not Ending.CONVICTION:
        return Tried(cite, "an attempt without an ending")
    if charged.variant.is_low is None:
        return Tried(cite, "an attempt whose class at that time is not confirmed", _review("R-CLASS-ERA"))
    if charged.variant.is_low:
        answer = Answer(Outcome.MOTION, "i3", ("M-ATTEMPT",), charged.notes_on_weight())
        return Tried(cite, f"an attempt one step down: {charged.class_words}", answer)
    return Tried(cite, f"an attempt one step down: {charged.class_words}", _ineligible("M-ATTEMPT"))


def not_4_or_5(charged: Charged) -> Tried:
    """Row 9."""
    cite = charged.figures.dates.minor_offense.cite
    if charged.citation.is_section_4_or_5:
        return Tried(cite, f"{charged.citation}: a violation of Section 4 or 5")
    return Tried(
        cite,
        f"{charged.citation}: not a violation of Section 4 or 5",
        _ineligible("X-NOT-4-5", *_other_law(charged.citation)),
    )


def _other_law(citation: Citation) -> tuple[str, ...]:
    """What a lawyer may say of provisions near Sections 4 and 5."""
    notes = {
        "5.2": "at or near a school: built on Section 5, so a lawyer may argue that it is one; sealing possible",
        "7": "an enhancement of Section 5; a lawyer should look at what was delivered; sealing possible",
    }
    note = notes.get(citation.section) if citation.act == CASUAL_DELIVERY[0] else None
    return (note or "other law may help: sealing or an ordinary petition under 20 ILCS 2630/5.2 [S]",)


PENDING_NOTE = "a minor offense of before the Act that is still unsentenced: petition to dismiss and expunge [U]"


def pending(charged: Charged) -> Tried:
    """Row 10."""
    cite = "law file, section 3.4 [U]"
    if charged.ending is Ending.OPEN:
        return Tried(
            cite,
            "not ended: pending, warrant, transferred, superseded, or still under supervision",
            _review("R-PENDING", PENDING_NOTE),
        )
    return Tried(cite, "ended")


def police_records(charged: Charged) -> Tried:
    """Row 11."""
    waiting = charged.figures.dates.waiting
    if charged.ending is not Ending.NON_CONVICTION:
        return Tried(waiting.cite, "not an ending without conviction")
    if not charged.is_minor_offense:
        return Tried(waiting.cite, "no conviction, and not a minor cannabis offense")
    if not charged.is_matured:
        return Tried(waiting.cite, "a minor cannabis offense without conviction, less than a year since arrest")
    answer = Answer(Outcome.AUTO, "i1", ("A-NONCONV",), (*_deadline(charged), *charged.notes_on_weight()))
    return Tried(waiting.cite, "a minor cannabis offense without conviction, a year or more since arrest", answer)


def _deadline(charged: Charged) -> tuple[str, ...]:
    band = in_force(charged.figures.dates.deadline, charged.arrest_date)
    due = (f"police records were due for expungement by {band.by}",) if band and charged.is_record_before_act else ()
    return (*due, "the court file needs a petition under 20 ILCS 2630/5.2(b) [S]")


def petition(charged: Charged) -> Tried:
    """Row 12; a case stricken with leave to reinstate is no ending before its year is over (section 3.4)."""
    cite = "20 ILCS 2630/5.2(b) [S]"
    if charged.ending is not Ending.NON_CONVICTION or charged.is_minor_offense:
        return Tried(cite, "not an ending without conviction of more than a minor cannabis offense")
    if charged.is_stricken and not charged.is_matured:
        return Tried(cite, "stricken with leave to reinstate less than a year after arrest")
    answer = Answer(Outcome.MOTION, "b", ("M-PETITION-B",), charged.notes_on_weight())
    return Tried(cite, f"no conviction, and no minor cannabis offense: {charged.minor_words}", answer)


def too_soon(charged: Charged) -> Tried:
    """Row 13."""
    cite = charged.figures.dates.waiting.cite
    if charged.ending is not Ending.NON_CONVICTION:
        return Tried(cite, "not an ending without conviction")
    return Tried(cite, f"a year since arrest is over on {charged.matures_on}", _review("R-TOO-SOON"))


def minor_conviction(charged: Charged) -> Tried:
    """Row 14."""
    cite = charged.variant.cite if charged.ending is Ending.CONVICTION else "20 ILCS 2630/5.2(i)(4) [S]"
    if charged.ending is not Ending.CONVICTION:
        return Tried(cite, "not a conviction")
    if not charged.is_minor_offense:
        return Tried(cite, f"a conviction, but no minor cannabis offense: {charged.minor_words}")
    if not charged.variant.is_low:
        return Tried(cite, f"a minor cannabis offense; {charged.class_words}")
    answer = Answer(Outcome.AUTO, "i4", ("A-MCO-CONV",), ("i2, pardon, is open too [S]", *charged.notes_on_weight()))
    return Tried(cite, f"conviction for a minor cannabis offense, {charged.class_words}", answer)


def class_of_era(charged: Charged) -> Tried:
    """Row 15."""
    cite = charged.figures.dates.minor_offense.cite
    if charged.ending is Ending.CONVICTION and charged.is_minor_offense:
        return Tried(cite, f"a minor cannabis offense, but {charged.class_words}", _review("R-CLASS-ERA"))
    return Tried(cite, "not a conviction for a minor cannabis offense of unknown or higher class")


def motion(charged: Charged) -> Tried:
    """Row 16."""
    cite = "20 ILCS 2630/5.2(i)(3) [S]"
    if not _is_low_conviction(charged):
        return Tried(cite, "not a conviction of a misdemeanor or Class 4 felony")
    if not charged.is_sentence_complete:
        return Tried(cite, f"conviction, {charged.class_words}, but the sentence is not complete")
    note = "or i4, where the prosecutor chooses"
    answer = Answer(Outcome.MOTION, "i3", ("M-CLASS4",), (note, *charged.notes_on_weight()))
    return Tried(cite, f"conviction, {charged.class_words}, sentence complete", answer)


def sentence_running(charged: Charged) -> Tried:
    """Row 17."""
    cite = "20 ILCS 2630/5.2(i)(3) [S]"
    if _is_low_conviction(charged):
        return Tried(cite, "the sentence is not complete", _review("R-SENTENCE"))
    return Tried(cite, "not a conviction of a misdemeanor or Class 4 felony")


def high_class(charged: Charged) -> Tried:
    """Row 18."""
    cite = charged.variant.cite if charged.ending is Ending.CONVICTION else "20 ILCS 2630/5.2(i)(3) [S]"
    if charged.ending is Ending.CONVICTION and charged.variant.is_low is False:
        return Tried(cite, f"conviction, {charged.class_words}", _ineligible("X-CLASS", "sealing is possible [S]"))
    return Tried(cite, "not a conviction of Class 3 or above")


def otherwise(charged: Charged) -> Tried:
    """Row 19."""
    return Tried("law file, section 5", "no other row answers", _review("R-OTHER"))


def motion_route(charged: Charged) -> str | None:
    """By which route a charge that no row of Sections 4 and 5 looks at may be moved, as rows 10 to 18 look at those:
    a conviction of no more than a Class 4 felony with its sentence complete, or what ended otherwise a year ago."""
    if charged.ending is Ending.NON_CONVICTION:
        return "b" if charged.is_matured else None
    if charged.ending is not Ending.CONVICTION or charged.is_printed_above_class_4:
        return None
    return "i3" if charged.is_sentence_complete else None


def _is_low_conviction(charged: Charged) -> bool:
    return charged.ending is Ending.CONVICTION and charged.variant.is_low is True


ROWS: tuple[Row, ...] = (
    ("0", stopped),
    ("2", juvenile),
    ("3", after_act),
    ("3a", convicted_after_act),
    ("4", before_cannabis_act),
    ("5", ordinance),
    ("6", civil),
    ("7", casual_delivery),
    ("8", attempt),
    ("9", not_4_or_5),
    ("10", pending),
    ("11", police_records),
    ("12", petition),
    ("13", too_soon),
    ("14", minor_conviction),
    ("15", class_of_era),
    ("16", motion),
    ("17", sentence_running),
    ("18", high_class),
    ("19", otherwise),
)

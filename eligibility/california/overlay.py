"""A prosecutor's policy over the California table: it may grant more than the statute, or pass a row on; never less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from casefile.law import Ground, Layer, Outcome
from eligibility.california.charged import Charged, Ending
from eligibility.california.citation import Cited, Section, section
from eligibility.california.rules import AUTOMATIC, DISMISS, PETITION, REDESIGNATE
from eligibility.law import Policy, Verdict
from eligibility.table import Contradiction

ROW = 100  # the overlay's grounds come after all rows of the table


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an office may choose over the California table; all may be left out.

    Sections are written `HS 11357(b)`; one without a subdivision means all of them. What dismisses is tried before
    what reduces.
    """

    dismiss: tuple[str, ...] = ()
    reduce: tuple[str, ...] = ()  # felonies only
    under_21: bool = False  # on the day of the conviction
    age_at_least: int | None = None  # on the day judged for
    years_since_conviction: int | None = None
    years_crime_free: int | None = None  # of any conviction, in any county
    only_cannabis: bool = False
    only_cannabis_completed: bool = False  # the same, and every sentence complete
    deceased: bool = False
    exclusions: Literal["statute", "shown"] = "statute"  # shown: told of, and no bar to what this policy grants
    related_dismiss: tuple[str, ...] = ()  # dismissed too where the event holds a cannabis charge
    related_review: tuple[str, ...] = ()
    misdemeanors: Literal["decide", "dismiss", "pass"] = "decide"
    county: str | None = None
    review: tuple[str, ...] = ()
    gang_enhancement: bool = False  # violent charges enhanced in the same docket bar as an earlier super strike
    otherwise: Literal["review", "redesignate", "statute"] = "review"

    def __post_init__(self) -> None:
        for text in (*self.dismiss, *self.reduce, *self.related_dismiss, *self.related_review, *self.review):
            section(text)  # a ValueError names what is no section


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a policy says of a charge: pass it on (`review`, elsewhere), grant a result, or leave it to the statute."""

    code: str
    because: str
    result: str | None = None
    outcome: Outcome | None = None


BARS = ("X-PRIOR", "R-PRIOR-DATE", "R-TWO-PRIORS")  # exclusions that an office may merely show
STOPS = ("X-AFTER", "X-NOCONV")
RANK = {None: 0, REDESIGNATE: 1, DISMISS: 2}


def overlaid(verdict: Verdict, policy: Policy, charged: Charged) -> Verdict:
    """The verdict under a policy: the first option that applies, and never less than the statute gives.

    An option may ask what the table did not: whose history it is, where the link to the person is in doubt.
    """
    try:
        return _laid(verdict, policy, charged)
    except Contradiction as contradiction:
        ground = Ground(contradiction.cite, None, contradiction.because, layer=Layer.POLICY)
        reason = f"R-AMBIGUOUS:{contradiction.asks[0].field}"
        return Verdict(Outcome.REVIEW, None, (reason,), (*verdict.grounds, (ROW, ground)), contradiction.asks)


def _laid(verdict: Verdict, policy: Policy, charged: Charged) -> Verdict:
    chosen: Settings = policy.settings
    passed = _passed_first(charged, chosen)
    if passed is not None:
        return _with(verdict, policy, passed, charged)
    if any(code.startswith(("R-AMBIGUOUS", *STOPS)) for code in verdict.reasons):
        return verdict
    if charged.ending is Ending.UNTOLD:
        return verdict
    if not charged.cited.is_cannabis or charged.cited.is_derivative:
        related = _related(charged, chosen)
        return verdict if related is None else _with(verdict, policy, related, charged)
    return _with(verdict, policy, _choice(verdict, charged, chosen), charged)


def _passed_first(charged: Charged, chosen: Settings) -> _Choice | None:
    if chosen.county is not None and not charged.is_of_county(chosen.county):
        return _Choice("X-COUNTY", "a case of another county", outcome=Outcome.ELSEWHERE)
    return None


def _related(charged: Charged, chosen: Settings) -> _Choice | None:
    """What becomes of other charges of an event that holds a cannabis charge."""
    if _is_among(charged.cited, chosen.related_review):
        return _Choice("P-RELATED", "a related charge that a person always looks at", outcome=Outcome.REVIEW)
    if not _is_among(charged.cited, chosen.related_dismiss):
        return None
    if charged.cannabis_beside(event=True):
        return _Choice("P-RELATED", "a lesser charge of an event with a cannabis charge", DISMISS)
    return _Choice("P-RELATED", "a lesser charge, but no cannabis charge in its event", outcome=Outcome.REVIEW)


def _choice(verdict: Verdict, charged: Charged, chosen: Settings) -> _Choice:
    if _is_among(charged.cited, chosen.review):
        return _Choice("P-PERSON", "a subsection that always goes to a person", outcome=Outcome.REVIEW)
    if not charged.is_felony and chosen.misdemeanors == "pass":
        return _Choice("P-OTHER-OFFICE", "misdemeanors are another office's", outcome=Outcome.REVIEW)
    barred = _barred(verdict, charged, chosen)
    if barred is not None:
        return _Choice("", barred)
    for choice in _grants(charged, chosen):
        return choice
    return _last(charged, chosen)


def _barred(verdict: Verdict, charged: Charged, chosen: Settings) -> str | None:
    """Why no option may grant anything: a fact that excludes, or an exclusion the office applies."""
    reason = verdict.reasons[0]
    if reason in ("X-FACT", "R-FACT"):
        return "a fact shown excludes relief; no option reaches it"
    if reason in BARS and chosen.exclusions == "statute":
        return "the statute's exclusions are applied"
    if chosen.gang_enhancement and charged.is_sale_or_growing and charged.is_gang_enhanced:
        return "a violent charge enhanced in the same docket counts as a super strike"
    return None


def _grants(charged: Charged, chosen: Settings) -> Iterator[_Choice]:
    """The options that apply, those that dismiss first."""
    if chosen.misdemeanors == "dismiss" and not charged.is_felony:
        yield _Choice("P-MISDEMEANOR", "misdemeanors and infractions are dismissed", DISMISS)
    if _is_among(charged.cited, chosen.dismiss):
        yield _Choice("P-DISMISS-SECTION", "convictions under this section are dismissed", DISMISS)
    if chosen.deceased and charged.is_deceased:
        yield _Choice("P-DECEASED", "the person is deceased", DISMISS)
    if chosen.under_21 and not charged.has_reached(21, charged.convicted_on):
        yield _Choice("P-UNDER-21", "under 21 on the day of the conviction", DISMISS)
    if chosen.age_at_least is not None and charged.has_reached(chosen.age_at_least, charged.as_of):
        yield _Choice("P-AGE", f"{chosen.age_at_least} or over on the day judged for", DISMISS)
    if chosen.years_since_conviction is not None and charged.is_older_than(chosen.years_since_conviction):
        yield _Choice("P-YEARS", f"{chosen.years_since_conviction} years since the conviction", DISMISS)
    if chosen.years_crime_free is not None and charged.is_free_for(chosen.years_crime_free):
        yield _Choice("P-CRIME-FREE", f"no conviction in {chosen.years_crime_free} years", DISMISS)
    if _holds_only_cannabis(charged, chosen):
        yield _Choice("P-ONLY-CANNABIS", "nothing but HS 11357 to 11360 on the whole record", DISMISS)
    if _is_among(charged.cited, chosen.reduce) and charged.is_felony:
        yield _Choice("P-REDUCE-SECTION", "felonies under this section are reduced", REDESIGNATE)


def _holds_only_cannabis(charged: Charged, chosen: Settings) -> bool:
    if not (chosen.only_cannabis or chosen.only_cannabis_completed) or not charged.has_only_cannabis:
        return False
    return not chosen.only_cannabis_completed or charged.are_all_complete


def _last(charged: Charged, chosen: Settings) -> _Choice:
    if chosen.otherwise == "redesignate" and charged.is_felony:
        return _Choice("P-OTHERWISE", "what no option fits is redesignated", REDESIGNATE)
    if chosen.otherwise == "statute":
        return _Choice("", "no option applies: the statute's own answer")
    return _Choice("P-OTHERWISE", "what no option fits goes to a person", outcome=Outcome.REVIEW)


def _is_among(cited: Cited, texts: tuple[str, ...]) -> bool:
    return any(one.is_under(pattern) for one in cited.sections for pattern in _patterns(texts))


def _patterns(texts: tuple[str, ...]) -> tuple[Section, ...]:
    return tuple(map(section, texts))


def _with(verdict: Verdict, policy: Policy, choice: _Choice, charged: Charged) -> Verdict:
    """The verdict with what the policy says of it; a result the statute gives already stays the statute's."""
    ground = Ground(policy.cite, bool(choice.code), choice.because, layer=Layer.POLICY)
    grounds = (*verdict.grounds, (ROW, ground))
    if choice.outcome is Outcome.ELSEWHERE:
        return Verdict(choice.outcome, None, (choice.code,), grounds)
    if choice.outcome is not None:
        return Verdict(choice.outcome, None, (*_kept(verdict), choice.code), grounds)
    if RANK[choice.result] <= RANK[verdict.result]:
        return replace(verdict, grounds=grounds)
    is_petition = verdict.outcome is Outcome.MOTION or charged.is_serving or not charged.is_automatic
    outcome, route = (Outcome.MOTION, PETITION) if is_petition else (Outcome.AUTO, AUTOMATIC)
    return Verdict(outcome, route, (*_kept(verdict), choice.code), grounds, result=choice.result)


def _kept(verdict: Verdict) -> tuple[str, ...]:
    """The statute's codes, but for those that only say that it leaves the charge open."""
    return tuple(code for code in verdict.reasons if not code.startswith("R-AMBIGUOUS"))

"""What keeps a probable link from being acted on without a person's look."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from casefile.docket import Defendant
from casefile.linkage import MatchStatus
from match.columns import ITEM, NAMES
from match.comparisons import BORN, CLEAN, REST, UNREAD
from match.index import Index
from match.names import SWAPPED, ink_distance, is_known_given, letters
from match.nearby import Field, Fields, Near
from match.posterior import Prior, Ranking
from match.settings import MatchSettings

GIVEN = NAMES.index("given")
DECIDING = frozenset({"sid", "ir_number"})  # numbers given for fingerprints
SUPPORTING = frozenset({"birth_date", "docket_number"}) | DECIDING
CONTRADICTING = ("sid", "ir_number", "suffix", "sex", "age")  # one clean contradiction keeps a link from being made
SAME_NAME = frozenset({"exact", "cut", "confused", "nickname"})
GIVEN_AGREES = SAME_NAME | {"initial", "short", "middle", "near", "similar", "silent"}
AS_A_BROTHERS = frozenset({"middle", "similar"})  # levels at which the given name of an unlisted brother may agree, too
LOOKS_ALIKE = SWAPPED  # ink up to which one name is a misprint of another, be it a name or not
SURNAME_AGREES = SAME_NAME | {"part", "near", "similar"}


def judged(
    defendants: Sequence[Defendant],
    ranking: Ranking,
    probabilities: Sequence[Sequence[float]],
    listed: Sequence[float],
    index: Index,
    settings: MatchSettings,
) -> list[tuple[MatchStatus, str]]:
    """What becomes of each record, the first two of those near it being meant with these `probabilities`, and somebody
    `listed` with that one."""
    numbered, hidden = _numbered(ranking.fields).tolist(), _with_hidden(ranking.fields).tolist()
    verdicts = []
    for at, (defendant, some) in enumerate(zip(defendants, probabilities, strict=True)):
        if not some or (listed[at] < settings.nobody_below and not numbered[at]):
            unread = _unread_name(defendant)
            why = f"{unread} is not surely read; nobody can be ruled out" if unread else "nobody on the list comes near"
            verdicts.append((MatchStatus.POSSIBLE if unread else MatchStatus.NONE, why))
        elif obstacle := _improbable(some, settings) or _obstacle(
            defendant, at, ranking, index, settings, hidden=hidden[at]
        ):
            verdicts.append((MatchStatus.POSSIBLE, obstacle))
        else:
            support = _agreeing(ranking.best(at))
            verdicts.append((MatchStatus.LINKED, "agrees on " + ", ".join(support)))
    return verdicts


def _numbered(fields: Fields) -> npt.NDArray[np.bool_]:
    """For each record whether anybody near it bears a number that it says."""
    columns = [fields.beside.rest[REST.index(field)] for field in (*DECIDING, "docket_number")]
    exact = [column.those(lambda one: one.level == "exact") for column in columns]
    return fields.any_of(np.logical_or.reduce(exact, dtype=np.bool_))


def _with_hidden(fields: Fields) -> npt.NDArray[np.bool_]:
    """For each record whether ink hides anything that the list knows of anybody near it."""
    hidden = [column.those(lambda one: one.hidden) for column in fields.beside.rest]
    return fields.any_of(np.logical_or.reduce(hidden, dtype=np.bool_))


def _obstacle(
    defendant: Defendant, record: int, ranking: Ranking, index: Index, settings: MatchSettings, *, hidden: bool
) -> str | None:
    """What speaks against acting on a probable link; `hidden`: of anybody near the record something is illegible."""
    near = [Near(ranking.fields.beside, at) for at in ranking.of(record).tolist()]
    support = _agreeing(near[0])
    return (
        _contradicted(near[0], support)
        or _hidden_name(defendant, near[0])
        or (_hidden(near, ranking.fields[record], support, ranking.prior, settings) if hidden else None)
        or _unsupported(defendant, near, support, index)
        or _mistakable(near, support)
    )


def _unread_name(defendant: Defendant) -> str | None:
    for field, reading in (("surname", defendant.surname), ("given", defendant.given)):
        if reading.is_illegible or sum(p for _, p in reading.plausible()) < CLEAN:
            return field
    return "surname" if defendant.surname.is_silent else None


def _improbable(probabilities: Sequence[float], settings: MatchSettings) -> str | None:
    if probabilities[0] < settings.link_at:
        return f"the probability is below {settings.link_at}"
    if any(probability > settings.runner_up_at_most for probability in probabilities[1:]):
        return "another person comes too near"
    return None


def _contradicted(best: Near, support: Sequence[str]) -> str | None:
    """The field that speaks against the link by itself."""
    fingerprinted = not DECIDING.isdisjoint(support)
    for field in CONTRADICTING:
        if best.level(field) in ("differs", "conflict", "impossible"):
            return f"{field} contradicts"
    surname, given = best.level("surname") in SURNAME_AGREES, best.level("given") in GIVEN_AGREES
    if not (surname and given) and not (fingerprinted and len(support) > 1 and (surname or given)):
        return "the name contradicts"
    if best.level("birth_date") == "differs" and not fingerprinted:
        return "birth_date contradicts"
    return None


def _hidden_name(defendant: Defendant, best: Near) -> str | None:
    """The name that ink or the list hides; whoever bears it, nobody is linked by the other name alone."""
    for field, reading in (("surname", defendant.surname), ("given", defendant.given)):
        if reading.is_illegible or (field in best.cell(UNREAD).split(ITEM) and not reading.is_silent):
            return f"{field} is illegible"
    return None


def _hidden(
    near: Sequence[Near], found: Field, support: Sequence[str], prior: Prior, settings: MatchSettings
) -> str | None:
    """The illegible field that could overturn the link."""
    best, hidden = near[0], [one.field for each in near for one in each.rest if one.hidden]
    for field in (*CONTRADICTING, *(("middle",) if len(support) <= 1 else ())):
        if best.of(field).hidden:
            return f"{field} is illegible"
    if number := min(DECIDING.intersection(hidden), default=None):
        return f"{number} is illegible and may be another listed person's"
    if prior.floor(best, found) < settings.link_at:
        return f"{hidden[0]} is illegible"
    return None


def _unsupported(defendant: Defendant, near: Sequence[Near], support: Sequence[str], index: Index) -> str | None:
    best, fingerprinted = near[0], not DECIDING.isdisjoint(support)
    weak = [r for r in (defendant.surname, defendant.given) if not r.is_silent and r.confidence < CLEAN]
    if weak and len(support) < 2:
        return "the name is not surely read"
    if best.level("middle") in ("differs", "initial_alike") and len(support) <= 1:
        return "the middle name contradicts"
    if best.level("name_as") == "mended" and defendant.given.is_silent and len(support) < 2 and not fingerprinted:
        return "the name is one word and may be two"
    alone = len(support) == 1 and not fingerprinted and not index.complete
    if alone and (best.level("given") in AS_A_BROTHERS or _is_another_name(defendant, best, index)):
        return "the given name agrees only nearly, as that of a brother or sister may"
    if support:
        return None
    if not index.complete:
        return "nothing agrees but the name"
    if best.level("surname") != "exact" or best.level("given") != "exact" or best.level("name_as") != "main":
        return "the name agrees only nearly and nothing else does"
    if any(other.level("surname") in SURNAME_AGREES and other.level("given") in GIVEN_AGREES for other in near[1:]):
        return "the name is not unique on the list and nothing else agrees"
    return None


def _is_another_name(defendant: Defendant, best: Near, index: Index) -> bool:
    """Whether the given name agrees but for a letter, and yet is one that people bear, as DEAN and JEAN are: no ink
    looks like the other, as it does where thin letters are lost or two are taken for others."""
    if best.level("given") != "near":
        return False
    in_order = best.level("name_as") in ("main", "alias")
    printed = [letters(name.value or "") for name in (defendant.given, *(() if in_order else (defendant.surname,)))]
    listed = letters(best.cell(GIVEN))
    names = [name for name in printed if ink_distance(*sorted((name, listed))) > LOOKS_ALIKE]
    return any(is_known_given(name) or index.borne("given", name) for name in names)


def _mistakable(near: Sequence[Near], support: Sequence[str]) -> str | None:
    """Another listed person with the same number, or of the same name and birth date with no number to decide."""
    best, others = near[0], near[1:]
    if any(_agreeing(other, DECIDING) for other in others):
        return "another listed person has this number"
    if DECIDING.isdisjoint(support) and any(_named_as_printed(best, other) for other in others):
        return "another person comes too near"
    if not (DECIDING | {"docket_number"}).isdisjoint(support):
        return None
    for other in others:
        if name_agrees(other) and best.cell(BORN):
            if other.cell(BORN) == best.cell(BORN):
                return "another listed person has this name and birth date"
            if other.level("birth_date") in ("figures_alike", "two_alike"):
                return "another listed person has this name and nearly this birth date"
    return None


def _named_as_printed(best: Near, other: Near) -> bool:
    """Whether `other`, against whom nothing clean speaks, bears the name as printed, `best` only another reading."""
    if best.level("name_as") == "main" or other.level("name_as") != "main":
        return False
    contradicted = any(other.level(f) in ("differs", "conflict", "impossible") for f in (*CONTRADICTING, "birth_date"))
    return not contradicted and other.level("surname") in SAME_NAME and other.level("given") in SAME_NAME


def name_agrees(one: Near) -> bool:
    """Whether both names agree at some level, so that only other fields can tell the two people apart."""
    return one.level("surname") in SURNAME_AGREES and one.level("given") in GIVEN_AGREES


def _agreeing(one: Near, fields: frozenset[str] = SUPPORTING) -> list[str]:
    """The fields besides the name that agree exactly and are surely read."""
    return [field for field in REST if field in fields and one.level(field) == "exact" and one.of(field).clean]

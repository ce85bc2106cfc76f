"""Questions of law for the attorney: what is open, what was ruled, and what a ruling changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casefile.codec import digest
from casefile.docket import ChargeId, DocketRecord, RecordId
from casefile.errors import ArgumentError
from casefile.law import Determination, Outcome, Ruling
from casefile.rulings import Rulings, decided_with, decided_with_doubt
from casefile.store import Store
from clerk import deciding
from eligibility.laws import load_law
from eligibility.ruled import FACT, RULED, is_of_fact

RULED_AS = (Outcome.MOTION, Outcome.INELIGIBLE, Outcome.REVIEW)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One charge that waits for an answer of law."""

    record_id: RecordId
    charge_id: ChargeId
    count: int


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question of law and the charges that wait for it; `because` and `cite` are the table's own words.

    A question of `law` may be ruled on for one charge or for all like it (same law, question and provision); one
    of fact, which no page can answer (`R-AMBIGUOUS:assoc.injury`), for one charge alone.
    """

    law: str
    question: str
    provision: str
    because: str
    cite: str
    waiting: tuple[Waiting, ...]

    @property
    def is_of_fact(self) -> bool:
        return self.question.startswith(FACT)


def open_questions(store: Store) -> list[OpenQuestion]:
    """Every question of law that charges wait for, the one most wait for first."""
    found: dict[tuple[str, str, str], list[tuple[Waiting, Determination]]] = defaultdict(list)
    for determination in _in_review(store):
        row = store.record(determination.record_id)
        question = determination.reason_codes[0]
        provision = _provision(None if row is None else row.body, determination)
        waiting = Waiting(determination.record_id, determination.charge_id, determination.count)
        found[determination.law, question, provision].append((waiting, determination))
    questions = [_question(*key, its) for key, its in found.items()]
    return sorted(questions, key=lambda q: (-len(q.waiting), q.question, q.provision))


def _question(law: str, question: str, provision: str, its: list[tuple[Waiting, Determination]]) -> OpenQuestion:
    waiting = sorted({one for one, _ in its}, key=lambda w: (w.record_id, w.count))
    _, determination = its[0]
    met = [g for g in determination.grounds if g.met is not False and not g.because.startswith("note")]
    ground = met[-1] if met else determination.grounds[-1]
    return OpenQuestion(law, question, provision, ground.because, ground.cite, tuple(waiting))


def _in_review(store: Store) -> Iterator[Determination]:
    """The determinations, of the law alone, that wait for an attorney."""
    for record_id in decided_with(store, f'"{Outcome.REVIEW}"'):
        for found in store.determinations(record_id):
            if found.policy is None and found.outcome is Outcome.REVIEW and is_for_attorney(found):
                yield found


def is_for_attorney(found: Determination) -> bool:
    """Whether what leaves this determination open is a question an attorney may rule on."""
    reason = found.reason_codes[0] if found.reason_codes else ""
    is_fact = reason.startswith(FACT) and is_of_fact(found.questions)
    return is_fact or (reason in load_law(found.law).questions and RULED not in found.reason_codes)


def _provision(record: DocketRecord | None, found: Determination) -> str:
    """The provision a ruling on all like this charge may name, as its law cites."""
    charges = () if record is None else record.charges
    statutes = [charge.statute.value or "" for charge in charges if charge.count == found.count]
    return load_law(found.law).provision_in(statutes[0] if statutes else "")


def rule(
    store: Store,
    rules: deciding.Rules,
    *,
    question: str,
    outcome: Outcome,
    by: str,
    reason: str,
    charge_id: ChargeId | None = None,
    provision: str = "",
    result: str | None = None,
) -> tuple[Ruling, set[RecordId]]:
    """Keeps a ruling under `rules.law` and decides anew what it touches; the ruling and those records come back.

    With `charge_id` it is for that charge; without, for all with that question (of `provision`, where one is named).
    """
    _check(rules.law.questions, question, outcome, charge_id, by=by, reason=reason)
    given = Ruling(0, rules.law.name, question, outcome, by, reason, "", charge_id, provision, result)
    with store.writing():
        ruling = Rulings(store).add(given)
        store.audit("ruling", actor=by, subject=f"ruling {ruling.ruling_id}", about=digest(ruling))
        return ruling, _decide_touched(store, rules, ruling)


def _check(
    questions: Sequence[str], question: str, outcome: Outcome, charge_id: ChargeId | None, *, by: str, reason: str
) -> None:
    is_fact = question.startswith(FACT)
    if question not in questions and not is_fact:
        raise ArgumentError(f"no question of law goes by that code; there are: {', '.join(questions)}")
    if outcome not in RULED_AS:
        raise ArgumentError(f"a ruling is one of {', '.join(RULED_AS)}: what the table leaves open is never automatic")
    if charge_id is None and (is_fact or outcome is Outcome.REVIEW):
        raise ArgumentError("a question of fact, or that a charge stays open, is ruled on for one charge")
    if not by.strip() or not reason.strip():
        raise ArgumentError("a ruling needs the name of who ruled, and a reason")


def revoke(store: Store, rules: deciding.Rules, ruling_id: int, *, by: str, reason: str) -> set[RecordId]:
    """Ends a ruling and decides anew what it touched; those records come back. The ruling itself is kept."""
    if not by.strip() or not reason.strip():
        raise ArgumentError("revoking needs the name of who revokes, and a reason")
    with store.writing():
        ruling = Rulings(store).get(ruling_id)
        if ruling is None or not Rulings(store).revoke(ruling_id, by=by, reason=reason):
            raise ArgumentError("no standing ruling has that number; `clerk rule list` shows them")
        store.audit("ruling revoked", actor=by, subject=f"ruling {ruling_id}", about=digest(by, reason))
        return _decide_touched(store, rules, ruling)


def all_rulings(store: Store) -> tuple[Ruling, ...]:
    """Every ruling ever made, oldest first, the revoked ones among them."""
    return Rulings(store).all()


def _decide_touched(store: Store, rules: deciding.Rules, ruling: Ruling) -> set[RecordId]:
    """Decides anew what rests, or may rest, on this ruling; the records whose answer changed come back."""
    touched = sorted(_touched(store, ruling))
    before = {record_id: store.determinations(record_id) for record_id in touched}
    deciding.determine_records(store, rules, touched)
    deciding.triage_records(store, rules, touched)
    return {record_id for record_id in touched if store.determinations(record_id) != before[record_id]}


def _touched(store: Store, ruling: Ruling) -> Iterable[RecordId]:
    """The records whose answer rests, or may rest, on this ruling."""
    if ruling.charge_id is not None:
        return [RecordId(ruling.charge_id.rpartition("-")[0])]
    return {*decided_with(store, f'"{ruling.question}"'), *decided_with_doubt(store)}

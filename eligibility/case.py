"""A case as the law looks at it: one docket, what other papers tell of it, and what may be associated with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casefile.docket import ChargeId, DocketRecord, Reading, silent
from casefile.linkage import Match
from casefile.persons import Person


@dataclass(frozen=True, slots=True)
class Related:
    """Another record that may be associated with a case; None is *possible, not known*.

    `same_case`: the same court case number, whatever the defendant's suffix. `same_person`: the same
    defendant. `same_event`: the same arrest, or the same incident date and agency.
    """

    record: DocketRecord
    same_case: bool | None
    same_person: bool | None
    same_event: bool | None

    @property
    def is_associated(self) -> bool | None:
        """Whether its charges are associated with this person's: yes, no, or (None) perhaps.

        The law file ties a charge to an arrest event, a case number, or an incident date and agency, and
        INTERFACE.md adds "and is not known to be another person": the minor offense is one person's, so a
        co-defendant's charges under the same number are never this person's arrests or convictions.
        """
        if self.same_person is False or (self.same_case is False and self.same_event is False):
            return False
        if self.same_person and (self.same_case or self.same_event):
            return True
        return None


@dataclass(frozen=True, slots=True)
class Stated:
    """What data of record may say of a charge that paper does not; a cell nobody could understand is illegible.

    `facts` are words such as `minor_sale`; `form` is `concentrate`, or silent for the plant. Paper is silent here.
    """

    sentence_complete: Reading[bool] = silent()  # noqa: RUF009 - frozen
    sentence_end: Reading[date] = silent()  # noqa: RUF009
    county: Reading[str] = silent()  # noqa: RUF009
    deceased: Reading[bool] = silent()  # noqa: RUF009
    sex_registrant: Reading[bool] = silent()  # noqa: RUF009
    plants: Reading[float] = silent()  # noqa: RUF009
    form: Reading[str] = silent()  # noqa: RUF009
    facts: Reading[tuple[str, ...]] = silent()  # noqa: RUF009
    doj_listed: Reading[bool] = silent()  # noqa: RUF009
    challenged: Reading[bool] = silent()  # noqa: RUF009


SILENT = Stated()


@dataclass(frozen=True, slots=True)
class Case:
    """A docket as one document tells it, with everything else that bears on its charges.

    `record` has the answers of persons applied and its `gaps` complete. `tellings` are other documents of the
    same docket number and defendant. `match` and `person` are None where there is no list of persons: then
    only the docket itself, its tellings and `related` are looked at, and a wholly read docket can be answered.
    `sentence_complete` holds, by count, what data of record state about it; paper states nothing of the kind.
    `weight`, above 0 to 1, is what the doubt against an answer counts for: the share of it that comes true, as
    measured on pages read; 1 where nothing was measured, as for data of record.
    """

    record: DocketRecord
    tellings: tuple[DocketRecord, ...] = ()
    related: tuple[Related, ...] = ()
    match: Match | None = None
    person: Person | None = None
    stated: Mapping[ChargeId, Stated] = field(default_factory=dict)
    weight: float = 1.0

    def stated_of(self, charge_id: ChargeId) -> Stated:
        """What data of record say of a charge besides; all silent where they say nothing."""
        return self.stated.get(charge_id, SILENT)

"""What a careful reader takes from the entries that were printed, and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .facts import Act, Event, Kind, Sentence

ENDS = {
    Act.FOUND_GUILTY: "guilty",
    Act.VERDICT_GUILTY: "guilty",
    Act.PLEA_GUILTY: "guilty",
    Act.JUDGMENT: "guilty",
    Act.FOUND_NOT_GUILTY: "not_guilty",
    Act.VERDICT_NOT_GUILTY: "not_guilty",
    Act.NOLLE: "nolle_prosequi",
    Act.STRICKEN: "stricken_off_leave",
    Act.NO_PROBABLE_CAUSE: "no_probable_cause",
    Act.LEAVE_DENIED: "leave_to_file_denied",
    Act.DISMISSED: "dismissed",
    Act.NON_SUIT: "dismissed",
    Act.WARRANT: "warrant",
    Act.SUPERSEDED: "superseded",
    Act.TRANSFERRED: "transferred",
    Act.ABATED: "abated",
    Act.VACATED: "vacated",
    Act.EXPUNGED: "expunged",
    Act.SEALED: "sealed",
}
GUILT = frozenset({Act.FOUND_GUILTY, Act.VERDICT_GUILTY, Act.PLEA_GUILTY, Act.JUDGMENT})
DEFERRED = {Kind.SUPERVISION: "supervision", Kind.FIRST_OFFENDER: "first_offender_probation"}
WRITTEN_AS = {Kind.FIRST_OFFENDER: "probation", Kind.CREDIT: "time_served"}


@dataclass(slots=True)
class Reading:
    """How one count stands; filled entry by entry."""

    plea: str | None = None
    disposition: str = "pending"
    disposed_on: date | None = None
    sentences: list[Sentence] = field(default_factory=list)
    termination: str | None = None
    amended: bool = False

    def take(self, event: Event) -> None:
        """One more printed entry."""
        if event.act in (Act.PLEA_GUILTY, Act.PLEA_NOT_GUILTY):
            self.plea = "guilty" if event.act is Act.PLEA_GUILTY else "not_guilty"
        if event.act is Act.SENTENCED and event.sentence:
            self._sentenced(event.on, event.sentence)
        elif event.act in (Act.REINSTATED, Act.WARRANT_QUASHED):
            self.disposition, self.disposed_on = "pending", None
        elif event.act is Act.TERMINATED:
            self.termination = "satisfactory"
        elif event.act is Act.REVOKED:
            self.termination, self.sentences = "revoked", []
        elif event.act is Act.AMENDED:
            self.amended = True
        elif event.act in ENDS and not (event.act in GUILT and self.termination):
            self.disposition, self.disposed_on = ENDS[event.act], event.on

    def _sentenced(self, on: date, sentence: Sentence) -> None:
        self.sentences.append(sentence)
        if self.termination:  # the word of the deferred disposition stays; this is what was then imposed
            return
        if sentence.kind in DEFERRED:
            self.disposition = DEFERRED[sentence.kind]
        elif self.disposition not in DEFERRED.values():
            self.disposition = "guilty"
        self.disposed_on = on

    def sentence_values(self) -> list[dict[str, object]] | None:
        """The sentences in the form of the export; None where the paper imposes none."""
        return [
            {"kind": WRITTEN_AS.get(s.kind, s.kind.value), "amount": s.amount, "unit": s.unit} for s in self.sentences
        ] or None


def read_entries(printed: Iterable[Event], counts: Iterable[int]) -> dict[int, Reading]:
    """How each count stands after the printed entries."""
    readings = {count: Reading() for count in counts}
    for event in printed:
        for count in event.counts or tuple(readings):
            readings[count].take(event)
    return readings

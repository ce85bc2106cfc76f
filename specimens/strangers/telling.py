"""What a stranger's page tells: the record, filled only with what has been typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from ..facts import CaseFacts, Event, Person, Sentence
from ..reading import WRITTEN_AS, Reading, read_entries
from ..specimen import Told

SILENT_CHARGE = (
    "statute",
    "description",
    "grade",
    "offense_date",
    "grams",
    "plea",
    "disposition",
    "disposition_date",
    "sentence",
    "termination",
)


def written(sentences: Iterable[Sentence]) -> list[dict[str, object]] | None:
    """Sentences in the form of the export; None for none."""
    return [
        {"kind": WRITTEN_AS.get(s.kind, s.kind.value), "amount": s.amount, "unit": s.unit} for s in sentences
    ] or None


@dataclass(slots=True)
class Telling:
    """A record under way; whatever is not said stays None."""

    kind: str
    docket: dict[str, Any] = field(default_factory=dict)
    defendant: dict[str, Any] = field(default_factory=dict)
    charges: dict[int, dict[str, Any]] = field(default_factory=dict)

    def named(self, who: Person, *, middle: bool = True) -> None:
        """The defendant's name was typed in full, with or without the middle initial."""
        self.defendant.update(
            surname=who.surname.upper(),
            given=who.given.upper(),
            middle=(who.middle or None) if middle else None,
            suffix=who.suffix or None,
        )

    def alias(self, who: Person) -> None:
        """The alias was typed."""
        if who.alias:
            self.defendant["aliases"] = [f"{who.alias[0]}, {who.alias[1]}".upper()]

    def person(self, who: Person, *fields: str) -> None:
        """These fields of the person were typed as they are: birth_date, sex, race, ir_number, sid."""
        values = {
            "birth_date": who.born.isoformat(),
            "sex": who.sex,
            "race": who.race,
            "ir_number": who.ir_number,
            "sid": who.sid,
        }
        self.defendant.update({name: values[name] for name in fields})

    def count(self, number: int, **said: Any) -> None:
        """What was typed of a count."""
        self.charges.setdefault(number, dict.fromkeys(SILENT_CHARGE)).update(said)

    def stands(self, count: int, reading: Reading, **instead: Any) -> None:
        """Plea, disposition, day, sentence and end of a count were typed as the reading has them, but for `instead`."""
        said = {
            "plea": reading.plea,
            "disposition": reading.disposition,
            "disposition_date": reading.disposed_on.isoformat() if reading.disposed_on else None,
            "sentence": reading.sentence_values(),
            "termination": reading.termination,
        }
        self.count(count, **{**said, **instead})

    def entered(self, printed: Iterable[Event]) -> None:
        """These entries were typed: every count stands as they leave it."""
        for number, reading in read_entries(printed, self.charges).items():
            self.stands(number, reading)

    def told(self, case: CaseFacts, pages: Iterable[int]) -> Told:
        """The finished record, whose it is, on these pages."""
        return self.told_of(case.person, pages)

    def told_of(self, who: Person, pages: Iterable[int]) -> Told:
        """The finished record of that person on these pages."""
        return Told(self.record(), who.person_id, tuple(pages))

    def record(self) -> dict[str, Any]:
        """The record in the form of the export."""
        silent: Mapping[str, Any] = dict.fromkeys(
            ("surname", "given", "middle", "suffix", "birth_date", "sex", "race", "ir_number", "sid")
        )
        aliases = self.defendant.get("aliases", [])
        ordered = ("surname", "given", "middle", "suffix", "aliases", "birth_date", "sex", "race", "ir_number", "sid")
        defendant = {**silent, **self.defendant, "aliases": aliases}
        docket = {name: self.docket.get(name) for name in ("docket_number", "arrest_date", "filed_date")}
        return {
            "document_kind": self.kind,
            **docket,
            "arresting_agency": self.docket.get("arresting_agency"),
            "defendant": {name: defendant[name] for name in ordered},
            "charges": [{"count": number, **self.charges[number]} for number in sorted(self.charges)],
        }


def standing(case: CaseFacts) -> dict[int, Reading]:
    """How every count stands after all that happened."""
    return read_entries(case.events, [charge.count for charge in case.charges])


def last_day(case: CaseFacts) -> date:
    """The youngest day of the case that any page could print."""
    days = [case.filed_on, *(e.on for e in case.events), *(e.next_on for e in case.events if e.next_on)]
    return max(days)


def one_of(rng: Random, words: str | tuple[str, ...]) -> str:
    """The wording, or one of several."""
    return words if isinstance(words, str) else rng.choice(words)

"""Entries of a docket in a stranger's tongue: what was done, worded, and as it then reads."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from ..facts import Act, CaseFacts, Event
from ..reading import Reading
from .telling import one_of
from .wording import Amounts, Charged, act_of, sentenced

Words = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Tongue:
    """A clerk's words for what is done ({cite} {text} {next}), for penalties ({amount}) and for amounts."""

    acts: Words
    penalties: Words
    units: Amounts
    years: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done as typed, and the event it tells."""

    text: str
    event: Event


def entries(
    rng: Random, case: CaseFacts, tongue: Tongue, charges: Mapping[int, Charged], on: Callable[[date], str]
) -> Iterator[Entry]:
    """The events a clerk of that tongue types, in order; acts without words are left out."""
    for event in case.events:
        target = charges[(event.counts or (1,))[0]]
        if event.act is Act.SENTENCED and event.sentence:
            text, read = sentenced(
                rng, event.sentence, tongue.penalties, tongue.units, act=act_of(target.facts), years=tongue.years
            )
            yield Entry(text, replace(event, sentence=read))
        elif words := tongue.acts.get(event.act.value):
            following = on(event.next_on) if event.next_on else ""
            text = one_of(rng, words).format(cite=target.cite, text=target.text, next=following)
            yield Entry(text, event)


def penalties(rng: Random, reading: Reading, tongue: Tongue, act: str) -> list[str]:
    """The penalties of a count, worded; the reading then holds them as they read."""
    pairs = [
        sentenced(rng, one, tongue.penalties, tongue.units, act=act, years=tongue.years) for one in reading.sentences
    ]
    reading.sentences = [read for _, read in pairs]
    return [text for text, _ in pairs]

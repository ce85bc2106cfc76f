"""What all doubts of a case together come to: `python -m training.together --items N --seeds S ...`.

A determination leans on many readings, each with a confidence of its own. What their doubts leave against the answer
is weighed as if whatever may be otherwise were, and as if no two of them went wrong together; so it is more than what
comes true. Here it is set beside how often answers were wrong, on forms whose words no curve was fitted on and on
layouts kept from training. The weight is the upper bound (one-sided 90 %) of wrong answers over doubts added up.
"""

from __future__ import annotations

import argparse
import itertools
import math
import pickle
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from casefile.docket import DocketRecord
from casefile.law import Determination, Outcome
from clerk.scoring import true_record
from digitize.engines import best_engine
from eligibility.case import Case
from eligibility.determine import determine, load_law
from specimens import Item
from training.compare import paired, records_in
from training.pages import ReadItem, form_items, items, read_by_engine

AS_OF = date(2026, 6, 30)
RISK = 0.005
MOST = 0.04  # doubt that is counted: near what an office allows, since greater doubts are of another make
OTHERS = 0.04  # share of items whose truth the law does not decide that are read, too
MOST_PAGES = 4
SURE = 0.90


@dataclass(frozen=True, slots=True)
class Weighed:
    """One answer: the doubt against it, 0 to 1, and whether it was another one than on the true facts."""

    doubt: float
    wrong: bool


def decided_items(source: Iterable[Item], seed: int) -> Iterator[Item]:
    """Items with a record that the law answers if all of it is known, and a few others."""
    rng = Random(seed)
    for item in source:
        if len(item.specimens) <= MOST_PAGES and (_is_decided(item) or rng.random() < OTHERS):
            yield item


def _is_decided(item: Item) -> bool:
    for told in item.told:
        found = _answers(true_record(told.record, item.specimens[told.pages[0]].document_kind), RISK)
        if found and all(each.outcome is not Outcome.REVIEW for each in found):
            return True
    return False


def _answers(record: DocketRecord, risk: float) -> Sequence[Determination]:
    return determine(Case(record), law=load_law("illinois"), policy=None, as_of=AS_OF, risk=risk)


def weighed_in(read: ReadItem) -> Iterator[Weighed]:
    """Every answer on an item's pages with no more doubt than the most; of a record that was not told all are wrong."""
    records = records_in(read)
    due: dict[str, dict[int, Outcome]] = {}
    for told, record in paired(read, records):
        if record is not None:
            kind = read.item.specimens[told.pages[0]].document_kind
            due[record.record_id] = {one.count: one.outcome for one in _answers(true_record(told.record, kind), RISK)}
    for record in records:
        true = due.get(record.record_id, {})
        for one in _answers(record, 0.5) if record.defendant is not None else ():
            if one.probability is not None and one.probability >= 1 - MOST:
                yield Weighed(1 - one.probability, true.get(one.count) is not one.outcome)


def weight_of(found: Sequence[Weighed]) -> float:
    """The share of the doubt that came true, at most, with 90 % certainty; never above 1."""
    doubt = sum(one.doubt for one in found)
    wrong = sum(one.wrong for one in found)
    return min(1.0, most_expected(wrong) / doubt) if doubt else 1.0


def most_expected(count: int) -> float:
    """The highest mean of a Poisson count that such a count does not rule out (one-sided 90 %)."""
    low, high = 0.0, 10.0 + 3.0 * count
    for _ in range(60):
        mean = (low + high) / 2
        below = sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(count + 1))
        low, high = (mean, high) if below > 1 - SURE else (low, mean)
    return low


def written(text: str, found: Sequence[Weighed]) -> str:
    """The calibration with its weight set anew."""
    bare = re.sub(r"\n*\[together\]\n(?:(?!\[).*\n?)*", "\n", text)
    wrong, doubt = sum(one.wrong for one in found), sum(one.doubt for one in found)
    note = f"# {len(found)} answers, {wrong} of them wrong; their doubts add up to {doubt:.2f}"
    return f"{bare.rstrip()}\n\n[together]\nweight = {weight_of(found):.3f}\n{note}\n"


def kept_or_read(source: Iterable[Item], total: int, seed: int, keep: Sequence[Path]) -> list[ReadItem]:
    """So many decided items of a source, read by the engine; or those that the file of `keep` holds."""
    for file in keep:
        if file.exists():
            kept: list[ReadItem] = pickle.loads(file.read_bytes())  # noqa: S301 - our own file
            return kept
    engine = best_engine()
    read = [read_by_engine(item, engine) for item in itertools.islice(decided_items(source, seed), total)]
    for file in keep:
        file.write_bytes(pickle.dumps(read))
    return read


def read_items(total: int, seed: int, keep: Sequence[Path]) -> Iterator[ReadItem]:
    """So many items of forms with unseen words, and as many of layouts kept from training; for them two files."""
    sources = form_items(seed, 10**6, first=200, forms=60, unseen=True), items(seed + 1, 10**6, "held_out")
    for at, source in enumerate(sources):
        yield from kept_or_read(source, total, seed, keep[at : at + 1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=130)
    parser.add_argument("--seeds", type=int, nargs="+", default=[9103])
    parser.add_argument("--keep", type=Path, nargs="*", default=[], help="two files a seed that keep the pages as read")
    parser.add_argument("--out", type=Path, default=Path("extract/calibration.toml"))
    chosen = parser.parse_args()
    found = [
        one
        for at, seed in enumerate(chosen.seeds)
        for read in read_items(chosen.items, seed, chosen.keep[2 * at : 2 * at + 2])
        for one in weighed_in(read)
    ]
    chosen.out.write_text(written(chosen.out.read_text("utf-8"), found), "utf-8")
    for low, high in itertools.pairwise((0.0, 0.005, 0.01, 0.02, MOST)):
        here = [one for one in found if low <= one.doubt < high]
        doubt = sum(one.doubt for one in here)
        print(f"{low:.3f} to {high:.3f}: {len(here)} answers, doubt {doubt:.2f}, wrong {sum(o.wrong for o in here)}")
    print(f"weight {weight_of(found):.3f}")


if __name__ == "__main__":
    main()

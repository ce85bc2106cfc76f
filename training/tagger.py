"""Trains the net that says which field each word belongs to: `python -m training.tagger`, ten minutes on one core.

Pages of the train split and of forms put together by chance, with perfect words and misread, are labelled by what
they were made to say: a date is the birth date where its value is and nothing else has that value, and so on; where
several fields could claim a word it is left out. Layouts, fonts and words kept for judging are never seen. Writes
extract/data/tagger.npz; the figures printed at the end stand in extract/data/tagger.md.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from casefile.ocr import BBox, OcrPage
from extract.charges import grade_in, is_charge_statute, statutes_in
from extract.dates import dates_in, opens_with_date
from extract.dispositions import Effect, wordings_in
from extract.doc import Line, Sheet, sheet_of
from extract.labels import labels_on
from extract.numbers import docket_numbers_in, same_case
from extract.tagger import BUCKETS, NONE, TAGS, Net, features_of
from specimens import Item, Told
from training.noise import misread
from training.pages import form_items, items, perfectly_read

OUT = Path(__file__).parent.parent / "extract/data/tagger.npz"
HIDDEN, BATCH, RATE = 48, 2048, 4e-3
LEFT_OUT, WORDLESS = 0.15, 0.25  # of features, and of pages whose words are as if never seen
OTHERS_KEPT = 0.35
LEAVE = -1  # the label of a word that nobody is sure about
WORD_COLUMNS = (0, 2, 3, 5, 8, 11, 14, 17, 20, 23, 26, 29, 32, 35, 36)  # features made of words alone

_DATES = ("birth_date", "arrest_date", "filed_date")
_MEANT = {
    Effect.PLEA_GUILTY: "plea",
    Effect.PLEA_NOT_GUILTY: "plea",
    Effect.FINAL: "disposition",
    Effect.NOT_GUILTY: "disposition",
    Effect.SENTENCE: "sentence",
}


@dataclass(frozen=True)
class Shown:
    """A page's words by their features, and the tag of each; LEAVE where it is not sure."""

    ids: npt.NDArray[np.int16]
    tags: npt.NDArray[np.int8]


# --- what the words of a page are ---------------------------------------------------------------------------


class Labels:
    """The tags of a page's words by what its records state; kept by the place of the ink."""

    def __init__(self, page: OcrPage, told: Sequence[Told]) -> None:
        self.sheet: Sheet = sheet_of(page)
        self.records = [one.record for one in told]
        self.charges = [charge for record in self.records for charge in record["charges"]]
        self.tags: dict[BBox, int] = {}
        self.labelled = [label for label in labels_on(self.sheet) if label.value is not None]
        for line in self.sheet.lines:
            self._line(line)
        for label in self.labelled:
            if label.field in ("grade", "type") and label.value is not None:
                self._grade(list(label.value[:3]))
        self._names()

    def _put(self, tokens: Iterable[Any], tag: str | None) -> None:
        for token in tokens:
            self.tags[token._.word.bbox] = LEAVE if tag is None else TAGS.index(tag)

    def _line(self, line: Line) -> None:
        for found in wordings_in(line.plain):
            if found.wording.effect in _MEANT:
                self._put(line.plain_at(found.start, found.end), _MEANT[found.wording.effect])
        for statute in statutes_in(line):
            if is_charge_statute(statute):
                self._put(statute.span, "statute")
        for number in docket_numbers_in(line.text):
            if any(same_case(number.value, r["docket_number"] or "") for r in self.records):
                self._put(line.at(number.start, number.end), "docket_number")
        self._dates(line)
        self._descriptions(line)
        for token in line.span:
            for name in ("ir_number", "sid"):
                values = {r["defendant"].get(name) for r in self.records} - {None}
                if token.text.strip(".,:#").replace("-", "") in values:
                    self._put([token], name)

    def _dates(self, line: Line) -> None:
        entry = opens_with_date(line.text) and bool(wordings_in(line.plain))
        for found in dates_in(line.text):
            if found.value is None:
                continue
            span, day = line.at(found.start, found.end), found.value.isoformat()
            fields = {name for name in _DATES for r in self.records if (r["defendant"] | r).get(name) == day}
            fields |= {n for n in ("offense_date", "disposition_date") for c in self.charges if c.get(n) == day}
            if entry:
                fields &= {"disposition_date"}
            elif len(fields) > 1:
                told = {
                    b.field for b in labels_on(self.sheet) if b.value is not None and span.start in _places(b.value)
                }
                fields = fields & told if len(fields & told) == 1 else fields
            self._put(span, None if len(fields) > 1 else next(iter(fields), "other"))

    def _descriptions(self, line: Line) -> None:
        words = [token.text.upper().strip(",;:") for token in line.span]
        for charge in self.charges:
            told = [word.strip(",;:") for word in (charge.get("description") or "").upper().split()]
            for start in range(len(words)) if told else ():
                if words[start : start + len(told)] == told:
                    self._put(line.span[start : start + len(told)], "description")
                    self._grade(list(line.span))

    def _grade(self, tokens: Sequence[Any]) -> None:
        """The class among words beside a description or a label of classes, of one to three words."""
        grades = {charge.get("grade") for charge in self.charges} - {None}
        for size in (3, 2, 1):
            for start in range(len(tokens) - size + 1):
                piece = tokens[start : start + size]
                found = grade_in(" ".join(t.text for t in piece))
                if found is not None and found.value in grades and all(t._.word.bbox not in self.tags for t in piece):
                    self._put(piece, "grade")
                    return

    def _names(self) -> None:
        """Surnames wherever they stand whole, given names and initials in the rows about them."""
        rows = [[(t, t.text.upper().strip(".,;:()")) for t in line.span] for line in self.sheet.lines]
        for record in self.records:
            who = record["defendant"]
            surname = (who["surname"] or "").replace(",", "").split()
            near: set[int] = set()
            for number, row in enumerate(rows):
                for start in range(len(row) if surname else 0):
                    piece = row[start : start + len(surname)]
                    if [word for _, word in piece] == surname:
                        self._put((token for token, _ in piece), "surname")
                        near |= {number - 1, number, number + 1}
            for number, row in enumerate(rows):
                for token, word in row:
                    if word == who["given"]:
                        self._put([token], "given" if number in near else None)
                    elif word and word == who["middle"] and number in near and token._.word.bbox not in self.tags:
                        self._put([token], "middle")


def _places(span: Any) -> range:
    return range(span.start, span.end)


def shown_by(made: Iterable[Item], rng: Random, rates: Sequence[float]) -> Iterator[Shown]:
    """Every page of the items with its labels, its letters misread at a rate drawn from `rates`."""
    for item in made:
        for number, page in enumerate(perfectly_read(item).pages):
            told = [one for one in item.told if number in one.pages]
            if not page.words:
                continue
            tags = Labels(page, told).tags
            sheet = sheet_of(misread(page, rng, rng.choice(rates)))
            wanted = [tags.get(token._.word.bbox, 0) for token in sheet.doc]
            yield Shown(features_of(sheet.doc).astype(np.int16), np.array(wanted, np.int8))


# --- training -----------------------------------------------------------------------------------------------


class _Learner(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(BUCKETS, HIDDEN, mode="sum", padding_idx=NONE)
        nn.init.normal_(self.table.weight, std=0.05)
        with torch.no_grad():
            self.table.weight[NONE] = 0
        self.hidden_bias = nn.Parameter(torch.zeros(HIDDEN))
        self.out = nn.Linear(HIDDEN, len(TAGS))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        scores: torch.Tensor = self.out(torch.relu(self.table(ids) + self.hidden_bias))
        return scores

    def net(self, heat: float = 1.0) -> Net:
        """The weights as the package uses them."""
        out = [part.detach().numpy() / heat for part in (self.out.weight.T, self.out.bias)]
        return Net(self.table.weight.detach().numpy(), self.hidden_bias.detach().numpy(), *out)


def fitted(pages: Sequence[Shown], minutes: float, seed: int) -> _Learner:
    """A learner that has gone over the pages for so many minutes of one core."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    learner = _Learner()
    steps = torch.optim.Adam(learner.parameters(), lr=RATE)
    ids = np.concatenate([page.ids for page in pages])
    tags = np.concatenate([page.tags for page in pages])
    where = np.flatnonzero((tags > 0) | ((tags == 0) & (rng.random(len(tags)) < OTHERS_KEPT)))
    began, rounds = time.process_time(), 0
    while (spent := (time.process_time() - began) / 60) < minutes:
        for group in steps.param_groups:
            group["lr"] = RATE * max(0.03, 1 - spent / minutes)
        rng.shuffle(where)
        for at in range(0, len(where), BATCH):
            batch = where[at : at + BATCH]
            seen = _dimmed(ids[batch].astype(np.int64), rng)
            loss = nn.functional.cross_entropy(
                learner(torch.from_numpy(seen)), torch.from_numpy(tags[batch].astype(np.int64))
            )
            steps.zero_grad()
            loss.backward()
            steps.step()
            if (time.process_time() - began) / 60 > minutes:
                break
        rounds += 1
        print(f"{(time.process_time() - began) / 60:.1f} min  round {rounds}  loss {loss.item():.4f}", flush=True)
    return learner


def _dimmed(ids: npt.NDArray[np.int64], rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """The features with some left out, and of some words all that their letters tell."""
    ids[rng.random(ids.shape) < LEFT_OUT] = NONE
    wordless = rng.random(len(ids)) < WORDLESS
    for column in WORD_COLUMNS:
        gone = wordless & (rng.random(len(ids)) < 0.7)
        ids[gone, column] = NONE
    return ids


def tempered(learner: _Learner, pages: Sequence[Shown]) -> Net:
    """The net with its odds stretched or shrunk to be as sure as it is right on forms it has not learned."""
    with torch.no_grad():
        scores = torch.cat([learner(torch.from_numpy(page.ids.astype(np.int64))) for page in pages])
    tags = torch.from_numpy(np.concatenate([page.tags for page in pages]).astype(np.int64))
    scores, tags = scores[tags >= 0], tags[tags >= 0]
    heat = min(np.geomspace(0.5, 4, 30), key=lambda h: float(nn.functional.cross_entropy(scores / h, tags)))
    return learner.net(float(heat))


def kept(net: Net, path: Path) -> None:
    """Writes the net in half precision, some three megabytes."""
    names = ("table", "hidden_bias", "out", "out_bias")
    np.savez_compressed(path, **{name: getattr(net, name).astype(np.float16) for name in names})


def figures(net: Net, pages: Sequence[Shown]) -> str:
    """For each tag precision, recall and the number of its words, and the share of all words right."""
    right, said, true = Counter[int](), Counter[int](), Counter[int]()
    for page in pages:
        best = net.probabilities(page.ids.astype(np.int64)).argmax(1) if len(page.ids) else np.zeros(0, int)
        for one, other in zip(best.tolist(), page.tags.tolist(), strict=True):
            if other != LEAVE:
                said[one] += 1
                true[other] += 1
                right[one] += one == other
    rows = [
        f"{TAGS[t]:17s} precision {right[t] / max(1, said[t]):.3f}  recall {right[t] / true[t]:.3f}  n {true[t]}"
        for t in sorted(true)
    ]
    return "\n".join([f"words right {right.total()}/{true.total()} {right.total() / max(1, true.total()):.4f}", *rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=400, help="of the train split, and three times as many of forms")
    parser.add_argument("--minutes", type=float, default=5.0, help="of one core, for the net alone")
    parser.add_argument("--seed", type=int, default=6101)
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args()
    rng, rates = Random(chosen.seed), (0.0, 0.0, 0.01, 0.04)
    pages = [
        *shown_by(items(chosen.seed, chosen.pages), rng, rates),
        *shown_by(form_items(chosen.seed, 3 * chosen.pages, forms=200), rng, rates),
    ]
    print(f"{len(pages)} pages, {sum(len(p.tags) for p in pages)} words", flush=True)
    fresh = list(shown_by(form_items(chosen.seed + 1, chosen.pages // 3, first=2000), rng, rates))
    net = tempered(fitted(pages, chosen.minutes, chosen.seed), fresh)
    kept(net, chosen.out)
    print("forms not learned:", figures(net, fresh), sep="\n")
    unseen = form_items(chosen.seed + 2, chosen.pages // 3, first=2000, unseen=True)
    print("words not learned:", figures(net, list(shown_by(unseen, rng, (0.0,)))), sep="\n")


if __name__ == "__main__":
    main()

"""Fits the model of page kinds: `python -m training.kinds`, a few minutes on one core.

Pages are those of the train split and of forms put together by chance, whole, and once more without the titles and
phrases that name their kind, so that rows and words must tell it too. Layouts, fonts and words kept for judging are
never seen. Writes extract/data/kinds.npz; the figures printed at the end stand in extract/data/kinds.md.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt

from casefile.docket import DocumentKind
from casefile.ocr import OcrPage
from extract.kinds import KNOWN, Model, Seen, measures_of, seen_on, words_of
from extract.phrases import PHRASES
from extract.titles import titles_on
from specimens import Item
from specimens.people import MEN, SURNAMES, WOMEN
from training.noise import misread
from training.pages import form_items, items, perfectly_read
from training.papers import papers

OUT = Path(__file__).parent.parent / "extract/data/kinds.npz"
FEWEST_FORMS, FEWEST_OF_PAIRS = 6, 10  # on so many forms a word, or two in a row, must stand to be learned
ROUNDS, RATE, WEIGHT_DECAY, LEFT_OUT = 250, 0.03, 2e-3, 0.3
STATEMENTS_UNTITLED = 0.2  # what certifies says so, but for later pages and the worst of copies
HEAD_ROWS = 9  # titles stand among the first rows

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Told:
    """A page as the model sees it, with its true kind and the form it is printed on."""

    words: frozenset[str]
    measures: list[float]
    kind: DocumentKind
    form: str


def told_by(made: Iterable[Item], rng: Random) -> Iterator[Told]:
    """Every docket page of the items, as it is and without what names its kind; some with misread letters."""
    for item in made:
        for page, specimen in zip(perfectly_read(item).pages, item.specimens, strict=True):
            yield from _told(page, DocumentKind(specimen.document_kind), specimen.layout, rng)


def told_on(typed: Iterable[tuple[OcrPage, DocumentKind, str]], rng: Random) -> Iterator[Told]:
    """Every typed paper, likewise."""
    for page, kind, form in typed:
        yield from _told(page, kind, form, rng)


def _told(page: OcrPage, kind: DocumentKind, form: str, rng: Random) -> Iterator[Told]:
    if kind not in KNOWN:
        return
    read = misread(page, rng, rng.choice((0.0, 0.0, 0.02, 0.06)))
    shown = [read]
    if kind is not DocumentKind.CERTIFIED_STATEMENT or rng.random() < STATEMENTS_UNTITLED:
        shown.append(_untitled(read, rng))
    for seen in map(seen_on, shown):
        yield Told(words_of(seen), measures_of(seen), kind, form)


def _untitled(page: OcrPage, rng: Random) -> OcrPage:
    """The page without the rows that hold a phrase, and without some of its first rows."""
    seen: Seen = seen_on(page)
    gone = {
        line.span[0]._.word.line
        for at, line in enumerate(seen.sheet.lines)
        if any(p.text in line.plain for p in PHRASES)
        or any(titles_on((line,)))
        or (at < HEAD_ROWS and rng.random() < 0.2)
    }
    kept = [at for at, word in enumerate(page.words) if word.line not in gone]
    return replace(page, words=tuple(page.words[at] for at in kept), level=tuple(page.level[at] for at in kept))


def vocabulary(pages: Sequence[Told]) -> list[str]:
    """Words and pairs that stand on enough different forms; no names of people."""
    forms: dict[str, set[str]] = {}
    for page in pages:
        for word in page.words:
            forms.setdefault(word, set()).add(page.form)
    names = {name.upper() for name in chain(MEN, WOMEN, SURNAMES)}
    return sorted(
        word
        for word, on in forms.items()
        if len(on) >= (FEWEST_OF_PAIRS if " " in word else FEWEST_FORMS) and not names & set(word.split())
    )


def fitted(pages: Sequence[Told], seed: int) -> Model:
    """The weights under which the pages' kinds are likeliest, words left out by chance in every round."""
    words = vocabulary(pages)
    places = {word: at for at, word in enumerate(words)}
    measures = np.array([page.measures for page in pages], np.float32)
    centre, spread = measures.mean(0), measures.std(0) + 0.1
    told = np.zeros((len(pages), len(words)), np.float32)
    for at, page in enumerate(pages):
        told[at, [places[w] for w in page.words if w in places]] = 1.0
    scaled = np.clip((measures - centre) / spread, -3, 3)
    wanted = np.eye(len(KNOWN), dtype=np.float32)[[KNOWN.index(page.kind) for page in pages]]
    share = _balance(pages)
    rng = np.random.default_rng(seed)
    weights = np.zeros((len(words) + measures.shape[1], len(KNOWN)), np.float32)
    bias = np.zeros(len(KNOWN), np.float32)
    steps = [_Adam(weights), _Adam(bias)]
    for _ in range(ROUNDS):
        kept = told * (rng.random(told.shape, np.float32) > LEFT_OUT)
        kept /= np.sqrt(np.maximum(4, kept.sum(1, keepdims=True)))
        shown = scaled * (rng.random(scaled.shape, np.float32) > LEFT_OUT / 2)
        rows = np.hstack((kept, shown.astype(np.float32)))
        scores = rows @ weights + bias
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        apart = (shares - wanted) * share[:, None]
        steps[0].down(rows.T @ apart + WEIGHT_DECAY * weights)
        steps[1].down(apart.sum(0))
    return Model(places, weights, bias, centre, spread)


def _balance(pages: Sequence[Told]) -> Floats:
    """A weight for each page, so that every form counts alike, and every kind."""
    forms, kinds = Counter(page.form for page in pages), Counter[DocumentKind]()
    for kind in dict.fromkeys((page.form, page.kind) for page in pages):
        kinds[kind[1]] += 1
    out = np.array([1.0 / forms[page.form] / kinds[page.kind] for page in pages], np.float32)
    return (out / out.sum()).astype(np.float32)


class _Adam:
    """Steps down a slope, each weight at a pace of its own."""

    def __init__(self, values: Floats) -> None:
        self.values, self.mean, self.square, self.taken = values, np.zeros_like(values), np.zeros_like(values), 0

    def down(self, slope: Floats) -> None:
        self.taken += 1
        self.mean += 0.1 * (slope - self.mean)
        self.square += 0.01 * (slope * slope - self.square)
        mean, square = self.mean / (1 - 0.9**self.taken), self.square / (1 - 0.99**self.taken)
        self.values -= RATE * mean / (np.sqrt(square) + 1e-8)


def tempered(model: Model, pages: Sequence[Told]) -> Model:
    """The model with its odds stretched or shrunk to be as sure as it is right on pages it was not fitted on."""
    scores = np.array([model.scores(page.words, page.measures) for page in pages])
    wanted = [KNOWN.index(page.kind) for page in pages]

    def loss(heat: float) -> float:
        hot = scores / heat
        top = hot.max(1, keepdims=True)
        logs = hot - top - np.log(np.exp(hot - top).sum(1, keepdims=True))
        return -float(logs[np.arange(len(wanted)), wanted].mean())

    heat = min(np.geomspace(0.3, 5.0, 40), key=loss)
    return replace(
        model, weights=(model.weights / heat).astype(np.float32), bias=(model.bias / heat).astype(np.float32)
    )


def kept(model: Model, path: Path) -> None:
    """Writes the model in half precision, about a hundred kilobytes."""
    words = np.array("\n".join(model.places))
    half = {name: getattr(model, name).astype(np.float16) for name in ("weights", "bias")}
    np.savez_compressed(path, words=words, centre=model.centre, spread=model.spread, **half)


def figures(model: Model, pages: Sequence[Told]) -> str:
    """Pages whose kind is the likeliest, of all, and the confusions."""
    said = [KNOWN[int(np.argmax(model.scores(page.words, page.measures)))] for page in pages]
    wrong = Counter((page.kind.value, kind.value) for page, kind in zip(pages, said, strict=True) if page.kind != kind)
    return f"{len(pages) - wrong.total()}/{len(pages)} {dict(wrong)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--pages", type=int, default=300, help="of the train split; twice as many of forms, three times of typed papers"
    )
    parser.add_argument("--seed", type=int, default=6001)
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args()
    rng = Random(chosen.seed)
    shown = [
        *told_by(items(chosen.seed, chosen.pages), rng),
        *told_by(form_items(chosen.seed, 2 * chosen.pages, forms=120), rng),
        *told_on(papers(chosen.seed, 3 * chosen.pages), rng),
    ]
    fresh = [
        *told_by(form_items(chosen.seed + 1, chosen.pages // 2, forms=60, first=2000), rng),
        *told_on(papers(chosen.seed + 1, chosen.pages // 2), rng),
    ]
    model = tempered(fitted(shown, chosen.seed), fresh)
    kept(model, chosen.out)
    print(f"{len(shown)} pages, {len(model.places)} words")
    print("fitted on       ", figures(model, shown))
    print("forms not fitted", figures(model, fresh))
    unseen = form_items(chosen.seed + 2, chosen.pages, forms=60, first=2000, unseen=True)
    print("words not seen  ", figures(model, list(told_by(unseen, rng))))


if __name__ == "__main__":
    main()

"""Gathers the words that readings are held against: `python -m training.words` writes digitize/weights/words.txt.gz.

Words of running prose that are often met, those of courts in training/words.toml, in the wordings and labels of
`extract` and in the texts of made lines, and names that many people bear. No layout of `specimens` gives any, so that
pages made from them tell how often a word of an unseen form is known.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from glob import iglob
from pathlib import Path

from extract.dispositions import WORDINGS
from extract.labels import LABELS
from extract.lexicon import LEXICON
from training.recogniser.texts import CODES, MONTHS, PHRASES, PROSE

OFTEN, SHORT_OFTEN = 20, 200  # times in the prose; of words of three letters, which are often parts of programs
BORNE = 20.0  # people in a million
NAMES = Path(__file__).parents[1] / "extract" / "data" / "census_names.csv.gz"


def of_prose() -> Iterator[str]:
    """Words often met in the prose that made lines are taken from."""
    total: Counter[str] = Counter()
    for pattern in PROSE:
        for path in sorted(iglob(pattern)):
            if Path(path).is_file():
                total.update(_words(Path(path).read_text("utf-8", "replace")))
    yield from (word for word, times in total.items() if times >= (SHORT_OFTEN if len(word) == 3 else OFTEN))


def of_courts() -> Iterator[str]:
    """Words of entries and labels, and their shortened forms."""
    examples = [
        *(text for one in WORDINGS for text in one.examples),
        *(text for one in LABELS for text in one.examples),
    ]
    lists = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    for text in (*lists.values(), *PHRASES, *CODES, *MONTHS, *LEXICON, *examples):
        yield from _words(text)


def of_people() -> Iterator[str]:
    """Names that many people bear."""
    with gzip.open(NAMES, "rt", encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        yield from (row["name"] for row in rows if float(row["in_a_million"]) >= BORNE and len(row["name"]) > 2)


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Z]{3,}", text.upper())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("digitize/weights/words.txt.gz"))
    chosen = parser.parse_args()
    words = sorted({*of_prose(), *of_courts(), *of_people()})
    chosen.out.write_bytes(gzip.compress("".join(f"{word}\n" for word in words).encode(), mtime=0))
    print(f"{len(words)} words, {chosen.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()

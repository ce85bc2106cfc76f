"""How right extraction is on layouts never seen, perfect words and scanned: `python -m benchmarks.extract`."""

from __future__ import annotations

import csv
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from benchmarks.acceptance import acceptance
from benchmarks.figures import keep, share
from digitize.engines import best_engine
from extract.calibration import thresholds
from extract.documents import documents_in
from extract.statutes import statute_in
from specimens import Item
from training.compare import Compared, compared
from training.measure import is_accepted
from training.pages import ReadItem, form_items, items, perfectly_read, read_by_engine

DECISIVE = frozenset(
    (
        "statute",
        "disposition",
        "disposition_date",
        "offense_date",
        "arrest_date",
        "docket_number",
        "surname",
        "birth_date",
    )
)
OWED = frozenset(("docket_number", "surname", "given", "birth_date", "statute", "disposition", "termination", "grams"))
FIRST_FORM, FORMS = 5000, 60  # forms that no training and no tuning has used
SOURCES: dict[str, Callable[[int, int], Iterator[Item]]] = {
    "held_out_layouts": lambda seed, pages: items(seed, pages, "held_out"),
    "made_up_forms": lambda seed, pages: form_items(seed, pages, forms=FORMS, first=FIRST_FORM, unseen=True),
}


def figures(read: Sequence[ReadItem]) -> dict[str, Any]:
    """The table of one source and one side: fields, charges, kinds, accepted readings and records, time."""
    began = time.process_time()
    found = [list(compared(item)) for item in read]
    spent = time.process_time() - began
    flat = [one for fields in found for one in fields]
    pages = sum(len(item.pages) for item in read)
    return {
        "pages": pages,
        "records": sum(len(item.told) for item in read),
        "exact_fields": share(sum(one.right for one in flat), len(flat)),
        "by_level": grouped(flat, lambda one: one.level),
        "by_kind": grouped(flat, _kind),
        "by_field": grouped(flat, lambda one: one.field),
        "charges_joined_f1": f1(flat),
        "page_kind": share(*kinds(read)),
        "wrong_among_accepted": wrong(flat),
        "wrong_among_accepted_decisive": wrong([one for one in flat if one.field in DECISIVE]),
        "records_let_through": let_through(found),
        "acceptance": acceptance(read),
        "calibration_error": calibration_error(flat),
        "cpu_ms_a_page": round(1000 * spent / max(1, pages), 1),
    }


def _kind(one: Compared) -> str:
    return one.layout.split("~")[0]


def grouped(found: Iterable[Compared], key: Callable[[Compared], str]) -> dict[str, Any]:
    """Exact fields by what `key` says of them."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one.right)
    return {name: share(sum(rights), len(rights)) for name, rights in sorted(groups.items())}


def f1(found: Sequence[Compared]) -> dict[str, Any]:
    """Charges found and joined to their disposition: statute and disposition of one count both right."""
    charges: dict[str, dict[str, Compared]] = defaultdict(dict)
    for one in found:
        if one.field in ("statute", "disposition"):
            charges[one.where.rsplit(".", 1)[0] + one.layout][one.field] = one
    right = sum(all(one.right for one in both.values()) for both in charges.values())
    claimed = sum(any(one.reading is not None for one in both.values()) for both in charges.values())
    precision, recall = right / max(1, claimed), right / max(1, len(charges))
    value = 2 * precision * recall / max(1e-9, precision + recall)
    return {"value": round(value, 5), "n": len(charges), "recall": share(right, len(charges))}


def kinds(read: Sequence[ReadItem]) -> tuple[int, int]:
    """Pages whose kind is right, and all."""
    right, total = 0, 0
    for item in read:
        said = {page: document.kind.value for document in documents_in(item.pages) for page in document.page_ids}
        for page, specimen in zip(item.pages, item.item.specimens, strict=True):
            total += 1
            right += said[page.page_id] == specimen.document_kind
    return right, total


def wrong(found: Iterable[Compared]) -> dict[str, Any]:
    """Of the readings relied on unseen, the wrong ones."""
    accepted = [one for one in found if is_accepted(one)]
    return share(sum(not one.right for one in accepted), len(accepted))


def let_through(found: Sequence[Sequence[Compared]]) -> dict[str, Any]:
    """Records all of whose owed values are accepted and right; the link and the law are not asked here."""
    records: dict[tuple[int, str], list[Compared]] = defaultdict(list)
    for number, fields in enumerate(found):
        run = 0
        for one in fields:
            run += one.field == "docket_number"
            if one.field in OWED:
                records[(number, str(run))].append(one)
    through = sum(all(is_accepted(one) and one.right for one in fields) for fields in records.values())
    return share(through, len(records))


def calibration_error(found: Sequence[Compared], bins: int = 10) -> dict[str, Any]:
    """For each field family the mean distance of confidence and share right, in equal groups of confidence."""
    out: dict[str, Any] = {}
    for family in thresholds():
        mine = sorted(
            (one.reading.confidence, one.right)
            for one in found
            if one.family == family and one.reading is not None and not one.reading.is_illegible
        )
        size = max(1, len(mine) // bins)
        groups = [mine[at : at + size] for at in range(0, len(mine), size)]
        apart = sum(abs(sum(p for p, _ in g) - sum(r for _, r in g)) for g in groups)
        out[family] = {"value": round(apart / max(1, len(mine)), 4), "n": len(mine)}
    return out


def statutes(table: Path) -> dict[str, Any]:
    """Typed citations of a table of counts that become canonical ones, by record weight."""
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    weights = [(row["statute_as_partly_normalised"], int(row["record_count_2005_2009"])) for row in rows]
    parsed = sum(n for text, n in weights if statute_in(text) is not None)
    known = sum(n for text, n in weights if (cited := statute_in(text)) is not None and cited.known)
    total = sum(n for _, n in weights)
    return {"canonical": share(parsed, total), "of_a_known_section": share(known, total), "strings": len(rows)}


def malformed(table: Path) -> dict[str, Any]:
    """Malformed citations against what analysts made of them: agreeing, refused, and otherwise."""
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    agreeing, refused, other = 0, 0, []
    for row in rows:
        own, theirs = statute_in(row["raw_as_typed"]), statute_in(row["normalised_by_project"])
        if own is None:
            refused += 1
        elif theirs is not None and own.canonical == theirs.canonical:
            agreeing += 1
        else:
            other.append(row["raw_as_typed"])
    return {"agreeing": share(agreeing, len(rows)), "refused": share(refused, len(rows)), "otherwise": other}


@click.command()
@click.option("--pages", default=120, show_default=True, help="of each source with perfect words")
@click.option("--scanned", default=0, show_default=True, help="of each source printed, worn, scanned and read")
@click.option("--seed", default=7001, show_default=True)
@click.option("--tables", type=click.Path(path_type=Path), help="a folder with the published statute counts")
def main(pages: int, scanned: int, seed: int, tables: Path | None) -> None:
    """Measures both sides on both sources and writes benchmarks/results/extract.json."""
    result: dict[str, Any] = {"seed": seed}
    for name, made in SOURCES.items():
        result[name] = {"perfect_words": figures([perfectly_read(item) for item in made(seed, pages)])}
        if scanned:
            engine = best_engine()
            read = [read_by_engine(item, engine) for item in made(seed, scanned)]
            result[name]["scanned"] = {**figures(read), "engine": engine.name}
        click.echo(json.dumps({name: result[name]}, indent=2))
    if tables is not None:
        result["statutes"] = statutes(tables / "cook_statute_desc_counts.csv")
        result["malformed"] = malformed(tables / "cook_malformed_statutes.csv")
        click.echo(json.dumps({k: result[k] for k in ("statutes", "malformed")}, indent=2))
    click.echo(f"kept in {keep('extract', result)}")


if __name__ == "__main__":
    main()

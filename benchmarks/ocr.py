"""Reading held against its peers, all from the same PDFs, in one interleaved run.

    .venv/bin/python -m benchmarks.ocr --pages 60 [--real DIR] [--seed N]

Layouts, fonts and kinds of wear are those kept for judging; the seed is a fresh one unless it is given.
"""

from __future__ import annotations

import json
import multiprocessing
import secrets
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import cv2
import numpy as np

from benchmarks import ocr_sides as sides
from benchmarks.figures import keep, share
from benchmarks.ocr_measures import (
    Judged,
    PageScore,
    ReadLine,
    confidence_figures,
    judged,
    rate,
    rate_figure,
    ratio_figure,
    score,
)
from benchmarks.ocr_pages import LEVELS, BenchPage, made_pages, real_pages
from benchmarks.ocr_speed import Run, pages_read, read_by_command
from casefile.archive import PageId
from digitize.prepare import prepare
from digitize.rasterize import Pixels, frame_image
from digitize.recognize import PageJob, Settings, recognize

CER, DIGITS, WORDS = (
    ("character_errors", "characters"),
    ("digit_errors", "digit_words"),
    ("word_errors", "words"),
)
OURS, PREPARED, OCRMYPDF, RAPIDOCR = "docket_clerk", "tesseract_prepared_4", "ocrmypdf", "rapidocr"
DIGIT_WORDS = "words_with_a_digit_wrong"
SURE = 0.99  # that a page stands upright: below, reading is asked, too
FEWEST_LINES = 5  # of a page whose orientation must be right

Read = Mapping[str, list[tuple[ReadLine, ...] | None]]  # by side, a page each; None where it was not asked


@click.command()
@click.option("--pages", default=60, show_default=True, help="made pages, a third of each level of wear")
@click.option("--sample", default=18, show_default=True, help="of these, pages for the slow sides")
@click.option("--seed", type=int, help="default: a fresh one")
@click.option("--real", type=click.Path(path_type=Path, exists=True), help="scans with ALTO beside them")
@click.option("--processes", default=2, show_default=True, help="for the sides that are not timed")
@click.option("--speed/--no-speed", default=True, help="whether speed and memory are measured")
def main(pages: int, sample: int, seed: int | None, real: Path | None, processes: int, speed: bool) -> None:
    """Reads, compares, prints the table, and writes benchmarks/results/ocr.json."""
    seed = secrets.randbelow(1_000_000) if seed is None else seed
    figures: dict[str, Any] = {"seed": seed}
    with TemporaryDirectory(prefix="docket-clerk-benchmark-") as name, _pool(processes) as pool:
        folder = Path(name)
        made = made_pages(folder, pages, seed)
        timed = _timed(made, folder) if speed else None
        texts = timed["ocrmypdf_texts"] if timed else _by_ocrmypdf(made, folder)[0]
        read, seconds = _read_all(pool, made, _sampled(made, sample), texts)
        figures["made"] = _compared(made, read, seed)
        figures["orientation"] = _orientation(pool, made)
        if timed is not None:
            figures["speed"] = _speed(timed, len(made), seconds)
        if real is not None:
            scans = real_pages(folder, real)
            read, _ = _read_all(pool, scans, range(len(scans)), _by_ocrmypdf(scans, folder)[0])
            figures["real"] = _compared(scans, read, seed)
    for line in table(figures):
        click.echo(line)
    click.echo(f"kept in {keep('ocr', figures)}")


def _pool(processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=sides.one_thread)


# reading


def _sampled(pages: Sequence[BenchPage], total: int) -> list[int]:
    """The places of some pages, as many of each level."""
    each = max(1, total // len(LEVELS))
    return [at for level in LEVELS for at in islice((i for i, page in enumerate(pages) if page.level == level), each)]


def _read_all(
    pool: ProcessPoolExecutor, pages: Sequence[BenchPage], sample: Iterable[int], texts: Sequence[tuple[ReadLine, ...]]
) -> tuple[Read, list[float]]:
    """Every side's reading, page by page; with the seconds that rapidocr took for each of its pages."""
    chosen = set(sample)
    read: dict[str, list[tuple[ReadLine, ...] | None]] = {OCRMYPDF: list(texts), RAPIDOCR: [], OURS: [], PREPARED: []}
    rapid = sides.RapidOcr()
    for found in pool.map(_read_page, pages, [at in chosen for at in range(len(pages))]):
        for side, rows in found.items():
            read.setdefault(side, []).append(rows)
    read[RAPIDOCR] = [rapid(page) if at in chosen else None for at, page in enumerate(pages)]
    return read, rapid.seconds


def _read_page(page: BenchPage, sampled: bool) -> dict[str, tuple[ReadLine, ...] | None]:
    """One page by our reader, then Tesseract on our page; where it is in the sample, by plain Tesseract, too."""
    plain = {f"tesseract_plain_{mode}": sides.plain_tesseract(mode) for mode in sides.PLAIN_MODES}
    return {
        OURS: sides.docket_clerk(page),
        PREPARED: sides.tesseract_prepared(page),
        **{name: side(page) if sampled else None for name, side in plain.items()},
    }


def _by_ocrmypdf(pages: Sequence[BenchPage], folder: Path) -> tuple[list[tuple[ReadLine, ...]], float]:
    """What OCRmyPDF read of each page, with two jobs; and the seconds it took over all PDFs."""
    seconds, texts = 0.0, {}
    for pdf in dict.fromkeys(page.pdf for page in pages):
        out = folder / f"{pdf.stem}.searchable.pdf"
        seconds += sides.ocrmypdf(pdf, out, jobs=2)
        texts[pdf] = sides.words_in_pdf(out)
    return [texts[page.pdf].get(page.frame, ()) for page in pages], seconds


# comparing


def _compared(pages: Sequence[BenchPage], read: Read, seed: int) -> dict[str, Any]:
    """Every side's rates, and ours over theirs on the pages that both read."""
    scores = {
        side: [None if rows is None else score(rows, page.lines) for rows, page in zip(some, pages, strict=True)]
        for side, some in read.items()
    }
    best = _best_tesseract(scores)
    levels = [*dict.fromkeys(page.level for page in pages)]
    result: dict[str, Any] = {"pages": len(pages), "best_tesseract": best, "sides": {}, "ratios": {}}
    for side, some in scores.items():
        result["sides"][side] = _rates(some, pages, levels, seed)
    for side in (best, OCRMYPDF, RAPIDOCR):
        result["ratios"][side] = _ratios(scores[OURS], scores[side], pages, levels, seed)
    ours = [judged(rows or (), page.lines) for rows, page in zip(read[OURS], pages, strict=True)]
    result["confidence"] = confidence_figures(_not_empty(ours), seed)
    return result


def _not_empty(by_page: Sequence[Sequence[Judged]]) -> list[Sequence[Judged]]:
    return [page for page in by_page if page]


def _best_tesseract(scores: Mapping[str, Sequence[PageScore | None]]) -> str:
    """The Tesseract set-up with the fewest character errors on the pages that all of them read."""
    setups = [side for side in scores if side.startswith("tesseract")]
    shared = [at for at in range(len(scores[OURS])) if all(scores[side][at] is not None for side in setups)]
    found = {side: rate([s for at in shared if (s := scores[side][at])], *CER) or 0.0 for side in setups}
    best = min(found, key=lambda side: found[side])
    # Only one of them read every page: a plain one must be better by more than chance to be read in its place.
    return best if found[best] < 0.95 * found[PREPARED] else PREPARED


def _rates(
    some: Sequence[PageScore | None], pages: Sequence[BenchPage], levels: Sequence[str], seed: int
) -> dict[str, Any]:
    result = {}
    for level in ("all", *levels):
        mine = [one for one, page in zip(some, pages, strict=True) if one and level in ("all", page.level)]
        figures = {"cer": CER, DIGIT_WORDS: DIGITS, "words_missed": WORDS}
        result[level] = {name: rate_figure(mine, *parts, seed) for name, parts in figures.items()}
        result[level]["mean_cer_of_a_page"] = _mean([one.character_errors / max(1, one.characters) for one in mine])
    return result


def _mean(values: Sequence[float]) -> float | None:
    return round(float(np.mean(values)), 5) if values else None


def _ratios(
    ours: Sequence[PageScore | None],
    theirs: Sequence[PageScore | None],
    pages: Sequence[BenchPage],
    levels: Sequence[str],
    seed: int,
) -> dict[str, Any]:
    result = {}
    for level in ("all", *levels):
        pairs = [
            (a, b)
            for a, b, page in zip(ours, theirs, pages, strict=True)
            if a is not None and b is not None and level in ("all", page.level)
        ]
        mine, others = [a for a, _ in pairs], [b for _, b in pairs]
        result[level] = {
            "cer": ratio_figure(mine, others, *CER, seed),
            DIGIT_WORDS: ratio_figure(mine, others, *DIGITS, seed),
        }
    return result


# orientation


def _orientation(pool: ProcessPoolExecutor, pages: Sequence[BenchPage]) -> dict[str, Any]:
    """Pages of at least five lines turned four ways: how many come upright, and how many only reading could tell."""
    full = [page for page in pages if len(page.lines) >= FEWEST_LINES]
    found = [one for some in pool.map(_turns, full) for one in some]
    wrong_turns = [f"laid by {laid}, turned by {turned}" for laid, turned, _ in found if (laid + turned) % 360]
    return {
        "right": share(len(found) - len(wrong_turns), len(found)),
        "asked_the_reader": share(sum(asked for *_, asked in found), len(found)),
        "wrong": wrong_turns,
    }


def _turns(page: BenchPage) -> list[tuple[int, int, bool]]:
    """How a page was laid, clockwise; how it was turned; and whether the reader had to be asked."""
    upright = frame_image(page.pdf, page.frame, sides.PATIENT)
    return [_turn(np.ascontiguousarray(np.rot90(upright, -quarters)), 90 * quarters) for quarters in range(4)]


def _turn(frame: Pixels, laid: int) -> tuple[int, int, bool]:
    prepared = prepare(frame)
    if prepared.upright >= SURE:
        return laid, prepared.way.turned, False
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        cv2.imwrite(str(path), frame[..., ::-1] if frame.ndim == 3 else frame)
        found = recognize(PageJob(PageId("p"), path, 0), sides.engine_named(OURS), Settings(limits=sides.PATIENT))
    return laid, found.turned, True


# speed


def _timed(pages: Sequence[BenchPage], folder: Path) -> dict[str, Any]:
    """OCRmyPDF, our two workers and our one worker in turn, each over all PDFs."""
    source = folder / "SOURCE"
    source.mkdir()
    for pdf in dict.fromkeys(page.pdf for page in pages):
        (source / pdf.name).hardlink_to(pdf)
    two = read_by_command(source, folder / "two", workers=2)
    texts, seconds = _by_ocrmypdf(pages, folder)
    one = read_by_command(source, folder / "one", workers=1)
    if pages_read(folder / "two") != len(pages):
        click.echo("not every page was read; the speed is that of those which were", err=True)
    return {"ocrmypdf_texts": texts, "ocrmypdf_seconds": seconds, "two": two, "one": one}


def _speed(timed: Mapping[str, Any], pages: int, rapid: Sequence[float]) -> dict[str, Any]:
    two, one = timed["two"], timed["one"]
    assert isinstance(two, Run)
    assert isinstance(one, Run)
    minute = partial(_pages_a_minute, pages)
    theirs = minute(timed["ocrmypdf_seconds"])
    rapidly = _pages_a_minute(len(rapid), sum(rapid)) if rapid else None
    ours = minute(two.seconds)
    return {
        "pages": pages,
        "pages_a_minute": {"two_workers": ours, "one_worker": minute(one.seconds), OCRMYPDF: theirs, RAPIDOCR: rapidly},
        "ratio_to_ocrmypdf": round(ours / theirs, 2),
        "ratio_to_rapidocr": round(ours / rapidly, 2) if rapidly else None,
        "two_workers_against_one": round(one.seconds / two.seconds, 2),
        "memory_mib": asdict(two),
    }


def _pages_a_minute(pages: int, seconds: float) -> float:
    return round(60 * pages / seconds, 2)


# the table


def table(figures: Mapping[str, Any]) -> Iterable[str]:
    """The goals of the issue with what was reached, a line each."""
    made, best = figures["made"], figures["made"]["best_tesseract"]
    ratios = made["ratios"]
    yield f"seed {figures['seed']}, {made['pages']} made pages; best Tesseract: {best}"
    for side, rates in made["sides"].items():
        cells = (f"{level} {_shown(cell['cer'])} / {_shown(cell[DIGIT_WORDS])}" for level, cell in rates.items())
        yield f"  {side:22s} CER / digit words wrong: {'; '.join(cells)}"
    yield _row("words with a digit wrong, against best Tesseract", "<= 0.2", ratios[best]["all"][DIGIT_WORDS])
    yield _row("character error against OCRmyPDF", "<= 0.10", ratios[OCRMYPDF]["all"]["cer"])
    yield _row("character error against best Tesseract", "<= 0.22", ratios[best]["all"]["cer"])
    yield _row("character error against rapidocr", "<= 0.6", ratios[RAPIDOCR]["all"]["cer"])
    for level in LEVELS:
        if level in ratios[RAPIDOCR]:
            yield _row(f"  on {level} pages", "<= 1.0", ratios[RAPIDOCR][level]["cer"])
    if "real" in figures:
        real = figures["real"]
        against = real["ratios"][real["best_tesseract"]]["all"]["cer"]
        yield _row("real pages: character error against best Tesseract", "<= 0.5", against)
        for side, rates in real["sides"].items():
            yield f"  {side:22s} pooled {_shown(rates['all']['cer'])}, mean {rates['all']['mean_cer_of_a_page']}"
    sure = made["confidence"]
    yield _row("confidence: calibration error", "<= 0.02", sure["calibration_error"])
    yield _row("confidence: area under the curve", ">= 0.95", sure["area_under_curve"])
    yield _row("confidence: wrong words among the least sure quarter", ">= 0.9", sure["wrong_among_least_sure_quarter"])
    yield _row("orientation right", ">= 0.995", figures["orientation"]["right"])
    if "speed" in figures:
        yield from _speed_rows(figures["speed"])


def _speed_rows(speed: Mapping[str, Any]) -> Iterable[str]:
    yield f"pages a minute: {json.dumps(speed['pages_a_minute'])}"
    yield f"{'pages a minute against OCRmyPDF':58s} {'>= 3':9s} {speed['ratio_to_ocrmypdf']}"
    yield f"{'pages a minute against rapidocr':58s} {'>= 8':9s} {speed['ratio_to_rapidocr']}"
    yield f"{'two workers against one':58s} {'>= 1.8':9s} {speed['two_workers_against_one']}"
    yield f"{'memory a worker, MiB':58s} {'<= 400':9s} {speed['memory_mib']['a_worker']:.0f}"


def _row(what: str, goal: str, figure: Mapping[str, Any]) -> str:
    n = figure.get("pages", figure.get("n"))
    return f"{what:58s} {goal:9s} {_shown(figure)}  {figure['interval']}  n {n}"


def _shown(figure: Mapping[str, Any]) -> str:
    return "-" if figure["value"] is None else f"{figure['value']:.4f}"


if __name__ == "__main__":
    main()

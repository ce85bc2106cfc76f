"""The readers that are held against each other; each starts from a page of a PDF and gives rows of words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import unescape
from pathlib import Path

from benchmarks.ocr_measures import ReadLine, ReadWord
from benchmarks.ocr_pages import BenchPage
from casefile.archive import PageId
from casefile.errors import PageError
from casefile.ocr import BBox
from digitize.engine import Engine
from digitize.engines import best_engine
from digitize.formats import Limits
from digitize.prepare import use_one_thread
from digitize.rasterize import Pixels, frame_image
from digitize.recognize import PageJob, Settings, recognize
from digitize.rows import rows_of
from digitize.tesseract import TesseractEngine

Side = Callable[[BenchPage], tuple[ReadLine, ...]]
PATIENT = Limits(seconds=900.0)  # a busy machine must not decide which side reads a page
PLAIN_MODES = (3, 4, 6)  # Tesseract's page modes that suit a page


def one_thread() -> None:
    """Keeps libraries to one thread in this process, as in a worker."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    use_one_thread()


_engines: dict[str, Engine] = {}


def engine_named(name: str) -> Engine:
    """An engine of this process, made once."""
    if name not in _engines:
        _engines[name] = best_engine() if name == "docket_clerk" else TesseractEngine(seconds=900.0)
    return _engines[name]


def _recognized(page: BenchPage, engine: Engine) -> tuple[ReadLine, ...]:
    """As the product reads a page; one that cannot be read gives nothing."""
    try:
        found = recognize(PageJob(PageId("p"), page.pdf, page.frame), engine, Settings(limits=PATIENT))
    except PageError:
        return ()
    rows: dict[int, list[ReadWord]] = {}
    for word in found.words:
        rows.setdefault(word.line, []).append(ReadWord(word.text, word.confidence))
    return tuple(tuple(row) for row in rows.values())


def docket_clerk(page: BenchPage) -> tuple[ReadLine, ...]:
    """The product with the engine it uses by itself."""
    return _recognized(page, engine_named("docket_clerk"))


def tesseract_prepared(page: BenchPage) -> tuple[ReadLine, ...]:
    """Tesseract, page mode 4, on our straightened page: levelled, background divided away, dots blurred."""
    return _recognized(page, engine_named("tesseract"))


def plain_tesseract(mode: int) -> Side:
    """Tesseract on the page as it comes."""

    def side(page: BenchPage) -> tuple[ReadLine, ...]:
        return _tesseract_words(frame_image(page.pdf, page.frame, PATIENT), mode)

    return side


def _tesseract_words(image: Pixels, mode: int) -> tuple[ReadLine, ...]:
    import pytesseract
    from PIL import Image

    told = pytesseract.image_to_data(
        Image.fromarray(image), lang="eng", config=f"--psm {mode} --dpi 300", output_type=pytesseract.Output.DICT
    )
    edges = zip(*(told[edge] for edge in ("left", "top", "width", "height")), strict=True)
    words = [
        (ReadWord(text.strip(), float(sure) / 100), BBox(x, y, x + w, y + h))
        for text, sure, (x, y, w, h) in zip(told["text"], told["conf"], edges, strict=True)
        if float(sure) >= 0 and text.strip()
    ]
    return in_rows(words)


def in_rows(words: Sequence[tuple[ReadWord, BBox]]) -> tuple[ReadLine, ...]:
    """Words in rows rebuilt from their boxes, the same way for every side."""
    rows = rows_of([bbox for _, bbox in words])
    return tuple(tuple(words[at][0] for at in row) for row in rows)


class RapidOcr:
    """rapidocr end to end, with its own finding of lines; as many threads as it likes."""

    def __init__(self) -> None:
        import logging

        from rapidocr import RapidOCR

        logging.disable(logging.WARNING)
        self._reader = RapidOCR()
        self.seconds: list[float] = []

    def __call__(self, page: BenchPage) -> tuple[ReadLine, ...]:
        began = time.monotonic()
        found = self._reader(frame_image(page.pdf, page.frame, PATIENT))
        self.seconds.append(time.monotonic() - began)
        if found.boxes is None:
            return ()
        lines = zip(found.boxes.tolist(), found.txts, found.scores, strict=True)
        return in_rows([part for corners, text, sure in lines for part in _parted(corners, text, float(sure))])


def _parted(corners: Sequence[Sequence[float]], text: str, sure: float) -> Iterable[tuple[ReadWord, BBox]]:
    """The words of a line that has one box, each with its share of the width."""
    (x, y), (far, low) = ([f(c[k] for c in corners) for k in range(2)] for f in (min, max))
    step = (far - x) / max(1, len(text))
    for found in re.finditer(r"\S+", text):
        bbox = BBox(round(x + found.start() * step), round(y), round(x + found.end() * step), round(low))
        yield ReadWord(found[0], sure), bbox


def ocrmypdf(pdf: Path, out: Path, jobs: int) -> float:
    """Writes the searchable PDF that OCRmyPDF makes; the seconds it took."""
    program = Path(sys.executable).with_name("ocrmypdf")
    began = time.monotonic()
    command = [program, "--jobs", str(jobs), "--output-type", "pdf", "--quiet", pdf, out]
    subprocess.run([str(part) for part in command], check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return time.monotonic() - began


def words_in_pdf(pdf: Path) -> Mapping[int, tuple[ReadLine, ...]]:
    """The words of each page of a searchable PDF, counted from 0, by poppler."""
    told = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    pages = told.stdout.decode("utf-8", "replace").split("<page ")[1:]
    return {at: in_rows([*_words_told(page)]) for at, page in enumerate(pages)}


def _words_told(page: str) -> Iterable[tuple[ReadWord, BBox]]:
    for found in re.finditer(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page, re.S):
        left, top, right, bottom = (round(4 * float(edge)) for edge in found.groups()[:4])
        yield ReadWord(unescape(found[5]).strip()), BBox(left, top, right, bottom)

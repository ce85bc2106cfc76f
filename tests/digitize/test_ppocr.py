"""The second reader: cut to our letters once, kept whole in the cache, and done without where it cannot be had."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from digitize import ppocr as module
from digitize.ctc import ALPHABET, letters_of, text_of
from digitize.lines import SQUEEZE, Pixels
from digitize.ppocr import PPOCR, ppocr

FACE = "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"
TEXT = "05/20/93 PLEA OF GUILTY"


def a_crop(text: str = TEXT) -> Pixels:
    page = Image.new("L", (20 * len(text) + 20, 44), 255)
    ImageDraw.Draw(page).text((8, 4), text, font=ImageFont.truetype(FACE, 32), fill=0)
    return np.asarray(page)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, cache: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    ppocr.cache_clear()
    yield
    ppocr.cache_clear()


def the_reader() -> PPOCR:
    reader = ppocr()
    assert reader is not None
    return reader


def test_it_reads_a_typed_line_in_our_alphabet() -> None:
    (frames,) = the_reader().frames_of([a_crop()], SQUEEZE)
    assert frames.rows.shape[1] == len(ALPHABET)
    assert frames.rows.sum(axis=1) == pytest.approx(np.ones(len(frames.rows)), abs=1e-3)
    assert text_of(letters_of(frames.rows)) == TEXT


def test_it_is_cut_once_and_a_damaged_copy_is_made_anew(cache: Path) -> None:
    the_reader()
    (kept,) = cache.rglob("*.onnx")
    whole, made = kept.read_bytes(), kept.stat().st_mtime_ns
    ppocr.cache_clear()
    the_reader()
    assert kept.stat().st_mtime_ns == made
    kept.write_bytes(whole[: len(whole) // 2])
    ppocr.cache_clear()
    the_reader()
    assert kept.read_bytes() == whole
    assert {path.suffix for path in kept.parent.iterdir()} == {".onnx", ".sha256"}


def test_it_reads_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert the_reader().name.startswith("pp-ocrv6")


def test_without_the_package_there_is_no_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> None:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(module.metadata, "files", missing)
    assert ppocr() is None


def test_a_net_we_do_not_know_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    strange = tmp_path / "strange.onnx"
    strange.write_bytes(b"no net at all")
    monkeypatch.setattr(module, "_source", lambda: strange)
    assert ppocr() is None

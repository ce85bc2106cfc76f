"""Pictures for people come out of a process of its own: as they would here, within bounds, and after its death."""

import gc
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from casefile.errors import PageError
from casefile.ocr import BBox
from digitize.formats import Inspection, Limits, ScanFormat
from digitize.jobs import Settings
from digitize.rasterize import crop_png, page_png
from digitize.viewer import Viewer

SOON = Settings(page_seconds=1.5)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scans") / "a.png"
    Image.radial_gradient("L").resize((400, 300)).save(path)
    return path


@pytest.fixture(scope="module")
def viewer() -> Iterator[Viewer]:
    with Viewer(SOON) as viewer:
        viewer.begin()
        yield viewer


def process_of(viewer: Viewer) -> int:
    assert viewer._process is not None
    return viewer._process.process_id


def test_a_picture_is_what_it_would_be_here(viewer: Viewer, scan: Path) -> None:
    bbox = BBox(20, 30, 250, 90)
    assert viewer.crop(scan, 0, bbox) == crop_png(scan, 0, bbox, margin=0)
    assert viewer.page(scan, 0, longest_side=100) == page_png(scan, 0, longest_side=100)


def test_many_who_ask_at_once_get_each_their_own(viewer: Viewer, scan: Path) -> None:
    boxes = [BBox(10 * n, 0, 10 * n + 50, 40) for n in range(16)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda bbox: viewer.crop(scan, 0, bbox), boxes))
    assert found == [crop_png(scan, 0, bbox, margin=0) for bbox in boxes]


def test_a_file_is_judged_by_the_name_it_came_with(viewer: Viewer, scan: Path, tmp_path: Path) -> None:
    master = tmp_path / "0123abc"
    master.write_bytes(scan.read_bytes())
    assert viewer.inspect(master, suffix=".png") == Inspection(ScanFormat.PNG, 1)
    with pytest.raises(PageError) as refused:
        viewer.inspect(master, suffix=".tif")
    assert refused.value.reason == "mislabelled"


def test_what_cannot_be_decoded_is_told_as_it_would_be_here(viewer: Viewer, scan: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(scan.read_bytes()[:600])
    with pytest.raises(PageError) as here:
        page_png(broken, 0)
    with pytest.raises(PageError) as there:
        viewer.page(broken, 0, longest_side=100)
    assert (there.value.reason, there.value.advice) == (here.value.reason, here.value.advice)


def test_a_file_that_takes_too_long_costs_its_process_and_no_other_picture(
    viewer: Viewer, scan: Path, tmp_path: Path
) -> None:
    endless = tmp_path / "endless.png"
    os.mkfifo(endless)
    viewer.begin()
    before = process_of(viewer)
    with pytest.raises(PageError) as refused:
        viewer.page(endless, 0, longest_side=100)
    assert refused.value.reason == "timeout"
    assert not Path(f"/proc/{before}").exists()
    assert viewer.crop(scan, 0, BBox(0, 0, 9, 9)) == crop_png(scan, 0, BBox(0, 0, 9, 9), margin=0)


def test_a_process_that_died_is_replaced(viewer: Viewer, scan: Path) -> None:
    viewer.begin()
    os.kill(process_of(viewer), signal.SIGKILL)
    time.sleep(0.05)
    assert viewer.page(scan, 0, longest_side=50) == page_png(scan, 0, longest_side=50)


def test_a_page_beyond_its_memory_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    Image.new("RGB", (9000, 8500), "white").save(large)
    with Viewer(Settings(Limits(), page_seconds=30, memory_mib=500)) as viewer, pytest.raises(PageError):
        viewer.page(large, 0, longest_side=100)


def test_the_process_ends_with_the_viewer_closed_or_forgotten() -> None:
    with Viewer(SOON) as viewer:
        viewer.begin()
        process = process_of(viewer)
    assert not Path(f"/proc/{process}").exists()
    forgotten = Viewer(SOON)
    forgotten.begin()
    process = process_of(forgotten)
    del forgotten
    gc.collect()
    assert not Path(f"/proc/{process}").exists()

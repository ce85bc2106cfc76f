"""What was read leaves the house as ALTO and hOCR that anybody can open, and nothing leaves that must not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.archive import Page, PageId, Place, Sha256, Stage, page_id_of
from casefile.docket import Disposition, DocumentKind
from casefile.errors import PageError
from casefile.ocr import BBox, InkRegion, OcrPage, Word
from casefile.rows import DocumentRow
from clerk import archive as archives
from clerk.alto import alto, fit
from clerk.cli import clerk
from clerk.hocr import hocr
from clerk.ocr_exports import FORMS, Written, write_pages
from tests.clerk.alto_rules import NAMESPACE, faults
from tests.factories import a_charge, a_record, read

PROGRAM = "docket-clerk 1.0"
HTML = "{http://www.w3.org/1999/xhtml}"
PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SHA = Sha256("ab" * 32)


def a_page(file: str = "0001.tif", frame: int = 0, box: str = "BOX-001", folder: str = "F001") -> Page:
    place = Place(box, folder, file, frame)
    return Page(page_id_of(place, SHA), place, SHA, 1)


def words_on(page: Page, *words: Word, **different: Any) -> OcrPage:
    usual: dict[str, Any] = {
        "page_id": page.page_id,
        "width": 1700,
        "height": 2200,
        "words": words,
        "level": tuple(word.bbox for word in words),
        "regions": (),
        "ink": 0.02,
        "turned": 0,
        "engine": "lines 1: own 1",
    }
    return OcrPage(**(usual | different))


def a_word(text: str = "NOLLE", line: int = 0, **different: Any) -> Word:
    return Word(
        text, different.pop("bbox", BBox(100, 100, 200, 130)), different.pop("confidence", 0.9), line, **different
    )


def parsed(document: bytes) -> Element:
    return fromstring(document)  # noqa: S314 - written by ourselves just now


def found(root: Element, name: str) -> list[Element]:
    return list(root.iter(f"{NAMESPACE}{name}"))


anything = st.text(st.characters(), max_size=12)
boxes = st.builds(
    lambda x, y, w, h: BBox(x, y, x + w, y + h),
    *(st.integers(0, 1500), st.integers(0, 2000), st.integers(1, 200), st.integers(1, 200)),
)
hostile_words = st.builds(
    Word,
    anything,
    boxes,
    st.floats(0, 1),
    st.integers(0, 3),
    st.lists(st.tuples(anything, st.floats(0, 1)), max_size=2).map(tuple),
)
hostile_pages = st.builds(
    lambda file, words, kinds, turned: (
        a_page(file or "x"),
        words_on(
            a_page(file or "x"),
            *sorted(words, key=lambda word: word.line),
            regions=tuple(InkRegion(kind, BBox(5, 5, 50, 50)) for kind in kinds),
            turned=turned,
        ),
    ),
    anything,
    st.lists(hostile_words, max_size=6),
    st.lists(st.sampled_from(["handwriting", "stamp", "unread"]), max_size=3),
    st.sampled_from([0, 90, 180, 270]),
)


@PATIENT
@given(hostile_pages)
def test_whatever_stands_on_the_page_the_alto_obeys_its_schema(both: tuple[Page, OcrPage]) -> None:
    page, words = both
    root = parsed(alto(page, words, program=PROGRAM))
    assert faults(root) == []
    strings = found(root, "String")
    assert [one.get("CONTENT") for one in strings] == [fit(word.text) for word in words.words]
    edges = [tuple(int(one.get(name, "")) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")) for one in strings]
    assert edges == [(w.bbox.left, w.bbox.top, w.bbox.width, w.bbox.height) for w in words.words]
    assert len(found(root, "Illustration")) == len(words.regions)


@PATIENT
@given(hostile_pages)
def test_whatever_stands_on_the_page_the_hocr_is_xhtml(both: tuple[Page, OcrPage]) -> None:
    page, words = both
    root = parsed(hocr(page, words, program=PROGRAM))
    assert root.tag == f"{HTML}html"
    classes = [(one.get("class"), one.get("title") or "", one.text or "") for one in root.iter() if one.get("class")]
    read_words = [one for one in classes if one[0] == "ocrx_word"]
    assert [text.replace("\r", "\n") for _, _, text in read_words] == [
        fit(word.text).replace("\r", "\n") for word in words.words
    ]
    assert all(re.fullmatch(r"bbox \d+ \d+ \d+ \d+; x_wconf \d{1,3}", title) for _, title, _ in read_words)
    (page_title,) = [title for kind, title, _ in classes if kind == "ocr_page"]
    assert page_title.count('"') == 2
    assert page_title.count(";") == 2


def test_lines_hold_their_words_and_what_else_they_may_say() -> None:
    page = a_page()
    first = a_word("93CR12345", alternatives=(("93CR12346", 0.08),), confidence=0.91)
    second = a_word("GUILTY", line=1, bbox=BBox(100, 160, 220, 190))
    root = parsed(
        alto(page, words_on(page, first, a_word("FILED", bbox=BBox(220, 98, 300, 131)), second), program=PROGRAM)
    )
    assert [len(found(line, "String")) for line in found(root, "TextLine")] == [2, 1]
    assert found(root, "TextLine")[0].get("VPOS") == "98"
    assert found(root, "String")[0].get("WC") == "0.9100"
    assert found(root, "ALTERNATIVE")[0].text == "93CR12346"
    assert found(root, "softwareVersion")[0].text == "1.0"


def test_the_file_is_named_without_its_folders() -> None:
    page = a_page("scan.pdf", 3, folder="SMITH JOHN/2")
    text = alto(page, words_on(page), program=PROGRAM).decode()
    assert "<fileName>scan.pdf</fileName>" in text
    assert "SMITH" not in text


def test_a_page_on_its_side_says_so() -> None:
    page = a_page()
    root = parsed(alto(page, words_on(page, a_word(), turned=90), program=PROGRAM))
    assert found(root, "TextBlock")[0].get("ROTATION") == "90"
    assert "textangle 90" in hocr(page, words_on(page, a_word(), turned=90), program=PROGRAM).decode()


# from an archive


def shelved(archive: archives.Archive, page: Page, *, looked_at: bool = True, gone: bool = False) -> None:
    """A page of the archive that was read, looked at, and perhaps says that it was expunged."""
    output = archive.keep_words(words_on(page, a_word("SECRET")))
    disposition = read(Disposition.EXPUNGED if gone else Disposition.GUILTY)
    record = a_record(page.page_id, charges=(a_charge(page_id=page.page_id, disposition=disposition),))
    with archive.store() as store, store.writing():
        store.add_pages([page], size=1)
        store.put_done(page.page_id, Stage.DIGITIZE, key="k", output=output)
        if looked_at:
            store.put_done(page.page_id, Stage.EXTRACT, key="k", output="o")
            row = DocumentRow(page.page_id, DocumentKind.CERTIFIED_STATEMENT, "k")
            store.put_document(row, page.place, [page.page_id], [record])


@pytest.fixture
def archive(tmp_path: Path) -> archives.Archive:
    return archives.create(tmp_path / "archive")


def written(archive: archives.Archive, out: Path, form: str = "alto") -> tuple[Written, list[str]]:
    with archive.store() as store:
        told = write_pages(archive, store, form, out)
    return told, sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


@pytest.mark.parametrize("form", FORMS)
def test_every_page_is_a_file_where_it_stands_on_the_shelf(
    archive: archives.Archive, tmp_path: Path, form: str
) -> None:
    for page in (a_page(), a_page("b.pdf", 2, folder="F1/inner"), a_page("loose.png", box="", folder="")):
        shelved(archive, page)
    ending = FORMS[form][1]
    told, files = written(archive, tmp_path / "out", form)
    assert told == Written(files=3, withheld=0, unread=0)
    assert files == [f"BOX-001/F001/0001.tif.0{ending}", f"BOX-001/F1/inner/b.pdf.2{ending}", f"loose.png.0{ending}"]


def test_what_was_expunged_and_what_nobody_looked_at_stays_in_the_house(
    archive: archives.Archive, tmp_path: Path
) -> None:
    shelved(archive, a_page("gone.tif"), gone=True)
    shelved(archive, a_page("new.tif"), looked_at=False)
    shelved(archive, a_page("open.tif"))
    told, files = written(archive, tmp_path / "out")
    assert told == Written(files=1, withheld=2, unread=0)
    assert files == ["BOX-001/F001/open.tif.0.alto.xml"]


def test_what_is_withheld_now_is_taken_out_of_an_earlier_export(archive: archives.Archive, tmp_path: Path) -> None:
    page = a_page()
    shelved(archive, page)
    assert len(written(archive, tmp_path / "out")[1]) == 1
    shelved(archive, page, gone=True)
    assert written(archive, tmp_path / "out") == (Written(files=0, withheld=1, unread=0), [])


def test_a_page_set_aside_is_counted(archive: archives.Archive, tmp_path: Path) -> None:
    page = a_page()
    with archive.store() as store, store.writing():
        store.add_pages([page], size=1)
        store.put_set_aside(page.page_id, Stage.DIGITIZE, key="k", error=PageError("timeout", "scan it again"))
    assert written(archive, tmp_path / "out") == (Written(files=0, withheld=0, unread=1), [])


@pytest.mark.parametrize("hostile", ["..", "../../etc", "a/../../..", "."])
def test_no_name_leads_out_of_the_folder(archive: archives.Archive, tmp_path: Path, hostile: str) -> None:
    shelved(archive, a_page("x.tif", box=hostile, folder=hostile))
    _, files = written(archive, tmp_path / "deep" / "out")
    assert len(files) == 1
    outside = [path for path in tmp_path.rglob("*.xml") if not path.is_relative_to(tmp_path / "deep" / "out")]
    assert outside == []


def test_two_scans_of_one_name_are_two_files(archive: archives.Archive, tmp_path: Path) -> None:
    page = a_page()
    other_sha = Sha256("cd" * 32)
    other = Page(PageId("p" + "9" * 20), page.place, other_sha, 1)
    shelved(archive, page)
    shelved(archive, other)
    told, files = written(archive, tmp_path / "out")
    assert told.files == len(files) == 2


def test_writing_again_gives_the_same_bytes(archive: archives.Archive, tmp_path: Path) -> None:
    shelved(archive, a_page())
    for out in ("one", "two"):
        written(archive, tmp_path / out)
    name = "BOX-001/F001/0001.tif.0.alto.xml"
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_command_tells_how_many(archive: archives.Archive, tmp_path: Path) -> None:
    shelved(archive, a_page())
    command = ["export", "hocr", "--archive", str(archive.root), "--out", str(tmp_path / "out"), "--json"]
    ran = CliRunner().invoke(clerk, command)
    assert ran.exit_code == 0
    assert json.loads(ran.stdout) == {"files": 1, "withheld": 0, "unread": 0}
    assert (tmp_path / "out/BOX-001/F001/0001.tif.0.hocr").exists()

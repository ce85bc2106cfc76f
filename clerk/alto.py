"""A page's words as ALTO 4 (Library of Congress, schema 4.2): boxes in pixels of the stored frame."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from casefile.archive import Page
from casefile.ocr import BBox, InkRegion, OcrPage, Word

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KINDS = {
    "handwriting": "writing by hand, not read",
    "stamp": "a stamp, not read",
    "unread": "ink that was not read",
}


def alto(page: Page, words: OcrPage, *, program: str) -> bytes:
    """The ALTO file of one page; `program` is the name and version of what wrote it.

    Words stand in rows, each with its confidence and other readings of the same ink. Handwriting, stamps and
    unread ink are illustrations, so that nobody takes them for silence.
    """
    root = Element("alto", {"xmlns": NAMESPACE, "SCHEMAVERSION": "4.2"})
    _describe(SubElement(root, "Description"), page, words, program)
    if words.regions:
        _tag(SubElement(root, "Tags"), words.regions)
    size = {"WIDTH": str(words.width), "HEIGHT": str(words.height)}
    sheet = SubElement(
        SubElement(root, "Layout"), "Page", {"ID": "page", "PHYSICAL_IMG_NR": str(page.place.frame), **size}
    )
    space = SubElement(sheet, "PrintSpace", {"HPOS": "0", "VPOS": "0", **size, "PROCESSINGREFS": "reading"})
    if words.words:
        _put_text(space, words)
    for number, region in enumerate(words.regions):
        place = {"ID": f"ink_{number}", **_edges(region.bbox), "TAGREFS": _tag_id(region.kind), "TYPE": region.kind}
        SubElement(space, "Illustration", place)
    return as_xml(root)


def _describe(description: Element, page: Page, words: OcrPage, program: str) -> None:
    SubElement(description, "MeasurementUnit").text = "pixel"
    source = SubElement(description, "sourceImageInformation")
    SubElement(source, "fileName").text = fit(page.place.file)
    SubElement(source, "fileIdentifier").text = page.page_id
    reading = SubElement(description, "Processing", {"ID": "reading"})
    SubElement(reading, "processingCategory").text = "contentGeneration"
    SubElement(reading, "processingStepDescription").text = f"text recognition by {fit(words.engine)}"
    software = SubElement(reading, "processingSoftware")
    name, _, version = program.rpartition(" ")
    SubElement(software, "softwareName").text = name
    SubElement(software, "softwareVersion").text = version


def _tag(tags: Element, regions: Iterable[InkRegion]) -> None:
    for kind in sorted({region.kind for region in regions}):
        SubElement(
            tags, "LayoutTag", {"ID": _tag_id(kind), "LABEL": kind, "DESCRIPTION": _KINDS.get(kind, "ink of its kind")}
        )


def _tag_id(kind: str) -> str:
    return f"kind_{kind}"


def _put_text(space: Element, words: OcrPage) -> None:
    """One block for the page: which words belong together is for the reader of the docket to say."""
    around = BBox.around(word.bbox for word in words.words)
    # The text stands turned the other way round than the page must be turned.
    turned = {"ROTATION": str(words.turned)} if words.turned else {}
    block = SubElement(space, "TextBlock", {"ID": "text", **_edges(around), **turned})
    number = 0
    for at, row in enumerate(rows_in(words)):
        line = SubElement(block, "TextLine", {"ID": f"line_{at}", **_edges(BBox.around(word.bbox for word in row))})
        for place, word in enumerate(row):
            if place:
                SubElement(line, "SP")
            _put_word(line, word, number)
            number += 1


def _put_word(line: Element, word: Word, number: int) -> None:
    confidence = f"{min(max(word.confidence, 0.0), 1.0):.4f}"
    content = {"ID": f"word_{number}", **_edges(word.bbox), "CONTENT": fit(word.text), "WC": confidence}
    string = SubElement(line, "String", content)
    for text, probability in word.alternatives:
        other = SubElement(string, "ALTERNATIVE", {"PURPOSE": f"other reading, probability {probability:.4f}"})
        other.text = fit(text)


def _edges(bbox: BBox) -> dict[str, str]:
    return {
        "HPOS": str(bbox.left),
        "VPOS": str(bbox.top),
        "WIDTH": str(bbox.width),
        "HEIGHT": str(bbox.height),
    }


def rows_in(words: OcrPage) -> Iterable[list[Word]]:
    """The words of a page row by row, in reading order."""
    for _, row in groupby(words.words, key=lambda word: word.line):
        yield list(row)


def fit(text: str) -> str:
    """The text without characters that no XML document may hold."""
    return _FORBIDDEN.sub("", text)


def as_xml(root: Element) -> bytes:
    """The document as UTF-8, a tag a line."""
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"

"""A page's words as hOCR 1.2, in XHTML: boxes in pixels of the stored frame."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from casefile.archive import Page
from casefile.ocr import BBox, OcrPage, Word
from clerk.alto import fit, rows_in

_DOCTYPE = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
)


def hocr(page: Page, words: OcrPage, *, program: str) -> bytes:
    """The hOCR file of one page; `program` is the name and version of what wrote it.

    Handwriting, stamps and unread ink are boxes of class `ocr_image`, told apart by `x_kind`.
    """
    root = Element("html", {"xmlns": "http://www.w3.org/1999/xhtml", "xml:lang": "en", "lang": "en"})
    _describe(SubElement(root, "head"), page, words, program)
    sheet = {"class": "ocr_page", "id": "page_1", "title": _page_title(page, words)}
    body = SubElement(SubElement(root, "body"), "div", sheet)
    number = 0
    for at, row in enumerate(rows_in(words), start=1):
        _put_line(body, at, row, number, turned=words.turned)
        number += len(row)
    for at, region in enumerate(words.regions, start=1):
        title = f"{_bbox(region.bbox)}; x_kind {region.kind}"
        SubElement(body, "div", {"class": "ocr_image", "id": f"ink_{at}", "title": title}).tail = "\n"
    document: bytes = tostring(root, encoding="utf-8", short_empty_elements=False)
    return _DOCTYPE + document + b"\n"


def _describe(head: Element, page: Page, words: OcrPage, program: str) -> None:
    SubElement(head, "title").text = page.page_id
    for name, content in (
        ("ocr-system", f"{program}, {fit(words.engine)}"),
        ("ocr-capabilities", "ocr_page ocr_line ocrx_word ocr_image ocrp_wconf"),
        ("ocr-number-of-pages", "1"),
    ):
        SubElement(head, "meta", {"name": name, "content": content})


def _page_title(page: Page, words: OcrPage) -> str:
    # A property ends at a semicolon, its text at a quotation mark: a file's name may hold both.
    file = fit(page.place.file).replace('"', "_").replace(";", "_").replace("\\", "_")
    return f'image "{file}"; bbox 0 0 {words.width} {words.height}; ppageno {page.place.frame}'


def _put_line(body: Element, at: int, row: Sequence[Word], number: int, *, turned: int) -> None:
    title = _bbox(BBox.around(word.bbox for word in row)) + (f"; textangle {turned}" if turned else "")
    line = SubElement(body, "span", {"class": "ocr_line", "id": f"line_{at}", "title": title})
    line.tail = "\n"
    for offset, word in enumerate(row, start=1):
        sure = round(100 * min(max(word.confidence, 0.0), 1.0))
        title = f"{_bbox(word.bbox)}; x_wconf {sure}"
        span = SubElement(line, "span", {"class": "ocrx_word", "id": f"word_{number + offset}", "title": title})
        span.text, span.tail = fit(word.text), " "


def _bbox(bbox: BBox) -> str:
    return f"bbox {bbox.left} {bbox.top} {bbox.right} {bbox.bottom}"

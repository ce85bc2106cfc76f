"""PDFs of one page put together part by part, so that any part can be left out or cut short; and what is packed in
them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

WIDE, HIGH = 170, 220
ALONE = "q 612 0 0 792 0 0 cm /S Do Q"
WITH_FOOT = f"{ALONE} BT /F 40 Tf 60 20 Td (PRINTED FOOT) Tj ET"
GREY = f"/Width {WIDE} /Height {HIGH} /ColorSpace /DeviceGray /BitsPerComponent 8"
TWO_TONE = f"/Width {WIDE} /Height {HIGH} /ColorSpace /DeviceGray /BitsPerComponent 1"
RESOURCES = "/XObject << /S 5 0 R >> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >>"


def typed(rows: int = HIGH) -> Image.Image:
    """The first of so many rows: lines of ink from the head to near the foot, on grainy paper."""
    paper = np.random.default_rng(5).integers(225, 256, (HIGH, WIDE), dtype=np.uint8)
    for top in range(10, HIGH - 20, 20):
        paper[top : top + 8, 20:150] = 20
    return Image.fromarray(paper[:rows])


def two_toned(rows: int = HIGH) -> Image.Image:
    return typed(rows).point(lambda shade: 255 * (shade > 128)).convert("1", dither=Image.Dither.NONE)


def as_tiff(picture: Image.Image, packing: str, **tags: int) -> bytes:
    """A TIFF; `tags` by their numbers, as `t278`."""
    out = BytesIO()
    picture.save(out, "TIFF", compression=packing, tiffinfo={int(tag[1:]): value for tag, value in tags.items()})
    return out.getvalue()


def packed(picture: Image.Image, packing: str) -> bytes:
    """The one strip of a picture packed as in a TIFF."""
    whole = as_tiff(picture, packing, t278=picture.height)
    with Image.open(BytesIO(whole)) as image:
        (start,), (length,) = (image.tag_v2[tag] for tag in (273, 279))  # type: ignore[attr-defined]
    return whole[start : start + length]


def a_stream(head: str, body: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head.encode(), len(body), body)


def a_page(
    path: Path,
    scan: bytes | None,
    head: str,
    *,
    drawn: str = ALONE,
    resources: str = RESOURCES,
    page: str = "/Contents 4 0 R",
    tree: str = "/Kids [3 0 R] /Count 1",
    more: Sequence[bytes] = (),
) -> Path:
    """A PDF whose page, object 3, draws one image, object 5; `more` objects follow. No scan: its object is null."""
    image = b"null" if scan is None else a_stream(f"/Type /XObject /Subtype /Image {head}", scan)
    told = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {page} /Resources << {resources} >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages {tree} >>".encode(),
        f"<< {told} >>".encode(),
        a_stream("", drawn.encode()),
        image,
        *more,
    ]
    whole, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, content in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(whole)
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = len(objects) + 1
    end = b"xref\n0 %d\n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    path.write_bytes(whole + end % (size, table, size, len(whole)))
    return path

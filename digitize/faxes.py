"""Whether a fax holds all its rows: decoders leave white what is missing, and only poppler says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize import poppler

_NO_ROW = bytes.fromhex("0080") * 16  # so many zeros, and then a one, begin no row of any kind
_END_OF_LINE = bytes.fromhex("0001")  # what stands between is passed over where rows must end so


@dataclass(frozen=True, slots=True)
class Fax:
    """Rows packed as a fax packs them (ITU-T T.4, T.6), and how many of them there must be."""

    content: bytes
    columns: int
    rows: int
    k: int  # as in a PDF: below 0 for T.6, 0 for T.4 in one dimension, above 0 in two
    byte_aligned: bool = False
    end_of_line: bool = False  # whether each row must end with the mark of T.4


def are_whole(faxes: Sequence[Fax], *, seconds: float) -> bool:
    """Whether each fax holds all its rows, and every row is as wide as it must be.

    They are told anew in a PDF that gives the number of rows as their only end, with what is no row behind each:
    poppler says nothing of a fax that ends between two rows.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "faxes.pdf"
        path.write_bytes(_as_pdf(faxes))
        return not poppler.complains(path, 1, seconds=seconds)


def _as_pdf(faxes: Sequence[Fax]) -> bytes:
    names = [f"/F{number}" for number in range(len(faxes))]
    drawn = "\n".join(f"{name} Do" for name in names).encode()
    found = " ".join(f"{name} {number} 0 R" for number, name in enumerate(names, 5))
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]/Contents 4 0 R/Resources<</XObject<<{found}>>>>>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page.encode()]
    objects += [_stream(b"", drawn), *map(_as_image, faxes)]
    whole, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, content in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(whole)
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = len(objects) + 1
    end = b"xref\n0 %d\n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return whole + end % (size, table, size, len(whole))


def _as_image(fax: Fax) -> bytes:
    packed = f"/K {fax.k}/Columns {fax.columns}/Rows {fax.rows}/EndOfBlock false"
    packed += "/EncodedByteAlign true" if fax.byte_aligned else ""
    packed += "/EndOfLine true" if fax.end_of_line else ""
    behind = _END_OF_LINE + _NO_ROW if fax.end_of_line else _NO_ROW
    head = f"/Type/XObject/Subtype/Image/Width {fax.columns}/Height {fax.rows}/ColorSpace/DeviceGray/BitsPerComponent 1"
    return _stream(f"{head}/Filter/CCITTFaxDecode/DecodeParms<<{packed}>>".encode(), fax.content + behind)


def _stream(head: bytes, body: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(body), body)

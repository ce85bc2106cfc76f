"""How many pages a PDF holds, leaf by leaf: whoever believes its own count loses what lies beyond, in silence."""

from __future__ import annotations

from pathlib import Path


def leaf_total(path: Path) -> int | None:
    """How many pages hang in the tree of pages (ISO 32000-1, 7.7.3); None where the file is locked or damaged beyond
    what qpdf can tell. To be called in the bounded child alone."""
    import pikepdf  # only where a PDF is taken in

    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError, OSError):
        return None

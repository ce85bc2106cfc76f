"""What the store keeps beside the records themselves."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.archive import PageState
from casefile.docket import DocketRecord, DocumentKind


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What the archive says should be in a file."""

    box: str
    folder: str
    file: str
    item: str = ""
    expected_pages: int | None = None
    note: str = ""


NOT_A_SCAN = "not a scan"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was left where it is, and why: it is no scan, or could not be copied."""

    box: str
    folder: str
    file: str
    why: str

    @property
    def may_be_a_scan(self) -> bool:
        """Whether pages may be in it that nobody has seen."""
        return self.why != NOT_A_SCAN


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """How a page stands in one stage: `key` digests all that went in; `output` digests what came out."""

    state: PageState
    key: str
    output: str | None
    reason: str | None
    advice: str | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Pages that belong together, by the id of the first; `key` digests the words of all of them."""

    document_id: str
    kind: DocumentKind
    key: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record as the machine read it, and as answers and neighbours leave it.

    `disagreements` lists answers by `contradicted` (a later machine reading says otherwise) and `unplaced`
    (their ink is no longer found).
    """

    machine: DocketRecord
    body: DocketRecord
    sha256: str
    disagreements: dict[str, tuple[int, ...]]
    document_id: str


@dataclass(frozen=True, slots=True)
class TriageRow:
    """`accepted`, `reviewed` or `in_review`; `stalled` says why nothing is asked although it is in review."""

    state: str
    stalled: str | None

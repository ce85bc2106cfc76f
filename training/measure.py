"""How right readings are, by layout and by field: `python -m training.measure --pages N [--noise P] [--forms N]`."""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from extract.calibration import thresholds
from specimens.forms import FORMS
from training.compare import Compared, compared
from training.pages import ReadItem, form_items, items, perfectly_read

FIRST_FORM = 1000  # measured forms are none of those a component learns from


def tabled(found: Iterable[Compared]) -> str:
    """Exact fields by field and by layout, as lines of text."""
    rows = list(found)
    out = [_line("all", rows)]
    for attribute in ("form", "field"):
        groups: dict[str, list[Compared]] = defaultdict(list)
        for one in rows:
            name = one.layout.split("~")[0] if attribute == "form" else one.field
            groups[name].append(one)
        out.append("")
        out += [_line(name, group) for name, group in sorted(groups.items())]
    return "\n".join(out)


def _line(name: str, rows: Sequence[Compared]) -> str:
    right = sum(one.right for one in rows)
    accepted = [one for one in rows if is_accepted(one)]
    wrong = sum(not one.right for one in accepted)
    share = right / max(1, len(rows))
    return f"{name:24s} {right:5d}/{len(rows):<5d} {share:.4f}   accepted {len(accepted):5d} wrong {wrong}"


def is_accepted(one: Compared) -> bool:
    """Whether the reading is relied on unseen."""
    reading = one.reading
    return reading is not None and not reading.is_illegible and reading.confidence >= thresholds()[one.family]


def listed_errors(found: Iterable[Compared], field: str | None, most: int) -> str:
    """Wrong readings, most frequent fields first, with what was said and what is true."""
    wrong = [one for one in found if not one.right and field in (None, one.field)]
    out = [f"{name:20s} {count}" for name, count in Counter(one.field for one in wrong).most_common()]
    for one in wrong[:most]:
        mark = "ACCEPTED" if is_accepted(one) else ""
        raw = one.reading.raw if one.reading is not None else ""
        out.append(f"{one.layout:22s} {one.where}  said {one.said!r}  true {one.truth!r}  raw {raw!r} {mark}")
    return "\n".join(out)


def kinds_right(read: Sequence[ReadItem]) -> tuple[int, int, Counter[tuple[str, str, str]]]:
    """Pages whose kind is right, pages in all, and the confusions by layout."""
    from extract.documents import documents_in

    right, total = 0, 0
    confused: Counter[tuple[str, str, str]] = Counter()
    for item in read:
        said = {p: d.kind.value for d in documents_in(item.pages) for p in d.page_ids}
        for page, specimen in zip(item.pages, item.item.specimens, strict=True):
            total += 1
            right += said[page.page_id] == specimen.document_kind
            if said[page.page_id] != specimen.document_kind:
                confused[(specimen.layout, specimen.document_kind, said[page.page_id])] += 1
    return right, total, confused


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=3001)
    parser.add_argument("--forms", choices=("seen", "unseen"), help="on made-up forms instead of the shipped layouts")
    parser.add_argument("--kinds", nargs="*", default=FORMS)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--field")
    chosen = parser.parse_args()
    made = (
        form_items(chosen.seed, chosen.pages, kinds=chosen.kinds, unseen=chosen.forms == "unseen", first=FIRST_FORM)
        if chosen.forms
        else items(chosen.seed, chosen.pages)
    )
    read = [perfectly_read(item) for item in made]
    began = time.process_time()
    found = [one for item in read for one in compared(item)]
    spent = time.process_time() - began
    right, total, confused = kinds_right(read)
    print(tabled(found))
    print(f"\nkinds {right}/{total}", dict(confused))
    print(f"{spent / max(1, total) * 1000:.1f} ms a page")
    if chosen.errors:
        print(listed_errors(found, chosen.field, chosen.errors))


if __name__ == "__main__":
    main()

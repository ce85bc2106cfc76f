"""Which pages make one document: by the case and person they name, their printed numbers, and how they go on."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from casefile.archive import PageId
from casefile.docket import DocumentKind
from casefile.ocr import OcrPage
from extract.caption import Part, name_mentions, number_mentions
from extract.charges import cites_charge, is_charge_statute, statutes_in
from extract.dates import dates_in
from extract.gaps import goes_on, printed_page
from extract.kinds import OWING, TABLES, Seen, kind_of, probabilities_of, seen_on
from extract.labels import labels_on
from extract.lexicon import misprinted
from extract.numbers import same_case

ALIKE, UNLIKE = 75, 50  # of 100: surnames so like each other are one, so unlike each other two
HEAD_ROWS = 12
WITHIN = 12  # documents back that a page out of its order is looked for
TITLE = 2.5  # phrases that speak so much for a kind are a title
FITTING = 0.1  # a page of unlike look may go on with a document of a kind of at least this probability


@dataclass(frozen=True, slots=True)
class Document:
    """Pages of one kind that tell one story, in order."""

    kind: DocumentKind
    page_ids: tuple[PageId, ...]


@dataclass(frozen=True)
class Look:
    """What a page shows at first sight; `cut_off`: nobody has read the page that lies before it."""

    seen: Seen
    kind: DocumentKind
    cut_off: bool = False

    @cached_property
    def page(self) -> int | None:
        """The printed number of the page."""
        return printed_page(self.seen.sheet)[0]

    @cached_property
    def _part(self) -> Part:
        sheet = self.seen.sheet
        return Part(sheet, tuple(enumerate(sheet.lines)), labels_on(sheet))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers the page gives as its own case's."""
        if len(self.seen.numbers) <= 1:
            return self.seen.numbers
        own = tuple(dict.fromkeys(m.found.value for m in number_mentions(self._part) if m.own))
        return own or self.seen.numbers

    @cached_property
    def surname(self) -> str | None:
        """The defendant's surname where a label or the caption gives it, or the head of the page above its entries."""
        entries = min((line.span.start for line, _ in self.seen.entries), default=len(self.seen.sheet.doc))
        mentions = name_mentions(self._part)
        return next((m.name.surname for m in mentions if m.place != "guess" or m.span.start < entries), None)

    @cached_property
    def given(self) -> str | None:
        """The defendant's given name, where a comma or its place tells it from the surname."""
        mentions = (m for m in name_mentions(self._part) if m.name.surname == self.surname)
        return next((m.name.given for m in mentions if m.place == "label" or m.name.ordered == "comma"), None)

    @cached_property
    def charges(self) -> bool:
        """Whether the page states charges at its head, as first pages do; those that go on with later counts do not."""
        heads = self.seen.sheet.lines[:HEAD_ROWS]
        stated = any(is_charge_statute(s) for line in heads for s in statutes_in(line))
        return stated and (not self.counts or self.counts[0] <= 1)

    @cached_property
    def counts(self) -> list[int]:
        """The numbers of the charges that the page states, each in the row of its citation or the one above."""
        lines, out = self.seen.sheet.lines, list[int]()
        for at, line in enumerate(lines):
            if cites_charge(line):
                found = _COUNT.search(line.plain) or (_COUNT.search(lines[at - 1].plain) if at else None)
                out += [int(found[1] or found[2])] if found is not None else []
        return out

    @cached_property
    def has_caption(self) -> bool:
        """Whether the page says at its head whose case it is, were it only in words nobody could read."""
        if self.numbers or self.surname or "PEOPLE" in self.seen.text[:400]:
            return True
        return any(b.field in _CAPTION and b.line < HEAD_ROWS for b in self._part.labels)

    @cached_property
    def continues(self) -> bool:
        """Whether the page says at its head that it goes on with an earlier one."""
        return any(_CONTINUED.search(line.plain) for line in self.seen.sheet.lines[:6])

    @cached_property
    def is_followed(self) -> bool:
        """Whether the page says at its foot that another goes on with it."""
        return any(goes_on(line) for line in self.seen.sheet.lines[-4:])

    @cached_property
    def days(self) -> list[date]:
        """The days of its entries, from top to bottom."""
        found = (dates_in(line.text)[0].value for line, _ in self.seen.entries)
        return [day for day in found if day is not None]

    @property
    def tells(self) -> bool:
        """Whether anything of a case was read on the page."""
        return bool(self.numbers or self.seen.statutes or self.seen.entries)


_CAPTION = ("name", "surname", "docket_number", "birth_date", "ir_number")
_COUNT = re.compile(
    r"\b(?:COUNT|CT|CNT|CHARGE|CHG)\.?(?: NO\.?| #)? ?0*(\d{1,2})\b|^\W*0*(\d{1,2})[.):]?(?= \D| \d{2,})"
)
_CONTINUED = re.compile(r"\bCONT(?:INUED|INUATION|'?D)\b(?! (?:BY|TO|ON MOTION|GENERALLY))|\bPAGE TWO\b")


def documents_in(pages: Sequence[OcrPage], unread_before: Collection[PageId] = ()) -> tuple[Document, ...]:
    """The documents that the readable pages of one folder make, in order; every page is in exactly one.

    `unread_before` names pages before which one lies that nobody could read: such a page is joined to an earlier
    one only by its own case number or name, never because it lies behind it.
    """
    groups: list[list[Look]] = []
    behind: list[Look] | None = None  # the document of the page before, blank sides passed over
    for page in pages:
        seen = seen_on(page)
        look = Look(seen, kind_of(seen), page.page_id in unread_before)
        home = _home(groups, behind, look)
        if home is None:
            groups.append([look])
            home = groups[-1]
        else:
            home.append(look)
        behind = behind if look.kind is DocumentKind.BLANK and not look.cut_off else home
    return tuple(_document(group) for group in groups)


def _document(group: Sequence[Look]) -> Document:
    """The pages in their printed order or, without numbers, the one with the charges first."""
    ordered = list(group)
    if all(look.page is not None for look in group):
        ordered.sort(key=lambda look: look.page or 0)
    elif _is_turned(group):
        ordered.sort(key=lambda look: look.page != 1 and not look.charges)
    return Document(ordered[0].kind, tuple(look.seen.sheet.page.page_id for look in ordered))


def _is_turned(group: Sequence[Look]) -> bool:
    """Whether the first page of the document does not lie first."""
    return not group[0].charges and any(look.page == 1 or (look.page is None and look.charges) for look in group[1:])


def _home(groups: Sequence[list[Look]], behind: list[Look] | None, look: Look) -> list[Look] | None:
    """The document that a page belongs to, the one before it rather than others; None where it begins one."""
    if look.kind in TABLES or not look.kind.is_docket:
        return None
    if behind is not None and _goes_on(behind, look):
        return behind
    for group in reversed(groups[-WITHIN:]):
        if group is not behind and _is_of(group, look):
            return group
    return None


def _goes_on(group: Sequence[Look], look: Look) -> bool:
    """Whether a page continues the document that lies before it."""
    case = _same_number(group, look)
    if case is False and not _is_misread_number(group, look):
        return False
    if look.page == 1 or not _may_hold(group, look):
        return _is_of(group, look)
    last = group[-1]
    if case is not None:
        is_next = look.page is not None or (not look.charges and last.page is None and _alike(group, look))
        return is_next or _is_of(group, look)
    if look.cut_off:
        return look.page is not None and _same_surname(group, look) is True
    if look.page is not None:
        return last.page in (None, look.page - 1)
    if last.page is not None and not (look.continues or last.is_followed):
        return False
    if _same_surname(group, look):
        return not look.charges and _alike(group, look)
    return _is_headless(look) and group[0].kind in OWING and last.tells and _follows(group, look)


def _is_of(group: Sequence[Look], look: Look) -> bool:
    """Whether a page belongs to a document that it does not lie behind: by its case, and by its place in the run
    or the first page that the document still lacks."""
    if _same_number(group, look) is not True or not _may_hold(group, look):
        return False
    if look.page is not None:
        return all(other.page is not None for other in group)
    if any(other.page is not None for other in group) or not _alike(group, look):
        return False
    first_is_missing = not any(other.charges for other in group)
    return look.charges == first_is_missing


def _may_hold(group: Sequence[Look], look: Look) -> bool:
    """Whether nothing speaks against it: another person, or a page with that number already there."""
    if not group[0].kind.is_docket or group[0].kind in TABLES:
        return False
    if look.page is not None and look.page in {other.page for other in group}:
        return False
    return _same_surname(group, look) is not False and not _other_given(group, look)


def _other_given(group: Sequence[Look], look: Look) -> bool:
    """Whether a page gives the defendant another given name: no initial or beginning of the document's, nor that
    misprinted."""
    known = [one.given for one in group if one.given]
    return bool(look.given and known) and not any(_one_given(look.given or "", name) for name in known)


def _one_given(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter):
        return True
    near = Levenshtein.distance(one, other) <= (1 if len(shorter) < 6 else 2)
    return near and (misprinted(one, other) or misprinted(other, one))


def _alike(group: Sequence[Look], look: Look) -> bool:
    """Whether a page may be of the document's kind, or that of its: it looks so, or nothing names another."""
    if look.kind is group[0].kind or max(look.seen.phrases.values(), default=0.0) < TITLE:
        return True
    if max(group[0].seen.phrases.values(), default=0.0) < TITLE and look.kind in OWING:
        return probabilities_of(group[0].seen)[look.kind] >= FITTING
    return probabilities_of(look.seen)[group[0].kind] >= FITTING


def _is_headless(look: Look) -> bool:
    """Whether a page holds entries or later counts and nothing that says whose."""
    told = bool(look.seen.entries) and not look.seen.statutes
    return (told or (bool(look.counts) and look.counts[0] > 1)) and not look.has_caption


def _follows(group: Sequence[Look], look: Look) -> bool:
    """Whether the counts of the page, or else its days, go on where those of the document end."""
    if look.counts:
        known = [count for other in group for count in other.counts]
        return not known or look.counts[0] in (max(known), max(known) + 1)
    before = [day for other in group for day in other.days]
    return not before or not look.days or look.days[0] >= before[-1]


def _same_number(group: Sequence[Look], look: Look) -> bool | None:
    """Whether a page names the document's case; None where it names none."""
    known = [n for one in group for n in one.numbers]
    if not look.numbers or not known:
        return None
    if any(same_case(n, k) for n in look.numbers for k in known):
        return True
    near = any(_misread(n, k, most=1) for n in look.numbers for k in known)  # as the next case of the day has it
    return near and _same_surname(group, look) is True


def _is_misread_number(group: Sequence[Look], look: Look) -> bool:
    """Whether a number unlike the document's is that number misread: the next page of the run, the same person."""
    runs_on = look.page is not None and group[-1].page == look.page - 1
    if not runs_on or look.cut_off or not _same_surname(group, look):
        return False
    return any(_misread(n, k, most=3) for n in look.numbers for one in group for k in one.numbers)


def _misread(one: str, other: str, *, most: int) -> bool:
    """Whether two numbers differ in so few characters, and not in the suffix that tells defendants apart."""
    if len(one) != len(other) or one[-2:] != other[-2:]:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) <= most


def _same_surname(group: Sequence[Look], look: Look) -> bool | None:
    """Whether a page names the document's defendant; None where it names nobody, or somebody half alike."""
    known = [one.surname for one in group if one.surname]
    if not look.surname or not known:
        return None
    near = max(fuzz.ratio(look.surname, name) for name in known)
    return True if near >= ALIKE else False if near < UNLIKE else None

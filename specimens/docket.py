"""A case put on paper in one layout: the printed lines, page by page, and the record they state."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from .citing import number_as_read, numerals, ordinal_ending, typed_amount, typed_citation, typed_grade, typed_number
from .facts import Act, CaseFacts, ChargeFacts, Described, Event, Person
from .layout import Layout, Line, line_of, settled
from .offenses import cut_to
from .papers import as_ended, blocks_of, is_told_apart
from .reading import read_entries

ALIAS_WIDTH = 15
NEWER_FIELDS_FROM = 2000  # descriptions were cut at 25 characters before, at 30 after
INDICTED = ("INDICTMENT/INFORMATION", "INFORMATION", "INDICTMENT")
SHORT_FORM_SHARE, SHORT_FORM = 0.25, 0.6  # of listings break the page early, after that part of it
SPACED_OUT_SHARE = 0.4  # of listings have a blank line after each entry
DAYS_A_MONTH = 30.4
FIRST_OFFENDER_THEN, FIRST_OFFENDER_NOW = {"550": "710", "570": "1410"}, {"550": "550/10", "570": "570/410"}
TITLES = {"JR": ("JR", "JR."), "SR": ("SR", "SR."), "II": ("II",), "III": ("III",)}


@dataclass(frozen=True, slots=True)
class PrintedCharge:
    """A charge as the page gives it: what is typed, and what that says."""

    charge: ChargeFacts
    cite: str
    canonical: str
    description: Described
    grade: str
    grade_read: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done as it is typed: `count` names the counts in words, `below` is what goes on the line under it."""

    on: date
    text: str
    count: str
    counts: tuple[int, ...]
    below: str


@dataclass(frozen=True, slots=True)
class Document:
    """The pages of one document as lines, and the record they state, which has no place in a box yet."""

    layout: Layout
    pages: tuple[tuple[Line, ...], ...]
    record: dict[str, Any]
    person_id: str


def _attempted(prefix: str, described: Described, width: int) -> Described:
    """The description of an attempt; its amount is stated where the field leaves it whole."""
    start, end = described.span
    moved = Described(prefix + described.text, described.grams, (start + len(prefix), end + len(prefix)))
    return cut_to(moved, width) or Described(moved.text[:width])


def _with_count(text: str, count: str) -> str:
    """The entry with its count; a full stop comes behind the count, so that nobody misreads whose it is."""
    if count and text.endswith(".") and text.count(".") == 1:
        return f"{text[:-1]} {count}."
    return f"{text} {count}".strip()


def _listed(counts: Iterable[str]) -> str:
    *before, last = counts
    return f"{', '.join(before)} & {last}"


class Clerk:
    """Types one case in one layout; every draw of chance comes from `rng`."""

    def __init__(self, rng: Random, layout: Layout, case: CaseFacts, *, number_form: str | None = None) -> None:
        case = as_ended(case) if is_told_apart(layout) else case
        self.rng, self.layout, self.case = rng, layout, case
        self.labelled = layout.label_font is not None
        self.year = case.filed_on.year
        self.number_form = number_form or rng.choice(layout.numbers)
        self.printed_events: list[Event] = []
        self.stated: set[str] = set()
        self.settled: dict[str, str] = {}  # a clerk who chose a wording keeps to it
        self.charges = [self._printed(charge) for charge in case.charges]
        self.first = [self._printed(c.amended_from) if c.amended_from else None for c in case.charges]
        self.alias_shown = ""
        self.amended_described = False
        self.values = self._values()

    def document(self) -> Document:
        """The finished pages and their record."""
        pages = self._paginated()
        return Document(self.layout, pages, self._record(), self.case.person.person_id)

    # what is typed

    def on(self, day: date) -> str:
        """A date in the layout's style; %-m leaves out the leading nought, and {th} stands for st, nd, rd or th."""
        return day.strftime(self.layout.date).replace("{th}", ordinal_ending(day.day))

    def _printed(self, charge: ChargeFacts) -> PrintedCharge:
        layout, rng = self.layout, self.rng
        cite, canonical = typed_citation(rng, layout, charge.citation, self.year)
        width = layout.description_width[self.year >= NEWER_FIELDS_FROM]
        options = charge.official if layout.description == "official" else charge.spoken
        fitting = [cut for cut in (cut_to(option, width) for option in options) if cut]
        described = rng.choice(fitting)
        prefix = rng.choice(("ATT ", "ATTEMPT ", "ATT ")) if charge.citation.inner else ""
        if prefix:
            described = _attempted(prefix, described, width)
        typed, read = typed_grade(layout.grade, charge.grade)
        return PrintedCharge(charge, cite, canonical, described, typed, read)

    def _values(self) -> dict[str, object]:
        case, who, rng = self.case, self.case.person, self.rng
        wide, narrow = self.layout.name_widths
        surname = who.surname if self.layout.case == "as_is" else who.surname.upper()
        if "plain_surname" in self.layout.traits:
            surname = surname.replace("'", "").replace("-", " ")
        self.surname_read = surname[:wide].strip()
        typed_in = "alias_in_surname" in self.layout.traits and who.alias
        if typed_in and who.alias and len(f"{surname} AKA ") + 3 <= ALIAS_WIDTH:
            full = f"{surname} AKA {who.alias[0].upper()}"[:ALIAS_WIDTH].strip()
            self.surname_read, self.alias_shown = surname, full.removeprefix(f"{surname} AKA ")
            surname = full
        title = rng.choice(TITLES[who.suffix]) if who.suffix else ""
        middle = f"{who.middle}." if who.middle and self.layout.case == "as_is" else who.middle
        natural = " ".join(
            x for x in (who.given, middle, who.surname, title.title() if title[:1] in ("J", "S") else title) if x
        )
        inverted = f"{who.surname}, " + " ".join(x for x in (who.given, middle, title) if x)
        aka = f"{who.alias[1]} {who.alias[0]}" if who.alias else ""
        judge = case.judges[0]
        return {
            "number": typed_number(self.number_form, case.number),
            "page": 1,
            "last": (surname[:wide] + (f" {who.suffix}" if who.suffix else ""))[: wide + 4],
            "first": who.given[:narrow],
            "middle": who.middle,
            "name": natural,
            "inverted": inverted,
            "aka": aka,
            "dob": self.on(who.born),
            "sex": who.sex,
            "race": who.race,
            "ir": who.ir_number,
            "sid": who.sid,
            "booking": case.booking_number,
            "arrested": self.on(case.arrested_on),
            "filed": self.on(case.filed_on),
            "agency": case.agency,
            "branch": case.branch,
            "address": who.address,
            "judge_full": f"{judge[0]}, {judge[1]} {judge[2]}",
            "judge": judge[0],
            "judges": "; ".join(f"{surname}, {given} {initial}" for surname, given, initial in case.judges),
            "total": len(case.charges),
            "offense_on": self.on(case.charges[0].offense_on),
            "ordered": next((self.on(e.on) for e in case.events if e.act is Act.SENTENCED), ""),
            "instrument": rng.choice(INDICTED) if case.number.kind[0] == "C" else "COMPLAINT",
        }

    def line(self, template: str, **more: object) -> list[Line]:
        """The line a template gives, or none where it is optional and silent."""
        if template not in self.settled:
            self.settled[template] = settled(self.rng, template)
        made = line_of(self.settled[template], {**self.values, **more}, labelled=self.labelled)
        if made is None:
            return []
        self.stated |= made.stated
        return [replace(made, runs=tuple(replace(r, text=self._cased(r.text)) for r in made.runs))]

    def _cased(self, text: str) -> str:
        return text.upper() if self.layout.case == "upper" else text

    # the body

    def _charge_lines(self) -> Iterator[list[Line]]:
        """The lines of every charge as it was filed."""
        for printed, first in zip(self.charges, self.first, strict=True):
            shown = first or printed
            values = {
                "count": printed.charge.count,
                "cite": shown.cite,
                "description": shown.description.text,
                "grade": shown.grade,
                "offense": self.on(printed.charge.offense_on),
                **numerals(printed.charge.count),
            }
            yield [x for template in self.layout.charge for x in self.line(template, **values)]

    def _count_words(self, counts: tuple[int, ...]) -> list[tuple[str, tuple[int, ...]]]:
        """How the counts are named, and which entry stands for which counts."""
        forms, every = self.layout.counts, tuple(c.count for c in self.case.charges)
        if not counts or (len(every) == 1 and "always_count" not in self.layout.traits):
            return [("", counts)]
        if len(counts) == len(every) > 1 and forms.get("all") and self.rng.random() < 0.6:
            return [(forms["all"], counts)]
        if len(counts) > 1 and forms.get("several"):
            listed = _listed(map(str, counts))
            romans, letters = (_listed(numerals(n)[kind] for n in counts) for kind in ("roman", "letter"))
            return [(forms["several"].format(list=listed, romans=romans, letters=letters), counts)]
        return [(forms["one"].format(n=n, **numerals(n)), (n,)) for n in counts]

    def _worded(self, event: Event) -> tuple[str, str, Event] | None:
        """The wording of an entry, the amount it states, and the entry as it then reads."""
        table = self.layout.sentences if event.sentence else self.layout.acts
        wordings = table.get(event.sentence.kind.value if event.sentence else event.act.value)
        if not wordings:
            return None
        if not event.sentence:
            return self.rng.choice(wordings), "", event
        amount, read = typed_amount(self.rng, self.layout, event.sentence)
        fitting = [w for w in wordings if amount or "{amount}" not in w]
        return self.rng.choice(fitting), amount, replace(event, sentence=read)

    def _said(self, wording: str, amount: str, event: Event) -> tuple[str, str]:
        """The words of an entry, and what goes on the line under it."""
        target = self.charges[(event.counts or (1,))[0] - 1]
        text = wording.format(
            amount=amount,
            until=self._until(event),
            next=self.on(event.next_on) if event.next_on else "",
            cite=target.cite,
            description=target.description.text,
            first_then=FIRST_OFFENDER_THEN.get(target.charge.citation.act, ""),
            first_now=FIRST_OFFENDER_NOW.get(target.charge.citation.act, ""),
        )
        below = "" if "{amount}" in wording else amount
        self.amended_described |= event.act is Act.AMENDED and "{description}" in wording
        if event.act is Act.AMENDED and "{cite}" not in wording:
            below = f"{target.cite}  {target.description.text}"
            self.amended_described = True
        return " ".join(text.split()), below

    def _until(self, event: Event) -> str:
        """The day a term of months or years ends."""
        per = {"months": DAYS_A_MONTH, "years": 365.2}
        if not event.sentence or event.sentence.unit not in per:
            return ""
        return self.on(event.on + timedelta(days=round((event.sentence.amount or 0) * per[event.sentence.unit])))

    def _entries(self) -> Iterator[Entry]:
        """The entries day by day; what is printed is noted for the record."""
        for event in self.case.events:
            worded = self._worded(event)
            if worded is None:
                continue
            wording, amount, read = worded
            for words, counts in self._count_words(event.counts):
                one = replace(read, counts=counts)
                self.printed_events.append(one)
                text, below = self._said(wording, amount, one)
                yield Entry(event.on, text, words, counts, below)

    def _turn(self) -> date:
        """The last day of the first judge, where there are two."""
        return self.case.events[len(self.case.events) // 2].on

    def _row_lines(self, entries: Iterable[Entry]) -> Iterator[list[Line]]:
        """A block of lines for every entry: the entry, the judge where he changes, the amount."""
        layout, judge_shown, turn = self.layout, "", self._turn()
        spaced = "spaced_out" in layout.traits and self.rng.random() < SPACED_OUT_SHARE
        for place, entry in enumerate(entries):
            judge = self.case.judges[-1 if entry.on > turn else 0]
            named = f"{judge[0]}, {judge[1]} {judge[2]}"
            block = self.line(
                layout.entry,
                date=self.on(entry.on),
                text=entry.text[: layout.wrap],
                count=entry.count,
                judge=judge[0],
                detail=entry.below,
            )
            block += (
                self.line(layout.detail, detail=entry.below) if entry.below and "{detail" not in layout.entry else []
            )
            if named != judge_shown and entry.text and place and layout.names_judges:
                block += self.line(layout.detail, detail=named)
                judge_shown = named
            yield [*block, Line()] if spaced else block

    def _day_lines(self, entries: Iterable[Entry]) -> Iterator[list[Line]]:
        """A block for every day, its entries run together and wrapped, as on a half-sheet."""
        layout, days = self.layout, dict[date, list[str]]()
        for entry in entries:
            words = " ".join(x for x in (entry.text, entry.below) if x)
            days.setdefault(entry.on, []).append(_with_count(words, entry.count))
        before, turn = "", self._turn()
        for on, parts in days.items():
            named = self.case.judges[-1 if on > turn else 0]
            judge = named[0]
            shown = '"' if judge == before and "ditto" in layout.traits else judge
            values = {"date": self.on(on), "judge": shown[:12], "judge_natural": f"{named[1]} {named[2]}. {judge}"}
            block = self.line(layout.judge_line, **values) if layout.judge_line and judge != before else []
            before = judge
            gap = layout.joiner or (self.rng.choice(("  ", "  ", ". ")) if "." not in "".join(parts) else "  ")
            text = f"{gap.join(x.rstrip('.') for x in parts)}." if layout.joiner else gap.join(parts)
            rows = textwrap.wrap(text, layout.wrap, break_long_words=False, break_on_hyphens=False)
            if "{text" not in layout.entry:  # the day has a line of its own
                rows.insert(0, "")
            for number, row in enumerate(rows):
                if number:
                    values = {"date": "", "judge": ""}
                block += self.line(layout.more if number else layout.entry, **values, text=row)
            yield block

    def _entry_lines(self, entries: Iterable[Entry]) -> list[list[Line]]:
        return list(self._day_lines(entries) if self.layout.join_days else self._row_lines(entries))

    def _body(self) -> list[list[Line]]:
        """Charges, then what was done, each block to be kept on one page."""
        layout = self.layout
        if is_told_apart(layout):
            return blocks_of(self)
        if "by_count" in layout.traits:
            return self._body_by_count()
        blocks = [[x] for charge in self._charge_lines() for x in charge]
        above = sum(len(self.line(t)) for t in (*layout.header, *layout.before_charges))
        blocks += [[Line()]] * max(0, layout.entries_row - above - len(blocks))
        blocks += [[x] for t in layout.before_entries for x in self.line(t)]
        return blocks + self._entry_lines(self._entries())

    def _body_by_count(self) -> list[list[Line]]:
        """Under every charge what was done about it; at the end what was done in the whole case."""
        entries, blocks = list(self._entries()), list[list[Line]]()
        for charge, printed in zip(self._charge_lines(), self.charges, strict=True):
            rows = self._entry_lines(e for e in entries if printed.charge.count in e.counts)
            blocks += [charge + (rows[0] if rows else []), *rows[1:]]
        rows = self._entry_lines(e for e in entries if not e.counts)
        heading = [x for t in self.layout.before_entries for x in self.line(t)]
        return [*blocks, heading + rows[0], *rows[1:]] if rows else blocks

    def _paginated(self) -> tuple[tuple[Line, ...], ...]:
        layout = self.layout
        header = [x for t in layout.header for x in self.line(t, page=1)]
        fixed = [x for t in layout.before_charges for x in self.line(t)]
        blocks = [*([x] for x in (*header, *fixed)), *self._body()]
        blocks += [[x] for t in layout.closing for x in self.line(t)]
        short = layout.kind == "certified_statement" and self.rng.random() < SHORT_FORM_SHARE
        room = round(layout.lines * SHORT_FORM) if short else layout.lines
        pages: list[list[Line]] = [[]]
        for block in blocks:
            if len(pages[-1]) + len(block) > room:
                pages.append([x for t in layout.header_next for x in self.line(t, page=len(pages) + 1)])
            pages[-1].extend(block)
        return tuple(tuple(page) for page in pages)

    # what it says

    def _record(self) -> dict[str, Any]:
        case, said = self.case, self.stated
        filed = "filed" in said or any(e.act is Act.FILED for e in self.printed_events)
        return {
            "document_kind": self.layout.kind,
            "docket_number": number_as_read(self.number_form, case.number) if "number" in said else None,
            "arrest_date": case.arrested_on.isoformat() if "arrested" in said else None,
            "filed_date": case.filed_on.isoformat() if filed else None,
            "arresting_agency": case.agency if "agency" in said else None,
            "defendant": self._defendant(case.person),
            "charges": self._charges_read(),
        }

    def _defendant(self, who: Person) -> dict[str, Any]:
        said = self.stated
        cut = "last" in said
        aliases = [self.alias_shown] if self.alias_shown and cut else []
        if "aka" in said and who.alias:
            aliases = [f"{who.alias[0]}, {who.alias[1]}".upper()]
        narrow = self.layout.name_widths[1]
        return {
            "surname": self.surname_read.upper() if cut else who.surname.upper(),
            "given": (who.given[:narrow] if cut else who.given).upper(),
            "middle": who.middle or None,
            "suffix": who.suffix or None,
            "aliases": aliases,
            "birth_date": who.born.isoformat() if "dob" in said else None,
            "sex": who.sex if "sex" in said else None,
            "race": who.race if "race" in said else None,
            "ir_number": who.ir_number if "ir" in said else None,
            "sid": who.sid if "sid" in said else None,
        }

    def _charges_read(self) -> list[dict[str, Any]]:
        readings = read_entries(self.printed_events, [p.charge.count for p in self.charges])
        rows = []
        for printed, first in zip(self.charges, self.first, strict=True):
            reading = readings[printed.charge.count]
            silent = self.layout.kind == "sentencing_order" and reading.disposition == "pending"
            shown = printed if reading.amended or not first else first
            rows.append(
                {
                    "count": printed.charge.count,
                    "statute": shown.canonical,
                    "description": self._described(shown, first),
                    "grade": self._graded(shown, first),
                    "offense_date": printed.charge.offense_on.isoformat()
                    if {"offense", "offense_on"} & self.stated
                    else None,
                    "grams": self._grams(shown, first),
                    "plea": reading.plea,
                    "disposition": None if silent else reading.disposition,
                    "disposition_date": reading.disposed_on.isoformat() if reading.disposed_on else None,
                    "sentence": reading.sentence_values(),
                    "termination": reading.termination,
                }
            )
        return rows

    def _described(self, shown: PrintedCharge, first: PrintedCharge | None) -> str | None:
        return self._cased(shown.description.text) if self._has_words(shown, first) else None

    def _graded(self, shown: PrintedCharge, first: PrintedCharge | None) -> str | None:
        return shown.grade_read if "grade" in self.stated and (first is None or shown is first) else None

    def _grams(self, shown: PrintedCharge, first: PrintedCharge | None) -> list[float | None] | None:
        stated = shown.description.grams if self._has_words(shown, first) else None
        return list(stated) if stated else None

    def _has_words(self, shown: PrintedCharge, first: PrintedCharge | None) -> bool:
        """Whether the paper describes the charge that stands; an amended one may be cited by number only."""
        if first is None or shown is first:
            return "description" in self.stated
        return self.amended_described

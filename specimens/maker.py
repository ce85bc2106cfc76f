"""The maker: items of invented paper, one after another, from a seed."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from random import Random

from .cases import Era, a_case
from .complaints import complaint
from .docket import Clerk, Document
from .facts import Act, CaseFacts, Person
from .fonts import faces
from .forms import a_form
from .layout import Layout, Line, layout_named, layout_names
from .people import a_namesake, a_person
from .render import Machine, Sheet, sheet_of
from .specimen import Item, Specimen, Told
from .strangers import STRANGERS, Desk, Stranger
from .strays import STRAYS, VARIED_STRAYS
from .tables import table_pages
from .wear import KINDS, chosen

ERAS = (Era(1971, 1983), Era(1984, 1992), Era(1993, 2012))
LEVELS: Mapping[str, float] = {"clean": 45, "normal": 35, "bad": 20}
NEW_PERSON_SHARE, NAMESAKE_SHARE, COMPANION_SHARE, BOTH_PAPERS_SHARE = 0.7, 0.04, 0.12, 0.1
STRAY_SHARE, HIGH_RESOLUTION_SHARE = 0.16, 0.12
YOUNGEST = 17
TOLD_IN_ENTRIES = ("certified_statement", "half_sheet")
TOLD_IN_ORDERS = (Act.PLEA_GUILTY, Act.FOUND_GUILTY, Act.VERDICT_GUILTY, Act.JUDGMENT, Act.SENTENCED)


@dataclass(frozen=True, slots=True)
class Split:
    """What may be used for one purpose, by name."""

    layouts: tuple[str, ...]
    fonts: tuple[str, ...]
    wear: tuple[str, ...]


@cache
def splits() -> Mapping[str, Split]:
    """The shipped splits, `train` and `held_out`."""
    table = tomllib.loads((files(__package__) / "splits.toml").read_text("utf-8"))
    return {name: Split(tuple(row["layouts"]), tuple(row["fonts"]), tuple(row["wear"])) for name, row in table.items()}


class Maker:
    """Makes items from a seed; the same seed and arguments make the same items.

    Names left out mean all there are. Fonts and layouts that do not go together fall back on a font of the
    wanted ones that a machine of the layout's kind could have had.
    """

    def __init__(
        self,
        seed: int,
        *,
        layouts: Iterable[str] | None = None,
        fonts: Iterable[str] | None = None,
        wear: Iterable[str] | None = None,
        levels: Mapping[str, float] = LEVELS,
        eras: Iterable[Era] = ERAS,
        stray_share: float = STRAY_SHARE,
    ) -> None:
        self.seed = seed
        names = tuple(layouts or layout_names())
        self.layouts = tuple(_named(name) for name in names)
        self.varied = any("~" in name for name in names)
        self.fonts = tuple(fonts) if fonts is not None else tuple(faces())
        self.wear = frozenset(KINDS if wear is None else wear)
        self.levels, self.eras, self.stray_share = dict(levels), tuple(eras), stray_share
        self.people: list[Person] = []
        _checked("font", self.fonts, faces())
        _checked("kind of wear", self.wear, KINDS)

    def items(self) -> Iterator[Item]:
        """Items without end; people made for earlier ones come back in later ones."""
        rng, self.people = Random(f"items {self.seed}"), []
        number = 0
        while True:
            number += 1
            own = Random(rng.getrandbits(64))
            name = f"item-{self.seed}-{number:05d}"
            yield self._stray(own, name) if own.random() < self.stray_share else self._case_file(own, name)

    def specimens(self, total: int) -> Iterator[Specimen]:
        """So many pages, without their records."""
        made = 0
        for item in self.items():
            for specimen in item.specimens:
                if made == total:
                    return
                made += 1
                yield specimen

    def _person(self, rng: Random, era: Era) -> Person:
        known = [p for p in self.people if p.born.year + YOUNGEST <= era.last - 1 and p.born.year > era.first - 60]
        roll = rng.random()
        if known and roll > NEW_PERSON_SHARE:
            return rng.choice(known)
        person_id = f"P{len(self.people) + 1:05d}"
        if known and roll < NAMESAKE_SHARE:
            new = a_namesake(rng, rng.choice(known), person_id)
        else:
            new = a_person(rng, person_id, born_from=era.first - 45, born_to=era.last - YOUNGEST - 2)
        self.people.append(new)
        return new

    def _layout(self, rng: Random) -> tuple[Layout | Stranger, Era]:
        layout = rng.choice(self.layouts)
        shared = [Era(max(e.first, layout.first_year), min(e.last, layout.last_year)) for e in self.eras]
        fitting = [era for era in shared if era.first < era.last]
        return layout, rng.choice(fitting) if fitting else Era(layout.first_year, layout.last_year)

    def _case_file(self, rng: Random, name: str) -> Item:
        layout, era = self._layout(rng)
        if isinstance(layout, Stranger):
            return self._strange(rng, name, layout, era)
        if layout.kind not in TOLD_IN_ENTRIES:
            return self._paper(rng, name, layout, era)
        person = self._person(rng, era)
        company = [self._person(rng, era)] if rng.random() < COMPANION_SHARE else []
        company = [other for other in company if other.person_id != person.person_id]
        case = a_case(rng, person, era, companions=company)
        item = self._item(rng, name, layout, case)
        others = [
            other
            for other in self.layouts
            if isinstance(other, Layout)
            and other.kind != layout.kind
            and other.kind in TOLD_IN_ENTRIES
            and other.first_year <= case.filed_on.year <= other.last_year
        ]
        if others and rng.random() < BOTH_PAPERS_SHARE:
            item = item.joined(self._item(rng, f"{name}-b", rng.choice(others), case))
        return item

    def _strange(self, rng: Random, name: str, layout: Stranger, era: Era) -> Item:
        """What a stranger's clerk typed, on one machine."""
        machine, level, grid = self._machine(rng, layout), self._level(rng), layout.grid
        typed = layout.write(Desk(rng, era, self._person), grid)
        pages = tuple(
            self._specimen(
                rng,
                layout.kind,
                layout.name,
                Sheet(grid.size, grid.margins, grid.pitch, lines, rules, machine),
                level,
                typed.year,
            )
            for lines, rules in typed.pages
        )
        return Item(name, pages, typed.told)

    def _paper(self, rng: Random, name: str, layout: Layout, era: Era) -> Item:
        """A complaint, an order of sentence, or pages of many cases."""
        stock = layout.name.split("~")[1]
        if layout.kind == "sentencing_order":
            return self._item(rng, name, layout, self._sentenced(rng, era))
        if layout.kind == "complaint":
            lines, record, person_id = complaint(rng, layout, a_case(rng, self._person(rng, era), era), stock)
            page = self._drawn(rng, layout, layout, lines, era.last)
            return Item(name, (page,), (Told(record, person_id, (0,)),))
        cases = [case for _ in range(rng.randint(4, 12)) for case in self._together(rng, era)]
        called_on = cases[0].events[-1].on if layout.kind == "court_sheet" else None
        used, pages, told = table_pages(rng, layout, cases, called_on, stock)
        specimens = tuple(self._drawn(rng, layout, used, lines, era.last) for lines in pages)
        return Item(name, specimens, tuple(Told(record, person_id, (page,)) for record, person_id, page in told))

    def _together(self, rng: Random, era: Era) -> tuple[CaseFacts, ...]:
        """A case, and now and then the same against another defendant."""
        company = [self._person(rng, era)] if rng.random() < COMPANION_SHARE else []
        case = a_case(rng, self._person(rng, era), era, companions=company)
        return (case, *(one for one in case.companions if one.person.person_id != case.person.person_id))

    def _drawn(self, rng: Random, layout: Layout, used: Layout, lines: Iterable[Line], year: int) -> Specimen:
        sheet = sheet_of(used, tuple(lines), self._machine(rng, layout))
        return self._specimen(rng, layout.kind, layout.name, sheet, self._level(rng), year)

    def _sentenced(self, rng: Random, era: Era) -> CaseFacts:
        """A case that came to a sentence, told as the order of that day tells it."""
        person = self._person(rng, era)
        while True:
            case = a_case(rng, person, era)
            on = next((e.on for e in case.events if e.act is Act.SENTENCED), None)
            if on is not None and not any(charge.amended_from for charge in case.charges):
                kept = tuple(e for e in case.events if e.on == on and e.act in TOLD_IN_ORDERS)
                return replace(case, events=kept, companions=())

    def _item(self, rng: Random, name: str, layout: Layout, case: CaseFacts) -> Item:
        form = rng.choice(layout.numbers)
        documents = [Clerk(rng, layout, one, number_form=form).document() for one in (case, *case.companions)]
        machine, level, item = self._machine(rng, layout), self._level(rng), Item(name, (), ())
        stacked = _stacked(layout, documents)
        year = max(one.events[-1].on.year for one in (case, *case.companions))
        if stacked and rng.random() < 0.6:
            page = self._specimen(rng, layout.kind, layout.name, sheet_of(layout, stacked, machine), level, year)
            return Item(name, (page,), tuple(Told(d.record, d.person_id, (0,)) for d in documents))
        for document in documents:
            pages = tuple(
                self._specimen(rng, layout.kind, layout.name, sheet_of(layout, lines, machine), level, year)
                for lines in document.pages
            )
            item = item.joined(
                Item(name, pages, (Told(document.record, document.person_id, tuple(range(len(pages)))),))
            )
        return item

    def _level(self, rng: Random) -> str:
        return rng.choices(tuple(self.levels), tuple(self.levels.values()))[0]

    def _machine(self, rng: Random, layout: Layout | Stranger) -> Machine:
        shared = [font for font in layout.fonts if font in self.fonts]
        kinds = {faces()[font].kind for font in layout.fonts}
        fitting = shared or [f for f in self.fonts if faces()[f].kind in kinds and "sans" not in f and "serif" not in f]
        font = rng.choice(fitting or list(layout.fonts))
        uneven = rng.uniform(0.1, 1.0) if faces()[font].kind == "typed" else 0.0
        crooked = tuple(
            (rng.choice("aeionrst0135"), rng.choice((-1, 0, 1)), rng.choice((-2, 2, 1)))
            for _ in range(rng.randint(0, 2) if uneven > 0.4 else 0)
        )
        dpi = 300 if rng.random() < HIGH_RESOLUTION_SHARE else 200
        return Machine(
            font,
            layout.label_font,
            dpi,
            (rng.uniform(-0.08, 0.1), rng.uniform(-0.03, 0.03)),
            uneven,
            rng.random() < (0.8 if faces()[font].thin else 0.15),
            crooked,
        )

    def _specimen(
        self,
        rng: Random,
        kind: str,
        layout: str,
        sheet: Sheet,
        level: str,
        year: int,
        *,
        handwriting: bool = False,
    ) -> Specimen:
        wear = chosen(rng, level, self.wear)
        if faces()[sheet.machine.font].kind != "dots":
            wear = tuple(name for name in wear if name != "missing_pins")
        return Specimen(kind, layout, level, wear, sheet, f"{rng.getrandbits(64)}", handwriting, year)

    def _stray(self, rng: Random, name: str) -> Item:
        kinds = VARIED_STRAYS if self.varied else STRAYS
        what = rng.choices(tuple(kinds), (3, 2, 1, 2, 6, 3, 3, 1)[: len(kinds)])[0]
        lines: tuple[Line, ...] = kinds[what](rng, 1973, 2011)
        typed = [f for f in self.fonts if faces()[f].kind == "typed"] or ["courier-prime"]
        machine = Machine(rng.choice(typed), None, 200, (0.0, 0.0), rng.uniform(0, 0.8), rng.random() < 0.3, ())
        sheet = Sheet((8.5, 11.0), (1.0, rng.uniform(0.8, 1.4)), (10.0, 6.0), lines, (), machine)
        kind = "blank" if what == "blank" else "other"
        level = self._level(rng)
        specimen = self._specimen(rng, kind, what, sheet, level, 2012, handwriting=what == "note")
        if kind == "blank":  # a blank side has nothing stamped or written on it
            clean = tuple(w for w in specimen.wear if KINDS[w].stage != "ink" and w != "bleed_through")
            specimen = Specimen(kind, what, level, clean, sheet, specimen.seed)
        return Item(name, (specimen,), ())


def _stacked(layout: Layout, documents: list[Document]) -> tuple[Line, ...] | None:
    """Two defendants' cards below each other on one side, where both fit."""
    if (
        len(documents) < 2
        or "stackable" not in layout.traits
        or layout.rules
        or any(len(d.pages) > 1 for d in documents)
    ):
        return None
    lines: list[Line] = []
    for document in documents:
        lines += [*([Line(), Line()] if lines else []), *document.pages[0]]
    return tuple(lines) if len(lines) <= layout.lines else None


def _named(name: str) -> Layout | Stranger:
    """The layout, form or stranger of that name."""
    if name in STRANGERS:
        return STRANGERS[name]
    return a_form(name) if "~" in name else layout_named(name)


def _checked(what: str, names: Iterable[str], known: Mapping[str, object]) -> None:
    strange = sorted(set(names) - set(known))
    if strange:
        raise ValueError(f"no {what} named {', '.join(strange)}; there are {', '.join(known)}")

"""Layouts of docket pages, each a TOML file in layouts/: what is printed where, and in which words."""

import string
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

LABEL, FILL = "label", "fill"


class LayoutError(ValueError):
    """A layout that is not there, or not whole."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style, starting at a column of the character grid."""

    column: int
    text: str
    style: str = FILL


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, and the names of the fields that stand on it."""

    runs: tuple[Run, ...] = ()
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CiteForm:
    """How a citation is typed: a format of chapter, act, section, and the way subsections are appended."""

    form: str
    subs: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Layout:
    """One way of laying out a docket page; columns and lines of a fixed grid, sizes in inches."""

    name: str
    kind: str
    first_year: int
    last_year: int
    fonts: tuple[str, ...]
    label_font: str | None
    size: tuple[float, float]
    margins: tuple[float, float]
    pitch: tuple[float, float]  # characters and lines an inch
    lines: int  # lines of the grid on one page
    case: str  # upper or as_is
    date: str
    numbers: tuple[str, ...]
    name_widths: tuple[int, int]
    description: str  # official or spoken
    description_width: tuple[int, int]  # before and from 2000
    header: tuple[str, ...]
    header_next: tuple[str, ...]
    before_charges: tuple[str, ...]
    charge: tuple[str, ...]
    amended: tuple[str, ...]
    before_entries: tuple[str, ...]
    entry: str
    more: str  # a wrapped entry's further lines
    detail: str  # a line under an entry: amount or judge; empty where all is in the entry
    judge_line: str  # a line above the day on which a judge first sits; empty where there is none
    joiner: str  # what stands between the entries of a day; empty for a wide gap or a full stop
    entries_row: int  # the line of a form its column heads stand on; 0 where they follow the charges
    wrap: int  # width of the text of an entry
    join_days: bool
    closing: tuple[str, ...]
    rules: tuple[tuple[float, float, float, float], ...]  # lines drawn on the form, inches
    cites: Mapping[str, tuple[CiteForm, ...]]
    acts: Mapping[str, tuple[str, ...]]
    sentences: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, str]
    wear: tuple[str, ...] = field(default=())
    grade: str = ""
    traits: frozenset[str] = frozenset()

    @property
    def names_judges(self) -> bool:
        """Whether judges stand on lines under the entries, for want of a place in the entry or the heading."""
        return bool(self.detail) and not any("{judge" in template for template in (self.entry, *self.before_charges))


def _forms(rows: Iterable[Mapping[str, Any]]) -> tuple[CiteForm, ...]:
    return tuple(CiteForm(row["form"], row["subs"], row.get("weight", 1.0)) for row in rows)


def _wordings(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: (value,) if isinstance(value, str) else tuple(value) for key, value in table.items()}


def _layout_from(data: Mapping[str, Any]) -> Layout:
    paper, fields, words = data["paper"], data["fields"], data["lines"]
    return Layout(
        name=data["name"],
        kind=data["kind"],
        first_year=data["era"][0],
        last_year=data["era"][1],
        fonts=tuple(data["fonts"]),
        label_font=data.get("label_font"),
        size=tuple(paper["size"]),
        margins=tuple(paper["margins"]),
        pitch=tuple(paper["pitch"]),
        lines=paper["lines"],
        rules=tuple(tuple(rule) for rule in paper.get("rules", ())),
        case=fields["case"],
        date=fields["date"],
        numbers=tuple(fields["numbers"]),
        name_widths=tuple(fields.get("name_widths", (40, 40))),
        description=fields["description"],
        description_width=tuple(fields.get("description_width", (60, 60))),
        grade=fields.get("grade", ""),
        traits=frozenset(data.get("traits", ())),
        header=tuple(words["header"]),
        header_next=tuple(words.get("header_next", words["header"])),
        before_charges=tuple(words["before_charges"]),
        charge=tuple(words["charge"]),
        amended=tuple(words.get("amended", ())),
        before_entries=tuple(words["before_entries"]),
        entry=words["entry"],
        more=words.get("more", words["entry"]),
        detail=words.get("detail", ""),
        judge_line=words.get("judge_line", ""),
        joiner=words.get("joiner", ""),
        wrap=words.get("wrap", 30),
        entries_row=words.get("entries_row", 0),
        join_days=words.get("join_days", False),
        closing=tuple(words.get("closing", ())),
        cites={"ilcs": _forms(data["cites"]["ilcs"]), "ilrs": _forms(data["cites"]["ilrs"])},
        acts=_wordings(data["acts"]),
        sentences=_wordings(data["sentences"]),
        units=_wordings(data["units"]),
        counts=dict(data["counts"]),
        wear=tuple(data.get("wear", ())),
    )


@cache
def layout_named(name: str) -> Layout:
    """The layout of that name; LayoutError where there is none."""
    path = files(__package__) / "layouts" / f"{name}.toml"
    if not path.is_file():
        raise LayoutError(f"no layout named {name!r}; there are {', '.join(layout_names())}")
    try:
        return _layout_from(tomllib.loads(path.read_text("utf-8")))
    except (KeyError, tomllib.TOMLDecodeError) as error:
        raise LayoutError(f"layout {name}: {error}") from error


@cache
def layout_names() -> tuple[str, ...]:
    """The names of all layouts, sorted."""
    folder = files(__package__) / "layouts"
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


def settled(rng: Random, text: str) -> str:
    """The text with every <<one|other>> decided."""
    while "<<" in text:
        before, _, rest = text.partition("<<")
        options, _, behind = rest.partition(">>")
        text = before + rng.choice(options.split("|")) + behind
    return text


def line_of(template: str, values: Mapping[str, object], *, labelled: bool) -> Line | None:
    """The template filled in; None where it begins with ? and all its fields are silent."""
    optional, template = template.startswith("?"), template.removeprefix("?")
    runs: list[Run] = []
    stated: set[str] = set()
    column = 0
    for literal, name, spec, _ in string.Formatter().parse(template):
        if literal:
            runs.append(Run(column, literal, LABEL if labelled else FILL))
            column += len(literal)
        if name is not None:
            shown = format(values.get(name) or "", spec or "")
            if shown.strip():
                stated.add(name)
            runs.append(Run(column, shown, FILL))
            column += len(shown)
    if optional and not stated:
        return None
    return Line(tuple(_merged(runs)), frozenset(stated))


def _merged(runs: list[Run]) -> list[Run]:
    """Neighbours of one style as one run, so that a word is never cut in two."""
    out: list[Run] = []
    for run in runs:
        if out and out[-1].style == run.style and out[-1].column + len(out[-1].text) == run.column:
            out[-1] = Run(out[-1].column, out[-1].text + run.text, run.style)
        else:
            out.append(run)
    return [Run(r.column + len(r.text) - len(r.text.lstrip()), r.text.strip(), r.style) for r in out if r.text.strip()]

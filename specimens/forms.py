"""Forms nobody printed: layouts put together by chance from labels, orders, columns and wordings of forms.toml."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from random import Random
from typing import Any

from .layout import CiteForm, Layout, layout_named

SEEN, ALL = "seen", "all"
# How a statement or half-sheet tells endings: in a list of entries, or apart for each count.
WAYS = ("", "by_count", "grid", "", "blocks", "prose", "days")
TOLD_APART = ("certified_statement", "half_sheet")
LONG_CITE = 18  # characters by which the citation of an attempt is longer than its column
UNSEEN_SHARE = 0.35  # of the words of a form kept for judging that no training form has
FORMS = ("certified_statement", "half_sheet", "sentencing_order", "court_sheet", "ledger", "complaint")
DATES = (
    "%m/%d/%y",
    "%m-%d-%y",
    "%m/%d/%Y",
    "%m-%d-%Y",
    "%-m-%-d-%y",
    "%-m/%-d/%y",
    "%d-%b-%Y",
    "%b %-d, %Y",
    "%d %b %y",
)
NUMBERS = (
    "{yy}{type}{seq}{dd}",
    "{yy} {type} {seq}",
    "{yy}-{type}-{seq}-{dd}",
    "{yy} {type} {seq} {dd}",
    "{yy}-{type}-{seq}",
    "{yyyy}{type}{seq}{dd}",
    "{yy} {type} {seq}-{dd}",
)
WIDE = {"number": 18, "name": 28, "inverted": 28, "aka": 24, "dob": 12, "sex": 2, "race": 2, "ir": 9, "sid": 10}
WIDE |= {"arrested": 12, "filed": 12, "agency": 17, "offense_on": 12, "booking": 10, "branch": 10, "address": 36}
TYPICAL = {"description": 32, "cite": 34, "grade": 21, "offense": 13}  # of fields without a width
WIDE |= {"last": 17, "first": 11, "middle": 2}
ILCS = (
    CiteForm("{chapter} ILCS {act}/{section}", "(a)"),
    CiteForm("{chapter}-{act}/{section}", "(A)"),
    CiteForm("{chapter}-{act}/{section}", "-A"),
    CiteForm("{chapter} {act}/{section}", "(a)"),
    CiteForm("{chapter}/{act}/{section}", "-A"),
    CiteForm("{chapter}-{act}.0/{section}", "-A"),
    CiteForm("{chapter} ILCS {act}/{section}", "-A"),
)
ILRS = (
    CiteForm("{chapter}-{section}", "-A"),
    CiteForm("{chapter} {section}", "(A)"),
    CiteForm("ch. {half} par. {section}", "(a)"),
    CiteForm("{half} {section}", "(a)"),
    CiteForm("{dashed}-{section}", "(A)"),
    CiteForm("{chapter}-{section}", "A"),
    CiteForm("Ch. {half}, Sec. {section}", "(a)"),
)


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "forms.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Words:
    """The vocabulary a form may be put together from, and the chance that picks."""

    rng: Random
    stock: str

    def one(self, section: str, name: str) -> str:
        """A word or phrase for a place of a form."""
        row = _table()[section][name]
        if self.stock == ALL and row.get("unseen") and self.rng.random() < UNSEEN_SHARE:
            return str(self.rng.choice(row["unseen"]))
        return str(self.rng.choice(row["seen"]))

    def has(self, section: str, name: str) -> bool:
        """Whether there are words for that place."""
        return name in _table()[section]

    def label(self, name: str) -> str:
        return self.one("labels", {"inverted": "name"}.get(name, name))


def form_names(total: int, *, kinds: Iterable[str] = FORMS, first: int = 0, stock: str = SEEN) -> tuple[str, ...]:
    """Names of `total` forms of each kind, as `a_form` takes them."""
    numbered = [(kind, number) for kind in kinds for number in range(first, first + total)]
    ways = (WAYS if kind in TOLD_APART else ("",) for kind, _ in numbered)
    return tuple(
        "~".join(filter(None, (kind, stock, str(number), way[number % len(way)])))
        for (kind, number), way in zip(numbered, ways, strict=True)
    )


@lru_cache(maxsize=4096)
def a_form(name: str) -> Layout:
    """The form of that name, `KIND~STOCK~NUMBER` or `KIND~STOCK~NUMBER~WAY` for one that tells each count's
    ending in its own place; the same name is the same form, for ever."""
    kind, stock, number, *way = name.split("~")
    words = Words(Random(f"form {kind} {stock} {number}"), stock)
    made = _FORMERS[kind](words, _blank(words, name, kind))
    return _told_apart(words, made, way[0]) if way else made


def _blank(words: Words, name: str, kind: str) -> Layout:
    """What every form has, whatever stands on it: paper, type, dates, citations, wordings."""
    rng = words.rng
    formal = kind in ("certified_statement", "sentencing_order") or (kind == "ledger" and rng.random() < 0.4)
    upper = rng.random() < (0.8 if formal else 0.35)
    pitch = rng.choice((10.0, 12.0))
    models = _models(formal)
    return Layout(
        name=name,
        kind=kind,
        first_year=1972,
        last_year=2012,
        fonts=_fonts(formal),
        label_font="dejavu-sans" if rng.random() < 0.15 else None,
        size=(8.5, 11.0),
        margins=(rng.choice((0.5, 0.6, 0.7)), rng.uniform(0.5, 0.9)),
        pitch=(pitch, 6.0),
        lines=rng.randint(46, 54),
        case="upper" if upper else "as_is",
        date=rng.choice(DATES),
        numbers=tuple(rng.sample(NUMBERS, 2)),
        name_widths=rng.choice(((15, 10), (40, 40))),
        description="official" if formal else "spoken",
        description_width=rng.choice(((25, 30), (30, 30))) if formal else (38, 38),
        header=(),
        header_next=(),
        before_charges=(),
        charge=(),
        amended=(),
        before_entries=(),
        entry="",
        more="",
        detail="",
        judge_line="",
        joiner="",
        entries_row=0,
        wrap=40,
        join_days=False,
        closing=(),
        rules=(),
        cites={"ilcs": tuple(rng.sample(ILCS, 2)), "ilrs": tuple(rng.sample(ILRS, 2))},
        acts=_wordings(words, models, "acts", formal=formal),
        sentences=_wordings(words, models, "sentences", formal=formal),
        units=rng.choice(models).units,
        counts=_counts(rng, formal=formal),
        grade=rng.choice(("type", "type_class", "class_words", "class_long", "joined", "class_behind", "joined")),
        traits=frozenset(t for t in ("alias_in_surname", "always_count", "ditto") if rng.random() < 0.4),
    )


@cache
def train_layouts() -> tuple[str, ...]:
    """The shipped layouts that may be learned from."""
    table = tomllib.loads((files(__package__) / "splits.toml").read_text("utf-8"))
    return tuple(table["train"]["layouts"])


@lru_cache(maxsize=2)
def _models(formal: bool) -> tuple[Layout, ...]:
    """The shipped training layouts whose wordings a form borrows."""
    layouts = (layout_named(name) for name in train_layouts())
    kind = "certified_statement" if formal else "half_sheet"
    return tuple(one for one in layouts if one.kind == kind)


def _fonts(formal: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(font for one in _models(formal) for font in one.fonts))


def _wordings(words: Words, models: Sequence[Layout], table: str, *, formal: bool) -> dict[str, tuple[str, ...]]:
    """One or two wordings for each thing a court does, none of which another thing is also called."""
    own: Mapping[str, list[str]] = _table()[table]["formal" if formal else "short"]
    out: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    names = dict.fromkeys(name for one in models for name in getattr(one, table))
    for name in names:
        known = [w for one in models for w in getattr(one, table).get(name, ())]
        known += list(own.get(name, ())) * 2
        free = [w for w in dict.fromkeys(known) if w.upper().strip(".") not in taken and len(w) <= 46]
        free = [w for w in free if "{description}" not in w] or free  # a row would cut the words short
        chosen = tuple(words.rng.sample(free, min(len(free), words.rng.choice((1, 1, 2)))))
        if not any("{amount}" not in w for w in chosen) and any("{amount}" in w for w in chosen):
            plain = [w for w in free if "{amount}" not in w]
            chosen += tuple(plain[:1])
        taken |= {w.upper().strip(".") for w in chosen}
        out[name] = chosen
    return out


def _counts(rng: Random, *, formal: bool) -> dict[str, str]:
    if formal:
        one = rng.choice(("C{n:03d}", "COUNT {n}", "CT {n}", "CT. {n:02d}"))
        return {"one": one, "all": "CALL" if one.startswith("C{") else "ALL COUNTS"}
    if rng.random() < 0.2:
        return {"one": rng.choice(("ct. {roman}", "count {roman}", "{ordinal} count"))}
    one = rng.choice(("ct {n}", "Ct {n}", "count {n}", "Chg {n}"))
    word = one.split()[0]
    return {"one": one, "all": f"all {word}s", "several": word + "s {list}"}


# --- blocks of a form ----------------------------------------------------------------------------------------


def _room(layout: Layout) -> int:
    """Characters a line of the form holds."""
    return int((layout.size[0] - layout.margins[0] - 0.6) * layout.pitch[0])


_SMALL = {"of", "the", "in", "for", "and", "with", "to", "be", "a", "is", "by"}


def _cased(layout: Layout, label: str) -> str:
    """A label or phrase in the case of the form; abbreviations stay capitals."""
    if layout.case == "upper" or len(label) <= 4 or "." in label[:3]:
        return label
    words = [
        word.capitalize() if len(word.strip(".:")) > 2 or word.lower() in _SMALL else word for word in label.split(" ")
    ]
    return " ".join(w.lower() if at and w.lower() in _SMALL else w for at, w in enumerate(words))


def _field(words: Words, layout: Layout, name: str, mark: str) -> str:
    return f"{_cased(layout, words.label(name))}{mark}{{{name}:<{WIDE[name]}}}"


def _mark(rng: Random) -> str:
    return rng.choice((": ", ": ", ":  ", "  ", "   ", ":"))


def _particulars(words: Words, layout: Layout, names: Sequence[str]) -> list[str]:
    """Lines of labelled particulars: label and value beside each other, or heads with the values below."""
    rng, room = words.rng, _room(layout)
    if rng.random() < 0.3:
        return _headed(words, layout, names)
    mark, out, line = _mark(rng), list[str](), ""
    for name in names:
        field = _field(words, layout, name, mark)
        width = len(field) - len(f"{{{name}:<{WIDE[name]}}}") + WIDE[name]
        if name == "aka":
            out.append(f"?{field}")
            continue
        if line and (_width(line) + width + 3 > room or rng.random() < 0.25):
            out.append(line)
            line = ""
        line += ("   " if line else "") + field
    return [*out, line] if line else out


def _width(template: str) -> int:
    """How many characters a template of fields with widths takes at most."""
    total, rest = 0, template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        inside, _, rest = rest.partition("}")
        total += len(before) + int(
            inside.partition("<")[2] or TYPICAL.get(inside, WIDE.get(inside.partition(":")[0], 8))
        )
    return total + len(rest)


def _headed(words: Words, layout: Layout, names: Sequence[str]) -> list[str]:
    """A row of heads, and under each its value."""
    out: list[str] = []
    heads, values = "", ""
    for name in (n for n in names if n != "aka"):
        head = _cased(layout, words.label(name))
        width = max(len(head), WIDE[name]) + 2
        if len(heads) + width > _room(layout):
            out += [heads.rstrip(), values, ""]
            heads, values = "", ""
        heads += f"{head:<{width}}"
        values += f"{{{name}:<{width}}}"
    return [*out, heads.rstrip(), values] if heads else out


def _chosen_particulars(rng: Random, share: float) -> list[str]:
    names = [n for n in ("dob", "sex", "race", "ir", "sid", "arrested", "filed", "agency") if rng.random() < share]
    names += [n for n in ("booking", "branch", "address", "offense_on", "aka") if rng.random() < share * 0.5]
    rng.shuffle(names)
    return names if "dob" in names or rng.random() < 0.15 else ["dob", *names]


def _caption(words: Words, layout: Layout) -> list[str]:
    """How the form says whose case it is."""
    rng = words.rng
    number = _cased(layout, words.label("number"))
    way = rng.choice(("versus", "bracket", "labels", "labels", "parts", "line", "legal", "under"))
    people = rng.choice(
        ("PEOPLE OF THE STATE OF ILLINOIS", "THE PEOPLE OF THE STATE OF ILLINOIS", "PEOPLE OF ILLINOIS")
    )
    people, versus = (
        (people, "VS.")
        if layout.case == "upper"
        else (people.title().replace(" Of ", " of ").replace(" The ", " the "), "vs.")
    )
    name = rng.choice(("{name}", "{inverted}")) if layout.name_widths[0] == 40 or rng.random() < 0.5 else "{inverted}"
    mark = _mark(rng)
    if way == "versus":
        return [f"   {people}", f"        {versus:<26}{number}{mark}{{number}}", f"   {name}", ""]
    if way == "bracket":
        return [f"{people:<38})", f"{'    ' + versus:<38})   {number}{mark}{{number}}", f"{name[:-1]}:<38}})", ""]
    if way == "legal":
        return _legal_caption(words, layout, people, versus, name)
    if way == "under":
        return _captioned_below(words, layout, name)
    if way == "line":
        return [
            f"{people.split(' of the')[0].split(' OF THE')[0]} {versus} {name[:-1]}:<30}}  {number}{mark}{{number}}"
        ]
    if way == "parts":
        fields = [_field(words, layout, n, mark) for n in ("last", "first", "middle")]
        return ["   ".join(fields), f"{number}{mark}{{number}}"]
    label = _cased(layout, words.label("name"))
    rows = [f"{label}{mark}{name[:-1]}:<30}}", f"{number}{mark}{{number:<20}}"]
    rng.shuffle(rows)
    return ["   ".join(rows)] if sum(map(_width, rows)) + 3 <= _room(layout) and rng.random() < 0.5 else rows


def _legal_caption(words: Words, layout: Layout, people: str, versus: str, name: str) -> list[str]:
    """Plaintiff, versus and defendant in rows of their own, a bracket of marks, the number to the right."""
    rng = words.rng
    number = rng.choice((_cased(layout, words.label("number")), "No.", "Gen. No.", "Case No."))
    mark = rng.choice((")", ")", ":", "|"))
    plaintiff, defendant = (rng.choice(pair) for pair in (("Plaintiff,", "Plaintiff"), ("Defendant.", "Defendant")))
    rows = [
        (people + ("," if rng.random() < 0.6 else ""), ""),
        ("          " + plaintiff, ""),
        ("    " + rng.choice((versus, "-vs-", "v.")), f"{number} {{number}}"),
        (name, ""),
        ("          " + defendant, ""),
    ]
    wide = 42
    out = [
        f"{left:<{wide}}{mark}   {right}".rstrip() if "{" not in left else f"{left[:-1]}:<{wide}}}{mark}"
        for left, right in rows
    ]
    return out if rng.random() < 0.7 else [line for line in out if "laintiff" not in line or people in line]


def _captioned_below(words: Words, layout: Layout, name: str) -> list[str]:
    """Name and number on the form's lines, with what they are in small words below them."""
    rng = words.rng
    labels = (_cased(layout, words.label("name")), _cased(layout, words.label("number")))
    shown = [f"({label})" if rng.random() < 0.5 else label for label in labels]
    return [f"{name[:-1]}:<34}}  {{number:<20}}", f"{shown[0]:<36}{shown[1]}", ""]


_COLUMNS = {"count": 4, "cite": 34, "description": 31, "grade": 7, "offense": 15}
_GRADE_WIDTH = {"type": 4, "type_class": 5, "joined": 4, "class_words": 10, "class_long": 20, "class_behind": 21, "": 1}


def _charges(words: Words, layout: Layout) -> tuple[list[str], list[str], int]:
    """Heads of the charges, the lines of a charge, and how many characters are too many for one line."""
    rng, room = words.rng, _room(layout)
    names = ["cite", "description"]
    if rng.random() < 0.75:
        names.append("grade")
    if rng.random() < 0.25:
        names.append("offense")
    rng.shuffle(names)
    widths = {**_COLUMNS, "grade": _GRADE_WIDTH[layout.grade] + 1, "description": layout.description_width[1] + 1}
    indent = " " * rng.choice((0, 2, 4))
    if sum(widths[n] for n in names) + 8 + LONG_CITE > room:
        return _tall_charge(words, layout, names, widths, indent)
    count = rng.choice(("{count}", "{count}.", "{count:02d}", "({count})", "CT {count}"))
    head = f"{_cased(layout, words.one('heads', 'count')):<7}"
    head += "".join(f"{_cased(layout, words.one('heads', n)):<{widths[n]}}" for n in names)
    row = f"{count:<7}" if "{count:" not in count else count + "     "
    row = row.replace("{count}", "{count:<1}") + "  " * ("{count}" in count)
    row += "".join(f"{{{n}:<{widths[n]}}}" for n in names)
    heads = [indent + head.rstrip()] if rng.random() < 0.75 else []
    return heads, [indent + row], room


def _tall_charge(
    words: Words, layout: Layout, names: Sequence[str], widths: Mapping[str, int], indent: str
) -> tuple[list[str], list[str], int]:
    """A charge of two or three lines, each piece labelled or plain."""
    rng = words.rng
    count = rng.choice(("COUNT {count}", "{count}.", "CT {count}:", "COUNT {count}:", "#{count}"))
    labelled = rng.random() < 0.4
    pieces = [
        (f"{_cased(layout, words.one('heads', n))}: {{{n}}}" if labelled or n == "offense" else f"{{{n}:<{widths[n]}}}")
        for n in names
    ]
    first, rest = pieces[0], pieces[1:]
    lines = [f"{indent}{count}  {first}"]
    for piece in rest:
        if _width(lines[-1]) + _width(piece) + 4 + LONG_CITE <= _room(layout) and rng.random() < 0.5:
            lines[-1] += f"   {piece}"
        else:
            lines.append(f"{indent}      {piece}")
    return [], lines, _room(layout)


def _entries(words: Words, layout: Layout) -> Layout:
    """The layout with rows of entries: day, text, count, amount and judge in an order of their own."""
    rng, room = words.rng, _room(layout)
    day = max(len("Sep 30, 1999"), 10) + 1
    short = layout.kind == "half_sheet"
    if short and rng.random() < 0.7:
        return _days(words, layout, day, room)
    wrap = min(46, room - day - 12)
    parts = [f"{{date:<{day}}}", f"{{text:<{wrap}}}", "{count:<9}"]
    if rng.random() < 0.3:
        parts = [parts[0], parts[2], parts[1]]
    heads = {
        "date": words.one("heads", "date"),
        "text": words.one("heads", "text"),
        "count": words.one("heads", "count"),
    }
    row = " ".join(parts)
    head = row
    for name, text in heads.items():
        head = _headed_in(head, name, _cased(layout, text))
    detail = " " * rng.randint(day, day + 8) + rng.choice(("{detail}", "{detail}", "- {detail}"))
    return replace(
        layout,
        entry=row.rstrip(),
        more=row.rstrip(),
        detail=detail,
        wrap=wrap,
        before_entries=(*layout.before_entries, *([head.rstrip()] if rng.random() < 0.5 else ())),
    )


def _headed_in(template: str, name: str, text: str) -> str:
    at = template.index(f"{{{name}:<")
    end = template.index("}", at)
    width = int(template[at:end].partition("<")[2])
    return template[:at] + f"{text[:width]:<{width}}" + template[end + 1 :]


def _days(words: Words, layout: Layout, day: int, room: int) -> Layout:
    """Entries of a day run together, with the judge in a column of his own or in none."""
    rng = words.rng
    judge = rng.choice(("", "before", "after"))
    wrap = room - day - (14 if judge else 0) - 2
    text = f"{{text:<{wrap}}}"
    row = {
        "": f"{{date:<{day}}}{text}",
        "before": f"{{date:<{day}}}{{judge:<14}}{text}",
        "after": f"{{date:<{day}}}{text} {{judge}}",
    }[judge]
    more = " " * (day + (14 if judge == "before" else 0)) + text
    head = _headed_in(
        _headed_in(row.replace("{judge}", "{judge:<12}"), "date", _cased(layout, words.one("heads", "date"))),
        "text",
        _cased(layout, words.one("heads", "text")),
    )
    if judge:
        head = _headed_in(head, "judge", _cased(layout, words.one("heads", "judge")))
    return replace(
        layout,
        entry=row.rstrip(),
        more=more,
        wrap=wrap,
        join_days=True,
        before_entries=(*layout.before_entries, *([head.rstrip()] if rng.random() < 0.85 else ())),
    )


def _centred(layout: Layout, text: str) -> str:
    return " " * max(0, (_room(layout) - len(text)) // 2) + text if text else ""


# --- forms by kind -------------------------------------------------------------------------------------------


def _sheet(words: Words, blank: Layout) -> Layout:
    """A statement or a half-sheet."""
    rng = words.rng
    statement = blank.kind == "certified_statement"
    title = _cased(blank, words.one("titles", blank.kind))
    caption, court = _caption(words, blank), _cased(blank, words.one("phrases", "court"))
    page = rng.choice(("PAGE {page:03d}", "PAGE {page}", "Page {page}")) if statement else ""
    top = [_centred(blank, court)] if rng.random() < 0.6 else []
    head = [_centred(blank, title)] if title else []
    first = [
        *top,
        *(head if rng.random() < 0.5 or not statement else []),
        *([_centred(blank, page)] if page else []),
        *caption,
    ]
    body = [*([] if not head or head[0] in first else ["", *head, ""])]
    body = [*_particulars(words, blank, _chosen_particulars(rng, 0.6 if statement else 0.45)), *body]
    heads, charge, _ = _charges(words, blank)
    charged = words.one("phrases", "charged")
    after = _cased(blank, words.one("phrases", "entered"))
    certify = words.one("phrases", "certify") if statement else ""
    made = replace(
        blank,
        header=tuple(first),
        header_next=tuple(
            [f"{{inverted:<30}} {{number}}   {page}", ""] if rng.random() < 0.6 or not statement else first
        ),
        before_charges=(*body, "", *([_cased(blank, charged)] if charged else []), *heads),
        charge=tuple(charge),
        before_entries=("", *([after] if after else [])),
        closing=("", _cased(blank, certify)) if certify else (),
    )
    return _entries(words, made)


def _order(words: Words, blank: Layout) -> Layout:
    """An order of sentence or mittimus: one day, no history."""
    rng = words.rng
    title = _cased(blank, words.one("titles", blank.kind))
    dated = f"{_cased(blank, words.one('phrases', 'date_of_order'))}{_mark(rng)}{{ordered}}"
    heads, charge, _ = _charges(words, blank)
    ordered = _cased(blank, words.one("phrases", "ordered"))
    wrap = min(46, _room(blank) - 12)
    row = rng.choice(
        (f"  {{text:<{wrap}}} {{count:<8}}", f"  {{count:<9}}{{text:<{wrap}}}", f"  [X] {{text:<{wrap}}} {{count}}")
    )
    made = replace(
        blank,
        header=(
            _centred(blank, _cased(blank, words.one("phrases", "court"))),
            *_caption(words, blank),
            _centred(blank, title),
        ),
        header_next=("{inverted:<30} {number}", ""),
        before_charges=(
            *_particulars(words, blank, _chosen_particulars(rng, 0.35)),
            *([dated] if rng.random() < 0.6 else []),
            "",
            *heads,
        ),
        charge=tuple(charge),
        before_entries=("", ordered),
        entry=row.rstrip(),
        more=row.rstrip(),
        detail="          {detail}",
        wrap=wrap,
        acts={**blank.acts, "continued": (), "amended": ()},
    )
    has_date = any("{ordered}" in line for line in made.before_charges)
    judge = f"JUDGE {{judge_full}}{'' if has_date else '     ' + dated}"
    return replace(made, closing=("", f"ENTERED:  {judge}" if rng.random() < 0.5 or not has_date else judge))


def _plain(words: Words, blank: Layout) -> Layout:
    """Calls, ledgers and complaints are written by their own modules; only their wordings are chosen here."""
    grade = words.rng.choice(("", "joined", "type", "type_class"))
    width = 31 if blank.kind != "complaint" else 60
    return replace(blank, grade=grade, label_font=None, description_width=(width, width), join_days=True)


def _told_apart(words: Words, form: Layout, way: str) -> Layout:
    """The form with each count's ending in its own place: under it, in its row, in its block, in its sentence."""
    traits = form.traits | {way}
    if way in ("by_count", "prose", "days"):
        form = _worded_apart(words, replace(form, traits=traits))
    if way == "by_count":
        return _by_count(words, form)
    if way == "days":
        return _by_day(words, form)
    blank = max((at for at, line in enumerate(form.before_charges) if not line), default=0)
    before = form.before_charges[:blank]
    wide = words.rng.choice(((11.0, 8.5), (14.0, 8.5))) if way == "grid" else None
    made = replace(form, traits=traits, charge=(), amended=(), entry="", more="", detail="", before_entries=())
    if way == "prose":
        return replace(made, before_charges=("",), case="as_is" if words.rng.random() < 0.6 else made.case)
    titled = [_cased(form, phrase) for phrase in (words.one("phrases", "charged"),) if phrase]
    spread = replace(made, before_charges=(*before, "", *titled))
    return replace(spread, size=wide, lines=38, pitch=(12.0, 6.0), margins=(0.5, 0.6)) if wide else spread


LONG_DATES = ("%B %-d, %Y", "%-d %B %Y", "%B %-d{th}, %Y", "the %-d{th} day of %B, %Y", "%-d{th} day of %B, %Y")
COUNTED = (
    {"one": "Count {roman}", "all": "all Counts", "several": "Counts {romans}"},
    {"one": "the {ordinal} count", "all": "each count"},
    {"one": "Count {letter}", "several": "Counts {letters}", "all": "all counts"},
    {"one": "Count {n}", "all": "all Counts", "several": "Counts {list}"},
)


def _worded_apart(words: Words, form: Layout) -> Layout:
    """The form with days, counts and amounts now and then spelled out."""
    rng = words.rng
    traits = form.traits | {t for t in ("amounts_in_words", "years_for_months") if rng.random() < 0.4}
    headed = any(line.startswith("{") for line in form.before_charges)
    date = rng.choice(LONG_DATES) if rng.random() < 0.4 and not headed else form.date
    counts = rng.choice(COUNTED) if rng.random() < 0.5 else form.counts
    return replace(form, traits=traits, date=date, counts=counts)


def _by_day(words: Words, form: Layout) -> Layout:
    """The form with what was done on a day below the day, or behind it, in running text."""
    rng, room = words.rng, _room(form)
    wrap = room - 10
    indent = rng.choice((2, 4, 8))
    text = " " * indent + f"{{text:<{wrap}}}"
    own = rng.random() < 0.6
    dated = rng.choice(("{date}", "{date}:", "On {date}:", "DATE: {date}", "{date} --"))
    judge = rng.choice(
        ("", "", "Before {judge_natural}", "Judge {judge_natural} presiding", "Hon. {judge_natural}, Judge:")
    )
    return replace(
        form,
        entry=dated if own else f"{{date:<{len('the 30th day of September, 1999') + 2}}}{{text:<{wrap - 26}}}",
        more=text if own else " " * (len("the 30th day of September, 1999") + 2) + f"{{text:<{wrap - 26}}}",
        detail="",
        wrap=wrap if own else wrap - 26,
        join_days=True,
        judge_line=judge,
        joiner=rng.choice(("; ", ". ", ", and ", "")),
        before_entries=form.before_entries[:2],
    )


def _by_count(words: Words, form: Layout) -> Layout:
    """The form with the entries of each count below its heading, and those of the whole case at the end."""
    rng = words.rng
    plain = [line for line in form.before_charges if not any(h in line.upper() for h in ("STATUTE  ", "CITATION  "))]
    head = rng.choice(("COUNT {count}", "COUNT {roman}", "CHARGE {count}", "CT. {count}", "COUNT NO. {count:02d}"))
    lines = [rng.choice((f"{head}  {{cite}}   {{description}}", f"{head}:  {{description}}   {{cite}}", head))]
    if "{cite}" not in lines[0]:
        marks = (rng.choice((": ", "  ")),) * 2
        lines += [
            f"   {_cased(form, words.one('heads', n))}{m}{{{n}}}"
            for n, m in zip(("cite", "description"), marks, strict=True)
        ]
    if rng.random() < 0.5:
        lines.append(f"   {_cased(form, words.one('heads', 'grade'))}: {{grade}}")
    whole = rng.choice(("ENTIRE CASE", "CASE AS A WHOLE", "ALL COUNTS", "GENERAL ORDERS", "AS TO ALL COUNTS"))
    return replace(form, charge=tuple(lines), before_charges=tuple(plain), before_entries=("", _cased(form, whole)))


_FORMERS = {
    "certified_statement": _sheet,
    "half_sheet": _sheet,
    "sentencing_order": _order,
    "court_sheet": _plain,
    "ledger": _plain,
    "complaint": _plain,
}

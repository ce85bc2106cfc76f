"""Numbers of cases and of people: docket numbers with their checksum, IR and SID numbers."""
# ruff: noqa: E501 - a pattern or a table row is easier to check on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = str.maketrans("OoQqDdIiLl|!ZzSsBbGg", "00000011111122558866")
_D = r"[0-9OQIL|!SBGZ]"
_SEP = r"[ ./~-]{0,3}"
_FELONY = re.compile(
    rf"(?<![0-9A-Za-z/])((?:19|20)?{_D}{{2}}){_SEP}(C[RPBK]|C[LI|€¢]?[1-6]|C[ILS]|G[R1-6])[.€¢]?{_SEP}(\d{_D}{{3,4}}|{_D}\d{_D}{{2,3}})"
    rf"(?:{_SEP}({_D}{{2}}))?(?![0-9A-Za-z/])",
)
_MISDEMEANOR = re.compile(
    rf"(?<![0-9A-Za-z/])((?:19|20)?{_D}{{2}}){_SEP}([MNH][CG]){_SEP}[IL|]?([1-6ILS])[IL|]?{_SEP}({_D}{{6}}|{_D}{{8}})"
    rf"(?:{_SEP}({_D}{{2}}))?(?![0-9A-Za-z/])",
)
_DOWNSTATE = re.compile(
    r"(?<![0-9A-Za-z/])((?:19|20)?\d{2})[ -]{0,2}(CF|CM|DT|TR|OV|CV|MT|JD)[ -]{0,2}(\d{1,6})(?![0-9A-Za-z])"
)
_TRAFFIC = re.compile(r"(?<![0-9A-Za-z-])([A-Z]{2})-?(\d{3})-?(\d{3})(?![0-9A-Za-z-])")
_CRIMINAL_DIVISION = re.compile(r"(?<![0-9A-Za-z/])(\d{2})[ -]{0,2}C[ -]{1,2}(\d{3,5})(?:[ -](\d\d))?(?![0-9A-Za-z-])")
_TYPE_FIRST = re.compile(
    rf"(?<![0-9A-Za-z/])(C[1-6]|CR|MC ?[1-6]|C)[ -]{{1,2}}({_D}{{2}})[ -]{{1,2}}({_D}{{3,6}})(?:[ -]({_D}{{2}}))?(?![0-9A-Za-z-])"
)
_INDICTMENT = re.compile(r"(?<=INDICTMENT )(?:NO\.? ?)?(\d{2})-(\d{2,5})(?!\d|-)", re.I)


_GLUED_DIVISION = re.compile(
    r"(?<![0-9A-Za-z/])(?:19)?([67]\d|8[0-5])C(\d{5})(?:-?(\d\d)(?![ ./:-]*\d))?(?![0-9A-Za-z/]|-\d)"
)


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A docket number in a text. `exact`: no character had to be taken for another; `checked`: its district
    digit and sequence agree (None where the shape has no such check)."""

    value: str
    raw: str
    start: int
    end: int
    exact: bool
    checked: bool | None
    shape: str


def docket_numbers_in(text: str) -> list[NumberFound]:
    """The docket numbers `text` holds, in order, in the canonical form."""
    text = text.upper() if len(text.upper()) == len(text) else text
    found: list[NumberFound] = []
    for finder in (_glued_divisions, _felonies, _misdemeanors, _downstate, _others):
        for one in finder(text):
            apart = all(one.end <= other.start or one.start >= other.end for other in found)
            if apart and not _IN_A_DAY.search(text[: one.start]):
                found.append(one)
    return sorted(found, key=lambda f: f.start)


_IN_A_DAY = re.compile(r"(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]$")  # what follows is its year: `09-08-36 CR21278`


def _felonies(text: str) -> Iterator[NumberFound]:
    for m in _FELONY.finditer(text):
        year, kind, sequence, suffix = (part or "" for part in m.groups())
        digits = "".join((year, sequence, suffix))
        clean_kind = _kind(kind, sequence)
        if sum(c.isdigit() for c in digits) < 0.6 * len(digits) or clean_kind is None:
            continue
        year, sequence, suffix = (part.translate(_DIGITS) for part in (year, sequence, suffix))
        sequence = sequence.zfill(5)
        checked = None if clean_kind == "CR" else sequence[0] == clean_kind[1]
        value = f"{year[-2:]}{clean_kind}{sequence}{suffix}"
        exact = digits.isdigit() and kind == clean_kind
        yield NumberFound(value, m[0], m.start(), m.end(), exact, checked, clean_kind[:1] + "felony")


def _glued_divisions(text: str) -> Iterator[NumberFound]:
    """Numbers of the Criminal Division before 1985, which had no district: `82C0276201`, `80C28869`."""
    for m in _GLUED_DIVISION.finditer(text):
        yield NumberFound(f"{m[1]}C{m[2]}{m[3] or ''}", m[0], m.start(), m.end(), True, None, "division")


def _kind(kind: str, sequence: str) -> str | None:
    kind = kind[0] + kind[-1]
    second = {"P": "R", "B": "R", "K": "R", "I": "1", "L": "1", "S": "5"}.get(kind[1], kind[1])
    return f"C{second}" if second in "R123456" and sequence else None


def _misdemeanors(text: str) -> Iterator[NumberFound]:
    for m in _MISDEMEANOR.finditer(text):
        year, letters, district, sequence, suffix = (part or "" for part in m.groups())
        digits = "".join((year, district, sequence, suffix))
        if sum(c.isdigit() for c in digits) < 0.6 * len(digits):
            continue
        year, district, sequence, suffix = (p.translate(_DIGITS) for p in (year, district, sequence, suffix))
        value = f"{year[-2:]}MC{district}{sequence}{suffix}"
        yield NumberFound(
            value,
            m[0],
            m.start(),
            m.end(),
            digits.isdigit() and letters == "MC" and not set("IL|") & set(m[0]),
            None,
            "misdemeanor",
        )


def _downstate(text: str) -> Iterator[NumberFound]:
    for m in _DOWNSTATE.finditer(text):
        yield NumberFound(f"{m[1][-2:]}{m[2]}{m[3]}", m[0], m.start(), m.end(), True, None, "downstate")


def _others(text: str) -> Iterator[NumberFound]:
    for m in _TRAFFIC.finditer(text):
        yield NumberFound("".join(m.groups()), m[0], m.start(), m.end(), True, None, "traffic")
    for m in _CRIMINAL_DIVISION.finditer(text):
        yield NumberFound(f"{m[1]}C{m[2]}{m[3] or ''}", m[0], m.start(), m.end(), True, None, "division")
    for m in _TYPE_FIRST.finditer(text):
        kind, parts = m[1].replace(" ", ""), [part or "" for part in m.groups()[1:]]
        year, sequence, suffix = (part.translate(_DIGITS) for part in parts)
        width = {"CR": 5, "MC": 6}.get(kind[:2], 5 if kind != "C" else 0)
        if "".join(parts).isdigit() or sum(c.isdigit() for c in "".join(parts)) >= 5:
            checked = sequence.zfill(5)[0] == kind[1] if re.fullmatch("C[1-6]", kind) else None
            value = f"{year}{kind}{sequence.zfill(width)}{suffix}"
            yield NumberFound(value, m[0], m.start(), m.end(), "".join(parts).isdigit(), checked, "type_first")
    for m in _INDICTMENT.finditer(text):
        yield NumberFound(f"{m[1]}{m[2]}", m[0], m.start(), m.end(), True, None, "indictment")


_CONFUSED = {
    "0": "86", "1": "74", "2": "7", "3": "85", "4": "91", "5": "63", "6": "580", "7": "12", "8": "306", "9": "40",
}  # fmt: skip


def neighbours(value: str) -> tuple[str, ...]:
    """Docket numbers one misread digit away from `value` that the grammar and its district digit allow."""
    found = re.fullmatch(r"(\d\d)(CR|C[1-6]|MC[1-6])(\d{5,6}?)(\d\d)?", value)
    if found is None:
        return ()
    out: list[str] = []
    for at, digit in enumerate(value):
        for other in _CONFUSED.get(digit, ""):
            changed = value[:at] + other + value[at + 1 :]
            if checks_out(changed):
                out.append(changed)
    if checks_out(value.replace("6", "0")) and "6" in value:
        out.insert(0, value.replace("6", "0"))  # zeros printed with a stroke are read as sixes
    return tuple(dict.fromkeys(out))


def checks_out(value: str) -> bool:
    """Whether a canonical number keeps to the grammar, the district digit included."""
    municipal = re.fullmatch(r"\d\dC([1-6])(\d)\d{4}(\d\d)?", value)
    if municipal is not None:
        return municipal[1] == municipal[2]
    return re.fullmatch(r"\d\dCR\d{5}(\d\d)?|\d\dMC[1-6]\d{6}(\d\d)?", value) is not None


def cut_short(value: str, after: str) -> bool:
    """Whether a number without a defendant's suffix has figures after it that are one, misread."""
    bare = re.fullmatch(r"\d\dCR\d{5}|\d\dC[1-6]\d{5}|\d\dMC[1-6]\d{6}", value) is not None
    return bare and re.match(rf"\W{{0,3}}(?:{_D}{{1,4}}|\d\W\d)(?![/\dA-Za-z])", after) is not None


def is_short(found: NumberFound) -> bool:
    """Whether a felony number has fewer figures than the clerk's numbers have, and no defendant's suffix after them."""
    if re.fullmatch(r"\d\dC\d{3,4}", found.value):
        return True  # of the Criminal Division, which counted to five figures
    return found.shape == "Cfelony" and re.search(r"(?<!\d)\d{4}$", found.raw) is not None


def of_no_known_shape(text: str) -> str:
    """The first word of `text` where it can be the number of a case in another court: figures, with letters and
    marks of its own, read as they stand; empty where it cannot."""
    found = re.match(
        r"#? ?((?=(?:[A-Z-]*\d){4})[A-Z]{0,4}-?\d[0-9A-Z]*(?:-[0-9A-Z]+){0,3}|(?!NO|IR|DL|CB|RD|PG|BR)[A-Z]{1,2} \d{4,7})(?= +[A-Z(]|$)",
        text.upper(),
    )
    if found is not None and re.fullmatch(r"\d{3}-\d{3}-\d{4}", found[1]):
        return ""
    return found[1] if found is not None and len(found[1]) <= 16 else ""


# Superior and municipal courts of California number with letters of their own: Los Angeles `A123456`, `BA123456`, San
# Diego `CR123456`, `SCD123456`, Sonoma `SCR-12345`, San Bernardino `FSB012345`, Riverside `RIF123456`, Kern `BF123456`.
# None here is a number of Cook County that lost its year.
_OF_CALIFORNIA = re.compile(
    r"(?:[AFM][ -]?\d{6}|CR[ -]?\d{6}|(?:[BGKLMNPSTVXYZ]A|SC[DENRS]|[MT]CR|F(?:SB|V[AI]|WV|BA|CH)|[MT]SB|RI[FM]|SW[FM]"
    r"|IN[FM]|BLF|B[FM])[ -]?\d{5,7}|\d\d[FM]\d{5})(?= +[A-Z(]|$)"
)


def of_california(text: str) -> str:
    """The number of a case in a court of California that `text` begins with, as it is printed; empty where it begins
    with none."""
    found = _OF_CALIFORNIA.match(text.upper())
    return found[0] if found is not None else ""


def is_far_suffix(value: str) -> bool:
    """Whether the defendant's suffix is higher than a case with so many defendants is likely to reach."""
    found = re.fullmatch(r"\d\d(?:CR\d{5}|C[1-6]\d{5}|MC[1-6]\d{6})(\d\d)", value)
    return found is not None and not 1 <= int(found[1]) <= 12


def with_lost_letter(text: str) -> tuple[str, ...]:
    """The municipal felony numbers that bare figures are when the C was read as a figure: `900223795`."""
    found = re.fullmatch(r"(?:19|20)?(\d\d)[0-9€¢]{1,2}?([1-6])(\2\d{4})(\d\d)?", re.sub(r"[^0-9€¢]", "", text))
    return (f"{found[1]}C{found[2]}{found[3]}{found[4] or ''}",) if found is not None else ()


def repaired(value: str) -> tuple[str, ...]:
    """What a municipal felony number may have been whose district and sequence disagree."""
    found = re.fullmatch(r"(\d\d)C([1-6])(\d)(\d{4})(\d\d)?", value)
    if found is None or found[2] == found[3]:
        return ()
    year, district, first, rest, suffix = (part or "" for part in found.groups())
    by_sequence = (f"{year}C{first}{first}{rest}{suffix}",) if first in "123456" else ()
    return (f"{year}C{district}{district}{rest}{suffix}", *by_sequence)


def same_case(one: str, other: str) -> bool:
    """Whether two canonical numbers name one case, where a defendant suffix may be left out."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(long) - len(short) == 2 and long.startswith(short))


def person_number(text: str) -> tuple[str, bool] | None:
    """The IR or SID number in `text` as printed without marks, and whether every digit was one; else None."""
    found = re.search(rf"(?<![0-9A-Za-z])([A-Z]{{0,3}})[ #.-]?((?:{_D}[ -]?){{4,10}})(?![0-9A-Za-z])", text)
    if found is None:
        return None
    digits = re.sub(r"[ -]", "", found[2])
    if sum(c.isdigit() for c in digits) < 0.6 * len(digits):
        return None
    prefix = found[1] if found[1] in ("IL", "I", "F") else ""
    return prefix + digits.translate(_DIGITS), digits.isdigit()

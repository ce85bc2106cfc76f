"""Typed citations to canonical ones: old chapters, loose marks, attempt wrappers; what cannot be parsed is said."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

# Articles whose attempts, solicitations and conspiracies wrap another offense (720 ILCS 5/8-x).
_WRAPPERS = {"8-1", "8-1.1", "8-1.2", "8-2", "8-4"}
_OLD_CHAPTERS = {"38": "38", "56.5": "56 1/2", "95.5": "95 1/2", "56": "56 1/2", "95": "95 1/2"}
_DEFAULT_ACT = {
    "720": "5",
    "625": "5",
}  # where the act is left out, the Criminal Code or the Vehicle Code is meant
_HALF = re.compile(r"(?<!\d)(56|95)(?:\s*½|[\s.-]*[1LI|]\s?/\s?2|[\s-]+172(?= )|X/2|%|\.5)(?![\d])", re.I)
_CALIFORNIA = re.compile(
    r"(?:(?P<code>HS|PC|VC),? ?)?(?:(?:SEC(?:TION)?S?\.?|S\.) ?)?(?P<section>\d{3,5}(?:\.\d+)?)"
    r" ?(?P<parts>(?:\(\w{1,2}\) ?)*)(?:,? ?(?:OF (?:THE )?)?(?P<last>HS|PC|VC) ?(?P<behind>(?:\(\w{1,2}\))*))?"
)
_CODES = (
    (
        re.compile(
            r"(?:CAL(?:IFORNIA|IF)?\.? )?"
            r"(?:HEALTH (?:AND|&) SAFETY(?: CODE)?|H ?& ?S(?: CODE)?|H\.?S\.?C\.?|H\.S\.?)(?![A-Z])"
        ),
        "HS",
    ),
    (re.compile(r"(?:CAL(?:IFORNIA|IF)?\.? )?(?:PENAL CODE|P\.C\.?)(?![A-Z])"), "PC"),
    (re.compile(r"(?:CAL(?:IFORNIA|IF)?\.? )?(?:VEHICLE CODE|V\.C\.?|C\.?V\.?C\.?)(?![A-Z])"), "VC"),
)


_CLASS = re.compile(r"\([FMI]\)$")  # felony, misdemeanor or infraction, behind the name of the code

_BRACKETS = str.maketrans("[{<¢]}>", "(((()))")  # what brackets are misread as, and other brackets


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision of Illinois law. `known`: the section stands in the tables; `repaired`: not as typed."""

    chapter: str
    act: str
    section: str
    parts: tuple[str, ...] = ()
    wrapper: str = ""  # 8-4 attempt, 8-2 conspiracy, 8-1 solicitation
    known: bool = True
    repaired: bool = False
    state: str = "IL"

    @property
    def canonical(self) -> str:
        """The form of the outside: `720 ILCS 550/4(d)`, attempts `720 ILCS 5/8-4 (720 ILCS 550/4(d))`."""
        tail = "".join(f"({part})" for part in self.parts)
        if self.state == "CA":
            return f"{self.chapter} {self.section}{tail}"
        if self.chapter.startswith("ch."):
            inner = f"Ill. Rev. Stat. {self.chapter}, par. {self.section}{tail}"
        else:
            inner = f"{self.chapter} ILCS {self.act}/{self.section}{tail}"
        return f"720 ILCS 5/{self.wrapper} ({inner})" if self.wrapper else inner

    @property
    def is_cannabis(self) -> bool:
        return (self.chapter, self.act) == ("720", "550")

    @property
    def is_marijuana(self) -> bool:
        """Whether it is of cannabis here or in California."""
        return self.is_cannabis or (self.chapter == "HS" and self.section in ("11357", "11358", "11359", "11360"))

    @property
    def letter(self) -> str:
        """The first subsection letter; empty where none is cited."""
        return self.parts[0] if self.parts and self.parts[0].isalpha() else ""


@dataclass(frozen=True, slots=True)
class _Tables:
    old: dict[tuple[str, str], tuple[str, str, str]]  # (chapter, paragraph) to (chapter, act, section)
    sections: dict[tuple[str, str], dict[str, str]]  # (chapter, act) to section in capitals to section as written


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    old: dict[tuple[str, str], tuple[str, str, str]] = {}
    sections: dict[tuple[str, str], dict[str, str]] = {}
    for chapter, paragraph, citation in _crosswalk():
        found = re.fullmatch(r"(\d+) ILCS ([\d.]+)/(\S+)", citation)
        if found is not None:
            new, act, section = found.groups()
            old[(chapter, paragraph.upper())] = (new, act, section)
            sections.setdefault((new, act), {})[section.upper()] = section
    for line in _data("sections.txt").decode("utf-8").splitlines():
        if line and not line.startswith("#"):
            new, act, section = re.split(r"[ /]", line, maxsplit=2)
            sections.setdefault((new, act), {}).setdefault(section.upper(), section)
    return _Tables(old, sections)


def _data(name: str) -> bytes:
    return resources.files("extract").joinpath("data").joinpath(name).read_bytes()


def _crosswalk() -> Iterator[tuple[str, str, str]]:
    rows = csv.reader(gzip.decompress(_data("ilrs_to_ilcs.csv.gz")).decode("utf-8").splitlines())
    next(rows)
    yield from ((chapter, paragraph, citation) for chapter, paragraph, citation in rows)


def acts() -> frozenset[tuple[str, str]]:
    """Every (chapter, act) the tables hold a section of."""
    return frozenset(_tables().sections)


def with_letter_apart(citation: Citation) -> Citation | None:
    """The provision where the letter that ends a section may as well be a subsection's; None where it may not."""
    found = re.fullmatch(r"(\d+-\d+(?:\.\d+)?)([a-z])", citation.section)
    held = _tables().sections.get((citation.chapter, citation.act), {})
    if found is None or found[1].upper() not in held:
        return None
    return replace(citation, section=found[1], parts=(found[2], *citation.parts))


@lru_cache(maxsize=8192)
def statute_in(text: str) -> Citation | None:
    """The provision `text` cites; None where it cannot be parsed. `text` is one typed citation, no more."""
    if len(text) > 120:
        return None
    tidy = _tidied(text)
    return _spelled(tidy) or _california(tidy) or _wrapped(tidy) or _plain(tidy)


def _tidied(text: str) -> str:
    tidy = (
        text.upper()
        .replace('"', "")
        .replace("«", "")
        .replace("»", "")
        .replace("\\", "/")
        .replace("=", "-")
        .replace("—", "-")
        .replace("–", "-")
    )
    tidy = re.sub(r"(?<=[\d ])C([A-H])[D)>](?=$|[ (])", r"(\1)", tidy).translate(_BRACKETS)
    tidy = re.sub(r"(?<=\d),? S\.? ?(?=\d)", " SEC ", tidy)
    tidy = _HALF.sub(lambda m: m[1] + ".5", tidy)
    return re.sub(r"\s+", " ", tidy.replace("§", " ")).strip(" .,;:")


def _spelled(tidy: str) -> Citation | None:
    """`CHAPTER 720, ACT 550, SECTION 4(D)`, `SECTION 4(D) OF ACT 550 OF CHAPTER 720`, `720 ILCS 550/4`,
    `CHAPTER 720, SECTION 550/4(D)`, `ILL. REV. STAT. 1977, CH. 38, PAR. 9-1`."""
    turned = re.fullmatch(
        r"(?:SEC(?:TION|T)?|PAR(?:AGRAPH)?)\.? ?(\d\S*) OF (?:ACT ([\d.]+) OF )?CH(?:APTER|AP)?\.? ?(\d{2,3}(?:\.5)?)",
        tidy,
    )
    if turned is not None and turned[2]:
        return _located(turned[3], turned[2], turned[1])
    if turned is not None:
        return _old(turned[3], turned[1]) if len(turned[3]) != 3 else None
    found = re.fullmatch(r"(?:CH(?:APTER|AP)?\.? ?)?(\d{2,3}),? ?ACT ?([\d.]+),? ?(?:SEC(?:TION|T)?S?\.?) ?(.+)", tidy)
    found = found or re.fullmatch(r"(\d{2,3}) ?(?:ILCS|I\.L\.C\.S\.|1LCS|ILC5) ?([\d.]+) ?/ ?(.+)", tidy)
    found = found or re.fullmatch(
        r"CH(?:APTER|AP)?\.? ?(\d{3}),? ?(?:ILCS|SEC(?:TION|T)?\.?|PAR(?:AGRAPH|\.)?) ?(\d{1,4}(?:\.\d)?) ?/ ?(\d.*)",
        tidy,
    )
    if found is not None:
        rest = found[3]
        return _wrapped(f"{found[1]}-{found[2]}/{rest}") or _located(found[1], found[2], rest)
    found = re.fullmatch(
        r"(?:ILL?\.? ?REV\.? ?STATS?\.?,? ?(?:(?:19|20)\d\d)?,? ?)?"
        r"CH(?:APTER|AP)?[.;:]? ?(\d{2}(?:\.5)?)(?![.\d]),?[ -]?(?:PARS?|PARAGRAPH|SEC|SECTION|SECT)?\.? ?\(?(\d.*)",
        tidy,
    )
    found = found or re.fullmatch(r"(38|56\.5|95\.5)(?:,|,? ?(?:PARS?|PARAGRAPH|SEC|SECTION|SECT)\.?) ?(\d.*)", tidy)
    return _old(found[1], found[2]) if found is not None else None


def _california(tidy: str) -> Citation | None:
    """A Health and Safety, Penal or Vehicle Code section of California: `HS 11357(b)`, `11357 HS`, `Section 11357(b)
    of the Health and Safety Code`."""
    for pattern, code in _CODES:
        tidy = pattern.sub(code, tidy)
    found = _CALIFORNIA.fullmatch(tidy)
    if found is None or bool(found["code"]) == bool(found["last"]):
        return None  # no code is named, or two are
    letters = found["parts"] + _CLASS.sub("", found["behind"] or "")
    parts = tuple(part.lower() for part in re.findall(r"\((\w+)\)", letters))
    code, section = found["code"] or found["last"], found["section"]
    return Citation(code, "", section, parts, known=code == "HS" and section in _CALIFORNIA_DRUGS, state="CA")


# Sections of its Health and Safety Code by which drugs are charged.
_CALIFORNIA_DRUGS = {
    "11350", "11351", "11351.5", "11352", "11357", "11357.5", "11358", "11359", "11360", "11361", "11362", "11364",
    "11365", "11366", "11366.5", "11377", "11378", "11379", "11379.6", "11383", "11550",
}  # fmt: skip


_WRAP = re.compile(r"(?<![\d.])8[ ()/-]{1,3}(4|2|1\.[12]|1)(?:(?![\d.])|(?=(?:720|38|56)[-/ ]))")


def _wrapped(tidy: str) -> Citation | None:
    """An attempt, solicitation or conspiracy around another provision."""
    for found in _WRAP.finditer(tidy):
        wrapper = f"8-{found[1]}"
        before, after = tidy[: found.start()], tidy[found.end() :]
        inner = _inner(before, after)
        if inner is not None:
            return replace(inner, wrapper=wrapper)
    return None


def _inner(before: str, after: str) -> Citation | None:
    """The provision that a wrapper between `before` and `after` is about; None where it is not said."""
    act = re.match(r"(\d{2,3}(?:\.5)?)(?:[-/ ]+(\d+(?:\.\d)?))?[-/ (]*$", before.strip())
    rest = after.strip(" ()/-.,")
    without_letter = re.sub(r"^[-( ]*A[) ]*(?=[-/( ]*\d)", "", after.strip(") ")).strip(" ()/-.,")
    tries = [rest, without_letter, rest.replace("(", "").replace(")", "")]
    for candidate in dict.fromkeys(t for t in tries if t):
        inner = _spelled(candidate) or _plain(candidate) or _bare(candidate, act)
        if inner is not None:
            return inner
    if act is None and len(before) > 5 and not rest:
        return _plain(re.sub(r"[ (/]+(?:720)?[-/ ]*5?[-/ (]*$", "", before).strip(" (/-.,"))
    return None


def _bare(rest: str, act: re.Match[str] | None) -> Citation | None:
    """A section without its chapter, read in the act named before the wrapper, or in the one that has it."""
    found = re.match(r"(\d{1,4})[/ ]+(\d.*)", rest)
    if found and ("720", found[1]) in acts():
        inner = _located("720", found[1], found[2])
        if inner is not None and inner.known:
            return inner
    if re.match(r"(?:38|56\.5|95\.5)[-/ ]", rest):
        return None
    named = (act[1], act[2] or "5") if act is not None else ("720", "5")
    if named[0] in _OLD_CHAPTERS:
        return _drug_paragraph(rest) or _old(named[0], rest)
    inner = _located(*named, rest)
    if inner is not None and inner.known:
        return inner
    elsewhere = _located("720", "570", rest)
    if elsewhere is not None and elsewhere.known and elsewhere.section.startswith("4"):
        return elsewhere
    return inner if inner is not None and "-" in inner.section else None


def _drug_paragraph(rest: str) -> Citation | None:
    """A paragraph of the drug Acts typed after an attempt under chapter 38."""
    if re.match(r"(?:70[4-9]|14[01]\d)\b", rest) is None:
        return None
    return _old("56.5", rest)


def _plain(tidy: str) -> Citation | None:
    return _prefixed(tidy) or _actless(tidy)


def _prefixed(tidy: str) -> Citation | None:
    """Chapter, act and section divided by whatever the clerk's keyboard offered."""
    old = re.match(r"(38|56\.5|95\.5)[-/ .(]+(\d.*)$", tidy)
    if old is not None:
        return _old(old[1], old[2])
    glued = re.match(r"(56\.5|95\.5)(\d{3,4}.*)$", tidy)
    if glued is not None:
        return _old(glued[1], glued[2])
    new = re.match(r"(\d{2,3})(?:[-/ .]+)(\d{1,4})(?:\.0)?[-/ ,(.]+(\(?\d.*)$", tidy)
    if new is None or (new[1], new[2]) not in acts():
        return None
    conspiracy = re.match(r"405\.1(\(A\))?[/(]+4\d\d", new[3])
    if conspiracy is not None and new[2] == "570":
        return Citation("720", "570", "405.1", ("a",) if conspiracy[1] else ())
    located = _located(new[1], new[2], new[3])
    if located is not None and located.known:
        return located
    nested = _prefixed(new[3]) or _named_twice(new[3]) or _act_after(new[1], new[3])
    return nested or _moved(located, new[3]) or located


def _named_twice(rest: str) -> Citation | None:
    """`720-5/625-5(/11)(204.1)(A)`: the true act typed after a wrong one."""
    found = re.match(r"(\d{2,3})[-/](\d{1,4})[()/]+(\d.*)$", rest)
    if found is None or (found[1], found[2]) not in acts():
        return None
    inner = _located(found[1], found[2], found[3].replace(")(", "-", 1))
    return replace(inner, repaired=True) if inner is not None and inner.known else None


def _act_after(chapter: str, rest: str) -> Citation | None:
    """`720-5/570(/402C)`: the true act typed where the section belongs."""
    found = re.match(r"(\d{1,3})\(?/\(?(\d.*)$", rest)
    if found is None or (chapter, found[1]) not in acts():
        return None
    tail = found[2].replace(")(", "-", 1) if found[1] == "5" else found[2]
    inner = _located(chapter, found[1], tail)
    return replace(inner, repaired=True) if inner is not None and inner.known else None


def _moved(located: Citation | None, rest: str) -> Citation | None:
    """A drug section typed under the Criminal Code: the act that has it, marked repaired."""
    if located is None or (located.chapter, located.act) != ("720", "5"):
        return None
    elsewhere = _located("720", "570", rest)
    if elsewhere is None or not elsewhere.known or not elsewhere.section.startswith("4"):
        return None
    return replace(elsewhere, repaired=True)


def _actless(tidy: str) -> Citation | None:
    """`625-6/303(A)`, `720 12-3.3`: the act left out, accepted only where the section is known."""
    found = re.match(r"(720|625)[-/ ]+(\d.*)$", tidy)
    if found is None:
        return None
    rest = re.sub(r"^(\d+[A-Z]?)/(\d)", r"\1-\2", found[2])
    located = _located(found[1], _DEFAULT_ACT[found[1]], rest)
    if located is None or not located.known or "-" not in located.section:
        return None
    return replace(located, repaired=True)


def _old(chapter: str, rest: str) -> Citation | None:
    """A paragraph of the Revised Statutes, carried over by the crosswalk; without successor, as it stood."""
    name = _OLD_CHAPTERS.get(chapter)
    if name is None:
        return None
    corrections = re.match(r"100(\d)-(\d+-\d+(?:\.\d+)?)(.*)", rest)  # the Unified Code: par. 1005-6-1 is 5-6-1
    if corrections is not None and chapter == "38":
        return _located("730", "5", f"{corrections[1]}-{corrections[2]}{corrections[3]}")
    paragraph, parts = _split(rest, {p for c, p in _tables().old if c == name}, hyphened=chapter[:2] != "56")
    if not paragraph:
        return None
    successor = _tables().old.get((name, paragraph))
    if successor is None:
        known = False
        return Citation(f"ch. {name}", "", paragraph.lower(), _cased(parts, "ch."), known=known)
    if successor[1] == "550" and parts and not parts[0][0].isalpha():
        return None
    parts, graded = _without_class(successor[1], successor[2], parts)
    return Citation(*successor, parts=_cased(parts, successor[2]), repaired=graded)


def _located(chapter: str, act: str, rest: str) -> Citation | None:
    act = act.removesuffix(".0")
    if (chapter, act) not in acts():
        return None
    table = _tables().sections[(chapter, act)]
    hyphened = sum("-" in section for section in table) * 2 > len(table)
    section, parts = _split(rest, set(table), hyphened=hyphened)
    if not section or (act != "5" and re.match(r"8[-/ ]4", rest)):
        return None
    if act == "550" and parts and not parts[0][0].isalpha():
        return None
    parts, graded = _without_class(act, section, parts)
    known = section in table
    if not known and hyphened and int(re.match(r"\d+", section)[0]) > 60:  # type: ignore[index]
        return None
    written = table.get(section, section)
    return Citation(chapter, act, written, _cased(parts, written), known=known, repaired=graded)


def _without_class(act: str, section: str, parts: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The subsections without a class that was typed behind them: `4(D)F3` is 4(d), Class 3 felony. Sections 4 and 5
    of the Cannabis Control Act have one letter and nothing below it."""
    tail = parts[1:]
    sections = act == "550" and section in ("4", "5")
    graded = sections and bool(tail) and all(p in _CLASSES for p in tail) and tail[0] not in "ABC"
    return (parts[:1], True) if graded else (parts, False)


def _split(rest: str, table: set[str], *, hyphened: bool) -> tuple[str, tuple[str, ...]]:
    """Section and subsections of what follows the act: the longest section the table has, else by grammar."""
    for section, tail in _heads(rest, hyphened=hyphened):
        parts = _parts(tail)
        if section in table and parts is not None:
            return section, parts
    for section, tail in _heads(rest, hyphened=hyphened):
        parts = _parts(tail)
        if parts is not None and ("-" in section or not hyphened):
            return section, parts
    return "", ()


_HYPHENED = re.compile(r"[( ]*(\d{1,3})([A-Z]?)[ ()/.-]+(\d{1,4}(?:\.\d{1,3})?)([A-Z]?)(-\d+(?:\.\d+)?)?(?![0-9])")
_FLAT = re.compile(r"[( ]*(\d{1,4}(?:\.\d{1,2})?)([A-Z]?)(?:-(\d+(?:\.\d+)?))?(?![0-9])")


def _heads(rest: str, *, hyphened: bool) -> Iterator[tuple[str, str]]:
    """Ways to cut `rest` into a section and what follows it, longest section first."""
    both = _HYPHENED.match(rest)
    if both is not None:
        first, letter, second, suffix, third = both.groups()
        base = f"{first}{letter}-{second}"
        if third:
            yield f"{base}{suffix}{third}", rest[both.end() :]
        if suffix:
            yield f"{base}{suffix}", rest[both.end(4) :]
        yield base, rest[both.end(3) :]
        if letter:
            yield f"{first}-{second}", rest[both.end(3) :]
    flat = _FLAT.match(rest)
    if flat is not None and not (hyphened and both is not None):
        number, letter, third = flat.groups()
        if third:
            yield f"{number}{letter}-{third}", rest[flat.end() :]
        if letter:
            yield f"{number}{letter}", rest[flat.end(2) :]
        yield number, rest[flat.end(1) :]


_CLASSES = {"F", "M", "X", "P", "A", "B", "C", "1", "2", "3", "4"}
_ROMAN = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}
_SECOND = re.compile(r"\([A-Z][^/]*/ ?\d")
_PART = re.compile(r"\(([A-Z])-(\d{1,2}(?:\.\d)?)\)?|(\d{1,2}(?:\.\d{1,2})?)(?!\d)|([A-Z]+)|([ ()/.,-]+)")


def _parts(tail: str) -> tuple[str, ...] | None:
    """The subsections in `tail`, capitals; None where it holds something that is none, such as the number of another
    section behind a stroke: `5(A)/7`."""
    if _SECOND.search(tail):
        return None
    parts: list[str] = []
    at = 0
    while at < len(tail):
        found = _PART.match(tail, at)
        if found is None:
            return None
        at = found.end()
        if found[1]:
            parts.append(f"{found[1]}-{found[2]}")
        elif found[3]:
            parts.append(found[3])
        elif found[4]:
            letters = _letters(found[4])
            if letters is None:
                return None
            parts.extend(letters)
    return tuple(parts) if len(parts) <= 5 else None


def _letters(text: str) -> list[str] | None:
    if len(text) == 1 or text in _ROMAN:
        return [text]
    if (len(text) == 2 and text[1] == "I") or text[1:] in _ROMAN:
        return [text[0], text[1:]]
    return None


def _cased(parts: tuple[str, ...], section: str) -> tuple[str, ...]:
    """Letters as the statutes write them: (a)(1)(A)(i); a roman numeral straight after a letter is small."""
    out: list[str] = []
    letters = 0
    for part in parts:
        head = part.split("-")[0]
        if not head.isalpha():
            out.append(part)
            continue
        roman = head in _ROMAN and letters > 0
        out.append(part if letters == 1 and out and out[-1][0].isdigit() and not roman else part.lower())
        letters += 1
    return tuple(out)

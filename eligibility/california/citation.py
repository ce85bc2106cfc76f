"""California citations as records of data write them: `HS 11357(b)`, `11357(B) HS`, `PC 664/187`, `66411359 HS`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

COVERED = ("11357", "11358", "11359", "11360")
WRAPPERS = ("32", "182", "664")  # accessory, conspiracy, attempt
UNDER = "abcde"  # subdivisions that those sections have had
CODES = {
    "HS": "HS", "H&S": "HS", "H & S": "HS", "H AND S": "HS", "HEALTH AND SAFETY": "HS", "HEALTH & SAFETY": "HS",
    "H.S.": "HS", "H.&S.": "HS", "H. & S.": "HS", "HSC": "HS", "H&SC": "HS", "HEALTH & SAF.": "HS",
    "PC": "PC", "P.C.": "PC", "PENAL": "PC",
    "V.C.": "VC", "VC": "VC", "VEHICLE": "VC", "BP": "BP", "B&P": "BP", "WI": "WI", "W&I": "WI",
    "MV": "MV", "M&V": "MV",
}  # fmt: skip
NO_PROVISION = "an unknown provision"
_CODE = re.compile(
    r"(?<![A-Z])(?:" + "|".join(re.escape(c) for c in sorted(CODES, key=len, reverse=True)) + r")(?![A-Z])"
)
_NOISE = re.compile(
    r"\b(?:SECTIONS?|SEC\.?|CODES?|CAL?\.?|CALIFORNIA|ATTEMPT(?:ED)?|OF|SUBD(?:IVISION|IV)?S?|SUBSECTIONS?)\b"
    r"|[§.,;:](?=\s|$)|(?<!\S)-|-(?!\S)"
)
_SECTION = re.compile(r"(\d{1,5}(?:\.\d{1,3})?[A-Z]{0,2})((?:\([A-Z0-9]{1,3}\))*)(?:-[FMI])?", re.A)  # and its severity
_DESCRIBED = re.compile(r"(\D*+\d.*?[ )\d](?:HS|PC|VC|BP|WI)) ?- ?(?=[A-Z])")  # `11357(B) HS-POSSESS MARIJUANA`
LONGEST = 200  # characters of a citation; what is longer is none
_MARIJUANA = "MARIJUANA MARIJ CANNABIS OF"
_POSSESSED = f"POSSESS POSSESSION POSS {_MARIJUANA}"
_GIVEN = f"SELL SALE SALES TRANSPORT TRANSPORTATION FURNISH GIVE ETC {_MARIJUANA}"
# What may be said behind a section without another offense being meant, or one more.
SAID_OF = {
    "HS 11357": _POSSESSED, "HS 11357(a)": f"{_POSSESSED} CONCENTRATED CONC",
    "HS 11357(b)": f"{_POSSESSED} 28.5 GRAMS GRAMS- OR LESS", "HS 11357(c)": f"{_POSSESSED} OVER 28.5 GRAMS GRAMS+",
    "HS 11358": f"CULTIVATE CULTIVATING CULTIVATION CULT GROW PLANT PLANTS HARVEST ETC {_MARIJUANA}",
    "HS 11359": f"{_POSSESSED} FOR SALE SALES", "HS 11360": _GIVEN, "HS 11360(a)": _GIVEN, "HS 11360(b)": _GIVEN,
    "PC 187": "MURDER", "PC 211": "ROBBERY", "PC 459": "BURGLARY", "PC 484": "PETTY THEFT", "PC 487": "GRAND THEFT",
}  # fmt: skip
_LETTER_APART = re.compile(r"\b(1135[789]|11360)(?:[ .]?|-)([A-E])(?![A-Z0-9(])")
_GLUED = re.compile(r"^(664|182)(\d{5})")


@dataclass(frozen=True, slots=True)
class Section:
    """One section: code, number with its small letters, and subdivisions as cited, all lower case after the number."""

    code: str
    number: str
    parts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.code} {self.number}" + "".join(f"({part})" for part in self.parts)

    def is_under(self, pattern: Section) -> bool:
        """Whether this is the section of `pattern`, or one of the subdivisions it names."""
        same = (self.code, self.number) == (pattern.code, pattern.number)
        return same and self.parts[: len(pattern.parts)] == pattern.parts

    def may_be_under(self, pattern: Section) -> bool:
        """The same, also where this citation leaves off the subdivision that would tell."""
        same = (self.code, self.number) == (pattern.code, pattern.number)
        return same and all(a == b for a, b in zip(self.parts, pattern.parts, strict=False))


@dataclass(frozen=True, slots=True)
class Cited:
    """What a charge cites: the sections in order, such as attempt (664) and what was attempted."""

    sections: tuple[Section, ...]

    @property
    def covered(self) -> Section | None:
        """The section of HS 11357 to 11360 it cites, where it cites one."""
        return next((s for s in self.sections if s.number in COVERED), None)

    @property
    def is_derivative(self) -> bool:
        """Accessory, conspiracy or attempt."""
        return any(s.code == "PC" and s.number in WRAPPERS for s in self.sections)

    @property
    def is_cannabis(self) -> bool:
        return self.covered is not None

    @property
    def letter(self) -> str:
        section = self.covered
        return section.parts[0] if section is not None and section.parts else ""

    def __str__(self) -> str:
        return "/".join(map(str, self.sections))


@lru_cache(maxsize=65536)
def cited_in(text: str) -> Cited | None:
    """What a California citation names; None where it cannot be told, which is never a default."""
    if len(text) > LONGEST:
        return None
    upper = " ".join(text.upper().replace("{", "(").replace("}", ")").split())
    described = _DESCRIBED.match(upper)
    if described is None:
        return _sections_in(upper)
    cited = _sections_in(described[1])
    return cited if cited is not None and _is_said_of(cited, upper[described.end() :]) else None


def _is_said_of(cited: Cited, description: str) -> bool:
    """Whether what stands behind the code says nothing beyond the offense that is cited; an unknown word may."""
    known = {word for section in cited.sections for word in SAID_OF.get(str(section), "").split()}
    return known.issuperset(re.split("[ /]", description))


def _sections_in(upper: str) -> Cited | None:
    """What a citation in capitals names, without a description."""
    upper = _LETTER_APART.sub(r"\1(\2)", re.sub(r"(?<=[\d)])-(?=\d{3})", "/", upper))
    codes = [CODES[found] for found in _CODE.findall(upper)]
    rest = re.sub(r"\s+(?=\()|(?<=\))\s+(?=\()", "", _NOISE.sub(" ", _CODE.sub(" ", upper))).replace("[", "(")
    sections = [_GLUED.sub(r"\1/\2", word) for word in rest.split()]
    words = [word for joined in sections for word in joined.split("/") if word]
    if not words or len(set(codes)) > 2 or ("ATTEMPT" in upper and not {"664"} & set(map(_number, words))):
        return None
    found = [_section(word, codes, len(words), i) for i, word in enumerate(words)]
    known = tuple(section for section in found if section is not None)
    return Cited(known) if len(known) == len(found) and _is_plain(known, codes) else None


def _is_plain(sections: tuple[Section, ...], codes: list[str]) -> bool:
    """Whether a covered section stands alone, or with what it was attempted by, under the code that is its own.

    Two charges in one cell, and `11359 VC`, are not told by the one section that is covered.
    """
    charged = {section for section in sections if section.number not in WRAPPERS}
    if not any(section.number in (*COVERED, "11361") for section in charged):
        return True
    is_wrapped = any(section.number in WRAPPERS for section in sections)
    own = zip(codes, sections, strict=True) if len(codes) == len(sections) else ()
    is_contradicted = any(section.number not in WRAPPERS and code != "HS" for code, section in own)
    if any(part not in UNDER for section in charged for part in section.parts[:1]):
        return False
    return len(charged) == 1 and not is_contradicted and set(codes) <= ({"HS", "PC"} if is_wrapped else {"HS"})


def _number(word: str) -> str:
    return word.partition("(")[0]


def _section(word: str, codes: list[str], total: int, index: int) -> Section | None:
    read = _SECTION.fullmatch(word)
    if read is None:
        return None
    number = re.sub(r"\.0+$", "", read[1].lower())  # `11359.0`, as tables of numbers put it
    code = _code_of(number, codes, total, index)
    parts = tuple(part.lower() for part in re.findall(r"\((\w+)\)", read[2]))
    return None if code is None else Section(code, number, parts)


def _code_of(number: str, codes: list[str], total: int, index: int) -> str | None:
    """The code of a section: 11357 to 11361 are of the Health and Safety Code, also where no code was typed."""
    if number in (*COVERED, "11361"):
        return "HS"
    if number in WRAPPERS and total > 1:
        return "PC"
    if len(codes) == total:
        return codes[index]
    return codes[0] if codes else None


def provision_of(cited: Cited) -> str:
    """What is cited without its subdivisions, as a ruling names it: `HS 11359`, of an attempt too; of nothing empty."""
    sections = (cited.covered,) if cited.covered is not None else cited.sections
    return "/".join(f"{one.code} {one.number}" for one in sections)


def provision_in(text: str) -> str:
    """The provision that a citation names, as a ruling names it; one that cannot be told is none, and not any."""
    cited = cited_in(text)
    return NO_PROVISION if cited is None else provision_of(cited)


def section(text: str) -> Section:
    """One section as figures and policies write it: `HS 11357(b)`."""
    found = cited_in(text)
    if found is None or len(found.sections) != 1:
        raise ValueError(f"not a section: {text}")
    return found.sections[0]

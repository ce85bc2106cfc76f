"""What reviewers type for statutes and case numbers, and the canonical form it stands for."""

from __future__ import annotations

import re
import unicodedata

from casefile.errors import InputError


class NotUnderstoodError(InputError):
    """What was typed cannot be a value of its field; says what is expected, never what was typed."""

    def __init__(self, expected: str) -> None:
        super().__init__(f"expected {expected}")
        self.expected = expected


STATUTE_EXPECTED = "a statute such as 4d, 550/4(d), 704(c), 570/402(c) or 720 ILCS 5/16-25(a)"
DOCKET_EXPECTED = "a docket number such as 93CR1234501, 83 C4 49887, 01MC1 123456 or 04CF1487"

_SECTION = r"\d+[A-Za-z]?(?:-\d+)?(?:\.\d+)?"
_SUBSECTIONS = r"(?:\([0-9A-Za-z][0-9A-Za-z.\-]{0,4}\))*"
_ILCS = rf"\d{{1,4}} ILCS \d{{1,4}}/{_SECTION}{_SUBSECTIONS}"
_REVISED = rf"Ill\. Rev\. Stat\. ch\. \d{{1,3}}(?: 1/2)?, par\. {_SECTION}{_SUBSECTIONS}"
_ELSEWHERE = rf"[A-Z]{{2,4}} \d[0-9A-Za-z.\-]*{_SUBSECTIONS}"  # `HS 11357(b)`
CANONICAL = re.compile(rf"(?:{_ILCS}|{_REVISED}|{_ELSEWHERE})(?: \((?:{_ILCS}|{_REVISED})\))?", re.A)

_ATTEMPT = re.compile(r"(?:att(?:empt)?\.?[ :]+|(?:720[ -])?(?:5/)?8-4 ?\()(?P<inner>.+?)(?P<closing>\)?)", re.I)
_TAIL = r"(?P<tail>(?:\([0-9a-z.]{1,4}\)|-?[a-z])*)"
_CANNABIS = re.compile(rf"(?P<section>[45]){_TAIL}", re.I | re.A)
_PARAGRAPH = re.compile(
    r"(?:(?:ch\.? ?)?56(?: 1/2|½|\.5|-1/2)[ ,/-]*(?:par\.? ?)?)?"
    rf"7(?P<section>0[1-9]|1\d)(?P<point>\.\d)?{_TAIL}",
    re.I | re.A,
)
# These acts stand only in chapter 720, so the chapter may be left off; act 5 stands in several chapters.
_DRUG_ACT = re.compile(rf"(?:720(?: ILCS |[ -]))?(?P<act>550|570|600|646)/(?P<section>\d+(?:\.\d+)?){_TAIL}", re.I)
_ANY_ACT = re.compile(
    rf"(?P<chapter>\d{{2,3}})(?: ILCS |[ -])(?P<act>\d{{1,4}})/(?P<section>{_SECTION})"
    r"(?P<tail>(?:\([0-9a-z.]{1,4}\))*)",
    re.I | re.A,
)


def statute_typed(text: str) -> str:
    """The canonical citation `text` stands for; a form that could mean two acts is not understood."""
    typed = " ".join(unicodedata.normalize("NFC", text).split())
    if CANONICAL.fullmatch(typed) and len(typed) <= 120:
        return typed
    attempted = _ATTEMPT.fullmatch(typed)
    if attempted and _balanced(attempted["inner"]):
        return f"720 ILCS 5/8-4 ({_plain_statute(attempted['inner'])})"
    return _plain_statute(typed)


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")")


def _plain_statute(typed: str) -> str:
    if CANONICAL.fullmatch(typed):
        return typed
    if found := _CANNABIS.fullmatch(typed):
        return f"720 ILCS 550/{found['section']}{_subsections(found['tail'])}"
    if found := _PARAGRAPH.fullmatch(typed):
        section = f"{int(found['section'])}{found['point'] or ''}"
        return f"720 ILCS 550/{section}{_subsections(found['tail'])}"
    if found := _DRUG_ACT.fullmatch(typed):
        return f"720 ILCS {found['act']}/{found['section']}{_subsections(found['tail'])}"
    if found := _ANY_ACT.fullmatch(typed):
        section = found["section"].upper()
        return f"{found['chapter']} ILCS {found['act']}/{section}{_subsections(found['tail'])}"
    raise NotUnderstoodError(STATUTE_EXPECTED)


def _subsections(tail: str) -> str:
    """`d`, `-D` and `(d)` alike as `(d)`; numbers in brackets stay."""
    parts = re.findall(r"\(([0-9a-z.]+)\)|-?([a-z])", tail.lower())
    return "".join(f"({bracketed or letter})" for bracketed, letter in parts)


_FELONY = re.compile(r"(\d\d) ?(CR|C[1-6]) ?(.+)", re.A)
_MUNICIPAL = re.compile(r"(\d\d) ?(MC[1-6]) ?(.+)", re.A)


def docket_number_typed(text: str) -> str:
    """The docket number in capitals and digits: two-digit year, felony sequence padded to 5, municipal to 6.

    A run of digits that could be split in two ways is not understood; with a space or hyphen before the
    defendant's suffix it is.
    """
    spaced = re.sub(r"[^A-Z0-9]+", " ", unicodedata.normalize("NFKC", text).upper()).strip()
    spaced = re.sub(r"^(?:19|20)(\d\d)(?= ?[A-Z])", r"\1", spaced)
    if found := _FELONY.fullmatch(spaced):
        return found[1] + found[2] + _sequence(found[3], 5)
    if found := _MUNICIPAL.fullmatch(spaced):
        return found[1] + found[2] + _sequence(found[3], 6)
    plain = spaced.replace(" ", "")
    if not (3 <= len(plain) <= 20 and re.search(r"\d{2}", plain) and plain.isascii()):
        raise NotUnderstoodError(DOCKET_EXPECTED)
    return plain


def _sequence(digits: str, width: int) -> str:
    """The sequence padded to `width`, with the two-digit suffix of the defendant where one is typed."""
    if found := re.fullmatch(rf"(\d{{1,{width}}}) (\d\d)", digits):
        return found[1].zfill(width) + found[2]
    if found := re.fullmatch(rf"(\d{{{width}}})(\d\d)", digits):
        return found[1] + found[2]
    if re.fullmatch(rf"\d{{1,{width}}}", digits):
        return digits.zfill(width)
    raise NotUnderstoodError(DOCKET_EXPECTED)

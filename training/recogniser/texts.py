"""Texts for made lines: what dockets hold, invented; running prose; and strings without sense."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

from training.recogniser.alphabet import LETTERS, readable

LONGEST = 52  # letters; longer lines teach nothing new
PROSE = (
    "/usr/share/common-licenses/*",
    "/usr/share/doc/*/copyright",
    "/usr/share/perl/*/pod/*.pod",
    "/usr/share/vim/vim*/doc/*.txt",
)
_UPPER, _ALNUM, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "0123456789"
_LISTS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8"))
MONTHS, STARTS, ENDS, GIVEN, CODES = (
    tuple(_LISTS[name].split()) for name in ("months", "starts", "ends", "given", "codes")
)
MIDDLES = ("", "", "", *_LISTS["middles"].split())
PHRASES = tuple(" ".join(phrase.split()) for phrase in _LISTS["phrases"].split("|"))


def _digits(rng: Random, low: int, high: int | None = None) -> str:
    return "".join(rng.choices(_DIGITS, k=rng.randint(low, high or low)))


def docket_number(rng: Random) -> str:
    """A docket number of one of the shapes courts gave them."""
    year = f"{rng.randint(60, 109) % 100:02d}"
    court, serial = (
        rng.choice(("CR", "C", "CF", "CM", "MC", "M1", "M2", "Y", "I", "CRS", "TR", "DV")),
        _digits(rng, 4, 7),
    )
    return rng.choice(
        (
            f"{year} {court} {serial}",
            f"{year}-{court}-{serial}",
            f"{year}{court}{serial}",
            f"{year}-{serial}",
            f"{year} {court} {serial} 0{rng.randint(1, 9)}",
            f"{year}{court}{serial}0{rng.randint(1, 4)}",
            f"{year}{serial}",
            f"19{year} {court} {serial}",
            f"NO. {year} {court} {serial}",
            f"{year}-{court} {serial}-{rng.randint(1, 3)}",
            f"{year} {_digits(rng, 3)} {serial}",
            f"{year}{_digits(rng, 1)}{_digits(rng, 6)}-0{rng.randint(1, 3)}",
        )
    )


def date_text(rng: Random) -> str:
    """A date in one of the ways they are typed."""
    month, day, year = rng.randint(1, 12), rng.randint(1, 31), rng.randint(1940, 2009)
    short, name = year % 100, MONTHS[month - 1]
    three = name[:3]
    return rng.choice(
        (
            f"{month}/{day}/{short:02d}",
            f"{month:02d}/{day:02d}/{short:02d}",
            f"{month:02d}/{day:02d}/{year}",
            f"{month:02d}{day:02d}{short:02d}",
            f"{month:02d}-{day:02d}-{year}",
            f"{month}-{day}-{short:02d}",
            f"{three} {day} {year}",
            f"{name} {day}, {year}",
            f"{name.title()} {day}, {year}",
            f"{three}. {day}, {year}",
            f"{day} {three} {short:02d}",
            f"{day:02d}{three}{short:02d}",
            f"{month:02d} {day:02d} {short:02d}",
            f"{year}{month:02d}{day:02d}",
            f"{year}-{month:02d}-{day:02d}",
            f"{month}.{day}.{short:02d}",
            f"{three} {year}",
            f"{month:02d}/{day:02d}",
            f"{day}th day of {name.title()}, {year}",
            f"{three} {day:02d}, {short:02d}",
        )
    )


def statute(rng: Random) -> str:
    """A citation of a statute, old or new numbering."""
    chapter, act = rng.choice((720, 720, 720, 730, 625, 430, 725, 705)), rng.choice((550, 570, 5, 600, 646, 65, 115))
    section, sub = (
        rng.choice(
            ("4", "5", "5.2", "402", "401", "12-3", "16-1", "24-1", "19-1", "8-4", "11-501", _digits(rng, 1, 3))
        ),
        rng.choice("abcdefgABCDEFG"),
    )
    old = rng.choice(("56.5", "56 1/2", "56-1/2", "38", "95.5", "95 1/2", "38"))
    para = rng.choice(
        ("704", "705", "1402", "1401", "9-1", "12-3", "16-1", "24-1", "11-501", "19-3", _digits(rng, 3, 4))
    )
    tail = rng.choice(
        (
            "",
            "",
            f"({sub})",
            f"-{sub.upper()}",
            sub.upper(),
            f"({sub})({rng.randint(1, 4)})",
            f"/{sub}",
            f" {sub.upper()}",
        )
    )
    return rng.choice(
        (
            f"{chapter}-{act}/{section}{tail}",
            f"{chapter} ILCS {act}/{section}{tail}",
            f"{chapter}/{act}-{section}{tail}",
            f"{chapter}-{act}-{section}{tail}",
            f"{old}-{para}{tail}",
            f"CH. {old} PAR. {para}{tail}",
            f"ch. {old}, par. {para}{tail}",
            f"{old}/{para}{tail}",
            f"CHAP {old} SEC {para}{tail}",
            f"{old} {para}{tail}",
            f"{chapter} {act}/{section}{tail}",
            f"Ill. Rev. Stat. ch. {old}, sec. {para}{tail}",
            f"C{old}-S{para}{tail}",
            f"{chapter}{act}{section.replace('.', '')}{tail}",
        )
    )


def amount(rng: Random) -> str:
    """A weight, a sum of money, or a length of time."""
    low, high = rng.choice(((2.5, 10), (10, 30), (30, 500), (0, 2.5), (500, 2000), (2000, 5000)))
    grams, unit = (
        f"{rng.uniform(0.1, 99):.{rng.randint(1, 2)}f}",
        rng.choice(("G", "GM", "GMS", "GRAMS", "GRAM", "g", "gms", "grams", " G")),
    )
    money = rng.choice(
        (
            f"{rng.randint(1, 9)},{_digits(rng, 3)}.00",
            f"{rng.randint(5, 999)}.{_digits(rng, 2)}",
            f"{rng.randint(1, 99)},000",
            f"{rng.randint(5, 900)}",
        )
    )
    span = rng.randint(1, 60)
    return rng.choice(
        (
            f"{low:g}-{high:g} {unit.strip()}",
            f"{low:g}-{high:g}{unit}",
            f"{grams}{unit}",
            f"{grams} {unit.strip()}",
            f"<{high:g}{unit}",
            f"> {low:g} {unit.strip()}",
            f"OVER {high} {unit.strip()}",
            f"UNDER {high:g} {unit.strip()}",
            f"LESS THAN {high:g} {unit.strip()}",
            f"${money}",
            f"$ {money}",
            f"BOND ${money}",
            f"FINE ${money}",
            f"{money}",
            f"{span} MONTHS",
            f"{span} YRS",
            f"{span} DAYS CCJ",
            f"{span} MOS. PROB.",
            f"{span} yrs. I.D.O.C.",
            f"COST {money}",
            f"{span} YR {rng.randint(1, 11)} MO",
            f"{span}D",
            f"{span}Y{rng.randint(1, 11)}M",
            f"{span} HRS COMM SERV",
        )
    )


def surname(rng: Random) -> str:
    """A surname put together from parts."""
    single: str = rng.choice(STARTS) + rng.choice(MIDDLES) + rng.choice(ENDS)
    if rng.random() < 0.04:
        return f"{single}-{rng.choice(STARTS).strip(chr(39))}{rng.choice(ENDS)}"
    return single


def name(rng: Random) -> str:
    """A person's name in one of the orders they are typed in."""
    given, last, middle = rng.choice(GIVEN), surname(rng), rng.choice(_UPPER)
    if rng.random() < 0.75:
        last = last.upper()
    else:
        given = given.title()
    suffix = rng.choice(("", "", "", "", " JR", " Jr.", " SR", " III", " II"))
    return rng.choice(
        (
            f"{last}, {given}",
            f"{last} {given} {middle}",
            f"{given} {last}",
            f"{given} {middle}. {last}",
            f"{last},{given}",
            f"{given} {middle} {last}{suffix}",
            f"{last}{suffix}, {given} {middle}",
            f"J. {last}",
            f"VS {given} {last}",
            f"JUDGE {last}",
            f"HON. {given} {middle}. {last}",
            f"{given[0]}.{middle}.{last[0]}.",
            f"{last}",
            f"/{last[:3]}/",
        )
    )


def identity(rng: Random) -> str:
    """A number of a person or an arrest, or what is typed about them."""
    number = _digits(rng, 5, 9)
    return rng.choice(
        (
            f"IR {number}",
            f"IR# {number}",
            f"IR NO. {number}",
            f"SID IL{_digits(rng, 8)}",
            f"SID: {number}",
            f"FBI {number}{rng.choice(_UPPER)}{_digits(rng, 1)}",
            f"CB {number}",
            f"DCN {rng.choice(_UPPER)}{number}",
            f"RD {rng.choice(_UPPER)}{rng.choice(_UPPER)}{_digits(rng, 6)}",
            f"{number}",
            f"DOB {date_text(rng)}",
            f"DOB: {date_text(rng)}",
            f"{rng.choice('MF')}/{rng.choice('BWHI')}/{rng.randint(17, 70)}",
            f"{rng.randint(4, 6)}'{rng.randint(0, 11):02d}\" {rng.randint(95, 290)}",
            f"{number[:3]}-{number[:2]}-{_digits(rng, 4)}",
            f"BR {_digits(rng, 2)} CALL {_digits(rng, 1, 2)}",
            f"RM {_digits(rng, 3)}",
            f"COURTROOM {_digits(rng, 2, 3)} {rng.randint(1, 12)}:{rng.choice('03')}0 {rng.choice(('AM', 'P.M.'))}",
            f"({_digits(rng, 3)}) {_digits(rng, 3)}-{_digits(rng, 4)}",
            f"BADGE #{_digits(rng, 4, 5)}",
            f"{_digits(rng, 3, 5)} W. {surname(rng).upper()} ST",
        )
    )


def code(rng: Random) -> str:
    """One to four abbreviations."""
    return rng.choice((" ", " ", "  ", "/", "-")).join(rng.choice(CODES) for _ in range(rng.choice((1, 1, 2, 3, 4))))


def phrase(rng: Random) -> str:
    """A phrase of court paper, or a stretch of one."""
    said = rng.choice(PHRASES)
    words = said.split()
    if len(words) > 2 and rng.random() < 0.3:
        start = rng.randrange(len(words) - 1)
        said = " ".join(words[start : start + rng.randint(1, 4)])
    if rng.random() < 0.12:
        said = re.sub(r"\B[AEIOU]", "", said)
    return said


def entry(rng: Random) -> str:
    """A line of a docket: kinds of text side by side."""
    kinds: Sequence[Callable[[Random], str]] = rng.choices(
        (phrase, date_text, code, docket_number, statute, amount, name, identity),
        (30, 20, 12, 8, 12, 10, 10, 6),
        k=rng.choice((2, 2, 3, 3, 4)),
    )
    return rng.choice((" ", " ", " ", "  ", " - ", ", ", ": ")).join(kind(rng) for kind in kinds)


def numbered(rng: Random) -> str:
    """A label with a value, or a numbered item."""
    value = rng.choice((docket_number, date_text, statute, amount, name, identity, code))(rng)
    head = rng.choice(
        (
            "CASE NO.",
            "NO.",
            "DATE:",
            "COUNT 0",
            "CT ",
            "CHARGE:",
            "STATUTE:",
            "#",
            "JUDGE:",
            "DEFENDANT:",
            "Defendant",
            "Case Number",
            "Date",
            "Offense:",
            "Sentence:",
            "Ct.",
            "C0",
            "PAGE:",
            "DISP:",
        )
    )
    return rng.choice(
        (
            f"{head} {value}",
            f"{head}{value}",
            f"{rng.randint(1, 99):02d} {value}",
            f"{rng.randint(1, 20):03d} {value}",
            f"({rng.randint(1, 9)}) {value}",
        )
    )


def senseless(rng: Random) -> str:
    """Letters and digits at random: nothing to guess from."""
    letters = rng.choice(
        (
            _ALNUM,
            _ALNUM,
            _DIGITS,
            _DIGITS + "-/.",
            _UPPER,
            LETTERS[1:],
            LETTERS[1:].lower(),
            "0O1Il5S8B2Z6G",
            "oceanmruvwil",
        )
    )
    words = ("".join(rng.choices(letters, k=rng.randint(1, 9))) for _ in range(rng.randint(1, 4)))
    return " ".join(words)


@cache
def _prose() -> tuple[str, ...]:
    """The words of licences and manuals that lie on the disk; of our own licence where there are none."""
    root = Path("/")
    files = [path for pattern in PROSE for path in sorted(root.glob(pattern[1:]))[:60] if path.is_file()]
    files += [Path(__file__).parents[2] / name for name in ("LICENSE", "README.md")]
    texts = (path.read_text("utf-8", errors="ignore")[:60_000] for path in files)
    words = [
        word for text in texts for word in readable(text).split() if re.fullmatch(r"[\w.,;:'\"()!?&%$/-]{1,18}", word)
    ]
    return tuple(words)


def prose(rng: Random) -> str:
    """A stretch of running text, mixed case."""
    words = _prose()
    start = rng.randrange(max(1, len(words) - 14))
    return " ".join(words[start : start + rng.randint(2, 9)])


def _cased(rng: Random, text: str, *, capitals: float) -> str:
    chance = rng.random()
    if chance < capitals:
        return text.upper()
    if chance < capitals + 0.08:
        return text.title()
    return text.lower() if chance > 0.95 else text


def line_text(rng: Random) -> str:
    """The text of one made line: 1 to LONGEST letters of the alphabet, never only space."""
    chance = rng.random()
    if chance < 0.38:
        text = _cased(rng, prose(rng), capitals=0.15)
    elif chance < 0.44:
        text = senseless(rng)
    elif chance < 0.62:
        text = _cased(rng, entry(rng), capitals=0.3)
    elif chance < 0.70:
        text = _cased(rng, numbered(rng), capitals=0.3)
    elif chance < 0.78:
        text = _cased(rng, phrase(rng), capitals=0.3)
    elif chance < 0.80:
        text = "".join(rng.choices(LETTERS[1:], k=rng.choice((1, 1, 2))))
    else:
        kind = rng.choices((docket_number, date_text, statute, amount, name, identity, code), (4, 4, 4, 3, 4, 2, 2))[0]
        text = _cased(rng, kind(rng), capitals=0.2)
    return _cut(rng, _pointed(rng, text)) or rng.choice(_ALNUM)


def _pointed(rng: Random, text: str) -> str:
    """The text with the small marks that stand around words on paper; most keep none."""
    chance = rng.random()
    if chance < 0.10:
        return text + rng.choice(":::....,,;-\")*'")
    if chance < 0.13:
        mark = rng.choice(("*", "**", "***", "-", "--", "---", "#", "=", "+", '"', "..."))
        return rng.choice((f"{mark} {text} {mark}", f"{mark}{text}{mark}", f"{mark} {text}", f"{text} {mark}"))
    if chance < 0.15:
        return rng.choice((f"({text})", f'"{text}"', f"{text[: rng.randint(1, 9)]}: {text}", f"{text} & {text[:5]}"))
    if chance < 0.157:
        return rng.choice(('"', "*", "-", ".", ":", "/", "(", ")", "''", "--", "***", "****", "#", "_")) * rng.choice(
            (1, 1, 2)
        )
    if chance < 0.175:
        return _led(rng, text)
    return text


def _led(rng: Random, text: str) -> str:
    """The text with dots that lead from it or to it, typed close or apart; at times stars or dashes alone."""
    sign = rng.choice("........*-")
    row = (sign + rng.choice(("", "", " "))) * rng.randint(3, 14)
    if sign != ".":
        return row.strip()
    return rng.choice((f"{text} {row}", f"{row} {text}", f"{text[:14]} {row} {text[:12]}", f"{text}{row}"))


def _cut(rng: Random, text: str) -> str:
    """A text of wanted length: lines too long keep a stretch of whole words."""
    text = text.strip()
    if len(text) <= LONGEST:
        return text
    words = text.split(" ")
    start = rng.randrange(len(words))
    kept = " ".join(words[start:])[:LONGEST].strip()
    return kept or text[:LONGEST].strip()

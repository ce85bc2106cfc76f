"""Invented people: names put together from lists, with numbers and namesakes."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from random import Random

from .facts import Person

_NAMES: dict[str, str] = tomllib.loads((files(__package__) / "names.toml").read_text("utf-8"))
SURNAMES = tuple(_NAMES["surnames"].split())
MEN = tuple(_NAMES["men"].split())
WOMEN = tuple(_NAMES["women"].split())
COMPOUND = ("De La Vega", "Van Houten", "St. Clair", "Del Rio", "Mc Gee", "De Leon", "Van Dyke", "La Porte")
APOSTROPHE = ("O'Malley", "O'Dell", "D'Amico", "O'Hearn", "D'Souza", "O'Rourke")
HYPHENS = ("Vega", "Ramos", "Cole", "Hughes", "Banks", "Ruiz", "Stone", "Ellis", "Montgomery")
NICKNAMES = {
    "Anthony": "Tony",
    "Michael": "Mike",
    "James": "Jim",
    "Robert": "Bobby",
    "William": "Bill",
    "Richard": "Rick",
    "Thomas": "Tommy",
    "Katherine": "Kathy",
    "Patricia": "Pat",
    "Raymond": "Ray",
    "Leonard": "Lenny",
    "Christopher": "Chris",
    "Frederick": "Fred",
    "Terrance": "Terry",
    "Reginald": "Reggie",
    "Kenneth": "Ken",
}
SPELLINGS = {
    "Terrance": "Terrence",
    "Steven": "Stephen",
    "Katherine": "Catherine",
    "Gregory": "Greggory",
    "Andre": "Andrei",
    "Dwayne": "Duane",
    "Denise": "Denice",
    "Tamika": "Tameka",
    "Brian": "Bryan",
}
STREETS = (
    "KEDZIE",
    "PULASKI",
    "HALSTED",
    "ASHLAND",
    "WESTERN",
    "CERMAK",
    "DAMEN",
    "LAWNDALE",
    "TROY",
    "MONROE",
    "DREXEL",
    "MICHIGAN",
    "CALUMET",
    "FULLERTON",
    "SPAULDING",
)
TOWNS = (
    "CHICAGO,ILL.",
    "CHICAGO IL",
    "CALUMET CITYIL",
    "CHGO HGTS IL",
    "MELROSE PK",
    "CNTRY CLB HL IL",
    "MAYWOOD IL",
    "HARVEY IL",
    "CICERO IL",
    "SKOKIE IL",
    "EVANSTON IL",
)
RACES = ("B", "W", "H", "B", "B", "H", "W", "A")
ALIAS_SHARE, SUFFIX_SHARE, COMPOUND_SHARE = 0.12, 0.05, 0.08


def _surname(rng: Random) -> str:
    roll = rng.random()
    if roll < COMPOUND_SHARE / 2:
        return rng.choice(COMPOUND)
    if roll < COMPOUND_SHARE * 0.8:
        return rng.choice(APOSTROPHE)
    if roll < COMPOUND_SHARE * 1.2:
        return f"{rng.choice(SURNAMES)}-{rng.choice(HYPHENS)}"
    return rng.choice(SURNAMES)


def a_person(rng: Random, person_id: str, *, born_from: int = 1935, born_to: int = 1990) -> Person:
    """Somebody made up, born within the years given."""
    sex = "M" if rng.random() < 0.8 else "F"
    given = rng.choice(MEN if sex == "M" else WOMEN)
    surname = _surname(rng)
    alias = None
    if rng.random() < ALIAS_SHARE:
        alias = (
            rng.choice(SURNAMES),
            given if rng.random() < 0.5 else rng.choice(MEN if sex == "M" else WOMEN),
        )
    born = date(rng.randint(born_from, born_to), 1, 1) + timedelta(days=rng.randint(0, 364))
    return Person(
        person_id=person_id,
        surname=surname,
        given=given,
        middle=rng.choice("ABCDEFGHJKLMNPRSTVW") if rng.random() < 0.6 else "",
        suffix=rng.choice(("JR", "JR", "SR", "II", "III")) if sex == "M" and rng.random() < SUFFIX_SHARE else "",
        born=born,
        sex=sex,
        race=rng.choice(RACES),
        ir_number=f"{rng.randint(90_000, 1_999_999)}",
        sid=f"{rng.randint(10_000_000, 69_999_999)}",
        alias=alias,
        address=f"{rng.randint(100, 12999)} {rng.choice('NSEW')} {rng.choice(STREETS)}, {rng.choice(TOWNS)}",
    )


def a_namesake(rng: Random, person: Person, person_id: str) -> Person:
    """Another person of the same surname and given name."""
    other = a_person(rng, person_id, born_from=person.born.year - 12, born_to=person.born.year + 12)
    return replace(other, surname=person.surname, given=person.given, sex=person.sex, suffix="", alias=None)


def as_taken_down(rng: Random, person: Person) -> Person:
    """The person as a clerk took them down that day: nicknames, other spellings, a slip in the birth date."""
    given = person.given
    if rng.random() < 0.08:
        given = NICKNAMES.get(given, given)
    elif rng.random() < 0.08:
        given = SPELLINGS.get(given, given)
    born = person.born
    if rng.random() < 0.03:
        born = born.replace(day=min(28, max(1, born.day + rng.choice((-1, 1, 2)))))
    return replace(
        person,
        given=given,
        born=born,
        middle=person.middle if rng.random() < 0.85 else "",
        alias=person.alias if rng.random() < 0.7 else None,
    )

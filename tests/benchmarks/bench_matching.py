"""Matching of rows by name alone against 10,000 institutions; the control compares a row with every name."""

from random import Random

from harness import Bench, timed
from rapidfuzz import fuzz, process

from partnerdesk.domain.text import name_key
from partnerdesk.services.matching import PartnerIndex

Asked = tuple[tuple[str, ...], str, str]

INSTITUTIONS = 10_000
ROWS_A_MILLISECOND = 100
COUNTRIES = ("PL", "SE", "PT", "BE", "CZ", "LT", "ES", "DE", "FR", "IT", "GB", "US")
KINDS = (
    "University of {}", "Universität {}", "{} University of Technology", "Universidad de {}", "Politechnika {}",
    "Hochschule {}", "Université de {}", "{} Institute of Arts",
)  # fmt: skip
SYLLABLES = (
    "al", "ber", "ced", "dor", "el", "fel", "gar", "hol", "is", "kir", "lin", "mar", "os", "pra", "qui", "ros",
    "sten", "tor", "ul", "vin", "wal", "zam", "ö", "łó", "dź", "ch",
)  # fmt: skip


def measure(bench: Bench) -> None:
    """Seven rows of ten as the office writes them, half with their town; one with a slip, two unknown."""
    chance = Random(7)
    many = min(INSTITUTIONS, bench.size.imported)
    places: dict[str, tuple[str, str]] = {}
    while len(places) < many:
        places[_name(chance)] = chance.choice(COUNTRIES), f"Town {len(places)}"
    known = list(places.items())
    rows = [_row(chance, *chance.choice(known)) for _ in range(bench.size.imported)]
    act = f"match {len(rows):,} rows by name to {len(known):,} institutions"
    seconds = [timed(Matching(known, rows)) for _ in range(min(bench.size.runs, 7))]
    goal = len(rows) / ROWS_A_MILLISECOND
    bench.figure(act, seconds, goal=goal)
    few = rows[:: max(1, len(rows) // 100)]
    names = [name_key(name) for name, _ in known] * max(1, INSTITUTIONS // many)
    slow = timed(lambda: [process.extractOne(name_key(asked[0][0]), names, scorer=fuzz.ratio) for asked in few])
    bench.figure(f"{act}, each with every name", [slow * len(rows) / len(few)], goal=goal, control=True)


class Matching:
    """All rows asked of an index that was told nothing before."""

    def __init__(self, known: list[tuple[str, tuple[str, str]]], rows: list[Asked]) -> None:
        self._index = PartnerIndex()
        for ref, (name, (country, town)) in enumerate(known, 1):
            self._index.add(ref, [name], country, town, ())
        self._rows = rows

    def __call__(self) -> None:
        for names, country, town in self._rows:
            self._index.find(names, country, town, ())


def _name(chance: Random) -> str:
    """A name of two to four syllables and what kind of school it is."""
    place = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))
    return chance.choice(KINDS).format(place.capitalize())


def _row(chance: Random, name: str, place: tuple[str, str]) -> Asked:
    country, town = place
    drawn = chance.random()
    if drawn < 0.1:
        at = chance.randrange(len(name) // 2, len(name))
        name = name[:at] + name[at + 1 :]
    elif drawn < 0.3:
        name = chance.choice(KINDS).format("".join(chance.choices(SYLLABLES, k=5)).capitalize())
    return (name,), country, chance.choice((town, ""))

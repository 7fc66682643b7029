"""What can be counted by country: measures with their list, classes for a map, sums of regions and of the whole."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from partnerdesk.domain.countries import REGIONS, SUBREGIONS, countries, country
from partnerdesk.domain.words import QT_TRANSLATE_NOOP
from partnerdesk.domain.years import AcademicYear

CLASSES = 6
NO_YEAR = 0
"""Under this year stands what has none."""
NOWHERE = ""
"""Under this code stands what has no country."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted: its name, the words for one and for many ({n}), and the list behind each number.

    `line` is a search line of that list with {country} and {year}; `yearly` says whether a number belongs to an
    academic year, `diverging` whether plus and minus mean opposite things. `short` is the name for narrow columns.
    """

    key: str
    title: str
    one: str
    many: str
    page: str
    line: str
    yearly: bool = False
    diverging: bool = False
    short: str = ""

    def line_of(self, codes: Iterable[str], year: int | None) -> str:
        """The search line that finds what is counted in these countries, in a year or in all."""
        named = ",".join(code or "-" for code in codes)
        words = self.line if self.yearly and year is not None else self.line.replace(" year:{year}", "")
        line = words.format(country=named, year=year if year else "-")
        return line if named else " ".join(part for part in line.split() if not part.startswith("country:"))


Numbers = Mapping[str, Mapping[int, int]]
"""By country, then by the year in which the academic year begins."""


@dataclass(frozen=True, slots=True)
class CountryTable:
    """Every measure in every country and academic year; `year` is the current one."""

    measures: tuple[Measure, ...]
    numbers: Mapping[str, Numbers]
    year: int
    southern: bool = False
    _by_key: dict[str, Measure] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {one.key: one for one in self.measures})

    def measure(self, key: str) -> Measure:
        """The measure of a key. Raises KeyError."""
        return self._by_key[key]

    def number(self, key: str, code: str, year: int | None) -> int:
        """What is counted in a country, in an academic year or (None) in all of them; measures without years always
        give all.
        """
        years = self.numbers[key].get(code, {})
        if year is None or not self._by_key[key].yearly:
            return sum(years.values())
        return years.get(year, 0)

    def by_country(self, key: str, year: int | None) -> dict[str, int]:
        """The countries with a number that is not 0; what has no country is under `NOWHERE`."""
        found = ((code, self.number(key, code, year)) for code in self.numbers[key])
        return {code: n for code, n in found if n}

    def whole(self, key: str, year: int | None) -> int:
        """The sum over all countries and what has none."""
        return self.total(key, self.numbers[key], year)

    def total(self, key: str, codes: Iterable[str], year: int | None) -> int:
        """The sum over these countries."""
        return sum(self.number(key, code, year) for code in codes)

    def by_region(self, key: str, year: int | None) -> dict[str, int]:
        """The sums of regions, by their number in M49; under `NOWHERE` what has no country."""
        found: dict[str, int] = dict.fromkeys((*REGIONS, NOWHERE), 0)
        for code in self.numbers[key]:
            found[region_of(code)] += self.number(key, code, year)
        return found

    def by_year(self, key: str, codes: Iterable[str] | None = None) -> dict[int, int]:
        """What is counted in each academic year from the first to the last, of these countries or of all."""
        found: dict[int, int] = {}
        for code in self.numbers[key] if codes is None else codes:
            for year, n in self.numbers[key].get(code, {}).items():
                found[year] = found.get(year, 0) + n
        return found

    @property
    def years(self) -> range:
        """Every academic year in which something is counted, the current one among them."""
        known = [year for one in self.measures if one.yearly for years in self.numbers[one.key].values()
                 for year in years if year != NO_YEAR]
        return range(min([*known, self.year]), max([*known, self.year]) + 1)

    def year_name(self, year: int) -> str:
        """An academic year as it is written."""
        return str(AcademicYear(year, self.southern))

    @property
    def codes(self) -> list[str]:
        """Every country and territory, then codes that no list knows, then `NOWHERE` where something is."""
        known = [one.code for one in countries()]
        counted = {code for one in self.measures for code in self.numbers[one.key]}
        return [*known, *sorted(counted - {*known, NOWHERE}), *([NOWHERE] if NOWHERE in counted else [])]


def region_of(code: str) -> str:
    """The region of a country (M49); `NOWHERE` for what is in none."""
    found = country(code)
    return found.region if found is not None else NOWHERE


def members(area: str) -> tuple[str, ...]:
    """The countries of a region or subregion by its number in M49, or of the whole world (001)."""
    return tuple(one.code for one in countries() if area in ("001", one.region, one.subregion))


def areas() -> tuple[tuple[str, str], ...]:
    """Number and English name of the world, its regions and their subregions, each region before its parts."""
    found = [("001", QT_TRANSLATE_NOOP("PartnerDesk", "World"))]
    for number, name in REGIONS.items():
        parts = sorted({one.subregion for one in countries() if one.region == number} - {number})
        found += [(number, name), *((part, SUBREGIONS[part]) for part in parts)]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of whole numbers: `lower` are the least numbers of each, ascending.

    Diverging ones are seven: three below nothing, nothing itself, three above; `lower` are then the least of the upper
    three, and they mirror.
    """

    lower: tuple[int, ...]
    diverging: bool = False

    @property
    def count(self) -> int:
        """How many classes there are."""
        return 2 * len(self.lower) + 1 if self.diverging else len(self.lower)

    def of(self, number: int) -> int | None:
        """The class of a number, from 0; None for nothing, unless nothing is the middle of a diverging scale."""
        if not self.diverging:
            return None if number < 1 or not self.lower else max(0, bisect_right(self.lower, number) - 1)
        side = bisect_right(self.lower, abs(number))
        return len(self.lower) + (side if number > 0 else -side)

    def ends(self, place: int) -> tuple[int, int | None]:
        """The least and the largest number of a class; None where there is no end to it."""
        if not self.diverging:
            after = self.lower[place + 1] - 1 if place + 1 < len(self.lower) else None
            return self.lower[place], after
        side = place - len(self.lower)
        if not side:
            return 0, 0
        least = self.lower[abs(side) - 1]
        most = self.lower[abs(side)] - 1 if abs(side) < len(self.lower) else None
        return (least, most) if side > 0 else (-least, -most if most is not None else None)


Method = Callable[[Sequence[int], int], tuple[int, ...]]


def quantiles(numbers: Sequence[int], most: int) -> tuple[int, ...]:
    """Lower ends of up to `most` classes with about as many countries in each.

    Where so many countries share a number that fewer classes would come of it, natural breaks.
    """
    ordered = sorted(numbers)
    if not ordered:
        return ()
    picked = sorted({ordered[len(ordered) * n // most] for n in range(most)})
    if len(picked) < min(most, len(set(ordered))):
        return natural_breaks(ordered, most)
    return (1, *picked[1:])


def natural_breaks(numbers: Sequence[int], most: int) -> tuple[int, ...]:
    """Lower ends of up to `most` classes within which numbers differ least (Fisher 1958, as Jenks uses it)."""
    distinct = sorted(set(numbers))
    if len(distinct) <= most:
        return (min(1, distinct[0]), *distinct[1:]) if distinct else ()
    counts, sums, squares = [0], [0], [0]
    often = Counter(numbers)
    for value in distinct:
        counts.append(counts[-1] + often[value])
        sums.append(sums[-1] + often[value] * value)
        squares.append(squares[-1] + often[value] * value * value)

    def spread(first: int, after: int) -> float:
        total = sums[after] - sums[first]
        return squares[after] - squares[first] - total * total / (counts[after] - counts[first])

    n = len(distinct)
    cost = [0.0, *(spread(0, after) for after in range(1, n + 1))]
    cuts: list[list[int]] = []
    for _ in range(most - 1):
        better, cut = [0.0] * (n + 1), [0] * (n + 1)
        for after in range(1, n + 1):
            better[after], cut[after] = min((cost[k] + spread(k, after), k) for k in range(after))
        cost = better
        cuts.append(cut)
    starts, after = set(), n
    for cut in reversed(cuts):
        after = cut[after]
        starts.add(distinct[after])
    return (1, *sorted(starts - {distinct[0]}))


def own_bounds(written: str) -> tuple[int, ...]:
    """Lower ends as somebody wrote them, "1 5 10 20": ascending, above 0; empty where they cannot be read."""
    parts = written.replace(",", " ").replace(";", " ").split()
    if not parts or len(parts) > CLASSES or not all(part.isdecimal() and len(part) < 8 for part in parts):
        return ()
    found = tuple(int(part) for part in parts)
    return found if found[0] > 0 and all(a < b for a, b in pairwise(found)) else ()


METHODS: dict[str, tuple[str, Method]] = {
    "quantiles": (QT_TRANSLATE_NOOP("PartnerDesk", "Quantiles"), quantiles),
    "natural": (QT_TRANSLATE_NOOP("PartnerDesk", "Natural breaks"), natural_breaks),
}


def classes_of(
    numbers: Iterable[int], *, diverging: bool = False, method: str = "quantiles", bounds: tuple[int, ...] = ()
) -> Classes:
    """Classes for these numbers by a method, or with bounds of one's own."""
    given = [abs(n) for n in numbers if n] if diverging else [n for n in numbers if n > 0]
    lower = bounds or METHODS[method][1](given, 3 if diverging else CLASSES)
    return Classes(lower[:3] if diverging else lower, diverging)

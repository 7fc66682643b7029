"""Where countries lie on the map: pieces of land and whose they are, places to point at, neighbours, ways to go."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from partnerdesk.domain.resources import resource_path

WIDTH = 1000.0
TURN = 11.0
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_SCALE = WIDTH / (2 * 2.7066299836960748)
_SIDEWAYS = 2.2
"""How much more it costs to go sideways than ahead, where an arrow key looks for the next country."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """One political choice: the piece of land, the country it is drawn with (alpha-2), and why."""

    piece: str
    country: str
    reason: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of land: whose it is, a point well inside it in map units, and its area in square units."""

    name: str
    country: str
    x: float
    y: float
    area: float


@dataclass(frozen=True)
class World:
    """All pieces in the order of the map file, the pairs of pieces whose borders are kept apart, and who touches whom.

    `own_places` are the points of countries without land on the map; borders of all other pairs are under ("", "").
    """

    pieces: tuple[Piece, ...]
    lines: tuple[tuple[str, str], ...]
    touching: tuple[tuple[str, str], ...]
    own_places: Mapping[str, Point]

    @cached_property
    def places(self) -> dict[str, Point]:
        """A point for every country: in its largest piece, or of its own."""
        largest: dict[str, Piece] = {}
        for piece in self.pieces:
            if piece.country not in largest or largest[piece.country].area < piece.area:
                largest[piece.country] = piece
        return {**self.own_places, **{code: (piece.x, piece.y) for code, piece in largest.items()
                                      if code not in self.own_places}}

    @cached_property
    def areas(self) -> dict[str, float]:
        """The area of every country in square units; those without land are missing."""
        found: dict[str, float] = {}
        for piece in self.pieces:
            found[piece.country] = found.get(piece.country, 0.0) + piece.area
        return found

    @cached_property
    def neighbours(self) -> dict[str, frozenset[str]]:
        """The countries that each country has a border with on land."""
        owners = self.owners
        found: dict[str, set[str]] = {code: set() for code in self.places}
        for one, other in self.touching:
            a, b = owners[one], owners[other]
            if a != b:
                found[a].add(b)
                found[b].add(a)
        return {code: frozenset(others) for code, others in found.items()}

    @cached_property
    def owners(self) -> dict[str, str]:
        """The country of every piece."""
        return {piece.name: piece.country for piece in self.pieces}

    def chosen(self, choices: Mapping[str, str]) -> "World":
        """The same world with other countries for some pieces, as an office wants it."""
        pieces = tuple(Piece(p.name, choices.get(p.name, p.country), p.x, p.y, p.area) for p in self.pieces)
        left_over = {p.country: (p.x, p.y) for p in self.pieces} | dict(self.own_places)
        land = {p.country for p in pieces}
        places = {code: at for code, at in left_over.items() if code not in land or code in self.own_places}
        return World(pieces, self.lines, self.touching, places)

    def towards(self, code: str, right: float, down: float, among: Iterable[str] = ()) -> str:
        """The country one comes to from `code` in a direction; `code` itself where there is none.

        A neighbour on land is nearer than it lies.
        """
        x, y = self.places[code]
        best, found = math.inf, code
        for other in among or self.places:
            dx, dy = self.places[other][0] - x, self.places[other][1] - y
            ahead, aside = dx * right + dy * down, abs(dx * down) + abs(dy * right)
            if other == code or ahead <= 0.05 or aside > 2 * ahead + 0.5:
                continue
            cost = ahead + aside * _SIDEWAYS
            if other in self.neighbours[code]:
                cost /= 2.5
            if cost < best:
                best, found = cost, other
        return found


def project(longitude: float, latitude: float) -> Point:
    """Units right of and below the middle of the map (Equal Earth, Šavrič and others 2018) of a place in degrees."""
    return projected(wrapped(longitude), latitude)


def wrapped(longitude: float) -> float:
    """A longitude between the edges of the map, at 169° west."""
    return (longitude - TURN + 180.0) % 360.0 - 180.0 + TURN


def projected(longitude: float, latitude: float) -> Point:
    """As `project`, but a longitude may run over the edge, as islands do that lie on it."""
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    turned = math.radians(longitude - TURN)
    t2 = t * t
    t6 = t2 * t2 * t2
    x = 2 * math.sqrt(3) * turned * math.cos(t) / (3 * (9 * _A4 * t6 * t2 + 7 * _A3 * t6 + 3 * _A2 * t2 + _A1))
    y = t * (_A4 * t6 * t2 + _A3 * t6 + _A2 * t2 + _A1)
    return x * _SCALE, -y * _SCALE


@cache
def choices() -> tuple[Choice, ...]:
    """Every political choice of the map, one line each."""
    rows = json.loads(resource_path("world", "choices.json").read_text(encoding="utf-8"))
    return tuple(Choice(*row) for row in rows)

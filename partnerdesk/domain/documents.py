"""What a printed document is, as data: a service fills it in the reader's language, paper lays it out.

All words in it are final. Only what depends on the room on the page stays a template: `more`
("+ {count} more") and `page_of` ("Page {page} of {pages}").
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who prints: office and unit, and the bytes of a picture (PNG, JPEG, SVG) if there is a logo."""

    office: str
    unit: str = ""
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Head:
    """What the page is about: its name, the name in its own script, running lines and facts.

    `script` is a language tag such as "zh-Hans", which decides the shapes of Han characters. `country` (alpha-2) asks
    for a small map beside them, `point` (longitude, latitude) for a dot on it.
    """

    name: str
    second_name: str = ""
    script: str = ""
    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    country: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A thing that is there or not, as an icon (named by its meaning, "STUDENTS") over its word."""

    icon: str
    word: str
    present: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """A row of marks of equal width."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `icon`, named by its meaning ("HOLDS"), stands before the text."""

    text: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width (all together 1; wide cells may take more), how cells are set."""

    title: str
    share: float
    align: Literal["left", "right"] = "left"
    voice: Literal["plain", "strong", "quiet"] = "plain"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `empty` is said where there is no row, `total` is a last row that sums up.

    On a document that flows, the head is repeated on each page and long cells are broken into lines.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    empty: str = ""
    total: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """An agreed `length` as an outlined bar; `used` fills it from the left, None where it is not known."""

    group: str
    label: str
    length: float
    figure: str
    unit: str = ""
    used: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars on one scale; the label of a group stands before the first of its bars."""

    title: str
    bars: tuple[Bar, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person with how to reach them; `role` is the second line."""

    name: str
    mail: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """A list of contacts."""

    title: str
    people: tuple[Contact, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a lane, from `start` to `end` in academic years from the strip's left edge."""

    start: float
    end: float
    kind: Literal["held", "draft", "gap"] = "held"


@dataclass(frozen=True, slots=True)
class Lane:
    """One agreement on a coverage strip; `notices` are the places of last notice days."""

    name: str
    stretches: tuple[Stretch, ...]
    notices: tuple[float, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which academic years agreements cover: a column a year, a lane an agreement, today at its place.

    `gap` is the word set into a stretch that nothing covers.
    """

    title: str
    years: tuple[str, ...]
    lanes: tuple[Lane, ...]
    today: float | None = None
    gap: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StripPoint:
    """A point on a lane at a share of the strip's width; `icon` is named by its meaning ("MILESTONE")."""

    at: float
    icon: str


@dataclass(frozen=True, slots=True)
class StripLane:
    """One bar from `start` to `end` in shares of the strip's width, `done` of its length filled; None has no bar."""

    name: str
    start: float | None = None
    end: float | None = None
    done: float = 0.0
    points: tuple[StripPoint, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A plan in time: lanes under marks of time (a share of the width and its word), today at its share."""

    title: str
    marks: tuple[tuple[float, str], ...]
    lanes: tuple[StripLane, ...]
    today: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Remarks:
    """An empty box to write in; it takes the room that is left."""

    title: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two blocks side by side; `share` is the left one's part of the width."""

    left: "Block"
    right: "Block"
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text in paragraphs, of a document that flows; `large` for a certificate."""

    paragraphs: tuple[str, ...]
    title: str = ""
    large: bool = False


@dataclass(frozen=True, slots=True)
class FactList:
    """Facts in columns under a title, of a document that flows."""

    title: str
    facts: tuple[Fact, ...]
    note: str = ""
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, side by side; each says below who signs, with name and day where that is known already."""

    places: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class YearBar:
    """One academic year of a balance: sent up, received down, what stands after it; `planned` is not yet certain."""

    year: str
    sent: float
    received: float
    after: float
    planned: bool = False


@dataclass(frozen=True, slots=True)
class BalanceChart:
    """Sent and received by year on one scale, and the balance after each year; with the words for both."""

    title: str
    bars: tuple[YearBar, ...]
    sent: str
    received: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class WorldMap:
    """A map around some countries (by code), which are filled; `points` are longitude and latitude of partners."""

    title: str
    codes: tuple[str, ...]
    points: tuple[tuple[float, float], ...] = ()
    note: str = ""


Block = (Marks | Table | Bars | People | Coverage | Strip | Remarks | Pair | Prose | FactList | Signatures
         | BalanceChart | WorldMap)


@dataclass(frozen=True, slots=True)
class PrintDocument:
    """One document; `kind` ("Partnership summary · 16 July 2026") stands opposite the letterhead.

    One that `flows` takes as many pages as it needs, any other takes one; `landscape` lays it on its side.
    """

    title: str
    kind: str
    letterhead: Letterhead
    head: Head
    blocks: tuple[Block, ...]
    foot: str
    language: str = "en"
    more: str = "+ {count} more"
    page_of: str = "Page {page} of {pages}"
    flows: bool = False
    landscape: bool = False

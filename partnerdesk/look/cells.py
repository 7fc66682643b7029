"""What a table cell shows, as plain values: models make them, the table's delegate paints them."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt

from partnerdesk.look.icons import Icon
from partnerdesk.look.paint import signed

CELL_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 100


@dataclass(frozen=True, slots=True)
class TwoLine:
    """A name (500) over a smaller, muted second line."""

    name: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class Soft:
    """Text in the second voice: country, dates, notes."""

    words: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A state: kind (success, warn, danger, info, neutral, accent), its word and its icon."""

    kind: str
    word: str
    icon: Icon | None = None


@dataclass(frozen=True, slots=True)
class Coop:
    """Forms of cooperation present: students, staff, research, curriculum, practice."""

    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Meter:
    """Places used of places agreed, with `held` ones besides."""

    used: int
    total: int
    held: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A number already in words ("1,204"), right-aligned."""

    words: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Sent minus received; `past_limit` when it lies past what the office allows."""

    value: float
    past_limit: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A figure in words over what it is made of, right-aligned; `role` is the colour of the first line."""

    words: str
    second: str = ""
    role: str = "text"


@dataclass(frozen=True, slots=True)
class NavRow:
    """A row of the sidebar: a page with icon, count and badge of things due, or without icon a group's head."""

    key: str
    word: str
    icon: Icon | None = None
    count: str = ""
    badge: str = ""


Cell = str | TwoLine | Soft | Chip | Coop | Meter | Number | Balance | Figures


def right_aligned(cell: Cell | None) -> bool:
    """Whether the cell's column reads from the right, its header too."""
    return isinstance(cell, Number | Balance | Meter | Figures)


def plain(cell: Cell | None) -> str:
    """The cell as text for the clipboard and for a table in print."""
    match cell:
        case None:
            return ""
        case TwoLine():
            return cell.name
        case Soft() | Number() | Figures():
            return cell.words
        case Chip():
            return cell.word
        case Coop():
            return ", ".join(sorted(cell.forms))
        case Meter():
            return f"{cell.used}/{cell.total}"
        case Balance():
            return signed(cell.value)
        case str():
            return cell

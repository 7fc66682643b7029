"""The one place for colours and measures: light, dark and print tokens, radii, heights, type and user scale.

Colours are those of the look's contrast-checked table; a role never changes its name between themes.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Tone:
    """The three colours of a state: its words, its soft ground and its solid fill."""

    text: QColor
    soft: QColor
    fill: QColor


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour role of one theme."""

    name: str
    dark: bool
    window: QColor
    sidebar: QColor
    surface: QColor
    raised: QColor
    sunken: QColor
    hover: QColor
    line: QColor
    line2: QColor
    control: QColor
    text: QColor
    text2: QColor
    muted: QColor
    disabled: QColor
    accent: QColor
    accent_hover: QColor
    on_accent: QColor
    accent_text: QColor
    accent_soft: QColor
    selection: QColor
    sel_inactive: QColor
    focus: QColor
    neutral_soft: QColor
    tip_bg: QColor
    tip_text: QColor
    map_none: QColor
    map_sea: QColor
    map_line: QColor
    success: Tone
    warn: Tone
    danger: Tone
    info: Tone
    series: tuple[QColor, ...]
    sequential: tuple[QColor, ...]
    diverging: tuple[QColor, ...]

    @property
    def danger_hover(self) -> QColor:
        """The fill of a dangerous button under the pointer."""
        return mixed(self.danger.text, self.surface if self.dark else self.text, 0.15)

    @property
    def danger_pressed(self) -> QColor:
        """The fill of a dangerous button held down."""
        return mixed(self.danger.text, self.surface if self.dark else self.text, 0.3)

    @property
    def accent_pressed(self) -> QColor:
        """The fill of a primary button held down."""
        return mixed(self.accent_hover, self.surface if self.dark else self.text, 0.12)

    def tone(self, kind: str) -> Tone:
        """The colours of a chip or message `kind`: success, warn, danger, info, neutral or accent."""
        if kind in KINDS and self.name == "print":
            return Tone(self.text, self.surface, self.text)
        if kind == "neutral":
            return Tone(self.text2, self.neutral_soft, self.text2)
        if kind == "accent":
            return Tone(self.accent_text, self.accent_soft, self.accent)
        if kind not in KINDS:
            raise KeyError(kind)
        found: Tone = getattr(self, kind)
        return found

    def role(self, name: str) -> QColor:
        """The colour called `name`; "danger", "success", … give the tone's text colour."""
        found = getattr(self, name)
        return found.text if isinstance(found, Tone) else QColor(found)


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One step of the type scale: size and line height in px at 100 %, weight, letter spacing in px.

    `tabular` gives figures one width; only where numbers stand, for Inter's tabular hyphen is as wide
    as a figure and would tear "Paris-Saclay" apart.
    """

    px: float
    line: int
    weight: int = 400
    spacing: float = 0.0
    tabular: bool = False


class ThemeWatch(QObject):
    """Tells that the current tokens or the user's scale have changed."""

    changed = Signal()


KINDS: Final = ("success", "warn", "danger", "info", "neutral", "accent")
SMALLEST_SCALE: Final = 90
LARGEST_SCALE: Final = 200

TYPES: Final[dict[str, TypeStyle]] = {
    "figure": TypeStyle(26, 30, 600, -0.5, tabular=True),
    "title": TypeStyle(20, 28, 600, -0.2),
    "record": TypeStyle(17, 22, 600),
    "second": TypeStyle(14, 20),
    "section": TypeStyle(15, 20, 600),
    "body": TypeStyle(13, 18),
    "number": TypeStyle(13, 18, tabular=True),
    "name": TypeStyle(13, 18, 500),
    "strong": TypeStyle(13, 18, 600),
    "small": TypeStyle(12, 16),
    "small_number": TypeStyle(12, 16, tabular=True),
    "head": TypeStyle(12, 16, 600),
    "tiny": TypeStyle(11.5, 16),
    "label": TypeStyle(11.5, 16, 500),
    "count": TypeStyle(11, 16, tabular=True),
    "axis": TypeStyle(10.5, 14, tabular=True),
}

PANE: Final = 16
FIELD_DOWN: Final = 10
FIELD_ACROSS: Final = 12
GROUP_GAP: Final = 18
LABEL_GAP: Final = 3

RADIUS_CONTROL: Final = 6
RADIUS_BAR: Final = 4
RADIUS_CARD: Final = 8

ICON_ROW: Final = 16
ICON_BUTTON: Final = 15
ICON_INLINE: Final = 13
ICON_EMPTY: Final = 28
STROKE: Final = 1.75
STROKE_INLINE: Final = 2.0

HEIGHTS: Final[dict[str, int]] = {
    "top": 40,
    "page_header": 52,
    "page_header_two": 64,
    "tabs": 34,
    "filter_bar": 44,
    "table_header": 30,
    "row": 30,
    "row_two": 44,
    "footer": 30,
    "nav": 28,
    "control": 28,
    "control_small": 24,
    "filter_chip": 24,
    "chip": 20,
    "menu_row": 28,
    "picker_row": 30,
    "palette_row": 34,
    "toast": 40,
    "message": 36,
    "lane": 36,
}


_LIGHT, _DARK, _PRINT = range(3)

_ROLES: Final[dict[str, tuple[str, str, str]]] = {
    "window": ("F6F6F3", "16181B", "FFFFFF"),
    "sidebar": ("EEEEEA", "121316", "FFFFFF"),
    "surface": ("FFFFFF", "1C1E22", "FFFFFF"),
    "raised": ("FFFFFF", "282B30", "FFFFFF"),
    "sunken": ("F1F1EE", "17191C", "FFFFFF"),
    "hover": ("F4F5F3", "24272C", "FFFFFF"),
    "line": ("E3E3DE", "2E3136", "E6E7E4"),
    "line2": ("CFCFC9", "41454C", "C9CBC8"),
    "control": ("8C9198", "70757E", "5A6068"),
    "text": ("1C2024", "E9E9E6", "16191D"),
    "text2": ("454B53", "C3C6CA", "16191D"),
    "muted": ("61676F", "9DA2AA", "5A6068"),
    "disabled": ("9A9FA6", "666B73", "6E7379"),
    "accent": ("2A5BC4", "3E70DD", "1E4FB4"),
    "accent_hover": ("234EAA", "3563CB", "1E4FB4"),
    "on_accent": ("FFFFFF", "FFFFFF", "FFFFFF"),
    "accent_text": ("2453B8", "8DB1FF", "1E4FB4"),
    "accent_soft": ("E6EDFB", "202D49", "FFFFFF"),
    "selection": ("DCE7FB", "23345A", "FFFFFF"),
    "sel_inactive": ("E9EBEE", "2D3036", "FFFFFF"),
    "focus": ("2A5BC4", "7FA8FF", "1E4FB4"),
    "neutral_soft": ("EBECEA", "2B2E33", "FFFFFF"),
    "tip_bg": ("26292E", "E9E9E6", "16191D"),
    "tip_text": ("F4F4F2", "1C2024", "FFFFFF"),
    "map_none": ("E9E9E4", "2A2D32", "E9E9E4"),
    "map_sea": ("FAFAF8", "191B1E", "FAFAF8"),
    "map_line": ("FFFFFF", "191B1E", "FFFFFF"),
}

_TONES: Final[dict[str, tuple[str, str, str]]] = {
    "success": ("17693B E1F3E7 2E8B57", "76CF9A 1B3326 4CAF7A", "16191D FFFFFF 16191D"),
    "warn": ("855000 FCEFD2 C77A00", "EDB75A 392C14 D9962B", "16191D FFFFFF 16191D"),
    "danger": ("AE2323 FCE6E4 D0403A", "FF9A92 432322 E5645D", "16191D FFFFFF 16191D"),
    "info": ("0B6280 DFF1F7 1C86A8", "72C7E2 16323C 3DA2C2", "16191D FFFFFF 16191D"),
}

_SCALES: Final[dict[str, tuple[str, str]]] = {
    "series": (
        "2A5BC4 9E6033 1D4249 522D7A AB9023 319DC9 741B18 858484",
        "7FA8FF E2AC8A BEE6E3 B053A4 D6DA6A 5E5DD4 B64832 978887",
    ),
    "sequential": (
        "C6D9F0 97BAE2 6698D2 3D77BC 235798 123A6E",
        "2C4468 375D92 4A7CBF 6B9FE2 99C0F3 CFE2FC",
    ),
    "diverging": (
        "9A4B00 CC8133 EBC08F ECECE8 A5C4EA 4E85CB 1B4C98",
        "F2A65A B97530 6E4A26 34373C 2F4C78 4B7BC4 8DB8F5",
    ),
}


def mixed(ground: QColor, other: QColor, share: float) -> QColor:
    """`ground` with `share` (0 to 1) of `other` laid over it."""
    keep = 1.0 - share
    return QColor.fromRgbF(
        ground.redF() * keep + other.redF() * share,
        ground.greenF() * keep + other.greenF() * share,
        ground.blueF() * keep + other.blueF() * share,
    )


@cache
def light() -> Tokens:
    """The light theme."""
    return _theme("light", _LIGHT)


@cache
def dark() -> Tokens:
    """The dark theme."""
    return _theme("dark", _DARK)


@cache
def paper() -> Tokens:
    """Ink on white: states are icon and word in ink, one blue, grey hairlines."""
    return _theme("print", _PRINT)


@dataclass(slots=True)
class _Now:
    """The theme and size of text that hold at present."""

    tokens: Tokens | None = None
    percent: int = 100


_now = _Now()


@cache
def watch() -> ThemeWatch:
    """The one object that tells of theme and scale changes."""
    return ThemeWatch()


def current() -> Tokens:
    """The theme on the screen."""
    return _now.tokens or light()


def set_current(tokens: Tokens, percent: int | None = None) -> None:
    """Make `tokens` the theme on the screen, at the user's text size of `percent` (90 to 200).

    Who calls this tells `watch().changed` when palette and fonts have followed.
    """
    _now.tokens = tokens
    if percent is not None:
        _now.percent = min(LARGEST_SCALE, max(SMALLEST_SCALE, percent))


def scale() -> float:
    """The user's text size as a factor: 1.0 is 100 %."""
    return _now.percent / 100


def px(length: float) -> int:
    """`length` of the drawings in whole pixels at the user's text size."""
    return round(length * _now.percent / 100)


def height(part: str) -> int:
    """The height of a `part` named in HEIGHTS, at the user's text size."""
    return px(HEIGHTS[part])


def _theme(name: str, column: int) -> Tokens:
    values: dict[str, Any] = {role: QColor("#" + hexes[column]) for role, hexes in _ROLES.items()}
    values |= {kind: Tone(*_colours(hexes[column])) for kind, hexes in _TONES.items()}
    values |= {kind: tuple(_colours(pair[column % _PRINT])) for kind, pair in _SCALES.items()}
    return Tokens(name=name, dark=column == _DARK, **values)


def _colours(line: str) -> list[QColor]:
    return [QColor("#" + part) for part in line.split()]

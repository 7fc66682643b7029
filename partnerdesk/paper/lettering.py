"""The type of the printed page: its few styles, how wide words are in them, and where they break.

All lengths are points. Fonts are made ten times as large and the painter scales them back, so that
preview, printer, PDF and picture set every line alike.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from threading import local

from PySide6.QtCore import QByteArray, QPointF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGlyphRun, QTextLayout, QTextOption

from partnerdesk.domain.resources import resource_path
from partnerdesk.look.fonts import OTHER_SCRIPTS

FAMILY = "Inter Paper"
FILES = ("InterPaper-Regular.ttf", "InterPaper-Medium.ttf", "InterPaper-SemiBold.ttf")
GRAIN = 10
ENDLESS = 1e6
HAN = {"zh-Hant": "CJK TC", "ja": "CJK JP", "ko": "CJK KR", "zh-Hans": "CJK SC"}
INDIC = ("\u0900", "\u0dff")
INDIC_FAMILIES = ("Noto Sans Devanagari", "Nirmala UI", "Kohinoor Devanagari", "Noto Sans", "DejaVu Sans")


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """Size and leading in points, weight (400, 500, 600) and the colour's role."""

    size: float
    leading: float
    weight: int = 400
    role: str = "text"


NAME = Style(20, 24, 600)
NAME_SMALL = Style(14, 17, 600)
SECOND = Style(13, 18)
SECOND_SMALL = Style(9, 12)
SECTION = Style(8, 10.5, 600)
BODY = Style(8, 10.5)
RUNNING = Style(8.2, 12.75)
STRONG = Style(8, 10.5, 500)
FIGURE = Style(8, 10.5, 600)
QUIET = Style(8, 10.5, 400, "muted")
NOTE = Style(7, 9, 400, "muted")
WORD = Style(7, 9)
ABSENT = Style(7, 9, 400, "disabled")
ACCENT = Style(7, 9, 500, "accent_text")


@cache
def families(script: str = "") -> tuple[str, ...]:
    """The page's own font, then what this machine has for other scripts, led by the Han shapes of `script`."""
    first = f"Noto Sans {HAN.get(script, '')}"
    return (FAMILY, *(name for name in (first, *OTHER_SCRIPTS) if name in _installed()))


def font_for(style: Style, text: str, script: str = "") -> QFont:
    """The font to set `text` in; Indic scripts go straight to their own fonts, which alone can shape them."""
    if text.isascii():
        return _here.font(style, "", False)
    return _here.font(style, script, any(INDIC[0] <= letter <= INDIC[1] for letter in text))


def shaped(style: Style, text: str, script: str = "") -> tuple[tuple[QGlyphRun, ...], float]:
    """The glyphs of one line, in tenths of points right of its start on the baseline, and its width.

    Painting shaped glyphs is three times as fast as painting text, and most words of a batch recur.
    """
    return _here.shaped(style, text, script)


def advance(style: Style, text: str, script: str = "") -> float:
    """How wide `text` is."""
    return _here.shaped(style, text, script)[1]


def fitted(style: Style, text: str, width: float, script: str = "") -> str:
    """`text` on one line, cut with "…" where it is wider than `width`."""
    text = " ".join(text.split())
    if advance(style, text, script) <= width + 0.01:
        return text
    metrics = QFontMetricsF(font_for(style, text, script))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width) * GRAIN)


def broken(style: Style, text: str, width: float, most: int, script: str = "") -> list[str]:
    """`text` broken into at most `most` lines of `width`; what is left over ends in "…"."""
    text = " ".join(text.split())
    if advance(style, text, script) <= width + 0.01:
        return [text] if text else []
    lines: list[str] = []
    for start, length in _breaks(style, text, width, most, script):
        if len(lines) == most - 1:
            return [*lines, fitted(style, text[start:], width, script)]
        lines.append(text[start : start + length].rstrip())
    return lines


def _breaks(style: Style, text: str, width: float, most: int, script: str) -> list[tuple[int, int]]:
    layout = QTextLayout(text, font_for(style, text, script))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found: list[tuple[int, int]] = []
    layout.beginLayout()
    while len(found) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width * GRAIN)
        found.append((line.textStart(), line.textLength()))
    layout.endLayout()
    return _in_code_points(text, found)


def _in_code_points(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Qt counts in UTF-16 units, Python in code points."""
    if all(ord(letter) < 0x10000 for letter in text):
        return found
    units = text.encode("utf-16-le")

    def point(unit: int) -> int:
        return len(units[: unit * 2].decode("utf-16-le", "ignore"))

    return [(point(start), point(start + length) - point(start)) for start, length in found]


@cache
def _installed() -> frozenset[str]:
    for name in FILES:
        QFontDatabase.addApplicationFontFromData(QByteArray(resource_path("fonts", name).read_bytes()))
    return frozenset(QFontDatabase.families())


def _made(style: Style, script: str, indic: bool) -> QFont:
    font = QFont()
    font.setFamilies([name for name in INDIC_FAMILIES if name in _installed()] if indic else list(families(script)))
    font.setPixelSize(round(style.size * GRAIN))
    font.setWeight(QFont.Weight(style.weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _shape(style: Style, text: str, script: str) -> tuple[tuple[QGlyphRun, ...], float]:
    layout = QTextLayout(text, font_for(style, text, script))
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    if not line.isValid():
        return (), 0.0
    line.setLineWidth(ENDLESS)
    line.setPosition(QPointF(0, -line.ascent()))
    layout.endLayout()
    return tuple(layout.glyphRuns()), line.naturalTextWidth() / GRAIN


class _Here(local):
    """What a thread has made of fonts: Qt's font engines belong to their thread and die with it."""

    def __init__(self) -> None:
        self.font = lru_cache(maxsize=None)(_made)
        self.shaped = lru_cache(maxsize=8_000)(_shape)


_here = _Here()

"""Bars by academic year, what went out beside what came in; one drawing for screen and paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from partnerdesk.look import tokens
from partnerdesk.look.fonts import sized
from partnerdesk.look.paint import MIDDLE, hairline, rounded, write
from partnerdesk.look.tokens import Tokens

HIGH = 96.0
_FOOT, _HEAD = 18.0, 16.0


@dataclass(frozen=True, slots=True)
class YearPair:
    """One year: its short name, who went out and who came in; `strong` is the year one looks at."""

    year: int
    label: str
    out: int
    back: int
    strong: bool = False


def paint_year_bars(
    painter: QPainter, rect: QRectF, years: Sequence[YearPair], t: Tokens | None = None, unit: float | None = None
) -> None:
    """Two bars a year on one scale, the figures over those of the strong year or of every year with room for them."""
    t, unit = t or tokens.current(), tokens.scale() if unit is None else unit
    if not years:
        return
    most = max((max(one.out, one.back) for one in years), default=1) or 1
    cell = rect.width() / len(years)
    base = rect.bottom() - _FOOT * unit
    scale = (base - rect.top() - _HEAD * unit) / most
    wide = min(cell * 0.36, 13 * unit)
    for place, one in enumerate(years):
        middle = rect.left() + (place + 0.5) * cell
        for n, color, left in ((one.out, out_color(t), middle - wide - unit), (one.back, in_color(t), middle + unit)):
            high = max(n * scale, unit if n else 0.0)
            rounded(painter, QRectF(left, base - high, wide, high), min(2 * unit, high / 2), color)
            if n and (one.strong or cell > 54 * unit):
                room = QRectF(left - 14 * unit, base - high - 15 * unit, wide + 28 * unit, 14 * unit)
                write(painter, room, f"{n:,}", sized(10.5 * unit, 600), text_color(color, t), MIDDLE)
        face = sized(10.5 * unit, 600 if one.strong else 400)
        label = QRectF(middle - cell / 2, base, cell, _FOOT * unit)
        write(painter, label, one.label, face, t.text if one.strong else t.muted, MIDDLE)
    hairline(painter, QPointF(rect.left(), base), QPointF(rect.right(), base), t.line2)


def out_color(t: Tokens) -> QColor:
    """The colour of what goes out."""
    return t.accent if t.name == "print" else t.series[0]


def in_color(t: Tokens) -> QColor:
    """The colour of what comes in."""
    return t.line2 if t.name == "print" else t.series[1]


def text_color(color: QColor, t: Tokens) -> QColor:
    """The ink of a figure over a bar of a colour."""
    return t.text if t.name == "print" else color

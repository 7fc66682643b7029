"""What lies beneath everything else: the grounds and hairlines of panes, and the bars that scroll them.

The style draws them itself, without a style sheet: under a sheet Qt dresses a whole subtree anew each time it finds
a new parent, which took half of the time in which a form is made.
"""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionComplex, QStyleOptionSlider, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.paint import hairline, rounded
from partnerdesk.look.tokens import RADIUS_CARD
from partnerdesk.views.kit.controls import said

BAR: Final = 10
HANDLE_MIN: Final = 32
HANDLE_INSET, HANDLE_RADIUS = 2, 3

_Sub = QStyle.SubControl
_GROUNDS: Final = {
    "window": ("window", ""),
    "surface": ("surface", ""),
    "sunken": ("sunken", ""),
    "header": ("surface", "bottom"),
    "footer": ("sunken", "top"),
    "strip": ("sidebar", "bottom"),
    "sidebar": ("sidebar", "end"),
}
CARD: Final = "card"


def paint_pane(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The ground of a widget that says in its property `pane` which one it has."""
    pane, t, rect = said(widget, "pane"), tokens.current(), option.rect
    if pane == CARD:
        rounded(painter, QRectF(rect), RADIUS_CARD, t.surface, t.line)
        return
    if pane not in _GROUNDS:
        return
    ground, side = _GROUNDS[pane]
    painter.fillRect(rect, getattr(t, ground))
    right, bottom = rect.x() + rect.width(), rect.y() + rect.height()
    if side == "end":
        x = rect.x() if option.direction == Qt.LayoutDirection.RightToLeft else right - 1
        hairline(painter, QPointF(x, rect.y()), QPointF(x, bottom), t.line)
    elif side:
        y = rect.y() if side == "top" else bottom - 1
        hairline(painter, QPointF(rect.x(), y), QPointF(right, y), t.line)


def scroll_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """Where a part of a scroll bar lies: a handle in a groove as long as the bar, no arrows at its ends."""
    rect = option.rect
    flat = option.orientation == Qt.Orientation.Horizontal
    room = rect.width() if flat else rect.height()
    span = option.maximum - option.minimum
    long = min(room, max(HANDLE_MIN, room * option.pageStep // (span + option.pageStep))) if span > 0 else room
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, room - long, option.upsideDown)
    ends = {
        _Sub.SC_ScrollBarGroove: (0, room),
        _Sub.SC_ScrollBarSlider: (start, long),
        _Sub.SC_ScrollBarSubPage: (0, start),
        _Sub.SC_ScrollBarAddPage: (start + long, room - start - long),
    }
    if part not in ends:
        return QRect()
    at, size = ends[part]
    if flat:
        place = QRect(rect.x() + at, rect.y(), size, rect.height())
        return QStyle.visualRect(option.direction, rect, place)
    return QRect(rect.x(), rect.y() + at, rect.width(), size)


def paint_scroll_bar(option: QStyleOptionComplex, painter: QPainter) -> None:
    """The handle of a scroll bar; what is beneath shows through the groove."""
    if not isinstance(option, QStyleOptionSlider) or option.maximum <= option.minimum:
        return
    hover = option.state & QStyle.StateFlag.State_MouseOver and option.activeSubControls & _Sub.SC_ScrollBarSlider
    place = QRectF(scroll_part(option, _Sub.SC_ScrollBarSlider))
    place.adjust(HANDLE_INSET, HANDLE_INSET, -HANDLE_INSET, -HANDLE_INSET)
    t = tokens.current()
    rounded(painter, place, HANDLE_RADIUS, t.control if hover else t.line2)

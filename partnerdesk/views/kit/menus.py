"""The menu bar, and how menus, table headers, tooltips and progress bars are drawn: the style calls these functions."""

import re
from functools import reduce
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QMenuBar,
    QStyle,
    QStyleOption,
    QStyleOptionHeader,
    QStyleOptionMenuItem,
    QStyleOptionProgressBar,
    QWidget,
)

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import CENTER, MIDDLE, RIGHT, elided, hairline, meter, rounded, write
from partnerdesk.look.tokens import RADIUS_CARD, RADIUS_CONTROL, STROKE_INLINE, px
from partnerdesk.views.kit import corners
from partnerdesk.views.kit.controls import bare

Item = QStyleOptionMenuItem.MenuItemType

MENU_EDGE: Final = 5
CELL_PAD: Final = 6
NUMBER_PAD: Final = 12
"""Behind a figure, which else would touch the words of the next column."""
_HELD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_BARE: Final = (Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_Shift, Qt.Key.Key_AltGr)


class MenuBar(QMenuBar):
    """After Esc in a menu the bar keeps the keyboard; a shortcut pressed then gives it back first, so that it works.

    Qt restores the widget that had the keyboard before when the bar is left by Esc.
    """

    def sizeHint(self) -> QSize:
        """All menus side by side; written from right to left Qt would count only those that have room already."""
        hint = super().sizeHint()
        if self.isRightToLeft():
            places = [self.actionGeometry(action) for action in self.actions() if action.isVisible()]
            hint.setWidth(reduce(QRect.united, places, QRect()).width() + px(8))
        return hint

    def event(self, event: QEvent) -> bool:
        """Leave before the shortcut is looked for."""
        if (event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.hasFocus()
                and event.modifiers() & _HELD and event.key() not in _BARE):
            escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(self, escape)
            event.ignore()
            return False
        return super().event(event)
PANE_PAD: Final = 16


def menu_size(option: QStyleOptionMenuItem, size: QSize) -> QSize:
    """The room of a menu row: icon column, words, shortcut."""
    if option.menuItemType == Item.Separator:
        return QSize(px(40), px(9))
    words, _, keys = option.text.partition("\t")
    wide = px(36) + QFontMetrics(font("body")).horizontalAdvance(bare(words)) + px(14)
    if keys:
        wide += px(24) + QFontMetrics(font("tiny")).horizontalAdvance(keys)
    if option.menuItemType == Item.SubMenu:
        wide += px(20)
    return QSize(max(wide, px(140)), px(28))


def paint_menu_row(option: QStyleOptionMenuItem, painter: QPainter, widget: QWidget | None) -> None:
    """A menu row: icon or tick, words, shortcut muted at the right; dangerous ones in red."""
    t = tokens.current()
    rect = QRectF(option.rect)
    if option.menuItemType == Item.Separator:
        middle = rect.center().y()
        hairline(painter, QPointF(rect.left(), middle), QPointF(rect.right(), middle), t.line)
        return
    painter.save()
    mirror(painter, rect, option.direction)
    enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
    if enabled and option.state & QStyle.StateFlag.State_Selected:
        rounded(painter, rect.adjusted(0, 0, 0, 0), px(RADIUS_CONTROL) - 1, t.selection)
    ink = t.danger.text if _is_dangerous(option, widget) else t.text
    ink = ink if enabled else t.disabled
    place = QRectF(rect.left() + px(9), rect.center().y() - px(15) / 2, px(15), px(15))
    if option.checked:
        paint_icon(painter, place, Icon.TICK, t.accent_text if enabled else t.disabled, STROKE_INLINE)
    elif not option.icon.isNull():
        mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
        option.icon.paint(painter, place.toRect(), Qt.AlignmentFlag.AlignCenter, mode)
    words, _, keys = option.text.partition("\t")
    rest = rect.adjusted(px(34), 0, -px(10), 0)
    write(painter, rest, bare(words), font("body"), ink, CENTER)
    if option.menuItemType == Item.SubMenu:
        arrow = QRectF(rest.right() - px(12), rest.top(), px(14), rest.height())
        paint_icon(painter, arrow, Icon.RIGHT, t.text2, STROKE_INLINE)
    elif keys:
        write(painter, rest, keys_apart(keys), font("tiny"), t.muted if enabled else t.disabled, RIGHT)
    painter.restore()


def keys_apart(keys: str) -> str:
    """"Ctrl+Shift+N" as it is written everywhere else: "Ctrl Shift N"."""
    return re.sub(r"(?<=\w)\+(?=.)", " ", keys)


def paint_menu_bar_item(option: QStyleOptionMenuItem, painter: QPainter) -> None:
    """A word of the menu bar."""
    t = tokens.current()
    rect = QRectF(option.rect)
    active = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_Sunken
    painter.fillRect(rect, t.sidebar)
    if option.state & active and option.state & QStyle.StateFlag.State_Enabled:
        rounded(painter, rect.adjusted(1, 2, -1, -2), px(RADIUS_CONTROL), t.selection)
    write(painter, rect, bare(option.text), font("body"), t.text, MIDDLE)


def paint_menu_panel(option: QStyleOption, painter: QPainter) -> None:
    """The ground of a popup: raised, one edge, round corners."""
    t = tokens.current()
    corners.ground(painter, QRectF(option.rect), px(RADIUS_CARD), t.raised, t.line2)


def paint_tip(option: QStyleOption, painter: QPainter) -> None:
    """The ground of a tooltip."""
    tip = tokens.current().tip_bg
    corners.ground(painter, QRectF(option.rect), px(RADIUS_CONTROL) - 1, tip, tip)


def header_pads(option: QStyleOptionHeader) -> tuple[int, int]:
    """Left and right padding of a header section; the outer ones keep to the pane's padding."""
    first = option.position in (
        QStyleOptionHeader.SectionPosition.Beginning,
        QStyleOptionHeader.SectionPosition.OnlyOneSection,
    )
    last = option.position in (
        QStyleOptionHeader.SectionPosition.End,
        QStyleOptionHeader.SectionPosition.OnlyOneSection,
    )
    if option.direction == Qt.LayoutDirection.RightToLeft:
        # Qt counts positions as they are seen, from the left
        first, last = last, first
    to_right = bool(option.textAlignment & Qt.AlignmentFlag.AlignRight)
    return cell_pads(first, last, to_right)


def cell_pads(first: bool, last: bool, to_right: bool) -> tuple[int, int]:
    """Padding before and behind a cell, by its place in the row and whether it holds figures."""
    return px(PANE_PAD if first else CELL_PAD), px(PANE_PAD if last else NUMBER_PAD if to_right else CELL_PAD)


def header_size(option: QStyleOptionHeader) -> QSize:
    """The room a header section wants: its word, its padding, its chevron when sorted."""
    sorts = option.sortIndicator != QStyleOptionHeader.SortIndicator.None_
    wide = QFontMetrics(font("label")).horizontalAdvance(option.text)
    return QSize(wide + sum(header_pads(option)) + (px(16) if sorts else 0) + 2, px(30))


def paint_header(option: QStyleOptionHeader, painter: QPainter) -> None:
    """A table header section: sunken, a hairline beneath, the sorted column in ink with a chevron."""
    t = tokens.current()
    rect = QRectF(option.rect)
    painter.save()
    mirror(painter, rect, option.direction)
    painter.fillRect(rect, t.sunken)
    bottom = rect.bottom() - 1
    hairline(painter, QPointF(rect.left(), bottom), QPointF(rect.right(), bottom), t.line)
    before, after = header_pads(option)
    inner = rect.adjusted(before, 0, -after, -1)
    arrow = option.sortIndicator
    is_sorted = arrow != QStyleOptionHeader.SortIndicator.None_
    hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
    ink = t.text if is_sorted else t.text2 if hover else t.muted
    face = font("label")
    to_right = bool(option.textAlignment & Qt.AlignmentFlag.AlignRight)
    room = px(16) if is_sorted else 0
    text = elided(option.text, face, inner.width() - room)
    write(painter, inner, text, face, ink, RIGHT if to_right else CENTER)
    if is_sorted:
        wide = QFontMetrics(face).horizontalAdvance(text)
        left = inner.right() - wide - px(16) if to_right else inner.left() + wide + px(3)
        place = QRectF(left, inner.center().y() - px(12) / 2, px(12), px(12))
        # Qt calls the arrow of an ascending sort "down"
        down = arrow == QStyleOptionHeader.SortIndicator.SortUp
        paint_icon(painter, place, Icon.DOWN if down else Icon.UP, ink, STROKE_INLINE)
    painter.restore()


def paint_progress(option: QStyleOptionProgressBar, painter: QPainter) -> None:
    """A progress bar as a meter, without text."""
    rect = QRectF(option.rect)
    high = px(5)
    bar = QRectF(rect.left(), rect.center().y() - high / 2, rect.width(), high)
    span = option.maximum - option.minimum
    meter(painter, bar, max(0, option.progress - option.minimum) if span else 0, span or 1)


def _is_dangerous(option: QStyleOptionMenuItem, widget: QWidget | None) -> bool:
    if not isinstance(widget, QMenu):
        return False
    action = widget.actionAt(option.rect.center())
    return action is not None and bool(action.property("kind") == "danger")

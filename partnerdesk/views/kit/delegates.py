"""Paints the rows of tables from plain cell values; there is no widget in any cell."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from partnerdesk.look import tokens
from partnerdesk.look.cells import (
    CELL_ROLE,
    Balance,
    Cell,
    Chip,
    Coop,
    Figures,
    Meter,
    Number,
    Soft,
    TwoLine,
    plain,
)
from partnerdesk.look.fonts import font, line_height
from partnerdesk.look.icons import mirror
from partnerdesk.look.paint import (
    CENTER,
    RIGHT,
    chip,
    chip_width,
    cooperation,
    cooperation_width,
    hairline,
    meter,
    say_line,
    signed,
)
from partnerdesk.look.tokens import Tokens, px
from partnerdesk.views.kit.menus import PANE_PAD, cell_pads

Index = QModelIndex | QPersistentModelIndex

METER_WIDTH: Final = 42
EDGE: Final = 3


class TableDelegate(QStyledItemDelegate):
    """Grounds, selection edge, row line and each kind of cell of a `DeskTable`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = tokens.current()
        view = option.widget
        rect = QRectF(option.rect)
        first, last = _ends(view, index)
        before, after = cell_pads(first, last, holds_figures(index.model(), index.column()))
        painter.save()
        mirror(painter, rect, option.direction)
        ground = self._ground(painter, option, index, first)
        inner = rect.adjusted(before, 0, -after, -1)
        cell = index.data(CELL_ROLE)
        if cell is None:
            cell = index.data() or ""
        if isinstance(cell, Chip) and cell.word:
            chip(painter, inner, cell.kind, cell.word, cell.icon, t, ground)
        else:
            paint_cell(painter, inner, cell, t)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        first, last = _ends(option.widget, index)
        pads = sum(cell_pads(first, last, holds_figures(index.model(), index.column())))
        cell = index.data(CELL_ROLE)
        if cell is None:
            cell = index.data() or ""
        return QSize(cell_width(cell) + pads, px(30))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        first, _ = _ends(option.widget, index)
        high = min(option.rect.height() - 4, px(28))
        left = px(PANE_PAD - 8) if first else 0
        box = QRect(option.rect.left() + left, 0, option.rect.width() - left, high).adjusted(0, 0, -2, 0)
        box.moveTop(option.rect.top() + (option.rect.height() - high) // 2)
        editor.setGeometry(box)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            editor.setFont(font("body"))
            header = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
            editor.setAccessibleName(str(header or ""))
        return editor

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, first: bool) -> QColor:
        """Paint what lies under a cell; gives its colour."""
        t, view, rect = tokens.current(), option.widget, QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        current = (not selected and isinstance(view, QTableView) and view.currentIndex().row() == index.row()
                   and view.selectionBehavior() == QTableView.SelectionBehavior.SelectRows)
        focused = (selected or current) and has_focus_within(view)
        if selected:
            ground = t.selection if focused else t.sel_inactive
        else:
            ground = t.hover if hovered_row(view) == index.row() else t.surface
        painter.fillRect(rect, ground)
        bottom = rect.bottom() - 1
        hairline(painter, QPointF(rect.left(), bottom), QPointF(rect.right(), bottom), t.line)
        if selected and first:
            painter.fillRect(QRectF(rect.left(), rect.top(), px(EDGE), rect.height()), t.accent)
        elif current and focused:
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), t.focus)
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), t.focus)
        return ground


def paint_cell(painter: QPainter, rect: QRectF, cell: Any, t: Tokens) -> None:
    """Paint any cell value into `rect`, the room inside its padding."""
    for kind, paint in _PAINTERS.items():
        if isinstance(cell, kind):
            paint(painter, rect, cell, t)
            return
    say_line(painter, rect, str(cell), "body", t.text)


def cell_width(cell: Cell) -> int:
    """The width a cell wants, without padding."""
    match cell:
        case TwoLine():
            name = QFontMetricsF(font("name")).horizontalAdvance(cell.name)
            second = QFontMetricsF(font("tiny")).horizontalAdvance(cell.second)
            return round(max(name, second)) + 1
        case Chip():
            return chip_width(cell.word, cell.icon is not None) if cell.word else 0
        case Coop():
            return cooperation_width()
        case Meter():
            return px(METER_WIDTH)
        case Figures():
            words = QFontMetricsF(font("number", 500)).horizontalAdvance(cell.words)
            return round(max(words, QFontMetricsF(font("count")).horizontalAdvance(cell.second))) + 1
        case _:
            return round(QFontMetricsF(font("number", 500)).horizontalAdvance(plain(cell))) + 1


def has_focus_within(view: QWidget | None) -> bool:
    """Whether the keyboard is in the view or in an editor of one of its cells."""
    if view is None:
        return False
    focus = QApplication.focusWidget()
    if view.property("look") == "focus":
        return True
    return view.hasFocus() or (focus is not None and view.isAncestorOf(focus))


def holds_figures(model: QAbstractItemModel, column: int) -> bool:
    """Whether a column is set to the right."""
    align = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
    return align is not None and bool(Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight)


def hovered_row(view: QWidget | None) -> int:
    """The row under the pointer of a view that keeps one, else -1."""
    row = getattr(view, "hover_row", -1)
    return row if isinstance(row, int) else -1


def _two_line(painter: QPainter, rect: QRectF, cell: TwoLine, t: Tokens) -> None:
    name_high, second_high = line_height("name"), line_height("tiny")
    if not cell.second or rect.height() < name_high + second_high:
        say_line(painter, rect, cell.name, "name", t.text)
        return
    top = rect.top() + (rect.height() + 1 - name_high - second_high) / 2
    say_line(painter, QRectF(rect.left(), top, rect.width(), name_high), cell.name, "name", t.text)
    below = QRectF(rect.left(), top + name_high, rect.width(), second_high)
    say_line(painter, below, cell.second, "tiny", t.muted)


def _soft(painter: QPainter, rect: QRectF, cell: Soft, t: Tokens) -> None:
    # days stand under each other, but a hyphen of a name must not be as wide as a figure
    say_line(painter, rect, cell.words, "body" if "-" in cell.words else "number", t.text2)


def _chip(painter: QPainter, rect: QRectF, cell: Chip, t: Tokens) -> None:
    if cell.word:
        chip(painter, rect, cell.kind, cell.word, cell.icon, t)


def _coop(painter: QPainter, rect: QRectF, cell: Coop, t: Tokens) -> None:
    narrow = rect.width() < cooperation_width()
    if narrow:
        painter.save()
        painter.setClipRect(rect)
    cooperation(painter, rect, cell.forms, t.text2, t)
    if narrow:
        painter.restore()


def _meter(painter: QPainter, rect: QRectF, cell: Meter, t: Tokens) -> None:
    tall = rect.height() >= px(36)
    bar_high = px(4 if tall else 3)
    wide = min(float(px(METER_WIDTH)), rect.width())
    middle = rect.center().y()
    words = QRectF(rect.left(), middle - px(17 if tall else 13), rect.width(), px(17))
    ink = t.danger.text if cell.used > cell.total else t.text2
    say_line(painter, words, f"{cell.used}/{cell.total}", "small_number", ink, RIGHT)
    top = round(middle + px(6))
    meter(painter, QRectF(rect.right() - wide, top, wide, bar_high), cell.used, cell.total, cell.held, t)


def _number(painter: QPainter, rect: QRectF, cell: Number, t: Tokens) -> None:
    say_line(painter, rect, cell.words, "number", t.text, RIGHT)


def _balance(painter: QPainter, rect: QRectF, cell: Balance, t: Tokens) -> None:
    ink = t.danger.text if cell.past_limit else t.text
    say_line(painter, rect, signed(cell.value), "number", ink, RIGHT, 500)


def _figures(painter: QPainter, rect: QRectF, cell: Figures, t: Tokens) -> None:
    high, second_high = line_height("number"), line_height("tiny")
    two = bool(cell.second) and rect.height() >= high + second_high
    top = rect.top() + (rect.height() + 1 - high - (second_high if two else 0)) / 2
    say_line(painter, QRectF(rect.left(), top, rect.width(), high), cell.words, "number", t.role(cell.role), RIGHT, 500)
    if two:
        below = QRectF(rect.left(), top + high, rect.width(), second_high)
        say_line(painter, below, cell.second, "count", t.muted, RIGHT)


def _text(painter: QPainter, rect: QRectF, cell: str, t: Tokens) -> None:
    say_line(painter, rect, cell, "body", t.text, CENTER)


_PAINTERS: Final[dict[type, Callable[[QPainter, QRectF, Any, Tokens], None]]] = {
    TwoLine: _two_line,
    Soft: _soft,
    Chip: _chip,
    Coop: _coop,
    Meter: _meter,
    Number: _number,
    Balance: _balance,
    Figures: _figures,
    str: _text,
}


def _ends(view: QWidget | None, index: Index) -> tuple[bool, bool]:
    """Whether the column is the first and the last one seen."""
    if not isinstance(view, QTableView):
        return True, True
    header = view.horizontalHeader()
    start = header.sectionPosition(index.column())
    return start == 0, start + header.sectionSize(index.column()) >= header.length()

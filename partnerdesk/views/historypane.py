"""The history of one record: each step with who and when, what changed from what to what, and why."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Entry
from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import mirror
from partnerdesk.look.paint import RIGHT, write
from partnerdesk.look.tokens import px
from partnerdesk.look.words import day
from partnerdesk.models.history import Told, told
from partnerdesk.services import journal

Index = QModelIndex | QPersistentModelIndex
_TOLD = int(Qt.ItemDataRole.UserRole) + 1


class HistoryModel(QAbstractListModel):
    """Lines of a history."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Told] = []

    def show(self, lines: Sequence[Told]) -> None:
        """Show other lines; lines at the end that stay are kept, so that the scroll does not jump."""
        fresh = list(lines)
        same = 0
        while same < min(len(fresh), len(self._lines)) and fresh[-1 - same] == self._lines[-1 - same]:
            same += 1
        if len(self._lines) > same:
            self.beginRemoveRows(QModelIndex(), 0, len(self._lines) - same - 1)
            del self._lines[:len(self._lines) - same]
            self.endRemoveRows()
        if len(fresh) > same:
            self.beginInsertRows(QModelIndex(), 0, len(fresh) - same - 1)
            self._lines[:0] = fresh[:len(fresh) - same]
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == _TOLD:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            if line.field:
                return f"{line.field}: {_change(line)}"
            return ", ".join(part for part in (line.what, line.who, when(line.at), line.reason) if part)
        return None


class HistoryDelegate(QStyledItemDelegate):
    """Paints a step's head, or a field from → to."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(_TOLD)
        head = isinstance(line, Told) and not line.field
        return QSize(px(100), px((58 if line.reason else 42) if head else 20))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_TOLD)
        if not isinstance(line, Told):
            return
        t = tokens.current()
        box = QRectF(option.rect).adjusted(px(16), 0, -px(16), 0)
        painter.save()
        mirror(painter, QRectF(option.rect), option.direction)
        if line.field:
            half = box.width() * 0.42
            write(painter, QRectF(box.left(), box.top(), half - px(6), box.height()), line.field, font("tiny"), t.muted)
            changed = QRectF(box.left() + half, box.top(), box.width() - half, box.height())
            write(painter, changed, _change(line), font("tiny"), t.text2)
        else:
            what = line.what[:1].upper() + line.what[1:]
            write(painter, QRectF(box.left(), box.top() + px(7), box.width(), px(18)), what, font("body", 500), t.text)
            below = QRectF(box.left(), box.top() + px(24), box.width(), px(15))
            write(painter, below, line.who, font("tiny"), t.muted)
            write(painter, below, when(line.at), font("tiny"), t.muted, RIGHT)
            if line.reason:
                write(painter, below.translated(0, px(16)), f"“{line.reason}”", font("tiny"), t.text2)
        painter.restore()


class HistoryPane(QWidget):
    """Shows the history of a partner, or of any records as one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = HistoryModel(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(HistoryDelegate(self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setSelectionMode(QListView.SelectionMode.NoSelection)
        self._list.setAccessibleName(self.tr("History"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)

    def show_partner(self, institution_id: int) -> None:
        """Ask for the history of a partner and of the relation to it."""
        key = (self, "history")
        self._desk.ask(lambda reader: journal.partner_history(reader, institution_id), self._take, key=key)

    def show_roots(self, roots: Sequence[tuple[str, int]]) -> None:
        """Ask for the history of some records (kind and id each) as one."""
        key = (self, "history")
        self._desk.ask(lambda reader: journal.history_of(reader, roots), self._take, key=key)

    def _take(self, entries: Sequence[Entry]) -> None:
        self._model.show(told(entries))


def _change(line: Told) -> str:
    return f"{line.before} → {line.after}" if line.before else line.after


def when(moment: datetime) -> str:
    """A moment in the user's time and manner: "24 Nov 2026, 10:42"."""
    local = moment.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"

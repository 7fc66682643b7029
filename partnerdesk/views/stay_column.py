"""A column of the board: the phase at its head, its cards, and how many more there are."""

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRectF, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFrame, QListView, QScrollArea, QSizePolicy, QWidget

from partnerdesk.domain.stay_board import StayCard
from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.look.paint import rounded, say_line
from partnerdesk.look.tokens import RADIUS_CARD, px
from partnerdesk.look.words import number
from partnerdesk.models.stay_board import PhaseColumn
from partnerdesk.models.stay_words import phase_icon, phase_name
from partnerdesk.views.kit import motion
from partnerdesk.views.kit.buttons import IconButton
from partnerdesk.views.kit.labels import IconLabel, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.scroll import BAR
from partnerdesk.views.stay_card import GAP, HIGH, SIDE, CardDelegate
from partnerdesk.views.stay_drag import drag_of, ids_of

AHEAD: Final = 12
SETTLING_MS: Final = 120
_Flag = QItemSelectionModel.SelectionFlag
_ADDING: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class CardList(QListView):
    """The cards of a phase. `entered(id)` to open one, `across(step)` for the column beside it, `chosen(alone)` when
    the selection has changed: alone when what other columns have selected is to go; `dragged()` before a drag.
    """

    entered = Signal(object)
    across = Signal(int)
    chosen = Signal(bool)
    drag_wanted = Signal()
    moved = Signal()

    def __init__(self, column: PhaseColumn, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = column
        self._alone = False
        self._dragging = False
        self._delegate = CardDelegate(self)
        self._settling: frozenset[int] = frozenset()
        self._settle = QVariantAnimation(self)
        self._settle.setStartValue(0.0)
        self._settle.setEndValue(1.0)
        self._settle.valueChanged.connect(self._step_settling)
        self.setItemDelegate(self._delegate)
        self.setModel(column)
        self.setAccessibleName(phase_name(column.phase))
        self._dress()
        self.selectionModel().selectionChanged.connect(self._tell_chosen)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._reach_under)
        tokens.watch().changed.connect(self._measure)

    @property
    def column(self) -> PhaseColumn:
        """The cards."""
        return self._column

    @property
    def selected(self) -> list[StayCard]:
        """The selected cards from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._column.cards[row] for row in rows if row < len(self._column.cards)]

    @property
    def below(self) -> int:
        """How many stays of this phase lie below what is seen."""
        total = self._column.total or 0
        step = px(HIGH) + px(GAP)
        seen = (self.verticalScrollBar().value() + self.viewport().height() + px(GAP)) // step
        return max(0, total - int(seen))

    def select_row(self, row: int, *, add: bool = False) -> None:
        """Select a card, with those that are selected already or alone, and bring it into sight."""
        index = self._column.index(row)
        self.selectionModel().setCurrentIndex(index, _Flag.Select if add else _Flag.ClearAndSelect)
        self.scrollTo(index)

    def row_at_height(self, y: int) -> int:
        """The row of the card at a height of the viewport, the nearest one where there is none; -1 without cards."""
        step = px(HIGH) + px(GAP)
        row = (self.verticalScrollBar().value() + y) // step
        return min(max(row, 0), self._column.rowCount() - 1)

    def height_of(self, row: int) -> int:
        """Where the middle of a card lies in the viewport."""
        return self.visualRect(self._column.index(row)).top() + px(HIGH) // 2

    def set_faint(self, ids: frozenset[int]) -> None:
        """Pale these cards, as long as they hang on the pointer."""
        self._delegate.set_faint(ids)
        self.viewport().update()

    def settle(self, ids: frozenset[int]) -> None:
        """Let cards that were put down come to rest in their place."""
        length = motion.duration(SETTLING_MS)
        if length:
            self._settling = ids
            self._settle.setDuration(length)
            self._settle.start()

    def drag(self, ids: list[int], card: StayCard, at: QPoint) -> None:
        """Carry stays on the pointer, the card it took hold of in sight, until they are put down somewhere."""
        size = QSize(self.viewport().width() - 2 * px(SIDE), px(HIGH + 12))
        self._dragging = True
        drag_of(self, ids, card, size, at).exec(Qt.DropAction.MoveAction)

    def page_down(self) -> None:
        """Go on to the cards below."""
        bar, step = self.verticalScrollBar(), px(HIGH) + px(GAP)
        bar.setValue(bar.value() + max(step, self.viewport().height() // step * step))
        self._ask_ahead()

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803
        self.drag_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        index = self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.entered.emit(self._column.cards[index.row()].id)
        elif key in steps:
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            self.across.emit(-steps[key] if mirrored else steps[key])
        else:
            self._alone = not event.modifiers() & _ADDING
            super().keyPressEvent(event)
            self._alone = False
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        # with the menu's button a card outside the selection is chosen first, one inside keeps it as it is
        self._alone = not event.modifiers() & _ADDING
        super().mousePressEvent(event)
        self._alone = False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        super().mouseReleaseEvent(event)
        if left and not self._dragging and not event.modifiers() & _ADDING:
            self.chosen.emit(True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.entered.emit(self._column.cards[index.row()].id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_pointer = event.reason() == Qt.FocusReason.MouseFocusReason
        if not by_pointer and not self.currentIndex().isValid() and self._column.rowCount():
            self.selectionModel().setCurrentIndex(self._column.index(self.row_at_height(0)), _Flag.NoUpdate)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_ahead()
        self.moved.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._reach_under()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAutoFillBackground(False)
        self._measure()

    @Slot()
    def _measure(self) -> None:
        self.verticalScrollBar().setSingleStep(px(HIGH + GAP) // 2)
        self.scheduleDelayedItemsLayout()

    @Slot()
    def _reach_under(self) -> None:
        """Let the cards reach under the scroll bar, on whichever side it stands."""
        under = -BAR if self.verticalScrollBar().maximum() > 0 else 0
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setViewportMargins(under if mirrored else 0, 0, 0 if mirrored else under, 0)
        self.moved.emit()

    @Slot()
    def _scrolled(self) -> None:
        self._ask_ahead()
        self.moved.emit()

    def _ask_ahead(self) -> None:
        """Fetch the next cards before the last one there is comes into sight."""
        last = self.row_at_height(self.viewport().height())
        if last + AHEAD >= self._column.rowCount():
            self._column.fetchMore(self.rootIndex())

    @Slot()
    def _tell_chosen(self) -> None:
        self.chosen.emit(self._alone)

    @Slot(object)
    def _step_settling(self, way: float) -> None:
        self._delegate.set_settling(self._settling, way)
        self.viewport().update()


class _More(QAbstractButton):
    """How many stays lie below what is seen; pressed, it goes on to them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        Measured(self, height=30)

    def say(self, words: str) -> None:
        """Show other words, none where nothing lies below."""
        self.setText(words)
        self.setAccessibleName(words)
        self.setEnabled(bool(words))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if words else Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(px(60), px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = tokens.current()
        place = QRectF(self.rect()).adjusted(px(10), 0, -px(10), 0)
        say_line(QPainter(self), place, self.text(), "tiny", t.text if self.underMouse() else t.muted)


class _Slot(QWidget):
    """Where a card would be put down."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        Measured(self, height=HIGH + GAP)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = tokens.current()
        box = QRectF(self.rect()).adjusted(px(SIDE), 0, -px(SIDE), -px(GAP))
        rounded(QPainter(self), box, px(RADIUS_CARD), t.accent_soft, t.accent, 1.0, dashed=True)


class BoardColumn(QWidget):
    """A phase on the board. `dropped(ids)` when stays were put down on it, `add_wanted()` for a new stay in it,
    `head_menu(point)` when the menu of its head is asked for.
    """

    dropped = Signal(list)
    add_wanted = Signal()
    head_menu = Signal(QPoint)
    dragged_over = Signal(QPoint)

    def __init__(self, column: PhaseColumn, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = column
        self.cards = CardList(column, self)
        self._slot = _Slot(self)
        self.more = _More(self)
        self.more.clicked.connect(self.cards.page_down)
        whole = Column(self, (0, 0, 0, 0), 0)
        whole.addWidget(self._make_head())
        whole.addWidget(self._slot)
        whole.addWidget(self.cards, 1)
        whole.addWidget(self.more)
        self.setAcceptDrops(True)
        self.setAccessibleName(phase_name(column.phase))
        column.counted.connect(self._count)
        column.rowsInserted.connect(self._count)
        column.rowsRemoved.connect(self._count)
        self.cards.moved.connect(self._count_below)
        self._count()

    @property
    def takes_now(self) -> bool:
        """Whether what hangs on the pointer would be put down here, as the dashed slot shows."""
        return self._slot.isVisible()

    def set_adding(self, possible: bool) -> None:
        """Offer to begin a stay in this phase, or not."""
        self._add.setVisible(possible)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = tokens.current()
        edge = t.focus if self._slot.isVisible() else None
        rounded(QPainter(self), QRectF(self.rect()), px(RADIUS_CARD), t.sunken, edge, 2.0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._takes(event):
            self._slot.show()
            self.update()
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.dragged_over.emit(self.mapToGlobal(event.position().toPoint()))
        if self._takes(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._put_slot_away()

    def dropEvent(self, event: QDropEvent) -> None:
        self._put_slot_away()
        ids = ids_of(event.mimeData())
        if ids:
            event.acceptProposedAction()
            self.dropped.emit(ids)

    def _takes(self, event: QDropEvent) -> bool:
        """Whether what is dragged would change its phase here."""
        return any(self._column.row_of(i) < 0 for i in ids_of(event.mimeData()))

    def _put_slot_away(self) -> None:
        self._slot.hide()
        self.update()

    def _make_head(self) -> QWidget:
        head = QWidget(self)
        Measured(head, height=36)
        row = Row(head, (10, 0, 4, 0), 6)
        row.addWidget(IconLabel(phase_icon(self._column.phase), "text2", 14, parent=head))
        self._name = ShortWords(phase_name(self._column.phase), "strong", parent=head)
        row.addWidget(self._name)
        self._n = Words("", "small_number", "muted", parent=head)
        row.addWidget(self._n)
        row.addStretch(1)
        name = self.tr("New stay in {phase}").format(phase=phase_name(self._column.phase))
        self._add = IconButton(Icon.ADD, name, parent=head)
        self._add.clicked.connect(self.add_wanted)
        row.addWidget(self._add)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._menu_at_head)
        self._head = head
        return head

    @Slot(QPoint)
    def _menu_at_head(self, at: QPoint) -> None:
        self.head_menu.emit(self._head.mapToGlobal(at))

    @Slot()
    def _count(self) -> None:
        total = self._column.total
        self._n.setText("" if total is None else number(total))
        self._count_below()

    @Slot()
    def _count_below(self) -> None:
        below = self.cards.below if self._column.rowCount() else 0
        self.more.say(self.tr("{n} more").format(n=number(below)) if below else "")


class SideRoom(QScrollArea):
    """A room for columns that scrolls sideways; `resized()` when there is more or less of it."""

    resized = Signal()

    def __init__(self, ground: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(ground)
        self.viewport().setAutoFillBackground(False)
        ground.setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

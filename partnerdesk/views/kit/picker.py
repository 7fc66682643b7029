"""A searchable list that pops up from a field, for choices too many for a combo: countries, partners, languages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.domain.text import fold
from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, icon, paint_icon
from partnerdesk.look.paint import CENTER, RIGHT, hairline, write
from partnerdesk.look.tokens import STROKE_INLINE, px
from partnerdesk.views.kit.matching import NOWHERE, paint_matched, part, rank, spans
from partnerdesk.views.kit.popup import LateReply, Popup

Index = QModelIndex | QPersistentModelIndex

WIDTH, ROWS, PAUSE_MS = 260, 8, 100
OPTION, TYPED, CHECKED = (Qt.ItemDataRole.UserRole + step for step in range(3))


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick: `search` holds further spellings it is found by (aliases, native names)."""

    value: object
    label: str
    code: str = ""
    search: str = ""

    @property
    def folded(self) -> str:
        """Everything it is found by, the label first."""
        return fold(f"{self.label} {self.code} {self.search}")


Reply = Callable[[Sequence[Option]], None]
Provider = Callable[[str, Reply], None]


class OptionsModel(QAbstractListModel):
    """The options that answer what is typed, best first, each with its check."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.typed = ""
        self.checked: set[object] = set()
        self.labels: dict[object, str] = {}
        self._options: list[Option] = []

    def show_options(self, options: Sequence[Option], typed: str) -> None:
        """Put other options in place of those shown."""
        self.beginResetModel()
        self._options, self.typed = list(options), typed
        self.labels.update((option.value, option.label) for option in options)
        self.endResetModel()

    def option(self, row: int) -> Option:
        """The option in `row`."""
        return self._options[row]

    def row_of(self, value: object) -> int:
        """The row of a value, or -1."""
        return next((at for at, option in enumerate(self._options) if option.value == value), -1)

    def toggle(self, row: int) -> None:
        """Check or uncheck a row."""
        self.checked ^= {self._options[row].value}
        place = self.index(row)
        self.dataChanged.emit(place, place)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as are shown."""
        return 0 if parent.isValid() else len(self._options)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The option, its label, its check, and a sentence for screen readers."""
        if not index.isValid():
            return None
        option = self._options[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return option.label
        if role == OPTION:
            return option
        if role == TYPED:
            return self.typed
        if role == CHECKED:
            return option.value in self.checked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [option.label, option.code, self.tr("chosen") if option.value in self.checked else ""]
            return ", ".join(part for part in parts if part)
        return None


class OptionDelegate(QStyledItemDelegate):
    """A picker row: check at the left, label with its match in 600, code at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One picker row."""
        return QSize(px(WIDTH), tokens.height("picker_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        t = tokens.current()
        painter.save()
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        row = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, t.selection)
        shown: Option = index.data(OPTION)
        inner = row.adjusted(px(11), 0, -px(11), 0)
        check = part(inner, 0, px(14), mirrored)
        if index.data(CHECKED):
            side = px(14)
            place = QRectF(check.left(), row.center().y() - side / 2, side, side)
            paint_icon(painter, place, Icon.TICK, t.accent_text, STROKE_INLINE)
        code_room = _width(shown.code, "tiny")
        write(painter, part(inner, inner.width() - code_room, code_room, mirrored), shown.code, font("tiny"),
              t.muted, RIGHT)  # fmt: skip
        gap = code_room + px(10) if shown.code else 0
        label = part(inner, px(22), inner.width() - px(22) - gap, mirrored)
        paint_matched(painter, label, shown.label, spans(shown.label, index.data(TYPED)), "body", t.text)
        painter.restore()


class AddRow(QAbstractButton):
    """The last row of a picker: add what was typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.current = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_current(self, current: bool) -> None:
        """Mark it as the keyboard's row."""
        if current != self.current:
            self.current = current
            self.update()

    def sizeHint(self) -> QSize:
        """A picker row with a hairline above and the round of the popup below."""
        words = px(11 + 22 + 11) + round(_width(self.text(), "small"))
        return QSize(min(px(WIDTH) - 2, words), tokens.height("picker_row") + px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hairline, plus sign, words."""
        painter = QPainter(self)
        t = tokens.current()
        box = QRectF(self.rect())
        if self.current or self.underMouse():
            painter.fillRect(box.adjusted(0, 1, 0, -px(3)), t.selection if self.current else t.hover)
        hairline(painter, QPointF(0, 0), QPointF(box.width(), 0), t.line)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        inner = box.adjusted(px(11), 1, -px(11), -px(3))
        sign = part(inner, 0, px(14), mirrored)
        place = QRectF(sign.left(), inner.center().y() - px(7), px(14), px(14))
        paint_icon(painter, place, Icon.ADD, t.accent_text, STROKE_INLINE)
        words = part(inner, px(22), inner.width() - px(22), mirrored)
        write(painter, words, self.text(), font("small"), t.accent_text, CENTER)


class PickerPopup(Popup):
    """Search on top, the options beneath. `chosen` gives a value; with `many`, `toggled` gives all checked."""

    chosen = Signal(object)
    toggled = Signal(object)
    add_asked = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        options: Sequence[Option] | Provider,
        checked: Iterable[object] = (),
        *,
        many: bool = False,
        add_text: str = "",
        name: str = "",
    ) -> None:
        """`options` is a list or a provider; `add_text` ("Add “{text}” as …") makes the last row; `name` is said."""
        super().__init__(parent)
        self._options = [] if callable(options) else [(option, option.folded) for option in options]
        self._provider = options if callable(options) else None
        self._many, self._add_text, self._ticket = many, add_text, 0
        self._asking = self._choose_when_answered = False
        self.model = OptionsModel(self)
        self.model.checked = set(checked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self.search = QLineEdit(self)
        self.list = QListView(self)
        self.add_row = AddRow(self)
        self.setAccessibleName(name or self.tr("Choose"))
        self._build()
        self._ask()
        self._show_current()

    @property
    def labels(self) -> dict[object, str]:
        """How the values seen so far are called."""
        return self.model.labels

    def type_text(self, typed: str) -> None:
        """Begin with something typed, as when letters are struck on the closed field."""
        self.search.setText(typed)

    def take_answer(self, ticket: int, options: Sequence[Option]) -> None:
        """Show what a provider found, if it answers the latest question."""
        if ticket != self._ticket:
            return
        self._asking = False
        self._show(list(options))
        if self._choose_when_answered:
            self._choose_current()

    def sizeHint(self) -> QSize:
        """260 wide, as high as its rows, at most eight."""
        rows = max(1, min(ROWS, self.model.rowCount()))
        foot = self.add_row.sizeHint().height() if self.add_row.isVisibleTo(self) else px(6)
        return QSize(px(WIDTH), px(8 + 28 + 8) + rows * tokens.height("picker_row") + foot + 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list with the keys of the search field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._walk(event):
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame, and the sentence when nothing matches."""
        super().paintEvent(event)
        if self.model.rowCount() == 0 and not self._timer.isActive():
            painter = QPainter(self)
            row = QRectF(px(11), px(44), self.width() - px(22), tokens.height("picker_row"))
            words = self.tr("Nothing matches “{text}”").format(text=self.search.text().strip())
            if not self.search.text().strip():
                words = self.tr("Nothing to choose from")
            write(painter, row, words, font("small"), tokens.current().muted, CENTER)

    @Slot()
    def _typed(self) -> None:
        self._choose_when_answered = False
        if self._provider is None:
            self._ask()
        else:
            self._timer.start()

    @Slot()
    def _ask(self) -> None:
        typed = self.search.text().strip()
        self._ticket += 1
        if self._provider is not None:
            self._asking = True
            self._provider(typed, LateReply(self, self._ticket))
            return
        words = fold(typed)
        ranked = [(rank(folded, words), at) for at, (_, folded) in enumerate(self._options)]
        ranked = [pair for pair in ranked if pair[0] != NOWHERE]
        if words:
            ranked.sort()
        self._show([self._options[at][0] for _, at in ranked])

    @Slot()
    def _choose_current(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._ask()
        # what is listed was found by other words than those that stand there now
        self._choose_when_answered = self._asking
        if self._asking:
            return
        place = self.list.currentIndex()
        if self.add_row.current:
            self._add()
        elif place.isValid():
            self._choose(place)

    @Slot(QModelIndex)
    def _choose(self, place: QModelIndex) -> None:
        if self._many:
            self.model.toggle(place.row())
            self.toggled.emit(set(self.model.checked))
            return
        value = self.model.option(place.row()).value
        self.close()
        self.chosen.emit(value)

    @Slot()
    def _add(self) -> None:
        typed = self.search.text().strip()
        self.close()
        self.add_asked.emit(typed)

    @Slot(QModelIndex)
    def _entered(self, place: QModelIndex) -> None:
        if self.pointer_moved():
            self.add_row.set_current(False)
            self.list.setCurrentIndex(place)

    def _build(self) -> None:
        self.search.addAction(icon(Icon.SEARCH, "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setFont(font("body"))
        self.search.setFixedHeight(tokens.height("control"))
        self.search.setAccessibleName(self.tr("Search in the list"))
        self.search.textChanged.connect(self._typed)
        self.search.installEventFilter(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(OptionDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setMinimumHeight(1)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setAccessibleName(self.accessibleName())
        self.list.entered.connect(self._entered)
        self.list.clicked.connect(self._choose)
        self.add_row.clicked.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, px(8), 1, 0)
        column.setSpacing(px(8))
        head = QVBoxLayout()
        head.setContentsMargins(px(8) - 1, 0, px(8) - 1, 0)
        head.addWidget(self.search)
        column.addLayout(head)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.add_row)
        column.addLayout(rows, 1)
        self.setFocusProxy(self.search)

    def _show(self, options: list[Option]) -> None:
        typed = self.search.text().strip()
        self.model.show_options(options, typed)
        self.add_row.setText(self._add_text.format(text=typed))
        self.add_row.setVisible(bool(self._add_text) and bool(typed))
        self._go_to(0)
        self.refit()

    def _show_current(self) -> None:
        rows = [self.model.row_of(value) for value in self.model.checked]
        self._go_to(min((row for row in rows if row >= 0), default=0))

    def _walk(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
        key = Qt.Key(event.key())
        if key in steps:
            last = self.model.rowCount() - 1 + int(self.add_row.isVisibleTo(self))
            here = last if self.add_row.current else self.list.currentIndex().row()
            self._go_to(max(0, min(last, here + steps[key])))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose_current()
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        return False

    def _go_to(self, row: int) -> None:
        on_list = row < self.model.rowCount()
        self.add_row.set_current(not on_list and self.add_row.isVisibleTo(self))
        place = self.model.index(row) if on_list else QModelIndex()
        self.list.setCurrentIndex(place)
        if place.isValid():
            self.list.scrollTo(place)


def _width(words: str, style: str) -> float:
    return QFontMetricsF(font(style)).horizontalAdvance(words) + 1 if words else 0.0

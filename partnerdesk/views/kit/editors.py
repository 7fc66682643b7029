"""The simple editors of forms: a line, a text that grows, a choice of few, a tick, a row of toggles."""

from collections.abc import Sequence
from math import ceil
from typing import Any, Final

from PySide6.QtCore import QEvent, QMargins, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, icon, mirror, paint_icon
from partnerdesk.look.paint import rounded, write
from partnerdesk.look.tokens import RADIUS_CONTROL, STROKE_INLINE, px
from partnerdesk.look.words import NOTHING
from partnerdesk.views.kit.editing import Editing, leaves_undo_to_the_office
from partnerdesk.views.kit.layouts import Flow

LEAST_LINES: Final = 2
MOST_LINES: Final = 6
TEXT_SIDE: Final = 3
TEXT_PAD: Final = 3


class LineEditor(Editing, QLineEdit):
    """One line of text; Esc takes back what was typed since the last commit."""

    edited = Signal(object)
    noted = Signal()
    open_wanted = Signal(str)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._placeholder = placeholder
        self._lock: QAction | None = None
        self.setPlaceholderText(placeholder)
        self.setMinimumWidth(40)
        self.editingFinished.connect(self.commit)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z with nothing typed is the office's."""
        if leaves_undo_to_the_office(event, self.isUndoAvailable(), self.isRedoAvailable()):
            return False
        return super().event(event)

    def value(self) -> str:
        """The text, without blanks at its ends."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show `value`; words being typed stay until the field is left."""
        self._told = value or ""
        if not (self.hasFocus() and self.isModified()):
            self.setText(self._told)
            self.setCursorPosition(0)

    def set_leading(self, meaning: Icon) -> None:
        """Put an icon before the text, as in a search field."""
        self.addAction(icon(meaning, "muted"), QLineEdit.ActionPosition.LeadingPosition)

    def set_opener(self, name: str) -> None:
        """Offer to open the value, as with a web address; `open_wanted` carries it."""
        action = self.addAction(icon(Icon.OPEN_LINK, "muted"), QLineEdit.ActionPosition.TrailingPosition)
        action.setText(name)
        action.setToolTip(name)
        action.triggered.connect(self._open)

    @Slot()
    def commit(self) -> None:
        """Tell the value where it differs from the one last told."""
        if self.isReadOnly() or self.value() == self._told or (self.notes.mixed and not self.value()):
            return
        self._told = self.value()
        self.setModified(False)
        self.edited.emit(self._told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._told:
            self.setText(self._told)
            event.accept()
            return
        super().keyPressEvent(event)

    def _notes_changed(self) -> None:
        locked = bool(self.notes.locked)
        self.setReadOnly(locked)
        self.setPlaceholderText(NOTHING if self.notes.mixed else self._placeholder)
        if self.notes.mixed:
            self._told = ""
            self.setText("")
        if locked and self._lock is None:
            trailing = QLineEdit.ActionPosition.TrailingPosition
            self._lock = self.addAction(icon(Icon.LOCKED, "disabled"), trailing)
        elif not locked and self._lock is not None:
            self.removeAction(self._lock)
            self._lock = None

    @Slot()
    def _open(self) -> None:
        if self.value():
            self.open_wanted.emit(self.value())


class TextEditor(Editing, QPlainTextEdit):
    """A text that grows from two to six lines; Tab goes on, Ctrl+Enter commits."""

    edited = Signal(object)
    noted = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._placeholder = placeholder
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(80)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        tokens.watch().changed.connect(self._grow)
        self._grow()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z with nothing typed is the office's."""
        if leaves_undo_to_the_office(event, self.document().isUndoAvailable(), self.document().isRedoAvailable()):
            return False
        return super().event(event)

    def value(self) -> str:
        """The text, without blanks at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show `value`; words being typed stay until the field is left."""
        self._told = value or ""
        if not (self.hasFocus() and self.document().isModified()):
            self.setPlainText(self._told)

    def commit(self) -> None:
        """Tell the value where it differs from the one last told."""
        if self.isReadOnly() or self.value() == self._told or (self.notes.mixed and not self.value()):
            return
        self._told = self.value()
        self.document().setModified(False)
        self.edited.emit(self._told)

    def sizeHint(self) -> QSize:
        return QSize(px(200), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
        self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
        elif event.key() == Qt.Key.Key_Escape and self.value() != self._told:
            self.setPlainText(self._told)
        else:
            super().keyPressEvent(event)

    def _notes_changed(self) -> None:
        self.setReadOnly(bool(self.notes.locked))
        # locked, the words stand on the ground of the box, not on one of their own
        self.viewport().setAutoFillBackground(not self.notes.locked)
        self.setPlaceholderText(NOTHING if self.notes.mixed else self._placeholder)
        if self.notes.mixed:
            self._told = ""
            self.setPlainText("")

    @Slot()
    def _grow(self) -> None:
        self.setFont(font("body"))
        side, pad = px(TEXT_SIDE), px(TEXT_PAD)
        if self.viewportMargins() != QMargins(side, pad, side, pad):
            self.setViewportMargins(side, pad, side, pad)
        written = round(self.document().size().height())
        lines = min(MOST_LINES, max(LEAST_LINES, written))
        room = ceil(QFontMetricsF(self.font()).lineSpacing()) * lines
        wanted = room + 2 * (round(self.document().documentMargin()) + pad + 1)
        bar = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(bar.ScrollBarAsNeeded if written > MOST_LINES else bar.ScrollBarAlwaysOff)
        if wanted != self.height() or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)


class _ChoiceRows(QStyledItemDelegate):
    """Rows of a drop-down list at the height of a menu's."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        return QSize(super().sizeHint(option, index).width() + px(16), px(28))


class ChoiceEditor(Editing, QComboBox):
    """A choice of at most ten; longer lists have a picker. `choices` are (value, word)."""

    edited = Signal(object)
    noted = Signal()

    def __init__(
        self,
        choices: Sequence[tuple[Any, str]] = (),
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._placeholder = placeholder
        self._told: Any = None
        rows = QListView(self)
        rows.setItemDelegate(_ChoiceRows(rows))
        self.setView(rows)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setPlaceholderText(self._placeholder)
        self.set_choices(choices)
        self.activated.connect(self._activated)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other choices; the value stays where it is still among them."""
        self.clear()
        for value, word in choices:
            self.addItem(word, value)
        self.set_value(self._told)

    def value(self) -> Any:
        """The chosen value, or None."""
        return self.currentData()

    def set_value(self, value: Any) -> None:
        """Show `value` as chosen; None or an unknown one shows the placeholder."""
        self._told = value
        places = [i for i in range(self.count()) if value is not None and self.itemData(i) == value]
        self.setCurrentIndex(places[0] if places else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        if not self.notes.locked:
            super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.notes.locked and event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _notes_changed(self) -> None:
        self.setPlaceholderText(NOTHING if self.notes.mixed else self._placeholder)
        if self.notes.mixed:
            self.set_value(None)

    @Slot(int)
    def _activated(self, place: int) -> None:
        value = self.itemData(place)
        if value != self._told or self.notes.mixed:
            self._told = value
            self.edited.emit(value)


class TickEditor(Editing, QCheckBox):
    """A tick with its words beside it."""

    edited = Signal(object)
    noted = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.clicked.connect(self._clicked)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Tick it or not."""
        self.setTristate(False)
        self.setChecked(bool(value))

    def _notes_changed(self) -> None:
        self.setEnabled(not self.notes.locked)
        if self.notes.mixed:
            self.setTristate(True)
            self.setCheckState(Qt.CheckState.PartiallyChecked)

    @Slot()
    def _clicked(self) -> None:
        self.setTristate(False)
        self.edited.emit(self.isChecked())


class ToggleChip(QAbstractButton):
    """A word with an icon that is on (soft accent) or off (outlined)."""

    def __init__(self, word: str, meaning: Icon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meaning = meaning
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setProperty("ring", True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tokens.watch().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(font("small", 500)).horizontalAdvance(self.text()) + 2
        return QSize(px(10 + 14 + 6 + 10) + wide, px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        box = QRectF(self.rect())
        mirror(painter, box, self.layoutDirection())
        on = self.isChecked()
        fill = t.accent_soft if on else t.hover if self.underMouse() and self.isEnabled() else t.surface
        ink = t.disabled if not self.isEnabled() else t.accent_text if on else t.text2
        rounded(painter, box, px(RADIUS_CONTROL), fill, None if on else t.line2)
        place = QRectF(box.left() + px(10), box.center().y() - px(14) / 2, px(14), px(14))
        paint_icon(painter, place, self._meaning, ink, STROKE_INLINE)
        words = box.adjusted(px(10 + 14 + 6), 0, -px(8), 0)
        write(painter, words, self.text(), font("small", 500 if on else 400), ink)

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()


class ToggleEditor(Editing, QWidget):
    """Any number of few: a row of toggles that wraps. The value is the set of keys that are on."""

    edited = Signal(object)
    noted = Signal()

    def __init__(self, choices: Sequence[tuple[str, str, Icon]], parent: QWidget | None = None) -> None:
        """`choices` are (key, word, icon) from the first to the last."""
        super().__init__(parent)
        flow = Flow(self)
        self._chips: dict[str, ToggleChip] = {}
        for key, word, meaning in choices:
            chip = ToggleChip(word, meaning, self)
            chip.clicked.connect(self._clicked)
            flow.addWidget(chip)
            self._chips[key] = chip
        if self._chips:
            self.setFocusProxy(next(iter(self._chips.values())))

    def value(self) -> frozenset[str]:
        """The keys that are on."""
        return frozenset(key for key, chip in self._chips.items() if chip.isChecked())

    def set_value(self, value: frozenset[str] | None) -> None:
        """Turn exactly these keys on."""
        for key, chip in self._chips.items():
            chip.setChecked(key in (value or ()))

    def _notes_changed(self) -> None:
        for chip in self._chips.values():
            chip.setEnabled(not self.notes.locked)

    @Slot()
    def _clicked(self) -> None:
        self.edited.emit(self.value())

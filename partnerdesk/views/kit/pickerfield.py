"""The field that opens a picker: looks like a drop-down, searches like a list."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyleOptionComboBox, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, paint_icon
from partnerdesk.look.paint import CENTER, write
from partnerdesk.look.tokens import STROKE_INLINE, px
from partnerdesk.look.words import NOTHING
from partnerdesk.views.kit.controls import paint_combo
from partnerdesk.views.kit.editing import Editing
from partnerdesk.views.kit.matching import part
from partnerdesk.views.kit.picker import Option, PickerPopup, Provider

_OPENING = (Qt.Key.Key_F4, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PickerField(Editing, QAbstractButton):
    """One value out of many options (or None), or with `many` a tuple of them; letters typed begin the search.

    `add_wanted` carries a text the user wants as a new option. Delete empties the field unless `required`.
    """

    edited = Signal(object)
    noted = Signal()
    add_wanted = Signal(str)

    def __init__(
        self,
        options: Sequence[Option] | Provider = (),
        *,
        many: bool = False,
        required: bool = False,
        placeholder: str = "",
        add_text: str = "",
        label_of: Callable[[Any], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`label_of` says how a value is called where a provider gives the options."""
        super().__init__(parent)
        self._options = options
        self._many, self._required = many, required
        self._placeholder, self._add_text, self._label_of = placeholder, add_text, label_of
        self._values: tuple[Any, ...] = ()
        self._labels: dict[Any, str] = {}
        self._popup: PickerPopup | None = None
        self._toggled: tuple[Any, ...] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_options(options)
        self.clicked.connect(self.open_picker)
        tokens.watch().changed.connect(self.updateGeometry)

    def set_options(self, options: Sequence[Option] | Provider) -> None:
        """Offer other options; the value stays."""
        self._options = options
        if not callable(options):
            self._labels = {option.value: option.label for option in options}
        self._say()

    def value(self) -> Any:
        """The value or None; with `many`, the tuple of values."""
        if self._many:
            return self._values
        return self._values[0] if self._values else None

    def set_value(self, value: Any) -> None:
        """Show a value, None or "" for nothing; with `many`, any collection of values."""
        self._values = tuple(value or ()) if self._many else (() if value in (None, "") else (value,))
        self._say()

    @Slot()
    def open_picker(self, typed: str = "") -> None:
        """Open the list under the field, searching for `typed`."""
        if self._popup is not None or self.notes.locked:
            return
        popup = PickerPopup(
            self, self._options, self._values, many=self._many, add_text=self._add_text, name=self.accessibleName()
        )
        popup.chosen.connect(self._chosen)
        popup.toggled.connect(self._checked)
        popup.add_asked.connect(self.add_wanted)
        popup.closed.connect(self._closed)
        self._popup = popup
        popup.open_under(self)
        if typed:
            popup.type_text(typed)

    def sizeHint(self) -> QSize:
        """As high as every field."""
        return QSize(px(160), tokens.height("control"))

    def minimumSizeHint(self) -> QSize:
        """Gives way like a drop-down."""
        return QSize(px(60), tokens.height("control"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, Enter, F4, Down and letters open; Delete and Backspace empty."""
        if self.notes.locked:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._empty()
        elif event.key() in _OPENING or event.key() == Qt.Key.Key_Space:
            self.open_picker()
        elif event.text().isprintable() and event.text().strip() and not _chord(event):
            self.open_picker(event.text())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the × empties, elsewhere it opens."""
        if self._clearable() and self._cross().contains(event.position()):
            self.setDown(False)
            self._empty()
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box and chevron as of a drop-down; the label, cut with "…" where it must."""
        painter, t = QPainter(self), tokens.current()
        option = QStyleOptionComboBox()
        option.initFrom(self)
        paint_combo(option, painter, self)
        words = self._shown()
        ink = t.muted if not words else t.text2 if self.notes.locked else t.text
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        end = px(44) if self._clearable() else px(26)
        room = part(QRectF(self.rect()), px(8), self.width() - px(8) - end, mirrored)
        empty = NOTHING if self.notes.mixed else self._placeholder
        write(painter, room, words or empty, font("body"), ink, CENTER)
        if self._clearable():
            paint_icon(painter, self._cross(), Icon.REMOVE, t.muted, STROKE_INLINE)

    def _notes_changed(self) -> None:
        if self.notes.mixed:
            self._values = ()
        self._say()

    @Slot(object)
    def _chosen(self, value: Any) -> None:
        if (value,) != self._values or self.notes.mixed:
            self._values = (value,)
            self._say()
            self.edited.emit(value)

    @Slot(object)
    def _checked(self, values: set[Any]) -> None:
        kept = tuple(value for value in self._values if value in values)
        self._toggled = kept + tuple(value for value in self._order(values) if value not in kept)

    @Slot()
    def _closed(self) -> None:
        popup, self._popup = self._popup, None
        if popup is not None:
            self._labels.update(popup.labels)
        toggled, self._toggled = self._toggled, None
        if toggled is not None and toggled != self._values:
            self._values = toggled
            self.edited.emit(toggled)
        self._say()

    def _empty(self) -> None:
        if self._clearable():
            self._values = ()
            self._say()
            self.edited.emit(self.value())

    def _clearable(self) -> bool:
        return bool(self._values) and not self._required and not self.notes.locked

    def _cross(self) -> QRectF:
        side = px(13)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        place = part(QRectF(self.rect()), self.width() - px(28) - side, side, mirrored)
        return QRectF(place.left(), self.rect().center().y() - side / 2 + 0.5, side, side)

    def _order(self, values: set[Any]) -> list[Any]:
        return [value for value in self._labels if value in values] + [v for v in values if v not in self._labels]

    def _shown(self) -> str:
        return ", ".join(self._label(value) for value in self._values)

    def _label(self, value: Any) -> str:
        if value in self._labels:
            return self._labels[value]
        return self._label_of(value) if self._label_of else str(value)

    def _say(self) -> None:
        self.setText(self._shown().replace("&", "&&"))
        self.setToolTip(self._shown() if self._many and len(self._values) > 1 else "")
        self.update()


def _chord(event: QKeyEvent) -> bool:
    held = event.modifiers()
    return bool(held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))

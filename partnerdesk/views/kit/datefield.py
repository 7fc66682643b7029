"""The date field: takes a day as people write it, says what it understood, and offers a calendar."""

from datetime import date

from PySide6.QtCore import QEvent, QLocale, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.dates import NotADay, Order, parse_day
from partnerdesk.look import words
from partnerdesk.look.icons import Icon, icon
from partnerdesk.look.words import NOTHING, say
from partnerdesk.views.kit.calendar import CalendarPopup
from partnerdesk.views.kit.editing import Editing, leaves_undo_to_the_office

TODAY_KEYS = QKeySequence("Ctrl+;")


def order_of(locale: QLocale) -> Order:
    """Whether people of this locale write the day, the month or the year first."""
    written = locale.dateFormat(QLocale.FormatType.ShortFormat)
    places = {letter: written.lower().find(letter) for letter in "dmy"}
    if -1 in places.values():
        return "dmy"
    first = min(places, key=lambda letter: places[letter])
    return "ymd" if first == "y" else "mdy" if first == "m" else "dmy"


class LenientDateField(Editing, QLineEdit):
    """A line for one day or none. A text that names no day stays, with the reason; `refused` carries it.

    Ctrl+; or "today" means today, Alt+Down or F4 opens the calendar, Esc takes back what was typed.
    """

    edited = Signal(object)
    noted = Signal()
    refused = Signal(str)

    def __init__(self, order: Order | None = None, parent: QWidget | None = None) -> None:
        """`order` says how 5/6/27 is read; by default as in the user's locale."""
        super().__init__(parent)
        self._order: Order = order or order_of(QLocale())
        self._told: date | None = None
        self._own_error = False
        self._popup: CalendarPopup | None = None
        self._lock: QAction | None = None
        self._calendar = self.addAction(icon(Icon.DATE, "text2"), QLineEdit.ActionPosition.TrailingPosition)
        self._calendar.setText(self.tr("Calendar"))
        self._calendar.setToolTip(self.tr("Calendar"))
        self._calendar.triggered.connect(self.open_calendar)
        self.setMinimumWidth(40)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self.commit)

    def value(self) -> date | None:
        """The day written, or the last good one while the text names none."""
        try:
            return self._read()
        except NotADay:
            return self._told

    def set_value(self, value: date | None) -> None:
        """Show a day, or none; a text being typed stays until the field is left."""
        self._told = value
        if not (self.hasFocus() and self.isModified()):
            self._show_told()

    @Slot()
    def commit(self) -> None:
        """Tell the day where it differs from the one last told, or say why the text is none."""
        if self.isReadOnly() or (self.notes.mixed and not self.text().strip()):
            return
        try:
            day = self._read()
        except NotADay as trouble:
            self._refuse(trouble)
            return
        self._forgive()
        if day != self._told or self.notes.mixed:
            self._told = day
            self._show_told()
            self.edited.emit(day)
        else:
            self._show_told()

    @Slot()
    def open_calendar(self) -> None:
        """Offer the days of the month."""
        if self._popup is not None or self.isReadOnly():
            return
        self._popup = CalendarPopup(self.value(), self)
        self._popup.chosen.connect(self._chosen)
        self._popup.closed.connect(self._closed)
        self._popup.open_under(self)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+; for today, whatever else listens to it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _means_today(event):
            event.accept()
            return True
        if leaves_undo_to_the_office(event, self.isUndoAvailable(), self.isRedoAvailable()):
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Today, calendar, Esc; the rest is text."""
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if _means_today(event):
            self._chosen(clock.today())
        elif key == Qt.Key.Key_F4 or (alt and key == Qt.Key.Key_Down):
            self.open_calendar()
        elif key == Qt.Key.Key_Escape and self.isModified():
            self._forgive()
            self._show_told()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was understood is in the field itself once it is left."""
        super().focusOutEvent(event)
        self._hint("")

    def _notes_changed(self) -> None:
        locked = bool(self.notes.locked)
        self.setReadOnly(locked)
        self._calendar.setVisible(not locked)
        self.setPlaceholderText(NOTHING if self.notes.mixed else "")
        if self.notes.mixed and not self.isModified():
            self.clear()
        if locked and self._lock is None:
            trailing = QLineEdit.ActionPosition.TrailingPosition
            self._lock = self.addAction(icon(Icon.LOCKED, "muted"), trailing)
        elif not locked and self._lock is not None:
            self.removeAction(self._lock)
            self._lock = None

    @Slot(str)
    def _typed(self, text: str) -> None:
        self._forgive()
        try:
            day = self._read()
        except NotADay:
            day = None
        self._hint(words.long_day(day) if day else "")

    @Slot(object)
    def _chosen(self, day: date | None) -> None:
        if self.isReadOnly():
            return
        self.setText(words.day(day) if day else "")
        self._forgive()
        self._hint(words.long_day(day) if day else "")
        if day != self._told or self.notes.mixed:
            self._told = day
            self.edited.emit(day)

    @Slot()
    def _closed(self) -> None:
        self._popup = None

    def _read(self) -> date | None:
        written = self.text().strip()
        if self._told and written == words.day(self._told):
            return self._told
        return parse_day(written, clock.today(), self._order)

    def _show_told(self) -> None:
        self.setText(words.day(self._told) if self._told else "")
        self.setModified(False)
        self.setCursorPosition(0)

    def _refuse(self, trouble: NotADay) -> None:
        problem = trouble.problem
        parts = [say(problem.message), say(problem.fix) if problem.fix else ""]
        sentence = ". ".join(part for part in parts if part)
        self._own_error = True
        self.notes.hint = ""
        self.set_error(sentence)
        self.refused.emit(sentence)

    def _forgive(self) -> None:
        if self._own_error:
            self._own_error = False
            self.set_error("")

    def _hint(self, understood: str) -> None:
        if self.notes.hint != understood:
            self.notes.hint = understood
            self.noted.emit()


def _means_today(event: QKeyEvent) -> bool:
    return QKeySequence(event.keyCombination()) == TODAY_KEYS

"""The lines in which a follow-up is begun and put off: what, who, due; until when and why."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.tokens import LABEL_GAP, px
from partnerdesk.look.words import say
from partnerdesk.services.labels import field_label
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.forms import Field
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField

ONE_LINE_FROM = 520
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PeoplePicker(PickerField):
    """One of the people of the office, or a name typed."""

    def __init__(self, people: Sequence[str] = ()) -> None:
        super().__init__([Option(name, name) for name in people])
        self._add_text = self.tr("Add “{text}”")
        self.add_wanted.connect(self._take)

    def set_people(self, people: Sequence[str]) -> None:
        """Offer these people."""
        self.set_options([Option(name, name) for name in people])

    @Slot(str)
    def _take(self, name: str) -> None:
        self.set_value(name)
        self.edited.emit(name)


class AddLine(QWidget):
    """What is to be done, by whom, until when; Enter or the button adds it. `wanted(fields)` carries what was typed."""

    wanted = Signal(object)

    def __init__(self, who: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._who = who
        self._narrow: bool | None = None
        self.title, self.people, self.due = LineEditor(), PeoplePicker(), LenientDateField()
        self._fields = {
            "title": Field(self.tr("What is to be done"), self.title),
            "responsible": Field(self.tr("Who"), self.people),
            "due_on": Field(say(field_label("due_on")), self.due)}
        for name, field in self._fields.items():
            editor: Any = field.editor
            editor.setObjectName(f"new_{name}")
        for line in (self.title, self.due):
            line.installEventFilter(self)
        self.add = Button(self.tr("Add"), parent=self)
        self.add.clicked.connect(self._add)
        # the button stands beside the boxes, below the height of their labels
        self._button_room = QWidget(self)
        room = Column(self._button_room, 0, LABEL_GAP)
        room.addWidget(Words(" ", "tiny"))
        room.addWidget(self.add)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._lay(narrow=True)
        self.people.set_value(who)
        tokens.watch().changed.connect(self._fit)

    def clear(self) -> None:
        """Be ready for the next one; who does it stays."""
        self.title.set_value("")
        self.title.clear()
        self.due.clear()
        self.due.set_value(None)
        self._fields["title"].set_error("")

    def begin(self) -> None:
        """Put the cursor where one begins to type."""
        self.title.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, name: str, sentence: str) -> None:
        """Say why it was not added."""
        self._fields.get(name, self._fields["title"]).set_error(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a line adds."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            self._add()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(narrow=event.size().width() < px(ONE_LINE_FROM))

    def _lay(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        what, who, due = self._fields.values()
        low = Qt.AlignmentFlag.AlignTop
        for widget in (what, who, due, self._button_room):
            self._grid.removeWidget(widget)
        if narrow:
            self._grid.addWidget(what, 0, 0, 1, 3, low)
            places = ((who, 1, 0), (due, 1, 1))
            at = 1, 2
        else:
            self._grid.addWidget(what, 0, 0, low)
            places = ((who, 0, 1), (due, 0, 2))
            at = 0, 3
        for widget, row, column in places:
            self._grid.addWidget(widget, row, column, low)
        self._grid.addWidget(self._button_room, *at, low)
        for column, share in enumerate((1, 1, 0, 0) if narrow else (3, 2, 2, 0)):
            self._grid.setColumnStretch(column, share)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(8))

    @Slot()
    def _add(self) -> None:
        self.due.commit()
        if self.due.notes.error:
            return
        self._fields["title"].set_error("")
        self.wanted.emit({"title": self.title.value(), "responsible": self.people.value() or "",
                          "due_on": self.due.value()})


class PutOffLine(QWidget):
    """Until when something can wait, and why. `wanted(day, reason)` when both are told, `left()` when it is not to."""

    wanted = Signal(object, str)
    left = Signal()

    def __init__(self, until: date | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.until, self.reason = LenientDateField(), LineEditor()
        self.until.set_value(until)
        self._day = Field(say(field_label("snoozed_until")), self.until, required=True)
        self._why = Field(say(field_label("snooze_reason")), self.reason, required=True)
        self.until.setObjectName("snoozed_until")
        self.reason.setObjectName("snooze_reason")
        for line in (self.until, self.reason):
            line.installEventFilter(self)
        column = Column(self, (32, 4, 0, 10), 8)
        fields = Row(None, 0, 8)
        fields.addWidget(self._day, 2, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self._why, 3, Qt.AlignmentFlag.AlignTop)
        column.addLayout(fields)
        foot = Row(None, 0, 8)
        foot.addStretch(1)
        cancel = Button(self.tr("Cancel"), "quiet", small=True, parent=self)
        cancel.clicked.connect(self.left)
        put_off = Button(self.tr("Put off"), small=True, parent=self)
        put_off.clicked.connect(self._take)
        foot.addWidget(cancel)
        foot.addWidget(put_off)
        column.addLayout(foot)

    def focus_first(self) -> None:
        """Put the cursor where something is missing."""
        missing = self.reason if self.until.value() is not None else self.until
        missing.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, name: str, sentence: str) -> None:
        """Say why it cannot wait."""
        (self._why if name == "snooze_reason" else self._day).set_error(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter puts off, Esc leaves."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER:
                self._take()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _take(self) -> None:
        self._day.set_error("")
        self._why.set_error("")
        self.until.commit()
        if not self.until.notes.error:
            self.wanted.emit(self.until.value(), self.reason.value())

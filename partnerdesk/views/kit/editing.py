"""What every editor of a form offers, whatever it edits, and what it can be told."""

from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QEvent, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class Editor(Protocol):
    """A widget that edits one value.

    `edited` carries the new value: when the user leaves the field or presses Enter, at once where one chooses.
    `noted` tells the frame around it that one of the notes below has changed.
    """

    edited: SignalInstance
    noted: SignalInstance

    @property
    def notes(self) -> "Notes": ...

    def value(self) -> Any: ...

    def set_value(self, value: Any) -> None: ...

    def commit(self) -> None: ...

    def set_error(self, text: str, fix_text: str = "") -> None: ...

    def set_locked(self, reason: str) -> None: ...

    def set_mixed(self, count: int) -> None: ...


@dataclass(slots=True)
class Notes:
    """What stands beneath a field: the error and its fix, why it is locked, how many records differ.

    `hint` is what the editor understood of a text being typed, such as the day of a date.
    """

    error: str = ""
    fix: str = ""
    locked: str = ""
    mixed: int = 0
    hint: str = ""


def leaves_undo_to_the_office(event: QEvent, own_undo: bool, own_redo: bool) -> bool:
    """Whether a key is Undo or Redo in a text in which nothing was typed: then the office's holds, not the field's."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    undo, redo = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
    if (undo and not own_undo) or (redo and not own_redo):
        event.ignore()
        return True
    return False


class Editing:
    """The notes part of `Editor`, to be inherited beside a Qt widget that has the two signals."""

    edited: Any
    noted: Any
    _notes: Notes | None = None

    @property
    def notes(self) -> Notes:
        """The present notes."""
        if self._notes is None:
            self._notes = Notes()
        return self._notes

    def set_error(self, text: str, fix_text: str = "") -> None:
        """Mark the field as wrong and say why, or with "" as right; `fix_text` names a fix to click."""
        fix = fix_text if text else ""
        if (text, fix) != (self.notes.error, self.notes.fix):
            self.notes.error, self.notes.fix = text, fix
            self._show_notes()

    def set_locked(self, reason: str) -> None:
        """Make the field readable only, for `reason`; "" opens it again."""
        if reason != self.notes.locked:
            self.notes.locked = reason
            self._show_notes()

    def set_mixed(self, count: int) -> None:
        """Show "—" for the differing values of `count` records; 0 for one value."""
        if count != self.notes.mixed:
            self.notes.mixed = count
            self._show_notes()

    def commit(self) -> None:
        """Tell a value typed but not yet told; choice fields have none."""

    def _show_notes(self) -> None:
        assert isinstance(self, QWidget)
        self.setProperty("error", bool(self.notes.error))
        self.setProperty("locked", bool(self.notes.locked))
        self._notes_changed()
        self.update()
        self.noted.emit()

    def _notes_changed(self) -> None:
        """Follow the notes where the widget has more to do than to be drawn anew."""

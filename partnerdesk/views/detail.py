"""What a page expects of the pane beside its list, and how a form follows its record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import PartnerDeskError, Refused, Superseded
from partnerdesk.look.words import say
from partnerdesk.services import journal
from partnerdesk.services.journal import UndoState
from partnerdesk.views.kit.savestate import SaveState

if TYPE_CHECKING:
    from partnerdesk.views.kit.editing import Editor
    from partnerdesk.views.kit.forms import Field


class DetailPane(QWidget):
    """The pane that shows one record. `back_wanted` where list and detail take turns."""

    back_wanted = Signal()

    @property
    def record_id(self) -> int | None:
        """The record shown."""
        raise NotImplementedError

    def show_record(self, record_id: int | None) -> None:
        """Show a record, or that none is selected."""
        raise NotImplementedError

    def flush(self) -> bool:
        """Commit the field being edited; False when it cannot be saved as it is."""
        raise NotImplementedError

    def set_back(self, shown: bool) -> None:
        """Show or hide the way back to the list."""

    def set_awake(self, awake: bool) -> None:
        """A pane that nobody sees only marks itself stale."""

    def focus_first(self) -> None:
        """Put the cursor into the first field."""

    def make_more(self) -> bool:
        """Make one part that has not been opened yet; False when all are there."""
        return False


class BulkPane(QWidget):
    """The pane that changes many records at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_records(self, ids: Sequence[int]) -> None:
        """Show what these records have in common."""
        raise NotImplementedError


class Binder:
    """Binds fields of a form to fields of a record by name: one line a field, saved when it is left.

    `deed(name, value)` makes the deed of one change. What was typed stays in a field that is refused, with the
    reason beneath; a field that is being typed in is never overwritten by a refresh.
    """

    def __init__(self, desk: Desk, state: SaveState, deed: Callable[[str, Any], Deed[Any] | None]) -> None:
        self._desk = desk
        self._state = state
        self._deed = deed
        self._fields: dict[str, Field] = {}
        self._wrong: set[str] = set()
        self._shown = 0
        self._values: Callable[[str], Any] = _nothing
        self.superseded: Callable[[str, Any, Superseded], None] | None = None

    @property
    def fields(self) -> dict[str, Field]:
        """The bound fields by name."""
        return self._fields

    @property
    def clean(self) -> bool:
        """Whether everything typed has been taken."""
        return not self._wrong

    def bind(self, name: str, field: Field) -> Field:
        """Let a field edit the record's field of that name."""
        self._fields[name] = field
        cast(QWidget, field.editor).setObjectName(name)
        field.edited.connect(_Edited(self, name))
        return field

    def show(self, values: Callable[[str], Any], fresh: bool) -> None:
        """Show the record's values; with `fresh` (another record) nothing typed is kept."""
        focus = QApplication.focusWidget()
        self._shown += fresh
        self._values = values
        for name, field in self._fields.items():
            editor = cast(QWidget, field.editor)
            typing = focus is not None and (focus is editor or editor.isAncestorOf(focus))
            if fresh:
                self._wrong.discard(name)
                field.set_error("")
            elif name in self._wrong or (typing and field.value() != _shown(values(name))):
                continue
            if fresh or field.value() != _shown(values(name)):
                field.set_value(values(name))

    def flush(self) -> bool:
        """Commit what is being typed; True when nothing is left unsaved."""
        focus = QApplication.focusWidget()
        for field in self._fields.values():
            editor = cast(QWidget, field.editor)
            if focus is not None and (focus is editor or editor.isAncestorOf(focus)):
                cast("Editor", editor).commit()
        return self.clean

    def lock(self, reason: str) -> None:
        """Make every field readable only; "" opens them again."""
        for field in self._fields.values():
            field.set_locked(reason)

    def save(self, name: str, value: Any) -> None:
        """Do the deed of one field."""
        deed = self._deed(name, value)
        if deed is None:
            return
        self._state.saving()
        refused = _Refused(self, name, value, self._shown, self._values(name))
        self._desk.do(deed, _Took(self, name, self._shown), refused)

    def anew(self, name: str, value: Any, shown: int, seen: Any) -> Deed[Any] | None:
        """The deed of a field on the record as it is now; None where the field itself has another value by now."""
        if shown != self._shown or self._values(name) != seen:
            return None
        return self._deed(name, value)

    def took(self, name: str, shown: int) -> None:
        """The field's value is in the file; `shown` counts the records shown when it was typed."""
        if shown != self._shown:
            return
        self._wrong.discard(name)
        if name in self._fields:
            self._fields[name].set_error("")
        if self._wrong:
            self._say_wrong()
        else:
            self._state.saved(clock.now())

    def refused(self, name: str, value: Any, error: Exception, shown: int | None = None) -> None:
        """The field's value was not taken: say why beneath it and keep what was typed."""
        if shown not in (None, self._shown):
            return
        if isinstance(error, Superseded) and self.superseded is not None:
            self.superseded(name, value, error)
            return
        self._wrong.add(name)
        sentence = say(error.message) if isinstance(error, PartnerDeskError) else str(error)
        fix = ""
        if isinstance(error, Refused) and error.problems[0].fix is not None:
            fix = say(error.problems[0].fix)
        if name in self._fields:
            self._fields[name].set_error(sentence, fix)
        self._state.refused(sentence)

    def _say_wrong(self) -> None:
        for name in self._wrong:
            if name in self._fields:
                self._state.refused(self._fields[name].editor.notes.error)
                return


class _Edited:
    """Called when a field is left; holds no widget."""

    def __init__(self, binder: Binder, name: str) -> None:
        self._binder, self._name = binder, name

    def __call__(self, value: Any) -> None:
        self._binder.save(self._name, value)


class _Took:
    """Called when a save has held."""

    def __init__(self, binder: Binder, name: str, shown: int) -> None:
        self._binder, self._name, self._shown = binder, name, shown

    def __call__(self, _: Any) -> None:
        self._binder.took(self._name, self._shown)


class _Refused:
    """Called when a save was refused, with what had been typed; `subject` is the field of the record shown."""

    def __init__(self, binder: Binder, name: str, value: Any, shown: int, seen: Any) -> None:
        self._binder, self._name, self._value, self._shown, self._seen = binder, name, value, shown, seen
        self.subject = (binder, name, shown)

    def anew(self) -> Deed[Any] | None:
        """The same change of the record as it is shown now."""
        return self._binder.anew(self._name, self._value, self._shown, self._seen)

    def __call__(self, error: Exception) -> None:
        self._binder.refused(self._name, self._value, error, self._shown)


def _nothing(_: str) -> None:
    """What a form without a record shows."""


def _shown(value: Any) -> Any:
    return value


class UndoFoot(SaveState):
    """The footer of a pane: saved or not, and what Undo would take back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.undoable.connect(self._show_undo)
        self.undo_wanted.connect(desk.undo)
        if desk.is_open:
            desk.ask(journal.undo_state, self._show_undo)

    @Slot(object)
    def _show_undo(self, state: UndoState) -> None:
        if state.undo is None or self._desk.read_only:
            self.set_undo("")
        else:
            self.set_undo(self.tr("Undo: {what}").format(what=say(state.undo.label)))

"""Something told about a record beside its form: asked for when the record is shown, and again when it changes."""

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Changes


class Watch(QObject):
    """Asks `question` about one record. `renewed(fresh)` when there is something to show, fresh when it is of another
    record. A subclass says what it asks, keeps the answer, and which changes are seen in it.
    """

    renewed = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self._id: int | None = None
        self._fresh = True
        self._awake, self._stale = True, False
        desk.changed.connect(self._hear)
        desk.closed.connect(self._forget)
        desk.opened.connect(self.ask)

    @property
    def record_id(self) -> int | None:
        """The record it is about."""
        return self._id

    def question(self, reader: Any, record_id: int) -> Any:
        """What is asked of the office, away from the window's thread."""
        raise NotImplementedError

    def keep(self, answer: Any) -> None:
        """Keep an answer; None when nothing is known yet."""
        raise NotImplementedError

    def concerns(self, changes: Changes) -> bool:
        """Whether a change is seen in the answer."""
        raise NotImplementedError

    def show_about(self, record_id: int | None) -> None:
        """Know about another record."""
        if record_id == self._id:
            return
        self._id, self._fresh = record_id, True
        self.keep(None)
        self.renewed.emit(True)
        self.ask()

    def set_awake(self, awake: bool) -> None:
        """While nobody sees it, it only notes that it is stale."""
        self._awake = awake
        if awake and self._stale:
            self.ask()

    @Slot()
    def ask(self) -> None:
        """Ask for it as it is now."""
        self._stale = False
        record_id = self._id
        if record_id is not None and self.desk.is_open:
            self.desk.ask(lambda reader: (record_id, self.question(reader, record_id)), self._take, key=(self, "about"))

    def _take(self, answer: tuple[int, Any]) -> None:
        if answer[0] == self._id:
            self.keep(answer[1])
            fresh, self._fresh = self._fresh, False
            self.renewed.emit(fresh)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if self._id is None or not self.concerns(changes):
            return
        if self._awake:
            self.ask()
        else:
            self._stale = True

    @Slot()
    def _forget(self) -> None:
        self.show_about(None)

"""The number beside a page in the sidebar, counted anew whenever something it depends on has changed."""

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Changes


class PageCount(QObject):
    """Asks how many there are, seen or not. `counted()` when the number is another; None while no office is open."""

    counted = Signal()

    def __init__(self, desk: Desk, kinds: Collection[str], question: Callable[[Any], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._kinds, self._question = desk, frozenset(kinds), question
        self._number: int | None = None
        desk.opened.connect(self.ask)
        desk.closed.connect(self._closed)
        desk.changed.connect(self._hear)

    @property
    def number(self) -> int | None:
        """How many there are, as far as it is known."""
        return self._number

    @Slot()
    def ask(self) -> None:
        """Count now."""
        if self._desk.is_open:
            self._desk.ask(self._question, self._take, key=(self, "count"), quiet=True)

    def _take(self, number: int | None) -> None:
        if number != self._number:
            self._number = number
            self.counted.emit()

    @Slot()
    def _closed(self) -> None:
        self._take(None)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if any(changes.ids(kind) for kind in self._kinds):
            self.ask()

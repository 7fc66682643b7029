"""The follow-ups of the record on the desk: asked for when it is shown, and again when one of them changes."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.journal import Changes
from partnerdesk.services.followups import followups_about
from partnerdesk.services.office import settings

Answer = tuple[int, tuple[FollowUp, ...], tuple[str, ...]]


class FollowUpWork(QObject):
    """Knows what is to be done about one record of a `kind` ("partner", "visit", …). `renewed(fresh)` when there is
    something to show, fresh when it is of another record.
    """

    renewed = Signal(bool)

    def __init__(self, desk: Desk, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.kind = kind
        self.followups: Sequence[FollowUp] = ()
        self.people: Sequence[str] = ()
        self._id: int | None = None
        self._fresh = True
        self._awake, self._stale = True, False
        desk.changed.connect(self._hear)
        desk.closed.connect(self._forget)
        desk.opened.connect(self.ask)

    @property
    def record_id(self) -> int | None:
        """The record whose follow-ups these are."""
        return self._id

    def show_about(self, record_id: int | None) -> None:
        """Know those of another record."""
        if record_id == self._id:
            return
        self._id, self._fresh, self.followups = record_id, True, ()
        self.renewed.emit(True)
        self.ask()

    def set_awake(self, awake: bool) -> None:
        """While nobody sees them, they only are noted as stale."""
        self._awake = awake
        if awake and self._stale:
            self.ask()

    @Slot()
    def ask(self) -> None:
        """Ask for them as they are now."""
        self._stale = False
        record_id, kind = self._id, self.kind
        if record_id is None or not self.desk.is_open:
            return

        def question(reader: Any) -> Answer:
            return record_id, followups_about(reader, kind, record_id), tuple(settings(reader)["office.people"])

        self.desk.ask(question, self._take, key=(self, "followups"))

    def _take(self, answer: Answer) -> None:
        record_id, followups, people = answer
        if record_id == self._id:
            self.followups, self.people = followups, people
            fresh, self._fresh = self._fresh, False
            self.renewed.emit(fresh)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if self._id is None or not (self._id in changes.ids(self.kind) or changes.ids("setting")):
            return
        if self._awake:
            self.ask()
        else:
            self._stale = True

    @Slot()
    def _forget(self) -> None:
        self.show_about(None)

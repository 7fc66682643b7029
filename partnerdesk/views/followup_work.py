"""The follow-ups of the record on the desk, and who of the office may do them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.journal import Changes
from partnerdesk.services.followups import followups_about
from partnerdesk.services.office import settings
from partnerdesk.views.watching import Watch

Answer = tuple[tuple[FollowUp, ...], tuple[str, ...]]


class FollowUpWork(Watch):
    """Knows what is to be done about one record of a `kind` ("partner", "visit", …)."""

    def __init__(self, desk: Desk, kind: str, parent: QObject) -> None:
        self.kind = kind
        self.followups: Sequence[FollowUp] = ()
        self.people: Sequence[str] = ()
        super().__init__(desk, parent)

    def question(self, reader: Any, record_id: int) -> Answer:
        return followups_about(reader, self.kind, record_id), tuple(settings(reader)["office.people"])

    def keep(self, answer: Answer | None) -> None:
        if answer is None:
            self.followups = ()
        else:
            self.followups, self.people = answer

    def concerns(self, changes: Changes) -> bool:
        return self._id in changes.ids(self.kind) or bool(changes.ids("setting"))

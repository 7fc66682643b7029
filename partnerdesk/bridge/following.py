"""Lets the open views follow what another desk writes into the same office."""

from PySide6.QtCore import QObject, QTimer, Slot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Changes, Mark
from partnerdesk.services import news

EVERY = 2000


class Follower(QObject):
    """Asks every two seconds, and when it is told to `look`, for steps that this desk has not heard of.

    The question costs one look at the end of the journal; only when there is something new are the changed
    records read, and told through the desk as if they had been changed here. Where a restore has taken the journal
    back, everything is told.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent or desk)
        self._desk = desk
        self._seen: Mark | None = None
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        desk.opened.connect(self._begin)
        desk.closed.connect(self._timer.stop)
        desk.changed.connect(self._heard)

    @Slot()
    def look(self) -> None:
        """See now whether another desk has written something; nothing happens while work is under way."""
        if self._seen is not None and self._desk.is_open and self._desk.idle:
            seen = self._seen
            self._desk.ask(lambda reader: (seen, news.news_since(reader, seen)), self._take, key="news", quiet=True)

    @Slot()
    def _begin(self) -> None:
        self._seen = None
        self._desk.ask(news.mark, self._start, key="news", quiet=True)

    def _start(self, mark: Mark) -> None:
        self._seen = mark
        self._timer.start()

    def _take(self, answer: tuple[Mark, tuple[Changes, Mark]]) -> None:
        asked, (changes, mark) = answer
        if self._seen is asked:
            self._seen = mark
            self._desk.tell(changes)

    def _heard(self, changes: Changes) -> None:
        """A step done here is known, unless a step of another desk lies before it; a restore begins anew."""
        if self._seen is None or changes.step_id == self._seen.step_id:
            return
        if changes.kind == "restore":
            self._begin()
        elif changes.step_id == self._seen.step_id + 1:
            highest = {kind: max(last, max(changes.ids(kind), default=0)) for kind, last in self._seen.highest.items()}
            self._seen = Mark(changes.step_id, "", highest)

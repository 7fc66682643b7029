"""Long work beside a page, with progress after a second and a way to stop; also deeds on few or many records."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from partnerdesk.bridge.desk import Desk, Ticket
from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.services import office as offices
from partnerdesk.views.kit.progress import ProgressStrip

T = TypeVar("T")
Progress = Callable[[int, int, Text], None]
FEW = 200
AT_ONCE = 500
_READING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Reading"))
WRITING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Writing"))


class Counted(Sequence[T]):
    """Things that tell how far one has come through them; `step` raises Cancelled when nobody wants them any more."""

    def __init__(self, things: Sequence[T], step: Callable[[int], None]) -> None:
        self._things, self._step = things, step

    def __len__(self) -> int:
        return len(self._things)

    def __getitem__(self, place: Any) -> Any:
        return self._things[place]

    def __iter__(self) -> Iterator[T]:
        for place, thing in enumerate(self._things):
            if place % AT_ONCE == 0:
                self._step(place)
            yield thing


class LongWork(QObject):
    """One piece of work at a time; `strip` shows how far it is when it takes longer than a second.

    `changed` tells that work has begun or ended; answer and failure are called after it.
    """

    changed = Signal()

    def __init__(self, desk: Desk, strip: ProgressStrip, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._strip = desk, strip
        self._ticket: Ticket | None = None
        self._answer: Callable[[Any], None] | None = None
        self._failure: Callable[[Exception], None] | None = None
        strip.cancelled.connect(self.stop)
        desk.progressed.connect(self._advance)
        desk.closed.connect(self._ended)

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._ticket is not None

    def do(self, ids: Sequence[int], make: Callable[[Sequence[Any]], Deed[Any]], what: str,
           record: type[Any] | None = None) -> None:
        """Do the deed `make(ids)`, or with their records: one step, whole or not at all; `what` names it meanwhile."""
        desk = self._desk
        if len(ids) <= FEW:
            if record is None:
                desk.do(make(ids))
            else:
                desk.ask(partial(_few, record, ids), _Made(desk, make))
            return
        who = desk.who

        def job(office: Any, progress: Progress) -> tuple[Deed[Any], Changes]:
            things = ids if record is None else _read(office, record, ids, progress)
            total = len(things)
            deed = make(Counted(things, lambda done: progress(done, total, WRITING)))
            return deed, offices.do(office, deed, who)[1]

        self.run(job, self._tell, what)

    def run(self, job: Callable[[Any, Progress], Any], answer: Callable[[Any], None], what: str,
            failure: Callable[[Exception], None] | None = None) -> None:
        """Run long work; nothing is begun while other such work is under way.

        `failure` hears of Cancelled too; without one a refusal is the desk's to tell.
        """
        if self.busy or not self._desk.is_open:
            return
        self._answer, self._failure = answer, failure
        self._strip.begin(what)
        self._ticket = self._desk.work(job, self._take, self._failed)
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """Stop the work at its next step; nothing of it is kept."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _take(self, result: Any) -> None:
        answer = self._answer
        if answer is not None:
            self._ended()
            answer(result)

    def _tell(self, result: tuple[Deed[Any], Changes]) -> None:
        deed, changes = result
        self._desk.tell(changes, deed)

    def _failed(self, error: Exception) -> None:
        failure = self._failure
        self._ended()
        if failure is not None:
            failure(error)
        elif isinstance(error, Refused):
            self._desk.trouble.emit(error)

    @Slot()
    def _ended(self) -> None:
        if self._ticket is None:
            return
        self._ticket = None
        self._answer = self._failure = None
        self._strip.end()
        self.changed.emit()

    @Slot(object, object, object, object)
    def _advance(self, ticket: Ticket, done: int, total: int, _: Text) -> None:
        if ticket is self._ticket and total:
            self._strip.advance(done, total)


class _Made:
    """Does the deed once its records have been read."""

    def __init__(self, desk: Desk, make: Callable[[Sequence[Any]], Deed[Any]]) -> None:
        self._desk, self._make = desk, make

    def __call__(self, records: list[Any]) -> None:
        self._desk.do(self._make(records))


def _few(record: type[T], ids: Sequence[int], reader: Any) -> list[T]:
    found = reader.many(record, ids)
    return [found[i] for i in ids if i in found]


def _read(office: Any, record: type[T], ids: Sequence[int], progress: Progress) -> list[T]:
    found: dict[int, T] = {}
    with office.read() as reader:
        for start in range(0, len(ids), AT_ONCE):
            progress(0, len(ids), _READING)
            found.update(reader.many(record, ids[start:start + AT_ONCE]))
    return [found[i] for i in ids if i in found]

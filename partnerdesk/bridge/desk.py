"""The desk: the open office, the lanes its work runs in, and the one signal that tells of changes."""

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.domain.problems import Cancelled, EnvironmentTrouble, PartnerDeskError, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.services import journal, office

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
Answer = Callable[[Any], None]
Failure = Callable[[Exception], None]
GIVING_WAY = 0.0005


@dataclass(eq=False)
class Ticket:
    """One piece of work on its way: who wants the answer, about which office, and whether it is still wanted.

    `work` is what the `lane` does, held here too so that the lane is never the last to hold it.
    """

    answer: Answer | None
    failure: Failure | None
    key: object = None
    office: Any = None
    question: bool = False
    long: bool = False
    quiet: bool = False
    subject: object = None
    again: Callable[[], None] | None = None
    anew: Any = None
    work: Any = None
    lane: Any = None
    cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Say that the answer is no longer wanted; long work stops at its next step."""
        self.cancelled.set()


class Desk(QObject):
    """Runs questions and deeds off the GUI thread and brings their answers back to it.

    `changed(Changes)` after every write; `opened()` and `closed()` around an office; `trouble(EnvironmentTrouble)`
    when the disk or the file refuses; `bug(Exception)` for mistakes of the program; `undoable(UndoState)` when
    what Undo and Redo would do has changed; `said(Text)` when a deed has something to tell in a toast;
    `progressed(Ticket, done, total, Text)` from long work; `mended()` when nothing is unsaved any more.
    """

    changed = Signal(object)
    opened = Signal()
    closed = Signal()
    trouble = Signal(object)
    bug = Signal(object)
    undoable = Signal(object)
    said = Signal(object)
    progressed = Signal(object, object, object, object)
    mended = Signal()
    _landed = Signal(object, object, object)

    def __init__(self, who: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        # a lane that works in Python gives way to the window after this, not after Python's 5 ms
        sys.setswitchinterval(GIVING_WAY)
        self.who = who
        self._office: Any = None
        self._latest: dict[object, Ticket] = {}
        self._under_way: set[Ticket] = set()
        self._unsaved: list[Ticket] = []
        self._waiting: list[Ticket] = []
        self._ended = False
        self._settled: dict[Any, Ticket] = {}
        self._landed.connect(self._land)

    @cached_property
    def _lane(self) -> "ThreadPoolExecutor":
        return _new_lane("office")

    @cached_property
    def _background(self) -> "ThreadPoolExecutor":
        return _new_lane("background")

    @property
    def is_open(self) -> bool:
        """Whether an office is open."""
        return self._office is not None

    @property
    def path(self) -> Path | None:
        """The open office's file."""
        return self._office.path if self._office is not None else None

    @property
    def read_only(self) -> bool:
        """Whether the open office can only be read."""
        return self._office is not None and bool(self._office.read_only)

    @property
    def idle(self) -> bool:
        """Whether no work is under way and every answer has been delivered."""
        return not self._under_way

    @property
    def unsaved(self) -> int:
        """How many deeds the disk or the file has refused; they wait for `retry` or `give_up`."""
        return len(self._unsaved) + len(self._waiting)

    def retry(self) -> None:
        """Do again, one after the other, the deeds that the disk or the file refused."""
        self._waiting, self._unsaved = self._waiting + self._unsaved, []
        self._retry_next()

    def give_up(self) -> None:
        """Forget the deeds that the disk or the file refused."""
        self._forget_unsaved()
        self.mended.emit()

    def open(self, path: Path, *, read_only: bool = False, new: bool = False,
             failure: Failure | None = None) -> None:
        """Open (or make) an office in the lane; `opened` or `failure` follows. The one that is open is closed
        only when the other is there.
        """

        def work(_: Ticket) -> Any:
            return office.create_file(path) if new else office.open_file(path, read_only=read_only)

        self._send(self._lane, Ticket(self._take_office, failure), work)

    def adopt(self, opened: Any) -> None:
        """Take over an office that is already open."""
        self._take_office(opened)

    def close(self) -> None:
        """Close the office once the deeds under way are done; long work is stopped, questions are dropped."""
        if self._office is None:
            return
        opened, self._office = self._office, None
        self._put_away(opened).result()
        self.closed.emit()
        self._renew_undo()

    def shut_down(self) -> None:
        """End the lanes; nothing is done afterwards."""
        self.close()
        self._ended = True
        self._lane.shutdown(wait=True)
        self._background.shutdown(wait=True)
        self._settled.clear()

    def ask(self, question: Callable[[Any], T], answer: Callable[[T], None], *, key: object = None,
            failure: Failure | None = None, quiet: bool = False) -> Ticket:
        """Ask a question of the office; with a `key` only the latest question's answer is delivered, and nobody
        hears of its failure when it is `quiet`.
        """
        ticket = Ticket(answer, failure, key, self._office, question=True, quiet=quiet)
        if key is not None:
            older = self._latest.get(key)
            if older is not None:
                older.cancel()
            self._latest[key] = ticket

        def work(mine: Ticket) -> Any:
            if mine.cancelled.is_set():
                raise Cancelled
            with _opened(mine).read() as reader:
                return question(reader)

        return self._send(self._lane, ticket, work)

    def do(self, deed: Deed[T], answer: Callable[[T], None] | None = None, failure: Failure | None = None) -> Ticket:
        """Do a deed. Views hear of it through `changed`; refusals go to `failure`.

        What the disk refuses waits for `retry`, unless a later deed has a failure of the same `subject` (an
        attribute of it, or of the object whose method it is): then that one stands for both. A failure
        that can make its deed `anew` is asked for it before the retry.
        """
        def work(mine: Ticket) -> Any:
            return office.do(_opened(mine), mine.anew or deed, self.who)

        def landed(result: tuple[T, Changes]) -> None:
            self._tell(result[1], deed)
            if answer is not None and _alive(answer):
                answer(result[0])

        subject = getattr(failure, "subject", None) or getattr(getattr(failure, "__self__", None), "subject", None)
        if subject is not None:
            self._unsaved = [one for one in self._unsaved if one.subject != subject]
            self._waiting = [one for one in self._waiting if one.subject != subject]
        return self._send_deed(Ticket(landed, failure, office=self._office, subject=subject), work)

    def work(self, job: Callable[[Any, Callable[[int, int, Text], None]], T], answer: Callable[[T], None],
             failure: Failure | None = None) -> Ticket:
        """Run long work beside the lane: `job(office, progress)`; `progress` raises Cancelled when it was cancelled.

        The office is None where none is open. A job that returns (answer, Changes) from `services.office.do`
        should say so by itself through `tell`. What was finished before it could be cancelled is answered.
        """

        def run(mine: Ticket) -> Any:
            def progress(done: int, total: int, what: Text) -> None:
                if mine.cancelled.is_set():
                    raise Cancelled
                self.progressed.emit(mine, done, total, what)

            return job(mine.office, progress)

        return self._send(self._background, Ticket(answer, failure, office=self._office, long=True), run)

    def tell(self, changes: Changes, deed: Deed[Any] | None = None) -> None:
        """Spread the news of a step that was not done through `do`."""
        self._tell(changes, deed)

    def undo(self) -> None:
        """Take the last step back."""
        self._walk("undo")

    def redo(self) -> None:
        """Do the step undone last again."""
        self._walk("redo")

    @Slot(object, object, object)
    def _land(self, ticket: Ticket, result: Any, error: Exception | None) -> None:
        self._under_way.discard(ticket)
        # kept until the lane has gone on, for the lane must not be the last to hold what belongs to a window:
        # it would take the window apart beside the thread that paints it
        self._settled[ticket.lane] = ticket
        self._deliver(ticket, result, error)
        self._retry_next()

    def _deliver(self, ticket: Ticket, result: Any, error: Exception | None) -> None:
        if ticket.key is not None and self._latest.get(ticket.key) is ticket:
            del self._latest[ticket.key]
        elsewhere = ticket.office is not None and ticket.office is not self._office
        if ticket.question and (ticket.cancelled.is_set() or elsewhere):
            return
        if elsewhere and error is None and not ticket.long:
            return
        if isinstance(error, Cancelled):
            if ticket.failure is not None and _alive(ticket.failure):
                ticket.failure(error)
        elif error is not None:
            self._fail(ticket, error)
            self._tell_mended(ticket)
        else:
            if ticket.answer is not None and _alive(ticket.answer):
                ticket.answer(result)
            self._tell_mended(ticket)

    def _tell_mended(self, ticket: Ticket) -> None:
        """Say so when the last deed that was tried again is no longer unsaved."""
        if ticket.again is not None and not self.unsaved:
            self.mended.emit()

    def _send(self, lane: "ThreadPoolExecutor", ticket: Ticket, work: Callable[[Ticket], Any]) -> Ticket:
        if self._ended:
            return ticket
        ticket.lane, ticket.work = lane, work
        self._under_way.add(ticket)

        def run() -> None:
            try:
                result = work(ticket)
            except Exception as error:
                self._landed.emit(ticket, None, error)
            else:
                self._landed.emit(ticket, result, None)

        lane.submit(run)
        return ticket

    def _send_deed(self, ticket: Ticket, work: Callable[[Ticket], Any]) -> Ticket:
        """Send work that can be tried again as it is."""
        def again() -> None:
            make = getattr(ticket.failure, "anew", None)
            ticket.anew = make() if make is not None else None
            self._send(self._lane, ticket, work)

        ticket.again = again
        return self._send(self._lane, ticket, work)

    def _retry_next(self) -> None:
        """The next one is done when the views know what the one before it changed."""
        if self._waiting and self.idle:
            again = self._waiting.pop(0).again
            if again is not None:
                again()

    def _forget_unsaved(self) -> None:
        self._unsaved.clear()
        self._waiting.clear()

    def _walk(self, way: str) -> None:
        """Find the step and walk it in one go, so that a second key stroke meets the next one."""

        def work(mine: Ticket) -> tuple[Deed[None], Changes] | None:
            with _opened(mine).read() as reader:
                state = journal.undo_state(reader)
            step = state.undo if way == "undo" else state.redo
            if step is None:
                return None
            deed = journal.undo_deed(step) if way == "undo" else journal.redo_deed(step)
            return deed, office.do(mine.office, deed, self.who)[1]

        def landed(walked: tuple[Deed[None], Changes] | None) -> None:
            if walked is not None:
                self._tell(walked[1], walked[0])

        self._send_deed(Ticket(landed, None, office=self._office), work)

    def _put_away(self, opened: Any) -> "Future[None]":
        """Close an office behind all work that has begun on it; what is long is told to stop."""
        for ticket in self._under_way:
            if ticket.office is opened and (ticket.question or ticket.long):
                ticket.cancel()
        self._lane.submit(_nothing).result()
        return self._background.submit(opened.close)

    def _take_office(self, opened: Any) -> None:
        before, self._office = self._office, opened
        self._forget_unsaved()
        if before is not None:
            self._put_away(before)
        self.opened.emit()
        self._renew_undo()

    def _fail(self, ticket: Ticket, error: Exception) -> None:
        if ticket.quiet and isinstance(error, PartnerDeskError):
            return
        if ticket.again is not None and isinstance(error, EnvironmentTrouble) and ticket.office is self._office:
            others = [one for one in self._unsaved if one.subject is None or one.subject != ticket.subject]
            self._unsaved, self._waiting = [*others, ticket, *self._waiting], []
        if ticket.failure is not None and isinstance(error, PartnerDeskError) and _alive(ticket.failure):
            ticket.failure(error)
            if not isinstance(error, EnvironmentTrouble):
                return
        if isinstance(error, EnvironmentTrouble | Refused):
            self.trouble.emit(error)
        elif not isinstance(error, PartnerDeskError):
            self.bug.emit(error)
        elif ticket.failure is None:
            self.trouble.emit(error)

    def _tell(self, changes: Changes, deed: Deed[Any] | None) -> None:
        if changes.nothing:
            return
        self.changed.emit(changes)
        if deed is not None and deed.done is not None:
            self.said.emit(deed.done)
        self._renew_undo()

    def _renew_undo(self) -> None:
        if self._office is None:
            self.undoable.emit(journal.UndoState(None, None))
            return
        self.ask(journal.undo_state, self.undoable.emit, key="undo state")


def _new_lane(name: str) -> "ThreadPoolExecutor":
    # lanes are imported when work comes, which is after the first list is painted
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)


def _opened(ticket: Ticket) -> Any:
    if ticket.office is None:
        raise EnvironmentTrouble(Text(QT_TRANSLATE_NOOP("PartnerDesk", "No office is open.")))
    return ticket.office


def _nothing() -> None:
    """What a lane does last before one goes on."""


def _alive(callback: Callable[..., None]) -> bool:
    """Whether the object a bound method belongs to has not been deleted by Qt meanwhile."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)

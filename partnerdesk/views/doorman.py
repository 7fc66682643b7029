"""Opening, making and leaving office files: dialogs, locks, recent files, the read-only notice."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.bridge.files import SUFFIX, Lock, lock_possible
from partnerdesk.domain.problems import DamagedFile, PartnerDeskError
from partnerdesk.look.words import say
from partnerdesk.services import paths
from partnerdesk.services.checkup import ended_badly
from partnerdesk.store.places import place_of
from partnerdesk.views.check_notes import note_bad_end
from partnerdesk.views.failures_dialog import SAVE, AnywayDialog, UnsavedDialog
from partnerdesk.views.local import Local

LOOK_EVERY = 2000


class Doorman(QObject):
    """Lets offices in and out.

    `refused(sentence)` when one cannot be opened, `notice(sentence)` when it is open for reading only,
    `cautioned(sentence)` when it lies where care is needed; `contested(sentence)` while a program on another computer
    holds it, `offered(sentence)` when the colleague who held it has left; `entered()` when one is open, `left()` when
    none is.
    """

    refused = Signal(str)
    notice = Signal(str)
    offered = Signal(str)
    contested = Signal(str)
    cautioned = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, desk: Desk, local: Local, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._local, self._window = desk, local, window
        self._lock: Lock | None = None
        self._waiting: Lock | None = None
        self._notice = ""
        self._report = ""
        self._asked = Path()
        self._held_by: tuple[Lock, str] | None = None
        self._after_save: Callable[[], None] | None = None
        self._watch = QTimer(self, interval=LOOK_EVERY)
        self._watch.timeout.connect(self.look_at_lock)
        desk.mended.connect(self._saved)
        desk.trouble.connect(self._not_saved)
        desk.opened.connect(self._entered)
        desk.closed.connect(self._left)

    def open(self, path: Path) -> None:
        """Open an office; by its lock it is decided whether for writing."""
        path = path.resolve()
        if self._desk.path == path:
            return
        if self._desk.unsaved:
            self._ask_unsaved(partial(self.open, path))
            return
        lock = Lock(path, self._local.who)
        self._notice, self._held_by = "", None
        read_only = False
        if path.exists() and path.is_file():
            if not lock_possible(path):
                read_only = True
                self._notice = self.tr(
                    "{name} lies in a folder that cannot be written to. It is open for reading only.")
            elif not lock.take():
                holder = lock.holder()
                read_only = True
                who = holder.who or holder.host or self.tr("A colleague")
                self._held_by = lock, who
                self._notice = self.tr("{who} has {name} open. It is open here for reading only.").replace(
                    "{who}", who)
            elif ended_badly(path):
                note_bad_end(self._local, path)
        self._notice = self._notice.replace("{name}", path.name)
        self._waiting, self._asked = lock, path
        self._desk.open(path, read_only=read_only, failure=self._not_opened)

    def new(self, path: Path) -> None:
        """Make an empty office and open it."""
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        lock = Lock(path, self._local.who)
        self._notice = ""
        if path.parent.is_dir() and lock_possible(path):
            lock.take()
        self._waiting = lock
        self._desk.open(path, new=True, failure=self._not_opened)

    @Slot()
    def ask_new(self) -> None:
        """Ask where a new office shall lie."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("New office"), str(Path.home() / f"{self.tr('Our office')}{SUFFIX}"), self._kinds())
        if name:
            self.new(Path(name))

    @Slot()
    def ask_open(self) -> None:
        """Ask which office to open."""
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open an office"), str(Path.home()), self._kinds())
        if name:
            self.open(Path(name))

    @Slot()
    def open_sample(self) -> None:
        """Open the sample office, made when it is not there yet."""
        path = paths.sample_file("northbridge")
        if path.exists():
            self.open(path)
            return

        def make(_: object, __: Callable[..., None]) -> Path:
            from partnerdesk.services.samples import make_sample

            return make_sample(path, "northbridge")

        self._desk.work(make, self.open, self._not_opened)

    @Slot()
    def salvage(self) -> None:
        """Ask for a new file, bring into it what can be read of the damaged one, and open it."""
        from partnerdesk.views.check_mend import Mender, salvage

        mender = Mender(self._window, self._desk, self._asked, salvage)
        mender.told.connect(self._salvaged)
        mender.made.connect(self.open)
        mender.dialog.open()

    @Slot(str, str)
    def _salvaged(self, kind: str, words: str) -> None:
        """How it went; after it has been opened, for opening clears what was said before."""
        if kind == "danger":
            self.refused.emit(words)
        else:
            self._report = words
            self.notice.emit(words)

    @Slot()
    def close(self) -> None:
        """Close the office; what is not saved is asked about first."""
        if self._desk.unsaved:
            self._ask_unsaved(self._desk.close)
        else:
            self._desk.close()

    @Slot()
    def look_at_lock(self) -> None:
        """While the office is read only because a colleague has it: see whether the colleague has left."""
        path = self._desk.path
        if self._held_by is None or path is None or not self._desk.read_only:
            self._watch.stop()
            return
        lock, who = self._held_by
        if lock.free:
            self._watch.stop()
            self.offered.emit(self.tr("{who} has closed {name}.").format(who=who, name=path.name))

    @Slot()
    def take_over(self) -> None:
        """Open for writing what is open for reading only, where nobody else has been quicker."""
        path = self._desk.path
        if path is None:
            return
        lock = Lock(path, self._local.who)
        if lock.take():
            self._enter_with(lock, path)
            return
        who = lock.holder().who or lock.holder().host or self.tr("A colleague")
        self._held_by = lock, who
        self._watch.start()
        self.notice.emit(self.tr("{who} has {name} open. It is open here for reading only.").format(
            who=who, name=path.name))

    @Slot()
    def ask_anyway(self) -> None:
        """Ask whether the lock of another computer is to be lifted, and lift it."""
        if self._held_by is None or self._desk.path is None:
            return
        lock, who = self._held_by
        dialog = AnywayDialog(self._window, who, lock.holder())
        dialog.verb_chosen.connect(self._open_anyway)
        dialog.open()

    @Slot()
    def _open_anyway(self) -> None:
        path = self._desk.path
        if path is None:
            return
        lock = Lock(path, self._local.who)
        if lock.wrest():
            self._enter_with(lock, path)
        else:
            self.take_over()

    def fill_recent(self, menu: QMenu) -> None:
        """Put a submenu of recent offices into a menu."""
        recent = menu.addMenu(self.tr("Open recent"))
        recent.aboutToShow.connect(self._list_recent)
        self._recent = recent
        self._list_recent()

    @Slot()
    def _list_recent(self) -> None:
        self._recent.clear()
        for path in self._local.recent:
            action = QAction(f"{path.stem}  ({path.parent})", self._recent)
            action.setData(str(path))
            action.triggered.connect(self._open_recent)
            self._recent.addAction(action)
        self._recent.menuAction().setVisible(bool(self._local.recent))

    @Slot()
    def _open_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.open(Path(str(action.data())))

    @Slot()
    def _entered(self) -> None:
        if self._lock is not None and self._lock is not self._waiting:
            self._lock.release()
        self._lock, self._waiting = self._waiting, None
        if self._desk.path is not None:
            self._local.add_recent(self._desk.path)
        self.entered.emit()
        if self._held_by is not None:
            self._watch.start()
        if self._report:
            self.notice.emit(self._report)
            self._report = ""
        elif self._held_by is not None and self._held_by[0].foreign:
            self.contested.emit(self._notice)
        elif self._notice:
            self.notice.emit(self._notice)
        elif self._desk.path is not None and not self._desk.read_only and (care := self._care(self._desk.path)):
            self.cautioned.emit(care)
        elif self._desk.read_only:
            self.notice.emit(self.tr("This office is open for reading only."))

    @Slot()
    def _left(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        self.left.emit()

    def _not_opened(self, error: Exception) -> None:
        if self._waiting is not None:
            self._waiting.release()
            self._waiting = None
        self.refused.emit(say(error.message) if isinstance(error, PartnerDeskError) else str(error))
        if isinstance(error, DamagedFile):
            self._offer_salvage(say(error.message))

    def _offer_salvage(self, sentence: str) -> None:
        from partnerdesk.views.check_mend import salvage_dialog

        dialog = salvage_dialog(self._window, self._asked, sentence)
        dialog.accepted.connect(self.salvage)
        dialog.open()

    def _enter_with(self, lock: Lock, path: Path) -> None:
        """Open for writing what is open for reading only."""
        self._notice, self._held_by = "", None
        self._waiting = lock
        self._desk.open(path, failure=self._not_opened)

    def _care(self, path: Path) -> str:
        """What to mind about the place where the office lies."""
        place = place_of(path)
        if place.kind == "network":
            return self.tr("{name} lies on a network share. One desk at a time can write to it; for several people at "
                           "once a PostgreSQL server is the way.").format(name=path.name)
        if place.kind == "synced":
            return self.tr("{name} lies in a folder that {cloud} copies. Open it on one computer at a time, and let "
                           "{cloud} finish before another one does; for several people at once a PostgreSQL server is "
                           "the way.").format(name=path.name, cloud=place.name)
        return ""

    def _ask_unsaved(self, then: Callable[[], None]) -> None:
        shell = UnsavedDialog(self._window)
        self._after_save = then
        shell.verb_chosen.connect(self._leave_unsaved)
        shell.open()

    @Slot(str)
    def _leave_unsaved(self, verb: str) -> None:
        if verb == SAVE:
            self._desk.retry()
        else:
            self._desk.give_up()

    @Slot()
    def _saved(self) -> None:
        then, self._after_save = self._after_save, None
        if then is not None:
            then()

    @Slot()
    def _not_saved(self) -> None:
        self._after_save = None

    def _kinds(self) -> str:
        return self.tr("PartnerDesk offices") + f" (*{SUFFIX})"

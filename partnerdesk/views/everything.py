"""Everything out into an open folder, and an office made of such a folder, each with progress and a way to stop."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from partnerdesk.bridge.desk import Desk, Ticket
from partnerdesk.bridge.files import SUFFIX
from partnerdesk.domain import clock
from partnerdesk.domain.filenames import clean_name
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.words import Text
from partnerdesk.look.words import counted, say
from partnerdesk.services import everything
from partnerdesk.services.everything import Totals
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.progress import Bar


class WorkDialog(DialogShell):
    """Says what is being done and how far it is; Cancel or Esc stops it."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, title)
        self._bar = Bar(self)
        self._bar.setAccessibleName(title)
        self._count = Words(self.tr("Beginning"), "tiny", "muted")
        self.body.addWidget(self._bar)
        self.body.addWidget(self._count)
        self.add_button(self.tr("Cancel"))

    def advance(self, done: int, total: int, what: Text) -> None:
        """So many are done; a total of 0 is one not known."""
        self._bar.set_share(done / total if total else 0)
        self._count.setText(counted(done, self.tr("{what}: 1 row"), self.tr("{what}: {n} rows"), what=say(what)))


class Everything(QObject):
    """Takes an office out and brings one in. `told(kind, sentence)` with "info" or "danger"; `made(path)`."""

    told = Signal(str, str)
    made = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._ticket: Ticket | None = None
        self._dialog: WorkDialog | None = None
        self._place = Path()
        desk.progressed.connect(self._advance)

    @Slot()
    def ask_out(self) -> None:
        """Ask where the folder shall lie, and write it."""
        path = self._desk.path
        if path is None:
            return
        title = self.tr("Where shall the folder with everything lie?")
        name = QFileDialog.getExistingDirectory(self._window, title, str(path.parent))
        if name:
            self.take_out(_free(Path(name), f"{path.stem} {clock.today().isoformat()}"))

    @Slot()
    def ask_in(self) -> None:
        """Ask which folder, and where the office made of it shall lie."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("A folder that PartnerDesk wrote"))
        if not name:
            return
        folder = Path(name)
        if not everything.is_folder_of_office(folder):
            self.told.emit("danger", self.tr("{name} is not a folder that PartnerDesk wrote.").format(name=folder.name))
            return
        kinds = self.tr("PartnerDesk offices") + f" (*{SUFFIX})"
        suggested = str(folder.parent / f"{folder.name}{SUFFIX}")
        chosen, _ = QFileDialog.getSaveFileName(self._window, self.tr("New office"), suggested, kinds)
        if chosen:
            path = Path(chosen)
            self.bring_in(folder, path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX))

    def take_out(self, folder: Path) -> None:
        """Write everything of the open office into a new folder."""
        def work(office: Any, progress: everything.Progress) -> Totals:
            with office.read() as reader:
                return everything.write_everything(reader, folder, progress)

        self._begin(self.tr("Writing everything into a folder"), folder)
        self._ticket = self._desk.work(work, self._out, self._refused)

    def bring_in(self, folder: Path, path: Path) -> None:
        """Make an office of a folder."""
        def work(_: Any, progress: everything.Progress) -> Totals:
            return everything.import_everything(folder, path, progress)

        self._begin(self.tr("Making an office of a folder"), path)
        self._ticket = self._desk.work(work, self._in, self._refused)

    def _begin(self, title: str, place: Path) -> None:
        self._place = place
        self._dialog = WorkDialog(self._window, title)
        self._dialog.rejected.connect(self._stop)
        self._dialog.open()

    @Slot(object, object, object, object)
    def _advance(self, ticket: Ticket, done: int, total: int, what: Text) -> None:
        if self._dialog is not None and ticket is self._ticket:
            self._dialog.advance(done, total, what)

    @Slot()
    def _stop(self) -> None:
        self._dialog = None
        if self._ticket is not None:
            self._ticket.cancel()

    def _out(self, totals: Totals) -> None:
        self._end()
        records = counted(totals.records, self.tr("1 record"), self.tr("{n} records"))
        files = counted(totals.files, self.tr("1 file"), self.tr("{n} files"))
        self.told.emit("info", self.tr("Wrote {records} and {files} to {name}.").format(
            records=records, files=files, name=self._place.name))

    def _in(self, _: Totals) -> None:
        self._end()
        self.made.emit(self._place)

    def _refused(self, error: Exception) -> None:
        self._end()
        if isinstance(error, PartnerDeskError):
            self.told.emit("danger", say(error.message))

    def _end(self) -> None:
        self._ticket = None
        if self._dialog is not None:
            self._dialog.rejected.disconnect(self._stop)
            self._dialog.reject()
            self._dialog = None


def _free(place: Path, name: str) -> Path:
    """A folder of this name that is not there yet."""
    name = clean_name(name)
    folder, n = place / name, 2
    while folder.exists():
        folder, n = place / f"{name} ({n})", n + 1
    return folder

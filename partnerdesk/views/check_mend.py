"""Asking for a new file, and repairing or salvaging an office into it beside the work."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.bridge.files import SUFFIX
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look.words import number, say
from partnerdesk.services import checkup
from partnerdesk.services.checkup import Report
from partnerdesk.views.kit.dialogs import WIDE, DialogShell

Job = Callable[[Path, Path, Any], Report]


class Mender(QObject):
    """Asks once for the new file; `told(kind, words)` says how it went, `made(path)` when the new office is there."""

    told = Signal(str, str)
    made = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, path: Path, job: Job) -> None:
        super().__init__(parent)
        self._desk, self._path, self._job = desk, path, job
        self._ticket: Any = None
        self._target, self._said = Path(), ""
        desk.progressed.connect(self._advance)
        name = self.tr("{name} repaired").format(name=path.stem)
        self.dialog = QFileDialog(parent, self.tr("Make a new office file"), str(path.with_name(name + SUFFIX)),
                                  self.tr("PartnerDesk offices") + f" (*{SUFFIX})")
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        self.dialog.fileSelected.connect(self.begin)
        self.dialog.rejected.connect(self.deleteLater)
        self.dialog.finished.connect(self.dialog.deleteLater)

    @Slot(str)
    def begin(self, target: str) -> None:
        """Make the new file there."""
        self._target = Path(target)
        self.told.emit("info", self.tr("Reading {file}").format(file=self._path.name))
        self._ticket = self._desk.work(self._run, self._done, self._failed)

    @Slot(object, object, object, object)
    def _advance(self, ticket: Any, done: int, total: int, what: Any) -> None:
        """Say how far it is, each hundredth once."""
        if ticket is not self._ticket or ticket is None or not total:
            return
        said = self.tr("{what}: {n} %").format(what=say(what), n=number(100 * done // total))
        if said != self._said:
            self._said = said
            self.told.emit("info", said)

    def _run(self, _: Any, progress: Any) -> Report:
        return self._job(self._path, self._target, progress)

    def _done(self, report: Report) -> None:
        self.told.emit("warn" if report.left else "info", " ".join(
            [self.tr("{file} is made.").format(file=self._target.name),
             *(say(line) for line in (*report.done, *report.elsewhere))]))
        self.made.emit(self._target)
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self.told.emit("danger", say(error.message))
        self.deleteLater()


def repair(path: Path, target: Path, progress: Any) -> Report:
    """Repair an office into a new file."""
    return checkup.repair(path, target, None, progress)


def salvage(path: Path, target: Path, progress: Any) -> Report:
    """Bring what can be read of a damaged office into a new file."""
    return checkup.salvage(path, target, None, progress)


def salvage_dialog(parent: QWidget, path: Path, sentence: str) -> DialogShell:
    """Offers, for a file that cannot be opened, to salvage it; `accepted` means yes. Call open() on it."""
    more = QCoreApplication.translate(
        "Salvage", "What can still be read can be brought into a new file. The damaged one is only read.")
    dialog = DialogShell(parent, path.name, f"{sentence} {more}", WIDE)
    dialog.add_button(dialog.tr("Cancel"))
    dialog.add_button(QCoreApplication.translate("Salvage", "Salvage into a new file…"), "primary", "salvage")
    return dialog

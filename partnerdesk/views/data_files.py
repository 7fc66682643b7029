"""Asking where to save a spreadsheet, and writing it beside the work."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look.words import counted, say

Writer = Callable[[Any, Any, Path], int]


class Saver(QObject):
    """Asks for a place once and writes in the background; `told(kind, sentence)` says how it went."""

    told = Signal(str, str)

    def __init__(self, parent: QWidget, desk: Desk, name: str, write: Writer, kinds: str = "",
                 ending: str = "xlsx") -> None:
        """`kinds` are the files it may be, spreadsheets where they are not given; `ending` the usual one."""
        super().__init__(parent)
        self._desk, self._write = desk, write
        self._path = Path()
        kinds = kinds or self.tr("Spreadsheets (*.xlsx *.csv *.json)")
        self.dialog = QFileDialog(parent, self.tr("Save as"), f"{name}.{ending}", kinds)
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setDefaultSuffix(ending)
        self.dialog.fileSelected.connect(self.save)
        self.dialog.rejected.connect(self.deleteLater)
        self.dialog.finished.connect(self.dialog.deleteLater)

    @Slot(str)
    def save(self, path: str) -> None:
        """Write to that place."""
        self._path = Path(path)
        self._desk.work(self._run, self._done, self._failed)

    def _run(self, office: Any, progress: Any) -> int:
        return self._write(office, progress, self._path)

    def _done(self, n: int) -> None:
        words = self.tr("Wrote 1 row to {file}."), self.tr("Wrote {n} rows to {file}.")
        if self._path.suffix.lower() == ".ics":
            words = self.tr("Wrote 1 entry to {file}."), self.tr("Wrote {n} entries to {file}.")
        said = counted(n, *words, file=self._path.name)
        self.told.emit("info", said)
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self.told.emit("danger", say(error.message))
        self.deleteLater()


def ask_save(parent: QWidget, desk: Desk, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Saver:
    """Ask where to save a table and save it there."""
    kept = [list(row) for row in rows]

    def write(_: Any, __: Any, path: Path) -> int:
        from partnerdesk.services.exporting import write_rows

        return write_rows(path, name, columns, kept)

    saver = Saver(parent, desk, name, write)
    saver.dialog.open()
    return saver

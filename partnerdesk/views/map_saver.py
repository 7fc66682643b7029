"""Saving the map: asks where, and writes a PDF on A4 or A3, a drawing or a picture beside the work."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look import tokens
from partnerdesk.look.words import day, say
from partnerdesk.look.worldshapes import Shape
from partnerdesk.models.map import Lens


class MapSaver(QObject):
    """Asks for a place once; the kind of file chosen decides what is written. `told(kind, sentence)` at the end."""

    told = Signal(str, str)

    def __init__(self, parent: QWidget, desk: Desk, shape: Shape, lens: Lens, names: dict[str, str]) -> None:
        super().__init__(parent)
        self._desk, self._shape, self._lens, self._names = desk, shape, lens, names
        self._path, self._paper = Path(), "A4"
        self._a3 = self.tr("PDF, A3 (*.pdf)")
        kinds = ";;".join((self.tr("PDF, A4 (*.pdf)"), self._a3, self.tr("Drawings (*.svg)"),
                           self.tr("Pictures (*.png)")))
        self.dialog = QFileDialog(parent, self.tr("Save as"), self.tr("Map") + ".pdf", kinds)
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setDefaultSuffix("pdf")
        self.dialog.fileSelected.connect(self.save)
        self.dialog.rejected.connect(self.deleteLater)
        self.dialog.finished.connect(self.dialog.deleteLater)

    @Slot(str)
    def save(self, path: str) -> None:
        """Write to that place."""
        self._path = Path(path)
        self._paper = "A3" if self.dialog.selectedNameFilter() == self._a3 else "A4"
        self._desk.work(self._run, self._done, self._failed)

    def _run(self, _: Any, __: Any) -> str:
        from partnerdesk.paper.output import write_whole
        from partnerdesk.paper.worldmap import MapSheet, write_map

        t = tokens.paper()
        sheet = MapSheet(self._shape, self._lens.values(t, self._names), self._lens.title, day(clock.today()),
                         self._lens.legend(t))
        write_whole(self._path, write_map(sheet, self._path.suffix.lower(), self._paper))
        return self._path.name

    def _done(self, name: str) -> None:
        self.told.emit("info", self.tr("Saved {file}.").format(file=name))
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self.told.emit("danger", say(error.message))
        self.deleteLater()


def ask_map(parent: QWidget, desk: Desk, shape: Shape, lens: Lens, names: dict[str, str]) -> MapSaver:
    """Ask where to save the map and save it there."""
    saver = MapSaver(parent, desk, shape, lens, names)
    saver.dialog.open()
    return saver

"""Saving a timeline: asks where, and writes a picture, a drawing or a PDF beside the work."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look.timeline import Scene
from partnerdesk.look.timeline_head import HeadWords
from partnerdesk.look.words import day, say


class PictureSaver(QObject):
    """Asks for a place once; what it ends with decides what is written. `told(kind, sentence)` says how it went."""

    told = Signal(str, str)

    def __init__(self, parent: QWidget, desk: Desk, scene: Scene, head: HeadWords) -> None:
        super().__init__(parent)
        self._desk, self._head = desk, head
        self._chart, self._per_day = scene.chart, scene.axis.scale
        self._path = Path()
        kinds = self.tr("PDF (*.pdf);;Drawings (*.svg);;Pictures (*.png)")
        self.dialog = QFileDialog(parent, self.tr("Save as"), self.tr("Timeline") + ".pdf", kinds)
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setDefaultSuffix("pdf")
        self.dialog.fileSelected.connect(self.save)
        self.dialog.rejected.connect(self.deleteLater)
        self.dialog.finished.connect(self.dialog.deleteLater)

    @Slot(str)
    def save(self, path: str) -> None:
        """Write to that place."""
        self._path = Path(path)
        self._desk.work(self._run, self._done, self._failed)

    def _run(self, _: Any, progress: Any) -> str:
        from partnerdesk.domain.words import text
        from partnerdesk.paper import timeline
        from partnerdesk.paper.output import write_whole

        words = self._words(timeline)
        ending = self._path.suffix.lower()
        if ending == ".svg":
            data = timeline.timeline_svg(self._chart, self._head, words, self._per_day)
        elif ending == ".png":
            data = timeline.timeline_png(self._chart, self._head, words, self._per_day)
        else:
            data = timeline.timeline_pdf(self._chart, self._head, words, language=QLocale().name()[:2],
                                         progress=lambda n, total: progress(n, total, text("Timeline")))
        write_whole(self._path, data)
        return self._path.name

    def _words(self, timeline: Any) -> Any:
        return timeline.SheetWords(
            self.tr("Timeline"), day(clock.today()), self.tr("Page {n} of {total}"), self.tr("Done"),
            self.tr("Planned"), self.tr("Late"), self.tr("Milestone"), self.tr("Met"), self.tr("Deliverable"),
            self.tr("Decides the end"), self.tr("Days once agreed"))

    def _done(self, name: str) -> None:
        self.told.emit("info", self.tr("Saved {file}.").format(file=name))
        self.deleteLater()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self.told.emit("danger", say(error.message))
        self.deleteLater()


def ask_picture(parent: QWidget, desk: Desk, scene: Scene, head: HeadWords) -> PictureSaver:
    """Ask where to save a timeline and save it there."""
    saver = PictureSaver(parent, desk, scene, head)
    saver.dialog.open()
    return saver

"""The file of a document in a form: attached by button or drop, opened with care, saved elsewhere, taken away."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QMimeData, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.filenames import is_dangerous
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.services import attachments
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.labels import IconLabel, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Flow, Row

Keep = Callable[[Document, Path], Deed[int]]


def dropped_files(data: QMimeData) -> list[Path]:
    """The files of this computer that are being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def ask_files(parent: QWidget, title: str) -> list[Path]:
    """Let the user choose files; none when it was called off."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []


def attach_all(desk: Desk, like: Document, files: Iterable[Path]) -> None:
    """Make a document like the given one for each file, one step each."""
    for path in files:
        desk.do(attachments.attach(like, path))


class Shown(QObject):
    """Copies of attached files that other programs show; they go when the office is closed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._folder: Path | None = None
        desk.closed.connect(self.clear)

    def place(self) -> Path:
        """The folder for copies, which only this user can look into."""
        if self._folder is None or not self._folder.exists():
            self._folder = Path(tempfile.mkdtemp(prefix="partnerdesk-shown-"))
        return self._folder

    @Slot()
    def clear(self) -> None:
        """Remove the copies; one that is still open elsewhere stays until the system clears it."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


class FileStrip(QWidget):
    """One document's file: its name and size with what can be done, or the way to attach one.

    `attached` when a file was kept.
    """

    attached = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, keep: Keep = attachments.attach) -> None:
        """`keep` is the deed that keeps a file with a document."""
        super().__init__(parent)
        self._desk, self._keep = desk, keep
        self._shown = desk.findChild(Shown) or Shown(desk)
        self._document: Document | None = None
        self._locked = False
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Attached file"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = Column(self, 0, 6)
        column.addWidget(Words(self.tr("Attached file"), "tiny", "muted"))
        head = Row(None, 0, 8)
        self._icon = IconLabel(Icon.DOCUMENT)
        self._name = ShortWords("", "body")
        self._size = Words("", "tiny", "muted")
        head.addWidget(self._icon)
        head.addWidget(self._name)
        head.addWidget(self._size)
        head.addStretch(1)
        self.remove_button = IconButton(Icon.DELETE, self.tr("Take the file away"), parent=self)
        self.remove_button.clicked.connect(self.take_away)
        head.addWidget(self.remove_button)
        column.addLayout(head)
        self._error = Words("", "tiny", "danger", wrap=True)
        column.addWidget(self._error)
        deeds = Flow(None, 8)
        self.open_button = self._button(self.tr("Open"), Icon.OPEN_LINK, self.open_file)
        self.save_button = self._button(self.tr("Save a copy…"), Icon.EXPORT, self.save_copy)
        self.attach_button = self._button(self.tr("Attach a file…"), Icon.DOCUMENT, self.choose)
        for button in (self.open_button, self.save_button, self.attach_button):
            deeds.addWidget(button)
        column.addLayout(deeds)
        self._hint = Words(self.tr("You can also drop a file here."), "tiny", "muted")
        column.addWidget(self._hint)
        self._show()

    def show_document(self, document: Document | None) -> None:
        """Show the file of this document; None or a new one (id 0) shows nothing."""
        if document is None or self._document is None or document.id != self._document.id:
            self._tell("")
        self._document = document
        self._show()

    def set_locked(self, locked: bool) -> None:
        """Only look, or also change."""
        self._locked = locked
        self._show()

    @Slot()
    def choose(self) -> None:
        """Choose a file and keep it with the document."""
        for path in ask_files(self, self.tr("Attach a file"))[:1]:
            self.attach(path)

    def attach(self, path: Path) -> None:
        """Keep a file with the document, instead of the one it had."""
        if self._document is not None and self._document.id and not self._locked:
            self._tell("")
            self._desk.do(self._keep(self._document, path), self._took, self._refused)

    @Slot()
    def open_file(self) -> None:
        """Let the system's program show a copy; what can run asks first."""
        document = self._document
        if document is None or not document.sha256:
            return
        if is_dangerous(document.file_name):
            self._ask_first(document)
        else:
            self._open()

    @Slot()
    def save_copy(self) -> None:
        """Write the file to a place of the user's choice."""
        document = self._document
        if document is None or not document.sha256:
            return
        dialog = QFileDialog(self, self.tr("Save a copy"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(document.file_name)
        if dialog.exec():
            path = Path(dialog.selectedFiles()[0])
            question = partial(attachments.save_copy, document=document, path=path)
            self._desk.ask(question, _nothing_more, failure=self._refused)

    @Slot()
    def take_away(self) -> None:
        """Take the file away from the document."""
        if self._document is not None and self._document.sha256 and not self._locked:
            self._desk.do(attachments.detach(self._document), failure=self._refused)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._locked and self._document is not None and len(dropped_files(event.mimeData())) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.attach(dropped_files(event.mimeData())[0])

    @Slot()
    def _open(self) -> None:
        document = self._document
        if document is not None:
            copy = partial(attachments.copy_out, document=document, folder=self._shown.place())
            self._desk.ask(copy, self._open_copy, failure=self._refused)

    def _open_copy(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._tell(self.tr("This computer knows no program for {name}. Save a copy instead.").format(
                name=path.name))

    def _ask_first(self, document: Document) -> None:
        dialog = DialogShell(self, self.tr("Open a file that can run something?"), self.tr(
            "{name} can contain a program. Open it only when you know who made it.").format(name=document.file_name))
        dialog.add_button(self.tr("Cancel"))
        dialog.add_button(self.tr("Open it"), "danger", "open")
        dialog.verb_chosen.connect(self._open)
        dialog.open()

    def _took(self, _: int) -> None:
        self.attached.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self._tell(say(error.message))

    def _tell(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _show(self) -> None:
        document = self._document
        held = document is not None and bool(document.sha256)
        open_for_change = not self._locked and document is not None and bool(document.id)
        for widget in (self._icon, self._name, self._size, self.open_button, self.save_button):
            widget.setVisible(held)
        self.remove_button.setVisible(held and open_for_change)
        self.attach_button.setVisible(open_for_change)
        self.attach_button.setText(self.tr("Replace…") if held else self.tr("Attach a file…"))
        self._hint.setVisible(open_for_change and not held)
        if held and document is not None:
            self._name.setText(document.file_name)
            decimal = QLocale.DataSizeFormat.DataSizeSIFormat
            self._size.setText(QLocale().formattedDataSize(document.file_size, 1, decimal))
        self.setVisible(held or open_for_change)

    def _button(self, words: str, icon: Icon, act: object) -> Button:
        button = Button(words, small=True, icon=icon, parent=self)
        button.clicked.connect(act)
        return button


def _nothing_more(_: object) -> None:
    """A copy that was written says so by being there."""

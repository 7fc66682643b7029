"""The editors that only settings need: one of few words, the day on which years begin, the picture of a letterhead."""

import base64
import binascii
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QDate, QIODevice, QLocale, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.dates import NotADay, parse_day
from partnerdesk.look import tokens
from partnerdesk.look.paint import rounded
from partnerdesk.look.tokens import px
from partnerdesk.look.words import say
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.editing import Editing
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Row
from partnerdesk.views.kit.segmented import Segmented

LARGEST_FILE = 5 * 1024 * 1024
WIDEST, HIGHEST = 900, 300
LARGEST_KEPT = 512 * 1024


class SegmentEditor(Editing, QWidget):
    """One of few words side by side, as an editor of a form."""

    edited = Signal(object)
    noted = Signal()

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments = Segmented(name, choices, self)
        self._keys = [key for key, _ in choices]
        self._segments.chosen.connect(self._chosen)
        self.setFocusProxy(self._segments)
        row = Row(self, 0, 0)
        row.addWidget(self._segments)
        row.addStretch(1)

    def value(self) -> str:
        """The key of the word that is on."""
        return self._segments.value

    def set_value(self, value: str | None) -> None:
        """Turn a word on."""
        if value in self._keys:
            self._segments.set_value(value)

    def choose(self, key: str) -> None:
        """Turn a word on as the user does."""
        if key != self.value():
            self._segments.set_value(key)
            self.edited.emit(key)

    @Slot(str)
    def _chosen(self, key: str) -> None:
        self.edited.emit(key)

    def _notes_changed(self) -> None:
        self._segments.setEnabled(not self.notes.locked)


class YearStartEditor(LineEditor):
    """A day of the year without the year ("1 September"), stored as "09-01"; read in every shape of a date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._stored = ""

    def value(self) -> str:
        """Month and day as stored."""
        return self._stored

    def set_value(self, value: str | None) -> None:
        """Show a stored month and day in words."""
        self._stored = value or ""
        super().set_value(self._words(self._stored))

    @Slot()
    def commit(self) -> None:
        """Understand what was typed; say beneath what could not be."""
        typed = self.text().strip()
        if self.isReadOnly() or typed == self._words(self._stored):
            return
        try:
            day = parse_day(typed, clock.today())
        except NotADay as error:
            self.set_error(say(error.message))
            return
        if day is None:
            self.setText(self._words(self._stored))
            return
        self.set_error("")
        self._stored = f"{day.month:02}-{min(day.day, 28) if day.month == 2 else day.day:02}"
        self.setModified(False)
        super().set_value(self._words(self._stored))
        self.edited.emit(self._stored)

    @staticmethod
    def _words(stored: str) -> str:
        month, _, day = stored.partition("-")
        return QLocale().toString(QDate(2001, int(month), int(day)), "d MMMM") if month and day else ""


class PictureView(QWidget):
    """The letterhead's picture on paper white, as it will be printed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        if self.image.isNull():
            return QSize(0, 0)
        fitted = self.image.size().scaled(QSize(px(180), px(48)), Qt.AspectRatioMode.KeepAspectRatio)
        return fitted + QSize(px(12), px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), px(tokens.RADIUS_CONTROL), tokens.paper().surface, tokens.current().line2)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()).adjusted(px(6), px(6), -px(6), -px(6)), self.image)


class LogoEditor(Editing, QWidget):
    """The picture of the letterhead: its value is the picture as base64, "" for none."""

    edited = Signal(object)
    noted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._view = PictureView(self)
        self._choose = Button("", small=True)
        self._choose.clicked.connect(self.ask)
        self._remove = Button(self.tr("Remove"), "quiet", small=True)
        self._remove.clicked.connect(self.remove)
        row = Row(self, 0, 8)
        self._none = Words(self.tr("None"), "body", "text2")
        row.addWidget(self._view)
        row.addWidget(self._none)
        row.addWidget(self._choose)
        row.addWidget(self._remove)
        row.addStretch(1)
        self.setFocusProxy(self._choose)
        self._show()

    def value(self) -> str:
        """The picture as base64."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a stored picture."""
        self._value = value or ""
        self._show()

    @Slot()
    def ask(self) -> None:
        """Ask for a picture."""
        kinds = self.tr("Pictures (*.png *.jpg *.jpeg *.svg *.gif *.bmp *.webp)")
        dialog = QFileDialog(self, self.tr("Choose a picture"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def remove(self) -> None:
        """Go without a picture."""
        self._tell("")

    @Slot(str)
    def take_file(self, path: str) -> None:
        """Take a picture from a file, made as small as print needs it; what is none is said beneath."""
        try:
            size = Path(path).stat().st_size
        except OSError:
            self.set_error(self.tr("The file cannot be read"))
            return
        if size > LARGEST_FILE:
            self.set_error(self.tr("The picture is larger than 5 MB"), "")
            return
        reader = QImageReader(path)
        reader.setAutoTransform(True)
        reader.setDecideFormatFromContent(True)
        image = reader.read()
        if image.isNull():
            self.set_error(self.tr("This is no picture that can be shown"))
            return
        packed = packed_picture(image)
        if len(packed) > LARGEST_KEPT:
            self.set_error(self.tr("The picture has too much detail for a letterhead"))
            return
        self._tell(base64.b64encode(packed).decode("ascii"))

    def _tell(self, value: str) -> None:
        self.set_error("")
        if value != self._value:
            self._value = value
            self._show()
            self.edited.emit(value)

    def _show(self) -> None:
        image = QImage()
        try:
            image.loadFromData(base64.b64decode(self._value, validate=True))
        except (binascii.Error, ValueError):
            image = QImage()
        self._view.image = image
        self._view.setVisible(not image.isNull())
        self._view.updateGeometry()
        self._view.update()
        self._choose.setText(self.tr("Choose another…") if self._value else self.tr("Choose a picture…"))
        self._notes_changed()

    def _notes_changed(self) -> None:
        locked = bool(self.notes.locked)
        self._choose.setVisible(not locked)
        self._remove.setVisible(bool(self._value) and not locked)
        self._none.setVisible(not self._value and locked)


def packed_picture(image: QImage) -> bytes:
    """A picture as PNG, no larger than a letterhead needs."""
    if image.width() > WIDEST or image.height() > HIGHEST:
        image = image.scaled(QSize(WIDEST, HIGHEST), Qt.AspectRatioMode.KeepAspectRatio,
                             Qt.TransformationMode.SmoothTransformation)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())

"""The print window: the pages as they will be printed, and the ways out: printer, PDF, picture."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QScrollArea, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.countries import languages as known_languages
from partnerdesk.domain.documents import PrintDocument
from partnerdesk.domain.problems import Cancelled, EnvironmentTrouble, PartnerDeskError
from partnerdesk.domain.words import Text
from partnerdesk.look import tokens, words
from partnerdesk.look.icons import Icon
from partnerdesk.look.paint import hairline
from partnerdesk.look.tokens import px
from partnerdesk.paper.jobs import print_all, print_on
from partnerdesk.paper.output import page_image, pages_of, to_png
from partnerdesk.paper.page import A4, PAPERS, Page, Paper
from partnerdesk.services.office import settings
from partnerdesk.services.prints import Print
from partnerdesk.services.wording import ENGLISH, Voice, languages
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.editors import ChoiceEditor
from partnerdesk.views.kit.labels import Pane, Words
from partnerdesk.views.kit.layouts import Column, Flow, Measured, Row
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.kit.progress import ProgressStrip
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.local import Local
from partnerdesk.views.long_work import LongWork

MARGIN = 20
SCREEN_DOTS = 96.0
WIDEST_DOTS = 144.0
SIZE = QSize(980, 860)
Job = Callable[[Any, Callable[[int, int, Text], None]], str]


class SheetView(QWidget):
    """One page on its ground, always white, as large as its zoom asks: whole page, page width or full size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: Page | None = None
        self._zoom = "page"
        self._room = QSize(400, 400)
        self._image: QImage | None = None

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return self._page

    def show_page(self, page: Page, name: str) -> None:
        """Show a page; `name` says what it is to those who cannot see it."""
        self._page = page
        self.setAccessibleName(name)
        self._renew()

    def set_zoom(self, zoom: str) -> None:
        """Zoom to "page", "width" or "full"."""
        self._zoom = zoom
        self._renew()

    def set_room(self, room: QSize) -> None:
        """The room of the pane around it, which the zoom follows."""
        self._room = room
        self._renew()

    def sizeHint(self) -> QSize:
        return self._paper_size() + QSize(2 * px(MARGIN), 2 * px(MARGIN))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        painter.fillRect(self.rect(), t.window)
        if self._page is None:
            return
        if self._image is None:
            self._image = page_image(self._page, self._dots(), self.devicePixelRatioF())
        size = self._paper_size()
        place = QPointF((self.width() - size.width()) // 2, px(MARGIN))
        painter.drawImage(place, self._image)
        self._edge(painter, QRectF(place, size))

    def _edge(self, painter: QPainter, sheet: QRectF) -> None:
        edge = tokens.current().line2
        for y in (sheet.top() - 1, sheet.bottom()):
            hairline(painter, QPointF(sheet.left() - 1, y), QPointF(sheet.right() + 1, y), edge)
        for x in (sheet.left() - 1, sheet.right()):
            hairline(painter, QPointF(x, sheet.top()), QPointF(x, sheet.bottom()), edge)

    def _renew(self) -> None:
        self._image = None
        self.setFixedSize(self.sizeHint().expandedTo(self._room))
        self.update()

    def _dots(self) -> float:
        paper = self._page.paper if self._page else A4
        wide = (self._room.width() - 2 * px(MARGIN)) * 72 / paper.width
        high = (self._room.height() - 2 * px(MARGIN)) * 72 / paper.height
        found = {"page": min(wide, high), "width": wide}.get(self._zoom, SCREEN_DOTS)
        return max(24.0, min(WIDEST_DOTS, found))

    def _paper_size(self) -> QSize:
        paper, scale = self._page.paper if self._page else A4, self._dots() / 72
        return QSize(round(paper.width * scale), round(paper.height * scale))


class SheetArea(QScrollArea):
    """Scrolls a page, and tells it how much room there is."""

    def __init__(self, sheet: SheetView, name: str) -> None:
        super().__init__()
        self._sheet = sheet
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setWidget(sheet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sheet.set_room(self.viewport().size())


class PrintWindow(QWidget):
    """Preview of the documents of a print, a page at a time; printed and saved together."""

    def __init__(self, desk: Desk, local: Local, job: Print, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Print"))
        self._desk, self._local, self._job = desk, local, job
        self._at = self._leaf = 0
        self._pages: list[Page] = []
        self._document: PrintDocument | None = None
        self._printer: QPrinter | None = None
        self._voice = Voice(_first_language(local))
        self._paper: Paper | None = PAPERS.get(local.note("print/paper"))
        self._build()
        self._wire()
        self.resize(SIZE)
        if job.note is not None:
            self._message.show_message("info", words.say(job.note))
        self._ask()

    @property
    def document(self) -> PrintDocument | None:
        """The document shown, None until it has been gathered."""
        return self._document

    def save_pdf(self, path: Path) -> None:
        """Write all documents into one PDF, in the background."""
        job = partial(_pdf_job, self._job, path, self._paper or A4, self._voice)
        self._begin(self.tr("Saving {name}").format(name=path.name), job)

    def save_png(self, path: Path) -> None:
        """Write the page shown as a picture."""
        if self._document is None:
            return
        try:
            to_png(self._document, path, self._paper or A4)
        except EnvironmentTrouble as trouble:
            self._failed(trouble)
        else:
            self._saved(str(path))

    def print_to(self, printer: QPrinter) -> None:
        """Print all documents, in the background."""
        self._printer = printer
        job = partial(_print_job, self._job, printer, self._paper or A4, self._voice)
        self._begin(self.tr("Printing"), job)

    def _build(self) -> None:
        column = Column(self)
        column.addWidget(self._header())
        self._message = MessageBar(self)
        above, below = Row(None, (16, 10, 16, 0)), Row(None, (16, 0, 16, 10))
        above.addWidget(self._message)
        column.addLayout(above)
        self._sheet = SheetView()
        column.addWidget(SheetArea(self._sheet, self.tr("Preview")), 1)
        self._progress = ProgressStrip(self)
        self._work = LongWork(self._desk, self._progress, self)
        below.addWidget(self._progress)
        column.addLayout(below)

    def _header(self) -> Pane:
        header = Pane("header")
        row = Row(header, (16, 10, 16, 10), 16)
        choices = Flow(gap=8)
        row.addLayout(choices, 1)
        self._back = IconButton(Icon.LEFT, self.tr("Previous page"), edge=True)
        self._forward = IconButton(Icon.RIGHT, self.tr("Next page"), edge=True)
        self._count = Words("", "body", "muted")
        Measured(self._count, height=tokens.HEIGHTS["control"])
        for each in (self._back, self._forward, self._count):
            choices.addWidget(each)
        self._papers = Segmented(self.tr("Paper"), [(name, name) for name in PAPERS])
        self._languages = ChoiceEditor([(code, _language_name(code)) for code in languages()])
        self._languages.setAccessibleName(self.tr("Language of the print"))
        self._languages.set_value(self._voice.language)
        zooms = [("page", self.tr("Page")), ("width", self.tr("Width")), ("full", self.tr("100 %"))]
        self._zooms = Segmented(self.tr("Zoom"), zooms)
        for control in (self._papers, self._languages, self._zooms):
            choices.addWidget(control)
        self._picture = Button(self.tr("Save picture"))
        self._pdf = Button(self.tr("Save PDF"))
        self._print = Button(self.tr("Print"), "primary", icon=Icon.PRINT)
        ways = Row(None, 0, 8)
        row.addLayout(ways)
        for button in (self._picture, self._pdf, self._print):
            ways.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return header

    def _wire(self) -> None:
        self._back.clicked.connect(self._go_back)
        self._forward.clicked.connect(self._go_forward)
        self._papers.chosen.connect(self._choose_paper)
        self._languages.edited.connect(self._choose_language)
        self._zooms.chosen.connect(self._sheet.set_zoom)
        self._picture.clicked.connect(self._ask_picture)
        self._pdf.clicked.connect(self._ask_pdf)
        self._print.clicked.connect(self._ask_printer)
        self._message.acted.connect(self._open_file)
        self._work.changed.connect(self._offer)
        self._desk.changed.connect(self._ask)
        self._desk.closed.connect(self.close)
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Print), self._ask_printer),
            (QKeySequence(Qt.Key.Key_PageUp), self._go_back),
            (QKeySequence(Qt.Key.Key_PageDown), self._go_forward),
            (QKeySequence(Qt.Key.Key_Escape), self.close),
        ):
            QShortcut(keys, self, slot)

    @Slot()
    def _ask(self) -> None:
        question = partial(_question, self._job, self._at, self._voice)
        self._desk.ask(question, self._show, key=self, failure=self._failed)

    def _show(self, found: tuple[PrintDocument, str]) -> None:
        self._document, paper = found
        if self._paper is None:
            self._paper = PAPERS.get(paper, A4)
        self._papers.set_value(self._paper.name)
        self.setWindowTitle(self._document.title)
        self._renew()

    def _renew(self) -> None:
        """Lay the document out and show the leaf wanted of it, the last one where it has fewer."""
        if self._document is None:
            return
        self._pages = pages_of(self._document, self._paper or A4)
        last = len(self._pages) - 1
        self._leaf = last if self._leaf < 0 else min(self._leaf, last)
        self._turn()

    def _turn(self) -> None:
        if self._document is None:
            return
        self._sheet.show_page(self._pages[self._leaf], self._document.title)
        papers, pages = len(self._job.about), len(self._pages)
        parts = []
        if papers > 1:
            parts.append(self.tr("{n} of {total}").format(n=words.number(self._at + 1), total=words.number(papers)))
        if pages > 1:
            parts.append(self.tr("page {n} of {total}").format(n=self._leaf + 1, total=pages))
        self._count.setText(" · ".join(parts))
        for each in (self._back, self._forward, self._count):
            each.setVisible(bool(parts))
        self._back.setEnabled(self._at > 0 or self._leaf > 0)
        self._forward.setEnabled(self._at + 1 < papers or self._leaf + 1 < pages)

    @Slot()
    def _go_back(self) -> None:
        self._go(-1)

    @Slot()
    def _go_forward(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        if 0 <= self._leaf + step < len(self._pages):
            self._leaf += step
            self._turn()
        elif 0 <= self._at + step < len(self._job.about):
            self._at += step
            self._leaf = 0 if step > 0 else -1
            self._ask()

    @Slot(str)
    def _choose_paper(self, name: str) -> None:
        self._paper = PAPERS[name]
        self._local.keep_note("print/paper", name)
        self._renew()

    @Slot(object)
    def _choose_language(self, code: str) -> None:
        self._voice = Voice(code)
        self._local.keep_note("print/language", code)
        self._ask()

    @Slot()
    def _ask_pdf(self) -> None:
        self._ask_file(self.tr("Save PDF"), ".pdf", self._pdf_chosen)

    @Slot()
    def _ask_picture(self) -> None:
        self._ask_file(self.tr("Save picture"), ".png", self._picture_chosen)

    def _ask_file(self, title: str, ending: str, chosen: Callable[[str], None]) -> None:
        if self._document is None:
            return
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.setNameFilter(f"*{ending}")
        dialog.setDirectory(self._local.note("print/folder") or str(Path.home()))
        dialog.selectFile(_file_name(self._job.file_name or self._document.title) + ending)
        dialog.fileSelected.connect(chosen)
        dialog.open()

    @Slot(str)
    def _pdf_chosen(self, name: str) -> None:
        self._keep_folder(name)
        self.save_pdf(Path(name))

    @Slot(str)
    def _picture_chosen(self, name: str) -> None:
        self._keep_folder(name)
        self.save_png(Path(name))

    def _keep_folder(self, name: str) -> None:
        self._local.keep_note("print/folder", str(Path(name).parent))

    @Slot()
    def _ask_printer(self) -> None:
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, False)
        dialog.accepted.connect(self._printer_chosen)
        QDialog.open(dialog)

    @Slot()
    def _printer_chosen(self) -> None:
        if self._printer is not None:
            self.print_to(self._printer)

    def _begin(self, what: str, job: Job) -> None:
        if not self._work.busy:
            self._message.clear()
            self._work.run(job, self._done, what, self._failed)

    def _done(self, path: str) -> None:
        if path:
            self._saved(path)
        else:
            self._message.show_message("info", self.tr("Sent to the printer."))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError) and not isinstance(error, Cancelled):
            self._message.show_message("danger", words.say(error.message))

    def _saved(self, path: str) -> None:
        lead = self.tr("Saved {name}.").format(name=Path(path).name)
        self._message.show_message("info", lead, action=self.tr("Open"), token=path)

    @Slot()
    def _offer(self) -> None:
        for button in (self._picture, self._pdf, self._print):
            button.setEnabled(not self._work.busy)

    @Slot(str)
    def _open_file(self, path: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def _question(job: Print, place: int, voice: Voice, reader: Any) -> tuple[PrintDocument, str]:
    return job.document(reader, place, voice), str(settings(reader)["office.paper"])


def _pdf_job(job: Print, path: Path, paper: Paper, voice: Voice, office: Any, progress: Any) -> str:
    print_all(office, job, path, paper, voice, partial(_told, progress))
    return str(path)


def _print_job(job: Print, printer: QPrinter, paper: Paper, voice: Voice, office: Any, progress: Any) -> str:
    print_on(office, job, printer, paper, voice, partial(_told, progress))
    return ""


def _told(progress: Callable[[int, int, Text], None], done: int, total: int) -> None:
    progress(done, total, Text(""))


def _first_language(local: Local) -> str:
    wanted = local.note("print/language") or local.language or QLocale().name()[:2]
    return wanted if wanted in languages() else ENGLISH


def _language_name(code: str) -> str:
    found = next((language for language in known_languages() if language.code == code), None)
    return (found.own_name or found.name) if found else code


def _file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    tidy = "".join("-" if letter in '\\/:*?"<>|' or not letter.isprintable() else letter for letter in title)
    return tidy.strip(" .")[:120]

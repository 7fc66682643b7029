"""The Import tab: choose a file or paste rows, say what the columns mean, look at what would happen, import.

Nothing is written before the last button; until then, and after Cancel, the office is as it was.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.domain.problems import Cancelled, PartnerDeskError
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.formats.headers import header_at
from partnerdesk.formats.plans import looks_like_plan
from partnerdesk.look.words import say
from partnerdesk.services import office as offices
from partnerdesk.services.backups import back_up_before
from partnerdesk.services.importing import (
    Plan,
    Start,
    import_deed,
    make_plan,
    save_rejects,
    start_from_file,
    start_from_text,
)
from partnerdesk.services.mapping import mapping_for
from partnerdesk.views.calendar_import import CALENDAR, DatedImports
from partnerdesk.views.data_files import Saver
from partnerdesk.views.data_table import Part
from partnerdesk.views.import_mapping import ImportMapping
from partnerdesk.views.import_preview import ImportPreview
from partnerdesk.views.import_start import ImportStart
from partnerdesk.views.kit.layouts import Row
from partnerdesk.views.kit.progress import ProgressStrip
from partnerdesk.views.long_work import LongWork
from partnerdesk.views.page import House


class ImportPart(Part):
    """The three steps of an import, one at a time in the same place."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house.desk, parent)
        self._house = house
        self._path = Path()
        self._sheet: str | None = None
        self._encoding: str | None = None
        self._delimiter: str | None = None
        self._decisions: dict[int, str] = {}
        self.begin_page = ImportStart(house)
        self.mapping = ImportMapping()
        self.preview = ImportPreview(house)
        self.progress = ProgressStrip()
        self.work = LongWork(house.desk, self.progress, self)
        self.dated = DatedImports(house.desk, self)
        self._stack = QStackedWidget(self)
        for page in (self.begin_page, self.mapping, self.preview):
            self._stack.addWidget(page)
        strip = Row(None, (16, 0, 16, 0), 0)
        strip.addWidget(self.progress)
        self._column.addLayout(strip)
        self._column.addWidget(self._stack, 1)
        self._connect()

    @property
    def step(self) -> QWidget | None:
        """The step shown: `begin_page`, `mapping` or `preview`."""
        return self._stack.currentWidget()

    @property
    def busy(self) -> bool:
        """Whether reading, planning or writing is under way."""
        return self.work.busy

    def renew(self) -> None:
        super().renew()
        self.begin_page.renew()

    def forget(self) -> None:
        """The office has been closed."""
        self._stale = True
        self.work.stop()
        self.begin_page.forget()
        self._stack.setCurrentWidget(self.begin_page)

    @Slot()
    def begin(self) -> None:
        """Ask for the file to bring in."""
        kinds = self.tr("Spreadsheets and calendars (*.xlsx *.xls *.ods *.csv *.tsv *.txt *.json *.xlsm *.ics);;"
                        "All files (*)")
        dialog = QFileDialog(self, self.tr("Import a spreadsheet"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def import_file(self, path: Path) -> None:
        """Begin with a file; a calendar is shown as what its entries become."""
        if self._house.desk.read_only:
            self.noticed.emit("warn", self.tr("This office is open for reading only."))
            return
        if path.suffix.lower() == CALENDAR:
            self.noticed.emit("", "")
            self.dated.begin(path)
            return
        self._path, self._sheet, self._encoding, self._delimiter = path, None, None, None
        self._decisions = {}
        self._read()

    @Slot()
    def paste(self) -> None:
        """Begin with the rows on the clipboard."""
        words = QGuiApplication.clipboard().text()
        if not words.strip():
            self.noticed.emit("info", self.tr("The clipboard holds no rows. Copy them in your spreadsheet first."))
            return
        self.import_text(words)

    def import_text(self, words: str) -> None:
        """Begin with rows copied from a spreadsheet."""
        self._path, self._decisions = Path(), {}

        def job(office: Any, progress: Any) -> Start:
            with office.read() as reader:
                return start_from_text(reader, words)

        self._work(job, self._take_start, self.tr("Reading the rows"))

    def _connect(self) -> None:
        self.begin_page.file_wanted.connect(self.begin)
        self.begin_page.paste_wanted.connect(self.paste)
        self.begin_page.refused.connect(self.noticed)
        self.dated.noticed.connect(self.noticed)
        self.dated.imported.connect(self.begin_page.renew)
        self.mapping.reread.connect(self._reread)
        self.mapping.go_on.connect(self._make_plan)
        self.mapping.given_up.connect(self._give_up)
        self.preview.back_wanted.connect(self._back)
        self.preview.decided.connect(self._decide)
        self.preview.commit_wanted.connect(self._commit)
        self.preview.rejects_wanted.connect(self._save_rejects)

    def _read(self) -> None:
        path, sheet, encoding, delimiter = self._path, self._sheet, self._encoding, self._delimiter

        def job(office: Any, progress: Any) -> Start:
            with office.read() as reader:
                return start_from_file(reader, path, sheet=sheet, encoding=encoding, delimiter=delimiter)

        self._work(job, self._take_start, self.tr("Reading {file}").format(file=path.name))

    def _take_start(self, start: Start) -> None:
        self.noticed.emit("", "")
        if looks_like_plan(start.header.names) and start.book.path.name:
            # the plan of a project, which no column of partners or people could hold
            self.dated.begin(start.book.path)
            return
        self.mapping.show_start(start)
        self._stack.setCurrentWidget(self.mapping)
        self.mapping.go_button.setFocus()

    @Slot(str, object)
    def _reread(self, what: str, value: Any) -> None:
        if what == "header":
            self._read_header(int(value))
            return
        if what == "sheet":
            self._sheet = value
        elif what == "encoding":
            self._encoding = value
        else:
            self._delimiter = value
        self._read()

    def _read_header(self, row: int) -> None:
        start = self.mapping.start
        if start is None:
            return
        book, sheet = start.book, start.sheet

        def job(office: Any, progress: Any) -> Start:
            header = header_at(sheet, row)
            with office.read() as reader:
                return Start(book, sheet, header, mapping_for(reader, sheet, header))

        self._work(job, self._take_start, self.tr("Reading {file}").format(file=book.path.name))

    @Slot()
    def _make_plan(self) -> None:
        start, decisions = self.mapping.start, dict(self._decisions)
        if start is None:
            return

        def job(office: Any, progress: Any) -> Plan:
            def told(done: int, total: int) -> None:
                progress(done, total, Text(QT_TRANSLATE_NOOP("PartnerDesk", "Comparing")))

            with office.read() as reader:
                return make_plan(reader, start, decisions, told)

        self._work(job, self._take_plan, self.tr("Comparing with the office"))

    def _take_plan(self, plan: Plan) -> None:
        self.noticed.emit("", "")
        self.preview.show_plan(plan, self._decisions)
        if self._stack.currentWidget() is not self.preview:
            self._stack.setCurrentWidget(self.preview)
            self.preview.table.setFocus()

    @Slot(int, str)
    def _decide(self, row: int, decision: str) -> None:
        self._decisions[row] = decision
        self._make_plan()

    @Slot()
    def _commit(self) -> None:
        plan, who = self.preview.plan, self._house.desk.who
        if plan is None or self.busy:
            return

        def job(office: Any, progress: Any) -> tuple[Deed[None], Changes, Text | None]:
            def stop() -> bool:
                try:
                    progress(0, 0, Text(QT_TRANSLATE_NOOP("PartnerDesk", "Writing")))
                except Cancelled:
                    return True
                return False

            done = text(QT_TRANSLATE_NOOP("PartnerDesk", "Imported {file}: {new} new, {changed} changed"),
                        file=plan.book.path.name or Text(QT_TRANSLATE_NOOP("PartnerDesk", "rows")),
                        new=plan.count(Outcome.NEW), changed=plan.count(Outcome.CHANGED))
            deed = replace(import_deed(plan, stop), done=done)
            untold = back_up_before(office, "import", who, progress)
            return deed, offices.do(office, deed, who)[1], untold

        self._work(job, self._take_commit, self.tr("Writing"))

    def _take_commit(self, answer: tuple[Deed[None], Changes, Text | None]) -> None:
        deed, changes, untold = answer
        self._decisions = {}
        self._stack.setCurrentWidget(self.begin_page)
        self.begin_page.renew()
        self._house.desk.tell(changes, deed)
        if untold is not None:
            self.noticed.emit("warn", say(untold))

    @Slot()
    def _save_rejects(self) -> None:
        plan = self.preview.plan
        if plan is None:
            return

        def write(_: Any, __: Any, path: Path) -> int:
            return save_rejects(plan, path)

        saver = Saver(self, self._house.desk, self.tr("{file} rejects").format(file=plan.book.path.stem), write)
        saver.told.connect(self.noticed)
        saver.dialog.open()

    def _work(self, job: Any, answer: Any, what: str) -> None:
        self.work.run(job, answer, what, self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            fixes = [say(p.fix) for p in getattr(error, "problems", ()) if p.fix is not None]
            self.noticed.emit("danger", " ".join([say(error.message), *fixes]))

    @Slot(str)
    def _chosen(self, path: str) -> None:
        self.import_file(Path(path))

    @Slot()
    def _give_up(self) -> None:
        self.work.stop()
        self.noticed.emit("", "")
        self._stack.setCurrentWidget(self.begin_page)
        self.begin_page.renew()

    @Slot()
    def _back(self) -> None:
        self.work.stop()
        self._stack.setCurrentWidget(self.mapping)

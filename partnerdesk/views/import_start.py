"""Where an import begins: choose a file or paste rows; and the imports made so far, each of which can be undone."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say
from partnerdesk.models.steps import batches_model
from partnerdesk.services import changes, journal
from partnerdesk.services.changes import BatchLine
from partnerdesk.views.data_table import Foot, LinesTable, TableOrEmpty
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.page import House


class ImportStart(QWidget):
    """`file_wanted()` and `paste_wanted()` begin an import; `refused(kind, sentence)` when an undo was declined."""

    file_wanted = Signal()
    paste_wanted = Signal()
    refused = Signal(str, str)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self.table = LinesTable(self.tr("Imports"), batches_model(self))
        self.table.setSelectionMode(LinesTable.SelectionMode.SingleSelection)
        self.table.picked.connect(self._tell)
        self.undo_button = Button(self.tr("Undo this import"), small=True, icon=Icon.UNDO)
        self.undo_button.clicked.connect(self.undo)
        self.foot = Foot()
        self.foot.add(self.undo_button)
        self.empty = EmptyView(Icon.SPREADSHEET, self._sentence())
        self.empty.chosen.connect(self._from_empty)
        self._hint = Words(self.tr("Or drop a spreadsheet anywhere on the window."), "tiny", "muted")
        self._buttons: list[Button] = []
        self._body = TableOrEmpty(self._make_list(), self.empty, self)
        self._body.show_empty(True)
        column = Column(self)
        column.addWidget(self._body, 1)
        column.addWidget(self.foot)
        self._tell()

    def renew(self) -> None:
        """Ask for the imports made so far."""
        writes = not self._house.desk.read_only
        choose, paste = self.tr("Choose a file…"), self.tr("Paste rows")
        if writes:
            self.empty.show_case(self._sentence(), choose, paste)
        else:
            self.empty.show_case(self.tr("This office is open for reading only, so nothing can be brought in."))
        for button in self._buttons:
            button.setVisible(writes)
        self._hint.setVisible(writes)
        if self._house.desk.is_open:
            self._house.desk.ask(changes.batches, self._take, key=(self, "batches"))

    def forget(self) -> None:
        """The office has been closed."""
        self._take([])

    @Slot()
    def undo(self) -> None:
        """Take the chosen import back."""
        line = self.table.current
        if line is not None and line.step is not None:
            self._house.desk.do(journal.undo_deed(line.step), None, self._refused)

    def _sentence(self) -> str:
        return self.tr("Nothing imported yet. Bring in your list of partners and agreements.")

    def _make_list(self) -> QWidget:
        page = QWidget(self)
        column = Column(page)
        head = Row(None, (16, 12, 16, 12), 8)
        for words, kind, icon, begin in (
            (self.tr("Choose a file…"), "primary", Icon.SPREADSHEET, self.file_wanted),
            (self.tr("Paste rows"), "secondary", Icon.PASTE, self.paste_wanted),
        ):
            button = Button(words, "primary" if kind == "primary" else "secondary", icon=icon)
            button.clicked.connect(begin)
            self._buttons.append(button)
            head.addWidget(button)
        head.addWidget(self._hint)
        head.addStretch(1)
        column.addLayout(head)
        title = Row(None, (16, 4, 16, 6), 0)
        title.addWidget(ShortWords(self.tr("Imported so far"), "head"))
        column.addLayout(title)
        column.addWidget(self.table, 1)
        return page

    def _take(self, lines: Sequence[BatchLine]) -> None:
        self.table.show_lines(lines)
        self._body.show_empty(not lines)
        if lines and self.table.current is None:
            self.table.select_row(0)
        self._tell()

    def _refused(self, error: Any) -> None:
        if isinstance(error, PartnerDeskError):
            self.refused.emit("warn", say(error.message))

    @Slot(str)
    def _from_empty(self, which: str) -> None:
        (self.file_wanted if which == "primary" else self.paste_wanted).emit()

    @Slot()
    def _tell(self) -> None:
        line = self.table.current
        can = line is not None and line.step is not None and changes.undoable(line.step)
        self.undo_button.setVisible(can and not self._house.desk.read_only)
        n = len(self.table.lines.lines)
        self.foot.say(self.tr("Imports: {n}").format(n=number(n)) if n else "")
        self.foot.setVisible(bool(n))

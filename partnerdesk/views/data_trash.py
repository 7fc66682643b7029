"""The Trash tab: what was deleted, to be restored or purged; purging says what else goes."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.words import Text
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say
from partnerdesk.models.steps import trash_model
from partnerdesk.services import trash
from partnerdesk.services.trash import TrashLine
from partnerdesk.views.data_table import Foot, LinesTable, Part, TableOrEmpty
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.dialogs import DialogShell, purge_dialog
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.page import House


class TrashPart(Part):
    """Deleted partners and agreements, the last one first."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house.desk, parent)
        self._house = house
        self._doomed: list[TrashLine] = []
        self.dialog: DialogShell | None = None
        self.table = LinesTable(self.tr("Trash"), trash_model(self))
        self.table.selectionModel().selectionChanged.connect(self._tell)
        self.foot = Foot()
        self.restore_button = Button(self.tr("Restore"), small=True, icon=Icon.UNDO)
        self.purge_button = Button(self.tr("Purge…"), "quiet", small=True)
        self.empty_button = Button(self.tr("Empty the trash…"), "quiet", small=True)
        self.restore_button.clicked.connect(self.restore)
        self.purge_button.clicked.connect(self.purge)
        self.empty_button.clicked.connect(self.empty)
        for button in (self.empty_button, self.purge_button, self.restore_button):
            self.foot.add(button)
        sentence = self.tr("The trash is empty. What you delete waits here until you purge it.")
        self._body = TableOrEmpty(self.table, EmptyView(Icon.TRASH, sentence), self)
        self._column.addWidget(self._body, 1)
        self._column.addWidget(self.foot)
        self._tell()

    @property
    def count(self) -> int | None:
        return len(self.table.lines.lines) or None

    def renew(self) -> None:
        super().renew()
        if self._house.desk.is_open:
            self._house.desk.ask(trash.trash_lines, self._take, key=(self, "trash"))

    def focus_first(self) -> None:
        self.table.setFocus()

    def forget(self) -> None:
        """The office has been closed."""
        self._stale = True
        self._take([])

    @Slot()
    def restore(self) -> None:
        """Bring the selected records back."""
        chosen = self.table.chosen
        if chosen:
            self._house.desk.do(trash.restore(chosen), None, self._refused)

    @Slot()
    def purge(self) -> None:
        """Ask whether the selected records may go for good."""
        self._ask(self.table.chosen)

    @Slot()
    def empty(self) -> None:
        """Ask whether everything may go for good."""
        self._ask(list(self.table.lines.lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete) and self.purge_button.isVisible():
            self.purge()
        else:
            super().keyPressEvent(event)

    def _take(self, lines: Sequence[TrashLine]) -> None:
        self.table.show_lines(lines)
        self._body.show_empty(not lines)
        if lines and not self.table.chosen:
            self.table.select_row(0)
        self._tell()
        self.counted.emit()

    def _ask(self, lines: list[TrashLine]) -> None:
        if lines:
            self._doomed = lines
            self._house.desk.ask(lambda reader: trash.also_goes(reader, lines), self._open_dialog)

    def _open_dialog(self, goes: list[tuple[Text, int]]) -> None:
        n = len(self._doomed)
        if n == 1:
            title = self.tr("Purge {name} for good?").format(name=self._doomed[0].name)
            verb = self.tr("Purge")
        else:
            title = self.tr("Purge {n} records for good?").format(n=number(n))
            verb = self.tr("Purge {n} records").format(n=number(n))
        parts = ", ".join(f"{say(what)} ({number(count)})" for what, count in goes)
        also = self.tr("Also goes: {parts}.").format(parts=parts) if parts else ""
        said = " ".join(p for p in (also, self.tr("This cannot be undone.")) if p)
        self.dialog = purge_dialog(self.window(), title, said, verb)
        self.dialog.accepted.connect(self._purge)
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.open()

    @Slot()
    def _purge(self) -> None:
        self._house.desk.do(trash.purge(self._doomed), None, self._refused)

    @Slot()
    def _forget_dialog(self) -> None:
        self.dialog = None

    def _refused(self, error: Any) -> None:
        if isinstance(error, PartnerDeskError):
            fixes = [say(p.fix) for p in getattr(error, "problems", ()) if p.fix is not None]
            self.noticed.emit("warn", " ".join([say(error.message), *fixes]))

    @Slot()
    def _tell(self) -> None:
        lines, chosen = self.table.lines.lines, self.table.chosen
        writes = not self._house.desk.read_only
        self.restore_button.setVisible(bool(chosen) and writes)
        self.purge_button.setVisible(bool(chosen) and writes)
        self.empty_button.setVisible(bool(lines) and writes)
        total = self.tr("{n} in the trash").format(n=number(len(lines))) if lines else ""
        more = self.tr("{n} selected").format(n=number(len(chosen))) if len(chosen) > 1 else ""
        self.foot.say(" · ".join(part for part in (total, more) if part))

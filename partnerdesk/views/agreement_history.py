"""The History tab: who changed what of the agreement, from what to what, when and why."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.journal import Entry
from partnerdesk.look.cells import TwoLine
from partnerdesk.look.words import day
from partnerdesk.models.agreement_words import HistoryLine, history_lines
from partnerdesk.models.agreements import Line, history
from partnerdesk.views.agreement_fields import Section
from partnerdesk.views.agreement_tables import SmallTable
from partnerdesk.views.agreement_work import Work
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column


class HistoryTab(Section):
    """The journal of one agreement, asked for when it is looked at."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__("", parent, margins=(0, 8, 0, 16))
        self.setAccessibleName(self.tr("History"))
        self._work = work
        self._stale = True
        self.table = SmallTable(self.tr("History"), (self.tr("When"), self.tr("What")), (138, 0))
        self.body.addWidget(self.table)
        room = QWidget()
        self._detail = Words("", "small", "text2", wrap=True)
        Column(room, (16, 0, 16, 0)).addWidget(self._detail)
        self.body.addWidget(room)
        self.body.addStretch()
        self.table.chosen.connect(self._show_detail)

    def renew(self, fresh: bool) -> None:
        """Ask again if it is seen, else when it is."""
        if fresh:
            self._detail.clear()
        self._stale = True
        if self.isVisible():
            self.ask()

    def ask(self) -> None:
        """Ask for the journal, if something changed since."""
        agreement_id = self._work.record_id
        if self._stale and agreement_id is not None and self._work.desk.is_open:
            self._stale = False
            self._work.desk.ask(history(agreement_id), self._take, key=(self, "history"))

    def focus_first(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus()

    @Slot(object)
    def _take(self, entries: list[Entry]) -> None:
        about = self._work.about
        names = about.names if about is not None else {}
        self.table.show_lines([self._line(line) for line in history_lines(entries, names)])

    def _line(self, line: HistoryLine) -> Line:
        at = line.at.astimezone()
        when = TwoLine(f"{day(at.date())}", f"{at:%H:%M} · {line.who}" if line.who else f"{at:%H:%M}")
        second = " · ".join(part for part in (line.change, line.why) if part)
        sentence = ", ".join(part for part in (line.what, line.change, line.why, when.name, when.second) if part)
        tip = "\n".join(part for part in (line.what, line.change, line.why) if part)
        return Line(line.key, (when, TwoLine(line.what, second)), sentence, tip)

    @Slot(int)
    def _show_detail(self, key: int) -> None:
        row = self.table.lines.row_of(key)
        self._detail.setText(self.table.lines.lines[row].tip if row >= 0 else "")

"""The timeline as a table: the same facts in words, sorted by any column."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.look.cells import Chip, Number, Soft
from partnerdesk.look.icons import Icon
from partnerdesk.look.timeline import Key
from partnerdesk.look.words import day, number
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.models.timeline_rows import late_words
from partnerdesk.models.timeline_words import TimelineLine
from partnerdesk.views.data_table import LinesTable

_SORTS: tuple[Callable[[TimelineLine], Any], ...] = (
    lambda line: line.name.casefold(), lambda line: line.kind, lambda line: line.within.casefold(),
    lambda line: (line.first is None, line.first), lambda line: (line.last is None, line.last),
    lambda line: -1 if line.done is None else line.done, lambda line: -line.late,
    lambda line: (not line.owner, line.owner.casefold()), lambda line: (not line.waits_for, line.waits_for.casefold()))


class TimelineTable(LinesTable[TimelineLine]):
    """`entered_key(key)` when a line is to be opened; a click on a header sorts, a second one turns it round, a third
    gives the order of the picture back.
    """

    entered_key = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", _model(), "row", parent)
        self.setAccessibleName(self.tr("Timeline as a table"))
        self.setSelectionMode(LinesTable.SelectionMode.SingleSelection)
        self._all: Sequence[TimelineLine] = ()
        self._column, self._down = -1, False
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.sort_by)
        self.opened.connect(self._open)

    def show_all(self, lines: Sequence[TimelineLine]) -> None:
        """Show these lines in the order chosen last."""
        self._all = lines
        self._sort()

    @Slot(int)
    def sort_by(self, column: int) -> None:
        """Sort by a column; once more turns it round, a third time gives the order of the picture back."""
        if column != self._column:
            self._column, self._down = column, False
        elif not self._down:
            self._down = True
        else:
            self._column, self._down = -1, False
        header = self.horizontalHeader()
        header.setSortIndicatorShown(self._column >= 0)
        if self._column >= 0:
            order = Qt.SortOrder.DescendingOrder if self._down else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(self._column, order)
        self._sort()

    def select_key(self, key: Key) -> None:
        """Make the line of a thing the current one."""
        row = next((row for row, line in enumerate(self.lines.lines) if line.key == key), -1)
        if row >= 0:
            self.select_row(row)

    def _sort(self) -> None:
        lines = list(self._all)
        if self._column >= 0:
            lines.sort(key=_SORTS[self._column], reverse=self._down)
        self.show_lines(lines)

    @Slot()
    def _open(self) -> None:
        line = self.current
        if line is not None:
            self.entered_key.emit(line.key)


def _model() -> LinesModel[TimelineLine]:
    return LinesModel((
        LineColumn(QCoreApplication.translate("Timeline", "Name"), lambda line: line.name),
        LineColumn(QCoreApplication.translate("Timeline", "Kind"), lambda line: Soft(line.kind), 110),
        LineColumn(QCoreApplication.translate("Timeline", "Belongs to"), lambda line: Soft(line.within)),
        LineColumn(QCoreApplication.translate("Timeline", "From"), lambda line: Soft(day(line.first)), 100),
        LineColumn(QCoreApplication.translate("Timeline", "Until"), lambda line: Soft(day(line.last)), 100),
        LineColumn(QCoreApplication.translate("Timeline", "Done, %"), _done, 70, right=True),
        LineColumn(QCoreApplication.translate("Timeline", "Late"), _late, 118),
        LineColumn(QCoreApplication.translate("Timeline", "Responsible"), lambda line: Soft(line.owner), 130),
        LineColumn(QCoreApplication.translate("Timeline", "Waits for"), lambda line: Soft(line.waits_for), 160),
    ), lambda line: (line.key, line.place), _sentence)


def _done(line: TimelineLine) -> Number:
    return Number("" if line.done is None else number(line.done))


def _late(line: TimelineLine) -> Chip | str:
    return Chip("danger", late_words(line.late), Icon.PROBLEM) if line.late else ""


def _sentence(line: TimelineLine) -> str:
    said = (line.kind, line.name, line.within, day(line.first), day(line.last), line.words, line.owner)
    return ", ".join(part for part in said if part)

"""The map as a table: every country that has something, with the number of every measure, sorted by any column."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.measures import CountryTable
from partnerdesk.look.paint import signed
from partnerdesk.look.words import number
from partnerdesk.models.map import COLUMNS, CountryLine, countries_model, country_lines, line_rows, say_name
from partnerdesk.views.data_table import Foot, LinesTable
from partnerdesk.views.kit.layouts import Column


class CountryTableView(QWidget):
    """`picked_code(code)` when another country became the current one."""

    picked_code = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._table: CountryTable | None = None
        self._year: int | None = None
        self._column, self._down = 0, False
        self._lines: list[CountryLine] = []
        self._quiet = False
        self.list: LinesTable[CountryLine] | None = None
        self.foot = Foot()
        self._body = Column(self)
        self._body.addWidget(self.foot)

    def set_table(self, table: CountryTable) -> None:
        """Show these numbers."""
        self._table = table
        if self.list is None:
            self._make_list(table)
        self._fill()

    def show_year(self, year: int | None) -> None:
        """Show another academic year, None for all."""
        self._year = year
        self._fill()

    def select_codes(self, codes: Sequence[str]) -> None:
        """Make the first of these countries the current one, without telling anyone."""
        if self.list is None or not codes:
            return
        row = self.list.lines.row_of(codes[0])
        if row >= 0 and row != self.list.currentIndex().row():
            self._quiet = True
            self.list.select_row(row)
            self._quiet = False

    def export_rows(self, table: CountryTable) -> tuple[list[str], list[list[Any]]]:
        """Header and rows of what is shown."""
        return line_rows(table, self.list.lines.lines if self.list is not None else ())

    @Slot(int)
    def sort_by(self, column: int) -> None:
        """Sort by a column, the largest first; once more turns it round."""
        self._down = not self._down if column == self._column else column > 0
        self._column = column
        self._fill()

    def _make_list(self, table: CountryTable) -> None:
        made: LinesTable[CountryLine] = LinesTable(self.tr("Countries"), countries_model(table, self), parent=self)
        made.setSelectionMode(LinesTable.SelectionMode.SingleSelection)
        header = made.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(self.sort_by)
        made.picked.connect(self._picked)
        self.list = made
        self._body.insertWidget(0, made, 1)
        self.setFocusProxy(made)

    def _fill(self) -> None:
        if self._table is None or self.list is None:
            return
        self._lines = country_lines(self._table, self._year)
        lines = sorted(self._lines, key=_sort_key(self._column), reverse=self._down)
        order = Qt.SortOrder.DescendingOrder if self._down else Qt.SortOrder.AscendingOrder
        self.list.horizontalHeader().setSortIndicator(self._column, order)
        self._quiet = True
        self.list.show_lines(lines)
        self._quiet = False
        self.foot.say(self._sums(self._table))

    def _sums(self, table: CountryTable) -> str:
        """The whole, so that the columns can be seen to add up."""
        parts = [self.tr("{n} countries").format(n=number(len([one for one in self._lines if one.code])))]
        for key in COLUMNS:
            measure, whole = table.measure(key), table.whole(key, self._year)
            parts.append(f"{say_name(measure.short or measure.title)} "
                         f"{signed(whole) if measure.diverging else number(whole)}")
        return " · ".join(parts)

    @Slot()
    def _picked(self) -> None:
        line = self.list.current if self.list is not None else None
        if line is not None and not self._quiet:
            self.picked_code.emit(line.code)


def _sort_key(column: int) -> Callable[[CountryLine], Any]:
    if not column:
        return _by_name

    def number_of(line: CountryLine) -> tuple[int, str]:
        return line.numbers[column - 1], line.name.casefold()

    return number_of


def _by_name(line: CountryLine) -> tuple[bool, str]:
    return not line.code, line.name.casefold()

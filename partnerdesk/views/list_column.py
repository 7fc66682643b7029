"""What stands left of the form, from top to bottom: head, views, search, rows, progress of long work, counts."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import HEIGHTS
from partnerdesk.look.words import number
from partnerdesk.views.columns import ColumnKeeper
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.chipbar import ChipBar
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Measured, Row
from partnerdesk.views.kit.progress import ProgressStrip
from partnerdesk.views.kit.tabs import Tabs
from partnerdesk.views.listtable import ListTable


class ListColumn(Pane):
    """Holds the parts of a list; the page puts them to work. `body` shows the table or what is said in its place."""

    def __init__(self, title: str, new: str, table: ListTable, columns: ColumnKeeper, empty: EmptyView,
                 parent: QWidget) -> None:
        super().__init__("surface", parent)
        self._columns = columns
        self._rows: QWidget = table
        self._empty = empty
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head(title, new))
        self.tabs = Tabs(self.tr("Views of {page}").format(page=title), inset=16, parent=self)
        column.addWidget(self.tabs)
        column.addWidget(self._make_bar())
        self.body = QStackedWidget(self)
        self.body.addWidget(table)
        self.body.addWidget(empty)
        column.addWidget(self.body, 1)
        self.progress = ProgressStrip(self)
        column.addWidget(self.progress)
        column.addWidget(self._make_foot())

    def show_rows(self, shown: bool) -> None:
        """Show the rows, or in their place why there are none."""
        focus = QApplication.focusWidget()
        within = focus is not None and self.body.isAncestorOf(focus)
        self.body.setCurrentWidget(self._rows if shown else self._empty)
        self.new_button.set_kind("primary" if shown or not self._empty.has_primary else "secondary")
        if within:
            self.focus_rows()

    def set_rows(self, rows: QWidget) -> None:
        """Show the records in another way than in the table: as a board, say."""
        empty = self.body.currentWidget() is self._empty
        self._rows = rows
        if self.body.indexOf(rows) < 0:
            self.body.addWidget(rows)
        if not empty:
            self.body.setCurrentWidget(rows)

    def add_switch(self, switch: QWidget) -> None:
        """Put a choice of ways to look at the records beside the title."""
        self._head_row.setStretch(0, 0)
        self._head_row.insertWidget(1, switch)
        self._head_row.insertStretch(2)

    def focus_rows(self) -> None:
        """Put the keyboard into the rows, or on what is to be done where there are none."""
        (self._rows if self.body.currentWidget() is self._rows else self._empty).setFocus()

    def say_selected(self, n: int) -> None:
        """Say at the left of the footer how many rows are selected."""
        self._selected.setText(self.tr("{n} selected").format(n=number(n)) if n else "")

    def say_count(self, words: str) -> None:
        """Say at the right of the footer how many rows there are."""
        self._count.setText(words)

    def _make_head(self, title: str, new: str) -> QWidget:
        head = QWidget(self)
        Measured(head, height_min=HEIGHTS["page_header"])
        row = self._head_row = Row(head, (16, 0, 16, 0), 8)
        row.addWidget(ShortWords(title, "title"), 1)
        self.import_button = Button(self.tr("Import"), icon=Icon.IMPORT, parent=head)
        self.new_button = Button(new, "primary", icon=Icon.ADD, parent=head)
        row.addWidget(self.import_button)
        row.addWidget(self.new_button)
        return head

    def _make_bar(self) -> QWidget:
        bar = QWidget(self)
        Measured(bar, height_min=HEIGHTS["filter_bar"])
        row = Row(bar, (0, 0, 0, 0), 8)
        self.bar = ChipBar(bar)
        self._columns_button = IconButton(self._columns.icon, self.tr("Choose columns"), parent=bar)
        self._columns_button.clicked.connect(self._choose_columns)
        self.bar.add_tool(self._columns_button)
        row.addWidget(self.bar, 1)
        return bar

    def _make_foot(self) -> QWidget:
        foot = Pane("footer", self)
        Measured(foot, height=HEIGHTS["footer"])
        row = Row(foot, (16, 0, 16, 0), 8)
        self._selected = Words("", "tiny", "muted")
        self._count = ShortWords("", "tiny", "muted")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._selected)
        row.addWidget(self._count, 1)
        return foot

    @Slot()
    def _choose_columns(self) -> None:
        below = self._columns_button.mapToGlobal(QPoint(0, self._columns_button.height()))
        self._columns.open_menu(self._columns_button, below)

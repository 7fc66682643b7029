"""The board with the sums beside it, as one way of the page of stays to show what its search finds."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.listing import ListQuery
from partnerdesk.views.kit.layouts import Row
from partnerdesk.views.page import House
from partnerdesk.views.stay_board import StayBoard
from partnerdesk.views.stay_summary import StaySummary

LEAST_WINDOW = 1100


class BoardRoom(QWidget):
    """`opened(id)`, `selection_changed(ids)`, `new_wanted()` and `filter_wanted(line)` from within it."""

    opened = Signal(object)
    selection_changed = Signal(list)
    new_wanted = Signal()
    filter_wanted = Signal(str)

    def __init__(self, house: House, parent: QWidget) -> None:
        super().__init__(parent)
        self.board = StayBoard(house.desk, house.registry, self, local=house.local)
        self.board.opened.connect(self.opened)
        self.board.selection_changed.connect(self.selection_changed)
        self.board.add_wanted.connect(self._add)
        self.summary = StaySummary(house.desk, self)
        self.summary.filter_wanted.connect(self.filter_wanted)
        row = Row(self, 0, 0)
        row.addWidget(self.board, 1)
        row.addWidget(self.summary)

    @property
    def selected(self) -> Sequence[int]:
        """Ids of the selected stays."""
        return self.board.selected

    def show_title(self, title: str) -> None:
        """Say which view the sums are of."""
        self.summary.set_title(title)

    def set_query(self, query: ListQuery) -> None:
        """Show what a query finds."""
        self.board.set_query(query)
        self.summary.set_query(query)

    def set_awake(self, awake: bool) -> None:
        """What nobody sees only marks itself stale."""
        self.board.set_awake(awake)
        self.summary.set_awake(awake and not self.summary.isHidden())

    def show_record(self, stay_id: int) -> None:
        """Select a stay whose card is there."""
        self.board.show_record(stay_id)

    def set_beside(self, beside: bool) -> None:
        """Make room for a form beside it: the sums give way."""
        wide = self.window().width() >= LEAST_WINDOW
        self.summary.setVisible(wide and not beside)
        self.summary.set_awake(not self.summary.isHidden())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.board.focus_cards()

    @Slot(str)
    def _add(self, _: str) -> None:
        self.new_wanted.emit()

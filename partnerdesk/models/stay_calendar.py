"""The calendar of stays as a table of lanes: the head of a group, then a lane for each of its stays."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal, Slot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.stay_board import StayCard
from partnerdesk.look.words import counted
from partnerdesk.models.listing import ID_ROLE, LINE_ROLE, Index
from partnerdesk.models.names import country_name
from partnerdesk.models.stay_words import card_sentence
from partnerdesk.services import stay_board
from partnerdesk.services.stay_calendar import StayGroup, stays_within

PAGE = 64
KEPT = 4096
GROUP_ROLE = int(Qt.ItemDataRole.UserRole) + 31
OPEN_ROLE = int(Qt.ItemDataRole.UserRole) + 32
Grouping = Literal["country", "partner"]
Asked = tuple[ListQuery, date, date, str]


class StayCalendarModel(QAbstractTableModel):
    """Rows are groups and stays; cards are fetched as they are painted. `settled()` when another answer has come."""

    settled = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._query: ListQuery | None = None
        self._first = self._last = date.min
        self._by: Grouping = "country"
        self._groups: list[StayGroup] = []
        self._starts: array[int] = array("q")
        self._closed: set[str] = set()
        self._cards: dict[int, StayCard] = {}
        self._wanted: set[int] = set()
        self._awake, self._stale = True, False
        self._fetch = QTimer(self, singleShot=True, interval=0)
        self._fetch.timeout.connect(self._fetch_wanted)
        desk.changed.connect(self._hear)
        desk.opened.connect(self._ask)
        desk.closed.connect(self._forget)

    @property
    def stays(self) -> int:
        """How many stays lie in the stretch."""
        return sum(len(group.stays) for group in self._groups)

    @property
    def groups(self) -> Sequence[StayGroup]:
        """The groups in their order."""
        return self._groups

    def set_query(self, query: ListQuery) -> None:
        """Show other stays."""
        if query != self._query:
            self._query = query
            self._ask()

    def set_stretch(self, first: date, last: date, by: Grouping) -> None:
        """Show another stretch of days, or other groups."""
        if (first, last, by) != (self._first, self._last, self._by):
            if by != self._by:
                self._closed.clear()
            self._first, self._last, self._by = first, last, by
            self._ask()

    def set_awake(self, awake: bool) -> None:
        """A calendar that nobody sees only marks itself stale."""
        self._awake = awake
        if awake and self._stale:
            self._ask()

    def toggle(self, row: int) -> None:
        """Close the group of a head, or open it."""
        group = self.index(row, 0).data(GROUP_ROLE)
        if group is not None:
            self._closed ^= {group.key}
            self._become(self._groups)

    def row_of(self, stay_id: int) -> int:
        """The row of a stay, -1 where it is not shown."""
        for place, group in enumerate(self._groups):
            if stay_id in group.stays and group.key not in self._closed:
                return self._starts[place] + 1 + list(group.stays).index(stay_id)
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self._starts else self._starts[-1]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        group, place = self._at(index.row())
        if place < 0:
            return self._of_group(group, role)
        stay = group.stays[place]
        if role == ID_ROLE:
            return stay
        card = self._cards.get(stay)
        if card is None:
            self._wanted.add(index.row() // PAGE)
            if not self._fetch.isActive():
                self._fetch.start()
            return None
        if role == LINE_ROLE:
            return card
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return card_sentence(card)
        return card.name if role == Qt.ItemDataRole.DisplayRole else None

    def name_of(self, group: StayGroup) -> str:
        """A group in the user's words."""
        if not group.key:
            return self.tr("No country") if self._by == "country" else self.tr("No partner")
        return country_name(group.key) if self._by == "country" else group.name

    def _of_group(self, group: StayGroup, role: int) -> Any:
        if role == GROUP_ROLE:
            return group
        if role == OPEN_ROLE:
            return group.key not in self._closed
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name_of(group)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            n = counted(len(group.stays), self.tr("1 stay"), self.tr("{n} stays"))
            return f"{self.name_of(group)}, {n}"
        return None

    def _at(self, row: int) -> tuple[StayGroup, int]:
        """Group and place of a row; the place of its head is -1."""
        at = bisect_right(self._starts, row) - 1
        return self._groups[at], row - self._starts[at] - 1

    @Slot()
    def _ask(self) -> None:
        query, first, last, by = self._query, self._first, self._last, self._by
        self._stale = not self._awake or not self._desk.is_open
        if query is None or self._stale or last == date.min:
            return
        asked: Asked = (query, first, last, by)
        self._desk.ask(lambda reader: (asked, stays_within(reader, query, first, last, by)), self._take,
                       key=(self, "stays"))

    def _take(self, answer: tuple[Asked, list[StayGroup]]) -> None:
        asked, groups = answer
        if asked == (self._query, self._first, self._last, self._by):
            self._become(groups)
            self.settled.emit()

    def _become(self, groups: list[StayGroup]) -> None:
        sizes = [1 + (0 if group.key in self._closed else len(group.stays)) for group in groups]
        starts = array("q", accumulate(sizes, initial=0))
        if groups == self._groups and starts == self._starts:
            return
        # another choice of stays: nothing of the rows as they were can be told from those as they are
        self.beginResetModel()
        self._groups, self._starts = groups, starts
        self.endResetModel()

    def _fetch_wanted(self) -> None:
        pages, self._wanted = self._wanted, set()
        ids = []
        for row in (row for page in pages for row in range(page * PAGE, (page + 1) * PAGE) if row < self.rowCount()):
            group, place = self._at(row)
            if place >= 0 and group.stays[place] not in self._cards:
                ids.append(group.stays[place])
        if ids and self._desk.is_open:
            self._desk.ask(lambda reader: stay_board.stay_cards(reader, ids), self._take_cards)

    def _take_cards(self, cards: dict[int, StayCard]) -> None:
        if len(self._cards) > KEPT:
            self._cards.clear()
        self._cards.update(cards)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        touched = changes.ids("stay")
        if touched:
            for one in touched:
                self._cards.pop(one, None)
            self._ask()
            if self.rowCount():
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

    @Slot()
    def _forget(self) -> None:
        self._cards.clear()
        self._become([])

"""The board of stays as models: a list of cards for each phase, of which only the first are there, until more are asked
for.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal, Slot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.phases import PHASES, Phase
from partnerdesk.domain.stay_board import StayCard
from partnerdesk.models.listing import ID_ROLE, LINE_ROLE, Index
from partnerdesk.models.stay_words import card_sentence
from partnerdesk.services import stay_board as asking

PAGE = 40


class PhaseColumn(QAbstractListModel):
    """The cards of one phase. `more_wanted()` when the view has come to the last card there is and more are in the
    office; `counted()` when it is known anew how many those are.
    """

    more_wanted = Signal()
    counted = Signal()

    def __init__(self, phase: Phase, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._phase = phase
        self._cards: list[StayCard] = []
        self._total: int | None = None

    @property
    def phase(self) -> Phase:
        """The phase the cards are in."""
        return self._phase

    @property
    def cards(self) -> Sequence[StayCard]:
        """The cards that are there, in order."""
        return self._cards

    @property
    def total(self) -> int | None:
        """How many stays are in this phase; None until that is known."""
        return self._total

    def row_of(self, stay_id: int) -> int:
        """The row of a stay, -1 when its card is not there."""
        return next((row for row, card in enumerate(self._cards) if card.id == stay_id), -1)

    def set_total(self, total: int | None) -> None:
        """Say how many stays are in this phase."""
        if total != self._total:
            self._total = total
            self.counted.emit()

    def set_cards(self, cards: Sequence[StayCard]) -> None:
        """Show other cards, with as few row operations as can be; those that stay keep their place and selection."""
        wanted = {card.id for card in cards}
        for first, last in reversed(_runs([card.id not in wanted for card in self._cards])):
            self._take(first, last)
        here = {card.id for card in self._cards}
        for row, card in enumerate(card for card in cards if card.id in here):
            self._place(row, card)
        for first, last in _runs([card.id not in here for card in cards]):
            self._put(first, cards[first:last + 1])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._cards)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and bool(self._cards) and (self._total or 0) > len(self._cards)

    def fetchMore(self, parent: Index) -> None:
        self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == LINE_ROLE:
            return card
        if role == ID_ROLE:
            return card.id
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card_sentence(card)
        return card.name if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every card can be chosen and dragged."""
        ours = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return (ours | Qt.ItemFlag.ItemIsDragEnabled) if index.isValid() else Qt.ItemFlag.NoItemFlags

    def _place(self, row: int, card: StayCard) -> None:
        """Bring a card that is there into a row, as it is now."""
        if self._cards[row].id != card.id:
            before = next(n for n in range(row, len(self._cards)) if self._cards[n].id == card.id)
            self.beginMoveRows(QModelIndex(), before, before, QModelIndex(), row)
            self._cards.insert(row, self._cards.pop(before))
            self.endMoveRows()
        if self._cards[row] != card:
            self._cards[row] = card
            self.dataChanged.emit(self.index(row), self.index(row))

    def _put(self, row: int, cards: Sequence[StayCard]) -> None:
        self.beginInsertRows(QModelIndex(), row, row + len(cards) - 1)
        self._cards[row:row] = cards
        self.endInsertRows()

    def _take(self, first: int, last: int) -> None:
        self.beginRemoveRows(QModelIndex(), first, last)
        del self._cards[first:last + 1]
        self.endRemoveRows()


def _runs(marked: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last place of each unbroken run of marks."""
    edges = [place for place in range(len(marked) + 1)
             if (marked[place] if place < len(marked) else False) != (marked[place - 1] if place else False)]
    return [(first, last - 1) for first, last in zip(edges[::2], edges[1::2], strict=True)]


class StayBoardModel(QObject):
    """All columns of the board. `counted(hits)` when it is known how many stays the query found; `settled()` when
    cards have come; `begun()` when another query was asked for, whose columns are seen from their top.
    """

    counted = Signal(int)
    settled = Signal()
    begun = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._query = ListQuery()
        self._columns = {phase: PhaseColumn(phase, self) for phase in PHASES}
        self._lengths = dict.fromkeys(PHASES, PAGE)
        self._shown: tuple[Phase, ...] = PHASES
        self._old: set[int] = set()
        self._hits = 0
        self._awake = True
        self._stale = True
        for column in self._columns.values():
            column.more_wanted.connect(self._want_more)
        desk.changed.connect(self._hear)
        desk.opened.connect(self.reload)
        desk.closed.connect(self._forget)

    @property
    def query(self) -> ListQuery:
        """What the board shows."""
        return self._query

    @property
    def hits(self) -> int:
        """How many stays the query found, in all phases."""
        return self._hits

    @property
    def counts(self) -> Mapping[Phase, int]:
        """How many stays are in each phase, as far as that is known."""
        return {phase: column.total or 0 for phase, column in self._columns.items()}

    def column(self, phase: Phase) -> PhaseColumn:
        """The cards of a phase."""
        return self._columns[phase]

    def card(self, stay_id: int) -> StayCard | None:
        """A card that is there, None where it is not."""
        found = self.place_of(stay_id)
        return self._columns[found[0]].cards[found[1]] if found is not None else None

    def place_of(self, stay_id: int) -> tuple[Phase, int] | None:
        """Phase and row of a card that is there, None where it is not."""
        for phase, column in self._columns.items():
            row = column.row_of(stay_id)
            if row >= 0:
                return phase, row
        return None

    def set_query(self, query: ListQuery) -> None:
        """Ask for other stays; the order of a query is that of lists, which a board does not follow."""
        if query == self._query and not self._stale:
            return
        self._query = query
        self._lengths = dict.fromkeys(PHASES, PAGE)
        self.begun.emit()
        self.reload()

    def set_shown(self, phases: Iterable[Phase]) -> None:
        """Fetch cards of these phases only; how many stays the others have is told all the same."""
        shown = tuple(phases)
        new = set(shown) - set(self._shown)
        self._shown = shown
        if new:
            self._ask_cards()

    def set_awake(self, awake: bool) -> None:
        """A board that nobody sees only marks itself stale."""
        self._awake = awake
        if awake and self._stale:
            self.reload()

    @Slot()
    def reload(self) -> None:
        """Ask the current question again."""
        if not self._desk.is_open or not self._awake:
            self._stale = True
            return
        self._stale = False
        self._ask_both()

    def load_more(self, phase: Phase) -> None:
        """Fetch the next cards of a column."""
        if self._columns[phase].canFetchMore(QModelIndex()):
            self._lengths[phase] = len(self._columns[phase].cards) + PAGE
            self._ask_cards()

    def _ask_cards(self) -> None:
        if not self._desk.is_open or not self._awake:
            self._stale = True
            return
        query, old = self._query, frozenset(self._old)
        lengths = {phase: self._lengths[phase] for phase in self._shown}
        known = frozenset(self._known()) - old
        self._desk.ask(lambda reader: (query, old, asking.columns(reader, query, lengths, known)), self._take_cards,
                       key=(self, "cards"))

    def _ask_both(self) -> None:
        """Cards and counts in one question, so that the board is laid out and painted once."""
        query, old = self._query, frozenset(self._old)
        lengths = {phase: self._lengths[phase] for phase in self._shown}
        known = frozenset(self._known()) - old
        self._desk.ask(
            lambda reader: (query, old, asking.columns(reader, query, lengths, known),
                            asking.phase_counts(reader, query)), self._take_both, key=(self, "both"))

    def _known(self) -> dict[int, StayCard]:
        return {card.id: card for column in self._columns.values() for card in column.cards}

    def _take_cards(self, answer: tuple[ListQuery, frozenset[int], asking.Columns]) -> None:
        query, renewed, found = answer
        if query != self._query:
            return
        self._old -= renewed
        cards = {**self._known(), **found.cards}
        for phase in PHASES:
            # what left a column is gone from it before it comes into the next one
            staying = set(found.ids.get(phase, ()))
            self._columns[phase].set_cards([card for card in self._columns[phase].cards if card.id in staying])
        for phase, some in found.ids.items():
            self._columns[phase].set_cards([cards[i] for i in some if i in cards])
        self.settled.emit()

    def _take_both(
        self, answer: tuple[ListQuery, frozenset[int], asking.Columns, Mapping[Phase, int]]
    ) -> None:
        query, old, found, counts = answer
        self._take_counts((query, counts))
        self._take_cards((query, old, found))

    def _take_counts(self, answer: tuple[ListQuery, Mapping[Phase, int]]) -> None:
        query, counts = answer
        if query != self._query:
            return
        for phase, column in self._columns.items():
            column.set_total(counts.get(phase, 0))
        self._hits = sum(counts.values())
        self.counted.emit(self._hits)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        touched = changes.ids("stay")
        if touched:
            self._old |= touched & self._known().keys()
            self.reload()

    @Slot()
    def _forget(self) -> None:
        self._old.clear()
        self._hits, self._stale = 0, True
        for column in self._columns.values():
            column.set_cards(())
            column.set_total(None)
        self.counted.emit(0)

    @Slot()
    def _want_more(self) -> None:
        column = self.sender()
        if isinstance(column, PhaseColumn):
            self.load_more(column.phase)

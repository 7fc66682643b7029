"""The model of every list: ordered ids, lines fetched as they are painted, refreshed row by row."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.listing import ListQuery
from partnerdesk.look.cells import CELL_ROLE, Cell, plain, right_aligned

Index = QModelIndex | QPersistentModelIndex
Runs = list[tuple[int, int]]
PAGE = 64
KEPT = 4096
FEW = 64
AT_ONCE = 50_000
STEPPED = 10_000
ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1
LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: what it is called, what it shows of a line, how wide, and what it sorts by.

    One that `grows` shares with the first column what room the others leave.
    """

    key: str
    title: str
    cell: Callable[[Any], Cell]
    width: int
    sort: str = ""
    right: bool = False
    shown: bool = True
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a list comes from: the kind of record, its questions, and a sentence for screen readers.

    `ids(reader, query, limit, among)` gives the ids in order, of all records or of those among some; `hits(reader,
    query)` only how many they are, `count(reader)` how many there are whatever the query.
    """

    kind: str
    ids: Callable[..., list[int]]
    lines: Callable[[Any, Sequence[int]], dict[int, Any]]
    count: Callable[[Any], int]
    hits: Callable[[Any, ListQuery], int]
    sentence: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class _Whole:
    """The complete answer to a query with the lines of its first page that were not known; `gone` is the record that
    was held but is no longer there at all.
    """

    query: ListQuery
    ids: "array[int]"
    lines: dict[int, Any]
    total: int
    gone: int | None


@dataclass(frozen=True, slots=True)
class _Renewed:
    """What a change did to a list: new lines, and the order of the touched rows and their neighbours."""

    query: ListQuery
    ids: list[int]
    lines: dict[int, Any]
    among: list[int]
    order: list[int]


class ListModel(QAbstractTableModel):
    """A table of records. `counted(hits, total)` after every answer; `replaced()` when rows moved in bulk, so
    that the view selects again what was selected; `settled()` when a query's complete answer has arrived;
    `total_changed()` when records came or went while nobody saw the list.
    """

    total_changed = Signal()
    counted = Signal(int, int)
    replacing = Signal()
    replaced = Signal()
    settled = Signal()

    def __init__(self, desk: Desk, listing: Listing, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._listing = listing
        self._columns = tuple(columns)
        self._ids: array[int] = array("q")
        self._numbered: dict[int, int] | None = None
        self._lines: dict[int, Any] = {}
        self._wanted: set[int] = set()
        self._asked: set[int] = set()
        self._query = ListQuery()
        self._total = 0
        self._held: int | None = None
        self._answered: ListQuery | None = None
        self._awake = True
        self._stale = False
        self._fetch = QTimer(self, singleShot=True, interval=0)
        self._fetch.timeout.connect(self._fetch_wanted)
        desk.changed.connect(self._hear)
        desk.opened.connect(self.reload)
        desk.closed.connect(self._forget)

    @property
    def listing(self) -> Listing:
        """Where the list comes from."""
        return self._listing

    @property
    def query(self) -> ListQuery:
        """What the list shows."""
        return self._query

    @property
    def hits(self) -> int:
        """How many records the query found."""
        return len(self._ids)

    @property
    def total(self) -> int:
        """How many records there are without any filter."""
        return self._total

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in their order."""
        return self._columns

    @property
    def ids(self) -> Sequence[int]:
        """The ids in order."""
        return self._ids

    def set_query(self, query: ListQuery) -> None:
        """Ask for other records or another order; the first page comes at once, the rest after it."""
        if query == self._query and not self._stale:
            return
        self._query = query
        self._held = None
        self.reload(first=self._total > AT_ONCE or not self._ids)

    def reload(self, first: bool = True) -> None:
        """Ask the current question again."""
        self._stale = False
        if not self._desk.is_open:
            return
        query, listing, held, known = self._query, self._listing, self._held, self._lines
        if first:
            def first_page(reader: Any) -> tuple[list[int], dict[int, Any]]:
                ids = listing.ids(reader, query, PAGE)
                return ids, listing.lines(reader, ids)

            self._desk.ask(first_page, self._take_first, key=(self, "first"))

        def whole(reader: Any) -> _Whole:
            ids = array("q", listing.ids(reader, query, None))
            gone = held is not None and held not in ids and not listing.lines(reader, [held])
            new = [i for i in ids[:PAGE] if i not in known]
            lines = listing.lines(reader, new) if new else {}
            return _Whole(query, ids, lines, listing.count(reader), held if gone else None)

        self._desk.ask(whole, self._take_whole, key=(self, "whole"))

    def show_first(self, ids: Sequence[int], lines: dict[int, Any]) -> None:
        """Show a first page that was read before the office was fully opened."""
        self._take_first((list(ids), dict(lines)))

    def hold(self, record_id: int | None) -> None:
        """Keep the row of the record being edited where it is, whatever the filter says, until another is held."""
        before, self._held = self._held, record_id
        if before is not None and before != record_id and self._stale_row(before):
            self.reload(first=False)

    def set_awake(self, awake: bool) -> None:
        """A list that nobody sees only marks itself stale."""
        self._awake = awake
        if awake and self._stale:
            self.reload(first=False)

    def row_of(self, record_id: int) -> int:
        """The row of a record, -1 when it is not in the list."""
        return self._rows.get(record_id, -1)

    def id_at(self, row: int) -> int:
        """The record in a row."""
        return self._ids[row]

    def line_at(self, row: int) -> Any | None:
        """What the row shows, None while it is on its way."""
        return self._lines.get(self._ids[row])

    def wanted_line(self, row: int) -> Any | None:
        """As `line_at`, and while it is not there it is asked for."""
        line = self._lines.get(self._ids[row])
        if line is None:
            self._want(row)
        return line

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        record_id = self._ids[index.row()]
        if role == ID_ROLE:
            return record_id
        line = self._lines.get(record_id)
        if line is None:
            self._want(index.row())
            return None
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._listing.sentence(line)
        if role not in (CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole):
            return None
        cell = self._columns[index.column()].cell(line)
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if right_aligned(cell) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return plain(cell)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        key = self._columns[column].sort if 0 <= column < len(self._columns) else ""
        if column >= 0 and not key:
            return
        self.set_query(replace(self._query, sort=key, descending=order == Qt.SortOrder.DescendingOrder))

    def _take_first(self, page: tuple[list[int], dict[int, Any]]) -> None:
        ids, lines = page
        self._lines.update(lines)
        self._become(array("q", ids))

    def _take_whole(self, answer: "_Whole") -> None:
        self._total = answer.total
        if answer.query != self._query:
            return
        if answer.gone is not None and answer.gone == self._held:
            self._held = None
        self._lines.update({i: line for i, line in answer.lines.items() if i not in self._lines})
        # a row of the list before, opened while this answer was on its way, is no row of this list
        same, self._answered = answer.query == self._answered, answer.query
        self._become(self._with_held(answer.ids) if same else answer.ids)
        self.counted.emit(len(self._ids), self._total)
        self.settled.emit()

    def _take_total(self, total: int) -> None:
        if total != self._total:
            self._total = total
            self.total_changed.emit()

    def _with_held(self, ids: "array[int]") -> "array[int]":
        """The ids with the held record where it is now, below the row above it that stays."""
        row = self._rows.get(self._held, -1) if self._held is not None else -1
        if row < 0 or self._held is None:
            return ids
        above = _last_of(self._ids, row, ids)
        if self._held in ids and _last_of(ids, ids.index(self._held), self._ids) == above:
            return ids
        kept = array("q", ids)
        if self._held in kept:
            kept.remove(self._held)
        kept.insert(kept.index(above) + 1 if above is not None else 0, self._held)
        return kept

    def _stale_row(self, record_id: int) -> bool:
        return record_id in self._rows

    def _hear(self, changes: Changes) -> None:
        touched = changes.ids(self._listing.kind)
        if not touched:
            return
        if not self._awake:
            self._stale = True
            for record_id in touched:
                self._lines.pop(record_id, None)
            self._desk.ask(self._listing.count, self._take_total, key=(self, "total"), quiet=True)
            return
        known = [i for i in touched if i in self._lines]
        for record_id in touched - set(known[:KEPT]):
            self._lines.pop(record_id, None)
        self._ask_renewed(known[:KEPT], touched)

    def _ask_renewed(self, known: list[int], touched: frozenset[int]) -> None:
        """Ask for the changed lines, and whether their rows still stand between the same neighbours."""
        query, listing = self._query, self._listing
        in_place = len(touched) <= FEW and all(i in self._rows for i in touched)
        among = self._neighbourhood(touched) if in_place else []

        def renewed(reader: Any) -> _Renewed:
            order = listing.ids(reader, query, None, among) if among else []
            return _Renewed(query, known, listing.lines(reader, known) if known else {}, among, order)

        self._desk.ask(renewed, self._take_renewed)
        if not in_place:
            self.reload(first=False)

    def _neighbourhood(self, touched: Iterable[int]) -> list[int]:
        """The touched ids with those above and below them, in the order of the list."""
        near = {row + step for row in (self._rows[i] for i in touched) for step in (-1, 0, 1)}
        return [self._ids[row] for row in sorted(near) if 0 <= row < len(self._ids)]

    def _take_renewed(self, answer: _Renewed) -> None:
        self._take_lines((answer.ids, answer.lines))
        if answer.query == self._query and answer.order != answer.among:
            self.reload(first=False)

    def _forget(self) -> None:
        self._lines.clear()
        self._total = 0
        self._held = self._answered = None
        self._become(array("q"))
        self.counted.emit(0, 0)

    def _want(self, row: int) -> None:
        self._wanted.add(row // PAGE)
        if not self._fetch.isActive():
            self._fetch.start()

    def _fetch_wanted(self) -> None:
        pages, self._wanted = self._wanted, set()
        ids = [i for page in sorted(pages) for i in self._ids[page * PAGE:(page + 1) * PAGE]
               if i not in self._lines and i not in self._asked]
        if ids and self._desk.is_open:
            self._asked.update(ids)
            self._ask_lines(ids)

    def _ask_lines(self, ids: list[int]) -> None:
        lines = self._listing.lines
        self._desk.ask(lambda reader: (ids, lines(reader, ids)), self._take_lines)

    def _take_lines(self, answer: tuple[list[int], dict[int, Any]]) -> None:
        ids, lines = answer
        self._asked.difference_update(ids)
        if len(self._lines) > KEPT:
            self._lines.clear()
        changed = [i for i in ids if lines.get(i) != self._lines.get(i)]
        self._lines.update(lines)
        for first, last in _runs(sorted(self._rows[i] for i in changed if i in self._rows)):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    @property
    def _rows(self) -> dict[int, int]:
        """The row of each id, worked out when it is first asked for."""
        if self._numbered is None:
            self._numbered = dict(zip(self._ids, range(len(self._ids)), strict=True))
        return self._numbered

    def _become(self, ids: "array[int]") -> None:
        """Turn the rows into these ids with as few row operations as can be, never by a reset."""
        head = _common(self._ids, ids)
        tail = _common(self._ids[:head - 1 if head else None:-1], ids[:head - 1 if head else None:-1])
        before, after = self._ids[head:len(self._ids) - tail], ids[head:len(ids) - tail]
        if not before and not after:
            return
        if not before or not after:
            self._remove(head, len(before))
            self._insert(head, after)
            return
        steps = _steps(before, after) if len(before) + len(after) <= STEPPED else None
        if steps is not None and len(steps[0]) + len(steps[1]) <= FEW:
            for first, last in reversed(steps[0]):
                self._remove(head + first, last - first + 1)
            for first, last in steps[1]:
                self._insert(head + first, after[first:last + 1])
            return
        self.replacing.emit()
        self._remove(head, len(before))
        self._insert(head, after)
        self.replaced.emit()

    def _remove(self, row: int, n: int) -> None:
        if n:
            self.beginRemoveRows(QModelIndex(), row, row + n - 1)
            del self._ids[row:row + n]
            self._numbered = None
            self.endRemoveRows()

    def _insert(self, row: int, ids: "array[int]") -> None:
        if ids:
            self.beginInsertRows(QModelIndex(), row, row + len(ids) - 1)
            self._ids[row:row] = ids
            self._numbered = None
            self.endInsertRows()


def _common(one: "array[int]", other: "array[int]") -> int:
    """How many ids two lists have in common from their beginning on."""
    same, differs = 0, min(len(one), len(other)) + 1
    while differs - same > 1:
        middle = (same + differs) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            differs = middle
    return same


def _steps(before: "array[int]", after: "array[int]") -> tuple[Runs, Runs] | None:
    """Runs of rows to take out of the one and then to put in for the other; None when some changed their order."""
    new, old = set(after), set(before)
    staying = [i for i in before if i in new]
    if staying != [i for i in after if i in old]:
        return None
    leaving = _runs([row for row, i in enumerate(before) if i not in new])
    return list(leaving), list(_runs([row for row, i in enumerate(after) if i not in old]))


def _last_of(ids: "array[int]", end: int, among: "array[int]") -> int | None:
    """The last of the ids before the row `end` that is among the others."""
    near = next((i for i in reversed(ids[max(0, end - 4):end]) if i in among), None)
    if near is not None or end <= 4:
        return near
    others = set(among)
    return next((i for i in reversed(ids[:end]) if i in others), None)


def _runs(rows: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Ascending rows as (first, last) of each unbroken run."""
    first = last = None
    for row in rows:
        if last is not None and row == last + 1:
            last = row
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = row
    if first is not None and last is not None:
        yield first, last

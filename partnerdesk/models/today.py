"""The day's work as a list: heads of groups with their things beneath, changed in place when something is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from partnerdesk.domain import clock
from partnerdesk.domain.followups import Snooze
from partnerdesk.domain.today import URGENCIES, DayWork, Item, urgency_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number
from partnerdesk.models.today_words import (
    ICONS,
    aside_why,
    fix_word,
    head_word,
    item_role,
    item_sentence,
    item_what,
    item_when,
    item_why,
    tr,
)

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
ITEM_ROLE: Final = ROW_ROLE + 1
ASIDE: Final = "aside"
AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The head of a group: its word and how many there are; `is_open` for one that can be shut."""

    urgency: str
    word: str
    count: str
    is_open: bool | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """What a row paints: icon in `role`, what, why, when, the word of the button."""

    icon: Icon
    role: str
    what: str
    why: str
    when: str
    late: bool
    fix: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row: a head, or a thing with the snooze it was put off by; `key` tells it from all others."""

    key: str
    item: Item | None = None
    snooze: Snooze | None = None
    head: HeadRow | None = None


class TodayModel(QAbstractListModel):
    """Heads and things of a `DayWork`; what was put off is shown when its group is open."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = DayWork(clock.today())
        self._entries: list[_Entry] = []
        self._aside_open = False
        self._extra: dict[str, Item] = {}
        self._day: date | None = None

    @property
    def work(self) -> DayWork:
        """What is shown."""
        return self._work

    @property
    def n(self) -> int:
        """How many things are listed, those put off left out."""
        return len(self._work.items) + len(self._extra)

    @property
    def shown_items(self) -> list[Item]:
        """The things in the order in which they stand."""
        return [one.item for one in self._entries if one.item is not None and one.snooze is None]

    def set_work(self, work: DayWork) -> None:
        """Show other work; what stays does not move more than it has to."""
        self._work = work
        self._renew()

    def set_extra(self, key: str, item: Item | None) -> None:
        """Show (or no longer show) a thing that was found apart from the rest."""
        before = self._extra.get(key)
        if item is None:
            self._extra.pop(key, None)
        else:
            self._extra[key] = item
        if before != item:
            self._renew()

    def toggle_aside(self) -> None:
        """Open or shut the group of what was put off."""
        self._aside_open = not self._aside_open
        self._renew()

    def item_at(self, row: int) -> Item | None:
        """The thing in a row; None for a head."""
        return self._entries[row].item if 0 <= row < len(self._entries) else None

    def snooze_at(self, row: int) -> Snooze | None:
        """Until when and why the thing in a row was put off."""
        return self._entries[row].snooze if 0 <= row < len(self._entries) else None

    def head_at(self, row: int) -> HeadRow | None:
        """The head in a row; None for a thing."""
        return self._entries[row].head if 0 <= row < len(self._entries) else None

    def row_of(self, key: str) -> int:
        """The row of a thing, -1 where it is not shown."""
        return next((row for row, one in enumerate(self._entries) if one.key == key and one.head is None), -1)

    def first_row(self) -> int:
        """The row of the first thing; -1 where there is none."""
        return next((row for row, one in enumerate(self._entries) if one.item is not None), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ROW_ROLE:
            return entry.head or self._row(entry)
        if role == ITEM_ROLE:
            return entry.item
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.head.word if entry.head else item_what(entry.item) if entry.item else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(entry)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        head = self.head_at(index.row())
        if head is not None and head.is_open is None:
            # keys pass over it
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _row(self, entry: _Entry) -> TaskRow:
        item, today = entry.item, self._work.today
        assert item is not None
        if entry.snooze is not None:
            return TaskRow(Icon.SNOOZE, "muted", item_what(item), aside_why(entry.snooze), "", False, fix_word("wake"))
        late = item.when is not None and urgency_of(item, today) == URGENCIES[0]
        return TaskRow(ICONS[item.kind], item_role(item, today), item_what(item), item_why(item),
                       item_when(item, today), late, fix_word(item.fix))

    def _sentence(self, entry: _Entry) -> str:
        if entry.head is not None:
            return f"{entry.head.word}, {entry.head.count}"
        if entry.item is None:
            return ""
        if entry.snooze is not None:
            return f"{item_what(entry.item)}, {aside_why(entry.snooze)}"
        return item_sentence(entry.item, self._work.today)

    def _renew(self) -> None:
        new = self._wanted()
        old, today = self._entries, self._work.today
        if self._day != today or not self._can_step(old, new):
            self._day = today
            self.beginResetModel()
            self._entries = new
            self.endResetModel()
            return
        self._step_to(new)

    @staticmethod
    def _can_step(old: Sequence[_Entry], new: Sequence[_Entry]) -> bool:
        """Whether rows only came and went, and few of them."""
        before, after = [one.key for one in old], [one.key for one in new]
        known, wanted = set(before), set(after)
        if len(known ^ wanted) > AT_ONCE:
            return False
        return [key for key in before if key in wanted] == [key for key in after if key in known]

    def _step_to(self, new: list[_Entry]) -> None:
        wanted = {one.key for one in new}
        for row in range(len(self._entries) - 1, -1, -1):
            if self._entries[row].key not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._entries[row]
                self.endRemoveRows()
        known = {one.key for one in self._entries}
        for row, one in enumerate(new):
            if one.key not in known:
                self.beginInsertRows(QModelIndex(), row, row)
                self._entries.insert(row, one)
                self.endInsertRows()
            elif self._entries[row] != one:
                self._entries[row] = one
                self.dataChanged.emit(self.index(row), self.index(row))

    def _wanted(self) -> list[_Entry]:
        today = self._work.today
        groups: dict[str, list[_Entry]] = {urgency: [] for urgency in URGENCIES}
        for item in (*self._work.items, *self._extra.values()):
            groups[urgency_of(item, today)].append(_Entry(item.key, item))
        found: list[_Entry] = []
        for urgency, entries in groups.items():
            if entries:
                n = number(len(entries)) + ("+" if self._work.more else "")
                found += [_Entry(f"head {urgency}", head=HeadRow(urgency, head_word(urgency), n)), *entries]
        aside = self._work.aside
        if aside:
            found.append(_Entry("head aside", head=HeadRow(
                ASIDE, head_word(ASIDE), number(len(aside)), self._aside_open)))
            if self._aside_open:
                found += [_Entry(f"aside {item.key}", item, snooze) for item, snooze in aside]
        return found


def today_table(items: Sequence[Item], today: date) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of the day's work for a spreadsheet; days are dates."""
    head = [tr("Urgency"), tr("Due"), tr("What"), tr("Why"), tr("Responsible")]
    return head, [[head_word(urgency_of(item, today)), item.when, item_what(item), item_why(item), item.who]
                  for item in items]

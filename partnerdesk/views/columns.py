"""Which columns a list shows, in what order and how wide, kept per view; the first takes what room is left."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.models.listing import ListModel
from partnerdesk.views.listtable import ListTable
from partnerdesk.views.local import Local

WIDE = 1500


class ColumnKeeper(QObject):
    """Dresses the header of a table; `changed` when the user chose, moved or resized columns."""

    changed = Signal()
    icon = Icon.COLUMNS

    def __init__(self, table: ListTable, model: ListModel, local: Local, name: str) -> None:
        super().__init__(table)
        self._table, self._model, self._local, self._name = table, model, local, name
        self._chosen: tuple[str, ...] = ()
        self._fitting = False
        header = table.horizontalHeader()
        header.sectionMoved.connect(self._told)
        header.sectionResized.connect(self._resized)
        table.resized.connect(self.fit)
        self.show(())

    def shown(self) -> list[int]:
        """Logical indexes of the columns shown, from left to right."""
        header = self._table.horizontalHeader()
        order = (header.logicalIndex(v) for v in range(header.count()))
        return [n for n in order if not header.isSectionHidden(n)]

    def keys(self) -> list[str]:
        """Keys of the columns shown when the user has chosen them; none while the shipped choice holds."""
        return [self._model.columns[n].key for n in self.shown()] if self._chosen else []

    def show(self, keys: Sequence[str]) -> None:
        """Show these columns in this order; none means the shipped ones."""
        self._chosen = tuple(keys)
        self._lay(bool(keys))

    def place_of_sort(self, key: str) -> int:
        """The column that sorts by a key, -1 without one."""
        return next((n for n, c in enumerate(self._model.columns) if c.sort == key and key), -1)

    @Slot()
    def fit(self) -> None:
        """Share out what room the columns leave; on a wide window more of the shipped ones return."""
        self._lay(bool(self._chosen), wide=self._table.window().width() >= px(WIDE))

    def open_menu(self, button: QWidget, at: QPoint) -> None:
        """Offer every column with a tick."""
        menu = QMenu(button)
        shown = set(self.shown())
        for number, column in enumerate(self._model.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(number in shown)
            action.setData(number)
            action.setEnabled(number != 0)
        menu.addSeparator()
        menu.addAction(self.tr("Reset to shipped columns")).setData(-1)
        menu.triggered.connect(self._toggle)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot(QAction)
    def _toggle(self, action: QAction) -> None:
        number = int(action.data())
        if number < 0:
            self.show(())
        else:
            keys = [self._model.columns[n].key for n in self.shown()]
            key = self._model.columns[number].key
            keys = [k for k in keys if k != key] if key in keys else [*keys, key]
            self.show(keys)
        self.changed.emit()

    @Slot()
    def _told(self, *_: object) -> None:
        if not self._fitting:
            self._chosen = tuple(self._model.columns[n].key for n in self.shown())
            self.changed.emit()

    @Slot(int, int, int)
    def _resized(self, number: int, _: int, width: int) -> None:
        if not self._fitting and width > 0:
            column = self._model.columns[number]
            self._local.keep_note(f"{self._name}/width/{column.key}", str(width))

    def _lay(self, chosen: bool, wide: bool = False) -> None:
        header = self._table.horizontalHeader()
        self._fitting = True
        columns = self._model.columns
        if chosen:
            wanted = [n for key in self._chosen for n, c in enumerate(columns) if c.key == key]
        else:
            more = ("responsible", "next", "notice") if wide else ()
            wanted = [n for n, c in enumerate(columns) if c.shown or c.key in more]
        for number in range(len(columns)):
            header.setSectionHidden(number, number not in wanted)
        for place, number in enumerate(wanted):
            header.moveSection(header.visualIndex(number), place)
        room = self._table.viewport().width()
        widths = {n: self._width(n) for n in wanted}
        spare = room - sum(widths.values())
        if wanted and room > 0:
            first, *others = wanted
            growing = [n for n in others if columns[n].grows]
            share = max(0, spare) // (1 + len(growing))
            for n in growing:
                widths[n] += share
            widths[first] = max(px(150), widths[first] + spare - share * len(growing))
        for number, width in widths.items():
            header.resizeSection(number, width)
        self._fitting = False

    def _width(self, number: int) -> int:
        column = self._model.columns[number]
        kept = self._local.note(f"{self._name}/width/{column.key}")
        return int(kept) if kept.isdigit() and number else px(column.width)

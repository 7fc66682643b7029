"""A page with a list and a detail pane beside it: views as tabs, search as you type, chips, columns, selection."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout

from partnerdesk.domain.journal import Deed
from partnerdesk.domain.office import SavedView
from partnerdesk.domain.query import Query
from partnerdesk.models.listing import Column, Listing, ListModel
from partnerdesk.views.columns import ColumnKeeper
from partnerdesk.views.detail import BulkPane, DetailPane
from partnerdesk.views.filters import FilterSpec
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Pane
from partnerdesk.views.list_column import ListColumn
from partnerdesk.views.list_commands import ListCommand, ListDeeds, ListWords, list_commands, record_menu, row_menu
from partnerdesk.views.list_copy import Lines, clipping, copied
from partnerdesk.views.list_empty import EmptyList
from partnerdesk.views.list_search import ListSearch
from partnerdesk.views.list_split import DETAIL_WIDE, ListSplit
from partnerdesk.views.listtable import ListTable
from partnerdesk.views.long_work import FEW, LongWork
from partnerdesk.views.page import House, Page, load_next, tell_sidebar
from partnerdesk.views.viewtabs import ViewKeeper


class ListPage(Page):
    """What Partners and Agreements have in common. A subclass names its parts in the class below its title."""

    page_filters: Sequence[FilterSpec] = ()
    form_modules: Sequence[str] = ()
    row_names: Sequence[str] = ()
    record_names: Sequence[str] = ()
    prints = True
    detail_wide = DETAIL_WIDE

    def __init__(self, house: House, listing: Listing, columns: Sequence[Column], views: Sequence[SavedView]) -> None:
        super().__init__(house)
        self.model = ListModel(house.desk, listing, columns, self)
        self.table = ListTable(self.title, self)
        self.table.setModel(self.model)
        self._wanted: int | None = None
        self._last_row = 0
        self._following = QTimer(self, singleShot=True, interval=0)
        self._unfollowed = False
        self._following.timeout.connect(self._follow_when_loaded)
        self.columns = ColumnKeeper(self.table, self.model, house.local, self.key)
        self._detail: DetailPane | None = None
        self._bulk: BulkPane | None = None
        self._awake = True
        self._in_sight = False
        self._build(views)
        self._connect()
        for command, in_list in list_commands(self):
            house.registry.add(command, self.column.body if in_list else self)
        house.registry.bind_button(self.column.new_button, f"{self.key}.new", text=False)
        house.registry.bind_button(self.column.import_button, "file.import", text=False)

    def words(self) -> ListWords:
        """What the common commands are called."""
        raise NotImplementedError

    def own_commands(self) -> Sequence[ListCommand]:
        """The commands that only this list has."""
        return ()

    def make_detail(self) -> DetailPane:
        """The pane that shows one record."""
        raise NotImplementedError

    def make_bulk(self) -> BulkPane:
        """The pane that changes many records at once."""
        raise NotImplementedError

    def make_empty(self) -> EmptyView:
        """What is shown in place of an empty list."""
        raise NotImplementedError

    def show_first_steps(self) -> None:
        """Say in the empty view how the first record comes in."""
        raise NotImplementedError

    def take_first_step(self, which: str) -> None:
        """Do what was chosen in the empty view of an office without records."""
        raise NotImplementedError

    def foot_words(self) -> str:
        """What stands at the right of the footer."""
        return ""

    @property
    def deeds(self) -> ListDeeds:
        """What is done with the records of this list."""
        raise NotImplementedError

    @property
    def record_menu(self) -> Sequence[str | None]:
        return record_menu(self.key, self.record_names, self.prints)

    @property
    def query(self) -> Query:
        """What the list is filtered by."""
        return self.search.query

    @property
    def form_place(self) -> QStackedWidget:
        """Where the form is shown, before and after it is made."""
        return self._right

    @property
    def has_detail(self) -> bool:
        """Whether the form has been made."""
        return self._detail is not None

    @property
    def is_following(self) -> bool:
        """Whether the form is still to show what has been selected."""
        return self._following.isActive()

    @property
    def detail(self) -> DetailPane:
        """The pane beside the list, made when the first record is to be shown in it."""
        if self._detail is None:
            self._detail = self.make_detail()
            self._detail.set_back(self.stacked)
            self._detail.set_awake(self._awake)
            self._detail.back_wanted.connect(self.focus_list)
            self._right.addWidget(self._detail)
            if self._right.currentWidget() is self._nothing:
                self._right.setCurrentWidget(self._detail)
        return self._detail

    @property
    def bulk(self) -> BulkPane:
        """The pane for many records, made when several are selected first."""
        if self._bulk is None:
            self._bulk = self.make_bulk()
            self._right.addWidget(self._bulk)
        return self._bulk

    @property
    def count(self) -> int | None:
        """All records, whatever is filtered."""
        return self.model.total

    @property
    def selected(self) -> list[int]:
        """Ids of the selected records in the order of the list."""
        ids = self.model.ids
        return [i for first, last in self.table.selected_runs() for i in ids[first:last + 1]]

    @property
    def selected_count(self) -> int:
        """How many records are selected."""
        return sum(last - first + 1 for first, last in self.table.selected_runs())

    @property
    def stacked(self) -> bool:
        """Whether list and detail take turns, as the window is narrow."""
        return self._split.stacked

    def make_more(self) -> bool:
        """Make one piece of what has not been wanted yet, in a quiet moment; False when all is there."""
        if load_next(self.form_modules):
            return True
        if self._detail is None:
            return self.detail is not None
        if self._detail.make_more():
            return True
        return self._bulk is None and self.bulk is not None

    def first_is_archived(self) -> bool:
        """Whether the first of the selected records is in the archive."""
        runs = self.table.selected_runs()
        line = self.model.line_at(runs[0][0]) if runs else None
        return bool(line is not None and line.archived)

    def first_is_current(self) -> bool:
        """Whether the first of the selected records is not in the archive."""
        return not self.first_is_archived()

    def show_record(self, record_id: int) -> None:
        row = self.model.row_of(record_id)
        if row >= 0:
            self._wanted = None
            self.table.select_row(row)
        else:
            self._wanted = record_id
            self.model.reload(first=False)
        self._split.show_detail()

    def show_line(self, line: str) -> None:
        self.search.show(self.search.parse(line))

    def view_now(self, view: SavedView) -> SavedView:
        """The view as it stands on the screen."""
        asked = self.model.query
        return replace(view, query=str(self.query), sort=asked.sort, descending=asked.descending,
                       columns=tuple(self.columns.keys()))

    def show_view(self, view: SavedView) -> None:
        """Show a saved view: its columns, its order, its filter."""
        self.columns.show(view.columns)
        self.table.set_sort(self.columns.place_of_sort(view.sort), view.descending)
        self.search.show(self.search.parse(view.query), view.sort, view.descending)

    def begin(self) -> None:
        self.views.read()

    def flush(self) -> bool:
        return self._detail is None or self._detail.flush()

    def arrive(self) -> None:
        self._in_sight = True
        self._set_awake(True)
        self.column.focus_rows()
        # whoever goes to a record selects it first
        QTimer.singleShot(0, self, self._select_some)

    def leave(self) -> None:
        self._in_sight = False
        self._set_awake(False)

    def step_record(self, by: int) -> None:
        """Go to the next or previous record of the list."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.select_row(row)

    def fill_menu(self, menu: QMenu, ids: Sequence[str | None]) -> None:
        """Put commands into a menu of this page."""
        self.house.registry.fill_menu(menu, ids)

    @Slot()
    def new(self) -> None:
        """Begin a record."""
        raise NotImplementedError

    @Slot()
    def print_selected(self) -> None:
        """Preview what is printed of the selected records."""
        raise NotImplementedError

    @Slot()
    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.bar.focus_search()

    @Slot()
    def focus_detail(self) -> None:
        """Go from the list into the form."""
        if self._following.isActive():
            self._follow()
        self._split.show_detail()
        self.detail.focus_first()

    @Slot()
    def focus_list(self) -> None:
        """Go back into the list."""
        self._split.show_list()
        self.column.focus_rows()

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows for a spreadsheet: tabs and HTML, with headers."""
        columns = [self.model.columns[n] for n in self.columns.shown()]
        ids, listing = self.selected, self.model.listing
        if len(ids) <= FEW:
            self.house.desk.ask(copied(listing, columns, ids), self._to_clipboard)
            return

        def job(office: Any, progress: Any) -> Lines:
            with office.read() as reader:
                return copied(listing, columns, ids, progress)(reader)

        self.work.run(job, self._to_clipboard, self._title_of("copy"))

    @Slot()
    def paste(self) -> None:
        """Bring in rows copied from a spreadsheet: they are shown as an import before anything is written."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.house.import_text(text)

    @Slot()
    def select_all(self) -> None:
        """Select every record the list shows."""
        self.table.selectAll()

    @Slot()
    def archive(self) -> None:
        """Put the selected records into the archive."""
        self._change_selected("archive", self.deeds.archive)

    @Slot()
    def unarchive(self) -> None:
        """Bring the selected records back from the archive."""
        self._change_selected("unarchive", partial(self.deeds.archive, back=True))

    @Slot()
    def delete(self) -> None:
        """Put the selected records into the trash."""
        self._change_selected("delete", self.deeds.delete)

    @Slot()
    def open_menu_at_row(self) -> None:
        """Show the menu of the selected rows below the one the keyboard is on."""
        at = self.table.currentIndex()
        if at.isValid():
            self.table.scrollTo(at)
            self._open_menu(self.table.visualRect(at).bottomLeft())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._split.fit(self.window().width(), self.width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The Menu key opens the row's menu at the row, wherever the pointer is."""
        by_key = isinstance(event, QContextMenuEvent) and event.reason() == QContextMenuEvent.Reason.Keyboard
        if by_key and watched is self.table:
            self.open_menu_at_row()
            return True
        return super().eventFilter(watched, event)

    def _title_of(self, command: str) -> str:
        return self.house.registry.command(f"{self.key}.{command}").title

    def _change_selected(self, command: str, make: Callable[[Sequence[Any]], Deed[Any]]) -> None:
        """Do one deed with the selected records; when they leave the list, the row after them is next."""
        ids = self.selected
        if ids:
            self.model.hold(None)
            self.work.do(ids, make, self._title_of(command), self.deeds.record)

    def _set_awake(self, awake: bool) -> None:
        self._awake = awake
        self.model.set_awake(awake)
        if self._detail is not None:
            self._detail.set_awake(awake)

    def _build(self, views: Sequence[SavedView]) -> None:
        empty = self.make_empty()
        self.column = ListColumn(self.title, self.words().new, self.table, self.columns, empty, self)
        self.bar, self.tabs, self.empty = self.column.bar, self.column.tabs, empty
        self.search = ListSearch(self.bar, self.model, self.page_filters)
        self.views = ViewKeeper(self, views)
        self.work = LongWork(self.house.desk, self.column.progress, self)
        self._reasons = EmptyList(self, empty)
        self._right = QStackedWidget(self)
        self._nothing = Pane("surface", self._right)
        self._right.addWidget(self._nothing)
        self._split = ListSplit(self.column, self._right, self.house.local, self.key, self, self.detail_wide)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
        self._split.fit(self.window().width(), self.width())

    def _connect(self) -> None:
        self.model.counted.connect(self._counted)
        self.model.total_changed.connect(self._tell_window)
        self.model.replacing.connect(self.table.remember)
        self.model.replaced.connect(self.table.recall)
        self.model.settled.connect(self._settled)
        self.search.asked.connect(self._asked)
        self.bar.down_pressed.connect(self.focus_list)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.table.entered_record.connect(self.focus_detail)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        self.table.customContextMenuRequested.connect(self._menu_wanted)
        self.table.installEventFilter(self)
        self._split.stacked_changed.connect(self._stacked_changed)

    def _open_menu(self, at: QPoint) -> None:
        if QApplication.activePopupWidget() is not None:
            return
        menu = QMenu(self)
        self.fill_menu(menu, row_menu(self.key, self.row_names, self.prints))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.viewport().mapToGlobal(at))

    @Slot(QPoint)
    def _menu_wanted(self, at: QPoint) -> None:
        if self.table.indexAt(at).isValid():
            self._open_menu(at)

    @Slot()
    def _asked(self) -> None:
        self._last_row = 0
        # what was selected of the list as it was is followed only where the list as it will be selects it too
        self._unfollowed = self._unfollowed or self._following.isActive()
        self._following.stop()
        self.views.note_change()

    @Slot(bool)
    def _stacked_changed(self, stacked: bool) -> None:
        if self._detail is not None:
            self._detail.set_back(stacked)

    @Slot(int, int)
    def _counted(self, hits: int, total: int) -> None:
        self.bar.set_hits(hits, total)
        nothing = hits == 0 and self.house.desk.is_open
        if nothing:
            self._reasons.explain(total)
        self.column.show_rows(not nothing)
        self.column.say_count(self.foot_words())
        self.views.take_hits(hits)
        self.views.count_views()
        self._tell_window()

    @Slot()
    def _tell_window(self) -> None:
        tell_sidebar(self)

    @Slot()
    def _settled(self) -> None:
        if self._wanted is not None:
            row = self.model.row_of(self._wanted)
            if row < 0 and self.query.chips:
                self.views.show_all()
                return
            wanted, self._wanted = self._wanted, None
            if row >= 0:
                self.table.select_row(row)
            else:
                self.detail.show_record(wanted)
            return
        self._select_some()

    @Slot()
    def _select_some(self) -> None:
        """One record is always shown where there is room for it; a list that nobody sees makes no form for it."""
        free = self._in_sight and self._wanted is None and not self.stacked
        if free and not self.table.selectionModel().hasSelection() and self.model.rowCount():
            self.table.select_row(min(self._last_row, self.model.rowCount() - 1))
        if self._unfollowed:
            self._following.start()

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, *_: QItemSelection) -> None:
        if self.table.recalling:
            return
        runs = self.table.selected_runs()
        if runs:
            self._last_row = runs[0][0]
        # the list is painted before the form, and what is left and selected again at once is followed once
        self._following.start()

    @Slot()
    def _follow_when_loaded(self) -> None:
        if self._detail is None and load_next(self.form_modules):
            self._following.start()
        else:
            self._follow()

    def _follow(self) -> None:
        """Show in the form what is selected."""
        self._following.stop()
        self._unfollowed = False
        chosen = self.selected
        self.column.say_selected(len(chosen))
        if len(chosen) > 1:
            self.bulk.show_records(chosen)
            self._right.setCurrentWidget(self.bulk)
        else:
            record = chosen[0] if chosen else None
            if record is None:
                self._split.show_list()
            if record is not None or self._detail is not None:
                self._show_one(record)
        self.house.registry.refresh()

    def _show_one(self, record: int | None) -> None:
        self._right.setCurrentWidget(self.detail)
        if record != self.detail.record_id:
            self.detail.flush()
            self.detail.show_record(record)
            self.model.hold(record)
            if record is not None:
                self.moved.emit(record)

    def _to_clipboard(self, lines: Lines) -> None:
        QGuiApplication.clipboard().setMimeData(clipping(lines))

    @Slot(int, Qt.SortOrder)
    def _sorted(self, *_: object) -> None:
        self.views.note_change()

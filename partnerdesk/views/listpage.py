"""A page with a list and a detail pane beside it: views as tabs, search as you type, chips, columns, selection."""

import html
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any, TypeVar

from PySide6.QtCore import QItemSelection, QMimeData, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.domain import query as search
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import Filter
from partnerdesk.domain.office import SavedView
from partnerdesk.domain.query import Query
from partnerdesk.look.tokens import px
from partnerdesk.look.words import number
from partnerdesk.models.listing import Column, Listing, ListModel
from partnerdesk.services.suggesting import meant_word
from partnerdesk.views.columns import ColumnKeeper
from partnerdesk.views.detail import BulkPane, DetailPane
from partnerdesk.views.filters import FilterSpec, chip_words
from partnerdesk.views.kit import chipbar
from partnerdesk.views.kit.buttons import IconButton
from partnerdesk.views.kit.chipbar import ChipBar
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Row
from partnerdesk.views.kit.picker import PickerPopup
from partnerdesk.views.kit.tabs import Tabs
from partnerdesk.views.listtable import ListTable
from partnerdesk.views.page import House, Page
from partnerdesk.views.viewtabs import ViewKeeper

T = TypeVar("T")
STACKS_BELOW = 900
TABLE_MIN, DETAIL_MIN, DETAIL_WIDE, DETAIL_LARGE, WIDE_FROM = 480, 340, 392, 560, 1500


class ListPage(Page):
    """What Partners and Agreements have in common. A subclass names its parts in the class below its title."""

    page_filters: Sequence[FilterSpec] = ()
    form_modules: Sequence[str] = ()

    def __init__(self, house: House, listing: Listing, columns: Sequence[Column], views: Sequence[SavedView]) -> None:
        super().__init__(house)
        self.model = ListModel(house.desk, listing, columns, self)
        self.table = ListTable(self.title, self)
        self.table.setModel(self.model)
        self.query = Query()
        self._filters = tuple(self.page_filters)
        self._loading = False
        self._stacked = False
        self._wide = False
        self._wanted: int | None = None
        self._last_row = 0
        self._meant = ""
        self.columns = ColumnKeeper(self.table, self.model, house.local, self.key)
        self._detail: DetailPane | None = None
        self._bulk: BulkPane | None = None
        self._awake = True
        self._build(views)
        self._connect()

    def make_detail(self) -> DetailPane:
        """The pane that shows one record."""
        raise NotImplementedError

    def make_bulk(self) -> BulkPane:
        """The pane that changes many records at once."""
        raise NotImplementedError

    def make_buttons(self) -> Sequence[QWidget]:
        """The buttons of the page head, the primary one last."""
        return ()

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
    def detail(self) -> DetailPane:
        """The pane beside the list, made when the first record is to be shown in it."""
        if self._detail is None:
            self._detail = self.make_detail()
            self._detail.set_back(self._stacked)
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

    def make_more(self) -> bool:
        """Make one piece of what has not been wanted yet, in a quiet moment; False when all is there."""
        wanted = next((name for name in self.form_modules if name not in sys.modules), None)
        if wanted is not None:
            import_module(wanted)
            return True
        if self._detail is None:
            return self.detail is not None
        if self._detail.make_more():
            return True
        return self._bulk is None and self.bulk is not None

    @property
    def count(self) -> int | None:
        """All records, whatever is filtered."""
        return self.model.total

    @property
    def selected(self) -> list[int]:
        """Ids of the selected records in the order of the list."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.model.id_at(row) for row in rows]

    @property
    def stacked(self) -> bool:
        """Whether list and detail take turns, as the window is narrow."""
        return self._stacked

    def show_record(self, record_id: int) -> None:
        row = self.model.row_of(record_id)
        if row >= 0:
            self._wanted = None
            self.table.select_row(row)
        else:
            self._wanted = record_id
            self.model.reload(first=False)
        if self._stacked:
            self._split.setCurrentIndex(1)

    def show_line(self, line: str) -> None:
        self._set_query(search.parse(line, [spec.key for spec in self._filters]))

    def begin(self) -> None:
        self.views.read()

    def flush(self) -> bool:
        return self._detail is None or self._detail.flush()

    def arrive(self) -> None:
        self._set_awake(True)
        self.table.setFocus()

    def leave(self) -> None:
        self._set_awake(False)

    def step_record(self, by: int) -> None:
        """Go to the next or previous record of the list."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.select_row(row)

    @Slot()
    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.bar.focus_search()

    @Slot()
    def focus_detail(self) -> None:
        """Go from the list into the form."""
        if self._stacked:
            self._split.setCurrentIndex(1)
        self.detail.focus_first()

    @Slot()
    def focus_list(self) -> None:
        """Go back into the list."""
        if self._stacked:
            self._split.setCurrentIndex(0)
        self.table.setFocus()

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows for a spreadsheet: tabs and HTML, with headers."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        shown = self.columns.shown()
        lines = [[self.model.headerData(c, Qt.Orientation.Horizontal) for c in shown]]
        for row in rows:
            cells = [self.model.index(row, c).data() for c in shown]
            lines.append(["" if cell is None else str(cell).replace("\t", " ").replace("\n", " ") for cell in cells])
        made = QMimeData()
        made.setText("\n".join("\t".join(line) for line in lines))
        rows_html = ("".join(f"<td>{html.escape(cell)}</td>" for cell in line) for line in lines)
        made.setHtml("<table>" + "".join(f"<tr>{cells}</tr>" for cells in rows_html) + "</table>")
        QGuiApplication.clipboard().setMimeData(made)

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

    def change_selected(self, record: type[T], make: Callable[[Sequence[T]], Deed[Any]]) -> None:
        """Do one deed with the selected records; when they leave the list, the row after them is next."""
        ids, desk = self.selected, self.house.desk

        def found(records: dict[int, T]) -> None:
            self.model.hold(None)
            desk.do(make([records[i] for i in ids if i in records]))

        if ids:
            desk.ask(lambda reader: reader.many(record, ids), found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _set_awake(self, awake: bool) -> None:
        self._awake = awake
        self.model.set_awake(awake)
        if self._detail is not None:
            self._detail.set_awake(awake)

    def _fit(self) -> None:
        stacked = self.window().width() < px(STACKS_BELOW)
        if stacked != self._stacked:
            self._stacked = stacked
            self._rearrange()
        elif not stacked and (self.width() >= px(WIDE_FROM)) != self._wide:
            self._share_width()

    def _share_width(self) -> None:
        """Give the form its width: what the user chose, else more of it where the window is wide."""
        self._wide = self.width() >= px(WIDE_FROM)
        chosen = self.house.local.note(f"{self.key}/detail")
        right = int(chosen) if chosen.isdigit() else px(DETAIL_LARGE if self._wide else DETAIL_WIDE)
        self._beside.setSizes([max(px(TABLE_MIN), self.width() - right), right])

    def _rearrange(self) -> None:
        place = self._split.currentIndex()
        if self._detail is not None:
            self._detail.set_back(self._stacked)
        if self._stacked:
            self._split.addWidget(self._right)
            self._split.setCurrentIndex(max(0, place))
        else:
            self._split.setCurrentIndex(0)
            self._beside.addWidget(self._right)
            self._right.show()
            self._share_width()

    def _build(self, views: Sequence[SavedView]) -> None:
        self._left = Pane("surface", self)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        self.tabs = Tabs(self.tr("Views of {page}").format(page=self.title), inset=16, parent=self._left)
        column.addWidget(self.tabs)
        column.addWidget(self._make_bar())
        self._body = QStackedWidget(self._left)
        self.empty = self.make_empty()
        self._body.addWidget(self.table)
        self._body.addWidget(self.empty)
        column.addWidget(self._body, 1)
        column.addWidget(self._make_foot())
        self._left.setMinimumWidth(px(300))
        self.views = ViewKeeper(self, views)
        self._right = QStackedWidget(self)
        self._nothing = Pane("surface", self._right)
        self._right.addWidget(self._nothing)
        self._right.setMinimumWidth(px(DETAIL_MIN))
        self._beside = QSplitter(Qt.Orientation.Horizontal, self)
        self._beside.setChildrenCollapsible(False)
        self._beside.addWidget(self._left)
        self._beside.addWidget(self._right)
        self._beside.setStretchFactor(0, 1)
        self._split = QStackedWidget(self)
        self._split.addWidget(self._beside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)
        self._rearrange()

    def _make_head(self) -> QWidget:
        head = QWidget(self._left)
        head.setMinimumHeight(px(52))
        row = Row(head, (16, 0, 16, 0), 8)
        row.addWidget(ShortWords(self.title, "title"), 1)
        for button in self.make_buttons():
            row.addWidget(button)
        return head

    def _make_bar(self) -> QWidget:
        bar = QWidget(self._left)
        bar.setMinimumHeight(px(44))
        row = Row(bar, (0, 0, 0, 0), 8)
        self.bar = ChipBar(bar)
        self._columns_button = IconButton(self.columns.icon, self.tr("Choose columns"), parent=bar)
        self._columns_button.clicked.connect(self._choose_columns)
        self.bar.add_tool(self._columns_button)
        row.addWidget(self.bar, 1)
        return bar

    def _make_foot(self) -> QWidget:
        foot = Pane("footer", self._left)
        foot.setFixedHeight(px(30))
        row = Row(foot, (16, 0, 16, 0), 8)
        self._selected_words = Words("", "tiny", "muted")
        self._foot_words = ShortWords("", "tiny", "muted")
        self._foot_words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._selected_words)
        row.addWidget(self._foot_words, 1)
        return foot

    def _connect(self) -> None:
        self.model.counted.connect(self._counted)
        self.model.replacing.connect(self.table.remember)
        self.model.replaced.connect(self.table.recall)
        self.model.settled.connect(self._settled)
        self.empty.chosen.connect(self._from_empty)
        self.bar.text_changed.connect(self._typed)
        self.bar.chip_removed.connect(self._remove_chip)
        self.bar.add_requested.connect(self._add_filter)
        self.bar.chip_opened.connect(self._open_chip)
        self.bar.down_pressed.connect(self.focus_list)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.table.entered_record.connect(self.focus_detail)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        self._beside.splitterMoved.connect(self._split_moved)

    def _set_query(self, query: Query) -> None:
        """Show the chips of a query and ask the list."""
        self.query = query
        self._loading = True
        words = tuple(c for c in query.chips if isinstance(c, search.Word))
        self.bar.set_text(str(Query(words)))
        self._show_chips()
        self._loading = False
        self._ask()

    def _words_typed(self) -> str:
        return " ".join((*self.query.words, *self.query.without))

    def _under_add(self) -> QPoint:
        button = self.bar.add_button
        return button.mapToGlobal(QPoint(0, button.height()))

    def _show_chips(self) -> None:
        chips = [chipbar.Filter(search.chip_text(c), chip_words(c, self._filters)) for c in self.query.filters]
        self.bar.set_filters(chips)

    def _ask(self) -> None:
        self._last_row = 0
        self.model.set_query(self.query.listing(self.model.query.sort, self.model.query.descending))
        self.views.note_change()

    @Slot(str)
    def _typed(self, text: str) -> None:
        if self._loading:
            return
        typed = search.parse(text, [spec.key for spec in self._filters])
        words = tuple(c for c in typed.chips if isinstance(c, search.Word))
        self.query = Query((*self.query.filters, *words))
        for one in typed.filters:
            if text.endswith(" "):
                self.query = self.query.plus(one)
        if typed.filters and text.endswith(" "):
            self._set_query(self.query)
            return
        self._last_row = 0
        shown = Query((*self.query.chips, *typed.filters))
        self.model.set_query(shown.listing(self.model.query.sort, self.model.query.descending))
        self.views.note_change()

    @Slot(str)
    def _remove_chip(self, key: str) -> None:
        for chip in self.query.filters:
            if search.chip_text(chip) == key:
                self._set_query(self.query.less(chip))
                return

    @Slot()
    def _add_filter(self) -> None:
        menu = QMenu(self)
        for spec in self._filters:
            action = menu.addAction(spec.title)
            action.setData(spec.key)
        menu.triggered.connect(self._open_filter)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._under_add())

    @Slot(str)
    def _open_chip(self, written: str) -> None:
        chip = next((c for c in self.query.filters if search.chip_text(c) == written), None)
        if chip is not None:
            self._pick(chip.key)

    @Slot(QAction)
    def _open_filter(self, action: QAction) -> None:
        self._pick(str(action.data()))

    def _pick(self, key: str) -> None:
        spec = next(s for s in self._filters if s.key == key)
        now = next((f.values for f in self.query.filters if f.key == key), ())
        many = spec.op == ":"
        popup = PickerPopup(self.bar, spec.choices(), now, many=many, name=spec.title)
        self._open_spec = spec
        (popup.toggled if many else popup.chosen).connect(self._filter_chosen)
        popup.open_at(self._under_add())

    @Slot(object)
    def _filter_chosen(self, chosen: object) -> None:
        spec = self._open_spec
        values = tuple(str(v) for v in chosen) if isinstance(chosen, tuple | list | set | frozenset) else (str(chosen),)
        rest = Query(tuple(c for c in self.query.chips if not (isinstance(c, Filter) and c.key == spec.key)))
        self._set_query(rest.plus(Filter(spec.key, spec.op, values)) if values else rest)

    @Slot(int, int)
    def _counted(self, hits: int, total: int) -> None:
        self.bar.set_hits(hits, total)
        nothing = hits == 0 and self.house.desk.is_open
        if nothing:
            self._explain_empty(total)
        self._body.setCurrentWidget(self.empty if nothing else self.table)
        self._foot_words.setText(self.foot_words())
        self.views.count_views()
        window = self.window()
        if hasattr(window, "refresh_nav"):
            window.refresh_nav()

    def _explain_empty(self, total: int) -> None:
        """Say why the list is empty: nothing there yet, or nothing found, and what may have been meant."""
        self._meant = ""
        self._nothing_found = total > 0
        if not self._nothing_found:
            self.show_first_steps()
            return
        typed = self._words_typed()
        words = self.tr("Nothing matches “{typed}”.").format(typed=typed) if typed else self.tr("Nothing matches.")
        self.empty.show_case(words, "", "", self.tr("Clear filters"))
        if typed:
            self.house.desk.ask(lambda reader: (typed, meant_word(reader, typed)), self._suggest, key=(self, "meant"))

    def _suggest(self, answer: tuple[str, str]) -> None:
        typed, self._meant = answer
        if self._meant and typed == self._words_typed() and self.model.hits == 0:
            sentence = self.tr("Nothing matches “{typed}”. Did you mean “{meant}”?")
            self.empty.show_case(sentence.format(typed=typed, meant=self._meant), "",
                                 self.tr("Search “{meant}”").format(meant=self._meant), self.tr("Clear filters"))

    @Slot(str)
    def _from_empty(self, which: str) -> None:
        if not self._nothing_found:
            self.take_first_step(which)
        elif which == "second":
            self.show_line(f'"{self._meant}"' if " " in self._meant else self._meant)
        else:
            self.show_line("")

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
        if not self.table.selectionModel().hasSelection() and self.model.rowCount() and not self._stacked:
            self.table.select_row(min(self._last_row, self.model.rowCount() - 1))

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, *_: QItemSelection) -> None:
        if self.table.recalling:
            return
        chosen = self.selected
        if chosen:
            self._last_row = self.model.row_of(chosen[0])
        self._selected_words.setText(self.tr("{n} selected").format(n=number(len(chosen))) if chosen else "")
        if len(chosen) > 1:
            self.bulk.show_records(chosen)
            self._right.setCurrentWidget(self.bulk)
        else:
            record = chosen[0] if chosen else None
            if record is None and self._stacked:
                self._split.setCurrentIndex(0)
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

    @Slot(int, Qt.SortOrder)
    def _sorted(self, *_: object) -> None:
        self.views.note_change()

    @Slot()
    def _choose_columns(self) -> None:
        below = self._columns_button.mapToGlobal(QPoint(0, self._columns_button.height()))
        self.columns.open_menu(self._columns_button, below)

    @Slot(int, int)
    def _split_moved(self, *_: int) -> None:
        self.house.local.keep_note(f"{self.key}/detail", str(self._beside.sizes()[1]))

    def view_now(self, view: SavedView) -> SavedView:
        """The view as it stands on the screen."""
        asked = self.model.query
        return replace(view, query=str(self.query), sort=asked.sort, descending=asked.descending,
                       columns=tuple(self.columns.keys()))

    def show_view(self, view: SavedView) -> None:
        """Show a saved view: its columns, its order, its filter."""
        self.columns.show(view.columns)
        self.table.set_sort(self.columns.place_of_sort(view.sort), view.descending)
        self.query = search.parse(view.query, [spec.key for spec in self._filters])
        self.model.set_query(self.query.listing(view.sort, view.descending))
        self._set_query(self.query)


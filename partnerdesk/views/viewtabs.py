"""The views of a list as tabs: shipped ones, saved ones, which is shown, whether it was changed, saving it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from partnerdesk.domain import query as search
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.office import SavedView
from partnerdesk.look.words import number
from partnerdesk.services import office
from partnerdesk.views.kit.tabs import Tab

if TYPE_CHECKING:
    from partnerdesk.views.listpage import ListPage


QUIET_MS = 400


class ViewKeeper(QObject):
    """Knows the views of a page. Shipped views have the key of their name, saved ones "v" and their id.

    How many records each finds is asked view by view in quiet moments, once after every write.
    """

    def __init__(self, page: ListPage, shipped: Sequence[SavedView]) -> None:
        super().__init__(page)
        self._page = page
        self._shipped = {f"s{n}": view for n, view in enumerate(shipped)}
        self._views = dict(self._shipped)
        self._counts: dict[str, int] = {}
        self._kept = ""
        self._uncounted: list[str] = []
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._count_next)
        page.tabs.chosen.connect(self.choose)
        page.tabs.save_wanted.connect(self._save_menu)
        page.tabs.menu_wanted.connect(self._tab_menu)
        page.columns.changed.connect(self.note_change)
        desk = page.house.desk
        desk.opened.connect(self.read)
        desk.changed.connect(self._hear)
        self._show_tabs()

    @property
    def current(self) -> SavedView:
        """The view whose tab is chosen, as it is saved."""
        return self._views[self._page.tabs.value]

    @property
    def counts(self) -> dict[str, int]:
        """How many records each view finds, as far as they have been counted."""
        return dict(self._counts)

    @property
    def changed(self) -> bool:
        """Whether what is shown differs from the view as it is saved."""
        now, saved = self._page.view_now(self.current), self.current
        return (now.query, now.sort, now.descending, now.columns) != (
            _tidy(saved.query, self._page), saved.sort, saved.descending, saved.columns)

    @property
    def _note(self) -> str:
        return f"{self._page.key}/view"

    @Slot(str)
    def choose(self, key: str) -> None:
        """Show a view."""
        self._page.show_view(self._views[key])
        self._page.house.local.keep_note(self._note, self._views[key].uid or key)

    def show_all(self) -> None:
        """Show the first view: every record."""
        first = next(iter(self._views))
        self._page.tabs.set_value(first)
        self._page.show_view(self._views[first])

    @Slot()
    def note_change(self) -> None:
        """Show whether the view differs from what is saved."""
        key = self._page.tabs.value
        if key in self._views:
            self._page.tabs.set_changed(key, self.changed)

    def count_views(self) -> None:
        """Count what the views find that have not been counted since the last write, once nothing is under way."""
        if self._uncounted:
            self._quiet.start()

    def take_hits(self, hits: int) -> None:
        """The list itself has counted what the view shown finds."""
        key = self._page.tabs.value
        if self._counts.get(key, hits) != hits and not self.changed:
            self._counts[key] = hits
            self._show_tabs()

    def save_as(self) -> None:
        """Ask for a name and keep what is shown as a new view."""
        from partnerdesk.views.asking import AskText

        dialog = AskText(self._page, self.tr("Save view"), self.tr("Name of the view"), self.tr("Save"))
        dialog.given.connect(self._named)
        dialog.open()

    @Slot(str)
    def _named(self, name: str) -> None:
        view = replace(self._page.view_now(self.current), id=0, uid="", version=1, name=name, page=self._page.key)
        self._page.house.desk.do(office.save_view(view), self._saved)

    def save(self) -> None:
        """Keep the changes of a saved view; a shipped one is kept under a new name."""
        if self.current.id:
            self._page.house.desk.do(office.save_view(self._page.view_now(self.current)))
        else:
            self.save_as()

    def reset(self) -> None:
        """Show the view as it is saved."""
        self._page.show_view(self.current)

    @Slot(str)
    def _save_menu(self, key: str) -> None:
        place = self._page.tabs.mapToGlobal(self._page.tabs.rect_of(key).bottomLeft().toPoint())
        self._open_menu(key, place)

    @Slot(str, QPoint)
    def _tab_menu(self, key: str, at: QPoint) -> None:
        self._open_menu(key, at)

    def _open_menu(self, key: str, at: QPoint) -> None:
        view = self._views[key]
        menu = QMenu(self._page)
        if key == self._page.tabs.value and self.changed:
            if view.id:
                menu.addAction(self.tr("Save {view}").format(view=view.name)).triggered.connect(self.save)
            menu.addAction(self.tr("Reset to saved")).triggered.connect(self.reset)
        menu.addAction(self.tr("Save as a new view…")).triggered.connect(self.save_as)
        if view.id:
            menu.addSeparator()
            gone = QAction(self.tr("Delete view"), menu)
            gone.setData(key)
            gone.triggered.connect(self._delete)
            menu.addAction(gone)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot()
    def _delete(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._page.house.desk.do(office.delete_view(self._views[str(action.data())]))

    @Slot()
    def read(self) -> None:
        """Begin with the view shown last; a saved one comes once the office has told of its views."""
        self._kept = self._page.house.local.note(self._note)
        self._views = dict(self._shipped)
        self._show_tabs()
        self._page.tabs.set_value(self._kept if self._kept in self._shipped else next(iter(self._shipped)))
        self._page.show_view(self.current)
        self._ask_views()

    def _ask_views(self) -> None:
        page_key = self._page.key
        self._page.house.desk.ask(lambda reader: office.saved_views(reader, page_key), self._take, key=(self, "views"))

    def _hear(self, changes: Changes) -> None:
        if changes.ids("view"):
            self._ask_views()
        elif changes.ids(self._page.model.listing.kind):
            self._count_anew()

    def _count_anew(self) -> None:
        self._uncounted = list(self._views)
        self.count_views()

    @Slot()
    def _count_next(self) -> None:
        desk = self._page.house.desk
        if not self._uncounted or not desk.is_open:
            return
        if not desk.idle:
            self._quiet.start()
            return
        key = self._uncounted.pop(0)
        view = self._views.get(key)
        if view is None:
            self._count_next()
            return
        query = search.parse(view.query, [spec.key for spec in self._page.page_filters]).listing()
        hits = self._page.model.listing.hits
        desk.ask(lambda reader: (key, hits(reader, query)), self._take_count, key=(self, "count"), quiet=True)

    def _take(self, views: Sequence[SavedView]) -> None:
        shown = self._page.tabs.value
        self._views = {**self._shipped, **{f"v{view.id}": view for view in views}}
        self._show_tabs()
        kept, self._kept = self._kept, ""
        found = next((key for key, view in self._views.items() if view.uid and view.uid == kept), "")
        if found:
            self._page.tabs.set_value(found)
            self.choose(found)
        elif shown not in self._views:
            self.show_all()
        self._count_anew()
        self.note_change()

    def _saved(self, view_id: int) -> None:
        key = f"v{view_id}"
        self._page.house.desk.ask(
            lambda reader: (key, office.saved_views(reader, self._page.key)), self._choose_saved)

    def _choose_saved(self, answer: tuple[str, Sequence[SavedView]]) -> None:
        key, views = answer
        self._take(views)
        if key in self._views:
            self._page.tabs.set_value(key)
            self.choose(key)

    def _take_count(self, answer: tuple[str, int]) -> None:
        key, hits = answer
        self._counts[key] = hits
        if self._uncounted:
            self._count_next()
        else:
            self._show_tabs()

    def _show_tabs(self) -> None:
        self._page.tabs.set_tabs([
            Tab(key, view.name, number(self._counts[key]) if key in self._counts else "")
            for key, view in self._views.items()
        ])


def _tidy(line: str, page: ListPage) -> str:
    return str(search.parse(line, [spec.key for spec in page.page_filters]))


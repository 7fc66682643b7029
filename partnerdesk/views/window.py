"""The one window: top strip, sidebar, pages, messages; and the walk back and forward through what was seen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.look.cells import NavRow
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import height, px
from partnerdesk.look.words import number
from partnerdesk.views.kit.buttons import IconButton
from partnerdesk.views.kit.commands import Registry
from partnerdesk.views.kit.labels import Pane
from partnerdesk.views.kit.menus import MenuBar
from partnerdesk.views.kit.nav import NavView
from partnerdesk.views.local import Local
from partnerdesk.views.page import Page
from partnerdesk.views.searchbutton import SearchButton

if TYPE_CHECKING:
    from partnerdesk.views.kit.messagebar import MessageBar
    from partnerdesk.views.kit.toast import Toasts

SIDEBAR, RAIL, RAIL_BELOW = 192, 48, 1000
SMALLEST = QSize(720, 540)
LAST_PAGE = "window/page"


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page that is made when it is first shown: its key, name and icon for the sidebar, and how it is made.

    So that it costs nothing at the start, `make` itself imports the page's module. A list page also names the modules
    of its form in `form_modules`; they are loaded one by one before the form is wanted, so that none holds the window
    up. A form that takes long to make is made in pieces by its `make_more`.
    """

    key: str
    title: str
    icon: Icon
    make: Callable[[], Page]


class Window(QMainWindow):
    """Holds the pages and shows one of them. `searched` asks for the palette, `dropped(path)` tells of a file."""

    searched = Signal()
    dropped = Signal(str)
    page_changed = Signal(str)

    def __init__(self, desk: Desk, local: Local, registry: Registry) -> None:
        super().__init__()
        self.desk = desk
        self.local = local
        self.registry = registry
        self._giving_up = False
        self._make_welcome: Callable[[], QWidget] = QWidget
        self._welcome: QWidget | None = None
        self._message: MessageBar | None = None
        self._toasts: Toasts | None = None
        self._plans: dict[str, PagePlan] = {}
        self._pages: dict[str, Page] = {}
        self._groups: list[tuple[str, list[str]]] = []
        self._foot: list[str] = []
        self._trail: list[tuple[str, int | None]] = []
        self._at = -1
        self._walking = False
        self._soon = QTimer(self, singleShot=True, interval=15)
        self._soon.timeout.connect(self.close)
        self._build()
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)

    @property
    def page(self) -> Page | None:
        """The page shown, None on the welcome page."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    @property
    def plans(self) -> list[PagePlan]:
        """What there is to show, in the order of the sidebar."""
        return list(self._plans.values())

    @property
    def pages(self) -> list[Page]:
        """The pages made so far."""
        return list(self._pages.values())

    @property
    def can_go_back(self) -> bool:
        """Whether there is something to go back to."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one has gone back before."""
        return self._at < len(self._trail) - 1

    def plan_welcome(self, make: Callable[[], QWidget]) -> None:
        """How the page is made that is shown while no office is open."""
        self._make_welcome = make

    def plan_page(self, plan: PagePlan, group: str = "", *, foot: bool = False) -> None:
        """List a page under a group head of the sidebar, or at its foot."""
        self._plans[plan.key] = plan
        if foot:
            self._foot.append(plan.key)
        elif self._groups and self._groups[-1][0] == group:
            self._groups[-1][1].append(plan.key)
        else:
            self._groups.append((group, [plan.key]))
        self.refresh_nav()

    def page_named(self, key: str) -> Page:
        """The page of that key, made when it is wanted first."""
        if key not in self._pages:
            page = self._plans[key].make()
            self._pages[key] = page
            self._stack.addWidget(page)
            page.moved.connect(self._remember_record)
            self.refresh_nav()
            if self.desk.is_open:
                page.begin()
        return self._pages[key]

    def show_welcome(self) -> None:
        """Show the welcome page; there is nothing to walk back to."""
        self._trail, self._at = [], -1
        self._sidebar.setVisible(False)
        self._leave()
        if self._welcome is None:
            self._welcome = self._make_welcome()
            self._stack.addWidget(self._welcome)
        self._stack.setCurrentWidget(self._welcome)
        self._welcome.setFocus()

    def go(self, key: str, record_id: int | None = None) -> None:
        """Show a page, and a record on it."""
        page = self.page_named(key)
        current = self.page
        if current is not None:
            current.flush()
        self._sidebar.setVisible(True)
        if page is not current:
            self._leave()
            self._stack.setCurrentWidget(page)
            page.arrive()
        if record_id is not None:
            page.show_record(record_id)
        self._nav.set_value(key if key not in self._foot else "")
        self._foot_nav.set_value(key if key in self._foot else "")
        self._remember(key, record_id)
        self.local.keep_note(LAST_PAGE, key)
        self.page_changed.emit(key)

    @Slot()
    def back(self) -> None:
        """Go back to what was seen before."""
        self._walk(-1)

    @Slot()
    def forward(self) -> None:
        """Go forward again."""
        self._walk(1)

    @Slot()
    def refresh_nav(self) -> None:
        """Show the pages' names and counts in the sidebar."""
        rows: list[NavRow] = []
        for group, keys in self._groups:
            if group:
                rows.append(NavRow(f"group {group}", group))
            rows += [self._nav_row(key) for key in keys]
        self._nav.set_rows(rows)
        self._foot_nav.set_rows([self._nav_row(key) for key in self._foot])
        self._foot_nav.setFixedHeight(self._foot_nav.sizeHint().height() + px(2))

    def menu_bar(self) -> QMenuBar:
        """The menu bar in the top strip."""
        return self._menu

    def message(self) -> "MessageBar":
        """The bar for what is wrong and stays so until it is mended, made when it is wanted first."""
        if self._message is None:
            from partnerdesk.views.kit.messagebar import MessageBar

            self._message = MessageBar(self._ground)
            self._right.insertWidget(0, self._message)
        return self._message

    def toasts(self) -> "Toasts":
        """Where short news appear, made when there is some."""
        if self._toasts is None:
            from partnerdesk.views.kit.toast import Toasts

            self._toasts = Toasts(self._ground)
        return self._toasts

    def bind_strip(self, back: str, forward: str, undo: str, redo: str) -> None:
        """Let the buttons of the top strip run these commands."""
        for button, command in zip(self._strip_buttons, (back, forward, undo, redo), strict=True):
            self.registry.bind_button(button, command, text=False)

    def search_button(self) -> SearchButton:
        """The field-like button that opens the palette."""
        return self._search

    def closeEvent(self, event: QCloseEvent) -> None:
        flushed = [page.flush() for page in self.pages]
        if not self.desk.idle:
            event.ignore()
            self._soon.start()
            return
        if (self.desk.unsaved or not all(flushed)) and not self._giving_up:
            event.ignore()
            self._ask_whether()
            return
        self.local.keep_shape("window", self.saveGeometry())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sidebar.setFixedWidth(px(RAIL) if self.width() < px(RAIL_BELOW) else px(SIDEBAR))
        self._place_search()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.desk.is_open and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.dropped.emit(url.toLocalFile())
                return

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place_search()

    @Slot(str)
    def _choose(self, key: str) -> None:
        self.go(key)

    @Slot(int)
    def _remember_record(self, record_id: int) -> None:
        page = self.page
        if page is not None and page is self.sender():
            self._remember(page.key, record_id)

    def _remember(self, key: str, record_id: int | None) -> None:
        place = (key, record_id)
        if self._walking or (self._at >= 0 and self._trail[self._at] == place):
            return
        if self._at >= 0 and self._trail[self._at][0] == key and self._trail[self._at][1] is None:
            self._trail[self._at] = place
        else:
            del self._trail[self._at + 1:]
            self._trail.append(place)
            self._at = len(self._trail) - 1
        self.registry.refresh()

    def _walk(self, by: int) -> None:
        if not 0 <= self._at + by < len(self._trail):
            return
        self._at += by
        key, record_id = self._trail[self._at]
        self._walking = True
        self.go(key, record_id)
        self._walking = False
        self.registry.refresh()

    def _ask_whether(self) -> None:
        """Something typed was refused: it would be lost with the window."""
        # dialogs are wanted by few: not before the first list is shown
        from partnerdesk.views.failures_dialog import UnsavedDialog
        from partnerdesk.views.kit.dialogs import DialogShell

        if self.desk.unsaved:
            unsaved = UnsavedDialog(self)
            unsaved.verb_chosen.connect(self._leave_unsaved)
            unsaved.open()
            return
        shell = DialogShell(self, self.tr("Close without saving?"),
                            self.tr("A field is not saved, because what it holds was refused. Closing loses it."))
        shell.add_button(self.tr("Go back to it"))
        shell.add_button(self.tr("Close without it"), "danger", "close")
        shell.verb_chosen.connect(self._give_up)
        shell.open()

    @Slot(str)
    def _give_up(self, _: str) -> None:
        self._giving_up = True
        self.close()

    @Slot(str)
    def _leave_unsaved(self, verb: str) -> None:
        from partnerdesk.views.failures_dialog import SAVE

        if verb == SAVE:
            self.desk.retry()
            self._soon.start()
        else:
            self.desk.give_up()
            self._give_up(verb)

    def _leave(self) -> None:
        if self.page is not None:
            self.page.leave()

    def _nav_row(self, key: str) -> NavRow:
        plan, page = self._plans[key], self._pages.get(key)
        count = page.count if page is not None else None
        return NavRow(key, plan.title, plan.icon, number(count) if count is not None else "",
                      page.badge if page is not None else "")

    def _build(self) -> None:
        ground = QWidget(self)
        self._stack = QStackedWidget(ground)
        self._nav = NavView(self.tr("Pages"), ground)
        self._foot_nav = NavView(self.tr("More pages"), ground)
        for nav in (self._nav, self._foot_nav):
            nav.chosen.connect(self._choose)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_strip(ground))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._make_sidebar(ground))
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        self._right.addWidget(self._stack, 1)
        row.addLayout(self._right, 1)
        column.addLayout(row, 1)
        self.setCentralWidget(ground)
        self._ground = ground

    def _make_strip(self, ground: QWidget) -> QWidget:
        self._strip = Pane("strip", ground)
        self._strip.setFixedHeight(height("top"))
        self._menu = MenuBar(self._strip)
        self._search = SearchButton(self._strip)
        self._search.clicked.connect(self.searched)
        self._strip_buttons = [
            IconButton(Icon.BACK, self.tr("Back"), parent=self._strip),
            IconButton(Icon.FORWARD, self.tr("Forward"), parent=self._strip),
            IconButton(Icon.UNDO, self.tr("Undo"), parent=self._strip),
            IconButton(Icon.REDO, self.tr("Redo"), parent=self._strip),
        ]
        for button in self._strip_buttons:
            button.setEnabled(False)
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(px(8), 0, px(12), 0)
        row.setSpacing(px(2))
        row.addWidget(self._menu, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for button in self._strip_buttons:
            row.addWidget(button)
        return self._strip

    def _make_sidebar(self, ground: QWidget) -> QWidget:
        self._sidebar = Pane("sidebar", ground)
        self._sidebar.setFixedWidth(px(SIDEBAR))
        column = QVBoxLayout(self._sidebar)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(0)
        column.addWidget(self._nav, 1)
        column.addWidget(self._foot_nav)
        self._sidebar.hide()
        return self._sidebar

    def _place_search(self) -> None:
        """The search stands in the middle of the window, as far as the menus leave it room."""
        wide = min(px(380), max(px(180), self.width() - 2 * self._menu.sizeHint().width() - px(40)))
        self._search.setFixedWidth(wide)
        left = max((self.width() - wide) // 2, self._menu.sizeHint().width() + px(16))
        left = min(left, self.width() - wide - px(150))
        if self.isRightToLeft():
            left = self.width() - left - wide
        self._search.move(QPoint(left, (self._strip.height() - self._search.height()) // 2))
        self._search.raise_()


"""A page with a list of lines that are all there, a field that filters them, and a pane for the current one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from partnerdesk.domain.journal import Changes
from partnerdesk.domain.text import fold
from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.models.lines import LinesModel
from partnerdesk.views.data_files import ask_save
from partnerdesk.views.data_table import Foot, LinesTable, TableOrEmpty
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.commands import Command, Key
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Pane, ShortWords
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.page import House, Page, tell_sidebar
from partnerdesk.views.page_count import PageCount

if TYPE_CHECKING:
    from partnerdesk.services.prints import Print

T = TypeVar("T")
STACKS_BELOW = 860


@dataclass(frozen=True, slots=True)
class Paper:
    """Something a page prints: the name of its command, what that is called, and what is printed, None for nothing."""

    name: str
    label: str
    job: "Callable[[], Print | None]"


class LinesPage(Page, Generic[T]):
    """Asks for its lines when it is seen and something they show has changed; all else is done with them here."""

    kinds: tuple[str, ...] = ()
    """The kinds of news after which the lines look different."""
    counting: Callable[[Any], int] | None = None
    """The question for the number beside the page's name, where there is one."""
    sizes = (600, 480)
    """How list and pane share the width at first."""

    def __init__(
        self, house: House, model: Callable[[QObject], LinesModel[T]], detail: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(house, parent)
        self._here, self._stale = False, True
        self._all: list[T] = []
        self._texts: list[str] = []
        self.detail = detail
        self.table = LinesTable(self.title, model(self))
        self.table.setSelectionMode(LinesTable.SelectionMode.SingleSelection)
        self.search = LineEditor(self.tr("Filter this list"))
        self.search.set_leading(Icon.SEARCH)
        self.search.setAccessibleName(self.tr("Filter this list"))
        self.search.setClearButtonEnabled(True)
        self.head = Row(None, (16, 0, 16, 0), 8)
        self._bar = QWidget()
        self.tools = Row(self._bar, (16, 8, 16, 8), 8)
        self.message, self.foot = MessageBar(), Foot()
        self.foot.say_at_right()
        self.export_button = Button(self.tr("Export"), "quiet", small=True, icon=Icon.EXPORT)
        self.print_button = Button(self.tr("Print"), "quiet", small=True, icon=Icon.PRINT)
        self.empty = EmptyView(self.icon, "")
        counting = type(self).counting
        self._count = PageCount(house.desk, self.kinds, counting, self) if counting is not None else None
        self.body = TableOrEmpty(self.table, self.empty)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._build()
        self._wire()

    @property
    def count(self) -> int | None:
        return self._count.number if self._count is not None else None

    @property
    def lines(self) -> Sequence[T]:
        """All lines, those that a filter hides included."""
        return self._all

    @property
    def has_something(self) -> bool:
        """Whether there is anything to filter and to show in the pane."""
        return bool(self._all)

    @property
    def first_row(self) -> int:
        """The row that is current at first."""
        return 0

    @property
    def record_menu(self) -> Sequence[str | None]:
        return [f"{self.key}.{paper.name}" for paper in self.papers()]

    def papers(self) -> Sequence[Paper]:
        """What can be printed here; the keys of printing print the first, the button below the list the last."""
        return ()

    def question(self) -> Callable[[Any], Any]:
        """The question that the page asks."""
        raise NotImplementedError

    def take(self, answer: Any) -> Sequence[T]:
        """The lines of an answer that has come."""
        raise NotImplementedError

    def many_lines(self, answer: Any) -> Sequence[T]:
        """The same lines where they may be many: their words are read beside the window."""
        return ()

    def search_text(self, line: T) -> str:
        """The words by which a line is found."""
        raise NotImplementedError

    def chosen(self, lines: list[T]) -> list[T]:
        """The lines to show, in their order, of those that the words in the field find."""
        return lines

    def export_rows(self, lines: Sequence[T]) -> tuple[list[str], list[list[object]]]:
        """Header and rows for a spreadsheet."""
        raise NotImplementedError

    def tell(self) -> None:
        """The lines shown or the current one are others: say so in foot and pane."""
        raise NotImplementedError

    def begin(self) -> None:
        if self._count is not None:
            self._count.ask()
        self.renew()

    def arrive(self) -> None:
        self._here = True
        self.renew()
        self.table.setFocus()

    def leave(self) -> None:
        self.flush()
        self._here = False

    def show_line(self, line: str) -> None:
        self.search.setText(line)

    @Slot()
    def renew(self) -> None:
        """Ask for the lines where they are stale; unseen it waits."""
        if self._here and self._stale and self.house.desk.is_open:
            self._stale = False
            ask = self.question()

            def read(reader: Any) -> tuple[Any, list[str]]:
                answer = ask(reader)
                return answer, self._words_of(self.many_lines(answer))

            self.house.desk.ask(read, self._take, key=(self, "lines"))

    def ask_again(self) -> None:
        """Ask for the lines anew: what is asked for has changed."""
        self._stale = True
        self.renew()

    @Slot()
    def export(self) -> None:
        """Save the lines shown as a spreadsheet."""
        head, rows = self.export_rows(self.table.lines.lines)
        ask_save(self, self.house.desk, self.title, head, rows).told.connect(self._told)

    @Slot()
    def print_lines(self) -> None:
        """Preview what the button below the list prints."""
        self._print(self.papers()[-1])

    @Slot()
    def enter_detail(self) -> None:
        """Go on in the pane of the current line."""
        self.detail.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def find_line(self) -> None:
        """Put the keyboard into the field that filters."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def show_lines(self) -> None:
        """Show the lines that the filters leave."""
        words = fold(self.search.text()).split()
        found = self._all
        if words:
            found = [line for line, text in zip(found, self._texts, strict=True) if all(w in text for w in words)]
        self.table.show_lines(self.chosen(found))
        if self.table.current is None and self.table.lines.lines:
            self.table.select_row(self.first_row)
        self.body.show_empty(not self._all)
        self._bar.setVisible(self.has_something)
        self.detail.setVisible(self.has_something)
        self.export_button.setVisible(bool(self.table.lines.lines))
        self.print_button.setVisible(bool(self.table.lines.lines and self.papers()))
        if self.papers():
            self.house.registry.refresh()
        self.tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(STACKS_BELOW)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() != way:
            self._split.setOrientation(way)
            self._split.setSizes([px(300), px(240)] if narrow else [px(size) for size in self.sizes])

    def _build(self) -> None:
        ground = Pane("surface", self)
        title = ShortWords(self.title, "title")
        Measured(title, height_min=tokens.HEIGHTS["page_header"])
        self.head.addWidget(title, 1)
        self.tools.addWidget(self.search, 1)
        left = Pane("surface")
        column = Column(left)
        column.addLayout(self.head)
        notice = Row(None, (16, 0, 16, 0), 0)
        notice.addWidget(self.message)
        column.addLayout(notice)
        column.addWidget(self._bar)
        column.addWidget(self.body, 1)
        self.foot.add(self.export_button)
        self.foot.add(self.print_button)
        column.addWidget(self.foot)
        Measured(left, width_min=340)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(self.detail)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([px(size) for size in self.sizes])
        Column(ground).addWidget(self._split, 1)
        Column(self).addWidget(ground, 1)
        self.setFocusProxy(self.table)

    def _wire(self) -> None:
        desk = self.house.desk
        desk.changed.connect(self._hear)
        desk.opened.connect(self._opened)
        desk.closed.connect(self._closed)
        if self._count is not None:
            self._count.counted.connect(self._tell_sidebar)
        self.search.textChanged.connect(self.show_lines)
        self.table.picked.connect(self.tell)
        self.table.opened.connect(self.enter_detail)
        self.export_button.clicked.connect(self.export)
        self.message.acted.connect(self._dismiss)
        find = Command(f"{self.key}.find", self.tr("Filter this list"), self.find_line, Icon.SEARCH,
                       (QKeySequence.StandardKey.Find,), group=self.title, scope=self.key, in_palette=False)
        self.house.registry.add(find, self)
        self.print_button.clicked.connect(self.print_lines)
        keys: tuple[Key, ...] = (QKeySequence.StandardKey.Print, "Ctrl+Shift+P")
        for n, paper in enumerate(self.papers()):
            self.house.registry.add(
                Command(f"{self.key}.{paper.name}", paper.label, partial(self._print, paper), Icon.PRINT,
                        () if n else keys, group=self.title, scope=self.key, enabled=self._has_lines), self)

    def _print(self, paper: Paper) -> None:
        job = paper.job()
        if job is not None:
            self.flush()
            self.house.print_it(job)

    def _has_lines(self) -> bool:
        return bool(self.table.lines.lines)

    def _take(self, found: tuple[Any, list[str]]) -> None:
        answer, texts = found
        self._all = list(self.take(answer))
        self._texts = texts or self._words_of(self._all)
        self.show_lines()

    def _words_of(self, lines: Sequence[T]) -> list[str]:
        return [fold(self.search_text(line)) for line in lines]

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if any(changes.ids(kind) for kind in self.kinds):
            self.ask_again()

    @Slot()
    def _opened(self) -> None:
        self.ask_again()

    @Slot()
    def _closed(self) -> None:
        self._all, self._texts, self._stale = [], [], True
        self.search.clear()
        self.show_lines()

    @Slot()
    def _tell_sidebar(self) -> None:
        tell_sidebar(self)

    @Slot(str, str)
    def _told(self, kind: str, sentence: str) -> None:
        self.message.show_message("danger" if kind == "danger" else "info", sentence, "", self.tr("Dismiss"), "dismiss")

    @Slot(str)
    def _dismiss(self, _: str) -> None:
        self.message.clear()

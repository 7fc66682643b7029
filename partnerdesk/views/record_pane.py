"""A pane that shows one record in a head and tabs, saved field by field; people and cohorts have theirs in common."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.look.cells import Chip
from partnerdesk.look.icons import Icon
from partnerdesk.models.followups import count_words
from partnerdesk.views.detail import DetailPane, UndoFoot
from partnerdesk.views.followup_work import FollowUpWork
from partnerdesk.views.form_work import Edit, FormWork
from partnerdesk.views.historypane import HistoryPane
from partnerdesk.views.kit.buttons import IconButton
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import ChipLabel, IconLabel, Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Flow, Row
from partnerdesk.views.kit.messagebar import ChoiceBar
from partnerdesk.views.kit.tabs import Tab, Tabs
from partnerdesk.views.partroom import PartRoom as PartRoom

FillMenu = Callable[[QMenu, Sequence[str | None]], None]
FOLLOWUPS = "followups"


class Part(Protocol):
    """What one tab shows."""

    def renew(self, fresh: bool) -> None:
        """Show what the record says now; `fresh` when it is another one."""

    def flush(self) -> bool:
        """Commit what is being typed in fields of its own."""

    def set_locked(self, reason: str) -> None:
        """Readable only, or open again with ""."""

    def focus_first(self) -> None:
        """Put the cursor into the first field."""


class HistoryPart(HistoryPane):
    """The History tab: asked for when it is looked at. `roots` are the records it is of."""

    def __init__(self, desk: Desk, roots: Callable[[], Sequence[tuple[str, int]]]) -> None:
        super().__init__(desk)
        self._roots = roots

    def renew(self, fresh: bool) -> None:
        """Ask again if it is seen."""
        if self.isVisible():
            self.ask()

    def ask(self) -> None:
        """Ask for the history."""
        roots = self._roots()
        if roots:
            self.show_roots(roots)

    def flush(self) -> bool:
        """Nothing is typed here."""
        return True

    def set_locked(self, reason: str) -> None:
        """Nothing is written here."""

    def focus_first(self) -> None:
        """Put the keyboard into the list."""
        self.setFocus()


class RecordHead(QWidget):
    """Back, name, second line, where, chips, print and the menu."""

    def __init__(self, place: Icon, print_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        column = Column(self, (16, 12, 16, 2), 3)
        self.back = IconButton(Icon.BACK, self.tr("Back to the list"), parent=self)
        self.back.hide()
        self._name = Words("", "record", wrap=True)
        self._second = ShortWords("", "second", "text2")
        self.print = IconButton(Icon.PRINT, print_name, parent=self)
        self.more = IconButton(Icon.MORE, self.tr("More"), parent=self)
        names = Column(None, (0, 3, 0, 0), 0)
        names.addWidget(self._name)
        names.addWidget(self._second)
        top = Row(None, 0, 4)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(names, 1)
        top.addWidget(self.print, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        self._where_row = QWidget(self)
        where = Row(self._where_row, 0, 5)
        where.addWidget(IconLabel(place, "muted", 13, 2.0))
        self._where = ShortWords("", "small", "text2")
        where.addWidget(self._where, 1)
        column.addWidget(self._where_row)
        self._chip_row = QWidget(self)
        self._chips = Flow(self._chip_row, 6)
        column.addSpacing(4)
        column.addWidget(self._chip_row)
        column.addSpacing(4)

    def show_names(self, name: str, second: str, where: str) -> None:
        """Show who or what it is; empty lines take no room."""
        self._name.setText(name)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self._where.setText(where)
        self._where_row.setVisible(bool(where))

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show the states."""
        while self._chips.count():
            item = self._chips.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for chip in chips:
            self._chips.addWidget(ChipLabel(chip.kind, chip.word, chip.icon))
        self._chip_row.setVisible(bool(chips))


class RecordPane(DetailPane):
    """One record. `open_record(page, id)` leads to another one, `print_wanted(id)` to its paper.

    A subclass gives the work, the parts of its tabs by key, their titles, and fills the head. Where the work names
    the kind of its records, the follow-ups about them have a tab of their own before the history.
    """

    open_record = Signal(str, int)
    print_wanted = Signal(int)
    icon = Icon.PEOPLE
    place_icon = Icon.PLACE
    prints = False

    def __init__(
        self, desk: Desk, more: Sequence[str | None], fill_menu: FillMenu, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.foot = UndoFoot(desk, self)
        self.work = self.make_work()
        self._more, self._fill_menu = more, fill_menu
        self._parts: dict[str, Part] = {}
        self.follow = FollowUpWork(desk, self.work.kind, self) if self.work.kind else None
        self._makers = self._all_makers()
        self._to_enter = False
        self._theirs: Edit | None = None
        self._build()
        self.work.renewed.connect(self._renew)
        self.work.failed.connect(self._say_failed)
        self.work.conflicted.connect(self._ask_whose)
        if self.follow is not None:
            self.follow.renewed.connect(self._count_followups)
        self._renew(True)

    @property
    def record_id(self) -> int | None:
        return self.work.record_id

    @property
    def tab(self) -> str:
        """The tab shown."""
        return self.tabs.value

    def make_work(self) -> FormWork:
        """What asks for the record and writes its fields."""
        raise NotImplementedError

    def makers(self) -> Mapping[str, Callable[[], QWidget]]:
        """What makes the part of each tab, in their order."""
        raise NotImplementedError

    def titles(self) -> Sequence[Tab]:
        """The tabs with what stands beside their titles."""
        raise NotImplementedError

    def fill_head(self, head: RecordHead) -> None:
        """Show in the head what the record says."""
        raise NotImplementedError

    def select_words(self) -> str:
        """What is said where no record is selected."""
        raise NotImplementedError

    def print_words(self) -> str:
        """What the print button does."""
        raise NotImplementedError

    def parts_words(self) -> str:
        """What the row of tabs is called."""
        raise NotImplementedError

    def part(self, key: str) -> Part:
        """What a tab shows, made now if it is not there yet."""
        if key not in self._parts:
            made = self._makers[key]()
            self._parts[key] = part = cast(Part, made)
            self._stack.addWidget(made)
            if self.work.about is not None:
                self.work.fill(False)
                part.renew(True)
            part.set_locked(self._lock_reason())
        return self._parts[key]

    def show_record(self, record_id: int | None) -> None:
        if record_id == self.record_id and record_id is not None:
            return
        self.flush()
        self.work.show_id(record_id)

    def enter(self, record_id: int) -> None:
        """Show a record just made, and put the cursor into its first field once it is there."""
        self._to_enter = True
        self.show_record(record_id)

    def flush(self) -> bool:
        flushed = [part.flush() for part in self._parts.values()]
        return self.work.flush() and all(flushed)

    def set_back(self, shown: bool) -> None:
        self.head.back.setVisible(shown)

    def set_awake(self, awake: bool) -> None:
        self.work.set_awake(awake)
        if self.follow is not None:
            self.follow.set_awake(awake)

    def focus_first(self) -> None:
        self._to_enter = self.work.about is None and self.record_id is not None
        if self.work.about is not None:
            self.part(self.tab).focus_first()

    def make_more(self) -> bool:
        for key in self._makers:
            if key not in self._parts:
                self.part(key)
                return True
        return False

    def show_tab(self, key: str) -> None:
        """Show one of the tabs."""
        self.tabs.set_value(key)
        self._choose_tab(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            keys = list(self._makers)
            at = keys.index(self.tab) + step
            if 0 <= at < len(keys):
                self.show_tab(keys[at])
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setProperty("pane", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages = QStackedWidget(self)
        self._nothing = EmptyView(self.icon, self.select_words())
        self._whole = Pane("surface")
        whole = Column(self._whole, 0, 0)
        self.head = RecordHead(self.place_icon, self.print_words(), self._whole)
        self.head.back.clicked.connect(self.back_wanted)
        self.head.print.clicked.connect(self._want_print)
        self.head.print.setVisible(self.prints)
        self.head.more.clicked.connect(self._open_menu)
        self.tabs = Tabs(self.parts_words(), density="pane", inset=16, parent=self._whole)
        self.tabs.chosen.connect(self._choose_tab)
        self._stack = QStackedWidget(self._whole)
        for piece in (self.head, self.tabs, self._make_bars()):
            whole.addWidget(piece)
        whole.addWidget(self._stack, 1)
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self._whole)
        column = Column(self, 0, 0)
        column.addWidget(self._pages, 1)
        column.addWidget(self.foot)

    def _make_bars(self) -> QWidget:
        self._bars = QWidget(self._whole)
        self._bars.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = Column(self._bars, (16, 10, 16, 0), 8)
        self.trouble = ChoiceBar(self.tr("Dismiss"))
        self.trouble.second_acted.connect(self._dismiss)
        self.whose = ChoiceBar(self.tr("Take theirs"))
        self.whose.acted.connect(self._keep_mine)
        self.whose.second_acted.connect(self._take_theirs)
        for bar in (self.whose, self.trouble):
            column.addWidget(bar)
        self._bars.hide()
        return self._bars

    def _all_makers(self) -> Mapping[str, Callable[[], QWidget]]:
        makers = dict(self.makers())
        if self.follow is None:
            return makers
        history = makers.pop("history", None)
        makers[FOLLOWUPS] = self._make_followups
        return makers if history is None else {**makers, "history": history}

    def _all_titles(self) -> list[Tab]:
        tabs = list(self.titles())
        if self.follow is not None:
            at = next((n for n, tab in enumerate(tabs) if tab.key == "history"), len(tabs))
            tabs.insert(at, Tab(FOLLOWUPS, self.tr("Follow-ups"), count_words(self.follow.followups)))
        return tabs

    def _make_followups(self) -> QWidget:
        from partnerdesk.views.followup_section import FollowUpSection

        assert self.follow is not None
        section = FollowUpSection(self.follow, self.foot)
        section.told.connect(self._say_untold)
        return section

    @Slot(bool)
    def _count_followups(self, _: bool) -> None:
        if self.work.about is not None:
            self.tabs.set_tabs(self._all_titles())

    @Slot(str)
    def _say_untold(self, sentence: str) -> None:
        self._say_failed(sentence, "")

    @Slot(bool)
    def _renew(self, fresh: bool) -> None:
        if self.follow is not None:
            self.follow.show_about(self.record_id)
        if self.work.about is None:
            self._pages.setCurrentWidget(self._nothing)
            return
        self.fill_head(self.head)
        self.tabs.set_tabs(self._all_titles())
        if not self.tabs.value:
            self.tabs.set_value(next(iter(self._makers)))
        if fresh:
            self._theirs = None
            self.whose.clear()
            self.trouble.clear()
            self._fit_bars()
        self._stack.setCurrentWidget(cast(QWidget, self.part(self.tab)))
        for part in self._parts.values():
            part.renew(fresh)
            part.set_locked(self._lock_reason())
        self._pages.setCurrentWidget(self._whole)
        if self._to_enter:
            self.focus_first()

    def _lock_reason(self) -> str:
        return self.tr("This office is open for reading only.") if self.desk.read_only else ""

    @Slot(str)
    def _choose_tab(self, key: str) -> None:
        self.flush()
        part = self.part(key)
        self._stack.setCurrentWidget(cast(QWidget, part))
        if isinstance(part, HistoryPart):
            part.ask()

    @Slot()
    def _want_print(self) -> None:
        if self.record_id is not None:
            self.flush()
            self.print_wanted.emit(self.record_id)

    @Slot()
    def _open_menu(self) -> None:
        self.flush()
        menu = QMenu(self)
        self._fill_menu(menu, self._more)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.head.more.mapToGlobal(self.head.more.rect().bottomLeft()))

    @Slot(str, str)
    def _say_failed(self, sentence: str, fix: str) -> None:
        self.trouble.show_message("danger", self.tr("Not done:"), f"{sentence} {fix}".strip())
        self._fit_bars()

    @Slot()
    def _dismiss(self) -> None:
        self.trouble.clear()
        self._fit_bars()

    @Slot(object)
    def _ask_whose(self, edit: Edit) -> None:
        self._theirs = edit
        self.whose.show_message("warn", self.tr("Somebody else changed this field meanwhile."),
                                self.tr("What you typed is not saved."), self.tr("Keep mine"))
        self._fit_bars()

    @Slot()
    def _keep_mine(self) -> None:
        self._settle(self.work.keep_mine)

    @Slot()
    def _take_theirs(self) -> None:
        self._settle(self.work.take_theirs)

    def _settle(self, way: Callable[[Edit], Any]) -> None:
        edit, self._theirs = self._theirs, None
        self.whose.clear()
        self._fit_bars()
        if edit is not None:
            way(edit)

    def _fit_bars(self) -> None:
        self._bars.setVisible(not (self.whose.isHidden() and self.trouble.isHidden()))

"""The page an office opens every morning: what wants doing, why, when, and one button each that does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.today import DayWork, Item
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import HEIGHTS, px
from partnerdesk.look.words import number
from partnerdesk.models.today import TodayModel
from partnerdesk.models.today_words import day_line, greeting, week_day
from partnerdesk.services import today
from partnerdesk.services.today import Beside
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.commands import Command
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Pane, ShortWords
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.page import House, Page
from partnerdesk.views.today_counters import NARROW, NARROWEST, Counters
from partnerdesk.views.today_deeds import TodayDeeds
from partnerdesk.views.today_dialogs import NewFollowUp
from partnerdesk.views.today_list import TodayList
from partnerdesk.views.today_side import WIDE, WIDTH, TodaySide

if TYPE_CHECKING:
    from partnerdesk.views.agenda import AgendaView

VIEW_NOTE: Final = "today/view"
STACKS_BELOW: Final = 900
WIDE_FROM: Final = 1800
LEAST_LIST, STACKED_LIST = 130, 260
AFTER_MS: Final = 60
QUALITY_MS: Final = 4000
_GREETING: Final = 130
_OF_NOTICE: Final = frozenset({
    "agreement", "partner", "stay", "person", "project", "visit", "followup", "snooze", "appointment", "call",
    "partnership"})


class TodayPage(Page):
    """Today: counters, the list by urgency, the days ahead beside it; or the calendar of all dated things."""

    key = "today"
    icon = Icon.TODAY

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self.model = TodayModel(self)
        self._who = ""
        self._people: list[str] = []
        self._awake = False
        self._badge = 0
        self._filled = False
        self._asking = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._asking.timeout.connect(self._ask)
        self._checking = QTimer(self, singleShot=True, interval=QUALITY_MS)
        self._checking.timeout.connect(self._check)
        self._build()
        self.deeds = TodayDeeds(house, self.model, self.list, self)
        self._add_commands()
        self._wire()
        self._greet()

    @property
    def title(self) -> str:
        return self.tr("Today")

    @property
    def badge(self) -> str:
        """How many things are overdue or due this week."""
        return number(self._badge) if self._badge else ""

    @property
    def is_following(self) -> bool:
        """Whether it is about to ask anew."""
        return self._asking.isActive()

    @property
    def record_menu(self) -> Sequence[str | None]:
        return "today.fix", "today.open", "today.snooze", None, "today.new"

    def begin(self) -> None:
        self._asking.start()

    def arrive(self) -> None:
        self._awake = True
        self._greet()
        self._asking.start()
        self._checking.start()
        self.show_view(self.house.local.note(VIEW_NOTE) or "list")

    def leave(self) -> None:
        self._awake = False
        if self.agenda is not None:
            self.agenda.set_awake(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _build(self) -> None:
        ground = Pane("surface", self)
        Column(self, 0, 0).addWidget(ground)
        column = Column(ground, 0, 0)
        column.addWidget(self._make_head())
        self._stack = QStackedWidget(ground)
        column.addWidget(self._stack, 1)
        self._day = Pane("surface")
        body = Column(self._day, 0, 0)
        self.counters = Counters(self._day)
        self.counters.chosen.connect(self._counter_chosen)
        top = Pane("header", self._day)
        Column(top, 0, 0).addWidget(self.counters)
        body.addWidget(top)
        self._middle = Row(None, 0, 0)
        self.list = TodayList(self.tr("What wants doing"), self.model, self._day)
        self.empty = EmptyView(Icon.TODAY, "", parent=self._day)
        self.empty.chosen.connect(self._first_step)
        self.empty.hide()
        self._main = QWidget(self._day)
        main = Column(self._main, 0, 0)
        main.addWidget(self.list, 1)
        main.addWidget(self.empty, 1)
        self.side = TodaySide(self._day)
        self._middle.addWidget(self._main, 1)
        self._middle.addWidget(self.side)
        body.addLayout(self._middle, 1)
        self._stack.addWidget(ScrollRoom(self._day, self._stack))
        self.agenda: AgendaView | None = None

    def _make_head(self) -> QWidget:
        head = QWidget(self)
        Measured(head, height_min=HEIGHTS["page_header_two"])
        row = Row(head, (16, 0, 16, 0), 8)
        words = Column(None, (0, 8, 0, 8), 0)
        self._hello = ShortWords("", "title", parent=head)
        self._date = ShortWords("", "small", "muted", parent=head)
        words.addWidget(self._hello)
        words.addWidget(self._date)
        row.addLayout(words, 1)
        self._view = Segmented(self.tr("View"), (
            ("list", self.tr("List")), ("month", self.tr("Month")), ("week", self.tr("Week"))), head)
        row.addWidget(self._view)
        self._mine = Button(self.tr("Everybody"), icon=Icon.FILTER, parent=head)
        self._mine.clicked.connect(self._offer_people)
        row.addWidget(self._mine)
        self._new = Button(self.tr("New follow-up"), "primary", icon=Icon.ADD, parent=head)
        row.addWidget(self._new)
        return head

    def _lay(self) -> None:
        """Beside each other, or beneath each other in a narrow window."""
        width = self.window().width()
        stacked = width < px(STACKS_BELOW)
        narrow = stacked or self.width() < px(760)
        self.counters.set_columns(
            NARROWEST if self.width() < px(420) else NARROW if narrow else len(self.counters.cards))
        self._middle.setDirection(Row.Direction.TopToBottom if stacked else Row.Direction.LeftToRight)
        self.list.setMinimumHeight(px(STACKED_LIST if stacked else LEAST_LIST))
        self.side.set_stacked(stacked, px(WIDE if width >= px(WIDE_FROM) else WIDTH))
        self._fit_head()

    def _fit_head(self) -> None:
        """Words leave the buttons, then the greeting goes, where the head is too narrow for all of it."""
        room = self.width() - 2 * px(16) - self._view.sizeHint().width()
        self._new.setText(self.tr("New follow-up"))
        self._mine.setText(self._mine_word())
        buttons = self._new.sizeHint().width() + self._mine.sizeHint().width() + 3 * px(8)
        if room < buttons + px(_GREETING):
            self._new.setText("")
            self._mine.setText("")
            buttons = self._new.sizeHint().width() + self._mine.sizeHint().width() + 3 * px(8)
        for words in (self._hello, self._date):
            words.setVisible(room >= buttons + px(_GREETING))
        for button, name in ((self._new, self.tr("New follow-up")), (self._mine, self._mine_word())):
            button.setAccessibleName(name)
            button.setToolTip("" if button.text() else name)

    def _add_commands(self) -> None:
        scope, group, registry = "today", self.tr("Record"), self.house.registry
        registry.add_all((
            Command("today.new", self.tr("New follow-up"), self.new_followup, Icon.ADD, (QKeySequence.StandardKey.New,),
                    scope, group, self._can_write),
            Command("today.fix", self.tr("Do it"), self._fix_current, Icon.TICK, ("Ctrl+Return",), scope, group,
                    self._has_current),
            Command("today.open", self.tr("Open the record"), self._open_current, Icon.OPEN_LINK, (), scope, group,
                    self._has_current),
            Command("today.snooze", self.tr("Put off…"), self._snooze_current, Icon.SNOOZE, (), scope, group,
                    self._has_current),
            Command("today.mine", self.tr("Only mine"), self._toggle_mine, Icon.FILTER, ("Ctrl+M",), scope, group),
        ), self)
        registry.bind_button(self._new, "today.new", text=False)

    def _wire(self) -> None:
        self._view.chosen.connect(self.show_view)
        self.list.toggled.connect(self.model.toggle_aside)
        self.side.day_chosen.connect(self._day_chosen)
        self.side.stay_chosen.connect(self._stay_chosen)
        self.side.moving_wanted.connect(self._moving_wanted)
        self.side.places_wanted.connect(self._places_wanted)
        self.house.desk.changed.connect(self._hear)
        self.house.desk.opened.connect(self._opened)
        self.house.desk.closed.connect(self._forget)

    @Slot(str)
    def show_view(self, view: str) -> None:
        """Show the list, or the calendar of a month or a week."""
        self._view.set_value(view)
        self.house.local.keep_note(VIEW_NOTE, view)
        if view == "list":
            self._stack.setCurrentIndex(0)
            self.list.setFocus()
        else:
            calendar = self._calendar()
            calendar.show_span(view == "month", self._who)
            self._stack.setCurrentWidget(calendar)
            calendar.grid.setFocus()
        if self.agenda is not None:
            self.agenda.set_awake(self._awake and view != "list")

    def _calendar(self) -> AgendaView:
        if self.agenda is None:
            from partnerdesk.views.agenda import AgendaView

            self.agenda = AgendaView(self.house, self._stack)
            self.agenda.new_wanted.connect(self._new_on)
            self._stack.addWidget(self.agenda)
        return self.agenda

    def show_who(self, who: str) -> None:
        """Show what one person is responsible for, "" for everybody's."""
        self._who = who
        self._fit_head()
        self._asking.start()
        if self.agenda is not None:
            self.agenda.show_span(self._view.value == "month", who)

    def _mine_word(self) -> str:
        mine = self._who and self._who == self.house.desk.who
        return self.tr("Mine only") if mine else self._who or self.tr("Everybody")

    @Slot()
    def new_followup(self) -> None:
        """Ask what is to be done."""
        self._new_on(None)

    @Slot(object)
    def _new_on(self, due: date | None) -> None:
        if self.deeds.can_write:
            dialog = NewFollowUp(self, self._people, self._who or self.house.desk.who, due)
            dialog.wanted.connect(self._add_followup)
            dialog.open()

    @Slot()
    def _ask(self) -> None:
        """Ask for the first things at once and for all of them beside the window's work."""
        desk = self.house.desk
        if not desk.is_open:
            return
        who, path = self._who, desk.path
        if not self._filled:
            desk.ask(lambda reader: today.first_work(reader, who), self._take_first, key=(self, "first"))

        def job(office: Any, _: Any) -> tuple[str, DayWork, Beside, list[str]]:
            with office.read() as reader:
                return (who, today.day_work(reader, who, path), today.beside(reader),
                        today.responsible_people(reader))

        desk.work(job, self._take_all)

    def _take_first(self, work: DayWork) -> None:
        if not self._filled:
            self._show(work)

    def _take_all(self, answer: tuple[str, DayWork, Beside, list[str]]) -> None:
        who, work, beside, self._people = answer
        if who != self._who:
            return
        self._filled = True
        self._show(work)
        self.counters.show_counters(beside.counters)
        self.side.show_beside(beside)
        if self._badge != work.pressing:
            self._badge = work.pressing
            refresh = getattr(self.window(), "refresh_nav", None)
            if refresh is not None:
                refresh()

    def _show(self, work: DayWork) -> None:
        current = self.model.item_at(self.list.currentIndex().row())
        row = self.list.currentIndex().row()
        self.model.set_work(work)
        self.side.show_items(work.items, work.today)
        self._say_empty(work)
        if current is not None:
            there = self.model.row_of(current.key)
            self.list.select_row(there if there >= 0 else self._near(row))

    def _near(self, row: int) -> int:
        """The row of a thing that stands where another stood."""
        last: int = self.model.rowCount() - 1
        places = (*range(min(row, last), last + 1), *range(min(row, last), -1, -1))
        return next((place for place in places if self.model.item_at(place) is not None), -1)

    def _say_empty(self, work: DayWork) -> None:
        nothing = not self.model.n and not work.aside
        self.list.setVisible(not nothing)
        self.empty.setVisible(nothing)
        if not nothing:
            return
        if self._who:
            self.empty.show_case(self.tr("Nothing to do for {name}.").format(name=self._who))
            return
        self.house.desk.ask(today.is_bare, self._tell_empty, key=(self, "empty"))

    def _tell_empty(self, bare: bool) -> None:
        if bare and not self.house.desk.read_only:
            self.empty.show_case(
                self.tr("Nothing to do yet. Bring in your list, and what wants doing is found in it."),
                self.tr("Import a spreadsheet"), "", self.tr("Look at the sample office"))
        else:
            self.empty.show_case(self.tr("Nothing overdue, and nothing due in the time ahead."))

    @Slot(str)
    def _first_step(self, which: str) -> None:
        if which == "primary":
            self.house.import_spreadsheet()
        elif which == "link":
            open_sample = getattr(self.house, "open_sample", None)
            if open_sample is not None:
                open_sample()

    @Slot()
    def _check(self) -> None:
        """Look what the data lacks, when nothing else is under way: it reads every record."""
        if not self.house.desk.is_open or self._who:
            return

        def job(office: Any, _: Any) -> Item | None:
            with office.read() as reader:
                return today.quality_item(reader)

        self.house.desk.work(job, self._take_quality)

    def _take_quality(self, item: Item | None) -> None:
        if not self._who:
            self.model.set_extra("quality", item)

    def _greet(self) -> None:
        self._hello.setText(greeting(self.house.desk.who))
        self._date.setText(day_line(clock.today()))

    def _can_write(self) -> bool:
        return self.deeds.can_write

    def _has_current(self) -> bool:
        return self.deeds.current is not None

    @Slot()
    def _fix_current(self) -> None:
        self.deeds.fix(self.list.currentIndex().row())

    @Slot()
    def _open_current(self) -> None:
        self.deeds.open(self.list.currentIndex().row())

    @Slot()
    def _snooze_current(self) -> None:
        self.deeds.offer_days(self.list.currentIndex().row())

    @Slot()
    def _toggle_mine(self) -> None:
        self.show_who("" if self._who else self.house.desk.who)

    @Slot()
    def _offer_people(self) -> None:
        menu = QMenu(self)
        mine = self.house.desk.who
        names = ["", *([mine] if mine else []), *(name for name in self._people if name != mine)]
        for name in names:
            words = self.tr("Everybody") if not name else self.tr("Only mine ({name})").format(
                name=name) if name == mine else name
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(name == self._who)
            action.setData(name)
        menu.triggered.connect(self._person_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._mine.mapToGlobal(QPoint(0, self._mine.height() + 2)))

    @Slot(QAction)
    def _person_chosen(self, action: QAction) -> None:
        self.show_who(str(action.data()))

    def _add_followup(self, fields: dict[str, Any]) -> None:
        from partnerdesk.services.followups import add_followup, new_followup

        self.deeds.do(add_followup(new_followup("", 0, **fields)))

    @Slot(str)
    def _counter_chosen(self, key: str) -> None:
        pages = {"abroad": ("abroad", ""), "arriving": ("stays", today.ARRIVING),
                 "ending": ("agreements", today.ENDING), "papers": ("stays", today.MISSING),
                 "late": ("projects", today.LATE)}
        page, line = pages[key]
        if line:
            self.house.show_filtered(page, line)
        else:
            self.house.go(page)

    @Slot(object)
    def _day_chosen(self, on: date) -> None:
        """Go to the first thing that is due on a day."""
        first = next((item for item in self.model.shown_items if item.when == on), None)
        if first is not None:
            self.list.select_row(self.model.row_of(first.key))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setAccessibleDescription(self.tr("Nothing is due on {day}").format(day=week_day(on)))

    @Slot(int)
    def _stay_chosen(self, stay_id: int) -> None:
        self.house.go("stays", stay_id)

    @Slot()
    def _moving_wanted(self) -> None:
        self.house.show_filtered("stays", "starts<30d phase:accepted,preparing")

    @Slot()
    def _places_wanted(self) -> None:
        self.house.go("places")

    @Slot()
    def _opened(self) -> None:
        self._forget()
        self._asking.start()

    @Slot()
    def _forget(self) -> None:
        self._filled = False
        self._badge = 0
        self.model.set_extra("quality", None)
        self.model.set_work(DayWork(clock.today()))

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if any(changes.ids(kind) for kind in _OF_NOTICE):
            self._asking.start()

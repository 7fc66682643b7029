"""The calendar beside the day's list: a month or a week of all that has a day, with ways to turn and to enter."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.agenda import Dated
from partnerdesk.domain.appointment_rules import Occurrence
from partnerdesk.look.icons import Icon, icon
from partnerdesk.look.tokens import HEIGHTS
from partnerdesk.models.agenda import ICONS, AgendaModel, entry_words
from partnerdesk.models.today_words import PAGES
from partnerdesk.services import agenda
from partnerdesk.services.appointments import appointments_between
from partnerdesk.views.agenda_grid import AgendaGrid
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.labels import ShortWords
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.page import House


class AgendaView(QWidget):
    """The calendar. `new_wanted(date)` when something is to be entered on a day."""

    new_wanted = Signal(object)

    def __init__(self, house: House, parent: QWidget) -> None:
        super().__init__(parent)
        self._house = house
        self.model = AgendaModel(house.desk, self)
        self.grid = AgendaGrid(self.model, self)
        column = Column(self, 0, 0)
        column.addWidget(self._make_bar())
        column.addWidget(ScrollRoom(self.grid, self), 1)
        self.grid.opened.connect(self._open)
        self.grid.day_opened.connect(self._list_day)
        self.grid.moved.connect(self._move)
        self.grid.turned.connect(self._turn)
        self.grid.empty_chosen.connect(self.new_wanted)
        self.model.changed.connect(self._say)
        self._say()

    def show_span(self, by_month: bool, who: str) -> None:
        """Show the month or the week around the day shown, everybody's or one person's."""
        self.model.show(self.model.at, by_month=by_month, who=who)

    def set_awake(self, awake: bool) -> None:
        """Ask only while it is seen."""
        self.new_button.setVisible(not self._house.desk.read_only)
        self.model.set_awake(awake)

    def show_day(self, at: date) -> None:
        """Go to a day."""
        self.model.show(at)
        self.grid.go_to(at)

    def _make_bar(self) -> QWidget:
        bar = QWidget(self)
        Measured(bar, height_min=HEIGHTS["filter_bar"])
        row = Row(bar, (16, 0, 16, 8), 8)
        self._title = ShortWords("", "section", parent=bar)
        row.addWidget(self._title, 1)
        today = Button(self.tr("Today"), small=True, parent=bar)
        today.clicked.connect(self._go_today)
        back = IconButton(Icon.LEFT, self.tr("Before"), parent=bar)
        back.clicked.connect(self._turn_back)
        onward = IconButton(Icon.RIGHT, self.tr("After"), parent=bar)
        onward.clicked.connect(self._turn_on)
        self.new_button = Button(self.tr("New appointment"), small=True, icon=Icon.ADD, parent=bar)
        self.new_button.clicked.connect(self.new_appointment)
        for part in (back, today, onward, self.new_button):
            row.addWidget(part)
        return bar

    @Slot()
    def new_appointment(self) -> None:
        """Enter an appointment on the day the cursor is on."""
        from partnerdesk.views.appointment_form import AppointmentForm

        if not self._house.desk.read_only:
            AppointmentForm(self._house.desk, self.window(), day=self.grid.cursor_day).open()

    @Slot()
    def _say(self) -> None:
        self._title.setText(self.model.title)

    @Slot(int)
    def _turn(self, by: int) -> None:
        self.model.turn(by)
        self.grid.go_to(self.model.at)

    @Slot()
    def _turn_back(self) -> None:
        self._turn(-1)

    @Slot()
    def _turn_on(self) -> None:
        self._turn(1)

    @Slot()
    def _go_today(self) -> None:
        self.show_day(clock.today())

    @Slot(object)
    def _open(self, entry: Dated) -> None:
        if entry.root == "nominations":
            self._house.go("nominations")
        elif entry.root == "stay" and not entry.root_id:
            self._house.show_filtered("stays", entry.line)
        elif entry.root == "appointment":
            self._open_appointment(entry)
        elif entry.root in PAGES and entry.root != "followup":
            self._house.go(PAGES[entry.root], entry.root_id)

    def _open_appointment(self, entry: Dated) -> None:
        def question(reader: Any) -> Occurrence | None:
            found = appointments_between(reader, entry.day, entry.until)
            return next((one for one in found if one.appointment.id == entry.root_id and one.starts_on == entry.day),
                        None)

        self._house.desk.ask(question, self._show_appointment, key=(self, "appointment"))

    def _show_appointment(self, found: Occurrence | None) -> None:
        from partnerdesk.views.appointment_form import AppointmentForm

        if found is not None:
            AppointmentForm(self._house.desk, self.window(), found.appointment, occurrence=found).open()

    @Slot(object)
    def _list_day(self, at: date) -> None:
        """A menu of all that a day has."""
        menu = QMenu(self)
        for one in self.model.on(at):
            menu.addAction(icon(ICONS[one.kind]), entry_words(one), partial(self._open, one))
        menu.aboutToHide.connect(menu.deleteLater)
        cell = self.grid.cell_of(at).toRect()
        menu.popup(self.grid.mapToGlobal(QPoint(cell.left() + 8, cell.top() + 24)))

    @Slot(object, int)
    def _move(self, entry: Dated, days: int) -> None:
        if not self._house.desk.read_only:
            self._house.desk.do(agenda.move(entry, days))

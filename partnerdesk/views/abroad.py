"""The page of who is away on a day: the day by field and slider, countries with their numbers, and how to reach all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.listing import ListQuery
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import HEIGHTS, px
from partnerdesk.look.words import counted, day, long_day, near, number
from partnerdesk.models.abroad import abroad_columns, abroad_listing, copied_columns
from partnerdesk.models.listing import ListModel
from partnerdesk.models.names import country_name
from partnerdesk.services import abroad
from partnerdesk.views.abroad_strip import WEEKS, DayStrip
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.commands import Command
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.list_copy import Lines, clipping, copied
from partnerdesk.views.listtable import ListTable
from partnerdesk.views.page import House, Page, tell_sidebar
from partnerdesk.views.page_count import PageCount
from partnerdesk.views.stay_summary import SumRow, SumRows

STACKS_BELOW: Final = 900
AFTER_MS: Final = 60
TYPED_MS: Final = 100
_FIXED: Final = ("country", "days")
_Key = QKeySequence.StandardKey


class AbroadPage(Page):
    """Abroad. What is asked stands in `asked`: the day, the direction, the kinds of people, for a list on paper too."""

    key = "abroad"
    icon = Icon.ABROAD

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self.model = ListModel(house.desk, abroad_listing(), abroad_columns(), self)
        self.table = ListTable(self.title, self)
        self.table.setModel(self.model)
        self._day = clock.today()
        self._country = ""
        self._awake = False
        self._weeks_of: tuple[date, str] | None = None
        self._number = PageCount(house.desk, ("stay",), abroad.abroad_count, self)
        self._asking = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._asking.timeout.connect(self._ask)
        self._build()
        # never all stays there ever were, not even when an office is opened while this page is not seen
        self.model.set_query(self.query)
        self._wire()
        self._add_commands()

    @property
    def title(self) -> str:
        return self.tr("Abroad")

    @property
    def count(self) -> int | None:
        return self._number.number

    @property
    def record_menu(self) -> Sequence[str | None]:
        return "abroad.print", "abroad.print_arrivals", None, "abroad.copy"

    @property
    def asked(self) -> tuple[date, str, tuple[str, ...]]:
        """The day, "out" or "in", and the kinds of people (none means all)."""
        kind = self._kinds.value
        return self._day, self._direction.value, () if kind == "all" else tuple(kind.split("+"))

    @property
    def query(self) -> ListQuery:
        """What the list is asked for."""
        on, direction, kinds = self.asked
        countries = (self._country,) if self._country else ()
        return abroad.query_of(on, direction, kinds, self.search.value().split(), countries)

    def show_day(self, on: date) -> None:
        """Show who is away on a day."""
        if on != self._day:
            self._day = on
            self.field.set_value(on)
            self.strip.set_day(on)
            self._say_day()
            self._asking.start()

    def show_line(self, line: str) -> None:
        self.search.setText(line)

    def begin(self) -> None:
        self._number.ask()
        self._asking.start()

    def arrive(self) -> None:
        self._awake = True
        self.model.set_awake(True)
        self._asking.start()
        self.table.setFocus()

    def leave(self) -> None:
        self._awake = False
        self.model.set_awake(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setVisible(self.window().width() >= STACKS_BELOW)

    def _build(self) -> None:
        ground = Pane("surface", self)
        Column(self, 0, 0).addWidget(ground)
        column = Column(ground, 0, 0)
        column.addWidget(self._make_head())
        self.strip = DayStrip(self.tr("Day"), self)
        column.addWidget(self.strip)
        column.addWidget(self._make_bar())
        middle = Row(None, 0, 0)
        middle.addWidget(self.table, 1)
        self.empty = EmptyView(Icon.ABROAD, "", parent=self)
        self.empty.hide()
        middle.addWidget(self.empty, 1)
        middle.addWidget(self._make_side())
        column.addLayout(middle, 1)
        foot = Pane("footer", self)
        Measured(foot, height=HEIGHTS["footer"])
        row = Row(foot, (16, 0, 16, 0), 8)
        row.addStretch(1)
        self._count = ShortWords("", "tiny", "muted", parent=foot)
        row.addWidget(self._count)
        column.addWidget(foot)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.set_sort(0, False)

    def _make_head(self) -> QWidget:
        head = QWidget(self)
        Measured(head, height_min=HEIGHTS["page_header"])
        row = Row(head, (16, 0, 16, 0), 8)
        row.addWidget(ShortWords(self.title, "title", parent=head))
        self._said = ShortWords("", "body", "muted", parent=head)
        row.addWidget(self._said, 1)
        self._direction = Segmented(self.tr("Direction"), (("out", self.tr("Ours abroad")),
                                                           ("in", self.tr("Guests here"))), head)
        row.addWidget(self._direction)
        self._print = IconButton(Icon.PRINT, self.tr("Print the list of this day"), parent=head)
        row.addWidget(self._print)
        return head

    def _make_bar(self) -> QWidget:
        bar = QWidget(self)
        Measured(bar, height_min=HEIGHTS["filter_bar"])
        row = Row(bar, (16, 8, 16, 8), 8)
        self.field = LenientDateField(parent=bar)
        self.field.setAccessibleName(self.tr("Day"))
        self.field.set_value(self._day)
        Measured(self.field, width=140)
        self._today = Button(self.tr("Today"), parent=bar)
        self._kinds = Segmented(self.tr("People"), (
            ("all", self.tr("All")), ("student+pupil", self.tr("Students")), ("staff", self.tr("Staff"))), bar)
        self.search = LineEditor(self.tr("Find a name or a partner"), bar)
        self.search.setAccessibleName(self.tr("Find a name or a partner"))
        self.search.setClearButtonEnabled(True)
        for part in (self.field, self._today, self._kinds):
            row.addWidget(part)
        row.addWidget(self.search, 1)
        self._drop_country = Button("", "quiet", icon=Icon.REMOVE, parent=bar)
        self._drop_country.hide()
        row.addWidget(self._drop_country)
        return bar

    def _make_side(self) -> QWidget:
        self._side = Pane("left", self)
        Measured(self._side, width=248)
        body = Pane("surface")
        column = Column(body, (16, 14, 16, 16), 0)
        self._figure = Words("", "figure", parent=body)
        self._about = ShortWords("", "tiny", "muted", parent=body)
        column.addWidget(self._figure)
        column.addWidget(self._about)
        column.addSpacing(18)
        column.addWidget(Words(self.tr("By country"), "head", parent=body))
        column.addSpacing(5)
        self.countries = SumRows(self.tr("By country"), "accent", body)
        column.addWidget(self.countries)
        column.addStretch(1)
        Column(self._side, (1, 0, 0, 0)).addWidget(ScrollRoom(body, self._side))
        return self._side

    @Slot()
    def _fit_columns(self) -> None:
        """Country and days take what they need, the others share the rest."""
        header, columns = self.table.horizontalHeader(), self.model.columns
        fixed = sum(px(column.width) for column in columns if column.key in _FIXED)
        wanted = sum(px(column.width) for column in columns if column.key not in _FIXED)
        share = max(0.75, (self.table.viewport().width() - fixed) / wanted)
        for place, column in enumerate(columns[:-1]):
            header.resizeSection(place, round(px(column.width) * (1 if column.key in _FIXED else share)))

    def _wire(self) -> None:
        typing = self._typing = QTimer(self, singleShot=True, interval=TYPED_MS)
        typing.timeout.connect(self._ask)
        self.search.textChanged.connect(typing.start)
        self.strip.moved.connect(self.show_day)
        self.field.edited.connect(self._day_entered)
        self._today.clicked.connect(self._go_today)
        self._kinds.chosen.connect(self._ask)
        self._direction.chosen.connect(self._ask)
        self.countries.chosen.connect(self._country_chosen)
        self._drop_country.clicked.connect(self._all_countries)
        self.empty.chosen.connect(self._from_empty)
        self._number.counted.connect(self._tell_sidebar)
        self.table.entered_record.connect(self._open)
        self.table.resized.connect(self._fit_columns)
        self.model.counted.connect(self._counted)
        self.model.replacing.connect(self.table.remember)
        self.model.replaced.connect(self.table.recall)
        self.house.desk.changed.connect(self._hear)
        self.house.desk.opened.connect(self._asking.start)
        self.house.desk.closed.connect(self._forget)
        self._say_day()

    def _add_commands(self) -> None:
        scope, group = "abroad", self.tr("Edit")
        self.house.registry.add_all((
            Command("abroad.copy", self.tr("Copy the rows"), self.copy, Icon.DUPLICATE, (_Key.Copy,), scope, group,
                    self._has_selected),
            Command("abroad.find", self.tr("Find"), self._find, Icon.SEARCH, (_Key.Find,), scope, group),
            Command("abroad.print", self.tr("Print the list of this day"), self.print_list, Icon.PRINT,
                    (_Key.Print, "Ctrl+Shift+P"), scope, self.title),
            Command("abroad.print_arrivals", self.tr("Print the arrivals from this day on"), self.print_arrivals,
                    Icon.PRINT, (), scope, self.title),
            Command("abroad.today", self.tr("Go to today"), self._go_today, Icon.TODAY, ("Ctrl+;",), scope, group),
        ), self)
        self.house.registry.bind_button(self._print, "abroad.print", text=False)

    @Slot()
    def print_list(self) -> None:
        """Preview the list of the day shown, with the filters that hold."""
        from partnerdesk.services.sheet_abroad import abroad_list

        on, direction, kinds = self.asked
        countries = (self._country,) if self._country else ()
        self.house.print_it(abroad_list(on, direction, kinds, self.search.value().split(), countries))

    @Slot()
    def print_arrivals(self) -> None:
        """Preview the welcome list of those who arrive from the day shown on."""
        from partnerdesk.services.sheet_arrivals import arrivals_list

        self.house.print_it(arrivals_list(self._day))

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows for a spreadsheet."""
        ids = [self.model.id_at(index.row()) for index in self.table.selectionModel().selectedRows()]
        self.house.desk.ask(copied(self.model.listing, copied_columns(), ids), self._to_clipboard)

    def _to_clipboard(self, lines: Lines) -> None:
        QGuiApplication.clipboard().setMimeData(clipping(lines))

    def _has_selected(self) -> bool:
        return self.table.selectionModel().hasSelection()

    def _find(self) -> None:
        self.search.setFocus()

    @Slot()
    def _ask(self) -> None:
        """Ask for the list, the countries beside it, and where they are of another stretch the weeks."""
        desk = self.house.desk
        if not desk.is_open or not self._awake:
            return
        self._typing.stop()
        query = self.query
        self.model.set_query(replace(query, sort=self.model.query.sort or "country",
                                     descending=self.model.query.descending))
        everywhere = replace(query, filters=tuple(one for one in query.filters if one.key != "country"))
        desk.ask(lambda reader: abroad.by_country(reader, everywhere), self._take_countries, key=(self, "countries"))
        self._ask_weeks()

    def _ask_weeks(self) -> None:
        first, direction = self.strip.first, self._direction.value
        if (first, direction) == self._weeks_of:
            return
        self._weeks_of = (first, direction)

        def job(office: Any, _: Any) -> tuple[date, str, list[int]]:
            with office.read() as reader:
                return first, direction, abroad.by_week(reader, first, WEEKS, direction)

        self.house.desk.work(job, self._take_weeks)

    def _take_weeks(self, answer: tuple[date, str, list[int]]) -> None:
        first, direction, weeks = answer
        if direction == self._direction.value:
            self.strip.set_weeks(first, weeks)

    def _take_countries(self, found: dict[str, int]) -> None:
        people = sum(found.values())
        self._figure.setText(number(people))
        ours = self._direction.value == "out"
        one, many = (self.tr("person abroad"), self.tr("people abroad")) if ours else (
            self.tr("guest here"), self.tr("guests here"))
        self._about.setText(one if people == 1 else many)
        self.countries.set_rows([SumRow(country_name(code) or self.tr("no country"), n, code)
                                 for code, n in found.items()])

    @Slot(int, int)
    def _counted(self, hits: int, _: int) -> None:
        self._count.setText(counted(hits, self.tr("1 person"), self.tr("{n} people")))
        nothing = hits == 0 and self.house.desk.is_open
        if nothing:
            narrowed = self._narrowed()
            self.empty.show_case(self._nobody(), self.tr("Show everybody") if narrowed else self.tr("Go to the stays"))
        self.empty.setVisible(nothing)
        self.table.setVisible(not nothing)

    def _narrowed(self) -> bool:
        return bool(self._country or self.search.value()) or self._kinds.value != "all"

    @Slot(str)
    def _from_empty(self, _: str) -> None:
        if self._narrowed():
            self._kinds.set_value("all")
            self.search.setText("")
            self._all_countries()
        else:
            self.house.go("stays")

    def _nobody(self) -> str:
        words = (self.tr("Nobody of ours is abroad on {day}.") if self._direction.value == "out"
                 else self.tr("No guest is here on {day}."))
        if self._narrowed():
            words = self.tr("Nobody who is looked for here is away on {day}.")
        return words.format(day=day(self._day))

    def _say_day(self) -> None:
        away = near(self._day, due=False)
        today = self._day == clock.today()
        self._said.setText(long_day(self._day) if today else f"{long_day(self._day)} · {away}")

    @Slot(object)
    def _day_entered(self, on: date | None) -> None:
        self.show_day(on or clock.today())

    @Slot()
    def _go_today(self) -> None:
        self.show_day(clock.today())

    @Slot(str)
    def _country_chosen(self, code: str) -> None:
        self._country = "" if code == self._country else code
        self._show_country()

    @Slot()
    def _all_countries(self) -> None:
        self._country = ""
        self._show_country()

    def _show_country(self) -> None:
        self._drop_country.setText(country_name(self._country))
        self._drop_country.setAccessibleName(self.tr("All countries instead of {country}").format(
            country=country_name(self._country)))
        self._drop_country.setVisible(bool(self._country))
        self._ask()

    @Slot()
    def _tell_sidebar(self) -> None:
        tell_sidebar(self)

    @Slot()
    def _open(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            self.house.go("stays", self.model.id_at(row))

    @Slot()
    def _forget(self) -> None:
        self._weeks_of = None
        self._take_countries({})
        self.strip.set_weeks(self.strip.first, ())

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes.ids("stay"):
            self._weeks_of = None
            self._asking.start()


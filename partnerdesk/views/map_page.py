"""The page Map: a measure by country, in a year or all, as a map or a table, with what is chosen beside it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from partnerdesk.domain.journal import Changes
from partnerdesk.domain.measures import members, own_bounds
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.query import parse
from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.look.paint import signed
from partnerdesk.look.tokens import HEIGHTS, px
from partnerdesk.look.words import number, say
from partnerdesk.look.worldmap import PinBoard
from partnerdesk.look.worldshapes import Shape, shape
from partnerdesk.models.map import Asked, Lens, board_of, place_name, say_name
from partnerdesk.services import countries
from partnerdesk.services.countries import CountrySheet, MapFacts
from partnerdesk.views.data_files import ask_save
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.commands import Command
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.labels import Pane, ShortWords
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.map_legend import Legend
from partnerdesk.views.map_panel import MapPanel
from partnerdesk.views.map_tools import OWN, country_options, method_choices, region_options, wants_contrast
from partnerdesk.views.map_twin import CountryTableView
from partnerdesk.views.map_view import WorldView
from partnerdesk.views.map_years import YearStrip
from partnerdesk.views.page import House, Page

if TYPE_CHECKING:
    from partnerdesk.services.prints import Print

STACKS_BELOW: Final = 860
_FOLLOWS: Final = ("partner", "agreement", "stay", "person", "project", "setting", "partnership")


class MapPage(Page):
    """Map."""

    key = "map"
    icon = Icon.MAP

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self._facts: MapFacts | None = None
        self._pins = PinBoard()
        self._asked = Asked()
        self._lens: Lens | None = None
        self._shape: Shape | None = None
        self._here, self._stale = False, True
        self._names = {option.value: option.label for option in country_options() if isinstance(option.value, str)}
        self.world = WorldView(self.tr("Map of the world"), self)
        self.legend = Legend(self.world)
        self.nearer = IconButton(Icon.ADD, self.tr("Look closer"), keys="+", edge=True, parent=self.world)
        self.farther = IconButton(Icon.DASH, self.tr("Look from farther away"), keys="−", edge=True, parent=self.world)
        self.years = YearStrip(self)
        self.twin = CountryTableView(self)
        self.panel = MapPanel(self)
        self.message = MessageBar()
        self._build()
        self._wire()
        self._add_commands()
        self._load_shape({})

    @property
    def title(self) -> str:
        return self.tr("Map")

    @property
    def record_menu(self) -> Sequence[str | None]:
        return "map.brief", "map.open", None, "map.print", "map.save", "map.export"

    @property
    def asked(self) -> Asked:
        """What is asked of the map."""
        return self._asked

    @property
    def lens(self) -> Lens | None:
        """What is shown, None before an office is open."""
        return self._lens

    def ask(self, **changes: Any) -> None:
        """Ask something else of the map: key, year, method, bounds, off, flows."""
        self._asked = replace(self._asked, **changes)
        if "key" in changes or "method" in changes:
            self._asked = replace(self._asked, off=frozenset())
        self._show()

    def choose(self, codes: Sequence[str], *, look: bool = True) -> None:
        """Choose countries, looking at them."""
        self.world.select(codes, tell=True)
        if look and codes:
            self.world.show_codes(codes)

    def show_line(self, line: str) -> None:
        """Choose the countries that a search line names."""
        query = parse(line, ("country",))
        self.choose([value.upper() for one in query.filters for value in one.values])

    def show_mode(self, mode: str) -> None:
        """Show the "map" or the "table"."""
        self.mode.set_value(mode)
        self._mode_chosen()

    def begin(self) -> None:
        self._renew()

    def arrive(self) -> None:
        self._here = True
        self._renew()
        (self.world if self.mode.value == "map" else self.twin).setFocus()

    def leave(self) -> None:
        self._here = False
        self.years.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(STACKS_BELOW)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() != way:
            self._split.setOrientation(way)
            self._split.setSizes([px(500), px(200)] if narrow else [px(780), px(292)])
        self.save.setVisible(self.width() >= px(700))
        self._strip.setVisible(self.height() >= px(440))

    def _build(self) -> None:
        ground = Pane("surface", self)
        Column(self).addWidget(ground)
        column = Column(ground)
        column.addWidget(self._make_head())
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        left = Pane("surface")
        inner = Column(left)
        notice = Row(None, (16, 8, 16, 0), 0)
        notice.addWidget(self.message)
        inner.addLayout(notice)
        inner.addWidget(self._make_bar())
        self._stack = QStackedWidget(left)
        self._stack.addWidget(self.world)
        self._stack.addWidget(self.twin)
        inner.addWidget(self._stack, 1)
        self._strip = Pane("footer")
        Column(self._strip).addWidget(self.years)
        inner.addWidget(self._strip)
        self._split.addWidget(left)
        self._split.addWidget(self.panel)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([px(780), px(292)])
        column.addWidget(self._split, 1)
        self.panel.hide()

    def _make_head(self) -> QWidget:
        head = Pane("header", self)
        Measured(head, height_min=HEIGHTS["page_header"])
        row = Row(head, (16, 0, 16, 0), 8)
        row.addWidget(ShortWords(self.title, "title", parent=head), 1)
        self.measure = ChoiceEditor(parent=head)
        self.measure.setAccessibleName(self.tr("What is counted"))
        Measured(self.measure, width_min=196, width_max=240)
        self.mode = Segmented(self.tr("Shown as"), (("map", self.tr("Map")), ("table", self.tr("Table"))), head)
        self.save = Button(self.tr("Save picture"), icon=Icon.EXPORT, parent=head)
        for part in (self.measure, self.mode, self.save):
            row.addWidget(part)
        return head

    def _make_bar(self) -> QWidget:
        bar = Pane("surface")
        Measured(bar, height_min=HEIGHTS["filter_bar"])
        row = Row(bar, (16, 8, 16, 8), 8)
        self.finder = PickerField(country_options(), placeholder=self.tr("Find a country"), parent=bar)
        self.finder.setAccessibleName(self.tr("Find a country"))
        self.region = PickerField(region_options(), placeholder=self.tr("Region"), parent=bar)
        self.region.setAccessibleName(self.tr("Region"))
        self.method = ChoiceEditor(method_choices(), parent=bar)
        self.method.setAccessibleName(self.tr("How classes are made"))
        self.method.set_value("quantiles")
        self.bounds = LineEditor("1 5 10 20", bar)
        self.bounds.setAccessibleName(self.tr("Least number of each class"))
        self.bounds.hide()
        self.flows = Button(self.tr("Flows"), parent=bar)
        self.flows.setCheckable(True)
        self._count = ShortWords("", "small", "muted", bar)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        Measured(self.finder, width=150)
        Measured(self.region, width=130)
        Measured(self.method, width_max=150)
        Measured(self.bounds, width_max=120)
        for part in (self.finder, self.region, self.method, self.bounds, self.flows):
            row.addWidget(part)
        row.addWidget(self._count, 1)
        return bar

    def _wire(self) -> None:
        self.world.set_card(self._card)
        self.world.chosen.connect(self._chosen)
        self.world.resized.connect(self._place_over)
        self.world.pin_opened.connect(self._open_partner)
        self.world.typed.connect(self.finder.open_picker)
        self.legend.toggled.connect(self._toggle_class)
        self.legend.all_wanted.connect(self._all_classes)
        self.nearer.clicked.connect(self.world.zoom_in)
        self.farther.clicked.connect(self.world.zoom_out)
        self.years.picked.connect(self._year_picked)
        self.measure.edited.connect(self._measure_chosen)
        self.mode.chosen.connect(self._mode_chosen)
        self.save.clicked.connect(self.save_picture)
        self.finder.edited.connect(self._found)
        self.region.edited.connect(self._region_chosen)
        self.method.edited.connect(self._method_chosen)
        self.bounds.textChanged.connect(self._bounds_written)
        self.flows.clicked.connect(self._flows_clicked)
        self.twin.picked_code.connect(self._row_picked)
        self.panel.list_wanted.connect(self._open_list)
        self.panel.record_wanted.connect(self.house.go)
        self.panel.brief_wanted.connect(self.print_brief)
        self.panel.closed.connect(self._choose_nothing)
        self.message.acted.connect(self._show_table)
        desk = self.house.desk
        desk.changed.connect(self._hear)
        desk.opened.connect(self._opened)
        desk.closed.connect(self._closed)
        tokens.watch().changed.connect(self._show)

    def _add_commands(self) -> None:
        key = QKeySequence.StandardKey
        self.house.registry.add_all((
            Command("map.find", self.tr("Find a country"), self._find, Icon.SEARCH, (key.Find,), "map", self.title),
            Command("map.open", self.tr("Open the list of partners there"), self._open_partners, Icon.LIST, (), "map",
                    self.title, self._has_chosen),
            Command("map.brief", self.tr("Print the country brief"), self.print_brief, Icon.PRINT,
                    (key.Print, "Ctrl+Shift+P"), "map", self.title, self._has_chosen),
            Command("map.print", self.tr("Print the table of countries"), self.print_table, Icon.PRINT, (), "map",
                    self.title, self._has_facts),
            Command("map.save", self.tr("Save the map as a picture"), self.save_picture, Icon.EXPORT, (), "map",
                    self.title, self._has_map),
            Command("map.export", self.tr("Export the table of countries"), self.export, Icon.SPREADSHEET, (),
                    "map", self.title, self._has_facts),
        ), self)

    @Slot()
    def export(self) -> None:
        """Save the numbers of the countries shown as a spreadsheet."""
        if self._facts is not None:
            head, rows = self.twin.export_rows(self._facts.table)
            ask_save(self, self.house.desk, self.title, head, rows).told.connect(self._told)

    @Slot()
    def save_picture(self) -> None:
        """Ask where to save the map as PDF, drawing or picture."""
        from partnerdesk.views.map_saver import ask_map

        if self._lens is not None and self._shape is not None:
            ask_map(self, self.house.desk, self._shape, self._lens, self._names).told.connect(self._told)

    @Slot()
    def print_brief(self) -> None:
        """Preview the brief of the chosen countries."""
        job = self._brief()
        if job is not None:
            self.house.print_it(job)

    @Slot()
    def print_table(self) -> None:
        """Preview the numbers of all countries."""
        from partnerdesk.services.sheet_country import countries_list

        self.house.print_it(countries_list(self._asked.year))

    def _brief(self) -> "Print | None":
        from partnerdesk.services.sheet_country import country_briefs

        return country_briefs(self.world.selected) if self.world.selected else None

    def _load_shape(self, choices: dict[str, str]) -> None:
        """Read the outlines; where that cannot be, say so and offer the table."""
        try:
            self._shape = shape(choices)
        except BadFile as error:
            self._shape = None
            self.message.show_message("danger", self.tr("No map."), say(error.message))
            self.show_mode("table")
            return
        self.world.set_shape(self._shape)

    def _renew(self) -> None:
        if self._here and self._stale and self.house.desk.is_open:
            self._stale = False
            self.house.desk.ask(countries.map_facts, self._take, key=(self, "facts"))
            self._ask_sheet()

    def _take(self, facts: MapFacts) -> None:
        if self._facts is None:
            self._asked = replace(self._asked, year=facts.table.year)
            self.measure.set_choices([(one.key, say_name(one.title)) for one in facts.table.measures])
        if self._shape is not None and facts.choices != (self._facts.choices if self._facts is not None else {}):
            self._load_shape(facts.choices)
        self._facts, self._pins = facts, board_of(facts)
        self.twin.set_table(facts.table)
        self._show()
        self.house.registry.refresh()

    @Slot()
    def _show(self) -> None:
        """Show the numbers in the way asked for."""
        if self._facts is None:
            return
        lens = self._lens = Lens(self._facts, self._asked)
        t = tokens.current()
        self.world.set_values(lens.values(t, self._names, contrast=wants_contrast(), chosen=self.world.selected,
                                          pins=self._pins))
        self.legend.show_rows(lens.short_title, lens.legend(t))
        self._place_over()
        self.measure.set_value(self._asked.key)
        table = self._facts.table
        self.years.setEnabled(lens.measure.yearly)
        key = self._asked.key if lens.measure.yearly else "stays"
        numbers = table.by_year(key)
        self.years.show_years({year: table.year_name(year) for year in table.years}, numbers, self._asked.year)
        self.twin.show_year(self._asked.year)
        whole = table.whole(self._asked.key, self._asked.year)
        unit = say_name(lens.measure.one if whole == 1 else lens.measure.many)
        words = self.tr("{n} countries · {sum}").format(
            n=number(lens.countries), sum=unit.format(n=signed(whole) if lens.measure.diverging else number(whole)))
        if lens.nowhere:
            words += self.tr(" · {n} without a country").format(n=number(lens.nowhere))
        self._count.setText(words)
        sheet = self.panel.sheet
        if sheet is not None and not self.panel.isHidden():
            self.panel.show_sheet(sheet, self._asked.year)

    def _card(self, code: str) -> tuple[str, str]:
        return place_name(code), self._lens.words(code) if self._lens is not None else ""

    @Slot(object)
    def _chosen(self, codes: tuple[str, ...]) -> None:
        self.finder.set_value(codes[0] if len(codes) == 1 else None)
        self.twin.select_codes(codes)
        self.house.registry.refresh()
        if self._asked.flows:
            self._show()
        if codes:
            self._ask_sheet()
        else:
            self.panel.hide()

    def _ask_sheet(self) -> None:
        codes = self.world.selected
        if codes and self.house.desk.is_open:
            self.house.desk.ask(lambda reader: countries.country_sheet(reader, codes), self._take_sheet,
                                key=(self, "sheet"))

    def _take_sheet(self, sheet: CountrySheet) -> None:
        if sheet.codes == self.world.selected:
            self.panel.show_sheet(sheet, self._asked.year)
            self.panel.show()

    @Slot(str, object)
    def _open_list(self, key: str, year: int | None) -> None:
        """Show the list behind a number of the chosen countries."""
        if self._facts is not None:
            measure = self._facts.table.measure(key)
            self.house.show_filtered(measure.page, measure.line_of(self.world.selected, year))

    @Slot()
    def _open_partners(self) -> None:
        self._open_list("partners", None)

    @Slot(int)
    def _open_partner(self, institution_id: int) -> None:
        self.house.go("partners", institution_id)

    @Slot(int)
    def _toggle_class(self, place: int) -> None:
        self.ask(off=self._asked.off ^ {place})

    @Slot()
    def _all_classes(self) -> None:
        self.ask(off=frozenset())

    @Slot(int)
    def _year_picked(self, year: int) -> None:
        self.ask(year=year)

    @Slot(object)
    def _measure_chosen(self, key: str) -> None:
        self.ask(key=key)

    @Slot(object)
    def _method_chosen(self, method: str) -> None:
        self.bounds.setVisible(method == OWN)
        if method == OWN:
            self.bounds.setFocus()
        else:
            self.ask(method=method, bounds=())

    @Slot(str)
    def _bounds_written(self, written: str) -> None:
        if bounds := own_bounds(written):
            self.ask(bounds=bounds, off=frozenset())

    @Slot()
    def _flows_clicked(self) -> None:
        self.ask(flows=self.flows.isChecked())

    @Slot()
    def _mode_chosen(self) -> None:
        drawn = self.mode.value == "map"
        self._stack.setCurrentWidget(self.world if drawn else self.twin)
        for part in (self.method, self.flows):
            part.setVisible(drawn)
        self.bounds.setVisible(drawn and self.method.value() == OWN)

    @Slot()
    def _show_table(self) -> None:
        self.show_mode("table")

    @Slot(object)
    def _found(self, code: str | None) -> None:
        if code:
            self.choose((code,))
            (self.world if self.mode.value == "map" else self.twin).setFocus()

    @Slot(object)
    def _region_chosen(self, area: str | None) -> None:
        if area in (None, "001"):
            self._choose_nothing()
            self.world.show_whole()
        else:
            self.choose(members(str(area)))

    @Slot(str)
    def _row_picked(self, code: str) -> None:
        self.world.select((code,), tell=True)

    @Slot()
    def _choose_nothing(self) -> None:
        self.world.select((), tell=True)

    @Slot()
    def _find(self) -> None:
        self.finder.setFocus()
        self.finder.open_picker()

    @Slot(str, str)
    def _told(self, kind: str, words: str) -> None:
        self.message.show_message("danger" if kind == "danger" else "info", "", words)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if any(changes.ids(kind) for kind in _FOLLOWS):
            self._stale = True
            self._renew()

    @Slot()
    def _opened(self) -> None:
        self._facts, self._stale = None, True
        self._renew()

    @Slot()
    def _closed(self) -> None:
        self._facts = self._lens = None
        self._choose_nothing()

    def _has_chosen(self) -> bool:
        return bool(self.world.selected)

    def _has_map(self) -> bool:
        return self._lens is not None and self._shape is not None

    def _has_facts(self) -> bool:
        return self._facts is not None

    @Slot()
    def _place_over(self) -> None:
        """Legend at the lower left of the map, buttons at its upper right."""
        side, room = px(32), self.world.size()
        for place, button in enumerate((self.nearer, self.farther)):
            button.setFixedSize(QSize(side, side))
            button.move(room.width() - side - px(16), px(16) + place * (side - 1))
        self.legend.setVisible(room.height() >= self.legend.height() + px(32))
        self.legend.move(px(16), room.height() - self.legend.height() - px(16))

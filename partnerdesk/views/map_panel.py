"""The pane beside the map: all that the office has in the chosen countries, every number leading to its list."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from partnerdesk.domain.isced import title as field_title
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.look.paint import signed
from partnerdesk.look.tokens import px
from partnerdesk.look.words import counted, day, number, say
from partnerdesk.look.yearbars import YearPair
from partnerdesk.models.map import place_name, say_name, subregion_name
from partnerdesk.models.states import state_chip
from partnerdesk.services.countries import CountrySheet, PartnerStanding, area_title
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.labels import Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.map_parts import CountRow, FigureButton, GapRow, RecordRow, YearChart
from partnerdesk.views.stay_summary import SumRow, SumRows

WIDTH: Final = 292
YEARS: Final = 7
MOST_PARTNERS, MOST_PEOPLE, MOST_OTHERS, MOST_COMPARED = 8, 6, 5, 5
_COMPARED: Final = ("partners", "agreements", "ending", "out", "in", "balance", "staff", "abroad", "projects")


class MapPanel(Pane):
    """`list_wanted(measure, year or None)`, `record_wanted(page, id)`, `brief_wanted()` and `closed()`."""

    list_wanted = Signal(str, object)
    record_wanted = Signal(str, int)
    brief_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("left", parent)
        self._sheet: CountrySheet | None = None
        self._year: int | None = None
        self._title = ShortWords("", "record", parent=self)
        self._about = ShortWords("", "small", "muted", self)
        self._shut = IconButton(Icon.REMOVE, self.tr("Choose nothing"), parent=self)
        self._shut.clicked.connect(self.closed)
        self._room = ScrollRoom(parent=self)
        self._room.viewport().setAutoFillBackground(False)
        self.brief = Button(self.tr("Country brief"), "primary", icon=Icon.PRINT, parent=self)
        self.brief.clicked.connect(self.brief_wanted)
        self.open_list = Button(self.tr("Open list"), parent=self)
        self.open_list.clicked.connect(self._open_partners)
        self._build()

    @property
    def sheet(self) -> CountrySheet | None:
        """What it shows."""
        return self._sheet

    def show_sheet(self, sheet: CountrySheet, year: int | None) -> None:
        """Show what there is in some countries, stays of an academic year or of all."""
        self._sheet, self._year = sheet, year
        codes = sheet.codes
        one = len(codes) == 1
        area = area_title(codes)
        name = place_name(codes[0]) if one else say(area) if not isinstance(area, str) else self._names(codes)
        self._title.setText(name)
        parts = [subregion_name(codes[0]), codes[0]] if one else [
            counted(len(codes), self.tr("1 country"), self.tr("{n} countries"))]
        self._about.setText(" · ".join(part for part in parts if part))
        self.setAccessibleName(name)
        self.brief.setText(self.tr("Country brief") if one else self.tr("Regional brief"))
        body = Pane("surface")
        column = Column(body, (16, 6, 16, 16), 0)
        for part in self._parts(sheet, body):
            column.addWidget(part)
        column.addStretch(1)
        self._room.setWidget(body)
        body.setAutoFillBackground(False)

    def _names(self, codes: Sequence[str]) -> str:
        return ", ".join(place_name(code) for code in codes)

    def _build(self) -> None:
        head = QWidget(self)
        Measured(head, height_min=tokens.HEIGHTS["page_header_two"])
        row = Row(head, (16, 8, 10, 6), 8)
        names = Column(None, 0, 0)
        names.addWidget(self._title)
        names.addWidget(self._about)
        row.addLayout(names, 1)
        row.addWidget(self._shut)
        foot = Pane("footer", self)
        below = Row(foot, (16, 10, 16, 10), 8)
        below.addWidget(self.brief)
        below.addWidget(self.open_list)
        below.addStretch(1)
        column = Column(self, (1, 0, 0, 0))
        column.addWidget(head)
        column.addWidget(self._room, 1)
        column.addWidget(foot)
        Measured(self, width_min=260)

    def _parts(self, sheet: CountrySheet, body: QWidget) -> Iterator[QWidget]:
        yield self._figures(sheet, body)
        yield from self._compared(sheet, body)
        yield self._head(self.tr("Stays by year, out and in"), body)
        chart = YearChart(self.tr("Stays by year"), self._pairs(sheet), body)
        chart.year_opened.connect(self._year_opened)
        yield chart
        yield from self._sums(sheet, body)
        yield from self._gaps(sheet, body)
        yield from self._partners(sheet, body)
        yield from self._people(sheet, body)
        yield from self._fields(sheet, body)
        yield from self._others(sheet, body)

    def _figures(self, sheet: CountrySheet, body: QWidget) -> QWidget:
        table, codes = sheet.table, sheet.codes
        year = self._year
        named = AcademicYear(year, table.southern).short if year is not None else ""
        row_of = QWidget(body)
        row = Row(row_of, (0, 4, 0, 4), 8)
        for key, words in (("partners", self.tr("partners")), ("agreements", self.tr("in effect")),
                           ("stays", self.tr("stays {year}").format(year=named).strip())):
            button = FigureButton(number(table.total(key, codes, year)), words, key, row_of)
            button.clicked.connect(self._figure_clicked)
            row.addWidget(button, 1)
        return row_of

    def _compared(self, sheet: CountrySheet, body: QWidget) -> Iterator[QWidget]:
        """Two to five countries beside each other, with their sum."""
        codes = sheet.codes
        if not 2 <= len(codes) <= MOST_COMPARED:
            return
        yield self._head(self.tr("Side by side"), body)
        grid_of = QWidget(body)
        grid = QGridLayout(grid_of)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for place, code in enumerate((*codes, self.tr("Sum")), 1):
            head = Words(code or "–", "label", "muted", parent=grid_of)
            head.setToolTip(place_name(code) if code in codes else "")
            grid.addWidget(head, 0, place, right)
        for line, key in enumerate(_COMPARED, 1):
            measure = sheet.table.measure(key)
            words = ShortWords(say_name(measure.short or measure.title), "small", "text2", grid_of)
            grid.addWidget(words, line, 0)
            numbers = [sheet.table.number(key, code, self._year) for code in codes]
            for place, n in enumerate((*numbers, sum(numbers)), 1):
                style = "small_number" if place <= len(codes) else "number"
                grid.addWidget(Words(signed(n) if measure.diverging else number(n), style, parent=grid_of), line, place,
                               right)
        yield grid_of

    def _pairs(self, sheet: CountrySheet) -> list[YearPair]:
        table, codes = sheet.table, sheet.codes
        last = self._year if self._year is not None else max(table.year, table.years[-1])
        last = max(last, min(table.year, table.years[-1]))
        return [YearPair(year, AcademicYear(year, table.southern).short, table.total("out", codes, year),
                         table.total("in", codes, year), strong=year == self._year)
                for year in range(last - YEARS + 1, last + 1)]

    def _sums(self, sheet: CountrySheet, body: QWidget) -> Iterator[QWidget]:
        table, codes = sheet.table, sheet.codes
        if 2 <= len(codes) <= MOST_COMPARED:
            return
        yield self._head(self.tr("In figures"), body)
        rows = [SumRow(say_name(table.measure(key).title), table.total(key, codes, self._year), key)
                for key in ("ending", "out", "in", "staff", "abroad", "projects")]
        sums = SumRows(self.tr("In figures"), "line", body)
        sums.set_rows(rows)
        sums.chosen.connect(self._sum_chosen)
        yield sums

    def _gaps(self, sheet: CountrySheet, body: QWidget) -> Iterator[QWidget]:
        if sheet.gaps:
            yield self._head(self.tr("What is missing"), body)
            for gap in sheet.gaps:
                yield GapRow(say(gap), body)

    def _partners(self, sheet: CountrySheet, body: QWidget) -> Iterator[QWidget]:
        if not sheet.partners:
            return
        yield self._head(self.tr("Partners"), body)
        for one in sheet.partners[:MOST_PARTNERS]:
            yield self._row(RecordRow("partners", one.line.id, one.line.name,
                                      signed(one.balance) if one.balance is not None else "", _until(self, one),
                                      state_chip(one.line.state), parent=body))
        yield from self._more(len(sheet.partners) - MOST_PARTNERS, body)

    def _people(self, sheet: CountrySheet, body: QWidget) -> Iterator[QWidget]:
        if not sheet.there_now:
            return
        yield self._head(self.tr("There now"), body)
        for one in sheet.there_now[:MOST_PEOPLE]:
            back = self.tr("back {day}").format(day=day(one.ends_on)[:-5]) if one.ends_on else ""
            yield self._row(RecordRow("stays", one.id, one.name, back, face=True, parent=body))
        left = len(sheet.there_now) - MOST_PEOPLE
        if left > 0:
            more = Button(counted(left, self.tr("1 more"), self.tr("{n} more")), "link", parent=body)
            more.clicked.connect(self._open_abroad)
            yield more

    def _fields(self, sheet: CountrySheet, body: QWidget) -> Iterator[QWidget]:
        if sheet.fields:
            yield self._head(self.tr("Fields"), body)
            for code, n in sheet.fields:
                yield CountRow(field_title(code) or code, number(n), body)

    def _others(self, sheet: CountrySheet, body: QWidget) -> Iterator[QWidget]:
        if sheet.contacts:
            yield self._head(self.tr("Contacts"), body)
            partners = {one.line.name: one.line.id for one in sheet.partners}
            for contact, partner in sheet.contacts[:MOST_OTHERS]:
                second = " · ".join(part for part in (partner, contact.email) if part)
                yield self._row(RecordRow("partners", partners.get(partner, 0), contact.full_name, second=second,
                                          parent=body))
        if sheet.visits:
            yield self._head(self.tr("Visits of the last years"), body)
            for visit in sheet.visits[:MOST_OTHERS]:
                yield self._row(RecordRow("visits", visit.id, visit.title, second=day(visit.starts_on), parent=body))

    def _head(self, words: str, body: QWidget) -> QWidget:
        head = Words(words, "head", parent=body)
        head.setContentsMargins(0, px(14), 0, px(4))
        return head

    def _row(self, row: RecordRow) -> RecordRow:
        row.clicked.connect(self._row_clicked)
        return row

    def _more(self, left: int, body: QWidget) -> Iterator[QWidget]:
        if left > 0:
            more = Button(counted(left, self.tr("1 more"), self.tr("{n} more")), "link", parent=body)
            more.clicked.connect(self._open_partners)
            yield more

    @Slot()
    def _figure_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, FigureButton):
            self.list_wanted.emit(button.key, self._year)

    @Slot()
    def _row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, RecordRow) and row.record_id:
            self.record_wanted.emit(row.page, row.record_id)

    @Slot(str)
    def _sum_chosen(self, key: str) -> None:
        self.list_wanted.emit(key, self._year)

    @Slot(int)
    def _year_opened(self, year: int) -> None:
        self.list_wanted.emit("stays", year)

    @Slot()
    def _open_partners(self) -> None:
        self.list_wanted.emit("partners", None)

    @Slot()
    def _open_abroad(self) -> None:
        self.list_wanted.emit("abroad", None)


def _until(panel: MapPanel, one: PartnerStanding) -> str:
    line = one.line
    if not line.agreements:
        return panel.tr("no agreement")
    if line.open_ended:
        return panel.tr("open-ended")
    return panel.tr("until {day}").format(day=day(line.ends_on)) if line.ends_on else ""


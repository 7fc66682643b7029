"""The strip over a timeline: scale by words, by slider and by buttons, today, lanes, and what else can be shown."""

from math import exp, log
from typing import Final, get_args

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.look.icons import Icon
from partnerdesk.look.timeaxis import LEAST, MOST, SCALES
from partnerdesk.look.tokens import px
from partnerdesk.models.timeline_rows import Grouping
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.labels import ShortWords
from partnerdesk.views.kit.layouts import Row
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.kit.slider import Slider

STEPS: Final = 200
_WIDE, _NARROW = 860, 560


class TimelineTools(QWidget):
    """`scale_chosen(name)`, `slid(px a day)`, `stepped(±1)`, `today_wanted()`, `lanes_chosen(by)`, `wanted(what)` from
    the menu: "agreements", "baseline", "critical", "academic", "all", "open", "close", "table", "save".
    """

    scale_chosen = Signal(str)
    slid = Signal(float)
    stepped = Signal(int)
    today_wanted = Signal()
    lanes_chosen = Signal(str)
    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._by: Grouping = ""
        self._on: set[str] = {"baseline", "critical"}
        self.scale = Segmented(self.tr("Scale"), (
            ("week", self.tr("Week")), ("month", self.tr("Month")), ("quarter", self.tr("Quarter")),
            ("year", self.tr("Year"))), self)
        self.scale.set_value("month")
        self.scale.chosen.connect(self.scale_chosen)
        self._out = IconButton(Icon.DASH, self.tr("Show more time"), keys="−", parent=self)
        self.slider = Slider(self.tr("Scale"), 0, STEPS, self)
        self._in = IconButton(Icon.ADD, self.tr("Show less time"), keys="+", parent=self)
        self._today = Button(self.tr("Today"), parent=self)
        self._told = ShortWords("", "small", "muted", self)
        self.lanes = Button("", parent=self)
        self.table = IconButton(Icon.LIST, self.tr("Show as a table"), edge=True, parent=self)
        self.table.setCheckable(True)
        self.more = IconButton(Icon.MORE, self.tr("More"), edge=True, parent=self)
        self._out.clicked.connect(self._less)
        self._in.clicked.connect(self._more)
        self.slider.valueChanged.connect(self._slid)
        self._today.clicked.connect(self.today_wanted)
        self.lanes.clicked.connect(self._ask_lanes)
        self.more.clicked.connect(self._ask_more)
        self.table.clicked.connect(self._table)
        row = Row(self, (16, 0, 16, 8), 8)
        for part in (self.scale, self._out, self.slider, self._in, self._today):
            row.addWidget(part)
        row.addWidget(self._told, 1)
        for part in (self.lanes, self.table, self.more):
            row.addWidget(part)
        self.show_state("", self._on)

    @property
    def said(self) -> str:
        """What the strip says beside the buttons."""
        return self._told.text()

    def say(self, words: str) -> None:
        """Say something beside the buttons."""
        self._told.setText(words)
        self._told.setAccessibleName(words)

    def show_scale(self, per_day: float) -> None:
        """Show how many px (at 100 %) a day takes."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(STEPS * log(per_day / LEAST) / log(MOST / LEAST)))
        self.slider.blockSignals(False)
        near = min(SCALES, key=lambda name: abs(log(SCALES[name] / per_day)))
        self.scale.set_value(near)

    def show_state(self, by: Grouping, on: set[str]) -> None:
        """Show what lanes are made of and what is turned on."""
        self._by, self._on = by, on
        self.lanes.setText(self._lane_words()[by])
        self.table.setChecked("table" in on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the room is short the keys and the menu do what slider and buttons do."""
        super().resizeEvent(event)
        wide, narrow = self.width() >= px(_WIDE), self.width() < px(_NARROW)
        for part, shown in ((self._out, wide), (self.slider, wide), (self._in, wide), (self._today, not narrow),
                            (self.table, not narrow)):
            part.setVisible(shown)

    def _lane_words(self) -> dict[Grouping, str]:
        return {"": self.tr("No lanes"), "partner": self.tr("By partner"), "country": self.tr("By country"),
                "programme": self.tr("By programme"), "owner": self.tr("By owner")}

    @Slot()
    def _ask_lanes(self) -> None:
        menu = _menu(self)
        for key, words in self._lane_words().items():
            _tick(menu, words, key, key == self._by)
        menu.addSeparator()
        _tick(menu, self.tr("Agreements too"), "agreements", "agreements" in self._on)
        menu.triggered.connect(self._lanes_asked)
        menu.popup(self.lanes.mapToGlobal(QPoint(0, self.lanes.height() + px(4))))

    @Slot()
    def _ask_more(self) -> None:
        menu = _menu(self)
        _plain(menu, self.tr("Show everything at once"), "all")
        _plain(menu, self.tr("Show today"), "today")
        _plain(menu, self.tr("Open all projects"), "open")
        _plain(menu, self.tr("Close all projects"), "close")
        menu.addSeparator()
        _tick(menu, self.tr("Days once agreed"), "baseline", "baseline" in self._on)
        _tick(menu, self.tr("What decides the end"), "critical", "critical" in self._on)
        _tick(menu, self.tr("Academic years"), "academic", "academic" in self._on)
        _tick(menu, self.tr("As a table"), "table", "table" in self._on)
        menu.addSeparator()
        _plain(menu, self.tr("Save as a picture or PDF"), "save")
        menu.triggered.connect(self._more_asked)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + px(4))))

    @Slot(QAction)
    def _lanes_asked(self, action: QAction) -> None:
        key = str(action.data())
        if key in get_args(Grouping):
            self.lanes_chosen.emit(key)
        else:
            self.wanted.emit(key)

    @Slot(QAction)
    def _more_asked(self, action: QAction) -> None:
        if action.data() == "today":
            self.today_wanted.emit()
        else:
            self.wanted.emit(str(action.data()))

    @Slot()
    def _table(self) -> None:
        self.wanted.emit("table")

    @Slot()
    def _less(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _more(self) -> None:
        self.stepped.emit(1)

    @Slot(int)
    def _slid(self, value: int) -> None:
        self.slid.emit(LEAST * exp(value / STEPS * log(MOST / LEAST)))


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _plain(menu: QMenu, words: str, key: str) -> None:
    menu.addAction(words).setData(key)


def _tick(menu: QMenu, words: str, key: str, on: bool) -> None:
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(on)
    action.setData(key)

"""All components in their states on one sheet, to be looked at and photographed; no page of the program."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHeaderView, QMenu, QRadioButton, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.cells import (
    CELL_ROLE,
    Balance,
    Cell,
    Chip,
    Coop,
    Meter,
    NavRow,
    Soft,
    TwoLine,
    right_aligned,
)
from partnerdesk.look.coverage import Coverage, Lane, Notice, Segment, Year
from partnerdesk.look.icons import Icon, icon
from partnerdesk.look.paint import rounded
from partnerdesk.look.tokens import px
from partnerdesk.views.kit.buttons import Button, IconButton, Kind
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor, TickEditor, ToggleEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import ChipLabel, Pane, Words
from partnerdesk.views.kit.layouts import Column, Flow, Row
from partnerdesk.views.kit.meters import CoverageView, MeterLine
from partnerdesk.views.kit.nav import NavView
from partnerdesk.views.kit.rings import framed, wants_ring
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.kit.table import DeskTable
from partnerdesk.views.kit.tabs import Tab, Tabs

Index = QModelIndex | QPersistentModelIndex
Section = tuple[str, Callable[[QWidget], QWidget]]

LEFT: Final[list[Section]] = []
RIGHT: Final[list[Section]] = []

_LOOKS: Final = (
    ("", "Save as"),
    ("hover", "Hover"),
    ("pressed", "Pressed"),
    ("focus", "Focus"),
    ("disabled", "Disabled"),
)
_CHIPS: Final = (
    Chip("success", "In effect", Icon.HOLDS),
    Chip("warn", "Expiring", Icon.SOON),
    Chip("warn", "Notice due", Icon.NOTICE),
    Chip("info", "With partner", Icon.WAITING),
    Chip("neutral", "Draft", Icon.DRAFT),
    Chip("accent", "Starts later", Icon.STARTS_LATER),
    Chip("danger", "Expired", Icon.ENDED),
    Chip("danger", "Terminating", Icon.TERMINATING),
    Chip("accent", "Tier 1", Icon.TIER),
)
_ROWS: Final[tuple[tuple[Cell, ...], ...]] = (
    (
        TwoLine("Charles University", "Prague · CUNI"),
        Coop(frozenset({"students", "staff", "curriculum"})),
        Chip("success", "In effect", Icon.HOLDS),
        Soft("31 Aug 2028"),
        Meter(6, 8),
        Balance(2),
    ),
    (
        TwoLine("Universität Zürich", "Zürich · UZH"),
        Coop(frozenset({"students", "research"})),
        Chip("success", "In effect", Icon.HOLDS),
        Soft("30 Jun 2028"),
        Meter(4, 6),
        Balance(-2),
    ),
    (
        TwoLine("Tsinghua University", "清华大学 · Beijing · THU"),
        Coop(frozenset({"students", "staff", "research", "curriculum", "practice"})),
        Chip("warn", "Notice due", Icon.NOTICE),
        Soft("31 Aug 2027"),
        Meter(7, 10),
        Balance(-11, past_limit=True),
    ),
    (
        TwoLine("Università di Bologna", "Bologna · UNIBO"),
        Coop(frozenset({"students", "practice"})),
        Chip("info", "With partner", Icon.WAITING),
        Soft("—"),
        Meter(9, 8),
        Balance(0),
    ),
)
_HEADS: Final = ("Partner", "Cooperation", "State", "Ends", "Places", "Bal.")


def section(
    title: str, column: list[Section]
) -> Callable[[Callable[[QWidget], QWidget]], Callable[[QWidget], QWidget]]:
    """Register a section of the sheet: `title` and a function that makes its widget."""

    def keep(make: Callable[[QWidget], QWidget]) -> Callable[[QWidget], QWidget]:
        column.append((title, make))
        return make

    return keep


class Gallery(Pane):
    """The sheet: two columns of sections, from the registers LEFT and RIGHT or two others."""

    def __init__(self, parent: QWidget | None = None, registers: Sequence[Sequence[Section]] = (LEFT, RIGHT)) -> None:
        super().__init__("surface", parent)
        self.resize(1280, 1440)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        columns = Row(self, 32, 32)
        for register in registers:
            column = Column(None, 0, 8)
            for title, make in register:
                column.addWidget(Words(title, "section"))
                column.addWidget(make(self))
                column.addSpacing(px(16))
            column.addStretch()
            columns.addLayout(column, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()
        for widget in self.findChildren(QWidget):
            if widget.property("look") == "focus" and wants_ring(widget):
                framed(widget)


@section("Buttons", LEFT)
def buttons(parent: QWidget) -> QWidget:
    """Every kind in every state."""
    box = QWidget(parent)
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    kinds: tuple[tuple[str, Kind], ...] = (
        ("Primary", "primary"),
        ("Secondary", "secondary"),
        ("Quiet", "quiet"),
        ("Danger", "danger"),
    )
    for line, (name, kind) in enumerate(kinds):
        grid.addWidget(Words(name, "tiny", "muted"), line, 0)
        row = Row(None, 0, 10)
        for look, word in _LOOKS:
            button = Button("Purge" if kind == "danger" and not look else word, kind)
            row.addWidget(_in_state(button, look))
        row.addStretch()
        grid.addLayout(row, line, 1)
    grid.addWidget(Words("Small, icon", "tiny", "muted"), len(kinds), 0)
    grid.addLayout(_small_buttons(), len(kinds), 1)
    return box


def _small_buttons() -> Row:
    row = Row(None, 0, 10)
    row.addWidget(Button("Renew", small=True))
    row.addWidget(_in_state(Button("Renew", small=True), "hover"))
    row.addWidget(IconButton(Icon.COLUMNS, "Columns", edge=True))
    row.addWidget(_in_state(IconButton(Icon.MORE, "More"), "hover"))
    row.addWidget(_in_state(IconButton(Icon.PRINT, "Print"), "focus"))
    row.addWidget(Segmented("View", (("board", "Board"), ("list", "List"))))
    row.addWidget(Button("Open coverage", "link"))
    row.addStretch()
    return row


@section("Fields", LEFT)
def fields(parent: QWidget) -> QWidget:
    """Fields in every state, ticks and round marks."""
    box = QWidget(parent)
    column = Column(box, 0, 10)
    for trio in (_plain_fields(), _told_fields(), _choice_fields()):
        row = Row(None, 0, 20)
        for field in trio:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
    marks = Row(None, 0, 16)
    for word, state, look in (
        ("On", True, ""),
        ("Off", False, ""),
        ("Mixed", None, ""),
        ("Focus", True, "focus"),
        ("Disabled", True, "disabled"),
    ):
        tick = TickEditor(word)
        tick.set_value(state)
        if state is None:
            tick.set_mixed(2)
        marks.addWidget(_in_state(tick, look))
    for word, on in (("Heads", True), ("Months", False)):
        mark = QRadioButton(word)
        mark.setChecked(on)
        marks.addWidget(mark)
    marks.addStretch()
    column.addLayout(marks)
    return box


def _plain_fields() -> list[Field]:
    made = []
    for name, look in (("Normal", ""), ("Hover", "hover"), ("Focus", "focus")):
        editor = LineEditor()
        editor.set_value("Beijing")
        made.append(Field(name, _in_state(editor, look)))
    return made


def _told_fields() -> list[Field]:
    wrong = Field("E-mail", LineEditor(), required=True)
    wrong.set_value("li.wenqing@tsinghua")
    wrong.set_error("The domain has no ending, e.g. .edu.cn")
    locked = Field("Locked", LineEditor())
    locked.set_value("2019-114")
    locked.set_locked("Approved versions do not change")
    return [wrong, locked, Field("Empty", LineEditor("Type a city"), help_text="Used for the map")]


def _choice_fields() -> list[Field]:
    choice = Field("Combo", ChoiceEditor((("student", "Student exchange"), ("staff", "Staff exchange"))))
    choice.set_value("student")
    text = Field("Text", TextEditor())
    text.set_value("Joint master track in energy systems; ten exchange places a year in engineering.")
    mixed = Field("Mixed values", LineEditor())
    mixed.set_mixed(4)
    return [choice, text, mixed]


@section("Chips and tabs", LEFT)
def chips_and_tabs(parent: QWidget) -> QWidget:
    """State chips, toggles and tabs of both densities."""
    box = QWidget(parent)
    column = Column(box, 0, 10)
    chips = QWidget(box)
    flow = Flow(chips)
    for state in _CHIPS:
        flow.addWidget(ChipLabel(state.kind, state.word, state.icon))
    column.addWidget(chips)
    toggles = ToggleEditor(
        (
            ("students", "Students", Icon.STUDENTS),
            ("staff", "Staff", Icon.STAFF),
            ("research", "Research", Icon.RESEARCH),
            ("curriculum", "Curriculum", Icon.CURRICULUM),
            ("practice", "Good practice", Icon.PRACTICE),
        )
    )
    toggles.set_value(frozenset({"students", "staff", "research"}))
    column.addWidget(Field("Forms of cooperation", toggles))
    views = Tabs(
        "Views",
        (
            Tab("all", "All partners", "312"),
            Tab("tier", "Tier 1 and 2", "38"),
            Tab("ending", "Ending within 90 days", "14"),
            Tab("none", "No agreement this year", "6"),
            Tab("mine", "Mine", "3"),
        ),
    )
    views.set_value("tier")
    views.set_changed("tier", True)
    column.addWidget(views)
    words = ("Overview", "Agreements", "People", "Contacts", "History")
    column.addWidget(Tabs("Sections", [Tab(word, word) for word in words], density="pane"))
    return box


class SampleTable(QAbstractTableModel):
    """A handful of rows with every kind of cell."""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_ROWS)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return _ROWS[index.row()][index.column()] if role == CELL_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and right_aligned(_ROWS[0][section]):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


class SampleView(DeskTable):
    """A table as high as its rows."""

    def sizeHint(self) -> QSize:
        rows = len(_ROWS) * tokens.height("row_two")
        return QSize(px(560), tokens.height("table_header") + rows)


@section("Table", LEFT)
def table(parent: QWidget) -> QWidget:
    """Header, hover, selection and each kind of cell."""
    view = SampleView("Partners", parent=parent)
    view.setModel(SampleTable(view))
    view.setSortingEnabled(True)
    view.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    view.selectRow(2)
    view.set_hover_row(1)
    view.setProperty("look", "focus")
    view.resizeColumnsToContents()
    view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return view


class Swatches(QWidget):
    """The chart colours."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(260), px(74))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        for row, (colours, wide, gap) in enumerate(((t.series, 26, 8), (t.sequential, 34, 0), (t.diverging, 30, 0))):
            for place, color in enumerate(colours):
                box = QRectF(px(place * (wide + gap)), px((0, 34, 54)[row]), px(wide), px(26 if row == 0 else 16))
                rounded(painter, box, 5 if row == 0 else 0, color)


@section("Chart colours", LEFT)
def swatches(parent: QWidget) -> QWidget:
    """Series, sequential and diverging colours."""
    return Swatches(parent)


@section("Form", RIGHT)
def form(parent: QWidget) -> QWidget:
    """A form grid as in a detail pane."""
    grid = FormGrid(parent)
    grid.add_head("Partnership", Button("Open coverage", "link"))
    responsible = Field("Responsible", ChoiceEditor(((1, "Marta Ilves"), (2, "Jon Weil"))), required=True)
    responsible.set_value(1)
    website = LineEditor()
    website.set_value("tsinghua.edu.cn")
    website.set_opener("Open the website")
    purpose = TextEditor()
    purpose.set_value("Joint master track in energy systems; ten exchange places a year in engineering.")
    wrong = Field("ROR", LineEditor())
    wrong.set_value("03cve4548")
    wrong.set_error("The check digits do not fit", "Use 03cve4549")
    grid.add(responsible, short=True)
    grid.add(Field("Strategic tier", ChoiceEditor(((1, "1 · Strategic"),))), short=True)
    grid.add(Field("Website", website), short=True)
    grid.add(wrong, short=True)
    grid.add(Field("Purpose", purpose), wide=True)
    return grid


@section("Meters and coverage", RIGHT)
def meters(parent: QWidget) -> QWidget:
    """Two meters and a coverage strip."""
    box = QWidget(parent)
    column = Column(box, 0, 10)
    row = Row(None, 0, 16)
    row.addWidget(MeterLine("Places out, 2025/26", 7, 10))
    row.addWidget(MeterLine("Places in, 2025/26", 11, 10))
    strip = CoverageView("Agreements by academic year", box)
    strip.show_coverage(sample_coverage(), "Student exchange from 2021 to 2027")
    column.addWidget(strip)
    column.addLayout(row)
    return box


def sample_coverage() -> Coverage:
    """Four lanes with a gap, two notices and a draft."""
    years = tuple(Year(f"{y % 100}/{y % 100 + 1}", date(y, 9, 1), date(y + 1, 8, 31)) for y in range(2021, 2029))
    student = Lane(
        "Student exchange · 2019-114",
        (Segment(None, date(2027, 8, 31)),),
        (Notice(date(2026, 9, 1), "notice 1 Sep"),),
    )
    staff = Lane(
        "Staff exchange · 2022-031",
        (
            Segment(date(2022, 9, 1), date(2024, 8, 31)),
            Segment(date(2024, 9, 1), date(2025, 8, 31), "gap"),
            Segment(date(2025, 9, 1), date(2028, 8, 31)),
        ),
        (Notice(date(2027, 9, 1)),),
    )
    research = Lane("Joint research MoU · 2024-007", (Segment(date(2024, 3, 12), None),))
    draft = Lane("Joint master track · draft 2026-012", (Segment(date(2027, 9, 1), None, "draft"),))
    return Coverage(years, (student, staff, research, draft), date(2026, 7, 16), "gap")


@section("Sidebar and menu", RIGHT)
def sidebar_and_menu(parent: QWidget) -> QWidget:
    """The list of pages and a context menu side by side."""
    box = QWidget(parent)
    row = Row(box, 0, 24)
    side = Pane("sidebar", box)
    column = Column(side, 8)
    nav = NavView("Pages", side)
    nav.set_rows(
        (
            NavRow("today", "Today", Icon.TODAY, badge="7"),
            NavRow("together", "Partnerships"),
            NavRow("partners", "Partners", Icon.PARTNERS, "312"),
            NavRow("agreements", "Agreements", Icon.AGREEMENTS, "418"),
            NavRow("data", "Data", Icon.DATA),
        )
    )
    nav.set_value("partners")
    column.addWidget(nav)
    nav.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    row.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(_Picture(_menu(box), box), 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch()
    return box


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    for meaning, word, keys in (
        (Icon.EDIT, "Edit", "F2"),
        (Icon.DUPLICATE, "Duplicate", "Ctrl+D"),
        (Icon.PRINT, "Print summary", "Ctrl+P"),
    ):
        menu.addAction(icon(meaning), f"{word}\t{keys}")
    menu.addSeparator()
    gone = menu.addAction(icon(Icon.DELETE, "danger"), "Delete\tDel")
    gone.setProperty("kind", "danger")
    menu.setActiveAction(menu.actions()[1])
    return menu


class _Picture(QWidget):
    """A popup shown as a picture inside the sheet."""

    def __init__(self, shown: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = shown
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return self._shown.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._shown.resize(self.size())
        QPainter(self).drawPixmap(0, 0, self._shown.grab())


def _in_state(widget: QWidget, look: str) -> QWidget:
    """`widget` shown in a state without pointer or keyboard."""
    if look == "disabled":
        widget.setEnabled(False)
    elif look:
        widget.setProperty("look", look)
    return widget

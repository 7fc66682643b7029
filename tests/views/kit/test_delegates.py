"""Rows show hover, selection and focus, and every cell stays in its column."""

import pytest
from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from partnerdesk.look import tokens
from partnerdesk.look.cells import CELL_ROLE, Balance, Chip, Coop, Meter, NavRow, Number, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.delegates import cell_width
from partnerdesk.views.kit.nav import NavView
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.kit.table import DeskTable

CELLS = (
    TwoLine("National University of Singapore", "Singapore · NUS"),
    Soft("Czechia"),
    Coop(frozenset({"students"})),
    Chip("warn", "Notice due", Icon.NOTICE),
    Meter(7, 10),
    Number("1,204"),
    Balance(-11, past_limit=True),
    "plain",
)


class Rows(QAbstractTableModel):
    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else 4

    def columnCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(CELLS)

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return CELLS[index.column()] if role == CELL_ROLE else None

    def flags(self, index):
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable


@pytest.fixture(autouse=True)
def light_desk(qapp):
    apply_theme(qapp, "light", 100)


@pytest.fixture
def table(qtbot):
    view = DeskTable("Partners")
    qtbot.addWidget(view)
    view.setModel(Rows(view))
    view.resizeColumnsToContents()
    view.resize(900, 300)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.show()
    return view


def pixel(view, x, row, dy=4):
    image = view.viewport().grab().toImage()
    return image.pixelColor(x, view.rowViewportPosition(row) + dy).name()


def test_that_rows_of_two_lines_are_44_high_and_grow_with_the_text(table, qapp):
    assert table.rowHeight(0) == 44
    table.set_rows("row")
    assert table.rowHeight(0) == 30
    apply_theme(qapp, "light", 200)
    assert table.rowHeight(0) == 60


def test_that_columns_grow_with_the_text(table, qapp):
    before = table.columnWidth(0)
    apply_theme(qapp, "light", 150)
    assert table.columnWidth(0) == pytest.approx(before * 1.5, abs=1)


def test_that_a_selected_row_has_its_edge_and_pales_without_the_keyboard(table, qtbot):
    light = tokens.light()
    table.selectRow(1)
    assert pixel(table, 1, 1) == light.accent.name()
    assert pixel(table, 6, 1) == light.sel_inactive.name()
    table.setProperty("look", "focus")
    assert pixel(table, 6, 1) == light.selection.name()


def test_that_the_row_under_the_pointer_shows(table, qtbot):
    at = QPoint(200, table.rowViewportPosition(2) + 10)
    qtbot.mouseMove(table.viewport(), QPoint(1, 1))
    qtbot.mouseMove(table.viewport(), at)
    qtbot.waitUntil(lambda: table.hover_row == 2)
    assert pixel(table, 6, 2) == tokens.light().hover.name()
    assert pixel(table, 6, 1) == tokens.light().surface.name()


def test_that_the_current_row_has_lines_only_where_rows_are_chosen_and_not_single_cells(table, qtbot):
    table.setFocus()
    table.selectionModel().setCurrentIndex(table.model().index(1, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    place = table.visualRect(table.model().index(1, 1))
    seen = []
    for behavior in (table.SelectionBehavior.SelectRows, table.SelectionBehavior.SelectItems):
        table.setSelectionBehavior(behavior)
        seen.append(pixel(table, place.center().x(), 1, dy=0) == tokens.current().focus.name())
    assert seen == [True, False]


def test_that_a_hairline_ends_each_row(table):
    assert pixel(table, 6, 0, 43) == tokens.light().line.name()


@pytest.mark.parametrize("column", range(len(CELLS)))
def test_that_no_cell_paints_into_its_neighbour(table, column):
    table.setColumnWidth(column, 40)
    alone = table.viewport().grab().toImage()
    left = table.columnViewportPosition(column)
    for other in range(len(CELLS)):
        if other != column:
            table.setColumnHidden(other, False)
    image = table.viewport().grab().toImage()
    right = left + 40
    assert [image.pixelColor(right, y) for y in range(44)] == [alone.pixelColor(right, y) for y in range(44)]
    ground = {tokens.light().surface.name(), tokens.light().line.name()}
    if column + 1 < len(CELLS):
        assert {image.pixelColor(right + 2, y).name() for y in range(44)} <= ground


def test_that_a_column_fits_its_widest_cell(table):
    for column, cell in enumerate(CELLS):
        assert table.columnWidth(column) >= cell_width(cell)


def test_that_a_cell_being_edited_is_a_named_field_within_its_row(table, qtbot):
    table.edit(table.model().index(1, 1))
    editor = table.findChild(QLineEdit)
    assert editor is not None
    assert editor.accessibleName()
    assert 0 < editor.height() <= 40


def nav_rows(badge="7"):
    return (
        NavRow("today", "Today", Icon.TODAY, badge=badge),
        NavRow("together", "Partnerships"),
        NavRow("partners", "Partners", Icon.PARTNERS, "312"),
    )


@pytest.fixture
def nav(qtbot):
    view = NavView("Pages")
    qtbot.addWidget(view)
    view.set_rows(nav_rows())
    view.resize(176, 200)
    view.show()
    return view


def test_that_the_keyboard_walks_from_page_to_page_past_the_heads(nav, qtbot):
    told = []
    nav.chosen.connect(told.append)
    nav.set_value("today")
    qtbot.keyClick(nav, Qt.Key.Key_Down)
    assert told == ["partners"]
    assert nav.value == "partners"


def test_that_marking_a_page_tells_nobody(nav):
    told = []
    nav.chosen.connect(told.append)
    nav.set_value("partners")
    assert told == []
    nav.set_value("")
    assert nav.value == ""


def test_that_new_counts_change_rows_in_place(nav, qtbot):
    nav.set_value("partners")
    with qtbot.assertNotEmitted(nav.model().modelReset), qtbot.waitSignal(nav.model().dataChanged, timeout=1000):
        nav.set_rows(nav_rows("8"))
    assert nav.value == "partners"


def test_that_a_page_is_spoken_with_its_count(nav):
    spoken = nav.model().index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Partners 312"

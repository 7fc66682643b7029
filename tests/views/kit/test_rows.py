"""Rows painted in one go look as rows painted cell by cell, and follow what changes."""

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QPainter, QPixmap

from partnerdesk.domain import clock
from partnerdesk.look import tokens
from partnerdesk.look.cells import CELL_ROLE, Balance, Chip, Coop, Meter, Number, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.rows import RowPainter, rows_within
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.kit.table import DeskTable

CELLS = (
    TwoLine("National University of Singapore", "Singapore · NUS"),
    Soft("Czechia"),
    Coop(frozenset({"students", "practice"})),
    Chip("warn", "Notice due", Icon.NOTICE),
    Number("1,204"),
    Balance(-11, past_limit=True),
    Meter(7, 10),
    "plain",
)


class Lines(QAbstractTableModel):
    def __init__(self, parent):
        super().__init__(parent)
        self.lines = [list(CELLS) for _ in range(6)]

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(CELLS)

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        line = self.lines[index.row()]
        return line[index.column()] if role == CELL_ROLE and line is not None else None


@pytest.fixture
def table(qtbot, qapp):
    apply_theme(qapp, "light", 100)
    view = DeskTable("Partners")
    qtbot.addWidget(view)
    view.setModel(Lines(view))
    view.resizeColumnsToContents()
    view.resize(1000, 300)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setProperty("look", "focus")
    view.show()
    return view


@pytest.fixture
def painter(table):
    return RowPainter(table, lambda row: table.model().lines[row], lambda line, column: line[column])


def painted(table, painter, rows=range(6)):
    pixmap = QPixmap(table.viewport().size())
    pixmap.fill(tokens.current().surface)
    brush = QPainter(pixmap)
    painter.paint(brush, rows)
    brush.end()
    return pixmap.toImage()


def by_cells(table):
    return table.viewport().grab().toImage().convertToFormat(QPixmap(1, 1).toImage().format())


def differing(one, other):
    return sum(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width()) for y in range(one.height()))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_that_rows_look_as_their_cells_painted_one_by_one(table, painter, qapp, theme):
    apply_theme(qapp, theme, 100)
    table.selectRow(1)
    table.set_hover_row(3)
    assert differing(painted(table, painter), by_cells(table)) == 0


def test_that_narrow_columns_cut_what_they_show(table, painter):
    for column in range(len(CELLS)):
        table.setColumnWidth(column, 44)
    assert differing(painted(table, painter), by_cells(table)) == 0


def test_that_a_selected_row_has_its_edge_where_reading_begins(table, painter):
    table.selectRow(1)
    assert painted(table, painter).pixelColor(1, 50) == tokens.light().accent
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert painted(table, painter).pixelColor(table.viewport().width() - 2, 50) == tokens.light().accent


def test_that_a_line_on_its_way_is_only_ground(table, painter):
    table.model().lines[0] = None
    image = painted(table, painter)
    assert {image.pixel(x, 20) for x in range(image.width())} == {tokens.light().surface.rgb()}


def test_that_a_changed_line_is_painted_as_it_is_now(table, painter):
    before = painted(table, painter)
    table.model().lines[0] = [TwoLine("Kyoto"), *CELLS[1:]]
    after = painted(table, painter)
    assert differing(before.copy(0, 0, 200, 44), after.copy(0, 0, 200, 44)) > 0
    assert differing(after, by_cells(table)) == 0


def test_that_a_change_of_theme_or_of_the_size_of_text_changes_what_is_kept(table, painter, qapp):
    light = painted(table, painter)
    apply_theme(qapp, "dark", 100)
    dark = painted(table, painter)
    assert differing(dark, by_cells(table)) == 0
    apply_theme(qapp, "light", 100)
    assert differing(painted(table, painter), light) == 0


def test_that_what_a_line_shows_is_worked_out_once(table):
    asked = []

    def cell(line, column):
        asked.append(column)
        return line[column]

    once = RowPainter(table, lambda row: table.model().lines[row], cell)
    painted(table, once)
    seen = len(asked)
    painted(table, once)
    assert seen == len(asked) == 6 * len(CELLS)


def test_that_it_is_worked_out_anew_the_next_day(table, painter, monkeypatch):
    painted(table, painter)
    table.model().lines[0][1] = Soft("tomorrow")
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: today.replace(year=today.year + 1))
    assert differing(painted(table, painter), by_cells(table)) == 0


def test_that_only_rows_of_what_is_to_be_painted_are_named(table):
    assert list(rows_within(table, [(0, 43)])) == [0]
    assert list(rows_within(table, [(40, 50), (200, 900)])) == [0, 1, 4, 5]
    assert list(rows_within(table, [(280, 290)])) == []

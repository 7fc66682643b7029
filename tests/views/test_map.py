"""The map in the real window: found by typing, chosen by mouse and keys, every number leading to its list."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from partnerdesk.domain.countries import countries
from partnerdesk.domain.measures import members
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import Text
from partnerdesk.look import tokens
from partnerdesk.services.partners import change_institution, partner_file
from partnerdesk.views import map_page
from partnerdesk.views.map_parts import FigureButton, RecordRow, YearChart
from partnerdesk.views.map_saver import ask_map
from partnerdesk.views.map_tools import country_options
from partnerdesk.views.map_view import CLOSEST

pytestmark = pytest.mark.usefixtures("stopped_clock")
ALONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def mapped(drive, office_file):
    """The window on the page Map, settled."""
    driven = drive(office_file)
    driven.house.go("map")
    driven.settle()
    driven.page = driven.window.page_named("map")
    driven.qtbot.waitUntil(lambda: driven.page.lens is not None)
    return driven


def place(page, code):
    return page.world.view.at(page.world.shape.world.places[code]).toPoint()


def test_that_a_country_is_found_by_typing_and_its_brief_is_printed(mapped):
    """Journey 15: Map, country, brief."""
    page = mapped.page
    page.world.setFocus()
    mapped.keys("<F>")
    mapped.keys("rance", "<Return>")
    mapped.qtbot.waitUntil(lambda: page.panel.sheet is not None)
    assert page.world.selected == ("FR",)
    assert page.panel.isVisible() and page.panel.accessibleName() == "France"
    table = page.lens.table
    figures = {button.key: button.accessibleName() for button in page.panel.findChildren(FigureButton)}
    assert figures["partners"] == f"{table.number('partners', 'FR', None)} partners"
    rows = [row for row in page.panel.findChildren(RecordRow) if row.page == "partners"]
    assert len(rows) >= table.number("partners", "FR", None)
    printed = []
    page.house.print_it = printed.append
    mapped.press("Country brief", page.panel)
    assert [job.about for job in printed] == [(("FR",),)]


def test_that_every_number_opens_its_list_filtered(mapped):
    page, table = mapped.page, mapped.page.lens.table
    page.choose(("DE",))
    mapped.settle()
    mapped.qtbot.waitUntil(lambda: page.panel.sheet is not None)
    for key, other in (("partners", "partners"), ("agreements", "agreements"), ("stays", "stays")):
        year = page.asked.year if key == "stays" else None
        button = next(one for one in page.panel.findChildren(FigureButton) if one.key == key)
        mapped.click(button)
        listed = mapped.window.page
        assert listed.key == other
        expected = table.number(key, "DE", year)
        mapped.qtbot.waitUntil(lambda listed=listed, expected=expected: listed.model.rowCount() == expected)
        mapped.house.go("map")
        mapped.settle()


def test_that_a_click_chooses_and_the_sea_lets_go(mapped):
    page = mapped.page
    mapped.click(page.world, place(page, "BR") + QPoint(-12, -12))
    assert page.world.selected == ("BR",)
    QTest.mouseClick(page.world, LEFT, Qt.KeyboardModifier.ControlModifier, place(page, "AU") + QPoint(-20, 0))
    mapped.settle()
    assert page.world.selected == ("BR", "AU")
    mapped.click(page.world, QPoint(4, 300))
    assert page.world.selected == ()
    assert not page.panel.isVisible()


def test_that_a_box_drawn_with_shift_chooses_the_countries_in_it(mapped):
    page, shift = mapped.page, Qt.KeyboardModifier.ShiftModifier
    middle = place(page, "PY")
    QTest.mousePress(page.world, LEFT, shift, middle - QPoint(70, 80))
    QTest.mouseMove(page.world, middle + QPoint(60, 60))
    QTest.mouseRelease(page.world, LEFT, shift, middle + QPoint(60, 60))
    mapped.settle()
    assert {"PY", "BO", "AR", "UY"} <= set(page.world.selected)
    assert "US" not in page.world.selected


def test_that_a_drag_moves_the_map_and_chooses_nothing(mapped):
    page = mapped.page
    before = page.world.view
    start = place(page, "CN")
    QTest.mousePress(page.world, LEFT, ALONE, start)
    QTest.mouseMove(page.world, start + QPoint(30, 8))
    QTest.mouseMove(page.world, start + QPoint(60, 16))
    QTest.mouseRelease(page.world, LEFT, ALONE, start + QPoint(60, 16))
    mapped.settle()
    assert (page.world.view.x - before.x, page.world.view.y - before.y) == (60, 16)
    assert page.world.selected == ()


def test_that_the_map_is_used_by_keys_alone(mapped):
    page = mapped.page
    page.world.setFocus(Qt.FocusReason.TabFocusReason)
    page.world.set_cursor("CH")
    mapped.keys("<Up>", "<Return>")
    assert page.world.selected == ("DE",)
    assert page.world.accessibleName().startswith("Map of the world: Germany, ")
    mapped.keys("<Down>", "<Space>")
    assert len(page.world.selected) == 2
    scale = page.world.view.scale
    mapped.keys("<+>")
    assert page.world.view.scale > scale
    mapped.keys("<0>")
    assert page.world.view.scale == pytest.approx(scale)
    mapped.keys("<Esc>")
    assert page.world.selected == ()


def test_that_zooming_keeps_what_is_under_the_pointer(mapped):
    page = mapped.page
    at = QPointF(place(page, "IN"))
    before = page.world.view.place(at)
    page.world.zoom(3.0, at)
    assert page.world.view.place(at) == pytest.approx(before, abs=1e-6)
    for _ in range(20):
        page.world.zoom(3.0, at)
    assert page.world.view.scale == pytest.approx(CLOSEST)
    for _ in range(30):
        page.world.zoom_out()
    assert page.world.view.scale > 0.3


def test_that_every_country_is_found_by_search_and_has_a_place_in_sight(mapped):
    page = mapped.page
    codes = {one.code for one in countries()}
    assert {option.value for option in country_options()} == codes
    for code in sorted(codes):
        page.world.show_codes((code,))
        assert page.world.rect().contains(place(page, code)), code


def test_that_a_region_is_looked_at_and_chosen(mapped):
    page = mapped.page
    page.region.set_value("155")
    page.region.edited.emit("155")
    mapped.settle()
    assert set(page.world.selected) == set(members("155"))
    mapped.qtbot.waitUntil(lambda: page.panel.accessibleName() == "Western Europe")
    assert page.panel.brief.text() == "Regional brief"


def test_that_the_legend_takes_classes_away_and_gives_them_back(mapped):
    page = mapped.page
    before = dict(page.lens.fills(tokens.light()))
    page.legend.toggled.emit(0)
    assert len(page.lens.fills(tokens.light())) < len(before)
    page.legend.all_wanted.emit()
    assert page.lens.fills(tokens.light()) == before


def test_that_classes_can_be_natural_or_have_bounds_of_ones_own(mapped):
    page = mapped.page
    page.method.set_value("natural")
    page.method.edited.emit("natural")
    assert page.asked.method == "natural"
    page.method.set_value("own")
    page.method.edited.emit("own")
    assert page.bounds.isVisible()
    page.bounds.setText("1 3 9")
    assert page.lens.classes.lower == (1, 3, 9)
    page.bounds.setText("9 3")
    assert page.lens.classes.lower == (1, 3, 9), "what cannot be read changes nothing"
    page.method.edited.emit("quantiles")
    assert page.asked.bounds == ()


def test_that_the_years_play_from_the_first_to_the_last(mapped):
    page = mapped.page
    years = list(page.lens.table.years)
    page.ask(year=years[-1])
    page.years.play.click()
    assert page.years.playing
    seen = [page.asked.year]
    for _ in years[1:]:
        page.years.step()
        seen.append(page.asked.year)
    assert seen == years
    assert not page.years.playing


def test_that_the_table_has_the_numbers_of_the_map_and_sorts(mapped):
    page = mapped.page
    page.show_mode("table")
    mapped.settle()
    lines = page.twin.list.lines.lines
    table, year = page.lens.table, page.asked.year
    for line in lines:
        assert line.numbers[0] == table.number("partners", line.code, year)
    page.twin.sort_by(1)
    numbers = [line.numbers[0] for line in page.twin.list.lines.lines]
    assert numbers == sorted(numbers, reverse=True)
    page.twin.list.setFocus()
    page.twin.list.select_row(1)
    mapped.settle()
    assert page.world.selected == (page.twin.list.current.code,)


def test_that_the_map_follows_what_is_changed_elsewhere(mapped):
    page = mapped.page
    before = page.lens.table.number("partners", "TV", None)
    page.choose(("FR",))
    mapped.settle()
    one = page.panel.sheet.partners[0].line.id
    institution = mapped.ask(lambda reader: partner_file(reader, one)).institution
    mapped.do(change_institution(institution, country="TV"))
    mapped.qtbot.waitUntil(lambda: page.lens.table.number("partners", "TV", None) == before + 1)


def test_that_two_to_five_countries_stand_side_by_side_with_their_sum(mapped):
    page = mapped.page
    page.choose(("FR", "DE"))
    mapped.settle()
    mapped.qtbot.waitUntil(lambda: page.panel.sheet is not None and page.panel.sheet.codes == ("FR", "DE"))
    chart = page.panel.findChild(YearChart)
    assert chart.accessibleDescription()
    table = page.lens.table
    shown = [label.text() for label in page.panel.findChildren(QLabel)]
    assert str(table.total("partners", ("FR", "DE"), None)) in shown


def test_that_a_damaged_map_is_said_and_the_table_offered(drive, office_file, monkeypatch):
    def broken(_=None):
        raise BadFile(Text("The map file of the program is missing or damaged."))

    monkeypatch.setattr(map_page, "shape", broken)
    driven = drive(office_file)
    driven.house.go("map")
    driven.settle()
    page = driven.window.page_named("map")
    driven.qtbot.waitUntil(lambda: page.lens is not None)
    assert page.mode.value == "table"
    assert page.twin.isVisible() and len(page.twin.list.lines.lines) > 10
    assert page.message.isVisible()


def test_that_the_map_is_saved_as_pdf_drawing_and_picture(mapped, tmp_path):
    page = mapped.page
    for ending, start in ((".pdf", b"%PDF"), (".svg", b"<?xml"), (".png", b"\x89PNG")):
        saver = ask_map(page, mapped.house.desk, page.world.shape, page.lens, {"FR": "France"})
        told = []
        saver.told.connect(lambda kind, words, told=told: told.append((kind, words)))
        path: Path = tmp_path / f"map{ending}"
        saver.save(str(path))
        mapped.qtbot.waitUntil(lambda told=told: bool(told))
        page.findChild(QFileDialog).close()
        assert told[0][0] == "info"
        assert path.read_bytes().startswith(start)

"""The page of who is away: a day by field, keys and slider; countries that narrow the list; copied as a table."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person, PersonContact
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services.office import create_file
from partnerdesk.views.abroad import AbroadPage
from partnerdesk.views.kit.style import apply_theme

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.usefixtures("stopped_clock")


def fill(unit):
    """Three students in Chile until July, a teacher in France in June, a guest from Chile now."""
    home = unit.add(Institution(name="Northbridge", is_home=True)).id
    chile = unit.add(Institution(name="Universidad de Chile", country="CL", city="Santiago")).id
    france = unit.add(Institution(name="Université Paris-Saclay", country="FR", city="Orsay")).id

    def stay(name, kind, partner, begins, ends, direction="out"):
        person = unit.add(Person(given_names="Ana", family_name=name, kind=kind, phone=f"+44 1632 {name}",
                                 email=f"{name.lower()}@example.edu")).id
        unit.add(PersonContact(person_id=person, name=f"Mother of {name}", relation="mother", phone="+1 510 5550"))
        return unit.add(Stay(
            person_id=person, direction=direction, sending_id=home if direction == "out" else partner,
            receiving_id=partner if direction == "out" else home, sending_status="live", receiving_status="verified",
            planned_from=begins, planned_to=ends, actual_from=begins if begins < TODAY else None)).id

    made = [stay(name, "student", chile, date(2026, 2, 1), date(2026, 7, 1)) for name in ("Soto", "Falk", "Mbeki")]
    made.append(stay("Novotny", "staff", france, date(2026, 6, 10), date(2026, 6, 20)))
    made.append(stay("Rojas", "student", chile, date(2026, 2, 10), date(2026, 6, 30), "in"))
    return made


class Shown:
    """The page with a small office behind it."""

    def __init__(self, qtbot, desk, page, stays):
        self.qtbot, self.desk, self.page, self.stays = qtbot, desk, page, stays

    def settle(self):
        for _ in range(3):
            QTest.qWait(70)
            self.qtbot.waitUntil(lambda: self.desk.idle)

    @property
    def names(self):
        model = self.page.model
        return [model.line_at(row).name.removeprefix("Ana ") for row in range(model.rowCount())]


@pytest.fixture
def shown(qtbot, qapp, house, tmp_path):
    apply_theme(qapp, "light", 100)
    desk, answers = house.desk, []
    desk.adopt(create_file(tmp_path / "office.partnerdesk"))
    desk.do(Deed(Text("fill"), fill), answers.append)
    qtbot.waitUntil(lambda: bool(answers) and desk.idle)
    page = AbroadPage(house)
    qtbot.addWidget(page)
    page.resize(1088, 700)
    with qtbot.waitActive(page):
        page.show()
    page.arrive()
    made = Shown(qtbot, desk, page, answers[0])
    made.settle()
    return made


def test_that_the_page_begins_with_today_by_country_and_name(shown):
    assert shown.page.asked == (TODAY, "out", ())
    assert shown.names == ["Falk", "Mbeki", "Soto"]
    assert [(row.word, row.n) for row in shown.page.countries.rows] == [("Chile", 3)]


def test_that_another_day_written_into_the_field_shows_who_is_away_then(shown):
    shown.page.field.setFocus()
    shown.page.field.selectAll()
    QTest.keyClicks(shown.page.field, "15/6/2026")
    QTest.keyClick(shown.page.field, Qt.Key.Key_Return)
    shown.settle()
    assert shown.names == ["Falk", "Mbeki", "Soto", "Novotny"]
    assert shown.page.strip.day == date(2026, 6, 15)
    assert shown.page.model.line_at(3).arrived is False


def test_that_the_slider_goes_by_days_weeks_months_and_back_to_today(shown):
    strip = shown.page.strip
    strip.setFocus()
    for key, modifiers, wanted in (
            (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, TODAY + timedelta(days=1)),
            (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, TODAY + timedelta(days=8)),
            (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, date(2026, 4, 10)),
            (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, date(2026, 4, 9)),
            (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, TODAY)):
        QTest.keyClick(strip, key, modifiers)
        assert strip.day == wanted == shown.page.asked[0] == shown.page.field.value()


def test_that_the_slider_follows_the_pointer(shown):
    strip = shown.page.strip
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                     QPoint(strip.width() * 2 // 3, strip.height() // 2))
    shown.settle()
    assert strip.day > date(2026, 7, 1)
    assert shown.names == []
    assert shown.page.empty.isVisible()
    assert "Nobody of ours is abroad on" in shown.page.empty.accessibleName()


def test_that_a_day_far_away_moves_the_stretch_along(shown):
    shown.page.show_day(date(2031, 5, 4))
    strip = shown.page.strip
    assert strip.first <= date(2031, 5, 4) < strip.first + timedelta(weeks=78)


def test_that_a_country_narrows_the_list_and_lets_go_again(shown):
    shown.page.show_day(date(2026, 6, 15))
    shown.settle()
    france = next(n for n, row in enumerate(shown.page.countries.rows) if row.word == "France")
    step = shown.page.countries.height() // len(shown.page.countries.rows)
    at = QPoint(20, france * step + step // 2)
    QTest.mouseClick(shown.page.countries, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    shown.settle()
    assert shown.names == ["Novotny"]
    assert len(shown.page.countries.rows) == 2
    QTest.mouseClick(shown.page.countries, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    shown.settle()
    assert len(shown.names) == 4


def test_that_words_and_kinds_narrow_the_list(shown):
    shown.page.search.setText("sant")
    shown.settle()
    assert len(shown.names) == 3
    shown.page.search.setText("soto")
    shown.settle()
    assert shown.names == ["Soto"]


def test_that_what_is_written_elsewhere_comes_into_the_list(shown):
    shown.desk.do(Deed(Text("try"), lambda unit: unit.change(Person, 1, None, phone="+44 1632 000000")))
    shown.settle()
    assert shown.page.model.line_at(2).phone == "+44 1632 000000"
    shown.desk.do(Deed(Text("try"), lambda unit: unit.change(Stay, shown.stays[0], None, actual_to=date(2026, 3, 1))))
    shown.settle()
    assert shown.names == ["Falk", "Mbeki"]


def test_that_return_goes_to_the_stay(shown, house):
    shown.page.table.select_row(1)
    QTest.keyClick(shown.page.table, Qt.Key.Key_Return)
    assert house.went == [("stays", shown.stays[2])]


def test_that_rows_are_copied_with_all_that_is_needed_to_reach_somebody(shown):
    shown.page.table.select_row(0)
    shown.page.copy()
    shown.settle()
    head, row = (line.split("\t") for line in QGuiApplication.clipboard().text().splitlines())
    found = dict(zip(head, row, strict=True))
    assert found["E-mail"] == "falk@example.edu"
    assert found["Phone in an emergency"] == "+1 510 5550"
    assert found["City"] == "Santiago"


def test_that_rows_come_and_go_as_a_model_should_let_them(shown):
    tester = QAbstractItemModelTester(shown.page.model)
    for on in (date(2026, 6, 15), date(2030, 1, 1), TODAY):
        shown.page.show_day(on)
        shown.settle()
    del tester


def test_that_a_closed_office_leaves_nobody_and_another_one_shows_its_own(shown, tmp_path):
    shown.desk.close()
    shown.settle()
    assert shown.names == []
    assert list(shown.page.countries.rows) == []
    shown.desk.adopt(create_file(tmp_path / "other.partnerdesk"))
    shown.settle()
    assert shown.names == []
    assert shown.page.empty.isVisible()


def test_that_an_office_opened_unseen_is_not_read_as_a_whole(qtbot, house, tmp_path):
    page = AbroadPage(house)
    qtbot.addWidget(page)
    house.desk.adopt(create_file(tmp_path / "office.partnerdesk"))
    answers = []
    house.desk.do(Deed(Text("fill"), fill), answers.append)
    qtbot.waitUntil(lambda: bool(answers) and house.desk.idle)
    assert [one.key for one in page.model.query.filters] == ["abroad", "direction"]
    assert page.model.hits == 3

"""The picker: search as you type, walk by keys, choose one or many."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from partnerdesk.views.kit.picker import Option, OptionsModel, PickerPopup

COUNTRIES = [
    Option("CL", "Chile", "CL"),
    Option("CN", "China", "CN", "中国"),
    Option("CZ", "Czechia", "CZ", "Česko"),
    Option("AX", "Åland Islands", "AX"),
    Option("PL", "Poland", "PL"),
]


@pytest.fixture
def opened(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    with qtbot.waitActive(host):
        host.show()

    def make(options=COUNTRIES, checked=(), **more):
        picker = PickerPopup(host, options, checked, name="Country", **more)
        picker.open_under(host)
        return picker

    make.host = host
    return make


def shown(picker):
    return [picker.model.index(row).data() for row in range(picker.model.rowCount())]


def current(picker):
    return picker.list.currentIndex().data()


def test_that_typing_narrows_accents_aside_with_beginnings_first(qtbot, opened):
    picker = opened()
    qtbot.keyClicks(picker.search, "ch")
    assert shown(picker) == ["Chile", "China", "Czechia"]
    picker.search.setText("aland")
    assert shown(picker) == ["Åland Islands"]
    picker.search.setText("cesko")
    assert shown(picker) == ["Czechia"]
    picker.search.setText("中国")
    assert shown(picker) == ["China"]


def test_that_keys_walk_the_list_and_enter_chooses_and_frees(qtbot, freed, opened):
    picker = opened()
    told = []
    picker.chosen.connect(told.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(picker.search, key)
    assert current(picker) == "China"
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    freed(picker)
    assert told == ["CN"]


def test_that_it_opens_at_the_present_choice(opened):
    picker = opened(checked=["CZ"])
    assert current(picker) == "Czechia"
    assert "chosen" in picker.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


def test_that_a_click_chooses(qtbot, freed, opened):
    picker = opened()
    row = picker.list.visualRect(picker.model.index(2)).center()
    told = []
    picker.chosen.connect(told.append)
    qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    freed(picker)
    assert told == ["CZ"]


def test_that_many_can_be_checked_before_it_is_closed(qtbot, freed, opened):
    picker = opened(checked=["CL"], many=True)
    told = []
    picker.toggled.connect(told.append)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert told == [set(), {"CN"}]
    assert picker.isVisible()
    qtbot.keyClick(picker.search, Qt.Key.Key_Escape)
    freed(picker)


def test_that_the_last_row_adds_what_was_typed(qtbot, freed, opened):
    picker = opened(add_text="Add “{text}” as a new country name")
    assert not picker.add_row.isVisible()
    qtbot.keyClicks(picker.search, "chi")
    assert picker.add_row.text() == "Add “chi” as a new country name"
    for _ in range(5):
        qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.add_row.current
    told = []
    picker.add_asked.connect(told.append)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    freed(picker)
    assert told == ["chi"]


def test_that_where_nothing_matches_enter_adds(qtbot, opened):
    picker = opened(add_text="Add “{text}”")
    picker.search.setText("zzz")
    assert shown(picker) == []
    assert picker.add_row.current


def test_that_a_provider_is_asked_after_a_pause_and_late_answers_are_passed_over(qtbot, freed, opened):
    asked = []
    picker = opened(options=lambda text, reply: asked.append((text, reply)))
    qtbot.keyClicks(picker.search, "tsing")
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert [text for text, _ in asked] == ["", "tsing"]
    asked[1][1]([Option(7, "Tsinghua University", "THU")])
    asked[0][1]([Option(1, "Old answer")])
    assert shown(picker) == ["Tsinghua University"]
    reply = asked[1][1]
    picker.close()
    freed(picker)
    reply([Option(8, "Too late")])


def test_that_enter_chooses_from_what_the_words_find_and_not_from_what_stood_there_before(qtbot, opened):
    asked, told = [], []
    picker = opened(options=lambda text, reply: asked.append((text, reply)))
    picker.chosen.connect(told.append)
    asked[0][1]([Option(1, "Aalto University")])
    qtbot.keyClicks(picker.search, "tsing")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert [text for text, _ in asked] == ["", "tsing"]
    assert told == []
    asked[1][1]([Option(7, "Tsinghua University", "THU")])
    assert told == [7]


def test_that_it_is_as_high_as_its_rows_and_stays_on_the_screen(qtbot, opened):
    opened.host.move(QPoint(10_000, 10_000))
    picker = opened()
    tall = picker.height()
    assert picker.screen().availableGeometry().contains(picker.geometry())
    picker.search.setText("poland")
    assert picker.height() < tall
    assert picker.accessibleName() == picker.list.accessibleName() == "Country"
    assert picker.search.accessibleName()


def test_that_the_model_keeps_the_rules_of_models(qapp):
    model = OptionsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_options(COUNTRIES, "")
    model.toggle(1)
    model.show_options(COUNTRIES[:2], "ch")
    assert (model.checked, model.rowCount(), tester.model()) == ({"CN"}, 2, model)


def test_that_a_row_under_a_pointer_at_rest_does_not_take_the_keyboards_place(qtbot, opened):
    picker = opened(checked=["CZ"])
    picker.list.entered.emit(picker.model.index(0))
    assert current(picker) == "Czechia"
    QCursor.setPos(QCursor.pos() + QPoint(40, 40))
    picker.list.entered.emit(picker.model.index(0))
    assert current(picker) == "Chile"

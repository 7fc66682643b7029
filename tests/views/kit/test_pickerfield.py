"""The picker's field: opens by key, mouse and letter, tells once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.views.kit.forms import Field
from partnerdesk.views.kit.picker import Option, PickerPopup
from partnerdesk.views.kit.pickerfield import PickerField

COUNTRIES = [Option("CL", "Chile", "CL"), Option("CN", "China", "CN"), Option("PL", "Poland", "PL")]


@pytest.fixture
def field(qtbot):
    hosts = []

    def make(**more):
        host = QWidget()
        host.setFixedWidth(260)
        qtbot.addWidget(host)
        hosts.append(host)
        field = PickerField(COUNTRIES, **more)
        QVBoxLayout(host).addWidget(Field("Country", field))
        field.told = []
        field.edited.connect(field.told.append)
        with qtbot.waitActive(host):
            host.show()
        field.setFocus()
        return field

    return make


def picker_of(field):
    return field.findChild(PickerPopup)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_F4, Qt.Key.Key_Return])
def test_that_keys_open_it_and_the_choice_is_told(qtbot, freed, field, key):
    country = field()
    qtbot.keyClick(country, key)
    picker = picker_of(country)
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    freed(picker)
    assert (country.told, country.value(), country.text()) == (["CN"], "CN", "China")


def test_that_a_letter_begins_the_search(qtbot, field):
    country = field()
    qtbot.keyClick(country, "p")
    assert picker_of(country).search.text() == "p"
    assert picker_of(country).model.rowCount() == 1


def test_that_a_click_opens_and_on_the_cross_empties(qtbot, freed, field):
    country = field()
    country.set_value("PL")
    qtbot.mouseClick(country, Qt.MouseButton.LeftButton, pos=country.rect().center())
    picker = picker_of(country)
    picker.close()
    freed(picker)
    assert country.told == []
    cross = country.rect().topRight()
    cross.setX(cross.x() - 34)
    cross.setY(country.rect().center().y())
    qtbot.mouseClick(country, Qt.MouseButton.LeftButton, pos=cross)
    assert (country.told, country.value()) == ([None], None)


def test_that_delete_empties_unless_the_field_is_required(qtbot, field):
    free, required = field(), field(required=True)
    for one in (free, required):
        one.set_value("CL")
        qtbot.keyClick(one, Qt.Key.Key_Delete)
    assert (free.told, required.told) == ([None], [])


def test_that_many_are_told_once_when_the_list_closes(qtbot, freed, field):
    countries = field(many=True)
    countries.set_value(["PL"])
    qtbot.keyClick(countries, Qt.Key.Key_Space)
    picker = picker_of(countries)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(picker.search, key)
    assert countries.told == []
    qtbot.keyClick(picker.search, Qt.Key.Key_Escape)
    freed(picker)
    assert countries.told == [("PL", "CN")]
    assert countries.text() == "Poland, China"


def test_that_a_locked_field_does_not_open_and_mixed_values_show_a_dash(qtbot, field):
    country = field()
    country.set_locked("Comes from the agreement")
    qtbot.keyClick(country, Qt.Key.Key_Space)
    qtbot.mouseClick(country, Qt.MouseButton.LeftButton)
    assert picker_of(country) is None
    country.set_locked("")
    country.set_mixed(3)
    assert country.value() is None
    assert country.accessibleName() == "Country"
    assert country.accessibleDescription() == "3 records differ"


def test_that_a_label_comes_from_the_office_where_a_provider_gives_the_options(qtbot):
    field = PickerField(lambda text, reply: reply([]), label_of=lambda value: f"Partner {value}")
    qtbot.addWidget(field)
    field.set_value(12)
    assert field.text() == "Partner 12"

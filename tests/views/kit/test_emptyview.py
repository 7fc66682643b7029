"""Empty views: one sentence, the ways out, no void."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import IconLabel, Words


def view(qtbot):
    made = EmptyView(
        Icon.PARTNERS,
        "No partners yet. Add the first one, or bring in your list.",
        "New partner",
        "Import a spreadsheet",
        "Look at the sample office",
    )
    qtbot.addWidget(made)
    made.resize(700, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_that_each_way_out_tells_its_name(qtbot):
    made, told = view(qtbot), []
    made.chosen.connect(told.append)
    for button in made.findChildren(Button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == ["primary", "second", "link"]


def test_that_what_has_no_words_is_left_out(qtbot):
    made = view(qtbot)
    made.show_case("Nothing matches “zurch”.", link="Clear filters")
    assert [button.text() for button in made.findChildren(Button) if button.isVisible()] == ["Clear filters"]
    assert made.accessibleName() == "Nothing matches “zurch”."


def test_that_it_is_centred_across_at_about_two_fifths_of_the_height(qtbot):
    made = view(qtbot)
    words = made.findChild(Words)
    middle = words.mapTo(made, QPoint(words.width() // 2, words.height() // 2))
    assert abs(middle.x() - 350) <= 2
    assert 0.38 < middle.y() / made.height() < 0.48


def test_that_empty_views_beside_each_other_stand_on_one_line(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    left = EmptyView(Icon.PARTNERS, "No partners yet.", "New partner", "Import a spreadsheet", parent=window)
    right = EmptyView(Icon.PARTNERS, "Select a partner to see it here.", parent=window)
    left.setGeometry(0, 170, 600, 500)
    right.setGeometry(600, 0, 400, 670)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: icon_top(left, window) == icon_top(right, window))
    assert abs(icon_top(left, window) - 0.36 * 700) < 20


def test_that_a_low_empty_view_keeps_its_words_inside(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    low = EmptyView(Icon.PARTNERS, "No partners yet.", "New partner", parent=window)
    low.setGeometry(0, 0, 600, 160)
    with qtbot.waitExposed(window):
        window.show()
    button = next(b for b in low.findChildren(Button) if b.isVisible())
    assert button.geometry().bottom() < low.height()


def icon_top(view, window):
    icon = view.findChild(IconLabel)
    return icon.mapTo(window, icon.rect().topLeft()).y()

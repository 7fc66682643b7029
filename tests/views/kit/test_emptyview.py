"""Empty views: one sentence, the ways out, no void."""

from PySide6.QtCore import QPoint, Qt

from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Words


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
    assert 0.3 < middle.y() / made.height() < 0.45

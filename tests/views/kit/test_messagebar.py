"""Message bars: true until cleared, never clipped."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.messagebar import LeadWords, MessageBar


def bar(qtbot, width=600):
    host = QWidget()
    host.setFixedWidth(width)
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    made = MessageBar()
    column.addWidget(made)
    with qtbot.waitExposed(host):
        host.show()
    return host, made


def test_that_it_shows_says_and_offers_one_thing(qtbot):
    host, made = bar(qtbot)
    assert made.isHidden()
    made.show_message("danger", "Not saved:", "the e-mail is incomplete.", "Show field", "email")
    assert (made.isVisible(), made.kind) == (True, "danger")
    assert 36 <= made.height() <= 38
    assert made.accessibleName() == "Not saved: the e-mail is incomplete."
    with qtbot.waitSignal(made.acted) as told:
        qtbot.mouseClick(made.findChild(Button), Qt.MouseButton.LeftButton)
    assert told.args == ["email"]
    assert made.isVisible()
    made.clear()
    assert made.isHidden()
    assert host.isVisible()


def test_that_without_an_action_there_is_no_button(qtbot):
    host, made = bar(qtbot)
    made.show_message("info", "Version 1.4", "is newer than yours.")
    assert made.findChild(Button).isHidden()
    assert host.isVisible()


def test_that_a_long_sentence_wraps_and_the_bar_grows(qtbot):
    host, made = bar(qtbot, 300)
    made.show_message("warn", "The file is open elsewhere:", "somebody has it open since 10:02, " * 3, "Try again")
    words = made.findChild(LeadWords)
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    assert made.height() > 36
    assert made.rect().contains(words.geometry())
    assert host.isVisible()

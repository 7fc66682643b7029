"""The progress strip: silent for a second, then a count and Cancel."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.progress import ProgressStrip


def strip(qtbot):
    host = QWidget()
    host.resize(500, 200)
    qtbot.addWidget(host)
    made = ProgressStrip(host)
    made.resize(400, 66)
    with qtbot.waitExposed(host):
        host.show()
    return host, made


def test_that_short_work_never_shows_it(qtbot):
    host, made = strip(qtbot)
    made.begin("Reading partners.xlsx")
    assert made.under_way and made.isHidden()
    made.end()
    assert not made.under_way and made.isHidden()
    assert host.isVisible()


def test_that_long_work_shows_how_far_it_has_come(qtbot):
    host, made = strip(qtbot)
    made.begin("Reading partners.xlsx")
    made.advance(1204, 3000)
    qtbot.waitUntil(made.isVisible, timeout=3000)
    assert made.accessibleName() == "Reading partners.xlsx 1,204 of 3,000"
    made.end()
    assert made.isHidden()
    assert host.isVisible()


def test_that_cancel_is_asked_once(qtbot):
    host, made = strip(qtbot)
    made.begin("Reading partners.xlsx")
    made.show()
    with qtbot.waitSignal(made.cancelled):
        qtbot.mouseClick(made.findChild(Button), Qt.MouseButton.LeftButton)
    assert not made.findChild(Button).isEnabled()
    made.begin("Again")
    assert made.findChild(Button).isEnabled()
    assert host.isVisible()

"""The save state: what is safe, what is not, what can be undone."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.views.kit.savestate import SaveState, UndoLink


def strip(qtbot, width=375):
    host = QWidget()
    host.resize(width, 60)
    qtbot.addWidget(host)
    made = SaveState(host)
    made.resize(width, 30)
    with qtbot.waitExposed(host):
        host.show()
    return host, made


def test_that_it_says_saved_saving_and_not_saved(qtbot):
    host, made = strip(qtbot)
    assert (made.state, made.words, made.height()) == ("idle", "", 30)
    made.saving()
    assert (made.state, made.words) == ("saving", "Saving")
    made.saved(datetime(2026, 12, 16, 10, 42, tzinfo=UTC))
    assert (made.state, made.words) == ("saved", "Saved 10:42")
    made.refused("e-mail is incomplete")
    assert (made.state, made.words) == ("refused", "Not saved: e-mail is incomplete")
    made.clear()
    assert made.words == ""
    assert host.isVisible()


def test_that_undo_is_offered_by_name_only_when_there_is_something(qtbot):
    host, made = strip(qtbot)
    link = made.findChild(UndoLink)
    assert link.isHidden()
    made.set_undo("Undo: change next review")
    assert link.isVisible() and link.accessibleName() == "Undo: change next review"
    with qtbot.waitSignal(made.undo_wanted):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(made.undo_wanted):
        qtbot.keyClick(link, Qt.Key.Key_Space)
    assert host.isVisible()


def test_that_a_refusal_is_read_in_full_before_the_link_is(qtbot):
    host, made = strip(qtbot)
    made.set_undo("Undo: change next review of Universidad de Sevilla")
    made.refused("e-mail is incomplete")
    words = made.findChildren(QWidget)
    label = next(one for one in words if one.accessibleName().startswith("Not saved"))
    qtbot.waitUntil(lambda: label.width() >= label.sizeHint().width())
    assert made.findChild(UndoLink).geometry().right() < made.width()
    assert host.isVisible()

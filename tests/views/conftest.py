"""What every test with windows needs: windows that live until they are closed, and a quiet platform."""

import gc
import shutil
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from partnerdesk.app import build
from partnerdesk.bridge.desk import Desk
from partnerdesk.services.samples import make_sample
from partnerdesk.views.kit.commands import Registry
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.local import Local


def pytest_collection_modifyitems(items):
    for item in items:
        if "/views/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def windows_outlive_the_test(qapp):
    """Collect garbage between tests only.

    When a test function returns, its windows are nobody's, yet still painted until pytest-qt closes them; a
    collection in the middle of such a painting would free the window being painted.
    """
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()


@pytest.fixture
def freed(qtbot):
    """Wait until a widget is gone for good; fails when something keeps it."""

    def wait(widget):
        qtbot.waitUntil(lambda: not shiboken6.isValid(widget))

    return wait


class House:
    """What a page is given; remembers where it was sent."""

    def __init__(self, desk, local):
        self.desk, self.local, self.registry = desk, local, Registry()
        self.went = []

    def go(self, page, record_id=None):
        self.went.append((page, record_id))


@pytest.fixture
def desk(qtbot):
    """A desk without an office."""
    desk = Desk("Marta Ilves")
    yield desk
    qtbot.waitUntil(lambda: desk.idle)
    desk.shut_down()


@pytest.fixture
def house(desk, tmp_path):
    return House(desk, Local(tmp_path / "settings.ini"))


class Driven:
    """The whole program in a window, driven as a user drives it; `settle` waits until nothing is under way."""

    def __init__(self, qtbot, folder, size):
        self.qtbot = qtbot
        self.local = Local(folder / "settings.ini")
        self.local.set_who("Ada")
        self.bugs = []
        self.house = build(self.local)
        self.house.desk.bug.connect(self.bugs.append)
        self.window = self.house.window
        self.window.resize(*size)
        with qtbot.waitActive(self.window):
            self.window.show()

    def open(self, path):
        self.house.doorman.open(path)
        self.qtbot.waitUntil(lambda: self.house.desk.is_open)
        self.settle()

    def settle(self):
        """Wait until answers, and what they ask in turn, have all come."""
        for _ in range(3):
            QTest.qWait(1)
            self.qtbot.waitUntil(self._nothing_is_under_way, timeout=10000)
        for _ in range(4):
            # What an answer made higher is laid out from the inside to the scrolling room around it.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if QApplication.activeWindow() is None and self.window.isVisible():
            # Without a window manager nobody hands the focus back when a dialog closes.
            self.window.activateWindow()
            QTest.qWait(1)

    def _nothing_is_under_way(self):
        return self.house.desk.idle and not getattr(self.window.page, "is_following", False)

    def keys(self, *written):
        """Press keys where the focus is: words as they are, "Ctrl+N" and the like between < and >."""
        self.settle()
        for one in written:
            if one.startswith("<"):
                QTest.keySequence(self._focus(), QKeySequence(one[1:-1]))
            else:
                for letter in one:
                    QTest.keyClick(self._focus(), letter)
            self.settle()

    def _focus(self):
        popup = QApplication.activePopupWidget()
        return (popup.focusWidget() or popup) if popup else (QApplication.focusWidget() or self.window)

    def click(self, widget, at=None):
        left, alone = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(widget, left, alone, at or widget.rect().center())
        self.settle()

    def press(self, words, within=None):
        """Click the button in sight that is called so."""
        self.click(self.button(words, within))

    def button(self, words, within=None):
        for one in (within or self.window).findChildren(QAbstractButton):
            if one.isVisible() and words in (one.text().replace("&", ""), one.accessibleName()):
                return one
        raise AssertionError(f"no button {words!r} in sight")

    def tab(self, tabs, key):
        """Click a tab; one that is out of room is chosen from the menu at the end."""
        spot = tabs.rect_of(key)
        if spot.isValid() and tabs.rect().contains(spot.center().toPoint()):
            self.click(tabs, spot.center().toPoint())
        else:
            tabs.set_value(key)
            tabs.chosen.emit(key)
            self.settle()

    def field(self, name, within=None):
        """The field in sight with that name."""
        for one in (within or self.window).findChildren(QWidget, name):
            if one.isVisible():
                return one
        raise AssertionError(f"no field {name!r} in sight")

    def fill(self, name, words, within=None):
        """Click into a field, put words in place of what it holds, and go on with Tab."""
        field = self.field(name, within)
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        self.keys("<Ctrl+A>", words or "<Del>", "<Tab>")

    def ask(self, question):
        answers = []
        self.house.desk.ask(question, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    def do(self, deed):
        answers = []
        self.house.desk.do(deed, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers))
        self.settle()
        return answers[0]

    def leave(self):
        """Close the window and end the work behind it; the program's mistakes come out here."""
        self.window.close()
        self.qtbot.waitUntil(lambda: not self.window.isVisible())
        self.house.desk.shut_down()
        self.window.deleteLater()
        self.window = self.house = None
        assert not self.bugs, self.bugs


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory):
    """The sample office Northbridge, made once."""
    return make_sample(tmp_path_factory.mktemp("sample") / "northbridge.partnerdesk", "northbridge")


@pytest.fixture
def office_file(sample_file, tmp_path):
    """A copy of the sample office, to be changed at will."""
    return Path(shutil.copy(sample_file, tmp_path / "northbridge.partnerdesk"))


@pytest.fixture
def drive(qtbot, qapp, tmp_path):
    """A function that shows the program in a window (light, 100 %) and opens an office in it."""
    apply_theme(qapp, "light", 100)
    shown = []

    def show(path=None, size=(1280, 800)):
        driven = Driven(qtbot, tmp_path, size)
        shown.append(driven)
        if path is not None:
            driven.open(path)
        return driven

    yield show
    for driven in shown:
        if driven.window is not None:
            driven.leave()

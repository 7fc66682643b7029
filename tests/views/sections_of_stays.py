"""One tab of a stay in a window of its own, over a small office: what tests of the papers of stays drive."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.services import journal, stay_documents
from partnerdesk.services.office import create_file
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.stay_work import StayWork
from tests.services.papers_of_stays import fill, write


class Shown:
    """A section shown over the stay of a small office."""

    def __init__(self, qtbot, folder, make, size=(560, 760), prepare=None, read_only=False):
        path = folder / "office.partnerdesk"
        office = create_file(path)
        self.stay = fill(office)
        write(office, lambda unit: stay_documents.require_documents(unit, self.stay))
        if prepare is not None:
            prepare(office)
        self.qtbot, self.failures, self.bugs = qtbot, [], []
        self.desk = Desk("Marta Ilves")
        self.desk.bug.connect(self.bugs.append)
        if read_only:
            office.close()
            self.desk.open(path, read_only=True)
            qtbot.waitUntil(lambda: self.desk.is_open)
        else:
            self.desk.adopt(office)
        self.window = QWidget()
        self.window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.foot = SaveState(self.window)
        self.work = StayWork(self.desk, self.foot, self.window)
        self.work.failed.connect(lambda sentence, _: self.failures.append(sentence))
        self.section = make(self.work)
        column = Column(self.window)
        column.addWidget(self.section, 1)
        column.addWidget(self.foot)
        self.work.renewed.connect(self.section.renew)
        self.window.resize(*size)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.work.show_id(self.stay.id)
        self.settle()

    def settle(self):
        """Wait until answers, and what they ask in turn, have all come."""
        for _ in range(3):
            QTest.qWait(1)
            self.qtbot.waitUntil(lambda: self.desk.idle, timeout=10000)

    def keys(self, *written):
        """Press keys where the focus is: words as they are, "Ctrl+N" and the like between < and >."""
        for one in written:
            popup = QApplication.activePopupWidget()
            at = (popup.focusWidget() or popup) if popup else (QApplication.focusWidget() or self.window)
            if one.startswith("<"):
                QTest.keySequence(at, QKeySequence(one[1:-1]))
            else:
                QTest.keyClicks(at, one)
            self.settle()

    def paste(self, grid, written):
        """Paste into a grid."""
        QGuiApplication.clipboard().setText(written)
        grid.setFocus()
        self.keys("<Ctrl+V>")

    def press(self, words):
        """Click the button in sight that is called so."""
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)
        self.settle()

    def button(self, words):
        """The button in sight that is called so."""
        for one in self.window.findChildren(QAbstractButton):
            if one.isVisible() and words in (one.text().replace("&", ""), one.accessibleName()):
                return one
        raise AssertionError(f"no button {words!r} in sight")

    def offered(self, words):
        """Whether a button is in sight."""
        return any(one.isVisible() and one.text() == words for one in self.window.findChildren(QAbstractButton))

    def drop(self, place, *paths):
        """Drop files on the section at a place of it; whether it takes them."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        asked = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enter = QDragEnterEvent(place, *asked)
        enter.ignore()
        self.section.dragEnterEvent(enter)
        if enter.isAccepted():
            self.section.dropEvent(QDropEvent(QPointF(place), *asked))
            self.settle()
        return enter.isAccepted()

    def found(self, record, **equals):
        """Records of the office."""
        answers = []
        self.desk.ask(lambda reader: reader.find(record, **equals), answers.append)
        self.qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    def do(self, deed):
        """Do a deed."""
        self.desk.do(deed)
        self.settle()

    def undo(self):
        """Take the last step back."""
        answers = []
        self.desk.ask(journal.undo_state, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers))
        self.do(journal.undo_deed(answers[0].undo))

    def leave(self):
        """End the work behind it; the program's mistakes come out here."""
        self.settle()
        self.desk.shut_down()
        assert not self.bugs, self.bugs

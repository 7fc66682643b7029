"""The frame of popups: on the screen, at its anchor, gone once and for all."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.look import tokens
from partnerdesk.views.kit.popup import LateReply, Popup


class Box(Popup):
    """A popup of a given size that notes its closing and its answers."""

    def __init__(self, parent):
        super().__init__(parent)
        self.size_wanted, self.ends, self.answers = QSize(200, 120), [], []
        self.closed.connect(self.note_end)

    def sizeHint(self):
        return self.size_wanted

    def note_end(self):
        self.ends.append("closed")

    def take_answer(self, ticket, found):
        self.answers.append((ticket, list(found)))


@pytest.fixture
def host(qtbot):
    host = QWidget()
    host.setGeometry(100, 100, 300, 28)
    qtbot.addWidget(host)
    with qtbot.waitExposed(host):
        host.show()
    return host


def test_that_it_opens_below_its_anchor_at_the_leading_edge(host):
    box = Box(host)
    box.open_under(host)
    anchor = QRect(host.mapToGlobal(QPoint(0, 0)), host.size())
    assert (box.x(), box.y()) == (anchor.left(), anchor.bottom() + 1 + 4)
    other = Box(host)
    other.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    other.open_under(host)
    assert other.geometry().right() == anchor.right()


def test_that_it_opens_above_where_the_screen_ends_and_stays_there_when_it_shrinks(host):
    room = host.screen().availableGeometry()
    host.move(100, room.bottom() - 40)
    box = Box(host)
    box.open_under(host)
    foot = host.mapToGlobal(QPoint(0, 0)).y() - 4
    assert box.geometry().bottom() + 1 == foot
    box.size_wanted = QSize(200, 60)
    box.refit()
    assert (box.height(), box.geometry().bottom() + 1) == (60, foot)


def test_that_closing_is_told_once_and_frees(host, freed):
    for end in ("close", "hide"):
        box = Box(host)
        ends = box.ends
        box.open_at(QPoint(5, 5))
        getattr(box, end)()
        freed(box)
        assert ends == ["closed"]


def test_that_its_corners_are_open_and_its_edge_is_one_hairline(host):
    box = Box(host)
    box.open_under(host)
    image = box.grab().toImage()
    t = tokens.current()
    assert image.pixelColor(0, 0) != t.raised
    assert image.pixelColor(100, 60) == t.raised
    assert image.pixelColor(100, 0) == t.line2


def test_that_a_late_answer_finds_no_one(host, freed):
    box = Box(host)
    answers, reply = box.answers, LateReply(box, 3)
    reply(["a"])
    box.open_under(host)
    box.close()
    freed(box)
    reply(["b"])
    assert answers == [(3, ["a"])]

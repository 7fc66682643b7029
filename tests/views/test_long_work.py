"""Long work: one piece at a time, told when it begins and ends, stopped at its next step, forgotten with its office."""

import threading

import pytest

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.problems import Cancelled
from partnerdesk.services.office import create_file
from partnerdesk.views.kit.progress import ProgressStrip
from partnerdesk.views.long_work import LongWork


class Page:
    """Whoever wants the work: keeps what it hears, and whether the work was over then."""

    def __init__(self, desk, strip):
        self.work = LongWork(desk, strip)
        self.heard, self.states = [], []
        self.gate = threading.Event()
        self.work.changed.connect(self.note)

    def note(self):
        self.states.append(self.work.busy)

    def take(self, answer):
        self.heard.append((answer, self.work.busy))

    def job(self, _, progress):
        self.gate.wait(10)
        progress(1, 2, "")
        return "done"


@pytest.fixture
def desk(qtbot, tmp_path):
    desk = Desk("Marta Ilves")
    desk.adopt(create_file(tmp_path / "office.partnerdesk"))
    yield desk
    qtbot.waitUntil(lambda: desk.idle)
    desk.shut_down()


@pytest.fixture
def page(qtbot, desk):
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    page = Page(desk, strip)
    yield page
    page.gate.set()


def test_that_the_answer_comes_after_the_end_and_nothing_else_begins_meanwhile(qtbot, page):
    page.work.run(page.job, page.take, "Reading", page.take)
    page.work.run(page.job, page.take, "Again", page.take)
    page.gate.set()
    qtbot.waitUntil(lambda: bool(page.heard))
    assert page.heard == [("done", False)]
    assert page.states == [True, False]


def test_that_work_that_is_stopped_is_told_as_cancelled(qtbot, page):
    page.work.run(page.job, page.take, "Reading", page.take)
    page.work.stop()
    page.gate.set()
    qtbot.waitUntil(lambda: bool(page.heard))
    [(error, busy)] = page.heard
    assert isinstance(error, Cancelled) and not busy


def test_that_nothing_is_heard_of_work_for_an_office_that_was_closed(qtbot, page, desk):
    page.work.run(page.job, page.take, "Reading", page.take)
    page.gate.set()
    desk.close()
    qtbot.waitUntil(lambda: desk.idle)
    assert page.heard == [] and page.states == [True, False]
    page.work.run(page.job, page.take, "Reading", page.take)
    assert not page.work.busy

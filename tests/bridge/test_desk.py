"""The desk: answers arrive on the GUI thread, the latest only, to those who still live; nothing is left over."""

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import Cancelled, EnvironmentTrouble, Missing, Refused
from partnerdesk.domain.words import text
from partnerdesk.services import journal, partners
from partnerdesk.services.office import create_file

WHO = "Marta Ilves"


class Listener(QObject):
    """Keeps what a desk says, and on which thread."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.heard: list[tuple[str, Any]] = []
        self.threads: set[bool] = set()
        for name in ("changed", "trouble", "bug", "undoable", "said"):
            getattr(desk, name).connect(getattr(self, f"hear_{name}"))

    def take(self, answer: object) -> None:
        self.threads.add(QThread.currentThread() is self.thread())
        self.heard.append(("answer", answer))

    def of(self, name: str) -> list[Any]:
        return [value for kind, value in self.heard if kind == name]

    @Slot(object)
    def hear_changed(self, value: object) -> None:
        self.heard.append(("changed", value))

    @Slot(object)
    def hear_trouble(self, value: object) -> None:
        self.heard.append(("trouble", value))

    @Slot(object)
    def hear_bug(self, value: object) -> None:
        self.heard.append(("bug", value))

    @Slot(object)
    def hear_undoable(self, value: object) -> None:
        self.heard.append(("undoable", value))

    @Slot(object)
    def hear_said(self, value: object) -> None:
        self.heard.append(("said", value))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(WHO)
    made.adopt(create_file(tmp_path / "desk.partnerdesk"))
    qtbot.waitUntil(lambda: made.idle)
    yield made
    made.shut_down()
    assert not [t for t in threading.enumerate() if t.name.startswith(("office", "background"))]


@pytest.fixture
def listener(desk: Desk) -> Listener:
    return Listener(desk)


def count(reader: Any) -> int:
    return int(reader.count(Institution))


def new(name: str) -> Deed[int]:
    return partners.new_partner(Institution(name=name))


class Gate:
    """Holds a lane until it is opened."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.reached = threading.Event()

    def __call__(self, *_: Any) -> str:
        self.reached.set()
        assert self.open.wait(20)
        return "passed"


def test_that_answers_arrive_on_the_gui_thread(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    inside: list[bool] = []

    def question(reader: Any) -> int:
        inside.append(threading.current_thread() is threading.main_thread())
        return count(reader)

    desk.ask(question, listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert (listener.of("answer"), listener.threads, inside) == ([0], {True}, [False])


def test_that_only_the_latest_question_of_a_key_is_answered(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    gate, asked = Gate(), []

    def question(n: int) -> Callable[[Any], int]:
        def ask(_: Any) -> int:
            asked.append(n)
            return n

        return ask

    desk.ask(gate, listener.take)
    for n in range(50):
        desk.ask(question(n), listener.take, key="search")
    desk.ask(question(99), listener.take, key="other")
    gate.open.set()
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.of("answer") == ["passed", 49, 99]
    assert asked == [49, 99], "questions nobody waits for are not even asked"


def test_that_fifty_questions_without_a_key_get_fifty_answers(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    for n in range(50):
        desk.ask(lambda _, n=n: n, listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.of("answer") == list(range(50))


def test_that_a_cancelled_question_is_not_answered(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    gate = Gate()
    ticket = desk.ask(gate, listener.take)
    gate.reached.wait(20)
    ticket.cancel()
    gate.open.set()
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.of("answer") == []


def test_that_who_is_gone_is_not_answered(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    gate, gone = Gate(), Listener(desk)
    desk.ask(gate, gone.take, failure=gone.take)
    shiboken6.delete(gone)
    gate.open.set()
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.of("bug") == []


def test_that_a_deed_is_told_to_all_and_answered_to_one(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    desk.do(new("Łódź"), listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.of("answer") == [1]
    assert listener.of("changed")[0].ids("partner") == {1}
    assert listener.of("undoable")[-1].undo.label.values["name"] == "Łódź"
    order = [kind for kind, _ in listener.heard]
    assert order.index("changed") < order.index("answer")


def test_that_a_refusal_goes_to_its_form_and_nowhere_else(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    desk.do(new(""), listener.take, listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    (refusal,) = listener.of("answer")
    assert isinstance(refusal, Refused)
    assert [kind for kind, _ in listener.heard] == ["answer"]


def test_that_a_refusal_nobody_waits_for_goes_to_the_bar(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    desk.do(new(""))
    desk.ask(lambda reader: reader.get(Institution, 99), listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert [type(error) for error in listener.of("trouble")] == [Refused, Missing]


def test_that_trouble_of_the_disk_goes_to_form_and_bar(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    def full(_: Any) -> None:
        raise EnvironmentTrouble(text("The disk is full."))

    desk.do(Deed(text("x"), full), None, listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert [kind for kind, _ in listener.heard] == ["answer", "trouble"]


def test_that_what_the_disk_refused_is_done_again_in_its_order(
    qtbot: QtBot, desk: Desk, listener: Listener
) -> None:
    full = [True]
    done: list[str] = []

    def deed(name: str) -> Deed[str]:
        def run(unit: Any) -> str:
            if full[0]:
                raise EnvironmentTrouble(text("full"))
            unit.add(Institution(name=name))
            done.append(name)
            return name

        return Deed(text(name), run)

    mended: list[int] = []
    desk.mended.connect(lambda: mended.append(desk.unsaved))
    for name in ("first", "second"):
        desk.do(deed(name), listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert (desk.unsaved, done, len(listener.of("trouble")), mended) == (2, [], 2, [])
    desk.retry()
    qtbot.waitUntil(lambda: desk.idle)
    assert (desk.unsaved, done, mended) == (2, [], [])
    full[0] = False
    desk.retry()
    qtbot.waitUntil(lambda: desk.idle and not desk.unsaved)
    assert (done, listener.of("answer"), mended[-1]) == (["first", "second"], ["first", "second"], 0)


def test_that_a_later_deed_stands_for_an_earlier_one_of_the_same_subject(
    qtbot: QtBot, desk: Desk, listener: Listener
) -> None:
    class Field:
        subject = "city"

        def refuse(self, _: Exception) -> None:
            """Nobody looks."""

    def fail(_: Any) -> None:
        raise EnvironmentTrouble(text("full"))

    field = Field()
    for _ in range(3):
        desk.do(Deed(text("a field"), fail), None, field.refuse)
    qtbot.waitUntil(lambda: desk.idle)
    assert desk.unsaved == 1
    desk.do(Deed(text("a field"), lambda _: None), None, field.refuse)
    qtbot.waitUntil(lambda: desk.idle)
    assert desk.unsaved == 0
    desk.do(Deed(text("a field"), fail), None, field.refuse)
    qtbot.waitUntil(lambda: desk.idle)
    desk.give_up()
    assert desk.unsaved == 0


def test_that_a_mistake_of_the_program_is_called_a_bug(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    desk.ask(lambda _: 1 // 0, listener.take, failure=listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert [(kind, type(value)) for kind, value in listener.heard] == [("bug", ZeroDivisionError)]


def test_that_two_quick_undos_take_back_two_steps(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    for name in ("One", "Two", "Three"):
        desk.do(new(name))
    desk.undo()
    desk.undo()
    qtbot.waitUntil(lambda: desk.idle)
    desk.ask(count, listener.take)
    desk.redo()
    desk.ask(count, listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.of("answer") == [1, 2]
    assert str(listener.of("said")[-1]) == "Done again: new partner Two"


def test_that_undo_with_nothing_to_undo_does_nothing(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    desk.undo()
    desk.redo()
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.heard == []


def test_that_long_work_stops_when_it_is_cancelled(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    gate = Gate()

    def job(_: Any, progress: Any) -> str:
        gate()
        progress(1, 2, text("half"))
        return "whole"

    ticket = desk.work(job, listener.take, listener.take)
    gate.reached.wait(20)
    ticket.cancel()
    gate.open.set()
    qtbot.waitUntil(lambda: desk.idle)
    assert [type(value) for value in listener.of("answer")] == [Cancelled]


def test_that_questions_are_answered_beside_long_work(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    gate = Gate()
    desk.work(gate, listener.take)
    gate.reached.wait(20)
    desk.ask(count, listener.take)
    qtbot.waitUntil(lambda: listener.of("answer") == [0])
    gate.open.set()
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.of("answer") == [0, "passed"]


def test_that_a_deed_under_way_is_finished_before_the_office_closes(
    qtbot: QtBot, desk: Desk, listener: Listener
) -> None:
    path = desk.path
    assert path is not None
    for n in range(20):
        desk.do(new(f"Partner {n}"))
    desk.ask(count, listener.take)
    desk.close()
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.of("answer") == [], "a closed office answers nothing"
    assert listener.of("changed") == [], "nor has it news"
    assert (listener.of("trouble"), listener.of("bug")) == ([], [])
    assert listener.of("undoable")[-1] == journal.UndoState(None, None)
    desk.open(path)
    qtbot.waitUntil(lambda: desk.is_open)
    desk.ask(count, listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.of("answer") == [20]


def test_that_closing_stops_long_work(qtbot: QtBot, desk: Desk, listener: Listener) -> None:
    started = threading.Event()

    def job(_: Any, progress: Any) -> None:
        while True:
            started.set()
            progress(1, 2, text("on and on"))

    desk.work(job, listener.take, listener.take)
    started.wait(20)
    desk.close()
    qtbot.waitUntil(lambda: desk.idle)
    assert [type(value) for value in listener.of("answer")] == [Cancelled]


def test_that_the_open_office_stays_when_another_cannot_be_opened(
    qtbot: QtBot, desk: Desk, listener: Listener, tmp_path: Path
) -> None:
    desk.open(tmp_path, failure=listener.take)
    qtbot.waitUntil(lambda: bool(listener.of("answer")))
    desk.do(new("Still there"), listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.of("answer")[1:] == [1]


def test_that_another_office_takes_the_place_of_the_first(
    qtbot: QtBot, desk: Desk, listener: Listener, tmp_path: Path
) -> None:
    desk.do(new("In the first"))
    desk.open(tmp_path / "second.partnerdesk", new=True)
    qtbot.waitUntil(lambda: desk.path == tmp_path / "second.partnerdesk")
    desk.ask(count, listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert listener.of("answer") == [0]


def test_that_nothing_is_asked_where_no_office_is_open(qtbot: QtBot) -> None:
    desk = Desk(WHO)
    listener = Listener(desk)
    desk.ask(count, listener.take)
    qtbot.waitUntil(lambda: desk.idle)
    assert [str(error) for error in listener.of("trouble")] == ["No office is open."]
    desk.shut_down()
    desk.ask(count, listener.take)
    assert desk.idle


def test_that_what_wanted_an_answer_is_never_let_go_by_the_lane(qtbot: QtBot, desk: Desk) -> None:
    ends: list[threading.Thread] = []

    class Wanting:
        def take(self, _: int) -> None:
            """Hear the answer."""

        def __del__(self) -> None:
            ends.append(threading.current_thread())

    def asked() -> None:
        wanting = Wanting()
        desk.ask(lambda reader, held=wanting: 1, wanting.take)

    for _ in range(300):
        asked()
        qtbot.waitUntil(lambda: desk.idle)
    desk.shut_down()
    gc.collect()
    assert len(ends) == 300 and set(ends) == {threading.main_thread()}

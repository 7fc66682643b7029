"""Stopping long work at random moments: nothing by half, no thread left, and no word of a mistake.

50 moments by default; PARTNERDESK_STOPS sets another number.
"""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import Cancelled
from partnerdesk.domain.words import Text, text
from partnerdesk.paper.jobs import print_all, start_qt
from partnerdesk.paper.page import A4
from partnerdesk.services import backups, quality
from partnerdesk.services.importing import import_deed, make_plan, start_from_file
from partnerdesk.services.office import create_file, do, open_file
from partnerdesk.services.prints import partner_summaries
from partnerdesk.services.wording import Voice
from tests.reliability.test_full import state

STOPS = int(os.environ.get("PARTNERDESK_STOPS", "50"))
WHO = "Marta Ilves"
PARTNERS, ROWS = 30, 400

Progress = Callable[[int, int, Text], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    office = create_file(tmp_path / "office.partnerdesk")
    with office.write(text("rows"), WHO) as unit:
        unit.add_many([Institution(name=f"Partner {n}", country="FR") for n in range(PARTNERS)])
    office.close()
    lines = [f"Universidad {n};ES;Ciudad" for n in range(ROWS)]
    (tmp_path / "partners.csv").write_text("\n".join(["Name;Country;City", *lines]), encoding="utf-8")
    return tmp_path


def wanted(progress: Progress) -> Callable[[], bool]:
    """Whether the user has had enough, as the import asks it."""
    def stop() -> bool:
        try:
            progress(0, 0, Text(""))
        except Cancelled:
            return True
        return False

    return stop


def bring_in(folder: Path) -> Callable[[Any, Progress], Any]:
    def job(office: Any, progress: Progress) -> tuple[Any, Changes]:
        stop = wanted(progress)
        with office.read() as reader:
            start = start_from_file(reader, folder / "partners.csv")
            plan = make_plan(reader, start, progress=lambda a, b: progress(a, b, Text("")), stop=stop)
        return do(office, import_deed(plan, stop), WHO)

    return job


def check(_: Path) -> Callable[[Any, Progress], Any]:
    def job(office: Any, progress: Progress) -> int:
        progress(0, 0, Text(""))
        with office.read() as reader:
            return len(quality.findings(reader))

    return job


def print_everything(folder: Path) -> Callable[[Any, Progress], Any]:
    def job(office: Any, progress: Progress) -> None:
        print_all(office, partner_summaries(range(1, PARTNERS + 1)), folder / "all.pdf", A4, Voice("en"),
                        lambda a, b: progress(a, b, Text("")))

    return job


def back_up(_: Path) -> Callable[[Any, Progress], Any]:
    def job(office: Any, progress: Progress) -> None:
        backups.back_up(office, "asked", WHO, progress)

    return job


JOBS = {"import": bring_in, "check": check, "print": print_everything, "backup": back_up}


class Stopped:
    """Runs a job on a desk and stops it after some milliseconds, by its ticket or by closing the office."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.bugs: list[Exception] = []
        self.answers: list[object] = []

    def run(self, kind: str, after: int, close: bool) -> str:
        """How it ended: done or stopped."""
        desk = Desk(WHO)
        desk.bug.connect(self.bugs.append)
        desk.adopt(open_file(self.folder / "office.partnerdesk"))
        self.answers.clear()
        ticket = desk.work(JOBS[kind](self.folder), self.answers.append, self.answers.append)
        timer = QTimer(desk, singleShot=True, interval=after)
        timer.timeout.connect(desk.close if close else ticket.cancel)
        timer.start()
        self.qtbot.waitUntil(lambda: not timer.isActive() and desk.idle, timeout=20_000)
        desk.shut_down()
        answer = self.answers[0] if self.answers else None
        assert not isinstance(answer, Exception) or isinstance(answer, Cancelled), answer
        return "stopped" if isinstance(answer, Cancelled) else "done"


@pytest.mark.timeout(0 if STOPS > 50 else 120)
def test_that_work_stopped_at_any_moment_is_done_or_not_done(qtbot: QtBot, qapp: object, folder: Path) -> None:
    start_qt()
    before = {thread.ident for thread in threading.enumerate()}
    stopped, chance = Stopped(qtbot, folder), Random(1)
    path, pdf = folder / "office.partnerdesk", folder / "all.pdf"
    empty, full = state(path), ""
    ends: dict[str, set[str]] = {kind: set() for kind in JOBS}
    for n in range(STOPS):
        kind = list(JOBS)[n % len(JOBS)]
        pdf.unlink(missing_ok=True)
        end = stopped.run(kind, chance.choice((0, 1, 3, 10, 30, 60, 100, 200, 400, 1500)), close=chance.random() < 0.4)
        ends[kind].add(end)
        found = state(path)
        if kind != "import":
            assert found in (empty, full)
        elif found != empty and not full:
            full = found
            assert _rows(path) == PARTNERS + ROWS
        if kind == "print":
            assert not pdf.exists() or pdf.read_bytes().rstrip().endswith(b"%%EOF")
    assert stopped.bugs == []
    assert {thread.ident for thread in threading.enumerate()} <= before
    assert "stopped" in ends["import"] | ends["print"], "nothing was stopped at all"
    assert [one for one in folder.rglob("*") if one.suffix in (".part", ".tmp")] == []


def test_that_an_import_stopped_at_any_of_its_questions_leaves_nothing(folder: Path) -> None:
    path = folder / "office.partnerdesk"
    empty, questions = state(path), 0
    for last in range(1, 100):
        office, asked = open_file(path), iter(range(1, last + 1))
        with office.read() as reader:
            plan = make_plan(reader, start_from_file(reader, folder / "partners.csv"))
        try:
            do(office, import_deed(plan, lambda asked=asked, last=last: next(asked) == last), WHO)  # type: ignore[misc]
        except Cancelled:
            questions += 1
            assert state(path) == empty, f"stopped at question {last}"
            continue
        except StopIteration:
            pytest.fail("asked again after it was told to stop")
        finally:
            office.close()
        break
    assert questions >= 3, "it never asks while it writes"
    assert _rows(path) == PARTNERS + ROWS


def _rows(path: Path) -> int:
    office = open_file(path)
    with office.read() as reader:
        found = reader.count(Institution)
    office.close()
    return found

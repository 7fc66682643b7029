"""A screen to measure on: the application, an open desk, and the moment when rows have been painted."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from partnerdesk.bridge.desk import Desk

PATIENCE = 120.0
SHOWN = (1280, 800)


def application() -> QApplication:
    """The one application of the run."""
    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication([])


def wait_until(true: Callable[[], bool]) -> list[float]:
    """Run the event loop until `true()`; returns how long each turn of it was held, in seconds."""
    application()
    held: list[float] = []
    give_up = time.monotonic() + PATIENCE
    while not true():
        held.append(_turn())
        if time.monotonic() > give_up:
            raise TimeoutError("nothing was painted")
        time.sleep(0.0002)
    return held


def wait_for_paint(ready: Callable[[], bool]) -> list[float]:
    """Run the event loop until rows are there and what they asked to paint is painted; how long turns were held."""
    held = wait_until(ready)
    for _ in range(2):
        held.append(_turn())
    return held


def _turn() -> float:
    start = time.perf_counter()
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    return time.perf_counter() - start


@contextmanager
def opened_desk(path: Path) -> Iterator[Desk]:
    """A desk with this office open."""
    application()
    desk = Desk("Marta Ilves")
    desk.open(path)
    wait_until(lambda: desk.is_open and desk.idle)
    try:
        yield desk
    finally:
        desk.shut_down()


def show(widget: QWidget) -> None:
    """Show a window in the size that is measured."""
    widget.resize(*SHOWN)
    widget.show()

"""A timeline of 500 projects with 20,000 tasks: opening, panning, zooming, dragging, what lies under a point.

Frames and hits wait for nothing, so they are timed by the clock of the window's own thread: what other programs do
meanwhile does not count. Opening asks the office and is timed by the wall's.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

from harness import Bench
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget
from screen import SHOWN, opened_desk, show, wait_until

from partnerdesk.domain import clock
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.projects import Milestone, Project, Task, TaskLink
from partnerdesk.domain.words import Text
from partnerdesk.look.timeline import Scene
from partnerdesk.look.timeline_paint import paint_lanes
from partnerdesk.services.office import open_file
from partnerdesk.views.timeline_hands import TimelineView
from partnerdesk.views.timeline_room import TimelineRoom

PROJECTS = {"tiny": (6, 10), "office": (500, 40), "tenfold": (2_000, 40)}
FRAME_MS = 16.6
TURNS = {"tiny": 5, "office": 200, "tenfold": 200}
POINTS = {"tiny": 50, "office": 5_000, "tenfold": 5_000}


def measure(bench: Bench) -> None:
    """Frames and hits with everything open; the controls paint and search all rows, wherever they lie."""
    file = bench.folder / "timeline.partnerdesk"
    shutil.copy(bench.office, file)
    fill(file, *PROJECTS[bench.size.name])
    turns, large = TURNS[bench.size.name], bench.size.name != "tiny"
    with opened_desk(file) as desk:
        room = TimelineRoom(desk)
        show(room)
        started = time.perf_counter()
        room.set_query(ListQuery())
        wait_until(lambda: room.model.loaded and bool(room.view.scene.chart.rows))
        bench.figure("timeline opened, first rows there", [time.perf_counter() - started], goal=500)
        room.model.open_all(True)
        tasks = PROJECTS[bench.size.name][0] * PROJECTS[bench.size.name][1]
        wait_until(lambda: len(room.view.scene.chart.rows) >= tasks and desk.idle)
        view = room.view
        moves: dict[str, Callable[[int], object]] = {
            "pan down": partial(go_down, view), "pan along": partial(go_along, view), "zoom": partial(zoom, view)}
        for name, act in moves.items():
            bench.figure(name, list(frames(view.viewport(), turns, act)), goal=FRAME_MS, percentile=0.99)
        view.select(next(at for at, bar in enumerate(view.scene.chart.rows) if bar.shape == "task"))
        bench.figure("a bar on the pointer, what waits for it pushed",
                     list(frames(view.viewport(), turns, partial(carry, view))), goal=FRAME_MS, percentile=0.99)
        view.give_back()
        hits(bench, view.scene, POINTS[bench.size.name])
        if large:
            bench.figure("every row painted, wherever it lies", list(everything(view.scene, 3)), goal=FRAME_MS,
                         control=True)
        room.close()


def fill(file: Path, projects: int, tasks: int) -> None:
    """Put so many projects into an office, each with tasks that wait for the one before and some milestones."""
    office, first = open_file(file), clock.today() - timedelta(days=900)
    with office.write(Text("projects"), "Ada") as unit:
        ids = unit.add_values(Project, [
            {"acronym": f"PROJECT{n}", "title": f"Joint project {n}", "status": "running",
             "starts_on": first + timedelta(days=n), "ends_on": first + timedelta(days=n + 1400)}
            for n in range(projects)])
        made = unit.add_values(Task, [
            {"project_id": project, "title": f"Task {n} of the work", "position": n, "progress": n * 37 % 101,
             "starts_on": first + timedelta(days=at + n * 30), "ends_on": first + timedelta(days=at + n * 30 + 29)}
            for at, project in enumerate(ids) for n in range(tasks)])
        unit.add_values(TaskLink, [{"task_id": after, "before_id": before} for before, after in pairwise(made)
                                   if (after - made[0]) % tasks])
        unit.add_values(Milestone, [
            {"project_id": project, "number": f"M{n}", "title": "Reached", "task_id": made[at * tasks + n],
             "due_on": first + timedelta(days=at + n * 30 + 30)}
            for at, project in enumerate(ids) for n in range(0, tasks, 10)])
    office.close()


def frames(surface: QWidget, turns: int, act: Callable[[int], object]) -> Iterator[float]:
    """How long each turn of an act and the whole picture after it took, in seconds."""
    for n in range(turns):
        start = time.thread_time()
        act(n)
        surface.repaint()
        yield time.thread_time() - start


def go_down(view: TimelineView, turn: int) -> None:
    """Scroll by a page now and then, else by some rows."""
    bar = view.verticalScrollBar()
    bar.setValue((bar.value() + (97 if turn % 10 else 40_000)) % max(1, bar.maximum()))


def go_along(view: TimelineView, turn: int) -> None:
    """Go along the years, and back now and then."""
    view.pan(37.0 if turn % 9 else -200.0)


def zoom(view: TimelineView, turn: int) -> None:
    """From months to decades and back."""
    view.zoom_by(-1 if turn % 24 < 12 else 1)


def carry(view: TimelineView, turn: int) -> None:
    """A task to later days and some back."""
    view.step_bar("move", 3 if turn % 2 else -2)


def hits(bench: Bench, scene: Scene, points: int) -> None:
    """What lies under a point, each asked alone."""
    places = [((n * 7919) % SHOWN[0], (n * 104_729) % max(1, int(scene.height))) for n in range(points)]

    def found() -> float:
        start = time.thread_time()
        for x, y in places:
            scene.hit(x, y)
        return (time.thread_time() - start) / points

    bench.figure("what lies under a point (goal 10 µs)", [found() for _ in range(5)], goal=0.01)
    if points > 1000:
        bench.figure("the same by asking every row", [by_all(scene, *places[n]) for n in range(5)], goal=0.01,
                     control=True)


def by_all(scene: Scene, x: float, y: float) -> float:
    """The control: every bar is asked whether it holds the point."""
    start = time.thread_time()
    for row in range(len(scene.chart.rows)):
        ends = scene.ends(row)
        if ends is not None and QRectF(ends[0], row * scene.lane, ends[1] - ends[0], scene.lane).contains(
                QPointF(x, y)):
            break
    return time.thread_time() - start


def everything(scene: Scene, turns: int) -> Iterator[float]:
    """The control: all rows are painted into a picture as high as all of them, of which a part is in sight."""
    image = QImage(SHOWN[0], 600, QImage.Format.Format_RGB32)
    for _ in range(turns):
        painter = QPainter(image)
        start = time.thread_time()
        paint_lanes(painter, QRectF(0, 0, SHOWN[0], scene.height), scene)
        yield time.thread_time() - start
        painter.end()

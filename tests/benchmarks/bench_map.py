"""The map at 1600x900 and 3840x2160: shown from its picture, under the pointer, moved, drawn anew, loaded, counted."""

import gc
import shutil
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from random import Random

from bench_stay_list import STAYS
from harness import Bench
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from screen import application, opened_desk, wait_until

from partnerdesk.domain.countries import countries
from partnerdesk.domain.worldmap import project
from partnerdesk.look import tokens
from partnerdesk.look.worldmap import MapValues, Pin, PinBoard, Under
from partnerdesk.look.worldshapes import HOME, Shape, fitting, shape
from partnerdesk.models.map import Asked, Lens
from partnerdesk.services.countries import MapFacts, map_facts
from partnerdesk.services.samples_big_stays import add_stays
from partnerdesk.views.map_view import WorldView

SIZES = (QSize(1600, 900), QSize(3840, 2160))
PINS = 3_000
TIMES = {"tiny": 5, "office": 60, "tenfold": 60}


def worked(act: Callable[[], object]) -> float:
    """Seconds that one call works; what other programs do meanwhile is not the map's."""
    gc.collect()
    gc.disable()
    try:
        start = time.thread_time()
        act()
        return time.thread_time() - start
    finally:
        gc.enable()


def measure(bench: Bench) -> None:
    """3,000 partners on the map, 60,000 stays behind it."""
    application()
    world = shape()
    times = TIMES[bench.size.name]
    bench.figure("outlines for the first look, loaded", [worked(shape) for _ in range(times)], goal=5)
    for place, size in enumerate(SIZES):
        _measure_view(bench, world, size, 4 if place else 1, times)
    _measure_under(bench, world, times)
    _measure_numbers(bench, times)


def values(world: Shape) -> MapValues:
    """A map full of numbers and partners."""
    chance, t = Random(7), tokens.light()
    codes = [one.code for one in countries() if one.code != "AQ"]
    fills = {code: t.sequential[chance.randrange(6)] for code in codes if chance.random() < 0.6}
    pins = [Pin(n, project(chance.uniform(-120, 150), chance.uniform(-40, 60))) for n in range(PINS)]
    return MapValues(fills, PinBoard(pins), project(8.5, 47.4), (), {code: code for code in codes})


def _measure_view(bench: Bench, world: Shape, size: QSize, more: int, times: int) -> None:
    name = f"{size.width()}x{size.height()}"
    view = WorldView("")
    view.resize(size)
    view.set_shape(world)
    view.set_values(values(world))
    view.set_card(_card)
    view.show()
    wait_until(lambda: bool(view.marks))
    bench.figure(f"{name}: shown from its picture", [worked(view.repaint) for _ in range(times)], goal=3 * more)
    every = partial(_paint_all, world, view, QImage(size, QImage.Format.Format_RGB32))
    bench.figure(f"{name}: every outline filled and stroked anew", [worked(every) for _ in range(max(3, times // 6))],
                 goal=3 * more, control=True)
    points = cycle([QPointF(size.width() * x, size.height() * y) for x, y in ((0.51, 0.3), (0.53, 0.45), (0.3, 0.5))])
    view.code_at(next(points))
    bench.figure(f"{name}: another country under the pointer", [worked(partial(_hover, view, points))
                                                             for _ in range(times)], goal=0.5 * more)
    bench.figure(f"{name}: moved a little", [worked(partial(_move, view, step)) for step in _steps(times)],
                 goal=1 * more)
    view.show_whole()
    anew = [worked(view.draw_quickly) for _ in range(times)]
    bench.figure(f"{name}: drawn anew while moving, p50", anew, goal=12 * more)
    bench.figure(f"{name}: drawn anew while moving, p99", anew, goal=16.6 * more, percentile=0.99)
    other = MapValues({code: color.darker(110) for code, color in values(world).fills.items()})
    turns = (other, values(world)) * 3
    bench.figure(f"{name}: other colours", [worked(partial(_recolour, view, one)) for one in turns], goal=33 * more)
    view.close()


def _card(code: str) -> tuple[str, str]:
    return code, "21 stays"


def _steps(times: int) -> list[int]:
    return [4 if n % 2 else -4 for n in range(times)]


def _hover(view: WorldView, points: "cycle[QPointF]") -> None:
    view.point_at(next(points))
    view.repaint(view.hover_area())


def _move(view: WorldView, step: int) -> None:
    view.look_at(view.view.moved(step, step))
    view.repaint()


def _recolour(view: WorldView, shown: MapValues) -> None:
    view.set_values(shown)
    view.repaint()


def _paint_all(world: Shape, view: WorldView, image: QImage) -> None:
    """What a map does that keeps no picture: all outlines with a pen, antialiased."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(view.view.transform)
    pen = QPen(QColor("white"), 0.6)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(QColor("grey"))
    for path in world.for_scale(view.view.scale).land.values():
        painter.drawPath(path)
    painter.end()


def _measure_under(bench: Bench, world: Shape, times: int) -> None:
    size = SIZES[0]
    view = fitting(HOME, QRectF(0, 0, size.width(), size.height()))
    under = Under(world, view, size)
    chance = Random(3)
    points = [(chance.randrange(size.width()), chance.randrange(size.height())) for _ in range(1000)]
    land = list(world.for_scale(view.scale).land.items())

    def asked() -> None:
        for x, y in points:
            under.at(x, y)

    def looked_for() -> None:
        for x, y in points[:100]:
            place = QPointF(*view.place(QPointF(x, y)))
            next((code for code, path in land if path.contains(place)), "")

    # a thousand questions in ten milliseconds are ten microseconds each
    bench.figure("a thousand times: which country is here", [worked(asked) for _ in range(times)], goal=10)
    slow = [worked(looked_for) for _ in range(max(3, times // 10))]
    bench.figure("a hundred times by looking into every outline", slow, goal=1, control=True)


def _measure_numbers(bench: Bench, times: int) -> None:
    file = bench.folder / "map.partnerdesk"
    shutil.copy(bench.office, file)
    add_stays(file, STAYS[bench.size.name])
    with opened_desk(file) as desk:
        found: list[MapFacts] = []
        desk.ask(map_facts, found.append)
        wait_until(lambda: bool(found))
    facts, t, board = found[0], tokens.light(), PinBoard()

    def lens() -> object:
        made = Lens(facts, Asked("stays", facts.table.year, flows=True))
        return made.values(t, {}, pins=board), made.legend(t)

    bench.figure("numbers of another measure, with legend and flows", [worked(lens) for _ in range(times)], goal=33)

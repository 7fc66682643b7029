"""The timeline on the screen: names at the left, time at the right; it scrolls and zooms, and shows what is moved.

Only what is in sight is painted. What pointer and keys do with it is in a room of its own.
"""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QLocale, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.problems import Refused
from partnerdesk.look import tokens
from partnerdesk.look.icons import mirror
from partnerdesk.look.paint import hairline
from partnerdesk.look.timeaxis import SCALES, TimeAxis
from partnerdesk.look.timeline import Hit, Key, Scene, Span
from partnerdesk.look.timeline_head import HEAD, NAMES, NARROW_NAMES, HeadWords, paint_corner, paint_head, paint_names
from partnerdesk.look.timeline_paint import Marks, paint_lanes
from partnerdesk.look.tokens import px
from partnerdesk.look.words import counted, say
from partnerdesk.models.timeline import TimelineModel
from partnerdesk.views.timeline_drag import Act, ChangeWords, Drag, change_words, paint_pull, paint_tip, placed, said

NARROW: Final = 850
LEAST_NAMES, MOST_NAMES = 100.0, 640.0
STEP: Final = 1.25
REACH: Final = 100 * 365
SETTLE_MS: Final = 700
"""How long after the last key a bar moved by keys is put down."""


class TimelineBoard(QAbstractScrollArea):
    """`placed(row, first, last)` when a bar was put to other days (ordinals), `linked(before, after)` between rows,
    `entered(row)`, `hovered(row, place)`, `current_changed(row)`, `zoomed()`, `asked(row, place)` for a menu,
    `unlink_wanted(row)`, `told(words)` for what the foot may say, `names_moved(width)` once the names are wider.
    """

    placed = Signal(int, int, int)
    linked = Signal(int, int)
    entered = Signal(int)
    hovered = Signal(int, QPoint)
    current_changed = Signal(int)
    zoomed = Signal()
    asked = Signal(int, QPoint)
    unlink_wanted = Signal(int)
    told = Signal(str)
    names_moved = Signal(float)

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._key: Key | None = None
        self._row, self._hover, self._link, self._source = -1, Hit(-1, "row"), 0, -1
        self._drag: Drag | None = None
        self._pending: Drag | None = None
        self._names, self._low, self._high, self._fresh = NAMES, 0.0, 0.0, True
        self.editable = True
        self.show_baseline, self.show_critical = True, True
        self._scale = tokens.scale()
        self._scene = Scene(model.chart, TimeAxis(clock.today().toordinal() - 180, SCALES["month"] * self._scale,
                                                  self._scale))
        self._later = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._later.timeout.connect(self.settle)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Timeline"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        model.changed.connect(self._follow)
        self.horizontalScrollBar().valueChanged.connect(self._pan_to)
        tokens.watch().changed.connect(self._rescale)

    @property
    def scene(self) -> Scene:
        """The rows on their axis, as they are painted."""
        return self._scene

    @property
    def axis(self) -> TimeAxis:
        """The days across."""
        return self._scene.axis

    @property
    def row(self) -> int:
        """The current row, -1 for none."""
        return self._row

    @property
    def link(self) -> int:
        """The id of the chosen link, 0 for none."""
        return self._link

    @property
    def names_width(self) -> float:
        """The width of the names: less where the window is narrow, never more than half of it."""
        wide = self.viewport().width()
        return min(px(self._names if wide >= px(NARROW) else min(self._names, NARROW_NAMES)), wide / 2)

    @property
    def lanes_width(self) -> float:
        """The width of the lanes."""
        return max(1.0, self.viewport().width() - self.names_width)

    @property
    def busy(self) -> bool:
        """Whether a bar is on the pointer, or moved by keys and not put down yet."""
        return self._pending is not None or (self._drag is not None and self._drag.begun)

    def select(self, row: int) -> None:
        """Make a row the current one and bring it into sight."""
        self.settle()
        rows = self._scene.chart.rows
        if not rows:
            self._row, self._key = -1, None
            return
        before, linked = self._row, self._link
        self._row = min(max(row, 0), len(rows) - 1)
        self._key, self._link = rows[self._row].key, 0
        lane, bar = self._scene.lane, self.verticalScrollBar()
        top = int(self._row * lane)
        if top < bar.value():
            bar.setValue(top)
        elif top + lane > bar.value() + self._room_high():
            bar.setValue(round(top + lane - self._room_high()))
        self._tell()
        self.update_row(before)
        self.update_row(self._row)
        if linked:
            self.viewport().update()
        self.current_changed.emit(self._row)

    def select_key(self, key: Key) -> bool:
        """Make the row of a thing the current one; False where it is not shown."""
        row = self._model.row_of(key)
        if row >= 0:
            self.select(row)
        return row >= 0

    def place_of(self, row: int) -> QRect:
        """Where the bar of a row lies in the viewport, in sight or not; empty where it has no day."""
        ends = self._scene.ends(row)
        if ends is None:
            return QRect()
        half = self._scene.half(row)
        y = px(HEAD) + self._scene.middle(row) - self.verticalScrollBar().value() - half
        wide = ends[1] - ends[0]
        left = self.names_width + ends[0]
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.viewport().width() - left - wide
        return QRectF(left, y, wide, 2 * half).toAlignedRect()

    def set_scale(self, name: str) -> None:
        """Show weeks, months, quarters or years, today or the middle staying in place."""
        self.zoom_to(SCALES[name] * self._scale)

    def zoom_to(self, per_day: float, x: float | None = None) -> None:
        """Let a day take so many px; the day at `x` of the lanes stays where it is."""
        self._set_axis(self.axis.zoomed(per_day, self._pivot() if x is None else x))
        self.zoomed.emit()

    def zoom_by(self, steps: float, x: float | None = None) -> None:
        """Zoom in, or out with a minus, by steps of a quarter."""
        self.zoom_to(self.axis.per_day * STEP**steps, x)

    def set_names(self, width: float) -> None:
        """Give the names another width, in px at 100 %."""
        self._names = min(max(width, LEAST_NAMES), MOST_NAMES)
        self._set_axis(self.axis)

    def set_year(self, year: tuple[int, int]) -> None:
        """Let years in the head begin on a month and day: calendar years, or academic ones."""
        self._set_axis(replace(self.axis, year=year))

    def go_today(self) -> None:
        """Show today a third from the left."""
        self.go_to(clock.today().toordinal())

    def go_to(self, day: float) -> None:
        """Show a day a third from the left."""
        axis = self.axis
        self._set_axis(replace(axis, start=max(1.0, day - self.lanes_width / 3 / axis.per_day)))

    def show_all(self) -> None:
        """Choose the scale at which all bars are in sight."""
        low, high = self.extent()
        per_day = self.lanes_width / max(high - low, 1.0)
        self._set_axis(replace(self.axis.zoomed(per_day, 0.0), start=low))
        self.zoomed.emit()

    @Slot()
    def settle(self) -> None:
        """Put down a bar that was moved by keys."""
        self._later.stop()
        pending, self._pending = self._pending, None
        if pending is not None and pending.span is not None and pending.span != pending.old:
            self.placed.emit(pending.row, *pending.span)

    def pan(self, by: float) -> None:
        """Go along the time by so many px."""
        self._set_axis(self.axis.moved(by))

    def give_back(self) -> None:
        """Let what was moved lie where it lay: the deed was refused, or the user let go of it."""
        self._later.stop()
        self._pending = self._drag = None
        self._source = -1
        self._scene.moved = {}
        self.viewport().unsetCursor()
        self.told.emit("")
        self.viewport().update()

    def step_bar(self, act: Act, days: int) -> None:
        """Move or stretch the current bar by so many days; it is put down a moment later."""
        row = self._row
        shown = self._scene.days(row) if row >= 0 else None
        if shown is None or not self.can(row, act):
            return
        if self._pending is None:
            self._pending = Drag(act, row, QPointF(), 0.0, shown, True, shown)
        pending = self._pending
        pending.span = placed(act, pending.span or shown, days)
        self._preview(row, pending.span, pending.old or shown)
        self._later.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what was asked for is painted: rows that came into sight, or changed under the pointer."""
        painter, t = QPainter(self.viewport()), tokens.current()
        whole = QRectF(self.viewport().rect())
        mirror(painter, whole, self.layoutDirection())
        asked = event.rect()
        head, names = px(HEAD), self.names_width
        marks = self.marks()
        if asked.top() < head:
            words, begins = self.head_words(), marks.week_begins
            paint_corner(painter, QRectF(0, 0, names, head), words, self._scale, t)
            paint_head(painter, QRectF(names, 0, whole.width() - names, head), self.axis, self._scene.chart.today,
                       words, t, begins)
        first, after = max(head, asked.top()), min(self.viewport().height(), asked.bottom() + 1)
        top = float(self.verticalScrollBar().value() + first - head)
        room = QRectF(names, first, whole.width() - names, after - first)
        paint_names(painter, QRectF(0, first, names, room.height()), self._scene, top, marks, t)
        paint_lanes(painter, room, self._scene, top, marks, t)
        hairline(painter, QPointF(names, 0), QPointF(names, whole.height()), t.line2)
        drag = self._drag or self._pending
        if drag is not None and drag.begun and drag.act not in ("pan", "names"):
            full = QRectF(names, head, whole.width() - names, whole.height() - head)
            self._paint_drag(painter, full, float(self.verticalScrollBar().value()), drag)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What stays in sight is moved as it is painted; time, which has a place of its own, is not."""
        if dx or not dy or self.busy:
            self.viewport().update()
            return
        view, head = self.viewport(), px(HEAD)
        view.scroll(0, dy, QRect(0, head, view.width(), view.height() - head))

    def update_row(self, row: int) -> None:
        """Paint a row anew."""
        lane = self._scene.lane
        top = px(HEAD) + row * lane - self.verticalScrollBar().value()
        # a ring and the words of a late bar reach a little beyond their row
        self.viewport().update(0, int(top) - 2, self.viewport().width(), round(lane) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fresh and self._scene.chart.rows:
            self._begin()
        self._set_axis(self.axis)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._row < 0 and self._scene.chart.rows:
            self.select(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(event)
        self.viewport().update()

    def marks(self) -> Marks:
        """What is pointed out beside the bars themselves."""
        hit = self._hover
        over = hit.part in ("body", "end", "link") and self.can(hit.row, "link")
        return Marks(
            selected={self._row} if self._row >= 0 else (), hover=hit.row, focus=self.hasFocus(), link=self._link,
            handle=hit.row if over else -1, source=self._source, baseline=self.show_baseline,
            critical=self.show_critical, week_begins=QLocale().firstDayOfWeek().value - 1)

    def head_words(self) -> HeadWords:
        """What stands over the names."""
        return HeadWords(self.tr("Project, work package, task"), self.tr("Due"), self.tr("Q{n}"))

    def extent(self) -> tuple[float, float]:
        """The first and the last day that bars reach, with a margin at both sides."""
        today = float(self._scene.chart.today)
        low, high = today - 60, today + 300
        reach = self._scene.chart.reach
        if reach is not None:
            low, high = min(low, reach[0]), max(high, min(reach[1], today + REACH))
        room = (high - low) * 0.04
        return low - room, high + room

    def can(self, row: int, act: Act) -> bool:
        """Whether the bar of a row can be moved, stretched or linked here."""
        rows = self._scene.chart.rows
        if not self.editable or not 0 <= row < len(rows) or rows[row].span is None:
            return False
        shape = rows[row].shape
        if act == "link":
            return shape == "task"
        if act in ("start", "end"):
            return shape in ("task", "package") and not rows[row].fixed
        return act == "move" and shape not in ("group", "agreement") and not rows[row].fixed

    def _preview(self, row: int, span: Span, old: Span) -> None:
        """Show where a bar and what waits for it would lie, or why they may not."""
        try:
            moved, outcome = self._model.preview(row, span)
        except Refused as refused:
            self.told.emit(say(refused.message))
            return
        self._scene.moved = moved
        shown = moved.get(row, span)
        words = said(shown, old, change_words(shown, old, self._change_words()))
        if outcome is not None and outcome.held_by is not None:
            words = self.tr("{days}, held back by what it waits for").format(days=words)
        elif outcome is not None and outcome.pushed:
            pushed = counted(len(outcome.pushed), self.tr("1 task after it moves too"),
                             self.tr("{n} tasks after it move too"))
            words = f"{words}, {pushed}"
        self.told.emit(words)
        self.viewport().update()

    def _paint_drag(self, painter: QPainter, room: QRectF, top: float, drag: Drag) -> None:
        if drag.act == "link" and drag.now is not None:
            painter.save()
            painter.setClipRect(room)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(room.left(), room.top() - top)
            at = drag.now - QPointF(room.left(), room.top() - top)
            paint_pull(painter, self._scene, drag.row, at)
            painter.restore()
            return
        ends, span = self._scene.ends(drag.row), self._scene.days(drag.row)
        if ends is not None and span is not None and drag.old is not None and drag.act != "link":
            middle = room.left() + (max(ends[0], 0.0) + min(ends[1], room.width())) / 2
            y = room.top() + drag.row * self._scene.lane - top
            words = said(span, drag.old, change_words(span, drag.old, self._change_words()))
            paint_tip(painter, room, QPointF(middle, y), words)

    def _change_words(self) -> ChangeWords:
        return ChangeWords(
            self.tr("1 day later"), self.tr("{n} days later"), self.tr("1 day earlier"), self.tr("{n} days earlier"),
            self.tr("1 day longer"), self.tr("{n} days longer"), self.tr("1 day shorter"), self.tr("{n} days shorter"))

    def _room_high(self) -> float:
        return max(1.0, self.viewport().height() - px(HEAD))

    def _pivot(self) -> float:
        """What stays in place when the scale changes: today where it is in sight, else the middle."""
        x = self.axis.x(self._scene.chart.today)
        return x if 0 <= x <= self.lanes_width else self.lanes_width / 2

    def _begin(self) -> None:
        """The first time that there is something to show: today a third from the left."""
        self._fresh = False
        self.go_today()

    def _set_axis(self, axis: TimeAxis) -> None:
        """Show another stretch, never beyond what bars and today reach by more than a page."""
        wide = self.lanes_width / axis.per_day
        low, high = self._low - wide * 0.9, self._high - wide * 0.1
        start = min(max(axis.start, low, 1.0), max(high, low))
        self._scene.axis = replace(axis, start=start)
        bar = self.horizontalScrollBar()
        bar.blockSignals(True)
        bar.setRange(0, max(0, round((high - low) * axis.per_day)))
        bar.setPageStep(max(1, round(self.lanes_width)))
        bar.setSingleStep(px(40))
        bar.setValue(round((start - low) * axis.per_day))
        bar.blockSignals(False)
        down = self.verticalScrollBar()
        down.setRange(0, max(0, round(self._scene.height - self._room_high())))
        down.setPageStep(round(self._room_high()))
        down.setSingleStep(round(self._scene.lane))
        self.viewport().update()

    def _tell(self) -> None:
        """Say the current row to a screen reader."""
        words = self._model.sentence(self._row)
        self.setAccessibleDescription(words)
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)

    @Slot()
    def _follow(self) -> None:
        """Other rows: what was current stays current."""
        self._scene.chart = self._model.chart
        self._scene.moved = {}
        self._hover, self._source, self._link = Hit(-1, "row"), -1, 0
        self._low, self._high = self.extent()
        self._row = self._model.row_of(self._key) if self._key is not None else -1
        self._keep_hold()
        if self._fresh and self._scene.chart.rows and self.viewport().width() > px(200):
            self._begin()
        self._set_axis(self.axis)
        self.current_changed.emit(self._row)

    def _keep_hold(self) -> None:
        """What is on the pointer or moved by keys is the current row, wherever that is now; gone, it is let go."""
        held = self._drag or self._pending
        if held is None or held.act in ("pan", "names"):
            return
        if self._row < 0:
            self._drag = self._pending = None
            return
        held.row = self._row
        if held.span is not None and held.old is not None:
            self._preview(held.row, held.span, held.old)

    @Slot(int)
    def _pan_to(self, value: int) -> None:
        axis = self.axis
        low = self._low - self.lanes_width / axis.per_day * 0.9
        self._set_axis(replace(axis, start=low + value / axis.per_day))

    @Slot()
    def _rescale(self) -> None:
        """The user's size of text has changed."""
        factor = tokens.scale() / self._scale
        self._scale = tokens.scale()
        self._set_axis(replace(self.axis, per_day=self.axis.per_day * factor, unit=self._scale))

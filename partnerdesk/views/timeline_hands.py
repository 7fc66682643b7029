"""What pointer and keys do on a timeline: walk, open, pan and zoom; move and stretch bars; draw links, take them away.

All that the pointer can do the keys can do too: arrows walk and open, Ctrl and arrows move, Shift and arrows stretch
the end, both the beginning, L links, Delete takes links away.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from partnerdesk.look.timeline import Hit, Link
from partnerdesk.look.timeline_head import HEAD, chevron_place
from partnerdesk.look.tokens import px
from partnerdesk.models.timeline import TimelineModel
from partnerdesk.views.timeline_drag import ACTS, Drag, placed
from partnerdesk.views.timeline_view import TimelineBoard

_CURSORS: Final = {"start": Qt.CursorShape.SizeHorCursor, "end": Qt.CursorShape.SizeHorCursor,
                   "link": Qt.CursorShape.CrossCursor, "body": Qt.CursorShape.OpenHandCursor}
_STRIDES: Final = {"day": 1, "week": 1, "month": 7, "quarter": 30, "year": 91, "decade": 365}
"""By how many days an arrow moves a bar at each scale."""
_EDGE: Final = 24
_BOTH: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class TimelineView(TimelineBoard):
    """A timeline under the hand."""

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._aside = QTimer(self, interval=30)
        self._aside.timeout.connect(self._go_aside)
        self._edge = False

    def give_back(self) -> None:
        """Let what was moved lie where it lay: the deed was refused, or the user let go of it."""
        self._aside.stop()
        self.viewport().unsetCursor()
        super().give_back()

    def event(self, event: QEvent) -> bool:
        """Keys that mean something here are not taken for those of the page around it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover(Hit(-1, "row"), QPoint())
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the rows, zooms with Ctrl or over the head, and goes along the time with Shift."""
        x, y = self._place(event.position())
        step = (event.angleDelta().y() or event.angleDelta().x()) / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or y < px(HEAD):
            self.zoom_by(step, max(0.0, x - self.names_width))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan(-step * px(80))
        elif event.pixelDelta().isNull() and event.angleDelta().x():
            self.pan(-event.angleDelta().x() / 120 * px(80))
        else:
            down = event.pixelDelta().y() or step * self._scene.lane * 2
            self.verticalScrollBar().setValue(round(self.verticalScrollBar().value() - down))
            if event.pixelDelta().x():
                self.pan(-event.pixelDelta().x() * (-1 if self._turned else 1))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x, y = self._place(event.position())
        row = self._row_at(y)
        if event.button() != Qt.MouseButton.LeftButton:
            if row >= 0:
                self.select(row)
            return
        if self._on_edge(x):
            self._drag = Drag("names", -1, event.position(), x - self.names_width)
            return
        if y < px(HEAD):
            self._drag = Drag("pan", -1, event.position(), self._day_at(x))
            return
        if x < self.names_width:
            if row >= 0:
                self._press_name(row, x)
            return
        hit = self._hit(x, y)
        link = self._scene.link_at(*self._in_lanes(x, y)) if hit is None or hit.part == "row" else None
        if row >= 0:
            self.select(row)
        if link is not None:
            self._choose_link(link)
            return
        self._drag = self._taken(hit, event.position(), self._day_at(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, y = self._place(event.position())
        drag = self._drag
        if drag is None and self._on_edge(x):
            self._set_hover(Hit(-1, "row"), QPoint())
            self.viewport().setCursor(Qt.CursorShape.SplitHCursor)
            self._edge = True
            return
        if drag is None:
            if self._edge:
                self.viewport().unsetCursor()
                self._edge = False
            self._set_hover(self._hit(x, y) or Hit(self._row_at(y), "row"), event.globalPosition().toPoint())
            return
        far = (event.position() - drag.at).manhattanLength() >= QApplication.startDragDistance()
        if not drag.begun and not far:
            return
        drag.begun, drag.now = True, QPointF(x, y)
        if drag.act == "pan":
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self._set_axis(self.axis.moved((drag.day - self._day_at(x)) * self.axis.per_day))
        elif drag.act == "names":
            self.set_names((x - drag.day) / px(100) * 100)
        elif drag.act == "link":
            hit = self._hit(x, y)
            drag.target = hit.row if hit is not None and self._can_link(drag.row, hit.row) else -1
            self.viewport().update()
        else:
            self._carry(drag)
            if x > self.viewport().width() - px(24) or x < self.names_width + px(24):
                self._aside.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        self._aside.stop()
        self.viewport().unsetCursor()
        if drag is None or not drag.begun:
            return
        if drag.act == "link":
            if drag.target >= 0:
                self.linked.emit(drag.row, drag.target)
        elif drag.act == "names":
            self.names_moved.emit(self.names_width / px(100) * 100)
        elif drag.act != "pan" and drag.span is not None and drag.span != drag.old:
            self.placed.emit(drag.row, *drag.span)
        elif drag.act != "pan":
            self._scene.moved = {}
        self.told.emit("")
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        _, y = self._place(event.position())
        row = self._row_at(y)
        if event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self._drag = None
            self.entered.emit(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._row >= 0:
            at = event.globalPos()
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                y = px(HEAD) + self._scene.middle(self._row) - self.verticalScrollBar().value()
                at = self.viewport().mapToGlobal(QPoint(round(px(60)), round(y)))
            self.asked.emit(self._row, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._key_with(event) or self._key_alone(event)):
            super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether a key does something with the current row or the scale; Delete on a project is the page's."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Delete:
            shape = self._scene.chart.rows[self._row].shape if self._row >= 0 else ""
            return not held and shape != "project"
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            return held in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, _BOTH)
        return not held and key in (Qt.Key.Key_L, Qt.Key.Key_T, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Equal)

    def _key_with(self, event: QKeyEvent) -> bool:
        """Arrows with Ctrl move, with Shift stretch the end, with both the beginning."""
        sides = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        side = sides.get(Qt.Key(event.key()), 0) * (-1 if self._turned else 1)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.select(0 if event.key() == Qt.Key.Key_Home else len(self._scene.chart.rows) - 1)
            return True
        if held == Qt.KeyboardModifier.ControlModifier and side:
            self.step_bar("move", side * _STRIDES.get(self.axis.tiers[1], 1))
        elif held == Qt.KeyboardModifier.ShiftModifier and side:
            self.step_bar("end", side * _STRIDES.get(self.axis.tiers[1], 1))
        elif held == _BOTH and side:
            self.step_bar("start", side * _STRIDES.get(self.axis.tiers[1], 1))
        else:
            return False
        return True

    def _key_alone(self, event: QKeyEvent) -> bool:
        key, row = Qt.Key(event.key()), self._row
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        page = max(1, int(self._room_high() // self._scene.lane) - 1)
        walks = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        if key in walks:
            self.select(row + walks[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._sideways((key == Qt.Key.Key_Right) is not self._turned)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            span = self._scene.days(row) if row >= 0 else None
            if span is not None:
                self.go_to(span[0] if key == Qt.Key.Key_Home else span[1])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_by(-1 if key == Qt.Key.Key_Minus else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.settle()
            self.entered.emit(row)
        elif key == Qt.Key.Key_T:
            self.go_today()
        elif key == Qt.Key.Key_L and self.editable:
            self._link_by_key()
        elif key == Qt.Key.Key_Delete and row >= 0 and self.editable and self._scene.chart.rows[row].shape != "project":
            self.unlink_wanted.emit(row)
        elif key == Qt.Key.Key_Escape and (self.busy or self._source >= 0):
            self.give_back()
        else:
            return False
        return True

    def _sideways(self, onward: bool) -> None:
        """Open or close the current row; where that is done already, go along the time."""
        row = self._row
        bar = self._scene.chart.rows[row] if row >= 0 else None
        if bar is not None and bar.open is not None and bar.open is not onward:
            self._model.toggle(row, onward)
        else:
            self.pan(px(80) if onward else -px(80))

    def link_from(self, row: int) -> None:
        """Take a task as the one before; the link is drawn when L is pressed on another."""
        if self.can(row, "link"):
            self._source = row
            name = self._scene.chart.rows[row].name
            self.told.emit(self.tr("Go to the task that waits for “{name}” and press L").format(name=name))
            self.viewport().update()

    def _link_by_key(self) -> None:
        row = self._row
        if self._source < 0:
            self.link_from(row)
        else:
            source, self._source = self._source, -1
            self.told.emit("")
            if self._can_link(source, row):
                self.linked.emit(source, row)
        self.viewport().update()

    def _can_link(self, before: int, after: int) -> bool:
        rows = self._scene.chart.rows
        if before == after or not 0 <= after < len(rows) or rows[after].shape != "task":
            return False
        return self._model.project_of(before) == self._model.project_of(after)

    def _press_name(self, row: int, x: float) -> None:
        bar = self._scene.chart.rows[row]
        self.select(row)
        if bar.open is not None and chevron_place(bar, self._scale).contains(x, 1.0):
            self._model.toggle(row)

    def _choose_link(self, link: Link) -> None:
        self._link = link.id
        rows = self._scene.chart.rows
        self.told.emit(self.tr("“{after}” waits for “{before}”. Delete takes the link away.").format(
            after=rows[link.after].name, before=rows[link.before].name))
        self.viewport().update()

    def _taken(self, hit: Hit | None, at: QPointF, day: float) -> Drag:
        """What a press begins: an act on a bar, or going along the time."""
        if hit is not None and hit.part != "row":
            act = ACTS[hit.part]
            if self.can(hit.row, act):
                return Drag(act, hit.row, at, day, self._scene.days(hit.row))
        return Drag("pan", -1, at, day)

    def _carry(self, drag: Drag) -> None:
        if drag.now is None or drag.old is None:
            return
        days = round(self._day_at(drag.now.x()) - drag.day)
        drag.span = placed(drag.act, drag.old, days)
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor if drag.act == "move" else
                                  Qt.CursorShape.SizeHorCursor)
        self._preview(drag.row, drag.span, drag.old)

    @Slot()
    def _go_aside(self) -> None:
        """A bar held at the edge takes the time along."""
        drag = self._drag
        if drag is None or drag.now is None or drag.act in ("link", "pan", "names"):
            self._aside.stop()
            return
        right = self.viewport().width() - px(_EDGE)
        left = self.names_width + px(_EDGE)
        if left <= drag.now.x() <= right:
            self._aside.stop()
            return
        self.pan(px(10) if drag.now.x() > right else -px(10))
        self._carry(drag)

    def _set_hover(self, hit: Hit, at: QPoint) -> None:
        if hit != self._hover:
            before, self._hover = self._hover, hit
            shape = _CURSORS.get(hit.part) if self.can(hit.row, ACTS.get(hit.part, "pan")) else None
            if shape is not None:
                self.viewport().setCursor(shape)
            else:
                self.viewport().unsetCursor()
            self.update_row(before.row)
            self.update_row(hit.row)
        self.hovered.emit(hit.row if hit.part != "row" else -1, at)

    def _on_edge(self, x: float) -> bool:
        """Whether a point lies on the line between names and time, which is taken within 7 px."""
        return abs(x - self.names_width) <= px(3.5)

    @property
    def _turned(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _place(self, at: QPointF) -> tuple[float, float]:
        """A point of the viewport, from the side where names begin."""
        return (self.viewport().width() - at.x() if self._turned else at.x()), at.y()

    def _in_lanes(self, x: float, y: float) -> tuple[float, float]:
        return x - self.names_width, y - px(HEAD) + self.verticalScrollBar().value()

    def _day_at(self, x: float) -> float:
        return self.axis.day(x - self.names_width)

    def _row_at(self, y: float) -> int:
        row = int((y - px(HEAD) + self.verticalScrollBar().value()) // self._scene.lane)
        return row if y >= px(HEAD) and 0 <= row < len(self._scene.chart.rows) else -1

    def _hit(self, x: float, y: float) -> Hit | None:
        """What lies in the lanes under a point of the viewport."""
        return self._scene.hit(*self._in_lanes(x, y)) if x >= self.names_width and y >= px(HEAD) else None

"""The map as a widget: drawn once a view and moved as a picture; zoom, pan, selection and the keyboard."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QPinchGesture, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.paint import rounded, write
from partnerdesk.look.tokens import px
from partnerdesk.look.worldmap import (
    CHOSEN_EDGE,
    PICK,
    Cluster,
    MapValues,
    Pin,
    Under,
    paint_land,
    paint_marks,
    paint_outline,
    paint_touched,
)
from partnerdesk.look.worldshapes import HOME, Shape, View, fitting
from partnerdesk.views.map_moves import MapMoves

Card = tuple[str, str]
SETTLE_MS: Final = 90
QUICK_MS: Final = 24
CLOSEST: Final = 400.0
_MANY: Final = 8


class WorldView(QWidget):
    """`chosen(codes)` when the user chose other countries, `pin_opened(id)` and `typed(text)` for the page.

    What lies there is drawn with plain edges while one moves about, and finely once that is over.
    """

    chosen = Signal(object)
    pin_opened = Signal(int)
    typed = Signal(str)
    resized = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._shape: Shape | None = None
        self._values = MapValues()
        self._view: View | None = None
        self._drawn: tuple[View, QImage, bool] | None = None
        self._marks: list[Cluster] = []
        self._under: tuple[View, Under] | None = None
        self._selected: tuple[str, ...] = ()
        self._cursor, self._hover, self._pin = "", "", ""
        self._pointer = QPointF()
        self._hover_before = QRect()
        self._card_of: Callable[[str], Card] | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._draw_finely)
        self._quick = QTimer(self, singleShot=True, interval=QUICK_MS)
        self._quick.timeout.connect(self._draw_meanwhile)
        self.moves = MapMoves(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)
        tokens.watch().changed.connect(self.redraw)

    @property
    def shape(self) -> Shape | None:
        """The outlines that are drawn."""
        return self._shape

    @property
    def view(self) -> View:
        """What is looked at."""
        if self._view is None:
            self._view = self._home()
        return self._view

    @property
    def selected(self) -> tuple[str, ...]:
        """The codes of the chosen countries, in the order in which they were chosen."""
        return self._selected

    @property
    def cursor_code(self) -> str:
        """The country the keyboard stands on."""
        return self._cursor

    @property
    def hovered(self) -> str:
        """The country under the pointer."""
        return self._hover

    @property
    def marks(self) -> list[Cluster]:
        """Where partners are marked."""
        return self._marks

    def set_shape(self, shape: Shape) -> None:
        """Draw these outlines."""
        self._shape = shape
        self.redraw()

    def set_values(self, values: MapValues) -> None:
        """Show other numbers."""
        self._values = values
        self.redraw()

    def set_card(self, card: Callable[[str], Card]) -> None:
        """Say what the hover card shows of a country."""
        self._card_of = card

    def select(self, codes: Iterable[str], *, tell: bool = False) -> None:
        """Choose countries; with `tell` as if the user had."""
        self._selected = tuple(dict.fromkeys(codes))
        if self._selected:
            self._cursor = self._selected[-1]
        self._say()
        self.update()
        if tell:
            self.chosen.emit(self._selected)

    def toggle(self, code: str) -> None:
        """Choose a country as well, or no longer."""
        others = tuple(one for one in self._selected if one != code)
        self.select(others if code in self._selected else (*others, code), tell=True)

    def look_at(self, view: View) -> None:
        """Look at something else: at once as a moved picture, drawn anew a moment later."""
        least = self._home().scale * 0.8
        scale = min(max(view.scale, least), CLOSEST)
        if scale != view.scale:
            view = view.zoomed(scale / view.scale, QRectF(self.rect()).center())
        self._view = self._held(view)
        self._hover = self._pin = ""
        if not self._quick.isActive():
            self._quick.start()
        self._settle.start()
        self.update()

    def show_codes(self, codes: Iterable[str]) -> None:
        """Look at these countries as closely as all of them fit."""
        shape = self._shape
        boxes = [shape.box(code) for code in codes if code in shape.world.places] if shape is not None else []
        if not boxes:
            return
        whole = boxes[0]
        for box in boxes[1:]:
            whole = QRectF(QPointF(min(whole.left(), box.left()), min(whole.top(), box.top())),
                           QPointF(max(whole.right(), box.right()), max(whole.bottom(), box.bottom())))
        least = 14.0
        whole = whole.adjusted(*(-max(1.0, (least - whole.width()) / 2), -max(1.0, (least - whole.height()) / 2),
                                 max(1.0, (least - whole.width()) / 2), max(1.0, (least - whole.height()) / 2)))
        self.look_at(fitting(whole, QRectF(self.rect()).adjusted(px(24), px(24), -px(24), -px(24)), CLOSEST))

    def bring_into_view(self, code: str) -> None:
        """Move the map as little as shows a country."""
        shape = self._shape
        if shape is None or code not in shape.world.places:
            return
        at, room = self.view.at(shape.world.places[code]), QRectF(self.rect()).adjusted(60, 60, -60, -60)
        dx = min(0.0, room.right() - at.x()) + max(0.0, room.left() - at.x())
        dy = min(0.0, room.bottom() - at.y()) + max(0.0, room.top() - at.y())
        if dx or dy:
            self.look_at(self.view.moved(dx, dy))

    @Slot()
    def show_whole(self) -> None:
        """Look at the whole world."""
        self.look_at(self._home())

    @Slot()
    def zoom_in(self) -> None:
        """Look closer."""
        self.zoom(1.5)

    @Slot()
    def zoom_out(self) -> None:
        """Look from farther away."""
        self.zoom(1 / 1.5)

    def zoom(self, factor: float, about: QPointF | None = None) -> None:
        """Look closer by a factor, about a point or the middle."""
        about = about if about is not None else QRectF(self.rect()).center()
        least, scale = self._home().scale * 0.8, self.view.scale
        self.look_at(self.view.zoomed(min(max(scale * factor, least), CLOSEST) / scale, about))

    def set_cursor(self, code: str) -> None:
        """Put the keyboard on a country."""
        self._cursor = code
        self.bring_into_view(code)
        self._say()
        self.update()

    def code_at(self, at: QPointF) -> str:
        """The country that lies under a point."""
        if self._shape is None:
            return ""
        if self._under is None or self._under[0] != self.view:
            self._under = (self.view, Under(self._shape, self.view, self.size(), tokens.scale()))
        return self._under[1].at(int(at.x()), int(at.y()))

    def middle_code(self) -> str:
        """The country nearest to the middle of what is seen."""
        middle = self.view.place(QRectF(self.rect()).center())
        places = self._shape.world.places if self._shape is not None else {}
        return min(places, key=lambda code: abs(places[code][0] - middle[0]) + abs(places[code][1] - middle[1]),
                   default="")

    def codes_in(self, rect: QRectF) -> list[str]:
        """The countries whose places lie in a box."""
        shape = self._shape
        return [] if shape is None else [
            code for code, place in shape.world.places.items() if rect.contains(self.view.at(place))]

    def pins_at(self, at: QPointF) -> tuple[Pin, ...]:
        """The partners marked under a point."""
        near = PICK * tokens.scale()
        return self._values.pins.near(self.view.place(at), near / self.view.scale)

    def point_at(self, at: QPointF) -> None:
        """The pointer has come to a point: show what is there."""
        code, pins = self.code_at(at), self.pins_at(at)
        pin = ", ".join(one.name for one in pins[:3]) + (f" + {len(pins) - 3}" if len(pins) > 3 else "")
        if (code, pin) != (self._hover, self._pin) or (code and self._card_of is not None):
            self._hover, self._pin, self._pointer = code, pin, at
            self.setCursor(Qt.CursorShape.PointingHandCursor if code or pin else Qt.CursorShape.ArrowCursor)
            self.update(self.hover_area())

    @Slot()
    def redraw(self) -> None:
        """Draw all anew."""
        self._drawn = None
        self.update()

    def draw_quickly(self) -> None:
        """Draw the view with plain edges."""
        if self._shape is not None:
            self._draw(fine=False)

    def hover_area(self) -> QRect:
        """What has to be painted anew where another country has come under the pointer."""
        area = self._hover_before.united(self._hover_box())
        self._hover_before = self._hover_box()
        return area

    def sizeHint(self) -> QSize:
        return QSize(px(780), px(600))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(280), px(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        if self._shape is None:
            painter.fillRect(self.rect(), t.map_sea)
            return
        if self._drawn is None:
            self._draw(fine=not self.moves.moving)
        assert self._drawn is not None
        drawn, picture, _ = self._drawn
        if drawn == self.view:
            painter.drawImage(0, 0, picture)
        else:
            self._paint_moved(painter, drawn, picture)
        self._paint_over(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._view is not None and event.oldSize().isValid() and event.oldSize().width() > 0:
            home_before = fitting(HOME, QRectF(QPointF(), event.oldSize()).adjusted(12, 12, -12, -12))
            if abs(self._view.scale - home_before.scale) < 1e-6:
                self._view = None
            else:
                grown = event.size() - event.oldSize()
                self._view = self._view.moved(grown.width() / 2, grown.height() / 2)
        self._under = None
        self.redraw()
        self.resized.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1.0 + event.value(), event.position())
                return True
        elif event.type() == QEvent.Type.Gesture:
            pinch = event.gesture(Qt.GestureType.PinchGesture)  # type: ignore[attr-defined]
            if isinstance(pinch, QPinchGesture):
                self.zoom(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom(1.25 ** steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.moves.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.moves.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.moves.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.moves.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = self._pin = ""
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.moves.focus(event.reason())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.moves.key(event):
            super().keyPressEvent(event)

    @Slot()
    def _draw_meanwhile(self) -> None:
        if self._settle.isActive():
            self.draw_quickly()
            self.update()

    @Slot()
    def _draw_finely(self) -> None:
        if self._shape is not None:
            self._draw(fine=True)
            self.update()

    def _draw(self, *, fine: bool) -> None:
        assert self._shape is not None
        ratio, t, unit = self.devicePixelRatioF(), tokens.current(), tokens.scale()
        picture = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(ratio)
        painter, room = QPainter(picture), QRectF(self.rect())
        paint_land(painter, room, self._shape, self.view, self._values, t, fine=fine, unit=unit)
        self._marks = paint_marks(painter, room, self._shape, self.view, self._values, t, unit, names=fine,
                                  sprites=True)
        painter.end()
        self._drawn = (self.view, picture, fine)

    def _paint_moved(self, painter: QPainter, drawn: View, picture: QImage) -> None:
        """The picture of another view where it lies now, and sea around it."""
        factor = self.view.scale / drawn.scale
        at = QPointF(self.view.x - drawn.x * factor, self.view.y - drawn.y * factor)
        place = QRectF(at, picture.deviceIndependentSize() * factor)
        around = QRegion(self.rect()).subtracted(QRegion(place.toAlignedRect().adjusted(1, 1, -1, -1)))
        painter.save()
        painter.setClipRegion(around, Qt.ClipOperation.IntersectClip)
        painter.fillRect(self.rect(), tokens.current().map_sea)
        painter.restore()
        if factor == 1.0:
            painter.drawImage(at, picture)
        else:
            painter.drawImage(place, picture)

    def _paint_over(self, painter: QPainter) -> None:
        """Outlines of what is chosen and pointed at, the box being drawn, the focus, and the card."""
        shape, t, unit = self._shape, tokens.current(), tokens.scale()
        assert shape is not None
        many = len(self._selected) > _MANY
        for code in self._selected:
            if code in shape.world.places:
                paint_outline(painter, shape, self.view, code, t.text, 1.0 if many else CHOSEN_EDGE, unit)
        if self._hover and self._hover not in self._selected:
            paint_touched(painter, shape, self.view, self._hover, t, unit)
        by_keys = self.hasFocus() and self.moves.by_keys
        if by_keys and self._cursor in shape.world.places:
            paint_outline(painter, shape, self.view, self._cursor, t.focus, 2.0, unit)
        band = self.moves.band
        if band is not None:
            soft = t.accent_soft
            soft.setAlphaF(0.4)
            rounded(painter, band, 0, soft, t.accent)
        if by_keys:
            rounded(painter, QRectF(self.rect()), 0, None, t.focus, 2.0)
        if self._hover and self._card_of is not None and not self.moves.moving:
            self._paint_card(painter)

    def _paint_card(self, painter: QPainter) -> None:
        box, lines = self._card_box()
        t, wide = tokens.current(), box.width()
        rounded(painter, box, px(6), t.tip_bg)
        for place, (line, face) in enumerate(lines):
            row = QRectF(box.left() + px(10), box.top() + px(6) + px(18) * place, wide - px(20), px(18))
            write(painter, row, line, face, t.tip_text)

    def _card_box(self) -> tuple[QRectF, list[tuple[str, QFont]]]:
        """Where the card stands, and its lines."""
        assert self._card_of is not None
        title, words = self._card_of(self._hover)
        lines = [(title, font("small", 600)), (words, font("small"))]
        if self._pin:
            lines.append((self._pin, font("small")))
        wide = max(QFontMetricsF(face).horizontalAdvance(line) for line, face in lines) + px(20)
        wide = min(wide, self.width() - px(16))
        high = px(12) + px(18) * len(lines)
        x = min(max(self._pointer.x() + px(14), px(8)), self.width() - wide - px(8))
        below = self._pointer.y() + px(18)
        y = below if below + high < self.height() - px(8) else self._pointer.y() - high - px(8)
        return QRectF(x, max(y, px(4)), wide, high), lines

    def _hover_box(self) -> QRect:
        """Where country and card under the pointer are painted."""
        if not self._hover or self._shape is None:
            return QRect()
        found = self.view.box(self._shape.box(self._hover)).adjusted(-8, -8, 8, 8)
        if self._card_of is not None:
            found = found.united(self._card_box()[0].adjusted(-2, -2, 2, 2))
        return found.toAlignedRect()

    def _home(self) -> View:
        return fitting(HOME, QRectF(self.rect()).adjusted(12, 12, -12, -12))

    def _held(self, view: View) -> View:
        """The view moved so that some of the world stays in the middle."""
        world, room = view.box(HOME), QRectF(self.rect())
        dx = max(0.0, room.center().x() - world.right()) + min(0.0, room.center().x() - world.left())
        dy = max(0.0, room.center().y() - world.bottom()) + min(0.0, room.center().y() - world.top())
        return view.moved(dx, dy)

    def _say(self) -> None:
        """Tell a screen reader where the keyboard is."""
        code = self._cursor
        if code and self._card_of is not None:
            title, words = self._card_of(code)
            self.setAccessibleName(f"{self._name}: {title}, {words}")
        else:
            self.setAccessibleName(self._name)

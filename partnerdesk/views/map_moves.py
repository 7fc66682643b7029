"""What hands do on the map: drag it, click countries, draw a box around some, walk from one to the next by keys."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from partnerdesk.look.tokens import px

if TYPE_CHECKING:
    from partnerdesk.views.map_view import WorldView

_Key = Qt.Key
_ARROWS: Final = {_Key.Key_Left: (-1, 0), _Key.Key_Right: (1, 0), _Key.Key_Up: (0, -1), _Key.Key_Down: (0, 1)}
_SLOP: Final = 4
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class MapMoves:
    """Drag moves the map, Shift and drag draws a box, a click chooses, Ctrl and click adds, a double click zooms.

    Arrow keys walk, Ctrl and arrows move the map, + and − zoom, 0 shows the whole, Space chooses as well, Enter alone,
    Esc nothing; letters are for the search.
    """

    def __init__(self, widget: "WorldView") -> None:
        self._widget = widget
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._dragging = False
        self._band: QRectF | None = None
        self._by_keys = False

    @property
    def by_keys(self) -> bool:
        """Whether the keyboard is what is used here."""
        return self._by_keys

    @property
    def moving(self) -> bool:
        """Whether the map is being dragged or a box drawn."""
        return self._dragging or self._band is not None

    @property
    def band(self) -> QRectF | None:
        """The box being drawn."""
        return self._band

    def focus(self, reason: Qt.FocusReason) -> None:
        """The keyboard has come here."""
        self._by_keys = reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)

    def press(self, event: QMouseEvent) -> None:
        """A button goes down."""
        self._by_keys = False
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self._last = event.position()
            if event.modifiers() & _SHIFT:
                self._band = QRectF(self._pressed, self._pressed)

    def move(self, event: QMouseEvent) -> None:
        """The pointer moves, with a button held or not."""
        at = event.position()
        if self._pressed is None:
            self._widget.point_at(at)
        elif self._band is not None:
            self._band = QRectF(self._pressed, at).normalized()
            self._widget.update()
        elif self._dragging or (at - self._pressed).manhattanLength() > px(_SLOP):
            self._dragging = True
            step, self._last = at - self._last, at
            self._widget.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._widget.look_at(self._widget.view.moved(round(step.x()), round(step.y())))

    def release(self, event: QMouseEvent) -> None:
        """The button comes up."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        band, dragged = self._band, self._dragging
        self._pressed, self._band, self._dragging = None, None, False
        self._widget.setCursor(Qt.CursorShape.ArrowCursor)
        if band is not None and band.width() + band.height() > px(_SLOP):
            before = self._widget.selected if event.modifiers() & _CONTROL else ()
            self._widget.select((*before, *self._widget.codes_in(band)), tell=True)
        elif not dragged:
            self._click(event)

    def double_click(self, event: QMouseEvent) -> None:
        """Look closer at what was clicked, or open the partner marked there."""
        pins = self._widget.pins_at(event.position())
        if len(pins) == 1:
            self._widget.pin_opened.emit(pins[0].id)
        else:
            self._widget.zoom(2.0, event.position())

    def key(self, event: QKeyEvent) -> bool:
        """A key goes down; whether it meant something here."""
        key, widget = _Key(event.key()), self._widget
        self._by_keys = True
        if key in _ARROWS:
            self._walk(*_ARROWS[key], pan=bool(event.modifiers() & _CONTROL))
        elif key in (_Key.Key_Plus, _Key.Key_Equal):
            widget.zoom_in()
        elif key == _Key.Key_Minus:
            widget.zoom_out()
        elif key in (_Key.Key_0, _Key.Key_Home):
            widget.show_whole()
        elif key == _Key.Key_Escape and widget.selected:
            widget.select((), tell=True)
        elif key in (_Key.Key_Return, _Key.Key_Enter) and widget.cursor_code:
            widget.select((widget.cursor_code,), tell=True)
        elif key == _Key.Key_Space and widget.cursor_code:
            widget.toggle(widget.cursor_code)
        elif event.text().isalpha() and not event.modifiers() & (_CONTROL | Qt.KeyboardModifier.AltModifier):
            widget.typed.emit(event.text())
        else:
            return False
        return True

    def _walk(self, right: int, down: int, *, pan: bool) -> None:
        widget = self._widget
        shape = widget.shape
        if pan:
            widget.look_at(widget.view.moved(-px(60) * right, -px(60) * down))
        elif shape is not None:
            here = widget.cursor_code
            known = here in shape.world.places
            widget.set_cursor(shape.world.towards(here, right, down) if known else widget.middle_code())

    def _click(self, event: QMouseEvent) -> None:
        at, widget = event.position(), self._widget
        code = widget.code_at(at)
        pins = widget.pins_at(at)
        if event.modifiers() & _CONTROL and code:
            widget.toggle(code)
        elif len(pins) > 1:
            widget.zoom(2.5, at)
        else:
            widget.select((code,) if code else (), tell=True)

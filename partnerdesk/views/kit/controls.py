"""How buttons, fields, boxes to tick and spin arrows are drawn; the style calls these functions.

A widget's dynamic properties say what it is: `kind` (primary, quiet, danger, link), `small`, `error`, `locked`,
`look` (hover, pressed, focus: a state to show on a picture of the components).
"""

import re
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QRadioButton,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionToolButton,
    QToolButton,
    QWidget,
)

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import CENTER, MIDDLE, focus_ring, rounded, write
from partnerdesk.look.tokens import RADIUS_CONTROL, STROKE_INLINE, Tokens, px

State = QStyle.StateFlag

RING: Final = 3
PAD: Final = 10
ICON_GAP: Final = 6
CHECK: Final = 16


class Now:
    """The states a control is painted in, a picture's `look` property included."""

    def __init__(self, option: QStyleOption, widget: QWidget | None) -> None:
        state: QStyle.StateFlag = option.state
        shown = said(widget, "look")
        self.enabled = bool(state & State.State_Enabled)
        self.hover = self.enabled and (bool(state & State.State_MouseOver) or shown == "hover")
        self.pressed = self.enabled and (bool(state & State.State_Sunken) or shown == "pressed")
        self.focus = self.enabled and (bool(state & State.State_HasFocus) or shown == "focus")
        self.on = bool(state & State.State_On)
        self.mixed = bool(state & State.State_NoChange)


def said(widget: QWidget | None, name: str) -> str:
    """A dynamic property as text: "" where the widget has none."""
    value = widget.property(name) if widget is not None else None
    return str(value) if value else ""


def bare(text: str) -> str:
    """`text` without the marks of its access key: "&Save" is "Save", "R&&D" is "R&D"."""
    return re.sub("&(.)", r"\1", text)


def button_font(widget: QWidget | None) -> QFont:
    """The font of a button of the widget's kind and size."""
    if said(widget, "kind") == "link":
        return font("tiny" if said(widget, "small") else "small")
    return font("small" if said(widget, "small") else "body", 500)


def button_size(option: QStyleOptionButton, widget: QWidget | None) -> QSize:
    """The room a push button wants."""
    has_icon = not option.icon.isNull()
    text: str = option.text
    wide = QFontMetrics(button_font(widget)).horizontalAdvance(bare(text))
    if said(widget, "kind") == "link":
        return QSize(wide + 2 + (px(13) + px(5) if has_icon else 0), px(16 if said(widget, "small") else 18))
    small = bool(said(widget, "small"))
    wide += 2 * px(8 if small else PAD) + 2
    if has_icon:
        wide += px(15) + (px(ICON_GAP) if text else 0)
    return QSize(wide, px(24 if small else 28))


def paint_button(option: QStyleOptionButton, painter: QPainter, widget: QWidget | None) -> None:
    """A push button: ground, edge, icon and text; its ring is a focus frame around it."""
    t, now = tokens.current(), Now(option, widget)
    kind = said(widget, "kind") or "secondary"
    box = QRectF(option.rect)
    if kind == "link":
        painter.save()
        mirror(painter, box, option.direction)
        _paint_link(option, painter, widget, now, box)
        painter.restore()
        return
    fill, edge, ink = button_colours(t, kind, now)
    rounded(painter, box, px(RADIUS_CONTROL), fill, edge)
    icon: QIcon = option.icon
    text: str = option.text
    painter.save()
    mirror(painter, box, option.direction)
    _paint_face(painter, box, icon, bare(text), button_font(widget), ink, now.enabled)
    painter.restore()


def button_colours(t: Tokens, kind: str, now: Now) -> tuple[QColor | None, QColor | None, QColor]:
    """Fill, edge and ink of a button of `kind` in its present state."""
    if not now.enabled:
        return (None if kind == "quiet" else t.sunken), (None if kind == "quiet" else t.line), t.disabled
    if kind == "primary":
        fill = t.accent_pressed if now.pressed else t.accent_hover if now.hover else t.accent
        return fill, None, t.on_accent
    if kind == "danger":
        fill = t.danger_pressed if now.pressed else t.danger_hover if now.hover else t.danger.text
        return fill, None, t.surface
    ground = t.line if now.pressed else t.hover if now.hover else None
    if kind == "quiet":
        return ground, None, t.text
    checked = t.selection if now.on else t.surface
    return ground or checked, t.line2, t.text


def paint_tool_button(option: QStyleOptionToolButton, painter: QPainter, widget: QWidget | None) -> None:
    """An icon button: no ground until pointed at, pressed or on; an edge where its `edge` property asks."""
    t, now = tokens.current(), Now(option, widget)
    box = QRectF(option.rect)
    kind = "secondary" if said(widget, "edge") else "quiet"
    fill, edge, ink = button_colours(t, kind, now)
    if now.on and now.enabled and not now.pressed:
        fill = t.selection
    if fill is not None or edge is not None:
        rounded(painter, box, px(RADIUS_CONTROL), fill, edge)
    icon: QIcon = option.icon
    text: str = option.text
    style = option.toolButtonStyle
    only_icon = style == Qt.ToolButtonStyle.ToolButtonIconOnly
    face = "" if only_icon and not icon.isNull() else text
    if isinstance(widget, QToolButton) and widget.menu() is not None and face:
        arrow = QRectF(box.right() - px(20), box.top(), px(13), box.height())
        paint_icon(painter, arrow, Icon.DOWN, t.text2, STROKE_INLINE)
        box.setRight(arrow.left())
    painter.save()
    mirror(painter, box, option.direction)
    _paint_face(painter, box, icon, bare(face), button_font(widget), ink, now.enabled)
    painter.restore()


def check_place(option: QStyleOption) -> QRect:
    """Where the box of a check box lies."""
    rect, side = option.rect, px(CHECK)
    box = QRect(rect.left(), rect.top() + (rect.height() - side) // 2, side, side)
    return QStyle.visualRect(option.direction, rect, box)


def check_words_place(option: QStyleOption) -> QRect:
    """Where the words of a check box lie."""
    words = option.rect.adjusted(px(CHECK + 8), 0, 0, 0)
    return QStyle.visualRect(option.direction, option.rect, words)


def paint_check_with_words(
    option: QStyleOptionButton, painter: QPainter, widget: QWidget | None, is_round: bool
) -> None:
    """A box to tick, or a round one-of-many mark, and its words."""
    mark = QStyleOptionButton(option)
    mark.rect = check_place(option)
    (paint_radio if is_round else paint_check)(mark, painter, widget)
    t = tokens.current()
    ink = t.text if Now(option, widget).enabled else t.disabled
    align = QStyle.visualAlignment(option.direction, CENTER)
    words = bare(option.text)
    write(painter, QRectF(check_words_place(option)), words, font("body"), ink, align)


def paint_focus_frame(option: QStyleOption, painter: QPainter, framed: QWidget | None) -> None:
    """The ring around `framed`: 2 px, 1 px off its shape; around the box alone where it has words."""
    rect, radius = QRectF(option.rect), float(px(RADIUS_CONTROL) + RING)
    if isinstance(framed, QCheckBox | QRadioButton):
        inner = QStyleOptionButton()
        inner.initFrom(framed)
        box = QRectF(check_place(inner)).translated(RING, RING)
        rect = box.adjusted(-RING, -RING, RING, RING)
        radius = rect.height() / 2 if isinstance(framed, QRadioButton) else float(px(4) + RING)
    focus_ring(painter, rect, radius)


def paint_check(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A box to tick: empty, ticked or with the bar of mixed values."""
    t, now = tokens.current(), Now(option, widget)
    box = QRectF(option.rect)
    filled = now.on or now.mixed
    if not now.enabled:
        rounded(painter, box, px(4), t.sunken, t.line)
    elif filled:
        rounded(painter, box, px(4), t.accent_hover if now.hover else t.accent)
    else:
        rounded(painter, box, px(4), t.hover if now.hover else t.surface, t.control)
    if filled:
        ink = t.on_accent if now.enabled else t.disabled
        inner = box.adjusted(px(2), px(2), -px(2), -px(2))
        paint_icon(painter, inner, Icon.DASH if now.mixed else Icon.TICK, ink, 3.0)


def paint_radio(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """A round one-of-many mark."""
    t, now = tokens.current(), Now(option, widget)
    box = QRectF(option.rect)
    half = box.height() / 2
    if not now.enabled:
        rounded(painter, box, half, t.sunken, t.line)
    elif now.on:
        rounded(painter, box, half, t.accent)
    else:
        rounded(painter, box, half, t.hover if now.hover else t.surface, t.control)
    if now.on:
        side = px(6)
        mark = QRectF(0, 0, side, side)
        mark.moveCenter(box.center())
        rounded(painter, mark, side / 2, t.on_accent if now.enabled else t.disabled)


def paint_field(painter: QPainter, rect: QRectF, now: Now, *, error: bool = False, locked: bool = False) -> None:
    """The box of a field: 1 px edge, 2 px inside the same box when it has the focus."""
    t = tokens.current()
    if not now.enabled or locked:
        rounded(painter, rect, px(RADIUS_CONTROL), t.sunken, t.focus if now.focus else t.line, 2 if now.focus else 1)
        return
    fill = t.hover if now.hover and not now.focus else t.surface
    if error:
        rounded(painter, rect, px(RADIUS_CONTROL), fill, t.danger.text, 2.0 if now.focus else 1.0)
    elif now.focus:
        rounded(painter, rect, px(RADIUS_CONTROL), fill, t.focus, 2.0)
    else:
        rounded(painter, rect, px(RADIUS_CONTROL), fill, t.control)


def paint_widget_field(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The box of a field widget, by its error and locked properties."""
    now = Now(option, widget)
    locked = bool(said(widget, "locked"))
    paint_field(painter, QRectF(option.rect), now, error=bool(said(widget, "error")), locked=locked)


def paint_combo(option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None) -> None:
    """The box and chevron of a drop-down field."""
    t = tokens.current()
    paint_widget_field(option, painter, widget)
    rect = QRectF(option.rect)
    place = QRectF(rect.right() - px(24), rect.top(), px(16), rect.height())
    if option.direction == Qt.LayoutDirection.RightToLeft:
        place.moveLeft(rect.left() + px(8))
    locked = bool(said(widget, "locked")) or not Now(option, widget).enabled
    paint_icon(painter, place, Icon.LOCKED if locked else Icon.DOWN, t.disabled if locked else t.text2)


def paint_combo_label(option: QStyleOptionComboBox, painter: QPainter, widget: QWidget | None) -> None:
    """The chosen text of a drop-down field, cut with "…"."""
    t = tokens.current()
    palette: QPalette = option.palette
    ink = palette.color(QPalette.ColorRole.ButtonText)
    if not Now(option, widget).enabled or said(widget, "locked"):
        ink = t.disabled if not Now(option, widget).enabled else t.text2
    rect = QRectF(combo_text_rect(option.rect))
    text: str = option.currentText
    write(painter, rect, text, widget.font() if widget else font("body"), ink)


def combo_text_rect(rect: QRect) -> QRect:
    """Where the text of a drop-down field lies."""
    return rect.adjusted(px(8), 0, -px(26), 0)


def paint_spin_arrows(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The box of a number field with its two chevrons."""
    t = tokens.current()
    paint_widget_field(option, painter, widget)
    up, down = spin_rects(option.rect)
    for rect, meaning in ((up, Icon.UP), (down, Icon.DOWN)):
        paint_icon(painter, QRectF(rect).adjusted(0, 1, 0, -1), meaning, t.text2, STROKE_INLINE)


def spin_rects(rect: QRect) -> tuple[QRect, QRect]:
    """Where the up and down arrows of a number field lie."""
    wide, half = px(18), rect.height() // 2
    left = rect.right() - wide - px(3)
    return QRect(left, rect.top() + 2, wide, half - 2), QRect(left, rect.top() + half, wide, half - 2)


def _paint_face(
    painter: QPainter, box: QRectF, icon: QIcon, text: str, face: QFont, ink: QColor, enabled: bool
) -> None:
    """Icon and text, centred together."""
    side = px(15) if text else px(16)
    if icon.isNull():
        write(painter, box.adjusted(2, 0, -2, 0), text, face, ink, MIDDLE)
        return
    wide = QFontMetrics(face).horizontalAdvance(text) if text else 0
    gap = px(ICON_GAP) if text else 0
    left = box.left() + max(px(4), (box.width() - side - gap - wide) / 2)
    place = QRectF(round(left), round(box.center().y() - side / 2), side, side)
    mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
    icon.paint(painter, place.toRect(), Qt.AlignmentFlag.AlignCenter, mode)
    rest = QRectF(place.right() + gap, box.top(), box.right() - place.right() - gap - 2, box.height())
    write(painter, rest, text, face, ink, CENTER)


def _paint_link(option: QStyleOptionButton, painter: QPainter, widget: QWidget | None, now: Now, box: QRectF) -> None:
    """A link: accent text, underlined only under the pointer."""
    t = tokens.current()
    face = button_font(widget)
    text: str = option.text
    icon: QIcon = option.icon
    ink = t.accent_text if now.enabled else t.disabled
    left = box.left()
    if not icon.isNull():
        side = px(13)
        place = QRectF(left, box.center().y() - side / 2, side, side).toRect()
        icon.paint(painter, place)
        left += side + px(5)
    words = QRectF(left, box.top(), box.right() - left, box.height())
    write(painter, words, bare(text), face, ink)
    if now.hover:
        metrics = QFontMetrics(face)
        base = box.center().y() + metrics.ascent() / 2 + 1
        painter.setPen(QPen(ink, 1))
        wide = min(words.width(), metrics.horizontalAdvance(bare(text)))
        painter.drawLine(QPointF(left, base), QPointF(left + wide, base))

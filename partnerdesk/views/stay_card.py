"""A stay as a card on the board: how it is measured and painted."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPaintDevice, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.stay_board import StayCard
from partnerdesk.look import tokens
from partnerdesk.look.fonts import kept_font
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import RIGHT, rounded, say_line
from partnerdesk.look.tokens import RADIUS_CARD, STROKE_INLINE, px
from partnerdesk.models.listing import LINE_ROLE
from partnerdesk.models.stay_words import card_dates, card_name, card_partner, paper_state, stay_days

HIGH: Final = 104
GAP: Final = 9
SIDE: Final = 8
FAINT: Final = 0.45
KEPT: Final = 32


class CardDelegate(QStyledItemDelegate):
    """Paints one card in its row, the gap to the next one below it; `set_faint` pales those that are being dragged,
    `set_settling` lets those that were put down come to rest.

    A card is drawn once and kept as a picture, so that scrolling paints none anew.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._faint: frozenset[int] = frozenset()
        self._settling: frozenset[int] = frozenset()
        self._way = 1.0
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        tokens.watch().changed.connect(self._forget_pictures)

    def set_faint(self, ids: frozenset[int]) -> None:
        """Pale these cards, as long as they hang on the pointer."""
        self._faint = ids

    def set_settling(self, ids: frozenset[int], way: float) -> None:
        """Show these cards so far on their way to their place: 0.0 to 1.0."""
        self._settling, self._way = ids, way

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(120), px(HIGH) + px(GAP))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card: StayCard | None = index.data(LINE_ROLE)
        if card is None:
            return
        painter.save()
        if card.id in self._faint:
            painter.setOpacity(FAINT)
        if card.id in self._settling:
            painter.setOpacity(FAINT + (1 - FAINT) * self._way)
            painter.translate(0, -px(HIGH) / 3 * (1 - self._way))
        box = QRectF(option.rect).adjusted(px(SIDE), 0, -px(SIDE), -px(GAP))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        pointed = bool(option.state & QStyle.StateFlag.State_MouseOver)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        look = (chosen, pointed, current, option.direction)
        painter.drawPixmap(box.topLeft(), self._picture(card, box.size().toSize(), painter.device(), look))
        painter.restore()

    @Slot()
    def _forget_pictures(self) -> None:
        self._pictures.clear()

    def _picture(self, card: StayCard, size: QSize, device: QPaintDevice, look: tuple[bool, bool, bool,
                 Qt.LayoutDirection]) -> QPixmap:
        ratio = device.devicePixelRatio()
        key = (card, size.width(), size.height(), ratio, clock.today(), *look)
        kept = self._pictures.get(key)
        if kept is None:
            if len(self._pictures) >= KEPT:
                self._pictures.clear()
            kept = QPixmap(size * ratio)
            kept.setDevicePixelRatio(ratio)
            kept.fill(tokens.current().sunken)
            chosen, pointed, current, direction = look
            painter = QPainter(kept)
            paint_card(painter, QRectF(QPointF(0, 0), size.toSizeF()), card, chosen=chosen, pointed=pointed,
                       current=current, direction=direction)
            painter.end()
            self._pictures[key] = kept
        return kept


def paint_card(
    painter: QPainter, box: QRectF, card: StayCard, *, chosen: bool = False, pointed: bool = False,
    current: bool = False, direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
) -> None:
    """A card filling `box`: name and direction, partner, dates, a segment a document, and what is missing.

    A chosen card has a ring of 2 px; one that only has the keyboard a thinner one.
    """
    t = tokens.current()
    painter.save()
    mirror(painter, box, direction)
    rounded(painter, box, px(RADIUS_CARD), t.hover if pointed and not chosen else t.surface,
            t.focus if chosen or current else t.line, 2.0 if chosen else 1.0)
    inner = box.adjusted(px(10), px(9), -px(10), -px(9))
    way = QRectF(inner.right() - px(15), inner.top() + px(2), px(15), px(15))
    out = card.direction != "in"
    paint_icon(painter, way, Icon.OUT if out else Icon.IN, t.accent_text if out else t.success.text, STROKE_INLINE)
    name = QRectF(inner.left(), inner.top(), inner.width() - px(20), px(18))
    dates = card_dates(card)
    if card.kind == "staff" and QFontMetricsF(kept_font("count")).horizontalAdvance(dates) > inner.width():
        # where the word for staff has no room its icon stands for it
        paint_icon(painter, way.translated(-px(19), 0), Icon.STAFF, t.muted, STROKE_INLINE)
        name.setRight(name.right() - px(19))
        dates = stay_days(card)
    say_line(painter, name, card_name(card), "strong", t.text)
    line = QRectF(inner.left(), name.bottom() + px(1), inner.width(), px(16))
    say_line(painter, line, card_partner(card), "small", t.text2)
    line.translate(0, px(17))
    say_line(painter, line, dates, "count", t.muted)
    bars = QRectF(inner.left(), line.bottom() + px(8), inner.width(), px(4))
    _paint_segments(painter, bars, card)
    _paint_papers(painter, QRectF(inner.left(), bars.bottom() + px(6), inner.width(), px(16)), card)
    painter.restore()


def _paint_segments(painter: QPainter, rect: QRectF, card: StayCard) -> None:
    """A segment a document, those that are done first; more than there is room for become one bar."""
    t = tokens.current()
    if not card.documents:
        rounded(painter, rect, px(2), t.line)
        return
    gap = px(2)
    wide = (rect.width() - gap * (card.documents - 1)) / card.documents
    if wide < px(4):
        rounded(painter, rect, px(2), t.line)
        done = QRectF(rect.left(), rect.top(), rect.width() * card.done / card.documents, rect.height())
        rounded(painter, done, px(2), t.accent)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for place in range(card.documents):
        part = QRectF(rect.left() + place * (wide + gap), rect.top(), wide, rect.height())
        painter.setBrush(t.accent if place < card.done else t.line)
        painter.drawRoundedRect(part, px(2), px(2))
    painter.restore()


def _paint_papers(painter: QPainter, rect: QRectF, card: StayCard) -> None:
    t, state = tokens.current(), paper_state(card)
    room = 0.0
    if state.right:
        room = QFontMetricsF(kept_font("count")).horizontalAdvance(state.right) + px(6)
        say_line(painter, rect, state.right, "count", t.role(state.right_role), RIGHT)
    left = 0.0
    if state.icon is not None:
        place = QRectF(QPointF(rect.left(), rect.center().y() - px(13) / 2), QRectF(0, 0, px(13), px(13)).size())
        paint_icon(painter, place, state.icon, t.role(state.role), STROKE_INLINE)
        left = px(13 + 3)
    say_line(painter, rect.adjusted(left, 0, -room, 0), state.word, "count", t.role(state.role))

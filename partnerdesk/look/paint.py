"""Small shapes that tables, forms and paper share: chips, meters, rings, halos, avatars, hairlines."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font, kept_font
from partnerdesk.look.icons import COOPERATION, Icon, is_mirrored, mirror, paint_icon
from partnerdesk.look.tokens import STROKE_INLINE, Tokens, px

CENTER = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
MIDDLE = Qt.AlignmentFlag.AlignCenter
MINUS = "\N{MINUS SIGN}"
NEAR = 16
"""Two grounds whose channels differ by no more than this in all look the same."""


def elided(words: str, face: QFont, width: float) -> str:
    """`words` cut with "…" to fit `width`; line breaks become spaces."""
    one_line = " ".join(words.split()) if "\n" in words else words
    return QFontMetricsF(face).elidedText(one_line, Qt.TextElideMode.ElideRight, max(0.0, width))


def signed(number: float) -> str:
    """A balance: "+2", "0", "+4.5", or with a true minus "−11"."""
    n = round(abs(number), 1)
    if not n:
        return "0"
    return f"{MINUS if number < 0 else '+'}{n:,.0f}" if n == int(n) else f"{MINUS if number < 0 else '+'}{n:,.1f}"


def initials(name: str) -> str:
    """Up to two letters that stand for a person: first and last word."""
    words = [word for word in name.split() if word[0].isalpha()]
    chosen = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in chosen).upper()


def write(
    painter: QPainter,
    rect: QRectF,
    words: str,
    face: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = CENTER,
) -> None:
    """One line of text in `rect`, cut with "…" where it does not fit."""
    painter.setFont(face)
    painter.setPen(color)
    _say(painter, rect, align, elided(words, face, rect.width() + 0.5))


def say_line(
    painter: QPainter,
    rect: QRectF,
    words: str,
    style: str,
    color: QColor,
    align: Qt.AlignmentFlag = CENTER,
    weight: int | None = None,
) -> None:
    """As `write`, in a step of the type scale; for tables, where the same words are painted again and again."""
    width = int(rect.width() + 0.5)
    painter.setFont(kept_font(style, weight))
    painter.setPen(color)
    _say(painter, rect, align, _fitted(words, style, weight, tokens.scale(), width))


def _say(painter: QPainter, rect: QRectF, align: Qt.AlignmentFlag, words: str) -> None:
    """Draw words; in a mirrored painting upright, at the other side, in the direction of their own script."""
    if not is_mirrored(painter):
        painter.drawText(rect, int(align), words)
        return
    painter.save()
    mirror(painter, rect, Qt.LayoutDirection.RightToLeft)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    sides = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight
    turned = (align ^ sides) if align & sides else align
    painter.drawText(rect, int(turned | Qt.AlignmentFlag.AlignAbsolute), words)
    painter.restore()


@lru_cache(maxsize=8192)
def _fitted(words: str, style: str, weight: int | None, scale: float, width: int) -> str:
    return elided(words, kept_font(style, weight), width)


def hairline(painter: QPainter, start: QPointF, end: QPointF, color: QColor) -> None:
    """A horizontal or vertical line of one logical pixel on whole device pixels, without blur."""
    ratio = painter.device().devicePixelRatio()
    width = max(1.0, round(ratio)) / ratio
    move = painter.worldTransform()
    x = (round((start.x() + move.dx()) * ratio) / ratio) - move.dx()
    y = (round((start.y() + move.dy()) * ratio) / ratio) - move.dy()
    flat = abs(end.y() - start.y()) < abs(end.x() - start.x())
    size = QSizeF(end.x() - start.x(), width) if flat else QSizeF(width, end.y() - start.y())
    painter.fillRect(QRectF(QPointF(x, y), size), color)


def hairlines(painter: QPainter, left: float, right: float, tops: Iterable[float], color: QColor) -> None:
    """As `hairline`, for many level lines of one length."""
    ratio = painter.device().devicePixelRatio()
    width = max(1.0, round(ratio)) / ratio
    move = painter.worldTransform()
    x = (round((left + move.dx()) * ratio) / ratio) - move.dx()
    for top in tops:
        y = (round((top + move.dy()) * ratio) / ratio) - move.dy()
        painter.fillRect(QRectF(x, y, right - left, width), color)


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    edge: QColor | None = None,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded box; its edge lies inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if edge is not None else 0.0
    pen = QPen(edge, width) if edge is not None else QPen(Qt.PenStyle.NoPen)
    if dashed:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([3, 2.5])
    painter.setPen(pen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    box = rect.adjusted(inset, inset, -inset, -inset)
    corner = max(0.0, min(radius - inset, box.height() / 2))
    painter.drawRoundedRect(box, corner, corner)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRectF, radius: float, t: Tokens | None = None) -> None:
    """The 2 px ring inside `rect`; leave 3 px around the shape for it (2 px ring, 1 px off)."""
    rounded(painter, rect, radius, None, (t or tokens.current()).focus, 2.0)


def halo_text(
    painter: QPainter, at: QPointF, words: str, face: QFont, color: QColor, halo: QColor, width: float = 4.0
) -> None:
    """Text on its baseline `at` with a halo of `width`, legible over bars and lines."""
    painter.save()
    if is_mirrored(painter):
        whole = QRectF(at.x(), 0, QFontMetricsF(face).horizontalAdvance(words), 0)
        mirror(painter, whole, Qt.LayoutDirection.RightToLeft)
    path = QPainterPath()
    path.addText(at, face, words)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(halo, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.setFont(face)
    painter.setPen(color)
    painter.drawText(at, words)
    painter.restore()


def chip_width(word: str, has_icon: bool = True) -> int:
    """How wide a state chip of `word` wants to be."""
    room = QFontMetricsF(font("label")).horizontalAdvance(word)
    return round(room) + 1 + (px(6 + 13 + 4 + 8) if has_icon else px(16))


def chip(painter: QPainter, rect: QRectF, kind: str, word: str, meaning: Icon | None, t: Tokens | None = None,
         ground: QColor | None = None) -> float:
    """A state chip at the left of `rect`, centred down and never wider than it; returns its width.

    On a `ground` so like its own that it would vanish it is filled with the surface.
    """
    t = t or tokens.current()
    tone = t.tone(kind)
    high = px(20)
    width = min(float(chip_width(word, meaning is not None)), rect.width())
    box = QRectF(rect.left(), rect.center().y() - high / 2, width, high)
    box.moveTop(round(box.top()))
    rounded(painter, box, high / 2, t.surface if ground is not None and _alike(ground, tone.soft) else tone.soft)
    left = px(8)
    if meaning is not None:
        place = QRectF(box.left() + px(6), box.top() + (high - px(13)) / 2, px(13), px(13))
        paint_icon(painter, place, meaning, tone.text, STROKE_INLINE)
        left = px(6 + 13 + 4)
    write(painter, box.adjusted(left, 0, -px(8) + 1, 0), word, font("label"), tone.text)
    return width


def meter(painter: QPainter, rect: QRectF, used: float, total: float, held: float = 0, t: Tokens | None = None) -> None:
    """A bar of `used` out of `total`; over the total it is full and red, `held` follows after 1 px."""
    t = t or tokens.current()
    radius = rect.height() / 2
    rounded(painter, rect, radius, t.line)
    over = used > total
    share = 1.0 if over else (used / total if total else 0.0)
    if share > 0:
        wide = max(rect.height(), rect.width() * share)
        bar = QRectF(rect.left(), rect.top(), wide, rect.height())
        rounded(painter, bar, radius, t.danger.fill if over else t.accent)
    if held > 0 and not over and total:
        left = rect.left() + rect.width() * share + 1
        wide = min(rect.width() * held / total, rect.right() - left)
        rounded(painter, QRectF(left, rect.top(), wide, rect.height()), radius, t.sequential[1])


def _alike(one: QColor, other: QColor) -> bool:
    """Whether two grounds can hardly be told apart."""
    parts = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
    return sum(map(abs, parts)) <= NEAR


def cooperation_width() -> int:
    """The room of the five fixed slots."""
    return px(5 * 15 + 4 * 2)


def cooperation(
    painter: QPainter, rect: QRectF, forms: Collection[str], color: QColor, t: Tokens | None = None
) -> None:
    """Five fixed slots in the order students, staff, research, curriculum, practice; absent is a dot."""
    t = t or tokens.current()
    side, step = px(15), px(17)
    top = rect.center().y() - side / 2
    for place, (form, meaning) in enumerate(COOPERATION):
        slot = QRectF(rect.left() + place * step, top, side, side)
        if form in forms:
            paint_icon(painter, slot, meaning, color)
        else:
            dot = QRectF(0, 0, px(3), px(3))
            dot.moveCenter(slot.center())
            rounded(painter, dot, dot.width() / 2, t.line2)


def avatar(painter: QPainter, rect: QRectF, name: str, t: Tokens | None = None) -> None:
    """A round of initials."""
    t = t or tokens.current()
    rounded(painter, rect, rect.height() / 2, t.neutral_soft)
    face = font("axis", 600)
    face.setPixelSize(max(7, round(rect.height() * 0.42)))
    write(painter, rect, initials(name), face, t.text2, MIDDLE)


def badge(painter: QPainter, right: float, middle: float, number: str, t: Tokens | None = None) -> float:
    """A count that wants attention, ending at `right`; returns its width."""
    t = t or tokens.current()
    face = font("count", 600)
    high = px(18)
    wide = max(float(high), QFontMetricsF(face).horizontalAdvance(number) + px(10))
    box = QRectF(right - wide, middle - high / 2, wide, high)
    rounded(painter, box, high / 2, t.danger.text)
    write(painter, box, number, face, t.surface, MIDDLE)
    return wide


def filter_chip_width(word: str, closable: bool, has_icon: bool) -> int:
    """How wide a filter chip of `word` wants to be."""
    room = round(QFontMetricsF(font("small")).horizontalAdvance(word)) + 1
    return room + px(16) + (px(17) if closable else 0) + (px(17) if has_icon else 0)


def filter_chip(
    painter: QPainter,
    rect: QRectF,
    word: str,
    *,
    active: bool = False,
    hover: bool = False,
    adds: bool = False,
    closable: bool = False,
    close_hover: bool = False,
    t: Tokens | None = None,
) -> None:
    """A filter chip filling `rect`: outlined, active (soft accent with ×), or dashed where it adds one."""
    t = t or tokens.current()
    ink = t.accent_text if active else t.text2
    fill = t.accent_soft if active else (t.hover if hover else t.surface)
    rounded(painter, rect, rect.height() / 2, fill, None if active else t.line2, 1.0, adds)
    inner = rect.adjusted(px(9), 0, -px(8), 0)
    if adds:
        place = QRectF(inner.left() - px(1), rect.center().y() - px(13) / 2, px(13), px(13))
        paint_icon(painter, place, Icon.ADD, ink, STROKE_INLINE)
        inner.setLeft(inner.left() + px(17))
    if closable:
        cross = close_place(rect)
        if close_hover:
            rounded(painter, cross.adjusted(-1, -1, 1, 1), cross.height() / 2 + 1, t.selection)
        paint_icon(painter, cross, Icon.REMOVE, ink, STROKE_INLINE)
        inner.setRight(cross.left() - px(2))
    write(painter, inner, word, font("small"), ink)


def close_place(rect: QRectF) -> QRectF:
    """Where the × of a closable filter chip lies."""
    side = px(13)
    return QRectF(rect.right() - px(8) - side, rect.center().y() - side / 2, side, side)


def dot(painter: QPainter, middle: QPointF, radius: float, color: QColor) -> None:
    """A filled dot: changed view, today's mark."""
    rounded(painter, QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius), radius, color)

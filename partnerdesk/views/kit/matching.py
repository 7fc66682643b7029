"""Where typed words meet a label, accents aside, and the label painted with those letters in weight 600."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from partnerdesk.domain.text import fold
from partnerdesk.look.fonts import font

Span = tuple[int, int]

EXACT, START, WORD, INSIDE, NOWHERE = range(5)


def rank(folded: str, typed: str) -> int:
    """How well an already folded text answers the folded words typed: EXACT is best, NOWHERE is no match."""
    if not typed:
        return START
    if folded == typed:
        return EXACT
    if folded.startswith(typed):
        return START
    padded = f" {folded}"
    words = typed.split()
    if all(f" {word}" in padded for word in words):
        return WORD
    return INSIDE if all(word in folded for word in words) else NOWHERE


def spans(label: str, typed: str) -> list[Span]:
    """The stretches of `label`, as start and end, that the words typed (as written) stand for."""
    words = fold(typed).split()
    if not words:
        return []
    folded, places = _mapped(label)
    found: list[Span] = []
    for word in words:
        at = _best_place(folded, word)
        if at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
    return _joined(found)


def paint_matched(
    painter: QPainter, rect: QRectF, label: str, matched: Sequence[Span], style: str, color: QColor
) -> float:
    """`label` on one line in `rect`, matched letters in 600, cut with "…" if it must; returns its width."""
    plain, strong = font(style), font(style, 600)
    shown = label
    if matched and QFontMetricsF(strong).horizontalAdvance(label) > rect.width():
        shown = QFontMetricsF(strong).elidedText(label, Qt.TextElideMode.ElideRight, rect.width())
    elif not matched:
        shown = QFontMetricsF(plain).elidedText(label, Qt.TextElideMode.ElideRight, rect.width())
    layout = QTextLayout(shown, plain)
    layout.setTextOption(_one_line(painter.layoutDirection()))
    layout.setFormats([_bold(start, min(end, len(shown)), strong) for start, end in matched if start < len(shown)])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    painter.setPen(color)
    layout.draw(painter, QPointF(rect.left(), rect.center().y() - line.height() / 2))
    return line.naturalTextWidth()


def part(box: QRectF, start: float, width: float, mirrored: bool) -> QRectF:
    """The stretch of `box` that begins `start` from its leading edge, which is the right one when mirrored."""
    left = box.right() - start - width if mirrored else box.left() + start
    return QRectF(left, box.top(), max(0.0, width), box.height())


def _mapped(label: str) -> tuple[str, list[int]]:
    folded: list[str] = []
    places: list[int] = []
    for at, character in enumerate(label):
        part = fold(character) or ("" if unicodedata.category(character) in ("Mn", "Cf") else " ")
        folded.append(part)
        places += [at] * len(part)
    return "".join(folded), places


def _best_place(folded: str, word: str) -> int:
    at = f" {folded}".find(f" {word}")
    return at if at >= 0 else folded.find(word)


def _joined(found: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _one_line(direction: Qt.LayoutDirection) -> QTextOption:
    mirrored = direction == Qt.LayoutDirection.RightToLeft
    option = QTextOption(Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    return option


def _bold(start: int, end: int, strong: QFont) -> QTextLayout.FormatRange:
    marked = QTextLayout.FormatRange()
    marked.start, marked.length = start, end - start
    look = QTextCharFormat()
    look.setFont(strong)
    marked.format = look
    return marked

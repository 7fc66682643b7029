"""Words laid out once and kept: a list paints the same words again and again, and laying them out is what costs."""

import atexit
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QStaticText, QTextOption, QTransform

from partnerdesk.look.fonts import kept_font
from partnerdesk.look.paint import elided


class Laid(NamedTuple):
    """One line of words ready to be drawn at its top left corner, and its size in px."""

    words: QStaticText
    width: float
    height: float


@lru_cache(maxsize=8192)
def laid(words: str, style: str, weight: int | None, scale: float, ratio: float, width: int, mirrored: bool) -> Laid:
    """`words` in a step of the type scale, cut with "…" to fit `width`.

    `scale` is the user's text size and `ratio` the screen's, for which alone the outcome is right; in a `mirrored`
    place the words run in the direction of their own script.
    """
    made = _made(words, style, weight, ratio, mirrored)
    if made.width <= width and "\n" not in words:
        return made
    cut = elided(words, kept_font(style, weight), width)
    if cut != words:
        return _made(cut, style, weight, ratio, mirrored)
    return made._replace(width=QFontMetricsF(kept_font(style, weight)).horizontalAdvance(words))


def _made(words: str, style: str, weight: int | None, ratio: float, mirrored: bool) -> Laid:
    made = QStaticText(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextOption(_OWN if mirrored else _ONWARD)
    made.prepare(QTransform.fromScale(ratio, ratio), kept_font(style, weight))
    size = made.size()
    return Laid(made, size.width(), size.height())


def _option(direction: Qt.LayoutDirection) -> QTextOption:
    made = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    made.setWrapMode(QTextOption.WrapMode.NoWrap)
    made.setTextDirection(direction)
    return made


_ONWARD = _option(Qt.LayoutDirection.LeftToRight)
_OWN = _option(Qt.LayoutDirection.LayoutDirectionAuto)

# words hold on to fonts, which must not outlive Qt
atexit.register(laid.cache_clear)

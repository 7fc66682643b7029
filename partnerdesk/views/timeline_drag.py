"""What is under way on a timeline: a bar on the pointer or moved by keys, a link drawn out, the time taken along."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from partnerdesk.domain.dates import EARLIEST_YEAR, LATEST_YEAR
from partnerdesk.look import tokens
from partnerdesk.look.paint import MIDDLE, rounded, write
from partnerdesk.look.timeline import Part, Scene, Span
from partnerdesk.look.timeline_paint import day_of
from partnerdesk.look.timeline_words import face
from partnerdesk.look.tokens import px
from partnerdesk.look.words import counted, day_range

Act = Literal["move", "start", "end", "link", "pan", "names"]
ACTS: dict[Part, Act] = {"body": "move", "start": "start", "end": "end", "link": "link"}
_FIRST, _LAST = EARLIEST_YEAR * 365, LATEST_YEAR * 366


@dataclass(slots=True)
class Drag:
    """`act` on the bar of `row`, taken up at `at` where the day `day` was; `begun` once the pointer went far enough.

    `span` are the days it would have, `target` the row a link would end at.
    """

    act: Act
    row: int
    at: QPointF
    day: float
    old: Span | None = None
    begun: bool = False
    span: Span | None = None
    target: int = -1
    now: QPointF | None = None


def placed(act: Act, old: Span, days: int) -> Span:
    """The days after a bar was moved or stretched by so many; never shorter than one day."""
    first, last = old
    if act == "start":
        first = min(first + days, last)
    elif act == "end":
        last = max(last + days, first)
    else:
        first, last = first + days, last + days
    beyond = max(_FIRST - first, 0) or min(_LAST - last, 0)
    return first + beyond, last + beyond


def said(span: Span, old: Span, scale: str) -> str:
    """ "1 Sep – 20 Sep 2026, 12 days later"; `scale` has {n} days later, earlier, longer or shorter in it."""
    days = day_range(day_of(span[0]), day_of(span[1]))
    return f"{days}, {scale}" if span != old else days


def change_words(span: Span, old: Span, words: "ChangeWords") -> str:
    """By how much a bar was moved or stretched."""
    if span[1] - span[0] != old[1] - old[0]:
        n = (span[1] - span[0]) - (old[1] - old[0])
        one, many = (words.longer_one, words.longer) if n > 0 else (words.shorter_one, words.shorter)
    else:
        n = span[0] - old[0]
        one, many = (words.later_one, words.later) if n > 0 else (words.earlier_one, words.earlier)
    return counted(abs(n), one, many)


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """The words for a change of days, for one and for many."""

    later_one: str
    later: str
    earlier_one: str
    earlier: str
    longer_one: str
    longer: str
    shorter_one: str
    shorter: str


def paint_tip(painter: QPainter, room: QRectF, at: QPointF, words: str) -> None:
    """Words on the pointer while something is dragged, kept within the room."""
    t, letters = tokens.current(), face(px(12), 500)
    wide, high = QFontMetricsF(letters).horizontalAdvance(words) + px(16), px(24)
    left = min(max(at.x() - wide / 2, room.left() + 2), max(room.right() - wide - 2, room.left() + 2))
    top = at.y() - high if at.y() - high > room.top() else at.y() + px(36)
    box = QRectF(left, top, wide, high)
    rounded(painter, box, px(6), t.tip_bg)
    write(painter, box, words, letters, t.tip_text, MIDDLE)


def paint_pull(painter: QPainter, scene: Scene, row: int, at: QPointF) -> None:
    """The line from a bar's end to the pointer while a link is drawn out."""
    ends = scene.ends(row)
    if ends is not None:
        painter.setPen(QPen(tokens.current().focus, 1.8 * scene.axis.unit))
        painter.drawLine(QPointF(ends[1] + 11 * scene.axis.unit, scene.middle(row)), at)

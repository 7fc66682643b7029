"""How far a stay is: its phases as a row of segments, what is done, where it is, what is ahead."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import paint_icon
from partnerdesk.look.paint import CENTER, elided, rounded, write
from partnerdesk.look.tokens import STROKE_INLINE, px
from partnerdesk.models.phases import phase_chip
from partnerdesk.models.stay_overview import PathStep

BAR, GAP, LINE = 6, 3, 20


class PathBar(QWidget):
    """Segments of equal width; the phase the stay is in is named beneath, the next one at the end of the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: Sequence[PathStep] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)

    @property
    def steps(self) -> Sequence[PathStep]:
        """The phases shown."""
        return self._steps

    def show_steps(self, steps: Sequence[PathStep]) -> None:
        """Show another stay, or how far it came."""
        self._steps = tuple(steps)
        here = next((step for step in steps if step.state == "here"), None)
        at = list(steps).index(here) + 1 if here is not None else len(steps)
        self.setAccessibleName(self.tr("Phase {n} of {all}: {phase}").format(
            n=at, all=len(steps), phase=here.word if here is not None else ""))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(280), px(BAR + 6 + LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirrored = self.layoutDirection().name == "RightToLeft"
        for place, step in enumerate(self._steps):
            fill = t.accent if step.state != "ahead" else t.line2
            rounded(painter, self._rect(place, mirrored), px(BAR) / 2, fill)
        here = next((step for step in self._steps if step.state == "here"), None)
        if here is None:
            return
        top = px(BAR + 6)
        words = f"{here.word}, {here.when}" if here.when else here.word
        following = next((step.word for step in self._steps if step.state == "ahead"), "")
        ahead = self.tr("next: {phase}").format(phase=following) if following else ""
        small = font("small")
        aside = QFontMetricsF(small).horizontalAdvance(ahead) + px(4)
        icon = phase_chip(here.phase).icon
        left = self.width() - px(14) if mirrored else 0
        if icon is not None:
            paint_icon(painter, QRectF(left, top + px(3), px(14), px(14)), icon, t.accent, STROKE_INLINE)
        room = QRectF(px(20), top, max(0.0, self.width() - px(20) - aside), px(LINE))
        if mirrored:
            room.moveLeft(aside)
        write(painter, room, elided(words, font("name"), room.width()), font("name"), t.text, CENTER)
        end = QRectF(0 if mirrored else self.width() - aside, top, aside, px(LINE))
        write(painter, end, ahead, small, t.muted, CENTER)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mirrored = self.layoutDirection().name == "RightToLeft"
            at = QPointF(event.pos())
            step = next((s for place, s in enumerate(self._steps)
                         if self._rect(place, mirrored).adjusted(0, -px(4), 0, px(4)).contains(at)), None)
            words = ", ".join(part for part in (step.word, step.when) if part) if step is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _rect(self, place: int, mirrored: bool) -> QRectF:
        n = max(1, len(self._steps))
        wide = (self.width() - px(GAP) * (n - 1)) / n
        left = place * (wide + px(GAP))
        return QRectF(self.width() - left - wide if mirrored else left, 0, wide, px(BAR))

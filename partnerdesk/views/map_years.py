"""The slider of academic years under the map, with a bar for what each year has; it plays them one after the other."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon, mirror
from partnerdesk.look.paint import dot, focus_ring, rounded
from partnerdesk.look.tokens import px
from partnerdesk.look.words import number
from partnerdesk.views.kit.buttons import IconButton
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Measured, Row

HIGH: Final = 64
STEP_MS: Final = 1100


class YearBars(QWidget):
    """Arrow keys go by a year, Home and End to the first and the last. `picked(year)`."""

    picked = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._years: Sequence[int] = ()
        self._numbers: Mapping[int, int] = {}
        self._names: Mapping[int, str] = {}
        self._year: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    @property
    def years(self) -> Sequence[int]:
        """The years it shows."""
        return self._years

    def show_years(self, names: Mapping[int, str], numbers: Mapping[int, int], year: int | None) -> None:
        """Show years with what each has, standing on one or (None) on all together."""
        self._years, self._names, self._numbers, self._year = tuple(names), names, numbers, year
        said = self._names.get(year, "") if year is not None else self.tr("all years")
        n = self._numbers.get(year, 0) if year is not None else sum(self._numbers.values())
        self.setAccessibleName(f"{self._name}: {said}, {number(n)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._years:
            return
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        track = self.height() - px(16)
        most = max(max((abs(n) for n in self._numbers.values()), default=0), 1)
        wide = self._wide
        for place, year in enumerate(self._years):
            high = max(px(2), (track - px(12)) * abs(self._numbers.get(year, 0)) / most)
            bar = QRectF(px(8) + place * wide, track - high, max(2.0, wide - px(3)), high)
            here = self._year is None or year == self._year
            rounded(painter, bar, px(2), t.accent if here else t.line2)
        rail = QRectF(px(8), track + px(2), wide * len(self._years) - px(3), px(4))
        rounded(painter, rail, px(2), t.line)
        if self._year in self._years:
            at = px(8) + (self._years.index(self._year) + 0.5) * wide
            rounded(painter, QRectF(rail.left(), rail.top(), at - rail.left(), rail.height()), px(2), t.accent)
            dot(painter, QPointF(at, rail.center().y()), px(8), t.accent)
            dot(painter, QPointF(at, rail.center().y()), px(5), t.surface)
        else:
            rounded(painter, rail, px(2), t.accent)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), px(6), t)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pick(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pick(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        steps = {Qt.Key.Key_Left: -ahead, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: ahead, Qt.Key.Key_Up: 1}
        if key in steps and self._years:
            here = self._years.index(self._year) if self._year in self._years else len(self._years)
            self._go(here + steps[key])
        elif key == Qt.Key.Key_Home:
            self._go(0)
        elif key == Qt.Key.Key_End:
            self._go(len(self._years) - 1)
        else:
            super().keyPressEvent(event)

    @property
    def _wide(self) -> float:
        return (self.width() - px(16)) / max(1, len(self._years))

    def _pick(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - x
        self._go(int((x - px(8)) // self._wide))

    def _go(self, place: int) -> None:
        if self._years:
            year = self._years[min(max(place, 0), len(self._years) - 1)]
            if year != self._year:
                self.picked.emit(year)


class YearStrip(QWidget):
    """Play button, bars and the name of the year. `picked(year)`; `all_wanted()` from the name."""

    picked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._year: int | None = None
        self._playing = QTimer(self, interval=STEP_MS)
        self._playing.timeout.connect(self.step)
        self.play = IconButton(Icon.PLAY, self.tr("Play the years"), edge=True, parent=self)
        self.play.clicked.connect(self.toggle)
        self.bars = YearBars(self.tr("Academic year"), self)
        self.bars.picked.connect(self._picked)
        self._said = Words("", "strong", parent=self)
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        Measured(self._said, width_min=76)
        Measured(self, height=HIGH)
        row = Row(self, (16, 6, 16, 6), 12)
        row.addWidget(self.play, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.bars, 1)
        row.addWidget(self._said)

    @property
    def playing(self) -> bool:
        """Whether the years go by."""
        return self._playing.isActive()

    def show_years(self, names: Mapping[int, str], numbers: Mapping[int, int], year: int | None) -> None:
        """Show years with what each has."""
        self._year = year
        self.bars.show_years(names, numbers, year)
        self._said.setText(names.get(year, "") if year is not None else self.tr("All years"))

    @Slot()
    def toggle(self) -> None:
        """Begin to play from the first year where the last one is shown, or stop."""
        if self.playing:
            self.stop()
            return
        years = self.bars.years
        if years:
            self._playing.start()
            self.play.set_meaning(Icon.PAUSE)
            self.play.set_name(self.tr("Stop"))
            if self._year is None or self._year == years[-1]:
                self.picked.emit(years[0])

    @Slot()
    def step(self) -> None:
        """Go on to the next year; at the last one it is over."""
        years = self.bars.years
        if self._year is None or self._year not in years or self._year == years[-1]:
            self.stop()
            return
        self.picked.emit(years[list(years).index(self._year) + 1])
        if self._year == years[-1]:
            self.stop()

    @Slot()
    def stop(self) -> None:
        """Stay on the year shown."""
        self._playing.stop()
        self.play.set_meaning(Icon.PLAY)
        self.play.set_name(self.tr("Play the years"))

    @Slot(int)
    def _picked(self, year: int) -> None:
        self.stop()
        self.picked.emit(year)

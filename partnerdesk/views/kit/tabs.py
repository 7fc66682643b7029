"""Tabs painted on the hairline they stand on: saved views above a list, sections of a detail pane."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import CENTER, dot, elided, focus_ring, hairline, write
from partnerdesk.look.tokens import STROKE_INLINE, px

LEAST_GAP: Final = 7


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its key, its word, a count in words ("312") or "", and whether it can be chosen."""

    key: str
    word: str
    count: str = ""
    enabled: bool = True


@dataclass(slots=True)
class _Slot:
    """A tab's place: the whole, its words, and its Save word when its view is changed."""

    tab: int
    rect: QRectF
    save: QRectF | None


class Tabs(QWidget):
    """A row of tabs; what does not fit goes behind "2 more". Arrow keys, Home and End choose."""

    chosen = Signal(str)
    save_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(
        self,
        name: str,
        tabs: Sequence[Tab] = (),
        *,
        density: Literal["page", "pane"] = "page",
        inset: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is the accessible name of the row; "page" has gaps of 20, "pane" of 11 and 12 px text.

        `inset` px at 100 % are left free at both ends, where only the hairline goes on.
        """
        super().__init__(parent)
        self._name = name
        self._tabs = list(tabs)
        self._at = 0
        self._density = density
        self._inset = inset
        self._changed: set[str] = set()
        self._hover = -1
        self._slots: list[_Slot] = []
        self._more: QRectF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay()
        self._tell()
        tokens.watch().changed.connect(self._refresh)

    @property
    def value(self) -> str:
        """The key of the chosen tab, "" without tabs."""
        return self._tabs[self._at].key if self._tabs else ""

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show other tabs, or the same with other counts; the chosen one stays chosen."""
        key = self.value
        self._tabs = list(tabs)
        keys = [tab.key for tab in self._tabs]
        self._at = keys.index(key) if key in keys else 0
        self._refresh()

    def set_value(self, key: str) -> None:
        """Choose `key` without telling anyone."""
        self._at = [tab.key for tab in self._tabs].index(key)
        self._refresh()

    def set_changed(self, key: str, changed: bool) -> None:
        """Show that the view of `key` differs from what is saved: a dot and Save."""
        if changed is not (key in self._changed):
            (self._changed.add if changed else self._changed.discard)(key)
            self._refresh()

    def rect_of(self, key: str) -> QRectF:
        """Where the tab of `key` lies; empty when it is behind "more"."""
        return next((slot.rect for slot in self._slots if self._tabs[slot.tab].key == key), QRectF())

    def sizeHint(self) -> QSize:
        wide = sum(self._width(i) + self._gap for i in range(len(self._tabs)))
        return QSize(round(wide) + 2 * px(self._inset), px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        bottom = self.height() - 1
        hairline(painter, QPointF(0, bottom), QPointF(self.width(), bottom), t.line)
        for slot in self._slots:
            self._paint_tab(painter, slot)
        if self._more is not None:
            ink = t.text if self._hover == -2 else t.text2
            words = QRectF(self._more.left(), 0, self._more.width() - px(18), self.height() - 2)
            write(painter, words, self._more_words(), self._face(False), ink)
            place = QRectF(self._more.right() - px(14), 0, px(14), self.height() - 2)
            paint_icon(painter, place, Icon.DOWN, ink, STROKE_INLINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._from_start(event.position())
        if self._more is not None and self._more.contains(at):
            self._open_more()
            return
        slot = self._slot_at(at)
        if slot is None:
            return
        key = self._tabs[slot.tab].key
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(key, event.globalPosition().toPoint())
        elif slot.save is not None and slot.save.contains(at):
            self.save_wanted.emit(key)
        else:
            self._choose(slot.tab)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._from_start(event.position())
        slot = self._slot_at(at)
        on_more = self._more is not None and self._more.contains(at)
        self._set_hover(slot.tab if slot else -2 if on_more else -1)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._tabs)
        ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        targets = {
            Qt.Key.Key_Right: self._next(ahead),
            Qt.Key.Key_Left: self._next(-ahead),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }
        target = targets.get(Qt.Key(event.key()))
        if target is None or not count:
            super().keyPressEvent(event)
        else:
            self._choose(target)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            slot = self._slot_at(self._from_start(QPointF(event.pos())))
            word = self._tabs[slot.tab].word if slot else ""
            cut = slot is not None and self._width(slot.tab) > slot.rect.width() + 1
            QToolTip.showText(event.globalPos(), word if cut else "", self)
            return True
        return super().event(event)

    @property
    def _gap(self) -> int:
        return px(20 if self._density == "page" else 11)

    def _face(self, on: bool) -> QFont:
        return font("body" if self._density == "page" else "small", 600 if on else 400)

    def _next(self, step: int) -> int:
        place = self._at + step
        while 0 <= place < len(self._tabs):
            if self._tabs[place].enabled:
                return place
            place += step
        return self._at

    def _choose(self, place: int) -> None:
        if place == self._at or not self._tabs[place].enabled:
            return
        self._at = place
        self._refresh()
        self.chosen.emit(self.value)

    def _tell(self) -> None:
        word = self._tabs[self._at].word if self._tabs else ""
        self.setAccessibleName(f"{self._name}: {word}")

    def _refresh(self) -> None:
        self._lay()
        self._tell()
        self.updateGeometry()
        self.update()

    def _word_width(self, place: int) -> float:
        return QFontMetricsF(self._face(True)).horizontalAdvance(self._tabs[place].word)

    def _count_width(self, place: int) -> float:
        count = self._tabs[place].count
        return QFontMetricsF(font("count")).horizontalAdvance(count) + px(6) if count else 0.0

    def _save_width(self) -> float:
        return px(6 + 6 + 6) + QFontMetricsF(font("count", 500)).horizontalAdvance(self.tr("Save"))

    def _width(self, place: int) -> float:
        save = self._save_width() if self._tabs[place].key in self._changed else 0.0
        return self._word_width(place) + self._count_width(place) + save + 1

    def _more_words(self) -> str:
        return self.tr("{n} more").format(n=len(self._tabs) - len(self._slots))

    def _more_width(self) -> float:
        words = self.tr("{n} more").format(n=len(self._tabs))
        return QFontMetricsF(self._face(False)).horizontalAdvance(words) + px(18)

    def _lay(self) -> None:
        """Place the tabs that fit; the chosen one always does, its word cut at the very least."""
        self._slots, self._more = [], None
        widths = [self._width(i) for i in range(len(self._tabs))]
        shown = list(range(len(self._tabs)))
        edge = px(self._inset)
        room, gap = self.width() - 2 * edge, float(self._gap)
        spare = (room - sum(widths)) / max(1, len(widths) - 1)
        if gap > spare >= px(LEAST_GAP):
            gap = spare
        elif gap > spare:
            shown, used = [], 0.0
            room = int(room - self._more_width() - self._gap)
            kept = widths[self._at] + self._gap
            for place, wide in enumerate(widths):
                needed = 0.0 if place == self._at else wide + self._gap
                if place == self._at or used + needed + kept <= room + self._gap:
                    shown.append(place)
                    used += needed
            right = float(self.width() - edge)
            self._more = QRectF(right - self._more_width(), 0, self._more_width(), self.height())
        left = float(edge)
        for place in shown:
            wide = min(widths[place], max(px(24), room + edge - left))
            rect = QRectF(left, 0, wide, self.height())
            save = None
            if self._tabs[place].key in self._changed:
                save = QRectF(rect.right() - self._save_width() + px(6), 0, self._save_width(), self.height())
            self._slots.append(_Slot(place, rect, save))
            left += wide + gap

    def _paint_tab(self, painter: QPainter, slot: _Slot) -> None:
        t, tab = tokens.current(), self._tabs[slot.tab]
        on = slot.tab == self._at
        ink = t.text if on or slot.tab == self._hover else t.text2
        if not tab.enabled:
            ink = t.disabled
        face = self._face(on)
        line = QRectF(slot.rect.left(), 0, slot.rect.width(), self.height() - 2)
        tail = self._count_width(slot.tab) + (self._save_width() if slot.save else 0)
        word = elided(tab.word, face, slot.rect.width() - tail + 1)
        write(painter, line, word, face, ink)
        left = line.left() + min(QFontMetricsF(face).horizontalAdvance(word), line.width() - tail)
        if tab.count:
            place = QRectF(left + px(6), px(1), self._count_width(slot.tab), line.height() - px(1))
            write(painter, place, tab.count, font("count"), t.muted, CENTER)
        if slot.save is not None:
            middle = QPointF(slot.save.left() + px(4), line.center().y())
            dot(painter, middle, px(3), t.accent)
            save = slot.save.adjusted(px(12), 0, 0, -2)
            write(painter, save, self.tr("Save"), font("count", 500), t.accent_text)
        if on:
            high = px(2)
            painter.fillRect(QRectF(slot.rect.left(), self.height() - high, slot.rect.width(), high), t.accent)
        if on and self.hasFocus():
            ring = slot.rect.adjusted(-px(5), px(3), px(5), -px(3))
            focus_ring(painter, ring & QRectF(self.rect()), 4, t)

    def _from_start(self, at: QPointF) -> QPointF:
        """A place on the screen as a place counted from where the tabs begin."""
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            return QPointF(self.width() - at.x(), at.y())
        return at

    def _slot_at(self, at: QPointF) -> _Slot | None:
        reach = self._gap / 2
        return next((s for s in self._slots if s.rect.adjusted(-reach, 0, reach, 0).contains(at)), None)

    def _set_hover(self, place: int) -> None:
        if place != self._hover:
            self._hover = place
            self.update()

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = {slot.tab for slot in self._slots}
        for place, tab in enumerate(self._tabs):
            if place not in shown:
                action = menu.addAction(f"{tab.word}\t{tab.count}" if tab.count else tab.word)
                action.setData(place)
                action.setEnabled(tab.enabled)
        menu.triggered.connect(self._choose_from_menu)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        corner = QPoint(0 if mirrored else self.width() - menu.sizeHint().width(), self.height())
        menu.popup(self.mapToGlobal(corner))

    def _choose_from_menu(self, action: object) -> None:
        place = getattr(action, "data", lambda: None)()
        if isinstance(place, int):
            self._choose(place)

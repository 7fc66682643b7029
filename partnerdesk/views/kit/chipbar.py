"""The bar over a list: a field to filter it, the filters that hold as chips, and how many rows are left."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSizePolicy, QStyle, QWidget

from partnerdesk.look import tokens, words
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, icon, mirror
from partnerdesk.look.paint import CENTER, close_place, filter_chip, filter_chip_width, focus_ring, write
from partnerdesk.look.tokens import px
from partnerdesk.views.kit.controls import RING
from partnerdesk.views.kit.layouts import Flow

LEAST_FIELD = 110


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter that holds: its key, and how it reads, such as "Tier: 1, 2"."""

    key: str
    text: str


class FilterChip(QAbstractButton):
    """A filter as a chip; pressed it opens, with × or Delete it goes. `moved` carries -1 or 1 for the arrows."""

    opened = Signal(str)
    removed = Signal(str)
    moved = Signal(int)

    def __init__(self, key: str, text: str, *, adds: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._key, self._adds = key, adds
        self._on_cross = False
        self.setText(text)
        self.setAccessibleName(text if adds else self.tr("Filter {text}").format(text=text))
        self.setAccessibleDescription("" if adds else self.tr("Delete removes it"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        tokens.watch().changed.connect(self.updateGeometry)

    @property
    def key(self) -> str:
        """The key of its filter; "" for the one that adds."""
        return self._key

    def sizeHint(self) -> QSize:
        """The word, its signs and the ring's margin; never wider than a narrow pane."""
        wide = filter_chip_width(self.text(), not self._adds, self._adds)
        return QSize(min(px(260), wide + px(2)) + 2 * RING, tokens.height("filter_chip") + 2 * RING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes, Left and Right walk, Enter opens."""
        key = event.key()
        onward = 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._adds:
            self.removed.emit(self._key)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(onward if key == Qt.Key.Key_Right else -onward)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the × under the pointer."""
        self._light(self._cross().contains(event.position()))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the × removes."""
        if not self._adds and self._cross().contains(event.position()) and self.isDown():
            self.setDown(False)
            self.removed.emit(self._key)
        else:
            super().mouseReleaseEvent(event)

    def enterEvent(self, event: QEvent) -> None:
        """Show that it is under the pointer."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._on_cross = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chip, and the ring around it when it has the focus."""
        painter = QPainter(self)
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        filter_chip(
            painter,
            self._box(),
            self.text(),
            active=not self._adds,
            hover=self.underMouse(),
            adds=self._adds,
            closable=not self._adds,
            close_hover=self._on_cross,
        )
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), self.height() / 2)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self._key)

    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)

    def _cross(self) -> QRectF:
        place = close_place(self._box()).adjusted(-px(4), -px(4), px(4), px(4))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveRight(self.width() - place.left())
        return place

    def _light(self, on_cross: bool) -> None:
        if on_cross != self._on_cross and not self._adds:
            self._on_cross = on_cross
            self.update()


class Hits(QWidget):
    """ "38 of 312", the first number in 500."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hits, self._total = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)

    @property
    def words(self) -> str:
        """What it says."""
        return "".join(self._parts())

    def show_hits(self, hits: int, total: int) -> None:
        """So many of so many are shown."""
        self._hits, self._total = hits, total
        self.setAccessibleName(self.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        number, rest = self._parts()
        return QSize(_wide(number, 600) + _wide(rest, 400) + 2, px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Number, then the rest muted."""
        painter, t = QPainter(self), tokens.current()
        number, rest = self._parts()
        wide = _wide(number, 600)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        first = QRectF(self.width() - wide if mirrored else 0, 0, wide, self.height())
        second = QRectF(0 if mirrored else wide, 0, self.width() - wide, self.height())
        write(painter, first, number, font("number", 600), t.text, CENTER)
        write(painter, second, rest, font("body"), t.muted, CENTER)

    def _parts(self) -> tuple[str, str]:
        number = words.number(self._hits)
        if self._hits == self._total:
            return number, ""
        whole = self.tr("{n} of {total}").format(n=number, total=words.number(self._total))
        return (number, whole[len(number) :]) if whole.startswith(number) else (whole, "")


class ChipBar(QWidget):
    """Filter field, chips, "+ Filter", hits and the page's tools in one row that wraps its chips where it must."""

    text_changed = Signal(str)
    chip_opened = Signal(str)
    chip_removed = Signal(str)
    add_requested = Signal()
    down_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._chips: list[FilterChip] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # no pause: an answer that is no longer wanted gives way; only what is typed in one breath is told once
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._tell)
        self.search = QLineEdit(self)
        self.hits = Hits(self)
        self._strip = QWidget(self)
        self._add = self._chip("", self.tr("Filter"), adds=True)
        self._add.setAccessibleName(self.tr("Add a filter"))
        self._tools: list[QWidget] = []
        self._flow = Flow(self._strip, gap=2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._build()
        tokens.watch().changed.connect(self._fit)

    @property
    def add_button(self) -> FilterChip:
        """The chip that adds a filter, to open a picker under."""
        return self._add

    def chip(self, key: str) -> FilterChip:
        """The chip of a filter; KeyError when there is none."""
        found = [chip for chip in self._chips if chip.key == key]
        if not found:
            raise KeyError(key)
        return found[0]

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Show exactly these filters; chips that stay keep the focus."""
        wanted = {one.key: one.text for one in filters}
        kept = {chip.key: chip for chip in self._chips if wanted.get(chip.key) == chip.text()}
        focused = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), None)
        for chip in self._chips:
            if chip.key not in kept:
                chip.hide()
                chip.deleteLater()
        self._chips = [kept.get(one.key) or self._chip(one.key, one.text) for one in filters]
        self._lay_chips()
        if focused is not None and not any(chip.hasFocus() for chip in self._chips):
            (self._chips[min(focused, len(self._chips) - 1)] if self._chips else self._add).setFocus()

    def set_text(self, text: str) -> None:
        """Show a text in the field without telling it."""
        self._told = text
        self.search.setText(text)
        self._timer.stop()

    def set_hits(self, hits: int, total: int) -> None:
        """Say how many rows are shown, of how many."""
        self.hits.show_hits(hits, total)
        self._fit()

    def add_tool(self, tool: QWidget) -> None:
        """Put a button of the page, such as its column chooser, at the end."""
        tool.setParent(self)
        self._tools.append(tool)
        QWidget.setTabOrder(self._add, tool)
        tool.show()
        self._fit()

    @Slot()
    def focus_search(self) -> None:
        """Ctrl+F: into the field, its text selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """In the field, Esc empties, Enter asks at once, Down goes to the list."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                self._tell()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._tell()
                return True
            if event.key() == Qt.Key.Key_Down:
                self._tell()
                self.down_pressed.emit()
                return True
        return False

    def minimumSizeHint(self) -> QSize:
        """Gives way by wrapping its chips."""
        return QSize(px(280), tokens.height("filter_bar"))

    def sizeHint(self) -> QSize:
        """One line, unless it has wrapped."""
        return QSize(px(480), max(self.minimumHeight(), tokens.height("filter_bar")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow where the chips wrap."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _tell(self) -> None:
        self._timer.stop()
        if self.search.text() != self._told:
            self._told = self.search.text()
            self.text_changed.emit(self._told)

    @Slot(str)
    def _opened(self, key: str) -> None:
        if key:
            self.chip_opened.emit(key)
        else:
            self.add_requested.emit()

    @Slot(int)
    def _moved(self, step: int) -> None:
        row = [*self._chips, self._add]
        here = next((at for at, chip in enumerate(row) if chip.hasFocus()), 0)
        row[max(0, min(len(row) - 1, here + step))].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _fit(self) -> None:
        """One line where the chips fit beside the field, else they wrap in lines of their own beneath."""
        side, line, gap = px(tokens.PANE), tokens.height("control"), px(8)
        top = (tokens.height("filter_bar") - line) // 2
        end = self.width() - side
        for tool in (*reversed(self._tools), self.hits):
            size = tool.sizeHint()
            end -= size.width()
            self._put(tool, QRect(end, top + (line - size.height()) // 2, size.width(), size.height()))
            end -= gap
        room, chips = end - side, self._flow.sizeHint()
        spare = room - px(6) + RING - chips.width()
        fits = spare >= px(LEAST_FIELD)
        width = min(px(150), spare if fits else room)
        self._put(self.search, QRect(side, top, width, line))
        if fits:
            chip_top = top + (line - tokens.height("filter_chip")) // 2 - RING
            self._put(self._strip, QRect(side + width + px(6) - RING, chip_top, chips.width(), chips.height()))
            height = tokens.height("filter_bar")
        else:
            wide = max(1, self.width() - 2 * side + 2 * RING)
            below = self._flow.heightForWidth(wide)
            self._put(self._strip, QRect(side - RING, top + line + px(7) - RING, wide, below))
            height = top + line + px(7) + below - RING + top
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    def _put(self, thing: QWidget, place: QRect) -> None:
        whole = QRect(0, 0, self.width(), max(1, self.height()))
        thing.setGeometry(QStyle.visualRect(self.layoutDirection(), whole, place))

    def _chip(self, key: str, text: str, *, adds: bool = False) -> FilterChip:
        chip = FilterChip(key, text, adds=adds, parent=self._strip)
        chip.opened.connect(self._opened)
        chip.removed.connect(self.chip_removed)
        chip.moved.connect(self._moved)
        return chip

    def _build(self) -> None:
        self.search.addAction(icon(Icon.SEARCH, "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setPlaceholderText(self.tr("Filter this list"))
        self.search.setAccessibleName(self.tr("Filter this list"))
        self.search.textChanged.connect(self._timer.start)
        self.search.installEventFilter(self)
        self._lay_chips()

    def _lay_chips(self) -> None:
        while self._flow.count():
            self._flow.takeAt(0)
        before: QWidget = self.search
        for chip in (*self._chips, self._add):
            self._flow.addWidget(chip)
            chip.show()
            QWidget.setTabOrder(before, chip)
            before = chip
        self._flow.invalidate()
        self._fit()


def _wide(text: str, weight: int) -> int:
    return QFontMetrics(font("number" if weight == 600 else "body", weight)).horizontalAdvance(text) + 1 if text else 0

"""The command palette: one box that finds records and commands and does what is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.domain.text import fold
from partnerdesk.look import tokens
from partnerdesk.look.fonts import font, sized
from partnerdesk.look.icons import Icon, icon, paint_icon
from partnerdesk.look.paint import CENTER, RIGHT, hairline, rounded, write
from partnerdesk.look.tokens import px
from partnerdesk.views.kit.commands import Registry, keys_text
from partnerdesk.views.kit.matching import NOWHERE, paint_matched, part, rank, spans
from partnerdesk.views.kit.popup import LateReply, Popup

Index = QModelIndex | QPersistentModelIndex

WIDTH, NARROWEST, FROM_TOP, INPUT, GROUP, HIGHEST = 560, 430, 96, 46, 27, 430
PAUSE_MS = 80
PER_GROUP = 8
HIT, TYPED = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: `key` tells it from all others, `detail` stands muted at the end of its row."""

    key: str
    label: str
    run: Callable[[], object]
    detail: str = ""
    icon: Icon | None = None


Reply = Callable[[Sequence[Hit]], None]


class Source(Protocol):
    """A group of the palette; `find` calls `reply`, now or later, with what answers the text, best first."""

    @property
    def title(self) -> str:
        """The head of the group."""

    def find(self, typed: str, reply: Reply) -> None:
        """Look for `typed`; an empty text asks for what is worth offering at once."""


@dataclass(frozen=True, slots=True)
class ProviderSource:
    """Records found by a function, which may answer later."""

    title: str
    provider: Callable[[str, Reply], None]

    def find(self, typed: str, reply: Reply) -> None:
        """Ask the function."""
        self.provider(typed, reply)


@dataclass(frozen=True, slots=True)
class CommandSource:
    """The commands that can work now."""

    title: str
    registry: Registry

    def find(self, typed: str, reply: Reply) -> None:
        """Commands whose label holds the words typed, those beginning with them first."""
        words = fold(typed)
        found = [(rank(fold(command.title), words), command) for command in self.registry.runnable()]
        best = sorted((pair for pair in found if pair[0] != NOWHERE), key=lambda pair: pair[0])
        reply([self._hit(command.id) for _, command in best])

    def _hit(self, command_id: str) -> Hit:
        command = self.registry.command(command_id)
        keys = command.sequences()
        shown = keys_text(keys[0]) if keys else ""
        return Hit(command_id, command.title, _Run(self.registry, command_id), shown, command.icon)


@dataclass(frozen=True, slots=True)
class _Run:
    """Runs one command when its hit is chosen."""

    registry: Registry
    command_id: str

    def __call__(self) -> object:
        return self.registry.run(self.command_id)


class HitsModel(QAbstractListModel):
    """Heads of groups and hits beneath them, in one column of rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.typed = ""
        self._rows: list[str | Hit] = []

    def show_groups(self, groups: Sequence[tuple[str, Sequence[Hit]]], typed: str) -> None:
        """Show these groups; an empty one shows nothing, not even its head."""
        self.beginResetModel()
        self.typed = typed
        self._rows = []
        for title, hits in groups:
            if hits:
                self._rows += [title, *hits]
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        """The hit in a row; None for a head or beyond the end."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Hit) else None

    def hit_rows(self) -> list[int]:
        """The rows that can be chosen."""
        return [at for at, row in enumerate(self._rows) if isinstance(row, Hit)]

    def height(self) -> int:
        """What all rows need, in px."""
        heads = len(self._rows) - len(self.hit_rows())
        return heads * px(GROUP) + (len(self._rows) - heads) * tokens.height("palette_row")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Heads and hits."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A head cannot be chosen."""
        if self.hit(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The label, the hit, and a sentence for screen readers."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == HIT:
            return row if isinstance(row, Hit) else None
        if role == TYPED:
            return self.typed
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label if isinstance(row, Hit) else row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.label}, {row.detail}".removesuffix(", ") if isinstance(row, Hit) else row
        return None


class HitDelegate(QStyledItemDelegate):
    """A palette row: icon, label with its match in 600, detail at the end; or the head of a group."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """34 for a hit, 27 for a head."""
        is_hit = index.data(HIT) is not None
        return QSize(px(NARROWEST), tokens.height("palette_row") if is_hit else px(GROUP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        t = tokens.current()
        row = QRectF(option.rect)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        hit: Hit | None = index.data(HIT)
        if hit is None:
            inner = row.adjusted(px(19), px(4), -px(19), 0)
            write(painter, inner, str(index.data()), font("tiny", 600), t.text2, CENTER)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                rounded(painter, row.adjusted(px(6), 0, -px(6), 0), px(tokens.RADIUS_CONTROL), t.selection)
            self._paint_hit(painter, row.adjusted(px(19), 0, -px(19), 0), hit, str(index.data(TYPED)), mirrored)
        painter.restore()

    def _paint_hit(self, painter: QPainter, inner: QRectF, hit: Hit, typed: str, mirrored: bool) -> None:
        t = tokens.current()
        side = px(tokens.ICON_ROW)
        if hit.icon is not None:
            place = part(inner, 0, side, mirrored)
            place = QRectF(place.left(), inner.center().y() - side / 2, side, side)
            paint_icon(painter, place, hit.icon, t.text2)
        room = min(inner.width() * 0.45, QFontMetricsF(font("tiny")).horizontalAdvance(hit.detail) + 1)
        detail = part(inner, inner.width() - room, room, mirrored)
        write(painter, detail, hit.detail, font("tiny"), t.muted, RIGHT)
        start = px(26)
        label = part(inner, start, inner.width() - start - room - px(12), mirrored)
        paint_matched(painter, label, hit.label, spans(hit.label, typed), "body", t.text)


class Palette(Popup):
    """Ctrl+K: type, walk with the arrows over all groups, Enter runs, Esc closes."""

    def __init__(self, parent: QWidget, sources: Sequence[Source], typed: str = "") -> None:
        """`sources` give the groups in their order; `parent` is the window it opens over."""
        super().__init__(parent)
        self._sources = tuple(sources)
        self._answers: list[Sequence[Hit]] = [()] * len(self._sources)
        self._ticket = 0
        self._waiting = 0
        self._eager = False
        self._walked = False
        self._wide = px(WIDTH)
        self.model = HitsModel(self)
        self.input = QLineEdit(typed, self)
        self.list = QListView(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self.setAccessibleName(self.tr("Search and commands"))
        self._build()
        self._ask()

    def open_over(self, window: QWidget) -> None:
        """Show centred over a window, 96 from its top."""
        self._wide = max(px(NARROWEST), min(px(WIDTH), window.width() - px(48)))
        self._wide = min(self._wide, window.width())
        left = (window.width() - self._wide) // 2
        self.open_at(window.mapToGlobal(QPoint(left, min(px(FROM_TOP), window.height() // 6))))

    def take_answer(self, ticket: int, group: int, hits: Sequence[Hit]) -> None:
        """Show what one source found, if it answers the latest question."""
        if ticket != self._ticket:
            return
        self._waiting -= 1
        kept = self.model.hit(self.list.currentIndex().row()) if self._walked else None
        self._answers[group] = list(hits)[:PER_GROUP]
        titles = [source.title for source in self._sources]
        self.model.show_groups(list(zip(titles, self._answers, strict=True)), self.input.text().strip())
        self._return_to(kept)
        self.refit()
        if self._eager and self._waiting <= 0:
            self._run_current()
        self.update()

    def sizeHint(self) -> QSize:
        """The input, the rows, and no more than fits comfortably."""
        rows = min(px(HIGHEST), self.model.height()) if self.model.rowCount() else tokens.height("palette_row")
        return QSize(self._wide, px(INPUT) + 1 + px(2) + rows + px(6) + 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk and choose with the keys of the input."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, magnifier, line under the input, and the sentence when nothing is found."""
        super().paintEvent(event)
        t = tokens.current()
        painter = QPainter(self)
        hairline(painter, QPointF(1, px(INPUT)), QPointF(self.width() - 1, px(INPUT)), t.line)
        typed = self.input.text().strip()
        if self.model.rowCount() == 0 and self._waiting <= 0 and not self._timer.isActive():
            words = self.tr("Nothing matches “{text}”").format(text=typed) if typed else self.tr("Type to search")
            row = QRectF(px(19), px(INPUT) + px(3), self.width() - px(38), tokens.height("palette_row"))
            write(painter, row, words, font("small"), t.muted, CENTER)

    @Slot()
    def _ask(self) -> None:
        self._timer.stop()
        self._ticket += 1
        self._eager = False
        self._waiting = len(self._sources)
        self._walked = False
        typed = self.input.text().strip()
        for group, source in enumerate(self._sources):
            source.find(typed, LateReply(self, self._ticket, group))

    @Slot()
    def _run_current(self) -> None:
        hit = self.model.hit(self.list.currentIndex().row())
        if hit is not None:
            run = hit.run
            self.close()
            run()

    @Slot(QModelIndex)
    def _clicked(self, place: QModelIndex) -> None:
        if self.model.hit(place.row()) is not None:
            self.list.setCurrentIndex(place)
            self._run_current()

    @Slot(QModelIndex)
    def _entered(self, place: QModelIndex) -> None:
        if self.pointer_moved() and self.model.hit(place.row()) is not None:
            self._walked = True
            self.list.setCurrentIndex(place)

    def _build(self) -> None:
        self.input.setObjectName("paletteInput")
        self.input.setFrame(False)
        self.input.setStyleSheet("background: transparent; border: none")
        self.input.setTextMargins(px(4), 0, 0, 0)
        self.input.setFont(sized(15 * tokens.scale()))
        self.input.addAction(icon(Icon.SEARCH, "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.input.setFixedHeight(px(INPUT) - 1)
        self.input.setPlaceholderText(self.tr("Search everything or run a command"))
        self.input.setAccessibleName(self.tr("Search everything or run a command"))
        self.input.textChanged.connect(self._timer.start)
        self.input.installEventFilter(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setMinimumHeight(1)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setAccessibleName(self.tr("Found"))
        self.list.entered.connect(self._entered)
        self.list.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, px(6))
        column.setSpacing(px(2) + 1)
        head = QVBoxLayout()
        head.setContentsMargins(px(12), 0, px(12), 0)
        head.addWidget(self.input)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.input)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
        key = Qt.Key(event.key())
        if key in steps:
            self._walk(steps[key])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self._ask()
            self._eager = self._waiting > 0 and not self._walked
            if not self._eager:
                self._run_current()
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        return key == Qt.Key.Key_Tab

    def _walk(self, steps: int) -> None:
        rows = self.model.hit_rows()
        if not rows:
            return
        here = self.list.currentIndex().row()
        at = rows.index(here) if here in rows else -1
        self._walked = True
        self._show_row(rows[(at + steps) % len(rows)])

    def _return_to(self, kept: Hit | None) -> None:
        rows = self.model.hit_rows()
        same = [row for row in rows if kept is not None and _key_of(self.model.hit(row)) == kept.key]
        if same or rows:
            self._show_row(same[0] if same else rows[0])

    def _show_row(self, row: int) -> None:
        place = self.model.index(row)
        self.list.setCurrentIndex(place)
        if row and row - 1 not in self.model.hit_rows():
            self.list.scrollTo(self.model.index(row - 1))
        self.list.scrollTo(place)


def _key_of(hit: Hit | None) -> str:
    return hit.key if hit else ""

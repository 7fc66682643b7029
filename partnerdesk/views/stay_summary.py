"""The sums beside the board: how many go and come, by phase, by country, what documents are missing, and a reminder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.phases import PHASES
from partnerdesk.domain.stay_board import StaySums
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.look import tokens
from partnerdesk.look.fonts import kept_font
from partnerdesk.look.icons import Icon, mirror
from partnerdesk.look.paint import RIGHT, focus_ring, hairline, rounded, say_line
from partnerdesk.look.tokens import px
from partnerdesk.look.words import counted, number, say
from partnerdesk.models.names import country_name
from partnerdesk.models.stay_words import phase_name
from partnerdesk.services import stay_board as asking
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.labels import Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.scroll import ScrollRoom

WIDTH: Final = 248
AFTER_MS: Final = 150
TOP_COUNTRIES: Final = 4
ROW, LINE_ROW = 22, 26


@dataclass(frozen=True, slots=True)
class SumRow:
    """A line: its word, its number, the filter it stands for, and the colour of the number."""

    word: str
    n: int
    filter: str = ""
    role: str = "text"


class SumRows(QWidget):
    """Lines with a bar and a number, or with a number over a hairline; one that stands for a filter can be chosen."""

    chosen = Signal(str)

    def __init__(self, name: str, kind: str, parent: QWidget) -> None:
        """`kind` is accent or soft for bars, line for none."""
        super().__init__(parent)
        self._name, self._kind = name, kind
        self.setAccessibleName(name)
        self._rows: Sequence[SumRow] = ()
        self._hover, self._at = -1, 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)

    @property
    def rows(self) -> Sequence[SumRow]:
        """The lines."""
        return self._rows

    def set_rows(self, rows: Sequence[SumRow]) -> None:
        """Show other lines."""
        self._rows = tuple(rows)
        self._at = min(self._at, max(0, len(rows) - 1))
        self.setAccessibleName(f"{self._name}: " + ", ".join(f"{row.word} {number(row.n)}" for row in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(120), self._step * len(self._rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        most = max((row.n for row in self._rows if row.filter), default=1)
        for place, row in enumerate(self._rows):
            line = QRectF(0, place * self._step, self.width(), self._step)
            if place == self._hover and row.filter:
                rounded(painter, line.adjusted(-px(4), 0, px(4), 0), px(4), t.hover)
            if self._kind == "line":
                say_line(painter, line, row.word, "small", t.text2)
                hairline(painter, QPointF(0, line.bottom() - 1), QPointF(self.width(), line.bottom() - 1), t.line)
            else:
                self._paint_bar(painter, line, row, most, t.accent if self._kind == "accent" else t.sequential[2])
            say_line(painter, line, number(row.n), "number", t.role(row.role), RIGHT)
            if place == self._at and self.hasFocus():
                focus_ring(painter, line, px(4), t)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(int(event.position().y()) // self._step)

    def leaveEvent(self, event: object) -> None:
        self._set_hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(int(event.position().y()) // self._step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps and self._rows:
            self._at = min(max(self._at + steps[key], 0), len(self._rows) - 1)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    @property
    def _step(self) -> int:
        return px(LINE_ROW if self._kind == "line" else ROW)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._rows) and self._rows[place].filter:
            self.chosen.emit(self._rows[place].filter)

    def _set_hover(self, place: int) -> None:
        if place != self._hover:
            self._hover = place
            can = 0 <= place < len(self._rows) and bool(self._rows[place].filter)
            self.setCursor(Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor)
            self.update()

    def _paint_bar(self, painter: QPainter, line: QRectF, row: SumRow, most: int, color: QColor) -> None:
        t = tokens.current()
        room = max(QFontMetricsF(kept_font("number")).horizontalAdvance(number(one.n)) for one in self._rows)
        left = px(100)
        say_line(painter, QRectF(line.left(), line.top(), left - px(6), line.height()), row.word, "small", t.text2)
        wide = max(0.0, line.width() - left - room - px(10))
        if row.filter and row.n:
            bar = QRectF(left, line.center().y() - px(4), max(px(2), wide * row.n / most), px(8))
            rounded(painter, bar, px(1), color)


class StaySummary(Pane):
    """The pane beside the board. `filter_wanted(words)` when a line is chosen that stands for a filter."""

    filter_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("left", parent)
        self._desk = desk
        self._query: ListQuery | None = None
        self._sums = StaySums()
        self._named = (self.tr("All stays"), "")
        self._cohort: Cohort | None = None
        self._awake, self._stale = True, False
        self._asking = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._asking.timeout.connect(self._ask)
        self._build()
        desk.changed.connect(self._hear)
        desk.closed.connect(self._forget)
        desk.opened.connect(self._asking.start)
        self._show(StaySums())

    @property
    def sums(self) -> StaySums:
        """What is shown."""
        return self._sums

    def set_title(self, title: str, second: str = "") -> None:
        """Say whose sums these are: the name of the view or of the cohort, and what kind it is."""
        self._named = (title, second)
        self._show(self._sums)

    def set_query(self, query: ListQuery) -> None:
        """Add up the stays that a query finds; a moment later, so that the board comes first."""
        if query != self._query:
            self._query = query
            self._asking.start()

    def set_awake(self, awake: bool) -> None:
        """A pane that nobody sees only marks itself stale."""
        self._awake = awake
        if awake and self._stale:
            self._asking.start()

    def _build(self) -> None:
        Measured(self, width=WIDTH)
        body = Pane("surface")
        column = Column(body, (16, 14, 16, 16), 0)
        self.title_label = ShortWords("", "section", parent=body)
        self._second = ShortWords("", "small", "muted", parent=body)
        self._second.hide()
        column.addWidget(self.title_label)
        column.addWidget(self._second)
        column.addSpacing(8)
        figures = Row(None, 0, 8)
        self._figures = {way: (Words("", "figure", parent=body), ShortWords("", "tiny", "muted", parent=body))
                         for way in ("out", "in")}
        for figure, about in self._figures.values():
            one = Column(None, 0, 0)
            one.addWidget(figure)
            one.addWidget(about)
            figures.addLayout(one, 1)
        column.addLayout(figures)
        self._phases = self._group(column, self.tr("By phase"), "accent")
        self._countries = self._group(column, self.tr("By country"), "soft")
        self._sought = self._group(column, self.tr("Missing documents"), "line")
        column.addSpacing(16)
        self._remind = Button("", icon=Icon.MAIL, parent=body)
        self._remind.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._remind.clicked.connect(self.open_reminder)
        column.addWidget(self._remind)
        column.addStretch(1)
        whole = Column(self, (1, 0, 0, 0), 0)
        whole.addWidget(ScrollRoom(body, self))

    def _group(self, column: Column, title: str, kind: str) -> SumRows:
        head = Words(title, "head", parent=self)
        rows = SumRows(title, kind, self)
        rows.chosen.connect(self.filter_wanted)
        column.addSpacing(18)
        column.addWidget(head)
        column.addSpacing(5)
        column.addWidget(rows)
        rows.setProperty("head", head)
        return rows

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes.ids("stay"):
            self._asking.start()

    @Slot()
    def _ask(self) -> None:
        query = self._query
        self._stale = not self._awake
        if query is None or not self._awake or not self._desk.is_open:
            return

        def job(office: Any, _: Any) -> tuple[ListQuery, StaySums, Cohort | None]:
            with office.read() as reader:
                return query, asking.stay_sums(reader, query), asking.cohort_of(reader, query)

        # beside the lane, for a board of a million stays would have to wait for its sums
        self._desk.work(job, self._take)

    def _take(self, answer: tuple[ListQuery, StaySums, Cohort | None]) -> None:
        query, sums, cohort = answer
        if query == self._query and self._desk.is_open:
            self._cohort = cohort
            self._show(sums)

    @Slot()
    def _forget(self) -> None:
        self._cohort = None
        self._show(StaySums())

    def _show(self, sums: StaySums) -> None:
        self._sums = sums
        title, second = self._heading()
        self.title_label.setText(title)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        for way, (figure, about) in self._figures.items():
            places = self._cohort.capacity if self._cohort is not None and self._cohort.direction == way else None
            figure.setText(number(sums.directions.get(way, 0)))
            about.setText(self._about(way, places))
        self._phases.set_rows([SumRow(phase_name(phase), sums.phases[phase], f"phase:{phase}")
                               for phase in PHASES if sums.phases.get(phase)])
        self._countries.set_rows(self._by_country(sums))
        self._sought.set_rows([
            SumRow(say(label_of("stay_document", one.kind)), one.missing, "missing:yes",
                   "danger" if one.late else "warn") for one in sums.sought])
        for rows in (self._phases, self._countries, self._sought):
            rows.setVisible(bool(rows.rows))
            rows.property("head").setVisible(bool(rows.rows))
        self._remind.setText(counted(sums.people, self.tr("Remind 1 person"), self.tr("Remind {n} people")))
        self._remind.setVisible(sums.people > 0)

    def _heading(self) -> tuple[str, str]:
        """Whose sums these are: those of a cohort where one is asked for, else of the view."""
        if self._cohort is None:
            return self._named
        kind = say(label_of("cohort_kind", self._cohort.kind))
        programme = say(short_of("programme", self._cohort.programme)) if self._cohort.programme else ""
        return self._cohort.title, " · ".join(part for part in (kind, programme) if part)

    def _about(self, way: str, places: int | None) -> str:
        if places is None:
            return self.tr("out") if way == "out" else self.tr("in")
        words = self.tr("out, of {n} places") if way == "out" else self.tr("in, of {n} places")
        return words.format(n=number(places))

    def _by_country(self, sums: StaySums) -> list[SumRow]:
        known = [(code, n) for code, n in sums.countries if code]
        most = known[:TOP_COUNTRIES] if len(known) > TOP_COUNTRIES + 1 else known
        rows = [SumRow(country_name(code), n, f"country:{code}") for code, n in most]
        others = known[len(most):]
        if others:
            rows.append(SumRow(self.tr("{n} others").format(n=number(len(others))), sum(n for _, n in others)))
        unknown = sum(n for code, n in sums.countries if not code)
        return [*rows, SumRow(self.tr("no country"), unknown)] if unknown else rows

    @Slot()
    def open_reminder(self) -> None:
        """Show the message that reminds people of what is missing."""
        from partnerdesk.views.stay_reminder import ReminderDialog

        if self._query is not None:
            ReminderDialog(self._desk, self._query, self).open()

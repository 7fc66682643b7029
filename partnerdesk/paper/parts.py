"""The blocks of a page: each knows the least and most rows it can show, how high they are, and draws them."""

from collections.abc import Sequence
from typing import Protocol

from partnerdesk.domain.documents import Bar, Bars, Cell, Column, Coverage, Marks, People, Stretch, Table
from partnerdesk.look.icons import Icon
from partnerdesk.paper.lettering import (
    ABSENT,
    ACCENT,
    BODY,
    FIGURE,
    NOTE,
    QUIET,
    SECTION,
    STRONG,
    WORD,
    Style,
    advance,
    fitted,
)
from partnerdesk.paper.page import Page

ROW = 16.5
MORE = 13.0
TITLE_BASE = 11.7
TITLE = 17.25
GAP = 8.0
ICON_GAP = 2.8
VOICES = {"plain": BODY, "strong": STRONG, "quiet": QUIET}


class Part(Protocol):
    """A block to place: at least `least` of its `wanted` rows, 0 meaning that it may be left out."""

    least: int
    wanted: int

    def height(self, rows: int) -> float:
        """The height in points when `rows` rows are shown."""

    def put(self, page: Page, x: float, y: float, width: float, rows: int) -> None:
        """Draw it with its top left corner at (x, y)."""


class MarksPart:
    """Icons of equal width between two hairlines; what is absent is grey."""

    HEIGHT = 37.5
    ICON = 14.0

    def __init__(self, block: Marks) -> None:
        self._block = block
        self.least = self.wanted = 1

    def height(self, rows: int) -> float:
        return self.HEIGHT

    def put(self, page: Page, x: float, y: float, width: float, rows: int) -> None:
        slot = width / len(self._block.marks)
        page.rule(x, y, width, "line2")
        page.rule(x, y + self.HEIGHT, width, "line2")
        for place, mark in enumerate(self._block.marks):
            left = x + place * slot
            style = WORD if mark.present else ABSENT
            icon_left = left + (slot - self.ICON) / 2
            page.sign(icon_left, y + 6.2, self.ICON, Icon[mark.icon], style.role)
            lines = _halved(style, mark.word, slot - 6)
            for line, word in enumerate(lines):
                base = y + (30.4 if len(lines) == 1 else 26.9 + line * 7.6)
                page.say(left + (slot - advance(style, word)) / 2, base, word, style)
            if place:
                page.stem(left, y, self.HEIGHT)


class TablePart:
    """A table: a head in grey over a rule, then rows with hairlines between."""

    HEAD_BASE = 26.0
    HEAD = 32.25
    ICON = 8.5

    def __init__(self, block: Table, more: str) -> None:
        self._block = block
        self._more = more
        self.wanted = len(block.rows)
        self.least = min(3, self.wanted)
        self._head = table_head(block)

    def height(self, rows: int) -> float:
        if not self.wanted:
            return TITLE + ROW
        return self._head + rows * ROW + (MORE if rows < self.wanted else 0.0)

    def put(self, page: Page, x: float, y: float, width: float, rows: int) -> None:
        section_head(page, x, y, width, self._block.title, self._block.note)
        if not self.wanted:
            page.say(x, y + TITLE + 10.2, fitted(QUIET, self._block.empty, width), QUIET)
            page.rule(x, y + TITLE + ROW, width)
            return
        rooms = self._rooms(width, rows)
        if self._head == self.HEAD:
            self._cells(page, x, y + self.HEAD_BASE, rooms, [Cell(c.title) for c in self._block.columns], True)
            page.rule(x, y + self.HEAD, width, "line2")
        top = y + self._head
        for row in self._block.rows[:rows]:
            self._cells(page, x, top + 10.7, rooms, row, False)
            top += ROW
            page.rule(x, top, width)
        put_more(page, x, top, width, self._more, self.wanted - rows)

    def _rooms(self, width: float, rows: int) -> list[float]:
        """The width of each column: its share, but columns with wide cells take what others do not need."""
        columns = self._block.columns
        rooms = [column.share * width for column in columns]
        needs = [advance(NOTE, column.title) for column in columns]
        for row in self._block.rows[:rows]:
            for place, cell in enumerate(row):
                icon = self.ICON + ICON_GAP if cell.icon else 0.0
                needs[place] = max(needs[place], icon + advance(VOICES[columns[place].voice], cell.text))
        needs = [need + (GAP if place + 1 < len(needs) else 0.0) for place, need in enumerate(needs)]
        lacking = sum(max(0.0, need - room) for need, room in zip(needs, rooms, strict=True))
        spare = sum(max(0.0, room - need) for need, room in zip(needs, rooms, strict=True))
        if not lacking:
            return rooms
        moved = min(lacking, spare)
        return [
            room + (need - room) * moved / (lacking if need > room else spare) if need > room or spare else room
            for need, room in zip(needs, rooms, strict=True)
        ]

    def _cells(
        self, page: Page, x: float, base: float, rooms: Sequence[float], cells: Sequence[Cell], head: bool
    ) -> None:
        left = x
        for column, cell, room in zip(self._block.columns, cells, rooms, strict=True):
            last = column is self._block.columns[-1]
            style = NOTE if head else VOICES[column.voice]
            self._cell(page, left, base, room - (0 if last else GAP), column, cell, style)
            left += room

    def _cell(self, page: Page, x: float, base: float, room: float, column: Column, cell: Cell, style: Style) -> None:
        start = x
        if cell.icon:
            page.sign(x, base - self.ICON + 1.4, self.ICON, Icon[cell.icon])
            start += self.ICON + ICON_GAP
        text = fitted(style, cell.text, x + room - start)
        if column.align == "right":
            page.say_right(x + room, base, text, style)
        else:
            page.say(start, base, text, style)


def table_head(table: Table) -> float:
    """How high the head of a table is; where no column has a title there is only that of the table."""
    return TablePart.HEAD if any(column.title for column in table.columns) else TITLE


class BarsPart:
    """Outlined bars on one scale, filled as far as they are used, grouped by a word on the left."""

    BAR = 6.0
    TEXT_GAP = 7.0

    def __init__(self, block: Bars, more: str) -> None:
        self._block = block
        self._more = more
        self.wanted = len(block.bars)
        self.least = min(4, self.wanted)

    def height(self, rows: int) -> float:
        return TITLE + rows * ROW + (MORE if rows < self.wanted else 0.0)

    def put(self, page: Page, x: float, y: float, width: float, rows: int) -> None:
        section_head(page, x, y, width, self._block.title, self._block.note)
        bars = self._block.bars[:rows]
        group_room = min(width * 0.42, max(advance(STRONG, bar.group) for bar in bars) + self.TEXT_GAP)
        label_room = min(width * 0.3, max(advance(QUIET, bar.label) for bar in bars) + self.TEXT_GAP)
        figure_room = min(width * 0.35, max(_figure_width(bar) for bar in bars))
        bar_left = x + group_room + label_room
        room = x + width - figure_room - self.TEXT_GAP - bar_left
        longest = max(max(bar.length, bar.used or 0.0) for bar in bars) or 1.0
        top = y + TITLE
        for place, bar in enumerate(bars):
            follows = place + 1 < len(bars) and bars[place + 1].group == bar.group
            if place == 0 or bars[place - 1].group != bar.group:
                page.say(x, top + 10.5, fitted(STRONG, bar.group, group_room - 4), STRONG)
            page.say(x + group_room, top + 10.5, fitted(QUIET, bar.label, label_room - 4), QUIET)
            self._bar(page, bar_left, top + (ROW - self.BAR) / 2, room / longest, bar)
            self._figure(page, x + width, top + 10.5, figure_room, bar)
            top += ROW
            indent = group_room if follows else 0.0
            page.rule(x + indent, top, width - indent)
        put_more(page, x, top, width, self._more, self.wanted - rows)

    def _bar(self, page: Page, x: float, y: float, scale: float, bar: Bar) -> None:
        if bar.used:
            page.fill(x, y, bar.used * scale, self.BAR, "accent")
        if bar.length > 0:
            page.frame(x, y, max(1.0, bar.length * scale), self.BAR, "control")

    def _figure(self, page: Page, right: float, base: float, room: float, bar: Bar) -> None:
        unit = fitted(QUIET, bar.unit, room - advance(FIGURE, bar.figure) - 3) if bar.unit else ""
        left = page.say_right(right, base, unit, QUIET) - 3 if unit else right
        page.say_right(left, base, bar.figure, FIGURE)


class PeoplePart:
    """Contacts of two lines: name and mail, then what they are there for."""

    HIGH = 27.0

    def __init__(self, block: People, more: str) -> None:
        self._block = block
        self._more = more
        self.wanted = len(block.people)
        self.least = min(2, self.wanted)

    def height(self, rows: int) -> float:
        return TITLE + rows * self.HIGH + (MORE if rows < self.wanted else 0.0)

    def put(self, page: Page, x: float, y: float, width: float, rows: int) -> None:
        section_head(page, x, y, width, self._block.title, self._block.note)
        top = y + TITLE
        for person in self._block.people[:rows]:
            mail = fitted(WORD, person.mail, width * 0.55)
            name_room = width - advance(WORD, mail) - GAP
            page.say(x, top + 10.8, fitted(STRONG, person.name, name_room), STRONG)
            if mail:
                page.say_right(x + width, top + 10.8, mail, WORD)
            page.say(x, top + 21.4, fitted(NOTE, person.role, width), NOTE)
            top += self.HIGH
            page.rule(x, top, width)
        put_more(page, x, top, width, self._more, self.wanted - rows)


class CoveragePart:
    """Academic years across, a lane for each agreement; left out where the page has no room."""

    NAMES = (0.258, 0.38)
    YEARS = 14.5
    BAR = 6.0
    TICK = 2.6

    def __init__(self, block: Coverage, more: str) -> None:
        self._block = block
        self._more = more
        self.least = 0
        self.wanted = len(block.lanes)

    def height(self, rows: int) -> float:
        if not rows:
            return 0.0
        return TITLE + self.YEARS + rows * ROW + (MORE if rows < self.wanted else 0.0)

    def put(self, page: Page, x: float, y: float, width: float, rows: int) -> None:
        if not rows:
            return
        section_head(page, x, y, width, self._block.title, self._block.note)
        names = self._names_room(width, rows)
        cell = (width - names) / len(self._block.years)
        left, top = x + names, y + TITLE + self.YEARS
        self._year_heads(page, left, top, cell, rows)
        for place, lane in enumerate(self._block.lanes[:rows]):
            lane_top = top + place * ROW
            number = fitted(NOTE, lane.number, names * 0.5)
            number_room = advance(NOTE, number) + 5 if number else 0.0
            name = fitted(BODY, lane.name, names - GAP - number_room)
            end = page.say(x, lane_top + 10.7, name, BODY)
            if number:
                page.say(end + 5, lane_top + 10.7, number, NOTE)
            for stretch in lane.stretches:
                self._stretch(page, left, lane_top + (ROW - self.BAR) / 2, cell, stretch)
            for notice in lane.notices:
                page.fill(left + notice * cell - 0.6, lane_top + 2.6, 1.2, ROW - 5.2, "text")
            page.rule(x, lane_top + ROW, width)
        put_more(page, x, top + rows * ROW, width, self._more, self.wanted - rows)

    def _names_room(self, width: float, rows: int) -> float:
        least, most = (share * width for share in self.NAMES)
        needs = [
            advance(BODY, lane.name) + (advance(NOTE, lane.number) + 5 if lane.number else 0.0) + GAP
            for lane in self._block.lanes[:rows]
        ]
        return max(least, min(most, max(needs)))

    def _year_heads(self, page: Page, left: float, top: float, cell: float, rows: int) -> None:
        page.rule(left, top, cell * len(self._block.years), "line2")
        for place, year in enumerate(self._block.years):
            now = self._block.today is not None and place <= self._block.today < place + 1
            style = ACCENT if now else NOTE
            word = fitted(style, year, cell - 3)
            page.say(left + (place + 0.5) * cell - advance(style, word) / 2, top - 4.6, word, style)
            page.stem(left + place * cell, top, rows * ROW)
        if self._block.today is not None:
            page.stem(left + self._block.today * cell, top - 1.5, rows * ROW + 1.5, "accent", 1.0)

    def _stretch(self, page: Page, left: float, y: float, cell: float, stretch: Stretch) -> None:
        x, width = left + stretch.start * cell, (stretch.end - stretch.start) * cell
        if width < 1:
            return
        if stretch.kind == "held":
            page.fill(x, y, width, self.BAR, "accent")
            return
        page.frame(x, y, width, self.BAR, "control", dashed=True)
        if stretch.kind == "gap" and advance(NOTE, self._block.gap) < width - 4:
            middle = x + width / 2 - advance(NOTE, self._block.gap) / 2
            page.fill(middle - 2, y - 0.5, advance(NOTE, self._block.gap) + 4, self.BAR + 1, "surface")
            page.say(middle, y + 5.4, self._block.gap, NOTE)


def _halved(style: Style, words: str, width: float) -> tuple[str, ...]:
    """Words on one line, or where they are wider on two, broken at the blank that leaves both shortest."""
    blanks = [place for place, letter in enumerate(words) if letter == " "]
    if advance(style, words) <= width or not blanks:
        return (fitted(style, words, width),)
    cut = min(blanks, key=lambda place: max(advance(style, words[:place]), advance(style, words[place + 1:])))
    return fitted(style, words[:cut], width), fitted(style, words[cut + 1:], width)


def section_head(page: Page, x: float, y: float, width: float, title: str, note: str) -> None:
    """A black rule, under it the title and a note on the right."""
    page.rule(x, y, width, "text", 1.0)
    note = fitted(NOTE, note, width * 0.6)
    room = width - (advance(NOTE, note) + GAP if note else 0.0)
    page.say(x, y + TITLE_BASE, fitted(SECTION, title, room), SECTION)
    if note:
        page.say_right(x + width, y + TITLE_BASE, note, NOTE)


def put_more(page: Page, x: float, y: float, width: float, more: str, count: int) -> None:
    """The closing line of a list that shows not all: "+ 12 more"."""
    if count > 0:
        page.say(x, y + 9.6, fitted(NOTE, more.format(count=count), width), NOTE)


def _figure_width(bar: Bar) -> float:
    return advance(FIGURE, bar.figure) + (3 + advance(QUIET, bar.unit) if bar.unit else 0.0)

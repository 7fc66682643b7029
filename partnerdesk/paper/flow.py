"""A document over as many pages as it needs: blocks follow each other, tables break between rows, heads repeat."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from partnerdesk.domain.documents import (
    BalanceChart,
    Bars,
    Block,
    Cell,
    Column,
    FactList,
    Letterhead,
    Marks,
    Pair,
    People,
    PrintDocument,
    Prose,
    Remarks,
    Signatures,
    Strip,
    Table,
    WorldMap,
)
from partnerdesk.look.icons import Icon
from partnerdesk.paper.chart import CHART_HIGH, put_chart
from partnerdesk.paper.head import head_part, put_letterhead
from partnerdesk.paper.lettering import BODY, FIGURE, NOTE, QUIET, RUNNING, STRONG, Style, advance, broken, fitted
from partnerdesk.paper.mappart import MapPart
from partnerdesk.paper.onepage import BLOCK_GAP, FOOT_GAP, FOOT_RULE, GUTTER, LETTERHEAD_GAP, put_foot
from partnerdesk.paper.page import A4, MM, Page, Paper
from partnerdesk.paper.parts import (
    GAP,
    ICON_GAP,
    ROW,
    TITLE,
    VOICES,
    BarsPart,
    MarksPart,
    Part,
    PeoplePart,
    TablePart,
    section_head,
    table_head,
)
from partnerdesk.paper.strip import StripPart

CELL_LINES = 6
SHORT, WIDEST_WORD = 17, 0.16
LEADING = 10.5
PAD = ROW - LEADING
LETTER = Style(11, 17)
FACT_HIGH = 27.0
SIGN_HIGH = 58.0
REMARKS_HIGH = 40 * MM
RUNNING_HEAD = 22.0


@dataclass(slots=True)
class _Sheet:
    """The pages so far, and where on the last one the next block begins."""

    document: PrintDocument
    paper: Paper
    pages: list[Page]
    y: float = 0.0
    rooms: dict[tuple[Column, ...], list[float]] = field(default_factory=dict)

    @property
    def page(self) -> Page:
        """The page that is being filled."""
        return self.pages[-1]

    @property
    def x(self) -> float:
        """Its left margin."""
        return self.paper.side

    @property
    def width(self) -> float:
        """The room between its margins."""
        return self.paper.measure

    @property
    def bottom(self) -> float:
        """Where blocks have to end."""
        return self.paper.height - self.paper.foot - FOOT_RULE - FOOT_GAP

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.bottom - self.y

    def turn(self) -> None:
        """Begin the next page, which says at its top what it belongs to."""
        page = Page(self.paper)
        plain = Letterhead(self.document.letterhead.office, self.document.title)
        put_letterhead(page, self.x, self.paper.top, self.width, plain, self.document.kind)
        self.pages.append(page)
        self.y = self.paper.top + RUNNING_HEAD

    def need(self, height: float) -> None:
        """Go to the next page unless this much room is left, or the page is empty anyway."""
        if height > self.room and self.y > self.paper.top + RUNNING_HEAD + 1:
            self.turn()


def flow_pages(document: PrintDocument, paper: Paper = A4) -> list[Page]:
    """Lay `document` out on as many pages of `paper` as it takes."""
    page = Page(paper)
    sheet = _Sheet(document, paper, [page])
    top = put_letterhead(page, sheet.x, paper.top, sheet.width, document.letterhead, document.kind) + LETTERHEAD_GAP
    head = head_part(document.head, sheet.width)
    head.put(page, sheet.x, top)
    sheet.y = top + head.height + BLOCK_GAP
    for block in document.blocks:
        _put(sheet, block)
        sheet.y += BLOCK_GAP
    foot = paper.height - paper.foot - FOOT_RULE
    for number, one in enumerate(sheet.pages, 1):
        put_foot(one, document, sheet.x, foot, sheet.width, (number, len(sheet.pages)))
    return sheet.pages


def _put(sheet: _Sheet, block: Block) -> None:
    match block:
        case Table():
            _put_table(sheet, block)
        case Prose():
            _put_prose(sheet, block)
        case FactList():
            _put_facts(sheet, block)
        case Signatures():
            _put_signatures(sheet, block)
        case Remarks():
            _put_remarks(sheet, block)
        case BalanceChart():
            sheet.need(CHART_HIGH)
            put_chart(sheet.page, sheet.x, sheet.y, sheet.width, block)
            sheet.y += CHART_HIGH
        case _:
            _put_whole(sheet, block)


def _put_whole(sheet: _Sheet, block: Block) -> None:
    """A block that stays together on one page."""
    if isinstance(block, Pair):
        left, right = (_part(one) for one in (block.left, block.right))
        height = max(part.height(part.wanted) for part in (left, right))
        sheet.need(height)
        wide = (sheet.width - GUTTER) * block.share
        left.put(sheet.page, sheet.x, sheet.y, wide, left.wanted)
        right.put(sheet.page, sheet.x + wide + GUTTER, sheet.y, sheet.width - wide - GUTTER, right.wanted)
    else:
        part = _part(block)
        height = part.height(part.wanted)
        sheet.need(height)
        part.put(sheet.page, sheet.x, sheet.y, sheet.width, part.wanted)
    sheet.y += height


def _part(block: Block) -> Part:
    match block:
        case Table():
            return TablePart(block, "")
        case Marks():
            return MarksPart(block)
        case Bars():
            return BarsPart(block, "")
        case People():
            return PeoplePart(block, "")
        case Strip():
            return StripPart(block, "")
        case WorldMap():
            return MapPart(block)
        case _:
            raise TypeError(type(block).__name__)


def _put_table(sheet: _Sheet, table: Table) -> None:
    if not table.rows:
        sheet.need(TITLE + ROW)
        section_head(sheet.page, sheet.x, sheet.y, sheet.width, table.title, table.note)
        sheet.page.say(sheet.x, sheet.y + TITLE + 10.2, fitted(QUIET, table.empty, sheet.width), QUIET)
        sheet.y += TITLE + ROW
        return
    alike = [one for one in sheet.document.blocks if isinstance(one, Table) and one.columns == table.columns]
    rooms = sheet.rooms.get(table.columns) or _rooms(alike, sheet.width)
    sheet.rooms[table.columns] = rooms
    rows = [_lines(table, row, rooms) for row in table.rows]
    sheet.need(table_head(table) + sum(_high(row) for row in rows[:2]))
    _put_table_head(sheet, table, rooms)
    for row, lines in zip(table.rows, rows, strict=True):
        if _high(lines) > sheet.room:
            sheet.turn()
            _put_table_head(sheet, table, rooms)
        _put_row(sheet, table, rooms, row, lines, total=False)
    if table.total:
        lines = _lines(table, table.total, rooms)
        if _high(lines) > sheet.room:
            sheet.turn()
            _put_table_head(sheet, table, rooms)
        _put_row(sheet, table, rooms, table.total, lines, total=True)


def _put_table_head(sheet: _Sheet, table: Table, rooms: Sequence[float]) -> None:
    section_head(sheet.page, sheet.x, sheet.y, sheet.width, table.title, table.note)
    if table_head(table) != TablePart.HEAD:
        sheet.y += TITLE
        return
    left, base = sheet.x, sheet.y + TablePart.HEAD_BASE
    for column, room in zip(table.columns, rooms, strict=True):
        wide = room - (0 if column is table.columns[-1] else GAP)
        title = fitted(NOTE, column.title, wide)
        at = left + wide - advance(NOTE, title) if column.align == "right" else left
        sheet.page.say(at, base, title, NOTE)
        left += room
    sheet.page.rule(sheet.x, sheet.y + TablePart.HEAD, sheet.width, "line2")
    sheet.y += TablePart.HEAD


def _put_row(
    sheet: _Sheet, table: Table, rooms: Sequence[float], row: Sequence[Cell], lines: list[list[str]], *, total: bool
) -> None:
    left = sheet.x
    for place, (column, room) in enumerate(zip(table.columns, rooms, strict=True)):
        wide = room - (0 if column is table.columns[-1] else GAP)
        style = FIGURE if total else VOICES[column.voice]
        start = left
        if row[place].icon:
            sheet.page.sign(left, sheet.y + 10.7 - TablePart.ICON + 1.4, TablePart.ICON, Icon[row[place].icon])
            start += TablePart.ICON + ICON_GAP
        for number, line in enumerate(lines[place]):
            base = sheet.y + 10.7 + number * LEADING
            if column.align == "right":
                sheet.page.say_right(left + wide, base, line, style)
            else:
                sheet.page.say(start, base, line, style)
        left += room
    high = _high(lines)
    sheet.y += high
    sheet.page.rule(sheet.x, sheet.y, sheet.width, "line2" if total else "line")


def _rooms(tables: Sequence[Table], width: float) -> list[float]:
    """The width of each column of tables of one kind: its share, where cells that need more take what others leave.

    A column without a word in it is there to be written in and keeps its share. Where there is room, short cells such
    as days stay on one line, and before all no word is broken.
    """
    columns = tables[0].columns
    whole = sum(column.share for column in columns)
    rooms = [column.share / whole * width for column in columns]
    wanted = [_wanted(tables, place, max(room, WIDEST_WORD * width)) for place, room in enumerate(rooms)]
    for kind in range(len(_Wanted._fields)):
        needs = []
        for place, (column, room, one) in enumerate(zip(columns, rooms, wanted, strict=True)):
            gap = GAP if place + 1 < len(columns) else 0.0
            blank = column.title and not one.words
            needs.append(room if blank else max(one[kind], advance(NOTE, column.title)) + gap)
        rooms = _moved(rooms, needs)
    return rooms


def _moved(rooms: Sequence[float], needs: Sequence[float]) -> list[float]:
    """Rooms after those with more than they need have given of it to those with less."""
    lacking = sum(max(0.0, need - room) for need, room in zip(needs, rooms, strict=True))
    spare = sum(max(0.0, room - need) for need, room in zip(needs, rooms, strict=True))
    if not lacking or not spare:
        return list(rooms)
    moved = min(lacking, spare)
    return [room + (need - room) * moved / (lacking if need > room else spare)
            for need, room in zip(needs, rooms, strict=True)]


class _Wanted(NamedTuple):
    """The widths a column wants: for its widest cell, its widest short cell, its longest word; nothing if blank."""

    cells: float
    short: float
    words: float


def _wanted(tables: Sequence[Table], place: int, most: float) -> _Wanted:
    """What a column wants; short cells and words no more than `most`, lest one of them takes the room of all others."""
    style = VOICES[tables[0].columns[place].voice]
    widest = short = longest = 0.0
    for cell in {row[place] for table in tables for row in (*table.rows, table.total) if row}:
        icon = TablePart.ICON + ICON_GAP if cell.icon else 0.0
        wide = icon + (advance(style, cell.text) if cell.text else 0.0)
        widest = max(widest, wide)
        for part in cell.text.replace(" – ", " –\n").split("\n"):
            if len(part) <= SHORT and wide > short:
                short = max(short, icon + advance(style, part))
        if wide > longest:
            longest = max([longest, icon, *(icon + advance(style, word) for word in cell.text.split())])
    return _Wanted(widest, min(max(short, longest), most), min(longest, most))


def _lines(table: Table, row: Sequence[Cell], rooms: Sequence[float]) -> list[list[str]]:
    """Each cell broken into the lines it takes in its column."""
    found = []
    for column, cell, room in zip(table.columns, row, rooms, strict=True):
        wide = room - (0 if column is table.columns[-1] else GAP)
        wide -= TablePart.ICON + ICON_GAP if cell.icon else 0.0
        style = VOICES[column.voice]
        short = advance(style, cell.text) <= wide + 0.01
        found.append([cell.text] if short else broken(style, cell.text, wide, CELL_LINES))
    return found


def _high(lines: Sequence[Sequence[str]]) -> float:
    return PAD + LEADING * max(1, *(len(cell) for cell in lines))


def _put_prose(sheet: _Sheet, prose: Prose) -> None:
    style = LETTER if prose.large else RUNNING
    if prose.title:
        sheet.need(TITLE + 2 * style.leading)
        section_head(sheet.page, sheet.x, sheet.y, sheet.width, prose.title, "")
        sheet.y += TITLE + 4
    for paragraph in prose.paragraphs:
        for line in broken(style, paragraph, sheet.width, 400):
            sheet.need(style.leading)
            sheet.page.say(sheet.x, sheet.y + 0.5 * style.leading + 0.36 * style.size, line, style)
            sheet.y += style.leading
        sheet.y += 0.5 * style.leading


def _put_facts(sheet: _Sheet, facts: FactList) -> None:
    wide = (sheet.width - GUTTER * (facts.columns - 1)) / facts.columns
    sheet.need(TITLE + FACT_HIGH)
    section_head(sheet.page, sheet.x, sheet.y, sheet.width, facts.title, facts.note)
    sheet.y += TITLE + 2
    for start in range(0, len(facts.facts), facts.columns):
        row = facts.facts[start:start + facts.columns]
        values = [broken(STRONG, fact.value, wide, CELL_LINES) for fact in row]
        high = FACT_HIGH + LEADING * (max(1, *map(len, values)) - 1)
        sheet.need(high)
        for place, (fact, lines) in enumerate(zip(row, values, strict=True)):
            left = sheet.x + place * (wide + GUTTER)
            sheet.page.say(left, sheet.y + 8, fitted(NOTE, fact.label, wide), NOTE)
            for number, line in enumerate(lines):
                sheet.page.say(left, sheet.y + 19.4 + number * LEADING, line, STRONG)
        sheet.y += high


def _put_signatures(sheet: _Sheet, block: Signatures) -> None:
    sheet.need(SIGN_HIGH)
    count = max(2, len(block.places))
    wide = (sheet.width - GUTTER * (count - 1)) / count
    for place, fact in enumerate(block.places):
        left = sheet.x + place * (wide + GUTTER)
        sheet.page.say(left, sheet.y + 32, fitted(BODY, fact.value, wide), BODY)
        sheet.page.rule(left, sheet.y + 38, wide, "control")
        sheet.page.say(left, sheet.y + 48, fitted(NOTE, fact.label, wide), NOTE)
    sheet.y += SIGN_HIGH


def _put_remarks(sheet: _Sheet, block: Remarks) -> None:
    sheet.need(REMARKS_HIGH)
    high = min(REMARKS_HIGH, sheet.room)
    sheet.page.frame(sheet.x, sheet.y, sheet.width, high, "line2")
    sheet.page.say(sheet.x + 6.5, sheet.y + 12.0, fitted(NOTE, block.title, sheet.width - 13), NOTE)
    sheet.y += high

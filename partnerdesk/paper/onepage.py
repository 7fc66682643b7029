"""One document on one page, whatever it holds: the room is shared row by row, lists end "+ 12 more"."""

from dataclasses import dataclass

from partnerdesk.domain.documents import (
    Bars,
    Block,
    Coverage,
    Marks,
    Pair,
    People,
    PrintDocument,
    Remarks,
    Strip,
    Table,
)
from partnerdesk.paper.head import head_part, put_letterhead
from partnerdesk.paper.lettering import NOTE, advance, fitted
from partnerdesk.paper.mappart import LOCATOR, locator_room, put_locator
from partnerdesk.paper.page import A4, MM, Page, Paper
from partnerdesk.paper.parts import BarsPart, CoveragePart, MarksPart, Part, PeoplePart, TablePart
from partnerdesk.paper.strip import StripPart

LETTERHEAD_GAP = 12.75
BLOCK_GAP = 11.5
GUTTER = 9.5 * MM
FOOT_RULE = 14.0
FOOT_GAP = 9.75
LEAST_REMARKS = 9 * MM
LANES_AT_ONCE = 3


@dataclass(slots=True)
class _Slot:
    """A part with the rows it has been given so far."""

    part: Part
    rows: int

    @property
    def height(self) -> float:
        return self.part.height(self.rows)


@dataclass(frozen=True, slots=True)
class _Band:
    """Slots side by side with the left slot's share of the width, or one slot alone."""

    slots: tuple[_Slot, ...]
    share: float = 1.0

    @property
    def height(self) -> float:
        return max(slot.height for slot in self.slots)


def one_page(document: PrintDocument, paper: Paper = A4) -> Page:
    """Lay `document` out on exactly one page of `paper`."""
    page = Page(paper)
    x, width = paper.side, paper.measure
    y = put_letterhead(page, x, paper.top, width, document.letterhead, document.kind) + LETTERHEAD_GAP
    beside = locator_room(document.head)
    head = head_part(document.head, width - beside)
    head.put(page, x, y)
    if beside:
        put_locator(page, x + width - LOCATOR[0], y + 2, document.head)
    y += max(head.height, LOCATOR[1] + 2 if beside else 0.0) + BLOCK_GAP
    foot = paper.height - paper.foot - FOOT_RULE
    remarks = next((block for block in document.blocks if isinstance(block, Remarks)), None)
    bottom = foot - FOOT_GAP - (LEAST_REMARKS + BLOCK_GAP if remarks else 0.0)
    bands = [_band(block, document.more) for block in document.blocks if not isinstance(block, Remarks)]
    _share(bands, bottom - y)
    for band in bands:
        if band.height:
            _put_band(page, band, x, y, width)
            y += band.height + BLOCK_GAP
    if remarks:
        page.frame(x, y, width, foot - FOOT_GAP - y, "line2")
        page.say(x + 6.5, y + 12.0, fitted(NOTE, remarks.title, width - 13), NOTE)
    put_foot(page, document, x, foot, width, (1, 1))
    return page


def _band(block: Block, more: str) -> _Band:
    if isinstance(block, Pair):
        return _Band((_slot(block.left, more), _slot(block.right, more)), block.share)
    return _Band((_slot(block, more),))


def _slot(block: Block, more: str) -> _Slot:
    part = _part(block, more)
    return _Slot(part, part.least)


def _part(block: Block, more: str) -> Part:
    match block:
        case Marks():
            return MarksPart(block)
        case Table():
            return TablePart(block, more)
        case Bars():
            return BarsPart(block, more)
        case People():
            return PeoplePart(block, more)
        case Coverage():
            return CoveragePart(block, more)
        case Strip():
            return StripPart(block, more)
        case _:
            raise TypeError(type(block).__name__)


def _share(bands: list[_Band], room: float) -> None:
    """Give rows in turn to every list that wants more, until nothing fits; optional parts come last.

    A list beside a shorter one first grows only as far down as that one, so that the lists that
    stand alone are not robbed for a void.
    """
    slots = [(slot, band) for band in bands for slot in band.slots]
    for optional, level in ((False, True), (False, False), (True, False)):
        hungry = [(slot, band) for slot, band in slots if bool(slot.part.least) is not optional]
        while hungry:
            hungry = [
                (slot, band)
                for slot, band in hungry
                if not (level and _sticks_out(slot, band)) and _grown(slot, bands, room)
            ]


def _sticks_out(slot: _Slot, band: _Band) -> bool:
    others = [other.part.height(other.part.wanted) for other in band.slots if other is not slot]
    return bool(others) and slot.part.height(slot.rows + 1) > max(others)


def _grown(slot: _Slot, bands: list[_Band], room: float) -> bool:
    """Give one row more (an optional part: its first few) if the page has room; whether to ask again."""
    before = slot.rows
    if before >= slot.part.wanted:
        return False
    step = 1 if before else min(LANES_AT_ONCE, slot.part.wanted)
    slot.rows = before + step
    if _total(bands) > room:
        # the last row takes the place of "+ 1 more": try both at once before giving up
        slot.rows = slot.part.wanted if slot.part.wanted - before <= step + 1 else before
        if slot.rows == before or _total(bands) > room:
            slot.rows = before
            return False
    return slot.rows < slot.part.wanted


def _total(bands: list[_Band]) -> float:
    heights = [band.height for band in bands]
    return sum(heights) + BLOCK_GAP * (sum(1 for height in heights if height) - 1)


def _put_band(page: Page, band: _Band, x: float, y: float, width: float) -> None:
    if len(band.slots) == 1:
        slot = band.slots[0]
        slot.part.put(page, x, y, width, slot.rows)
        return
    left, right = band.slots
    left_width = (width - GUTTER) * band.share
    left.part.put(page, x, y, left_width, left.rows)
    right_x = x + left_width + GUTTER
    right.part.put(page, right_x, y, width - left_width - GUTTER, right.rows)


def put_foot(
    page: Page, document: PrintDocument, x: float, y: float, width: float, number_of: tuple[int, int]
) -> None:
    """What the print says of itself at the foot, and which page of how many it is."""
    page.rule(x, y, width, "line2")
    number = document.page_of.format(page=number_of[0], pages=number_of[1])
    page.say_right(x + width, y + 12.0, number, NOTE)
    page.say(x, y + 12.0, fitted(NOTE, document.foot, width - advance(NOTE, number) - 12), NOTE)

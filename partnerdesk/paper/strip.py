"""A plan in time on paper: marks of time across, a lane for each part of the plan, today as a line."""

from partnerdesk.domain.documents import Strip, StripLane
from partnerdesk.look.icons import Icon
from partnerdesk.paper.lettering import BODY, NOTE, advance, fitted
from partnerdesk.paper.page import Page
from partnerdesk.paper.parts import GAP, MORE, ROW, TITLE, put_more, section_head


class StripPart:
    """Bars outlined from first to last day and filled as far as they are done, with points on them."""

    NAMES = (0.2, 0.36)
    MARKS = 14.5
    BAR = 6.0
    POINT = 9.0
    LEAST = 6

    def __init__(self, block: Strip, more: str) -> None:
        self._block = block
        self._more = more
        self.wanted = len(block.lanes)
        self.least = min(self.LEAST, self.wanted)

    def height(self, rows: int) -> float:
        if not self.wanted:
            return 0.0
        return TITLE + self.MARKS + rows * ROW + (MORE if rows < self.wanted else 0.0)

    def put(self, page: Page, x: float, y: float, width: float, rows: int) -> None:
        if not rows:
            return
        section_head(page, x, y, width, self._block.title, self._block.note)
        names = self._names_room(width, rows)
        left, room, top = x + names, width - names - self.POINT / 2, y + TITLE + self.MARKS
        self._put_marks(page, left, room, top, rows)
        for place, lane in enumerate(self._block.lanes[:rows]):
            lane_top = top + place * ROW
            self._put_name(page, x, lane_top, names, lane)
            self._put_lane(page, left, room, lane_top, lane)
            page.rule(x, lane_top + ROW, width)
        put_more(page, x, top + rows * ROW, width, self._more, self.wanted - rows)

    def _names_room(self, width: float, rows: int) -> float:
        least, most = (share * width for share in self.NAMES)
        needs = [advance(BODY, lane.name) + self._number_room(lane) + GAP for lane in self._block.lanes[:rows]]
        return max(least, min(most, max(needs)))

    def _number_room(self, lane: StripLane) -> float:
        return advance(NOTE, lane.number) + 5 if lane.number else 0.0

    def _put_marks(self, page: Page, left: float, room: float, top: float, rows: int) -> None:
        page.rule(left, top, room, "line2")
        end = left
        for at, word in self._block.marks:
            page.stem(left + at * room, top, rows * ROW)
            begins = left + at * room + 2
            if word and begins >= end and begins + advance(NOTE, word) <= left + room:
                end = page.say(begins, top - 4.6, word, NOTE) + 4
        if self._block.today is not None:
            page.stem(left + self._block.today * room, top - 1.5, rows * ROW + 1.5, "accent", 1.0)

    def _put_name(self, page: Page, x: float, top: float, room: float, lane: StripLane) -> None:
        start = x
        if lane.number:
            start = page.say(x, top + 10.7, lane.number, NOTE) + 5
        page.say(start, top + 10.7, fitted(BODY, lane.name, x + room - GAP - start), BODY)

    def _put_lane(self, page: Page, left: float, room: float, top: float, lane: StripLane) -> None:
        bar = top + (ROW - self.BAR) / 2
        if lane.start is not None and lane.end is not None:
            wide = max(1.5, (lane.end - lane.start) * room)
            if lane.done:
                page.fill(left + lane.start * room, bar, wide * lane.done, self.BAR, "accent")
            page.frame(left + lane.start * room, bar, wide, self.BAR, "control")
        for point in lane.points:
            at = left + point.at * room - self.POINT / 2
            page.fill(at, top + (ROW - self.POINT) / 2, self.POINT, self.POINT, "surface")
            page.sign(at, top + (ROW - self.POINT) / 2, self.POINT, Icon[point.icon])

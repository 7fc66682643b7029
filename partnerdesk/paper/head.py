"""The head of a page: letterhead, names, running lines, facts; its height never runs away."""

from dataclasses import dataclass

from partnerdesk.domain.documents import Fact, Head, Letterhead
from partnerdesk.paper.lettering import (
    NAME,
    NAME_SMALL,
    NOTE,
    RUNNING,
    SECOND,
    SECOND_SMALL,
    SECTION,
    STRONG,
    Style,
    advance,
    broken,
    fitted,
)
from partnerdesk.paper.page import Page, picture_size

LOGO_HEIGHT = 24.0
LOGO_WIDTH = 120.0
FACT_GAP = 20.5
FACT_HIGH = 26.0
FACT_LINES = 2
WIDEST_FACT = 150.0


def put_letterhead(page: Page, x: float, y: float, width: float, letterhead: Letterhead, kind: str) -> float:
    """Office and unit on the left after the logo, what is printed on the right; returns the bottom."""
    right = fitted(NOTE, kind, width * 0.45)
    page.say_right(x + width, y + 6.4, right, NOTE)
    end = x + width - advance(NOTE, right) - 12
    left, high = x, 9.0
    if letterhead.logo:
        shown = _logo_size(letterhead.logo)
        if shown[0]:
            page.picture(x, y, *shown, letterhead.logo)
            left, high = x + shown[0] + 9, LOGO_HEIGHT
    office = fitted(SECTION, letterhead.office, (end - left) * (0.65 if letterhead.unit else 1))
    left = page.say(left, y + 6.4, office, SECTION) + 6
    if letterhead.unit:
        page.say(left, y + 6.4, fitted(NOTE, letterhead.unit, end - left), NOTE)
    return y + high


@dataclass(frozen=True, slots=True)
class HeadPart:
    """The head's lines, broken for one width, and where each of them stands."""

    lines: tuple[tuple[float, str, Style, str], ...]
    facts: tuple[tuple[float, float, Fact], ...]
    height: float

    def put(self, page: Page, x: float, y: float) -> None:
        """Draw it with its top left corner at (x, y)."""
        for base, text, style, script in self.lines:
            page.say(x, y + base, text, style, script)
        for left, top, fact in self.facts:
            page.say(x + left, y + top + 7, fact.label, NOTE)
            page.say(x + left, y + top + 18.6, fact.value, STRONG)


def head_part(head: Head, width: float) -> HeadPart:
    """Break the head's lines for `width` points: names get smaller before they are cut."""
    lines: list[tuple[float, str, Style, str]] = []
    top = 0.0

    def add(texts: list[str], style: Style, script: str = "") -> None:
        nonlocal top
        for text in texts:
            lines.append((top + 0.5 * style.leading + 0.36 * style.size, text, style, script))
            top += style.leading

    add(*_name(head.name, width))
    second, second_style = _second(head, width)
    add(second, second_style, head.script)
    if head.lines:
        top += 4.6
    for place, line in enumerate(head.lines):
        add(broken(RUNNING, line, width, 2 if place == 0 else 3), RUNNING)
    facts, bottom = _facts(head.facts, width, top + 8.0)
    return HeadPart(tuple(lines), facts, bottom if facts else top)


def _name(name: str, width: float) -> tuple[list[str], Style]:
    if advance(NAME, name) <= 2 * width * 0.9:
        return broken(NAME, name, width, 2), NAME
    return broken(NAME_SMALL, name, width, 2), NAME_SMALL


def _second(head: Head, width: float) -> tuple[list[str], Style]:
    if advance(SECOND, head.second_name, head.script) <= width:
        return broken(SECOND, head.second_name, width, 1, head.script), SECOND
    return broken(SECOND_SMALL, head.second_name, width, 2, head.script), SECOND_SMALL


def _facts(facts: tuple[Fact, ...], width: float, top: float) -> tuple[tuple[tuple[float, float, Fact], ...], float]:
    placed: list[tuple[float, float, Fact]] = []
    left, line = 0.0, 0
    for fact in facts:
        shown = Fact(fitted(NOTE, fact.label, WIDEST_FACT), fitted(STRONG, fact.value, WIDEST_FACT))
        wide = max(advance(NOTE, shown.label), advance(STRONG, shown.value))
        if left and left + wide > width:
            left, line = 0.0, line + 1
        if line == FACT_LINES:
            break
        placed.append((left, top + line * FACT_HIGH, shown))
        left += wide + FACT_GAP
    return tuple(placed), top + min(line + 1, FACT_LINES) * FACT_HIGH - 4.5


def _logo_size(data: bytes) -> tuple[float, float]:
    wide, high = picture_size(data)
    if wide <= 0 or high <= 0:
        return 0.0, 0.0
    scale = min(LOGO_HEIGHT / high, LOGO_WIDTH / wide)
    return wide * scale, high * scale

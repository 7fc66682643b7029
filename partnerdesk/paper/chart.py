"""The balance of exchange on paper: sent up, received down, on one scale, and the balance after each year."""

from partnerdesk.domain.documents import BalanceChart, YearBar
from partnerdesk.paper.lettering import FIGURE, NOTE, WORD, Style, advance, fitted
from partnerdesk.paper.page import Page
from partnerdesk.paper.parts import TITLE, section_head

BARS_HIGH = 96.0
LEGEND = 16.0
YEARS = 30.0
CHART_HIGH = TITLE + LEGEND + BARS_HIGH + YEARS
FIGURE_HIGH = 9.0
WIDEST = 34.0


def put_chart(page: Page, x: float, y: float, width: float, chart: BalanceChart) -> None:
    """Draw the chart with its top left corner at (x, y), CHART_HIGH high."""
    section_head(page, x, y, width, chart.title, chart.note)
    top = y + TITLE
    _put_legend(page, x, top, chart)
    top += LEGEND
    if not chart.bars:
        return
    most_up = max(bar.sent for bar in chart.bars)
    most_down = max(bar.received for bar in chart.bars)
    room = BARS_HIGH - 2 * FIGURE_HIGH
    scale = room / ((most_up + most_down) or 1.0)
    zero = top + FIGURE_HIGH + most_up * scale
    slot = width / len(chart.bars)
    wide = min(WIDEST, slot * 0.6)
    for place, bar in enumerate(chart.bars):
        middle = x + (place + 0.5) * slot
        _put_bar(page, middle, zero, wide, scale, bar)
        _centred(page, middle, y + CHART_HIGH - YEARS + 11, fitted(NOTE, bar.year, slot - 3), NOTE)
        _centred(page, middle, y + CHART_HIGH - YEARS + 22, signed(bar.after), FIGURE)
    page.rule(x, zero, width, "control")


def signed(number: float) -> str:
    """A balance with its sign: "+4", "−11", "0"."""
    shown = f"{abs(number):g}"
    return shown if not number else f"+{shown}" if number > 0 else f"−{shown}"


def _put_legend(page: Page, x: float, y: float, chart: BalanceChart) -> None:
    page.fill(x, y + 4.5, 7, 7, "accent")
    left = page.say(x + 11, y + 10.7, chart.sent, WORD) + 14
    page.fill(left, y + 4.5, 7, 7, "line2")
    page.say(left + 11, y + 10.7, chart.received, WORD)


def _put_bar(page: Page, middle: float, zero: float, wide: float, scale: float, bar: YearBar) -> None:
    left = middle - wide / 2
    up, down = bar.sent * scale, bar.received * scale
    for amount, high, top, role in ((bar.sent, up, zero - up, "accent"), (bar.received, down, zero, "line2")):
        if not amount:
            continue
        if bar.planned:
            page.frame(left, top, wide, high, "control", dashed=True)
        else:
            page.fill(left, top, wide, high, role)
        base = zero - up - 2.5 if role == "accent" else zero + down + 7.5
        _centred(page, middle, base, f"{amount:g}", WORD)


def _centred(page: Page, middle: float, base: float, words: str, style: Style) -> None:
    page.say(middle - advance(style, words) / 2, base, words, style)

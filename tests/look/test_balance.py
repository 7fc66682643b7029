"""The chart of a balance: one scale, figures at its bars, forecast dashed, nothing outside its room."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from partnerdesk.look import tokens
from partnerdesk.look.balance import BalanceChart, BalanceYear, paint_balance, paint_legend, plain_figure

YEARS = (BalanceYear("24/25", 50, 60, balance=-10, forecast=-10),
         BalanceYear("25/26", 53, 54, balance=-11, forecast=-11),
         BalanceYear("26/27", planned_sent=4, planned_received=6, balance=-11, forecast=-13))
WORDS = ("Sent", "Received", "Balance")


def drawn(chart: BalanceChart, t: tokens.Tokens, room: QRectF | None = None) -> QImage:
    image = QImage(400, 240, QImage.Format.Format_RGB32)
    image.fill(t.surface)
    painter = QPainter(image)
    paint_balance(painter, room or QRectF(20, 20, 360, 200), chart, t, 1.0)
    painter.end()
    return image


def holds(image: QImage, color: QColor) -> int:
    return sum(image.pixelColor(x, y) == color for x in range(0, image.width(), 2) for y in range(image.height()))


@pytest.mark.parametrize("theme", [tokens.light, tokens.dark, tokens.paper])
def test_that_sent_and_received_are_painted_in_their_colours(qapp, theme):
    t = theme()
    image = drawn(BalanceChart(YEARS, *WORDS), t)
    printed = t.name == "print"
    assert holds(image, t.accent if printed else t.series[0]) > 400
    assert holds(image, t.line2 if printed else t.series[1]) > 400


def test_that_bars_of_both_directions_are_on_one_scale(qapp):
    t = tokens.light()
    image = drawn(BalanceChart((BalanceYear("", 40, 20),), *WORDS), t)
    up, down = holds(image, t.series[0]), holds(image, t.series[1])
    assert 1.9 < up / down < 2.1


def test_that_nothing_is_painted_outside_its_room(qapp):
    t = tokens.light()
    room = QRectF(60, 40, 280, 160)
    image = drawn(BalanceChart(YEARS, *WORDS, what_if=-23.0), t, room)
    outside = [(x, y) for x in range(400) for y in range(240)
               if not room.adjusted(-1, -1, 1, 1).contains(x, y) and image.pixelColor(x, y) != t.surface]
    assert outside == []


def test_that_a_what_if_and_a_forecast_are_seen(qapp):
    t = tokens.light()
    plain = drawn(BalanceChart(YEARS[:2], *WORDS), t)
    assert drawn(BalanceChart(YEARS[:2], *WORDS, what_if=-23.0), t) != plain
    assert drawn(BalanceChart(YEARS, *WORDS), t) != plain


def test_that_a_chart_without_years_paints_nothing(qapp):
    t = tokens.light()
    assert holds(drawn(BalanceChart((), *WORDS), t), t.surface) == 200 * 240


def test_that_the_legend_names_each_part(qapp):
    t = tokens.light()
    image = QImage(400, 20, QImage.Format.Format_RGB32)
    image.fill(t.surface)
    painter = QPainter(image)
    paint_legend(painter, QRectF(0, 0, 400, 20), BalanceChart(YEARS, *WORDS), t, 1.0)
    painter.end()
    assert holds(image, t.series[0]) and holds(image, t.series[1])


def test_that_figures_are_written_without_needless_digits():
    assert [plain_figure(n) for n in (0, 4.0, 4.25, 1204)] == ["0", "4", "4.2", "1,204"]

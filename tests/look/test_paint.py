"""Small shapes: numbers as people write them, chips within bounds, meters that tell the truth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from partnerdesk.look import paint, tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, mirror
from partnerdesk.look.paint import write


@pytest.fixture(autouse=True)
def light_theme(qapp):
    tokens.set_current(tokens.light(), 100)


@pytest.fixture
def canvas():
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return image


@pytest.mark.parametrize("number, words", [(2, "+2"), (0, "0"), (-11, "−11"), (-1204, "−1,204")])
def test_that_a_balance_has_a_sign_and_a_true_minus(number, words):
    assert paint.signed(number) == words


@given(st.integers(-(10**6), 10**6))
def test_that_a_balance_never_holds_a_hyphen(number):
    assert "-" not in paint.signed(number)


@pytest.mark.parametrize(
    "name, letters", [("Marta Ilves", "MI"), ("Ana María del Río", "AR"), ("Li", "L"), ("", ""), ("– Bo", "B")]
)
def test_that_a_person_is_known_by_first_and_last_initial(name, letters):
    assert paint.initials(name) == letters


def test_that_long_words_end_with_an_ellipsis_within_their_room():
    cut = paint.elided("National University of Singapore", font("body"), 90)
    assert cut.endswith("…")
    assert QFontMetricsF(font("body")).horizontalAdvance(cut) <= 90


def test_that_a_chip_never_leaves_its_column(canvas):
    painter = QPainter(canvas)
    width = paint.chip(painter, QRectF(0, 0, 60, 40), "warn", "Waiting for the partner", Icon.WAITING)
    painter.end()
    assert width <= 60
    assert {canvas.pixelColor(x, 20).name() for x in range(61, 200)} == {"#ffffff"}


@pytest.mark.parametrize("used, total, filled", [(0, 4, 0), (2, 4, 100), (4, 4, 200)])
def test_that_a_meter_is_filled_by_its_share(canvas, used, total, filled):
    painter = QPainter(canvas)
    paint.meter(painter, QRectF(0, 18, 200, 4), used, total)
    painter.end()
    accent = tokens.light().accent.name()
    assert sum(canvas.pixelColor(x, 20).name() == accent for x in range(200)) == pytest.approx(filled, abs=4)


def test_that_a_meter_past_its_total_is_full_and_red(canvas):
    painter = QPainter(canvas)
    paint.meter(painter, QRectF(0, 18, 200, 4), 9, 8)
    painter.end()
    assert canvas.pixelColor(195, 20).name() == tokens.light().danger.fill.name()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_that_a_hairline_is_not_blurred_at_any_pixel_ratio(ratio):
    image = QImage(round(100 * ratio), round(40 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint.hairline(painter, QPointF(0, 17.3), QPointF(100, 17.3), QColor("black"))
    painter.end()
    column = {image.pixelColor(20, y).name() for y in range(image.height())}
    assert column == {"#ffffff", "#000000"}


def _inked(image):
    """The first and the last column with ink."""
    columns, lines = range(image.width()), range(image.height())
    dark = [x for x in columns if any(image.pixelColor(x, y).lightness() < 160 for y in lines)]
    return dark[0], dark[-1]


def _painted(direction):
    image = QImage(200, 24, QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    mirror(painter, QRectF(0, 0, 200, 24), direction)
    write(painter, QRectF(20, 0, 100, 24), "Lk", font("body"), QColor("black"))
    painter.end()
    return image


def test_that_a_mirrored_painting_has_its_words_upright_at_the_other_side(qapp):
    plain, turned = _painted(Qt.LayoutDirection.LeftToRight), _painted(Qt.LayoutDirection.RightToLeft)
    (first, last), (begin, end) = _inked(plain), _inked(turned)
    assert abs(end - (199 - first)) <= 3
    word = plain.copy(first, 0, last - first + 1, 24)
    other = turned.copy(begin, 0, end - begin + 1, 24)
    assert abs(word.width() - other.width()) <= 1
    # an L has its stem at the left, in a mirror it would have it at the right
    stems = [sum(shown.pixelColor(1, y).lightness() < 160 for y in range(24)) for shown in (word, other)]
    assert abs(stems[0] - stems[1]) <= 1


@pytest.mark.parametrize("dark", [False, True])
def test_that_a_chip_on_a_ground_like_its_own_is_filled_with_the_surface(qapp, dark):
    t = tokens.dark() if dark else tokens.light()
    shown = QImage(120, 30, QImage.Format.Format_RGB32)
    filled = {}
    for ground in (t.sel_inactive, t.surface):
        shown.fill(ground)
        painter = QPainter(shown)
        paint.chip(painter, QRectF(5, 5, 110, 20), "neutral", "Draft", None, t, ground)
        painter.end()
        filled[ground.rgb()] = shown.pixelColor(12, 15)
    assert filled[t.sel_inactive.rgb()] == t.surface
    assert filled[t.surface.rgb()] == t.neutral_soft

"""One typeface in its weights, the same on every machine."""

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF

from partnerdesk.look import fonts, tokens


@pytest.fixture(autouse=True)
def plain_size(qapp):
    tokens.set_current(tokens.light(), 100)
    yield
    tokens.set_current(tokens.light(), 100)


@pytest.mark.parametrize("style", tokens.TYPES)
def test_that_every_style_of_the_scale_is_inter_in_its_weight(style):
    found = QFontInfo(fonts.font(style))
    assert found.family() == "Inter"
    assert found.weight() == tokens.TYPES[style].weight


def test_that_the_three_weights_differ_in_width():
    widths = {w: QFontMetricsF(fonts.font("body", w)).horizontalAdvance("Partnership") for w in (400, 500, 600)}
    assert widths[400] < widths[500] < widths[600]


def test_that_no_text_is_smaller_than_eleven_pixels():
    assert min(fonts.font(style).pixelSize() for style in tokens.TYPES) == 11


def test_that_the_user_scale_makes_text_larger():
    before = QFontMetricsF(fonts.font("body")).horizontalAdvance("Partnership")
    tokens.set_current(tokens.light(), 200)
    assert QFontMetricsF(fonts.font("body")).horizontalAdvance("Partnership") == pytest.approx(2 * before, rel=0.05)


@pytest.mark.parametrize("style", ["number", "small_number", "count", "figure"])
def test_that_figures_of_numbers_have_one_width(style):
    metrics = QFontMetricsF(fonts.font(style))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_that_a_callers_change_does_not_reach_the_next_caller():
    fonts.font("body").setPixelSize(40)
    assert fonts.font("body").pixelSize() == 13


@pytest.mark.parametrize("style", ["body", "name", "small", "tiny"])
def test_that_a_hyphen_in_words_is_narrower_than_a_figure(style):
    metrics = QFontMetricsF(fonts.font(style))
    assert metrics.horizontalAdvance("-") < 0.8 * metrics.horizontalAdvance("0")


def test_that_indic_words_are_shaped_without_a_warning(qapp, capfd):
    QFontMetricsF(fonts.font("body")).horizontalAdvance("भारतीय प्रौद्योगिकी संस्थान")
    assert "OpenType" not in capfd.readouterr().err

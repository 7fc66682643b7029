"""Colours can be read, on every ground they lie on, in both themes."""

import pytest
from PySide6.QtGui import QColor

from partnerdesk.look import tokens

THEMES = {"light": tokens.light(), "dark": tokens.dark()}
GROUNDS = ("surface", "window", "sidebar", "sunken", "hover", "selection", "raised")


@pytest.fixture(autouse=True)
def theme_kept():
    before = tokens.current(), round(tokens.scale() * 100)
    yield
    tokens.set_current(*before)


def contrast(one, other):
    def luminance(color):
        parts = (color.redF(), color.greenF(), color.blueF())
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("role", ["text", "text2", "muted", "accent_text", "success", "warn", "danger", "info"])
def test_that_every_text_role_reads_on_every_ground(theme, role):
    for ground in GROUNDS:
        assert contrast(theme.role(role), theme.role(ground)) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("kind", tokens.KINDS)
def test_that_every_chip_reads_on_its_soft_ground(theme, kind):
    tone = theme.tone(kind)
    assert contrast(tone.text, tone.soft) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(
    "ink, ground",
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("on_accent", "accent_pressed"),
        ("surface", "danger"),
        ("surface", "danger_hover"),
        ("surface", "danger_pressed"),
        ("tip_text", "tip_bg"),
        ("text2", "neutral_soft"),
        ("text", "line"),
        ("text", "sel_inactive"),
        ("accent_text", "accent_soft"),
    ],
)
def test_that_text_on_a_fill_reads(theme, ink, ground):
    assert contrast(theme.role(ink), theme.role(ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("kind", ["success", "warn", "danger", "info"])
def test_that_the_words_of_a_message_and_of_a_line_beneath_a_field_read(theme, kind):
    tone = theme.tone(kind)
    for ground in (tone.soft, theme.surface, theme.window, theme.raised):
        assert contrast(tone.text, ground) >= 4.5, ground.name()
        assert contrast(theme.text, ground) >= 4.5, ground.name()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_filter_chips_read_at_rest_under_the_pointer_and_when_active(theme):
    for ink, ground in (("text2", "surface"), ("text", "hover"), ("accent_text", "accent_soft")):
        assert contrast(theme.role(ink), theme.role(ground)) >= 4.5, (ink, ground)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_the_focus_ring_stands_out_from_whatever_it_lies_on(theme):
    for ground in (*GROUNDS, "sel_inactive", "accent_soft"):
        assert contrast(theme.focus, theme.role(ground)) >= 3, ground


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_what_is_disabled_is_exempt_but_not_invisible(theme):
    assert 1.9 <= contrast(theme.role("disabled"), theme.surface) < 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_edges_rings_and_bars_stand_out_from_the_surface(theme):
    parts = [theme.control, theme.focus, theme.accent, *theme.series]
    parts += [theme.tone(kind).fill for kind in ("success", "warn", "danger", "info")]
    for color in parts:
        assert contrast(color, theme.surface) >= 3, color.name()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_that_neighbouring_steps_of_a_scale_can_be_told_apart(theme):
    for lower, higher in zip(theme.sequential, theme.sequential[1:], strict=False):
        assert contrast(lower, higher) >= 1.39


def test_that_ink_on_paper_reads_on_white():
    ink = tokens.paper()
    for role in ("text", "text2", "muted", "disabled", "accent", "success", "danger"):
        assert contrast(ink.role(role), QColor("white")) >= 4.5, role


def test_that_an_unknown_kind_of_chip_is_refused():
    with pytest.raises(KeyError):
        tokens.light().tone("surface")


@pytest.mark.parametrize("wanted, kept", [(10, 90), (125, 125), (500, 200)])
def test_that_the_text_size_stays_within_its_bounds(wanted, kept):
    tokens.set_current(tokens.light(), wanted)
    assert tokens.px(100) == kept

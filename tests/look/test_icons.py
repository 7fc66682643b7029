"""Icons exist, differ, and take the colour of the theme they are painted in."""

import json

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from partnerdesk.domain.resources import resource_path
from partnerdesk.look import tokens
from partnerdesk.look.icons import COOPERATION, Icon, icon


@pytest.fixture(autouse=True)
def light_theme(qapp):
    tokens.set_current(tokens.light(), 100)
    yield
    tokens.set_current(tokens.light(), 100)


def strongest(pixmap):
    image = pixmap.toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha)


@pytest.mark.parametrize("meaning", Icon)
def test_that_every_icon_draws_something(meaning):
    assert strongest(icon(meaning).pixmap(QSize(32, 32), 1.0)).alpha() > 150


def test_that_no_two_icons_look_the_same():
    pictures = [bytes(icon(meaning).pixmap(QSize(48, 48), 1.0).toImage().constBits()) for meaning in Icon]
    assert len(set(pictures)) == len(pictures)


def test_that_an_icon_made_before_follows_a_change_of_theme():
    made = icon(Icon.PARTNERS, "text")
    before = strongest(made.pixmap(QSize(64, 64), 1.0))
    tokens.set_current(tokens.dark())
    after = strongest(made.pixmap(QSize(64, 64), 1.0))
    assert before.lightness() < 80 < 170 < after.lightness()


def test_that_an_icon_is_sharp_at_twice_the_pixels():
    pixmap = icon(Icon.ADD).pixmap(QSize(16, 16), 2.0)
    assert pixmap.toImage().width() == 32


def test_that_a_disabled_icon_is_faint():
    plain = strongest(icon(Icon.ADD, "text").pixmap(QSize(64, 64), 1.0))
    faint = strongest(icon(Icon.ADD, "text").pixmap(QSize(64, 64), 1.0, QIcon.Mode.Disabled))
    assert faint.lightness() > plain.lightness() + 60


def test_that_cooperation_has_its_five_forms_in_order():
    assert [form for form, _ in COOPERATION] == ["students", "staff", "research", "curriculum", "practice"]


def test_that_the_strokes_in_store_are_those_of_the_icons():
    stored = json.loads(resource_path("icons", "strokes.json").read_text(encoding="utf-8"))
    assert sorted(stored) == sorted(meaning.value for meaning in Icon)

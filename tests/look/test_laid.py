"""Words laid out once are the words painted directly, cut where they do not fit."""

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from partnerdesk.look import tokens
from partnerdesk.look.fonts import kept_font
from partnerdesk.look.laid import laid
from partnerdesk.look.paint import elided, say_line

NAME = "National University of Singapore"


def laid_out(words, width, style="name"):
    return laid(words, style, None, tokens.scale(), 1.0, width, False)


def picture(paint):
    image = QImage(300, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


@pytest.mark.parametrize("style", ["name", "number", "body"])
def test_that_laid_words_look_as_words_painted_directly(qapp, style):
    def directly(painter):
        say_line(painter, QRectF(10, 5, 250, made.height), NAME, style, QColor("black"))

    def kept(painter):
        painter.setFont(kept_font(style))
        painter.setPen(QColor("black"))
        painter.drawStaticText(QPointF(10, 5), made.words)

    made = laid_out(NAME, 250, style)
    assert picture(kept) == picture(directly)


def test_that_words_wider_than_their_room_are_cut(qapp):
    made = laid_out(NAME, 80)
    assert made.words.text() == elided(NAME, kept_font("name"), 80)
    assert made.words.text().endswith("…")
    assert made.width <= 80


def test_that_words_that_fit_are_whole(qapp):
    assert laid_out(NAME, 400).words.text() == NAME


def test_that_a_line_break_becomes_a_space(qapp):
    assert laid_out("one\ntwo", 400).words.text() == "one two"


def test_that_the_same_words_are_laid_out_once(qapp):
    assert laid_out(NAME, 123).words is laid_out(NAME, 123).words


def test_that_markup_is_shown_as_it_is_written(qapp):
    tagged = laid_out("<b>x</b>", 400)
    assert tagged.width > laid_out("x", 400).width * 3

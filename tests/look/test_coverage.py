"""The coverage strip: days lie where they belong and what is drawn is what is meant."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from partnerdesk.look import tokens
from partnerdesk.look.coverage import (
    BAR,
    BAR_TOP,
    HEAD,
    LANE,
    Coverage,
    Lane,
    Notice,
    Segment,
    Year,
    coverage_height,
    day_at,
    lane_at,
    paint_coverage,
)

YEARS = tuple(Year(f"{y % 100}/{y % 100 + 1}", date(y, 9, 1), date(y + 1, 8, 31)) for y in range(2022, 2026))
WIDE = 400


def strip(*lanes, today=date(2024, 3, 1)):
    return Coverage(YEARS, lanes, today, "gap")


def drawn(coverage, theme=None):
    image = QImage(WIDE, round(coverage_height(len(coverage.lanes))), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_coverage(painter, QRectF(0, 0, WIDE, image.height()), coverage, theme or tokens.light(), 1.0)
    painter.end()
    return image


def bar_at(image, x, lane=0):
    return image.pixelColor(x, round(HEAD + lane * LANE + BAR_TOP + BAR / 2)).name()


def test_that_a_held_stretch_is_blue_exactly_where_it_holds(qapp):
    image = drawn(strip(Lane("MoU", (Segment(date(2023, 9, 1), date(2024, 8, 31)),))))
    blue = tokens.light().accent.name()
    assert bar_at(image, 150) == blue
    assert bar_at(image, 90) != blue
    assert bar_at(image, 210) != blue


def test_that_an_open_agreement_runs_to_the_edge(qapp):
    image = drawn(strip(Lane("MoU", (Segment(None, None),))))
    assert bar_at(image, 10) == bar_at(image, WIDE - 10) == tokens.light().accent.name()


def test_that_a_draft_is_not_drawn_as_held(qapp):
    image = drawn(strip(Lane("MoU", (Segment(date(2022, 9, 1), None, "draft"),))))
    assert bar_at(image, 150) == tokens.light().accent_soft.name()


def test_that_the_line_of_today_stands_on_its_day_over_the_bars(qapp):
    image = drawn(strip(Lane("MoU", (Segment(None, None),)), today=date(2024, 3, 1)))
    red = [x for x in range(WIDE) if bar_at(image, x) == tokens.light().danger.fill.name()]
    assert red
    assert 148 <= red[0] <= 151


def test_that_a_notice_marks_the_bar(qapp):
    plain = drawn(strip(Lane("MoU", (Segment(None, None),))))
    ticked = drawn(strip(Lane("MoU", (Segment(None, None),), (Notice(date(2025, 3, 1)),))))
    assert plain != ticked


def test_that_paper_draws_in_ink_and_one_blue(qapp):
    image = drawn(strip(Lane("MoU", (Segment(None, None),))), tokens.paper())
    assert bar_at(image, 60) == tokens.paper().accent.name()


def test_that_nothing_is_drawn_without_years(qapp):
    coverage = Coverage((), (Lane("MoU", ()),), date(2024, 3, 1), "gap")
    image = drawn(coverage)
    assert image.pixelColor(10, 10).name() == "#ffffff"


@given(st.integers(0, 4 * 365))
def test_that_a_day_is_found_again_at_its_place(offset):
    day = YEARS[0].first + timedelta(days=offset)
    place = next(i for i, year in enumerate(YEARS) if day <= year.last)
    year = YEARS[place]
    share = ((day - year.first).days + 0.5) / ((year.last - year.first).days + 1)
    assert day_at((place + share) * 100, WIDE, strip()) == day


@pytest.mark.parametrize("y, lane", [(5, None), (HEAD + 1, 0), (HEAD + LANE + 1, 1), (HEAD + 2 * LANE + 1, None)])
def test_that_a_lane_is_found_under_the_pointer(y, lane):
    assert lane_at(y, strip(Lane("a", ()), Lane("b", ()))) == lane

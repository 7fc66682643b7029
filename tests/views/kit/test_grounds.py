"""Panes and scroll bars are drawn in the colours of the theme, and a bar's parts fill it without a gap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QScrollArea, QStyle, QStyleOptionSlider, QWidget

from partnerdesk.look import tokens
from partnerdesk.views.kit.grounds import BAR, HANDLE_MIN, scroll_part
from partnerdesk.views.kit.labels import Pane
from partnerdesk.views.kit.style import apply_theme

_Sub = QStyle.SubControl


@pytest.fixture(params=["light", "dark"])
def theme(request, qapp):
    apply_theme(qapp, request.param, 100)
    yield tokens.current()
    apply_theme(qapp, "light", 100)


def seen(widget, x, y):
    return QColor(widget.grab().toImage().pixel(x, y)).name()


@pytest.mark.parametrize(("pane", "ground", "edge"), [
    ("window", "window", None), ("surface", "surface", None), ("sunken", "sunken", None),
    ("header", "surface", (30, 39)), ("footer", "sunken", (30, 0)), ("strip", "sidebar", (30, 39)),
    ("sidebar", "sidebar", (59, 20)), ("card", "surface", (30, 39)),
])
def test_that_a_pane_has_its_ground_and_its_hairline(theme, qtbot, pane, ground, edge):
    made = Pane(pane)
    qtbot.addWidget(made)
    made.resize(60, 40)
    assert seen(made, 30, 20) == getattr(theme, ground).name()
    if edge is not None:
        assert seen(made, *edge) == theme.line.name()


def test_that_the_hairline_of_the_sidebar_is_on_the_side_of_the_page(theme, qtbot):
    made = Pane("sidebar")
    qtbot.addWidget(made)
    made.resize(60, 40)
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert seen(made, 0, 20) == theme.line.name()
    assert seen(made, 59, 20) == theme.sidebar.name()


def test_that_a_widget_without_a_pane_has_no_ground_of_its_own(theme, qtbot):
    below = Pane("sunken")
    qtbot.addWidget(below)
    below.resize(60, 40)
    above = QWidget(below)
    above.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    above.resize(60, 40)
    assert seen(below, 30, 20) == theme.sunken.name()


def test_that_a_pane_follows_the_theme(qapp, qtbot):
    apply_theme(qapp, "light", 100)
    made = Pane("surface")
    qtbot.addWidget(made)
    made.resize(60, 40)
    apply_theme(qapp, "dark", 100)
    assert seen(made, 30, 20) == tokens.dark().surface.name()
    apply_theme(qapp, "light", 100)


def test_that_nothing_wears_a_style_sheet(theme, qapp, qtbot):
    made = Pane("surface")
    qtbot.addWidget(made)
    assert qapp.styleSheet() == made.styleSheet() == ""


def test_that_the_handle_of_a_scroll_bar_is_seen_in_its_groove(theme, qtbot):
    room = QScrollArea()
    qtbot.addWidget(room)
    body = QWidget()
    body.resize(100, 1000)
    room.setWidget(body)
    room.resize(200, 200)
    room.show()
    QApplication.processEvents()
    bar = room.verticalScrollBar()
    assert bar.width() == BAR
    image = bar.grab().toImage()
    assert QColor(image.pixel(BAR // 2, 10)).name() == theme.line2.name()
    assert QColor(image.pixel(BAR // 2, bar.height() - 5)).name() != theme.line2.name()


@given(
    long=st.integers(40, 2000), least=st.integers(-50, 50), span=st.integers(0, 10**6), page=st.integers(1, 5000),
    at=st.floats(0, 1), flat=st.booleans(), mirrored=st.booleans(),
)
def test_that_handle_and_pages_fill_the_groove(long, least, span, page, at, flat, mirrored):
    option = QStyleOptionSlider()
    option.rect = QRect(3, 4, long, BAR) if flat else QRect(3, 4, BAR, long)
    option.orientation = Qt.Orientation.Horizontal if flat else Qt.Orientation.Vertical
    option.direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    option.minimum, option.maximum, option.pageStep = least, least + span, page
    option.sliderPosition = least + round(at * span)
    parts = [scroll_part(option, part)
             for part in (_Sub.SC_ScrollBarSubPage, _Sub.SC_ScrollBarSlider, _Sub.SC_ScrollBarAddPage)]
    lengths = [part.width() if flat else part.height() for part in parts]
    assert sum(lengths) == long and min(lengths) >= 0 and lengths[1] >= HANDLE_MIN
    whole = scroll_part(option, _Sub.SC_ScrollBarGroove)
    assert all(whole.contains(part) for part in parts if not part.isEmpty()) and whole == option.rect
    assert scroll_part(option, _Sub.SC_ScrollBarAddLine).isEmpty()

"""Tab goes through each form as it is read: from top to bottom, within a line along the writing."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from partnerdesk.views.kit.scroll import ScrollRoom

SAME_LINE = 14


@pytest.fixture
def driven(drive, office_file):
    return drive(office_file)


def walked(driven, form, first):
    """The places of the controls within `form` that Tab reaches from `first` on, with their names."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    driven.settle()
    stops = []
    while (at := QApplication.focusWidget()) is not None and form.isAncestorOf(at):
        name = at.objectName() or at.accessibleName() or type(at).__name__
        if stops and (name, at) == stops[0][2:]:
            break
        stops.append((*place(at, form), name, at))
        assert len(stops) < 120, "Tab goes round in circles"
        QTest.keyClick(at, Qt.Key.Key_Tab)
        QTest.qWait(1)
    return stops


def place(control, form):
    """Where a control's first line stands in a form, whatever is scrolled: y and x in px."""
    at = control.mapTo(form, QPoint(control.width() // 2, min(14, control.height() // 2)))
    around = control.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            at += QPoint(around.horizontalScrollBar().value(), around.verticalScrollBar().value())
        around = None if around is form else around.parentWidget()
    return at.y(), at.x()


def against_reading(stops, mirrored=False):
    """The pairs of names that Tab takes the wrong way round."""
    wrong = []
    for (y, x, name, _), (next_y, next_x, next_name, _) in pairwise(stops):
        beside = abs(next_y - y) <= SAME_LINE
        further = next_x < x if mirrored else next_x > x
        if not (further if beside else next_y > y):
            wrong.append((name, y, x, next_name, next_y, next_x))
    return wrong


@pytest.mark.parametrize(("tab", "first", "least"), [("overview", "responsible", 12), ("details", "name", 20)])
def test_that_tab_walks_through_the_form_of_a_partner_as_it_is_read(driven, tab, first, least):
    pane = driven.house.partners.pane
    pane.show_tab(tab)
    driven.settle()
    room = next(r for r in pane.findChildren(ScrollRoom) if r.isVisible())
    stops = walked(driven, room, driven.field(first, pane))
    assert len(stops) >= least
    assert against_reading(stops) == []


@pytest.mark.parametrize("tab", ["overview", "parties", "log"])
def test_that_tab_walks_through_the_form_of_an_agreement_as_it_is_read(driven, tab):
    driven.window.go("agreements")
    driven.settle()
    driven.house.agreements.table.select_row(0)
    driven.settle()
    pane = driven.house.agreements.pane
    pane.show_tab(tab)
    driven.settle()
    room = next(r for r in pane.findChildren(ScrollRoom) if r.isVisible())
    stops = walked(driven, room, first_of(room))
    assert len(stops) >= 4
    assert against_reading(stops) == []


@pytest.mark.parametrize(("first", "last"), [("who", "start"), ("office.name", "home.website")])
def test_that_tab_walks_down_each_column_of_the_settings(driven, first, last):
    driven.window.go("settings")
    driven.settle()
    page = driven.window.page
    stops = walked(driven, page, page.findChild(QWidget, first))
    names = [name for _, _, name, _ in stops]
    column = stops[names.index(first):names.index(last) + 1]
    assert len(column) >= 4
    assert against_reading(column) == []


def test_that_tab_walks_through_the_columns_of_an_import_as_they_are_read(driven):
    driven.house.import_text("Partner\tCountry\tCity\nNordlys Universitet\tDenmark\tAarhus\n")
    driven.settle()
    mapping = driven.house.data.imports.mapping
    stops = walked(driven, mapping, first_of(mapping))
    assert len(stops) >= 5
    assert against_reading(stops) == []


def first_of(form):
    """The control of a form that stands highest, of those the one that is read first."""
    mine = [w for w in form.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return min(mine, key=lambda w: (w.mapTo(form, QPoint(0, 0)).y() // SAME_LINE, w.mapTo(form, QPoint(0, 0)).x()))

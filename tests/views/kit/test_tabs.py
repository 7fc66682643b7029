"""Tabs keep the chosen one in sight, count, and tell what is wanted of them."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt

from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.kit.tabs import Tab, Tabs

VIEWS = (
    Tab("all", "All partners", "312"),
    Tab("tier", "Tier 1 and 2", "38"),
    Tab("ending", "Ending within 90 days", "14"),
    Tab("off", "Closed", enabled=False),
    Tab("none", "No agreement this year", "6"),
)


@pytest.fixture(autouse=True)
def light_desk(qapp):
    apply_theme(qapp, "light", 100)


@pytest.fixture
def tabs(qtbot):
    made = Tabs("Views", VIEWS)
    qtbot.addWidget(made)
    made.resize(900, 34)
    made.show()
    return made


def middle(tabs, key):
    return tabs.rect_of(key).center().toPoint()


def test_that_a_click_chooses_and_tells_once(tabs, qtbot):
    told = []
    tabs.chosen.connect(told.append)
    for _ in range(2):
        qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=middle(tabs, "tier"))
    assert told == ["tier"]
    assert tabs.accessibleName() == "Views: Tier 1 and 2"


def test_that_arrow_keys_pass_over_what_cannot_be_chosen(tabs, qtbot):
    tabs.set_value("ending")
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.value == "none"
    qtbot.keyClick(tabs, Qt.Key.Key_Home)
    assert tabs.value == "all"


def test_that_a_disabled_tab_cannot_be_clicked(tabs, qtbot):
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=middle(tabs, "off"))
    assert tabs.value == "all"


@pytest.mark.parametrize("width", range(130, 900, 70))
def test_that_the_chosen_tab_is_always_in_sight_and_none_lie_over_each_other(tabs, width):
    tabs.set_value("none")
    tabs.resize(width, 34)
    rects = [tabs.rect_of(tab.key) for tab in VIEWS]
    shown = [rect for rect in rects if not rect.isEmpty()]
    assert not tabs.rect_of("none").isEmpty()
    assert all(left.right() <= right.left() for left, right in pairwise(shown))
    assert shown[-1].right() <= width


def test_that_save_is_offered_for_a_changed_view_only(tabs, qtbot):
    told = []
    tabs.save_wanted.connect(told.append)
    plain = tabs.rect_of("tier").width()
    tabs.set_changed("tier", True)
    wide = tabs.rect_of("tier")
    assert wide.width() > plain
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=QPoint(round(wide.right()) - 6, 17))
    assert told == ["tier"]
    tabs.set_changed("tier", False)
    assert tabs.rect_of("tier").width() == plain


def test_that_new_counts_keep_the_choice(tabs):
    tabs.set_value("tier")
    tabs.set_tabs([Tab(tab.key, tab.word, "9") for tab in VIEWS])
    assert tabs.value == "tier"
    tabs.set_tabs(VIEWS[:1])
    assert tabs.value == "all"


def test_that_choosing_another_does_not_move_the_tabs(tabs):
    before = [tabs.rect_of(tab.key) for tab in VIEWS]
    tabs.set_value("ending")
    assert [tabs.rect_of(tab.key) for tab in VIEWS] == before


def test_that_segments_choose_by_click_and_key(qtbot):
    made = Segmented("View", (("board", "Board"), ("list", "List")))
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    told = []
    made.chosen.connect(told.append)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(made.width() - 8, 14))
    qtbot.keyClick(made, Qt.Key.Key_Left)
    qtbot.keyClick(made, Qt.Key.Key_Left)
    assert told == ["list", "board"]
    assert made.accessibleName() == "View: Board"

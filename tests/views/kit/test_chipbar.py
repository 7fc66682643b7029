"""The chip bar: filters as chips, worked by mouse and keys, wrapping where it is narrow."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.buttons import IconButton
from partnerdesk.views.kit.chipbar import ChipBar, Filter

TIER, STATE = Filter("tier", "Tier: 1, 2"), Filter("state", "State: not ended")


@pytest.fixture
def bar(qtbot):
    host = QWidget()
    host.resize(800, 300)
    qtbot.addWidget(host)
    bar = ChipBar(host)
    bar.resize(800, 44)
    bar.add_tool(IconButton(Icon.COLUMNS, "Columns"))
    bar.set_filters([TIER, STATE])
    bar.set_hits(38, 312)
    bar.told = []
    bar.text_changed.connect(bar.told.append)
    bar.chip_removed.connect(bar.told.append)
    bar.chip_opened.connect(bar.told.append)
    with qtbot.waitActive(host):
        host.show()
    bar.host = host
    return bar


def test_that_what_is_typed_in_one_breath_is_told_once_without_a_pause(qtbot, bar):
    with qtbot.waitSignal(bar.text_changed):
        qtbot.keyClicks(bar.search, "zurich")
    assert bar.told == ["zurich"]
    qtbot.keyClick(bar.search, Qt.Key.Key_Escape)
    assert bar.told == ["zurich", ""]


def test_that_enter_and_down_do_not_wait(qtbot, bar):
    qtbot.keyClicks(bar.search, "a")
    qtbot.keyClick(bar.search, Qt.Key.Key_Return)
    assert bar.told == ["a"]
    with qtbot.waitSignal(bar.down_pressed):
        qtbot.keyClick(bar.search, Qt.Key.Key_Down)
    assert bar.told == ["a"]
    bar.set_text("set from a saved view")
    qtbot.keyClick(bar.search, Qt.Key.Key_Return)
    assert bar.told == ["a"]


def test_that_delete_and_the_cross_remove_and_the_rest_opens(qtbot, bar):
    chip = bar.chip("tier")
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    cross = QPoint(chip.width() - 3 - 8 - 6, chip.height() // 2)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=cross)
    assert bar.told == ["tier", "tier"]
    bar.told.clear()
    chip.opened.connect(bar.told.append)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(20, chip.height() // 2))
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    assert bar.told == ["tier"] * 4


def test_that_arrows_walk_the_chips_and_tab_follows_the_eye(qtbot, bar):
    bar.chip("tier").setFocus()
    qtbot.keyClick(bar.chip("tier"), Qt.Key.Key_Right)
    assert bar.chip("state").hasFocus()
    qtbot.keyClick(bar.chip("state"), Qt.Key.Key_Right)
    assert bar.add_button.hasFocus()
    with qtbot.waitSignal(bar.add_requested):
        qtbot.keyClick(bar.add_button, Qt.Key.Key_Space)
    order, here = [], bar.search
    for _ in range(4):
        order.append(here)
        here = here.nextInFocusChain()
        while here.focusPolicy() == Qt.FocusPolicy.NoFocus or not here.isVisible():
            here = here.nextInFocusChain()
    assert order == [bar.search, bar.chip("tier"), bar.chip("state"), bar.add_button]


def test_that_the_focus_moves_on_when_its_chip_goes_and_stays_when_it_does_not(qtbot, freed, bar):
    gone, kept = bar.chip("tier"), bar.chip("state")
    gone.setFocus()
    bar.set_filters([STATE])
    assert kept.hasFocus()
    assert bar.chip("state") is kept
    freed(gone)
    bar.set_filters([])
    assert bar.add_button.hasFocus()
    with pytest.raises(KeyError):
        bar.chip("tier")


def test_that_the_hits_are_said_shortly_when_all_are_shown(bar):
    assert (bar.hits.words, bar.hits.accessibleName()) == ("38 of 312", "38 of 312")
    bar.set_hits(3012, 3012)
    assert bar.hits.words == "3,012"


def test_that_chips_wrap_beneath_the_field_where_it_is_narrow(qtbot, bar):
    assert bar.height() == 44
    bar.resize(360, bar.height())
    assert bar.height() > 44
    inside = bar.rect()
    for thing in (bar.search, bar.hits, bar.chip("tier"), bar.chip("state"), bar.add_button):
        place = thing.rect().translated(thing.mapTo(bar, QPoint(0, 0)))
        assert inside.contains(place), thing
    tops = [chip.mapTo(bar, QPoint(0, 0)).y() for chip in (bar.chip("tier"), bar.add_button)]
    assert min(tops) > bar.search.geometry().bottom() - 4
    bar.resize(800, bar.height())
    assert bar.height() == 44


def test_that_everything_in_it_has_a_name(bar):
    named = [bar.search, bar.hits, bar.chip("tier"), bar.add_button]
    assert all(thing.accessibleName() for thing in named)
    assert bar.chip("tier").accessibleName() == "Filter Tier: 1, 2"
    bar.focus_search()
    assert bar.search.hasFocus()

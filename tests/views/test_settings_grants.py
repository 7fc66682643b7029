"""The tables of grants in Settings, driven: begun, edited in place, copied for the next call, archived, removed."""

import pytest

from partnerdesk.domain.grants import GrantRate, GrantTable
from partnerdesk.services.office import create_file


@pytest.fixture
def driven(drive, tmp_path):
    create_file(tmp_path / "office.partnerdesk").close()
    driven = drive(tmp_path / "office.partnerdesk")
    driven.house.go("settings")
    driven.settle()
    return driven


def part(driven):
    return driven.window.page.grants


def tables(driven):
    return driven.ask(lambda reader: reader.find(GrantTable))


def rates(driven):
    return driven.ask(lambda reader: reader.find(GrantRate, "position"))


def press(driven, words):
    button = next(b for b in part(driven).findChildren(object) if getattr(b, "text", str)() == words)
    button.click()
    driven.settle()


def edit(driven, kind, key, *written):
    grid = part(driven).grid
    rate = next(one for one in grid.records.records if one.kind == kind)
    grid.setFocus()
    grid.go_to(rate.id, key)
    driven.keys(*written)


def test_that_published_figures_are_begun_with_and_the_national_rate_entered(driven):
    press(driven, "Begin with published figures")
    assert [(t.name, t.call_year, bool(t.source)) for t in tables(driven)] == [("Erasmus+ 2025", 2025, True)]
    assert part(driven).grid.isVisible()
    edit(driven, "month", "amount", "<F2>", "570", "<Return>")
    assert next(r for r in rates(driven) if r.kind == "month").amount == 570.0
    driven.keys("<Ctrl+Z>")
    assert next(r for r in rates(driven) if r.kind == "month").amount is None


def test_that_an_amount_below_0_stays_in_its_cell_with_the_reason(driven):
    press(driven, "Begin with published figures")
    edit(driven, "month", "amount", "<F2>", "-5", "<Return>")
    assert next(r for r in rates(driven) if r.kind == "month").amount is None
    edit(driven, "month", "amount", "<F2>", "<Ctrl+A>", "5", "<Return>")
    assert next(r for r in rates(driven) if r.kind == "month").amount == 5


def test_that_rates_are_added_and_removed_and_come_back(driven):
    press(driven, "New table")
    press(driven, "Add rate")
    press(driven, "Add rate")
    assert [r.kind for r in rates(driven)] == ["month", "month"]
    press(driven, "Remove rates")
    assert len(rates(driven)) == 1
    driven.keys("<Ctrl+Z>")
    assert len(rates(driven)) == 2


def test_that_the_next_call_begins_as_a_copy(driven):
    press(driven, "Begin with published figures")
    press(driven, "Copy for the next call")
    assert [(t.name, t.call_year) for t in tables(driven)] == [("Erasmus+ 2025", 2025), ("Erasmus+ 2026", 2026)]
    assert part(driven).file.table.name == "Erasmus+ 2026"
    driven.fill("name", "Erasmus+ 2026, second", part(driven))
    assert tables(driven)[1].name == "Erasmus+ 2026, second"
    part(driven).tables.set_value(tables(driven)[0].id)
    part(driven).tables.edited.emit(tables(driven)[0].id)
    driven.settle()
    assert driven.field("name", part(driven)).text() == "Erasmus+ 2025"


def test_that_a_table_goes_out_of_use_and_away(driven):
    press(driven, "Begin with published figures")
    press(driven, "Archive table")
    assert tables(driven)[0].archived_on is not None
    assert part(driven).tables.currentText() == "Erasmus+ 2025 (archived)"
    press(driven, "Use again")
    assert tables(driven)[0].archived_on is None
    press(driven, "Remove table")
    assert not tables(driven) and not part(driven).grid.isVisible()

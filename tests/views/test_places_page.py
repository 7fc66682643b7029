"""J5: the places for the call, in the window: used, held, free, red without agreement, totals, faculties, filters."""

import pytest

from partnerdesk.domain.agreements import Condition
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.quota import Usage, totals
from partnerdesk.domain.shares import ConditionShare
from partnerdesk.domain.words import Text
from partnerdesk.models.places import places_rows
from partnerdesk.services import places


@pytest.fixture
def driven(drive, office_file):
    driven = drive(office_file)
    driven.house.go("places")
    driven.settle()
    return driven


def page_of(driven):
    return driven.window.page


def shown(driven):
    return [row for row in page_of(driven).table.lines.lines if row.condition_id > 0]


def sums(driven):
    return [row for row in page_of(driven).table.lines.lines if row.condition_id < 0]


def choose(driven, row):
    page_of(driven).show_record(row.condition_id)
    driven.settle()


def first_outgoing(driven):
    return next(row for row in shown(driven) if row.direction == "out" and (row.cells[2].usage.places or 0) >= 2)


def test_that_the_totals_foot_with_every_filter(driven):
    page = page_of(driven)
    for direction, words in (("", ""), ("out", ""), ("in", "germany"), ("out", "studies")):
        page.direction.set_value(direction)
        page.search.setText(words)
        page.show_lines()
        rows = shown(driven)
        assert rows and all(direction in ("", row.direction) for row in rows)
        by_unit = totals(rows)
        assert [tuple(cell.usage for cell in row.cells) for row in sums(driven)] == [
            by_unit[unit] for unit in sorted(by_unit)]
        for total in sums(driven):
            for cell in total.cells:
                usage = cell.usage
                assert usage.places is None or usage.free + usage.used + usage.held == usage.places


def test_that_a_year_without_agreement_is_red_and_can_be_filtered(driven):
    page = page_of(driven)
    red = [row for row in shown(driven) if any(cell.state == "outside" for cell in row.cells)]
    assert red
    at = page.table.lines.row_of(red[0].condition_id)
    n = next(n for n, cell in enumerate(red[0].cells) if cell.state == "outside")
    cell = page.model.columns[2 + n].cell(page.table.lines.lines[at])
    assert (cell.words, cell.role) == ("not covered", "danger")
    page.which.set_value("outside")
    page.show_lines()
    assert [row.condition_id for row in shown(driven)] == [row.condition_id for row in red]


def test_that_the_form_shows_the_year_that_the_grid_shows(driven):
    row = first_outgoing(driven)
    choose(driven, row)
    detail = page_of(driven).places
    usage = row.cells[2].usage
    assert detail.facts["places"].words == str(usage.places)
    assert detail.facts["free"].words == f"{usage.free:.0f} free"
    assert driven.ask(lambda reader: places.usage(reader, [row.condition_id], detail.year.value())) == {
        row.condition_id: usage}


def test_that_places_are_divided_among_faculties_but_not_more_than_there_are(driven):
    row = first_outgoing(driven)
    choose(driven, row)
    detail = page_of(driven).places
    first, second = list(detail.fields)[:2]
    there = int(row.cells[2].usage.places)
    driven.fill(f"share_{first}", str(there))
    assert detail.left.text() == f"{there} given to faculties, 0 left"
    driven.fill(f"share_{second}", "1")
    assert detail.fields[second].editor.notes.error == (
        f"The faculties get {there + 1} places, but there are {there}")
    shares = driven.ask(lambda reader: reader.find(ConditionShare, condition_id=row.condition_id))
    assert [(s.own_unit_id, s.heads) for s in shares] == [(first, there)]
    driven.fill(f"share_{second}", "")
    page_of(driven).table.setFocus()
    driven.keys("<Ctrl+Z>")
    assert not driven.ask(lambda reader: reader.find(ConditionShare, condition_id=row.condition_id))
    assert detail.left.text() == "Not divided: every faculty may send."


def test_that_places_taken_back_after_they_were_divided_are_said_to_be_too_many(driven):
    row = first_outgoing(driven)
    choose(driven, row)
    detail = page_of(driven).places
    first = next(iter(detail.fields))
    driven.fill(f"share_{first}", "2")
    driven.do(Deed(Text("fewer places"), lambda unit: unit.change(Condition, row.condition_id, None, heads=1)))
    assert detail.left.text() == "The faculties get 2 places, but there are 1"


def test_that_other_years_are_reached_and_named(driven):
    page = page_of(driven)
    before = page.model.years
    driven.press("One year later")
    assert page.model.years[0] == before[1]
    driven.press("One year earlier")
    assert page.model.years == before


def test_that_a_spreadsheet_has_the_same_sums_and_says_its_filters(driven):
    page = page_of(driven)
    page.direction.set_value("out")
    page.show_lines()
    head, rows = page.export_rows(page.table.lines.lines)
    assert rows[-1][0] == "Filters: Outgoing"
    assert len({len(row) for row in (head, *rows)}) == 1
    at = head.index(f"{page.model.years[1]} used")
    unit = head.index("Counted in")
    count = len(sums(driven))
    for total in rows[-1 - count:-1]:
        assert total[at] == sum(row[at] for row in rows[:-1 - count] if row[unit] == total[unit])
    assert places_rows([], page.model.years, "") == (head, [])


def test_that_the_grid_follows_a_change_of_its_agreement(driven):
    row = first_outgoing(driven)

    def close(unit):
        unit.change(Condition, row.condition_id, None, heads=99)

    driven.do(Deed(Text("more places"), close))
    now = next(one for one in shown(driven) if one.condition_id == row.condition_id)
    assert now.cells[2].usage == Usage(99, row.cells[2].usage.used, row.cells[2].usage.held)
    choose(driven, now)
    driven.press("Go to the agreement")
    assert (driven.window.page.key, driven.window.page.selected) == ("agreements", [row.agreement_id])

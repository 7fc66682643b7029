"""Printing from the pages: the keys and buttons that open the preview, what stands in it, what is said of the rest."""

import pytest
import shiboken6

from partnerdesk.domain.documents import Prose, Table
from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay
from partnerdesk.services import sheet_arrivals
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.printing import PrintWindow


@pytest.fixture
def driven(drive, office_file):
    return drive(office_file)


@pytest.fixture
def preview(driven):
    """The print window that was opened, settled and closed again at the end."""
    shown = []

    def find():
        driven.settle()
        window = next(one for one in driven.window.findChildren(PrintWindow) if one not in shown)
        shown.append(window)
        driven.qtbot.waitUntil(lambda: window.document is not None)
        return window

    yield find
    for window in filter(shiboken6.isValid, shown):
        window.close()


def go(driven, key):
    driven.house.go(key)
    driven.settle()
    return driven.window.page


def run(driven, command):
    assert driven.house.registry.run(command)


def tables(document):
    return [block for block in document.blocks if isinstance(block, Table)]


def names(document):
    return [row[0].text for table in tables(document) for row in table.rows]


def select(driven, page, ids):
    page.show_mode("list")
    driven.settle()
    page.table.clearSelection()
    for one in ids:
        index = page.model.index(page.model.row_of(one), 0)
        page.table.selectionModel().select(
            index, page.table.selectionModel().SelectionFlag.Select | page.table.selectionModel().SelectionFlag.Rows)
    driven.settle()
    assert set(page.selected) == set(ids)


def stays(driven, **wanted):
    return [one for one in driven.ask(lambda reader: reader.find(Stay)) if not one.archived_on and all(
        (getattr(one, name) is not None) is there for name, there in wanted.items())]


def person_of(driven, stay):
    return driven.ask(lambda reader: reader.get(Person, stay.person_id))


@pytest.mark.parametrize("key", ["participant", "learning", "changes", "transcript", "grant"])
def test_that_the_papers_of_the_selected_stays_are_shown_one_by_one(driven, preview, key):
    page, chosen = go(driven, "stays"), stays(driven)[:2]
    select(driven, page, [one.id for one in chosen])
    run(driven, "stays.print" if key == "participant" else f"stays.print_{key}")
    window = preview()
    seen = {window.document.head.name}
    for _ in range(8):
        window._go_forward()
        driven.settle()
        seen.add(window.document.head.name)
    assert seen == {person_of(driven, one).full_name for one in chosen}


def test_that_certificates_leave_out_whose_days_are_missing_and_say_so(driven, preview):
    page = go(driven, "stays")
    there, missing = stays(driven, actual_from=True, actual_to=True)[0], stays(driven, actual_from=False)[0]
    select(driven, page, [there.id, missing.id])
    run(driven, "stays.print_attendance")
    window = preview()
    (prose,) = [block for block in window.document.blocks if isinstance(block, Prose)]
    assert person_of(driven, there).full_name in prose.paragraphs[0]
    assert person_of(driven, missing).full_name in window.findChild(MessageBar).accessibleName()
    assert window.document.title == f"Certificate of attendance – {person_of(driven, there).full_name}"


def test_that_certificates_for_nobody_are_refused_in_the_window(driven):
    page = go(driven, "stays")
    missing = stays(driven, actual_from=False)[0]
    select(driven, page, [missing.id])
    run(driven, "stays.print_arrival")
    driven.settle()
    assert not driven.window.findChildren(PrintWindow)
    assert "are not recorded yet" in driven.window.message().accessibleName()


def test_that_a_person_is_printed_with_all_stays(driven, preview):
    page, stay = go(driven, "people"), stays(driven)[0]
    page.show_record(stay.person_id)
    driven.settle()
    page.table.setFocus()
    driven.keys("<Ctrl+P>")
    window = preview()
    assert window.document.head.name == person_of(driven, stay).full_name
    window.close()
    driven.settle()
    driven.press("Print the participant sheet", page)
    assert preview().document.head.name == person_of(driven, stay).full_name


def test_that_who_is_abroad_is_printed_with_one_key_and_its_filters(driven, preview):
    page = go(driven, "abroad")
    driven.keys("<Ctrl+P>")
    whole = preview().document
    assert len(names(whole)) == page.model.hits
    country = page.countries.rows[0].filter
    page.countries.chosen.emit(country)
    driven.settle()
    run(driven, "abroad.print")
    narrowed = preview().document
    assert len(names(narrowed)) == page.model.hits < len(names(whole))
    assert [table.title for table in tables(narrowed)] == [fact.value for fact in narrowed.head.facts[3:]]


def test_that_arrivals_are_printed_from_the_day_shown(driven, preview):
    page = go(driven, "abroad")
    arriving = next(one for one in stays(driven, planned_from=True)
                    if one.direction == "in" and one.sending_status in ("nomination", "live"))
    page.show_day(sheet_arrivals.arrival_of(arriving))
    run(driven, "abroad.print_arrivals")
    document = preview().document
    assert person_of(driven, arriving).listed_name in names(document)
    assert {"Buddy", "Room"} < {column.title for column in tables(document)[0].columns}


def test_that_balances_are_printed_one_or_all(driven, preview):
    page = go(driven, "balance")
    page.table.setFocus()
    driven.keys("<Ctrl+P>")
    assert preview().document.head.name == page.table.current.partner
    count = len(page.table.lines.lines)
    driven.press("Print", page)
    window = preview()
    window._go_forward()
    driven.settle()
    assert f"2 of {count}" in window._count.text()


def test_that_the_nomination_shown_is_printed(driven, preview):
    page = go(driven, "nominations")
    page.table.setFocus()
    driven.keys("<Ctrl+P>")
    shown = page.pane.nomination
    document = preview().document
    assert document.head.name == shown.partner.name
    assert {row[1].text for row in tables(document)[0].rows} <= {one.person.listed_name for one in shown.nominees}


def test_that_the_places_shown_are_printed_with_filters_and_totals(driven, preview):
    page = go(driven, "places")
    page.direction.set_value("out")
    page.show_lines()
    driven.press("Print", page)
    document = preview().document
    sums, places = tables(document)
    shown = [row for row in page.table.lines.lines if row.condition_id > 0]
    assert len(places.rows) == len(shown) > 0
    assert document.head.facts[-1].value == "Outgoing"
    assert {row[0].text for row in sums.rows} == {"Outgoing"}


@pytest.mark.parametrize("key", ["stays", "people", "abroad", "balance", "nominations", "places"])
def test_that_printing_stands_in_the_menu_of_the_page(driven, key):
    page = go(driven, key)
    assert f"{key}.print" in page.record_menu
    assert f"{key}.print" in {command.id for command in driven.house.registry.commands()}

"""The list pages: search, chips, views, columns, many at once, and what a refresh must leave as it is."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from partnerdesk.domain.partners import Institution
from partnerdesk.services import partners
from partnerdesk.services.journal import undo_state
from partnerdesk.views.asking import AskText


@pytest.fixture
def driven(drive, office_file):
    return drive(office_file)


@pytest.fixture
def page(driven):
    return driven.house.partners


def search(driven, page, words):
    page.focus_search()
    type_on(driven, page, words)


def type_on(driven, page, words):
    with driven.qtbot.waitSignal(page.bar.text_changed):
        driven.keys(words)
    driven.settle()


def menu_choose(driven, words):
    menu = QApplication.activePopupWidget()
    action = next(a for a in menu.actions() if a.text() == words)
    menu.setActiveAction(action)
    driven.keys("<Return>")


def test_that_filters_typed_become_chips_and_the_rest_stays_typed(driven, page):
    search(driven, page, "country:FR state:running ")
    assert [str(chip.key) for chip in page.query.filters] == ["country", "state"]
    assert page.bar.chip("country:FR").text() == "Country: France"
    assert page.model.rowCount() > 0
    assert all(page.model.line_at(row).country == "FR" for row in range(page.model.rowCount()))
    everything = page.model.rowCount()
    type_on(driven, page, "sorb")
    assert page.model.rowCount() < everything
    assert [c.key for c in page.query.filters] == ["country", "state"]


def test_that_words_are_found_without_their_accents(driven, page):
    search(driven, page, "eotvos")
    assert [page.model.line_at(r).name for r in range(page.model.rowCount())] == ["Eötvös Loránd University"]


def test_that_a_misspelt_word_is_answered_with_the_one_that_was_meant(driven, page):
    city = next(page.model.line_at(r).city for r in range(page.model.rowCount())
                if page.model.line_at(r).city == "Budapest")
    search(driven, page, "Budapset")
    assert page.empty.isVisible()
    assert page.empty.accessibleName() == f"Nothing matches “Budapset”. Did you mean “{city}”?"
    driven.press(f"Search “{city}”", page)
    assert [page.model.line_at(r).city for r in range(page.model.rowCount())] == [city]


def test_that_filters_without_a_hit_can_be_cleared(driven, page):
    search(driven, page, "zzzzqqq")
    driven.press("Clear filters", page)
    assert page.model.rowCount() == page.model.total
    assert page.table.isVisible()


def test_that_a_view_is_saved_reset_kept_over_a_restart_and_deleted(drive, office_file):
    driven = drive(office_file)
    page = driven.house.partners
    page.show_line("country:FR")
    driven.settle()
    assert page.views.changed
    page.views.save_as()
    dialog = driven.window.findChild(AskText)
    driven.press("Save", dialog)
    assert "A name is missing" in [words.text() for words in dialog.findChildren(QLabel) if words.isVisible()]
    assert dialog.isVisible() and dialog.focusWidget() is not None
    driven.keys("France")
    driven.press("Save", dialog)
    assert page.views.current.name == "France"
    assert not page.views.changed
    french = page.model.rowCount()
    page.show_line("country:DE")
    driven.settle()
    assert page.views.changed
    page.views.reset()
    driven.settle()
    assert page.model.rowCount() == french
    driven.leave()

    again = drive(office_file)
    page = again.house.partners
    assert page.views.current.name == "France"
    assert page.model.rowCount() == french
    page.tabs.menu_wanted.emit(page.tabs.value, page.mapToGlobal(page.rect().center()))
    menu_choose(again, "Delete view")
    assert page.views.current.name == "All partners"
    assert page.model.rowCount() == page.model.total


def test_that_columns_are_chosen_and_taken_back(driven, page):
    driven.press("Choose columns", page)
    menu_choose(driven, "City")
    assert "city" in list(page.columns.keys())
    assert not page.table.isColumnHidden([c.key for c in page.model.columns].index("city"))
    assert page.views.changed
    page.views.reset()
    assert page.columns.keys() == []


def test_that_many_are_changed_as_one_step(driven, page):
    page.table.setFocus()
    page.table.select_row(0)
    driven.keys("<Shift+Down>", "<Shift+Down>")
    ids = page.selected
    assert len(ids) == 3 and page.bulk.isVisible()
    before = driven.ask(lambda r: [p.tier for p in partner_lines(r, ids)])
    other = before[0] % 3 + 1
    page.bulk.form.fields["tier"].edited.emit(other)
    driven.press("Change 3 partners", page.bulk)
    assert driven.ask(lambda r: [p.tier for p in partner_lines(r, ids)]) == [other] * 3
    assert page.selected == ids
    driven.keys("<Ctrl+Z>")
    assert driven.ask(lambda r: [p.tier for p in partner_lines(r, ids)]) == before
    assert driven.ask(undo_state).redo is not None


def partner_lines(reader, ids):
    from partnerdesk.services import listing

    lines = listing.partner_lines(reader, ids)
    return [lines[i] for i in ids]


def change_name(driven, partner, name):
    record = driven.ask(lambda r: r.get(Institution, partner))
    driven.do(partners.change_institution(record, name=name))


def test_that_a_refresh_leaves_selection_and_scroll_and_resets_no_model(driven, page):
    page.table.select_row(30)
    driven.settle()
    chosen, scroll = page.selected, page.table.verticalScrollBar().value()
    assert scroll > 0
    resets, changed = [], []
    page.model.modelReset.connect(lambda: resets.append(1))
    page.model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    other = page.model.id_at(33)
    record = driven.ask(lambda r: r.get(Institution, other))
    driven.do(partners.change_institution(record, city="Elsewhere"))
    assert page.model.line_at(33).city == "Elsewhere"
    assert changed == [(33, 33)]
    assert (page.selected, page.table.verticalScrollBar().value(), resets) == (chosen, scroll, [])


def test_that_both_lists_and_the_form_follow_one_change(driven, page):
    driven.house.go("agreements")
    driven.settle()
    papers = driven.house.agreements
    partner = papers.model.line_at(0).partner_id
    change_name(driven, partner, "Aaaa renamed")
    assert papers.model.line_at(papers.model.row_of(papers.selected[0])) is not None
    assert any(papers.model.line_at(r).partner == "Aaaa renamed" for r in range(3))
    driven.house.go("partners", partner)
    driven.settle()
    assert page.pane.institution.name == "Aaaa renamed"
    assert page.model.line_at(page.model.row_of(partner)).name == "Aaaa renamed"


def test_that_a_new_row_above_the_one_worked_on_comes_where_it_belongs(driven, page):
    page.table.select_row(10)
    driven.settle()
    held = page.selected
    made = driven.do(partners.new_partner(Institution(name=page.model.line_at(10).name[:-1], country="SE")))
    assert page.model.row_of(made) == 10
    assert page.model.row_of(held[0]) == 11
    assert page.selected == held


def test_that_the_row_worked_on_stays_although_the_filter_no_longer_finds_it(driven, page):
    page.show_line("country:FR")
    driven.settle()
    page.table.select_row(1)
    driven.settle()
    partner = page.selected[0]
    record = driven.ask(lambda r: r.get(Institution, partner))
    driven.do(partners.change_institution(record, country="SE"))
    assert page.model.row_of(partner) == 1
    assert page.selected == [partner]
    page.table.select_row(0)
    driven.settle()
    assert page.model.row_of(partner) < 0


def test_that_undoing_a_new_partner_takes_its_row_and_shows_another(driven, page):
    made = driven.do(partners.new_partner(Institution(name="Only for a moment", country="SE")))
    page.show_record(made)
    driven.settle()
    assert page.selected == [made]
    page.table.setFocus()
    driven.keys("<Ctrl+Z>")
    assert page.model.row_of(made) < 0
    assert page.selected and page.pane.record_id == page.selected[0]


def test_that_a_record_is_shown_although_the_filter_hides_it(driven, page):
    hidden = page.model.id_at(0)
    page.show_line("zzzzqqq")
    driven.settle()
    page.show_record(hidden)
    driven.settle()
    assert page.selected == [hidden]
    assert page.views.current.name == "All partners"


def test_that_copied_rows_carry_their_headers_to_a_spreadsheet(driven, page):
    page.table.setFocus()
    page.table.select_row(0)
    driven.keys("<Ctrl+C>")
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == ["Partner", "Country"]
    assert lines[1].startswith(page.model.line_at(0).name + "\t")
    assert "<td>" in QApplication.clipboard().mimeData().html()

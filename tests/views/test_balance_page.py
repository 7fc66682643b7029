"""J14: a talk about the balance with a partner, in the window: what if, the sentence, how it is kept, undo."""

import pytest
from PySide6.QtGui import QGuiApplication

from partnerdesk.domain.balance import BalanceTerms
from partnerdesk.domain.partners import Member
from partnerdesk.services import balance
from partnerdesk.services.office import do, open_file


@pytest.fixture
def driven(drive, office_file):
    driven = drive(office_file)
    driven.house.go("balance")
    driven.settle()
    return driven


@pytest.fixture
def behind(office_file):
    """Tsinghua is eleven semesters behind: what is missing for it is in the opening balance."""
    office = open_file(office_file)
    with office.read() as reader:
        wanted = next(s for s in balance.standings(reader) if s.partner == "Tsinghua University")
        sheet = balance.balance_sheet(reader, wanted.partnership_id)
    plain = -11 - (wanted.balance - wanted.opening)
    do(office, balance.set_terms(sheet, unit="terms", opening=plain, bound=20.0), "Ada")
    office.close()
    return wanted.partnership_id


def page_of(driven):
    return driven.window.page


def names(driven):
    return [line.partner for line in page_of(driven).table.lines.lines]


def test_that_six_more_whole_years_make_23_of_11_semesters(behind, driven):
    page = page_of(driven)
    page.show_record(behind)
    driven.settle()
    assert page.sheet.sentence.text() == "You are 11 semesters behind."
    driven.fill("in_years", "6")
    assert page.sheet.sentence.text() == "You are 11 semesters behind; this makes 23."
    assert page.sheet.chart.chart.what_if == -23
    driven.press("Copy the sentence")
    assert QGuiApplication.clipboard().text() == "You are 11 semesters behind; this makes 23."
    driven.fill("out_semesters", "11")
    assert page.sheet.sentence.text() == "You are 11 semesters behind; this makes 12."
    driven.press("Clear")
    assert page.sheet.sentence.text() == "You are 11 semesters behind."
    assert page.sheet.table.lines.lines[-1].line.balance == -11
    driven.press("Copy the ledger")
    assert QGuiApplication.clipboard().text().splitlines()[-1].split("\t")[-2] == "-11.0"


def test_that_the_talk_needs_no_mouse(behind, driven):
    driven.keys("<Ctrl+F>", "tsing", "<Tab>")
    page_of(driven).table.setFocus()
    driven.keys("<Return>", "6")
    assert page_of(driven).sheet.sentence.text() == "You are 11 semesters behind; this makes 23."


def test_that_a_what_if_changes_nothing_in_the_office(behind, driven):
    before = driven.ask(balance.standings)
    page_of(driven).show_record(behind)
    driven.settle()
    driven.fill("in_years", "6")
    assert driven.ask(balance.standings) == before


def test_that_partners_stand_by_imbalance_or_name_and_are_found_by_words(driven):
    page = page_of(driven)
    sizes = [abs(line.balance) for line in page.table.lines.lines]
    assert sizes == sorted(sizes, reverse=True) and len(sizes) > 10
    page.order.chosen.emit(page.order.value)
    page.order.set_value("name")
    page.show_lines()
    assert names(driven) == sorted(names(driven), key=str.casefold)
    driven.keys("<Ctrl+F>", "tsing")
    assert names(driven) == ["Tsinghua University"]
    assert "1 of" in page.foot.words
    assert page.sheet.sheet.name == "Tsinghua University"


def test_that_how_a_balance_is_kept_is_changed_in_its_fields_and_undone(behind, driven):
    page = page_of(driven)
    page.show_record(behind)
    driven.settle()
    driven.fill("bound", "10")
    assert page.table.current.beyond
    page.which.set_value("beyond")
    page.show_lines()
    assert "Tsinghua University" in names(driven)
    driven.fill("opening", "0")
    member = driven.ask(lambda reader: reader.find(Member, partnership_id=behind)[0])
    assert driven.ask(lambda reader: reader.find(BalanceTerms, partnership_id=behind)[0]).opening == 0
    driven.keys("<Ctrl+Z>", "<Ctrl+Z>")
    terms = driven.ask(lambda reader: reader.find(BalanceTerms, partnership_id=behind)[0])
    assert (terms.bound, terms.opening != 0) == (20.0, True)
    page.which.set_value("all")
    page.show_lines()
    page.show_record(behind)
    driven.settle()
    driven.press("Go to the partner")
    assert (driven.window.page.key, driven.window.page.selected) == ("partners", [member.institution_id])


def test_that_a_bound_below_0_is_refused_in_its_field(behind, driven):
    page = page_of(driven)
    page.show_record(behind)
    driven.settle()
    driven.fill("bound", "-3")
    assert page.sheet.binder.fields["bound"].editor.notes.error
    assert driven.ask(lambda reader: reader.find(BalanceTerms, partnership_id=behind)[0]).bound == 20.0
    driven.fill("bound", "30")
    assert not page.sheet.binder.fields["bound"].editor.notes.error


def test_that_a_closed_office_leaves_an_empty_page(driven):
    page = page_of(driven)
    assert page.lines
    driven.house.doorman.close()
    driven.qtbot.waitUntil(lambda: not driven.house.desk.is_open)
    assert not page.lines and page.sheet.sheet is None

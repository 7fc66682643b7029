"""What is made in quiet moments after the list is shown, and what comes before it is made."""

import gc

from PySide6.QtWidgets import QStackedWidget

from partnerdesk.app import SpareTime
from partnerdesk.domain import collector
from partnerdesk.views.agreement_sections import TABS
from partnerdesk.views.partner_details import PartnerDetails


def test_that_a_page_out_of_sight_makes_no_form_until_one_goes_there(drive, office_file):
    driven = drive(office_file)
    page = driven.house.agreements
    driven.settle()
    assert page.model.rowCount() and not page.has_detail
    driven.house.go("agreements")
    driven.settle()
    assert page.has_detail and page.pane.record_id == page.selected[0]


def test_that_the_commands_of_a_form_are_known_before_it_is_made(drive, office_file):
    driven = drive(office_file)
    page = driven.house.agreements
    driven.settle()
    assert not page.has_detail
    assert driven.house.registry.command("agreement.renew").text
    assert not driven.house.registry.run("agreement.renew")


def test_that_what_is_asked_of_an_agreement_still_on_its_way_is_done_when_it_is_there(drive, office_file):
    driven = drive(office_file)
    driven.house.go("agreements")
    driven.settle()
    page = driven.house.agreements
    other = page.model.id_at(1)
    page.pane.show_record(other)
    assert page.pane.work.about is None
    page.pane.perform("new_version")
    driven.settle()
    assert (page.pane.record_id, page.pane.tab) == (other, "versions")


def test_that_spare_time_makes_each_piece_once_until_all_is_there(drive, office_file):
    driven = drive(office_file)
    driven.house.go("agreements")
    driven.settle()
    pane = driven.house.agreements.pane
    assert pane.sections.count() == 1
    made = 0
    while driven.house.make_next_page():
        made += 1
        assert made < 200
    assert isinstance(pane.sections, QStackedWidget) and pane.sections.count() == len(TABS)
    assert not driven.house.make_next_page()


def test_that_a_section_made_later_shows_the_agreement(drive, office_file):
    driven = drive(office_file)
    driven.house.go("agreements")
    driven.settle()
    pane = driven.house.agreements.pane
    pane.show_tab("conditions")
    driven.settle()
    assert pane.sections.conditions.grid.model().rowCount() > 0


def test_that_nothing_is_made_while_an_office_is_being_opened(drive, office_file, monkeypatch):
    driven = drive(office_file)
    asked = []
    monkeypatch.setattr(driven.house, "make_more_of", asked.append)
    spare = SpareTime(driven.house)
    spare.timeout.emit()
    assert asked
    asked.clear()
    driven.house.desk.close()
    driven.house.doorman.open(office_file)
    assert not driven.house.desk.is_open and not driven.house.desk.idle
    spare.timeout.emit()
    assert asked == []
    driven.qtbot.waitUntil(lambda: driven.house.desk.is_open)
    driven.settle()
    spare.timeout.emit()
    assert asked


def test_that_the_collector_works_again_once_the_page_in_sight_is_there(drive, office_file, monkeypatch):
    driven = drive(office_file)
    monkeypatch.setattr(driven.house, "make_more_of", lambda key: False)
    spare = SpareTime(driven.house)
    collector.hold()
    spare.timeout.emit()
    assert gc.isenabled()
    gc.unfreeze()


def test_that_each_tab_of_a_partner_is_made_in_several_pieces_and_complete_when_opened(drive, office_file):
    driven = drive(office_file)
    pane = driven.house.partners.detail
    driven.settle()
    while pane.findChild(PartnerDetails) is None:
        assert pane.make_more()
    details = pane.findChild(PartnerDetails)
    assert details.binder.fields["name"].value() == pane.institution.name
    assert "remark" in details.binder.fields
    other = driven.house.partners.make_detail()
    other.show_record(pane.record_id)
    driven.settle()
    other.make_more()
    other.show_tab("details")
    assert "remark" in other.findChild(PartnerDetails).binder.fields


def test_that_a_page_that_cannot_be_made_is_told_of_once(drive, office_file, monkeypatch):
    driven = drive(office_file)
    asked = []

    def broken(key):
        asked.append(key)
        if key == "agreements":
            raise RuntimeError("broken")
        return False

    monkeypatch.setattr(driven.house, "make_more_of", broken)
    spare = SpareTime(driven.house)
    for _ in range(3):
        spare.timeout.emit()
    assert [str(error) for error in driven.bugs] == ["broken"]
    assert asked.count("agreements") == 1
    driven.bugs.clear()


def test_that_enter_pressed_before_the_partner_is_read_leads_into_its_form(drive, office_file):
    driven = drive(office_file)
    page = driven.house.partners
    other = page.model.id_at(1)
    page.detail.show_record(other)
    page.focus_detail()
    driven.settle()
    assert page.detail.record_id == other
    assert page.detail.isAncestorOf(driven.window.focusWidget())

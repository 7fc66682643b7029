"""J7: nominate to partners, driven in the window: deadlines, what is missing, list and message, answers."""

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from PySide6.QtGui import QGuiApplication

from partnerdesk.domain import clock
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.domain.stays import Stay, StayEvent
from partnerdesk.formats.books import read_book
from partnerdesk.services import nominations, partners
from tests.services.applying import Desk


@pytest.fixture
def selected(tmp_path):
    """An office in which three people accepted offers of two partners, one of them late."""
    desk = Desk(tmp_path / "nominations.partnerdesk")
    desk.seat("Kyoto", 3)
    desk.seat("Lyon", 2, country="FR")
    desk.call()
    for n, name in enumerate(("Ada Alpha", "Ben Beta")):
        desk.applicant(name, 90 - n, 18, "Kyoto")
    desk.applicant("Cem Gamma", 80, 18, "Lyon")
    desk.run()
    desk.offer("Ada Alpha", "Ben Beta", "Cem Gamma")
    desk.accept("Ada Alpha", "Ben Beta", "Cem Gamma")
    for name, days in (("Kyoto", 30), ("Lyon", -3)):
        institution = next(one for one in desk.all(Institution) if one.name == name)
        sheet = desk.get(Factsheet, desk.do(nominations.add_factsheet(institution, 2026)))
        deadline = clock.today() + timedelta(days=days)
        desk.do(nominations.change_factsheet(institution, sheet, nominate_first=deadline))
        desk.do(partners.add_child(institution, Contact(family_name="Mori", roles=("incoming",),
                                                        email=f"{name.lower()}@example.edu")))
    desk.office.close()
    return tmp_path / "nominations.partnerdesk"


@pytest.fixture
def program(drive, selected):
    shown = drive(selected)
    shown.house.go("nominations")
    shown.settle()
    return shown


def page(program):
    return program.window.page_named("nominations")


def show(program, name):
    table = page(program).table
    table.select_row(next(n for n, line in enumerate(table.lines.lines) if line.partner.name == name))
    program.settle()


def statuses(program):
    return {(one.sending_status, one.receiving_status) for one in program.ask(lambda reader: reader.find(Stay))}


def test_that_the_late_partner_comes_first_with_its_countdown(program):
    lines = page(program).table.lines.lines
    assert [line.partner.name for line in lines] == ["Lyon", "Kyoto"]
    deadline = page(program).pane.facts["deadline"].words
    assert deadline.endswith("3 days late")
    show(program, "Kyoto")
    assert page(program).pane.facts["deadline"].words.endswith("in 30 days")
    assert page(program).pane.facts["to"].words == "Mori, kyoto@example.edu"


def test_that_what_is_missing_stands_below_each_name(program):
    show(program, "Kyoto")
    pane = page(program).pane
    assert pane.missing.text().startswith("2 people are not complete")
    second = pane.table.lines.columns[0].cell(pane.table.lines.lines[0]).second
    assert second.startswith("Missing: Date of birth, Citizenship, E-mail")


def test_that_all_of_a_partner_are_nominated_in_one_step_and_undone_so(program):
    show(program, "Kyoto")
    program.press("Nominate 2")
    assert statuses(program) == {("nomination", "pending"), ("planned", "none")}
    assert len(program.ask(lambda reader: reader.find(StayEvent))) == 2
    show(program, "Kyoto")
    assert page(program).pane.buttons["accept"].text() == "2 accepted"
    program.house.desk.undo()
    program.settle()
    assert statuses(program) == {("planned", "none")}


def test_that_a_rejection_is_noted_with_its_comment_and_goes_back_to_pending(program):
    show(program, "Kyoto")
    program.press("Nominate 2")
    show(program, "Kyoto")
    page(program).pane.table.select_row(0)
    program.press("1 rejected…")
    dialog = page(program).dialog
    program.fill("status_comment", "No courses in this field", dialog)
    program.press("Note the rejection", dialog)
    assert ("nomination", "rejected") in statuses(program)
    show(program, "Kyoto")
    pane = page(program).pane
    rejected = next(n for n, one in enumerate(pane.table.lines.lines) if one.state == "rejected")
    assert pane.table.lines.columns[0].cell(pane.table.lines.lines[rejected]).second == "No courses in this field"
    pane.table.clearSelection()
    program.press("Ask again about 1")
    assert ("nomination", "rejected") not in statuses(program)


def test_that_an_acceptance_takes_people_off_the_list(program):
    show(program, "Kyoto")
    program.press("Nominate 2")
    show(program, "Kyoto")
    page(program).pane.table.clearSelection()
    program.press("2 accepted")
    assert [line.partner.name for line in page(program).table.lines.lines] == ["Lyon"]
    assert ("nomination", "verified") in statuses(program)


def test_that_a_nomination_after_the_deadline_is_possible_and_dated(program):
    show(program, "Lyon")
    program.press("Nominate 1")
    if page(program).dialog is not None:
        program.fill("reason", "Agreed by phone", page(program).dialog)
        program.press("Nominate", page(program).dialog)
    stay = next(s for s in program.ask(lambda reader: reader.find(Stay)) if s.sending_status == "nomination")
    assert stay.nominated_on == date.today()


def test_that_list_and_message_are_saved_and_the_message_copied(program, tmp_path):
    show(program, "Kyoto")
    one = page(program).pane.nomination
    page(program).save_to("list", one, tmp_path / "list.xlsx")
    page(program).save_to("mail", one, tmp_path / "mail.eml")
    program.settle()
    assert len(read_book(tmp_path / "list.xlsx").first.rows) == 3
    draft = message_from_bytes((tmp_path / "mail.eml").read_bytes(), policy=default)
    assert draft["To"] == "kyoto@example.edu"
    program.press("Copy the message")
    assert "1. Alpha, Ada" in QGuiApplication.clipboard().text()


def test_that_the_sidebar_says_how_many_are_to_be_nominated(program):
    assert page(program).count == 3
    show(program, "Kyoto")
    assert program.button("Nominate 2").property("kind") == "primary"
    program.press("Nominate 2")
    assert page(program).count == 1


def test_that_nobody_to_nominate_leads_to_the_calls(drive, tmp_path):
    Desk(tmp_path / "none.partnerdesk").office.close()
    shown = drive(tmp_path / "none.partnerdesk")
    shown.house.go("nominations")
    shown.settle()
    assert page(shown).count == 0 and page(shown).pane.isHidden()
    shown.press("Go to the calls")
    assert shown.window.page.key == "calls"


def test_that_the_list_is_filtered_by_what_is_still_to_do(program):
    show(program, "Kyoto")
    program.press("Nominate 2")
    page(program).which.set_value("asked")
    page(program).which.chosen.emit("asked")
    program.settle()
    assert [line.partner.name for line in page(program).table.lines.lines] == ["Kyoto"]
    page(program).search.setText("gamma")
    assert list(page(program).table.lines.lines) == []


def test_that_the_sample_office_has_somebody_to_nominate(drive, office_file):
    program = drive(office_file)
    program.house.go("nominations")
    program.settle()
    assert len(page(program).lines) > 3

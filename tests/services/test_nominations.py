"""Nominations: who is next, what is missing, what goes out, and what partners answer."""

from datetime import date
from email import message_from_bytes
from email.policy import default

import pytest

from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Missing, Refused
from partnerdesk.domain.stays import Stay, StayEvent
from partnerdesk.formats.books import read_book
from partnerdesk.services import nominations, partners, people
from partnerdesk.services.journal import undo_deed, undo_state
from tests.services.applying import Desk


@pytest.fixture
def desk(tmp_path, stopped_clock):
    made = Desk(tmp_path / "nominations.partnerdesk")
    made.seat("Kyoto", 3)
    made.seat("Lyon", 2, country="FR")
    made.call()
    for n, name in enumerate(("Ada Alpha", "Ben Beta")):
        made.applicant(name, 90 - n, 18, "Kyoto")
    made.applicant("Cem Gamma", 80, 18, "Lyon")
    made.run()
    made.offer("Ada Alpha", "Ben Beta", "Cem Gamma")
    made.accept("Ada Alpha", "Ben Beta", "Cem Gamma")
    yield made
    made.office.close()


def partner(desk, name):
    return next(one for one in desk.all(Institution) if one.name == name)


def give_deadline(desk, name, day):
    institution = partner(desk, name)
    sheet = desk.get(Factsheet, desk.do(nominations.add_factsheet(institution, 2026)))
    desk.do(nominations.change_factsheet(institution, sheet, nominate_first=day))
    return sheet


def test_that_late_partners_come_first_with_the_days_left(desk):
    give_deadline(desk, "Lyon", date(2026, 2, 27))
    give_deadline(desk, "Kyoto", date(2026, 4, 1))
    first, second = desk.read(nominations.nominations)
    assert (first.partner.name, first.days_left(date(2026, 3, 2)), first.late(date(2026, 3, 2))) == ("Lyon", -3, True)
    assert (second.partner.name, second.days_left(date(2026, 3, 2))) == ("Kyoto", 30)
    assert not second.late(date(2026, 3, 2))


def test_that_a_partner_without_a_factsheet_has_no_deadline_and_comes_last(desk):
    give_deadline(desk, "Lyon", date(2026, 5, 1))
    assert [one.deadline for one in desk.read(nominations.nominations)] == [date(2026, 5, 1), None]


def test_that_what_is_missing_is_told_for_each_person(desk):
    (kyoto, _) = sorted(desk.read(nominations.nominations), key=lambda one: one.partner.name)
    words = [str(word) for word in kyoto.nominees[0].missing]
    assert words[:3] == ["Date of birth", "Citizenship", "E-mail"]
    assert "Field of study" not in words
    person = desk.get(Person, kyoto.nominees[0].person.id)
    desk.do(people.change_person(person, birth_date=date(2004, 5, 6), citizenships=("EE",),
                                 email="ada@example.edu", consents=("partner",)))
    (kyoto, _) = sorted(desk.read(nominations.nominations), key=lambda one: one.partner.name)
    assert "Date of birth" not in [str(word) for word in kyoto.nominees[0].missing]


def test_that_all_are_nominated_in_one_step_with_a_line_in_each_log(desk):
    kyoto = next(one for one in desk.read(nominations.nominations) if one.partner.name == "Kyoto")
    desk.do(nominations.nominate(kyoto.of("open")))
    stays = [desk.get(Stay, one.stay.id) for one in kyoto.nominees]
    assert {(one.sending_status, one.receiving_status) for one in stays} == {("nomination", "pending")}
    assert {one.kind for one in desk.all(StayEvent)} == {"nominated"}
    assert len(desk.all(StayEvent)) == 2
    desk.do(undo_deed(desk.read(undo_state).undo))
    assert {desk.get(Stay, one.stay.id).sending_status for one in kyoto.nominees} == {"planned"}


def test_that_a_rejection_is_kept_with_its_comment_and_can_be_asked_about_again(desk):
    kyoto = next(one for one in desk.read(nominations.nominations) if one.partner.name == "Kyoto")
    desk.do(nominations.nominate(kyoto.of("open")))
    (kyoto,) = desk.read(nominations.nominations, kyoto.partner.id)
    ada, ben = kyoto.of("asked")
    desk.do(nominations.record_answers([ada], False, "No courses in this field"))
    desk.do(nominations.record_answers([ben], True))
    (kyoto,) = desk.read(nominations.nominations, kyoto.partner.id)
    (rejected,) = kyoto.nominees
    assert rejected.state == "rejected"
    assert rejected.stay.status_comment == "No courses in this field"
    desk.do(nominations.ask_again([rejected]))
    assert desk.get(Stay, rejected.stay.id).receiving_status == "pending"
    (kyoto,) = desk.read(nominations.nominations, kyoto.partner.id)
    assert [one.state for one in kyoto.nominees] == ["asked"]


def test_that_the_list_holds_what_a_partner_needs_and_opens_as_a_spreadsheet(desk, tmp_path):
    kyoto = next(one for one in desk.read(nominations.nominations) if one.partner.name == "Kyoto")
    path = tmp_path / nominations.file_name(kyoto, ".xlsx")
    assert "Alpha" not in path.name
    assert nominations.write_list(kyoto, path) == 2
    rows = read_book(path).first.rows
    assert rows[0][:3] == ["No.", "Family name", "Given names"]
    assert rows[1][:3] == [1, "Alpha", "Ada"]
    assert "0421 Law" in rows[1]
    assert "English C1" in rows[1]


def test_that_the_message_is_a_draft_to_the_right_contact_with_the_list_attached(desk, tmp_path):
    kyoto = partner(desk, "Kyoto")
    desk.do(partners.add_child(kyoto, Contact(family_name="Sato", roles=("outgoing",), email="out@example.edu")))
    desk.do(partners.add_child(kyoto, Contact(family_name="Mori", roles=("incoming",), email="in@example.edu")))
    (nomination,) = desk.read(nominations.nominations, kyoto.id)
    nominations.write_message(nomination, "Northbridge", tmp_path / "kyoto.eml")
    draft = message_from_bytes((tmp_path / "kyoto.eml").read_bytes(), policy=default)
    assert (draft["To"], draft["X-Unsent"]) == ("in@example.edu", "1")
    assert draft["Subject"] == "Nominations for 2026/2027, first half: Northbridge"
    body = draft.get_body().get_content()
    assert "1. Alpha, Ada" in body
    assert "2. Beta, Ben" in body
    assert [part.get_filename() for part in draft.iter_attachments()] == ["Nominations 26-27 Kyoto.xlsx"]


def test_that_the_facts_of_a_printed_list_are_the_table_and_the_deadline(desk):
    give_deadline(desk, "Kyoto", date(2026, 4, 1))
    sheet = desk.read(nominations.nomination_sheet, partner(desk, "Kyoto").id, 2026, False)
    assert (sheet.office, sheet.nomination.deadline, len(sheet.rows)) == ("Northbridge", date(2026, 4, 1), 2)
    with pytest.raises(Missing):
        desk.read(nominations.nomination_sheet, partner(desk, "Kyoto").id, 2026, True)


def test_that_a_new_factsheet_takes_the_last_one_a_year_on(desk):
    sheet = give_deadline(desk, "Kyoto", date(2028, 2, 29))
    made = desk.get(Factsheet, desk.do(nominations.add_factsheet(partner(desk, "Kyoto"), 2027)))
    assert (made.year, made.nominate_first, made.checked_on) == (2027, date(2029, 2, 28), None)
    desk.do(nominations.remove_factsheet(partner(desk, "Kyoto"), desk.get(Factsheet, sheet.id)))
    assert [one.year for one in desk.read(nominations.factsheets, partner(desk, "Kyoto").id)] == [2027]


def test_that_a_partner_has_one_factsheet_for_a_year(desk):
    sheet = give_deadline(desk, "Kyoto", date(2026, 4, 1))
    with pytest.raises(Refused, match="of this year already"):
        desk.do(nominations.add_factsheet(partner(desk, "Kyoto"), 2026))
    with pytest.raises(Refused, match="ends before it begins"):
        now = desk.get(Factsheet, sheet.id)
        desk.do(nominations.change_factsheet(partner(desk, "Kyoto"), now, first_from=date(2026, 9, 1),
                                             first_to=date(2026, 8, 1)))

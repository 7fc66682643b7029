"""Applicants out of a spreadsheet: what each row means, what is told, and that it is written as it was shown."""

from datetime import date

import pytest

from partnerdesk.domain.applications import points_of
from partnerdesk.domain.calls import Application, Call, Wish
from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.partners import Identifier, Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Refused
from partnerdesk.services import importing_applicants as importing
from partnerdesk.services import partners
from partnerdesk.services.journal import undo_deed, undo_state
from tests.services.applying import Desk

HEAD = "Family name\tGiven names\tDate of birth\tE-mail\tLevel\tISCED\tLanguages\tGrades\tInterview\tWish 1\tWish 2\n"
ADA = "Alpha\tAda\t5.6.2004\tada@example.edu\tBachelor\t0421\tEnglish C1\t90\t18\tKyoto\tLyon\n"
BEN = "Beta\tBen\t7.8.2003\tben@example.edu\tMaster\t0613\tFrench B2\t80,5\t\tF LYON01\t\n"


@pytest.fixture
def desk(tmp_path, stopped_clock):
    made = Desk(tmp_path / "applicants.partnerdesk")
    made.seat("Kyoto", 1)
    made.seat("Lyon", 2, country="FR")
    made.call()
    lyon = next(one for one in made.all(Institution) if one.name == "Lyon")
    made.do(partners.add_child(lyon, Identifier(scheme="erasmus", value="F LYON01")))
    yield made
    made.office.close()


def planned(desk, pasted):
    return desk.read(importing.plan_from_text, desk.get(Call, desk.call_id), pasted)


def test_that_rows_become_people_with_applications_wishes_and_points(desk):
    plan = planned(desk, HEAD + ADA + BEN)
    assert plan.counts["new"] == 2
    assert desk.do(importing.import_deed(plan)) == 2
    ada, ben = desk.all(Application)
    assert (ada.level, ada.field, ada.languages) == ("6", "0421", ("en=C1",))
    assert list(points_of(ada.scores).values()) == [90, 18]
    assert list(points_of(ben.scores).values()) == [80.5]
    assert [w.condition_id for w in desk.all(Wish, application_id=ada.id)] == [desk.seats["Kyoto"], desk.seats["Lyon"]]
    assert [w.condition_id for w in desk.all(Wish, application_id=ben.id)] == [desk.seats["Lyon"]]
    assert desk.get(Person, ada.person_id).birth_date == date(2004, 6, 5)


def test_that_the_same_rows_again_change_nothing_and_changed_points_are_seen(desk):
    desk.do(importing.import_deed(planned(desk, HEAD + ADA + BEN)))
    again = planned(desk, HEAD + ADA + BEN)
    assert again.counts["same"] == 2
    assert not again.writes
    other = planned(desk, HEAD + ADA.replace("\t90\t", "\t95\t") + BEN)
    assert [row.outcome for row in other.rows] == [Outcome.CHANGED, Outcome.SAME]
    desk.do(importing.import_deed(other))
    assert list(points_of(desk.all(Application)[0].scores).values()) == [95, 18]
    assert len(desk.all(Person)) == 2


def test_that_an_import_is_undone_whole(desk):
    desk.do(importing.import_deed(planned(desk, HEAD + ADA + BEN)))
    desk.do(undo_deed(desk.read(undo_state).undo))
    assert (desk.all(Application), desk.all(Wish), desk.all(Person)) == ([], [], [])


def test_that_what_cannot_be_read_is_told_and_the_rest_of_the_row_comes_in(desk):
    row = "Gamma\tCem\t1.1.2004\t\tseventh\t0421\t\t120\t10\tAtlantis\tKyoto\n"
    (planned_row,) = planned(desk, HEAD + row).rows
    assert planned_row.outcome is Outcome.NEW
    assert [str(note) for note in planned_row.notes] == [
        "Level: “seventh” is no level of study", "Grades: Grades gives from 0 to 100 points",
        "Wish 1: “Atlantis” is no partner of ours"]
    assert planned_row.wishes == ((desk.seats["Kyoto"], ""),)


def test_that_a_partner_without_places_in_the_call_is_told(desk):
    desk.do(partners.new_partner(Institution(name="Bergen", country="NO")))
    (row,) = planned(desk, "Name\tChoice 1\nAda Alpha\tBergen\n").rows
    assert [str(note) for note in row.notes] == ["Wish 1: “Bergen” has no places in this call"]


def test_that_rows_without_a_name_impossible_ones_and_the_same_person_twice_are_rejected_with_the_reason(desk):
    born_tomorrow = ADA.replace("5.6.2004", "5.6.2030").replace("Alpha", "Later").replace("ada@", "later@")
    rows = planned(desk, HEAD + "\t\t\t\tMaster\t\t\t\t\t\t\n" + ADA + ADA + born_tomorrow).rows
    assert [row.outcome for row in rows] == [Outcome.REJECTED, Outcome.NEW, Outcome.REJECTED, Outcome.REJECTED]
    assert str(rows[0].reason) == "No name"
    assert str(rows[2].reason) == "The same person as in row 3"


def test_that_whom_we_know_gets_an_application_and_no_second_record(desk):
    desk.applicant("Ada Alpha", 10, 10, "Kyoto")
    other = desk.call(title="Spring")
    (row,) = planned(desk, "Name\tGrades\tWish 1\nAlpha, Ada\t70\tKyoto\n").rows
    assert row.person_id is not None
    desk.do(importing.import_deed(planned(desk, "Name\tGrades\tWish 1\nAlpha, Ada\t70\tKyoto\n")))
    assert len(desk.all(Person)) == 1
    assert len(desk.all(Application, call_id=other.id)) == 1


def test_that_a_condition_for_the_field_of_the_applicant_is_chosen_among_several_of_a_partner(desk):
    desk.seat("Seoul", 1, country="KR", fields=("0613",))
    (row,) = planned(desk, "Name\tISCED\tWish 1\nAda Alpha\t0613\tSeoul\n").rows
    assert row.wishes == ((desk.seats["Seoul"], ""),)


def test_that_an_import_is_refused_when_the_office_changed_since_it_was_shown(desk):
    plan = planned(desk, HEAD + ADA)
    desk.do(importing.import_deed(planned(desk, HEAD + ADA)))
    with pytest.raises(Refused, match="changed since"):
        desk.do(importing.import_deed(plan))


def test_that_a_table_without_names_is_refused_with_what_to_do(desk):
    with pytest.raises(Refused, match="No column gives the names"):
        planned(desk, "Grades\tWish 1\n90\tKyoto\n")


@pytest.mark.parametrize(("header", "key"), [
    ("Wish 1", "wish 1"), ("2nd choice", "wish 2"), ("Wunsch 3", "wish 3"), ("Priorität 1", "wish 1"),
    ("Matrikelnummer", "number"), ("Apellidos", "family"), ("Remarks", "")])
def test_that_columns_are_known_by_words_of_several_languages(header, key):
    assert importing.key_of(header, ()) == key

"""The table of applications: columns for the parts of the score, points typed in them, what is said of each."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from partnerdesk.domain.agreements import Condition
from partnerdesk.domain.calls import Application, Call, ScorePart
from partnerdesk.domain.placement import Hopeful, Seat, place
from partnerdesk.look.cells import Meter, Number
from partnerdesk.models.calls import (
    ApplicationsModel,
    application_lines,
    application_rows,
    application_sentence,
    offer_chip,
    seat_lines,
    seats_model,
)
from partnerdesk.services.placing import CallFile

GRADES = ScorePart(id=1, name="Grades", best=100)
TALK = ScorePart(id=2, name="Interview", best=20)


def call_file(*offers, parts=(GRADES, TALK)):
    """A call of two places with an applicant for each offer, the first with the most points."""
    seat = Seat(7, "Kyoto", places=2, taken=1)
    applications = {
        n: Application(id=n, call_id=1, person_id=n, offer=offer, scores=(f"1={90 - n}",),
                       condition_id=7 if offer in ("placed", "offered") else None,
                       wish=1 if offer in ("placed", "offered") else None)
        for n, offer in enumerate(offers, 1)}
    people = [Hopeful(n, (90.0 - n,), wishes=((7, ""),), out=one.offer == "withdrawn",
                      kept=7 if one.offer == "offered" else None) for n, one in applications.items()]
    return CallFile(
        Call(id=1, title="Autumn", year=2026), tuple(parts), applications, dict.fromkeys(applications, ((7, ""),)),
        {n: ("Ada", f"Alpha{n}") for n in applications}, {}, {}, {7: Condition(id=7)}, {}, place([seat], people))


@pytest.fixture
def model(qtbot):
    made = ApplicationsModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return made


def show(model, file):
    model.set_parts(file.parts)
    model.set_lines(application_lines(file))


def titles(model):
    return [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]


def test_that_each_part_of_the_score_has_a_column_that_comes_and_goes(model):
    show(model, call_file("none", "none"))
    assert titles(model) == ["Rank", "Applicant", "Grades", "Interview", "Score", "Offer", "Placed at"]
    show(model, call_file("none", "none", parts=(TALK,)))
    assert titles(model)[2:4] == ["Interview", "Score"]
    show(model, call_file("none"))
    assert model.rowCount() == 1


def test_that_points_are_typed_where_a_part_stands_and_nowhere_else(model):
    show(model, call_file("none"))
    editable = [bool(model.flags(model.index(0, n)) & Qt.ItemFlag.ItemIsEditable) for n in range(7)]
    assert editable == [False, False, True, True, False, False, False]
    model.set_locked(True)
    assert not model.flags(model.index(0, 2)) & Qt.ItemFlag.ItemIsEditable


def test_that_typed_points_are_told_once_and_shown_at_once(model):
    show(model, call_file("none"))
    told = []
    model.scored.connect(lambda *one: told.append(one))
    assert model.data(model.index(0, 2), Qt.ItemDataRole.EditRole) == "89"
    assert model.setData(model.index(0, 3), "17,5")
    assert model.setData(model.index(0, 3), "17.5")
    assert model.setData(model.index(0, 2), "")
    assert told == [(1, 2, 17.5), (1, 1, None)]
    assert model.data(model.index(0, 3)) == "17.5"


@pytest.mark.parametrize("written", ["21", "-1", "many"])
def test_that_points_that_cannot_be_are_said_and_not_taken(model, written):
    show(model, call_file("none"))
    said = []
    model.misread.connect(said.append)
    assert not model.setData(model.index(0, 3), written)
    assert said and said[0].startswith("Alpha1, Ada: ")


def test_that_lines_stand_in_the_order_of_merit_and_who_is_out_comes_last():
    lines = application_lines(call_file("withdrawn", "none", "placed"))
    assert [(line.id, line.rank) for line in lines] == [(2, 1), (3, 2), (1, None)]


def test_that_what_a_run_would_change_is_marked():
    first, second = application_lines(call_file("placed", "none"))
    assert (first.differs, second.differs) == (False, True)
    assert first.place == "Kyoto"


def test_that_each_offer_has_its_word_and_a_place_by_hand_its_own():
    words = {offer: offer_chip(Application(offer=offer)).word for offer in ("none", "placed", "waiting", "accepted")}
    assert words == {"none": "Open", "placed": "Placed", "waiting": "Waiting", "accepted": "Accepted"}
    assert offer_chip(Application(offer="placed", by_hand=True)).word == "By hand"


def test_that_a_line_is_said_in_full_to_a_screen_reader():
    assert application_sentence(application_lines(call_file("placed"))[0]) == (
        "rank 1, Alpha1, Ada, 89.0 points, Placed, Kyoto")


def test_that_the_places_tell_what_is_gone_of_them(qtbot):
    file = call_file("placed", "none")
    (line,) = seat_lines(file.placement)
    assert (line.placed, line.waiting, line.over) == (1, 1, False)
    model = seats_model(None)
    model.set_lines([line])
    assert model.columns[0].cell(line).second == "1 placed · 1 taken elsewhere · 1 waiting"
    assert model.columns[1].cell(line) == Meter(2, 2)


def test_that_a_place_without_a_number_shows_none():
    from dataclasses import replace

    (line,) = seat_lines(call_file("none").placement)
    assert seats_model(None).columns[1].cell(replace(line, seat=Seat(7, "Kyoto"))) == Number("—")


def test_that_the_spreadsheet_has_the_reason_of_each():
    file = call_file("placed", "none")
    head, rows = application_rows(application_lines(file), file)
    assert head[-1] == "Why"
    assert rows[1][-1] == "Wish 1 Kyoto is full (2 of 2, last placed 89.0 points); on the waiting list."

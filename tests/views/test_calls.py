"""J6: select and place outgoing students, driven in the window from the spreadsheet to the accepted offer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from partnerdesk.domain.applications import points_of
from partnerdesk.domain.calls import Application, Call
from partnerdesk.domain.stays import Stay
from partnerdesk.services import calls
from tests.services.applying import Desk

HEAD = "Family name\tGiven names\tLevel\tISCED\tLanguages\tGrades\tInterview\tWish 1\tWish 2\n"
ROWS = (
    "Alpha\tAda\tBachelor\t0421\tEnglish C1\t90\t18\tKyoto\tPorto\n"
    "Beta\tBen\tBachelor\t0421\tEnglish C1\t80\t16\tKyoto\tPorto\n"
    "Gamma\tCem\tMaster\t0421\tEnglish C1\t70\t14\tKyoto\tPorto\n"
    "Delta\tDea\tBachelor\t0421\tEnglish C1\t60\t12\tAtlantis\tPorto\n")


@pytest.fixture
def places(tmp_path):
    """An office with two partners that give places, and an open call."""
    made = Desk(tmp_path / "calls.partnerdesk")
    made.seat("Kyoto", 1)
    made.seat("Porto", 2, country="PT", levels=("6",))
    made.call()
    made.office.close()
    return tmp_path / "calls.partnerdesk"


@pytest.fixture
def program(drive, places):
    shown = drive(places)
    shown.house.go("calls")
    shown.settle()
    return shown


def page(program):
    return program.window.page_named("calls")


def import_rows(program, rows=HEAD + ROWS):
    QGuiApplication.clipboard().setText(rows)
    page(program).empty.setFocus()
    program.keys("<Ctrl+V>")
    program.press("Import 4", page(program).dialog)


def run_placement(program):
    program.press("Run the placement")
    program.press("Write the placement", page(program).dialog)


def select(program, *rows):
    table = page(program).table
    table.clearSelection()
    for n, row in enumerate(rows):
        at = table.visualRect(table.model().index(row, 1)).center()
        held = Qt.KeyboardModifier.ControlModifier if n else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, at)
    program.settle()


def stands(program):
    return [(line.name, line.application.offer, line.place) for line in page(program).table.lines.lines]


def applications(program):
    return program.ask(lambda reader: reader.find(Application))


def test_that_a_pasted_list_is_shown_row_by_row_before_it_is_written(program):
    QGuiApplication.clipboard().setText(HEAD + ROWS)
    page(program).empty.setFocus()
    program.keys("<Ctrl+V>")
    dialog = page(program).dialog
    assert dialog.summary.text() == "4 new, 0 changed, 0 the same, 0 rejected"
    assert applications(program) == []
    notes = [str(note) for row in dialog.plan.rows for note in row.notes]
    assert notes == ["Wish 1: “Atlantis” is no partner of ours"]
    program.press("Import 4", dialog)
    assert len(applications(program)) == 4


def test_that_a_run_is_previewed_written_explained_and_undone(program):
    import_rows(program)
    program.press("Run the placement")
    dialog = page(program).dialog
    assert dialog.summary.text() == "3 placed, 1 waiting, 0 without a place, 0 kept, 0 withdrawn"
    assert [one.offer for one in applications(program)] == ["none"] * 4
    program.press("Write the placement", dialog)
    assert stands(program) == [
        ("Alpha, Ada", "placed", "Kyoto"), ("Beta, Ben", "placed", "Porto"), ("Gamma, Cem", "waiting", ""),
        ("Delta, Dea", "placed", "Porto")]
    select(program, 2)
    assert page(program).pane.applicant.why.text() == (
        "Wish 1 Kyoto is full (1 of 1, last placed 90.0 points); "
        "wish 2 Porto takes Bachelor (EQF 6), not Master (EQF 7); on the waiting list.")
    program.keys("<Ctrl+Z>")
    assert {offer for _, offer, _ in stands(program)} == {"none"}


def test_that_points_typed_in_the_grid_change_the_ranks(program):
    import_rows(program)
    table = page(program).table
    index = table.model().index(3, 2)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    program.keys("<Ctrl+A>", "100", "<Return>")
    assert stands(program)[0][0] == "Alpha, Ada"
    assert [line.name for line in table.lines.lines] == ["Alpha, Ada", "Delta, Dea", "Beta, Ben", "Gamma, Cem"]
    assert 100 in points_of(applications(program)[3].scores).values()


def test_that_points_are_typed_with_the_keyboard_alone(program):
    import_rows(program)
    table = page(program).table
    table.setFocus()
    table.select_row(0)
    program.keys("<Right>", "<Right>", "55", "<Return>")
    assert 55 in points_of(applications(program)[0].scores).values()


def test_that_a_block_of_points_is_pasted_from_the_current_cell_on(program):
    import_rows(program)
    table = page(program).table
    table.setFocus()
    table.select_row(1)
    program.keys("<Right>", "<Right>")
    QGuiApplication.clipboard().setText("71\t11\n61\t10,5\n")
    program.keys("<Ctrl+V>")
    scores = {line.name: line.points for line in table.lines.lines}
    assert (scores["Beta, Ben"], scores["Gamma, Cem"]) == ((71, 11), (61, 10.5))


def test_that_points_beyond_the_best_are_refused_with_the_reason(program):
    import_rows(program)
    table = page(program).table
    index = table.model().index(0, 2)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    program.keys("<Ctrl+A>", "101", "<Return>")
    assert page(program).message.isVisible()
    assert 90 in points_of(applications(program)[0].scores).values()


def test_that_offers_are_made_accepted_and_become_stays(program):
    import_rows(program)
    run_placement(program)
    select(program, 0, 1)
    program.press("Offer the place")
    select(program, 0)
    program.press("Accepts")
    assert [offer for _, offer, _ in stands(program)] == ["accepted", "offered", "waiting", "placed"]
    (stay,) = program.ask(lambda reader: reader.find(Stay))
    assert (stay.year, stay.sending_status, stay.selected_on is not None) == (2026, "planned", True)


def test_that_who_moves_up_is_shown_before_somebody_withdraws(program):
    import_rows(program)
    run_placement(program)
    select(program, 0)
    program.press("Withdraw…")
    dialog = page(program).dialog
    assert "Ben Beta: Moves from Porto to Kyoto (wish 1), where a place is free now." in dialog.moves.text()
    program.press("Withdraw", dialog)
    run_placement(program)
    assert ("Beta, Ben", "placed", "Kyoto") in stands(program)


def test_that_a_place_by_hand_over_the_quota_asks_for_a_reason_and_is_kept(program):
    import_rows(program)
    run_placement(program)
    select(program, 2)
    program.press("Place by hand…")
    dialog = page(program).dialog
    dialog.fields["condition_id"].set_value(next(
        i for i, seat in page(program).file.placement.seats.items() if seat.name == "Kyoto"))
    program.press("Place", dialog)
    assert dialog.fields["condition_id"].editor.notes.error == "Kyoto is full: 1 of 1 places are taken"
    program.fill("reason", "Agreed with Kyoto", dialog)
    program.press("Place", dialog)
    assert ("Gamma, Cem", "placed", "Kyoto") in stands(program)
    run_placement(program)
    assert ("Gamma, Cem", "placed", "Kyoto") in stands(program)
    assert ("Alpha, Ada", "placed", "Porto") in stands(program)
    assert page(program).pane.applicant.reason.text().endswith("by Ada. Reason: Agreed with Kyoto")


def test_that_the_places_tell_who_is_there_and_who_waits(program):
    import_rows(program)
    run_placement(program)
    pane = page(program).pane
    program.tab(pane.tabs, "places")
    assert [(line.seat.name, line.placed, line.waiting) for line in pane.seats.lines.lines] == [
        ("Kyoto", 1, 2), ("Porto", 2, 0)]
    pane.seats.select_row(0)
    assert pane.waiting.text() == "Here: Ada Alpha\nWaiting: 1. Ben Beta, 2. Cem Gamma"


def test_that_the_score_is_changed_in_the_call(program):
    import_rows(program)
    program.tab(page(program).pane.tabs, "call")
    part = page(program).file.parts[0]
    program.fill(f"weight_{part.id}", "10")
    assert page(program).file.parts[0].weight == 10
    program.press("Add a part")
    assert [p.name for p in page(program).model.parts] == ["Grades", "Interview", "New part"]
    program.press("Remove “New part”")
    assert [p.name for p in page(program).model.parts] == ["Grades", "Interview"]


def test_that_a_new_call_is_opened_and_shown(program):
    program.press("New call")
    dialog = page(program).dialog
    program.fill("title", "Spring", dialog)
    program.press("Open the call", dialog)
    assert page(program).file.call.title == "Spring"
    assert program.ask(lambda reader: reader.count(Call)) == 2
    assert not page(program).run_button.isVisible()


def test_that_a_deleted_call_leaves_the_page_empty_and_comes_back_with_undo(program):
    program.tab(page(program).pane.tabs, "call")
    program.press("Delete the call")
    assert page(program).file is None
    program.house.desk.undo()
    program.settle()
    assert page(program).file.call.title == "Autumn"


def test_that_wishes_are_changed_in_the_pane(program):
    import_rows(program)
    select(program, 3)
    field = page(program).pane.applicant.wishes[0]
    kyoto = next(i for i, seat in page(program).file.placement.seats.items() if seat.name == "Kyoto")
    field.set_value(kyoto)
    field.edited.emit(kyoto)
    program.settle()
    assert [c for c, _ in page(program).file.wishes[applications(program)[3].id]] == [kyoto]


def test_that_an_office_without_calls_says_what_a_call_is_for(drive, tmp_path):
    Desk(tmp_path / "none.partnerdesk").office.close()
    program = drive(tmp_path / "none.partnerdesk")
    program.house.go("calls")
    program.settle()
    assert page(program).empty.has_primary
    assert page(program).detail.isHidden() and not page(program).search.isVisible()
    assert "ranks them and places them" in page(program).empty.accessibleName()


def test_that_the_sample_office_has_a_call_to_be_placed(drive, office_file):
    program = drive(office_file)
    program.house.go("calls")
    program.settle()
    assert len(page(program).table.lines.lines) > 10
    run_placement(program)
    assert any(offer == "placed" for _, offer, _ in stands(program))
    assert program.ask(calls.call_lines)[0].counts["placed"] > 5

"""Stays in the real window: entered, nominated, gone, back and closed; many at once; the board, the grid, the rules."""

from datetime import date

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.cohorts import Cohort, CohortMember
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.learning import LearningVersion
from partnerdesk.domain.people import Enrolment, Person
from partnerdesk.domain.phases import Phase
from partnerdesk.domain.stays import Override, Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import people, stays
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.palette import Palette

NAME = "Quilla Zephyrine"


@pytest.fixture
def driven(drive, office_file, stopped_clock):
    driven = drive(office_file)
    driven.local.keep_note("stays/mode", "list")
    driven.house.go("stays")
    driven.settle()
    return driven


@pytest.fixture
def page(driven):
    return driven.house.window.page_named("stays")


def new_person(driven):
    person = Person(given_names="Quilla", family_name="Zephyrine", email="quilla@example.edu")
    return driven.do(people.new_person(person, Enrolment(level="6")))


def dialog(driven):
    driven.settle()
    return next(one for one in driven.window.findChildren(DialogShell) if one.isVisible())


def gone(driven):
    return not [one for one in driven.window.findChildren(DialogShell) if one.isVisible()]


def answer(driven, button, **fields):
    shown = dialog(driven)
    for name, words in fields.items():
        driven.fill(name, words, shown)
    driven.press(button, shown)


def enter_stay(driven, page):
    page.column.focus_rows()
    driven.keys("<Ctrl+N>")
    shown = dialog(driven)
    driven.field("person", shown).setFocus()
    driven.keys("zephyr", "<Return>")
    driven.field("partner", shown).setFocus()
    driven.keys("uppsala", "<Return>")
    driven.fill("year", "2025/26", shown)
    driven.field("term", shown).setFocus()
    driven.keys("second sem", "<Return>")
    driven.press("Enter the stay", shown)
    driven.qtbot.waitUntil(lambda: page.pane.stay is not None and page.pane.work.name == NAME)
    driven.settle()
    return page.pane.stay.id


def sign_learning_agreement(driven, stay_id):
    day = date(2026, 2, 1)
    version = LearningVersion(stay_id=stay_id, student_signed_on=day, sending_signed_on=day, receiving_signed_on=day)
    driven.do(Deed(Text("sign"), lambda unit: unit.add(version).id))


def phase(page):
    return str(stays.phase_now(page.pane.work.about.stay))


def next_card(page):
    return page.pane.part("overview").next


def press_next(driven, page):
    driven.click(next_card(page).act)


def test_that_an_outgoing_stay_goes_from_the_application_to_the_end_in_its_form(driven, page):
    new_person(driven)
    made = enter_stay(driven, page)
    stay = page.pane.stay
    assert (stay.planned_from, stay.planned_to) == (date(2026, 2, 1), date(2026, 6, 30))
    assert (phase(page), stay.direction) == ("applied", "out")

    press_next(driven, page)
    answer(driven, "Nominate", on="20 Feb 2026")
    if not gone(driven):
        answer(driven, "Go on", reason="agreed with the partner")
    assert (phase(page), page.pane.stay.nominated_on) == ("nominated", date(2026, 2, 20))

    press_next(driven, page)
    answer(driven, "Record acceptance", comment="by mail")
    assert (phase(page), page.pane.stay.status_comment) == ("accepted", "by mail")

    press_next(driven, page)
    assert "signatures" in " ".join(sentence for sentence in said(dialog(driven)))
    driven.press("Leave it", dialog(driven))
    sign_learning_agreement(driven, made)
    press_next(driven, page)
    assert phase(page) == "preparing"

    driven.do(Deed(Text("paper"), lambda unit: unit.add(Document(
        stay_id=made, kind="insurance", stage="departure", mandatory=True, state="required")).id))
    press_next(driven, page)
    answer(driven, "Record arrival")
    answer(driven, "Go on", reason="policy shown on the phone")
    assert phase(page) == "abroad"
    overrides = driven.ask(lambda reader: reader.find(Override, stay_id=made))
    assert ("R58", "policy shown on the phone") in [(o.rule, o.reason) for o in overrides]

    driven.house.registry.command("stays.extend").run()
    answer(driven, "Extend the stay", until="31 Jul 2026", note="one more course")
    assert page.pane.stay.planned_to == date(2026, 7, 31)

    press_next(driven, page)
    answer(driven, "Record return")
    press_next(driven, page)
    answer(driven, "Go on", reason="credits confirmed in writing")
    assert phase(page) == "recognised"
    press_next(driven, page)
    if not gone(driven):
        answer(driven, "Go on", reason="nothing more will come")
    assert phase(page) == "closed"
    assert next_card(page).isHidden()

    driven.house.desk.undo()
    driven.settle()
    assert phase(page) == "recognised"


def said(shown):
    from partnerdesk.views.kit.labels import Words

    return [one.text() for one in shown.findChildren(Words)]


def test_that_a_field_is_saved_when_it_is_left_and_refused_in_its_place(driven, page):
    new_person(driven)
    made = enter_stay(driven, page)
    page.pane.show_tab("stay")
    driven.settle()
    driven.fill("planned_to", "15 Jun 2026", page.pane)
    assert driven.ask(lambda reader: reader.get(Stay, made)).planned_to == date(2026, 6, 15)
    driven.fill("planned_to", "1 Jan 2026", page.pane)
    field = page.pane.part("stay").fields["planned_to"]
    assert field.editor.notes.error
    assert driven.ask(lambda reader: reader.get(Stay, made)).planned_to == date(2026, 6, 15)
    driven.fill("planned_to", "16 Jun 2026", page.pane)
    assert not field.editor.notes.error


def test_that_what_is_fixed_since_the_nomination_is_locked_and_says_why(driven, page):
    new_person(driven)
    made = enter_stay(driven, page)
    page.pane.show_tab("stay")
    driven.settle()
    fields = page.pane.part("stay").fields
    assert not fields["receiving_id"].editor.notes.locked
    assert fields["actual_from"].editor.notes.locked
    driven.do(stays.nominate([made], reason="x"))
    assert fields["receiving_id"].editor.notes.locked


def test_that_a_warning_is_accepted_with_a_reason_and_can_be_let_stand_again(driven, page):
    new_person(driven)
    enter_stay(driven, page)
    stay = page.pane.stay
    driven.do(stays.change_stay(stay, programme="erasmus-ka131", planned_to=date(2026, 2, 20)))
    overview = page.pane.part("overview")
    assert any("2 to 12 months" in sentence for sentence in overview.problems.sentences)
    place = next(n for n, s in enumerate(overview.problems.sentences) if "2 to 12 months" in s)
    overview.problems.fix_wanted.emit(place)
    answer(driven, "Accept", reason="a short stay by mutual wish")
    assert not any("2 to 12 months" in sentence for sentence in overview.problems.sentences)
    driven.press("Let it stand again", page.pane)
    assert any("2 to 12 months" in sentence for sentence in overview.problems.sentences)


def ids_in(driven, phase_, most=3):
    line = f"phase:{phase_}"
    return driven.ask(lambda reader: stays.stay_ids(reader, query(line), most))


def query(line):
    from partnerdesk.domain.query import parse

    return parse(line, ("phase",)).listing("name")


def test_that_many_stays_go_on_by_one_deed_that_undo_takes_back(driven, page):
    page.search.show(page.search.parse("phase:applied"))
    driven.settle()
    before = page.model.hits
    assert before > 2
    page.table.selectAll()
    driven.qtbot.waitUntil(lambda: page.selected_count == before)
    driven.settle()
    page.begin_deed("select")
    driven.settle()
    driven.qtbot.waitUntil(lambda: page.model.hits == 0)
    driven.house.desk.undo()
    driven.qtbot.waitUntil(lambda: page.model.hits == before)


def test_that_hundreds_go_on_beside_the_window_as_one_step(driven, page):
    ids = ids_in(driven, "closed", 400)
    assert len(ids) > 200
    page.stay_deeds.begin("reopen", ids)
    driven.qtbot.waitUntil(lambda: not page.work.busy and not ids_in(driven, "closed"), timeout=20000)
    driven.house.desk.undo()
    driven.qtbot.waitUntil(lambda: len(ids_in(driven, "closed", 400)) == len(ids), timeout=20000)


def test_that_stays_and_people_are_found_from_everywhere(driven, page):
    new_person(driven)
    enter_stay(driven, page)
    driven.house.go("partners")
    driven.keys("<Ctrl+K>", "zephyrine")
    palette = driven.window.findChild(Palette)

    def found():
        hits = (palette.model.hit(row) for row in range(palette.model.rowCount()))
        return {hit.key.split()[0] for hit in hits if hit is not None}

    driven.qtbot.waitUntil(lambda: {"person", "stay"} <= found())
    driven.keys("<Esc>")


def test_that_selected_stays_go_into_a_cohort_that_is_there_or_a_new_one(driven, page):
    page.search.show(page.search.parse("phase:applied"))
    driven.settle()
    page.table.selectAll()
    driven.qtbot.waitUntil(lambda: page.selected_count == page.model.hits)
    driven.settle()
    ids = set(page.selected)
    driven.press("Add to a cohort…", page)
    shown = dialog(driven)
    driven.press("Add", shown)
    assert shown.isVisible()
    driven.fill("title", "Applicants of spring", shown)
    driven.press("Add", shown)
    (made,) = [one for one in driven.ask(lambda r: r.find(Cohort)) if one.title == "Applicants of spring"]
    assert {one.stay_id for one in driven.ask(lambda r: r.find(CohortMember, cohort_id=made.id))} == ids
    page.table.select_row(0)
    driven.settle()
    driven.house.registry.run("stays.cohort")
    shown = dialog(driven)
    driven.field("cohort", shown).setFocus()
    driven.keys("applicants of", "<Return>")
    driven.press("Add", shown)
    assert gone(driven)
    driven.house.desk.undo()
    driven.settle()
    driven.house.desk.undo()
    driven.settle()
    assert driven.ask(lambda r: r.find(CohortMember, cohort_id=made.id)) == []


def test_that_a_refusal_of_many_says_who_and_changes_nobody(driven, page):
    ids = [*ids_in(driven, "closed", 1), *ids_in(driven, "applied", 1)]
    page.stay_deeds.begin("arrive", ids)
    answer(driven, "Record arrival")
    driven.settle()
    assert driven.window.message().isVisible()
    assert str(stays.phase_now(driven.ask(lambda reader: reader.get(Stay, ids[1])))) == "applied"


@pytest.mark.parametrize("mode", ["board", "grid", "list", "calendar"])
def test_that_the_way_of_looking_is_remembered(driven, page, mode):
    page.show_mode(mode)
    driven.settle()
    assert (page.mode, page.switch.value) == (mode, mode)
    assert driven.local.note("stays/mode") == mode


def test_that_a_stay_begins_from_its_person_too(driven, page):
    person = new_person(driven)
    driven.house.go("people", person)
    driven.settle()
    driven.house.registry.command("people.new_stay").run()
    shown = dialog(driven)
    assert shown.fields["person"].value() == person
    driven.press("Enter the stay", shown)
    driven.qtbot.waitUntil(lambda: driven.window.page is page and page.pane.work.about is not None)
    assert (page.pane.work.name, page.pane.stay.receiving_id) == (NAME, None)


def test_that_stays_are_a_board_at_first(drive, office_file, stopped_clock):
    driven = drive(office_file)
    driven.house.go("stays")
    driven.settle()
    page = driven.house.window.page_named("stays")
    assert page.mode == "board"
    assert page.room.isVisible()
    assert page.count == driven.ask(stays.stay_count)


def test_that_nominations_of_guests_are_accepted_together_and_rejected_with_a_comment(driven, page):
    page.search.show(page.search.parse("phase:nominated direction:in"))
    driven.settle()
    ids = list(page.model.ids)
    assert len(ids) >= 2
    page.stay_deeds.begin("reject", ids[:1])
    answer(driven, "Record rejection", comment="no supervisor this year")
    page.stay_deeds.begin("accept", ids[1:])
    answer(driven, "Record acceptance")
    found = driven.ask(lambda reader: reader.many(Stay, ids))
    assert (found[ids[0]].receiving_status, found[ids[0]].status_comment) == ("rejected", "no supervisor this year")
    assert {found[i].receiving_status for i in ids[1:]} == {"verified"}


def test_that_a_stay_opened_on_the_board_is_shown_beside_it_and_closed_with_escape(driven, page):
    page.show_mode("board")
    driven.settle()
    (first, *_) = ids_in(driven, "applied", 1)
    page.room.board.opened.emit(first)
    driven.settle()
    assert page.pane.isVisible()
    assert page.pane.record_id == first
    assert page.room.summary.isHidden()
    driven.keys("<Esc>")
    assert not page.pane.isVisible()
    assert not page.room.summary.isHidden()


def test_that_a_stay_somebody_was_led_to_is_shown_beside_the_board(driven, page):
    page.show_mode("board")
    driven.settle()
    (closed,) = ids_in(driven, "closed", 1)
    driven.house.go("partners")
    driven.settle()
    driven.house.go("stays", closed)
    driven.settle()
    driven.qtbot.waitUntil(lambda: page.pane.isVisible() and page.pane.work.about is not None)
    assert page.pane.record_id == closed


def test_that_a_sum_beside_the_board_narrows_the_search(driven, page):
    page.show_mode("board")
    driven.settle()
    page.room.filter_wanted.emit("phase:abroad")
    driven.settle()
    assert str(page.query) == "phase:abroad"
    page.room.filter_wanted.emit("phase:closed")
    assert str(page.query) == "phase:closed"


def test_that_the_grid_shows_all_columns_and_changes_what_is_selected(driven, page):
    page.show_mode("grid")
    driven.settle()
    assert len(page.columns.keys()) == len(page.model.columns)
    page.table.selectRow(0)
    driven.qtbot.waitUntil(lambda: page.bulk.isVisible())
    page.show_mode("list")
    driven.settle()
    assert len(page.columns.keys()) < len(page.model.columns)


def test_that_the_view_of_those_abroad_finds_only_them(driven, page):
    page.views.choose("s1")
    driven.settle()
    lines = driven.ask(lambda reader: stays.stay_lines(reader, list(page.model.ids)))
    assert lines
    assert {line.phase for line in lines.values()} == {str(Phase.ABROAD)}


def test_that_a_staff_stay_shows_hours_in_place_of_study(driven, page):
    person = Person(given_names="Quilla", family_name="Zephyrine", kind="staff")
    made = driven.do(people.new_person(person))
    record = driven.ask(lambda reader: reader.get(Person, made))
    stay = Stay(activity="staff-teacher", planned_from=date(2026, 5, 4), planned_to=date(2026, 5, 8), year=2025)
    stay_id = driven.do(stays.new_stay(record, None, stay))
    page.show_record(stay_id)
    driven.settle()
    page.pane.show_tab("stay")
    driven.settle()
    assert driven.field("teaching_hours", page.pane).isVisible()
    assert not page.pane.part("stay").fields["level_nominated"].isVisible()

"""The Transcript tab of a stay, driven: paste, pair, convert, decide; and the grade tables it converts by."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.grades import GradeRow, GradeTable
from partnerdesk.domain.learning import LearningComponent, LearningVersion
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.transcripts import Recognition, Transcript, TranscriptLine
from partnerdesk.services import grades
from partnerdesk.views.grade_tables import GradeTables, GradeTablesDialog
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.stay_transcript import TranscriptTab
from tests.services.papers_of_stays import HOME, LYON, done, write
from tests.views.sections_of_stays import Shown

pytestmark = pytest.mark.usefixtures("stopped_clock")
PASTED = "Code\tTitle\tECTS\tGrade\nCS1\tAlgorithms\t6\tB\nCS2\tLogic\t4.5\tC\nCS3\tLaw\t3\tF\n"
HOST = (("A", 10.0), ("B", 25.0), ("C", 30.0), ("D", 25.0), ("E", 10.0))
OURS = (("30L", 10.0), ("30", 15.0), ("28-29", 25.0), ("26-27", 25.0), ("24-25", 15.0), ("18-23", 10.0))


@pytest.fixture
def make(qtbot, tmp_path):
    shown = []

    def show(**more):
        one = Shown(qtbot, tmp_path, TranscriptTab, **{"size": (900, 760), **more})
        shown.append(one)
        return one

    yield show
    for one in shown:
        one.leave()


def tables(office):
    for institution, told in ((LYON, HOST), (HOME, OURS)):
        rows = [GradeRow(label=label, percent=percent) for label, percent in told]
        done(office, grades.add_table(GradeTable(
            institution_id=institution, name="All fields", first_year=2022, last_year=2024), rows))


def agreed(office):
    def run(unit):
        version = unit.add(LearningVersion(stay_id=1))
        unit.add(LearningComponent(version_id=version.id, part="A", code="CS1", title="Algorithms", pair=1))
        unit.add(LearningComponent(version_id=version.id, part="B", title="Algoritmid", credits=6.0, pair=1))

    write(office, run)


def pasted(shown):
    shown.paste(shown.section.grid, PASTED)
    shown.press("Paste")


def decisions(shown):
    lines = sorted(shown.found(TranscriptLine), key=lambda line: line.position)
    held = {one.line_id: one for one in shown.found(Recognition)}
    return [held.get(line.id) for line in lines]


def test_that_a_pasted_transcript_is_told_first_and_adds_up(make):
    shown = make()
    shown.paste(shown.section.grid, PASTED)
    assert shown.found(TranscriptLine) == []
    shown.press("Paste")
    assert [line.passed for line in shown.found(TranscriptLine)] == [True, True, False]
    assert shown.section.sums.text() == "Achieved 10.5 · recognised 0 · not decided 2"


def test_that_a_course_is_added_and_typed_with_keys(make):
    shown = make()
    shown.section.focus_first()
    shown.keys("<Ctrl+N>", "<F2>", "Ethics", "<Tab>", "3", "<Tab>", "B", "<Return>")
    line = shown.found(TranscriptLine)[0]
    assert (line.title, line.credits, line.grade) == ("Ethics", 3.0, "B")
    shown.section.grid.go_to(line.id, "passed")
    shown.keys(" ")
    assert not shown.found(TranscriptLine)[0].passed


def test_that_courses_are_paired_converted_and_decided_in_three_steps(make):
    def prepare(office):
        tables(office)
        agreed(office)

    shown = make(prepare=prepare)
    pasted(shown)
    shown.press("Pair with the agreement")
    assert decisions(shown)[0].home_title == "Algoritmid"
    shown.press("Convert grades")
    assert [d.grade if d else None for d in decisions(shown)] == ["30", "28-29", None]
    shown.press("Recognise all")
    assert [d.decision if d else None for d in decisions(shown)] == ["recognised", "recognised", None]
    assert shown.section.sums.text() == "Achieved 10.5 · recognised 10.5"
    for _ in range(3):
        shown.undo()
    assert decisions(shown) == [None, None, None]


def test_that_the_sentence_on_how_stands_beneath_before_and_after(make):
    shown = make(prepare=tables)
    pasted(shown)
    grid = shown.section.grid
    grid.setFocus()
    grid.select_row(1)
    assert "28-29, 26-27 fit equally, and the office takes the best: 28-29." in shown.section.method.text()
    shown.press("Convert grades")
    assert decisions(shown)[1].method == shown.section.method.text()


def test_that_a_grade_typed_by_hand_has_no_method(make):
    shown = make(prepare=tables)
    pasted(shown)
    shown.press("Convert grades")
    grid = shown.section.grid
    grid.setFocus()
    grid.go_to(shown.found(TranscriptLine)[0].id, "home_grade")
    shown.keys("<F2>", "<Ctrl+A>", "30L", "<Return>")
    assert (decisions(shown)[0].grade, decisions(shown)[0].method) == ("30L", "")


def test_that_refusing_in_the_grid_asks_why(make):
    shown = make()
    pasted(shown)
    grid = shown.section.grid
    grid.setFocus()
    grid.go_to(shown.found(TranscriptLine)[0].id, "decision")
    shown.keys("<F2>", "not rec", "<Return>")
    assert shown.section.reason_form.isVisible()
    shown.keys("Taken at home already", "<Return>")
    assert (decisions(shown)[0].decision, decisions(shown)[0].reason) == ("refused", "Taken at home already")
    grid.setFocus()
    shown.press("Decide again")
    assert decisions(shown)[0].decision == "open"


def test_that_more_credits_than_achieved_are_marked_in_their_cell(make):
    shown = make()
    pasted(shown)
    shown.press("Recognise all")
    grid = shown.section.grid
    grid.setFocus()
    grid.go_to(shown.found(TranscriptLine)[0].id, "home_credits")
    shown.keys("<F2>", "<Ctrl+A>", "9", "<Return>")
    assert decisions(shown)[0].credits == 9.0
    assert shown.section.model.warning(grid.current, "home_credits")[0] == "warn"


def test_that_a_late_transcript_is_said_and_its_day_ticks_off_the_document(make):
    def back(office):
        write(office, lambda unit: unit.change(
            Stay, 1, None, actual_from=date(2025, 9, 1), actual_to=date(2025, 12, 20), sending_status="live"))

    shown = make(prepare=back)
    assert shown.section.problems.sentences == ["The transcript is 37 days overdue"]
    field = shown.window.findChild(QWidget, "received_on")
    field.setFocus()
    shown.keys("1 March 2026", "<Tab>")
    assert shown.found(Transcript)[0].received_on == date(2026, 3, 1)
    assert shown.found(Document, kind="transcript")[0].state == "received"
    assert shown.section.problems.sentences == ["The transcript came 36 days late"]


def test_that_a_stay_that_is_recognised_can_only_be_read(make):
    def sealed(office):
        write(office, lambda unit: unit.change(Stay, 1, None, sending_status="recognized"))

    shown = make(prepare=sealed)
    assert not shown.offered("Add course")
    shown.paste(shown.section.grid, PASTED)
    assert not shown.offered("Paste")


def test_that_grade_tables_of_both_sides_open_over_the_stay(make):
    shown = make(prepare=tables)
    shown.press("Grade tables…")
    dialog = shown.section.findChild(GradeTablesDialog)
    assert dialog.tables.file.table.institution_id == LYON
    dialog._sides.chosen.emit(str(HOME))
    shown.settle()
    assert [row.label for row in dialog.tables.file.rows] == [label for label, _ in OURS]
    dialog.accept()
    shown.settle()


@pytest.fixture
def editor(make, qtbot):
    shown = make()
    window = QWidget()
    qtbot.addWidget(window)
    made = GradeTables(shown.desk, SaveState(window), window)
    made.resize(520, 600)
    window.resize(520, 600)
    with qtbot.waitActive(window):
        window.show()
    made.show_institution(LYON)
    shown.settle()
    yield shown, made
    window.close()


def test_that_a_table_is_added_and_filled_by_paste(editor):
    shown, made = editor
    made.add_table()
    shown.settle()
    assert (made.file.table.first_year, made.file.table.last_year) == (2023, 2025)
    shown.paste(made.grid, "Grade\tShare\nA\t10\nB\t25\nC\t65\nF\t12\tno")
    shown.keys("<Space>")
    assert [(r.label, r.percent, r.passing) for r in made.file.rows] == [
        ("A", 10.0, True), ("B", 25.0, True), ("C", 65.0, True), ("F", 12.0, False)]
    assert made.model.words_of(made.model.records[1], "reach") == "10–35 %"
    assert made.problems.sentences == []


def test_that_a_share_is_typed_and_the_sum_is_spoken_of(editor):
    shown, made = editor
    shown.do(grades.add_table(GradeTable(institution_id=LYON, name="All"), [GradeRow(label="A", percent=100.0)]))
    made.grid.setFocus()
    made.grid.go_to(made.file.rows[0].id, "percent")
    shown.keys("<F2>", "<Ctrl+A>", "40", "<Return>")
    assert made.problems.sentences == ["The passing grades have 40 % together; they are taken as the whole"]
    shown.keys("<F2>", "<Ctrl+A>", "-3", "<Return>")
    assert made.file.rows[0].percent == 40.0
    assert QApplication.focusWidget() is made.grid


def test_that_grades_and_tables_go_by_key_and_button(editor):
    shown, made = editor
    shown.do(grades.add_table(GradeTable(institution_id=LYON, name="All"), [
        GradeRow(label="A", percent=40.0), GradeRow(label="B", percent=60.0)]))
    made.grid.setFocus()
    made.grid.select_row(0)
    shown.keys("<Del>")
    assert [r.label for r in made.file.rows] == ["B"]
    made.remove_table()
    shown.settle()
    assert made.file is None
    shown.undo()
    assert made.file.table.name == "All"

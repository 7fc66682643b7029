"""The grids of a stay's papers: what their cells say, take, refuse and strike through."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.doc_rules import STARTING_SET
from partnerdesk.domain.grades import GradeRow
from partnerdesk.domain.learning import LearningComponent, LearningVersion
from partnerdesk.domain.transcripts import Recognition, TranscriptLine
from partnerdesk.look.cells import CELL_ROLE, Chip
from partnerdesk.models.doc_rules import RulesModel
from partnerdesk.models.edit_grid import PROBLEM_ROLE, STRUCK_ROLE
from partnerdesk.models.grade_tables import GradesModel
from partnerdesk.models.stay_documents import DocumentsModel
from partnerdesk.models.stay_learning import ComponentsModel
from partnerdesk.models.stay_transcript import CourseRow, TranscriptModel, conversion_of, row_deed, rows_of
from partnerdesk.services.transcripts import Tables

pytestmark = pytest.mark.usefixtures("stopped_clock", "qapp")
INSURANCE = Document(id=1, stage="departure", kind="insurance", mandatory=True, state="required",
                     due_on=date(2026, 2, 20))
ALGO = LearningComponent(id=1, part="A", code="CS1", title="Algorithms", credits=6.0)
LINE = TranscriptLine(id=1, version=3, title="Algorithms", credits=6.0, grade="B")


def shown(model, rows, locked=False):
    model.become(rows, locked)
    return model


def at(model, row, key):
    return model.index(row, next(i for i, c in enumerate(model.columns) if c.key == key))


def edits(model):
    heard = []
    model.edited.connect(lambda record, key, fields: heard.append((key, fields)))
    return heard


def write(model, row, key, words):
    return model.setData(at(model, row, key), words, Qt.ItemDataRole.EditRole)


def test_that_a_document_says_its_state_and_how_late_it_is():
    model = shown(DocumentsModel(), [INSURANCE])
    assert model.data(at(model, 0, "name")) == "Insurance proof *"
    chip = model.data(at(model, 0, "state"), CELL_ROLE)
    assert isinstance(chip, Chip)
    assert (chip.kind, chip.word) == ("warn", "Required")
    assert model.data(at(model, 0, "due_on"), PROBLEM_ROLE) == ("warn", "Due 20 Feb 2026")
    assert "must be there" in model.data(at(model, 0, "name"), Qt.ItemDataRole.AccessibleTextRole)


def test_that_a_document_that_is_there_is_never_late():
    model = shown(DocumentsModel(), [replace(INSURANCE, state="checked")])
    assert model.data(at(model, 0, "due_on"), PROBLEM_ROLE) is None
    assert model.data(at(model, 0, "due_on")) == "20 Feb 2026"


def test_that_typed_days_and_credits_are_read_and_others_stay_with_their_reason():
    documents, components = shown(DocumentsModel(), [INSURANCE]), shown(ComponentsModel(), [ALGO])
    heard = [edits(documents), edits(components)]
    assert write(documents, 0, "due_on", "1 April 2026")
    assert write(components, 0, "credits", "7,5")
    assert heard == [[("due_on", {"due_on": date(2026, 4, 1)})], [("credits", {"credits": 7.5})]]
    assert not write(components, 0, "credits", "six")
    assert components.data(at(components, 0, "credits")) == "six"
    assert components.data(at(components, 0, "credits"), PROBLEM_ROLE)[0] == "block"
    components.forgive(1, "credits")
    assert components.data(at(components, 0, "credits")) == "6"


def test_that_nothing_is_taken_in_a_locked_grid():
    model = shown(ComponentsModel(), [ALGO], locked=True)
    assert not write(model, 0, "title", "Logic")
    assert not model.flags(at(model, 0, "title")) & Qt.ItemFlag.ItemIsEditable


def test_that_what_was_signed_is_paired_but_not_rewritten():
    model = ComponentsModel()
    model.set_version(LearningVersion(kind="change", n=2))
    shown(model, [ALGO, replace(ALGO, id=2, change="inserted"), replace(ALGO, id=3, change="deleted")])
    assert not model.can_edit(0, 1)
    assert write(model, 0, "pair", "4")
    assert write(model, 1, "title", "Logic")
    assert not write(model, 2, "pair", "4")
    assert [model.data(at(model, row, "title"), STRUCK_ROLE) for row in range(3)] == [False, False, True]
    assert model.data(at(model, 2, "change"), PROBLEM_ROLE) == ("warn", "A change needs a reason")


@pytest.mark.parametrize("words", ["x", "0", "1.5", "-2"])
def test_that_a_pair_is_a_small_whole_number(words):
    model = shown(ComponentsModel(), [ALGO])
    assert not write(model, 0, "pair", words)


def test_that_a_row_joins_the_course_and_what_home_says():
    (row,) = rows_of([LINE], [Recognition(line_id=1, version=2, home_title="Algoritmid", credits=5.0, grade="A")])
    assert (row.title, row.home_title, row.home_credits, row.home_grade, row.version) == (
        "Algorithms", "Algoritmid", 5.0, "A", 5)
    assert str(row_deed(row, {"title": "Logic"}, "Liis").label) == "change the transcript of Liis"
    assert str(row_deed(row, {"home_title": "Loogika"}, "Liis").label) == "change the recognition of Liis"


def test_that_a_failed_course_has_no_home_half():
    model = shown(TranscriptModel(), rows_of([replace(LINE, passed=False)], []))
    assert not write(model, 0, "home_title", "Algoritmid")
    assert write(model, 0, "title", "Logic")
    assert model.data(at(model, 0, "decision")) == ""


def test_that_a_grade_typed_by_hand_lets_go_of_the_method():
    model = shown(TranscriptModel(), rows_of([LINE], [Recognition(line_id=1, grade="30", method="by the table")]))
    heard = edits(model)
    write(model, 0, "home_grade", "28")
    assert heard == [("home_grade", {"home_grade": "28", "method": ""})]


def test_that_more_credits_than_achieved_are_marked():
    held = Recognition(line_id=1, credits=9.0, decision="recognised")
    model = shown(TranscriptModel(), rows_of([LINE], [held]))
    assert model.data(at(model, 0, "home_credits"), PROBLEM_ROLE) == (
        "warn", "More credits are recognised than were achieved")


def test_that_a_row_knows_its_grade_at_home():
    rows = tuple(GradeRow(id=i, position=i, label=label, percent=50.0) for i, label in enumerate("AB"))
    (row,) = rows_of([LINE], [])
    found = conversion_of(row, Tables(rows, rows))
    assert found is not None
    assert found.grade == "B"
    assert conversion_of(replace(row, passed=False), Tables(rows, rows)) is None
    assert isinstance(row, CourseRow)


def test_that_shares_of_grades_follow_each_other():
    rows = [GradeRow(id=1, position=0, label="A", percent=25.0), GradeRow(id=2, position=1, label="B", percent=75.0),
            GradeRow(id=3, position=2, label="F", percent=9.0, passing=False)]
    model = shown(GradesModel(), rows)
    assert [model.data(at(model, row, "reach")) for row in range(3)] == ["0–25 %", "25–100 %", ""]
    shown(model, [replace(rows[0], percent=75.0), *rows[1:]])
    assert [model.data(at(model, row, "reach")) for row in range(2)] == ["0–50 %", "50–100 %"]


def test_that_rules_say_any_where_they_fit_all_and_are_struck_out_of_use():
    model = shown(RulesModel(), [replace(rule, id=at + 1) for at, rule in enumerate(STARTING_SET)])
    assert model.data(at(model, 0, "programme")) == "Any"
    assert model.data(at(model, 0, "due_days")) == "−14"
    heard = edits(model)
    assert write(model, 0, "due_days", "−7")
    assert heard == [("due_days", {"due_days": -7})]
    unused = next(row for row, rule in enumerate(STARTING_SET) if not rule.active)
    assert model.data(at(model, unused, "kind"), STRUCK_ROLE)


def test_that_rows_come_go_and_move_one_by_one():
    model = shown(ComponentsModel(), [ALGO, replace(ALGO, id=2)])
    heard = []
    model.rowsInserted.connect(lambda *_: heard.append("in"))
    model.rowsRemoved.connect(lambda *_: heard.append("out"))
    model.modelReset.connect(lambda: heard.append("reset"))
    model.become([replace(ALGO, id=2), replace(ALGO, id=3)], False)
    assert [one.id for one in model.records] == [2, 3]
    assert heard == ["out", "in"]
    assert model.rowCount(QModelIndex()) == 2

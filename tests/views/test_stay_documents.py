"""The Documents tab of a stay, driven: states by keys and buttons, reasons, files, what is missing."""

import pytest
from PySide6.QtCore import QPoint

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.stays import Stay
from partnerdesk.views.stay_documents import DocumentsTab
from tests.services.papers_of_stays import write
from tests.views.sections_of_stays import Shown

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def make(qtbot, tmp_path):
    shown = []

    def show(**more):
        one = Shown(qtbot, tmp_path, DocumentsTab, **more)
        shown.append(one)
        return one

    yield show
    for one in shown:
        one.leave()


def paper(shown, kind):
    return shown.found(Document, kind=kind)[0]


def rows(shown, stage):
    model = shown.section.stages[stage].grid.records
    return [model.words_of(one, "name") for one in model.records]


def test_that_papers_stand_under_their_stage_and_mandatory_ones_are_marked(make):
    shown = make()
    assert rows(shown, "departure") == ["Learning agreement *", "Insurance proof *", "Emergency contact *"]
    assert rows(shown, "arrival") == ["Certificate of arrival"]
    assert shown.section.stages[""].isHidden()


def test_that_a_state_is_chosen_by_keys_in_the_list(make):
    shown = make()
    grid = shown.section.stages["departure"].grid
    grid.setFocus()
    grid.go_to(paper(shown, "insurance").id, "state")
    shown.keys("<F2>", "checked", "<Return>")
    assert paper(shown, "insurance").state == "checked"
    shown.undo()
    assert paper(shown, "insurance").state == "required"


def test_that_a_due_day_is_typed_and_what_is_no_day_stays_in_its_cell(make):
    shown = make()
    grid = shown.section.stages["departure"].grid
    grid.setFocus()
    grid.go_to(paper(shown, "insurance").id, "due_on")
    shown.keys("<F2>", "<Ctrl+A>", "sometime", "<Return>")
    assert not shown.work.clean
    shown.keys("<F2>", "<Ctrl+A>", "1 June 2026", "<Return>")
    assert shown.work.clean
    assert str(paper(shown, "insurance").due_on) == "2026-06-01"


def test_that_buttons_set_all_chosen_papers_in_one_step(make):
    shown = make()
    grid = shown.section.stages["nomination"].grid
    grid.setFocus()
    grid.selectAll()
    shown.press("Check")
    assert {d.state for d in shown.found(Document, stage="nomination")} == {"checked"}
    assert {d.state for d in shown.found(Document, stage="departure")} == {"required"}
    shown.undo()
    assert {d.state for d in shown.found(Document, stage="nomination")} == {"required"}


def test_that_waiving_asks_why_first(make):
    shown = make()
    shown.section.focus_first()
    shown.press("Waive…")
    assert shown.section.reason.hasFocus()
    shown.keys("<Return>")
    assert paper(shown, "application_form").state == "required"
    shown.keys("Applied through the portal", "<Return>")
    now = paper(shown, "application_form")
    assert (now.state, now.note) == ("waived", "Applied through the portal")
    assert shown.section.reason_form.isHidden()


def test_that_rejecting_in_the_list_asks_why_too_and_escape_lets_it_be(make):
    shown = make()
    grid = shown.section.stages["nomination"].grid
    grid.setFocus()
    grid.go_to(paper(shown, "cv").id, "state")
    shown.keys("<F2>", "rejected", "<Return>")
    assert shown.section.reason_form.isVisible()
    shown.keys("<Esc>")
    assert shown.section.reason_form.isHidden()
    assert paper(shown, "cv").state == "required"


def test_that_a_file_dropped_on_a_row_comes_with_that_paper(make, tmp_path):
    shown = make()
    grid = shown.section.stages["departure"].grid
    insurance = paper(shown, "insurance")
    place = grid.visualRect(grid.records.index(grid.records.row_of(insurance.id), 0)).center()
    shown.section.ensureWidgetVisible(grid)
    at = shown.section.mapFromGlobal(grid.viewport().mapToGlobal(place))
    path = tmp_path / "scan0001.pdf"
    path.write_bytes(b"%PDF- scan")
    assert shown.drop(at, path)
    now = paper(shown, "insurance")
    assert (now.state, now.file_name) == ("received", "scan0001.pdf")


def test_that_files_dropped_beside_the_lists_find_their_papers(make, tmp_path):
    shown = make()
    names = ("learning agreement signed.pdf", "photo of dormitory.jpg")
    for name in names:
        (tmp_path / name).write_bytes(b"data")
    assert shown.drop(QPoint(4, 4), *(tmp_path / name for name in names))
    assert paper(shown, "learning_agreement").file_name == "learning agreement signed.pdf"
    other = paper(shown, "other")
    assert (other.title, other.state) == ("photo of dormitory", "received")


def test_that_what_is_missing_before_departure_is_said(make):
    def live(office):
        write(office, lambda unit: unit.change(Stay, 1, None, sending_status="live"))

    shown = make(prepare=live)
    assert shown.section.problems.sentences == [
        "Missing before departure: Learning agreement, Insurance proof, Emergency contact"]


def test_that_the_form_beneath_follows_the_chosen_paper(make):
    shown = make()
    grid = shown.section.stages["return"].grid
    grid.setFocus()
    grid.go_to(paper(shown, "report").id, "name")
    shown.settle()
    field = shown.window.findChild(type(shown.section.reason), "title")
    field.setFocus()
    shown.keys("Report of Liis", "<Tab>")
    assert paper(shown, "report").title == "Report of Liis"
    assert "Report of Liis" in rows(shown, "return")


def test_that_a_paper_is_added_by_key_and_removed_by_key(make):
    shown = make()
    shown.section.focus_first()
    shown.keys("<Ctrl+N>")
    made = paper(shown, "other")
    assert shown.section.document.id == made.id
    shown.keys("<Del>")
    assert shown.found(Document, kind="other") == []


def test_that_the_rules_can_be_asked_again(make):
    shown = make()
    grid = shown.section.stages["arrival"].grid
    grid.setFocus()
    grid.select_row(0)
    shown.keys("<Del>")
    assert shown.section.stages["arrival"].isHidden()
    shown.press("Ask by the rules")
    assert rows(shown, "arrival") == ["Certificate of arrival"]


def test_that_an_office_opened_for_reading_offers_nothing_to_change(make, tmp_path):
    shown = make(read_only=True)
    for words in ("Add document", "Ask by the rules", "Check", "Attach a file…"):
        assert not shown.offered(words)
    grid = shown.section.stages["departure"].grid
    grid.setFocus()
    grid.select_row(0)
    shown.keys("<Del>", "<F2>")
    assert grid.popup is None
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"x")
    assert not shown.drop(QPoint(4, 4), path)

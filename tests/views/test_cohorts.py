"""The Cohorts page driven as a user drives it: members by picker, list and drop, papers in blocks, undo."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import cohorts
from partnerdesk.views.cohort_new import NewCohort
from partnerdesk.views.cohort_parts import MemberRow
from partnerdesk.views.stay_drag import mime_of


@pytest.fixture
def driven(drive, office_file):
    shown = drive(office_file)
    shown.house.go("cohorts")
    shown.settle()
    return shown


@pytest.fixture
def page(driven):
    return driven.window.page_named("cohorts")


@pytest.fixture
def empty(driven, page):
    """A new cohort without members, shown in the form."""
    made = driven.do(cohorts.new_cohort(Cohort(title="Aaa, test week", year=2026, capacity=2)))
    page.show_record(made)
    driven.settle()
    return made


def some_stays(driven, n):
    return [one.id for one in driven.ask(lambda r: r.find(Stay, deleted_at=""))[:n]]


def members(driven, page):
    driven.settle()
    return [one.id for one in page.pane.work.file.members]


def test_that_a_new_cohort_is_asked_for_and_shown(driven, page):
    driven.keys("<Ctrl+N>")
    dialog = page.findChild(NewCohort)
    driven.fill("title", "Summer school", dialog)
    driven.press("Add cohort", dialog)
    assert driven.ask(lambda r: r.get(Cohort, page.pane.record_id)).title == "Summer school"


def test_that_fields_are_saved_when_they_are_left(driven, page, empty):
    driven.fill("title", "Aaa, renamed", page.pane)
    driven.fill("capacity", "30", page.pane)
    cohort = driven.ask(lambda r: r.get(Cohort, empty))
    assert (cohort.title, cohort.capacity) == ("Aaa, renamed", 30)


def test_that_pasted_numbers_become_members_and_the_rest_is_told(driven, page, empty):
    stay = driven.ask(lambda r: r.find(Stay, deleted_at="")[0])
    person = driven.ask(lambda r: r.get(Person, stay.person_id))
    page.pane.show_tab("members")
    driven.settle()
    QGuiApplication.clipboard().setText(f"{person.local_id or person.email}\nnobody-at-all\n")
    driven.press("Paste a list", page.pane)
    assert len(members(driven, page)) == 1
    assert "nobody-at-all" in page.pane.part("members").missed_words


def test_that_dropped_stays_become_members_and_undo_takes_them_out(driven, page, empty):
    page.pane.show_tab("members")
    driven.settle()
    part, ids = page.pane.part("members"), some_stays(driven, 3)
    carried = mime_of(ids)
    drop = QDropEvent(QPointF(QPoint(20, 20)), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)
    part.dropEvent(drop)
    assert sorted(members(driven, page)) == sorted(ids)
    assert page.pane.part("overview").problems.sentences == ["3 members, but room for 2"]
    driven.house.desk.undo()
    assert members(driven, page) == []


def test_that_delete_on_a_member_takes_it_out(driven, page, empty):
    page.pane.show_tab("members")
    page.pane.part("members").add(some_stays(driven, 2))
    driven.settle()
    row = next(one for one in page.pane.findChildren(MemberRow) if one.isVisible())
    row.setFocus()
    driven.keys("<Del>")
    assert len(members(driven, page)) == 1
    assert driven.ask(lambda r: r.get(Cohort, empty)).deleted_at == ""


@pytest.fixture
def papers(driven, page, empty):
    """The papers table of a cohort of two stays that both want an insurance and a transcript."""
    ids = some_stays(driven, 2)
    page.pane.part("members").add(ids)
    driven.settle()

    def wanted(unit):
        for stay in ids:
            for old in unit.find(Document, stay_id=stay):
                unit.remove(Document, old.id)
            for kind in ("insurance", "transcript"):
                unit.add(Document(stay_id=stay, stage="departure", kind=kind, state="required", mandatory=True))

    driven.do(Deed(Text("ask for papers"), wanted))
    page.pane.show_tab("papers")
    driven.settle()
    return page.pane.part("papers").table


def states(driven, table, column):
    driven.settle()
    found = (table.papers.document_at(row, column) for row in range(table.papers.rowCount()))
    return [one.state for one in found if one is not None]


def test_that_names_stay_in_sight_while_documents_scroll_below_them(driven, papers):
    for column in (1, 2):
        papers.setColumnWidth(column, 400)
    driven.settle()
    bar = papers.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    assert papers.names.geometry().left() == 0
    assert papers.names.width() == papers.columnWidth(0)
    papers.setCurrentIndex(papers.papers.index(1, 1))
    assert papers.visualRect(papers.currentIndex()).left() >= papers.columnWidth(0)
    driven.click(papers.names.viewport(), papers.names.visualRect(papers.papers.index(0, 0)).center())
    assert papers.currentIndex() == papers.papers.index(0, 0)
    assert papers.hasFocus()


def test_that_a_block_of_papers_is_put_into_a_state_by_one_key_and_one_undo(driven, page, papers):
    assert papers.papers.rowCount() == 2 and papers.papers.columnCount() > 1
    column = next(c for c in range(1, papers.papers.columnCount()) if len(states(driven, papers, c)) == 2)
    model = papers.papers
    papers.setCurrentIndex(model.index(0, column))
    papers.selectionModel().select(model.index(1, column), QItemSelectionModel.SelectionFlag.Select)
    papers.setFocus()
    driven.keys("r")
    assert states(driven, papers, column) == ["received", "received"]
    driven.keys(" ")
    assert states(driven, papers, column) == ["checked", "checked"]
    driven.house.desk.undo()
    assert states(driven, papers, column) == ["received", "received"]


def test_that_waiving_wants_a_reason(driven, page, papers):
    column = next(c for c in range(1, papers.papers.columnCount()) if papers.papers.document_at(0, c) is not None)
    papers.setCurrentIndex(papers.papers.index(0, column))
    document = papers.papers.document_at(0, column).document_id
    papers.setFocus()
    driven.keys("w")
    assert papers.papers.document_at(0, column).state == "required"
    driven.fill("reason", "Not wanted by the host", page.pane)
    stored = driven.ask(lambda r: r.get(Document, document))
    assert (stored.state, stored.note) == ("waived", "Not wanted by the host")


def test_that_a_cell_says_itself_to_a_screen_reader(driven, page, papers):
    column = next(c for c in range(1, papers.papers.columnCount()) if papers.papers.document_at(0, c) is not None)
    said = papers.papers.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert page.pane.work.file.members[0].name in said and "Required" in said


def test_that_the_stays_of_a_cohort_are_shown_on_their_page(driven, page, empty):
    page.pane.part("members").add(some_stays(driven, 2))
    driven.settle()
    page.show_stays()
    driven.settle()
    assert driven.window.page.key == "stays"
    assert driven.window.page.model.hits == 2
